"""Tell and join the columns of a sheet that is wider than the paper: the further ones stand on pages of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.page import Run
from extract.ruling import Lattice
from extract.strokes import SNAP
from schema.grid import BlockList, Cell, Grid, Paragraph

#: Lines between the rows of two pages are at the same place within this (points).
SAME_LINE = 0.3
#: So many rows at the same places on two pages are no chance.
FEWEST_ROWS = 4
#: A column of so many rows that stands alone may be the first one of a sheet; a box around text has fewer.
FEWEST_ALONE = 8


class Sides:
    """Know the rows of the tables of a document's pages, to tell those that may stand beside one another."""

    def __init__(self) -> None:
        #: Whether any may.
        self.found = False
        #: For the lines between the rows of each table: its page, the edges of its columns, and what stands above it.
        self._rows: dict[int, tuple[int, tuple[float, ...], str]] = {}
        #: The edges of columns that stand alone on their page.
        self._alone: list[tuple[float, ...]] = []

    def beside(self, lattice: Lattice, page: int, outside: Iterable[Run]) -> int:
        """Give the page of which a table has all rows but other columns, if any: it may stand beside that one; else 0.

        So is a sheet printed that is wider than the paper.  Above its further columns stands the rest of its title, or
        all of it; another table has a title of its own.

        Args:
            lattice: Of the table.
            page: On which it stands.
            outside: The text of the page that stands in no table.
        """
        if len(lattice.ys) <= FEWEST_ROWS:
            return 0
        above = "".join(run.text for run in outside if run.bottom <= lattice.ys[0])
        known = [self._rows.setdefault(key, (page, lattice.xs, above)) for key in _rows_keys(lattice.ys)]
        width = lattice.xs[-1] - lattice.xs[0]
        for first, xs, title in known:
            is_other = len(xs) != len(lattice.xs) or abs(xs[-1] - xs[0] - width) > SNAP
            if first != page and is_other and _are_parts(above, title):
                self.found = True
                return first
        return 0

    def is_column(self, lattice: Lattice) -> bool:
        """Tell whether a box is a column that stands alone on its page, of a table before or of one that may follow."""
        xs = lattice.xs
        if any(abs(x0 - xs[0]) <= SNAP and abs(x1 - xs[-1]) <= SNAP for x0, x1 in self._alone):
            return True
        known = any(key in self._rows for key in _rows_keys(lattice.ys))
        if len(lattice.ys) <= (FEWEST_ROWS if known else FEWEST_ALONE):
            return False
        self._alone.append(xs)
        self.found = True
        return True


def with_sides_joined(blocks: Iterable[Paragraph | Grid]) -> BlockList:
    """Give blocks with the tables that stand beside others joined to these, row by row.

    The first of them names the page of the table that it stands beside; each further one with the same columns stands
    beside the next page of that table.  What is printed again above them, or the rest of it, is left out with them.
    Tables of which one page has both stand below each other, and beside none: their rows are alike by chance.
    """
    kept = list(blocks)
    grids = {index: block for index, block in enumerate(kept) if isinstance(block, Grid)}
    pages_of = _pages_of(grids.values())
    #: For the columns of tables beside others, those of these, and the indices of the ones that have them.
    sides: dict[tuple[int, ...], tuple[tuple[int, ...], set[int]]] = {}
    joined: dict[int, int] = {}
    for index, grid in grids.items():
        known = sides.get(_columns(grid))
        if known is None and grid.beside:
            own = pages_of[_columns(grid)]
            named = (x for x in grids.values() if x.place.page == grid.beside and not pages_of[_columns(x)] & own)
            known = next(((_columns(other), set[int]()) for other in named if _joined(other, grid)), None)
        if known is None:
            continue
        columns, taken = known
        for at, other in grids.items():
            base = kept[at]
            if at >= index or at in taken or _columns(other) != columns or not isinstance(base, Grid):
                continue
            if (whole := _joined(base, grid)) is not None:
                kept[at], joined[index] = whole, at
                sides[_columns(grid)] = columns, taken | {at}
                break
    pages = {grids[index].place.page for index in joined}
    lines = [block.text for block in kept if isinstance(block, Paragraph) and block.place.page not in pages]
    found = BlockList()
    for index, block in enumerate(kept):
        if index in joined:
            continue
        if isinstance(block, Paragraph) and block.place.page in pages and any(block.text in line for line in lines):
            continue
        found.extend(_alone(block) if isinstance(block, Grid) and index not in joined.values() else (block,))
    return found


