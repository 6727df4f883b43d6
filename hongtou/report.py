"""Tell a person, on standard error, what became of each file."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extract import Progress
from hongtou.messages import Language, finding_message
from hongtou.pipeline import Conversion
from schema.finding import Finding, Place, Severity

#: A bar is shown from this many pages on: shorter files are done before one could read it.
LONG_INPUT = 40
SEVERITIES: dict[Language, dict[Severity, str]] = {
    "zh": {Severity.NOTE: "提示", Severity.WARNING: "警告", Severity.ERROR: "错误"},
    "en": {Severity.NOTE: "note", Severity.WARNING: "warning", Severity.ERROR: "error"},
}


def finding_line(name: str, finding: Finding, language: Language) -> str:
    """Give a finding as one line: file, place, severity, message, suggestion and rule."""
    zh = language == "zh"
    where = [name, *_where(finding.place, zh=zh)]
    if finding.row is not None:
        where.append(f"序号 {finding.row}" if zh else f"row {finding.row}")
    if finding.column is not None:
        where.append(finding.column)
    text = (
        f"{': '.join((' '.join(where), SEVERITIES[language][finding.severity]))}: {finding_message(finding, language)}"
    )
    if finding.suggestion:
        text += f"（建议：{finding.suggestion}）" if zh else f" (perhaps {finding.suggestion})"
    return f"{text} [{finding.rule}]"


def _where(place: Place | None, *, zh: bool) -> Iterator[str]:
    if place is None:
        return
    if place.page is not None:
        yield f"第 {place.page} 页" if zh else f"page {place.page}"
    if place.line is not None:
        yield f"第 {place.line} 行" if zh else f"line {place.line}"
    if place.column is not None:
        yield f"第 {place.column} 字" if zh else f"column {place.column}"
    if place.cell is not None:
        yield f"工作表 {place.table} {place.cell}" if zh else f"sheet {place.table} {place.cell}"
    elif place.table is not None:
        yield f"表 {place.table} 第 {place.row} 行" if zh else f"table {place.table} row {place.row}"


def summary_line(name: str, conversion: Conversion, written: Sequence[Path], language: Language) -> str:
    """Give one line on a converted file: tables, rows, repairs, findings, and what was written."""
    tables = conversion.normalized.tables
    rows = sum(len(table.rows) for table in tables)
    repairs = sum(len(table.repairs) for table in tables)
    counts = Counter(finding.severity for finding in conversion.findings)
    found = ", ".join(
        f"{counts[severity]} {SEVERITIES[language][severity]}" for severity in reversed(Severity) if counts[severity]
    )
    if language == "zh":
        text = f"{name}：{len(tables)} 张表，{rows} 行，{repairs} 处修复，{found or '没有问题'}"
    else:
        text = f"{name}: tables {len(tables)}, rows {rows}, repairs {repairs}, findings {found or 'none'}"
    return f"{text} -> {' '.join(str(path) for path in written)}" if written else text


@contextmanager
def progress_bar(name: str) -> Iterator[Progress | None]:
    """Show a bar on standard error while a long input is read, where a person looks on."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, visible=False)

        def show(page: int, pages: int) -> None:
            bar.update(task, completed=page, total=pages, visible=pages >= LONG_INPUT)

        yield show
