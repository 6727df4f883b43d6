"""Compare a conversion with the truth, cell by cell, and see which differences are named by a finding."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from hongtou.emit import csv_text
from hongtou.pipeline import Conversion
from schema.finding import Finding, Severity

Rows = Sequence[Sequence[str]]


@dataclass
class Comparison:
    """Count cells, and hold what differs.

    Args:
        silent: Differences that no finding names.
        named: Differences that a finding names.
        idle: Findings (warnings and errors) on rows that are right.
    """

    cells: int = 0
    rows: int = 0
    silent: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    idle: list[Finding] = field(default_factory=list)


def compare(conversion: Conversion, truth: Sequence[Rows]) -> Comparison:
    """Compare all tables of a conversion with the truth: for each table its labels, then its rows."""
    result = Comparison(cells=sum(len(row) for table in truth for row in table), rows=sum(map(len, truth)))
    findings = [f for f in conversion.findings if f.severity is not Severity.NOTE]
    found = [list(csv.reader(io.StringIO(csv_text(t), newline=""))) for t in conversion.normalized.tables]
    wrong_rows: set[tuple[int | None, str]] = set()
    if len(found) != len(truth):
        told = any(finding.rule == "doubtful-table" for finding in findings)
        (result.named if told else result.silent).append(
            f"{len(found)} tables instead of {len(truth)}: {[t[0] for t in found]}"
        )
    for number, (have, want) in enumerate(zip(found, truth, strict=False), 1):
        _compare_table(result, number, have, want, findings, wrong_rows)
    for finding in findings:
        if (finding.row is not None and (finding.table, str(finding.row)) not in wrong_rows) or (
            finding.row is None and not result.named
        ):
            result.idle.append(finding)
    return result


def _compare_table(
    result: Comparison,
    number: int,
    have: Rows,
    want: Rows,
    findings: Sequence[Finding],
    wrong_rows: set[tuple[int | None, str]],
) -> None:
    names = have[0] if have else []
    if list(have[0]) != list(want[0]):
        _note(result, number, "labels", None, f"{list(have[0])} instead of {list(want[0])}", findings)
    for index, mine, theirs in _paired(have[1:], want[1:]):
        if mine == theirs:
            continue
        key = _key(mine or theirs or [], index)
        wrong_rows.add((number, key))
        wrong_rows.add((number, str(index + 1)))
        if mine is None or theirs is None:
            _note(
                result,
                number,
                key,
                None,
                f"{'row missing' if mine is None else 'row too many'}: {theirs or mine}",
                findings,
                index,
            )
            continue
        for column, (a, b) in enumerate(zip(mine, theirs, strict=False)):
            if a != b:
                label = names[column] if column < len(names) else str(column)
                _note(result, number, key, label, f"{a!r} instead of {b!r}", findings, index)


def _note(
    result: Comparison,
    number: int,
    key: str,
    column: str | None,
    text: str,
    findings: Sequence[Finding],
    index: int = -1,
) -> None:
    named = any(f.table in (number, None) and (f.row is None or str(f.row) in (key, str(index + 1))) for f in findings)
    (result.named if named else result.silent).append(f"table {number} row {key} {column or ''}: {text}")


def _key(row: Sequence[str], index: int) -> str:
    return next((cell for cell in row[:2] if cell.isdigit()), str(index + 1))


def _paired(have: Rows, want: Rows) -> list[tuple[int, list[str] | None, list[str] | None]]:
    """Pair the rows of two tables: one to one where they are as many, else by what is equal."""
    if len(have) == len(want):
        return [(i, list(a), list(b)) for i, (a, b) in enumerate(zip(have, want, strict=True))]
    pairs: list[tuple[int, list[str] | None, list[str] | None]] = []
    matcher = SequenceMatcher(None, [tuple(row) for row in have], [tuple(row) for row in want], autojunk=False)
    for _, a0, a1, b0, b1 in matcher.get_opcodes():
        for step in range(max(a1 - a0, b1 - b0)):
            mine = list(have[a0 + step]) if a0 + step < a1 else None
            theirs = list(want[b0 + step]) if b0 + step < b1 else None
            pairs.append((a0 + step, mine, theirs))
    return pairs
