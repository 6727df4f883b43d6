"""Group a page's ruling lines into tables.

A table is a set of strokes that touch, or that leave out no more than an open column or a row without sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from extract.gutters import FEWEST_GUTTERS, NARROWEST, gutter, with_late_ends
from extract.page import Page, Run, Stroke, end_to_end
from schema.finding import Box

#: Strokes closer than this are one line, drawn doubled or piece by piece (points).
SNAP = 2.6
#: So are those as near as this where so many lines of a table are drawn so: no row is as low, and no column as narrow.
DOUBLED, FEWEST_DOUBLED = 3.3, 2
#: Pieces of one line may be this far apart: the gaps of a dashed line (points).
DASH = 7.0
#: No row is as low as this: pieces as near are of one line whatever they are.  Further apart only dashes are, no longer
#: than the second, whose other gaps are not much smaller (points, a factor, and so many of them).
LOWEST_ROW, LONGEST_DASH, UNEVEN, FEWEST_GAPS = 3.6, 24.0, 1.8, 3
#: A stroke that ends this close to another touches it (points).
TOUCH = 3.5
#: Lines that go on beyond the last crossing by more than this enclose an open cell (points).
OPEN_SIDE = 8.0
#: Fewer uprights than this are no table of several columns.
FEWEST_SIDES = 3
#: A row over all columns, without sides, is no higher than this many times its text, and its text no
#: higher than this many times the table's.
SECTION_HEIGHT, SECTION_TEXT = 2.4, 1.2
#: Where the text stands in the row's middle, within the second share of its height, the row may be so high.
CENTRED_HEIGHT, OFF_MIDDLE = 3.2, 0.2

#: A stroke, or another tuple that begins with a place.
Placed = TypeVar("Placed", bound=tuple[float, ...])
#: The horizontal and the vertical strokes of one table.
Strokes = tuple[list[Stroke], list[Stroke]]


def grouped_strokes(page: Page) -> list[Strokes]:
    """Give the strokes of each of a page's tables, from the top to the bottom; doubled and dashed lines are one."""
    bands = _bands(page.horizontals, page.verticals)
    touching: list[Strokes] = []
    for drawn, upright in bands:
        near = DOUBLED if _is_doubled(drawn) else SNAP
        boxes = gutter(upright, page.runs, NARROWEST, across=True)
        level = with_late_ends(drawn, boxes) if boxes else drawn
        columns = max(near, gutter(upright, page.runs, near, across=True))
        # A page may hold the last row of a table only.
        rows = max(near, gutter(level, page.runs, near, across=False, fewest=1 if columns > near else FEWEST_GUTTERS))
        # Over a gutter the sides of boxes come to the line that stands for both.
        sides = _longer(level, columns - near), _longer(upright, rows - near)
        touching += _touching(_merged(sides[0], rows), _merged(sides[1], columns))
    groups = _beside(touching, page.runs)
    return _below(groups, page.runs)


def _longer(strokes: list[Stroke], more: float) -> list[Stroke]:
    """Give strokes that reach further at both ends by so many points, if any."""
    return [Stroke(s.position, s.start - more, s.end + more) for s in strokes] if more > 0 else strokes


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


def _is_doubled(strokes: Sequence[Stroke]) -> bool:
    """Tell whether several inner lines are drawn doubled, further apart than pieces of one line are.

    A box within another one is as near to it, and has no inner lines; boxes here and there begin at different places.
    """
    places = sorted({stroke.position for stroke in strokes})[1:-1]
    if not any(SNAP < below - above <= DOUBLED for above, below in pairwise(places)):
        return False
    alike: dict[tuple[int, int], set[float]] = {}
    for stroke in strokes:
        if places[0] <= stroke.position <= places[-1]:
            alike.setdefault((round(stroke.start), round(stroke.end)), set()).add(stroke.position)
    near = (
        SNAP < below - above <= DOUBLED for positions in alike.values() for above, below in pairwise(sorted(positions))
    )
    return sum(near) >= FEWEST_DOUBLED


def _merged(strokes: Iterable[Stroke], near: float = SNAP) -> list[Stroke]:
    """Join the strokes of one line: doubled, overlapping, dashed or drawn cell by cell."""
    merged: list[Stroke] = []
    for group in clusters(sorted(strokes), near):
        position = sum(stroke.position for stroke in group) / len(group)
        pieces = end_to_end(group)
        widest: float | None = None
        start, end = pieces[0]
        last = pieces[0]
        for piece in pieces[1:]:
            gap = piece[0] - end
            joins = gap <= LOWEST_ROW
            if not joins and gap <= DASH and max(last[1] - last[0], piece[1] - piece[0]) <= LONGEST_DASH:
                widest = widest or _widest_gap(pieces)
                joins = gap <= widest
            if joins:
                end = piece[1]
            else:
                merged.append(Stroke(position, start, end))
                start, end = piece
            last = piece
        merged.append(Stroke(position, start, end))
    return merged


