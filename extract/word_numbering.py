"""Number Word's paragraphs as Word prints them.

The numbers of a list stand in no text: a 序号 column that numbers itself is empty in the
file.  After ECMA-376-1, 17.9 (numbering); formats that no notice uses give no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

CHINESE_DIGITS = "〇一二三四五六七八九"
ENCLOSED_ONE = ord("①")


@dataclass(frozen=True, slots=True)
class Level:
    """Hold one level of a list: where it starts, how it counts, and what it prints."""

    start: int
    number_format: str
    text: str


class Numbering:
    """Count the paragraphs of each list of one document.

    Args:
        root: The document's ``w:numbering`` element, or ``None`` where it has no lists.
    """

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        for abstract in root.findall(qn("w:abstractNum")):
            identity = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                self._levels[identity, int(level.get(qn("w:ilvl"), "0"))] = Level(
                    start=int(_value(level, "w:start", "1")),
                    number_format=_value(level, "w:numFmt", "decimal"),
                    text=_value(level, "w:lvlText", ""),
                )
        for item in root.findall(qn("w:num")):
            self._list_of[item.get(qn("w:numId"))] = _value(item, "w:abstractNumId", "")

    def label(self, paragraph: Any) -> str:
        """Count a paragraph, and give what Word prints before it: ``""`` where it is in no list."""
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            return ""
        number = _value(properties, "w:numId", "0")
        depth = int(_value(properties, "w:ilvl", "0"))
        identity = self._list_of.get(number)
        level = self._levels.get((identity, depth)) if identity is not None else None
        if level is None or identity is None:
            return ""
        counts = self._counts.setdefault(identity, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.number_format in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda found: self._printed(identity, counts, int(found[1]) - 1), level.text)

    def _printed(self, identity: str, counts: dict[int, int], depth: int) -> str:
        level = self._levels.get((identity, depth))
        return "" if level is None else format_number(counts.get(depth, level.start), level.number_format)


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    found = None if child is None else child.get(qn("w:val"))
    return default if found is None else str(found)


def format_number(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats, in digits where the format is another.

    >>> format_number(12, "chineseCountingThousand"), format_number(3, "decimalEnclosedCircleChinese")
    ('十二', '③')
    >>> format_number(3, "lowerLetter"), format_number(7, "decimalZero")
    ('c', '07')
    """
    if number_format.startswith(("chineseCounting", "ideographDigital", "japaneseCounting", "taiwaneseCounting")):
        return chinese_number(number)
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ENCLOSED_ONE + number - 1)
    if number_format in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if number_format == "lowerLetter" else "A") + number - 1)
    return f"{number:02d}" if number_format == "decimalZero" else str(number)


def chinese_number(number: int) -> str:
    """Write a number below 1000 in Chinese, as lists are numbered.

    >>> [chinese_number(n) for n in (3, 10, 15, 20, 41, 105, 190)]
    ['三', '十', '十五', '二十', '四十一', '一百〇五', '一百九十']
    """
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else CHINESE_DIGITS[tens]) + "十"
    elif hundreds and ones:
        written += "〇"
    return written + (CHINESE_DIGITS[ones] if ones else "")
