"""Check the shape of a repaired table: its header, and rows that are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from normalize.checks import Checked, integer
from normalize.header_rows import numbers_columns
from normalize.label_words import FORM_LABELS, reads_as_label
from normalize.page_rules import LOWEST_ROW
from schema.finding import Finding, Severity
from schema.profile import plain_label
from schema.table import Row

#: A label that is an amount, a share or a long number; a year is none.
_VALUE = re.compile(r"(?!(?:19|20)\d\d$)-?(?:\d[\d,]*\.\d+|\d[\d,]+|\d)%?")
#: One label of this many that reads as a value makes the header doubtful.
VALUE_LABELS = 5
#: One column may have no label, such as the first one of a statement; so many may not.
BLANK_LABELS = 2
#: A column that heads one label of a form and lists so many is a form's.
FEWEST_FORM_LABELS = 2
#: So does one of which this share of the texts read as labels, which end in so many ways.
MOST_LABELS, FEWEST_ENDS = 0.8, 4
#: From so many on, cells that begin with their columns' labels are a header's.
LABELS_IN_ROW = 3


def check_header(table: Checked) -> Iterator[Finding]:
    """Report labels that read as a record's values: the table may have no header of its own.

    So are a sentence, a number that its column counts on from, and those of a form, whose labels stand before what is
    filled in, not over it.
    """
    values = [column.label for column in table.columns if _VALUE.fullmatch(column.label)]
    is_record = any(_is_of_record(table, index) for index in range(len(table.columns)))
    is_form = any(_lists_labels(table, index) for index in range(len(table.columns)))
    if is_form:
        values = [column.label for column in table.columns if column.label and column.label not in FORM_LABELS]
    elif is_record:
        values = [column.label for column in table.columns if column.label]
    if is_form or is_record or len(values) * VALUE_LABELS >= len(table.columns):
        place = table.place(0) if table.rows else None
        yield Finding("doubtful-header", Severity.WARNING, (("labels", "、".join(values)),), table.number, place=place)


def _is_of_record(table: Checked, index: int) -> bool:
    """Tell whether a label can be a record's only: a sentence, or the number from which its column counts on."""
    label = table.columns[index].label
    number = integer(label)
    if number is None:
        return label.endswith("。")
    return bool(table.rows) and integer(table.rows[0].values[index].text) == number + 1


def _lists_labels(table: Checked, index: int) -> bool:
    """Tell whether a column goes on with labels of a form below one that is its own label.

    Several are, or nearly all of its texts read as labels, which end in many ways.
    """
    if table.columns[index].label not in FORM_LABELS:
        return False
    texts = {"".join(row.values[index].text.split()) for row in table.rows}
    if len(texts & FORM_LABELS) >= FEWEST_FORM_LABELS:
        return True
    labels = [text for text in texts if reads_as_label(text)]
    ends = {plain_label(text)[-2:] for text in labels}
    return len(ends) >= FEWEST_ENDS and len(labels) >= MOST_LABELS * len(texts)


def check_column_numbers(table: Checked) -> Iterator[Finding]:
    """Report a first row that counts the columns (甲, 1, 2, 3=1+2): it may be part of the header."""
    if table.rows and numbers_columns([value.text for value in table.rows[0].values]):
        yield table.finding("numbered-columns", Severity.WARNING, 0)


def check_low_rows(table: Checked) -> Iterator[Finding]:
    """Report a row that is too low for text: a gap between lines drawn doubled, or the edge of a table in a cell."""
    for index, row in enumerate(table.rows):
        boxes = [place.box for place in row.places if place.box is not None]
        if len(boxes) == len(row.places) == 1 and boxes[0][3] - boxes[0][1] < LOWEST_ROW:
            yield table.finding("low-row", Severity.WARNING, index)


def check_covered_rows(table: Checked) -> Iterator[Finding]:
    """Report a printed row that has no text but that of cells which it shares: it may be no record.

    It shares one at least with the row above, others with that or the row below: a merged cell's line that is drawn too
    high or too low cuts a strip from a row.  A file of rows and cells says itself what is one.
    """
    for index, (above, row) in enumerate(pairwise(table.rows), 1):
        below = table.rows[index + 1] if index + 1 < len(table.rows) else None
        own = [column for column, value in enumerate(row.values) if value.text]
        shared = [column for column in own if _is_shared(above, row, column)]
        others = (column for column in own if column not in shared)
        if shared and all(below is not None and _is_shared(below, row, column) for column in others):
            yield table.finding("covered-row", Severity.WARNING, index)


def _is_shared(one: Row, other: Row, column: int) -> bool:
    """Tell whether two rows have a printed cell in common."""
    places = other.values[column].places
    return bool(places) and places[0].box is not None and one.values[column].places == places


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


def check_stacked_rows(table: Checked) -> Iterator[Finding]:
    """Report a row whose cells all hold as many lines: rows without a ruling line between them."""
    for index, count in enumerate(table.stacked):
        if count:
            yield table.finding("unruled-rows", Severity.WARNING, index, count=str(count))
