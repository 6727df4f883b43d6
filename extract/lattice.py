"""Make grids of characters and ruling lines: the one place that does so for all formats.

A table's strokes cut it into the smallest rectangles (see `extract.ruling`); rectangles without a
stroke between them are one cell.  So spans come from the lines that are missing, and an empty cell
stays apart from a covered position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from extract.cell_text import TextLine, text_lines
from extract.char_grid import grid_of, in_grid
from extract.cut_cells import cut_cells, goes_beyond
from extract.letter_spacing import closed_up
from extract.margins import with_margins
from extract.measure import Span, free_lines, measured_cells, padding_of
from extract.overlap import overlapping
from extract.page import Page, Run
from extract.placement import runs_of_cells, runs_of_tables
from extract.ruling import Lattice, find_lattices
from extract.seams import sets_column_tight, sets_tight
from extract.table_before import TableBefore
from extract.undrawn import with_left_out
from extract.word_ends import Inner, Words, words_of
from schema.finding import Box, Place
from schema.grid import Cell, Grid, Line, Paragraph
from schema.limits import DEFAULT_LIMITS, Limits

#: A gap this many times as wide as a line is high parts columns, no words.
COLUMN_GAP = 1.5

#: So many lines that end within this share of their height show how far a column's text reaches.
FEWEST_ENDS, SAME_END = 3, 0.1


def page_blocks(
    page: Page, limits: Limits = DEFAULT_LIMITS, before: TableBefore | None = None
) -> list[Paragraph | Grid]:
    """Give the paragraphs (one a line) and grids of a page in reading order.

    Args:
        page: The page.
        limits: The most that is read of a page.
        before: What the last table of the page before tells; it then tells of this page's.

    Raises:
        LimitError: A table would have more positions than are read.
    """
    before = before or TableBefore()
    found = find_lattices(page, limits, before.xs, before.sides.is_column)
    lattices = [before.told(with_left_out(lattice, page.runs)) for lattice in found]
    inside, outside = runs_of_tables(page.runs, lattices)
    blocks: list[tuple[float, Paragraph | Grid]] = []
    placed = [_Placed.of(lattice, runs, before) for lattice, runs in zip(lattices, inside, strict=True)]
    tight = sets_tight(chain(outside, *(runs for table in placed for runs in table.found)))
    reached = 0.0
    for table in placed:
        # A table beside another one comes behind it, wherever it begins.
        reached = max(reached, table.lattice.ys[0])
        beside = before.sides.beside(table.lattice, page.number, outside)
        blocks.append((reached, _grid(table, page, before, beside, tight=tight)))
    for line in text_lines(outside, tight=tight):
        place = Place(page=page.number, box=page.seen(line.box))
        blocks.append((line.top, Paragraph(line.text, place, _count_pieces(line))))
    blocks.sort(key=lambda block: block[0])
    return [block for _, block in blocks]


def _count_pieces(line: TextLine) -> int:
    """Count the pieces of a line that wide gaps part."""
    return 1 + sum(run.x0 - before.x1 > COLUMN_GAP * (run.bottom - run.top) for before, run in pairwise(line.runs))


class _Placed(NamedTuple):
    """Hold a table and the runs in it, cell by cell.

    Args:
        runs: All of them.
        found: Those of each cell; one that runs over a cell's edge is parted, or belongs to one of both.
        filled: The same, with text whose letters are set apart as one run.
        struck: The first text through which a line of its cell is drawn, by the cell's index.
    """

    lattice: Lattice
    runs: Sequence[Run]
    spans: Sequence[Span]
    found: Sequence[Sequence[Run]]
    filled: Sequence[Sequence[Run]]
    struck: Mapping[int, str]

    @classmethod
    def of(cls, lattice: Lattice, runs: Sequence[Run], before: TableBefore) -> _Placed:
        """Put the runs of a table in its cells."""
        spans = list(_spans(lattice))
        found, struck = runs_of_cells(lattice, spans, runs)
        before.grid = grid_of(found, before.grid)
        if before.grid:
            found = [in_grid(each, before.grid) for each in found]
        sides = [lattice.xs[column + width] for _, column, _, width in spans]
        filled, before.apart = closed_up(found, sides, before.apart)
        return cls(lattice, runs, spans, found, filled, struck)

    def tight_columns(self) -> list[bool]:
        """Tell for each column whether a gap between the scripts is a space."""
        columns: list[list[Run]] = [[] for _ in self.lattice.xs[1:]]
        for (_, column, _, _), found in zip(self.spans, self.found, strict=True):
            columns[column] += found
        return [sets_column_tight(runs) for runs in columns]


def _grid(table: _Placed, page: Page, before: TableBefore, beside: int, *, tight: bool) -> Grid:
    """Make the grid of one table; it may stand beside that of another page."""
    lattice, runs, spans, _, filled, struck = table
    padding = before.goes_on(lattice, padding_of(lattice, spans, filled), len(spans))
    columns = [True] * (len(lattice.xs) - 1) if tight else table.tight_columns()
    reaches = _reaches(spans, filled) if lattice.by_gaps else {}
    lines = [
        text_lines(
            found,
            reaches.get((column, width)) or lattice.xs[column + width] - lattice.xs[column] - sum(padding),
            tight=columns[column],
        )
        if found
        else []
        for (_, column, _, width), found in zip(spans, filled, strict=True)
    ]
    inners = [
        (lattice.xs[column] + padding[0], lattice.xs[column + width] - padding[1]) for _, column, _, width in spans
    ]
    inners, before.margins = with_margins(lines, spans, inners, before.margins)
    place = _Places(lattice, page)
    words = before.words(_words_of(spans, lines, inners))
    cells = measured_cells(lines, inners, words)
    return Grid(
        cells=tuple(
            _cell(lattice, span, found, measured, place.of(span))
            for span, found, measured in zip(spans, lines, cells, strict=True)
        ),
        row_count=len(lattice.ys) - 1,
        column_count=len(lattice.xs) - 1,
        place=Place(page=page.number, box=page.seen(lattice.box)),
        edges=tuple(round(x, 1) for x in lattice.xs),
        characters=_count(runs, filled, lines),
        # Nearly always a cell holds one run, which stands on none.
        overprinted=tuple(
            (place.of(span), text)
            for index, (span, found) in enumerate(zip(spans, lines, strict=True))
            if (index in struck or len(found) > 1 or (found and len(found[0].runs) > 1))
            and (text := struck.get(index) or overlapping(found))
        ),
        nested=tuple(
            (Place(page=page.number, box=page.seen(box)), text)
            for box in lattice.inner
            if (text := _text_in(box, runs))
        ),
        by_gaps=lattice.by_gaps,
        unclosed=lattice.unclosed,
        cut=tuple((place.of(spans[index]), text) for index, text in cut_cells(lattice, spans, lines, page.cut, before)),
        cuts_words=words is Words.ANYWHERE,
        goes_beyond=goes_beyond(lattice, page),
        beside=beside,
    )


def _words_of(spans: Sequence[Span], lines: Sequence[Sequence[TextLine]], inners: Sequence[Inner]) -> Words:
    """Tell how a table's lines treat words.

    The first cells may hold labels with the rest of a row right below, which no line parts from them: where that begins
    tells nothing of the words that lines end within.
    """
    first = sum(row == 0 for row, _, _, _ in spans)
    first = first if first < len(spans) else 0
    return words_of(lines[first:], inners[first:])


def _reaches(spans: Sequence[Span], filled: Sequence[Sequence[Run]]) -> dict[tuple[int, int], float]:
    """Give how wide the text of columns without lines is, in points, where so many of its lines end at one place.

    The edge of such a column is anywhere between its text and the next one's.
    """
    columns: dict[tuple[int, int], list[Run]] = {}
    for (_, column, _, width), runs in zip(spans, filled, strict=True):
        columns.setdefault((column, width), []).extend(runs)
    found: dict[tuple[int, int], float] = {}
    for at, runs in columns.items():
        end = max((run.x1 for run in runs), default=0.0)
        if sum(end - run.x1 <= SAME_END * (run.bottom - run.top) for run in runs) >= FEWEST_ENDS:
            found[at] = end - min(run.x0 for run in runs)
    return found


def _text_in(box: Box, runs: Sequence[Run]) -> str:
    """Give the text within a box, if it has several pieces: one alone is no table's."""
    x0, top, x1, bottom = box
    inside = [run.text for run in runs if x0 < run.x0 and run.x1 < x1 and top < (run.top + run.bottom) / 2 < bottom]
    return " ".join(inside) if len(inside) > 1 else ""


