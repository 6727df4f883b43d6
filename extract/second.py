"""Read PDF with pdfplumber into the same `Page`: the second opinion, and the one for pages that PDFium cannot read."""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extract.cell_grounds import lines_between
from extract.decoration import without_decoration
from extract.glyphs import CONTROL, NO_CHARACTER, Glyphs, part_runs
from extract.lattice import page_blocks
from extract.page import UNMAPPED, Page
from extract.reading import PageRead, Reading
from extract.superscript import with_superscripts
from extract.table_before import TableBefore
from extract.thin_boxes import THIN, frame_boxes, line_boxes, parts_of_areas, strokes_of
from extract.turning import Turn
from extract.watermark import without_watermark
from extract.western_spacing import close_letters
from schema.errors import InputError
from schema.finding import Box
from schema.grid import BlockList, Original, Source

MEDIA_TYPE = "application/pdf"
_UNKNOWN = re.compile(f"{CONTROL.pattern}|[\0{NO_CHARACTER}]")
#: A4 (points), for pages that do not say how large they are.
DEFAULT_BOX = (0, 0, 595.28, 841.89)
#: Text within this of a right angle stands upright or on its side (degrees).
RIGHT_ANGLE = 3.0
#: pdfminer holds what it parsed: a document is opened anew after so many single pages.
PAGES_OPEN = 300
#: How far below the baseline a font's box reaches, about, as a share of its size.
DESCENT = 0.2
#: No font's box reaches further below the baseline (a share of its size), whatever its descriptor says.
DEEPEST = 0.6
#: What pdfminer raises on damaged files, by the way it found the damage out.
DAMAGE = (PDFException, PSException, MalformedPDFException, PdfminerException, TypeError, ValueError, KeyError,
          IndexError, AttributeError, AssertionError, RecursionError, OverflowError, UnicodeError)  # fmt: skip

# It warns of fonts without a box and the like, which would reach a program that has set up no log; one that has still
# gets them.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

_resolve_once = PDFObjRef.resolve


def _resolve(self: PDFObjRef, default: object = None) -> Any:
    """Resolve a reference; one that leads back to itself gives the default.

    pdfminer's own loop over references to references never ends on those.
    """
    seen: set[int] = set()
    found: Any = self
    while isinstance(found, PDFObjRef):
        if found.objid in seen:
            return default
        seen.add(found.objid)
        found = _resolve_once(found, default)
    return found


PDFObjRef.resolve = _resolve  # type: ignore[method-assign]


def read_pdf_again(data: bytes, reading: Reading) -> Original:
    """Read a PDF with pdfplumber.

    Raises:
        InputError: It is damaged, encrypted with a password, or has more than is read.
    """
    blocks = BlockList()
    count = 0
    before = TableBefore()
    for page, count in read_pages_again(data):
        reading.limits.check("pages", count)
        found = tuple(page_blocks(page, reading.limits, before))
        blocks.extend(found)
        reading.keep(PageRead(page.number, count, found, ()))
        reading.progress(page.number, count)
    return Original(Source(reading.name, reading.sha256, MEDIA_TYPE, count), blocks)


def read_pages_again(data: bytes) -> Iterator[tuple[Page, int]]:
    """Read each page with pdfplumber, one in memory at a time; each comes with the number of all pages.

    Raises:
        InputError: The document is damaged or encrypted.
    """
    pages = _opened(data)
    for page in pages:
        try:
            yield _page(page), len(pages)
        except DAMAGE as error:
            raise InputError("damaged-page", page=str(page.page_number), reason=str(error)) from error
        page.close()


class PagesAgain:
    """Read single pages of a document with pdfplumber, which looks for all of them only once.

    Args:
        data: The document.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[PlumberPage] = []
        self._read = 0

    def read(self, number: int) -> Page | None:
        """Read one page, counting from 1; ``None`` where pdfplumber cannot."""
        try:
            self._read += 1
            if self._read % PAGES_OPEN == 1:
                self._pages = []
                self._pages = _opened(self._data)
            page = self._pages[number - 1]
            read = _page(page)
            page.close()
        except (InputError, *DAMAGE):
            return None
        return read


def _opened(data: bytes) -> list[PlumberPage]:
    """Give pdfplumber's pages; they hold no file open."""
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        _check_ranges(pdf, len(data))
        return list(_pages(pdf))
    except DAMAGE as error:
        raise InputError("damaged-pdf", reason=str(error) or type(error).__name__) from error


def _check_ranges(pdf: PDF, size: int) -> None:
    """Stop where a cross-reference stream lists more objects than the file has bytes.

    Looking for pages, pdfminer tries each of them.

    Raises:
        ValueError: One does.
    """
    for xref in pdf.doc.xrefs:
        listed = sum(max(count, 0) for _, count in getattr(xref, "ranges", ()))
        if listed > size:
            raise ValueError(f"{listed} objects in {size} bytes")


