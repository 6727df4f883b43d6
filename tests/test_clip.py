"""Pages that are cut out of one long picture: what a page does not show is not read there, and nothing twice."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import extract
from hongtou.emit import csv_text
from normalize import Normalized, normalize
from schema.grid import Grid
from schema.profile import built_in_profiles

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
XS = (60.0, 120.0, 300.0, 500.0)
ROWS = (("序号", "事项", "单位"), ("1", "甲项", "区委办"), ("2", "乙项", "区财政局"), ("3", "丙项", "区司法局"))
#: The rows are so high; the text stands so far below a row's top (points).
HEIGHT, BASELINE = 30.0, 16.0
#: Where the pages' shown part begins and ends, from the bottom (points).
FOOT, HEAD = 60.0, 780.0


def long_picture(canvas: Canvas, top: float) -> None:
    """Draw the whole table with its first line at this height, wherever the page ends."""
    canvas.setFont("STSong-Light", 12)
    for index in range(len(ROWS) + 1):
        canvas.line(XS[0], top - index * HEIGHT, XS[-1], top - index * HEIGHT)
    for x in XS:
        canvas.line(x, top, x, top - len(ROWS) * HEIGHT)
    for index, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 4, top - index * HEIGHT - BASELINE, text)


def two_pages(shown: float, *, clipped: bool = True) -> bytes:
    """Give a PDF whose first page shows so much of the picture, and whose second page shows the rest."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for top in (FOOT + shown, HEAD + shown):
        canvas.saveState()
        if clipped:
            path = canvas.beginPath()
            path.rect(20, FOOT, 555, HEAD - FOOT)
            canvas.clipPath(path, stroke=0, fill=0)
        long_picture(canvas, top)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def converted(data: bytes) -> Normalized:
    """Read and repair a PDF."""
    return normalize(extract.read(data, "x.pdf"), built_in_profiles())


def rows(found: Normalized) -> list[str]:
    """Give the lines of the only table."""
    (table,) = found.tables
    return csv_text(table).splitlines()


def each_cut(check: Callable[[float], None]) -> None:
    """Run a check on cuts through the text, below it, above it and between two rows."""
    for shown in (2 * HEIGHT + 7, 2 * HEIGHT + 12, 2 * HEIGHT + 24, 2 * HEIGHT + 3, 3 * HEIGHT):
        check(shown)


def test_a_cut_line_is_read_once() -> None:
    """Wherever the page's edge cuts, each row is there once and whole."""

    def check(shown: float) -> None:
        assert rows(converted(two_pages(shown))) == [",".join(row) for row in ROWS], shown

    each_cut(check)


def test_what_is_not_shown_is_told() -> None:
    """The part of the picture that another page shows is a note, with its beginning."""
    notes = [finding for finding in converted(two_pages(75.0)).findings if finding.rule == "unseen-text"]
    assert [finding.place and finding.place.page for finding in notes] == [1, 2]
    assert dict(notes[0].details)["count"] == "7"


def test_the_table_ends_with_the_shown_part() -> None:
    """Lines that go on beyond what is shown end there."""
    first = next(block for block in extract.read(two_pages(75.0), "x.pdf").blocks if isinstance(block, Grid))
    assert first.place.box is not None
    assert round(first.place.box[3]) == round(842 - FOOT)


def test_a_cell_s_own_clip_hides_lines_too() -> None:
    """What overflows its cell is its text as long as it can be seen; of what cannot, a note tells."""
    data = io.BytesIO()
    canvas = Canvas(data)
    long_picture(canvas, 400)
    path = canvas.beginPath()
    path.rect(XS[0], 100, 60, 20)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(XS[0] + 4, 98, "露出一点")
    canvas.drawString(XS[0] + 4, 88, "藏在格外")
    canvas.save()
    original = extract.read(data.getvalue(), "x.pdf")
    texts = "".join(getattr(block, "text", "") for block in original.blocks)
    assert "露出一点" in texts
    assert "藏在格外" not in texts
    (note,) = (finding for finding in original.findings if finding.rule == "unseen-text")
    assert dict(note.details)["text"] == "藏在格外"


def test_a_mark_below_another_character_is_read_where_its_ink_is() -> None:
    """The edge runs through its square above the ink: both pages hold it, and the second one's shows it whole."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for top, part in ((FOOT + 25.5, slice(3)), (HEAD + 25.5, slice(2, None))):
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(20, FOOT, 555, HEAD - FOOT)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFont("STSong-Light", 12)
        for index, char in [*enumerate("安八、奋力打造")][part]:
            canvas.drawString(80, top - 14 * index, char)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    texts = "".join(getattr(block, "text", "") for block in extract.read(data.getvalue(), "x.pdf").blocks)
    assert texts == "安八、奋力打造"
