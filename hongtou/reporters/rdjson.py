"""Report as reviewdog's Diagnostic Format (rdjson), with suggestions where the original is certain."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from extract.text import decode
from hongtou.checking.difference import Region
from hongtou.checking.report import Item, Report
from schema.finding import Severity

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def report(run: Report) -> str:
    """Give the report; those that the baseline knows are left out."""
    found = {"source": {"name": "hongtou"}, "diagnostics": [_diagnostic(item) for item in run.new]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(item: Item) -> dict[str, Any]:
    difference = item.difference
    location: dict[str, Any] = {"path": item.file}
    if difference.region is not None:
        location["range"] = _range(item.file, difference.region)
    found: dict[str, Any] = {
        "message": item.message,
        "location": location,
        "severity": SEVERITIES[difference.severity],
        "code": {"value": difference.rule},
    }
    if item.change is not None and item.change.region is not None:
        found["suggestions"] = [{"range": _range(item.file, item.change.region), "text": item.change.written}]
    return found


def _range(file: str, region: Region) -> dict[str, Any]:
    """Give a region with its columns in bytes of UTF-8, as the format counts them."""
    lines = _lines(file)
    return {
        "start": {"line": region.line, "column": _bytes(lines, region.line, region.column)},
        "end": {"line": region.end_line, "column": _bytes(lines, region.end_line, region.end_column)},
    }


def _bytes(lines: Sequence[str], line: int, column: int) -> int:
    return len(lines[line - 1][: column - 1].encode()) + 1


@cache
def _lines(file: str) -> Sequence[str]:
    return decode(Path(file).read_bytes()).split("\n")
