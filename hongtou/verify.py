"""Compare what two readers make of one document, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator

from normalize import Normalized
from normalize.characters import squeeze
from normalize.checks import row_key
from schema.finding import Finding, Severity
from schema.table import Table


def compare_readings(first: Normalized, second: Normalized) -> Iterator[Finding]:
    """Report each cell that the readers read differently, with both texts.

    Where they do not see the same tables, rows or columns, that is reported instead.
    """
    if len(first.tables) != len(second.tables):
        yield _shape(None, f"{len(first.tables)}", f"{len(second.tables)}")
    for number, (table, other) in enumerate(zip(first.tables, second.tables, strict=False), 1):
        yield from _compare_tables(number, table, other)


def _shape(number: int | None, first: str, second: str) -> Finding:
    details = (("first", first), ("second", second))
    return Finding("readers-disagree", Severity.WARNING, details, table=number)


def _compare_tables(number: int, table: Table, other: Table) -> Iterator[Finding]:
    shapes = [f"{len(each.rows)} × {len(each.columns)}" for each in (table, other)]
    if shapes[0] != shapes[1]:
        yield _shape(number, *shapes)
        return
    for index, (row, again) in enumerate(zip(table.rows, other.rows, strict=True)):
        for column, (value, second) in enumerate(zip(row.values, again.values, strict=True)):
            if _ink(value.text) != _ink(second.text):
                yield Finding(
                    rule="readers-disagree",
                    severity=Severity.WARNING,
                    details=(("first", value.text), ("second", second.text)),
                    table=number,
                    row=row_key(table.columns, row, index),
                    column=table.columns[column].name,
                    suggestion=second.text or None,
                    place=next(iter(value.places or row.places), None),
                )


def _ink(text: str) -> str:
    """Leave out what parts items and lines: that is the repairs' reading, not the readers'."""
    return squeeze(text).replace("、", "")
