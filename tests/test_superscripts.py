"""Raised digits are no digits of the line: 10⁴ is no 104."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

import extract
from hongtou.pipeline import convert_file
from schema.grid import Grid

FONT = "STSong-Light"
#: A limit, an area, a rate, a chemical's name, a mark that is no digit; ``^`` raises, ``_`` lowers what follows.
VALUES = (
    "5×10^4^CFU/mL",
    "12,000m^2^",
    "10^-3^t/万元",
    "CO_2_排放",
    "市财政局^①^",
    "PM2.5年均浓度35μg/m^3^",
    "Ca^2+^、Cl^-^、SO_4_^2-^离子",
)
EXPECTED = (
    "5×10⁴CFU/mL",
    "12,000m²",
    "10⁻³t/万元",
    "CO2排放",
    "市财政局①",
    "PM2.5年均浓度35μg/m³",
    "Ca²⁺、Cl⁻、SO4²⁻离子",
)


def pieces(value: str) -> list[tuple[str, str]]:
    """Part a value into texts, each with the mark that raises or lowers it."""
    found: list[tuple[str, str]] = []
    mark = text = ""
    for char in value:
        if char in "^_":
            found.append((mark, text))
            mark, text = ("" if mark else char), ""
        else:
            text += char
    return [*found, (mark, text)]


def as_word() -> bytes:
    """Write a Word file with one value in each row."""
    document = docx.Document()
    table = document.add_table(rows=1 + len(VALUES), cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "序号", "标准值"
    for number, value in enumerate(VALUES, 1):
        table.cell(number, 0).text = str(number)
        for mark, text in pieces(value):
            run = table.cell(number, 1).paragraphs[0].add_run(text)
            run.font.superscript, run.font.subscript = mark == "^", mark == "_"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf() -> bytes:
    """Print a PDF with one value in each row."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=10.5, leading=15)
    tags = {"^": "<super>{}</super>", "_": "<sub>{}</sub>", "": "{}"}
    rows: list[list[Any]] = [["序号", "标准值"]]
    for number, value in enumerate(VALUES, 1):
        text = "".join(tags[mark].format(text) for mark, text in pieces(value))
        rows.append([str(number), Paragraph(text, style)])
    buffer = io.BytesIO()
    table = Table(
        rows, colWidths=[60, 200], style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), FONT)]
    )
    story: list[Flowable] = [table]
    SimpleDocTemplate(buffer).build(story)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["notice.docx", "notice.pdf"])
def test_raised_digits_become_superscripts(name: str, tmp_path: Path) -> None:
    """So they do in Word and in PDF; what is lowered, and marks that are no digits, stay."""
    path = tmp_path / name
    path.write_bytes(as_word() if path.suffix == ".docx" else as_pdf())
    (table,) = convert_file(path).normalized.tables
    assert tuple(row.values[1].text for row in table.rows) == EXPECTED


def test_both_readers_raise_alike(tmp_path: Path) -> None:
    """The second reader gives the same, and the first one notes which digits it raised."""
    path = tmp_path / "notice.pdf"
    path.write_bytes(as_pdf())
    found = convert_file(path, verify=True)
    assert found.disagreements == ()
    (note,) = (finding for finding in found.normalized.findings if finding.rule == "raised-text")
    assert dict(note.details)["text"] == "4 2 -3 3 2+ - 2-"


def test_digits_behind_a_watermark_are_not_raised() -> None:
    """It is many times as large, and stands lower: what begins where it ends is no note of it."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for y in (700, 670, 640):
        canvas.line(60, y, 260, y)
    for x in (60, 120, 260):
        canvas.line(x, 640, x, 700)
    for x, y, text in ((62, 682, "编号"), (122, 682, "规格"), (62, 652, "1")):
        canvas.setFont(FONT, 10)
        canvas.drawString(x, y, text)
    canvas.setFont(FONT, 40)
    canvas.drawString(142, 636, "内")
    canvas.setFont(FONT, 10)
    canvas.drawString(182, 652, "1600mm")
    canvas.save()
    (grid,) = (block for block in extract.read(data.getvalue(), "x.pdf").blocks if isinstance(block, Grid))
    assert "1600mm" in grid.cells[-1].text
