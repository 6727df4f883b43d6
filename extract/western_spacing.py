"""Close up the letters and digits of a page that sets them apart by less than a space."""

from __future__ import annotations

import re
from itertools import islice

from extract.glyphs import Glyphs
from extract.letter_spacing import MOST

#: Letters and digits that stand side by side, of which so many are asked.
_PAIR, PAIRS_ASKED = re.compile(r"[A-Za-z0-9]\s*(?=[A-Za-z0-9])"), 80
#: They are set apart where so many, and this share of them, are by more than the next share of their height, and by
#: less than the last, which a space would be, in most.
FEWEST_PAIRS, MOST_APART, LEAST, LESS_THAN_SPACE = 6, 0.6, 0.07, 0.17
#: Characters of one line begin as high within this share of their height.
LEVEL = 0.3
#: What stands beside a western character is set apart from it as well.
_WESTERN = re.compile(r"[!-~]\s*(?=\S)|\S\s*(?=[!-~])")


def close_letters(glyphs: Glyphs) -> None:
    """Have letters and digits reach to what stands behind, where they stand apart all over a page by less than a space.

    Nothing else sets them apart: justification does so beside Chinese, and between words.  By what is no less, cells
    tell (see `extract.letter_spacing`).
    """
    pairs = (found.span() for found in islice(_PAIR.finditer(glyphs.text), PAIRS_ASKED))
    gaps = [gap for at, after in pairs if abs(gap := _gap(glyphs, at, after)) < MOST]
    apart = sorted(gap for gap in gaps if gap > LEAST)
    if len(apart) < max(FEWEST_PAIRS, MOST_APART * len(gaps)):
        return
    distance = apart[len(apart) // 2]
    if distance > LESS_THAN_SPACE:
        return
    lefts, rights = glyphs.lefts, glyphs.rights
    for found in _WESTERN.finditer(glyphs.text):
        at, after = found.span()
        if 0 < _gap(glyphs, at, after) < MOST:
            rights[at] = min(lefts[after], rights[at] + distance * (glyphs.bottoms[at] - glyphs.tops[at]))


def _gap(glyphs: Glyphs, at: int, after: int) -> float:
    """Give the gap between two characters of a line as a share of the first one's height; zero where a space is in it.

    The line end that PDFium puts between two characters may be none.
    """
    height = glyphs.bottoms[at] - glyphs.tops[at]
    is_level = abs(glyphs.tops[after] - glyphs.tops[at]) < LEVEL * height
    return (glyphs.lefts[after] - glyphs.rights[at]) / height if is_level and after not in glyphs.spaced else 0.0
