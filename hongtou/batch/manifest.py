"""Keep the manifest: a journal while inputs are converted, a sorted list once they are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from hongtou.batch.entry import Entry, csv_header, csv_line
from hongtou.files import sync_folder
from schema.errors import OutputError

#: The manifest of a part of the inputs is named after the part.
PART = re.compile(r"manifest(?:\.(\d+)-of-(\d+))?\.jsonl")


class Manifest:
    """Hold a folder's rows on the disk, and in memory where each stands.

    A row is added behind the others in one write, and synced.  A row for an input that has one
    takes its place.  `settle` sorts the rows by input, so that their order tells nothing of who
    was done first.

    Args:
        folder: The output folder.
        state: A folder on the same disk for what is not finished.
        name: Of the manifest, without its ending.

    Raises:
        OutputError: The folder cannot be written to.
    """

    def __init__(self, folder: Path, state: Path, name: str = "manifest") -> None:
        self._folder, self._state, self._name = folder, state, name
        self._places: dict[str, tuple[int, int]] = {}
        self._path = folder / f"{name}.jsonl"
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._end = self._load()
        except OSError as error:
            raise self._error(error) from error

    def __enter__(self) -> Self:
        """Give the manifest."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close its file."""
        os.close(self._file)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._places)

    def _load(self) -> int:
        """Find the rows; cut off what the last write left unfinished.  Give where the next row goes.

        Raises:
            OutputError: A line that is whole is no row: somebody else wrote it.
        """
        end = 0
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break
                try:
                    entry = Entry.of_line(line)
                except ValueError as error:
                    raise OutputError("damaged-manifest", path=str(self._path), line=str(number)) from error
                self._places[entry.input] = (end, len(line))
                end += len(line)
        os.ftruncate(self._file, end)
        return end

    def find(self, name: str) -> Entry | None:
        """Give an input's row, if it has one."""
        place = self._places.get(name)
        return None if place is None else Entry.of_line(os.pread(self._file, place[1], place[0]))

    def entries(self) -> Iterator[Entry]:
        """Give the rows by input."""
        for name in sorted(self._places, key=os.fsencode):
            entry = self.find(name)
            if entry is not None:
                yield entry

    def add(self, entries: Iterable[Entry]) -> None:
        """Add rows, all or none of them, and have the disk hold them.

        Raises:
            OutputError: It does not; the manifest is as it was.
        """
        lines = [(entry.input, entry.line().encode()) for entry in entries]
        data = b"".join(line for _, line in lines)
        try:
            written = os.pwrite(self._file, data, self._end)
            if written < len(data):
                # The rest says why it does not fit.
                os.pwrite(self._file, data[written:], self._end + written)
            os.fsync(self._file)
        except OSError as error:
            os.ftruncate(self._file, self._end)
            raise self._error(error) from error
        for name, line in lines:
            self._places[name] = (self._end, len(line))
            self._end += len(line)

    def settle(self) -> None:
        """Write the rows again, sorted, and beside them as CSV.

        Raises:
            OutputError: The disk does not take them; the journal stays.
        """
        table, journal = self._state / "table", self._state / "journal"
        try:
            with table.open("w", encoding="utf-8", newline="") as rows, journal.open("wb") as lines:
                rows.write(csv_header())
                for entry in self.entries():
                    rows.write(csv_line(entry))
                    lines.write(entry.line().encode())
                for file in (rows, lines):
                    file.flush()
                    os.fsync(file.fileno())
            table.replace(self._folder / f"{self._name}.csv")
            journal.replace(self._path)
            sync_folder(self._folder)
            os.close(self._file)
            self._file = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
            self._places.clear()
            self._end = self._load()
        except OSError as error:
            raise self._error(error) from error

    def _error(self, error: OSError) -> OutputError:
        return OutputError("unwritable", path=str(self._path), reason=error.strerror or str(error))


def rows_of_parts(folder: Path, own: str) -> Iterator[Entry]:
    """Give the rows that other parts of a run wrote to the folder, whole ones only.

    Args:
        folder: The output folder.
        own: The name of the manifest that is not to be read.
    """
    for path in sorted(folder.glob("manifest*.jsonl")):
        if path.stem != own and PART.fullmatch(path.name):
            with path.open("rb") as file:
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    yield Entry.of_line(line)
