"""Read originals into grids: one reader a format, and the lattice that PDF-like formats share.

The type of a file is told by its content, never by its name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import cast

from extract.archive import member_names
from extract.reading import PageRead, Progress, Reading
from schema.errors import InputError
from schema.finding import Finding
from schema.grid import BlockList, Original, Source
from schema.limits import DEFAULT_LIMITS, Limits

__all__ = ["PageRead", "Progress", "Reading", "join_pages", "media_type", "read", "read_again"]

Reader = Callable[[bytes, Reading], Original]

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
#: What an empty file has none of.
INK = re.compile(rb"\S")
#: The second readers, for those formats that have one.
AGAIN: dict[str, tuple[str, str]] = {"extract.pdf": ("extract.second", "read_pdf_again")}
#: How other files begin, what they are called, and with what advice they are refused.
REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "old-office"),
    (b"{\\rtf", "application/rtf", "rtf"),
    (b"\x89PNG", "image/png", "picture"),
    (b"\xff\xd8\xff", "image/jpeg", "picture"),
    (b"II*\x00", "image/tiff", "picture"),
    (b"MM\x00*", "image/tiff", "picture"),
    (b"\x1f\x8b", "application/gzip", "archive"),
    (b"Rar!", "application/vnd.rar", "archive"),
    (b"7z\xbc\xaf", "application/x-7z-compressed", "archive"),
)
#: The same, by an archive's member.
REFUSED_MEMBERS: tuple[tuple[str, str], ...] = (("OFD.xml", "ofd"), ("content.xml", "open-document"))
#: The member that every file of Office Open XML has (ECMA-376-2, 10.1.2).
CONTENT_TYPES = "[Content_Types].xml"
#: How a locked Office file, which is an old one on the outside, names what is locked in it.
LOCKED = "EncryptedPackage".encode("utf-16-le")
#: How a page of the web, or a file of XML, begins.
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|!--|html|head|body|meta|base|table|div)\b", re.IGNORECASE)
#: What an archive is called by a member.
MEMBER_TYPES: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (WORKBOOK_PART, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("OFD.xml", "application/ofd"),
    ("content.xml", "application/vnd.oasis.opendocument"),
)
#: PDF readers look for the signature in the first bytes, not only at the start (ISO 32000-1, H.3).
PDF_WINDOW = 1024


def read(
    data: bytes,
    name: str,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    keep: Callable[[PageRead], None] | None = None,
) -> Original:
    """Read a file's bytes.

    Args:
        data: The whole file.
        name: What to call it; its type is told by its content.
        progress: Called after each page, where the format has pages.
        limits: The most that is read of a file.
        keep: Called with what each page gave, where the format has pages.

    Raises:
        InputError: The file is empty, of a format that is not read, damaged, encrypted, or beyond a limit.
    """
    if not INK.search(data):
        raise InputError("empty-file")
    limits.check("file_size", len(data))
    return _read_by(_reader(data), data, _reading(data, name, limits, progress, keep))


def read_again(
    data: bytes, name: str, progress: Progress | None = None, limits: Limits = DEFAULT_LIMITS
) -> Original | None:
    """Read a file with the second reader of its format; ``None`` where the format has one only.

    Args:
        data: The whole file.
        name: What to call it.
        progress: Called after each page.
        limits: The most that is read of a file.

    Raises:
        InputError: The second reader cannot read it.
    """
    again = AGAIN.get(_reader(data)[0])
    return None if again is None else _read_by(again, data, _reading(data, name, limits, progress))


def media_type(data: bytes) -> str:
    r"""Give the media type that a file's first bytes and an archive's members tell, whether it is read or not.

    >>> media_type(b"%PDF-1.7"), media_type(b"<html>"), media_type(b"\x00")
    ('application/pdf', 'text/html', 'application/octet-stream')
    """
    if data.startswith(b"PK"):
        names = member_names(data)
        return next((kind for member, kind in MEMBER_TYPES if member in names), "application/zip")
    for signature, kind, _ in REFUSED:
        if data.startswith(signature):
            return kind
    if data.startswith(b"{"):
        return "application/json"
    if b"%PDF-" in data[:PDF_WINDOW]:
        return "application/pdf"
    if MARKUP.match(data):
        return "text/html"
    return "application/octet-stream" if b"\x00" in data else "text/plain"


def join_pages(source: Source, pages: Iterable[PageRead], finding: Finding) -> Original:
    """Make an original of the pages that were read before something stopped, and of what to say of that."""
    blocks = BlockList()
    findings: list[Finding] = []
    for page in pages:
        blocks.extend(page.blocks)
        findings.extend(page.findings)
    return Original(source, blocks, (*findings, finding))


def _reading(
    data: bytes,
    name: str,
    limits: Limits,
    progress: Progress | None,
    keep: Callable[[PageRead], None] | None = None,
) -> Reading:
    reading = Reading(PurePath(name).name, hashlib.sha256(data).hexdigest(), limits)
    told = reading if progress is None else replace(reading, progress=progress)
    return told if keep is None else replace(told, keep=keep)


def _read_by(reader: tuple[str, str], data: bytes, reading: Reading) -> Original:
    module, function = reader
    return cast(Reader, getattr(import_module(module), function))(data, reading)


def _reader(data: bytes) -> tuple[str, str]:
    """Name the module and function that read this content."""
    _refuse(data)
    names = member_names(data) if data.startswith(b"PK") else frozenset()
    _refuse_members(names)
    if WORKBOOK_PART in names:
        return "extract.workbook", "read_workbook"
    if data[:OWN_WINDOW].lstrip()[:1] == b"{" and OWN_FORMAT in data[:OWN_WINDOW]:
        return "extract.converted", "read_converted"
    for signature, module, function in SIGNATURES:
        if data.startswith(signature):
            return module, function
    if b"%PDF-" in data[:PDF_WINDOW]:
        return "extract.pdf", "read_pdf"
    if MARKUP.match(data):
        raise InputError("markup")
    return "extract.text", "read_text"


def _refuse(data: bytes) -> None:
    """Stop on what is known not to be read."""
    for signature, _, reason in REFUSED:
        if data.startswith(signature):
            raise InputError("locked-office" if reason == "old-office" and LOCKED in data else reason)


def _refuse_members(names: frozenset[str]) -> None:
    """Stop on an archive that is known not to be read."""
    for member, reason in REFUSED_MEMBERS:
        if member in names:
            raise InputError(reason)
    if names and CONTENT_TYPES not in names:
        raise InputError("archive")
