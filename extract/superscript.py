"""Tell raised digits from those of the line: 10⁴ is no 104, and a footnote's mark no part of a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from extract.glyphs import Glyphs
from schema.grid import RAISED

#: What is raised, and the characters that stand for it (Unicode's superscripts).
_PLAIN, _RAISED = "0123456789+-\u2212", RAISED + "⁺⁻⁻"
_RAISE = str.maketrans(_PLAIN, _RAISED)
_DIGITS = re.compile(r"[0-9+\-\u2212]+")
#: Digits, with the line ends that PDFium makes up where the pen moves.
_RUN = re.compile(r"[0-9+\-\u2212](?:[\r\n]*[0-9+\-\u2212])*")
_INK = re.compile(r"\S")
LINE_END = "\r\n"
#: Stands for the place of a character that is not there.
NOWHERE = -1
#: A raised character's box ends this much higher than its neighbour's (a share of the larger one's height), and its
#: baseline is at least the second share of the neighbour's size above that one's, but no more than the third.
HIGHER, LEAST_RAISE, MOST_RAISE = 0.08, 0.15, 0.9
#: It is smaller than this share of the neighbour.
SMALLER = 0.95
#: It stands no further behind it than this share of its height, and overlaps it by no more.
NEAR = 0.35
#: A mark of so many digits, whose size is such a share of that of what stands before it, has a line of its own where
#: that has no room for it: no further below than the last share of its height.
LONGEST_MARK, LEAST_MARK, MARK_SIZE, NEXT_LINE = 2, 0.5, 0.75, 1.2
#: Digits that are no further above what stands before them, or further away from it, are not raised (points).
LEAST_STEP, WIDEST_GAP = 0.3, 12.0
#: Bottoms of characters of one line differ by less than this (points).
SAME_BOTTOM = 0.01

#: Gives the baseline of a character, as a distance from the top, and its size, in points.
Pen = Callable[[int], tuple[float, float]]


def as_superscript(text: str) -> str:
    """Give the characters that stand for raised digits; a text with any other character stays as it is.

    >>> as_superscript("-3"), as_superscript("2+"), as_superscript("①"), as_superscript("th")
    ('⁻³', '²⁺', '①', 'th')
    """
    return text.translate(_RAISE) if _DIGITS.fullmatch(text) else text


def with_superscripts(glyphs: Glyphs, pen: Pen) -> tuple[Glyphs, str]:
    """Give a page's characters with raised digits as superscripts, and these.

    Digits are raised where they are smaller than what they stand right behind, and their baseline is above its.
    """
    text = glyphs.text
    raised: list[list[int]] = []
    for found in _RUN.finditer(text):
        first, end = found.span()
        if _is_plain(glyphs, first, end):
            continue
        # A charge stands behind the lowered digits of its ion (SO₄²⁻), and is raised above the letter before these.
        base = _before(text, first)
        for group in _levels([at for at in range(first, end) if text[at] not in LINE_END], glyphs.bottoms):
            beside = _before(text, group[0])
            if beside < 0 or not _DIGITS.fullmatch("".join(text[at] for at in group)):
                continue
            under = {beside, base} - {NOWHERE}
            is_raised = any(_is_raised(glyphs, at, group[0], pen, glyphs.rights[beside]) for at in under)
            if is_raised or _is_wrapped(glyphs, beside, group, pen):
                raised.append(group)
    if not raised:
        return glyphs, ""
    chars = list(text)
    for at in chain.from_iterable(raised):
        chars[at] = chars[at].translate(_RAISE)
    behind = frozenset(group[-1] + 1 for group in raised)
    return replace(glyphs, text="".join(chars), apart=behind), " ".join(
        "".join(text[at] for at in group) for group in raised
    )


def _is_plain(glyphs: Glyphs, first: int, end: int) -> bool:
    """Tell whether digits are of their line at the first look: nearly always all of them are, or begin a cell."""
    text, bottoms = glyphs.text, glyphs.bottoms
    bottom, before = bottoms[first], first - 1
    if any(bottoms[at] != bottom and text[at] not in LINE_END for at in range(first, end)):
        return False
    if before > 0 and text[before] == "\n":
        before -= len(LINE_END)
    if before < 0 or glyphs.lefts[first] - glyphs.rights[before] > WIDEST_GAP:
        return True
    return bottoms[before] - bottom < LEAST_STEP and not _is_small(glyphs, first, before)


def _is_small(glyphs: Glyphs, index: int, before: int) -> bool:
    """Tell whether a character is much lower than another one, by their boxes."""
    return glyphs.bottoms[index] - glyphs.tops[index] < MARK_SIZE * (glyphs.bottoms[before] - glyphs.tops[before])


def _is_wrapped(glyphs: Glyphs, before: int, group: Sequence[int], pen: Pen) -> bool:
    """Tell whether small digits are all of their line, below one in large print: they had no room behind it."""
    first, last = group[0], group[-1]
    top, height = glyphs.tops[first], glyphs.bottoms[before] - glyphs.tops[before]
    is_below = glyphs.rights[first] < glyphs.lefts[before] and 0 < top - glyphs.bottoms[before] < NEXT_LINE * height
    if not is_below or len(group) > LONGEST_MARK:
        return False
    after = _INK.search(glyphs.text, last + 1)
    if after is not None:
        at = after.start()
        is_level = min(glyphs.bottoms[at], glyphs.bottoms[last]) > max(glyphs.tops[at], top)
        if is_level and abs(glyphs.lefts[at] - glyphs.rights[last]) < height:
            return False
    size = pen(before)[1]
    return LEAST_MARK * size <= pen(first)[1] < MARK_SIZE * size


def _levels(places: Sequence[int], bottoms: Sequence[float]) -> Iterator[list[int]]:
    """Part places where the bottom of the characters changes."""
    group: list[int] = []
    for at in places:
        if group and abs(bottoms[at] - bottoms[group[-1]]) >= SAME_BOTTOM:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _before(text: str, index: int) -> int:
    """Give the place of the character printed before another one; `NOWHERE` where there is none, or a space."""
    before = index - 1
    while before >= 0 and text[before] in LINE_END:
        before -= 1
    return NOWHERE if before < 0 or text[before].isspace() else before


def _is_raised(glyphs: Glyphs, before: int, index: int, pen: Pen, end: float) -> bool:
    """Tell whether a character stands right behind where others end, above the baseline of a larger one of them."""
    height = max(glyphs.bottoms[at] - glyphs.tops[at] for at in (before, index))
    gap = glyphs.lefts[index] - end
    near = -NEAR * height <= gap <= NEAR * height and glyphs.bottoms[index] > glyphs.tops[before]
    if not near or glyphs.bottoms[before] - glyphs.bottoms[index] <= HIGHER * height:
        return False
    (lower, large), (upper, small) = pen(before), pen(index)
    is_smaller = LEAST_MARK * large <= small < SMALLER * large
    return is_smaller and LEAST_RAISE * large <= lower - upper <= MOST_RAISE * large
