"""Know a PDF page's form XObjects (ISO 32000-1, 8.10): where what they hold stands on the page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.pdfium import IDENTITY, Matrix, Point, Shapes
from schema.finding import Box

#: Forms within forms deeper than this are not walked: no producer draws a table there.
DEEPEST_FORM = 12


def form_texts(page: Any) -> dict[int, Matrix]:
    """Give for the address of each text of an open PDFium page that stands in a form how it comes onto the page."""
    handle, shapes = pdfium.address_of(page), Shapes()
    found: dict[int, Matrix] = {}
    _walk(map(pdfium.get_object, repeat(handle), range(pdfium.count_objects(handle))), IDENTITY, 0, shapes, found)
    return found


def _walk(items: Iterable[int], outer: Matrix, depth: int, shapes: Shapes, found: dict[int, Matrix]) -> None:
    for item in items:
        kind = pdfium.get_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            parts = map(pdfium.get_part, repeat(item), range(pdfium.count_parts(item)))
            _walk(parts, product(shapes.matrix(item), outer), depth + 1, shapes, found)
        elif depth and kind == raw.FPDF_PAGEOBJ_TEXT:
            found[item] = outer


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Give the point to which a matrix moves another."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def applied_to_box(matrix: Matrix, box: Box) -> Box:
    """Give the box (left, bottom, right, top) about another one that a matrix moves by two of its corners."""
    ax, ay = applied(matrix, box[0], box[1])
    bx, by = applied(matrix, box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def product(first: Matrix, second: Matrix) -> Matrix:
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
