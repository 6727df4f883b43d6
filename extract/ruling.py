"""Make lattices of ruling lines: where a page's tables are, and which of their rectangles are parted.

A table is a set of horizontal and vertical strokes that touch, or that leave out no more than an
open column or a row without sides.  Its strokes cut it into the smallest rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page import Page, Run, Stroke
from schema.finding import Box
from schema.limits import DEFAULT_LIMITS, Limits

#: Strokes closer than this are one line, drawn doubled or piece by piece (points).
SNAP = 2.6
#: Pieces of one line may be this far apart: the gaps of a dashed line (points).
DASH = 7.0
#: A stroke that ends this close to another touches it (points).
TOUCH = 3.5
#: Lines that go on beyond the last crossing by more than this enclose an open cell (points).
OPEN_SIDE = 8.0
#: A row over all columns, without sides, is no higher than this many times its text, and its text no
#: higher than this many times the table's.
SECTION_HEIGHT, SECTION_TEXT = 2.4, 1.2
#: A drawing has few lines one below the other; a page of a table has more.
MOST_OF_DRAWING = 4
#: Lines of one cell leave less than this share of a line's height between them.
CLOSE_BELOW = 0.35

Strokes = tuple[list[Stroke], list[Stroke]]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Hold the places of a table's lines, and which of its smallest rectangles are parted.

    Args:
        upright: ``upright[i][j]`` says whether a stroke stands at ``xs[j]`` along row i.
        level: ``level[i][j]`` says whether a stroke lies at ``ys[i]`` along column j.
        feet: Down to where each column reaches: beyond the last line where it has none below.
        heads: Up to where each column reaches: beyond the first line where it has none above.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[tuple[bool, ...], ...]
    level: tuple[tuple[bool, ...], ...]
    feet: tuple[float, ...]
    heads: tuple[float, ...]

    @property
    def box(self) -> Box:
        """Give the table's box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_lattices(page: Page, limits: Limits = DEFAULT_LIMITS) -> list[Lattice]:
    """Give the tables' lattices, from the top to the bottom.

    Raises:
        LimitError: One would have more positions than are read.
    """
    bands = _bands(page.horizontals, page.verticals)
    groups = _beside([group for level, upright in bands for group in _touching(_merged(level), _merged(upright))])
    found = []
    for level, upright in _below(groups, page.runs):
        lattice = _lattice(level, upright, page.runs, limits)
        if lattice is not None and not _is_drawing(lattice):
            found.append(lattice)
    return _outermost(found)


def _is_drawing(lattice: Lattice) -> bool:
    """Tell whether boxes and the lines between them are a drawing, such as a flow chart, and no table.

    A column between the boxes is open above and below, and has a line across it.
    """
    if len(lattice.ys) > MOST_OF_DRAWING:
        return False
    inner = lattice.level[1:-1]
    columns = zip(lattice.level[0], lattice.level[-1], strict=True)
    return any(not top and not bottom and any(row[j] for row in inner) for j, (top, bottom) in enumerate(columns))


