"""Compare texts by how they are written, whichever digits, letters and characters they hold."""

from __future__ import annotations

import re

from normalize.characters import HAN

#: English words that lead on to another one, and those that hardly any other word ends with.
LEADING = "(?:an?|and|as|at|by|for|from|in|of|on|or|the|to|with)"
LEADING_ALONE = "(?:and|for|from|of|the|with)"
#: What opens a text that goes on, and what closes it again.
_PAIRS = {"“": "”", "(": ")", "《": "》", "【": "】", "〔": "〕"}
_PLAIN = str.maketrans("（）", "()")
#: One of them, or what ends a text that is cut: few texts have any.
_MAY_OPEN = re.compile("[“(（《【〔]|[—–～~·•-]$")
#: A period or a name of which only the first part stands there.
_BEGUN = re.compile(r"[\d:日月年][—–～~-]+$|[·•]$")

_NUMBER, _DIGIT = re.compile(r"\d+"), re.compile(r"\d")
_HAN, _LETTER = re.compile(f"[{HAN}]"), re.compile("[A-Za-z]")


def shape(text: str) -> str:
    """Give a text with all its digits, all its letters and all its Chinese characters alike.

    >>> shape("国械注准2024-A1")
    '一一一一0000-a0'
    """
    return _LETTER.sub("a", _HAN.sub("一", _DIGIT.sub("0", text)))


def numbers_alike(text: str) -> str:
    """Give a text with all its numbers alike, however long.

    >>> numbers_alike("9:30—10:00"), numbers_alike("2025年6月")
    ('0:0—0:0', '0年0月')
    """
    return _NUMBER.sub("0", text)


def width(text: str) -> int:
    """Give how wide a text is in halves of a Chinese character, about.

    >>> width("5个")
    3
    """
    return sum(2 if char >= "⺀" else 1 for char in text)


def is_left_open(text: str) -> bool:
    """Tell whether a text is a beginning only: of a period, a name with a ``·``, what a quotation or a bracket holds.

    >>> [is_left_open(text) for text in ("13:00—", "阿卜杜拉·", "报告：“十五五”规", "（含", "市财政局、", "（原味)")]
    [True, True, False, True, False, False]
    """
    if not _MAY_OPEN.search(text):
        return False
    plain = text.translate(_PLAIN)
    is_open = any(plain.rfind(begin) > plain.rfind(end) for begin, end in _PAIRS.items())
    return is_open or _BEGUN.search(text) is not None
