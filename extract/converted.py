"""Read Hongtou's own JSON again: its tables as grids, each value with its line and column in the file."""

from __future__ import annotations

import bisect
import json
from collections.abc import Iterator
from typing import Any

from extract.reading import Reading
from extract.text import decode
from schema.errors import InputError
from schema.finding import Place
from schema.grid import BlockList, Cell, Grid, Line, Original, Paragraph, Source, count_printed

MEDIA_TYPE = "application/json"
FORMAT = "hongtou/1"
_SPACE = " \t\r\n"


def read_converted(data: bytes, reading: Reading) -> Original:
    """Read a notice that was converted before, or written by hand in the same format.

    Raises:
        InputError: It is no JSON, or not of our format.
    """
    text = decode(data)
    try:
        notice = json.loads(text)
        places = _Places(text)
        blocks: list[Paragraph | Grid] = [Paragraph(line, Place(line=1)) for line in _head_lines(notice["notice"])]
        for number, table in enumerate(notice["tables"]):
            if table["title"]:
                blocks.append(Paragraph(table["title"], Place(line=1)))
            blocks.append(_grid(table, places, number))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError("damaged-json", reason=str(error)) from error
    return Original(Source(reading.name, reading.sha256, MEDIA_TYPE), BlockList(blocks))


def _head_lines(head: dict[str, Any]) -> Iterator[str]:
    for member in ("document_number", "title"):
        if head.get(member):
            yield head[member]


def _grid(table: dict[str, Any], places: _Places, number: int) -> Grid:
    columns = table["columns"]
    cells = [
        Cell(0, at, 1, 1, (Line(column["label"]),), places.of("tables", number, "columns", at, "label"))
        for at, column in enumerate(columns)
    ]
    for row, record in enumerate(table["rows"]):
        for at, column in enumerate(columns):
            lines = tuple(Line(line) for line in member_text(record[column["name"]]).splitlines())
            cells.append(Cell(row + 1, at, 1, 1, lines, places.of("tables", number, "rows", row, column["name"])))
    return Grid(
        cells=tuple(cells),
        row_count=len(table["rows"]) + 1,
        column_count=len(columns),
        place=Place(line=cells[0].place.line),
        spans_known=True,
        header_rows=1,
        characters=count_printed("".join(line.text for cell in cells for line in cell.lines)),
    )


def member_text(value: Any) -> str:
    """Give a member of a row as CSV holds it.

    >>> member_text(["区科委", "区经委"]), member_text(None), member_text(1200.0)
    ('区科委、区经委', '', '1200')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


class _Places:
    """Know the line and column of every value of a JSON text, by its path."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._decoder = json.JSONDecoder()
        self._starts: dict[tuple[str | int, ...], int] = {}
        self._walk(0, ())
        self._lines = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def of(self, *path: str | int) -> Place:
        """Give the place of the value at a path."""
        at = self._starts[path]
        line = bisect.bisect_right(self._lines, at)
        return Place(line=line, column=at - self._lines[line - 1] + 1)

    def _after_space(self, at: int) -> int:
        while self._text[at] in _SPACE:
            at += 1
        return at

    def _walk(self, at: int, path: tuple[str | int, ...]) -> int:
        """Note where the value at a position begins, and its members; give the position behind it."""
        at = self._after_space(at)
        self._starts[path] = at
        # A row's own members hold nothing that is asked for.
        if self._text[at] not in "{[" or len(path) > 4:
            return self._decoder.raw_decode(self._text, at)[1]
        closing = "}" if self._text[at] == "{" else "]"
        at = self._after_space(at + 1)
        index = 0
        while self._text[at] != closing:
            key: str | int = index
            if closing == "}":
                key, at = self._decoder.raw_decode(self._text, at)
                at = self._after_space(at) + 1
            at = self._after_space(self._walk(at, (*path, key)))
            if self._text[at] == ",":
                at = self._after_space(at + 1)
            index += 1
        return at + 1
