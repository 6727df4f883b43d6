"""Tell by what a column prints within its lines whether a full line's end between two signs stands for a space.

Where it does elsewhere between the scripts, or beside a mark of western text, it does at the end of a line: between
such words as are printed elsewhere, or between any where the column always parts the scripts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from normalize.characters import HAN
from normalize.full_lines import printing, put
from normalize.shapes import numbers_alike, shape
from normalize.sheet import Sheet
from schema.grid import FULL_END, UNSURE_END

_LETTERS = re.compile("[A-Za-z]+")
#: Numbers and times, whose marks part nothing.
_MARKED_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}:\d\d(?!\d)")

#: So many different words behind a space tell that a column always has one there.
FEWEST_SPACED = 3

#: What stands on both sides: a character, or the shape of a word.
Pair = tuple[str, str]


@dataclass(frozen=True)
class _Seams:
    """Say what the two sides of a seam are.

    Args:
        end: Finds a full line's end at one.
        patterns: Each finds what stands before one, a space or a line's end or nothing, and what stands behind it.
    """

    end: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]

    def evidence(self, text: str) -> str:
        """Give a text without what looks like a seam and is none."""
        return text

    def pair(self, seam: re.Match[str]) -> Pair:
        """Give what stands on both sides, for what is written alike."""
        return _shape(seam[1]), _shape(seam[3])

    def kind(self, _: Pair, /) -> str:
        """Give what is written alike in a column whatever else stands there; nothing where that is only such a pair."""
        return ""

    def told(self, spaced: Collection[Pair], joined: Collection[Pair], seam: re.Match[str]) -> str:
        """Give what stands before a full line's end, and that end, with a space where only one parts such a pair."""
        pair = self.pair(seam)
        return f"{seam[1]} {seam[2]}" if pair in spaced and pair not in joined else seam[0]


class _Marks(_Seams):
    """Say that they are a mark of western text and what stands beside it."""

    def evidence(self, text: str) -> str:
        """Leave out numbers and times."""
        return _MARKED_NUMBER.sub("0", text)

    def pair(self, seam: re.Match[str]) -> Pair:
        """Give the two characters, with all letters alike and all digits."""
        return shape(seam[1]), shape(seam[3])

    def told(self, spaced: Collection[Pair], joined: Collection[Pair], seam: re.Match[str]) -> str:
        """Take the end out where such a pair never has a space: nothing is left to doubt about it."""
        pair = self.pair(seam)
        return seam[1] if pair in joined and pair not in spaced else super().told(spaced, joined, seam)


#: A bracket behind a letter or a digit, and a letter, a digit or a bracket behind a mark.
_BESIDE_MARKS = _Marks(
    re.compile(r"[A-Za-z\d%][\v\x1f]\(|[,;:][\v\x1f][A-Za-z\d(]"),
    (
        re.compile(r"([A-Za-z\d%])( ?[\v\x1f]?)(?=(\())"),
        re.compile(r"([,;:])( ?[\v\x1f]?)(?=([A-Za-z\d(]))"),
    ),
)


class _Scripts(_Seams):
    """Say that they are a Chinese character and a word in letters or digits."""

    def kind(self, pair: Pair, /) -> str:
        """Tell letters from digits: dates have no space where words have."""
        return next(char for char in (pair[0][-1], pair[1][0]) if char.isascii())


#: A Chinese character before a word in letters or digits, and one behind such a word.
_BETWEEN_SCRIPTS = _Scripts(
    re.compile(f"[{HAN}][\v\x1f][A-Za-z\\d]|[A-Za-z\\d%][\v\x1f][{HAN}]"),
    (
        re.compile(f"([{HAN}])( ?[\v\x1f]?)(?=([A-Za-z\\d][!-~]*))"),
        re.compile(f"((?<![!-~])[!-~]*[A-Za-z\\d%])( ?[\v\x1f]?)(?=([{HAN}]))"),
    ),
)


def tell_seam_ends(sheet: Sheet) -> None:
    r"""Mark full lines' ends as spaces where their column always has a space there within lines.

    So ``25日\v15:00`` becomes ``25日 \v15:00`` where the column has ``6日 9:30`` in one line, and ``Q1\v(TOP)``
    ``Q1 \v(TOP)`` where it has ``Q2 (EI)``.  Beside a mark an end is taken out where it is the other way round.
    """
    for column in range(len(sheet.columns)):
        for seams in (_BESIDE_MARKS, _BETWEEN_SCRIPTS):
            if any(map(seams.end.search, sheet.printed(column))):
                _tell(sheet, column, seams)


def _tell(sheet: Sheet, column: int, seams: _Seams) -> None:
    """Tell the ends of full lines at a column's seams of one kind."""
    seen: dict[str, set[Pair]] = {" ": set(), "": set()}
    for text in map(seams.evidence, sheet.printed(column)):
        for pattern in seams.patterns:
            for seam in pattern.finditer(text):
                seen.get(seam[2], set()).add(seams.pair(seam))

    kinds = Counter(map(seams.kind, seen[" "]))
    always = {kind for kind, count in kinds.items() if kind and count >= FEWEST_SPACED}
    always.difference_update(map(seams.kind, seen[""]))

    def told(seam: re.Match[str]) -> str:
        if seam[2] not in (FULL_END, UNSURE_END):
            return seam[0]
        if seams.kind(seams.pair(seam)) in always:
            return f"{seam[1]} {seam[2]}"
        return seams.told(seen[" "], seen[""], seam)

    for row in printing(sheet, column):
        text = row.slots[column].text
        for pattern in seams.patterns:
            text = pattern.sub(told, text)
        put(row, column, text)


def _shape(word: str) -> str:
    """Give a word with all its numbers alike, and all words of letters.

    >>> _shape("15:00"), _shape("9:30"), _shape("GB/T"), _shape("日")
    ('0:0', '0:0', 'a/a', '日')
    """
    return _LETTERS.sub("a", numbers_alike(word))
