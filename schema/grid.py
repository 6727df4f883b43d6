"""Hold a document as it was read: paragraphs and grids in reading order.

Lengths are points (1/72 inch); boxes are ``(x0, top, x1, bottom)`` from the page's top left,
as the page is seen.  Pages, tables, rows and lines in a `Place` count from 1; the rows and
columns of a `Grid` count from 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from schema.finding import Finding, Place
from schema.spill import SpillList, packed

#: So many cells of a document are held in memory: some two hundred pages, or 11 MB.
MOST_CELLS = 8_000
#: Ends a line that was ended on purpose, in a cell's marked text.
HARD_END = "\n"
#: Ends a line that is full, in a cell's marked text: it wrapped, or it fits exactly.
FULL_END = "\v"
#: Ends a line that is nearly full: whether it wrapped, the measures cannot tell, since producers
#: squeeze marks, space scripts apart and keep together what others part.
UNSURE_END = "\x1f"
#: Raised digits, such as a footnote's number.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class Line(NamedTuple):
    """Hold one line of text of a cell.

    Args:
        text: The line, without its end.
        room: Points that were left behind the text for sure; ``None`` where the original names
            its line ends itself (Word, text), so that nothing wraps.
        head: Points that the line's first unbreakable piece takes; ``None`` as above.
        spare: The points left at the most careful count, every mark in its full width; `room`
            where it is ``None``.
        stacked: Whether it runs from the top to the bottom, one character under the other.
        spaced: Whether it ends at a space between two words in letters or digits.
        longest: Points that the first piece takes for producers that keep together more than others.
    """

    text: str
    room: float | None = None
    head: float | None = None
    spare: float | None = None
    stacked: bool = False
    spaced: bool = False
    longest: float = 0.0

    def is_full(self, following: Line) -> bool:
        """Tell whether the first piece of the following line had no room behind this one.

        >>> Line("区发展改革", room=4.0).is_full(Line("委", head=10.5))
        True
        >>> Line("区财政局", room=14.0).is_full(Line("区税务局", head=10.5))
        False

        One character above stacked text has the room below it, which a page break ended.

        >>> Line("普", room=40.0).is_full(Line("陀区", room=0.0, head=10.5, stacked=True))
        True
        """
        if self.room is None or following.head is None:
            return False
        return following.head > self.room or (following.stacked and len(self.text) == 1)

    def before_page(self, following: Line) -> Line:
        """Give the line as one that a page break parts from the following one, which is not measured with it.

        A line between letters that has room for a square ended at a space; not so where a mark in a square, which
        begins no line, goes with the next letter.

        >>> Line("registration", 20.7, spare=10.7).before_page(Line("certificate", 29.0, 51.6)).spaced
        True
        >>> Line("DDR", 11.4, spare=3.9).before_page(Line("4，固态硬盘", 7.7, 16.2)).spaced
        False

        What the next page begins with may go on below its first line.

        >>> Line("A", 36.8, spare=26.6).before_page(Line("4，80g/", 8.7, 14.0, longest=65.0)).spaced
        False
        """
        last, first = self.text[-1:], following.text[:1]
        is_between = last.isascii() and first.isascii() and last.isalnum() and first.isalnum()
        is_ended = is_between and (last.isalpha() or first.isalpha()) and self.spare is not None and self.spare >= 0
        if not following.text[1:2].isascii() and self.room is not None and following.head is not None:
            is_ended = is_ended and max(following.head, following.longest) <= self.room
        return self._replace(spaced=True) if is_ended else self

    def end(self, following: Line) -> str:
        """Give the mark of this line's end: full, nearly full, or ended on purpose.

        >>> Line("统筹做好“双随机”", room=14.8, spare=-2.0).end(Line("监管", head=10.5)) == UNSURE_END
        True

        No line begins with the mark of a note: that belongs to what it stood behind.

        >>> Line("区委宣传部（区委网信办）", room=5.0).end(Line("¹³", head=6.5))
        ''

        A space before the mark is one of the original.

        >>> Line("执行GB", room=14.8, spaced=True).end(Line("3095—2012", head=50.0)) == " " + FULL_END
        True
        """
        if following.text and following.text[0] in RAISED:
            return ""
        if self.is_full(following):
            return " " + FULL_END if self.spaced else FULL_END
        if self.spare is None or following.head is None:
            return HARD_END
        # Nobody ends a line behind one character; a program that fits all lines of a paragraph together may.
        if (len(self.text) == 1 and self.text >= "一") or max(following.head, following.longest) > self.spare:
            return " " + UNSURE_END if self.spaced else UNSURE_END
        return HARD_END


def marked_text(lines: tuple[Line, ...]) -> str:
    r"""Join lines into one text in which each end says whether its line was full.

    >>> marked_text((Line("区发展改革", 4.0, 10.5), Line("委", 44.0, 10.5), Line("区经委", 3.0, 10.5)))
    '区发展改革\x0b委\n区经委'
    """
    if len(lines) == 1:
        return lines[0].text
    parts: list[str] = []
    for line, following in pairwise(lines):
        parts.append(line.text)
        parts.append(line.end(following))
    parts.extend(line.text for line in lines[-1:])
    return "".join(parts)


class Cell(NamedTuple):
    """Hold one cell of a grid, with the positions that it covers.

    Args:
        row: Of its top left position, counting from 0; so is `column`.
        lines: Its lines of text; none where it is empty.
        open_top: Whether no line is drawn above it; `open_bottom`, below it.
        lines_above: How many more lines would fit above its text; ``None`` where the
            original has no such measure.
        lines_below: How many more would fit below.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[Line, ...]
    place: Place
    open_top: bool = False
    open_bottom: bool = False
    lines_above: float | None = None
    lines_below: float | None = None

    @property
    def text(self) -> str:
        """Give the cell's marked text (see `marked_text`)."""
        return marked_text(self.lines)


