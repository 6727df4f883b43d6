"""Keep the pages that a process has read where they outlive it."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Iterator
from pathlib import Path

from extract import PageRead

NAME = "pages"
_LENGTH = struct.Struct("<I")


class Spool:
    """Write each page behind the others, at once.

    The last page of a document is not worth keeping: when it is there, reading is over.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / NAME).open("wb", buffering=0)
        self._full = False

    def keep(self, page: PageRead) -> None:
        """Keep a page, as long as there is room for one more."""
        if self._full or page.number >= page.count:
            return
        data = pickle.dumps(page, pickle.HIGHEST_PROTOCOL)
        try:
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