class _Places:
    """Give the places of a table's cells; their edges are rounded once for all of them."""

    def __init__(self, lattice: Lattice, page: Page) -> None:
        self._page = page
        self._xs, self._ys = lattice.xs, lattice.ys
        if not page.turned:
            self._xs, self._ys = (tuple(round(edge, 1) for edge in edges) for edges in (lattice.xs, lattice.ys))

    def of(self, span: Span) -> Place:
        """Give the place of a cell."""
        row, column, row_span, column_span = span
        box = (self._xs[column], self._ys[row], self._xs[column + column_span], self._ys[row + row_span])
        return Place(page=self._page.number, box=self._page.seen(box) if self._page.turned else box)


def _count(runs: Sequence[Run], filled: Sequence[Sequence[Run]], lines: Sequence[Sequence[TextLine]]) -> Counter[str]:
    """Count what is printed in the table: runs drawn twice to look bold, of which lines hold one, count once."""
    printed = Counter("".join(run.text for run in runs))
    if sum(len(line.runs) for cell in lines for line in cell) == sum(map(len, filled)):
        return printed
    kept = Counter("".join(run.text for cell in lines for line in cell for run in line.runs))
    found = Counter("".join(run.text for cell in filled for run in cell))
    return printed - (found - kept)


def _spans(lattice: Lattice) -> Iterator[Span]:
    """Give row, column, row span and column span of each cell in reading order."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken: set[tuple[int, int]] = set()
    for i in range(rows):
        for j in range(columns):
            if (i, j) in taken:
                continue
            width = 1
            while j + width < columns and not lattice.upright[i][j + width] and (i, j + width) not in taken:
                width += 1
            height = 1
            while i + height < rows and _goes_on(lattice, i + height, j, width):
                height += 1
            taken.update((i + di, j + dj) for di in range(height) for dj in range(width))
            yield i, j, height, width


def _goes_on(lattice: Lattice, row: int, column: int, width: int) -> bool:
    """Tell whether a cell above this row covers this row's columns too, and only them."""
    return not any(lattice.level[row][column : column + width]) and not any(
        lattice.upright[row][column + 1 : column + width]
    )


def _cell(
    lattice: Lattice,
    span: Span,
    lines: Sequence[TextLine],
    measured: tuple[Line, ...],
    place: Place,
) -> Cell:
    row, column, row_span, column_span = span
    top, bottom = lattice.ys[row], lattice.ys[row + row_span]
    above, below = free_lines(lines, top, bottom)
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        lines=measured,
        place=place,
        open_top=not any(lattice.level[row][column : column + column_span]),
        open_bottom=not any(lattice.level[row + row_span][column : column + column_span]),
        lines_above=above,
        lines_below=below,
    )
