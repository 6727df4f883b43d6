"""Read a PDF page's ruling lines, however the producer drew them.

Producers draw a line as a stroked path, as a thin filled rectangle, as a side of a stroked
rectangle, or as hundreds of these in one path; they draw on the page or in form XObjects,
which have a matrix of their own (ISO 32000-1, 8.10).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.cell_grounds import lines_between
from extract.page import Stroke
from extract.pdf_clip import clip_of, shown_part
from extract.pdf_forms import DEEPEST_FORM, applied, applied_to_box, product
from extract.pdfium import IDENTITY, Matrix, Point, Shapes
from extract.thin_boxes import THIN, frame_boxes, line_boxes, parts_of_areas, strokes_of
from extract.turning import Turn
from schema.finding import Box
from schema.limits import Limits

#: A box has no more segments than this.
BOX_SEGMENTS = 5

#: A line goes on beyond what the page shows of it where it does by more than this (points).
LEFT_OUT = 3.0
#: PDFium drops a text that is less wide than this (points).
NO_WIDTH = 0.01
#: Counts the texts that PDFium drops, beside the kinds of objects.
LOST = -1
#: The kinds of objects that may hold lines.
DRAWN = frozenset((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM))
#: A path's address, and a box of it (left, bottom, right, top) in the page's own points.
_PathBox = tuple[int, Box]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hold a page's strokes, and how many objects it has.

    Args:
        objects: Those that hold text or may be a picture of some: all but lines and boxes.
        texts: How many of them are text, or may hold some.
        forms: How many forms hold others.
        lost: How many texts PDFium drops, having no width for them.
        clipped: For the address of each text that the page's clip cuts, the box (x0, top, x1, bottom) that
            it shows of the page.
        order: The addresses of all objects, in the order of drawing.
        ends: Where level lines leave what the page shows of them, each as x and y.
    """

    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    objects: int
    texts: int
    forms: int
    lost: int
    clipped: Mapping[int, Box] = field(default_factory=dict)
    order: Sequence[int] = ()
    ends: tuple[Point, ...] = ()


@dataclass(slots=True)
class _Drawing:
    """Count what a page draws against the limit, and how many forms stand around what is read.

    Args:
        visible: The page's own box (left, bottom, right, top).
        outlines: How many paths are more than lines and boxes: they may be letters.
        clipped: For the address of each text that its clip cuts, the clip.
        order: The addresses of the objects, in the order of drawing.
        fills: The boxes that are filled, and not stroked.
        parts: The thin boxes of which not all is shown, each with what is.
    """

    limits: Limits
    visible: Box
    shapes: Shapes
    segments: int = 0
    outlines: int = 0
    depth: int = 0
    clipped: dict[int, Box] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    fills: list[_PathBox] = field(default_factory=list)
    parts: list[tuple[Box, Box]] = field(default_factory=list)

    def add(self, count: int) -> None:
        self.segments += max(count, 0)
        self.limits.check("segments", self.segments)

    def colour_of(self, index: int) -> tuple[int, ...]:
        """Give the colour of one of the boxes that are filled."""
        return self.shapes.fill_colour(self.fills[index][0])

    def shown(self, box: Box, clip: Box) -> Box | None:
        """Give what a clip shows of a thin box, if anything, and keep both where that is not all."""
        part = shown_part(box, clip)
        if part is not None and part != box:
            self.parts.append((box, part))
        return part


def page_strokes(page: Any, turn: Turn, limits: Limits) -> Drawn:
    """Give the horizontal and the vertical strokes of an open PDFium page, as far as it shows them.

    Raises:
        LimitError: It has more objects and pieces of path than are read.
    """
    kinds: Counter[int] = Counter()
    drawing = _Drawing(limits, turn.visible, Shapes())
    boxes = list(_thin_boxes(page, kinds, drawing))
    filled = [box for _, box in drawing.fills]
    grounds = {drawing.fills[index][0] for index in parts_of_areas(filled, drawing.colour_of)}
    lines = (box for path, box in boxes if path not in grounds)
    horizontals, verticals = strokes_of(
        turn.box(*part)
        for box in chain(lines, lines_between(filled, drawing.visible, drawing.colour_of))
        if (part := drawing.shown(box, drawing.visible)) is not None
    )
    texts = kinds[raw.FPDF_PAGEOBJ_TEXT] + kinds[raw.FPDF_PAGEOBJ_FORM]
    objects = kinds.total() - kinds[LOST] - kinds[raw.FPDF_PAGEOBJ_PATH] + drawing.outlines
    clipped = {text: turn.box(*clip) for text, clip in drawing.clipped.items()}
    forms = kinds[raw.FPDF_PAGEOBJ_FORM]
    ends = tuple(end for box, part in drawing.parts for end in _ends(turn.box(*box), turn.box(*part)))
    return Drawn(horizontals, verticals, objects, texts, forms, kinds[LOST], clipped, drawing.order, ends)


def _ends(box: Box, part: Box) -> Iterator[Point]:
    """Give where a thin box (x0, top, x1, bottom) leaves the part of it that is shown, on the left or the right."""
    if part[2] - part[0] > part[3] - part[1]:
        middle = (part[1] + part[3]) / 2
        if part[0] - box[0] > LEFT_OUT:
            yield part[0], middle
        if box[2] - part[2] > LEFT_OUT:
            yield part[2], middle


