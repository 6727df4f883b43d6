"""Check the repaired rows for what cannot be right.

Each check reads a `Checked` table and gives findings; none changes anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from normalize.characters import chinese_integer, is_total, ordinal, squeeze_lines, without_note_mark
from normalize.list_rules import list_items
from normalize.shapes import numbers_alike
from normalize.totals import sums_up
from schema.finding import Finding, Place, Severity
from schema.profile import Column, Kind
from schema.repair import Repair
from schema.table import Ledger, Row

#: A required column that is blank in more rows than this share is lawfully so in this table.
LAWFUL_BLANKS = 0.1
#: A number column holds codes where so many, and this share of its texts, have one shape.
FEWEST_CODES, MOST_CODES = 3, 0.8


@dataclass(frozen=True)
class Checked:
    """Hold a repaired table with what the checks need to know of it.

    Args:
        carried: Whether each row's key was carried from the row above (a merged key).
        broken: Whether each row is the first of a page and begins with a blank cell.
        stacked: How many lines each row's cells hold in common (`SheetRow.stacked`).
        doubts: Readings that changed nothing, but could have.
        guessed: The columns whose blanks were filled because they seem to group rows.
        before: The last number of the table before, from which this one may go on.
    """

    number: int
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    carried: Sequence[bool]
    declared: Mapping[str, int]
    counts: Mapping[str, int]
    ledger: Ledger
    repairs: Sequence[Repair] = ()
    doubts: Sequence[Repair] = ()
    stacked: Sequence[int] = ()
    guessed: tuple[int, ...] = ()
    broken: Sequence[bool] = ()
    before: int | None = None

    @cached_property
    def key(self) -> int | None:
        """Give the index of the key column, if there is one."""
        return next((index for index, column in enumerate(self.columns) if column.key), None)

    def row_key(self, index: int) -> int | str:
        """Give a row's key as a number where it is one, and its place where it has none."""
        return row_key(self.columns, self.rows[index], index)

    def place(self, index: int, column: int | None = None) -> Place | None:
        """Give the place of a cell, or of its row where the cell has none."""
        row = self.rows[index]
        places = row.places if column is None else row.values[column].places or row.places
        return places[0] if places else None

    def finding(
        self,
        rule: str,
        severity: Severity,
        index: int,
        column: int | None = None,
        suggestion: str | None = None,
        **details: str,
    ) -> Finding:
        """Make a finding on a row or cell."""
        return Finding(
            rule=rule,
            severity=severity,
            details=tuple(details.items()),
            table=self.number,
            row=self.row_key(index),
            column=None if column is None else self.columns[column].name,
            suggestion=suggestion,
            place=self.place(index, column),
        )

    def columns_of(self, *kinds: Kind) -> Iterator[int]:
        """Give the indexes of the columns of these kinds."""
        return (index for index, column in enumerate(self.columns) if column.kind in kinds)


Check = Callable[[Checked], Iterator[Finding]]


def integer(text: str) -> int | None:
    """Read a row's number: digits, Chinese, in brackets or with a mark behind.

    >>> [integer(t) for t in ("12", "（3）", "4.", "十二", "③", "26⁷", "1-2", "")]
    [12, 3, 4, 12, 3, 26, None, None]
    """
    plain = without_note_mark(text).strip("（）()[]【】.．、 ")
    if len(plain) == 1 and "①" <= plain <= "⑳":
        return ord(plain) - ord("①") + 1
    return chinese_integer(plain) if plain else None


def row_key(columns: Sequence[Column], row: Row, index: int) -> int | str:
    """Give a row's key: a number where it is one, else as printed; its place, counting from 1, where it has none."""
    text = next((value.text for column, value in zip(columns, row.values, strict=True) if column.key), "")
    number = integer(text)
    return number if number is not None else (text or index + 1)


def check_sequence(table: Checked) -> Iterator[Finding]:
    """Report numbers that are missing, stand twice or out of order.

    Counting may start anew, as in each category; then each run is checked by itself.  Where records stand side by
    side, each under a label for its number, they count along the rows or down the columns, whichever fits.
    """
    if table.key is None:
        return
    label = table.columns[table.key].label
    keys = [index for index, column in enumerate(table.columns) if column.label == label]
    rows = range(len(table.rows))
    along = list(_miscounts(table, ((row, column) for row in rows for column in keys)))
    down = list(_miscounts(table, ((row, column) for column in keys for row in rows))) if len(keys) > 1 else along
    yield from min(along, down, key=len)
    yield from _late_start(table, table.key)


def _late_start(table: Checked, key: int) -> Iterator[Finding]:
    """Report a table whose first number is neither one nor the next of the table before: rows above it may be lost."""
    numbers = ((index, integer(row.values[key].text)) for index, row in enumerate(table.rows))
    index, first = next(((index, number) for index, number in numbers if number is not None), (0, 1))
    if first > 1 and first - 1 != table.before:
        begin = table.before + 1 if table.before is not None and table.before < first else 1
        missing = f"{begin}" if begin == first - 1 else f"{begin}-{first - 1}"
        yield table.finding("sequence-gap", Severity.WARNING, index, key, missing=missing)


