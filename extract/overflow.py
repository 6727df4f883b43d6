"""Tell text that runs on over the edge of its cell: so spreadsheets print what has no room, beside blank cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import pairwise

from extract.glyphs import CLOSE
from extract.linebreak import SQUEEZED, is_ideograph, is_wide
from extract.page import Run
from extract.pieces import INSIDE, goes_over, pieces_of
from extract.ruling import Lattice

#: A character lies over an edge that it begins and ends this far from (a share of its height), and so does one that
#: begins behind it by so much less than the text does in its own cell.
OVER, NEARER = 0.06, 0.05
#: Text that stands this near to a side of a cell (a share of its height) is aligned to it.
FLUSH = 0.5
#: Two texts at the left of their cells are as far from it within this (points).
SAME_PADDING = 0.5
#: Words of one line are this far apart at most, unless the line is justified, and lie on each other by no more than the
#: second (shares of their height).
A_SPACE, ON_IT = 0.5, 0.1
#: Letters of one word are no further apart (a share of their height).
A_LETTER = 0.05


def runs_over(run: Run, edges: Sequence[float], left: float) -> bool:
    """Tell whether a run goes on over one of these edges, where no other text begins.

    So does one of which an edge cuts a character.  What stands right behind an edge is the next cell's, unless it is
    Chinese like what it follows, and stands nearer to it than text does to the left of its cell.

    Args:
        run: Of characters right behind each other.
        edges: Of the cells over which it reaches.
        left: Of the cell in which it begins.

    >>> run = Run("上海市文来", 2, 0, 52, 10, (12, 22, 32, 42, 52), False)
    >>> [runs_over(run, (edge,), 0) for edge in (27, 32, 31.6)]
    [True, True, True]
    >>> [runs_over(run, (edge,), 2) for edge in (27, 32, 31.6)]
    [True, False, False]

    Neither does one of which the pen moved there.

    >>> moved = Run("上海市文来", 2, 0, 53, 10, (12, 22, 32, 43, 53), False)
    >>> [runs_over(moved, (edge,), 1.2) for edge in (32.4, 32.65)], runs_over(run, (32.4,), 1.2)
    ([False, False], True)
    """
    if cuts_character(run, edges):
        return True
    height = run.bottom - run.top
    nearest = run.x0 - left - NEARER * height if is_at_left(run, left) else -height
    em = _narrowest(run)
    pairs = enumerate(pairwise(run.text), 1)
    starts = (run.ends[at] - em for at, (before, char) in pairs if is_ideograph(before) and is_ideograph(char))
    return any(-OVER * height <= start - edge < nearest for start in starts for edge in edges)


def cuts_character(run: Run, edges: Sequence[float]) -> bool:
    """Tell whether one of these edges cuts through a Chinese character of a run."""
    over, em = OVER * (run.bottom - run.top), _narrowest(run)
    return any(
        is_ideograph(char) and any(end - em + over < edge < end - over for edge in edges)
        for char, end in zip(run.text, run.ends, strict=True)
    )


def _narrowest(run: Run) -> float:
    """Give the width of a run's narrowest Chinese character: the pen moved before one that takes more room."""
    return min((run.width_of(at) for at, char in enumerate(run.text) if is_ideograph(char)), default=0.0)


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


def running_over(
    lattice: Lattice, runs: Sequence[Run], reach: Sequence[tuple[int, int]], known: Container[int]
) -> dict[int, int]:
    """Give the columns of the runs that run on over the edge of their cell, and of what follows them, by their indices.

    Args:
        lattice: Of the table.
        runs: In the order of drawing.
        reach: The columns in which each begins and ends.
        known: Those whose column is known.
    """
    xs, ys, found = lattice.xs, lattice.ys, dict[int, int]()
    for index, (start, end) in enumerate(reach):
        if start == end or index in found or index in known:
            continue
        run = runs[index]
        row = min(max(bisect_right(ys, (run.top + run.bottom) / 2) - 1, 0), len(ys) - 2)
        sides = [xs[at] for at in range(start + 1, min(end + 1, len(xs))) if lattice.upright[row][at]]
        line = _line(runs, index, xs)
        first, last = runs[line[0]], runs[line[-1]]
        if first is run and start == end - 1 and run.x0 + run.width_of(0) / 2 > xs[end]:
            # Its first character hangs out of the cell in which all others stand.
            continue
        column, at_end = min(max(start, 0), len(xs) - 2), reach[line[-1]][1]
        if runs_over(run, sides, xs[column]):
            if 0 <= at_end < len(xs) - 1 and is_at_right(first, last, xs[column], xs[at_end + 1]):
                column = at_end
        elif first is run or not is_at_left(first, xs[column]) or not _goes_on_over(run, runs[index - 1], sides[:1]):
            # What begins at the edge of the next cell may run over that one's other side.
            continue
        found.update(dict.fromkeys(line, column))
    return found


def _line(runs: Sequence[Run], index: int, xs: Sequence[float]) -> range:
    """Give the indices of the runs of a cell's line of which one runs over the cell's edge."""
    left = xs[max(bisect_right(xs, runs[index].x0) - 1, 0)]
    first = last = index
    while first and runs[first - 1].x0 >= left and goes_on(runs[first], runs[first - 1]):
        first -= 1
    while last + 1 < len(runs) and goes_on(runs[last + 1], runs[last]) and not _begins(runs[last + 1], runs[first], xs):
        last += 1
    return range(first, last + 1)


def _begins(run: Run, other: Run, xs: Sequence[float]) -> bool:
    """Tell whether a run begins a cell of its own, as far from its left as another does from that of its own."""
    paddings = [each.x0 - xs[max(bisect_right(xs, each.x0) - 1, 0)] for each in (run, other)]
    return abs(paddings[0] - paddings[1]) < SAME_PADDING


def _goes_on_over(run: Run, before: Run, edges: Sequence[float]) -> bool:
    """Tell whether a word that is not Chinese runs over one of these edges: in a run, or with one letter of its own."""
    words = [piece for piece in pieces_of(run, edges) if not is_wide(piece.text[0])]
    if any(goes_over(word, edge) for word in words for edge in edges):
        return True
    ends = before.text[-1] + run.text
    apart = run.x0 - before.x1
    if not (len(run.text) == 1 and ends.isascii() and ends.isalnum() and apart < A_LETTER * (run.bottom - run.top)):
        return False
    over = (run.bottom - run.top) * OVER
    return any(run.x0 + over < edge < run.x1 - over for edge in edges)


def goes_on(run: Run, before: Run) -> bool:
    """Tell whether a run goes on in the line of another, right behind it or behind a space of the file."""
    return follows(run, before) and (run.spaced or run.x0 - before.x1 < (run.bottom - run.top) * CLOSE)


def follows(run: Run, before: Run) -> bool:
    """Tell whether a run goes on in the line of the one that was drawn before it, right behind it or a space away.

    Only over the empty half of a mark does it lie.
    """
    height = run.bottom - run.top
    least = -height if before.text[-1] in SQUEEZED or run.text[0] in SQUEEZED else -height * ON_IT
    return abs(run.top - before.top) < height * INSIDE and least <= run.x0 - before.x1 <= height * A_SPACE
