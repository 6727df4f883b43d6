"""Keep the pages that a process has read where they outlive it."""

from __future__ import annotations

import io
import pickle
import struct
import time
from collections.abc import Iterator
from pathlib import Path

from extract import PageRead

NAME = "pages"
_LENGTH = struct.Struct("<I")


#: Most files are read sooner than this (seconds), and their pages are not worth writing down.
PATIENCE = 0.25


class Spool:
    """Write each page behind the others: from the first one on, or once reading takes longer than most does.

    The last page of a document is not worth keeping: when it is there, reading is over.

    Args:
        folder: Where to write.
        patience: How long to hold pages in memory only (seconds).
    """

    def __init__(self, folder: Path, patience: float) -> None:
        self._path = folder / NAME
        self._file: io.FileIO | None = None
        self._held: list[PageRead] = []
        self._until = time.monotonic() + patience
        self._full = False

    def keep(self, page: PageRead) -> None:
        """Keep a page, as long as there is room for one more."""
        if page.number < page.count:
            self._held.append(page)
        if time.monotonic() >= self._until:
            self.flush()

    def flush(self) -> None:
        """Write down the pages that are held in memory."""
        held, self._held = self._held, []
        for page in held:
            if not self._full:
                self._write(pickle.dumps(page, pickle.HIGHEST_PROTOCOL))

    def _write(self, data: bytes) -> None:
        try:
            self._file = self._file or io.FileIO(self._path, "wb")
            self._file.write(_LENGTH.pack(len(data)) + data)
        except OSError:
            # Pages that find no room are not kept; reading them goes on all the same.
            self._full = True


def kept_pages(folder: Path) -> Iterator[PageRead]:
    """Give the pages that were kept whole.

    Only for a process that is confined as its writer was: what is read here may run code.
    """
    path = folder / NAME
    data = path.read_bytes() if path.exists() else b""
    at = 0
    while at + _LENGTH.size <= len(data):
        (length,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if at + length > len(data):
            return
        page: PageRead = pickle.loads(data[at : at + length])  # noqa: S301 - see above
        yield page
        at += length
