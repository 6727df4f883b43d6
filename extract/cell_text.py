"""Make lines of text of the characters of one cell or paragraph.

Characters and gaps count, the order of drawing only in stacked text; a space is a real space of the
original, or a gap too wide to be anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from extract.gaps import spaced_text
from extract.glyphs import is_beside
from extract.justified import LATIN_GAP
from extract.linebreak import NOT_AT_END, NOT_AT_START, SQUEEZED, first_piece, is_ideograph, is_wide
from extract.page import Run
from extract.spread import is_pulled_apart, is_spread, parts_words, reach_of, spread_words
from schema.finding import Box

#: The middles of stacked characters lie within this share of their width, also where a mark's empty half is cut off,
#: and one below the other within so many widths.
BESIDE, FAR_BELOW = 0.52, 2.6
#: Fewer characters may stand one above the other by chance, unless none has more room between them than this share of
#: their width.
FEWEST_UPWARD, FLUSH = 3, 0.1
#: The same character drawn again within this share of its width is one that was made bold.
DOUBLED = 0.25
#: Quotation marks that open, and how wide (a share of the height) one is that stands in a square.
OPENING_QUOTES, SQUARE = frozenset("“‘"), 0.6


class TextLine(NamedTuple):
    """Hold the runs of one line from left to right, with the line's text.

    Args:
        stacked: Whether the line runs from the top to the bottom, one character under the other.
        is_spread: Whether it is one word, spread over its cell's width.
    """

    text: str
    runs: tuple[Run, ...]
    stacked: bool = False
    is_spread: bool = False

    @property
    def ink(self) -> str:
        """Give the line's characters without spaces."""
        return "".join(run.text for run in self.runs)

    @property
    def x0(self) -> float:
        """Give the line's left end in points."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Give the line's right end in points, without marks that hang into the margin."""
        return run_end(self.runs[-1])

    @property
    def box(self) -> Box:
        """Give the line's box."""
        return (self.x0, self.top, self.runs[-1].x1, self.bottom)

    @property
    def top(self) -> float:
        """Give the top of the line's highest character in points."""
        return self.runs[0].top if len(self.runs) == 1 else min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Give the bottom of the line's lowest character in points."""
        return self.runs[0].bottom if len(self.runs) == 1 else max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """Give the height of the line's highest character in points."""
        first = self.runs[0]
        return first.bottom - first.top if len(self.runs) == 1 else max(run.bottom - run.top for run in self.runs)

    @property
    def em(self) -> float:
        """Give the width of a Chinese character of the line, or the line's height where it has none."""
        for run in self.runs:
            if run.text.isascii():
                continue
            start = run.x0
            for char, end in zip(run.text, run.ends, strict=True):
                if is_ideograph(char):
                    return end - start
                start = end
        return self.size

    def natural(self, em: float) -> float:
        """Give the width of the line's characters in points, marks in their full width, without the gaps."""
        total = 0.0
        for run in self.runs:
            total += run.x1 - run.x0
            if SQUEEZED.isdisjoint(run.text):
                continue
            start = run.x0
            for char, end in zip(run.text, run.ends, strict=True):
                if char in SQUEEZED:
                    total += max(em - (end - start), 0.0)
                start = end
        return total

    def head(self, *, joined: bool = False, tied: bool = False) -> tuple[float, bool]:
        """Give the width in points of the first piece that may not be broken (see `first_piece`), up to a space.

        The second value tells whether that piece is the whole line.
        """
        ink = self.runs[0].text if len(self.runs) == 1 else self.ink
        count = first_piece(ink, joined=joined, tied=tied)
        if " " in self.text:
            count = min(count, self.text.index(" ")) or count
        return self.width_of(count), count == len(ink)

    def width_of(self, count: int) -> float:
        """Give the points from the line's left end to the end of so many of its characters."""
        for run in self.runs:
            if count <= len(run.ends):
                return run.ends[count - 1] - self.x0
            count -= len(run.ends)
        return 0.0


def run_start(run: Run) -> float:
    """Give a run's left end in points; a mark at its beginning may hang into the margin with its left half."""
    return (run.x0 + run.ends[0]) / 2 if opens_square(run, 0) else run.x0


def opens_square(run: Run, index: int) -> bool:
    """Tell whether a character is an opening mark as wide as Chinese: its left half is empty.

    Quotation marks are so in Chinese fonts only.
    """
    char = run.text[index]
    if char in OPENING_QUOTES:
        return run.width_of(index) > SQUARE * (run.bottom - run.top)
    return char in NOT_AT_END and is_wide(char)


def run_end(run: Run) -> float:
    """Give a run's right end in points; a mark at its end may hang into the margin with its right half."""
    if run.text[-1] in NOT_AT_START and is_wide(run.text[-1]):
        return (run.start_of(-1) + run.x1) / 2
    return run.x1


def text_lines(runs: Iterable[Run], width: float | None = None, *, tight: bool = False) -> list[TextLine]:
    """Make lines of runs, from the top to the bottom; of stacked text, from the right to the left.

    Args:
        runs: In the order of drawing.
        width: Of the cell that they stand in without its padding, in points.
        tight: Whether the page leaves no gap between the scripts, so that one is a space (see `sets_tight`).
    """
    runs = list(runs)
    if len(runs) == 1:
        return [TextLine(runs[0].text, (runs[0],))]
    if way := _stacking(runs):
        return [TextLine(_read_along(column), tuple(column), stacked=True) for column in _columns(runs, way)]
    made: list[TextLine] = []
    rows = [_in_order(row) for row in _rows(runs)]
    for index, row in enumerate(rows):
        reach = width and reach_of(rows, index, width)
        spread = is_spread(row, reach)
        if spread and parts_words(rows, index, reach):
            text = spaced_text(row, reach, tight=tight)
            made.append(TextLine(text if len(text) > len(row) else " ".join(run.text for run in row), tuple(row)))
        elif spread:
            ink = "".join(run.text for run in row)
            parted = [run.spaced for run in row[1:]]
            spaced = all(parted) or (any(parted) and not is_pulled_apart(row, reach))
            text = spaced_text(row, reach, tight=tight) if spaced else ink
            made.append(TextLine(text, tuple(row), is_spread=True))
        elif words := spread_words(row, reach):
            made.append(TextLine(words, tuple(row), is_spread=True))
        else:
            made.append(TextLine(spaced_text(row, reach, tight=tight), tuple(row)))
    return made


