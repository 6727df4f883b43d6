"""Tell tables whose lines end at marks and spaces only, so that what stands between two of them is never parted.

So browsers break lines where a page asks them to keep all words whole: much of a line may be left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.cell_text import TextLine
from extract.linebreak import LEANING, NOT_AT_END, NOT_AT_START, is_wide
from extract.word_ends import Inner, left_behind
from schema.grid import Line

#: So many lines that end at a comma with room for the next character, but none for all up to the next mark, say so.
FEWEST = 3
#: Marks that end no line on purpose.
COMMAS = frozenset("，、")
#: A line has room for a character where this many em are left.
ROOM = 1.3


def keeps_phrases(cells: Iterable[Sequence[TextLine]], inners: Iterable[Inner]) -> bool:
    """Tell whether a table's lines end only where what stands before the next mark has no room.

    Args:
        cells: The lines of each cell.
        inners: From where to where each cell's text may reach, in points.
    """
    broken = [
        (line, below, inner)
        for lines, inner in zip(cells, inners, strict=True)
        if len(lines) > 1
        for line, below in pairwise(lines)
    ]
    # Nearly always no line that ends at a comma has room.
    at_commas = [(line, below, left_behind(line, inner)) for line, below, inner in broken if line.text[-1] in COMMAS]
    kept = sum(left > ROOM * line.em for line, _, left in at_commas)
    if kept < FEWEST or any(_phrase(below) <= left for _, below, left in at_commas):
        return False
    # What a full line parts had room on one line, unless it ends on purpose.
    parted = sum(
        _last_phrase(line) + _phrase(below) <= inner[1] - inner[0]
        for line, below, inner in broken
        if _parts(line, below) and left_behind(line, inner) < line.em
    )
    return kept >= FEWEST * max(parted, 1)


def with_phrases(lines: Sequence[TextLine], measured: Sequence[Line], inner: Inner) -> tuple[Line, ...]:
    """Give the lines of a cell without room where the next one's first phrase has none."""
    found = list(measured)
    for index, (line, below) in enumerate(pairwise(lines)):
        if not line.stacked and _phrase(below) > left_behind(line, inner):
            found[index] = found[index]._replace(room=0.0, spare=-line.em)
    return tuple(found)


def _phrase(line: TextLine) -> float:
    """Give the width in points of a line up to the first place where such a line may end."""
    ink = line.ink
    return line.width_of(next((end for end in range(1, len(ink)) if _may_end(ink[end - 1], ink[end])), len(ink)))


def _last_phrase(line: TextLine) -> float:
    """Give the width in points of what follows the last place of a line where it might have ended."""
    ink = line.ink
    start = next((at for at in range(len(ink) - 1, 0, -1) if _may_end(ink[at - 1], ink[at])), 0)
    return line.width_of(len(ink)) - (line.width_of(start) if start else 0.0)


def _may_end(before: str, after: str) -> bool:
    if after in NOT_AT_START or before in NOT_AT_END:
        return False
    return before in LEANING or (after in NOT_AT_END and is_wide(after))


def _parts(line: TextLine, below: TextLine) -> bool:
    """Tell whether a line end parts two Chinese characters, which such lines never do but by force."""
    a, b = line.text[-1], below.text[0]
    return is_wide(a) and is_wide(b) and not _may_end(a, b)
