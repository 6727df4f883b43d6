"""Repair cells that stand in the wrong column, twice, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from normalize.characters import ordinal, squeeze
from normalize.edits import Change, Edit
from normalize.sheet import Sheet, Slot, State
from schema.profile import Kind

#: A column's labels are numbered where at least this share of them starts with a number.
MOSTLY = 0.5


def put_back_shifted_cell(sheet: Sheet) -> Iterator[Edit]:
    """Put a cell back that stands one column too far left, its own column blank.

    It is known by its text: elsewhere it is printed in the right column, or the wrong
    column's labels are numbered and it has no number.

    Leaves alone a label without a number in a column where none has one, and one at a page's top in a table whose
    merged cells are known: it is the rest of the one above.
    """
    for left, right in _label_pairs(sheet):
        numbered = _is_numbered(sheet, left)
        known = Counter(squeeze(row.slots[right].text) for row in sheet.rows if row.slots[right].text)
        for index, row in enumerate(sheet.rows):
            slot, own = row.slots[left], row.slots[right]
            if slot.state is not State.PRINTED or not own.blank or (sheet.spans_known and sheet.after_break(index)):
                continue
            text = squeeze(slot.text)
            if ordinal(text) is None and (numbered or known[text]):
                why = "known in the next column" if known[text] else "has no number"
                yield Change(index, right, Slot(State.PRINTED, slot.text, slot.lines, slot.places), why)
                yield Change(index, left, Slot(State.BLANK, places=own.places), why)


def drop_duplicated_cell(sheet: Sheet) -> Iterator[Edit]:
    """Drop a cell that is printed twice, in its own column and in the one before.

    Leaves alone two equal cells where the first column's labels are not numbered and the
    text is one of them.
    """
    for left, right in _label_pairs(sheet):
        numbered = _is_numbered(sheet, left)
        labels = Counter(squeeze(row.slots[left].text) for row in sheet.rows if row.slots[left].text)
        for index, row in enumerate(sheet.rows):
            slot, own = row.slots[left], row.slots[right]
            if slot.state is not State.PRINTED or own.state is not State.PRINTED:
                continue
            text = squeeze(slot.text)
            if text != squeeze(own.text) or ordinal(text) is not None:
                continue
            if numbered or labels[text] == 1:
                yield Change(index, left, Slot(State.BLANK, places=slot.places), "")


def fill_shared_cell(sheet: Sheet) -> Iterator[Edit]:
    """Fill the leader and the unit that a row shares with the row above.

    In a transcription a merged cell leaves blanks behind.  Where all columns that must be
    filled with people and units are blank together, they were merged.

    Leaves alone a row in which only one of them is blank, and any table whose merged cells
    are known: there a blank is a blank, and is reported.
    """
    if sheet.spans_known:
        return
    needed = [index for index, column in enumerate(sheet.columns) if column.required and column.kind.is_list]
    if not needed:
        return
    above: list[Slot] | None = None
    for index, row in enumerate(sheet.rows):
        if not all(row.slots[column].blank for column in needed):
            above = row.slots
            continue
        if above is None or not _is_record(sheet, index):
            continue
        for column in needed:
            slot = above[column]
            yield Change(index, column, Slot(State.COVERED_FROM_ABOVE, slot.text, slot.lines, slot.places), "")


def _is_record(sheet: Sheet, index: int) -> bool:
    """Tell whether a row is a record of its own: it has text that must be there, and sums no others up."""
    slots = sheet.rows[index].slots
    return sheet.rows[index].total is None and any(
        slot.text for slot, column in zip(slots, sheet.columns, strict=True) if column.kind is Kind.PROSE
    )


def unify_label(sheet: Sheet) -> Iterator[Edit]:
    """Write labels alike that differ only in spaces or line ends, as most of them are written.

    Leaves alone labels that differ in any printed character.
    """
    for column, kind in enumerate(sheet.columns):
        if kind.kind is not Kind.LABEL:
            continue
        written: dict[str, Counter[str]] = {}
        for row in sheet.rows:
            text = row.slots[column].text
            if text:
                written.setdefault(squeeze(text), Counter())[text] += 1
        for index, row in enumerate(sheet.rows):
            slot = row.slots[column]
            if not slot.text:
                continue
            forms = written[squeeze(slot.text)]
            usual = min(forms, key=lambda form: (-forms[form], len(form), form))
            if slot.text != usual:
                yield Change(index, column, slot.with_text(usual), "")


def _label_pairs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give each pair of neighbouring columns that both group rows."""
    for left in range(len(sheet.columns) - 1):
        first, second = sheet.columns[left], sheet.columns[left + 1]
        if first.carry and second.carry and first.kind is second.kind is Kind.LABEL:
            yield left, left + 1


def _is_numbered(sheet: Sheet, column: int) -> bool:
    labels = {squeeze(row.slots[column].text) for row in sheet.rows if row.slots[column].state is State.PRINTED}
    numbered = sum(ordinal(label) is not None for label in labels)
    return bool(labels) and numbered >= MOSTLY * len(labels)
