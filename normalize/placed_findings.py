"""Say in which row and column a cell stands that a finding points at by its place on the page alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalize.checks import row_key
from schema.finding import Finding, Place
from schema.table import Table

#: What is noticed of a cell before it is known in which row it goes.
RULES = frozenset(("cut-text", "overprinted-text"))


def with_rows(findings: Iterable[Finding], tables: Sequence[Table]) -> list[Finding]:
    """Give findings with the table, the row and the column of the cell that they point at, where its text went.

    Args:
        findings: Of the document, before its tables' own.
        tables: After all repairs.
    """
    found = list(findings)
    wanted = {finding.place for finding in found if finding.rule in RULES and finding.place is not None}
    if not wanted:
        return found
    cells: dict[Place, tuple[int, int | str, str]] = {}
    for number, table in enumerate(tables, 1):
        for index, row in enumerate(table.rows):
            for column, value in zip(table.columns, row.values, strict=True):
                for place in wanted.intersection(value.places):
                    cells.setdefault(place, (number, row_key(table.columns, row, index), column.name))
    return [_at(finding, cells.get(finding.place)) if finding.place else finding for finding in found]


def _at(finding: Finding, cell: tuple[int, int | str, str] | None) -> Finding:
    if cell is None or finding.rule not in RULES:
        return finding
    table, row, column = cell
    return replace(finding, table=table, row=row, column=column)
