"""Number Word's paragraphs as Word prints them.

The numbers of a list stand in no text: a 序号 column that numbers itself is empty in the
file.  After ECMA-376-1, 17.9 (numbering); formats that no notice uses give no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx.oxml.ns import qn

CHINESE_DIGITS = "〇一二三四五六七八九"
#: How the names of formats begin that count in Chinese.
CHINESE_COUNTING = ("chineseCounting", "ideographDigital", "japaneseCounting", "taiwaneseCounting")
#: Chinese digits as they are written on bills.
LEGAL = str.maketrans("〇一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
#: Formats that count with signs of their own, as long as there are any.
SIGNS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10),
    ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip
#: Word counts no further; a file may name any number.
MOST_COUNTED = 32_767
#: How an English ordinal ends, but for those from 11 to 13.
ORDINAL_ENDS = {1: "st", 2: "nd", 3: "rd"}


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
        styles: Its ``w:styles`` element: a paragraph's style may put it in a list.
    """

    def __init__(self, root: Any | None, styles: Any | None = None) -> None:
        self._levels: dict[tuple[str, int], Level] = {}
        self._list_of: dict[str, str] = {}
        #: Of the lists that share their levels with another: where one starts anew, and the levels of its own.
        self._restarts: dict[tuple[str, int], int] = {}
        self._own: dict[tuple[str, int], Level] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)
        self._of_style = _Styles(styles, root) if styles is not None and root is not None else None

    def _load(self, root: Any) -> None:
        linked, styled = {}, {}
        for abstract in root.findall(qn("w:abstractNum")):
            identity = abstract.get(qn("w:abstractNumId"))
            linked[identity] = _value(abstract, "w:numStyleLink", "")
            styled[_value(abstract, "w:styleLink", "")] = identity
            for level in abstract.findall(qn("w:lvl")):
                self._levels[identity, _depth(level)] = _level(level)
        for item in root.findall(qn("w:num")):
            number, identity = item.get(qn("w:numId")), _value(item, "w:abstractNumId", "")
            self._list_of[number] = styled.get(linked.get(identity) or "-", identity)
            for override in item.findall(qn("w:lvlOverride")):
                depth = _depth(override)
                own = override.find(qn("w:lvl"))
                if own is not None:
                    self._own[number, depth] = _level(own)
                start = _value(override, "w:startOverride", "")
                if start:
                    self._restarts[number, depth] = int(start)

    def label(self, paragraph: Any) -> str:
        """Count a paragraph, and give what Word prints before it: ``""`` where it is in no list."""
        properties = paragraph.find(qn("w:pPr"))
        found = None if properties is None else properties.find(qn("w:numPr"))
        styled = self._of_style.list_of(properties) if self._of_style is not None else ("0", 0)
        if found is None and styled[0] == "0":
            return ""
        number = styled[0] if found is None else _value(found, "w:numId", styled[0])
        depth = styled[1] if found is None else int(_value(found, "w:ilvl", str(styled[1])))
        identity = self._list_of.get(number)
        level = self._level(number, depth)
        if level is None or identity is None:
            return ""
        counts = self._counts.setdefault(identity, {})
        restart = self._restarts.pop((number, depth), None)
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.number_format in ("bullet", "none"):
            return ""
        return re.sub(r"%(\d)", lambda found: self._printed(number, counts, int(found[1]) - 1), level.text)

    def _level(self, number: str, depth: int) -> Level | None:
        """Give a list's level: its own, or that of the levels which it shares."""
        return self._own.get((number, depth)) or self._levels.get((self._list_of.get(number, ""), depth))

    def _printed(self, number: str, counts: dict[int, int], depth: int) -> str:
        level = self._level(number, depth)
        return "" if level is None else format_number(counts.get(depth, level.start), level.number_format)


class _Styles:
    """Know which styles of paragraphs are in a list, and at which level.

    Args:
        styles: The ``w:styles`` element.
        numbering: The ``w:numbering`` element: its levels may name the style whose paragraphs they number.
    """

    def __init__(self, styles: Any, numbering: Any) -> None:
        self._lists: dict[str, tuple[str, int]] = {}
        self._base: dict[str, str] = {}
        self._default = ""
        levels = {
            _value(level, "w:pStyle", ""): _depth(level)
            for abstract in numbering.findall(qn("w:abstractNum"))
            for level in abstract.findall(qn("w:lvl"))
        }
        for style in styles.findall(qn("w:style")):
            name = style.get(qn("w:styleId")) or ""
            if style.get(qn("w:type")) != "paragraph":
                continue
            if style.get(qn("w:default")) in ("1", "true"):
                self._default = name
            self._base[name] = _value(style, "w:basedOn", "")
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None:
                depth = _value(found, "w:ilvl", str(levels.get(name, 0)))
                self._lists[name] = (_value(found, "w:numId", "0"), int(depth))

    def list_of(self, properties: Any) -> tuple[str, int]:
        """Give the number of the list, and the level, of a paragraph with these properties; list 0 is none."""
        name = self._default if properties is None else _value(properties, "w:pStyle", self._default)
        seen: set[str] = set()
        while name and name not in self._lists and name not in seen:
            seen.add(name)
            name = self._base.get(name, "")
        return self._lists.get(name, ("0", 0))


def _depth(level: Any) -> int:
    return int(level.get(qn("w:ilvl"), "0"))


def _level(level: Any) -> Level:
    return Level(
        start=int(_value(level, "w:start", "1")),
        number_format=_value(level, "w:numFmt", "decimal"),
        text=_value(level, "w:lvlText", ""),
    )


def _value(parent: Any, tag: str, default: str) -> str:
    child = parent.find(qn(tag))
    found = None if child is None else child.get(qn("w:val"))
    return default if found is None else str(found)


def format_number(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats, in digits where the format is another.

    >>> format_number(12, "chineseCountingThousand"), format_number(3, "decimalEnclosedCircleChinese")
    ('十二', '③')
    >>> format_number(3, "lowerLetter"), format_number(28, "upperLetter"), format_number(7, "decimalZero")
    ('c', 'BB', '07')
    >>> format_number(14, "lowerRoman"), format_number(2, "decimalEnclosedParen"), format_number(22, "ordinal")
    ('xiv', '⑵', '22nd')
    >>> format_number(2, "ideographTraditional"), format_number(21, "chineseLegalSimplified")
    ('乙', '贰拾壹')
    """
    signs = next((signs for name, signs in SIGNS.items() if number_format.startswith(name)), "")
    if 0 < number <= len(signs):
        return signs[number - 1]
    if number_format.startswith(CHINESE_COUNTING):
        return chinese_number(number)
    return WRITERS.get(number_format, str)(number) if 0 < number <= MOST_COUNTED else str(number)


def _letters(first: str, number: int) -> str:
    times, letter = divmod(number - 1, 26)
    return chr(ord(first) + letter) * (times + 1)


def _roman(number: int) -> str:
    written = ""
    for sign, value in ROMAN:
        times, number = divmod(number, value)
        written += sign * times
    return written


def _ordinal(number: int) -> str:
    return f"{number}{'th' if number // 10 % 10 == 1 else ORDINAL_ENDS.get(number % 10, 'th')}"


def _legal_number(number: int) -> str:
    written = chinese_number(number).translate(LEGAL)
    return f"壹{written}" if written.startswith("拾") else written


#: How the other formats write a number.
WRITERS: dict[str, Callable[[int], str]] = {
    "chineseLegalSimplified": _legal_number,
    "lowerLetter": partial(_letters, "a"),
    "upperLetter": partial(_letters, "A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
    "decimalZero": "{:02d}".format,
}


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
