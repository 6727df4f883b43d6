"""Find text of a cell that stands on other text of it: each may hide or tear the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.cell_text import TextLine
from extract.linebreak import SQUEEZED
from extract.page import Run

#: Text that covers another's by less than this share of its height only leans on it.
LEANING = 0.5
#: The texts of two cells do not even lean on each other, but for the slant of a letter.
MEETING = 0.12
#: Fonts have boxes half as high again as their lines are apart; lines that share more of theirs are on each other.
COVERED = 0.45


def overlapping(lines: Sequence[TextLine]) -> str:
    """Give the first text of a cell's lines that stands on another one; empty where none does.

    Args:
        lines: From the top to the bottom.
    """
    above: TextLine | None = None
    for line in lines:
        if line.stacked:
            continue
        if len(line.runs) > 1:
            for before, run in pairwise(line.runs):
                if run.x0 < before.x1 and stands_on(run, before):
                    return run.text
        if above is not None and _covers(line, above):
            return line.text
        above = line
    return ""


def stands_on(run: Run, other: Run) -> bool:
    """Tell whether a run covers another one that begins before it, and is not the same text drawn again."""
    return _shares(run, other, LEANING)


def meets(run: Run, other: Run) -> bool:
    """Tell whether a run begins before another one ends, which runs over the line between their cells."""
    return _shares(run, other, MEETING)


def _shares(run: Run, other: Run, least: float) -> bool:
    """Tell whether two runs share more than this part of their height along the line, and are not one drawn twice."""
    if run.text in other.text or other.text in run.text:
        return False
    shared = min(run.x1, other.x1) - run.x0 - hollow(run, 0) - hollow(other, -1)
    return shared > least * (run.bottom - run.top)


def hollow(run: Run, index: int) -> float:
    """Give how much of the width of a run's first or last character may be empty: half a mark's."""
    return run.width_of(index) / 2 if run.text[index] in SQUEEZED else 0.0


def _covers(line: TextLine, above: TextLine) -> bool:
    """Tell whether a line covers the one above it with much of its height."""
    first, last = line.runs[0], above.runs[0]
    height = min(first.bottom - first.top, last.bottom - last.top)
    if last.bottom - first.top <= COVERED * height:
        return False
    shared = min(above.runs[-1].x1, line.runs[-1].x1) - max(above.x0, line.x0)
    return shared > LEANING * height and line.text != above.text