def _widest_gap(pieces: Sequence[tuple[float, float]]) -> float:
    """Give how far apart the dashes of a line may be: as most of them are, about; a few gaps make no dashes."""
    gaps = sorted(after[0] - before[1] for before, after in pairwise(pieces))
    return UNEVEN * gaps[len(gaps) // 2] if len(gaps) >= FEWEST_GAPS else LOWEST_ROW


def clusters(items: Sequence[Placed], near: float) -> Iterator[list[Placed]]:
    """Group what begins with its place, sorted by that, where it is as near as this to its group's first."""
    group: list[Placed] = []
    for item in items:
        if group and item[0] - group[0][0] > near:
            yield group
            group = []
        group.append(item)
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


def inner_uprights(upright: Sequence[Stroke]) -> list[Stroke]:
    """Give the uprights that stand between the outermost ones."""
    places = [stroke.position for stroke in upright]
    return [s for s in upright if min(places) + TOUCH < s.position < max(places) - TOUCH] if places else []


def extent(group: Strokes) -> Box:
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
            # Each took the middle of its own pieces; together they have one again.
            before[0][:], before[1][:] = _merged(before[0] + group[0]), _merged(before[1] + group[1])
    return joined


def _beside(groups: list[Strokes], runs: Sequence[Run]) -> list[Strokes]:
    """Join groups that a column without a line of its own parts: a merged cell that fills the page.

    They reach from the same top to the same bottom, and the lines of one go on in the other, or one is nothing but the
    other side of such a cell.  Two with the same columns and a blank gutter between them are two tables.
    """
    ordered = sorted(groups, key=lambda group: extent(group)[0])
    return _joined(ordered, lambda left, right: _goes_on_beside(left, right) and not _has_gutter(left, right, runs))


def _has_gutter(left: Strokes, right: Strokes, runs: Sequence[Run]) -> bool:
    """Tell whether two groups have columns of the same widths, and less than one of these, without text, between them.

    So a page set in two columns prints the parts of one table.
    """
    ours, theirs = (sorted({stroke.position for stroke in group[1]}) for group in (left, right))
    if len(ours) != len(theirs) or len(ours) < FEWEST_SIDES:
        return False
    if any(abs((b - theirs[0]) - (a - ours[0])) > SNAP for a, b in zip(ours, theirs, strict=True)):
        return False
    start, end = ours[-1], theirs[0]
    if not 0 < end - start < min(after - before for before, after in pairwise(ours)):
        return False
    _, top, _, bottom = extent(left)
    return not any(run.x0 < end and start < run.x1 and top < (run.top + run.bottom) / 2 < bottom for run in runs)


def _goes_on_beside(left: Strokes, right: Strokes) -> bool:
    a, b = extent(left), extent(right)
    if b[0] < a[2] - TOUCH or abs(a[1] - b[1]) > OPEN_SIDE or abs(a[3] - b[3]) > OPEN_SIDE:
        return False
    if not (left[0] and right[0]):
        return abs(a[1] - b[1]) <= TOUCH and abs(a[3] - b[3]) <= TOUCH
    few, many = sorted(({round(s.position, 1) for s in side[0]} for side in (left, right)), key=len)
    shared = sum(any(abs(y - other) <= SNAP for other in many) for y in few)
    # The rest of a row, of which the page before has the other line.
    is_one_row = bool(left[1] and right[1]) and max(abs(a[1] - b[1]), abs(a[3] - b[3])) <= TOUCH
    return (len(few) > 1 or (len(many) == 1 and is_one_row)) and shared == len(few)


def _below(groups: list[Strokes], runs: Sequence[Run]) -> list[Strokes]:
    """Join groups that a row over all columns parts where the table has no sides.

    The row stands between the last line of the one and the first line of the other, with one line
    of text in it, and the columns on both sides of it are the same.  Tables that begin with the same
    row, their header, are two.  Above or below it may stand a line alone, at a page's top or foot; above that another
    one may, of a row with the title.
    """
    found: list[Strokes] = []
    while len(found) != len(groups):
        found = groups
        ordered = sorted(groups, key=lambda group: extent(group)[1])
        groups = _joined(ordered, lambda above, below: _goes_on_below(above, below, runs))
    return groups


def _goes_on_below(above: Strokes, below: Strokes, runs: Sequence[Run]) -> bool:
    a, b = extent(above), extent(below)
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
    middle = (min(tops) + max(run.bottom for run in inside)) / 2
    is_centred = abs(middle - (above[3] + below[1]) / 2) <= OFF_MIDDLE * height
    low = below[1] - above[3] <= (CENTRED_HEIGHT if is_centred else SECTION_HEIGHT) * height
    return low and height <= SECTION_TEXT * usual and max(tops) - min(tops) <= height


def _first_row(group: Strokes, runs: Sequence[Run]) -> str:
    """Give the text of a group's first row that holds any, by which a header is known that is printed again."""
    box = extent(group)
    for top, bottom in pairwise(sorted({stroke.position for stroke in group[0]})):
        inside = [run for run in runs if top < (run.top + run.bottom) / 2 < bottom and box[0] < run.x0 < box[2]]
        if inside:
            return "".join(run.text for run in sorted(inside, key=lambda run: run.x0))
    return ""
