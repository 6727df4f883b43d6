"""Say in which row and column a cell stands that a finding points at by its place on the page alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    cells: dict[Place, list[tuple[int, int | str, str]]] = {}
    for number, table in enumerate(tables, 1):
        for index, row in enumerate(table.rows):
            for column, value in zip(table.columns, row.values, strict=True):
                for place in wanted.intersection(value.places):
                    cells.setdefault(place, []).append((number, row_key(table.columns, row, index), column.name))
    return [each for finding in found for each in _at(finding, cells)]


def _at(finding: Finding, cells: Mapping[Place, Sequence[tuple[int, int | str, str]]]) -> Iterator[Finding]:
    """Give a finding with the row of its cell; text that is cut off is missing in all rows of a merged cell."""
    rows = cells.get(finding.place, ()) if finding.place and finding.rule in RULES else ()
    if not rows:
        yield finding
    for table, row, column in rows if finding.rule == "cut-text" else rows[:1]:
        yield replace(finding, table=table, row=row, column=column)
