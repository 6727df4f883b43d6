"""Report as reviewdog's Diagnostic Format (rdjson), with suggestions where the original is certain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extract.text import decode
from hongtou.checking.difference import Region
from hongtou.checking.report import Item, Report
from schema.finding import Severity

SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def report(run: Report) -> str:
    """Give the report; those that the baseline knows are left out."""
    files = _Files()
    found = {"source": {"name": "hongtou"}, "diagnostics": [_diagnostic(item, files) for item in run.new]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(item: Item, files: _Files) -> dict[str, Any]:
    difference = item.difference
    location: dict[str, Any] = {"path": item.file}
    if difference.region is not None:
        location["range"] = files.range(item.file, difference.region)
    found: dict[str, Any] = {
        "message": item.message,
        "location": location,
        "severity": SEVERITIES[difference.severity],
        "code": {"value": difference.rule},
    }
    if item.change is not None and item.change.region is not None:
        place = files.range(item.file, item.change.region)
        found["suggestions"] = [{"range": place, "text": item.change.written}]
    return found


class _Files:
    """Know the lines of the transcripts, each read once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def range(self, file: str, region: Region) -> dict[str, Any]:
        """Give a region with its columns in bytes of UTF-8, as the format counts them."""
        return {
            "start": {"line": region.line, "column": self._bytes(file, region.line, region.column)},
            "end": {"line": region.end_line, "column": self._bytes(file, region.end_line, region.end_column)},
        }

    def _bytes(self, file: str, line: int, column: int) -> int:
        if file not in self._lines:
            self._lines[file] = decode(Path(file).read_bytes()).split("\n")
        return len(self._lines[file][line - 1][: column - 1].encode()) + 1
