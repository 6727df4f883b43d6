"""Know a sheet's merged cells: which columns have them, whose they are, and where they go on over a page break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from typing import NamedTuple

from normalize.characters import squeeze
from normalize.sheet import Sheet, SheetRow, State

#: A column is merged with the key where it is so in this share of the rows.
MOSTLY_MERGED = 0.9
#: A column that is blank in no more than this share of the rows has no lawful blanks.
FEW_BLANKS = 0.02


class Merged(NamedTuple):
    """Hold which columns are merged over rows anywhere.

    Args:
        keys: The key's, and those merged wherever it is; none where no key stands for several rows.
        filled: Those that are blank hardly ever.
        others: Those with lawful blanks.
    """

    keys: frozenset[int]
    filled: frozenset[int]
    others: frozenset[int]

    @classmethod
    def of(cls, sheet: Sheet) -> Merged:
        """Tell them of a sheet: none where no page break can part a merged cell."""
        rows = _amid(sheet)
        merged = covering(sheet)
        filled = frozenset(c for c in merged if _blanks_amid(sheet, c) <= FEW_BLANKS * len(rows))
        return cls(merged_with_key(sheet), filled, merged - filled)


def _amid(sheet: Sheet) -> list[SheetRow]:
    """Give the rows amid pages, where there are any: what covers a page's first row is a guess of the rules."""
    return [row for row in sheet.rows if not row.first] if sheet.is_paged else []


def covering(sheet: Sheet) -> frozenset[int]:
    """Give the columns of which a cell covers several rows amid a page, each with something printed in it."""
    rows = [row for row in _amid(sheet) if any(slot.lines for slot in row.slots)]
    columns = range(len(sheet.columns))
    return frozenset(c for c in columns if any(row.slots[c].state is State.COVERED_FROM_ABOVE for row in rows))


def merged_with_key(sheet: Sheet) -> frozenset[int]:
    """Give the key's column, and those merged wherever it is; none where no key stands for several rows."""
    key = sheet.key
    if key is None:
        return frozenset()
    covered = [row for row in _amid(sheet) if row.slots[key].state is State.COVERED_FROM_ABOVE]
    counts = Counter(
        column for row in covered for column, slot in enumerate(row.slots) if slot.state is State.COVERED_FROM_ABOVE
    )
    return frozenset(column for column, count in counts.items() if count >= MOSTLY_MERGED * len(covered))


def _blanks_amid(sheet: Sheet, column: int) -> int:
    """Count a column's blank cells that reach neither top nor foot of their page: no break can have made them."""
    return sum(
        row.slots[column].blank and not row.first and not _reaches_foot(sheet, index, column)
        for index, row in enumerate(sheet.rows)
    )


def _reaches_foot(sheet: Sheet, index: int, column: int) -> bool:
    below = sheet.covered(index, column).stop
    return below == len(sheet.rows) or sheet.rows[below].part != sheet.rows[index].part


def is_open_between(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether no line closes a cell on either side of a page break, though one closes others of a row there."""
    slots = sheet.rows[index].slots
    if column == sheet.key or not slots[column].open_top:
        return False
    owner = sheet.rows[sheet.owner(index - 1, column)].slots[column]
    if squeeze(owner.text) == squeeze(slots[column].text):
        return False
    closes_others = any(not slot.covered and not slot.open_top for slot in slots)
    return _is_open_below(sheet, index - 1, column) or (closes_others and _has_open_end(sheet, index - 1, column))


def begins_open(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether the cell that reaches the page break above a row is open there, and begins on that page, at its top.

    A break that draws no line below a cell that goes on over it draws none through another such cell.
    """
    owner = sheet.owner(index - 1, column)
    if not owner or not sheet.rows[owner].first or sheet.rows[owner].slots[column].open_top:
        return False
    return _is_open_below(sheet, index - 1, column) and not _has_open_end(sheet, owner - 1, column)


def ends_closed(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether the cell that reaches the page break above a row ends there, and is open at the one above it."""
    owner = sheet.owner(index - 1, column)
    if not owner or not sheet.rows[owner].first:
        return False
    return _is_open_below(sheet, owner - 1, column) and not _has_open_end(sheet, index - 1, column)


def _is_open_below(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether no line closes a cell at a page's end, though one closes others of its last row."""
    closes_others = any(not slot.covered and not slot.open_bottom for slot in sheet.rows[row].slots)
    return closes_others and _has_open_end(sheet, row, column)


def _has_open_end(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.rows[sheet.owner(row, column)].slots[column].open_bottom


def printed_owner(sheet: Sheet, row: int, column: int, joined: Container[tuple[int, int]] = frozenset()) -> int | None:
    """Give the row whose printed cell a position belongs to, also over earlier page breaks.

    Positions that are `joined` already are the rest of the one above.
    """
    while row >= 0:
        state = sheet.rows[row].slots[column].state
        if state is State.PRINTED and (row, column) not in joined:
            return row
        # A blank cell amid a page ends the cell above; one at its top may be the rest of it.
        if state is State.COVERED_FROM_LEFT or (state is State.BLANK and not sheet.rows[row].first):
            return None
        row -= 1
    return None
