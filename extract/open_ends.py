"""Tell how far the text of cells without a line above or below them reaches beyond their table's lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.page import Run

#: Lines of one cell leave less than this share of a line's height between them.
CLOSE_BELOW = 0.35
#: Lines that begin, or have their middles, within so many points stand under each other, so far apart (heights).
UNDER, MOST_STEP = 1.0, 2.5
#: How the number of a page stands at its foot: — 3 —, 第3页.
PAGE_NUMBER = re.compile(r"[—–－~·-]+\d+[—–－~·-]+|第\d+页.*")


def foot_of(bottom: float, edges: tuple[float, float], runs: Sequence[Run]) -> float:
    """Give down to where the text of a cell without a line below it reaches: some producers print on.

    A page's number right below is none of it.

    Args:
        bottom: Where the table's last line is, in points from the top.
        edges: The left and the right side of the cell, in points.
        runs: Of the page.
    """
    inside = [run for run in runs if run.bottom > bottom and edges[0] < (run.x0 + run.x1) / 2 < edges[1]]
    for run in sorted(inside, key=lambda run: run.top):
        if run.top > bottom + CLOSE_BELOW * (run.bottom - run.top) and not _goes_on(run, edges, runs):
            break
        if PAGE_NUMBER.fullmatch("".join(other.text for other in inside if other.top == run.top)):
            break
        bottom = max(bottom, run.bottom)
    return bottom


def head_of(top: float, edges: tuple[float, float], runs: Sequence[Run]) -> float:
    """Give up to where the text of a cell without a line above it reaches, where it lies over the table's top.

    So some producers print the rest of a row that is too high for its part of the page.

    Args:
        top: Where the table's first line is, in points from the top.
        edges: The left and the right side of the cell, in points.
        runs: Of the page.
    """
    inside = [run for run in runs if run.top < top and edges[0] < (run.x0 + run.x1) / 2 < edges[1]]
    limit = top + CLOSE_BELOW
    for run in sorted(inside, key=lambda run: -run.bottom):
        if run.bottom < limit:
            break
        top = min(top, run.top)
        limit = top - CLOSE_BELOW * (run.bottom - run.top)
    return top


def _goes_on(run: Run, edges: tuple[float, float], runs: Sequence[Run]) -> bool:
    """Tell whether a line stands as far below the last two of its column as these are from each other, under them."""
    column = (other for other in runs if edges[0] < (other.x0 + other.x1) / 2 < edges[1])
    above = sorted(other.top for other in column if other.top < run.top and _are_under(run, other))
    if len(above) < 2:
        return False
    step = above[-1] - above[-2]
    return run.top - above[-1] <= step + UNDER and step < MOST_STEP * (run.bottom - run.top)


def _are_under(one: Run, other: Run) -> bool:
    return min(abs(one.x0 - other.x0), abs(one.x0 + one.x1 - other.x0 - other.x1) / 2) < UNDER