@packed
@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a table as it stands on one page, or in one Word table or block of text.

    Args:
        cells: In reading order; a covered position has no cell of its own.
        edges: The ``column_count + 1`` places of the column edges, where the original has any.
        spans_known: Whether an empty cell is known not to be a covered position.
        header_rows: How many rows the original itself marks as header, if it does.
        characters: How often each printed character stands inside the table, counted
            by the reader before it made cells: what the ledger is balanced against.
        overprinted: The places of cells in which text stands on other text, with the first such text of each.
        nested: The places of tables within a cell, whose texts became lines of that cell, with their texts.
        by_gaps: Whether its columns have no lines, and are told by the gaps between their texts.
        unclosed: In how many rows sides of cells are left out, and told by the ends of other lines.
        cut: The places of cells whose edges cut text off, with that text.
        cuts_words: Whether its lines end within any word in letters.
        goes_beyond: Whether its lines go on beyond what the page shows, on the left or the right.
        beside: The page whose table has the same rows and other columns, if any: this one may stand beside it.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    place: Place
    edges: tuple[float, ...] = ()
    spans_known: bool = True
    header_rows: int = 0
    characters: Mapping[str, int] = field(default_factory=dict)
    overprinted: tuple[tuple[Place, str], ...] = ()
    nested: tuple[tuple[Place, str], ...] = ()
    by_gaps: bool = False
    unclosed: int = 0
    cut: tuple[tuple[Place, str], ...] = ()
    cuts_words: bool = False
    goes_beyond: bool = False
    beside: int = 0


@packed
@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold one paragraph (in a PDF, one line) outside the tables.

    Args:
        text: What it says.
        place: Where it stands.
        pieces: How many pieces wide gaps part it into: several are a row of a table without lines, or of a form.
    """

    text: str
    place: Place
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """Say which file was read.

    Args:
        name: The file's name without folders.
        sha256: Of the bytes that were read, in hexadecimal.
        media_type: Told by content.
        page_count: ``None`` where the format has no pages of its own.
    """

    name: str
    sha256: str
    media_type: str
    page_count: int | None = None


Block = Paragraph | Grid


class BlockList(SpillList[Block]):
    """Hold blocks in reading order: those of a long document on disk.

    Args:
        blocks: To begin with.
    """

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        super().__init__(MOST_CELLS)
        self._are_grids = bytearray()
        self.extend(blocks)

    def append(self, item: Block, weight: int | None = None) -> None:
        """Put a block behind the others; a grid weighs as much as its cells."""
        self._are_grids.append(isinstance(item, Grid))
        own = len(item.cells) if isinstance(item, Grid) else 1
        super().append(item, own if weight is None else weight)

    def extend(self, blocks: Iterable[Block]) -> None:
        """Put blocks behind the others."""
        for block in blocks:
            self.append(block)

    @property
    def first_grid(self) -> int:
        """Give the index of the first grid, or the number of blocks where there is none."""
        found = self._are_grids.find(1)
        return len(self) if found < 0 else found

    def paragraphs(self, start: int = 0, stop: int | None = None) -> Iterator[Paragraph]:
        """Give the paragraphs between two places; the grids are not so much as read."""
        for index in range(start, len(self) if stop is None else stop):
            if not self._are_grids[index]:
                block = self[index]
                if isinstance(block, Paragraph):
                    yield block


@dataclass(frozen=True, slots=True)
class Original:
    """Hold a document in reading order, with what its reader noticed."""

    source: Source
    blocks: BlockList
    findings: tuple[Finding, ...] = ()


def count_printed(text: str) -> Counter[str]:
    r"""Count the characters of a text that leave ink: all but white space.

    >>> sorted(count_printed("李 阳\n李").items())
    [('李', 2), ('阳', 1)]
    """
    return Counter("".join(text.split()))
