"""Mend the boxes that PDFium gives for characters: of slanted, bold and squeezed text, and of fonts without a size.

A box is as wide as the pen moved and as high as the font's lines; some of PDFium's hold the ink instead.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import sub
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.glyphs import Glyphs
from extract.linebreak import IDEOGRAPHS, LEANING, is_wide
from extract.pdf_forms import applied, applied_to_box
from extract.pdfium import Matrix, Shapes
from extract.turning import Turn
from schema.finding import Box

_CHINESE = re.compile(f"[{IDEOGRAPHS}]+")
_BELOW = re.compile("_")
#: From the baseline up and down, as shares of the font's size: the box of a character for which PDFium has none.
ASCENT, DESCENT = 0.88, 0.12
#: A width that this share of a page's Chinese characters have is a font's; another within so many
#: points is the same.
USUAL_WIDTH, SAME_WIDTH = 0.05, 0.25
#: So many characters of one width are asked whether their boxes are their ink's, which differ by less (points).
INKS_ASKED, NO_DIFFERENCE = 3, 0.01
#: No font's lines are so much lower or higher than its size: a box that is holds the ink of some character or of all.
LOW, TALL = 0.7, 1.6
#: Chinese characters that lie on each other by more than this share of their height may be slanted, by this at least.
LAPPED, SLANTED = 0.15, 0.05
#: An opening mark before a closing one: their boxes differ by less than this share of the width.
_OPENED_FIRST, ON_IT = re.compile(rf"[（《〈「『【〔“‘]\s*[{''.join(sorted(LEANING))}]"), 0.25
#: The ink of a bold character reaches beyond its square by no more than this share of the size.
BOLD = 0.15
#: How many words in Chinese are asked whether the page has such boxes.
SAMPLES = 40


def mend_boxes(text_page: Any, glyphs: Glyphs, turn: Turn, forms: Mapping[int, Matrix]) -> None:
    """Mend the boxes of upright characters in place.

    Args:
        text_page: Of PDFium, open.
        glyphs: As PDFium gives them.
        turn: Into the frame of `glyphs`.
        forms: The texts that stand in forms (see `form_texts`).
    """
    spans = [found.span() for found in _CHINESE.finditer(glyphs.text)]
    asked = spans[:: len(spans) // SAMPLES + 1]
    widths = _widths(glyphs, spans)
    # Where none is much wider than the others, as nearly always, some tell of all.
    is_wider = widths and max(widths) * len(widths) > (1 + LAPPED / 2) * sum(widths)
    if any(_lie_on_each_other(glyphs, start, end) for start, end in (spans if is_wider else asked)):
        _straighten(text_page, glyphs, turn)
        widths = _widths(glyphs, spans)
    if forms:
        put_in_forms(text_page, glyphs, turn, forms)
        widths = _widths(glyphs, spans)
    if _differ(widths):
        for index in _oddly_wide(widths, spans, lambda index: _is_ink(text_page, glyphs, index, turn)):
            _widen(text_page, glyphs, index, turn)
    lefts, tops, rights, bottoms = glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms
    if not all(LOW <= (bottoms[at] - tops[at]) / ((rights[at] - lefts[at]) or 1.0) <= TALL for at, _ in asked):
        _level(text_page, glyphs, turn)
    for found in _BELOW.finditer(glyphs.text):
        # Its ink lies below the others': where a font's boxes are the ink's, it seems to stand in the next line.
        at = found.start()
        tops[at], bottoms[at] = _line_box(text_page, at, (tops[at], bottoms[at]), turn)


def in_order(glyphs: Glyphs) -> Glyphs:
    """Put a closing mark before an opening one in whose empty half it stands.

    Where a producer draws both in half a square, their boxes are the same, and PDFium may give them either way; each
    has a half then.
    """
    lefts, rights = glyphs.lefts, glyphs.rights
    pairs = [(found.start(), found.end() - 1) for found in _OPENED_FIRST.finditer(glyphs.text)]
    pairs = [(a, b) for a, b in pairs if lefts[b] - lefts[a] < ON_IT * (rights[a] - lefts[a])]
    if not pairs:
        return glyphs
    text = list(glyphs.text)
    for a, b in pairs:
        text[a], text[b] = text[b], text[a]
        for edges in (lefts, glyphs.tops, rights, glyphs.bottoms):
            edges[a], edges[b] = edges[b], edges[a]
        rights[a] = lefts[b] = (lefts[a] + rights[b]) / 2
    return replace(glyphs, text="".join(text))


def _lie_on_each_other(glyphs: Glyphs, start: int, end: int) -> bool:
    """Tell whether the boxes of Chinese characters, each behind the other, overlap as those of slanted text do."""
    over = max(map(sub, glyphs.rights[start : end - 1], glyphs.lefts[start + 1 : end]), default=0.0)
    return over > LAPPED * (glyphs.bottoms[start] - glyphs.tops[start])


def _straighten(text_page: Any, glyphs: Glyphs, turn: Turn) -> None:
    """Take the slant out of boxes: a character that its matrix slants has one about its whole parallelogram."""
    matrix = raw.FS_MATRIX()
    for index in range(len(glyphs.text)):
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        slant = abs(matrix.c / matrix.d) if matrix.d else 0.0
        if SLANTED < slant < 1 and abs(matrix.b) < SLANTED * abs(matrix.a):
            leaning = slant * (glyphs.bottoms[index] - glyphs.tops[index])
            left = pen(text_page, index, turn)[0]
            glyphs.rights[index] += left - glyphs.lefts[index] - leaning
            glyphs.lefts[index] = left


def _level(text_page: Any, glyphs: Glyphs, turn: Turn) -> None:
    """Put boxes about the lines of characters whose own are much lower or higher than their font's size.

    Where a program says nothing of a font's height, PDFium takes it from the ink of two characters, whichever these
    are, or from the box that holds the ink of all: the middle of such a box is not where the text stands.
    """
    levels: dict[tuple[float, float], tuple[float, float]] = {}
    for index, level in enumerate(zip(glyphs.tops, glyphs.bottoms, strict=True)):
        if level not in levels:
            levels[level] = _line_box(text_page, index, level, turn)
        glyphs.tops[index], glyphs.bottoms[index] = levels[level]


def _line_box(text_page: Any, index: int, level: tuple[float, float], turn: Turn) -> tuple[float, float]:
    """Give the top and bottom of a character's line, where its own are no line's."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    if abs(matrix.b) > abs(matrix.a):
        # A letter that lies on its side in stacked text is as high as it is wide.
        return level
    _, baseline, size = pen(text_page, index, turn)
    fits = LOW * size <= level[1] - level[0] <= TALL * size
    return level if fits else (baseline - ASCENT * size, baseline + DESCENT * size)


