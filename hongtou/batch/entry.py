"""Hold one row of the manifest: what became of one input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hongtou.batch.status import Status


class Counts(BaseModel):
    """Count findings by severity."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    error: int = 0
    warning: int = 0
    note: int = 0


class Output(BaseModel):
    """Name one file that was written, below the output folder, with the digest of its bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    sha256: str


class Entry(BaseModel):
    """Hold one row of the manifest.

    Args:
        input: The file's path below the folder that was named, or its address.
        sha256: Of the input's bytes; ``None`` where they could not be read.
        media_type: As its content tells.
        reason: The name of what stopped it; empty where nothing did.
        message: The same in words, ending with what to do.
        characters: Printed characters that were read, in tables or not.
        seconds: By the clock, from its start to its outputs; ``None`` where it is not to be told.
        peak_memory: Of its process (bytes); for one that was killed, as it was last seen.
        settings: The version and settings that it was converted with.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: str
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    status: Status
    reason: str = ""
    message: str = ""
    pages: int | None = None
    tables: int = 0
    rows: int = 0
    characters: int = 0
    findings: Counts = Counts()
    seconds: float | None = None
    peak_memory: int | None = None
    outputs: list[Output] = Field(default_factory=list)
    settings: str = ""

    @property
    def notice_path(self) -> str | None:
        """Give the path of the notice's JSON below the output folder, if it has one."""
        paths = (output.path for output in self.outputs)
        return next((path for path in paths if path.endswith(".json") and not path.endswith(".trace.json")), None)

    def line(self) -> str:
        """Give the row as one line of JSON.  Names that are no UTF-8 stay what they are, as escapes."""
        data = self.model_dump(mode="python")
        return json.dumps({**data, "status": self.status.value}, ensure_ascii=not _is_text(data)) + "\n"

    @classmethod
    def of_line(cls, line: bytes | str) -> Entry:
        """Read a row of the manifest again.

        Raises:
            ValueError: The line is no row.
        """
        return cls.model_validate(json.loads(line))


def _is_text(data: dict[str, Any]) -> bool:
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    return True


#: The columns of the manifest's CSV.
COLUMNS = (
    "input", "sha256", "size", "media_type", "status", "reason", "message", "pages", "tables", "rows", "characters",
    "errors", "warnings", "notes", "seconds", "peak_memory", "outputs", "settings",
)  # fmt: skip


def csv_header() -> str:
    """Give the first line of the manifest's CSV."""
    return ",".join(COLUMNS) + "\r\n"


def csv_line(entry: Entry) -> str:
    """Give a row of the manifest as a line of CSV; outputs are parted by line ends inside their field."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_fields(entry))
    return out.getvalue()


def _fields(entry: Entry) -> Iterable[str]:
    data = entry.model_dump()
    data |= {"status": entry.status.value, "input": as_path(entry.input)}
    data |= {f"{name}s": count for name, count in data.pop("findings").items()}
    data["outputs"] = "\n".join(as_path(output["path"]) for output in data["outputs"])
    for name in COLUMNS:
        value = data[name]
        yield "" if value is None else str(value).encode(errors="backslashreplace").decode()


def as_path(name: str) -> str:
    """Give a path that a spreadsheet does not take for a formula: the same file, named from here.

    >>> as_path("=cmd.pdf"), as_path("a/b.pdf")
    ('./=cmd.pdf', 'a/b.pdf')
    """
    return f"./{name}" if name[:1] in "=+-@\t\r" and name else name
