"""Write a corrected copy of a transcript; the transcript itself is never touched."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator

from extract.converted import MEDIA_TYPE as JSON
from extract.text import CSV
from hongtou.checking.difference import Change, Difference, Fix
from hongtou.checking.transcript import RawCell, Transcript
from hongtou.pipeline import read_bytes
from schema.finding import Place

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def changes_of(transcript: Transcript, differences: Iterable[Difference]) -> list[Change]:
    """Give the changes that the differences call for, each cell once, where the original is certain."""
    cells = {cell.place: cell for cell in _cells(transcript) if cell.place is not None}
    changes: dict[Place, Change] = {}
    for difference in differences:
        if difference.doubtful:
            continue
        for fix in difference.fixes:
            cell = cells.get(fix.place)
            if cell is not None and cell.text != fix.text:
                changes.setdefault(fix.place, _change(transcript, cell, fix))
    return sorted(changes.values(), key=lambda change: change.place)


def _cells(transcript: Transcript) -> Iterator[RawCell]:
    for table in transcript.tables:
        for row in table.rows:
            # A row that a line end cut stands on two lines; joining those is left to a person.
            if not row.broken:
                yield from row.cells


def _change(transcript: Transcript, cell: RawCell, fix: Fix) -> Change:
    return Change(fix.place, cell.text, fix.text, transcript.region(cell), _written(transcript, cell, fix))


def _written(transcript: Transcript, cell: RawCell, fix: Fix) -> str:
    """Give a text as the transcript's format writes it in this place."""
    text, media_type = transcript.text or "", transcript.original.source.media_type
    if not cell.offsets:
        return fix.text
    start = cell.offsets[0]
    if media_type == JSON:
        return _json(text[start], fix)
    if media_type != CSV:
        return " ".join(fix.text.split("\n"))
    if text[start - 1 : start] == '"':
        return fix.text.replace('"', '""')
    if any(mark in fix.text for mark in ',"\r\n'):
        return '"' + fix.text.replace('"', '""') + '"'
    return fix.text


def _json(first: str, fix: Fix) -> str:
    """Give a value of JSON of the sort that stood there: a list, a number, or a text."""
    if first == "[" and fix.items is not None:
        return json.dumps(list(fix.items), ensure_ascii=False)
    plain = fix.text.replace(",", "")
    if first in "-0123456789n" and plain.replace(".", "", 1).isdecimal():
        return plain
    return json.dumps(fix.text, ensure_ascii=False)


def can_fix(transcript: Transcript) -> bool:
    """Tell whether a corrected copy of this format can be written."""
    return transcript.text is not None or transcript.original.source.media_type == WORKBOOK


def corrected(transcript: Transcript, changes: Iterable[Change]) -> bytes:
    """Give the corrected copy: all that is not changed stays as it is, byte for byte in a text.

    A text that was not in UTF-8 keeps its encoding where it has the characters.
    """
    if transcript.text is None:
        return _corrected_workbook(transcript, changes)
    text = transcript.text
    spans = [(transcript.span(change.region), change.written) for change in changes if change.region is not None]
    for (start, end), written in sorted(spans, reverse=True):
        text = text[:start] + written + text[end:]
    return _encoded(text, read_bytes(transcript.path))


def _encoded(text: str, before: bytes) -> bytes:
    if before.startswith(b"\xef\xbb\xbf"):
        return text.encode("utf-8-sig")
    if before[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.encode("utf-16")
    try:
        before.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode("gb18030")
    return text.encode("utf-8")


def _corrected_workbook(transcript: Transcript, changes: Iterable[Change]) -> bytes:
    import openpyxl  # noqa: PLC0415 - only a workbook needs it

    book = openpyxl.load_workbook(io.BytesIO(read_bytes(transcript.path)))
    for change in changes:
        if change.place.table is not None and change.place.cell is not None:
            book.worksheets[change.place.table - 1][change.place.cell].value = change.after
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
