"""Report as Markdown, for a job's summary."""

from __future__ import annotations

import html
from collections import Counter

from hongtou.checking.report import Item, Report
from hongtou.messages import Language
from hongtou.report import SEVERITIES
from schema.finding import Severity

#: A summary that is longer than this is cut, since the forges refuse it (findings).
MOST = 500
WORDS: dict[Language, dict[str, str]] = {
    "zh": {"title": "转录核对", "none": "没有问题。", "more": "另有 {count} 处未列出。", "stale": "基线过期",
           "head": "| | 位置 | 序号 | 列 | 问题 |"},
    "en": {"title": "Transcripts checked", "none": "No findings.", "more": "{count} more are not listed.",
           "stale": "Gone since the baseline", "head": "| | place | row | column | finding |"},
}  # fmt: skip


def report(run: Report) -> str:
    """Give the report: a table of counts by class, then one row a difference, the heaviest first."""
    words = WORDS[run.language]
    lines = [f"## {words['title']}", ""]
    if not run.new:
        lines.append(words["none"])
    else:
        counts = Counter((item.difference.severity, item.title) for item in run.new)
        ranked = sorted(counts.items(), key=lambda pair: (-pair[0][0].weight, -pair[1], pair[0][1]))
        lines += [f"- {SEVERITIES[run.language][severity]}: {_cell(title)} × {n}" for (severity, title), n in ranked]
        lines += ["", words["head"], "|---|---|---|---|---|"]
        items = sorted(run.new, key=lambda item: -item.difference.severity.weight)
        lines += [_row(item, run.language) for item in items[:MOST]]
        if len(items) > MOST:
            lines += ["", words["more"].format(count=len(items) - MOST)]
    if run.stale:
        lines += [
            "",
            f"{words['stale']}:",
            "",
            *(f"- {_cell(known.file)}: {_cell(known.message)}" for known in run.stale),
        ]
    return "\n".join(lines) + "\n"


def _row(item: Item, language: Language) -> str:
    difference = item.difference
    place = ":".join(part for part in (item.file, item.where) if part)
    severity: Severity = difference.severity
    cells = (SEVERITIES[language][severity], place, difference.row, difference.column, item.message)
    return "| " + " | ".join(_cell("" if cell is None else str(cell)) for cell in cells) + " |"


def _cell(text: str) -> str:
    r"""Escape what a cell would take for markup.

    >>> _cell("a|<b>*c*")
    'a\\|&lt;b&gt;\\*c\\*'
    """
    escaped = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{character}" if character in "\\`*_[]|" else character for character in escaped)
