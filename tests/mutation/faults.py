"""The faults: each changes one cell or row, and knows what a check should say of it.

The pairs of characters are written down here by themselves: the check's own tables are not asked.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matrix.notices import Notice, Role

LOOK_ALIKE = (
    "己已", "已巳", "末未", "日曰", "土士", "大太", "天夫", "人入", "干千", "拨拔", "侯候", "晴睛", "治冶", "免兔",
    "乌鸟",     "折拆", "戊戌", "贷货", "体休", "问间",
    "代伐", "木本", "王玉", "住往", "万方", "主王", "午牛", "目日", "自白",
    "今令", "风凤", "平乎", "田由", "甲申", "力刀", "开井", "0O", "1l",
)  # fmt: skip
SAME_SOUND = (
    "的得", "在再", "做作", "期其", "建健", "工公", "进近", "化画", "度渡", "安按", "和合", "实时", "业叶", "务物",
    "展站", "区屈", "经精", "动洞", "会汇", "推退", "成城", "是事", "升生", "立力", "环还", "机基", "政正", "程成",
    "管馆",
)  # fmt: skip
TRADITIONAL = (
    "发發", "业業", "区區", "经經", "国國", "务務", "动動", "产產", "会會", "实實", "环環", "进進", "积積", "设設",
)  # fmt: skip
WIDTH = ("，,", "（(", "）)", "：:", "；;", "0０", "1１", "2２", "5５", "%％")
MARKS = ("。，", "，。", "；，", "、，", "。；")
OTHERS = "鹏霜嗓嫩拽"
DATE = re.compile(r"\d{4}年|\d{1,2}月|\d{1,2}日")

Row = list[str]


@dataclass(frozen=True)
class Planted:
    """Hold a fault: the row as it is typed, and what is to be found.

    Args:
        rules: The classes that name it rightly.
        column: Of the cell; ``None`` for a whole row.
        at: Index of the first character that is wrong in the typed cell, or of where one is missing.
    """

    row: Row
    rules: tuple[str, ...]
    column: int | None
    at: int = 0


Fault = Callable[[random.Random, Row, Notice], Planted | None]


def _prose(dice: random.Random, row: Row, notice: Notice) -> tuple[int, str] | None:
    """Choose a cell of running text, names or units that is filled."""
    roles = (Role.PROSE, Role.PROSE, Role.UNITS, Role.PEOPLE)
    wanted = dice.choice(roles)
    found = [index for index, role in enumerate(notice.roles) if role is wanted and row[index]]
    return (column := dice.choice(found), row[column]) if found else None


def _put(row: Row, column: int, text: str) -> Row:
    return [*row[:column], text, *row[column + 1 :]]


def swapped(pairs: tuple[str, ...], rule: str, *, both: bool = True) -> Fault:
    """Replace one character by its counterpart."""

    def fault(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
        chosen = _prose(dice, row, notice)
        if chosen is None:
            return None
        column, text = chosen
        offers = [
            (index, b)
            for pair in pairs
            for a, b in ((pair[0], pair[1]), (pair[1], pair[0]))[: 2 if both else 1]
            for index, character in enumerate(text)
            if character == a and not _in_list_mark(notice, column, a)
        ]
        if not offers:
            return None
        at, other = dice.choice(offers)
        return Planted(_put(row, column, text[:at] + other + text[at + 1 :]), (rule,), column, at)

    return fault


def _in_list_mark(notice: Notice, column: int, character: str) -> bool:
    return notice.roles[column] in (Role.PEOPLE, Role.UNITS) and character in "、，；（）()"


def _characters(text: str) -> list[int]:
    """Give the places of Chinese characters whose neighbours differ from them: there, one position is right."""
    return [
        index
        for index, character in enumerate(text)
        if "一" <= character <= "鿿" and character not in (text[index - 1 : index] + text[index + 1 : index + 2])
    ]


def edited(rule: str, make: Callable[[random.Random, str], str], fewest: int = 1) -> Fault:
    """Replace a Chinese character by what is made of it, in a cell that has at least so many of them."""

    def fault(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
        chosen = _prose(dice, row, notice)
        places = _characters(chosen[1]) if chosen else []
        if chosen is None or len(places) < fewest:
            return None
        column, text = chosen
        at = dice.choice(places)
        return Planted(_put(row, column, text[:at] + make(dice, text[at]) + text[at + 1 :]), (rule,), column, at)

    return fault


def changed_digit(rule: str, digits: str) -> Fault:
    """Change a digit of a date, or one that belongs to none."""

    def fault(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
        offers = [
            (column, index)
            for column, role in enumerate(notice.roles)
            if role is not Role.KEY
            for index, character in enumerate(row[column])
            if character.isdecimal() and _in_date(row[column], index) == (rule == "date")
        ]
        if not offers:
            return None
        column, at = dice.choice(offers)
        text = row[column]
        other = dice.choice([digit for digit in digits if digit not in text[max(0, at - 1) : at + 2]])
        return Planted(_put(row, column, text[:at] + other + text[at + 1 :]), (rule,), column, at)

    return fault


def _in_date(text: str, index: int) -> bool:
    return any(found.start() <= index < found.end() for found in DATE.finditer(text))


def _list(dice: random.Random, row: Row, notice: Notice, fewest: int) -> tuple[int, list[str]] | None:
    found = [c for c, role in enumerate(notice.roles) if role in (Role.PEOPLE, Role.UNITS)]
    lists = [(c, row[c].split("、")) for c in found if row[c] and "（" not in row[c]]
    lists = [each for each in lists if len(each[1]) >= fewest]
    return dice.choice(lists) if lists else None


def missing_item(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Leave an item of a list out."""
    chosen = _list(dice, row, notice, 2)
    if chosen is None:
        return None
    column, items = chosen
    index = dice.randrange(len(items))
    at = len("、".join(items[:index]))
    return Planted(_put(row, column, "、".join(items[:index] + items[index + 1 :])), ("missing-item",), column, at)


