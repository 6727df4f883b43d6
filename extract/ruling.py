"""Make lattices of ruling lines: where a page's tables are, and which of their rectangles are parted.

A table is a set of horizontal and vertical strokes that touch, or that leave out no more than an
open column or a row without sides.  Its strokes cut it into the smallest rectangles.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.gap_columns import with_gap_columns
from extract.open_ends import foot_of, head_of
from extract.open_rows import with_open_rows
from extract.page import Page, Run, Stroke
from extract.strokes import OPEN_SIDE, SNAP, TOUCH, grouped_strokes
from extract.touching import parted
from schema.finding import Box
from schema.limits import DEFAULT_LIMITS, Limits

#: A drawing has few lines one below the other; a page of a table has more.
MOST_OF_DRAWING = 4
#: So many inner sides end where a row over all columns begins without a line, this far from any line (points).
FEWEST_ENDS, LEAST_BAND = 2, 6.0
#: A stroke along a side reaches this near to its ends (a share of its length).
NEAR_END = 0.2


@dataclass(frozen=True, slots=True)
class Lattice:
    """Hold the places of a table's lines, and which of its smallest rectangles are parted.

    Args:
        upright: ``upright[i][j]`` says whether a stroke stands at ``xs[j]`` along row i.
        level: ``level[i][j]`` says whether a stroke lies at ``ys[i]`` along column j.
        feet: Down to where each column reaches: beyond the last line where it has none below.
        heads: Up to where each column reaches: beyond the first line where it has none above.
        inner: The boxes of the tables that stand within one of its cells.
        by_gaps: Whether its columns have no lines, but gaps between them.
        unclosed: In how many rows sides of cells are left out.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[tuple[bool, ...], ...]
    level: tuple[tuple[bool, ...], ...]
    feet: tuple[float, ...]
    heads: tuple[float, ...]
    inner: tuple[Box, ...] = ()
    by_gaps: bool = False
    unclosed: int = 0

    @property
    def box(self) -> Box:
        """Give the table's box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def row_box(self, row: int) -> Box:
        """Give a row's box."""
        return (self.xs[0], self.ys[row], self.xs[-1], self.ys[row + 1])

    def with_open_columns(self, left: Sequence[float], right: Sequence[float]) -> Lattice:
        """Give it with columns without lines at its sides, of which these are the outer edges."""
        before, after = [False] * len(left), [False] * len(right)
        top, bottom = self.ys[0], self.ys[-1]
        return replace(
            self,
            xs=(*left, *self.xs, *right),
            upright=tuple((*before, *sides, *after) for sides in self.upright),
            level=tuple((*before, *lines, *after) for lines in self.level),
            feet=(*(bottom for _ in left), *self.feet, *(bottom for _ in right)),
            heads=(*(top for _ in left), *self.heads, *(top for _ in right)),
        )

    def has_edges(self, xs: Sequence[float]) -> bool:
        """Tell whether the edges of its columns are these."""
        return len(xs) == len(self.xs) and all(abs(x - y) <= SNAP for x, y in zip(xs, self.xs, strict=True))


def _is_none(_: Lattice) -> bool:
    """Tell of no box that it is a column."""
    return False


def find_lattices(
    page: Page,
    limits: Limits = DEFAULT_LIMITS,
    before: tuple[float, ...] = (),
    is_column: Callable[[Lattice], bool] = _is_none,
) -> list[Lattice]:
    """Give the tables' lattices, from the top to the bottom.

    Args:
        page: The page.
        limits: The most positions of a table.
        before: The edges of the columns of the last table of the page before.
        is_column: Tells whether a box that nothing parts into columns is a column of a table all the same.

    Raises:
        LimitError: One would have more positions than are read.
    """
    found = []
    groups = with_open_rows(list(parted(grouped_strokes(page))), page)
    for (level, upright), by_gaps in with_gap_columns(groups, page, before):
        lattice = _lattice(level, upright, page.runs, limits)
        if lattice is None or not (len(lattice.xs) > 2 or is_column(lattice)):
            continue
        # No drawing has the columns of the table before.
        if lattice.has_edges(before) or not _is_drawing(lattice, page.runs):
            found.append(replace(lattice, by_gaps=True) if by_gaps else lattice)
    return _outermost(found)


