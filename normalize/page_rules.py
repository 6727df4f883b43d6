"""Repair what page breaks did to a table's rows.

Each rule reads a sheet and gives edits; the driver applies and records them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from normalize.characters import follows_key, squeeze
from normalize.cut_rows import Cut, CutRows
from normalize.edits import Change, Drop, Edit, Insert, Join
from normalize.header_rows import numbers_columns, same_labels
from normalize.labels import Labels
from normalize.sheet import Sheet, SheetRow, Slot, State
from schema.grid import Line
from schema.profile import LEVEL, Kind

#: No line of text is as low as this (points).
LOWEST_ROW = 5.0


def drop_repeated_header(sheet: Sheet) -> Iterator[Edit]:
    """Drop the rows that print the table's header once more, as each new page does.

    Leaves alone a row of which only some cells read as the header does: that is data.
    """
    labels = [squeeze(column.label) for column in sheet.columns]
    behind = 0
    for index, row in enumerate(sheet.rows):
        if index < behind:
            continue
        again = _printed_labels(sheet, index, labels)
        if again is not None and same_labels(again, labels):
            behind = index + sheet.header_rows
            yield from (Drop(found, "") for found in range(index, behind))
            yield from _overrun(sheet, behind, again)
        elif row.header:
            yield Drop(index, "")


def _overrun(sheet: Sheet, index: int, again: Sequence[str]) -> Iterator[Edit]:
    """Take the end of a label that ran over the header's line out of the row below."""
    if index >= len(sheet.rows):
        return
    for column, (have, described) in enumerate(zip(again, sheet.columns, strict=True)):
        missing = squeeze(described.label)[len(have) :]
        slot = sheet.rows[index].slots[column]
        if missing and slot.lines and squeeze(slot.lines[0].text) == missing:
            rest = slot.lines[1:]
            below = slot.with_lines(rest, slot.places) if rest else Slot(State.BLANK, places=slot.places)
            yield Change(index, column, below, "the label ran over its line")


def _printed_labels(sheet: Sheet, index: int, labels: Sequence[str]) -> list[str] | None:
    """Give the labels that the rows from this one on print, if each is the header's, or its beginning."""
    rows = sheet.rows[index : index + sheet.header_rows]
    if len(rows) < sheet.header_rows or not any(labels):
        return None
    found: list[str] = []
    for column, label in enumerate(labels):
        parts: list[str] = []
        for row in rows:
            slot = row.slots[row.left_owner(column)]
            text = label if slot.state is State.ADDED else squeeze(slot.text)
            parts += [text] if text and text not in parts[-1:] else []
        printed = LEVEL.join(parts)
        if printed != label and not (printed and label.startswith(printed)):
            return None
        found.append(printed)
    return found


def part_header_row(sheet: Sheet) -> Iterator[Edit]:
    """Part the repeated header from the rest of a cut row below it, where no line stands between them.

    Each cell of the header then begins with its label, and goes on with the row's text.

    Leaves alone a header with a line below it, and a row of which only some cells begin so.
    """
    height = sheet.header_rows
    for index, row in enumerate(sheet.rows):
        # The header may be all that the page before holds of the table.
        if row.header or not row.first or not row.part:
            continue
        found = [_label_and_rest(sheet, index, column) for column in range(len(sheet.columns))]
        parts = [part for part in found if part is not None]
        if len(parts) < len(found) or not any(rest.lines for _, _, rest in parts):
            continue
        for column, (owner, label, rest) in enumerate(parts):
            if rest.lines:
                yield Change(owner, column, label, "")
        places = tuple(place for _, _, rest in parts for place in rest.places)
        yield Insert(index + height, tuple(rest for _, _, rest in parts), places[:1], height, "")


def _label_and_rest(sheet: Sheet, index: int, column: int) -> tuple[int, Slot, Slot] | None:
    """Part the cell of a header at its label: the cell's row, the label's slot and the rest's.

    ``None`` where the cell does not begin with the label.
    """
    if sheet.columns[column].label == "" or index + sheet.header_rows > len(sheet.rows):
        return None
    owner = sheet.owner(index + sheet.header_rows - 1, column)
    slot = sheet.rows[owner].slots[column]
    if owner < index or slot.state is State.ADDED:
        return (index, slot, slot) if slot.state is State.ADDED else None
    # A label may have a slash of its own.
    wanted = LEVEL + squeeze(sheet.columns[column].label)
    lines = _unstacked(slot.lines, len(wanted.rpartition(LEVEL)[2]))
    for count in range(1, len(lines) + 1):
        if wanted.endswith(LEVEL + squeeze("".join(line.text for line in lines[:count]))):
            below = Slot(State.BLANK, places=slot.places, spans=slot.spans, open_bottom=slot.open_bottom)
            return owner, slot.with_lines(lines[:count], slot.places), _filled(below, slot, lines[count:])
    return None


def _unstacked(lines: tuple[Line, ...], count: int) -> tuple[Line, ...]:
    """Part a first line that runs from the top to the bottom behind so many characters, as a narrow column's does."""
    if not lines or not lines[0].stacked or len(lines[0].text) <= count:
        return lines
    first, *others = lines
    return first._replace(text=first.text[:count]), first._replace(text=first.text[count:]), *others


