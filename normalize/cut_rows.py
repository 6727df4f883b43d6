"""Weigh whether a page break cut a row: whether a page's first row is the rest of the one above.

Where no key stands in more than one row, a blank one says so.  Where keys are merged over several
rows, a blank one may as well be the rest of the merged cell, and the other cells have to tell; so
they have where there is no key.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from normalize.characters import follows_key, is_first_key, squeeze
from normalize.cut_numbers import NUMBER, is_rest_of_number
from normalize.merged_cells import covering, merged_with_key
from normalize.points import counts_on_points
from normalize.shapes import is_left_open
from normalize.sheet import Sheet, SheetRow, Slot, State, goes_on
from normalize.whole_columns import SECTION, WholeColumns
from schema.profile import Kind

#: So many columns of one line a cell that are printed in both rows say that these are two.
FEWEST_WHOLE = 2
#: One cell of this many may seem whole in a row that is cut.
MOSTLY_CUT = 5
#: No record is blank in more than one of so many of these columns.
MOSTLY_BLANK = 2


class Cut(Enum):
    """Say whether a row is the rest of the one above, and how sure that is."""

    NO = "the rows are whole"
    DOUBTFUL_NO = "the rows seem whole, but some cells could go on"
    DOUBTFUL = "the text goes on, but some cells could be whole"
    YES = ""
    KEY = "the number itself is cut"

    @property
    def joins(self) -> bool:
        """Tell whether the two are one row."""
        return self in (Cut.DOUBTFUL, Cut.YES, Cut.KEY)

    @property
    def doubtful(self) -> bool:
        """Tell whether the cells contradict each other."""
        return self in (Cut.DOUBTFUL_NO, Cut.DOUBTFUL)


class CutRows:
    """Weigh the first rows of a sheet's pages.

    Args:
        sheet: As it was laid.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._merged = merged_with_key(sheet)
        # A cell that covers rows is blank in them, and its rest beyond a break too.
        self._covering = covering(sheet)
        self._columns = WholeColumns(sheet)

    def weigh(self, index: int) -> Cut:
        """Weigh whether the first row of a page is the rest of the one above, or has its beginning there."""
        above, row = self._sheet.rows[index - 1], self._sheet.rows[index]
        if above.part == row.part:
            return Cut.NO
        return Cut.YES if self._cuts_numbers(above, row) else self._weigh(index, above, row)

    def _weigh(self, index: int, above: SheetRow, row: SheetRow) -> Cut:
        """Weigh rows of which no number tells."""
        if row.total is not None or above.total is not None:
            return Cut.NO
        if self._merged and self.repeats_key(index):
            return self._weigh_cells(above, row)
        if self._continues(index) or _is_begun_above(self._sheet, index):
            return self._weigh_cells(above, row) if self._merged else Cut.YES
        if index == 1 and self._begins_table(above, row):
            return Cut.YES
        if self._sheet.key is None:
            return self._weigh_keyless(above, row) if self._sheet.is_paged else Cut.NO
        return Cut.KEY if _key_is_cut(self._sheet, index) else Cut.NO

    def _cuts_numbers(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether numbers are whole only with their rests, and none in both rows is whole by itself."""
        pairs = [
            (column, squeeze(upper.text), squeeze(lower.text))
            for column, upper, lower in self._told(above, row)
            if upper.lines and lower.lines and NUMBER.fullmatch(squeeze(upper.text))
        ]
        found = [is_rest_of_number(begun, rest, self._columns.decimals[column]) for column, begun, rest in pairs]
        return any(found) and all(found)

    def _weigh_keyless(self, above: SheetRow, row: SheetRow) -> Cut:
        """Weigh where no row has a number: the cells have to tell whether to weigh them."""
        going = [goes for cells in self._both(above, row) for goes in cells]
        both = [(upper, lower) for _, upper, lower in self._told(above, row) if upper.lines and lower.lines]
        counted = [counts_on_points(upper.text, lower.text) for upper, lower in both]
        if any(counted):
            seems_whole = any(not (counts or goes_on(*cells)) for counts, cells in zip(counted, both, strict=True))
            return Cut.DOUBTFUL if seems_whole else Cut.YES
        if any(is_left_open(upper.text) and lower.lines for _, upper, lower in self._told(above, row)):
            return Cut.YES if all(going) else Cut.DOUBTFUL_NO
        if self._halves(above, row) or self._breaks_off(above, row):
            return self._weigh_cells(above, row)
        if self._begins_as_none(row):
            return Cut.DOUBTFUL
        wrapped = any(len(upper.lines) > 1 or len(lower.lines) > 1 for _, upper, lower in self._told(above, row))
        is_open = wrapped and going and all(going) and self._whole(above, row) < FEWEST_WHOLE
        return Cut.DOUBTFUL_NO if is_open or self._may_be_rest(above, row) else Cut.NO

    def _may_be_rest(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether no line ends a page's last row, and the next page begins with a blank in a column of texts.

        Where that is so at each of several breaks, the program draws no such lines.
        """
        blank = any(row.slots[column].state is State.BLANK for column in self._columns.filled)
        if not blank or not _is_open(above):
            return False
        ends = [each for index, each in enumerate(self._sheet.rows) if self._sheet.before_break(index)]
        return len(ends) == 1 or not all(map(_is_open, ends))

    def _begins_table(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether a table's first row lacks its key, and all of its texts go on in the row that has one."""
        if above.banner or not self._sheet.lacks_key(0) or self._sheet.lacks_key(1):
            return False
        going = [goes for cells in self._both(above, row) for goes in cells]
        is_cut = bool(going) and all(going)
        if not is_cut and _is_open(above) and self._sheet.key is not None:
            # A list may have an item on either side.
            is_cut = is_first_key(squeeze(row.slots[self._sheet.key].text))
        return is_cut and self._lacks_most(above, row)

    def repeats_key(self, index: int) -> bool:
        """Tell whether a page prints the key of the row above again, as it stands for several rows."""
        key = self._sheet.key
        if key not in self._merged or not self._sheet.after_break(index):
            return False
        owner = self._sheet.rows[self._sheet.owner(index - 1, key)]
        return squeeze(self._sheet.rows[index].slots[key].text) == squeeze(owner.slots[key].text) != ""

    def _weigh_cells(self, above: SheetRow, row: SheetRow) -> Cut:
        """Weigh by the cells: those of a cut row go on, or stand in one part only; those of two rows are whole.

        Lists tell least: a break may part their items, each on a line of its own.
        """
        if self._whole(above, row) >= FEWEST_WHOLE:
            return Cut.NO
        prose, lists, others = self._both(above, row)
        halves = self._halves(above, row) or self._breaks_off(above, row)
        if prose and all(prose):
            return Cut.YES if all(others) and (others or halves or all(lists)) else Cut.DOUBTFUL
        if prose or not all(others):
            joins = self._lacks_most(above, row) or (
                halves and not prose and len(others) >= MOSTLY_CUT * others.count(False)
            )
            return Cut.DOUBTFUL if joins else Cut.DOUBTFUL_NO if halves else Cut.NO
        return Cut.YES if halves or all(lists) else Cut.NO

    def _both(self, above: SheetRow, row: SheetRow) -> tuple[list[bool], list[bool], list[bool]]:
        """Tell of the columns that are printed in both rows whether they go on: prose, lists, and all others."""
        prose: list[bool] = []
        lists: list[bool] = []
        others: list[bool] = []
        for column, upper, lower in self._told(above, row):
            if not upper.blank and not lower.blank and squeeze(upper.text) != squeeze(lower.text):
                kind = self._sheet.columns[column].kind
                (prose if kind is Kind.PROSE else lists if kind.is_list else others).append(goes_on(upper, lower))
        return prose, lists, others

    def _whole(self, above: SheetRow, row: SheetRow) -> int:
        """Count the columns of one line a cell that are printed in both rows: a cell that is cut has two lines.

        A column of which both texts are values of their own says enough: 轻微 and 一般 are two grades; so does one of
        numbers, dates or times that takes one line a cell.
        """
        found = 0
        for column, upper, lower in self._told(above, row):
            if upper.lines and lower.lines:
                begun, rest = squeeze(upper.text), squeeze(lower.text)
                are_two = self._columns.are_values(column, begun, rest)
                found += FEWEST_WHOLE if are_two else column in self._columns.short
        return found

    def _halves(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether a column that is filled elsewhere is printed in one of the rows only."""
        told = self._told(above, row)
        return any(upper.blank != lower.blank and column in self._columns.filled for column, upper, lower in told)

    def _lacks_most(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether most columns that are filled elsewhere are blank in one of the rows and not in the other."""
        filled = [(upper, lower) for column, upper, lower in self._told(above, row) if column in self._columns.filled]
        rest = sum(lower.blank and not upper.blank for upper, lower in filled)
        begun = sum(upper.blank and not lower.blank for upper, lower in filled)
        return max(rest, begun) * MOSTLY_BLANK > len(filled)

    def _breaks_off(self, above: SheetRow, row: SheetRow) -> bool:
        """Tell whether a text goes on in a column of which nearly all others end with the end of a sentence."""
        told = self._told(above, row)
        return any(column in self._columns.closed and goes_on(upper, lower) for column, upper, lower in told)

    def _begins_as_none(self, row: SheetRow) -> bool:
        """Tell whether a row's texts lack the number of a section, with which all others of their columns begin."""
        texts = [row.slots[column].text for column in self._columns.numbered if row.slots[column].lines]
        return bool(texts) and not any(map(SECTION.match, texts))

    def _told(self, above: SheetRow, row: SheetRow) -> Iterator[tuple[int, Slot, Slot]]:
        """Give the columns that each row prints for itself, with their cells."""
        for column, (upper, lower) in enumerate(zip(above.slots, row.slots, strict=True)):
            if not (self._groups(column) or upper.covered or lower.covered):
                yield column, upper, lower

    def _groups(self, column: int) -> bool:
        """Tell whether a column groups rows, or has cells that cover several."""
        return self._sheet.columns[column].carry or column in self._covering

    def _continues(self, index: int) -> bool:
        """Tell whether a row begins as none does, so that it goes on with the one above."""
        sheet = self._sheet
        above, row = sheet.rows[index - 1], sheet.rows[index]
        own = [column for column, slot in enumerate(row.slots) if slot.state is State.PRINTED]
        if not own:
            return False
        key = sheet.key
        if key is not None:
            return row.slots[key].blank and (
                any(not sheet.columns[column].carry for column in own) or _is_remainder(sheet, index)
            )
        return self._leads_blank(row) and all(goes_on(above.slots[column], row.slots[column]) for column in own)

    def _leads_blank(self, row: SheetRow) -> bool:
        """Tell whether the first column that groups no rows is blank in a row: no record begins so."""
        own = (
            slot for column, slot in enumerate(row.slots) if slot.state is not State.ADDED and not self._groups(column)
        )
        lead = next(own, None)
        return lead is not None and lead.blank


def _is_open(row: SheetRow) -> bool:
    """Tell whether no line ends a row, but perhaps cells that cover others above it."""
    return all(slot.open_bottom for slot in row.slots if not slot.covered and slot.state is not State.ADDED)


def _key_is_cut(sheet: Sheet, index: int) -> bool:
    """Tell whether only the keys on both sides of a page break together are the next number, or the next code."""
    key = sheet.key
    if key is None:
        return False
    begun, rest = (squeeze(sheet.rows[at].slots[key].text) for at in (index - 1, index))
    before = squeeze(next(sheet.keys_above(index - 1), ""))
    return bool(begun and rest) and follows_key(begun + rest, before) and not follows_key(begun, before)


def _is_begun_above(sheet: Sheet, index: int) -> bool:
    """Tell whether the row above a page break lacks the key that stands in the row below it."""
    above = sheet.rows[index - 1]
    return index > 1 and not above.first and not above.banner and sheet.begins_above(index)


def _is_remainder(sheet: Sheet, index: int) -> bool:
    """Tell whether a row holds nothing but the ends of labels that were cut: it is no record of its own."""
    for column, slot in enumerate(sheet.rows[index].slots):
        if slot.blank:
            continue
        upper = sheet.rows[sheet.owner(index - 1, column)].slots[column]
        if not sheet.columns[column].carry or not (upper.blank or goes_on(upper, slot)):
            return False
    return True
