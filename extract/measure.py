"""Measure the lines of a table's cells: how much room each left, and how much the next one's first piece takes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from extract.cell_text import TextLine, run_end, run_start
from extract.linebreak import NOT_AT_END, is_ideograph, is_wide, may_break
from extract.page import Run
from extract.paragraphs import have_one_middle, is_indented, paragraph_starts
from extract.phrases import keeps_phrases, with_phrases
from extract.ruling import Lattice
from extract.word_ends import LEAST_INDENT, SLACK, Inner, Words, behind_indent, ends_word, words_of
from schema.grid import Line

#: Edges that differ by less than this share of a height stand under each other.
ALIGNED = 0.3
#: Middles that differ by less than half this share of a height are one.
CENTRED = 0.1
#: So many cells of a table tell by how much its first lines are indented.
FEWEST_INDENTED = 3
#: So many it mostly is, in Chinese.
FIRST_LINE = 2.0
#: From line to line, as a share of the characters' height, where a cell has one line only.
LINE_PITCH = 1.3
#: From this many em on, what is left behind a line was left on purpose, whatever the producer.
SURE = 1.2
#: Paddings smaller than this are text that hangs over (points).
LEAST_PADDING = 0.4
#: A mark at a line's beginning may hang into the margin by so much more than its empty half (points).
HANGING = 3.0
#: Lines that leave the same padding do so within this (points).
SAME_PADDING = 0.35
#: Fewer than this share of the lines do so by chance.
SHARED = 0.04

#: Row, column, row span and column span of a cell.
Span = tuple[int, int, int, int]


class Align(Enum):
    """Say how the lines of a cell are aligned, as far as it matters for their room."""

    LEFT = auto()
    OTHER = auto()


def padding_of(lattice: Lattice, spans: Sequence[Span], filled: Sequence[Sequence[Run]]) -> tuple[float, float]:
    """Measure the table's padding left and right in points: the least that several runs leave.

    One alone may hang over its cell's edge, and says nothing; nor do numbers and words in letters where there is
    Chinese, which never takes more than its cell's width, nor marks, which some producers let hang over by any part.
    """
    lefts: tuple[list[float], ...] = ([], [], [])
    rights: tuple[list[float], ...] = ([], [], [])
    for (_, column, _, width), runs in zip(spans, filled, strict=True):
        x0, x1 = lattice.xs[column], lattice.xs[column + width]
        for run in runs:
            lefts[is_wide(run.text[0]) + is_ideograph(run.text[0])].append(run_start(run) - x0)
            rights[is_wide(run.text[-1]) + is_ideograph(run.text[-1])].append(x1 - run_end(run))
    left = _least_shared(lefts[2] or lefts[1] or lefts[0])
    if lefts[1] and (marks := _least_shared(lefts[1])) < left - HANGING:
        left = marks
    return left, min(left, _least_shared(rights[2] or rights[1] or rights[0]))


def _least_shared(paddings: list[float]) -> float:
    """Give the least padding that two lines have in common, and a share of all, or the least of all."""
    found = sorted(padding for padding in paddings if padding >= LEAST_PADDING)
    others = found[max(1, round(SHARED * len(found)) - 1) :]
    shared = (first for first, last in zip(found, others, strict=False) if last - first <= SAME_PADDING)
    return next(shared, found[0] if found else 0.0)


def free_lines(lines: Sequence[TextLine], top: float, bottom: float) -> tuple[float | None, float | None]:
    """Measure how many more lines would fit above and below a cell's text."""
    if not lines:
        return None, None
    first, last = lines[0], lines[-1]
    # Stacked text goes on below its last character.
    parts = last.runs if last.stacked else lines
    pitch = (parts[-1].top - parts[0].top) / (len(parts) - 1) if len(parts) > 1 else first.size * LINE_PITCH
    pitch = max(pitch, first.size)
    return round((first.top - top) / pitch, 2), round((bottom - last.bottom) / pitch, 2)


def measured_cells(
    cells: Sequence[Sequence[TextLine]], inners: Sequence[Inner], words: Words | None = None
) -> list[tuple[Line, ...]]:
    """Measure each line's room and head, in all cells of a table.

    Args:
        cells: The lines of each cell.
        inners: From where to where each cell's text may reach, in points.
        words: How the table's lines treat words; as these cells tell, where it is left out.
    """
    words = words or words_of(cells, inners)
    indent = _usual_indent(cells, inners)
    measured = [_measured(lines, inner, words, indent) for lines, inner in zip(cells, inners, strict=True)]
    if keeps_phrases(cells, inners):
        return [with_phrases(*each) for each in zip(cells, measured, inners, strict=True)]
    return measured


