"""Put together what a page break cut off: a header, in a row or between its two levels, and a row of totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalize.between import OVER_LINE
from normalize.characters import is_total
from normalize.header_rows import title_cells
from normalize.sheet import goes_on
from schema.finding import Place
from schema.grid import Cell, Grid, Line, Paragraph

_DIGIT = re.compile(r"\d")
#: So many columns with digits in two rows say that both are records.
FEWEST_NUMBERED = 2
#: Column edges of two pages may differ by this much and be the same (points).
SAME_EDGE = 6.0


def with_cut_header(upper: Grid, lower: Grid) -> Grid | None:
    """Give a grid with the labels of one on the page before, which is nothing but the beginning of its header.

    Above them may stand the table's title.  ``None`` where it is more, or the two do not belong together.
    """
    titles = title_cells(upper)
    if upper.row_count != len(titles) + 1 or upper.place.page in (None, lower.place.page):
        return None
    labels = replace(
        upper,
        cells=tuple(cell._replace(row=0) for cell in upper.cells if cell.row == len(titles)),
        row_count=1,
    )
    whole = (_with_upper_level if upper.column_count < lower.column_count else _with_cut_row)(labels, lower)
    if whole is None or not titles:
        return whole
    above = [title._replace(column_span=lower.column_count) for title in titles]
    below = (cell._replace(row=cell.row + len(titles)) for cell in whole.cells)
    return replace(whole, cells=(*above, *below), row_count=whole.row_count + len(titles))


def _with_cut_row(upper: Grid, lower: Grid) -> Grid | None:
    """Give a grid whose first row is the rest of the labels above the break, if any: its texts go on from there."""
    first = [cell for cell in lower.cells if cell.row == 0]
    spans = {(cell.row_span, cell.column_span) for cell in (*upper.cells, *first)}
    places = [_nearest(edge, lower.edges) for edge in upper.edges]
    if spans != {(1, 1)} or len(first) != len(upper.cells) or places != list(range(len(lower.edges))):
        return None
    halves = list(zip(upper.cells, first, strict=True))
    going = (goes_on(above, below) if above.lines else above.open_bottom for above, below in halves if below.lines)
    is_open = all(above.open_bottom and below.open_top for above, below in halves)
    # A strip without text, open at the break, is the top of the row that goes on there, whatever this holds.
    is_strip = is_open and not any(above.lines for above in upper.cells)
    # Labels have typed line ends: these say nothing where no line ends the row and its rest has no number.
    if not (all(going) or (is_open and _lacks_number(first, lower))) or (
        _counts_as_below(first, lower) and not is_strip
    ):
        return None
    labels = [above._replace(lines=above.lines + below.lines) for above, below in halves]
    rows = [cell for cell in lower.cells if cell.row]
    return _with_labels(labels, rows, upper, lower)


def _lacks_number(first: Iterable[Cell], grid: Grid) -> bool:
    """Tell whether a grid's first row is blank where the row below it has a number and nothing else."""
    blank = {cell.column for cell in first if not cell.lines}
    return any(cell.row == 1 and cell.column in blank and cell.text.strip().isdecimal() for cell in grid.cells)


def _counts_as_below(first: Iterable[Cell], grid: Grid) -> bool:
    """Tell whether a grid's first row has digits where the row below it has: no labels do, in several columns."""
    numbered = {cell.column for cell in first if _DIGIT.search(cell.text)}
    below = {cell.column for cell in grid.cells if cell.row == 1 and _DIGIT.search(cell.text)}
    return len(numbered & below) >= FEWEST_NUMBERED


def _with_upper_level(upper: Grid, lower: Grid) -> Grid | None:
    """Give a grid below the first level of its header.

    Some cells of that have several columns below, each with a label, and the others a blank one.
    """
    places = [_nearest(edge, lower.edges) for edge in upper.edges]
    first = {cell.column: cell for cell in lower.cells if cell.row == 0}
    labels: list[Cell] = []
    for cell in upper.cells:
        start, stop = places[cell.column], places[cell.column + cell.column_span]
        if start is None or stop is None:
            return None
        below = [first.get(column) for column in range(start, stop)]
        wide = len(below) > 1
        if not cell.lines or any(b is None or (b.row_span, b.column_span) != (1, 1) for b in below):
            return None
        if any(bool(b and b.lines) != wide for b in below):
            return None
        labels.append(cell._replace(column=start, column_span=len(below), row_span=1 if wide else 2))
    if all(label.row_span == 2 for label in labels):
        return None
    rows = [cell._replace(row=cell.row + 1) for cell in lower.cells if cell.row or cell.lines]
    return replace(_with_labels(labels, rows, upper, lower), row_count=lower.row_count + 1)