def _miscounts(table: Checked, cells: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """Report each number that does not follow the one before it, in the cells (row, column) as they come."""
    before: int | None = None
    seen: set[int] = set()
    for index, column in cells:
        number = integer(table.rows[index].values[column].text)
        if number is None or (table.carried[index] and column == table.key):
            continue
        if before is not None and number != before + 1 and not (number == 1 and before > 1):
            if number > before:
                missing = f"{before + 1}" if number == before + 2 else f"{before + 1}-{number - 1}"
                yield table.finding("sequence-gap", Severity.ERROR, index, column, missing=missing)
            else:
                rule = "sequence-duplicate" if number in seen else "sequence-order"
                yield table.finding(rule, Severity.ERROR, index, column, number=str(number))
        before = number
        seen.add(number)


def check_declared_total(table: Checked) -> Iterator[Finding]:
    """Report a total that the notice declares and its rows do not give."""
    for name, number in table.declared.items():
        found = table.counts.get(name)
        if found is not None and found != number:
            details = (("name", name), ("declared", str(number)), ("found", str(found)))
            yield Finding("declared-total", Severity.ERROR, details, table=table.number)


def check_category_order(table: Checked) -> Iterator[Finding]:
    """Report a numbered category that does not follow the one before it.

    Leaves alone labels that group no rows: a statement's items are numbered on several levels.
    """
    for column in table.columns_of(Kind.LABEL):
        if not table.columns[column].carry:
            continue
        before: int | None = None
        text_before = ""
        for index, row in enumerate(table.rows):
            text = row.values[column].text
            number = ordinal(text)
            if text != text_before and number is not None:
                if before is not None and number not in (before + 1, 1):
                    yield table.finding("category-order", Severity.WARNING, index, column, text=text)
                before = number
            text_before = text or text_before


def check_required(table: Checked) -> Iterator[Finding]:
    """Report blanks in columns that must be filled, unless the table leaves many blank.

    A column that groups rows has a label for each, or none at all.
    """
    columns = [column for column, described in enumerate(table.columns) if described.required]
    blank: dict[int, list[int]] = {column: [] for column in columns}
    for index, row in enumerate(table.rows if columns else ()):
        for column in columns:
            if not (row.values[column].text or sums_up(row)):
                blank[column].append(index)
    for column, blanks in blank.items():
        described = table.columns[column]
        lawful = len(table.rows) - 1 if described.carry else max(1, LAWFUL_BLANKS * len(table.rows))
        if len(blanks) > lawful and not described.key:
            details = (("column", described.label), ("count", str(len(blanks))))
            yield Finding("often-blank", Severity.NOTE, details, table=table.number, column=described.name)
            continue
        for index in blanks:
            yield table.finding("required-blank", Severity.WARNING, index, column, label=described.label)


def check_kind(table: Checked) -> Iterator[Finding]:
    """Report a row number that is no number, but in a row that sums others up.

    Where a column has codes of one shape instead, those are reported once, and what differs from them row by row.
    """
    for column in table.columns_of(Kind.INTEGER):
        texts = [(index, row.values[column].text) for index, row in enumerate(table.rows)]
        texts = [(index, text) for index, text in texts if text and not is_total(text)]
        others = [(index, text) for index, text in texts if integer(text) is None]
        shapes = Counter(numbers_alike(text) for _, text in others)
        shape, count = next(iter(shapes.most_common(1)), ("", 0))
        if count >= max(FEWEST_CODES, MOST_CODES * len(texts)):
            others = [(index, text) for index, text in texts if numbers_alike(text) != shape]
            details = (("text", next(text for _, text in texts if numbers_alike(text) == shape)),)
            name = table.columns[column].name
            yield Finding("not-a-number", Severity.NOTE, details, table=table.number, column=name)
        for index, text in others:
            yield table.finding("not-a-number", Severity.WARNING, index, column, text=text)


def check_characters(table: Checked) -> Iterator[Finding]:
    """Report characters that the ledger cannot account for."""
    if not table.ledger.balanced:
        details = (("missing", _counted(table.ledger.missing)), ("surplus", _counted(table.ledger.surplus)))
        yield Finding("characters-unaccounted", Severity.ERROR, details, table=table.number)


def _counted(counts: Mapping[str, int]) -> str:
    shown = " ".join(f"{char}×{count}" if count > 1 else char for char, count in list(counts.items())[:20])
    return (shown + " …" if len(counts) > 20 else shown) or "-"


def check_page_break(table: Checked) -> Iterator[Finding]:
    """Report a page's first row that begins with a blank: it may belong to the row above the break."""
    for index, broken in enumerate(table.broken):
        if broken:
            yield table.finding("blank-at-break", Severity.WARNING, index)


def check_grouping(table: Checked) -> Iterator[Finding]:
    """Report a column whose blank cells were filled from above, though no profile says that it groups rows."""
    for column in table.guessed:
        described = table.columns[column]
        details = (("column", described.label),)
        yield Finding("assumed-grouping", Severity.NOTE, details, table=table.number, column=described.name)


def check_notes(table: Checked) -> Iterator[Finding]:
    """Report each note that was taken out of the rows, with its text."""
    for repair in table.repairs:
        if repair.rule == "drop-table-note":
            place = repair.places[0] if repair.places else None
            details = (("text", squeeze_lines(repair.before)),)
            yield Finding("table-note", Severity.NOTE, details, table=table.number, place=place)


def distinct_items(table: Checked, column: int) -> Iterator[tuple[int, str]]:
    """Give each row's items of a list column."""
    for index, row in enumerate(table.rows):
        for item in plain_items(row.values[column].text):
            yield index, item


def plain_items(text: str) -> list[str]:
    """Give the items of a list without the marks of notes behind them.

    >>> plain_items("区财政局¹、区科委")
    ['区财政局', '区科委']
    """
    return [without_note_mark(item) for item in list_items(text)]


def run_checks(table: Checked, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """Run checks in order, and give all their findings."""
    return tuple(finding for check in checks for finding in check(table))