def _is_drawing(lattice: Lattice, runs: Sequence[Run]) -> bool:
    """Tell whether boxes and the lines between them are a drawing, such as a flow chart, and no table.

    A column between the boxes is open above and below, and has a line across it that is none of theirs.  On a page of
    a table whose cells go on above and below, a line across them parts the other cells too, and there is text; or
    another line parts all columns.
    """
    if len(lattice.ys) > MOST_OF_DRAWING:
        return False
    ends = list(zip(lattice.level[0], lattice.level[-1], strict=True))
    boxes = [j for j, (top, bottom) in enumerate(ends) if top or bottom]
    across = [row for row in lattice.level[1:-1] if any(row[j] for j in range(len(ends)) if j not in boxes)]
    if not across:
        return False
    x0, top, x1, bottom = lattice.box
    if not any(x0 < run.x1 and run.x0 < x1 and top < run.bottom and run.top < bottom for run in runs):
        return True
    is_parted = any(map(all, lattice.level[1:-1]))
    return not is_parted and bool(boxes) and any(not any(row[j] for j in boxes) for row in across)


def _outermost(lattices: Sequence[Lattice]) -> list[Lattice]:
    """Put the tables that stand within another one with it: they are text of its cell."""
    kept: list[Lattice] = []
    for lattice in sorted(lattices, key=_area, reverse=True):
        x0, top, x1, bottom = lattice.box
        middle = ((x0 + x1) / 2, (top + bottom) / 2)
        inside = (o.xs[0] < middle[0] < o.xs[-1] and o.ys[0] < middle[1] < o.ys[-1] for o in kept)
        outer = next((index for index, is_inside in enumerate(inside) if is_inside), None)
        if outer is None:
            kept.append(lattice)
        else:
            kept[outer] = replace(kept[outer], inner=(*kept[outer].inner, lattice.box))
    return _in_columns(sorted(kept, key=lambda lattice: lattice.ys[0]))


def _in_columns(lattices: Iterable[Lattice]) -> list[Lattice]:
    """Put tables side by side in the order of the page's columns; they come from the top to the bottom."""
    rows: list[list[Lattice]] = []
    for lattice in lattices:
        if rows and lattice.ys[0] < max(other.ys[-1] for other in rows[-1]):
            rows[-1].append(lattice)
        else:
            rows.append([lattice])
    return [lattice for row in rows for lattice in sorted(row, key=lambda lattice: lattice.xs[0])]


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _lattice(level: list[Stroke], upright: list[Stroke], runs: Sequence[Run], limits: Limits) -> Lattice | None:
    """Make a lattice of touching strokes; ``None`` where they part nothing into columns."""
    if not upright or len(level) + len(upright) < 4:
        return None
    level = [*level, *_implied(level, upright)]
    xs = _positions(upright, min(s.start for s in level) if level else None, max((s.end for s in level), default=None))
    ys = _positions(level, min(s.start for s in upright), max(s.end for s in upright))
    ys = _with_slivers(ys, xs, min(s.start for s in upright), max(s.end for s in upright), runs)
    if len(xs) < 2 or len(ys) < 2:
        return None
    limits.check("cells", (len(xs) - 1) * (len(ys) - 1))
    levels, uprights = _by_position(level), _by_position(upright)
    rows = [tuple(_drawn_along(levels.get(y, ()), x0, x1) for x0, x1 in pairwise(xs)) for y in ys]
    # A line that parts no column from the next row is none of the table's, such as the blank of a form.
    parting = [index for index, row in enumerate(rows) if any(row) or index in (0, len(ys) - 1)]
    ys, rows = [ys[index] for index in parting], [rows[index] for index in parting]
    if len(ys) > 2 and _is_tail(xs, ys, rows, runs):
        ys, rows = ys[:-1], rows[:-1]
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(tuple(_drawn(uprights.get(x, ()), (y0 + y1) / 2) for x in xs) for y0, y1 in pairwise(ys)),
        tuple(rows),
        tuple(
            ys[-1] if closed else foot_of(ys[-1], edges, runs)
            for closed, edges in zip(rows[-1], pairwise(xs), strict=True)
        ),
        tuple(
            ys[0] if closed else head_of(ys[0], edges, runs)
            for closed, edges in zip(rows[0], pairwise(xs), strict=True)
        ),
    )


