"""Tell what of a PDF page's objects is seen: some producers print one long page, and clip each page out of it.

What a page break cuts then stands in the file on both pages, and is seen of each only in part.
PDFium keeps an object's clip (ISO 32000-1, 8.5.4) only where it cuts the object.
"""

from __future__ import annotations

from typing import Any

from extract import pdfium
from extract.pdfium import Shapes
from schema.finding import Box

#: A clip at least this share of the page wide and high is the page's own, and not that of one cell.
PAGE_SHARE = 0.5
#: A line of which less than this share of its height is seen is read on the page that shows the rest.
SEEN = 0.5


def clip_of(item: Any, shapes: Shapes) -> Box | None:
    """Give the box (left, bottom, right, top) of which an object of PDFium is shown; ``None`` where all of it is."""
    clip = pdfium.get_clip(item)
    box: Box | None = None
    for index in range(pdfium.count_clips(clip)):
        found = _clip_box(clip, index, shapes)
        if found is not None:
            box = found if box is None else _common(box, found)
    return box


def _clip_box(clip: Any, index: int, shapes: Shapes) -> Box | None:
    """Give the box of one of a clip's paths; ``None`` where it has no segment."""
    segments = range(pdfium.count_clip_segments(clip, index))
    points = [shapes.point(pdfium.get_clip_segment(clip, index, at)) for at in segments]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _common(first: Box, second: Box) -> Box:
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def shown_part(box: Box, clip: Box) -> Box | None:
    """Give the part of a box that a clip shows; ``None`` where it shows nothing.

    >>> shown_part((0, 0, 10, 200), (0, 50, 100, 100)), shown_part((0, 0, 10, 20), (0, 50, 100, 100))
    ((0, 50, 10, 100), None)
    """
    part = _common(box, clip)
    return part if part[0] <= part[2] and part[1] <= part[3] else None


def is_hidden(box: Box, clip: Box) -> bool:
    """Tell whether a clip hides a line of upright text: all of it, or most of its height.

    >>> is_hidden((0, 45, 90, 57), (0, 50, 100, 100)), is_hidden((0, 42, 90, 54), (0, 50, 100, 100))
    (False, True)
    """
    part = shown_part(box, clip)
    return part is None or part[3] - part[1] < SEEN * (box[3] - box[1])


def is_of_page(clip: Box, page: Box) -> bool:
    """Tell whether a clip is the page's own, and not that of one cell."""
    wide, high = page[2] - page[0], page[3] - page[1]
    return clip[2] - clip[0] >= PAGE_SHARE * wide and clip[3] - clip[1] >= PAGE_SHARE * high