def _pages_of(grids: Iterable[Grid]) -> dict[tuple[int, ...], set[int | None]]:
    """Give the pages on which grids with the same columns stand, by these."""
    found: dict[tuple[int, ...], set[int | None]] = {}
    for grid in grids:
        found.setdefault(_columns(grid), set()).add(grid.place.page)
    return found


def _alone(grid: Grid) -> Iterable[Paragraph | Grid]:
    """Give a grid that stands beside no other one after all."""
    return _as_text(grid) if grid.column_count == 1 else (replace(grid, beside=0),)


def _as_text(grid: Grid) -> Iterator[Paragraph]:
    """Give the lines of a column that stands beside no other one: it is a box around text."""
    return (Paragraph(line.text, cell.place) for cell in grid.cells for line in cell.lines)


def _columns(grid: Grid) -> tuple[int, ...]:
    """Give what stands for the widths of a grid's columns, to the point."""
    return tuple(round(edge - grid.edges[0]) for edge in grid.edges)


def _joined(left: Grid, right: Grid) -> Grid | None:
    """Give two grids as one, row by row; ``None`` where their rows are not the same.

    The header of one may have a level more than that of the other, whose labels then cover both.
    """
    more = left.row_count - right.row_count
    rows = min(left.row_count, right.row_count)
    mine, theirs = (_lines(grid)[-rows:] for grid in (left, right))
    if abs(more) > 1 or len(mine) != rows or any(abs(a - b) > SAME_LINE for a, b in zip(mine, theirs, strict=True)):
        return None
    cells = [_moved(cell, max(-more, 0), 0) for cell in left.cells]
    cells += [_moved(cell, max(more, 0), left.column_count) for cell in right.cells]
    end = left.edges[-1] - right.edges[0]
    return replace(
        left,
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=max(left.row_count, right.row_count),
        column_count=left.column_count + right.column_count,
        edges=(*left.edges, *(round(edge + end, 1) for edge in right.edges[1:])),
        characters=Counter(left.characters) + Counter(right.characters),
        overprinted=left.overprinted + right.overprinted,
        nested=left.nested + right.nested,
        by_gaps=left.by_gaps or right.by_gaps,
        unclosed=left.unclosed + right.unclosed,
        cut=left.cut + right.cut,
        cuts_words=left.cuts_words or right.cuts_words,
        goes_beyond=False,
        beside=right.place.page or 0,
    )


def _lines(grid: Grid) -> list[float]:
    """Give where the rows of a grid end on its page."""
    ends = {cell.row + cell.row_span: cell.place.box[3] for cell in grid.cells if cell.place.box}
    return [ends[row] for row in sorted(ends)]


def _moved(cell: Cell, rows: int, columns: int) -> Cell:
    """Give a cell of a grid with so many more rows above it, which those of the first row cover, and columns before."""
    if cell.row == 0:
        return cell._replace(row_span=cell.row_span + rows, column=cell.column + columns)
    return cell._replace(row=cell.row + rows, column=cell.column + columns)


def _rows_keys(ys: Sequence[float]) -> tuple[int, ...]:
    """Give what stands for the places of the lines between a table's rows below a header of one level, and of two."""
    return tuple(hash(tuple(round(y, 1) for y in ys[levels + 1 :])) for levels in (1, 2))


def _are_parts(text: str, other: str) -> bool:
    """Tell whether two texts are one, or parts of one that follow or overlap each other on two pages.

    >>> _are_parts("采购需求一", "一览表"), _are_parts("", "一览表"), _are_parts("附表一", "附表二")
    (True, True, False)
    """
    if text in other or other in text:
        return True
    return any(text.endswith(other[:size]) or other.endswith(text[:size]) for size in range(1, len(other)))
