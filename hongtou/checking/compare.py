"""Compare a transcript's tables with an original's: pair tables, columns and rows, then the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hongtou.checking.alignment import Keyed, Pair, align
from hongtou.checking.columns import pair_columns
from hongtou.checking.difference import CLASSES, Difference, Side
from hongtou.checking.rows import RowCheck, compare_row
from hongtou.checking.transcript import RawCell, RawRow, RawTable, Transcript
from hongtou.pipeline import Conversion
from normalize.characters import squeeze
from normalize.checks import integer, row_key
from schema.finding import Place
from schema.profile import plain_label
from schema.table import Row, Table

#: Formats that hold one table; that the original has more is no fault of theirs.
ONE_TABLE = frozenset({"text/csv", "text/tab-separated-values"})


def compare(transcript: Transcript, original: Conversion) -> list[Difference]:
    """Give all differences, in the order of the transcript."""
    tables = original.normalized.tables
    pairs = _pair_tables(transcript.tables, tables)
    found: list[Difference] = []
    for index, table in enumerate(transcript.tables):
        if index in pairs:
            doubted = frozenset((str(f.row), f.column) for f in original.findings if f.table == pairs[index] + 1)
            other = tables[pairs[index]]
            check = RowCheck(transcript, index + 1, other, pair_columns(table.columns, other.columns), _widened(other))
            found += _Comparison(check, table, doubted).differences()
        else:
            found.append(_extra_table(transcript, table, index + 1))
    if transcript.original.source.media_type not in ONE_TABLE or not pairs:
        found += [_missing_table(table) for index, table in enumerate(tables) if index not in pairs.values()]
    return found


def _widened(table: Table) -> frozenset[tuple[str, str]]:
    """Give the cells (key and column) whose marks were repaired to full width: either width is as printed."""
    return frozenset((each.row or "", each.column or "") for each in table.repairs if each.rule == "widen-punctuation")


def _extra_table(transcript: Transcript, table: RawTable, number: int) -> Difference:
    cell = next((cell for cell in table.header if cell.place is not None), RawCell())
    side = Side(" ".join(table.labels), place=cell.place)
    region = transcript.region(cell)
    return Difference("extra-table", CLASSES["extra-table"], number, transcript=side, region=region)


def _missing_table(table: Table) -> Difference:
    details = (("title", table.title), ("rows", str(len(table.rows))))
    place = table.rows[0].places[0] if table.rows and table.rows[0].places else None
    side = Side(table.title, place=place)
    return Difference("missing-table", CLASSES["missing-table"], original=side, details=details)


def _pair_tables(mine: Sequence[RawTable], theirs: Sequence[Table]) -> dict[int, int]:
    """Pair each of the transcript's tables with the original's that shares most of its text."""
    first = [_characters((*t.labels, *(cell.ink for row in t.rows for cell in row.cells))) for t in mine]
    second = [
        _characters((*(c.label for c in t.columns), *(value.text for row in t.rows for value in row.values)))
        for t in theirs
    ]
    scores = sorted(
        (-((one & other).total() / max(1, (one | other).total())), abs(a - b), a, b)
        for a, one in enumerate(first)
        for b, other in enumerate(second)
    )
    pairs: dict[int, int] = {}
    for score, _, a, b in scores:
        if a not in pairs and b not in pairs.values() and score < 0:
            pairs[a] = b
    return pairs


def _characters(texts: Iterable[str]) -> Counter[str]:
    return Counter(text[at : at + 2] for text in map(squeeze, texts) for at in range(len(text)))


@dataclass(frozen=True)
class _Comparison:
    """Compare one table.

    Args:
        check: The tables and their columns.
        table: As it was typed.
        doubted: The rows' keys and columns' names of which the reading of the original is in doubt.
    """

    check: RowCheck
    table: RawTable
    doubted: frozenset[tuple[str, str | None]]

    def differences(self) -> Iterator[Difference]:
        """Give the differences: those of the columns, then row by row."""
        rows = self.table.rows
        if self._has_header():
            yield from self._columns()
        else:
            first = next((cell.place for cell in self.table.header if cell.place is not None), None)
            rows = (RawRow(self.table.header, first or Place()), *rows)
        pairs = align(*self._keyed(rows))
        by_row = {pair.mine: pair for pair in pairs}
        missing = self._missing(pairs)
        last: Row | None = None
        for index, row in enumerate(rows):
            yield from (self._missing_row(other, row) for other in missing.pop(index, ()))
            yield from self._row_itself(row, by_row.get(index))
            if index in by_row:
                theirs = by_row[index].theirs
                yield from map(self._with_doubt, compare_row(self.check, row, theirs, last))
                last = self.check.original.rows[theirs]
        end = rows[-1] if rows else None
        yield from (self._missing_row(other, end) for others in missing.values() for other in others)

    def _has_header(self) -> bool:
        """Tell whether the first row is a header: it has a label of the original's, or reads as no record of it."""
        original = self.check.original
        labels = {plain_label(column.label) for column in original.columns}
        if not self.table.rows or any(plain_label(label) in labels for label in self.table.labels):
            return True
        texts = {squeeze(value.text) for row in original.rows for value in row.values}
        return sum(cell.ink in texts for cell in self.table.header if cell.ink) * 2 < len(self.check.columns)

    def _columns(self) -> Iterator[Difference]:
        """Report labels that differ, and columns that are missing or extra."""
        check = self.check
        for index, column in enumerate(self.table.columns):
            cell = self.table.header[index]
            side = Side(column.label, 0, len(column.label), cell.place)
            region = check.transcript.region(cell)
            if index not in check.columns:
                if any(row.cells[index].ink for row in self.table.rows if index < len(row.cells)):
                    yield self._difference("extra-column", column=column.label, transcript=side, region=region)
                continue
            label = check.original.columns[check.columns[index]].label
            if plain_label(column.label) != plain_label(label) and not label.endswith(column.label):
                printed = Side(label, 0, len(label))
                yield self._difference("other-label", column=label, transcript=side, original=printed, region=region)
        for index, printed_column in enumerate(check.original.columns):
            filled = any(row.values[index].text for row in check.original.rows)
            if index not in check.columns.values() and filled:
                label = printed_column.label
                yield self._difference("missing-column", column=label, original=Side(label, 0, len(label)))

    def _difference(self, rule: str, **members: Any) -> Difference:
        """Give a difference of a row, column or label, which weighs the same in every column."""
        return Difference(rule, CLASSES[rule], self.check.number, **members)

    def _keyed(self, rows: Sequence[RawRow]) -> tuple[list[Keyed], list[Keyed]]:
        """Give both sides' rows by their keys, and by the columns that tell rows apart.

        Those are not the key, and none that may be left blank for the row above.
        """
        columns, original = self.check.columns, self.check.original
        keys = {a: b for a, b in columns.items() if original.columns[b].key}
        plain = {a: b for a, b in columns.items() if a not in keys}
        telling = {a: b for a, b in plain.items() if not original.columns[b].carry} or plain
        mine = [
            _keyed(_texts(row.cells[at].text for at in keys if at < len(row.cells)),
                   _texts(row.cells[at].text for at in telling if at < len(row.cells)))
            for row in rows
        ]  # fmt: skip
        theirs = [
            _keyed(_texts(row.values[at].text for at in keys.values()),
                   _texts(row.values[at].text for at in telling.values()))
            for row in original.rows
        ]  # fmt: skip
        return mine, theirs

    def _original_key(self, index: int) -> int | str:
        return row_key(self.check.original.columns, self.check.original.rows[index], index)

    def _missing(self, pairs: Sequence[Pair]) -> dict[int, list[int]]:
        """Give the original's rows that the transcript lacks, by the row of the transcript that they stand before."""
        mine = {pair.theirs for pair in pairs}
        in_order = {pair.theirs: pair.mine for pair in pairs if pair.in_order}
        missing: dict[int, list[int]] = {}
        before = len(self.table.rows) + 1
        rows = self.check.original.rows
        for index in reversed(range(len(rows))):
            before = in_order.get(index, before)
            # A row in which nothing is printed is nothing that could be missing.
            if index not in mine and any(value.text for value in rows[index].values):
                missing.setdefault(before, []).append(index)
        return {place: indexes[::-1] for place, indexes in missing.items()}

    def _missing_row(self, index: int, row: RawRow | None) -> Difference:
        """Report a row of the original that should stand at this row's line, or behind it at the end."""
        other = self.check.original.rows[index]
        text = " ".join(value.text for value in other.values if value.text)
        return self._difference(
            "missing-row",
            row=self._original_key(index),
            transcript=Side(place=row.place if row else None),
            original=Side(text, 0, len(text), other.places[0] if other.places else None),
            region=None if row is None else self.check.transcript.line_region(row.place),
        )

    def _row_itself(self, row: RawRow, pair: Pair | None) -> Iterator[Difference]:
        """Report a row that is extra, out of order, or cut by a line end."""
        found = []
        if pair is None:
            found.append("extra-row")
        elif not pair.in_order:
            found.append("row-order")
        if row.broken:
            found.append("broken-row")
        if not found:
            return
        text = " ".join(cell.text for cell in row.cells if cell.ink)
        side = Side(text, 0, len(text), row.place)
        region = self.check.transcript.line_region(row.place)
        key = self._original_key(pair.theirs) if pair else None
        yield from (self._difference(rule, row=key, transcript=side, region=region) for rule in found)

    def _with_doubt(self, difference: Difference) -> Difference:
        name = next((c.name for c in self.check.original.columns if c.label == difference.column), None)
        doubtful = (str(difference.row), name) in self.doubted or (str(difference.row), None) in self.doubted
        return replace(difference, doubtful=True) if doubtful else difference


def _texts(texts: Iterable[str]) -> str:
    return squeeze("".join(texts))


def _keyed(key: str, text: str) -> Keyed:
    """Give a row as alignment sees it: its key as a number where it is one, its text without what parts lists."""
    number = integer(key)
    return Keyed(key if number is None else str(number), text.replace("、", ""))
