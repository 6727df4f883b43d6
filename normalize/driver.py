"""Apply rules to a sheet, and record what they changed: the only place that does either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from normalize.characters import squeeze
from normalize.column_habits import holds_single_names, is_marked, name_padding, pads_long_names, parts_by_space
from normalize.edits import Change, Drop, Edit, Insert, Join
from normalize.sheet import SENTENCE_ENDS, Sheet, SheetRow, State
from normalize.vocabulary import Vocabulary
from schema.profile import Kind
from schema.repair import Repair

StructureFunction = Callable[[Sheet], Iterable[Edit]]
TextFunction = Callable[[str], str]
#: Takes the text, and the vocabulary by name.
ListFunction = Callable[..., str]

_ANY = re.compile("")
#: Stands between the text of two pages in a repair's ``before``.
PAGE_BREAK = "\f"


def rule_name(function: Callable[..., object]) -> str:
    """Give the name of the rule that a function is.

    >>> rule_name(squeeze)
    'squeeze'
    """
    return function.__name__.replace("_", "-")


def _never(text: str) -> bool:
    """Leave no doubt."""
    del text
    return False


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a rule ready to be applied to a text."""

    name: str
    function: TextFunction
    doubts: Callable[[str], bool] = _never


@dataclass(frozen=True, slots=True)
class TextRule:
    """Say for which kinds of columns a text rule is, and which characters a text has that it changes.

    Args:
        touches: The inside of a regular expression's class: a text without any of these stays as it is.
    """

    function: TextFunction
    kinds: frozenset[Kind]
    touches: str


@dataclass(frozen=True, slots=True)
class ListRule:
    """Say for which kinds of columns a list rule is, and what tells that it leaves a doubt."""

    function: ListFunction
    kinds: frozenset[Kind]
    doubts: Callable[..., bool] | None = None


def apply_structure_rule(sheet: Sheet, function: StructureFunction) -> None:
    """Apply one structure rule's edits to the sheet: changes, then what moves rows.

    Rows are dropped and put in from the end, so that those before keep their places.  They are joined
    from the top: what a cell has become by then tells whether the next page prints it again.
    """
    name = rule_name(function)
    edits = list(function(sheet))
    for edit in edits:
        if isinstance(edit, Change):
            _change(sheet, edit, name)
    for edit in sorted((e for e in edits if isinstance(e, Drop | Insert)), key=lambda e: e.row, reverse=True):
        if isinstance(edit, Drop):
            _drop(sheet, edit, name)
        else:
            _insert(sheet, edit, name)
    joins = sorted((e for e in edits if isinstance(e, Join)), key=lambda e: e.row)
    for gone, edit in enumerate(joins):
        _join(sheet, replace(edit, row=edit.row - gone), name)


def apply_text_rules(sheet: Sheet, rules: Sequence[TextRule]) -> None:
    """Apply text rules in order to each printed cell of their kinds."""
    by_kind = {
        kind: [Named(rule_name(rule.function), rule.function) for rule in rules if kind in rule.kinds] for kind in Kind
    }
    touched = re.compile(f"[{''.join(rule.touches for rule in rules)}]")
    _apply_to_cells(sheet, [by_kind[column.kind] for column in sheet.columns], touched)


def apply_list_rules(sheet: Sheet, rules: Sequence[ListRule], vocabulary: Vocabulary) -> None:
    """Apply list rules in order to each printed cell of their kinds, by how its column parts items."""
    named: list[list[Named]] = []
    for index, column in enumerate(sheet.columns):
        texts = sheet.printed(index) if column.kind.is_list else []
        known = replace(
            vocabulary,
            marked=is_marked(texts),
            padding=name_padding(texts),
            pads_long=pads_long_names(texts),
            spaced=parts_by_space(texts),
            single=column.kind is Kind.UNITS and holds_single_names(texts),
        )
        named.append(
            [
                Named(
                    rule_name(rule.function),
                    partial(rule.function, vocabulary=known),
                    partial(rule.doubts, vocabulary=known) if rule.doubts else _never,
                )
                for rule in rules
                if column.kind in rule.kinds
            ]
        )
    _apply_to_cells(sheet, named)


