"""Put in lines that are not drawn: sides that the header draws and rows leave out, lines between numbered rows.

Text tells where they are: none of it crosses them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extract.merged_ends import with_merged_cells_mended
from extract.open_table import Reach, columns_of, stands_as
from extract.page import Run, runs_within
from extract.ruling import Lattice
from extract.unruled_rows import FEWEST_NUMBERS, cuts_between_rows

#: So many rows with text on both sides, and this share of the rows without the side, show that it is left out.
FEWEST_ROWS, MOST_ROWS = 3, 0.6
#: A row without any sides has text in more than this share of the columns, of which there are three.
MOST_COLUMNS, FEWEST_EDGES = 0.5, 4
#: So many sides are hardly any, where there are two more columns.
FEW_SIDES = 1
#: A title's middle is that of the table within so many points.
IN_MIDDLE = 10.0
#: Text that runs over a side by no more than this stands beside it (points).
OVER = 0.5
#: Texts on the two sides of a side are this far apart (a share of their height).
APART = 0.4
#: Gaps that differ by less than this share of the height are the same.
SAME_GAP = 0.1


def with_left_out(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the lines that it leaves out, as its text tells."""
    lattice = with_merged_cells_mended(lattice, runs)
    return _with_lines(_with_sides(_with_open_rows(lattice, runs), lattice.upright, runs), runs)