def _stacking(runs: Sequence[Run]) -> int:
    """Tell whether text runs from the top to the bottom (1) or, turned, from the bottom to the top (-1); 0 for neither.

    Each character is drawn right under the one before; after the last of a column the next one stands at the top of the
    column to its left.  Text that runs upwards does so seen from the other side.
    """
    if len(runs) < 2 or any(len(run.text) > 1 for run in runs):
        return 0
    if sum(is_wide(run.text) or _is_turned(run) for run in runs) * 2 < len(runs):
        return 0
    pairs = list(pairwise(runs))
    if all(_follows(above, run, 1) for above, run in pairs):
        return 1
    # Text from the left to the right begins a column with each character, seen so.
    up = [(above, run) for above, run in pairs if _is_under(above, run, -1)]
    is_upward = len(runs) >= FEWEST_UPWARD and len(up) * 2 >= len(pairs)
    is_flush = up == pairs and all(abs(above.top - run.bottom) < FLUSH * (run.x1 - run.x0) for above, run in up)
    return -1 if is_flush or (is_upward and all(_follows(above, run, -1) for above, run in pairs)) else 0


def _is_turned(run: Run) -> bool:
    """Tell whether a letter or digit lies on its side: its box is wider than it is high."""
    return not is_wide(run.text) and run.x1 - run.x0 > run.bottom - run.top


def _follows(above: Run, run: Run, way: int) -> bool:
    return _is_under(above, run, way) or _is_beside(above, run, way)


def _is_under(above: Run, run: Run, way: int) -> bool:
    """Tell whether a character stands right under the one before."""
    aside, down, width = _step(above, run, way)
    return abs(aside) < BESIDE * width and 0 < down < FAR_BELOW * width


def _is_beside(above: Run, run: Run, way: int) -> bool:
    """Tell whether a character begins the column to the left, which may be no longer than the one before."""
    aside, down, width = _step(above, run, way)
    return aside < -BESIDE * width and down < BESIDE * width


def _step(above: Run, run: Run, way: int) -> tuple[float, float, float]:
    """Give how far a character stands to the right of and below the one before, and the width of their squares."""
    width = max(above.x1 - above.x0, run.x1 - run.x0)
    if not (is_wide(above.text) or is_wide(run.text)):
        # Two digits are narrower than the squares that they stand in.
        width = max(width, run.bottom - run.top)
    down = run.top - above.top if way > 0 else above.bottom - run.bottom
    return way * ((run.x0 + run.x1) / 2 - (above.x0 + above.x1) / 2), down, width


def _columns(runs: Sequence[Run], way: int) -> list[list[Run]]:
    """Part stacked text into its columns."""
    columns = [[runs[0]]]
    for above, run in pairwise(runs):
        if _is_under(above, run, way):
            columns[-1].append(run)
        else:
            columns.append([run])
    return columns


def _read_along(column: Sequence[Run]) -> str:
    """Give the text of a column, with a space where one, or a gap, parts words that lie on their side."""
    parts = [column[0].text]
    for before, run in pairwise(column):
        gap = max(run.top - before.bottom, before.top - run.bottom)
        is_gap = run.spaced or gap > LATIN_GAP * (run.x1 - run.x0)
        parts.append(" " + run.text if is_gap and _is_turned(before) and _is_turned(run) else run.text)
    return "".join(parts)


def _in_order(row: list[Run]) -> list[Run]:
    """Give a row's runs from the left to the right, each once."""
    if len(row) > 1:
        row.sort(key=attrgetter("x0"))
        return _without_doubles(row)
    return row


def _middle(run: Run) -> float:
    return run.top + run.bottom


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Part runs into rows: those that lie side by side with most of their heights."""
    rows: list[list[Run]] = []
    top = bottom = 0.0
    for run in sorted(runs, key=_middle):
        if rows and is_beside((top, bottom), (run.top, run.bottom)):
            rows[-1].append(run)
            if run.bottom - run.top > bottom - top:
                top, bottom = run.top, run.bottom
        else:
            rows.append([run])
            top, bottom = run.top, run.bottom
    return rows


def _without_doubles(row: Sequence[Run]) -> list[Run]:
    """Drop runs that were drawn again on themselves, or on a part of another, to look bold or to throw a shadow."""
    kept: list[Run] = []
    for run in row:
        if kept and _is_drawn_in(kept[-1], run):
            kept[-1] = run
        elif not any(_is_drawn_in(run, other) for other in kept[-2:]):
            kept.append(run)
    return kept


def _is_drawn_in(run: Run, other: Run) -> bool:
    """Tell whether another run has all of a run's characters, at their places."""
    close = DOUBLED * (run.x1 - run.x0) / len(run.text)
    if run.x0 < other.x0 - close or run.x1 > other.x1 + close:
        return False
    places = (at for at in range(len(other.text)) if abs(other.start_of(at) - run.x0) < close)
    return any(other.text.startswith(run.text, at) for at in places)
