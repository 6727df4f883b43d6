"""Make lines of text of the characters of one cell or paragraph.

Only characters and gaps count, never the order of drawing; a space is a real space of the
original, or a gap too wide to be anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.linebreak import NOT_AT_START, first_piece, is_ideograph, is_wide
from extract.page import Run
from schema.finding import Box

#: Two runs lie on one line where they share more than this part of the lower one's height.
SAME_LINE = 0.5
#: A gap wider than this share of the characters' height parts two words: between two letters,
#: between two Chinese characters beyond what the line's other gaps have, and beside a mark or
#: between the scripts, where typesetting itself puts a quarter.
LATIN_GAP = 0.16
CHINESE_GAP = 0.17
MIXED_GAP = 0.45
#: A gap wider than this many em between Chinese characters is a space as wide as one of them.
WIDE_GAP = 0.75
WIDE_SPACE = "\u3000"
#: Justification widens no gap by more than this share; what is wider was put there by hand.
WIDEST_JUSTIFIED = 0.3
#: The middles of stacked characters lie within this share of their width, and one below the other
#: within so many widths.
BESIDE, FAR_BELOW = 0.5, 2.6
#: Gaps wider than this share of the height, and as even as the third, are a line that was spread;
#: those of a line that fills its cell may be narrower.
SPREAD, FILLED_SPREAD, EVEN = 0.45, 0.12, 0.2
#: A space is no wider than this share of the height.
PULLED = 0.3
#: A line fills its cell where it leaves no more than this share of its height.
FILLED = 0.25
#: Marks that some producers set narrower than a square.
SQUEEZED = frozenset("“”‘’，。、；：！？（）《》〈〉「」『』【】〔〕·•…—")
#: The same character drawn again within this share of its width is one that was made bold.
DOUBLED = 0.25


@dataclass(frozen=True, slots=True)
class TextLine:
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
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """Give the bottom of the line's lowest character in points."""
        return max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        """Give the height of the line's highest character in points."""
        return max(run.bottom - run.top for run in self.runs)

    @property
    def em(self) -> float:
        """Give the width of a Chinese character of the line, or the line's height where it has none."""
        for run in self.runs:
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

    @property
    def head(self) -> tuple[float, bool]:
        """Give the width in points of the first piece that may not be broken.

        The second value tells whether that piece is the whole line.
        """
        ink = self.ink
        left = first_piece(ink)
        whole = left == len(ink)
        for run in self.runs:
            if left <= len(run.ends):
                return run.ends[left - 1] - self.x0, whole
            left -= len(run.ends)
        return 0.0, whole


