"""Show a whole batch as one page of HTML: what became of each input, its findings, and its outputs."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from hongtou.batch.entry import Entry
from hongtou.batch.progress import badness, shown
from hongtou.batch.status import Status
from hongtou.messages import Language
from hongtou.web_page import render
from schema.notice import Finding, Notice

#: So many findings of one input are named; the others are counted, and stand in its JSON.
NAMED = 20
WORDS: dict[Language, dict[str, str]] = {
    "zh": {"title": "批量转换", "files": "个文件", "status": "状态", "all": "全部", "search": "查找", "input": "文件",
           "pages": "页", "tables": "表", "rows": "行", "found": "问题", "outputs": "结果", "rules": "各类问题"},
    "en": {"title": "Batch", "files": "files", "status": "status", "all": "all", "search": "search", "input": "file",
           "pages": "pages", "tables": "tables", "rows": "rows", "found": "findings", "outputs": "outputs",
           "rules": "findings by rule"},
}  # fmt: skip


def page(entries: Sequence[Entry], folder: Path, home: Path, language: Language) -> str:
    """Give the page.

    Args:
        entries: The rows of the manifest.
        folder: The output folder.
        home: The folder that the page is written to, from which its links lead.
        language: Of its words; findings are in the language of the outputs.

    Raises:
        OSError: An output is gone.
    """
    statuses = Counter(entry.status for entry in entries)
    rules: Counter[str] = Counter()
    rows = []
    for entry in sorted(entries, key=badness):
        found = _findings(entry, folder)
        rules.update(finding.rule for finding in found)
        rows.append(_row(entry, found, os.path.relpath(folder, home)))
    return render(
        "hongtou.batch",
        "page",
        language=language,
        words=WORDS[language],
        total=len(entries),
        statuses=[(status.value, statuses[status]) for status in Status if statuses[status]],
        rules=rules.most_common(),
        rows=rows,
    )


def _findings(entry: Entry, folder: Path) -> list[Finding]:
    """Read an input's findings, the heaviest first."""
    counts = entry.findings
    path = entry.notice_path
    if path is None or not (counts.error or counts.warning or counts.note):
        return []
    notice = Notice.model_validate_json((folder / path).read_bytes())
    return sorted(notice.findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))


def _row(entry: Entry, found: Sequence[Finding], folder: str) -> dict[str, object]:
    """Give what the template shows of a row."""
    return {
        "input": shown(entry.input),
        "status": entry.status.value,
        "message": entry.message or entry.reason,
        "pages": "" if entry.pages is None else entry.pages,
        "tables": entry.tables,
        "rows": entry.rows,
        "count": len(found),
        "findings": found[:NAMED],
        "more": max(len(found) - NAMED, 0),
        "outputs": [
            {"href": quote(os.fsencode(os.path.join(folder, output.path))), "ending": _ending(output.path)}  # noqa: PTH118 - a link
            for output in entry.outputs
        ],
    }


def _ending(path: str) -> str:
    """Give what tells an output from its notice's others.

    >>> _ending("a/b.pdf.2.csv"), _ending("b.pdf.json"), _ending("x.trace.json")
    ('2.csv', 'json', 'trace.json')
    """
    parts = path.rsplit(".", 2)
    return ".".join(parts[1:]) if parts[1:] and (parts[1].isdecimal() or parts[1] == "trace") else parts[-1]
