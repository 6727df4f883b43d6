"""Hold a page's characters side by side, and part them into runs: the same for every reader of PDF."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from extract.page import Run

#: A character right behind another leaves less than this share of a height between them,
#: and overlaps it by less than the second: else a new run begins.
CLOSE = 0.12
OVERLAP = 0.35
#: Tops that differ by less than this are of one line of one font (points).
LEVEL = 0.6
#: A font of no size, or one turned over, has letters of this height (points): heights are divided by.
LOWEST = 0.01
#: Stands for a glyph of which no character is known.
UNMAPPED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Hold the characters of a page side by side: text, edges, and real spaces before them."""

    text: str
    lefts: list[float]
    tops: list[float]
    rights: list[float]
    bottoms: list[float]
    spaced: frozenset[int]


def part_runs(glyphs: Glyphs) -> Iterator[tuple[Run, int]]:
    """Part characters into runs; each comes with the index of its first character."""
    text, lefts, tops, rights, bottoms = glyphs.text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms
    spaced = glyphs.spaced
    first = -1
    x1 = top = bottom = 0.0
    least = most = 0.0
    for index, (char, left, upper, right, lower) in enumerate(zip(text, lefts, tops, rights, bottoms, strict=True)):
        if char.isspace():
            if first >= 0:
                yield _run(glyphs, first, index), first
                first = -1
            continue
        if first >= 0:
            # Nearly always the same font goes on: what is equal needs no measuring.
            level = (upper == top and lower == bottom) or (abs(upper - top) < LEVEL and abs(lower - bottom) < LEVEL)
            if not level or not least <= left - x1 <= most or index in spaced:
                yield _run(glyphs, first, index), first
                first = -1
        if first < 0:
            first, top, bottom = index, upper, lower
            least, most = -OVERLAP * (bottom - top), CLOSE * (bottom - top)
        x1 = right
    if first >= 0:
        yield _run(glyphs, first, len(text)), first


def _run(glyphs: Glyphs, first: int, end: int) -> Run:
    text, ends, spaced = glyphs.text[first:end], glyphs.rights[first:end], first in glyphs.spaced
    x0, top, bottom = glyphs.lefts[first], glyphs.tops[first], glyphs.bottoms[first]
    if not math.isfinite(x0 + top + bottom + sum(ends)):
        # A matrix that overflows puts text nowhere; it is still text.
        x0, top, bottom = (value if math.isfinite(value) else 0.0 for value in (x0, top, bottom))
        ends = [end if math.isfinite(end) else x0 for end in ends]
    return Run(text, x0, top, ends[-1], max(bottom, top + LOWEST), ends, spaced)
