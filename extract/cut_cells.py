"""Tell the cells of a table that cut text off, and the table that its page cuts off."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.cell_text import TextLine
from extract.cut_text import reaches_through
from extract.measure import Span
from extract.page import CutText, Page
from extract.ruling import Lattice
from extract.table_before import TableBefore

#: So many lines that leave the page within this of a table's side (points) go on beyond it.
FEWEST_BEYOND, AT_EDGE = 2, 1.0


def goes_beyond(lattice: Lattice, page: Page) -> bool:
    """Tell whether lines of a table leave what the page shows at its left or its right side: it is wider than that."""
    x0, top, x1, bottom = lattice.box
    ends = [(x, y) for x, y in page.ends if top - AT_EDGE < y < bottom + AT_EDGE]
    return any(sum(abs(x - edge) < AT_EDGE for x, _ in ends) >= FEWEST_BEYOND for edge in (x0, x1))


def cut_cells(
    lattice: Lattice,
    spans: Sequence[Span],
    lines: Sequence[Sequence[TextLine]],
    cut: Sequence[CutText],
    before: TableBefore,
) -> Iterable[tuple[int, str]]:
    """Give the cells whose edges cut text off, by their indexes, with that text.

    What a cell hides beyond a page's edge, where no line ends it, stands on the next page, which hides the line above.
    Where cells cut text off, one whose only line reaches through it may as well.
    """
    found: dict[int, str] = {}
    known, before.hidden = before.hidden, set()
    for text, (x0, top, x1, bottom), down, seen in cut:
        column, row = bisect_right(lattice.xs, (x0 + x1) / 2) - 1, bisect_right(lattice.ys, (top + bottom) / 2) - 1
        for index, (first, left, height, width) in enumerate(spans):
            if not (first <= row < first + height and left <= column < left + width):
                continue
            if down > 0 and not any(lattice.level[first + height][left : left + width]):
                before.hidden.add((seen, text))
            elif down >= 0 or (text, seen) not in known:
                found[index] = f"{found[index]} {text}" if index in found else text
            break
    if any(not each.down for each in cut):
        for index, ((_, column, _, width), own) in enumerate(zip(spans, lines, strict=True)):
            sides = lattice.xs[column], lattice.xs[column + width]
            if len(own) == 1 and index not in found and reaches_through(own[0].runs[0], own[0].runs[-1], *sides):
                found[index] = own[0].text
    return found.items()
