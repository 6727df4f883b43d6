"""Find the grid in which a program sets characters, and close up text set in it: each takes a whole number of cells.

So the layout of Chinese notices asks (28 characters a line): Chinese characters stand as far from each other as the
grid's cells, or twice as far where they are wider than these, and behind letters and digits the next one begins in a
cell of its own.  The gaps that this leaves are no spaces.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.glyphs import CLOSE, are_level
from extract.linebreak import is_ideograph, is_wide
from extract.page import Run

#: So many gaps between letters or digits and the Chinese behind them tell of a grid, and so many between Chinese
#: characters; this share of them is where the grid has it, and no further from it than the second share of its cells.
#: Steps that differ by less than the third share of their length are alike.
FEWEST_GAPS, FEWEST_STEPS, MOST, NEAR, ALIKE = 4, 12, 0.75, 0.06, 0.04
#: Such a share is where the grid of the page before has it, or all stand far apart; of what is justified less is.
KNOWN, LEAST = 0.5, 0.25
#: Gaps behind letters and digits differ by this share of a cell at least: typesetting leaves one of its own behind all.
VARIED = 0.15
#: A text that is wider than cells by less than this share of one may fit all the same.
WIDER = 0.03
#: So large a share of the steps tells of a grid by itself.
NEARLY_ALL = 0.9
#: Characters that stand at least this far apart (a share of their height) may be set in a grid of wider cells.
APART = 0.4


class _Seam(NamedTuple):
    """Hold where Chinese follows letters or digits on a line, in points.

    Args:
        length: From the first character of the word to the Chinese one.
        gap: Between the two.
        step: From that to the next Chinese one; zero where none follows.
    """

    length: float
    gap: float
    step: float

    def stretched(self, width: float) -> float:
        """Give by how much a line that is justified stretches its gaps, where its characters fill cells of a width."""
        return max(self.step - width * round(self.step / width), 0.0)


class _Signs(NamedTuple):
    """Hold what tells of a grid.

    Args:
        steps: How far Chinese characters of one line stand from the ones behind them, in points.
        seams: Where Chinese follows letters or digits.
        apart: How many Chinese characters stand far apart.
    """

    steps: list[float]
    seams: list[_Seam]
    apart: int

    @classmethod
    def of(cls, cells: Iterable[Sequence[Run]]) -> _Signs:
        """Gather them from the runs of a table's cells."""
        steps, seams, apart = [], [], 0
        for before, run, after in _followed(cells):
            gap = run.x0 - before.x1
            if before.text[-1].isascii():
                seams.append(_Seam(run.x0 - before.start_of(_last_word(before)), gap, _first_step(run, after)))
            elif is_ideograph(before.text[-1]):
                steps.append(run.x0 - before.start_of(-1))
                apart += gap > APART * (run.bottom - run.top)
        return cls(steps, seams, apart)

    def with_runs(self, cells: Iterable[Sequence[Run]]) -> _Signs:
        """Add the steps between the characters of one run."""
        steps, apart = list(self.steps), self.apart
        for run in (run for runs in cells for run in runs):
            pairs = enumerate(pairwise(run.text))
            found = [run.width_of(at) for at, (a, b) in pairs if is_ideograph(a) and is_ideograph(b)]
            apart += sum(step > (1 + APART) * (run.bottom - run.top) for step in found)
            steps += found
        return self._replace(steps=steps, apart=apart)

    def share_of_steps(self, width: float) -> float:
        """Give which share of the Chinese characters fills cells of a width."""
        return sum(_is_whole(step / width) for step in self.steps) / max(len(self.steps), 1)

    def share_of_seams(self, width: float) -> float:
        """Give which share of the seams fills cells of a width; zero where all gaps are alike, as typesetting has them.

        What a line that is justified adds to its gaps is taken off.
        """
        seams = [seam for seam in self.seams if seam.step]
        seams = seams if len(seams) >= FEWEST_GAPS else self.seams
        gaps = [seam.gap - seam.stretched(width) for seam in seams]
        filled = sum(_is_whole((seam.length - seam.stretched(width)) / width) for seam in seams)
        is_varied = sum(gap > 0 for gap in gaps) >= FEWEST_GAPS and max(gaps) - min(gaps) > VARIED * width
        return filled / len(seams) if is_varied else 0.0


