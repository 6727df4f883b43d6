"""Make workbooks of printed tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from matrix.drawn import broken
from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

FONT = "Noto Serif CJK SC"
SIDES = {
    "solid": Side(style="thin"), "dashed": Side(style="dashed"), "double": Side(style="double"),
    "hair": Side(style="hair"), "rectangles": Side(style="thin"),
}  # fmt: skip
#: The width in points of a paper's text, and of a character in which columns are measured.
WIDTHS, CHARACTER = {"landscape": 770.0, "portrait": 520.0, "rotated": 520.0}, 7.0
#: Of its column's width, text fills this much at most, and a line is so many times as high as its characters.
FILLED, LINE = 0.85, 1.6
#: Says that a text stands upright, one character below the other.
STACKED = 255


def workbook(layout: Layout, path: Path) -> None:
    """Write the layout as a workbook: a sheet a table."""
    book: Any = openpyxl.Workbook()
    book.remove(book.active)
    for number, table in enumerate(printed_tables(layout), 1):
        sheet = book.create_sheet(f"Sheet{number}")
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if layout.page == "landscape" else "portrait"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        if layout.page_numbers:
            sheet.oddFooter.center.text = "— &P —"
        first = _head(sheet, table, layout)
        _table(sheet, table, layout, first)
        if layout.header == "repeated":
            sheet.print_title_rows = f"{first}:{first + table.header_rows - 1}"
    book.save(path)


def _head(sheet: Any, table: PrintedTable, layout: Layout) -> int:
    """Write what stands above a table; give its first row."""
    columns = len(table.weights)
    lines = [(table.title, "center"), *([(table.caption, "right")] if table.caption else [])]
    for row, (text, side) in enumerate(lines, 1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
        sheet.cell(row, 1, text).alignment = Alignment(horizontal=side)
        sheet.cell(row, 1).font = Font(name=FONT, size=layout.size)
    return len(lines) + 1


def _table(sheet: Any, table: PrintedTable, layout: Layout, first: int) -> None:
    share = WIDTHS[layout.page] / sum(table.weights)
    widths = [weight * share for weight in table.weights]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width / CHARACTER
    heights = [0.0] * len(table.rows)
    # Those of several rows come last: they need what the others leave.
    for printed in sorted((cell for cells in table.rows for cell in cells), key=lambda cell: cell.row_span):
        rows = slice(printed.row, printed.row + printed.row_span)
        missing = _height(printed, widths, layout) - sum(heights[rows])
        if missing > 0:
            heights[rows.stop - 1] += missing
        _cell(sheet, printed, layout, first, header=printed.row < table.header_rows, columns=len(widths))
    for row, height in enumerate(heights, first):
        sheet.row_dimensions[row].height = height


def _height(printed: PrintedCell, widths: list[float], layout: Layout) -> float:
    """Give how high a cell must be for its text, in points."""
    if printed.vertical:
        return LINE * layout.size * (sum(map(len, printed.lines)) + 1)
    room = FILLED * sum(widths[printed.column : printed.column + printed.column_span])
    return LINE * layout.size * max(sum(len(broken(line, room, layout.size)) for line in printed.lines), 1) + 4


def _cell(sheet: Any, printed: PrintedCell, layout: Layout, first: int, *, header: bool, columns: int) -> None:
    top, left = first + printed.row, 1 + printed.column
    bottom, right = top + printed.row_span - 1, left + printed.column_span - 1
    side = SIDES[layout.rules]
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            is_open = [layout.open_sides and column == end for end in (1, columns)]
            begin, end = (None if each else side for each in is_open)
            sheet.cell(row, column).border = Border(left=begin, right=end, top=side, bottom=side)
    cell = sheet.cell(top, left)
    if printed.lines:
        # Also a number is text: it is printed as it is written.
        cell.value, cell.data_type, cell.number_format = "\n".join(printed.lines), "s", "@"
    short = printed.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER) or header
    across = "distributed" if printed.spread else "center" if short else "justify" if layout.justified else "left"
    middle = layout.merged == "middle" if printed.merged else (header or layout.valign == "middle")
    cell.alignment = Alignment(
        horizontal=across,
        vertical="center" if middle else "top",
        wrap_text=True,
        text_rotation=STACKED if printed.vertical else 0,
    )
    cell.font = Font(name=FONT, size=layout.size)
    if header and layout.shaded:
        cell.fill = PatternFill("solid", fgColor="D9D9D9")
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
