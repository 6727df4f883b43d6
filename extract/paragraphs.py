"""Tell where paragraphs begin in a cell: at an indented line, at a number that hangs before the others, below a gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.cell_text import TextLine
from extract.linebreak import SQUEEZED, is_wide

#: How far lines are indented: by less than a character behind a sign, by two at a paragraph's beginning (em).
INDENT = (0.5, 4.0)
#: So many indented lines below the first one, which end under each other, fill a paragraph.
FEWEST_OF_BLOCK = 3
#: A gap between lines is that of paragraphs where it is wider than the others by this share of a character's height,
#: and of the distance from line to line.
WIDER, MUCH_WIDER = 0.3, 1.2
#: Fewer gaps as narrow as the least one may be so by chance.
FEWEST_NARROW = 2
#: What a line ends with where a sentence or an item does.
ENDS = frozenset("。；！？：")
#: How a point of a list begins.
_POINT = re.compile(r"[•●■◆▲★○◇□▪►➢※①-⑳（(]|\d{1,2}(?![\dA-Za-z])")
#: Such gaps differ from each other by less than this share of the height.
ALIKE = 0.2


def is_indented(lines: Sequence[TextLine], inner: tuple[float, float], same: float) -> bool:
    """Tell whether some lines of a cell are indented, all alike, and the others stand at its left.

    Args:
        lines: From the top to the bottom.
        inner: From where to where the cell's text may reach, in points.
        same: Lines that begin within so many points begin at the same place.
    """
    indented = [line for line in lines if line.x0 - inner[0] >= same]
    if not indented or len(indented) == len(lines):
        return False
    indent, em = indented[0].x0 - inner[0], lines[0].em
    if not INDENT[0] * em <= indent <= INDENT[1] * em or any(abs(x.x0 - indented[0].x0) >= same for x in indented):
        return False
    # Lines that have one middle are centred, and those that end under each other aligned to the right; so many that
    # are as long as each other fill a paragraph.
    is_block = len(indented) >= FEWEST_OF_BLOCK and len(lines) == len(indented) + 1
    return not have_one_middle(lines, 2 * same) and (is_block or min(map(_spread, _ends(lines))) >= same)


def have_one_middle(lines: Sequence[TextLine], near: float) -> bool:
    """Tell whether lines have one middle, within half of so many points, with the marks at their ends or without."""
    return any(_spread([line.x0 + x for line, x in zip(lines, xs, strict=True)]) < near for xs in _ends(lines))


def _ends(lines: Sequence[TextLine]) -> tuple[list[float], list[float]]:
    """Give where lines end, without marks that hang into the margin and with them."""
    return [line.x1 for line in lines], [line.box[2] for line in lines]


def _spread(places: Sequence[float]) -> float:
    return max(places) - min(places)


def paragraph_starts(lines: Sequence[TextLine], inner: tuple[float, float], is_left: bool) -> frozenset[int]:  # noqa: FBT001 - a fact of the cell
    """Give which lines begin a paragraph by where they stand; the first one is not asked.

    Args:
        lines: Two or more, from the top to the bottom.
        inner: From where to where the cell's text may reach, in points.
        is_left: Whether they are aligned to the left.
    """
    return frozenset((*_behind_gaps(lines), *(_out_of_line(lines, inner) if is_left else ())))


def _out_of_line(lines: Sequence[TextLine], inner: tuple[float, float]) -> list[int]:
    """Give the lines that are indented as the first one is, or that stand at the left as it does where others do not.

    Each has to stand behind the end of a sentence or an item, or to begin with a sign or a number: after a page break
    the first line may be the rest of a paragraph.
    """
    indented = [line.x0 - inner[0] >= INDENT[0] * lines[0].em for line in lines]
    if not any(indented):
        return []
    found = [at for at in range(1, len(lines)) if indented[at] is indented[0]]
    begins = (lines[at - 1].text[-1] in ENDS or _POINT.match(lines[at].text) for at in found)
    return found if all(begins) else []


def _behind_gaps(lines: Sequence[TextLine]) -> list[int]:
    """Give the lines above which there is a wider gap than above others, behind the end of a sentence or an item.

    Another font's characters make lines higher too: the longest Chinese run tells where a line stands, or the longest
    at all, and one narrow gap tells nothing.
    """
    levels = [max(line.runs, key=lambda run: (any(map(is_wide, run.text)), len(run.text))).bottom for line in lines]
    steps = [below - above for above, below in pairwise(levels)]
    least, height = min(steps), lines[0].size
    if sum(step - least < ALIKE * height for step in steps) < FEWEST_NARROW:
        return []
    wide = [at for at, step in enumerate(steps, 1) if step > max(least + WIDER * height, MUCH_WIDER * least)]
    found = [steps[at - 1] for at in wide]
    if not found or least <= 0 or _spread(found) >= ALIKE * height:
        return []
    return [at for at in wide if lines[at - 1].text[-1] in ENDS and _is_plain(lines[at - 1]) and _is_plain(lines[at])]


def _is_plain(line: TextLine) -> bool:
    """Tell whether a line holds no signs, for which many fonts lack the glyphs: those of another one make it higher."""
    return all(char.isascii() or is_wide(char) or char in SQUEEZED for char in line.ink)
