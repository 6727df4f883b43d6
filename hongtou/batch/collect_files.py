"""Write the rows of a batch to one CSV or Parquet file, whole or not at all."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from hongtou.batch.collect import NOTICE_COLUMNS, Collector, collected
from hongtou.batch.entry import Entry
from hongtou.files import sync_folder
from schema.errors import OutputError, ProgramError

#: Rows of Parquet that are written at once.
GROUP = 20_000


def _columns(folder: Path, entries: Sequence[Entry]) -> list[str]:
    """Give the columns that any row has: the notice's, then the others as they first come."""
    found = dict.fromkeys(NOTICE_COLUMNS)
    for notice in collected(folder, entries):
        for row in notice.rows:
            found.update(dict.fromkeys(row))
    return list(found)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a place beside a file's; what stands there at the end takes the file's place.

    Raises:
        OutputError: The disk does not take it.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError("unwritable", path=str(path), reason=error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def to_csv(path: Path) -> Collector:
    """Give what writes all rows to a CSV file, one column for each that any row has."""

    def write(folder: Path, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
        with _whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _columns(folder, entries), restval="", lineterminator="\r\n")
            writer.writeheader()
            for notice in collected(folder, entries):
                writer.writerows(notice.rows)
        return []

    return write


def to_parquet(path: Path) -> Collector:
    """Give what writes all rows to a Parquet file, its columns texts as in CSV.

    Raises:
        ProgramError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - large, and rarely asked for
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise ProgramError("missing-package", name="pyarrow", packages="pyarrow") from error

    def write(folder: Path, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
        schema = pa.schema([(name, pa.string()) for name in _columns(folder, entries)])
        with _whole(path) as beside, parquet.ParquetWriter(beside, schema) as writer:
            for group in _groups(folder, entries):
                filled = [{name: row.get(name, "") for name in schema.names} for row in group]
                writer.write_table(pa.Table.from_pylist(filled, schema))
        return []

    return write


def _groups(folder: Path, entries: Sequence[Entry]) -> Iterator[list[dict[str, str]]]:
    held: list[dict[str, str]] = []
    for notice in collected(folder, entries):
        held.extend(notice.rows)
        if len(held) >= GROUP:
            yield held
            held = []
    if held:
        yield held


#: The writers by the ending of a file's name.
WRITERS: Mapping[str, Callable[[Path], Collector]] = {".csv": to_csv, ".parquet": to_parquet}
