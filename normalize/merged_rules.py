"""Repair what page breaks did to merged cells: text on a later page, and blanks.

Each rule reads a sheet and gives edits; the driver applies and records them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.edits import Change, Edit
from normalize.merged_cells import Merged, begins_open, covering, ends_closed, is_open_between, printed_owner
from normalize.sheet import EMPTY, Sheet, Slot, State
from schema.finding import Place
from schema.profile import Column, Kind

#: So many rows that stand below others of their page, each with a cell of its own, tell that none is merged.
FEWEST_RULED = 3
#: A cell has room for this many more lines than its own where one sees how its text is aligned.
ROOMY = 3.0


def carry_merged_cell(sheet: Sheet) -> Iterator[Edit]:
    """Carry a merged cell's text to the rows and columns that it covers, also over page breaks.

    Over a page break the rest of a merged cell is an empty cell at the top of the new page.
    A blank in a column that groups rows (a category) stands for the cell above as well.

    Leaves alone an empty cell of its own: a blank 配合单位 is lawful, not merged.  A row that sums others up
    shares nothing with those above it, and its label stands for no column but its own, and for no row below.
    """
    current = [EMPTY] * len(sheet.columns)
    merged = Merged.of(sheet)
    doubtful = {*_doubtful_pages(sheet), *_lost_labels(sheet), *_below_sections(sheet)}
    for index, row in enumerate(sheet.rows):
        total = row.total
        for column, slot in enumerate(row.slots):
            empty = slot.blank or (slot.state is State.COVERED_FROM_LEFT and row.is_empty_across(column))
            if total is not None and (empty or total == row.left_owner(column)):
                continue
            if slot.state is State.COVERED_FROM_LEFT and not empty:
                current[column] = EMPTY if sheet.columns[column].key else current[column - 1]
                if current[column].text:
                    yield _copy(index, column, current[column])
                continue
            if slot.state is State.COVERED_FROM_ABOVE or (empty and _stands_for_above(sheet, index, column, merged)):
                if (index, column) in doubtful:
                    current[column] = current[column]._replace(doubtful=True)
                if current[column].text:
                    yield _copy(index, column, current[column])
                continue
            if empty and _may_go_on(sheet, index, column, merged):
                yield from _doubted(sheet, index, column)
            current[column] = slot


def _doubted(sheet: Sheet, index: int, column: int) -> Iterator[Edit]:
    """Leave a blank cell as it is, and in doubt in each row that it covers."""
    for row in sheet.covered(index, column):
        why = "it may be a part of the cell beyond the page break"
        yield Change(row, column, sheet.rows[row].slots[column], why, doubtful=True)


def _may_go_on(sheet: Sheet, index: int, column: int, merged: Merged) -> bool:
    """Tell whether a blank cell at a page's top may be the rest of a merged one, in a column with lawful blanks."""
    if not sheet.spans_known or not sheet.after_break(index) or column not in merged.others or sheet.lacks_key(index):
        return False
    return sheet.rows[sheet.owner(index - 1, column)].slots[column].text != ""


def _copy(row: int, column: int, slot: Slot) -> Change:
    carried = Slot(State.COVERED_FROM_ABOVE, slot.text, slot.lines, slot.places)
    return Change(row, column, carried, "", slot.doubtful)


