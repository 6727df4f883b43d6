"""Make tables with ReportLab's own tables: cells are paragraphs that it breaks, rows that it splits."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def flow(layout: Layout, path: Path) -> None:
    """Make a layout with ReportLab's own tables.  Merged cells may not cross a page there: use ``each`` or ``blank``."""
    size = landscape(A4) if layout.page == "landscape" else A4
    document = SimpleDocTemplate(str(path), pagesize=size, leftMargin=40, rightMargin=40, topMargin=50, bottomMargin=50,
                                 invariant=True)  # fmt: skip
    center = ParagraphStyle("center", fontName=FONT, fontSize=layout.size, leading=layout.size * 1.4, wordWrap="CJK",
                            alignment=TA_CENTER)  # fmt: skip
    left = ParagraphStyle("left", center, alignment=TA_JUSTIFY if layout.justified else TA_LEFT)
    title = ParagraphStyle("title", center, fontSize=16, leading=26)
    story: list[Any] = []
    for table in printed_tables(layout):
        story.append(Paragraph(table.title, title))
        if table.caption:
            story.append(Paragraph(table.caption, left))
        story.append(_table(table, layout, size[0] - 80 - 12, center, left))
        story.append(Spacer(1, 20))
    document.build(story)


def _table(
    table: PrintedTable, layout: Layout, width: float, center: ParagraphStyle, left: ParagraphStyle
) -> LongTable:
    data: list[list[Any]] = [["" for _ in table.weights] for _ in table.rows]
    line = ("GRID", (0, 0), (-1, -1), {"hair": 0.05}.get(layout.rules, 0.5), colors.black)
    commands: list[Any] = [
        (*line, None, (2, 2)) if layout.rules == "dashed" else line,
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if layout.valign == "middle" else "TOP"),
    ]
    if layout.rules == "double":
        commands[0] = ("GRID", (0, 0), (-1, -1), 0.4, colors.black, None, None, None, 2, 1)
    if not layout.uprights:
        commands[:1] = [("LINEABOVE", *commands[0][1:]), ("LINEBELOW", *commands[0][1:])]
    if layout.shaded:
        commands.append(("BACKGROUND", (0, 0), (-1, table.header_rows - 1), colors.lightgrey))
    for row in table.rows:
        for cell in row:
            data[cell.row][cell.column] = _paragraph(cell, center, left, header=cell.row < table.header_rows)
            if cell.row_span > 1 or cell.column_span > 1:
                end = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
                commands.append(("SPAN", (cell.column, cell.row), end))
    share = width / sum(table.weights)
    return LongTable(
        data, [weight * share for weight in table.weights], style=TableStyle(commands),
        repeatRows=table.header_rows if layout.header == "repeated" else 0, splitInRow=int(layout.split),
    )  # fmt: skip


def _paragraph(cell: PrintedCell, center: ParagraphStyle, left: ParagraphStyle, *, header: bool) -> Any:
    short = header or cell.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER)
    return Paragraph("<br/>".join(escape(line) for line in cell.lines), center if short else left)
