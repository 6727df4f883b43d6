"""Guard the archives that office files are, and the XML in them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from xml.parsers import expat

from schema.errors import InputError
from schema.limits import Limits

#: An archive that inflates to less than this may be packed as tightly as it likes (bytes).
RATIO_FROM = 1 << 20
#: The endings of the members that are XML.
XML_ENDINGS = (".xml", ".rels")


def member_names(data: bytes) -> frozenset[str]:
    """Give the names of an archive's members; what is no archive has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def check_archive(data: bytes, limits: Limits) -> None:
    """Stop where an archive has more than is read, two members of one name, or XML with a document type.

    Two members of one name are two documents: which one a program shows depends on the program.

    Raises:
        InputError: It is so.
        zipfile.BadZipFile: It is no archive, or a member is not what the archive says.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        limits.check("entries", len(members))
        inflated = sum(member.file_size for member in members)
        limits.check("inflated", inflated)
        if inflated > RATIO_FROM:
            limits.check("ratio", -(-inflated // max(len(data), 1)))
        _check_names(member.filename for member in members)
        for member in members:
            if member.filename.lower().endswith(XML_ENDINGS):
                _check_xml(_part(archive, member), member.filename, limits)


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(member)
    except zlib.error as error:
        raise zipfile.BadZipFile(f"{member.filename}: {error}") from error


def _check_names(names: Iterable[str]) -> None:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise InputError("doubled-member", name=twice[0])


def _check_xml(part: bytes, name: str, limits: Limits) -> None:
    """Stop where a part declares a document type, or nests too deep; what is no XML is left to its reader.

    Office files may not declare document types (ECMA-376-2, 8.3.4); entities, which reach for
    other files or grow without end, come only with them.
    """
    depth = 0

    def start(_tag: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        limits.check("depth", depth)

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declared: object) -> None:
        raise InputError("document-type", name=name)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(part, True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError:
        return
