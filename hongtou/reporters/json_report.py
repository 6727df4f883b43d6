"""Report as JSON, a finding to a line: everything that is known of each."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from hongtou.checking.difference import Side
from hongtou.checking.report import Item, Report
from schema.finding import Place, Severity

FORMAT = "hongtou-check/1"


def report(run: Report) -> str:
    """Give the report."""
    files = [{"file": each.path, "original": each.original, "rows": each.rows} for each in run.checked]
    counts = {severity.value: run.count(severity) for severity in reversed(Severity)}
    members = {
        "format": FORMAT,
        "files": files,
        "counts": counts,
        "findings": [_finding(item) for item in run.items],
        "stale": [known.model_dump(mode="json") for known in run.stale],
    }
    lines = [f'  "{name}": {_block(value)}' for name, value in members.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _block(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n    " + ",\n    ".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n  ]"


def _finding(item: Item) -> dict[str, Any]:
    difference = item.difference
    return {
        "rule": difference.rule,
        "severity": difference.severity.value,
        "file": item.file,
        "region": None if difference.region is None else asdict(difference.region),
        "table": difference.table,
        "row": difference.row,
        "column": difference.column,
        "message": item.message,
        "transcript": _side(difference.transcript),
        "original": {"file": item.original, **_side(difference.original)},
        "doubtful": difference.doubtful,
        "suggestion": item.change.after if item.change else difference.suggestion,
        "fingerprint": item.fingerprint,
        "known": item.known,
    }


def _side(side: Side) -> dict[str, Any]:
    return {"text": side.text, "differing": side.differing, "place": _place(side.place)}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {name: value for name, value in place._asdict().items() if value is not None}
