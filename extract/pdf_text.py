"""Read a PDF page's text from PDFium, in as few calls as it can be had.

A call through ctypes costs more than what PDFium does in it, so the text comes in one call,
each character's box is written into one array, and only spaces are asked where they come from.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.glyphs import Glyphs, part_runs
from extract.linebreak import is_wide
from extract.page import Run
from extract.pdf_boxes import ASCENT, DESCENT, in_order, mend_boxes, pen, put_in_forms
from extract.pdf_characters import SECOND, page_characters
from extract.pdfium import Matrix
from extract.superscript import with_superscripts
from extract.turning import Turn
from extract.western_spacing import close_letters
from schema.limits import Limits

#: A space, and what is none; a line end is one that PDFium made up.
_SPACE, _INK = re.compile(r"[^\S\r\n]"), re.compile(r"\S")
#: How many characters are asked for their angle, to know how the page's text stands.
ANGLE_SAMPLES = 15
#: A character whose width ends this near to the next one (a share of its size) reaches it.
TOUCHING = 0.02
#: The widths of fonts say how far the pen moved where it moves by less in no more than this share of all places.
MOST_SHORT = 0.05
#: A space is wider than this share of a line's height, and a character covers it that begins within this share of its
#: width behind its beginning.
LEAST_SPACE, COVERED = 0.05, 0.2
#: Text within this of a right angle stands upright or on its side (degrees).
RIGHT_ANGLE = 3.0


@dataclass(frozen=True, slots=True)
class PageText:
    """Hold a page's runs, how its text stands, and what is drawn aslant.

    Args:
        angle: Of most of the text in degrees, counter-clockwise on the unturned page.
        firsts: For each run, PDFium's index of its first character.
        raised: The digits that are printed above the line, as superscripts.
        has_second: Whether the runs hold what stands for second indexes of rare characters (see `without_second`).
    """

    runs: tuple[Run, ...]
    angle: int
    aslant: str
    firsts: tuple[int, ...]
    raised: str = ""
    has_second: bool = False


def read_text(
    text_page: Any,
    visible: tuple[float, float, float, float],
    limits: Limits,
    forms: Mapping[int, Matrix],
) -> PageText:
    """Read the text of an open PDFium text page, in the frame in which most of it is upright.

    Args:
        text_page: Of PDFium, open.
        visible: The page's visible box (left, bottom, right, top), in its own points.
        limits: What is read at most.
        forms: The texts that stand in forms (see `form_texts`).

    Raises:
        LimitError: It has more characters than are read.
    """
    count = raw.FPDFText_CountChars(text_page)
    limits.check("glyphs", count)
    text = page_characters(text_page, count)
    angle = _usual_angle(text_page, text)
    turn = Turn(angle, visible)
    read = _glyphs if angle == 0 else _turned_glyphs
    glyphs = read(text_page, text, turn, _spaced(text_page, text))
    if covered := _covered(glyphs):
        glyphs = replace(glyphs, spaced=glyphs.spaced - covered)
    if angle == 0:
        mend_boxes(text_page, glyphs, turn, forms)
    elif forms:
        put_in_forms(text_page, glyphs, turn, forms)
    glyphs = in_order(glyphs)
    has_second = SECOND in text
    if has_second:
        _close_pairs(glyphs)
    glyphs, raised = with_superscripts(glyphs, lambda index: pen(text_page, index, turn)[1:])
    close_letters(glyphs)
    runs: list[Run] = []
    firsts: list[int] = []
    aslant: list[str] = []
    for run, first in part_runs(glyphs):
        if (len(run.text) == 1 or run.top != glyphs.tops[first]) and _is_aslant(text_page, first):
            aslant.append(run.text)
        else:
            runs.append(run)
            firsts.append(first)
    return PageText(tuple(runs), angle, "".join(aslant), tuple(firsts), raised, has_second)


def _usual_angle(text_page: Any, text: str) -> int:
    """Give the right angle, counter-clockwise, at which most of the text stands."""
    places = (_INK.search(text, index) for index in range(0, len(text), max(1, len(text) // ANGLE_SAMPLES)))
    votes = [0, 0, 0, 0]
    for index in {place.start() for place in places if place}:
        degrees = math.degrees(raw.FPDFText_GetCharAngle(text_page, index))
        if math.isfinite(degrees) and abs(degrees - 90 * round(degrees / 90)) <= RIGHT_ANGLE:
            votes[round(degrees / 90) % 4] += 1
    # FPDFText_GetCharAngle counts clockwise from the page's own x axis.
    return (360 - 90 * votes.index(max(votes))) % 360


def _spaced(text_page: Any, text: str) -> frozenset[int]:
    """Give the indexes of the characters before which a real space stands, one that PDFium did not make up."""
    spaces = (found.start() for found in _SPACE.finditer(text))
    behind = (_INK.search(text, index) for index in spaces if not raw.FPDFText_IsGenerated(text_page, index))
    return frozenset(found.start() for found in behind if found)


def _covered(glyphs: Glyphs) -> set[int]:
    """Give the indexes of the characters that are drawn on the space before them: it parts nothing.

    LibreOffice underlines the gap behind a text by spaces drawn where the next one begins.
    """
    lefts, tops, rights, bottoms = glyphs.lefts, glyphs.tops, glyphs.rights, glyphs.bottoms
    return {
        index
        for index in glyphs.spaced
        # A space without a width stands wherever it was drawn.
        if (width := rights[index - 1] - lefts[index - 1]) > LEAST_SPACE * (bottoms[index] - tops[index])
        and abs(lefts[index] - lefts[index - 1]) < COVERED * width
        # In stacked text a space stands above the next letter.
        and abs(tops[index - 1] - tops[index]) * 2 < bottoms[index] - tops[index]
    }


def _glyphs(text_page: Any, text: str, turn: Turn, spaced: frozenset[int]) -> Glyphs:
    """Read upright characters: the font's own box, as wide as the pen moved."""
    count = len(text)
    boxes = (raw.FS_RECTF * max(count, 1))()
    start, size = ctypes.addressof(boxes), ctypes.sizeof(raw.FS_RECTF)
    places = range(start, start + count * size, size)
    for _ in map(pdfium.get_loose_box, repeat(pdfium.address_of(text_page)), range(count), places):
        pass
    edges = array("f")
    edges.frombytes(bytes(boxes)[: count * size])
    # FS_RECTF holds left, top, right, bottom, counted from the bottom of the page.
    left, top = turn.left, turn.top
    return Glyphs(
        text,
        [x - left for x in edges[0::4]] if left else edges[0::4].tolist(),
        [top - y for y in edges[1::4]],
        [x - left for x in edges[2::4]] if left else edges[2::4].tolist(),
        [top - y for y in edges[3::4]],
        spaced,
    )


