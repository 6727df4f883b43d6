"""Take off the frame in which a sheet prints its columns' letters and its rows' numbers: it is none of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from normalize.other_tables import reads_as_header
from schema.grid import Grid, Paragraph

#: A frame names so many columns at least.
FEWEST_COLUMNS = 3


def without_frames(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Give a document's blocks, of whose grids those in a frame lose it; it goes on over pages without a header."""
    framed = False
    for block in blocks:
        if isinstance(block, Paragraph) or block.column_count == 1:
            yield block
            continue
        grid = without_frame(block, framed=framed)
        framed = grid is not block
        yield grid


def without_frame(grid: Grid, *, framed: bool) -> Grid:
    """Give a page's grid without the letters above it and the numbers on its left, if it has such a frame.

    A table may have columns A, B and C and numbered rows itself; within a frame, a header or a title comes first.

    Args:
        grid: The page's.
        framed: Whether the page before had a frame.
    """
    if grid.column_count <= FEWEST_COLUMNS or grid.row_count < 2 or not _has_frame(grid):
        return grid
    inner = _inside(grid)
    first = [cell for cell in inner.cells if cell.row == 0 and cell.lines]
    is_titled = len(first) == 1 and first[0].column_span == inner.column_count
    return inner if framed or is_titled or reads_as_header(inner, 0) else grid


def _has_frame(grid: Grid) -> bool:
    """Tell whether letters count the columns and numbers the rows, each in a cell of its own; headers leave a gap."""
    top = [cell for cell in grid.cells if cell.row == 0]
    left = [cell for cell in grid.cells if cell.column == 0 and cell.row]
    if len(top) != grid.column_count or len(left) != grid.row_count - 1 or top[0].lines:
        return False
    letters, numbers = [cell.text for cell in top[1:]], [cell.text for cell in left]
    if not all(map(str.isdecimal, numbers)) or not all(text.isascii() and text.isupper() for text in letters):
        return False
    places = [_place(text) for text in letters]
    counted = all(after == before + 1 for before, after in pairwise(places))
    return counted and all(int(above) < int(below) for above, below in pairwise(numbers))


def _place(letters: str) -> int:
    """Give which column of a sheet has these letters.

    >>> [_place(letters) for letters in ("A", "Z", "AA", "AB")]
    [1, 26, 27, 28]
    """
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place


def _inside(grid: Grid) -> Grid:
    """Give a grid without its first row and its first column."""
    frame = [cell for cell in grid.cells if cell.row == 0 or cell.column == 0]
    cells = tuple(
        cell._replace(row=cell.row - 1, column=cell.column - 1) for cell in grid.cells if cell.row and cell.column
    )
    printed = Counter("".join(line.text for cell in frame for line in cell.lines))
    return replace(
        grid,
        cells=cells,
        row_count=grid.row_count - 1,
        column_count=grid.column_count - 1,
        edges=grid.edges[1:],
        characters=Counter(grid.characters) - printed,
    )
