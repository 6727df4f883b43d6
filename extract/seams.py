"""Tell where Chinese and letters or digits stand side by side without a gap, so that one is a space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from extract.linebreak import IDEOGRAPHS
from extract.page import Run

#: A gap narrower than this share of the height is none.
NO_GAP = 0.02
#: Chinese beside a letter or a digit.
SEAM = re.compile(f"(?<=[{IDEOGRAPHS}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{IDEOGRAPHS}])")
#: A letter or a digit behind Chinese.
BEHIND_CHINESE = re.compile(f"[{IDEOGRAPHS}][A-Za-z0-9]")
#: So many on a page or in a column without a gap between them, of so many that are asked, say that it leaves none.
FEWEST_TIGHT, SEAMS_ASKED = 3, 80


def sets_tight(runs: Iterable[Run]) -> bool:
    """Tell whether a page sets Chinese and letters or digits side by side: a gap between them is a space there.

    Other producers leave a gap between the scripts everywhere, but in a word here and there, which rows may repeat.
    """
    return len(SEAM.findall("\n".join({run.text for run in runs}))) >= FEWEST_TIGHT


def sets_column_tight(runs: Sequence[Run]) -> bool:
    """Tell the same of a column of a table, whose cells are set alike, also where the scripts have fonts of their own.

    One document may have columns of either kind.

    Args:
        runs: Of the column's cells, in the order of drawing.
    """
    pairs = "\n".join([before.text[-1] + run.text[0] for before, run in pairwise(runs)])
    places = (found.start() // 3 for found in islice(SEAM.finditer(pairs), SEAMS_ASKED))
    return sum(_are_tight(runs[at], runs[at + 1]) for at in places) >= FEWEST_TIGHT


def _are_tight(before: Run, run: Run) -> bool:
    """Tell whether two runs stand on one line without a gap."""
    is_beside = min(before.bottom, run.bottom) - max(before.top, run.top) > (run.bottom - run.top) / 2
    return is_beside and are_flush(before, run)


def are_flush(before: Run, run: Run) -> bool:
    """Tell whether there is no gap between two runs of a line."""
    return abs(run.x0 - before.x1) <= NO_GAP * (run.bottom - run.top)
