"""Measure the lines of a table's cells: how much room each left, and how much the next one's first piece takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from extract.cell_text import TextLine, run_end, run_start
from extract.linebreak import HOLDING, NOT_AT_START, is_ideograph, is_wide, may_break
from extract.page import Run
from extract.paragraphs import have_one_middle, is_indented, paragraph_starts
from extract.phrases import Inner, keeps_phrases, with_phrases
from extract.ruling import Lattice
from schema.grid import Line

#: Edges that differ by less than this share of a height stand under each other.
ALIGNED = 0.3
#: Middles that differ by less than half this share of a height are one.
CENTRED = 0.1
#: A first line is indented by so many em at least.
FIRST_INDENT = 0.9
#: From line to line, as a share of the characters' height, where a cell has one line only.
LINE_PITCH = 1.3
#: What a measured room may be off by, as a share of the em: some producers add a quarter between
#: Chinese and Latin.
SLACK = 0.25
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

#: A character has room where this share of the em more is left; behind what would be too long for a line as one word,
#: the second.
SPACING, SURE_SPACING = 0.06, 0.5
#: Gaps between Chinese characters wider than this share of the em are those of a justified line.
WIDENED = 0.02

#: Row, column, row span and column span of a cell.
Span = tuple[int, int, int, int]


#: Marks behind which a number may begin or go on.
_BEFORE_DIGITS = frozenset(",.;:)")
#: A word in letters and digits at a line's end, and at its beginning.
_LAST_WORD, _FIRST_WORD = re.compile(r"[!-~]+$"), re.compile(r"[!-~]+")


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
    pitch = (last.top - first.top) / (len(lines) - 1) if len(lines) > 1 else first.size * LINE_PITCH
    pitch = max(pitch, first.size)
    return round((first.top - top) / pitch, 2), round((bottom - last.bottom) / pitch, 2)


def measured_cells(cells: Sequence[Sequence[TextLine]], inners: Sequence[Inner]) -> list[tuple[Line, ...]]:
    """Measure each line's room and head, in all cells of a table.

    Args:
        cells: The lines of each cell.
        inners: From where to where each cell's text may reach, in points.
    """
    broken = (pair for lines in cells if len(lines) > 1 for pair in pairwise(lines))
    # Nearly always there is no line end to ask about.
    whole_words = any(line.text[-1].isascii() and below.text[0].isascii() for line, below in broken) and (
        any(
            _moves_word(line, below, inner)
            for lines, inner in zip(cells, inners, strict=True)
            for line, below in pairwise(lines)
        )
        # No program parts the words of a text without Chinese.
        or not any(is_wide(char) for lines in cells for line in lines for char in line.text)
    )
    measured = [_measured(lines, inner, whole_words) for lines, inner in zip(cells, inners, strict=True)]
    if keeps_phrases(cells, inners, _left):
        return [with_phrases(*each, _left) for each in zip(cells, measured, inners, strict=True)]
    return measured


def _measured(lines: Sequence[TextLine], inner: Inner, whole_words: bool) -> tuple[Line, ...]:  # noqa: FBT001 - a fact of the table
    """Measure the lines of one cell.

    A piece too long for any line is cut by force, so a line that is all one piece adds the
    next line's head to its own.
    """
    if lines and lines[0].stacked:
        return tuple(Line(line.text, 0.0, round(line.em, 2), 0.0, stacked=True) for line in lines)
    measured: list[Line] = []
    align = _align(lines, inner) if lines else Align.LEFT
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
        spaced = following is not None and _ends_word(line, following, inner, whole_words)
        if whole and following is not None and _is_forced(line, following, room, em):
            head += below
        longest = 0.0
        if not HOLDING.isdisjoint(line.text):
            longest, whole = line.head(joined=True)
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


def _is_within_word(before: str, after: str) -> bool:
    """Tell whether a line end stands between letters or digits, where there may have been a space or nothing.

    Behind a mark it may before a digit, which there begins a number or goes on with one.
    """
    if not (before.isascii() and after.isascii() and after.isalnum()):
        return False
    if before in _BEFORE_DIGITS:
        return after.isdigit()
    return (before.isalnum() or before == "%") and (before.isalpha() or after.isalpha())


def _ends_word(line: TextLine, following: TextLine, inner: Inner, whole_words: bool) -> bool:  # noqa: FBT001 - a fact of the table
    """Tell whether a line ended at a space: between letters or digits, with room for the next of them.

    Within a word a line ends only where nothing more has room, and where words are kept whole only within one that
    takes more than a line.
    """
    if not _is_within_word(line.text[-1], following.text[0]):
        return False
    exceeds = _exceeds(line, following, inner)
    # A mark that may begin no line takes a character of a word with it, and between a letter and a digit some part all,
    # but where there is no Chinese.
    lettered = line.text[-1].isalpha() and following.text[0].isalpha() and following.ink[1:2] not in NOT_AT_START
    if whole_words and (lettered or _is_western(line, following)) and not exceeds:
        return True
    return _left(line, inner) >= _first(following) + (SURE_SPACING if exceeds else SPACING) * line.em


def _exceeds(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a line's last word and the following one's first may be too wide for a line, as one word.

    A word that fills a line may have begun on the one before.  Signs that no line end parts from it go with it.
    """
    text, below = line.text, following.text
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(below)
    start, end = before.start() if before else 0, after.end() if after else 0
    while start and not text[start - 1].isspace() and not may_break(text[start - 1], text[start]):
        start -= 1
    while 0 < end < len(below) and not below[end].isspace() and not may_break(below[end - 1], below[end]):
        end += 1
    # The line's own width counts without spaces.
    start, end, ink = len("".join(text[:start].split())), len("".join(below[:end].split())), line.ink
    if start == 0 and _left(line, inner) < line.em:
        return True
    width = line.width_of(len(ink)) - (line.width_of(start) if start else 0.0)
    return width + following.width_of(end) > inner[1] - inner[0]


