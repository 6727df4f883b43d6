"""Tell that a page begins another table, though its columns stand where those of the page before do.

So are pages of a wide sheet that were printed one after the other, and appendices of one form.
"""

from __future__ import annotations

from normalize.breaks import numbers_by_column
from normalize.characters import is_total, squeeze
from normalize.label_words import reads_as_label
from schema.grid import Grid

#: So many cells read as labels, and at least this share of a row's, where it is a header.
FEWEST_LABELS, LABEL_SHARE = 2, 2 / 3
#: So many rows that are counted on one page, and so many texts on the other, tell that this one does not count.
FEWEST_COUNTED, FEWEST_TEXTS = 3, 3


def begins_other(above: Grid, below: Grid) -> bool:
    """Tell whether a grid has a header of its own, or does not count its rows where the one above does, or does alone.

    Args:
        above: The grid that ends at a page break.
        below: The one behind it, with as many columns, which does not print the header again.
    """
    is_header = reads_as_header(below, 0) and not reads_as_header(below, 1)
    return is_header or _counts_alone(above, below) or _counts_alone(below, above)


def reads_as_header(grid: Grid, row: int) -> bool:
    """Tell whether nearly all cells of a row read as labels."""
    cells = [cell for cell in grid.cells if cell.row == row and cell.column_span == 1]
    texts = [squeeze(cell.text) for cell in cells if cell.lines]
    labels = sum(map(reads_as_label, texts))
    has_number = any(char.isdecimal() for text in texts for char in text)
    return labels >= max(FEWEST_LABELS, LABEL_SHARE * grid.column_count) and not has_number


def _counts_alone(one: Grid, other: Grid) -> bool:
    """Tell whether a column counts the rows of one grid, and holds only texts in the other; totals are not counted."""
    beside = numbers_by_column(other)
    for column, counted in numbers_by_column(one).items():
        if column in beside or len(counted) < FEWEST_COUNTED:
            continue
        if counted == list(range(counted[0], counted[0] + len(counted))):
            cells = (cell for cell in other.cells if cell.column == column and cell.column_span == 1 and cell.lines)
            if sum(not is_total(cell.text) for cell in cells) >= FEWEST_TEXTS:
                return True
    return False
