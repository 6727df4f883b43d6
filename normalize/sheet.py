"""Hold a table while its structure is repaired: one sheet for all of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice
from typing import NamedTuple

from normalize.characters import follows_key, is_first_key, is_total, squeeze
from schema.finding import Place
from schema.grid import FULL_END, HARD_END, Cell, Line, marked_text
from schema.profile import Column
from schema.repair import Repair
from schema.spill import packed

#: What a line ends with when its sentence is over.
SENTENCE_ENDS = "。；！？.;!?"
#: A cell is used up when not even this share of a line more fits into it.
FULL_PAGE = 1.35
#: More space over a cell's first line than this is no padding (lines).
WIDEST_PADDING = 0.6
#: Fewer cells than this with as many lines each may be so by chance.
FEWEST_STACKED = 3


class State(Enum):
    """Say what stands at a position of a sheet."""

    PRINTED = auto()
    BLANK = auto()
    COVERED_FROM_ABOVE = auto()
    COVERED_FROM_LEFT = auto()
    #: In a column that the table does not print: its section rows go there.
    ADDED = auto()


class Slot(NamedTuple):
    """Hold one position of a sheet.

    Args:
        lines: The printed lines; empty unless the state is `State.PRINTED`.
        text: The text after the rules so far; starts as the lines' marked text.
        spans: Whether the cell covers rows below its own on its page.
        open_bottom: Whether the cell has no line below it.
        doubtful: Whether its text was joined on evidence that leaves a doubt: so are the cells that it is carried to.
    """

    state: State
    text: str = ""
    lines: tuple[Line, ...] = ()
    places: tuple[Place, ...] = ()
    spans: bool = False
    open_top: bool = False
    open_bottom: bool = False
    lines_above: float | None = None
    lines_below: float | None = None
    doubtful: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether nothing is printed in the position's own cell."""
        return self.state in (State.BLANK, State.ADDED)

    @property
    def covered(self) -> bool:
        """Tell whether a cell of another position covers this one."""
        return self.state in (State.COVERED_FROM_ABOVE, State.COVERED_FROM_LEFT)

    def with_lines(self, lines: tuple[Line, ...], places: tuple[Place, ...]) -> Slot:
        """Give the slot with other printed lines."""
        return self._replace(state=State.PRINTED, lines=lines, text=marked_text(lines), places=places)

    def with_rest(self, rest: Slot) -> Slot:
        """Give the slot with the lines of its rest, which stands behind a page break."""
        above = self.lines[:-1] + tuple(line.before_page(rest.lines[0]) for line in self.lines[-1:])
        return self.with_lines(above + rest.lines, self.places + rest.places)

    def with_text(self, text: str) -> Slot:
        """Give the slot with another text, blank where that is empty."""
        return self._replace(state=State.PRINTED if text else State.BLANK, text=text)

    def as_rest(self) -> Slot:
        """Give the slot as the rest of the cell above, without a text of its own."""
        return Slot(State.COVERED_FROM_ABOVE, places=self.places, spans=self.spans)


#: Slots without a cell of their own are all alike.
EMPTY, FROM_ABOVE, FROM_LEFT = Slot(State.BLANK), Slot(State.COVERED_FROM_ABOVE), Slot(State.COVERED_FROM_LEFT)


def goes_on(upper: Slot | Cell, lower: Slot | Cell) -> bool:
    """Tell whether a cell's text goes on from the cell above: no sentence ends between them."""
    if not upper.lines or not lower.lines or upper.text[-1] in SENTENCE_ENDS:
        return False
    last = upper.lines[-1]
    return last.room is None or last.end(lower.lines[0]) != HARD_END


def is_used_up(slot: Slot | Cell) -> bool:
    """Tell whether no further line fits below a cell's text, with as much space under it as over its first line."""
    if slot.lines_below is None:
        return False
    padding = slot.lines_above if slot.lines_above is not None and slot.lines_above <= WIDEST_PADDING else 0.0
    return slot.lines_below < max(FULL_PAGE, 1.0 + padding)


@packed
@dataclass(slots=True)
class SheetRow:
    """Hold one row of a sheet.

    Args:
        part: Which grid of the sheet it stands in, counting from 0.
        first: Whether it is the first row below the header of its grid.
        header: Whether it is one of the rows that print the header again.
    """

    slots: list[Slot]
    part: int
    first: bool
    places: list[Place]
    header: bool = False

    @property
    def texts(self) -> list[str]:
        """Give the text of each column."""
        return [slot.text for slot in self.slots]

    @property
    def banner(self) -> str:
        """Give the text of the one cell that covers all columns; empty where there is none."""
        first, *others = (slot for slot in self.slots if slot.state is not State.ADDED)
        across = others and all(slot.state is State.COVERED_FROM_LEFT for slot in others)
        return first.text if across and first.state is State.PRINTED and not first.spans else ""

    @property
    def total(self) -> int | None:
        """Give the column in which the row says that it sums others up; ``None`` where it is a record.

        It stands first in its row, or behind the label of the group.
        """
        printed = (column for column, slot in enumerate(self.slots) if slot.state is State.PRINTED)
        return next((column for column in islice(printed, 2) if is_total(self.slots[column].text)), None)

    def is_empty_across(self, column: int) -> bool:
        """Tell whether the cell that covers a position from the left is empty.

        So some producers print the rest of merged cells side by side: nothing to carry to the right.
        """
        return self.slots[self.left_owner(column)].blank

    def left_owner(self, column: int) -> int:
        """Give the column whose cell covers this position from the left."""
        while column and self.slots[column].state is State.COVERED_FROM_LEFT:
            column -= 1
        return column

    def across(self) -> list[int]:
        """Give the columns that an empty cell covers from the left."""
        covered = (column for column, slot in enumerate(self.slots) if slot.state is State.COVERED_FROM_LEFT)
        return [column for column in covered if self.is_empty_across(column)]

    def stacked(self, *, unruled: bool) -> int:
        """Give how many lines each cell of the row holds, where all hold as many, ended on purpose.

        Several rows without a ruling line between them look so.  Zero where the cells differ,
        where there are fewer than three, and where most lines only wrapped.

        Args:
            unruled: Whether the row is all that its page has of a table without upright lines: then it is enough that
                each cell has several lines.
        """
        own = [slot for slot in self.slots if slot.state is State.PRINTED and slot.lines and not slot.spans]
        counts = {len(slot.lines) for slot in own}
        if len(own) < FEWEST_STACKED:
            return 0
        if unruled and min(counts) > 1:
            return min(counts)
        if len(counts) != 1:
            return 0
        ended = sum(FULL_END not in marked_text(slot.lines) for slot in own)
        (count,) = counts
        return count if count > 1 and ended * 2 >= len(own) else 0


