"""Report as SARIF 2.1.0 (OASIS), for code scanning."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hongtou.checking.difference import CLASSES, Region
from hongtou.checking.report import Item, Report
from hongtou.messages import Language, catalogue

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"


def report(run: Report) -> str:
    """Give the report: one run, with every rule that it could report."""
    rules = [*catalogue()["differences"], *catalogue()["checks"]]
    places = {rule: index for index, rule in enumerate(rules)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "hongtou",
                        "semanticVersion": run.version,
                        "rules": [_rule(rule, run.language) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(item, places) for item in run.items],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: str, language: Language) -> dict[str, Any]:
    sections = catalogue()
    texts = (sections["differences"].get(rule) or sections["checks"][rule])[language]
    level = CLASSES.get(rule)
    return {
        "id": rule,
        "name": "".join(word.title() for word in rule.split("-")),
        "shortDescription": {"text": texts["title"]},
        "fullDescription": {"text": texts["text"]},
        **({"defaultConfiguration": {"level": level.value}} if level else {}),
    }


def _result(item: Item, places: dict[str, int]) -> dict[str, Any]:
    difference = item.difference
    found: dict[str, Any] = {
        "ruleId": difference.rule,
        "ruleIndex": places[difference.rule],
        "level": difference.severity.value,
        "message": {"text": item.message},
        "locations": [_location(item)],
        "partialFingerprints": {"hongtou/v1": item.fingerprint},
    }
    if item.original is not None and difference.original.place is not None:
        found["relatedLocations"] = [
            {
                "id": 1,
                "message": {"text": f"{item.original} {item.original_where}"},
                "physicalLocation": {"artifactLocation": _artifact(item.original)},
            }
        ]
    if item.known:
        found["suppressions"] = [{"kind": "external"}]
    if item.change is not None and item.change.region is not None:
        replacement = {
            "deletedRegion": _region(item.change.region),
            "insertedContent": {"text": item.change.written},
        }
        changes = [{"artifactLocation": _artifact(item.file), "replacements": [replacement]}]
        found["fixes"] = [{"description": {"text": item.change.after}, "artifactChanges": changes}]
    return found


def _location(item: Item) -> dict[str, Any]:
    difference = item.difference
    physical: dict[str, Any] = {"artifactLocation": _artifact(item.file)}
    if difference.region is not None:
        physical["region"] = _region(difference.region)
    location: dict[str, Any] = {"physicalLocation": physical}
    names = [str(part) for part in (difference.row, difference.column) if part is not None]
    if names or (difference.region is None and item.where):
        location["logicalLocations"] = [
            {"fullyQualifiedName": "/".join([item.where, *names] if not difference.region else names)}
        ]
    return location


def _artifact(path: str) -> dict[str, str]:
    """Give a file's address: relative to where the command ran, or a file URI where it is outside."""
    if path.startswith("/"):
        return {"uri": f"file://{quote(path)}"}
    return {"uri": quote(path), "uriBaseId": BASE}


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }
