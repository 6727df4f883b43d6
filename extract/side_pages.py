"""Join the columns of a sheet that is wider than the paper: the further ones stand on pages of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from schema.grid import BlockList, Cell, Grid, Paragraph

#: Lines between the rows of two pages are at the same place within this (points).
SAME_LINE = 0.3


def with_sides_joined(blocks: Iterable[Paragraph | Grid]) -> BlockList:
    """Give blocks with the tables that stand beside others joined to these, row by row.

    The first of them names the page of the table that it stands beside; each further one with the same columns stands
    beside the next page of that table.  What is printed again above them, or the rest of it, is left out with them.
    """
    kept = list(blocks)
    grids = {index: block for index, block in enumerate(kept) if isinstance(block, Grid)}
    #: For the columns of tables beside others, those of these, and the indices of the ones that have them.
    sides: dict[tuple[int, ...], tuple[tuple[int, ...], set[int]]] = {}
    joined: dict[int, int] = {}
    for index, grid in grids.items():
        known = sides.get(_columns(grid))
        if known is None and grid.beside:
            named = (other for other in grids.values() if other.place.page == grid.beside)
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
