"""Put in the sides that rows leave out between two columns, though the header draws them and no text crosses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.page import Run
from extract.ruling import Lattice

#: So many rows with text on both sides, and this share of the rows without the side, show that it is left out.
FEWEST_ROWS, MOST_ROWS = 3, 0.6
#: Text that runs over a side by no more than this stands beside it (points).
OVER = 0.5


def with_left_out_sides(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the sides that rows leave out: an amount and its unit have no line between them.

    Leaves alone a side that the header leaves out as well, and one that any of the texts crosses.
    """
    upright = [list(row) for row in lattice.upright]
    for column in range(1, len(lattice.xs) - 1):
        without = [row for row in range(1, len(upright)) if not upright[row][column]]
        if not upright[0][column] or len(without) < FEWEST_ROWS:
            continue
        parted = [row for row in without if _stands_apart(lattice, row, column, runs)]
        if len(parted) >= max(FEWEST_ROWS, MOST_ROWS * len(without)):
            for row in parted:
                upright[row][column] = True
    return replace(lattice, upright=tuple(map(tuple, upright)))


def _stands_apart(lattice: Lattice, row: int, column: int, runs: Sequence[Run]) -> bool:
    """Tell whether a row's cell has text on both sides of a column's edge, and none over it."""
    sides = lattice.upright[row]
    first = next((at for at in range(column - 1, 0, -1) if sides[at]), 0)
    last = next((at for at in range(column + 1, len(sides)) if sides[at]), len(sides) - 1)
    edge = lattice.xs[column]
    found = list(_within(runs, (lattice.xs[first], lattice.ys[row], lattice.xs[last], lattice.ys[row + 1])))
    left, right = sum(run.x1 <= edge + OVER for run in found), sum(run.x0 >= edge - OVER for run in found)
    return left > 0 and right > 0 and left + right == len(found)


def _within(runs: Sequence[Run], box: tuple[float, float, float, float]) -> Iterator[Run]:
    """Give the text whose middle stands in a box."""
    x0, top, x1, bottom = box
    for run in runs:
        if top < (run.top + run.bottom) / 2 < bottom and x0 < (run.x0 + run.x1) / 2 < x1:
            yield run