def _lost_labels(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give the positions of blank cells that begin a merged one at a page's end, whose label stands nowhere.

    In a column that rules one cell for all rows of a label, none of its own stands for the label above.
    """
    if not sheet.spans_known:
        return
    for column in covering(sheet):
        if not sheet.columns[column].carry or column == sheet.section or _blank_means_above(sheet, column):
            continue
        for index, row in enumerate(sheet.rows):
            slot = row.slots[column]
            if not slot.blank or row.first or slot.open_top or row.total is not None:
                continue
            end = sheet.covered(index, column).stop
            if end == len(sheet.rows) or sheet.rows[end].part != row.part:
                yield index, column


def _below_sections(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give the positions of blank cells right below the title of a section, which no merged cell covers."""
    if sheet.section is None or not sheet.spans_known:
        return
    for index, row in enumerate(sheet.rows):
        if index and row.slots[sheet.section].state is State.PRINTED:
            yield from ((index, column) for column, slot in enumerate(row.slots) if slot.blank)


def _blank_pages(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    """Give each page over which a grouping column is blank, with another label on top of the next one.

    Each comes as its first row, the row behind its last, and the column.  The page may go on with
    the label before it, or its own may stand on the next page.
    """
    for column, kind in enumerate(sheet.columns):
        if not kind.carry or column == sheet.section:
            continue
        for index, row in enumerate(sheet.rows):
            if not sheet.after_break(index) or not row.slots[column].blank:
                continue
            end = index
            while end < len(sheet.rows) and sheet.rows[end].part == row.part:
                end += 1
            covered = all(sheet.owner(at, column) == index for at in range(index, end))
            if covered and end < len(sheet.rows) and sheet.rows[end].slots[column].state is State.PRINTED:
                yield index, end, column


def _doubtful_pages(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give the positions of blank pages of which their labels' places do not tell to which they belong.

    A label in the middle of its part of a page has no other part, but where a blank goes on below it or the label above
    is cut itself.  Where labels stand at the top of their cells, and none of them on a later page, a blank goes on with
    the one above; so it does, or with the one below, where lines tell.
    """
    if not sheet.spans_known:
        return
    for index, end, column in _blank_pages(sheet):
        at_top = _stands_at_top(sheet, column) and not _is_lifted(sheet, column)
        if at_top or begins_open(sheet, end, column) or ends_closed(sheet, end, column):
            continue
        owner = printed_owner(sheet, index - 1, column)
        upper = None if owner is None else sheet.rows[owner].slots[column]
        alone = _is_centred(sheet.rows[end].slots[column]) and not _goes_on_below(sheet, end, column)
        if alone and not (upper and (_is_centred(upper) or _is_cut(upper))):
            continue
        yield from ((at, column) for at in range(index, end))


def _is_lifted(sheet: Sheet, column: int) -> bool:
    """Tell whether some label of a column stands on a later page than the row in which its cell begins."""
    return any(
        row.slots[column].state is State.PRINTED and _page(row.places) < _page(row.slots[column].places)
        for row in sheet.rows
    )


def _page(places: Sequence[Place]) -> int:
    """Give the first page of some places; zero where there is none."""
    return (places[0].page or 0) if places else 0


def _goes_on_below(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether a cell covers rows of the next page, or has a blank one at the top of that."""
    below = sheet.covered(index, column).stop
    if sheet.rows[below - 1].part != sheet.rows[index].part:
        return True
    return below < len(sheet.rows) and sheet.after_break(below) and sheet.rows[below].slots[column].blank


def _is_centred(slot: Slot) -> bool:
    """Tell whether a text stands in the middle of its cell, which has room around it."""
    if slot.lines_above is None or slot.lines_below is None:
        return False
    return abs(slot.lines_above - slot.lines_below) <= 1.0 and slot.lines_above + slot.lines_below > ROOMY


def _is_cut(slot: Slot) -> bool:
    """Tell whether a page break cut a text: where its parts stand tells nothing of the cell's other parts."""
    return len({place.page for place in slot.places}) > 1


def _stands_at_top(sheet: Sheet, column: int) -> bool:
    """Tell whether the labels of a column stand at the top of their cells."""
    roomy = [
        slot
        for slot in (row.slots[column] for row in sheet.rows)
        if slot.state is State.PRINTED
        and slot.lines_above is not None
        and slot.lines_below is not None
        and slot.lines_above + slot.lines_below > ROOMY
    ]
    return sum((slot.lines_above or 0.0) < 1.0 for slot in roomy) * 2 > len(roomy)


def _stands_for_above(sheet: Sheet, index: int, column: int, merged: Merged) -> bool:
    """Tell whether a blank cell stands for the one above it."""
    kind = sheet.columns[column]
    if kind.carry:
        return True
    row = sheet.rows[index]
    if not sheet.spans_known or not sheet.after_break(index):
        return False
    if column in merged.keys:
        return sheet.lacks_key(index)
    if column in merged.filled:
        return True
    return _reaches_break(sheet, index - 1, column, kind, row.slots[column])


def _reaches_break(sheet: Sheet, above: int, column: int, kind: Column, slot: Slot) -> bool:
    """Tell whether a merged cell reaches the bottom of the page and may go on over the break."""
    if kind.key or kind.kind is Kind.PROSE:
        return False
    owner = sheet.owner(above, column)
    upper = sheet.rows[owner].slots[column]
    merged = owner < above or slot.spans
    return (kind.required and merged) or (kind.required and kind.kind.is_list) or (upper.open_bottom and slot.open_top)


def lift_merged_text(sheet: Sheet) -> Iterator[Edit]:
    """Give a merged cell the text that stands on a later page than the first rows it covers.

    So it is with centred text: the cell is empty down to the page's end, and the text
    stands at the top of the next page.

    Leaves alone an empty cell whose column may be blank, unless it is open at the page break.
    """
    if not sheet.spans_known:
        return
    merged = Merged.of(sheet)
    for column, kind in enumerate(sheet.columns):
        always = kind.carry or column in merged.filled - merged.keys
        if not (always or column in merged.keys | merged.others):
            for _, head in _below_blanks(sheet, column) if _is_blank_at_breaks_only(sheet, column) else ():
                yield from _doubted(sheet, head, column)
            continue
        for index, head in _below_blanks(sheet, column):
            slot = sheet.rows[index].slots[column]
            if column in merged.keys and not (kind.carry or sheet.lacks_key(index) or sheet.is_next_key(index, head)):
                continue
            if not always and column not in merged.keys and not is_open_between(sheet, index, column):
                yield from _doubted(sheet, head, column) if not _stands_at_top(sheet, column) else ()
                continue
            doubtful = _may_be_of_above(sheet, head, column)
            lifted = Slot(State.PRINTED, slot.text, slot.lines, slot.places, doubtful=doubtful)
            yield Change(head, column, lifted, "", doubtful=doubtful)
            if kind.key:
                yield Change(index, column, slot.as_rest(), "")


def _is_blank_at_breaks_only(sheet: Sheet, column: int) -> bool:
    """Tell whether a column is blank in the last rows of pages, and nowhere else."""
    blank = [index for index, row in enumerate(sheet.rows) if row.slots[column].blank]
    last = len(sheet.rows) - 1
    return bool(blank) and all(index < last and sheet.after_break(index + 1) for index in blank)


def _below_blanks(sheet: Sheet, column: int) -> Iterator[tuple[int, int]]:
    """Give the rows with a text at a page's top below a blank, each with the row in which that begins.

    A column that rules a blank of its own for each row has blanks that go on only where lines tell.
    """
    has_own = _blank_means_above(sheet, column)
    for index in range(len(sheet.rows) - 1, 0, -1):
        row = sheet.rows[index]
        if not sheet.after_break(index) or row.slots[column].state is not State.PRINTED:
            continue
        if has_own and not is_open_between(sheet, index, column):
            continue
        head = _blank_head(sheet, index, column)
        if head is not None:
            yield index, head


def _may_be_of_above(sheet: Sheet, head: int, column: int) -> bool:
    """Tell whether a blank cell may as well belong to the label above as to the one on the next page.

    So it is where it goes over several columns, which lacks lines, and where labels stand at the top of their cells:
    its own would stand on this page.
    """
    across = not {column, column + 1}.isdisjoint(sheet.rows[head].across())
    return across or (head > 0 and _stands_at_top(sheet, column))


def _blank_head(sheet: Sheet, index: int, column: int) -> int | None:
    """Give the row in which a merged cell begins that is blank from there to the page break above a row.

    It may go over whole pages.  ``None`` where the blank is the rest of a cell with a text of its own.
    A blank amid a page without a line above it is the rest of the blank above.
    """
    row = index
    while row:
        owner = sheet.owner(row - 1, column)
        slot = sheet.rows[owner].slots[column]
        if not slot.blank and not sheet.rows[owner].is_empty_across(column):
            return None
        if owner == 0 or not (sheet.rows[owner].first or slot.open_top) or begins_open(sheet, row, column):
            return owner
        row = owner
    return None


def _blank_means_above(sheet: Sheet, column: int) -> bool:
    """Tell whether this table rules a blank cell of its own for each row below a label.

    So it does where no cell of the column covers two rows of a page.
    """
    rows = [row for row in sheet.rows if not row.first]
    if len(rows) >= FEWEST_RULED and all(row.slots[column].state is not State.COVERED_FROM_ABOVE for row in rows):
        return True
    return any(
        row.slots[column].blank
        and not row.first
        and index + 1 < len(sheet.rows)
        and sheet.rows[index + 1].part == row.part
        and sheet.rows[index + 1].slots[column].state is not State.COVERED_FROM_ABOVE
        for index, row in enumerate(sheet.rows)
    )