def extra_item(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Put an item into a list."""
    chosen = _list(dice, row, notice, 1)
    if chosen is None:
        return None
    column, items = chosen
    index = dice.randrange(len(items) + 1)
    new = "上官蔷薇" if notice.roles[column] is Role.PEOPLE else "蓬莱仙岛管理处"
    at = len("、".join(items[:index])) + bool(index)
    return Planted(_put(row, column, "、".join([*items[:index], new, *items[index:]])), ("extra-item",), column, at)


def run_together(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Leave out what parts two items."""
    chosen = _list(dice, row, notice, 2)
    if chosen is None:
        return None
    column, items = chosen
    index = dice.randrange(len(items) - 1)
    at = len("、".join(items[:index])) + bool(index)
    joined = [*items[:index], items[index] + items[index + 1], *items[index + 2 :]]
    return Planted(_put(row, column, "、".join(joined)), ("names-run-together",), column, at)


def blank_cell(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Leave a cell blank."""
    found = [c for c, role in enumerate(notice.roles) if role in (Role.PROSE, Role.PEOPLE, Role.UNITS) and row[c]]
    column = dice.choice(found)
    return Planted(_put(row, column, ""), ("blank-cell", "shared-blank"), column)


def filled_cell(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Write into a blank cell."""
    found = [c for c, text in enumerate(row) if not text]
    if not found:
        return None
    column = dice.choice(found)
    return Planted(_put(row, column, "蓬莱仙岛管理处"), ("filled-cell",), column)


def wrong_column(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Exchange two cells."""
    found = [c for c, role in enumerate(notice.roles) if role is not Role.KEY and len(row[c]) > 1]
    first, second = sorted(dice.sample(found, 2))
    if row[first] == row[second]:
        return None
    swapped_row = _put(_put(row, first, row[second]), second, row[first])
    return Planted(swapped_row, ("wrong-column",), first)


def explained(dice: random.Random, row: Row, notice: Notice) -> Planted | None:
    """Put a space between two Chinese characters of running text."""
    column = notice.roles.index(Role.PROSE)
    places = [index for index in _characters(row[column]) if index]
    if not places:
        return None
    at = dice.choice(places)
    return Planted(_put(row, column, row[column][:at] + " " + row[column][at:]), ("explained",), column, 0)


FAULTS: Mapping[str, Fault] = {
    "wrong-character": edited("wrong-character", lambda dice, _: dice.choice(OTHERS)),
    "missing-character": edited("missing-character", lambda _dice, _: "", fewest=2),
    "extra-character": edited("extra-character", lambda dice, character: dice.choice(OTHERS) + character),
    "look-alike": swapped(LOOK_ALIKE, "look-alike"),
    "same-sound": swapped(SAME_SOUND, "same-sound"),
    "traditional": swapped(TRADITIONAL, "traditional", both=False),
    "width": swapped(WIDTH, "width", both=False),
    "punctuation": swapped(MARKS, "punctuation", both=False),
    "digit": changed_digit("digit", "0123456789"),
    "date": changed_digit("date", "123456789"),
    "missing-item": missing_item,
    "extra-item": extra_item,
    "names-run-together": run_together,
    "blank-cell": blank_cell,
    "filled-cell": filled_cell,
    "wrong-column": wrong_column,
    "explained": explained,
}