def _implied(level: Sequence[Stroke], upright: Sequence[Stroke]) -> Iterator[Stroke]:
    """Give lines that are not drawn, where all inner sides end though the outer ones go on: a row over all columns."""
    first, last = min(s.position for s in upright), max(s.position for s in upright)
    inner = [s for s in upright if first + SNAP < s.position < last - SNAP]
    outer = [s for s in upright if not first + SNAP < s.position < last - SNAP]
    ends = sorted(end for s in inner for end in (s.start, s.end))
    done = float("-inf")
    for y in ends:
        alike = bisect_right(ends, y + SNAP) - bisect_left(ends, y)
        if alike < FEWEST_ENDS or y <= done + SNAP or any(abs(s.position - y) < LEAST_BAND for s in level):
            continue
        crossed = {s.position for s in outer if s.start < y - LEAST_BAND and s.end > y + LEAST_BAND}
        if {first, last} <= crossed and not any(s.start < y - SNAP and s.end > y + SNAP for s in inner):
            done = y
            yield Stroke(y, first, last)


def _is_tail(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[bool]], runs: Sequence[Run]) -> bool:
    """Tell whether the band below the last line is no row, but the end of cells that are open there.

    It is a row where text stands below a cell that the last line closes.
    """
    if any(rows[-1]) or not any(rows[-2]):
        return False
    top, bottom = ys[-2], ys[-1]
    for run in runs:
        if top < (run.top + run.bottom) / 2 < bottom:
            for closed, (x0, x1) in zip(rows[-2], pairwise(xs), strict=True):
                if closed and x0 < (run.x0 + run.x1) / 2 < x1:
                    return False
    return not all(rows[-2])


def _positions(strokes: Sequence[Stroke], start: float | None, end: float | None) -> list[float]:
    """Give the places of parallel strokes, with the open sides that crossing ones show."""
    found = sorted({stroke.position for stroke in strokes})
    if start is not None and (not found or found[0] - start > OPEN_SIDE):
        found.insert(0, start)
    if end is not None and end - found[-1] > OPEN_SIDE:
        found.append(end)
    return found


def _with_slivers(
    ys: Sequence[float], xs: Sequence[float], top: float, bottom: float, runs: Sequence[Run]
) -> list[float]:
    """Add the ends of the sides where they enclose no more than one line of text beyond the first or last line.

    So low is the part of a row that a page break leaves.
    """
    if not (ys[0] - top > TOUCH or bottom - ys[-1] > TOUCH):
        return list(ys)
    middles = [(run.top + run.bottom) / 2 for run in runs if xs[0] < run.x0 < xs[-1]]
    above = [top] if ys[0] - top > TOUCH and any(top < y < ys[0] for y in middles) else []
    below = [bottom] if bottom - ys[-1] > TOUCH and any(ys[-1] < y < bottom for y in middles) else []
    return [*above, *ys, *below]


def _by_position(strokes: Iterable[Stroke]) -> dict[float, list[Stroke]]:
    found: dict[float, list[Stroke]] = {}
    for stroke in strokes:
        found.setdefault(stroke.position, []).append(stroke)
    return found


def _drawn_along(strokes: Sequence[Stroke], start: float, end: float) -> bool:
    """Tell whether strokes lie along a rectangle's side: at its middle, and near both of its ends."""
    edge = NEAR_END * (end - start) + SNAP
    if any(s.start <= start + edge and end - edge <= s.end for s in strokes):
        return True
    return all(_drawn(strokes, along) for along in (start + edge - SNAP, (start + end) / 2, end - edge + SNAP))


def _drawn(strokes: Iterable[Stroke], along: float) -> bool:
    return any(s.start - SNAP <= along <= s.end + SNAP for s in strokes)
