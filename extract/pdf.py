"""Read PDF with PDFium: characters and ruling lines of each page, then the lattice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.lattice import page_blocks
from extract.page import Page
from extract.pdf_strokes import page_strokes
from extract.pdf_text import read_text
from extract.turning import Turn
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import Grid, Original, Paragraph, Source

MEDIA_TYPE = "application/pdf"
#: Characters that are narrow in every Latin font, also in one of fixed width.
_NARROW = re.compile(r"""[!"'(),.:;|\[\]il]""")
#: From this share of a line's height on, a character is set in a square.
SQUARE = 0.85
#: Fewer such characters on a page may be spaced out for effect.
FEWEST_SQUARE = 10


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
        for first in read_pages(document):
            page = _better(first, data)
            findings.extend(_page_findings(page, first))
            blocks.extend(page_blocks(page))
            progress(page.number, len(document))
    finally:
        document.close()
    return Original(source, tuple(blocks), tuple(findings))


def _better(page: Page, data: bytes) -> Page:
    """Give the page, or pdfplumber's reading of it where PDFium lost text of it.

    It drops text whose font is not in the file where the machine has no stand-in for it, and may
    give fewer characters than the page has objects with text.
    """
    if not page.lost and page.ink >= page.texts:
        return page
    from extract.second import read_page_again  # noqa: PLC0415 - pdfplumber is slow to load, and rarely needed

    again = read_page_again(data, page.number)
    return again if again is not None and again.ink > page.ink else page


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


def has_false_encoding(page: Page) -> bool:
    """Tell whether a font of the page gives ASCII for what are Chinese characters.

    Such a font has no map to Unicode, or a wrong one.  Its glyphs betray it: a comma or a
    bracket in a Latin font is never as wide as the line is high.
    """
    wide = 0
    for run in page.runs:
        for found in _NARROW.finditer(run.text):
            at = found.start()
            start = run.ends[at - 1] if at else run.x0
            wide += run.ends[at] - start >= SQUARE * (run.bottom - run.top)
    return wide >= FEWEST_SQUARE


def _page_findings(page: Page, first: Page) -> Iterator[Finding]:
    """Report a page without text, one of which a reader lost text, and text that is left out of the tables.

    Args:
        page: As it is used.
        first: As PDFium reads it.
    """
    place = Place(page=page.number)
    number = ("page", str(page.number))
    if page is not first:
        yield Finding("second-reader-used", Severity.WARNING, (number,), place=place)
    missing = first.ink + first.lost - page.ink
    if page is not first and first.lost and missing > 0:
        yield Finding("lost-text", Severity.ERROR, (number, ("count", str(missing))), place=place)
    if not page.runs and page.objects:
        yield Finding("no-text-layer", Severity.WARNING, (number,), place=place)
    if has_false_encoding(page):
        yield Finding("false-encoding", Severity.ERROR, (number,), place=place)
    if page.aslant:
        yield Finding("aslant-text", Severity.NOTE, (number, ("text", page.aslant)), place=place)


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
    visible = page.get_bbox()
    text_page = page.get_textpage()
    try:
        text = read_text(text_page.raw, visible)
    finally:
        text_page.close()
    turn = Turn(text.angle, visible)
    drawn = page_strokes(page.raw, turn)
    return Page(
        number=number,
        width=turn.width,
        height=turn.height,
        runs=text.runs,
        horizontals=drawn.horizontals,
        verticals=drawn.verticals,
        turned=(page.get_rotation() - text.angle) % 360,
        aslant=text.aslant,
        objects=drawn.objects,
        texts=drawn.texts,
        lost=drawn.lost,
    )
