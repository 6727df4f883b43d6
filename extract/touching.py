"""Part tables that touch: a box in a page's head, or another table right above, is drawn onto the next one's top.

No column of the one goes on in the other, as those of a table's own rows do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.page import Stroke
from extract.strokes import DASH, TOUCH, Strokes, inner_uprights


def parted(groups: Iterable[Strokes]) -> Iterator[Strokes]:
    """Give groups of strokes, those in two where all of their columns end at one line and others begin."""
    for level, upright in groups:
        yield from _parts(level, upright)


def _parts(level: list[Stroke], upright: list[Stroke]) -> Iterator[Strokes]:
    # Both tables may have the same outer sides, drawn as one line.
    inner = inner_uprights(upright)
    for end in _ends(inner):
        above = [stroke for stroke in inner if stroke.end <= end + TOUCH]
        below = [stroke for stroke in inner if stroke.end > end + TOUCH]
        start = min((stroke.start for stroke in below), default=float("-inf"))
        if start < end - TOUCH or any(abs(a.position - b.position) <= TOUCH for a in above for b in below):
            continue
        upper, lower = list(_cut(upright, float("-inf"), end)), list(_cut(upright, start, float("inf")))
        if inner_uprights(upper) and inner_uprights(lower):
            # They have one line, or each its own.
            lines = [stroke.position for stroke in level if end - TOUCH <= stroke.position <= start + TOUCH]
            foot, head = min(lines, default=end), max(lines, default=start)
            yield [stroke for stroke in level if stroke.position <= foot], upper
            yield from _parts([stroke for stroke in level if stroke.position >= head], lower)
            return
    yield level, upright


def _ends(inner: Sequence[Stroke]) -> list[float]:
    """Give where uprights end and the next ones begin, if any do, from the top to the bottom."""
    starts = sorted({stroke.start for stroke in inner})
    ends = sorted({stroke.end for stroke in inner})
    return [end for end in ends[:-1] if any(abs(start - end) <= DASH for start in starts)]


def _cut(upright: Iterable[Stroke], top: float, bottom: float) -> Iterator[Stroke]:
    """Give the parts of uprights between two heights."""
    for stroke in upright:
        start, end = max(stroke.start, top), min(stroke.end, bottom)
        if end - start > TOUCH:
            yield Stroke(stroke.position, start, end)
