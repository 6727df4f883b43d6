"""Read workbooks (.xlsx): a grid a sheet, its cells as a spreadsheet shows them.

Type and text of a value are two things there: ``0.05`` shown as ``5%`` is read as ``5%``.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from extract.archive import check_archive
from extract.reading import Reading
from schema.errors import InputError
from schema.finding import Place
from schema.grid import BlockList, Cell, Grid, Line, Original, Paragraph, Source, count_printed
from schema.limits import Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_DECIMALS = re.compile(r"0\.(0+)")


def read_workbook(data: bytes, reading: Reading) -> Original:
    """Read a workbook: a title above a table becomes a paragraph, the rest of each sheet a grid.

    Raises:
        InputError: The archive or its XML is damaged, or has more than is read.
    """
    blocks: list[Paragraph | Grid] = []
    for number, sheet in enumerate(_open(data, reading.limits).worksheets, 1):
        reading.limits.check("cells", sheet.max_row * sheet.max_column)
        blocks.extend(_blocks(sheet, number))
    return Original(Source(reading.name, reading.sha256, MEDIA_TYPE), BlockList(blocks))


def _open(data: bytes, limits: Limits) -> Any:
    try:
        check_archive(data, limits)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        lost = _listed(data) - len(book.sheetnames)
    # openpyxl lets through whatever its parsers meet in a damaged archive.
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, OSError) as error:
        raise InputError("damaged-workbook", reason=str(error) or type(error).__name__) from error
    # openpyxl leaves out a sheet whose part is not there, and says nothing.
    if lost > 0:
        raise InputError("damaged-workbook", reason=f"{lost} of its sheets are not in it")
    return book


def _listed(data: bytes) -> int:
    """Count the sheets that a workbook says it has."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return len(_SHEET.findall(archive.read("xl/workbook.xml")))


def _blocks(sheet: Any, number: int) -> Iterator[Paragraph | Grid]:
    """Give the lone cells at the top as paragraphs, then the grid of the rows below."""
    spans = {(each.min_row, each.min_col): each for each in sheet.merged_cells.ranges}
    covered = {place for each in spans.values() for row in each.rows for place in row} - set(spans)
    rows = [[(cell, shown(cell)) for cell in row] for row in sheet.iter_rows()]
    while rows and sum(bool(text) for _, text in rows[0]) < 2:
        for cell, text in rows.pop(0):
            if text:
                yield Paragraph(text, Place(table=number, row=cell.row, cell=cell.coordinate))
    while rows and not any(text for _, text in rows[-1]):
        rows.pop()
    if not rows:
        return
    first = rows[0][0][0].row
    cells = []
    for row in rows:
        for cell, text in row:
            if (cell.row, cell.column) not in covered:
                cells.append(_cell(cell, text, first, spans.get((cell.row, cell.column)), number))
    yield Grid(
        cells=tuple(cells),
        row_count=len(rows),
        column_count=len(rows[0]),
        place=Place(table=number, row=first),
        spans_known=any(each.min_row > first for each in spans.values()),
        characters=count_printed("".join(line.text for cell in cells for line in cell.lines)),
    )


def _cell(cell: Any, text: str, first: int, span: Any, number: int) -> Cell:
    lines = tuple(Line(line.strip()) for line in text.splitlines() if line.strip())
    row_span = span.max_row - span.min_row + 1 if span else 1
    column_span = span.max_col - span.min_col + 1 if span else 1
    place = Place(table=number, row=cell.row, cell=cell.coordinate)
    return Cell(cell.row - first, cell.column - 1, row_span, column_span, lines, place)


def shown(cell: Any) -> str:
    """Give a cell's value as its format shows it: shares, thousands, decimals and dates."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value, cell.number_format or "General")
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日" if "年" in cell.number_format else f"{value:%Y-%m-%d}"
    return str(value)


def number_text(value: float, shape: str) -> str:
    """Give a number as a format shows it.

    >>> number_text(0.985, "0.0%"), number_text(1200.5, "#,##0.00"), number_text(3.0, "General")
    ('98.5%', '1,200.50', '3')
    """
    share = "%" in shape
    amount = value * 100 if share else value
    decimals = _DECIMALS.search(shape)
    if decimals:
        places = len(decimals[1])
    elif shape == "General" or "." in shape or "0" not in shape:
        places = -1
    else:
        places = 0
    thousands = "," if "#,##" in shape else ""
    if places < 0:
        text = f"{amount:{thousands}.15g}" if not thousands else f"{amount:,}"
        text = text if "e" in text or "." not in text else text.rstrip("0").rstrip(".")
    else:
        text = f"{amount:{thousands}.{places}f}"
    return text + ("%" if share else "")
