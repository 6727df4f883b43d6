"""Tell which columns group rows, where no profile says so: by what is merged and what is left blank.

A column groups rows where a table prints its text once for several rows: in a merged cell, or with
blank cells below it.  Such columns stand at the left, each within the one before it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from normalize.characters import squeeze
from normalize.sheet import Sheet, State
from schema.profile import Kind

#: What a column may hold whose blanks alone tell that it groups rows.
GROUPING = frozenset((Kind.LABEL, Kind.TEXT, Kind.UNITS, Kind.DATE))
#: Rows whose cell is blank must be filled further right in at least this share, to be records at all.
FILLED = 0.9
#: So many codes show what kind of column theirs is.
FEWEST_CODES = 4
#: The number of a row, in brackets or with a mark behind it.
_NUMBER = re.compile(r"[（(]?(?:\d+(?:[.-]\d+)*|[一二三四五六七八九十百零]+)[)）、.．]?")
#: A column groups rows where at least this share of them stands in merged cells; a header within the
#: table has a few.
MERGED_SHARE = 0.25
#: Fewer blanks than this, and than this share of the rows, may be gaps.
FEWEST_BLANKS, BLANK_SHARE = 2, 0.1


def mark_grouping_columns(sheet: Sheet) -> tuple[int, ...]:
    """Mark the columns at the left that group rows as carrying; give those told by blanks alone."""
    guessed: list[int] = []
    merges = False
    for index, column in enumerate(sheet.columns):
        if column.key or column.carry or index == sheet.section or _has_codes(sheet, index):
            continue
        if column.known or column.kind is Kind.PROSE:
            break
        by_spans = _merges(sheet, index)
        # A table that merges some labels leaves no blanks in the stead of others.
        blanks = not merges and column.kind in GROUPING and _blanks_group(sheet, index, nested=bool(guessed))
        if not (by_spans or blanks):
            break
        merges = merges or by_spans
        columns = list(sheet.columns)
        columns[index] = replace(column, carry=True)
        sheet.columns = tuple(columns)
        if not by_spans:
            guessed.append(index)
    return tuple(guessed)


def _has_codes(sheet: Sheet, column: int) -> bool:
    """Tell whether a column gives each row a code of its own, as a second number beside the key."""
    texts = [squeeze(text) for text in sheet.printed(column)]
    if len(set(texts)) < len(texts) or len(texts) < FILLED * len(sheet.rows) or len(texts) < FEWEST_CODES:
        return False
    return all(_NUMBER.fullmatch(text) or (text.isascii() and any(map(str.isdigit, text))) for text in texts)


def _merges(sheet: Sheet, column: int) -> bool:
    """Tell whether a column has merged cells that cover several records."""
    grouped = sum(row.slots[column].spans or row.slots[column].covered for row in sheet.rows)
    return grouped >= MERGED_SHARE * len(sheet.rows) and grouped > 0 and not _covers_all(sheet, column)


def _covers_all(sheet: Sheet, column: int) -> bool:
    """Tell whether whole rows are merged alike, so that they are one record and no group."""
    return all(all(slot.spans or slot.covered for slot in row.slots) for row in sheet.rows if row.slots[column].spans)


def _blanks_group(sheet: Sheet, column: int, *, nested: bool) -> bool:
    """Tell whether the blanks of a column stand for the text above them.

    Args:
        sheet: As it was laid.
        column: Which one.
        nested: Whether blanks group rows in a column before it: then a few are enough here.
    """
    # The rest of a row that a page break cut is blank in most columns.
    records = [
        row
        for index, row in enumerate(sheet.rows)
        if not (row.banner or sheet.after_break(index)) and row.total is None
    ]
    blank = [row for row in records if row.slots[column].blank]
    printed = [row for row in records if row.slots[column].state is State.PRINTED]
    if not printed or not records or records[0].slots[column].blank:
        return False
    if not _nests(sheet, column):
        return False
    blanks = sum(row.slots[column].blank for row in sheet.rows) if nested and blank else len(blank)
    if blanks < max(FEWEST_BLANKS, 0 if nested else BLANK_SHARE * len(records)):
        return False
    right = range(column + 1, len(sheet.columns))
    filled = sum(any(row.slots[other].text for other in right) for row in blank)
    return filled >= FILLED * len(blank) and any(
        sum(bool(row.slots[other].text) or row.slots[other].covered for row in records) >= FILLED * len(records)
        for other in right
    )


def _nests(sheet: Sheet, column: int) -> bool:
    """Tell whether the column begins anew wherever the grouping column before it does.

    Of a row that a page break cuts, the text may stand in the other part.
    """
    outer = [i for i in range(column) if sheet.columns[i].carry]
    if not outer:
        return True
    return all(
        not row.slots[column].blank or row.first or sheet.before_break(index)
        for index, row in enumerate(sheet.rows)
        if row.slots[outer[-1]].state is State.PRINTED and not row.banner
    )
