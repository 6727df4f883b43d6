"""Hold what a table tells of the next page, on which it may go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.letter_spacing import Piece
from extract.margins import Margins
from extract.ruling import Lattice
from extract.strokes import SNAP

#: So many rows at the same places on two pages are no chance.
FEWEST_ROWS = 4
#: A column of so many rows that stands alone may be the first one of a sheet; a box around text has fewer.
FEWEST_ALONE = 8
#: A page with fewer cells than this share of another's tells less of the padding.
FEW = 0.5


@dataclass(slots=True)
class TableBefore:
    """Hold what the last table that was read tells of the next one, which may go on with it on the next page.

    Args:
        xs: The edges of its columns.
        by_gaps: Whether no lines stand there.
        padding: Left and right, in points.
        cells: The most cells of a page that told it.
        margins: By how much its texts end before its padding.
        apart: Pieces of text whose letters are set apart, which need not be of the same table.
        rows: For the lines between the rows of each table before (see `_rows_keys`): its page, the edges of its
            columns, and what stands above it.
        alone: The edges of columns that stand alone on their page, beside others before (see `is_column`).
        hidden: The lines that the end of the page before hides, each behind the one above it.
        has_sides: Whether a table may stand beside one before, or a column beside one that follows.
    """

    xs: tuple[float, ...] = ()
    by_gaps: bool = False
    padding: tuple[float, float] = (0.0, 0.0)
    cells: int = 0
    margins: Margins = field(default_factory=Margins)
    apart: Sequence[Piece] = ()
    rows: dict[int, tuple[int, tuple[float, ...], str]] = field(default_factory=dict)
    alone: list[tuple[float, ...]] = field(default_factory=list)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    has_sides: bool = False

    def told(self, lattice: Lattice) -> Lattice:
        """Give a lattice whose columns are no guess where they are those that lines drew on the page before."""
        is_known = lattice.by_gaps and not self.by_gaps and lattice.xs[1:-1] == self.xs[1:-1]
        return replace(lattice, by_gaps=False) if is_known else lattice

    def goes_on(self, lattice: Lattice, padding: tuple[float, float], cells: int) -> tuple[float, float]:
        """Go on with a page's table; give its padding, which a page with few cells tells less well than one with many.

        Args:
            lattice: Of the table.
            padding: As its own cells tell it.
            cells: How many it has.
        """
        xs = lattice.xs
        if len(xs) == len(self.xs) and all(abs(a - b) <= SNAP for a, b in zip(xs, self.xs, strict=True)):
            padding = self.padding if cells < FEW * self.cells else (padding[0], min(padding[1], self.padding[1]))
            cells = max(cells, self.cells)
        else:
            self.margins = Margins()
        self.xs, self.by_gaps, self.padding, self.cells = xs, lattice.by_gaps, padding, cells
        return padding

    def beside(self, lattice: Lattice, page: int, above: str) -> int:
        """Give the page of which a table has all rows but other columns, if any: it may stand beside that one; else 0.

        So is a sheet printed that is wider than the paper.  Above its further columns stands the rest of its title, or
        all of it; another table has a title of its own.

        Args:
            lattice: Of the table.
            page: On which it stands.
            above: The text above it.
        """
        if len(lattice.ys) <= FEWEST_ROWS:
            return 0
        known = [self.rows.setdefault(key, (page, lattice.xs, above)) for key in _rows_keys(lattice.ys)]
        width = lattice.xs[-1] - lattice.xs[0]
        for first, xs, title in known:
            is_other = len(xs) != len(lattice.xs) or abs(xs[-1] - xs[0] - width) > SNAP
            if first != page and is_other and _are_parts(above, title):
                self.has_sides = True
                return first
        return 0

    def is_column(self, lattice: Lattice) -> bool:
        """Tell whether a box is a column that stands alone on its page, of a table before or of one that may follow."""
        xs = lattice.xs
        if any(abs(x0 - xs[0]) <= SNAP and abs(x1 - xs[-1]) <= SNAP for x0, x1 in self.alone):
            return True
        known = any(key in self.rows for key in _rows_keys(lattice.ys))
        if len(lattice.ys) <= (FEWEST_ROWS if known else FEWEST_ALONE):
            return False
        self.alone.append(xs)
        self.has_sides = True
        return True


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
