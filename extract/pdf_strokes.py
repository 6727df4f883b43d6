"""Read a PDF page's ruling lines, however the producer drew them.

Producers draw a line as a stroked path, as a thin filled rectangle, as a side of a stroked
rectangle, or as hundreds of these in one path; they draw on the page or in form XObjects,
which have a matrix of their own (ISO 32000-1, 8.10).
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.page import Stroke
from extract.pdf_clip import clip_of, shown_part
from extract.turning import Turn
from schema.finding import Box
from schema.limits import Limits

_ref = ctypes.byref

#: A shape this thin is a line (points).
THIN = 3.0
#: A line shorter than this parts no cells (points); dashes are joined from pieces as short as this.
SHORTEST = 0.8
#: A segment that leaves its axis by less than this is straight (points).
STRAIGHT = 0.3
#: A box has no more segments than this.
BOX_SEGMENTS = 5
#: Forms within forms deeper than this are not walked: no producer draws a table there.
DEEPEST_FORM = 12

#: PDFium drops a text that is less wide than this (points).
NO_WIDTH = 0.01
#: Counts the texts that PDFium drops, beside the kinds of objects.
LOST = -1
#: The kinds of objects that may hold text.
WRITTEN = frozenset((raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM))
#: The kinds of objects that may hold lines.
DRAWN = frozenset((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM))

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a page's strokes, and how many objects it has.

    Args:
        objects: Those that hold text or may be a picture of some: all but lines and boxes.
        texts: How many of them are text, or may hold some.
        lost: How many texts PDFium drops, having no width for them.
        clipped: For the address of each text that the page's clip cuts, the box (x0, top, x1, bottom) that
            it shows of the page.
        order: For the address of each text, its place in the order of drawing.
    """

    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    objects: int
    texts: int
    lost: int
    clipped: Mapping[int, Box] = field(default_factory=dict)
    order: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Drawing:
    """Count what a page draws against the limit, and how many forms stand around what is read.

    Args:
        visible: The page's own box (left, bottom, right, top).
        outlines: How many paths are more than lines and boxes: they may be letters.
        clipped: For the address of each text that its clip cuts, the clip.
        order: For the address of each text, its place in the order of drawing.
    """

    limits: Limits
    visible: Box
    segments: int = 0
    outlines: int = 0
    depth: int = 0
    clipped: dict[int, Box] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)

    def add(self, count: int) -> None:
        self.segments += max(count, 0)
        self.limits.check("segments", self.segments)


def page_strokes(page: Any, turn: Turn, limits: Limits) -> Drawn:
    """Give the horizontal and the vertical strokes of an open PDFium page, as far as it shows them.

    Raises:
        LimitError: It has more objects and pieces of path than are read.
    """
    horizontals: list[Stroke] = []
    verticals: list[Stroke] = []
    kinds: Counter[int] = Counter()
    drawing = _Drawing(limits, turn.visible)
    for box in _thin_boxes(page, kinds, drawing):
        shown = shown_part(box, drawing.visible)
        if shown is None:
            continue
        x0, upper, x1, lower = turn.box(*shown)
        if x1 - x0 >= lower - upper:
            if x1 - x0 >= SHORTEST:
                horizontals.append(Stroke((upper + lower) / 2, x0, x1))
        elif lower - upper >= SHORTEST:
            verticals.append(Stroke((x0 + x1) / 2, upper, lower))
    texts = kinds[raw.FPDF_PAGEOBJ_TEXT] + kinds[raw.FPDF_PAGEOBJ_FORM]
    objects = kinds.total() - kinds[LOST] - kinds[raw.FPDF_PAGEOBJ_PATH] + drawing.outlines
    clipped = {text: turn.box(*clip) for text, clip in drawing.clipped.items()}
    return Drawn(tuple(horizontals), tuple(verticals), objects, texts, kinds[LOST], clipped, drawing.order)


def count_blank_texts(page: Any) -> int:
    """Count the texts of an open PDFium page that leave no ink: spaces."""
    handle = pdfium.address_of(page)
    items = (pdfium.get_object(handle, index) for index in range(pdfium.count_objects(handle)))
    boxes = (_bounds(item, IDENTITY) for item in items if pdfium.get_type(item) == raw.FPDF_PAGEOBJ_TEXT)
    return sum(box is None or (box[0] == box[2] and box[1] == box[3]) for box in boxes)


