"""Tell tables whose cells are drawn as boxes of their own, with a gutter between them: the sides of two are one line.

So HTML prints a table with spacing between its cells, and Typst one with a gutter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.page import Run, Stroke

#: Sides are no further apart over a gutter than this (points), all of them within the second, but for this share.
WIDEST, ALIKE, OTHERS = 7.0, 0.8, 0.1
#: Fewer gutters say nothing.
FEWEST_GUTTERS = 2


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


def _near_each_other(places: Iterable[float]) -> Iterator[list[float]]:
    """Group places, sorted, of which each is no further from the one before than a gutter's sides are."""
    group: list[float] = []
    for place in places:
        if group and place - group[-1] > WIDEST:
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
