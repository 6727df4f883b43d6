"""Read a transcript as it was typed: rows of raw cells, each character with its place in the file.

No repair is applied: what was typed is compared with the original, which says how it should read.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import extract
from extract.converted import MEDIA_TYPE as JSON
from extract.text import CSV, CSV_FIELD, decode
from hongtou.checking.difference import Region
from hongtou.pipeline import read_bytes
from normalize.assemble import choose_profile, make_columns
from normalize.characters import squeeze
from normalize.running import Running
from normalize.runs import Run, table_runs
from schema.finding import Place
from schema.grid import Cell, Original
from schema.profile import Column, Profile


@dataclass(frozen=True, slots=True)
class RawCell:
    """Hold a cell as it was typed.

    Args:
        text: With its spaces and line ends.
        place: ``None`` where the row has no such cell, or another cell covers it.
        offsets: Of each character in the file's text, and of what follows the last; none where the file is no text.
    """

    text: str = ""
    place: Place | None = None
    offsets: tuple[int, ...] = ()

    @property
    def ink(self) -> str:
        """Give the text without white space."""
        return squeeze(self.text)


@dataclass(frozen=True, slots=True)
class RawRow:
    """Hold a row as it was typed.

    Args:
        broken: Whether a line end inside a cell cut it into two lines.
    """

    cells: tuple[RawCell, ...]
    place: Place
    broken: bool = False

    @property
    def fields(self) -> int:
        """Count the fields that the file has for it."""
        return sum(cell.place is not None and cell.place.column is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawTable:
    """Hold a table as it was typed: its labels, and the rows below them."""

    labels: tuple[str, ...]
    header: tuple[RawCell, ...]
    columns: tuple[Column, ...]
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class Transcript:
    """Hold a transcript's tables, and the file's text where it is one."""

    path: Path
    original: Original
    tables: tuple[RawTable, ...]
    text: str | None = None
    _lines: list[int] = field(default_factory=list, repr=False)

    def region(self, cell: RawCell, start: int = 0, end: int | None = None) -> Region | None:
        """Give where characters of a cell stand in the file; ``None`` where it is no text."""
        if cell.place is None or cell.place.line is None:
            return None
        if not cell.offsets:
            return Region(cell.place.line, cell.place.column or 1, cell.place.line, cell.place.column or 1)
        first = cell.offsets[start]
        last = cell.offsets[len(cell.text) if end is None else end]
        return Region(*self._position(first), *self._position(last))

    def span(self, region: Region) -> tuple[int, int]:
        """Give a region's offsets in the file's text."""
        return (
            self._lines[region.line - 1] + region.column - 1,
            self._lines[region.end_line - 1] + region.end_column - 1,
        )

    def line_region(self, place: Place) -> Region | None:
        """Give the line that a row stands on, as a region."""
        if place.line is None or self.text is None:
            return None
        start = self._lines[place.line - 1]
        end = self.text.find("\n", start)
        line = self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")
        return Region(place.line, 1, place.line, len(line) + 1)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def read_transcript(path: Path, profiles: Sequence[Profile]) -> Transcript:
    """Read a transcript: text, CSV, TSV, a workbook, our own JSON, or whatever else can be converted.

    Raises:
        InputError: It cannot be read.
    """
    data = read_bytes(path)
    original = extract.read(data, path.name)
    has_lines = any(block.place.line is not None for block in original.blocks)
    text = decode(data) if has_lines else None
    lines = [0, *(at + 1 for at, character in enumerate(text or "") if character == "\n")]
    fields = _Fields(text, original.source.media_type, lines)
    tables = tuple(_table(run, profiles, fields) for run in table_runs(original, Running(original)))
    return Transcript(path, original, tables, text, lines)


def _table(run: Run, profiles: Sequence[Profile], fields: _Fields) -> RawTable:
    columns = make_columns(run, choose_profile(run.labels, profiles))
    header: tuple[RawCell, ...] = tuple(RawCell() for _ in columns)
    rows: list[RawRow] = []
    for part, grid in enumerate(run.grids):
        laid: dict[int, dict[int, Cell]] = {}
        for cell in grid.cells:
            laid.setdefault(cell.row, {})[cell.column] = cell
        for index in sorted(laid):
            row = tuple(fields.cell(laid[index].get(at)) for at in range(len(columns)))
            if index < run.headers[part]:
                header = row if part == 0 else header
            elif any(cell.ink for cell in row):
                place = next(iter(laid[index].values())).place
                rows.append(RawRow(row, place))
    return RawTable(run.labels, header, columns, tuple(_joined(rows, len(columns))))


def _joined(rows: Sequence[RawRow], width: int) -> Iterator[RawRow]:
    """Join two lines that a line end inside a cell made of one row: together they have just the fields of a row."""
    at = 0
    while at < len(rows):
        row = rows[at]
        following = rows[at + 1] if at + 1 < len(rows) else None
        if following is not None and 0 < row.fields < width and row.fields + following.fields == width + 1:
            cut = row.fields - 1
            left, right = row.cells[cut], following.cells[0]
            middle = RawCell(f"{left.text}\n{right.text}", left.place, left.offsets + right.offsets)
            cells = (*row.cells[:cut], middle, *following.cells[1 : following.fields])
            yield RawRow(cells, row.place, broken=True)
            at += 2
        else:
            yield row
            at += 1


class _Fields:
    """Find the characters of a field in the file's text."""

    def __init__(self, text: str | None, media_type: str, lines: Sequence[int]) -> None:
        self._text = text
        self._lines = lines
        self._media_type = media_type

    def cell(self, cell: Cell | None) -> RawCell:
        if cell is None:
            return RawCell()
        place = cell.place
        if self._text is None or place.line is None or place.column is None:
            return RawCell("\n".join(line.text for line in cell.lines), place)
        start = self._lines[place.line - 1] + place.column - 1
        if self._media_type == JSON:
            # The characters of a value of JSON are not told apart: all stand where it begins.
            text = "\n".join(line.text for line in cell.lines)
            return RawCell(text, place, (start,) * len(text) + (json.JSONDecoder().raw_decode(self._text, start)[1],))
        pairs = list(_csv_field(self._text, start) if self._media_type == CSV else _plain_field(self._text, start))
        return RawCell("".join(character for character, _ in pairs), place, tuple(offset for _, offset in pairs))


Pairs = Iterator[tuple[str, int]]


def _plain_field(text: str, start: int) -> Pairs:
    """Give each character of a field that ends at a tab or line end, with its offset, and the end's."""
    at = start
    while at < len(text) and text[at] not in "\t\r\n":
        yield text[at], at
        at += 1
    yield "", at


def _csv_field(text: str, start: int) -> Pairs:
    r"""Give each character of a field of CSV, its quotes taken off, with its offset, and the end's.

    >>> list(_csv_field('"a""b",c', 0))
    [('a', 1), ('"', 2), ('b', 4), ('', 5)]
    """
    found = CSV_FIELD.match(text, start)
    end = found.end() if found else start
    if text[start : start + 1] != '"':
        yield from ((text[at], at) for at in range(start, end))
        yield "", end
        return
    at = start + 1
    while at < end - 1:
        yield text[at], at
        at += 2 if text[at] == '"' else 1
    yield "", end - 1
