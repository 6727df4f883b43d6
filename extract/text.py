"""Read transcriptions: text with columns parted by tabs, CSV and TSV.

A transcription is what people type or paste: the notice's head, then one block of lines a
page table.  An empty field may be an empty cell or one that a merged cell covers; the text
cannot say which, and the grid says so (`Grid.spans_known`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.reading import Reading
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import BlockList, Cell, Grid, Line, Original, Paragraph, Source, count_printed
from schema.limits import Limits

PLAIN, TSV, CSV = "text/plain", "text/tab-separated-values", "text/csv"
#: A byte that text never holds; a file with one is not a text.
NOT_TEXT = b"\x00"
#: The control characters that no text holds either, once it is decoded.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

#: A field's text, and the line and column that it begins at.
Field = tuple[str, int, int]
Record = list[Field]
#: A field of CSV as it stands in the file, with its quotes.
CSV_FIELD = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without a mark), UTF-16 with a mark, or GB18030.

    Raises:
        InputError: The bytes are no text in any of these.

    >>> decode("序号".encode("gb18030")), decode("序号".encode("utf-8-sig"))
    ('序号', '序号')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"] if NOT_TEXT not in data else []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(text):
            break
        return text
    raise InputError("not-text")


def read_text(data: bytes, reading: Reading) -> Original:
    """Read a transcription, told by content to be tab-separated, CSV or plain text.

    Raises:
        InputError: The bytes are no text, break the rules of CSV, or hold more than is read.
    """
    text = decode(data)
    if not text.strip():
        raise InputError("empty-file")
    if "\t" in text:
        blocks = list(_tabbed_blocks(text, reading.limits))
        bare = all(isinstance(block, Grid) for block in blocks)
        media_type = TSV if bare and len(blocks) == 1 else PLAIN
    elif (records := _csv_records(text)) is not None:
        blocks, media_type = [_grid(records, reading.limits)], CSV
    else:
        blocks, media_type = list(_paragraphs(text)), PLAIN
    findings = tuple(finding for block in blocks if isinstance(block, Grid) for finding in _ragged(block))
    return Original(Source(reading.name, reading.sha256, media_type), BlockList(blocks), findings)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Paragraph(line.strip(), Place(line=number))


def _tabbed_blocks(text: str, limits: Limits) -> Iterator[Paragraph | Grid]:
    """Give the paragraphs, and a grid for each run of lines with tabs.

    A line break in a pasted cell leaves a line without a tab amid such a run: it belongs
    to the table, and comes out as a row that is too short, not as a paragraph.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1)]
    for blank, group in groupby(lines, key=lambda pair: not pair[1].strip(" 　\r")):
        if blank:
            continue
        block = [(number, line.rstrip("\r")) for number, line in group]
        inside = [index for index, (_, line) in enumerate(block) if "\t" in line]
        first, last = (inside[0], inside[-1]) if inside else (len(block), len(block))
        for index, (number, line) in enumerate(block):
            if index == first:
                yield _grid([_tabbed(n, found) for n, found in block[first : last + 1]], limits)
            elif not first <= index <= last:
                yield Paragraph(line.strip(), Place(line=number))


def _tabbed(number: int, line: str) -> Record:
    r"""Part a line at its tabs.

    >>> _tabbed(3, "1\t类别\t")
    [('1', 3, 1), ('类别', 3, 3), ('', 3, 6)]
    """
    column = 1
    fields: Record = []
    for text in line.split("\t"):
        fields.append((text, number, column))
        column += len(text) + 1
    return fields


def _csv_places(text: str) -> Iterator[list[tuple[int, int]]]:
    r"""Give the line and column that each field begins at, record by record; blank lines are none.

    >>> list(_csv_places('a,"b\nc",d\r\n\r\ne,f'))
    [[(1, 1), (1, 3), (2, 4)], [(4, 1), (4, 3)]]
    """
    at, line, line_start = 0, 1, 0
    places: list[tuple[int, int]] = []
    while at <= len(text):
        places.append((line, at - line_start + 1))
        found = CSV_FIELD.match(text, at)
        end = found.end() if found else len(text)
        start = at
        at = end + (2 if text[end : end + 2] == "\r\n" else 1)
        # Only a line feed ends a line for those who read the report; a lone return ends a record all the same.
        breaks = text.count("\n", start, at)
        if breaks:
            line, line_start = line + breaks, text.rfind("\n", start, at) + 1
        if text[end : end + 1] == ",":
            continue
        if len(places) > 1 or end > start:
            yield places
        places = []


def _csv_records(text: str) -> list[Record] | None:
    """Parse CSV; ``None`` where the text is not one table of at least two columns.

    Raises:
        InputError: It starts as a table, but its quoting is broken.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    try:
        records.extend(fields for fields in reader if fields)
    except csv.Error as error:
        if len(records) < 2:
            return None
        raise InputError("damaged-csv", line=str(reader.line_num), reason=str(error)) from error
    width = len(records[0])
    if width < 2 or sum(len(fields) == width for fields in records) * 2 < len(records):
        return None
    return [
        [(field, *place) for field, place in zip(fields, places, strict=True)]
        for fields, places in zip(records, _csv_places(text), strict=True)
    ]


def _grid(records: Sequence[Record], limits: Limits) -> Grid:
    """Make a grid of the records of one block, of the width of its first record or more."""
    width = max(map(len, records))
    limits.check("cells", width * len(records))
    cells = tuple(_cell(row, column, fields) for row, fields in enumerate(records) for column in range(width))
    return Grid(
        cells=cells,
        row_count=len(records),
        column_count=width,
        place=Place(line=records[0][0][1]),
        spans_known=False,
        characters=count_printed("".join(field for fields in records for field, _, _ in fields)),
    )


def _cell(row: int, column: int, fields: Record) -> Cell:
    if column >= len(fields):
        return Cell(row, column, 1, 1, (), Place(line=fields[-1][1]))
    field, number, start = fields[column]
    lines = tuple(Line(line.strip()) for line in field.splitlines() if line.strip())
    return Cell(row, column, 1, 1, lines, Place(line=number, column=start))


def _ragged(grid: Grid) -> Iterator[Finding]:
    """Report the rows that are shorter than their table: a line break or a lost tab."""
    for row, group in groupby(grid.cells, key=lambda cell: cell.row):
        cells = list(group)
        filled = max((cell.column + 1 for cell in cells if cell.lines), default=0)
        if row and filled == 1 and grid.column_count > 2:
            details = (("text", cells[0].text), ("width", str(grid.column_count)))
            yield Finding("ragged-row", Severity.ERROR, details, place=cells[0].place)
