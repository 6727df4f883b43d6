"""Tell where lines are left out between rows: a column of numbers or figures has one line in each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from extract.cell_text import TextLine, text_lines
from extract.page import Run, runs_within
from extract.rule_stacks import FIGURE, Band
from extract.ruling import Lattice

#: So many numbers (one fewer where no upright lines are drawn), and this share of the rows with text in a column, show
#: where rows begin.
FEWEST_NUMBERS, MOST_ROWS = 3, 0.6
#: The middles of texts of one line, and those of a row's cells, differ by no more than this share of their height.
IN_LINE = 0.3
#: A table with so many lines may have none between its rows: those of the header, of the total, and the last one.
FEW_LINES = 4
#: The lines of one label follow each other at no more than so many times the distance of the table's lines.
PITCH = 1.25
#: A line of a label that leaves so many em of its column is its last one.
SHORT = 1.2
#: How labels are numbered.
_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十]+[、.．)）]|第[一二三四五六七八九十]+")

#: The lines of a column row by row; the first of these is what stands above the first number.
_Parted = Sequence[Sequence[TextLine]]


class Cut(NamedTuple):
    """Hold a line that is left out.

    Args:
        y: Where it is.
        level: Whether it lies along each column: a label that goes on has none.
    """

    y: float
    level: tuple[bool, ...]


def cuts_between_rows(lattice: Lattice, row: int, runs: Sequence[Run]) -> list[Cut]:
    """Give the lines that are left out in a row; none where no numbers tell.

    The first column numbers the rows, or, where no column has upright lines, another one has nothing but figures, which
    do not wrap.  The other cells of a row begin beside its number, or have their middles there.  What stands above the
    first number is the rest of the row before.  Columns of labels before all others have text in few rows, and each
    label goes on until the next one.

    Args:
        lattice: Of the table.
        row: Which is searched.
        runs: The table's text.
    """
    # A page break may leave out its first or last line as well.
    ends = lattice.level[row : row + 2]
    is_parted = all(lattice.upright[row][1:-1]) and all(all(end) or not any(end) for end in ends)
    numbers = _lines_of(lattice, row, 0, runs) if is_parted else []
    are_numbers = _are_numbers(numbers, FEWEST_NUMBERS - lattice.by_gaps)
    if are_numbers and (cuts := _Rows(_columns(lattice, row, runs), 0).cuts()):
        return cuts
    if lattice.by_gaps and (cuts := _cuts_of_figures(lattice, row, runs)):
        return cuts
    # A table with lines between its rows has lists in its cells.
    may_hold_rows = lattice.by_gaps and is_parted and row and len(lattice.ys) <= FEW_LINES and not are_numbers
    return _cuts_by_figures(_columns(lattice, row, runs)) if may_hold_rows else []


def _columns(lattice: Lattice, row: int, runs: Sequence[Run]) -> list[list[TextLine]]:
    """Give the lines of text of each of a row's columns."""
    return [_lines_of(lattice, row, column, runs) for column in range(len(lattice.xs) - 1)]


def _lines_of(lattice: Lattice, row: int, column: int, runs: Sequence[Run]) -> list[TextLine]:
    x0, x1 = lattice.xs[column : column + 2]
    return text_lines(runs_within(runs, (x0, lattice.ys[row], x1, lattice.ys[row + 1])))


def _cuts_of_figures(lattice: Lattice, row: int, runs: Sequence[Run]) -> list[Cut]:
    """Give the lines that are left out in a row of which each line of text is a row of figures."""
    inside = tuple(runs_within(runs, lattice.row_box(row)))
    band = Band(lattice.ys[row], lattice.ys[row + 1], inside)
    lines = band.rows_of_figures(lattice.xs[1:-1]) if inside else []
    if len(lines) < FEWEST_NUMBERS:
        return []
    ends = [(min(run.top for run in line), max(run.bottom for run in line)) for line in lines]
    through = (True,) * (len(lattice.xs) - 1)
    return [Cut((above[1] + below[0]) / 2, through) for above, below in pairwise(ends)]


def _cuts_by_figures(columns: Sequence[Sequence[TextLine]]) -> list[Cut]:
    """Give the lines that are left out between rows of several lines, of which a column has one figure each."""
    figures = [at for at, lines in enumerate(columns) if all(FIGURE.fullmatch(line.ink) for line in lines)]
    most = max(figures, key=lambda at: len(columns[at]), default=None)
    if most is None or len(columns[most]) < FEWEST_NUMBERS:
        return []
    rows = _Rows(columns, most)
    # A row in which the column is blank shows in another one.
    return rows.cuts() if all(rows.has_single_lines(at) for at in figures) else []


def _are_numbers(lines: Sequence[TextLine], fewest: int) -> bool:
    """Tell whether so many lines and more are numbers that count on."""
    numbers = [line.ink for line in lines]
    if len(numbers) < fewest or not all(map(str.isdecimal, numbers)):
        return False
    return all(int(below) == int(above) + 1 for above, below in pairwise(numbers))


