"""Choose what brings the rows of a batch to a target that a person names."""

from __future__ import annotations

from pathlib import Path

from hongtou.batch.collect import TARGETS, Collector
from hongtou.batch.collect_files import WRITERS
from schema.errors import UsageError


def collector(target: str) -> Collector:
    """Give what brings rows to a target: ``FILE.csv``, ``FILE.parquet``, or a database's address.

    Raises:
        UsageError: It is none of these.
        ProgramError: A package that it needs is not installed.
    """
    if "://" in target:
        from hongtou.batch.collect_sql import to_database  # noqa: PLC0415 - brings SQLAlchemy

        return to_database(target)
    writer = WRITERS.get(Path(target).suffix.lower())
    if writer is None:
        raise UsageError("bad-option", option="--collect", text=target, expected=TARGETS)
    return writer(Path(target))
