"""Call PDFium's functions that are needed for each object or character, without ctypes' checks of their pointers.

Handles are passed as plain addresses, which costs a fraction of typed pointers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

from schema.finding import Box

_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int


def _plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Give one of PDFium's functions with plain addresses for handles."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


get_loose_box = _plain("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
count_objects = _plain("FPDFPage_CountObjects", _INT, _ADDRESS)
get_object = _plain("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
get_type = _plain("FPDFPageObj_GetType", _INT, _ADDRESS)
get_bounds = _plain("FPDFPageObj_GetBounds", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
get_font = _plain("FPDFTextObj_GetFont", _ADDRESS, _ADDRESS)
is_embedded = _plain("FPDFFont_GetIsEmbedded", _INT, _ADDRESS)
has_no_character = _plain("FPDFText_HasUnicodeMapError", _INT, _ADDRESS, _INT)
get_text_object = _plain("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _INT)
get_clip = _plain("FPDFPageObj_GetClipPath", _ADDRESS, _ADDRESS)
count_clips = _plain("FPDFClipPath_CountPaths", _INT, _ADDRESS)
count_clip_segments = _plain("FPDFClipPath_CountPathSegments", _INT, _ADDRESS, _INT)
get_clip_segment = _plain("FPDFClipPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT, _INT)
get_matrix = _plain("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
count_parts = _plain("FPDFFormObj_CountObjects", _INT, _ADDRESS)
get_part = _plain("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
count_segments = _plain("FPDFPath_CountSegments", _INT, _ADDRESS)
get_segment = _plain("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
get_point = _plain("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
get_segment_type = _plain("FPDFPathSegment_GetType", _INT, _ADDRESS)
get_close = _plain("FPDFPathSegment_GetClose", _INT, _ADDRESS)
get_fill_colour = _plain("FPDFPageObj_GetFillColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
get_draw_mode = _plain("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


class Shapes:
    """Ask objects how they are shaped, through memory that is taken once: a page may have ten thousand of them."""

    def __init__(self) -> None:
        self._floats, self._ints = (ctypes.c_float * 6)(), (ctypes.c_int * 2)()
        first, size = ctypes.addressof(self._floats), ctypes.sizeof(ctypes.c_float)
        self._places = [first + index * size for index in range(4)]
        self._colour = (ctypes.c_uint * 4)()
        start, step = ctypes.addressof(self._colour), ctypes.sizeof(ctypes.c_uint)
        self._colour_places = [start + index * step for index in range(4)]
        self._modes = ctypes.addressof(self._ints), ctypes.addressof(self._ints) + ctypes.sizeof(_INT)

    def bounds(self, item: int) -> Box | None:
        """Give an object's box (left, bottom, right, top) in the points of what holds it, if it has one."""
        if not get_bounds(item, *self._places):
            return None
        left, bottom, right, top, _, _ = self._floats
        return left, bottom, right, top

    def matrix(self, item: int) -> Matrix:
        """Give an object's own matrix."""
        if not get_matrix(item, self._places[0]):
            return IDENTITY
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def point(self, segment: int) -> Point:
        """Give the point of a path's segment."""
        get_point(segment, self._places[0], self._places[1])
        return self._floats[0], self._floats[1]

    def fill_colour(self, item: int) -> tuple[int, ...]:
        """Give the colour by which an object is filled: red, green, blue and how opaque it is, each up to 255."""
        get_fill_colour(item, *self._colour_places)
        return tuple(self._colour)

    def draw_mode(self, path: int) -> tuple[int, int]:
        """Give how a path is filled, and whether it is stroked; zero each where it is not."""
        get_draw_mode(path, *self._modes)
        return self._ints[0], self._ints[1]


def address_of(handle: Any) -> int:
    """Give the address of one of pypdfium2's handles."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
