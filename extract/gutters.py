"""Tell tables whose cells are drawn as boxes of their own, with a gutter between them: the sides of two are one line.

So HTML prints a table with spacing between its cells, and Typst one with a gutter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from extract.page import Run, Stroke, end_to_end

#: Sides are no further apart over a gutter than this (points), all of them within the second, but for this share.
WIDEST, ALIKE, OTHERS = 7.0, 0.8, 0.1
#: No gutter's sides are nearer to each other (points).
NARROWEST = 1.0
#: Fewer gutters say nothing.
FEWEST_GUTTERS = 2
#: Lines over this share of a table's width end a row.
MOST_WIDTH = 0.5


def gutter(
    strokes: Sequence[Stroke],
    runs: Sequence[Run],
    narrowest: float,
    *,
    across: bool,
    fewest: int = FEWEST_GUTTERS,
) -> float:
    """Give how far the sides of gutters between parallel strokes are apart, in points; zero where there are none.

    Args:
        strokes: All of a table, or of several one below the other.
        runs: Of the page: no text stands in a gutter.
        narrowest: Strokes as near as this (points) are one line without being asked.
        across: Whether the strokes are upright, so that the gutters part columns.
        fewest: Fewer gutters than this say nothing.
    """
    sides = list(_near_each_other(sorted({stroke.position for stroke in strokes})))
    inner = [group for group in sides[1:-1] if len(group) > 1 and group[-1] - group[0] > narrowest]
    if len(inner) < max(fewest, (1 - OTHERS) * (len(sides) - 2)):
        return 0.0
    widths = sorted(group[-1] - group[0] for group in inner)
    usual = widths[len(widths) // 2]
    alike = [group for group in inner if abs(group[-1] - group[0] - usual) <= ALIKE]
    if usual > WIDEST or len(alike) < (1 - OTHERS) * len(inner) or _hold_text(alike, strokes, runs, across=across):
        return 0.0
    return max(group[-1] - group[0] for group in alike)


def with_late_ends(level: list[Stroke], width: float) -> list[Stroke]:
    """Give the level strokes of boxes with gutters; one that ends within a row goes on to where the next one begins.

    So a browser ends a merged cell that goes on over a page break: too early, by as much as its rows have grown.  Where
    none begins below, it goes on to the table's end.

    Args:
        level: Of a table, or of several one below the other.
        width: Of the gutters between columns, in points; those between rows are as wide.
    """
    at: dict[float, list[Stroke]] = {}
    for stroke in level:
        at.setdefault(stroke.position, []).append(stroke)
    groups = [list(chain(*map(at.__getitem__, places))) for places in _near_each_other(sorted(at), width + ALIKE)]
    most = MOST_WIDTH * (max(stroke.end for stroke in level) - min(stroke.start for stroke in level)) if level else 0.0
    # What ends rows has most of the table's width, and two sides, but at the table's foot.
    rows = [group for group in groups if _reach(group) > most]
    moved: dict[Stroke, Stroke | None] = {}
    for group in groups[1:]:
        if _reach(group) > most or not _are_apart(group):
            continue
        below = [row for row in rows if row[0].position > group[0].position]
        for stroke in group if below and not _are_apart(below[0]) else ():
            ends = (row[0].position for row in below if any(_is_over(stroke, other) for other in row))
            end = next(ends, None)
            moved[stroke] = None if end is None else stroke._replace(position=end)
    return [each for stroke in level if (each := moved.get(stroke, stroke)) is not None]


def _is_over(one: Stroke, other: Stroke) -> bool:
    """Tell whether one level stroke lies over another."""
    return min(one.end, other.end) - max(one.start, other.start) > WIDEST


def _are_apart(strokes: Sequence[Stroke]) -> bool:
    """Tell whether none of the level strokes lies over another."""
    ordered = sorted((stroke.start, stroke.end) for stroke in strokes)
    return all(end <= start for (_, end), (start, _) in pairwise(ordered))


def _reach(strokes: Iterable[Stroke]) -> float:
    """Give how far level strokes reach together, in points."""
    return sum(end - start for start, end in end_to_end(strokes))


def _near_each_other(places: Iterable[float], near: float = WIDEST) -> Iterator[list[float]]:
    """Group places, sorted, of which each is no further than this from the one before, as a gutter's sides are."""
    group: list[float] = []
    for place in places:
        if group and place - group[-1] > near:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _hold_text(
    gutters: Iterable[Sequence[float]], strokes: Sequence[Stroke], runs: Iterable[Run], *, across: bool
) -> bool:
    """Tell whether any text beside the strokes stands in a gutter; what goes over one is another cell's."""
    start, end = min(stroke.start for stroke in strokes), max(stroke.end for stroke in strokes)
    boxes = [(run.x0, run.x1, run.top, run.bottom) if across else (run.top, run.bottom, run.x0, run.x1) for run in runs]
    inside = [(first, last) for first, last, low, high in boxes if start < (low + high) / 2 < end]
    return any(
        group[0] < (first + last) / 2 < group[-1] and last - first < group[-1] - group[0] + ALIKE
        for group in gutters
        for first, last in inside
    )