def _outermost(lattices: Sequence[Lattice]) -> list[Lattice]:
    """Leave out the tables that stand within another one: they are text of its cell."""
    kept: list[Lattice] = []
    for lattice in sorted(lattices, key=_area, reverse=True):
        x0, top, x1, bottom = lattice.box
        middle = ((x0 + x1) / 2, (top + bottom) / 2)
        if not any(o.xs[0] < middle[0] < o.xs[-1] and o.ys[0] < middle[1] < o.ys[-1] for o in kept):
            kept.append(lattice)
    return sorted(kept, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _bands(horizontals: Iterable[Stroke], verticals: Iterable[Stroke]) -> Iterator[Strokes]:
    """Part a page's strokes where none stands for a while: the columns of one table say nothing of another's."""
    levels = [(stroke.position, stroke.position, 0, stroke) for stroke in horizontals]
    uprights = [(stroke.start, stroke.end, 1, stroke) for stroke in verticals]
    band: Strokes = ([], [])
    reach = float("-inf")
    for start, end, kind, stroke in sorted(levels + uprights):
        if start > reach + DASH and (band[0] or band[1]):
            yield band
            band = ([], [])
        band[kind].append(stroke)
        reach = max(reach, end)
    if band[0] or band[1]:
        yield band


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Join the strokes of one line: doubled, overlapping, dashed or drawn cell by cell."""
    merged: list[Stroke] = []
    for group in _clusters(sorted(strokes)):
        position = sum(stroke.position for stroke in group) / len(group)
        start: float | None = None
        end = 0.0
        for stroke in sorted(group, key=lambda stroke: stroke.start):
            if start is None:
                start, end = stroke.start, stroke.end
            elif stroke.start - end <= DASH:
                end = max(end, stroke.end)
            else:
                merged.append(Stroke(position, start, end))
                start, end = stroke.start, stroke.end
        if start is not None:
            merged.append(Stroke(position, start, end))
    return merged


def _clusters(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """Group strokes, sorted by position, that lie within `SNAP` of their group's first."""
    group: list[Stroke] = []
    for stroke in strokes:
        if group and stroke.position - group[0].position > SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _touching(horizontals: Sequence[Stroke], verticals: Sequence[Stroke]) -> list[Strokes]:
    """Group the strokes that touch, directly or over others."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    offset = len(horizontals)
    for h, level in enumerate(horizontals):
        for v, upright in enumerate(verticals):
            if (
                level.start - TOUCH <= upright.position <= level.end + TOUCH
                and upright.start - TOUCH <= level.position <= upright.end + TOUCH
            ):
                parent[root(h)] = root(offset + v)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate((*horizontals, *verticals)):
        pair = groups.setdefault(root(index), ([], []))
        pair[0 if index < offset else 1].append(stroke)
    return list(groups.values())


def _extent(group: Strokes) -> Box:
    """Give the box that a group's strokes reach over."""
    level, upright = group
    xs = [s.position for s in upright] + [x for s in level for x in (s.start, s.end)]
    ys = [s.position for s in level] + [y for s in upright for y in (s.start, s.end)]
    return min(xs), min(ys), max(xs), max(ys)


def _joined(groups: Iterable[Strokes], goes_on: Callable[[Strokes, Strokes], bool]) -> list[Strokes]:
    """Join each group to the last one before it that goes on with it."""
    joined: list[Strokes] = []
    for group in groups:
        before = next((other for other in reversed(joined) if goes_on(other, group)), None)
        if before is None:
            joined.append(group)
        else:
            before[0].extend(group[0])
            before[1].extend(group[1])
    return joined


def _beside(groups: list[Strokes]) -> list[Strokes]:
    """Join groups that a column without a line of its own parts: a merged cell that fills the page.

    They reach from the same top to the same bottom, and the lines of one go on in the other.
    """
    return _joined(sorted(groups, key=lambda group: _extent(group)[0]), _goes_on_beside)


def _goes_on_beside(left: Strokes, right: Strokes) -> bool:
    a, b = _extent(left), _extent(right)
    if b[0] < a[2] - TOUCH or abs(a[1] - b[1]) > OPEN_SIDE or abs(a[3] - b[3]) > OPEN_SIDE:
        return False
    few, many = sorted(({round(s.position, 1) for s in side[0]} for side in (left, right)), key=len)
    shared = sum(any(abs(y - other) <= SNAP for other in many) for y in few)
    return len(few) > 1 and shared == len(few)


def _below(groups: list[Strokes], runs: Sequence[Run]) -> list[Strokes]:
    """Join groups that a row over all columns parts where the table has no sides.

    The row stands between the last line of the one and the first line of the other, with one line
    of text in it, and the columns on both sides of it are the same.  Tables that begin with the same
    row, their header, are two.  Above or below it may stand a line alone, at a page's top or foot.
    """
    ordered = sorted(groups, key=lambda group: _extent(group)[1])
    return _joined(ordered, lambda above, below: _goes_on_below(above, below, runs))


def _goes_on_below(above: Strokes, below: Strokes, runs: Sequence[Run]) -> bool:
    a, b = _extent(above), _extent(below)
    if abs(a[0] - b[0]) > TOUCH or abs(a[2] - b[2]) > TOUCH or not a[3] - SNAP <= b[1]:
        return False
    ours, theirs = ({round(s.position) for s in side[1]} for side in (above, below))
    if not (ours or theirs) or any(min(abs(x - a[0]), abs(x - a[2])) <= TOUCH for x in ours | theirs):
        return False
    alike = not ours or all(any(abs(x - other) <= SNAP for other in ours) for x in theirs)
    if not (alike and _holds_one_line(a, b, runs)):
        return False
    header = _first_row(above, runs)
    return not header or header != _first_row(below, runs)


def _holds_one_line(above: Box, below: Box, runs: Sequence[Run]) -> bool:
    """Tell whether one line of text, no larger than the table's, fills the band between two groups' boxes."""
    inside = [r for r in runs if above[3] < (r.top + r.bottom) / 2 < below[1] and above[0] < r.x0 < above[2]]
    heights = sorted(run.bottom - run.top for run in runs if above[1] < run.top < below[3])
    if not inside or not heights:
        return False
    tops, height = [run.top for run in inside], max(run.bottom - run.top for run in inside)
    usual = heights[len(heights) // 2]
    low = below[1] - above[3] <= SECTION_HEIGHT * height and height <= SECTION_TEXT * usual
    return low and max(tops) - min(tops) <= height


def _first_row(group: Strokes, runs: Sequence[Run]) -> str:
    """Give the text of a group's first row that holds any, by which a header is known that is printed again."""
    box = _extent(group)
    for top, bottom in pairwise(sorted({stroke.position for stroke in group[0]})):
        inside = [run for run in runs if top < (run.top + run.bottom) / 2 < bottom and box[0] < run.x0 < box[2]]
        if inside:
            return "".join(run.text for run in sorted(inside, key=lambda run: run.x0))
    return ""


def _lattice(level: list[Stroke], upright: list[Stroke], runs: Sequence[Run], limits: Limits) -> Lattice | None:
    """Make a lattice of touching strokes; ``None`` where they part nothing into columns."""
    if not upright or len(level) + len(upright) < 4:
        return None
    xs = _positions(upright, min(s.start for s in level) if level else None, max((s.end for s in level), default=None))
    ys = _positions(level, min(s.start for s in upright), max(s.end for s in upright))
    ys = _with_slivers(ys, xs, min(s.start for s in upright), max(s.end for s in upright), runs)
    if len(xs) < 3 or len(ys) < 2:
        return None
    limits.check("cells", (len(xs) - 1) * (len(ys) - 1))
    levels, uprights = _by_position(level), _by_position(upright)
    rows = [tuple(_drawn(levels.get(y, ()), (x0 + x1) / 2) for x0, x1 in pairwise(xs)) for y in ys]
    if len(ys) > 2 and _is_tail(xs, ys, rows, runs):
        ys, rows = ys[:-1], rows[:-1]
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(tuple(_drawn(uprights.get(x, ()), (y0 + y1) / 2) for x in xs) for y0, y1 in pairwise(ys)),
        tuple(rows),
        tuple(
            ys[-1] if closed else _foot(ys[-1], edges, runs)
            for closed, edges in zip(rows[-1], pairwise(xs), strict=True)
        ),
        tuple(
            ys[0] if closed else _head(ys[0], edges, runs) for closed, edges in zip(rows[0], pairwise(xs), strict=True)
        ),
    )


def _foot(bottom: float, edges: tuple[float, float], runs: Sequence[Run]) -> float:
    """Give down to where the text of a cell without a line below it reaches: some producers print on."""
    inside = [run for run in runs if run.bottom > bottom and edges[0] < (run.x0 + run.x1) / 2 < edges[1]]
    for run in sorted(inside, key=lambda run: run.top):
        if run.top > bottom + CLOSE_BELOW * (run.bottom - run.top):
            break
        bottom = max(bottom, run.bottom)
    return bottom


def _head(top: float, edges: tuple[float, float], runs: Sequence[Run]) -> float:
    """Give up to where the text of a cell without a line above it reaches, where it lies over the table's top.

    So some producers print the rest of a row that is too high for its part of the page.
    """
    inside = [run for run in runs if run.top < top and edges[0] < (run.x0 + run.x1) / 2 < edges[1]]
    limit = top + CLOSE_BELOW
    for run in sorted(inside, key=lambda run: -run.bottom):
        if run.bottom < limit:
            break
        top = min(top, run.top)
        limit = top - CLOSE_BELOW * (run.bottom - run.top)
    return top


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
    if len(ys) < 2 or (not ys[0] - top > TOUCH and not bottom - ys[-1] > TOUCH):
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


def _drawn(strokes: Iterable[Stroke], along: float) -> bool:
    return any(s.start - SNAP <= along <= s.end + SNAP for s in strokes)
