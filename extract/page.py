"""Hold a page as PDF-like formats draw it: runs of characters, and strokes.

Lengths are points; the origin is the top left of the page as its text is read.  Where the
page is seen turned against that, `Page.seen` turns boxes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schema.finding import Box

#: Stands for a glyph of which no character is known.
UNMAPPED = "\ufffd"


class Run(NamedTuple):
    """Hold characters that the pen drew one right behind the other, and their box.

    The box is as wide as the pen moved, and as high as the font's letters.

    Args:
        ends: The right edge of each character.
        spaced: Whether a real space (not one that a reader made up) stands before it.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    ends: Sequence[float]
    spaced: bool

    def start_of(self, index: int) -> float:
        """Give the left edge of a character, in points; the last one has the index -1.

        >>> run = Run("甲1", 0, 0, 3, 2, (2, 3), False)
        >>> run.start_of(0), run.start_of(1), run.start_of(-1), run.width_of(-1)
        (0, 2, 2, 1)
        """
        index %= len(self.ends)
        return self.ends[index - 1] if index else self.x0

    def width_of(self, index: int) -> float:
        """Give the width of a character, in points."""
        return self.ends[index] - self.start_of(index)

    def with_next(self, run: Run) -> Run:
        """Give the run with the next one of its line: its last character reaches to that.

        >>> Run("甲", 0, 0, 1, 2, (1,), False).with_next(Run("乙", 3, 0, 4, 3, (4,), False))
        Run(text='甲乙', x0=0, top=0, x1=4, bottom=3, ends=[3, 4], spaced=False)
        """
        top, bottom = min(self.top, run.top), max(self.bottom, run.bottom)
        return Run(
            self.text + run.text, self.x0, top, run.x1, bottom, [*self.ends[:-1], run.x0, *run.ends], self.spaced
        )

    def part(self, start: int, end: int) -> Run:
        """Give the run of some of its characters.

        >>> Run("5942025", 0, 0, 7, 1, (1, 2, 3, 4, 5, 6, 7), True).part(3, 7)
        Run(text='2025', x0=3, top=0, x1=7, bottom=1, ends=(4, 5, 6, 7), spaced=False)
        """
        x0, ends = self.ends[start - 1] if start else self.x0, self.ends[start:end]
        return Run(self.text[start:end], x0, self.top, ends[-1], self.bottom, ends, self.spaced and not start)


def runs_within(runs: Iterable[Run], box: Box) -> Iterator[Run]:
    """Give the runs whose middle stands in a box (x0, top, x1, bottom)."""
    x0, top, x1, bottom = box
    for run in runs:
        if top < (run.top + run.bottom) / 2 < bottom and x0 < (run.x0 + run.x1) / 2 < x1:
            yield run


class Stroke(NamedTuple):
    """Hold one straight ruling line along an axis: where it lies, and from where to where."""

    position: float
    start: float
    end: float


def end_to_end(strokes: Iterable[Stroke]) -> list[tuple[float, float]]:
    """Give from where to where parallel strokes reach, those that overlap or touch as one."""
    pieces: list[tuple[float, float]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        if pieces and stroke.start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], stroke.end))
        else:
            pieces.append((stroke.start, stroke.end))
    return pieces


class CutText(NamedTuple):
    """Hold text that the edge of its cell cuts off.

    Args:
        text: What is cut off, all of it or in part.
        box: What is seen of it, or of the line beside it.
        down: 0 where a side of the cell cuts it off; 1 for a line below the one that is seen, and -1 for one above.
        seen: The line that is seen beside it, if it is one.
    """

    text: str
    box: Box
    down: int = 0
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what one page shows.

    Args:
        number: Counting from 1.
        width: Of the page as its text is read; so is the height.
        runs: In the order of drawing, without white space.
        horizontals: Strokes whose position is a distance from the top.
        verticals: Strokes whose position is a distance from the left.
        turned: By how many degrees clockwise the page is seen turned against its text.
        aslant: Text that is drawn aslant, such as a watermark; it belongs to no table.
        watermark: Large text that stands level over a table's lines; it belongs to none.
        unseen: Text that stands outside of what the page shows.
        objects: How many objects but lines and boxes are drawn on the page; `texts` of them are text, or may hold some.
        lost: How many pieces of text the reader had to drop.
        overprinted: Text that stands on other text or runs over an upright line, where the reader may not tell it from
            what stands beside it.
        starts: Where the producer began to draw a piece of text, on a page with such text; none where it drew each
            character by itself.
        raised: The digits that are printed above the line, as superscripts.
        struck: The texts that a line strikes out, each with its box.
        cut: The texts that the edges of their cells cut off.
        ends: Where level lines leave what the page shows of them, on the left or the right, each as x and y.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    horizontals: tuple[Stroke, ...]
    verticals: tuple[Stroke, ...]
    turned: int = 0
    aslant: str = ""
    watermark: str = ""
    unseen: str = ""
    objects: int = 0
    texts: int = 0
    lost: int = 0
    overprinted: str = ""
    starts: tuple[tuple[float, float], ...] = ()
    raised: str = ""
    struck: tuple[tuple[str, Box], ...] = ()
    cut: tuple[CutText, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()

    @property
    def ink(self) -> int:
        """Count the characters of the page."""
        return sum(len(run.text) for run in self.runs) + len(self.aslant) + len(self.watermark) + len(self.unseen)

    @property
    def unmapped(self) -> int:
        """Count the glyphs of which no character is known."""
        return sum(UNMAPPED in run.text and run.text.count(UNMAPPED) for run in self.runs)

    @property
    def is_short(self) -> bool:
        """Tell whether the reader lost text, or gives fewer characters than the page has objects with text."""
        return self.lost > 0 or self.ink < self.texts

    def seen(self, box: Box) -> Box:
        """Give a box on the page as it is seen, rounded to a tenth of a point.

        >>> Page(1, 200, 100, (), (), (), turned=90).seen((10, 20, 30, 40))
        (60, 10, 80, 30)
        """
        x0, top, x1, bottom = box
        if self.turned == 90:
            x0, top, x1, bottom = self.height - bottom, x0, self.height - top, x1
        elif self.turned == 180:
            x0, top, x1, bottom = self.width - x1, self.height - bottom, self.width - x0, self.height - top
        elif self.turned == 270:
            x0, top, x1, bottom = top, self.width - x1, bottom, self.width - x0
        return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)