class _Rows:
    """Hold the lines of rows without lines between them.

    Args:
        columns: The lines of each column, from the top to the bottom.
        at: Which column has one line in each row.
    """

    def __init__(self, columns: Sequence[Sequence[TextLine]], at: int) -> None:
        self._numbers, self._at = columns[at], at
        self._columns = [*columns[:at], *columns[at + 1 :]]

    def has_single_lines(self, at: int) -> bool:
        """Tell whether a column has no more than one line beside each number, and none elsewhere."""
        lines = self._numbers if at == self._at else self._columns[at - (at > self._at)]
        rows = Counter(map(self._row_of, lines))
        return all(map(self._is_beside, lines)) and max(rows.values(), default=0) <= 1

    def cuts(self) -> list[Cut]:
        """Give where one row ends and the next begins."""
        below, around = ([part(lines) for lines in self._columns] for part in (self._below, self._around))
        if not self._fills(below):
            return self._between(around, []) if self._fills(around) and not self._count_labels(around) else []
        labels = []
        for lines in self._columns[: self._count_labels(below)]:
            starts = self._starts(lines)
            # One that begins in a later row may as well be in the middle of its rows, where all texts have one line.
            if starts is None or (1 not in starts and self._fills(around)):
                return []
            labels.append(starts)
        return self._between(below, labels)

    def _fills(self, parted: Sequence[_Parted]) -> bool:
        """Tell whether some column has text in most rows, and those behind it too but for the last ones.

        Amid others, a column that is filled in few rows may have cells of several.
        """
        filled = [self._is_filled(rows) for rows in parted[self._count_labels(parted) :]]
        told = all(rows for at, rows in enumerate(parted) if at >= self._count_labels(parted))
        return bool(filled) and told and filled == sorted(filled, reverse=True)

    def _count_labels(self, parted: Sequence[_Parted]) -> int:
        """Count the columns before the first one that has text in most rows."""
        return next((at for at, rows in enumerate(parted) if self._is_filled(rows)), len(parted))

    def _is_filled(self, rows: _Parted) -> bool:
        return sum(map(bool, rows[1:])) >= MOST_ROWS * len(self._numbers)

    def _between(self, parted: Sequence[_Parted], labels: Sequence[set[int]]) -> list[Cut]:
        """Give the cuts between rows; none where text of one reaches into the next."""
        numbers: list[list[TextLine]] = [[], *([number] for number in self._numbers)]
        # The lines of labels stand beside any row.
        rows = [list(chain(*cells)) for cells in zip(numbers, *parted[len(labels) :], strict=True)]
        found: list[Cut] = []
        for row, (above, below) in enumerate(pairwise(rows), 1):
            if not above:
                continue
            foot, head = max(line.bottom for line in above), min(line.top for line in below)
            if foot - head > IN_LINE * below[0].size:
                return []
            level = [*(row in starts for starts in labels), *(True for _ in parted[len(labels) :])]
            level.insert(self._at, True)
            found.append(Cut((foot + head) / 2, tuple(level)))
        return found

    def _row_of(self, line: TextLine) -> int:
        """Give which row a line stands in, from 1 on; 0 above the first number."""
        middle = line.top + line.bottom + 2 * IN_LINE * line.size
        return sum(number.top + number.bottom <= middle for number in self._numbers)

    def _is_beside(self, line: TextLine) -> bool:
        """Tell whether a line stands beside the number of its row."""
        row = self._row_of(line)
        return row > 0 and self._has_middle(line, line, row)

    def _has_middle(self, first: TextLine, last: TextLine, row: int) -> bool:
        """Tell whether lines have their middle beside a row's number."""
        number = self._numbers[row - 1]
        return abs(first.top + last.bottom - number.top - number.bottom) <= 2 * IN_LINE * number.size

    def _below(self, lines: Sequence[TextLine]) -> _Parted:
        """Part a column's lines where each cell begins beside its number; nothing where one does not.

        A column with text in few rows, as one of labels, need not.
        """
        found: list[list[TextLine]] = [[] for _ in range(len(self._numbers) + 1)]
        begins = True
        for line in lines:
            row = self._row_of(line)
            begins = begins and (not row or bool(found[row]) or self._is_beside(line))
            found[row].append(line)
        return found if begins or not self._is_filled(found) else ()

    def _around(self, lines: Sequence[TextLine]) -> _Parted:
        """Part a column's lines where each cell has its middle beside its number; nothing where one does not."""
        found: list[list[TextLine]] = [[]]
        at = 0
        for row, number in enumerate(self._numbers, 1):
            middle = (number.top + number.bottom) / 2
            # A line below the number's belongs to a later row: this one has a blank cell.
            ends = (
                end
                for end in range(at + 1, len(lines) + 1)
                if lines[at].top < middle and self._has_middle(lines[at], lines[end - 1], row)
            )
            end = next(ends, at)
            found.append([*lines[at:end]])
            at = end
        return found if at == len(lines) else ()

    def _starts(self, lines: Sequence[TextLine]) -> set[int] | None:
        """Give the rows in which labels begin; ``None`` where that is not to be told."""
        wide = max((line.x1 for line in lines), default=0.0)
        found: set[int] = set()
        for above, line in zip([None, *lines], lines, strict=False):
            is_beside = self._is_beside(line)
            near = above is not None and line.top - above.top <= PITCH * self._pitch
            if (near and not is_beside) or (above is None and not self._row_of(line)):
                continue
            if not is_beside:
                return None
            if above is not None and near and above.x1 >= wide - SHORT * line.em and not _ORDINAL.match(line.ink):
                # The line above is full: a label may go on, or another one begin.
                return None
            found.add(self._row_of(line))
        return found

    @cached_property
    def _pitch(self) -> float:
        """Give the least distance from line to line of a column."""
        tops = ((below.top - above.top, below.size) for lines in self._columns for above, below in pairwise(lines))
        return min((step for step, size in tops if step > IN_LINE * size), default=0.0)
