"""Read PDF with PDFium: characters and ruling lines of each page, then the lattice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.decoration import without_decoration
from extract.false_encoding import has_false_encoding
from extract.lattice import page_blocks
from extract.page import Page
from extract.pdf_again import Again, better
from extract.pdf_forms import form_texts
from extract.pdf_overprint import may_be_two, over_lines, overprinted, parted_at, text_starts
from extract.pdf_shown import in_drawing_order, seen_runs
from extract.pdf_strokes import count_blank_texts, page_strokes
from extract.pdf_text import read_text, without_second
from extract.reading import PageRead, Reading
from extract.side_pages import with_sides_joined
from extract.table_before import TableBefore
from extract.turning import Turn
from extract.watermark import without_watermark
from schema.errors import InputError, LimitError
from schema.finding import Finding, Place, Severity
from schema.grid import BlockList, Original, Source
from schema.limits import DEFAULT_LIMITS, Limits

MEDIA_TYPE = "application/pdf"
#: So is a page turned that stands on its head.
UPSIDE_DOWN = 180
#: PDFium holds what it parsed until the document is closed, some 60 KB a page: it is opened anew after so many.
PAGES_OPEN = 300
#: So many characters of the text that a page does not show are quoted.
QUOTED = 40


def read_pdf(data: bytes, reading: Reading) -> Original:
    """Read a PDF.

    Raises:
        InputError: It is damaged, encrypted with a password, or has more than is read.
    """
    try:
        document = _open(data)
    except InputError as error:
        if error.name != "damaged-pdf":
            raise
        return _read_only_again(data, reading, error)
    try:
        count = len(document)
        reading.limits.check("pages", count)
        source = Source(reading.name, reading.sha256, MEDIA_TYPE, count)
        blocks = BlockList()
        findings: list[Finding] = []
        before = TableBefore()
        again = Again(data)
        for number in range(1, count + 1):
            if number % PAGES_OPEN == 0:
                document.close()
                document = _open(data)
            first, page = _read_twice(document, number, again, reading.limits)
            noticed = tuple(_page_findings(page, first))
            found = tuple(page_blocks(page, reading.limits, before))
            findings.extend(noticed)
            blocks.extend(found)
            reading.keep(PageRead(page.number, count, found, noticed))
            reading.progress(page.number, count)
    finally:
        document.close()
    return Original(source, with_sides_joined(blocks) if before.sides.found else blocks, tuple(findings))


def _read_only_again(data: bytes, reading: Reading, error: InputError) -> Original:
    """Read with pdfplumber a file that PDFium cannot open.

    Raises:
        InputError: What PDFium says, where pdfplumber finds no text either.
    """
    from extract.second import read_pdf_again  # noqa: PLC0415 - pdfplumber is slow to load, and rarely needed

    try:
        original = read_pdf_again(data, reading)
    except LimitError:
        raise
    except InputError:
        raise error from None
    if not original.blocks:
        raise error
    reason = ("reason", error.details["reason"])
    return replace(original, findings=(Finding("second-reader-only", Severity.WARNING, (reason,)),))


def _read_twice(document: pdfium.PdfDocument, number: int, again: Again, limits: Limits) -> tuple[Page | None, Page]:
    """Read a page; give PDFium's reading, and the one to use: pdfplumber's where PDFium cannot, or lost text.

    Raises:
        InputError: Neither can load the page, or it has more than is read.
    """
    try:
        first = read_page(document, number, limits)
    except pdfium.PdfiumError as error:
        second = again.read(number)
        if second is None:
            raise InputError("damaged-page", page=str(number), reason=str(error)) from error
        return None, second
    return first, better(first, again)


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(data, error) from error
    if len(document) == 0:
        document.close()
        raise InputError("damaged-pdf", reason="it has no pages")
    return document


def _refusal(data: bytes, error: pdfium.PdfiumError) -> InputError:
    """Give the error for a document that PDFium does not open.

    Where it gives no reason it tells an earlier document's, so it is asked again behind one that is damaged.
    """
    raw.FPDF_LoadMemDocument64(b"", 0, None)
    try:
        pdfium.PdfDocument(data).close()
    except pdfium.PdfiumError as again:
        error = again
    if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
        return InputError("encrypted")
    return InputError("damaged-pdf", reason=str(error))


def _page_findings(page: Page, first: Page | None) -> Iterator[Finding]:
    """Report a page without text, one of which a reader lost text, and text that is left out of the tables.

    Args:
        page: As it is used.
        first: As PDFium reads it; ``None`` where it cannot.
    """
    place = Place(page=page.number)
    number = ("page", str(page.number))
    if page is not first:
        lost = first is None or first.is_short
        yield Finding("second-reader-used", Severity.WARNING if lost else Severity.NOTE, (number,), place=place)
    missing = 0 if first is None else first.ink + first.lost - page.ink
    if first is not None and page is not first and first.lost and missing > 0:
        yield Finding("lost-text", Severity.ERROR, (number, ("count", str(missing))), place=place)
    if not page.runs and page.objects:
        yield Finding("no-text-layer", Severity.WARNING, (number,), place=place)
    if has_false_encoding(page):
        yield Finding("false-encoding", Severity.ERROR, (number,), place=place)
    yield from _left_out(page, place, number)
    if page.overprinted:
        yield Finding("overprinted-text", Severity.WARNING, (number, ("text", page.overprinted[:QUOTED])), place=place)
    for struck, box in page.struck:
        details = (("text", struck[:QUOTED]),)
        yield Finding("struck-text", Severity.WARNING, details, place=place._replace(box=page.seen(box)))
    if page.raised:
        yield Finding("raised-text", Severity.NOTE, (number, ("text", page.raised[:QUOTED])), place=place)


def _left_out(page: Page, place: Place, number: tuple[str, str]) -> Iterator[Finding]:
    """Report the text of a page that belongs to no table."""
    if page.unseen:
        count, begun = ("count", str(len(page.unseen))), ("text", page.unseen[:QUOTED])
        yield Finding("unseen-text", Severity.NOTE, (number, count, begun), place=place)
    if page.watermark:
        yield Finding("watermark", Severity.WARNING, (number, ("text", page.watermark)), place=place)
    if page.aslant:
        yield Finding("aslant-text", Severity.NOTE, (number, ("text", page.aslant)), place=place)


def read_page(document: pdfium.PdfDocument, number: int, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read one page of an open document, counting from 1.

    Raises:
        PdfiumError: The page cannot be loaded.
        LimitError: It has more than is read.
    """
    page = document[number - 1]
    try:
        read = _read_page(page, number, limits)
        if read.turned != UPSIDE_DOWN:
            return read
        # PDFium gives characters in the order in which the page is seen: of this one, each line from its end on.
        rotation = page.get_rotation()
        page.set_rotation((rotation + UPSIDE_DOWN) % 360)
        try:
            return replace(_read_page(page, number, limits), turned=UPSIDE_DOWN)
        finally:
            page.set_rotation(rotation)
    finally:
        page.close()


