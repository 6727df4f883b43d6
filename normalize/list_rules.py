r"""Repair cells that list people or organisations, so that each item stands whole.

A space, a line end ``\n`` and a full line's end ``\v`` are weak signs in such a cell: each may
part two items or cut one.  Which it is, the other rows of the same document decide (see
`normalize.vocabulary`); marks such as ``、`` always part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from normalize.characters import BREAKS
from normalize.names import COMPOUND_SURNAMES, SURNAMES
from normalize.vocabulary import Vocabulary, is_unit_name

#: Marks that part the items of a list, outside brackets.
MARKS = "、，,；;"
_WEAK = re.compile(f"[{BREAKS}]+")
_BRACKETED = re.compile(f"[{BREAKS}]*([（(])([^（）()]*)([）)])")
_JURISDICTION = re.compile("[区市县省州镇乡各团]")

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
        return found[1] + _WEAK.sub("", found[2]) + found[3]

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
    return _regroup(text, partial(_name_cost, people=vocabulary.people))


def rejoin_organisation(text: str, vocabulary: Vocabulary) -> str:
    r"""Join the pieces of a unit's name that a line end cut.

    >>> rejoin_organisation("区农业农村委 区粮食物资储备 局", Vocabulary())
    '区农业农村委 区粮食物资储备局'
    >>> rejoin_organisation("区发展改革\v委\n区经委", Vocabulary())
    '区发展改革委\n区经委'

    Leaves alone two units of which each is whole, even where the first fills its line.

    >>> rejoin_organisation("区财政局\v区税务局", Vocabulary())
    '区财政局\x0b区税务局'
    """
    return _regroup(text, partial(_unit_cost, units=vocabulary.units))


def doubts_names(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of people could as well be read otherwise.

    >>> doubts_names("可 晓 林 李 阳", Vocabulary()), doubts_names("李 阳 张 贤", Vocabulary())
    (True, False)
    """
    return _margin(text, partial(_name_cost, people=vocabulary.people)) < CLEAR


def doubts_units(text: str, vocabulary: Vocabulary) -> bool:
    r"""Tell whether a list of units could as well be read otherwise.

    >>> doubts_units("区住房保障\v房屋管理局", Vocabulary()), doubts_units("区财政局 区税务局", Vocabulary())
    (False, False)
    """
    return _margin(text, partial(_unit_cost, units=vocabulary.units)) < CLEAR


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
        if depth <= 0 and (character in MARKS or character in "\n\v" or character.isspace()):
            depth = 0
            items.append(current)
            current = ""
        else:
            current += character
    items.append(current)
    return [item for item in items if item]


def _regroup(text: str, cost: Cost) -> str:
    """Close those weak signs of a list whose closing costs the least."""
    if not _WEAK.search(text):
        return text
    return "".join(part if part in MARKS else _cheapest(part, cost) for part in _outside_brackets(text))


def _outside_brackets(text: str) -> list[str]:
    """Part a text at the marks outside brackets; the marks come out as parts of their own."""
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character in "（(") - (character in "）)")
        if depth == 0 and character in MARKS:
            parts += [current, character]
            current = ""
        else:
            current += character
    parts.append(current)
    return [part for part in parts if part]


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
    for part in _outside_brackets(text):
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
    pieces, breaks = _WEAK.split(text), _WEAK.findall(text)
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


def _name_cost(tokens: Sequence[str], breaks: Sequence[str], people: frozenset[str]) -> float:
    """Weigh how likely these tokens are one person's name: less is likelier."""
    name = "".join(tokens)
    if name in people:
        return 0.1 * len(breaks)
    if "·" in name or "•" in name:
        return _foreign_name_cost(tokens, breaks)
    if len(tokens) == 1:
        return 10.0 if len(name) == 1 else 1.0
    compound = name[:2] in COMPOUND_SURNAMES
    surname = compound or name[0] in SURNAMES
    whole = 2 <= len(name) <= (4 if compound else 3)
    padded = len(tokens[0]) == 1 or tokens[0] in COMPOUND_SURNAMES
    ended = 8.0 * sum("\n" in found for found in breaks)
    return (2.0 if whole else 15.0) + (0.0 if surname else 3.0) + (0.0 if padded else 6.0) + ended


def _foreign_name_cost(tokens: Sequence[str], breaks: Sequence[str]) -> float:
    """Weigh a name with ``·`` in it: it is cut beside the dot, or where the line was full."""
    cost = 1.0
    for found, before, after in zip(breaks, tokens, tokens[1:], strict=False):
        dotted = before[-1] in "·•" or after[0] in "·•"
        cost += 0.5 if dotted else 1.5 if "\v" in found else 20.0
    return cost


def _unit_cost(tokens: Sequence[str], breaks: Sequence[str], units: frozenset[str]) -> float:
    """Weigh how likely these tokens are one unit's name: less is likelier."""
    name = "".join(tokens)
    if name in units:
        return 0.1 * len(breaks)
    cost = 1.0 if is_unit_name(name) else 4.0 + len(breaks)
    for found, before, after in zip(breaks, tokens, tokens[1:], strict=False):
        cost += 3.0 if "\n" in found else 1.0 if "\v" in found else 2.0
        if after in units or (_JURISDICTION.match(after) and len(after) > 2):
            cost += 3.0
        if is_unit_name(before) and is_unit_name(after):
            cost += 3.0
    return cost
