"""Tell how far a line is justified: by what its gaps between Chinese characters have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from extract.linebreak import LEANING, is_ideograph, is_wide
from extract.page import Run
from extract.seams import BEHIND_CHINESE, SEAM, are_flush
from extract.spread import EVEN

#: A gap wider than this share of the characters' height parts two words: between two letters, and between two Chinese
#: characters beyond what the line's other gaps have.
LATIN_GAP, CHINESE_GAP = 0.16, 0.17
#: Justification widens some gaps by no more than this share; what is wider was put there by hand, but where all gaps
#: are as wide, or so many.
WIDEST_JUSTIFIED, MANY = 0.3, 4
#: So many Chinese characters right behind another tell that their line is not justified, where the page leaves no gap
#: between the scripts: the program widens all gaps.
FEWEST_CLOSE = 2
#: So many gaps beside Chinese and between words tell whether a line is justified.
FEWEST_SEAMS = 2
#: A space is as wide as this at least, and at most (em).
SPACE_LEAST, SPACE_MOST = 0.2, 0.36
#: So many gaps, alike within this (em), are a stretched line's where they are narrower than any font's space.
FEWEST_STRETCHED, ALIKE, NARROWEST_SPACE = 3, 0.06, 0.21


def pitch(before: Run, run: Run, em: float) -> float:
    """Give the distance in points from the middle of a run's last character to that of the next one's first."""
    start = max(before.start_of(-1), before.x1 - em)
    return (run.x0 + run.ends[0]) / 2 - (start + before.x1) / 2


def usual_width(row: Sequence[Run]) -> float:
    """Give the median width of a row's Chinese characters in points; zero where it has none."""
    widths = []
    for run in row:
        if run.text.isascii():
            continue
        start = run.x0
        for char, end in zip(run.text, run.ends, strict=True):
            if is_ideograph(char):
                widths.append(end - start)
            start = end
    return sorted(widths)[len(widths) // 2] if widths else 0.0


def count_pairs(run: Run) -> int:
    """Count the Chinese characters of a run that stand right behind another."""
    return 0 if run.text.isascii() else sum(is_ideograph(a) and is_ideograph(b) for a, b in pairwise(run.text))


def count_close(row: Sequence[Run]) -> int:
    """Count the Chinese characters of a row that stand right behind another, also of the run before."""
    beside = ((a, b) for a, b in pairwise(row) if is_ideograph(a.text[-1]) and is_ideograph(b.text[0]))
    return sum(are_flush(a, b) for a, b in beside) + sum(map(count_pairs, row))


def has_lone_pair(row: Sequence[Run]) -> bool:
    """Tell whether only two Chinese characters of a row stand side by side, with a gap and no space between them.

    Where it is justified, all of the room may be there; where the program prints a space, it is no room.
    """
    beside = ((a, b) for a, b in pairwise(row) if not b.spaced)
    pairs = sum(is_ideograph(a.text[-1]) and is_ideograph(b.text[0]) for a, b in beside)
    return pairs == 1 and not any(map(count_pairs, row))


def fills_stretched(row: Sequence[Run], width: float, em: float) -> bool:
    """Tell whether a row fills its cell but for one gap more: some programs stretch also behind its last word."""
    if is_wide(row[-1].text[-1]):
        return False
    pairs = ((before, run) for before, run in pairwise(row) if is_ideograph(before.text[-1]))
    gaps = [run.x0 - before.x1 for before, run in pairs if is_ideograph(run.text[0])]
    left = width - (row[-1].x1 - row[0].x0)
    return bool(gaps) and abs(left - min(gaps)) <= ALIKE * em


def count_flush(row: Sequence[Run]) -> int:
    """Count the places of a row where Chinese stands right beside a letter or a digit, without a gap.

    None counts where all stand behind the letters: some programs stretch a line behind Chinese only.
    """
    pairs = [before.text[-1] + run.text[0] for before, run in pairwise(row) if are_flush(before, run)]
    texts = [*pairs, *(run.text for run in row)]
    if not any(map(BEHIND_CHINESE.search, texts)):
        return 0
    return sum(len(SEAM.findall(text)) for text in texts)


def is_stretched(row: Sequence[Run], em: float) -> bool:
    """Tell whether a row that ends before its cell does is justified all the same: its paragraph is indented.

    All gaps are alike, and narrower than spaces are, or there is one before a mark, where nobody types one.
    """
    if any(map(count_pairs, row)):
        return False
    pairs = [(before, run) for before, run in pairwise(row) if is_ideograph(before.text[-1])]
    gaps = [(run.x0 - before.x1) / em for before, run in pairs if is_ideograph(run.text[0]) or run.text[0] in LEANING]
    if len(gaps) < FEWEST_STRETCHED or max(gaps) - min(gaps) > ALIKE:
        return False
    marks = any(run.text[0] in LEANING for _, run in pairs)
    return max(gaps) < NARROWEST_SPACE or (marks and min(gaps) > LATIN_GAP)


def _holds_space(gap: float, usual: float) -> bool:
    """Tell whether a gap of a justified line holds a space, before and behind which the line is widened (em)."""
    return SPACE_LEAST <= gap - 2 * usual <= SPACE_MOST


def usual_gap(row: Sequence[Run], em: float) -> float:
    """Give the gap between a justified row's Chinese characters in em; zero where it is not justified.

    Justification widens nearly all of them alike, also those too narrow to end a run.
    """
    gaps = [
        max((run.ends[at + 1] - run.ends[at]) / em - 1, 0.0)
        for run in row
        for at, (a, b) in enumerate(pairwise(run.text))
        if is_ideograph(a) and is_ideograph(b)
    ]
    gaps += [
        pitch(before, after, em) / em - 1
        for before, after in pairwise(row)
        if is_ideograph(before.text[-1]) and is_ideograph(after.text[0])
    ]
    if len(gaps) < 2:
        # A line of letters and digits with little Chinese between them is justified beside each character of it, and
        # between its words.
        parted = (((b.x0 - a.x1) / em, is_wide(a.text[-1]) or is_wide(b.text[0])) for a, b in pairwise(row))
        # The empty halves of two marks lie on each other, and say nothing.
        seams = [gap for gap, is_beside in parted if gap > LATIN_GAP or (is_beside and gap > -LATIN_GAP)]
        return max(min(seams), 0.0) if len(seams) >= FEWEST_SEAMS else 0.0
    least = min(gaps)
    alike = [gap for gap in gaps if gap - least < EVEN]
    if least > CHINESE_GAP and all(gap in alike or _holds_space(gap, least) for gap in gaps):
        # Few characters, and spaces that are widened on both sides.
        return least
    widest = math.inf if len(alike) >= MANY or len(alike) == len(gaps) else WIDEST_JUSTIFIED
    return min(max(least, 0.0), widest) if len(alike) * 2 > len(gaps) else 0.0