def _apply_to_cells(sheet: Sheet, rules: Sequence[Sequence[Named]], touched: re.Pattern[str] = _ANY) -> None:
    """Put each printed cell's text through its column's rules, recording each change and each doubt.

    A text without any of the characters that are `touched` is passed over.
    """
    for row in sheet.rows:
        for column, slot in enumerate(row.slots):
            if slot.state is not State.PRINTED or not touched.search(slot.text):
                continue
            text = slot.text
            for rule in rules[column]:
                before, text = text, rule.function(text)
                doubtful = rule.doubts(before)
                if text != before or doubtful:
                    label, key = sheet.columns[column].name, sheet.key_of(row)
                    repair = Repair(rule.name, before, text, "", key, label, slot.places, doubtful)
                    (sheet.repairs if text != before else sheet.doubts).append(repair)
            if text != slot.text:
                row.slots[column] = slot.with_text(text)


def _change(sheet: Sheet, edit: Change, name: str) -> None:
    row = sheet.rows[edit.row]
    old = row.slots[edit.column]
    row.slots[edit.column] = edit.slot
    same = old.text == edit.slot.text
    if same and not edit.doubtful:
        return
    places = edit.slot.places or old.places
    column = sheet.columns[edit.column].name
    repair = Repair(name, old.text, edit.slot.text, edit.why, sheet.key_of(row), column, places, edit.doubtful)
    (sheet.doubts if same else sheet.repairs).append(repair)


def _drop(sheet: Sheet, edit: Drop, name: str) -> None:
    row = sheet.rows.pop(edit.row)
    if row.first and not edit.begins and edit.row < len(sheet.rows) and sheet.rows[edit.row].part == row.part:
        sheet.rows[edit.row].first = True
    sheet.repairs.append(Repair(name, "\t".join(row.texts), "", edit.why, None, None, tuple(row.places)))


def _insert(sheet: Sheet, edit: Insert, name: str) -> None:
    above = sheet.rows[edit.row - 1]
    for row in sheet.rows[edit.row - edit.header_rows : edit.row]:
        row.header = True
    sheet.rows.insert(edit.row, SheetRow(list(edit.slots), above.part, first=False, places=list(edit.places)))
    after = "\t".join(slot.text for slot in edit.slots)
    sheet.repairs.append(Repair(name, "", after, edit.why, None, None, edit.places))


def _join(sheet: Sheet, edit: Join, name: str) -> None:
    """Put each printed cell of a row behind the cell above that it goes on with."""
    row = sheet.rows.pop(edit.row)
    above = sheet.rows[edit.row - 1]
    # One empty cell over several columns is no cell of theirs where the rest has one each.
    across = above.across()
    for column, lower in enumerate(row.slots):
        if lower.state is not State.PRINTED:
            if lower.blank and column in across:
                above.slots[column] = lower
            elif lower.blank:
                # The rest of the cell above has no text, but its foot is the cell's.
                target = sheet.owner(edit.row - 1, column)
                slot = sheet.rows[target].slots[column]
                sheet.rows[target].slots[column] = slot._replace(open_bottom=lower.open_bottom)
            continue
        target = sheet.owner(edit.row - 1, column)
        upper = sheet.rows[target].slots[column]
        same = squeeze(lower.text) == squeeze(upper.text)
        if column in edit.again and not same and _hand_down(sheet, column, row, edit.row):
            sheet.rows[target].slots[column] = upper._replace(
                open_bottom=lower.open_bottom, lines_below=lower.lines_below
            )
            continue
        joined = upper if same or column in edit.again else upper.with_rest(lower)
        sheet.rows[target].slots[column] = joined._replace(open_bottom=lower.open_bottom, lines_below=lower.lines_below)
        before = f"{upper.text}{PAGE_BREAK}{lower.text}"
        places = upper.places + lower.places
        key, label = sheet.key_of(sheet.rows[target]), sheet.columns[column].name
        # A cell may well hold the same sentence twice.
        doubtful = edit.doubtful or (same and lower.text[-1] in SENTENCE_ENDS)
        sheet.repairs.append(Repair(name, before, joined.text, edit.why, key, label, places, doubtful))
    above.places.extend(row.places)


def _hand_down(sheet: Sheet, column: int, row: SheetRow, below: int) -> bool:
    """Give a cell of a row that was taken out to the one below it, if it covers that as well; tell whether it does."""
    if below == len(sheet.rows) or sheet.rows[below].part != row.part:
        return False
    slots = sheet.rows[below].slots
    if slots[column].state is not State.COVERED_FROM_ABOVE:
        return False
    slots[column] = row.slots[column]
    return True
