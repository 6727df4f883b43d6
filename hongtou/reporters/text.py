"""Report to a person: each difference with both texts below each other, and what differs marked."""

from __future__ import annotations

import io
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from hongtou.checking.difference import Side
from hongtou.checking.report import Item, Report
from hongtou.messages import Language
from hongtou.report import SEVERITIES
from schema.finding import Severity

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
#: So much of a cell is shown on each side of what differs (characters).
AROUND = 16
WORDS: dict[Language, dict[str, str]] = {
    "zh": {"mine": "转录", "theirs": "原件", "row": "序号", "doubt": "（原件这一处的读取存疑）"},
    "en": {"mine": "typed", "theirs": "original", "row": "row", "doubt": " (the original's reading is in doubt here)"},
}


def report(run: Report) -> str:
    """Give the report, coloured where a terminal reads it."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=run.colour, width=10_000, soft_wrap=True, highlight=False)
    for item in run.new:
        for line in _lines(item, run.language):
            console.print(line)
    for known in run.stale:
        console.print(Text(f"{known.file}: {known.message} [stale-baseline]", style="dim"))
    console.print(Text(_summary(run)))
    return out.getvalue()


def _lines(item: Item, language: Language) -> Iterator[Text]:
    difference, words = item.difference, WORDS[language]
    severity = difference.severity
    line = Text(":".join(part for part in (item.file, item.where) if part) + ": ")
    line.append(SEVERITIES[language][severity], STYLES[severity])
    line.append(f": {item.message}")
    place = [f"{words['row']} {difference.row}" if difference.row is not None else "", difference.column or ""]
    where = ", ".join(part for part in (*place, item.original_where) if part)
    line.append(f" ({where})" if where else "", "dim")
    line.append(words["doubt"] if difference.doubtful else "")
    line.append(f" [{difference.rule}]", "dim")
    yield line
    if difference.transcript.differing or difference.original.differing:
        width = max(cell_len(words["mine"]), cell_len(words["theirs"]))
        yield from _side(words["mine"], width, difference.transcript, "black on red")
        yield from _side(words["theirs"], width, difference.original, "black on green")


def _side(word: str, width: int, side: Side, style: str) -> Iterator[Text]:
    """Give a side's text around what differs, and a line that marks it, as wide as it is on the screen."""
    text = side.text.replace("\n", " ").replace("\t", " ")
    start, end = max(0, side.start - AROUND), min(len(text), side.end + AROUND)
    lead = f"    {word}{' ' * (width - cell_len(word))} {'…' if start else ''}"
    line = Text(lead + text[start : side.start])
    line.append(text[side.start : side.end], style)
    line.append(text[side.end : end] + ("…" if end < len(text) else ""))
    yield line
    marks = "^" * max(1, cell_len(text[side.start : side.end]))
    yield Text(" " * cell_len(lead + text[start : side.start]) + marks, style="dim")


def _summary(run: Report) -> str:
    counts = ", ".join(
        f"{run.count(severity)} {SEVERITIES[run.language][severity]}"
        for severity in reversed(Severity)
        if run.count(severity)
    )
    rows, known = sum(each.rows for each in run.checked), len(run.items) - len(run.new)
    if run.language == "zh":
        text = f"{len(run.checked)} 个文件，{rows} 行：{counts or '没有问题'}"
        return text + (f"；基线已知 {known}" if known else "")
    text = f"files {len(run.checked)}, rows {rows}: {counts or 'no findings'}"
    return text + (f"; known to the baseline {known}" if known else "")