def with_table_columns(grid: Grid, table: Grid) -> Grid:
    """Give a page's grid with the columns of the table above it, where all that is left of that is a row of totals.

    The label of such a row covers some columns, and no other row of the page draws their edges.
    """
    first = grid.cells[0] if grid.cells else None
    if first is None or not is_total(first.text) or not table.column_count > grid.column_count > 1:
        return grid
    places = [_nearest(edge, table.edges) for edge in grid.edges]
    known = [place for place in places if place is not None]
    if not known or len(known) < len(grid.edges) or (known[0], known[-1]) != (0, table.column_count):
        return grid
    cells = tuple(
        cell._replace(
            column=known[cell.column],
            column_span=known[cell.column + cell.column_span] - known[cell.column],
        )
        for cell in grid.cells
    )
    return replace(grid, cells=cells, column_count=table.column_count, edges=table.edges)


def with_parted_header(grid: Grid, header: int) -> Grid:
    """Give a page's grid whose labels cover no row below the header that is printed again.

    So print programs that leave out the line between a label and the rest of a merged cell.

    Args:
        grid: The page's.
        header: How many rows print the header again.
    """
    over = [cell for cell in grid.cells if cell.row < header < cell.row + cell.row_span]
    if not over:
        return grid
    top = max((box[1] for cell in grid.cells if cell.row == header and (box := cell.place.box)), default=None)
    labels = {cell: cell._replace(row_span=header - cell.row, open_bottom=True) for cell in over}
    rests = [
        cell._replace(
            row=header,
            row_span=cell.row + cell.row_span - header,
            lines=(),
            place=_below(cell.place, top),
            open_top=True,
        )
        for cell in over
    ]
    cells = sorted((*(labels.get(cell, cell) for cell in grid.cells), *rests), key=lambda cell: (cell.row, cell.column))
    return replace(grid, cells=tuple(cells))


def _below(place: Place, top: float | None) -> Place:
    """Give the part of a place below a line."""
    if place.box is None or top is None:
        return place
    x0, _, x1, bottom = place.box
    return place._replace(box=(x0, top, x1, bottom))


def with_section_row(grid: Grid, text: Paragraph) -> Grid | None:
    """Give a page's grid with a row over all columns that stands right below it without lines, at a page's end.

    ``None`` where the line does not begin at the left of the first column, or stands apart from the grid.
    """
    box, edges = text.place.box, grid.place.box
    if box is None or edges is None or text.pieces > 1 or text.place.page != grid.place.page:
        return None
    height = box[3] - box[1]
    is_below = -OVER_LINE * height <= box[1] - edges[3] <= height
    if not is_below or not 0 <= box[0] - edges[0] <= height or box[2] > edges[2]:
        return None
    place = text.place._replace(box=(edges[0], edges[3], edges[2], box[3]))
    row = Cell(grid.row_count, 0, 1, grid.column_count, (Line(text.text),), place, open_bottom=True)
    return replace(
        grid,
        cells=(*grid.cells, row),
        row_count=grid.row_count + 1,
        place=grid.place._replace(box=(*edges[:3], box[3])),
        characters=Counter(grid.characters) + Counter(text.text),
    )


def _with_labels(labels: Iterable[Cell], rows: Iterable[Cell], upper: Grid, lower: Grid) -> Grid:
    """Give the lower of two grids with other cells, and with what is printed in both."""
    cells = sorted((*labels, *rows), key=lambda cell: (cell.row, cell.column))
    characters = Counter(upper.characters) + Counter(lower.characters)
    return replace(lower, cells=tuple(cells), characters=characters)


def _nearest(edge: float, edges: Sequence[float]) -> int | None:
    """Give which of a grid's column edges another's is; ``None`` where it is none of them."""
    index = min(range(len(edges)), key=lambda at: abs(edges[at] - edge), default=None)
    return index if index is not None and abs(edges[index] - edge) <= SAME_EDGE else None
