"""Part text that lies over the edges of cells into pieces that stay whole."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extract.cell_text import opens_square, run_start
from extract.linebreak import first_piece, is_wide
from extract.page import Run

#: What begins this far from an edge (a share of its height) does not begin at it.
INSIDE = 0.3
#: What ends, or begins, this near to an edge (a share of its height) does so at it.
AT_EDGE = 0.1
_QUANTITY = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|\d{4}([-/.])\d{1,2}\1\d{1,2}")


def pieces_of(run: Run, edges: Sequence[float] = ()) -> Iterator[Run]:
    """Part a run where its text may part: a number or a word that runs over its cell's edge stays whole.

    So do words that a mark joins, in producers that part no line behind it before a letter; but where the mark itself
    hangs over one of the edges, what stands behind it is the next cell's, as is an opening mark whose ink does.
    """
    first = 0
    while first < len(run.text):
        count = first_piece(run.text[first:], joined=True)
        short = first_piece(run.text[first : first + count])
        if short < count and bisect_right(edges, run.ends[first + short - 1]) > bisect_right(
            edges, run.ends[first + short - 2] if first + short > 1 else run.x0
        ):
            count = short
        count = _before_number(run, first, _before_opening(run, first, count, edges), edges)
        yield run.part(first, first + count)
        first += count


def _before_opening(run: Run, first: int, count: int, edges: Sequence[float]) -> int:
    """Shorten a piece that goes on with an opening mark beyond an edge, over which only the mark's empty half lies."""
    for at in range(first + 1, first + count):
        if opens_square(run, at) and is_wide(run.text[at - 1]):
            beyond = bisect_right(edges, (run.ends[at - 1] + run.ends[at]) / 2)
            if beyond != bisect_right(edges, run.ends[at - 1] - INSIDE * (run.bottom - run.top)):
                return at - first
    return count


def _before_number(run: Run, first: int, count: int, edges: Sequence[float]) -> int:
    """Shorten a piece that is two numbers or dates, of which one ends at an edge where the other begins."""
    piece = run.text[first : first + count]
    if not edges or not piece.isascii() or _is_quantity(piece):
        return count
    near = AT_EDGE * (run.bottom - run.top)
    for at in range(first + 1, first + count):
        is_between = any(abs(run.ends[at - 1] - edge) <= near for edge in edges)
        if is_between and _is_quantity(piece[: at - first]) and _is_quantity(piece[at - first :]):
            return at - first
    return count


def _is_quantity(text: str) -> bool:
    return _QUANTITY.fullmatch(text) is not None


def goes_over(piece: Run, edge: float) -> bool:
    """Tell whether a word begins well before the edge of the cell that the text before it stands in, and runs over it.

    No text of the next cell begins there, right behind another's.
    """
    height = piece.bottom - piece.top
    inside = run_start(piece) < edge - height * INSIDE
    return inside and piece.x1 > edge + height * AT_EDGE and len(piece.text) > 1
