"""Tell how far the text of a column reaches where its paragraphs end before the padding: those with a right indent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extract.cell_text import TextLine
from extract.measure import Span
from extract.word_ends import Inner

#: Columns whose longest line leaves less than this are as wide as their cells (em).
LEAST = 0.3
#: So many broken lines of so many cells tell how wide the text is, where this share of them is full by that width.
FEWEST_BROKEN, FEWEST_CELLS, MOST_FULL = 6, 2, 0.85
#: The last lines of this share of the cells are shorter by so much (em): where all are as long, each is an item.
MOST_SHORT, SHORTER = 0.5, 1.5
#: So many columns whose margins differ by less than the second (em) show that the whole table has it.
FEWEST_COLUMNS, ALIKE = 2, 1.2
#: By so much a line may be wider than another that is full as well (em).
OVER = 0.1


@dataclass(frozen=True, slots=True)
class Margins:
    """Hold by how much texts end before their table's padding, in points.

    Args:
        all: By how much all columns do; zero where they do not, or differ.
        of: By how much those do whose lines tell, by the first of the columns that their cells cover and their number.
    """

    all: float = 0.0
    of: Mapping[tuple[int, int], float] = field(default_factory=dict)


class _Column(NamedTuple):
    """Hold the cells of a column by their indexes, and what their lines leave of its width.

    Args:
        at: The first column that its cells cover, and how many.
        margin: What the longest one leaves.
        wraps: Whether the lines end where the next one's first piece has no room, if the text is no wider than that.
    """

    at: tuple[int, int]
    indexes: list[int]
    em: float
    margin: float
    wraps: bool


def with_margins(
    cells: Sequence[Sequence[TextLine]], spans: Sequence[Span], inners: Sequence[Inner], known: Margins
) -> tuple[list[Inner], Margins]:
    """Give from where to where the text of each cell may reach, as its column's lines tell, and what they tell.

    Lines that wrapped end where the next one's first piece has no room: if they all do at one width, less than that of
    the cells, there the text ends.  If they do so in several columns, the others end as much before their padding.

    Args:
        cells: The lines of each cell.
        spans: Of each cell.
        inners: From where to where its text may reach by the table's padding, in points.
        known: What the table's lines told on the pages before.
    """
    columns = list(_columns(cells, spans, inners))
    told = {**known.of, **{column.at: column.margin for column in columns if column.wraps}}
    wrapped = [column for column in columns if column.wraps]
    more = known.all
    if len(wrapped) >= FEWEST_COLUMNS:
        margins = [column.margin for column in wrapped]
        more = min(margins) if max(margins) - min(margins) < ALIKE * wrapped[0].em else 0.0
    found = list(inners)
    for column in columns:
        margin = told.get(column.at, more)
        if margin and column.margin + OVER * column.em >= margin:
            for index in column.indexes:
                found[index] = _narrowed(cells[index], inners[index], margin)
    return found, Margins(more, told)


def _columns(cells: Sequence[Sequence[TextLine]], spans: Sequence[Span], inners: Sequence[Inner]) -> Iterator[_Column]:
    """Give the columns with broken lines of which none is as wide as its cell."""
    columns: dict[tuple[int, int], list[int]] = {}
    for index, ((_, column, _, width), lines) in enumerate(zip(spans, cells, strict=True)):
        if lines and not lines[0].stacked:
            columns.setdefault((column, width), []).append(index)
    for at, indexes in columns.items():
        broken = [cells[index] for index in indexes if len(cells[index]) > 1]
        if not broken:
            continue
        em = broken[0][0].em
        start, end = inners[indexes[0]]
        wide = end - start - LEAST * em
        # Nearly always some broken line is.
        if any(_width(line) >= wide for lines in broken for line in lines):
            continue
        widest = max(_width(line) for index in indexes for line in cells[index])
        if widest < wide:
            wraps = len(broken) >= FEWEST_CELLS and _wraps(broken, widest, em)
            yield _Column(at, indexes, em, end - start - widest, wraps)


def _wraps(cells: Sequence[Sequence[TextLine]], widest: float, em: float) -> bool:
    """Tell whether the lines of cells are full at a width, all but the last ones."""
    seams = [seam for lines in cells for seam in pairwise(lines)]
    full = sum(below.head()[0] > widest - _width(line) - OVER * em for line, below in seams)
    short = sum(_width(lines[-1]) < widest - SHORTER * em for lines in cells)
    return len(seams) >= FEWEST_BROKEN and full >= MOST_FULL * len(seams) and short >= MOST_SHORT * len(cells)


def _width(line: TextLine) -> float:
    return line.x1 - line.x0


def _narrowed(lines: Sequence[TextLine], inner: Inner, margin: float) -> Inner:
    """Give the room of a cell's text less a margin: from where it begins, or around its middle."""
    middle = sum(inner) / 2
    if all(abs(line.x0 + line.x1 - 2 * middle) < line.em for line in lines):
        return inner[0] + margin / 2, inner[1] - margin / 2
    return inner[0], inner[1] - margin
