"""Measure the lines of a table's cells: how much room each left, and how much the next one's first piece takes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from extract.cell_text import TextLine, run_end
from extract.linebreak import may_break
from extract.page import Run
from extract.ruling import Lattice
from schema.grid import Line

#: Edges that differ by less than this share of a height stand under each other.
ALIGNED = 0.3
#: From line to line, as a share of the characters' height, where a cell has one line only.
LINE_PITCH = 1.3
#: What a measured room may be off by, as a share of the em: some producers add a quarter between
#: Chinese and Latin.
SLACK = 0.25
#: From this many em on, what is left behind a line was left on purpose, whatever the producer.
SURE = 1.2
#: Paddings smaller than this are text that hangs over (points).
LEAST_PADDING = 0.4
#: Lines that leave the same padding do so within this (points).
SAME_PADDING = 0.35

#: Row, column, row span and column span of a cell.
Span = tuple[int, int, int, int]


class Align(Enum):
    """Say how the lines of a cell are aligned, as far as it matters for their room."""

    LEFT = auto()
    OTHER = auto()


def padding_of(lattice: Lattice, spans: Sequence[Span], filled: Sequence[Sequence[Run]]) -> tuple[float, float]:
    """Measure the table's padding left and right in points: the least that several runs leave.

    One alone may hang over its cell's edge, and says nothing.
    """
    lefts: list[float] = []
    rights: list[float] = []
    for (_, column, _, width), runs in zip(spans, filled, strict=True):
        x0, x1 = lattice.xs[column], lattice.xs[column + width]
        for run in runs:
            lefts.append(run.x0 - x0)
            rights.append(x1 - run_end(run))
    left = _least_shared(lefts)
    return left, min(left, _least_shared(rights))


def _least_shared(paddings: list[float]) -> float:
    """Give the least padding that two lines have in common, or the least of all."""
    found = sorted(padding for padding in paddings if padding >= LEAST_PADDING)
    shared = (first for first, second in pairwise(found) if second - first <= SAME_PADDING)
    return next(shared, found[0] if found else 0.0)


def free_lines(lines: Sequence[TextLine], top: float, bottom: float) -> tuple[float | None, float | None]:
    """Measure how many more lines would fit above and below a cell's text."""
    if not lines:
        return None, None
    first, last = lines[0], lines[-1]
    pitch = (last.top - first.top) / (len(lines) - 1) if len(lines) > 1 else first.size * LINE_PITCH
    pitch = max(pitch, first.size)
    return round((first.top - top) / pitch, 2), round((bottom - last.bottom) / pitch, 2)


def measured_lines(lines: Sequence[TextLine], inner: tuple[float, float]) -> tuple[Line, ...]:
    """Measure each line's room and head.

    A piece too long for any line is cut by force, so a line that is all one piece adds the
    next line's head to its own.
    """
    if lines and lines[0].stacked:
        return tuple(Line(line.text, 0.0, round(line.em, 2), 0.0, stacked=True) for line in lines)
    measured: list[Line] = []
    align = _align(lines, inner) if lines else Align.LEFT
    following: TextLine | None = None
    below = 0.0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        em = line.em
        head, whole = line.head
        room, spare = _room(line, inner, align, em)
        if whole and following is not None and _is_forced(line, following, room, em):
            head += below
        measured.append(Line(line.text, room, round(head, 2), spare))
        following, below = line, head
    measured.reverse()
    return tuple(measured)


def _is_forced(line: TextLine, following: TextLine, room: float, em: float) -> bool:
    """Tell whether a line ends where no line may: within a word that fills it, or beside a mark."""
    before, after = line.text[-1], following.text[0]
    if may_break(before, after):
        return False
    return room < em or not (before.isalnum() and after.isalnum())


def _room(line: TextLine, inner: tuple[float, float], align: Align, em: float) -> tuple[float, float]:
    """Measure how much more text a line could have held, in points: surely, and at the most careful count.

    In a centred line that is the space on both sides, in one aligned to the right the space
    on its left; the indent of a first line is no room.  A line that is spread over its cell's
    width holds only its characters' own widths.
    """
    width, natural = inner[1] - inner[0], line.natural(em)
    if line.is_spread:
        taken = natural
    else:
        indent = max(line.x0 - inner[0], 0.0) if align is Align.LEFT else 0.0
        taken = line.box[2] - line.x0 + indent
        natural += indent
    spare = width - max(taken, natural) - SURE * em
    return round(width - taken - SLACK * em, 2), round(spare, 2)


def _align(lines: Sequence[TextLine], inner: tuple[float, float]) -> Align:
    """Tell how a cell's lines are aligned; a first line may be indented."""
    body = lines[1:] if len(lines) > 1 else lines
    lefts = [line.x0 for line in body]
    size = lines[0].size
    flush = min(lefts) - inner[0] < ALIGNED * size and max(lefts) - min(lefts) < ALIGNED * size
    return Align.LEFT if flush else Align.OTHER