def _thin_boxes(page: Any, kinds: Counter[int], drawing: _Drawing) -> Iterator[Box]:
    """Give each line as a thin box (left, bottom, right, top) in the page's own points, and count the objects."""
    embedded: dict[int | None, bool] = {}
    get_object, get_type, handle = pdfium.get_object, pdfium.get_type, pdfium.address_of(page)
    get_clip, count_clips, order = pdfium.get_clip, pdfium.count_clips, drawing.order
    count = pdfium.count_objects(handle)
    drawing.add(count)
    for index in range(count):
        item = get_object(handle, index)
        kind = get_type(item)
        kinds[kind] += 1
        # Asked here and not there: for nearly all objects the answer is no, and a call costs more than that.
        clip = clip_of(item) if count_clips(get_clip(item)) > 0 else None
        if kind in WRITTEN:
            kinds[LOST] += _lost_texts(item, kind, embedded, 0)
            order[item] = index
            if clip is not None and kind == raw.FPDF_PAGEOBJ_TEXT:
                drawing.clipped[item] = clip
        # Most objects are text: only the others are worth a generator.
        if kind in DRAWN:
            for box in _object_boxes(item, kind, IDENTITY, drawing):
                shown = box if clip is None else shown_part(box, clip)
                if shown is not None:
                    yield shown


def _lost_texts(item: Any, kind: int, embedded: dict[int | None, bool], depth: int) -> int:
    """Count the texts of an object that PDFium drops."""
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        return _is_lost(item, embedded)
    if kind != raw.FPDF_PAGEOBJ_FORM or depth >= DEEPEST_FORM:
        return 0
    parts = (pdfium.get_part(item, index) for index in range(pdfium.count_parts(item)))
    return sum(_lost_texts(part, pdfium.get_type(part), embedded, depth + 1) for part in parts)


def _is_lost(text: Any, embedded: dict[int | None, bool]) -> bool:
    """Tell whether PDFium drops a text: its font is not in the file, and the stand-in has no width for it.

    Args:
        text: The text object.
        embedded: For each font of the page that was asked, whether it is in the file.
    """
    font = pdfium.get_font(text)
    known = embedded.get(font)
    if known is None:
        known = embedded[font] = pdfium.is_embedded(font) != 0
    if known:
        return False
    box = _bounds(text, IDENTITY)
    return box is None or box[2] - box[0] < NO_WIDTH


def _object_boxes(item: Any, kind: int, outer: Matrix, drawing: _Drawing) -> Iterator[Box]:
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_boxes(item, outer, drawing)
    elif kind == raw.FPDF_PAGEOBJ_FORM and drawing.depth < DEEPEST_FORM:
        inner = _product(_matrix(item), outer)
        count = pdfium.count_parts(item)
        drawing.add(count)
        drawing.depth += 1
        for index in range(count):
            part = pdfium.get_part(item, index)
            yield from _object_boxes(part, pdfium.get_type(part), inner, drawing)
        drawing.depth -= 1


def _path_boxes(path: Any, outer: Matrix, drawing: _Drawing) -> Iterator[Box]:
    count = pdfium.count_segments(path)
    drawing.add(count)
    drawing.outlines += count > BOX_SEGMENTS
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.get_draw_mode(path, _ref(filled), _ref(stroked))
    if not (filled.value or stroked.value):
        return
    if count <= BOX_SEGMENTS:
        box = _bounds(path, outer)
        if box is None:
            return
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box
            return
        if not stroked.value:
            return
    matrix = _product(_matrix(path), outer)
    for points in _subpaths(path, count, matrix):
        yield from _subpath_boxes(points, stroked=bool(stroked.value))


def _subpath_boxes(points: list[Point], *, stroked: bool) -> Iterator[Box]:
    """Give the lines of one run of straight segments: a thin shape is one, else each side is."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        yield box
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT:
                yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _subpaths(path: Any, count: int, matrix: Matrix) -> Iterator[list[Point]]:
    """Give the points of each run of segments; a run with a curve is cut at the curve."""
    x, y = ctypes.c_float(), ctypes.c_float()
    run: list[Point] = []
    for index in range(count):
        segment = pdfium.get_segment(path, index)
        pdfium.get_point(segment, _ref(x), _ref(y))
        point = _apply(matrix, x.value, y.value)
        kind = pdfium.get_segment_type(segment)
        if kind != raw.FPDF_SEGMENT_LINETO and run:
            if len(run) > 1:
                yield run
            run = []
        run.append(point)
        if pdfium.get_close(segment) and len(run) > 1:
            yield [*run, run[0]]
            run = []
    if len(run) > 1:
        yield run


def _bounds(item: Any, outer: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.get_bounds(item, _ref(left), _ref(bottom), _ref(right), _ref(top)):
        return None
    if outer is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    ax, ay = _apply(outer, left.value, bottom.value)
    bx, by = _apply(outer, right.value, top.value)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not pdfium.get_matrix(item, _ref(found)):
        return IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Give the matrix that applies the first, then the second."""
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = second
    return (
        a * a2 + b * c2,
        a * b2 + b * d2,
        c * a2 + d * c2,
        c * b2 + d * d2,
        e * a2 + f * c2 + e2,
        e * b2 + f * d2 + f2,
    )
