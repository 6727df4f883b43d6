"""Hold what a table tells of the next page, on which it may go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.letter_spacing import Piece
from extract.margins import Margins
from extract.ruling import Lattice
from extract.side_pages import Sides
from extract.word_ends import Words

#: So many edges of columns are at the same places by no chance.
FEWEST_EDGES = 5
#: A page with fewer cells than this share of another's tells less of the padding.
FEW = 0.5


@dataclass(slots=True)
class TableBefore:
    """Hold what the last table that was read tells of the next one, which may go on with it on the next page.

    Args:
        xs: The edges of its columns.
        by_gaps: Whether no lines stand there.
        opened: Whether its first column, and its last, have no line below them: a merged cell there goes on.
        padding: Left and right, in points.
        cells: The most cells of a page that told it.
        margins: By how much its texts end before its padding.
        cuts_words: Whether its lines end within any word.
        grid: The width of the cells in which characters are set, in points; zero where there is no such grid.
        apart: Pieces of text whose letters are set apart, which need not be of the same table.
        hidden: The lines that the end of the page before hides, each behind the one above it.
        sides: What all tables before tell of those that may stand beside them.
    """

    xs: tuple[float, ...] = ()
    by_gaps: bool = False
    opened: tuple[bool, bool] = (False, False)
    padding: tuple[float, float] = (0.0, 0.0)
    cells: int = 0
    margins: Margins = field(default_factory=Margins)
    cuts_words: bool = False
    grid: float = 0.0
    apart: Sequence[Piece] = ()
    hidden: set[tuple[str, str]] = field(default_factory=set)
    sides: Sides = field(default_factory=Sides)

    def told(self, lattice: Lattice) -> Lattice:
        """Give a lattice as the table of the page before tells it, if it goes on with that.

        Its columns are no guess where they are those that lines drew there.  A merged cell at a side without lines may
        fill the page: nothing is drawn of its column.  Some programs close such a cell at the page's end all the same;
        then several other columns at the same places tell.
        """
        for left, right in ((True, False), (False, True), (True, True)):
            first, last = int(left), len(self.xs) - right
            is_open = left <= self.opened[0] and right <= self.opened[1]
            if (is_open or last - first >= FEWEST_EDGES) and lattice.has_edges(self.xs[first:last]):
                return lattice.with_open_columns(self.xs[:first], self.xs[last:])
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
        if lattice.has_edges(self.xs):
            padding = self.padding if cells < FEW * self.cells else (padding[0], min(padding[1], self.padding[1]))
            cells = max(cells, self.cells)
        else:
            self.margins, self.cuts_words = Margins(), False
        self.xs, self.by_gaps, self.padding, self.cells = xs, lattice.by_gaps, padding, cells
        self.opened = not lattice.level[-1][0], not lattice.level[-1][-1]
        return padding

    def words(self, words: Words) -> Words:
        """Go on with a page's table; give how its lines treat words, which few lines tell less well than many."""
        if self.cuts_words and words in (Words.CUT, Words.WESTERN):
            words = Words.ANYWHERE
        self.cuts_words = words is Words.ANYWHERE
        return words
