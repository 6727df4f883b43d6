"""Keep a baseline: findings that are known and do not fail a run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from hongtou.files import write_whole
from schema.errors import UsageError

FORMAT = "hongtou-baseline/1"


class Known(BaseModel):
    """One known finding; only its fingerprint counts, the rest is for people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    file: str
    rule: str
    row: int | str | None = None
    column: str | None = None
    message: str


class _Baseline(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: str
    findings: list[Known]


def read_baseline(path: Path | None) -> dict[str, Known]:
    """Give the known findings by fingerprint; none where the file is not there yet.

    Raises:
        UsageError: It is not a baseline.
    """
    if path is None or not path.exists():
        return {}
    try:
        found = _Baseline.model_validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise UsageError("wrong-baseline", path=str(path), reason=reason) from error
    return {known.fingerprint: known for known in found.findings}


def write_baseline(path: Path, known: Iterable[Known]) -> None:
    """Write a baseline, a finding to a line, so that changes read well.

    Raises:
        OutputError: The file cannot be written.
    """
    lines = [json.dumps(each.model_dump(mode="json"), ensure_ascii=False) for each in known]
    body = ",\n    ".join(lines)
    findings = f"[\n    {body}\n  ]" if lines else "[]"
    write_whole(path, f'{{\n  "format": "{FORMAT}",\n  "findings": {findings}\n}}\n')