def is_spread(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a line is one word spread over its cell's width: the same wide gap behind each character.

    Four characters or more may as well be two padded names, unless they reach from side to side.
    """
    if len(row) < 2 or any(len(run.text) > 1 for run in row):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    height = row[0].bottom - row[0].top
    if max(gaps) - min(gaps) >= EVEN * height:
        return False
    filled = _fills(row, width)
    return min(gaps) > (FILLED_SPREAD if filled else SPREAD) * height and (filled or len(row) < 4)


def _is_pulled_apart(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a spread line's gaps are wider than spaces are, and fill its cell."""
    gap = min(after.x0 - before.x1 for before, after in pairwise(row))
    return _fills(row, width) and gap > PULLED * (row[0].bottom - row[0].top)


def run_end(run: Run) -> float:
    """Give a run's right end in points; a mark at its end may hang into the margin with its right half."""
    if run.text[-1] in NOT_AT_START and is_wide(run.text[-1]):
        start = run.ends[-2] if len(run.ends) > 1 else run.x0
        return (start + run.x1) / 2
    return run.x1


def _fills(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a line reaches from side to side of its cell: only such a line is justified."""
    return width is not None and row[-1].x1 - row[0].x0 >= width - FILLED * (row[0].bottom - row[0].top)


def text_lines(runs: Iterable[Run], width: float | None = None) -> list[TextLine]:
    """Make lines of runs, from the top to the bottom; of stacked text, from the right to the left.

    Args:
        runs: In the order of drawing.
        width: Of the cell that they stand in without its padding, in points.
    """
    runs = list(runs)
    if is_stacked(runs):
        return [TextLine("".join(run.text for run in column), tuple(column), stacked=True) for column in _columns(runs)]
    made: list[TextLine] = []
    for row in _rows(runs):
        if len(row) > 1:
            row.sort(key=_left)
            row = _without_doubles(row)  # noqa: PLW2901 - the same row, cleaned
        if is_spread(row, width):
            ink = "".join(run.text for run in row)
            spaced = any(run.spaced for run in row) and not _is_pulled_apart(row, width)
            text = _spaced(row, width) if spaced else ink
            made.append(TextLine(text, tuple(row), is_spread=True))
        else:
            made.append(TextLine(_spaced(row, width), tuple(row)))
    return made


def is_stacked(runs: Sequence[Run]) -> bool:
    """Tell whether text runs from the top to the bottom: each character is drawn right under the one before.

    After the last character of a column the next one stands at the top of the column to its left.
    """
    if len(runs) < 2 or any(len(run.text) > 1 for run in runs):
        return False
    if sum(is_ideograph(run.text) for run in runs) * 2 < len(runs):
        return False
    for above, run in pairwise(runs):
        width = max(above.x1 - above.x0, run.x1 - run.x0)
        aside = (run.x0 + run.x1) / 2 - (above.x0 + above.x1) / 2
        down = run.top - above.top
        under = abs(aside) < BESIDE * width and 0 < down < FAR_BELOW * width
        if not under and not (aside < -BESIDE * width and down < 0):
            return False
    return True


def _columns(runs: Sequence[Run]) -> list[list[Run]]:
    """Part stacked text into its columns."""
    columns = [[runs[0]]]
    for above, run in pairwise(runs):
        if run.top > above.top:
            columns[-1].append(run)
        else:
            columns.append([run])
    return columns


def _left(run: Run) -> float:
    return run.x0


def _middle(run: Run) -> float:
    return run.top + run.bottom


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Part runs into rows: those that lie side by side with most of their heights.

    Heights are no measure of their own: where a font has no box of its own, a comma is as
    high as its ink.
    """
    rows: list[list[Run]] = []
    top = bottom = 0.0
    for run in sorted(runs, key=_middle):
        height = run.bottom - run.top
        shared = min(bottom, run.bottom) - max(top, run.top)
        if rows and shared >= SAME_LINE * min(bottom - top, height):
            rows[-1].append(run)
            if height > bottom - top:
                top, bottom = run.top, run.bottom
        else:
            rows.append([run])
            top, bottom = run.top, run.bottom
    return rows


def _without_doubles(row: Sequence[Run]) -> list[Run]:
    """Drop runs that were drawn again on themselves to look bold."""
    kept: list[Run] = []
    for run in row:
        close = DOUBLED * (run.x1 - run.x0) / len(run.text)
        if not any(run.text == other.text and run.x0 - other.x0 < close for other in kept[-2:]):
            kept.append(run)
    return kept


def _spaced(row: Sequence[Run], width: float | None) -> str:
    """Give a row's text with a space wherever there is one, or a gap that must be one."""
    if len(row) == 1:
        return row[0].text
    parts = [row[0].text]
    measure: _Measure | None = None
    for before, run in pairwise(row):
        gap = (run.x0 - before.x1) / max(before.bottom - before.top, run.bottom - run.top)
        space = " " if run.spaced else ""
        if gap > LATIN_GAP:
            measure = measure or _Measure.of(row, width)
            space = measure.space(before, run, gap)
        parts.append(space + run.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Measure:
    """Hold what the gaps of a row are measured by.

    Args:
        em: The width of a Chinese character in points; zero where the row has none.
        usual: The gap between Chinese characters in em, where the row is justified.
    """

    em: float
    usual: float

    @classmethod
    def of(cls, row: Sequence[Run], width: float | None) -> _Measure:
        """Measure a row of a cell of this width."""
        em = _usual_width(row)
        justified = em and (width is None or _fills(row, width))
        return cls(em, _usual_gap(row, em) if justified else 0.0)

    def space(self, before: Run, run: Run, gap: float) -> str:
        """Give what a gap between two runs stands for: nothing, a space, or one as wide as a character.

        Args:
            before: The run on the left.
            run: The run on the right.
            gap: As a share of the characters' height.
        """
        a, b = before.text[-1], run.text[0]
        if self.em and is_ideograph(a) and is_ideograph(b):
            gap = min(gap, _pitch(before, run) / self.em - 1)
            limit = CHINESE_GAP + self.usual
        elif self.em and (a in SQUEEZED or b in SQUEEZED):
            gap = (run.x0 - before.x1 - self._hidden(before, -1) - self._hidden(run, 0)) / self.em
            limit = CHINESE_GAP + self.usual
        else:
            limit = MIXED_GAP + self.usual if is_wide(a) or is_wide(b) else LATIN_GAP
        if gap > limit:
            return WIDE_SPACE if gap > WIDE_GAP + self.usual and is_wide(a) and is_wide(b) else " "
        return " " if run.spaced else ""

    def _hidden(self, run: Run, index: int) -> float:
        """Give the part of a mark's square that its box leaves out, in points."""
        if run.text[index] not in SQUEEZED:
            return 0.0
        end = run.ends[index]
        start = run.ends[index - 1] if len(run.ends) > 1 and index else run.x0
        return max(self.em - (end - start), 0.0)


def _pitch(before: Run, run: Run) -> float:
    """Give the distance in points from the middle of a run's last character to that of the next one's first."""
    start = before.ends[-2] if len(before.ends) > 1 else before.x0
    return (run.x0 + run.ends[0]) / 2 - (start + before.x1) / 2


def _usual_width(row: Sequence[Run]) -> float:
    """Give the median width of a row's Chinese characters in points; zero where it has none."""
    widths = []
    for run in row:
        start = run.x0
        for char, end in zip(run.text, run.ends, strict=True):
            if is_ideograph(char):
                widths.append(end - start)
            start = end
    return sorted(widths)[len(widths) // 2] if widths else 0.0


def _usual_gap(row: Sequence[Run], em: float) -> float:
    """Give the gap between a justified row's Chinese characters in em; zero where it is not justified.

    Justification widens nearly all of them alike; within a run there is none.
    """
    gaps = [0.0 for run in row for a, b in pairwise(run.text) if is_ideograph(a) and is_ideograph(b)]
    gaps += [
        _pitch(before, after) / em - 1
        for before, after in pairwise(row)
        if is_ideograph(before.text[-1]) and is_ideograph(after.text[0])
    ]
    if len(gaps) < 2:
        return 0.0
    least = min(gaps)
    alike = [gap for gap in gaps if gap - least < EVEN]
    return min(max(least, 0.0), WIDEST_JUSTIFIED) if len(alike) * 2 > len(gaps) else 0.0