def _close_pairs(glyphs: Glyphs) -> None:
    """Have the second index of a rare character take no room behind the first."""
    for at, char in enumerate(glyphs.text):
        if char == SECOND:
            glyphs.lefts[at] = glyphs.rights[at] = glyphs.rights[at - 1]
            glyphs.tops[at], glyphs.bottoms[at] = glyphs.tops[at - 1], glyphs.bottoms[at - 1]


def without_second(run: Run) -> Run:
    """Give a run without what stands for the second indexes of its rare characters."""
    if SECOND not in run.text:
        return run
    kept = [at for at, char in enumerate(run.text) if char != SECOND]
    return run._replace(text="".join(run.text[at] for at in kept), ends=[run.ends[at] for at in kept])


def _turned_glyphs(text_page: Any, text: str, turn: Turn, spaced: frozenset[int]) -> Glyphs:
    """Read characters that stand on their side on the unturned page.

    PDFium's box of the font is as high as upright text is, so the height is made of the character's baseline and size.
    """
    lefts: list[float] = []
    tops: list[float] = []
    rights: list[float] = []
    bottoms: list[float] = []
    reaches: list[float] = []
    slacks: list[float] = []
    matrix, loose = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    for index, char in enumerate(text):
        raw.FPDFText_GetCharOrigin(text_page, index, x, y)
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(text_page, index, loose)
        raw.FPDFText_GetMatrix(text_page, index, matrix)
        size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.a, matrix.b)
        x0, baseline = turn.point(x.value, y.value)
        ink = turn.box(left.value, bottom.value, right.value, top.value)
        along = turn.point(x.value + matrix.a, y.value + matrix.b)
        if along[0] - x0 < abs(along[1] - baseline):
            # It lies on its side in stacked text.
            x0, upper, x1, lower = ink
            lefts.append(x0)
            tops.append(upper)
            rights.append(x1)
            bottoms.append(lower)
            reaches.append(x1)
        else:
            lefts.append(x0)
            tops.append(baseline - ASCENT * size)
            rights.append(x0 + size if is_wide(char) else max(ink[2], x0))
            bottoms.append(baseline + DESCENT * size)
            reaches.append(turn.box(loose.left, loose.bottom, loose.right, loose.top)[2])
        slacks.append(TOUCHING * size)
    inked = Glyphs(text, lefts, tops, rights, bottoms, spaced)
    return replace(inked, rights=_advanced(inked, reaches, slacks))


def _advanced(glyphs: Glyphs, reaches: Sequence[float], slacks: Sequence[float]) -> list[float]:
    """Give right edges that go to where the pen moved: to the next character, or as far as the font's width.

    The ink of a narrow letter ends before its width does, and some producers move the pen by less than that; where many
    do, no width tells how far it moved.

    Args:
        glyphs: With the right edges of their ink.
        reaches: As far as the font's widths.
        slacks: By how much each may be off.
    """
    printed = [index for index, char in enumerate(glyphs.text) if not char.isspace()]
    lefts, rights = glyphs.lefts, glyphs.rights
    level = [glyphs.tops[index] for index in printed]
    beside = [False, *(top == below for top, below in pairwise(level)), False]
    moves = list(zip(printed, [*printed[1:], -1], pairwise(beside), strict=True))
    short = sum(
        after and rights[index] < lefts[behind] < reaches[index] - slacks[index] for index, behind, (_, after) in moves
    )
    knows = short <= MOST_SHORT * sum(beside)
    moved = list(rights)
    for index, behind, (before, after) in moves:
        right, left, reach = rights[index], lefts[behind], reaches[index]
        if after and right < left <= reach + slacks[index]:
            moved[index] = left
        elif knows and (before or after) and (right < left or not after):
            moved[index] = max(right, reach)
    return moved


def _is_aslant(text_page: Any, index: int) -> bool:
    """Tell whether a character stands at no right angle; italic letters do, whose line is level.

    Only runs of one character and those that climb are asked.
    """
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    degrees = math.degrees(math.atan2(matrix.b, matrix.a))
    return not math.isfinite(degrees) or abs(degrees - 90 * round(degrees / 90)) > RIGHT_ANGLE
