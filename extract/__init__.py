"""Read originals into grids: one reader a format, and the lattice that PDF-like formats share.

The type of a file is told by its content, never by its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import cast

from extract.archive import holds_part
from schema.errors import InputError
from schema.grid import Original

#: Called with the number of pages read, and of all.
Progress = Callable[[int, int], None]
Reader = Callable[[bytes, str, str, Progress], Original]

#: How a format's first bytes look, and which reader takes it; the first that fits is taken.
#: Readers are imported when they are needed: each brings a library of its own.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "extract.pdf", "read_pdf"),
    (b"PK\x03\x04", "extract.word", "read_word"),
    (b"PK\x05\x06", "extract.word", "read_word"),
)
#: Two formats are archives or text like others; these bytes inside tell them.
WORKBOOK_PART = "xl/workbook.xml"
OWN_FORMAT = b'"hongtou/1"'
#: Where the mark of our own format must stand (bytes).
OWN_WINDOW = 256
#: The second readers, for those formats that have one.
AGAIN: dict[str, tuple[str, str]] = {"extract.pdf": ("extract.second", "read_pdf_again")}
#: What is recognised only to be refused with advice.
REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)
#: PDF readers look for the signature in the first bytes, not only at the start (ISO 32000-1, H.3).
PDF_WINDOW = 1024


def read(data: bytes, name: str, progress: Progress | None = None) -> Original:
    """Read a file's bytes.

    Args:
        data: The whole file.
        name: What to call it; its type is told by its content.
        progress: Called after each page, where the format has pages.

    Raises:
        InputError: The file is empty, of a format that is not read, damaged, or encrypted.
    """
    if not data.strip():
        raise InputError("empty-file")
    module, function = _reader(data)
    reader = cast(Reader, getattr(import_module(module), function))
    return reader(data, PurePath(name).name, hashlib.sha256(data).hexdigest(), progress or _silent)


def read_again(data: bytes, name: str, progress: Progress | None = None) -> Original | None:
    """Read a file with the second reader of its format; ``None`` where the format has one only.

    Args:
        data: The whole file.
        name: What to call it.
        progress: Called after each page.

    Raises:
        InputError: The second reader cannot read it.
    """
    again = AGAIN.get(_reader(data)[0])
    if again is None:
        return None
    reader = cast(Reader, getattr(import_module(again[0]), again[1]))
    return reader(data, PurePath(name).name, hashlib.sha256(data).hexdigest(), progress or _silent)


def _silent(page: int, pages: int) -> None:
    """Tell nobody of a page that was read."""


def _reader(data: bytes) -> tuple[str, str]:
    """Name the module and function that read this content."""
    for signature, reason in REFUSED:
        if data.startswith(signature):
            raise InputError(reason)
    if data.startswith(b"PK") and holds_part(data, WORKBOOK_PART):
        return "extract.workbook", "read_workbook"
    if data.lstrip()[:1] == b"{" and OWN_FORMAT in data[:OWN_WINDOW]:
        return "extract.converted", "read_converted"
    for signature, module, function in SIGNATURES:
        if data.startswith(signature):
            return module, function
    if b"%PDF-" in data[:PDF_WINDOW]:
        return "extract.pdf", "read_pdf"
    return "extract.text", "read_text"
