"""Give out CSV, JSON and the trace.  The same conversion gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from hongtou.messages import Language
from hongtou.pipeline import Conversion, make_frame, make_rows, make_table_frame
from schema.finding import Place
from schema.notice import Notice
from schema.notice import Row as BorderRow
from schema.notice import Table as BorderTable
from schema.repair import Repair
from schema.table import Row, Table

TRACE_FORMAT = "hongtou-trace/1"
BYTE_ORDER_MARK = "\ufeff"
#: CSV is given in pieces of about this many characters.
PIECE = 1 << 16


def csv_text(table: Table, *, mark: bool = False) -> str:
    """Give a table as CSV (RFC 4180), under its printed labels.

    Args:
        table: The repaired table.
        mark: Whether to begin with a byte order mark, by which Excel knows UTF-8.
    """
    return "".join(csv_pieces(table, mark=mark))


def csv_pieces(table: Table, *, mark: bool = False) -> Iterator[str]:
    """Give the same piece by piece, some rows at a time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if mark:
        out.write(BYTE_ORDER_MARK)
    writer.writerow([column.label for column in table.columns])
    for row in table.rows:
        writer.writerow([value.text for value in row.values])
        if out.tell() >= PIECE:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def json_text(notice: Notice) -> str:
    """Give a notice as JSON, a row, finding or column to a line, so that changes read well."""
    return "".join(_notice_json(notice, ((table, table.rows) for table in notice.tables)))


def json_pieces(conversion: Conversion, language: Language) -> Iterator[str]:
    """Give the same of a conversion piece by piece, one row at a time."""
    tables = ((make_table_frame(table), make_rows(table)) for table in conversion.normalized.tables)
    return _notice_json(make_frame(conversion, language), tables)


def _notice_json(frame: Notice, tables: Iterable[tuple[BorderTable, Iterable[BorderRow]]]) -> Iterator[str]:
    """Give the JSON of a notice.

    Args:
        frame: Its members but the tables.
        tables: Each with its rows, which are taken from here.
    """
    data = frame.model_dump(mode="json", exclude={"tables"})
    yield "{\n"
    for name, value in data.items():
        if name not in ("findings", "repairs"):
            yield f'  "{name}": {_line(value)},\n'
    yield '  "tables": '
    yield from _block(
        (
            _object(
                {
                    **table.model_dump(mode="json", exclude={"rows"}),
                    "rows": (row.model_dump(mode="json") for row in rows),
                },
                lists=("columns", "rows"),
                indent=4,
            )
            for table, rows in tables
        ),
        2,
    )
    yield ',\n  "findings": '
    yield from _lines(data["findings"], 2)
    yield f',\n  "repairs": {_line(data["repairs"])}\n}}\n'


def outputs(
    conversion: Conversion, language: Language, *, trace: bool, mark: bool
) -> Iterator[tuple[str, Iterable[str]]]:
    """Give each output of a notice: the ending of its name (``csv``, ``2.csv`` ... ``json``), and its text in pieces.

    Args:
        conversion: Of the notice.
        language: Of the findings' messages.
        trace: Whether the trace is one of them.
        mark: Whether CSV begins with a byte order mark.
    """
    for number, table in enumerate(conversion.normalized.tables, 1):
        yield "csv" if number == 1 else f"{number}.csv", csv_pieces(table, mark=mark)
    yield "json", json_pieces(conversion, language)
    if trace:
        yield "trace.json", trace_pieces(conversion)


def trace_pieces(conversion: Conversion) -> Iterator[str]:
    """Give everything that was done to each table: repairs, ledger, and the places of each cell."""
    tables = (
        _object(
            {
                "ledger": {**asdict(table.ledger), "balanced": table.ledger.balanced},
                "repairs": map(_repair, table.repairs),
                "cells": map(partial(_cells, table), table.rows),
            },
            lists=("repairs", "cells"),
            indent=4,
        )
        for table in conversion.normalized.tables
    )
    yield f'{{\n  "format": {_line(TRACE_FORMAT)},\n  "source": {_line(asdict(conversion.source))},\n  "tables": '
    yield from _block(tables, 2)
    yield "\n}\n"


def _repair(repair: Repair) -> dict[str, Any]:
    return {**asdict(repair), "places": [_place(place) for place in repair.places]}


def _cells(table: Table, row: Row) -> dict[str, list[dict[str, Any]]]:
    return {
        column.name: [_place(place) for place in value.places]
        for column, value in zip(table.columns, row.values, strict=True)
    }


def _place(place: Place) -> dict[str, Any]:
    return {name: value for name, value in place._asdict().items() if value is not None}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(values: Iterable[Any], indent: int) -> Iterator[str]:
    """Give a list with each of its values on a line of its own."""
    return _block(((_line(value),) for value in values), indent)


def _block(items: Iterable[Iterable[str]], indent: int) -> Iterator[str]:
    inner, empty = " " * (indent + 2), True
    for pieces in items:
        yield ("[\n" if empty else ",\n") + inner
        yield from pieces
        empty = False
    yield "[]" if empty else "\n" + " " * indent + "]"


def _object(value: Mapping[str, Any], lists: Sequence[str], indent: int) -> Iterator[str]:
    """Give an object with the members of some of its lists on lines of their own."""
    yield "{"
    for index, (name, member) in enumerate(value.items()):
        yield f'{"," if index else ""}\n{" " * (indent + 2)}"{name}": '
        if name in lists:
            yield from _lines(member, indent + 2)
        else:
            yield _line(member)
    yield "\n" + " " * indent + "}"