def _pages(pdf: PDF) -> Iterator[PlumberPage]:
    """Make pdfplumber's pages of pdfminer's; one without a size, on which pdfplumber trips, is A4."""
    for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
        page.attrs.setdefault("MediaBox", list(DEFAULT_BOX))
        yield PlumberPage(pdf, page, page_number=number, initial_doctop=0)


def _page(page: Any) -> Page:
    """Make a `Page` of one of pdfplumber's, in the frame in which most of its text is upright."""
    chars = [char for char in page.chars if char["text"]]
    angle = _usual_angle(chars)
    if angle == 0:
        for char in chars:
            _put_on_line(char)
    height = float(page.height)
    turn = Turn(angle, (0.0, 0.0, float(page.width), height))
    glyphs, aslant, raised = _glyphs(chars, turn, height)
    boxes = (turn.box(x0, height - bottom, x1, height - top) for x0, top, x1, bottom in _thin_boxes(page))
    horizontals, verticals = strokes_of(boxes)
    runs, watermark = without_watermark([run for run, _ in part_runs(glyphs)], verticals)
    read = Page(
        page.page_number,
        turn.width,
        turn.height,
        runs,
        horizontals,
        verticals,
        turned=-angle % 360,
        aslant=aslant,
        watermark=watermark,
        raised=raised,
    )
    return without_decoration(read)


def _angle(char: Any) -> float:
    a, b = char["matrix"][:2]
    return math.degrees(math.atan2(b, a))


def _usual_angle(chars: list[Any]) -> int:
    votes = [0, 0, 0, 0]
    for char in chars:
        degrees = _angle(char)
        if abs(degrees - 90 * round(degrees / 90)) <= RIGHT_ANGLE:
            votes[round(degrees / 90) % 4] += 1
    return 90 * votes.index(max(votes))


def _put_on_line(char: Any) -> None:
    """Put an upright character's box about its line, where its font says falsely how far its letters reach down."""
    below = char["matrix"][5] - char["y0"]
    if below > DEEPEST * char["size"]:
        lift = below - DESCENT * char["size"]
        char["top"], char["bottom"] = char["top"] - lift, char["bottom"] - lift


def _glyphs(chars: list[Any], turn: Turn, height: float) -> tuple[Glyphs, str, str]:
    """Put the upright characters side by side; what is drawn aslant, and the digits that are raised, come out apart."""
    found = Glyphs("", [], [], [], [], frozenset())
    text: list[str] = []
    aslant: list[str] = []
    pens: list[tuple[float, float]] = []
    spaced: set[int] = set()
    pending = False
    for char in chars:
        if char["text"].isspace():
            pending = True
            continue
        degrees = _angle(char)
        if abs(degrees - 90 * round(degrees / 90)) > RIGHT_ANGLE:
            aslant.append(char["text"])
            continue
        letters = UNMAPPED if char["text"].startswith("(cid:") else _UNKNOWN.sub(UNMAPPED, char["text"])
        x0, top, x1, bottom = turn.box(char["x0"], height - char["bottom"], char["x1"], height - char["top"])
        if pending:
            spaced.add(len(text))
        pending = False
        for index, letter in enumerate(letters):
            text.append(letter)
            found.lefts.append(x0 + (x1 - x0) * index / len(letters))
            found.rights.append(x0 + (x1 - x0) * (index + 1) / len(letters))
            found.tops.append(top)
            found.bottoms.append(bottom)
            # The matrix says nothing of text that is raised; the box does.
            pens.append((bottom - DESCENT * char["size"], char["size"]))
    glyphs = Glyphs("".join(text), found.lefts, found.tops, found.rights, found.bottoms, frozenset(spaced))
    glyphs, raised = with_superscripts(glyphs, pens.__getitem__)
    close_letters(glyphs)
    return glyphs, "".join(aslant), raised


def _thin_boxes(page: Any) -> Iterator[Box]:
    """Give each ruling line as a thin box (x0, top, x1, bottom) of the page as it is seen."""
    items = [item for item in (*page.lines, *page.rects, *page.curves) if item["fill"] or item["stroke"]]
    fills = [item for item in items if not item["stroke"]]

    def colour_of(index: int) -> str:
        return str(fills[index]["non_stroking_color"])

    filled = [_box(item) for item in fills]
    left_out = {id(fills[index]) for index in parts_of_areas(filled, colour_of)}
    yield from lines_between(filled, (0, 0, page.width, page.height), colour_of)
    for item in items:
        box = _box(item)
        if id(item) in left_out:
            continue
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            yield box
        else:
            yield from line_boxes([*item["pts"], item["pts"][0]], stroked=bool(item["stroke"]))
    # pdfplumber gives the rectangles of one path one by one.
    for outer, inner in pairwise(page.rects):
        if not (outer["stroke"] or inner["stroke"]) and outer["non_stroking_color"] == inner["non_stroking_color"]:
            yield from frame_boxes([[*item["pts"], item["pts"][0]] for item in (outer, inner)])


def _box(item: Any) -> Box:
    return (item["x0"], item["top"], item["x1"], item["bottom"])
