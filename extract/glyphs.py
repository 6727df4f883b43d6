"""Hold a page's characters side by side, and part them into runs: the same for every reader of PDF."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.linebreak import SQUEEZED, is_wide
from extract.page import Run

#: A character right behind another leaves less than this share of a height between them,
#: and overlaps it by less than the second: else a new run begins.
CLOSE = 0.12
OVERLAP = 0.35
#: Some letters stand this much nearer, a share of the height as well, to the letter or mark beside them: AV, To, P.
OPEN_CORNERED, KERNED = frozenset("AFJLPTVWY"), 0.2
#: Tops that differ by less than this are of one line of one font (points).
LEVEL = 0.6
#: What stands side by side shares more than this part of the lower one's height.
SAME_LINE = 0.5
#: Raised and lowered digits are lower than this share of the others, and share less with them.
SMALL, SMALL_IN_LINE = 0.9, 0.35
#: A mark lower than this share of the other's height may have the box of its ink, of which less hangs over.
LOW_MARK, MARK_IN_LINE = 0.6, 0.2
#: Letters that one shape stands for, two by two.
LIGATURES = frozenset(("ff", "fi", "fl", "ft", "st"))
#: Marks of which one shape stands for two where it is wider than one of them, by its height, which some fonts have half
#: as large again as Chinese is wide; twice at one place they are bold else.
PAIRED, AS_TWO = frozenset(("——", "……")), 1.15
#: A font of no size, or one turned over, has letters of this height (points): heights are divided by.
LOWEST = 0.01
#: A top and a bottom.
Level = tuple[float, float]
#: Stands in some fonts' maps for a glyph that has no character.
NO_CHARACTER = "\uffff"
#: Characters that no text prints; a hyphen at a line's end is one of PDFium's own.
CONTROL = re.compile("[\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Hold the characters of a page side by side: text, edges, and what parts them from those before them.

    Args:
        spaced: Those before which a real space stands.
        apart: Those that begin a run though none does: behind a note's number the text of the next cell may stand.
    """

    text: str
    lefts: list[float]
    tops: list[float]
    rights: list[float]
    bottoms: list[float]
    spaced: frozenset[int]
    apart: frozenset[int] = frozenset()


def part_runs(glyphs: Glyphs) -> Iterator[tuple[Run, int]]:
    """Part characters into runs; each comes with the index of its first character."""
    text, lefts, tops, rights, bottoms = glyphs.text, glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms
    stops = glyphs.spaced | glyphs.apart
    first = -1
    x1 = top = bottom = size = most = 0.0
    for index, (char, left, upper, right, lower) in enumerate(zip(text, lefts, tops, rights, bottoms, strict=True)):
        if char.isspace():
            if first >= 0:
                yield _run(glyphs, first, index, (top, bottom)), first
                first = -1
            continue
        gap = left - x1
        # Nearly always the same font goes straight on: what is equal needs no measuring.
        if first >= 0 and not (upper == top and lower == bottom and -most <= gap <= most and index not in stops):
            level = _joined(glyphs, index, (top, bottom), gap, size)
            if level is None:
                yield _run(glyphs, first, index, (top, bottom)), first
                first = -1
            else:
                top, bottom = level
        if first < 0:
            first, top, bottom = index, upper, lower
            size = bottom - top
            most = CLOSE * size
        x1 = right
    if first >= 0:
        yield _run(glyphs, first, len(text), (top, bottom)), first


def _joined(glyphs: Glyphs, index: int, level: Level, gap: float, size: float) -> Level | None:
    """Give the level of a run with one character more; ``None`` where that begins a new run.

    The gap before it and the height of the run's first character are in points.
    A word in letters and digits is one whatever their heights, but none of them leans on another.  The letters of a
    ligature have its box each.
    """
    if glyphs.lefts[index] == glyphs.lefts[index - 1] and _is_one_shape(glyphs, index, size):
        return level
    if index in glyphs.spaced or index in glyphs.apart or not -OVERLAP * size <= gap <= CLOSE * size:
        return None
    upper, lower = glyphs.tops[index], glyphs.bottoms[index]
    is_level = abs(upper - level[0]) < LEVEL and abs(lower - level[1]) < LEVEL
    a, b = glyphs.text[index - 1], glyphs.text[index]
    covers = gap < -CLOSE * size and not (gap >= -KERNED * size and _are_kerned(a, b))
    if covers and a not in SQUEEZED and b not in SQUEEZED:
        # Only a mark's half that is empty is covered: this is another text, which stands on the one before it.
        return None
    if is_wide(a) or is_wide(b) or (is_level and gap >= -CLOSE * size):
        return level if is_level else None
    if covers or not is_beside(level, (upper, lower)):
        return None
    return min(level[0], upper), max(level[1], lower)


def _are_kerned(one: str, other: str) -> bool:
    """Tell whether fonts set two characters of western text much closer, since one is open at a corner.

    >>> _are_kerned("V", "A"), _are_kerned("P", "."), _are_kerned("F", "1"), _are_kerned("n", "o")
    (True, True, False, False)
    """
    if not (one.isascii() and other.isascii()) or one.isdigit() or other.isdigit():
        return False
    return one in OPEN_CORNERED or other in OPEN_CORNERED


def _is_one_shape(glyphs: Glyphs, index: int, size: float) -> bool:
    """Tell whether one shape stands for a character and the one before it at the same place."""
    pair = glyphs.text[index - 1 : index + 1]
    return pair in LIGATURES or (pair in PAIRED and glyphs.rights[index] - glyphs.lefts[index] > AS_TWO * size)


def is_beside(one: Level, other: Level) -> bool:
    """Tell whether two spans from a top to a bottom are of one line.

    Heights are no measure of their own: where a font has no box of its own, a comma is as high as its ink.

    >>> is_beside((0, 10), (0, 9)), is_beside((0, 10), (9, 12)), is_beside((0, 10), (9, 19))
    (True, True, False)
    >>> is_beside((0, 10), (7, 15)), is_beside((0, 10), (7, 17))
    (True, False)
    """
    lower, higher = sorted((one[1] - one[0], other[1] - other[0]))
    shared = min(one[1], other[1]) - max(one[0], other[0])
    if lower > SMALL * higher:
        return shared >= SAME_LINE * lower
    return shared >= (SMALL_IN_LINE if lower > LOW_MARK * higher else MARK_IN_LINE) * lower


def are_level(one: Run, other: Run) -> bool:
    """Tell whether two runs are of one line."""
    return is_beside((one.top, one.bottom), (other.top, other.bottom))


def _run(glyphs: Glyphs, first: int, end: int, level: Level) -> Run:
    text, ends, spaced = glyphs.text[first:end], glyphs.rights[first:end], first in glyphs.spaced
    x0, (top, bottom) = glyphs.lefts[first], level
    if not math.isfinite(x0 + top + bottom + sum(ends)):
        # A matrix that overflows puts text nowhere; it is still text.
        x0, top, bottom = (value if math.isfinite(value) else 0.0 for value in (x0, top, bottom))
        ends = [end if math.isfinite(end) else x0 for end in ends]
    return Run(text, x0, top, ends[-1], max(bottom, top + LOWEST), ends, spaced)