@dataclass(slots=True)
class Sheet:
    """Hold a table's columns and rows, and the repairs so far.

    Args:
        doubts: Readings that changed nothing, but could have.
        section: The column that takes the section rows' texts, where there are any.
        header_rows: How many rows the header has where it is printed.
        guessed: The columns of which only blank cells say that they group rows.
        unruled: The parts that are one row below the header, without upright lines.
        cuts_words: Whether lines end within any word in letters.
    """

    columns: tuple[Column, ...]
    rows: list[SheetRow]
    spans_known: bool
    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Repair] = field(default_factory=list)
    section: int | None = None
    guessed: tuple[int, ...] = ()
    header_rows: int = 1
    unruled: frozenset[int] = frozenset()
    cuts_words: bool = False

    @property
    def key(self) -> int | None:
        """Give the index of the key column, if there is one."""
        return next((index for index, column in enumerate(self.columns) if column.key), None)

    @property
    def is_paged(self) -> bool:
        """Tell whether the rows stand on pages: a Word table has none, and no break can cut what it holds."""
        return any(place.page is not None for row in self.rows[:1] for place in row.places)

    def lacks_key(self, index: int) -> bool:
        """Tell whether a row prints no key of its own."""
        return self.key is not None and self.rows[index].slots[self.key].state is not State.PRINTED

    def is_next_key(self, index: int, below: int) -> bool:
        """Tell whether a row's key is the number after the last one that is printed above another row."""
        key = self.key
        if key is None:
            return False
        before = next(filter(None, self.keys_above(below)), "")
        return follows_key(squeeze(self.rows[index].slots[key].text), squeeze(before))

    def keys_above(self, index: int) -> Iterator[str]:
        """Give what the rows above one print in the key's column, from the nearest on, without titles of sections."""
        key = self.key
        above = (self.rows[row] for row in range(index - 1, -1, -1))
        return (row.slots[key].text for row in above if not row.banner) if key is not None else iter(())

    def begins_above(self, index: int) -> bool:
        """Tell whether a page's first row prints the key of the blank cell above the break: the next, or the first."""
        key = self.key
        if key is None or not self.rows[self.owner(index - 1, key)].slots[key].blank:
            return False
        if not any(self.keys_above(index)):
            return is_first_key(squeeze(self.rows[index].slots[key].text))
        return self.is_next_key(index, index - 1)

    def printed(self, column: int) -> list[str]:
        """Give the texts that are printed in a column."""
        return [row.slots[column].text for row in self.rows if row.slots[column].state is State.PRINTED]

    def after_break(self, index: int) -> bool:
        """Tell whether a row is the first of its page, with a page of the same table before it."""
        row = self.rows[index]
        return index > 0 and row.first and self.rows[index - 1].part != row.part

    def before_break(self, index: int) -> bool:
        """Tell whether a row is the last of its page, with a page of the same table behind it."""
        return index + 1 < len(self.rows) and self.rows[index + 1].part != self.rows[index].part

    def begins_blank(self, index: int) -> bool:
        """Tell whether a row is the first of its page and its first printed column is blank."""
        if not self.after_break(index):
            return False
        first = next((slot for slot in self.rows[index].slots if slot.state is not State.ADDED), None)
        return first is not None and first.blank

    def key_of(self, row: SheetRow) -> str | None:
        """Give a row's key as printed."""
        key = self.key
        text = "" if key is None else "".join(row.slots[key].text.split())
        return text or None

    def owner(self, row: int, column: int) -> int:
        """Give the row whose cell covers this position from above."""
        while row and self.rows[row].slots[column].state is State.COVERED_FROM_ABOVE:
            row -= 1
        return row

    def covered(self, row: int, column: int) -> range:
        """Give the rows that a position's cell covers, its own the first."""
        end = row + 1
        while end < len(self.rows) and self.rows[end].slots[column].state is State.COVERED_FROM_ABOVE:
            end += 1
        return range(row, end)

    def cells(self) -> Iterator[tuple[int, int, Slot]]:
        """Give each position in reading order."""
        for index, row in enumerate(self.rows):
            for column, slot in enumerate(row.slots):
                yield index, column, slot
