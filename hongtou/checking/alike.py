"""Tell characters that look alike or sound alike.

Looks are compared by strokes: ``strokes.txt`` is a published table (its source and licence stand in it).
Two characters look alike where they are written with the same strokes, or with one stroke more, less
or other.  Sounds are pypinyin's readings, without their tones.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources

from rapidfuzz.distance import Levenshtein

#: Digits that are taken for letters, and letters for digits: the classes of O and l among the confusable
#: characters that Unicode publishes (UTS #39, confusables.txt; Unicode License v3).
CONFUSABLE = ("0O", "1lI|")
#: With fewer strokes than this, one other stroke is another character to the eye.
FEWEST_STROKES = 3


@cache
def _strokes() -> dict[str, str]:
    text = resources.files("hongtou.checking").joinpath("strokes.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {character: strokes for character, _, strokes in lines}


def look_alike(one: str, other: str) -> bool:
    """Tell whether two characters look alike.

    >>> [look_alike(*pair) for pair in ("己已", "末未", "日曰", "治冶", "0O", "1l", "区局")]
    [True, True, True, True, True, True, False]
    """
    if confusable(one, other):
        return True
    first, second = _strokes().get(one), _strokes().get(other)
    if first is None or second is None or one == other:
        return False
    if first == second:
        return len(first) > 1
    distance = Levenshtein.distance(first, second, score_cutoff=1)
    return distance == 1 and min(len(first), len(second)) >= FEWEST_STROKES


def confusable(one: str, other: str) -> bool:
    """Tell whether a letter or digit is taken for another one.

    >>> confusable("O", "0"), confusable("l", "1"), confusable("1", "7")
    (True, True, False)
    """
    return any(one in each and other in each for each in CONFUSABLE)


@cache
def _sounds(character: str) -> frozenset[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionary is large

    (readings,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
    return frozenset(readings)


def same_sound(one: str, other: str) -> bool:
    """Tell whether two characters can be read alike, whatever the tone.

    >>> same_sound("做", "作"), same_sound("期", "其"), same_sound("区", "局")
    (True, True, False)
    """
    return not _sounds(one).isdisjoint(_sounds(other))


def fold_width(text: str) -> str:
    """Give a text with full-width letters, digits and marks as the plain ones.

    >>> fold_width("（１２％，Ａ）")
    '(12%,A)'
    """
    return "".join(_folded(character) for character in text)


@cache
def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character)
