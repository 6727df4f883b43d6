"""Bring the rows of all notices of a batch to one place: a CSV or Parquet file, or a database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.converted import member_text
from hongtou.batch.entry import Entry
from schema.notice import Notice, Table

#: What each row has beside its own columns.
NOTICE_COLUMNS = ("source", "document_number", "notice_title", "issued_on", "table_number", "row_order", "row_key")
#: What a column is called whose name one of those has.
OWN = "field_"


@dataclass(frozen=True, slots=True)
class Collected:
    """Hold the rows of one notice, under the names of their columns.

    Args:
        entry: The notice's row of the manifest.
        key: What the notice is known by: its document number, or its path where it has none.
        rows: Each with `NOTICE_COLUMNS` and its own; values are texts as in CSV.
    """

    entry: Entry
    key: str
    rows: tuple[dict[str, str], ...]


def collected(folder: Path, entries: Iterable[Entry]) -> Iterator[Collected]:
    """Give the rows of each notice, one notice in memory at a time.

    Args:
        folder: The output folder.
        entries: Of its manifest.

    Raises:
        OSError: An output is gone.
    """
    for entry in entries:
        path = entry.notice_path
        if path is not None and entry.tables:
            notice = Notice.model_validate_json((folder / path).read_bytes())
            source = entry.input.encode(errors="backslashreplace").decode()
            rows = tuple(row for n, table in enumerate(notice.tables, 1) for row in _rows(notice, source, n, table))
            yield Collected(entry, notice.notice.document_number or source, rows)


def _rows(notice: Notice, source: str, number: int, table: Table) -> Iterator[dict[str, str]]:
    fields = [column.name for column in table.columns]
    names = {name: f"{OWN}{name}" if name in NOTICE_COLUMNS else name for name in fields}
    head = notice.notice
    for order, (row, key) in enumerate(zip(table.rows, row_keys(table), strict=True), 1):
        values = (source, head.document_number, head.title, head.issued_on, str(number), str(order), key)
        record = {name: value or "" for name, value in zip(NOTICE_COLUMNS, values, strict=True)}
        members = row.__pydantic_extra__ or {}
        yield record | {own: member_text(members[name]) for name, own in names.items()}


def row_keys(table: Table) -> list[str]:
    """Give what each row is known by in its table: its number, or its place where it has none of its own.

    A number that several rows have, where counting begins anew, is no key; the place, after a ``#``, is.
    """
    number = next((column.name for column in table.columns if column.kind == "integer"), None)
    printed = [member_text((row.__pydantic_extra__ or {}).get(number or "")) for row in table.rows]
    counts = Counter(printed)
    return [text if text and counts[text] == 1 else f"#{order}" for order, text in enumerate(printed, 1)]


#: What `collector` takes, for who is told that it was something else.
TARGETS = "FILE.csv, FILE.parquet, sqlite:///FILE.db, postgresql://…"
#: Takes the output folder and the rows of its manifest; gives which inputs are one notice to the target:
#: what it is known by, and the inputs, of which the second took the place of the first.
Collector = Callable[[Path, Sequence[Entry]], list[tuple[str, str, str]]]


def other_columns(row: dict[str, str], known: Iterable[str]) -> str:
    """Give the members of a row that have no column, as JSON; nothing where there are none."""
    more = {name: value for name, value in row.items() if name not in set(known)}
    return json.dumps(more, ensure_ascii=False) if more else ""
