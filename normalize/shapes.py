"""Compare texts by how they are written, whichever digits, letters and characters they hold."""

from __future__ import annotations

import re

from normalize.characters import HAN

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
