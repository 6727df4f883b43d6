"""Compare a transcript's tables with an original's: pair tables, columns and rows, then the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hongtou.checking.alignment import Keyed, Pair, align
from hongtou.checking.columns import pair_columns
from hongtou.checking.difference import Difference, Side, severity_of
from hongtou.checking.rows import RowCheck, compare_row
from hongtou.checking.transcript import RawCell, RawRow, RawTable, Transcript
from hongtou.pipeline import Conversion
from normalize.characters import squeeze
from normalize.checks import integer, row_key
from schema.finding import Place
from schema.profile import Kind, plain_label
from schema.table import Row, Table

#: Formats that hold one table; that the original has more is no fault of theirs.
ONE_TABLE = frozenset({"text/csv", "text/tab-separated-values"})


def compare(transcript: Transcript, original: Conversion) -> list[Difference]:
    """Give all differences, in the order of the transcript."""
    doubted = {(f.table, str(f.row), f.column) for f in original.findings if f.table is not None}
    tables = original.normalized.tables
    pairs = _pair_tables(transcript.tables, tables)
    found: list[Difference] = []
    for number, table in enumerate(transcript.tables, 1):
        if number - 1 in pairs:
            other = pairs[number - 1]
            comparison = _Comparison(transcript, table, number, tables[other], frozenset(
                (row, column) for at, row, column in doubted if at == other + 1
            ))  # fmt: skip
            found += comparison.differences()
        else:
            cell = next((cell for cell in table.header if cell.place is not None), RawCell())
            side = Side(" ".join(table.labels), place=cell.place)
            found.append(Difference("extra-table", severity_of("extra-table", Kind.TEXT), number, transcript=side,
                                    region=transcript.region(cell)))  # fmt: skip
    if transcript.original.source.media_type not in ONE_TABLE or not pairs:
        left = [table for index, table in enumerate(tables) if index not in pairs.values()]
        found += [_missing_table(table) for table in left]
    return found


def _missing_table(table: Table) -> Difference:
    details = (("title", table.title), ("rows", str(len(table.rows))))
    place = table.rows[0].places[0] if table.rows and table.rows[0].places else None
    return Difference("missing-table", severity_of("missing-table", Kind.TEXT), original=Side(table.title, place=place),
                      details=details)  # fmt: skip


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
        doubted: The rows' keys and columns' names of which the reading of the original is in doubt.
    """

    transcript: Transcript
    table: RawTable
    number: int
    original: Table
    doubted: frozenset[tuple[str, str | None]]

    def differences(self) -> Iterator[Difference]:
        columns = pair_columns(self.table.columns, self.original.columns)
        yield from self._columns(columns)
        rows = self._rows(columns)
        pairs = align(self._keyed(rows, columns), self._keyed_original(columns))
        by_row = {pair.mine: pair for pair in pairs}
        missing = self._missing(pairs)
        last: Row | None = None
        check = RowCheck(self.transcript, self.number, self.original, columns, self._widened())
        for index, row in enumerate(rows):
            yield from (self._missing_row(other, row) for other in missing.pop(index, ()))
            yield from self._row_itself(row, by_row.get(index))
            if index in by_row:
                theirs = by_row[index].theirs
                yield from map(self._with_doubt, compare_row(check, row, theirs, last))
                last = self.original.rows[theirs]
        end = rows[-1] if rows else None
        yield from (self._missing_row(other, end) for others in missing.values() for other in others)

    def _rows(self, columns: dict[int, int]) -> Sequence[RawRow]:
        """Give the rows; the header is one of them where it has none of the original's labels."""
        if self._has_header(columns) or not self.table.header:
            return self.table.rows
        first = next((cell.place for cell in self.table.header if cell.place is not None), None)
        return (RawRow(self.table.header, first or Place()), *self.table.rows)

    def _has_header(self, columns: dict[int, int]) -> bool:
        labels = {plain_label(column.label) for column in self.original.columns}
        typed = [plain_label(label) for label in self.table.labels]
        like = sum(label in labels for label in typed)
        if like or not self.table.rows:
            return True
        texts = {squeeze(value.text) for row in self.original.rows for value in row.values}
        return sum(cell.ink in texts for cell in self.table.header if cell.ink) * 2 < len(columns)

    def _columns(self, columns: dict[int, int]) -> Iterator[Difference]:
        """Report labels that differ, and columns that are missing or extra."""
        if not self._has_header(columns):
            return
        for index, column in enumerate(self.table.columns):
            cell = self.table.header[index]
            side = Side(column.label, 0, len(column.label), cell.place)
            region = self.transcript.region(cell)
            if index not in columns:
                if any(row.cells[index].ink for row in self.table.rows if index < len(row.cells)):
                    yield Difference("extra-column", severity_of("extra-column", Kind.TEXT), self.number, None,
                                     column.label, side, region=region)  # fmt: skip
                continue
            label = self.original.columns[columns[index]].label
            if plain_label(column.label) != plain_label(label) and not label.endswith(column.label):
                yield Difference("other-label", severity_of("other-label", Kind.TEXT), self.number, None, label,
                                 side, Side(label, 0, len(label)), region)  # fmt: skip
        for index, column in enumerate(self.original.columns):
            filled = any(row.values[index].text for row in self.original.rows)
            if index not in columns.values() and filled:
                yield Difference("missing-column", severity_of("missing-column", Kind.TEXT), self.number, None,
                                 column.label, original=Side(column.label, 0, len(column.label)))  # fmt: skip

    def _telling(self, columns: dict[int, int]) -> dict[int, int]:
        """Give the columns that tell rows apart: not the key, and none that may be left blank for the one above."""
        plain = {a: b for a, b in columns.items() if not self.original.columns[b].key}
        telling = {a: b for a, b in plain.items() if not self.original.columns[b].carry}
        return telling or plain

    def _keyed(self, rows: Sequence[RawRow], columns: dict[int, int]) -> list[Keyed]:
        keys = [index for index, other in columns.items() if self.original.columns[other].key]
        return [
            Keyed(
                _key("".join(row.cells[index].text for index in keys if index < len(row.cells))),
                _joined(row.cells[index].ink for index in self._telling(columns) if index < len(row.cells)),
            )
            for row in rows
        ]

    def _keyed_original(self, columns: dict[int, int]) -> list[Keyed]:
        keys = [index for index in columns.values() if self.original.columns[index].key]
        return [
            Keyed(
                _key("".join(row.values[index].text for index in keys)),
                _joined(squeeze(row.values[index].text) for index in self._telling(columns).values()),
            )
            for row in self.original.rows
        ]

    def _original_key(self, index: int) -> int | str:
        return row_key(self.original.columns, self.original.rows[index], index)

    def _missing(self, pairs: Sequence[Pair]) -> dict[int, list[int]]:
        """Give the original's rows that the transcript lacks, by the row of the transcript that they stand before."""
        mine = {pair.theirs: pair.mine for pair in pairs}
        in_order = {pair.theirs: pair.mine for pair in pairs if pair.in_order}
        missing: dict[int, list[int]] = {}
        before = len(self.table.rows) + 1
        for index in reversed(range(len(self.original.rows))):
            before = in_order.get(index, before)
            # A row in which nothing is printed is nothing that could be missing.
            if index not in mine and any(value.text for value in self.original.rows[index].values):
                missing.setdefault(before, []).insert(0, index)
        return missing

    def _missing_row(self, index: int, row: RawRow | None) -> Difference:
        """Report a row of the original that should stand at this row's line, or behind it at the end."""
        other = self.original.rows[index]
        text = " ".join(value.text for value in other.values if value.text)
        return Difference(
            "missing-row", severity_of("missing-row", Kind.TEXT), self.number, self._original_key(index),
            transcript=Side(place=row.place if row else None),
            original=Side(text, 0, len(text), other.places[0] if other.places else None),
            region=None if row is None else self.transcript.line_region(row.place),
        )  # fmt: skip

    def _row_itself(self, row: RawRow, pair: Pair | None) -> Iterator[Difference]:
        """Report a row that is extra, out of order, or cut by a line end."""
        text = " ".join(cell.text for cell in row.cells if cell.ink)
        side = Side(text, 0, len(text), row.place)
        region = self.transcript.line_region(row.place)
        found = []
        if pair is None:
            found.append("extra-row")
        elif not pair.in_order:
            found.append("row-order")
        if row.broken:
            found.append("broken-row")
        key = self._original_key(pair.theirs) if pair else None
        for rule in found:
            yield Difference(rule, severity_of(rule, Kind.TEXT), self.number, key, None, side, region=region)

    def _widened(self) -> frozenset[tuple[str, str]]:
        """Give the cells (key and column) whose marks were repaired to full width: either width is as printed."""
        return frozenset(
            (each.row or "", each.column or "") for each in self.original.repairs if each.rule == "widen-punctuation"
        )

    def _with_doubt(self, difference: Difference) -> Difference:
        name = next((c.name for c in self.original.columns if c.label == difference.column), None)
        doubtful = (str(difference.row), name) in self.doubted or (str(difference.row), None) in self.doubted
        return replace(difference, doubtful=True) if doubtful else difference


def _joined(inks: Iterable[str]) -> str:
    """Join a row's cells, without what parts lists."""
    return "".join(inks).replace("、", "")


def _key(text: str) -> str:
    plain = squeeze(text)
    number = integer(plain)
    return plain if number is None else str(number)
