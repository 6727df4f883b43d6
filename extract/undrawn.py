"""Put in lines that are not drawn: sides that the header draws and rows leave out, lines between numbered rows.

Text tells where they are: none of it crosses them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from extract.open_table import Reach, columns_of, stands_as, stands_over
from extract.page import Run, runs_within
from extract.rule_stacks import Band
from extract.ruling import Lattice
from extract.unruled_rows import Cut, cuts_between_rows

#: So many rows with text on both sides, and this share of the rows without the side, show that it is left out.
FEWEST_ROWS, MOST_ROWS = 3, 0.6
#: A table with so many lines may have none between its rows: those of the header, of the total, and the last one.
FEW_LINES = 4
#: A row without any sides has text in more than this share of the columns, of which there are three.
MOST_COLUMNS, FEWEST_EDGES = 0.5, 4
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
    lattice = _with_ends(_without_strips(lattice, runs), runs)
    return _with_lines(_with_sides(_with_open_rows(lattice, runs), runs), runs)


def _without_strips(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice without the lines that end merged cells above the next line of the other columns.

    So some programs end those that go on over a page break.  What they leave below them is blank, lower than any row,
    and no row of its own.
    """
    through = [sum(level) > MOST_COLUMNS * len(level) for level in lattice.level]
    # Lines that most columns have end rows.
    ends = [y for y, is_through in zip(lattice.ys, through, strict=True) if is_through]
    lowest = min((below - above for above, below in pairwise(ends)), default=0.0)
    for row in range(len(lattice.ys) - 2, 0, -1):
        if lattice.ys[row + 1] - lattice.ys[row] < lowest and _is_strip(lattice, row, runs):
            ys, level, upright = [*lattice.ys], [*lattice.level], [*lattice.upright]
            del ys[row], level[row], upright[row]
            lattice = replace(lattice, ys=tuple(ys), level=tuple(level), upright=tuple(upright))
    return lattice


def _is_strip(lattice: Lattice, row: int, runs: Sequence[Run]) -> bool:
    """Tell whether nothing but merged cells ends above a row, which is blank there and ends with the other columns."""
    above, level, below = lattice.level[row - 1 : row + 2]
    ended = [column for column, drawn in enumerate(level) if drawn]
    return (
        0 < len(ended) < MOST_COLUMNS * len(level)
        and not any(above[column] for column in ended)
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

    Leaves alone a table whose header leaves out a side.
    """
    if not all(lattice.upright[0][1:-1]):
        return lattice
    missing = set()
    for row, sides in enumerate(lattice.upright):
        blank = [column for column in range(1, len(sides) - 1) if not sides[column]]
        lines = lattice.level[row : row + 2]
        if any(line[column - 1] != line[column] for line in lines for column in blank):
            # A program that leaves out one side of a row leaves out those of the cells beside as well.
            inside = _in_row(lattice, row, runs)
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


def _with_open_rows(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
    """Give the lattice with the sides of rows that have none, but text in most columns that stands as theirs does.

    Where there are such rows, a row whose text stands in neither the first column nor the middle has them as well: it
    is the rest of a row that a page break cuts, and no title.
    """
    if len(lattice.xs) < FEWEST_EDGES or all(any(sides[1:-1]) for sides in lattice.upright):
        return lattice
    inner = lattice.xs[1:-1]
    rows = [columns_of(_in_row(lattice, row, runs), inner) or {} for row in range(len(lattice.upright))]
    # The labels stand otherwise than what is below them.
    closed = [cells for cells, sides in zip(rows[1:], lattice.upright[1:], strict=True) if any(sides[1:-1])]
    placed = [[cells[column] for cells in closed if column in cells] for column in range(len(inner) + 1)]
    most = MOST_COLUMNS * len(placed)
    found = {
        row: cells
        for row, cells in enumerate(rows)
        if not any(lattice.upright[row][1:-1]) and (stands_as(cells, placed) or (cells and not any(closed)))
    }
    if not any(len(cells) > most for cells in found.values()):
        return lattice
    upright = [list(row) for row in lattice.upright]
    for row, cells in found.items():
        if len(cells) > most or not (0 in cells or _is_in_middle(lattice, cells)):
            upright[row] = [True] * len(lattice.xs)
    return replace(lattice, upright=tuple(map(tuple, upright)))


def _is_in_middle(lattice: Lattice, cells: Mapping[int, Reach]) -> bool:
    """Tell whether the middle of a row's text is that of the table."""
    middle = (min(x0 for x0, _ in cells.values()) + max(x1 for _, x1 in cells.values())) / 2
    return abs(middle - (lattice.xs[0] + lattice.xs[-1]) / 2) <= IN_MIDDLE


def _in_row(lattice: Lattice, row: int, runs: Sequence[Run]) -> list[Run]:
    return list(runs_within(runs, (lattice.xs[0], lattice.ys[row], lattice.xs[-1], lattice.ys[row + 1])))


def _with_sides(lattice: Lattice, runs: Sequence[Run]) -> Lattice:
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
    several = [
        row
        for row, count in counts.items()
        if count >= FEWEST_ROWS - lattice.by_gaps and 0 <= row < len(lattice.ys) - 1
    ]
    cuts = {row: found for row in several if (found := cuts_between_rows(lattice, row, runs))}
    if lattice.by_gaps:
        rows = range(len(lattice.ys) - 1)
        cuts |= {row: found for row in rows if row not in cuts and (found := _cuts_of_figures(lattice, row, runs))}
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


def _cuts_of_figures(lattice: Lattice, row: int, runs: Sequence[Run]) -> list[Cut]:
    """Give where lines are left out in a row whose lines of text are rows of figures."""
    top, bottom = lattice.ys[row], lattice.ys[row + 1]
    inside = tuple(runs_within(runs, (lattice.xs[0], top, lattice.xs[-1], bottom)))
    lines = Band(top, bottom, inside).rows_of_figures(lattice.xs[1:-1]) if inside else []
    if len(lines) < FEWEST_ROWS:
        # A table with lines between its rows has lists in its cells.
        return cuts_between_rows(lattice, row, runs) if row and len(lattice.ys) <= FEW_LINES else []
    ends = [(min(run.top for run in line), max(run.bottom for run in line)) for line in lines]
    through = (True,) * (len(lattice.xs) - 1)
    return [Cut((above[1] + below[0]) / 2, through) for above, below in pairwise(ends)]
