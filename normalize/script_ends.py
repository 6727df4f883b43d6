"""Tell by what a column prints within its lines whether a full line's end between the scripts stands for a space.

Where it does elsewhere between such a character and such a word, it does at the end of a line.
"""

from __future__ import annotations

import re
from functools import partial

from normalize.characters import HAN
from normalize.full_lines import printing, put
from normalize.shapes import numbers_alike
from normalize.sheet import Sheet
from schema.grid import FULL_END, UNSURE_END

#: A Chinese character before a word in letters or digits, and one behind such a word, with what stands between them.
_SEAMS = (
    re.compile(f"([{HAN}])( ?[\v\x1f]?)(?=([A-Za-z\\d][!-~]*))"),
    re.compile(f"((?<![!-~])[!-~]*[A-Za-z\\d%])( ?[\v\x1f]?)(?=([{HAN}]))"),
)
_FULL_END = re.compile(f"[{HAN}][\v\x1f][A-Za-z\\d]|[A-Za-z\\d%][\v\x1f][{HAN}]")
_LETTERS = re.compile("[A-Za-z]+")

#: What stands on both sides: a character, or the shape of a word.
Pair = tuple[str, str]


def tell_script_ends(sheet: Sheet) -> None:
    r"""Mark line ends between the scripts as spaces where their column always has a space there within lines.

    So ``25日\v15:00`` becomes ``25日 \v15:00`` where the column has ``6日 9:30`` in one line.
    """
    for column in range(len(sheet.columns)):
        texts = sheet.printed(column)
        if not any(_FULL_END.search(text) for text in texts):
            continue
        seen: dict[str, set[Pair]] = {" ": set(), "": set()}
        for text in texts:
            for seam in _SEAMS:
                for found in seam.finditer(text):
                    seen.get(found[2], set()).add(_pair(found))
        told = partial(_told, seen[" "] - seen[""])
        for row in printing(sheet, column) if seen[" "] else ():
            text = row.slots[column].text
            for seam in _SEAMS:
                text = seam.sub(told, text)
            put(row, column, text)


def _told(spaced: set[Pair], found: re.Match[str]) -> str:
    """Give what stands before the end of a full line, and that end, with a space where one parts such a pair."""
    is_full = found[2] in (FULL_END, UNSURE_END)
    return f"{found[1]} {found[2]}" if is_full and _pair(found) in spaced else found[0]


def _pair(found: re.Match[str]) -> Pair:
    return _shape(found[1]), _shape(found[3])


def _shape(word: str) -> str:
    """Give a word with all its numbers alike, and all words of letters.

    >>> _shape("15:00"), _shape("9:30"), _shape("GB/T"), _shape("日")
    ('0:0', '0:0', 'a/a', '日')
    """
    return _LETTERS.sub("a", numbers_alike(word))
