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
from extract.number_format import number_text, time_text
from extract.reading import Reading
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import BlockList, Cell, Grid, Line, Original, Paragraph, Source, count_printed
from schema.limits import Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
#: So many hidden rows and columns are named.
QUOTED = 20
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$")
#: A cell with a formula and without a value.
_NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^>]*/>\s*</c>")
#: What openpyxl lets through of what its parsers meet in a damaged archive.
DAMAGE = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, OSError)


def read_workbook(data: bytes, reading: Reading) -> Original:
    """Read a workbook: a title above a table becomes a paragraph, the rest of each sheet a grid.

    Raises:
        InputError: The archive or its XML is damaged, or has more than is read.
    """
    blocks: list[Paragraph | Grid] = []
    findings: list[Finding] = []
    book = _open(data, reading.limits)
    for sheet in book.worksheets:
        reading.limits.check("cells", sheet.max_row * sheet.max_column)
    formulas = _formulas(data)
    for number, sheet in enumerate(book.worksheets, 1):
        blocks.extend(_blocks(sheet, number))
        hidden = list(_hidden(sheet))
        if hidden:
            what = "、".join(hidden[:QUOTED]) + (" …" if len(hidden) > QUOTED else "")
            details = (("sheet", sheet.title), ("what", what))
            findings.append(Finding("hidden-cells", Severity.WARNING, details, place=Place(table=number)))
        for cell in formulas.get(sheet.title, ()):
            if sheet[cell].value is None:
                place = Place(table=number, row=sheet[cell].row, cell=cell)
                findings.append(Finding("no-value", Severity.WARNING, (("cell", cell),), place=place))
    return Original(Source(reading.name, reading.sha256, MEDIA_TYPE), BlockList(blocks), tuple(findings))


def _hidden(sheet: Any) -> Iterator[str]:
    """Give the rows and columns that a sheet does not show, or its name where it is not shown itself."""
    if sheet.sheet_state != "visible":
        yield sheet.title
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.hidden and number <= sheet.max_row:
            yield str(number)
    for name, column in sorted(sheet.column_dimensions.items()):
        if column.hidden and (column.min or 1) <= sheet.max_column:
            yield name


def _formulas(data: bytes) -> dict[str, list[str]]:
    """Give for each sheet the cells with a formula, where the file lacks the value of some: no program computed it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = (name for name in archive.namelist() if _SHEET_PART.match(name))
            if not any(_NO_VALUE.search(archive.read(name)) for name in parts):
                return {}
        book = openpyxl.load_workbook(io.BytesIO(data))
    except DAMAGE:
        # What is wrong with the file, reading its values tells.
        return {}
    cells = ((sheet.title, cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    found: dict[str, list[str]] = {}
    for title, cell in cells:
        if cell.data_type == "f":
            found.setdefault(title, []).append(cell.coordinate)
    return found


def _open(data: bytes, limits: Limits) -> Any:
    try:
        check_archive(data, limits)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        lost = _listed(data) - len(book.sheetnames)
    except DAMAGE as error:
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
    value, shape = cell.value, cell.number_format or "General"
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number_text(value, shape)
    if isinstance(value, (dt.date, dt.time)):
        return time_text(value, shape)
    return str(value)
