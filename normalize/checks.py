"""Check the repaired rows for what cannot be right.

Each check reads a `Checked` table and gives findings; none changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from normalize.characters import chinese_integer, is_total, ordinal
from normalize.list_rules import list_items
from normalize.totals import sums_up
from schema.finding import Finding, Place, Severity
from schema.profile import Column, Kind
from schema.repair import Repair
from schema.table import Ledger, Row

#: A required column that is blank in more rows than this share is lawfully so in this table.
LAWFUL_BLANKS = 0.1


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


#: A label that is an amount, a share or a long number; a year is none.
_VALUE = re.compile(r"(?!(?:19|20)\d\d$)-?(?:\d[\d,]*\.\d+|\d[\d,]+|\d)%?")
#: One label of this many that reads as a value makes the header doubtful.
VALUE_LABELS = 5
#: One column may have no label, such as the first one of a statement; so many may not.
BLANK_LABELS = 2
#: Labels of forms, which stand before what is filled in; a column that heads one and lists so many is a form's.
FORM_LABELS = frozenset((
    "姓名", "性别", "民族", "籍贯", "年龄", "出生年月", "出生日期", "政治面貌", "学历", "学位", "职务", "职称",
    "身份证号", "身份证号码", "工作单位", "联系电话", "电话", "手机", "传真", "邮编", "邮箱", "电子邮箱", "地址",
    "通讯地址", "联系地址", "联系人", "单位名称", "企业名称", "法定代表人", "统一社会信用代码", "申请人", "项目名称",
    "建设单位", "填表人", "填表日期", "主要事迹", "工作简历", "推荐单位意见", "审批意见", "备注",
))  # fmt: skip
FEWEST_FORM_LABELS = 2
#: No line of text is as low as this (points).
LOWEST_ROW = 5.0
#: So many cells that count their columns are a row of column numbers.
FEWEST_COUNTED = 3
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2})[)）]?(?:=.*)?")
#: From so many on, cells that begin with their columns' labels are a header's.
LABELS_IN_ROW = 3
Check = Callable[[Checked], Iterator[Finding]]


def integer(text: str) -> int | None:
    """Read a row's number: digits, Chinese, in brackets or with a mark behind.

    >>> [integer(t) for t in ("12", "（3）", "4.", "十二", "③", "1-2", "")]
    [12, 3, 4, 12, 3, None, None]
    """
    plain = text.strip("（）()[]【】.．、 ")
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
    """Report a row number that is no number, but in a row that sums others up."""
    for column in table.columns_of(Kind.INTEGER):
        for index, row in enumerate(table.rows):
            text = row.values[column].text
            if text and integer(text) is None and not is_total(text):
                yield table.finding("not-a-number", Severity.WARNING, index, column, text=text)


def check_characters(table: Checked) -> Iterator[Finding]:
    """Report characters that the ledger cannot account for."""
    if not table.ledger.balanced:
        details = (("missing", _counted(table.ledger.missing)), ("surplus", _counted(table.ledger.surplus)))
        yield Finding("characters-unaccounted", Severity.ERROR, details, table=table.number)


def _counted(counts: Mapping[str, int]) -> str:
    shown = " ".join(f"{char}×{count}" if count > 1 else char for char, count in list(counts.items())[:20])
    return (shown + " …" if len(counts) > 20 else shown) or "-"


def check_header(table: Checked) -> Iterator[Finding]:
    """Report labels that read as a record's values: the table may have no header of its own.

    So are those of a form, whose labels stand before what is filled in, not over it.
    """
    values = [column.label for column in table.columns if _VALUE.fullmatch(column.label)]
    is_form = any(_lists_labels(table, index) for index in range(len(table.columns)))
    if is_form:
        values = [column.label for column in table.columns if column.label and column.label not in FORM_LABELS]
    if is_form or len(values) * VALUE_LABELS >= len(table.columns):
        place = table.place(0) if table.rows else None
        yield Finding("doubtful-header", Severity.WARNING, (("labels", "、".join(values)),), table.number, place=place)


def _lists_labels(table: Checked, index: int) -> bool:
    """Tell whether a column goes on with labels of a form below one that is its own label."""
    if table.columns[index].label not in FORM_LABELS:
        return False
    texts = {"".join(row.values[index].text.split()) for row in table.rows}
    return len(texts & FORM_LABELS) >= FEWEST_FORM_LABELS


def check_column_numbers(table: Checked) -> Iterator[Finding]:
    """Report a first row that counts the columns (甲, 1, 2, 3=1+2): it may be part of the header."""
    texts = [value.text.replace(" ", "") for value in table.rows[0].values] if table.rows else []
    stems = [text for text in texts if text and text in _STEMS]
    numbers = [int(found[1]) for text in texts if (found := _COLUMN_NUMBER.fullmatch(text))]
    begin = numbers[0] if numbers else 0
    counted = "".join(stems) == _STEMS[: len(stems)] and numbers == list(range(begin, begin + len(numbers)))
    if counted and len(stems) + len(numbers) == len(texts) >= FEWEST_COUNTED and begin in (1, len(stems) + 1):
        yield table.finding("numbered-columns", Severity.WARNING, 0)


def check_low_rows(table: Checked) -> Iterator[Finding]:
    """Report a row that is too low for text: a gap between lines drawn doubled, or the edge of a table in a cell."""
    for index, row in enumerate(table.rows):
        boxes = [place.box for place in row.places if place.box is not None]
        if len(boxes) == len(row.places) == 1 and boxes[0][3] - boxes[0][1] < LOWEST_ROW:
            yield table.finding("low-row", Severity.WARNING, index)


def check_table(table: Checked) -> Iterator[Finding]:
    """Report a table without records, and one of which several columns have no label.

    It may be a form or a drawing, or a page break cut its header.
    """
    blank = sum(not column.label for column in table.columns)
    if blank >= BLANK_LABELS or not table.rows:
        place = table.place(0) if table.rows else None
        details = (("blank", str(blank)), ("count", str(len(table.rows))))
        yield Finding("doubtful-table", Severity.WARNING, details, table.number, place=place)


def check_labels_in_rows(table: Checked) -> Iterator[Finding]:
    """Report a row of which several cells begin with their labels: the header that a page prints again is in it.

    Leaves alone a row with one such cell, and labels of one character.
    """
    labels = [(index, column.label) for index, column in enumerate(table.columns) if len(column.label) > 1]
    for index, row in enumerate(table.rows):
        begun = [label for column, label in labels if row.values[column].text.startswith(label)]
        if len(begun) >= LABELS_IN_ROW:
            yield table.finding("label-in-row", Severity.WARNING, index, labels="、".join(begun))


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
            details = (("text", " ".join(repair.before.split())),)
            yield Finding("table-note", Severity.NOTE, details, table=table.number, place=place)


def check_stacked_rows(table: Checked) -> Iterator[Finding]:
    """Report a row whose cells all hold as many lines: rows without a ruling line between them."""
    for index, count in enumerate(table.stacked):
        if count:
            yield table.finding("unruled-rows", Severity.WARNING, index, count=str(count))


def distinct_items(table: Checked, column: int) -> Iterator[tuple[int, str]]:
    """Give each row's items of a list column."""
    for index, row in enumerate(table.rows):
        for item in list_items(row.values[column].text):
            yield index, item


def run_checks(table: Checked, checks: Sequence[Check]) -> tuple[Finding, ...]:
    """Run checks in order, and give all their findings."""
    return tuple(finding for check in checks for finding in check(table))
