"""Tell what the two sides of a page break say of each other.

Whether the break cuts nothing, so that a long table may be repaired in parts that end there, and whether the numbers of
rows or the amounts go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.characters import chinese_integer, ordinal, squeeze
from normalize.sheet import goes_on, is_used_up
from schema.grid import FULL_END, Cell, Grid

#: A row's number has no more digits.
LONGEST_NUMBER = 5
#: An amount, a share, a ratio or a code; so many rows are asked for theirs.
_VALUE = re.compile(r"[-+]?\d[\d,]*(?:[.:]\d+)?%?")
ROWS_ASKED = 3


def is_clean_break(above: Grid, below: Grid, header: int) -> bool:
    """Tell whether nothing goes on over the break between two pages of one table.

    The new page begins with a row of which no cell can be the rest of the one above.  Only behind a column in
    which each row has its own text, where no column groups rows, may both cells be blank.

    Args:
        above: The grid that ends at the break.
        below: The grid that begins behind it.
        header: How many of its first rows print the header.
    """
    first = [cell for cell in below.cells if cell.row == header]
    last = [cell for cell in above.cells if cell.row + cell.row_span == above.row_count]
    if not len(first) == len(last) == above.column_count == below.column_count:
        return False
    own = _first_own_column(below, header)
    return all(
        (not upper.lines and not lower.lines and upper.row_span == lower.row_span == 1)
        if column > own and not (upper.lines and lower.lines)
        else _begins(upper, lower)
        for column, (upper, lower) in enumerate(zip(last, first, strict=True))
    )


def counts_on(above: Grid, below: Grid, header: int) -> bool:
    """Tell whether a column that counts the rows goes on counting behind a page break.

    Args:
        above: The grid that ends at the break.
        below: The grid that begins behind it, with as many columns.
        header: How many of its first rows print the header.
    """
    for column, last in _counting(above):
        # The rest of a cut row has no number.
        cells = (cell for cell in below.cells if cell.row in (header, header + 1) and cell.column == column)
        if next((squeeze(cell.text) for cell in cells if cell.lines), "") == str(last + 1):
            return True
    return False


def cuts_row(above: Grid, below: Grid, header: int) -> bool:
    """Tell whether a page break cuts a row: no line ends it, and what goes on has no number where all others count.

    Args:
        above: The grid that ends at the break.
        below: The grid that begins behind it, with as many columns.
        header: How many of its first rows print the header.
    """
    last = [cell for cell in above.cells if cell.row + cell.row_span == above.row_count]
    if not all(cell.open_bottom for cell in last):
        return False
    blank = {cell.column for cell in below.cells if cell.row == header and not cell.lines}
    return any(column in blank for column, _ in _counting(above))


def _counting(grid: Grid) -> Iterator[tuple[int, int]]:
    """Give each column whose last two numbers follow each other, with the last one."""
    for column, counted in numbers_by_column(grid).items():
        if len(counted) > 1 and counted[-1] == counted[-2] + 1:
            yield column, counted[-1]


def has_same_values(above: Grid, below: Grid) -> bool:
    """Tell whether amounts stand in the first rows of a grid just where they do in the last rows of another."""
    last = [cell for cell in above.cells if cell.row >= above.row_count - ROWS_ASKED and cell.lines]
    values = {cell.column for cell in last} - {cell.column for cell in last if not _is_value(cell)}
    found = {cell.column for cell in below.cells if cell.row < ROWS_ASKED and _is_value(cell)}
    return bool(found) and found <= values


def _is_value(cell: Cell) -> bool:
    return _VALUE.fullmatch(squeeze(cell.text)) is not None


def numbers_by_column(grid: Grid) -> dict[int, list[int]]:
    """Give for each column the numbers that stand alone in its cells, from the top to the bottom.

    In a narrow column one may fill its line and go on in the next.
    """
    found: dict[int, list[int]] = {}
    for cell in grid.cells:
        if cell.lines:
            text = cell.text.replace(FULL_END, "").strip() if len(cell.lines) > 1 else cell.lines[0].text.strip()
            if len(text) <= LONGEST_NUMBER and text.isdecimal():
                found.setdefault(cell.column, []).append(int(text))
    return found


def _first_own_column(grid: Grid, header: int) -> int:
    """Give the first column in which each row has a text of its own, and no number."""
    shared = {
        column
        for cell in grid.cells
        if cell.row >= header
        and (cell.row_span > 1 or not cell.lines or chinese_integer(squeeze(cell.text)) is not None)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return next((column for column in range(grid.column_count) if column not in shared), grid.column_count)


def _begins(upper: Cell, lower: Cell) -> bool:
    """Tell whether a cell at the top of a page begins something, so that nothing above goes on in it.

    Below a blank it may be the text of a cell that begins in the blank, and below its own beginning the same
    text printed again.
    """
    if upper.open_bottom or lower.open_top or not upper.lines or not lower.lines:
        return False
    begun, text = squeeze(upper.text), squeeze(lower.text)
    if chinese_integer(text) is not None:
        return True
    if begun.startswith(text) or text.startswith(begun):
        return False
    if ordinal(text) is not None:
        return ordinal(text) != ordinal(begun)
    has_room = upper.lines_below is not None and not is_used_up(upper)
    return has_room or not goes_on(upper, lower)
