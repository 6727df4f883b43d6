"""Give out CSV, JSON and the trace.  The same conversion gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from hongtou.messages import Language
from hongtou.pipeline import Conversion, make_notice
from schema.finding import Place
from schema.notice import Notice
from schema.repair import Repair
from schema.table import Row, Table

TRACE_FORMAT = "hongtou-trace/1"
BYTE_ORDER_MARK = "\ufeff"


def csv_text(table: Table, *, mark: bool = False) -> str:
    """Give a table as CSV (RFC 4180), under its printed labels.

    Args:
        table: The repaired table.
        mark: Whether to begin with a byte order mark, by which Excel knows UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.label for column in table.columns])
    writer.writerows([value.text for value in row.values] for row in table.rows)
    return (BYTE_ORDER_MARK if mark else "") + out.getvalue()


def json_text(notice: Notice) -> str:
    """Give a notice as JSON, a row, finding or column to a line, so that changes read well."""
    data = notice.model_dump(mode="json")
    tables = [_object(table, lists=("columns", "rows"), indent=4) for table in data.pop("tables")]
    members = [f'  "{name}": {_line(value)}' for name, value in data.items() if name not in ("findings", "repairs")]
    members.append(f'  "tables": {_block(tables, 2)}')
    members.append(f'  "findings": {_block([_line(finding) for finding in data["findings"]], 2)}')
    members.append(f'  "repairs": {_line(data["repairs"])}')
    return "{\n" + ",\n".join(members) + "\n}\n"


def output_texts(conversion: Conversion, language: Language, *, trace: bool, mark: bool) -> dict[str, str]:
    """Give the texts of all outputs of a notice by the endings of their names: ``csv``, ``2.csv`` ... ``json``.

    Args:
        conversion: Of the notice.
        language: Of the findings' messages.
        trace: Whether the trace is one of them.
        mark: Whether CSV begins with a byte order mark.
    """
    tables = enumerate(conversion.normalized.tables, 1)
    texts = {"csv" if number == 1 else f"{number}.csv": csv_text(table, mark=mark) for number, table in tables}
    texts["json"] = json_text(make_notice(conversion, language))
    if trace:
        texts["trace.json"] = trace_text(conversion)
    return texts


def trace_text(conversion: Conversion) -> str:
    """Give everything that was done to each table: repairs, ledger, and the places of each cell."""
    tables = [
        _object(
            {
                "ledger": {**asdict(table.ledger), "balanced": table.ledger.balanced},
                "repairs": [_repair(repair) for repair in table.repairs],
                "cells": [_cells(table, row) for row in table.rows],
            },
            lists=("repairs", "cells"),
            indent=4,
        )
        for table in conversion.normalized.tables
    ]
    members = [
        f'  "format": {_line(TRACE_FORMAT)}',
        f'  "source": {_line(asdict(conversion.source))}',
        f'  "tables": {_block(tables, 2)}',
    ]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _repair(repair: Repair) -> dict[str, Any]:
    return {**asdict(repair), "places": [_place(place) for place in repair.places]}


def _cells(table: Table, row: Row) -> dict[str, list[dict[str, Any]]]:
    return {
        column.name: [_place(place) for place in value.places]
        for column, value in zip(table.columns, row.values, strict=True)
    }


def _place(place: Place) -> dict[str, Any]:
    return {name: value for name, value in asdict(place).items() if value is not None}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(items: Sequence[str], indent: int) -> str:
    if not items:
        return "[]"
    inner = " " * (indent + 2)
    return "[\n" + ",\n".join(inner + item for item in items) + "\n" + " " * indent + "]"


def _object(value: Mapping[str, Any], lists: Sequence[str], indent: int) -> str:
    """Give an object with the members of some of its lists on lines of their own."""

    def members() -> Iterator[str]:
        for name, member in value.items():
            text = _block([_line(item) for item in member], indent + 2) if name in lists else _line(member)
            yield f'{" " * (indent + 2)}"{name}": {text}'

    return "{\n" + ",\n".join(members()) + "\n" + " " * indent + "}"