def _widths(glyphs: Glyphs, spans: Iterable[tuple[int, int]]) -> list[float]:
    """Give the widths of the characters of some spans, in points."""
    widths: list[float] = []
    for start, end in spans:
        widths += map(sub, glyphs.rights[start:end], glyphs.lefts[start:end])
    return widths


def _differ(widths: Sequence[float]) -> bool:
    return bool(widths) and max(widths) - min(widths) > SAME_WIDTH


def _oddly_wide(
    widths: Sequence[float], spans: Iterable[tuple[int, int]], is_ink: Callable[[int], bool]
) -> Iterator[int]:
    """Give the characters of some spans that are not as wide as most: the boxes of some fonts are the ink's.

    Args:
        widths: Of the characters, in points.
        spans: From where to where they stand.
        is_ink: Tells whether a character's box is its ink's: so may be those of one that stands all over the page.
    """
    places = [index for start, end in spans for index in range(start, end)]
    rounded = [round(width, 1) for width in widths]
    counts = Counter(rounded)
    most = counts.most_common(1)[0][0]
    usual = [most]
    for width, count in counts.items():
        if count >= USUAL_WIDTH * len(widths) and abs(width - most) > SAME_WIDTH:
            first = (index for index, other in zip(places, rounded, strict=True) if other == width)
            if not all(map(is_ink, islice(first, INKS_ASKED))):
                usual.append(width)
    odd = {width for width in counts if all(abs(width - other) > SAME_WIDTH for other in usual)}
    yield from (index for index, width in zip(places, rounded, strict=True) if width in odd)


def _is_ink(text_page: Any, glyphs: Glyphs, index: int, turn: Turn) -> bool:
    """Tell whether the box of a character is that of its ink."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    x0, _, x1, _ = turn.box(left.value, bottom.value, right.value, top.value)
    return abs(x0 - glyphs.lefts[index]) < NO_DIFFERENCE and abs(x1 - glyphs.rights[index]) < NO_DIFFERENCE


def put_in_forms(text_page: Any, glyphs: Glyphs, turn: Turn, forms: Mapping[int, Matrix]) -> None:
    """Put the characters of forms where these stand, of which PDFium leaves that out.

    So it does with those that the page names besides (ActualText), since its font names a radical for them.
    """
    shapes, handle = Shapes(), pdfium.address_of(text_page)
    x, y = ctypes.c_double(), ctypes.c_double()
    for index, char in enumerate(glyphs.text):
        text = pdfium.get_text_object(handle, index)
        matrix = forms.get(text)
        bounds = shapes.bounds(text) if matrix else None
        if matrix is None or bounds is None:
            continue
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        size, scale = pen(text_page, index, turn)[2], math.hypot(matrix[0], matrix[1])
        if _is_at(applied_to_box(matrix, bounds), x.value, y.value, size):
            continue
        if _is_at(bounds, x.value, y.value, size / (scale or 1.0)):
            left, baseline = turn.point(*applied(matrix, x.value, y.value))
            width = size if is_wide(char) else (glyphs.rights[index] - glyphs.lefts[index]) * scale
            glyphs.lefts[index], glyphs.rights[index] = left, left + width
            glyphs.tops[index], glyphs.bottoms[index] = baseline - ASCENT * size, baseline + DESCENT * size


def _is_at(box: Box, x: float, y: float, near: float) -> bool:
    """Tell whether a point lies in a box (left, bottom, right, top), or as near to it."""
    return box[0] - near <= x <= box[2] + near and box[1] - near <= y <= box[3] + near


def _widen(text_page: Any, glyphs: Glyphs, index: int, turn: Turn) -> None:
    """Put a Chinese character's box from its origin on, as wide as its font is high; bold ink may go beyond."""
    x0, _, size = pen(text_page, index, turn)
    if x0 - BOLD * size <= glyphs.lefts[index] and glyphs.rights[index] <= x0 + (1 + BOLD) * size:
        glyphs.lefts[index], glyphs.rights[index] = x0, x0 + size


def pen(text_page: Any, index: int, turn: Turn) -> tuple[float, float, float]:
    """Give where the pen began a character, from the left and the top, and its font's size, in points."""
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.a, matrix.b)
    return *turn.point(x.value, y.value), size