def count_blank_texts(page: Any) -> int:
    """Count the texts of an open PDFium page that leave no ink: spaces."""
    handle, shapes = pdfium.address_of(page), Shapes()
    items = map(pdfium.get_object, repeat(handle), range(pdfium.count_objects(handle)))
    boxes = (shapes.bounds(item) for item in items if pdfium.get_type(item) == raw.FPDF_PAGEOBJ_TEXT)
    return sum(box is None or (box[0] == box[2] and box[1] == box[3]) for box in boxes)


def _thin_boxes(page: Any, kinds: Counter[int], drawing: _Drawing) -> Iterator[_PathBox]:
    """Give each line as a thin box (left, bottom, right, top) in the page's own points, and count the objects."""
    handle = pdfium.address_of(page)
    count = pdfium.count_objects(handle)
    drawing.add(count)
    # All objects are asked one thing at a time: a loop without a body of Python takes half the time.
    items = drawing.order = list(map(pdfium.get_object, repeat(handle), range(count)))
    found = list(map(pdfium.get_type, items))
    clips = list(map(pdfium.count_clips, map(pdfium.get_clip, items)))
    kinds.update(found)
    kinds[LOST] = _lost_texts(list(zip(items, found, strict=True)), drawing.shapes)
    for item, kind, cuts in zip(items, found, clips, strict=True):
        clip = clip_of(item, drawing.shapes) if cuts > 0 else None
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if clip is not None:
                drawing.clipped[item] = clip
        elif kind in DRAWN:
            for path, box in _object_boxes(item, kind, IDENTITY, drawing):
                shown = box if clip is None else drawing.shown(box, clip)
                if shown is not None:
                    yield path, shown


def _lost_texts(items: Sequence[tuple[int, int]], shapes: Shapes, depth: int = 0) -> int:
    """Count the texts that PDFium drops: their font is not in the file, and its stand-in has no width for them.

    Args:
        items: The address and the kind of each object.
        shapes: To ask them.
        depth: How many forms stand around them.
    """
    texts = [item for item, kind in items if kind == raw.FPDF_PAGEOBJ_TEXT]
    fonts = list(map(pdfium.get_font, texts))
    missing = {font for font in set(fonts) if not pdfium.is_embedded(font)}
    lost = 0
    if missing:
        boxes = (shapes.bounds(text) for text, font in zip(texts, fonts, strict=True) if font in missing)
        lost = sum(box is None or box[2] - box[0] < NO_WIDTH for box in boxes)
    for form, kind in items:
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            parts = list(map(pdfium.get_part, repeat(form), range(pdfium.count_parts(form))))
            lost += _lost_texts([(part, pdfium.get_type(part)) for part in parts], shapes, depth + 1)
    return lost


def _object_boxes(item: Any, kind: int, outer: Matrix, drawing: _Drawing) -> Iterator[_PathBox]:
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path_boxes(item, outer, drawing)
    elif kind == raw.FPDF_PAGEOBJ_FORM and drawing.depth < DEEPEST_FORM:
        inner = product(drawing.shapes.matrix(item), outer)
        count = pdfium.count_parts(item)
        drawing.add(count)
        drawing.depth += 1
        for index in range(count):
            part = pdfium.get_part(item, index)
            yield from _object_boxes(part, pdfium.get_type(part), inner, drawing)
        drawing.depth -= 1


def _path_boxes(path: Any, outer: Matrix, drawing: _Drawing) -> Iterator[_PathBox]:
    count = pdfium.count_segments(path)
    drawing.add(count)
    drawing.outlines += count > BOX_SEGMENTS
    filled, stroked = drawing.shapes.draw_mode(path)
    if not (filled or stroked):
        return
    box = _bounds(path, outer, drawing.shapes)
    if box is None:
        return
    width, height = box[2] - box[0], box[3] - box[1]
    if count <= BOX_SEGMENTS and not stroked:
        drawing.fills.append((path, box))
    if min(width, height) <= THIN and (count <= BOX_SEGMENTS or max(width, height) <= THIN):
        yield path, box
        return
    if count <= BOX_SEGMENTS and not stroked:
        return
    matrix = product(drawing.shapes.matrix(path), outer)
    paths = list(_subpaths(path, count, matrix, drawing.shapes))
    sides = chain.from_iterable(line_boxes(points, stroked=bool(stroked)) for points in paths)
    yield from ((path, side) for side in chain(sides, () if stroked else frame_boxes(paths)))


def _subpaths(path: Any, count: int, matrix: Matrix, shapes: Shapes) -> Iterator[list[Point]]:
    """Give the points of each run of segments; a run with a curve is cut at the curve."""
    run: list[Point] = []
    for index in range(count):
        segment = pdfium.get_segment(path, index)
        point = applied(matrix, *shapes.point(segment))
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


def _bounds(item: Any, outer: Matrix, shapes: Shapes) -> Box | None:
    box = shapes.bounds(item)
    return box if box is None or outer is IDENTITY else applied_to_box(outer, box)