def _usual_indent(cells: Sequence[Sequence[TextLine]], inners: Sequence[Inner]) -> float:
    """Give by how much the first lines of a table's cells are indented in points; zero where too few are, or others."""
    indents = [
        lines[0].x0 - inner[0]
        for lines, inner in zip(cells, inners, strict=True)
        if len(lines) > 1 and is_indented(lines[:2], inner, ALIGNED * lines[0].size) and lines[0].x0 > lines[1].x0
    ]
    if len(indents) < FEWEST_INDENTED:
        return 0.0
    usual = sorted(indents)[len(indents) // 2]
    return usual if sum(abs(indent - usual) < SAME_PADDING for indent in indents) * 2 > len(indents) else 0.0


def _measured(lines: Sequence[TextLine], inner: Inner, words: Words, indent: float) -> tuple[Line, ...]:
    """Measure the lines of one cell, in a table whose first lines have an indent.

    A piece too long for any line is cut by force, so a line that is all one piece adds the
    next line's head to its own.
    """
    if lines and lines[0].stacked:
        return tuple(Line(line.text, 0.0, round(line.em, 2), 0.0, stacked=True) for line in lines)
    measured: list[Line] = []
    align = _align(lines, inner, indent) if lines else Align.LEFT
    begins = paragraph_starts(lines, inner, align is Align.LEFT) if len(lines) > 1 else frozenset()
    following: TextLine | None = None
    below = 0.0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        em = line.em
        head, whole = line.head()
        if not index and following is not None and align is Align.OTHER:
            inner = (inner[0] + _first_indent(lines, inner), inner[1])
        room, spare = _room(line, inner, align, em)
        if index + 1 in begins:
            # Where a paragraph ends, no line of it goes on.
            room = spare = round(inner[1] - inner[0], 2)
        reach = inner if index or following is None else behind_indent(line, following, inner)
        spaced = following is not None and ends_word(line, following, reach, words)
        if whole and following is not None and _is_forced(line, following, room, em):
            head += below
        elif whole and following is None and line.text[-1] in NOT_AT_END:
            # What it opens stands behind the page break, and was too long for any line.
            head = inner[1] - inner[0]
        longest = 0.0
        if not (line.text.isascii() or all(map(is_ideograph, line.text[:2]))):
            longest, whole = line.head(joined=True, tied=True)
            if whole and following is not None and _is_forced(line, following, room, em):
                longest += max(below, measured[-1].longest)
        measured.append(Line(line.text, room, round(head, 2), spare, spaced=spaced, longest=round(longest, 2)))
        following, below = line, head
    measured.reverse()
    return tuple(measured)


def _is_forced(line: TextLine, following: TextLine, room: float, em: float) -> bool:
    """Tell whether a line ends where no line may: within a word that fills it, or beside a mark."""
    before, after = line.text[-1], following.text[0]
    if may_break(before, after):
        return False
    return room < em or not (before.isalnum() and after.isalnum())


def _room(line: TextLine, inner: Inner, align: Align, em: float) -> tuple[float, float]:
    """Measure how much more text a line could have held, in points: surely, and at the most careful count.

    In a centred line that is the space on both sides, in one aligned to the right the space
    on its left; the indent of a first line is no room.  A line that is spread over its cell's
    width holds only its characters' own widths.
    """
    width, natural = inner[1] - inner[0], line.natural(em)
    indent = max(line.x0 - inner[0], 0.0) if align is Align.LEFT else 0.0
    natural += indent
    taken = natural if line.is_spread else line.box[2] - line.x0 + indent
    spare = width - max(taken, natural) - SURE * em
    return round(width - taken - SLACK * em, 2), round(spare, 2)


def _align(lines: Sequence[TextLine], inner: Inner, indent: float) -> Align:
    """Tell how a cell's lines are aligned; a first line may be indented.

    So may the first lines of other paragraphs be, or all others where a number or a sign hangs before them.
    """
    body = lines[1:] if len(lines) > 1 else lines
    lefts = [line.x0 if line.x0 >= inner[0] - SLACK * line.size else run_start(line.runs[0]) for line in body]
    same = ALIGNED * lines[0].size
    if len(lines) == 1 and _begins_indented(lines[0], inner, same, indent):
        return Align.LEFT
    if len(lines) > 1 and _are_centred(lines):
        return Align.OTHER
    flush = min(lefts) - inner[0] < same and max(lefts) - min(lefts) < same
    # Of two lines, the second tells nothing: no other one follows it.
    indented = len(lines) > 2 and (is_indented(lines, inner, same) or _has_indent(lines, inner, same, indent))
    return Align.LEFT if flush or indented else Align.OTHER


def _has_indent(lines: Sequence[TextLine], inner: Inner, same: float, indent: float) -> bool:
    """Tell whether each line stands at the left of its cell, or as far from it as other cells' first lines do."""
    lefts = [line.x0 - inner[0] for line in lines]
    return indent > 0 and all(left < same or abs(left - indent) < SAME_PADDING for left in lefts) and min(lefts) < same


def _begins_indented(line: TextLine, inner: Inner, same: float, indent: float) -> bool:
    """Tell whether a line alone in its cell may be the first of a paragraph, indented by two characters.

    A page break cut off the others; it does not stand in the middle, or as far from the left as other first lines do.
    """
    left, right = line.x0 - inner[0], inner[1] - line.x1
    if indent and abs(left - indent) < SAME_PADDING:
        return True
    return abs(left - FIRST_LINE * line.em) < same and right < left - 2 * same


def _are_centred(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines of several widths have one middle."""
    lefts, near = [line.x0 for line in lines], CENTRED * lines[0].size
    return max(lefts) - min(lefts) > near and have_one_middle(lines, near)


def _first_indent(lines: Sequence[TextLine], inner: Inner) -> float:
    """Give by how much the first of several centred lines is indented, in points: it stands right of the middle."""
    middle, near = inner[0] + inner[1], 2 * CENTRED * lines[0].size
    if any(min(abs(line.x0 + end - middle) for end in (line.x1, line.box[2])) >= near for line in lines[1:]):
        return 0.0
    indent = lines[0].x0 + lines[0].x1 - middle
    return indent if indent >= LEAST_INDENT * lines[0].em else 0.0