def _read_page(page: pdfium.PdfPage, number: int, limits: Limits) -> Page:
    visible = page.get_bbox()
    text_page = page.get_textpage()
    try:
        text = read_text(text_page.raw, visible, limits, {})
        turn = Turn(text.angle, visible)
        drawn = page_strokes(page.raw, turn, limits)
        if drawn.forms and (forms := form_texts(page.raw)):
            text = read_text(text_page.raw, visible, limits, forms)
        text = in_drawing_order(text_page.raw, text, drawn.order)
        seen = seen_runs(text_page.raw, text, turn, drawn.clipped)
        runs = tuple(map(without_second, seen.runs)) if text.has_second else seen.runs
        runs, watermark = without_watermark(runs, drawn.verticals)
        over = over_lines(runs, drawn.verticals)
        mixed = overprinted(runs, drawn.verticals, over)
        starts: tuple[tuple[float, float], ...] = ()
        if mixed or may_be_two(over, drawn.verticals):
            starts = text_starts(drawn.order, turn, sum(len(run.text) for run in runs))
        if starts and not mixed:
            # A text may end right where the next cell's begins.
            runs, _ = parted_at(runs, starts, drawn.verticals)
        texts = drawn.texts
        if sum(len(run.text) for run in text.runs) < texts:
            # Some producers draw each character by itself, and the spaces too.
            texts -= count_blank_texts(page.raw)
    finally:
        text_page.close()
    read = Page(
        number=number,
        width=turn.width,
        height=turn.height,
        runs=runs,
        horizontals=drawn.horizontals,
        verticals=drawn.verticals,
        turned=(page.get_rotation() - text.angle) % 360,
        aslant=text.aslant,
        watermark=watermark,
        raised=text.raised,
        unseen=seen.unseen,
        cut=seen.cut,
        objects=drawn.objects,
        texts=texts,
        lost=drawn.lost,
        overprinted=mixed,
        starts=starts,
        ends=drawn.ends,
    )
    return without_decoration(read)
