r"""Repair cells that list people or organisations, so that each item stands whole.

A space, a line end ``\n`` and the end of a full line ``\v`` or nearly full one ``\x1f`` are weak
signs in such a cell: each may part two items or cut one.  Which it is, the other rows of the same
document decide (see `normalize.vocabulary`); marks such as ``、`` always part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from normalize.characters import BREAK_RUN, BREAKS, HAN, SPACES, squeeze
from normalize.column_habits import MARKS, outside_brackets
from normalize.item_costs import name_cost, unit_cost
from normalize.names import has_surname
from normalize.vocabulary import Vocabulary

_BRACKETED = re.compile(f"[{BREAKS}]*([（(])([^（）()]*)([）)])")
#: Three characters and more, each by itself, that lead up to the ``·`` of a name.
_ALONE = f"(?<![{HAN}])[{HAN}](?![{HAN}])"
_SPREAD_HEAD = re.compile(f"{_ALONE}(?:[{SPACES}]+{_ALONE}){{2,}}[{SPACES}\v\x1f]*[{HAN}]*[·•]")
#: One character between a ``·`` and a line's end, whatever that end stands for: a part of a name has two and more.
_CUT_PART = re.compile(f"[·•][{HAN}]\n")
#: What stands below a line that begins with a ``·``, and ends on purpose by what it is measured.
_DOT_BELOW = re.compile(f"[\n\x1f][·•][{HAN}]+\n([{HAN}]+)(?![·•])")

#: A short name at the end of a full line, and the first part of one with ``·`` below it.
_BEFORE_HEAD = re.compile(f"(?<![{HAN}])([{HAN}]{{2,3}})[\v\x1f]+([{HAN}]{{1,3}})[·•]")

#: A short name at the end of a full line, before what may be another one.
_AT_FULL_END = re.compile(f"(?<![{HAN}])([{HAN}]{{2,3}})(?=[\v\x1f]+[{HAN}]{{1,3}}(?![{HAN}]))")
_DOT = re.compile("[·•]")
#: A reading that costs this much less than the next leaves no doubt.
CLEAR = 0.75
#: No name is cut into more pieces than this.
LONGEST_GROUP = 6

Cost = Callable[[Sequence[str], Sequence[str]], float]


def keep_bracketed_name(text: str, vocabulary: Vocabulary) -> str:
    r"""Keep a second name in brackets with its unit, and whole.

    >>> keep_bracketed_name("区委宣传部 （区文\v明办）", Vocabulary())
    '区委宣传部（区文明办）'

    Leaves alone brackets that already stand right behind the name.

    >>> keep_bracketed_name("各县（市、区）人民政府", Vocabulary())
    '各县（市、区）人民政府'
    """
    del vocabulary

    def closed(found: re.Match[str]) -> str:
        return found[1] + BREAK_RUN.sub("", found[2]) + found[3]

    return _BRACKETED.sub(closed, text)


def close_padded_name(text: str, vocabulary: Vocabulary) -> str:
    """Close the space that pads a name to the width of its neighbours.

    >>> close_padded_name("李 阳", Vocabulary())
    '李阳'
    >>> close_padded_name("赵 亮 可 晓 林 李 阳", Vocabulary(people=frozenset({"可晓林"})))
    '赵亮 可晓林 李阳'

    Leaves alone the space between two people, and ``·`` within a name.

    >>> close_padded_name("谭瑞琮 李阳 阿迪力·买买提", Vocabulary())
    '谭瑞琮 李阳 阿迪力·买买提'
    """
    return _regroup(text, partial(name_cost, known=vocabulary))


def rejoin_organisation(text: str, vocabulary: Vocabulary) -> str:
    r"""Join the pieces of a unit's name that a line end cut.

    >>> rejoin_organisation("区农业农村委 区粮食物资储备 局", Vocabulary())
    '区农业农村委 区粮食物资储备局'
    >>> rejoin_organisation("区发展改革\v委\n区经委", Vocabulary())
    '区发展改革委\n区经委'
    >>> rejoin_organisation("市文化广\n电旅游局", Vocabulary())
    '市文化广电旅游局'

    >>> rejoin_organisation("市城市管理局\v下属事业单位", Vocabulary())
    '市城市管理局下属事业单位'

    Where a column has one unit a cell, so is a line's end within an organ's name, but not one between two.

    >>> known = Vocabulary(single=True)
    >>> rejoin_organisation("县委\v编办", known), rejoin_organisation("市司\v法局\v贵阳\v镇", known)
    ('县委编办', '市司法局\x0b贵阳镇')

    Leaves alone two units of which each is whole, even where the first fills its line, and what is no unit.

    >>> rejoin_organisation("区财政局\v区税务局", Vocabulary()), rejoin_organisation("牵头\n市教育局", Vocabulary())
    ('区财政局\x0b区税务局', '牵头\n市教育局')
    >>> rejoin_organisation("市教育委\v惠州高新区", Vocabulary()), rejoin_organisation("市委\v宣传部", Vocabulary())
    ('市教育委\x0b惠州高新区', '市委宣传部')
    """
    return _regroup(text, partial(unit_cost, known=vocabulary))


def doubts_names(text: str, vocabulary: Vocabulary) -> bool:
    r"""Tell whether a list of people could as well be read otherwise.

    >>> doubts_names("可 晓 林 李 阳", Vocabulary()), doubts_names("李 阳 张 贤", Vocabulary())
    (True, False)

    One character behind a ``·`` is no name's last part.

    >>> doubts_names("买买提·艾\n山 郑杰", Vocabulary())
    True

    Where a line begins with one, the line above it had no room, whatever is measured; nor may its own have.

    >>> doubts_names("阿卜杜拉\x1f·买买提\n明\x1f赵亮", Vocabulary()), doubts_names("阿卜\x1f·买提\n赵亮", Vocabulary())
    (True, False)

    Neither does a short name at a full line's end, before a part of one that no other row begins with.

    >>> known = Vocabulary(people=frozenset({"李阳"}))
    >>> doubts_names("古丽\v娜尔·阿不都", known), doubts_names("李阳\v娜尔·阿不", known)
    (True, False)

    Nor what has no surname: some names of four characters are written without a ``·``.

    >>> doubts_names("次仁\v卓玛", Vocabulary()), doubts_names("李阳\v卓玛", Vocabulary())
    (True, False)
    >>> doubts_names("王佳\v次仁\v卓玛", Vocabulary())
    True

    Characters spread before a ``·`` are one name as well as two.

    >>> doubts_names("古 丽 娜\v尔·阿不", Vocabulary(people=frozenset({"古丽"})))
    True
    >>> doubts_names("阿 卜 杜\v拉·买\n古 丽 娜\v尔·阿不", Vocabulary(people=frozenset({"古丽"})))
    True
    """
    for spread in _SPREAD_HEAD.finditer(text):
        begun = squeeze(spread[0])
        known = any(begun[:-1].endswith(head) for head in vocabulary.heads)
        if not known and begun not in close_padded_name(text, vocabulary):
            return True
    if _CUT_PART.search(text) or any(map(_is_rest, _DOT_BELOW.findall(text))):
        return True
    dotted = close_padded_name(text, vocabulary) if _DOT.search(text) else ""
    for before, head in _BEFORE_HEAD.findall(dotted):
        # Neither stands elsewhere by itself: the line end may as well cut one name.
        if before not in vocabulary.people and head not in vocabulary.heads:
            return True
    undotted = () if dotted else _AT_FULL_END.findall(text)
    if any(not has_surname(name) and name not in vocabulary.people for name in undotted):
        return True
    return _margin(text, partial(name_cost, known=vocabulary)) < CLEAR


def _is_rest(text: str) -> bool:
    """Tell whether what begins a line may be the rest of a name: it is no name of its own."""
    return len(text) == 1 or not has_surname(text)


def doubts_units(text: str, vocabulary: Vocabulary) -> bool:
    r"""Tell whether a list of units could as well be read otherwise.

    >>> doubts_units("区住房保障\v房屋管理局", Vocabulary()), doubts_units("区财政局 区税务局", Vocabulary())
    (False, False)

    So could what begins with two characters that no unit is called, before a firm's name.

    >>> doubts_units("创联\v世纪传媒有限公司", Vocabulary()), doubts_units("区财政局\v世纪传媒有限公司", Vocabulary())
    (True, False)
    """
    return _margin(text, partial(unit_cost, known=vocabulary)) < CLEAR


def split_list(text: str, vocabulary: Vocabulary) -> str:
    r"""Part the items of a list by ``、``, whatever parted them on the page.

    >>> split_list("区委办 区人大办\n区政府办；区政协办", Vocabulary())
    '区委办、区人大办、区政府办、区政协办'

    Leaves alone a mark inside brackets, which parts nothing.

    >>> split_list("各县（市、区）人民政府，省直单位", Vocabulary())
    '各县（市、区）人民政府、省直单位'
    """
    del vocabulary
    return "、".join(list_items(text))


def list_items(text: str) -> list[str]:
    """Give the items of a list, parted by marks or white space outside brackets.

    >>> list_items("区委宣传部（区文明办）、区司法局")
    ['区委宣传部（区文明办）', '区司法局']
    """
    items, depth, current = [], 0, ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth <= 0 and (character in MARKS or character in BREAKS):
            depth = 0
            items.append(current)
            current = ""
        else:
            current += character
    items.append(current)
    return [item for item in items if item]


def _regroup(text: str, cost: Cost) -> str:
    """Close those weak signs of a list whose closing costs the least."""
    if not BREAK_RUN.search(text):
        return text
    return "".join(part if part in MARKS else _cheapest(part, cost) for part in outside_brackets(text))


def _cheapest(text: str, cost: Cost) -> str:
    """Group the tokens of a text so that the groups' costs add up to the least.

    Of groupings that cost the same the one with more groups wins: nothing is joined
    without a reason.
    """
    inner = text.strip(BREAKS)
    if not inner:
        return text
    start = text.index(inner)
    return text[:start] + _groupings(inner, cost)[0].text + text[start + len(inner) :]


def _margin(text: str, cost: Cost) -> float:
    """Give by how much the best reading of a text is better than the next, in the closest part."""
    margins = []
    for part in outside_brackets(text):
        found = _groupings(part.strip(BREAKS), cost) if part.strip(BREAKS) and part not in MARKS else []
        if len(found) > 1:
            margins.append(found[1].cost - found[0].cost)
    return min(margins, default=CLEAR)


class _Grouping(NamedTuple):
    """Hold one way to group tokens; the best of several sorts first."""

    cost: float
    fewer: int
    text: str


def _groupings(text: str, cost: Cost) -> list[_Grouping]:
    """Give the two best ways to group the tokens of a text, the best first."""
    pieces, breaks = BREAK_RUN.split(text), BREAK_RUN.findall(text)
    best: list[list[_Grouping]] = [[_Grouping(0.0, 0, "")]]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(max(0, end - LONGEST_GROUP), end):
            added = cost(pieces[start:end], breaks[start : end - 1])
            group = "".join(pieces[start:end])
            gap = breaks[start - 1] if start else ""
            options += [_Grouping(b.cost + added, b.fewer - 1, b.text + gap + group) for b in best[start]]
        best.append(sorted(options)[:2])
    return best[-1]