def _moves_word(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a word stands on the following line though its first two characters had room on this one."""
    begun = following.ink[:2]
    if not (begun.isascii() and begun.isalnum() and len(begun) > 1):
        return False
    if not (is_wide(line.text[-1]) or _is_western(line, following)):
        return False
    return following.width_of(2) + SPACING * line.em <= _left(line, inner) < following.head()[0]


def _is_western(line: TextLine, following: TextLine) -> bool:
    """Tell whether two lines are words with spaces between them, without Chinese."""
    return line.text.isascii() and following.text.isascii() and " " in line.text.strip()


def _first(line: TextLine) -> float:
    """Give the width in points of a line's first character, with the marks behind it that may begin no line."""
    ink = line.ink
    count = next((index for index in range(1, len(ink)) if ink[index] not in NOT_AT_START), len(ink))
    return line.width_of(count)


def _left(line: TextLine, inner: Inner) -> float:
    """Give the points left behind a line; where it is justified, its gaps are room."""
    em, taken, seams = line.em, line.x1 - line.x0, list(pairwise(line.runs))
    chinese = [b.x0 - a.x1 for a, b in seams if is_wide(a.text[-1]) and is_wide(b.text[0])]
    if len(chinese) > 1 and min(chinese) > WIDENED * em:
        taken = min(taken, line.natural(em) + SLACK * em * (len(seams) - len(chinese)))
    return inner[1] - inner[0] - taken


def _room(line: TextLine, inner: Inner, align: Align, em: float) -> tuple[float, float]:
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


def _align(lines: Sequence[TextLine], inner: Inner) -> Align:
    """Tell how a cell's lines are aligned; a first line may be indented.

    So may the first lines of other paragraphs be, or all others where a number or a sign hangs before them.
    """
    body = lines[1:] if len(lines) > 1 else lines
    lefts = [line.x0 if line.x0 >= inner[0] - SLACK * line.size else run_start(line.runs[0]) for line in body]
    same = ALIGNED * lines[0].size
    if len(lines) > 1 and _are_centred(lines):
        return Align.OTHER
    flush = min(lefts) - inner[0] < same and max(lefts) - min(lefts) < same
    # Of two lines, the second tells nothing: no other one follows it.
    return Align.LEFT if flush or (len(lines) > 2 and is_indented(lines, inner, same)) else Align.OTHER


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
    return indent if indent >= FIRST_INDENT * lines[0].em else 0.0
