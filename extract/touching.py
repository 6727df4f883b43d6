"""Part tables that touch: a box in a page's head, or another table right above, is drawn onto the next one's top.

No column of the one goes on in the other, as those of a table's own rows do.  A box of text right above or below a
table has its own two sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.page import Stroke
from extract.strokes import DASH, SNAP, TOUCH, Strokes, extent, inner_uprights


def parted(groups: Iterable[Strokes]) -> Iterator[Strokes]:
    """Give groups of strokes, those in two where all of their columns end at one line and others begin."""
    for level, upright in groups:
        for part in _parts(level, upright):
            yield from _without_boxes(part)


def _without_boxes(table: Strokes) -> Iterator[Strokes]:
    """Give a table's strokes without a box of text right above or below it, and those of the box."""
    level, upright = table
    for _, above, below in _seams(upright):
        foot, head = max(stroke.end for stroke in above) + TOUCH, min(stroke.start for stroke in below) - TOUCH
        upper = [stroke for stroke in level if stroke.position <= foot], above
        lower = [stroke for stroke in level if stroke.position >= head], below
        for box, rest in ((upper, lower), (lower, upper)):
            if _is_box_beside(box, rest):
                yield box
                yield from _without_boxes(_clipped(rest, box))
                return
    yield table


def _is_box_beside(box: Strokes, table: Strokes) -> bool:
    """Tell whether strokes are a box with its own two sides, on neither of which the table has one."""
    if len(box[1]) != 2 or not inner_uprights(table[1]) or len(box[0]) < 2:
        return False
    x0, x1 = sorted(stroke.position for stroke in box[1])
    left, _, right, _ = extent(_clipped(table, box))
    return abs(x0 - left) > SNAP and abs(x1 - right) > SNAP


def _clipped(table: Strokes, box: Strokes) -> Strokes:
    """Give a table's strokes where the line that it has in common with a box reaches no further than its own lines."""
    level, upright = table
    own = [stroke for stroke in level if stroke not in box[0]]
    left, _, right, _ = extent((own, upright))
    return [Stroke(s.position, max(s.start, left), min(s.end, right)) for s in level], upright


def _parts(level: list[Stroke], upright: list[Stroke]) -> Iterator[Strokes]:
    # Both tables may have the same outer sides, drawn as one line.
    inner = inner_uprights(upright)
    for end, above, below in _seams(inner):
        if any(abs(a.position - b.position) <= TOUCH for a in above for b in below):
            continue
        start = min(stroke.start for stroke in below)
        upper, lower = list(_cut(upright, float("-inf"), end)), list(_cut(upright, start, float("inf")))
        if inner_uprights(upper) and inner_uprights(lower):
            # They have one line, or each its own.
            lines = [stroke.position for stroke in level if end - TOUCH <= stroke.position <= start + TOUCH]
            foot, head = min(lines, default=end), max(lines, default=start)
            yield [stroke for stroke in level if stroke.position <= foot], upper
            yield from _parts([stroke for stroke in level if stroke.position >= head], lower)
            return
    yield level, upright


def _seams(upright: Sequence[Stroke]) -> Iterator[tuple[float, list[Stroke], list[Stroke]]]:
    """Give where uprights end and the next ones begin, if any do, from the top to the bottom, and the ones and others.

    None goes on over it.
    """
    starts = {stroke.start for stroke in upright}
    for end in sorted({stroke.end for stroke in upright})[:-1]:
        if not any(abs(start - end) <= DASH for start in starts):
            continue
        above = [stroke for stroke in upright if stroke.end <= end + TOUCH]
        below = [stroke for stroke in upright if stroke.end > end + TOUCH]
        if below and min(stroke.start for stroke in below) >= end - TOUCH:
            yield end, above, below


def _cut(upright: Iterable[Stroke], top: float, bottom: float) -> Iterator[Stroke]:
    """Give the parts of uprights between two heights."""
    for stroke in upright:
        start, end = max(stroke.start, top), min(stroke.end, bottom)
        if end - start > TOUCH:
            yield Stroke(stroke.position, start, end)