def _filled(below: Slot, slot: Slot, lines: tuple[Line, ...]) -> Slot:
    return below.with_lines(lines, slot.places) if lines else below


def drop_column_numbers(sheet: Sheet) -> Iterator[Edit]:
    """Drop a row right below the labels that does nothing but count the columns, also where a page prints it again.

    Leaves alone one behind which the count of the rows goes on, unless it is printed again: it is a record.
    """
    columns = [column for column in range(len(sheet.columns)) if column != sheet.section]

    def texts(row: SheetRow) -> tuple[str, ...]:
        return tuple(squeeze(row.slots[column].text) for column in columns)

    counted = {text for row in sheet.rows if row.first and numbers_columns(text := texts(row))}
    found = [index for index, row in enumerate(sheet.rows) if texts(row) in counted] if counted else []
    if len(found) == 1:
        index, key = found[0], columns[0] if sheet.key is None else sheet.key
        number, *below = (squeeze(row.slots[key].text) for row in sheet.rows[index : index + 2])
        found = [] if any(follows_key(text, number) for text in below) else found
    yield from (Drop(index, "") for index in found)


def drop_empty_row(sheet: Sheet) -> Iterator[Edit]:
    """Drop a row in which nothing is printed, such as the spare rows at a table's end.

    So is what a page shows of the table's frame below its last row: a blank cell over several columns, which no line
    ends.  So is a strip of a row below the line of a merged cell, drawn too high: all other cells reach over it, and
    what is blank there goes on beyond the page's end.  So is the gap between two rows whose cells have borders of their
    own.

    Leaves alone a row that only a merged cell covers: it is a record with blanks.
    """
    for index, row in enumerate(sheet.rows):
        is_frame = row.slots[0].open_bottom
        is_blank = all(slot.blank or (is_frame and slot.state is State.COVERED_FROM_LEFT) for slot in row.slots)
        if is_blank or _is_strip(sheet, index) or _is_gap(sheet, index):
            yield Drop(index, "")


def _is_gap(sheet: Sheet, index: int) -> bool:
    """Tell whether a row is too low for text, holds none, and begins no cell that covers others."""
    row = sheet.rows[index]
    boxes = [place.box for place in row.places if place.box is not None]
    if len(row.places) > 1 or not boxes or boxes[0][3] - boxes[0][1] >= LOWEST_ROW:
        return False
    own = (column for column, slot in enumerate(row.slots) if not slot.covered)
    return all(row.slots[column].blank and len(sheet.covered(index, column)) == 1 for column in own)


def _is_strip(sheet: Sheet, index: int) -> bool:
    """Tell whether all that begins in a row is blank and goes on beyond the page's end; other cells reach over it."""
    row = sheet.rows[index]
    own = [column for column, slot in enumerate(row.slots) if slot.state is not State.COVERED_FROM_ABOVE]
    if row.first or not 0 < len(own) < len(row.slots):
        return False
    if not all(row.slots[column].blank and row.slots[column].open_bottom for column in own):
        return False
    ends = {sheet.covered(index, column).stop for column in own}
    return all(end == len(sheet.rows) or sheet.rows[end].part != row.part for end in ends)


def join_split_row(sheet: Sheet) -> Iterator[Edit]:
    """Join a row that a page break cut: its key cell is blank, and other cells go on with text.

    Without a key column the first cell must be blank, a cell above must have ended in the
    middle of a sentence or on a full line, and no cell may begin anew; or a column that is filled
    elsewhere stands in one of the two parts only.  A row at the foot of a
    page that lacks its key begins the next page's row, whose number is the next one.

    Where keys are merged over several rows, the other cells must go on as well, or stand in one part only.

    Leaves alone a blank key in the middle of a page: no page break cut that row.
    """
    known = {column: Labels.of(sheet, column) for column in _grouping(sheet)}
    rows = CutRows(sheet)
    for index in range(1, len(sheet.rows)):
        cut = rows.weigh(index) if sheet.rows[index].first else Cut.NO
        if cut.joins:
            yield Join(index, cut.value, _printed_again(sheet, index, known), cut.doubtful)
            continue
        if sheet.key is not None and rows.repeats_key(index):
            yield Change(index, sheet.key, sheet.rows[index].slots[sheet.key].as_rest(), "")
        if cut.doubtful:
            for place in (index - 1, index):
                yield Change(place, sheet.key or 0, sheet.rows[place].slots[sheet.key or 0], cut.value, doubtful=True)


def _grouping(sheet: Sheet) -> Iterator[int]:
    """Give the columns that group rows by a label."""
    return (index for index, column in enumerate(sheet.columns) if column.carry and column.kind is Kind.LABEL)


def _printed_again(sheet: Sheet, index: int, known: Mapping[int, Labels]) -> frozenset[int]:
    """Give the columns in which the rest of a cut row has not the rest of a label, but prints the label again."""
    again = set[int]()
    for column, labels in known.items():
        upper, lower = sheet.rows[sheet.owner(index - 1, column)].slots[column], sheet.rows[index].slots[column]
        label = squeeze(lower.text)
        if upper.lines and lower.lines and labels.begins(label) and squeeze(upper.text) + label not in labels.printed:
            again.add(column)
    return frozenset(again)