def grid_of(cells: Sequence[Sequence[Run]], before: float) -> float:
    """Give the width in points of the cells of a table's character grid, zero where it has none.

    Args:
        cells: The runs of each of the table's cells, in the order of drawing.
        before: That of the table before, which tells where this one has little text.
    """
    signs = _Signs.of(cells)
    gaps = sum(seam.gap > 0 for seam in signs.seams)
    if not (gaps >= FEWEST_GAPS or signs.apart >= FEWEST_STEPS or (before and gaps)):
        return 0.0
    signs = signs.with_runs(cells)
    if before and signs.share_of_steps(before) >= KNOWN:
        return before
    # What pads few texts is no grid's.
    are_apart = signs.apart >= max(FEWEST_STEPS, KNOWN * len(signs.steps))
    if len(signs.steps) < FEWEST_STEPS or not (are_apart or gaps >= FEWEST_GAPS):
        return 0.0
    # Lines that are justified have longer steps, and none has shorter ones.
    usual = sorted(signs.steps)[len(signs.steps) // 4]
    near = [step for step in signs.steps if abs(step - usual) <= ALIKE * usual]
    step = sum(near) / len(near)
    # Characters that are wider than a cell take two.
    seams, width = max((signs.share_of_seams(width), width) for width in (step, step / 2))
    # Lines of a narrow column are justified alike, but not all of the table's.
    are_apart = are_apart and signs.share_of_steps(width) >= NEARLY_ALL
    is_set = (seams >= MOST or are_apart) and len(near) >= max(FEWEST_STEPS, LEAST * len(signs.steps))
    return width if is_set else 0.0


def _followed(cells: Iterable[Sequence[Run]]) -> Iterator[tuple[Run, Run, Run | None]]:
    """Give each run that begins with a Chinese character, with the ones before and behind it on its line."""
    for runs in cells:
        for index, (before, run) in enumerate(pairwise(runs), 2):
            if not run.spaced and is_ideograph(run.text[0]) and are_level(before, run):
                after = runs[index] if index < len(runs) else None
                yield before, run, after if after and are_level(run, after) else None


def _first_step(run: Run, after: Run | None) -> float:
    """Give how far a run's first character stands from a Chinese one behind it; zero where none follows."""
    if len(run.text) > 1:
        return run.width_of(0) if is_ideograph(run.text[1]) else 0.0
    return after.x0 - run.x0 if after and is_ideograph(after.text[0]) else 0.0


def in_grid(runs: Sequence[Run], width: float) -> list[Run]:
    """Give runs of which each text reaches to the end of its last cell; those that then follow each other are one.

    Args:
        runs: In the order of drawing.
        width: Of the grid's cells in points.
    """
    closed: list[Run] = []
    for run in runs:
        before = closed[-1] if closed else None
        if before and not run.spaced and are_level(before, run) and _goes_on(before, run, width):
            closed[-1] = before.with_next(run)
        else:
            closed.append(run)
    return [_to_cell(run, width) for run in closed]


def _goes_on(before: Run, run: Run, width: float) -> bool:
    """Tell whether a run begins right behind the text before it, or in the first cell that this leaves free."""
    start = before.start_of(_last_word(before))
    step = (run.x0 - start) / width
    if abs(run.x0 - before.x1) <= CLOSE * (run.bottom - run.top):
        return True
    return any(abs(step - cells) <= NEAR for cells in _cells((before.x1 - start) / width))


def _cells(taken: float) -> tuple[int, int]:
    """Give how many cells a text may take that is as wide as this many, the fewest and the most.

    >>> _cells(0.98), _cells(1.02), _cells(2.5)
    ((1, 1), (1, 2), (3, 3))
    """
    return max(math.ceil(taken - WIDER), 1), max(math.ceil(taken), 1)


def _to_cell(run: Run, width: float) -> Run:
    """Give a run that reaches to the end of its last cell."""
    start = run.start_of(_last_word(run))
    end = max(start + _cells((run.x1 - start) / width)[0] * width, run.x1)
    return run._replace(x1=end, ends=[*run.ends[:-1], end])


def _last_word(run: Run) -> int:
    """Give the index of the first character of a run's last word, or of its last wide character, which fill cells."""
    at = len(run.text) - 1
    while at and not is_wide(run.text[at]) and not is_wide(run.text[at - 1]):
        at -= 1
    return at


def _is_whole(cells: float) -> bool:
    return abs(cells - round(cells)) <= NEAR and cells > 1 - NEAR