def _with_open_rows(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the sides of rows that have hardly any, but text in most columns, placed as theirs is.

    Where there are such rows without any, a row whose text stands in neither the first column nor the middle has them
    as well: it is the rest of a row that a page break cuts, and no title.  So it is, wherever it is, if it has several
    texts.
    """
    few = FEW_SIDES if len(lattice.xs) > FEWEST_EDGES + FEW_SIDES else 0
    if len(lattice.xs) < FEWEST_EDGES or all(sum(sides[1:-1]) > few for sides in lattice.upright):
        return lattice
    inner = lattice.xs[1:-1]
    rows = [columns_of(runs_within(runs, lattice.row_box(row)), inner) or {} for row in range(len(lattice.upright))]
    # The labels stand otherwise than what is below them.
    closed = [cells for cells, sides in zip(rows[1:], lattice.upright[1:], strict=True) if sum(sides[1:-1]) > few]
    placed = [[cells[column] for cells in closed if column in cells] for column in range(len(inner) + 1)]
    most = MOST_COLUMNS * len(placed)
    found = {
        row: cells
        for row, cells in enumerate(rows)
        if sum(lattice.upright[row][1:-1]) <= few and (stands_as(cells, placed) or (cells and not any(closed)))
    }
    bare = (row for row in found if not any(lattice.upright[row][1:-1]))
    rests = {row for row in bare if not (0 in found[row] or _is_in_middle(lattice, found[row]))}
    if not any(len(cells) > most or (row in rests and len(cells) > 1) for row, cells in found.items()):
        return lattice
    upright = [list(row) for row in lattice.upright]
    opened = [row for row, cells in found.items() if len(cells) > most or row in rests]
    some = sum(any(upright[row][1:-1]) for row in opened)
    for row in opened:
        upright[row] = [True] * len(lattice.xs)
    lattice = replace(lattice, upright=tuple(map(tuple, upright)), unclosed=lattice.unclosed + some)
    return _with_levels(lattice, opened, runs) if some else lattice


def _with_levels(lattice: Lattice, opened: Collection[int], runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the lines between rows whose sides were put in, if a part of one is drawn.

    The texts above and below such a line stand in the middles of their rows, or as far from their tops.
    """
    level = [list(line) for line in lattice.level]
    for row in opened:
        if row + 1 not in opened or not any(level[row + 1]):
            continue
        top, middle, bottom = lattice.ys[row : row + 3]
        for column, (left, right) in enumerate(pairwise(lattice.xs)):
            above = list(runs_within(runs, (left, top, right, middle)))
            below = list(runs_within(runs, (left, middle, right, bottom)))
            if above and below and _are_two((top, middle), above, (middle, bottom), below):
                level[row + 1][column] = True
    return replace(lattice, level=tuple(map(tuple, level)))


def _are_two(row: tuple[float, float], above: Sequence[Run], other: tuple[float, float], below: Sequence[Run]) -> bool:
    """Tell whether texts stand in two rows alike: both in their middles, or as far from their tops."""
    offsets = []
    for (top, bottom), inside in ((row, above), (other, below)):
        head, foot = min(run.top for run in inside), max(run.bottom for run in inside)
        offsets.append((head + foot - top - bottom, head - top))
    height = above[0].bottom - above[0].top
    in_middle = all(abs(offset) <= SAME_GAP * 2 * height for offset, _ in offsets)
    return in_middle or abs(offsets[0][1] - offsets[1][1]) <= SAME_GAP * height


def _is_in_middle(lattice: Lattice, cells: Mapping[int, Reach]) -> bool:
    """Tell whether the middle of a row's text is that of the table."""
    middle = (min(x0 for x0, _ in cells.values()) + max(x1 for _, x1 in cells.values())) / 2
    return abs(middle - (lattice.xs[0] + lattice.xs[-1]) / 2) <= IN_MIDDLE


def _with_sides(lattice: Lattice, drawn: Sequence[Sequence[bool]], runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the sides that rows leave out: an amount and its unit have no line between them.

    Leaves alone a side that the header leaves out as well, and one that any of the texts crosses.

    Args:
        lattice: The table's.
        drawn: Its upright sides without those that were put in.
        runs: Of the page.
    """
    upright = [list(row) for row in lattice.upright]
    for column in range(1, len(lattice.xs) - 1):
        without = [row for row in range(1, len(upright)) if not drawn[row][column]]
        if not upright[0][column] or len(without) < FEWEST_ROWS:
            continue
        parted = [row for row in without if upright[row][column] or _stands_apart(lattice, row, column, runs)]
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
    found = list(runs_within(runs, (lattice.xs[first], lattice.ys[row], lattice.xs[last], lattice.ys[row + 1])))
    left, right = [run for run in found if run.x1 <= edge + OVER], [run for run in found if run.x0 >= edge - OVER]
    if not left or not right or len(left) + len(right) != len(found):
        return False
    # One word in the middle may part just there, or have its letters set apart.
    height = left[0].bottom - left[0].top
    apart = min(run.x0 for run in right) - max(run.x1 for run in left)
    gaps = [
        after.x0 - before.x1 for side in (left, right) for before, after in pairwise(sorted(side, key=attrgetter("x0")))
    ]
    return apart >= APART * height and (not gaps or apart > min(gaps) + SAME_GAP * height)


def _with_lines(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the lines that are left out between rows which numbers or figures tell."""
    x0, x1 = lattice.xs[:2]
    numbers = (run for run in runs if x0 < run.x0 < x1 and run.text.isdecimal())
    counts = Counter(bisect_right(lattice.ys, (run.top + run.bottom) / 2) - 1 for run in numbers)
    # Nearly always a row has one number.
    rows = (row for row in range(len(lattice.ys) - 1) if lattice.by_gaps or counts[row] >= FEWEST_NUMBERS)
    cuts = {row: found for row in rows if (found := cuts_between_rows(lattice, row, runs))}
    if not cuts:
        return lattice
    ys: list[float] = []
    level: list[tuple[bool, ...]] = []
    upright: list[tuple[bool, ...]] = []
    for row, y in enumerate(lattice.ys):
        ys.append(y)
        level.append(lattice.level[row])
        if row < len(lattice.upright):
            found = cuts.get(row, [])
            ys += [cut.y for cut in found]
            level += [cut.level for cut in found]
            upright += [lattice.upright[row]] * (1 + len(found))
    return replace(lattice, ys=tuple(ys), level=tuple(level), upright=tuple(upright))
