"""Read Word (.docx): paragraphs and tables by one walk over the body.

python-docx opens the file; its ``row.cells`` is not used, since it repeats merged cells,
drops ``w:gridBefore`` and takes a time that grows with the square of the rows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from extract.archive import check_archive
from extract.reading import Reading
from extract.word_notes import note_texts, print_numbers
from extract.word_numbering import Numbering
from extract.word_table import WordTable
from extract.word_text import FALLBACK, paragraph_lines
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import BlockList, Grid, Original, Paragraph, Source
from schema.limits import Limits

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: A document with macros, and the two kinds of templates, are documents too.  (Macros are never run.)
DOCUMENTS = (
    CONTENT_TYPE.WML_DOCUMENT_MAIN,
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
PartFactory.part_type_for.update(dict.fromkeys(DOCUMENTS, DocumentPart))

TEXT_BOX = qn("w:txbxContent")
P, TBL, SDT, SDT_CONTENT = (qn(tag) for tag in ("w:p", "w:tbl", "w:sdt", "w:sdtContent"))
WRAPPERS = frozenset((SDT, SDT_CONTENT, qn("w:customXml"), qn("w:ins"), qn("w:moveTo")))


def read_word(data: bytes, reading: Reading) -> Original:
    """Read a Word document, which has no pages of its own.

    Raises:
        InputError: The archive or its XML is damaged, or has more than is read.
    """
    document = _open(data, reading.limits)
    numbering = Numbering(_part_root(document, "/numbering"), _part_root(document, "/styles"))
    notes = note_texts(_part_root(document, "/footnotes"), _part_root(document, "/endnotes"))
    if notes:
        print_numbers(document.element.body, _part_root(document, "/settings"))
    blocks: list[Paragraph | Grid] = []
    findings: list[Finding] = []
    tables = 0
    for element in block_elements(document.element.body):
        if element.tag == TBL:
            tables += 1
            table = WordTable(element, tables, numbering, notes, reading.limits)
            blocks.append(table.grid())
            findings.extend(table.findings)
        else:
            text = " ".join(paragraph_lines(element, numbering)).strip()
            if text:
                blocks.append(Paragraph(text, Place()))
    findings.extend(_text_boxes(document.element.body, numbering))
    return Original(Source(reading.name, reading.sha256, MEDIA_TYPE), BlockList(blocks), tuple(findings))


def _text_boxes(body: Any, numbering: Numbering) -> Iterator[Finding]:
    """Report the text of boxes that float: they have no place among paragraphs and tables.

    A box in its second form, for older programs, is the same box.
    """
    for box in body.iter(TEXT_BOX):
        if any(True for _ in box.iterancestors(FALLBACK)):
            continue
        lines = (line for paragraph in box.iter(P) for line in paragraph_lines(paragraph, numbering))
        text = " ".join(" ".join(lines).split())
        if text:
            yield Finding("text-box", Severity.WARNING, (("text", text),))


def _open(data: bytes, limits: Limits) -> Any:
    try:
        check_archive(data, limits)
        document = Package.open(io.BytesIO(data)).main_document_part
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        EOFError,
        etree.XMLSyntaxError,
        NotImplementedError,
    ) as error:
        raise InputError("damaged-word", reason=str(error)) from error
    if not isinstance(document, DocumentPart):
        raise InputError("other-office", type=document.content_type)
    return document


def _part_root(document: Any, kind: str) -> Any | None:
    """Give the element of one of the document's parts; python-docx would make one where there is none."""
    for relation in document.rels.values():
        if relation.reltype.endswith(kind) and not relation.is_external:
            part = relation.target_part
            return part.element if hasattr(part, "element") else _parsed(part.blob)
    return None


def _parsed(data: bytes) -> Any:
    try:
        return parse_xml(data)
    except etree.XMLSyntaxError as error:
        raise InputError("damaged-word", reason=str(error)) from error


def block_elements(parent: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a body or cell, also those in content controls."""
    for child in parent:
        if child.tag in (P, TBL):
            yield child
        elif child.tag in WRAPPERS:
            yield from block_elements(child)
