"""Mend the lines of merged cells that go on over a page break: some programs draw them too early, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.open_table import stands_over
from extract.page import Run, runs_within
from extract.ruling import Lattice

#: Lines that more than this share of the columns have end rows.
MOST_COLUMNS = 0.5
#: Text that begins above a line by no more than this stands below it (points).
OVER = 0.5


def with_merged_cells_mended(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with merged cells that end with the rows beside them, and that have their sides."""
    bare = _without_strips(lattice, runs, lattice.upright)
    ended = _with_ends(bare, runs)
    # What ends a merged cell early may have no line where the next one begins but the one that is put in there.
    return ended if ended is bare else _without_strips(ended, runs, bare.upright)


def _without_strips(lattice: Lattice, runs: Sequence[Run], drawn: Sequence[Sequence[bool]]) -> Lattice:
    """Give the lattice without the lines that end merged cells above the next line of the other columns.

    So some programs end those that go on over a page break.  What they leave below them is blank, lower than any row
    or without a side, and no row of its own.

    Args:
        lattice: The table's.
        runs: Of the page.
        drawn: Its upright sides without those that were put in.
    """
    strips = [row for row in range(len(lattice.ys) - 2, 0, -1) if _is_strip(lattice, row, runs)]
    lowest = _lowest(lattice, runs) if strips else 0.0
    for row in strips:
        is_low = lattice.ys[row + 1] - lattice.ys[row] < lowest and _ends_merged(lattice, row)
        if is_low or _is_open(drawn[row], lattice.level[row]):
            ys, level, upright = [*lattice.ys], [*lattice.level], [*lattice.upright]
            del ys[row], level[row], upright[row]
            lattice = replace(lattice, ys=tuple(ys), level=tuple(level), upright=tuple(upright))
    return lattice


def _ends_merged(lattice: Lattice, row: int) -> bool:
    """Tell whether nothing but merged cells ends above a row."""
    above, level = lattice.level[row - 1 : row + 1]
    return not any(begun and ended for begun, ended in zip(above, level, strict=True))


def _is_open(drawn: Sequence[bool], level: Sequence[bool]) -> bool:
    """Tell whether a strip goes on, without a side, beside the end of a line above it: no cell is of such a shape."""
    return any(not drawn[side] and level[side - 1] != level[side] for side in range(1, len(level)))


def _lowest(lattice: Lattice, runs: Sequence[Run]) -> float:
    """Give the height of the lowest row that prints anything: lines that most columns have end it, or the page does."""
    last = len(lattice.ys) - 1
    ends = [y for row, y in enumerate(lattice.ys) if row in (0, last) or sum(lattice.level[row]) > _most(lattice)]
    left, right = lattice.xs[0], lattice.xs[-1]
    return min(
        (below - above for above, below in pairwise(ends) if any(runs_within(runs, (left, above, right, below)))),
        default=0.0,
    )


def _most(lattice: Lattice) -> float:
    return MOST_COLUMNS * (len(lattice.xs) - 1)


def _is_strip(lattice: Lattice, row: int, runs: Sequence[Run]) -> bool:
    """Tell whether few cells end above a row, which is blank there and ends with the other columns."""
    level, below = lattice.level[row : row + 2]
    ended = [column for column, drawn in enumerate(level) if drawn]
    return (
        0 < len(ended) < _most(lattice)
        and all(below[column] for column in ended)
        and sum(below) > len(ended)
        and not any(
            any(runs_within(runs, (lattice.xs[column], lattice.ys[row], lattice.xs[column + 1], lattice.ys[row + 1])))
            for column in ended
        )
    )


def _with_ends(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the sides at which a line above or below a row ends, and no text goes on.

    No cell of several columns has a line along some of them only.  So ends the line below a number beside a merged cell
    whose own sides a program leaves out where the cell goes on over a page break; where they are drawn again, the next
    cell of its column begins.

    Leaves alone a table whose header leaves out a side, but where the first row is that of a cell that goes on at an
    open side.
    """
    first = lattice.upright[0]
    inner = [column for column in range(1, len(first) - 1) if not first[column]]
    is_open = inner == [1] and not any(sides[0] for sides in lattice.upright) and not lattice.level[0][0]
    if inner and not is_open:
        return lattice
    missing = set()
    for row, sides in enumerate(lattice.upright):
        blank = [column for column in range(1, len(sides) - 1) if not sides[column]]
        lines = lattice.level[row : row + 2]
        if any(line[column - 1] != line[column] for line in lines for column in blank):
            # A program that leaves out one side of a row leaves out those of the cells beside as well.
            inside = list(runs_within(runs, lattice.row_box(row)))
            crossed = {column for column in blank if any(stands_over(run, (lattice.xs[column],)) for run in inside)}
            missing |= {(row, column) for column in blank if column not in crossed}
    if not missing:
        return lattice
    upright = tuple(
        tuple(drawn or (row, column) in missing for column, drawn in enumerate(sides))
        for row, sides in enumerate(lattice.upright)
    )
    level = [list(line) for line in lattice.level]
    for row in range(1, len(upright)):
        for column in range(len(lattice.xs) - 1):
            ends = {(row - 1, side) for side in (column, column + 1)} & missing
            if ends and not {(row, side) for _, side in ends} & missing and _begins_at(lattice, row, column, runs):
                level[row][column] = True
    rows = len({row for row, _ in missing})
    return replace(lattice, upright=upright, level=tuple(map(tuple, level)), unclosed=rows)


def _begins_at(lattice: Lattice, row: int, column: int, runs: Sequence[Run]) -> bool:
    """Tell whether text of a cell that no line parts is that of its rows from this one on: at their top or middle."""
    top, bottom = row, row + 1
    while top and not lattice.level[top][column]:
        top -= 1
    while bottom < len(lattice.upright) and not lattice.level[bottom][column]:
        bottom += 1
    box = (lattice.xs[column], lattice.ys[top], lattice.xs[column + 1], lattice.ys[bottom])
    inside = list(runs_within(runs, box))
    if not inside:
        return False
    head, foot = min(run.top for run in inside), max(run.bottom for run in inside)
    height = inside[0].bottom - inside[0].top
    is_middle = abs(head + foot - lattice.ys[row] - lattice.ys[bottom]) <= height
    return head >= lattice.ys[row] - OVER and (head - lattice.ys[row] <= height or is_middle)
