"""Read PDF with PDFium: characters and ruling lines of each page, then the lattice."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.lattice import page_blocks
from extract.page import Char, Page
from extract.pdf_strokes import page_strokes
from extract.turning import Turn
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import Grid, Original, Paragraph, Source

MEDIA_TYPE = "application/pdf"
#: What PDFium gives for a hyphen that it takes for one of the line's end.
SOFT_HYPHENS = frozenset((0x02, 0xFFFE))
UNMAPPED = "�"


def read_pdf(data: bytes, name: str, sha256: str, progress: Callable[[int, int], None]) -> Original:
    """Read a PDF.

    Raises:
        InputError: It is damaged, or encrypted with a password.
    """
    document = _open(data)
    try:
        source = Source(name, sha256, MEDIA_TYPE, len(document))
        blocks: list[Paragraph | Grid] = []
        findings: list[Finding] = []
        for page in read_pages(document):
            if not page.chars:
                place = Place(page=page.number)
                details = (("page", str(page.number)),)
                findings.append(Finding("no-text-layer", Severity.WARNING, details, place=place))
            blocks.extend(page_blocks(page))
            progress(page.number, len(document))
    finally:
        document.close()
    return Original(source, tuple(blocks), tuple(findings))


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise InputError("encrypted") from error
        raise InputError("damaged-pdf", reason=str(error)) from error
    if len(document) == 0:
        document.close()
        raise InputError("damaged-pdf", reason="it has no pages")
    return document


def read_pages(document: pdfium.PdfDocument) -> Iterator[Page]:
    """Read each page of an open document, keeping one page in memory at a time.

    Raises:
        InputError: A page cannot be loaded.
    """
    for index in range(len(document)):
        try:
            page = document[index]
            try:
                yield _read_page(page, index + 1)
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            raise InputError("damaged-page", page=str(index + 1), reason=str(error)) from error


def _read_page(page: pdfium.PdfPage, number: int) -> Page:
    turn = Turn(page.get_rotation(), page.get_bbox())
    text_page = page.get_textpage()
    try:
        chars = tuple(_chars(text_page.raw, turn))
    finally:
        text_page.close()
    horizontals, verticals = page_strokes(page.raw, turn)
    return Page(number, turn.width, turn.height, chars, horizontals, verticals)


def _chars(text_page: Any, turn: Turn) -> Iterator[Char]:
    """Give the characters with ink; PDFium's own spaces and line ends are left out."""
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    get_unicode, get_box, is_generated = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_IsGenerated
    spaced = False
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = get_unicode(text_page, index)
        text = _text(code)
        if text.isspace():
            spaced = spaced or not is_generated(text_page, index)
            continue
        if not get_box(text_page, index, reference):
            continue
        x0, top, x1, bottom = turn.box(box.left, box.bottom, box.right, box.top)
        yield Char(text, x0, top, x1, bottom, spaced)
        spaced = False


def _text(code: int) -> str:
    if code in SOFT_HYPHENS:
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return UNMAPPED
    return chr(code)
