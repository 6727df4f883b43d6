"""Tell text that runs on over the edge of its cell: so spreadsheets print what has no room, beside blank cells."""

from __future__ import annotations

from collections.abc import Sequence

from extract.linebreak import is_ideograph
from extract.page import Run

#: A character lies over an edge that it begins and ends this far from (a share of its height), and so does one that
#: begins behind it by so much less than the text does in its own cell.
OVER, NEARER = 0.06, 0.05
#: Text that stands this near to a side of a cell (a share of its height) is aligned to it.
FLUSH = 0.5


def runs_over(run: Run, edges: Sequence[float], left: float) -> bool:
    """Tell whether a run goes on over one of these edges, where no other text begins.

    So does one of which an edge cuts a character.  What stands right behind an edge is the next cell's, unless it
    stands nearer to it than text does to the left of its cell.

    Args:
        run: Of characters right behind each other.
        edges: Of the cells over which it reaches.
        left: Of the cell in which it begins.

    >>> run = Run("上海市文来", 2, 0, 52, 10, (12, 22, 32, 42, 52), False)
    >>> [runs_over(run, (edge,), 0) for edge in (27, 32, 30.8)]
    [True, True, True]
    >>> [runs_over(run, (edge,), 2) for edge in (27, 32, 30.8)]
    [True, False, False]
    """
    height = run.bottom - run.top
    over = OVER * height
    nearest = run.x0 - left - NEARER * height if is_at_left(run, left) else -height
    start = run.x0
    for char, end in zip(run.text, run.ends, strict=True):
        if is_ideograph(char) and any(
            (start < edge - over and end > edge + over) or (run.x0 < edge and -over <= start - edge < nearest)
            for edge in edges
        ):
            return True
        start = end
    return False


def is_at_right(first: Run, last: Run, left: float, right: float) -> bool:
    """Tell whether a line that runs over edges is aligned to the right of the cell in which it ends.

    Args:
        first: The first run of the line.
        last: The last one.
        left: Of the cell in which it begins.
        right: Of the cell in which it ends.
    """
    return 0 <= right - last.x1 < FLUSH * (last.bottom - last.top) and not is_at_left(first, left)


def is_at_left(run: Run, left: float) -> bool:
    """Tell whether a run is aligned to the left of a cell."""
    return 0 <= run.x0 - left < FLUSH * (run.bottom - run.top)
