r"""Repair cells that list people or organisations, so that each item stands whole.

A space, a line end ``\n`` and the end of a full line ``\v`` or nearly full one ``\x1f`` are weak
signs in such a cell: each may part two items or cut one.  Which it is, the other rows of the same
document decide (see `normalize.vocabulary`); marks such as ``、`` always part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from normalize.characters import BREAKS, HAN, SPACES, squeeze
from normalize.names import COMPOUND_SURNAMES, SURNAMES
from normalize.organs import is_organ, organ_start
from normalize.vocabulary import IDEOGRAPHIC, MARKS, PLACES, UNIT_TAILS, Vocabulary, is_unit_name, outside_brackets
from schema.grid import FULL_END, HARD_END, UNSURE_END

_WEAK = re.compile(f"[{BREAKS}]+")
_BRACKETED = re.compile(f"[{BREAKS}]*([（(])([^（）()]*)([）)])")
_JURISDICTION = re.compile(f"[{PLACES}镇乡各团]")
#: Short names of organs that others' names begin with: 市委宣传部, 区政府办公室.
_LEADS_ON = re.compile(".{0,3}(?:委|政府|人大|政协|机关)")
_DOTS = re.compile("[·•]")
#: Three characters and more, each by itself, that lead up to the ``·`` of a name.
_ALONE = f"(?<![{HAN}])[{HAN}](?![{HAN}])"
_SPREAD_HEAD = re.compile(f"{_ALONE}(?:[{SPACES}]+{_ALONE}){{2,}}[{SPACES}\v\x1f]*[{HAN}]*[·•]")
#: One character between a ``·`` and a line's end, whatever that end stands for: a part of a name has two and more.
_CUT_PART = re.compile(f"[·•][{HAN}]\n")
_PLACE = re.compile(f"[^各].*[{PLACES}镇乡村]$")

#: A reading that costs this much less than the next leaves no doubt.
CLEAR = 0.75
#: What it costs to take for a name what none can be: one that begins or ends with its ``·``.
NO_NAME = 6.0
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
    return _regroup(text, partial(_name_cost, known=vocabulary))


def rejoin_organisation(text: str, vocabulary: Vocabulary) -> str:
    r"""Join the pieces of a unit's name that a line end cut.

    >>> rejoin_organisation("区农业农村委 区粮食物资储备 局", Vocabulary())
    '区农业农村委 区粮食物资储备局'
    >>> rejoin_organisation("区发展改革\v委\n区经委", Vocabulary())
    '区发展改革委\n区经委'
    >>> rejoin_organisation("市文化广\n电旅游局", Vocabulary())
    '市文化广电旅游局'

    Leaves alone two units of which each is whole, even where the first fills its line, and what is no unit.

    >>> rejoin_organisation("区财政局\v区税务局", Vocabulary()), rejoin_organisation("牵头\n市教育局", Vocabulary())
    ('区财政局\x0b区税务局', '牵头\n市教育局')
    """
    return _regroup(text, partial(_unit_cost, known=vocabulary))


def doubts_names(text: str, vocabulary: Vocabulary) -> bool:
    r"""Tell whether a list of people could as well be read otherwise.

    >>> doubts_names("可 晓 林 李 阳", Vocabulary()), doubts_names("李 阳 张 贤", Vocabulary())
    (True, False)

    One character behind a ``·`` is no name's last part.

    >>> doubts_names("买买提·艾\n山 郑杰", Vocabulary())
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
    if _CUT_PART.search(text):
        return True
    return _margin(text, partial(_name_cost, known=vocabulary)) < CLEAR


def doubts_units(text: str, vocabulary: Vocabulary) -> bool:
    r"""Tell whether a list of units could as well be read otherwise.

    >>> doubts_units("区住房保障\v房屋管理局", Vocabulary()), doubts_units("区财政局 区税务局", Vocabulary())
    (False, False)
    """
    return _margin(text, partial(_unit_cost, known=vocabulary)) < CLEAR


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
    if not _WEAK.search(text):
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


def _name_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh how likely these tokens are one person's name: less is likelier."""
    name = "".join(tokens)
    if name in known.people:
        return 0.1 * len(breaks)
    if "·" in name or "•" in name:
        return _foreign_name_cost(tokens, breaks, known)
    compound = name[:2] in COMPOUND_SURNAMES
    surname = compound or name[0] in SURNAMES
    if len(tokens) == 1:
        if len(name) == 1:
            return 10.0
        longer = 0.0 if len(name) <= (4 if compound else 3) else 2.0 if len(name) == 4 else 4.0
        return 1.0 + longer + (0.0 if surname else 1.5) + (1.5 if name in COMPOUND_SURNAMES else 0.0)
    whole = 2 <= len(name) <= (4 if compound else 3)
    padded = len(tokens[0]) == 1 or tokens[0] in COMPOUND_SURNAMES
    cut = known.marked or all(set(found) & CUTS for found in breaks)
    closed = _closing_cost(tokens, breaks, known)
    long = 1.5 if len(tokens) > 2 and known.padding and not known.pads_long else 0.0
    return (2.0 if whole else 15.0) + (0.0 if surname else 3.0) + (0.0 if padded or cut else 6.0) + closed + long


def _closing_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh closing the breaks within a name of a person: where marks part the items, it costs nothing.

    A space pads a name of single characters, where the column pads names; elsewhere it parts two.
    """
    if known.marked:
        return 0.0
    cost, word = 0.0, ""
    cut = any(set(found) & CUTS for found in breaks)
    for token, found in zip(tokens, breaks, strict=False):
        word += token
        if HARD_END in found:
            cost += 8.0
        elif not known.padding and not known.spaced:
            word = ""  # where no space pads or parts names, it is a spread name's own
        elif not set(found) & CUTS:
            cost += 1.5 if cut else 0.0
            pads = IDEOGRAPHIC in found or known.padding == " "
            cost += (0.0 if pads else 1.0) if len(token) == len(word) == 1 else 2.0 if pads else 6.0
            word = ""
    return cost


def _foreign_name_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh a name with ``·`` in it: it is cut beside the dot, or where the line was full."""
    parts = _DOTS.split("".join(tokens))
    begun = parts[0] in known.heads
    shortest = min(len(parts[0]), len(parts[-1]))
    cost = 1.0 + (NO_NAME if shortest == 0 else 1.5 if shortest == 1 else 0.0)
    cost += 2.5 * (len(parts) - 2) if breaks else 0.0
    cost += 0.0 if begun else 0.7
    before = ""
    for found, token, after in zip(breaks, tokens, tokens[1:], strict=False):
        before += token
        dotted = token[-1] in "·•" or after[0] in "·•"
        cut = known.marked or (set(found) & CUTS and HARD_END not in found)
        spread = HARD_END not in found and (
            len(token) == len(after) == 1 or not (known.padding or known.spaced or set(found) & CUTS)
        )
        cost += 0.3 if dotted or cut else 0.5 if spread else 20.0
        if not dotted and not known.marked:
            rest = "".join(tokens)[len(before) :]
            following = max(_whole_name_cost(after, known), 1.5 * _whole_name_cost(rest, known))
            cost += max(0.0 if begun else _whole_name_cost(before, known), following)
    return cost


def _whole_name_cost(name: str, known: Vocabulary) -> float:
    """Weigh taking a piece, which may be a person's whole name, for a part of another's."""
    if name in known.people:
        return 3.0
    longest = 4 if name[:2] in COMPOUND_SURNAMES else 3
    return 1.0 if 2 <= len(name) <= longest and name[0] in SURNAMES else 0.0


def _unit_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh how likely these tokens are one unit's name: less is likelier."""
    name = "".join(tokens)
    if known.single:
        seams = (
            is_unit_name(before) and _begins_unit(after, known)
            for before, after in zip(accumulate(tokens), tokens[1:], strict=False)
        )
        return 1.0 + 0.1 * len(breaks) + 2.0 * sum(seams)
    if name in known.units:
        return 0.1 * len(breaks)
    if is_organ(name) and not any(HARD_END in found for found in breaks):
        return 0.3 + 0.1 * len(breaks)
    if len(tokens) > 1 and not is_unit_name(tokens[0]) and (organ_start(name) or 0) < len(tokens[0]) and is_organ(name):
        # A line ends within an organ's name: a program that fits a cell's lines together ended it early.
        return 1.0 + 0.1 * len(breaks)
    if len(tokens) == 1:
        return _lone_unit_cost(name, known)
    cost = 1.0 if is_unit_name(name) else 4.0 + (0.0 if known.marked else len(breaks))
    before = ""
    for found, token in zip(breaks, tokens, strict=False):
        before += token
        cost += _break_cost(found, known)
        if not known.marked:
            cost += _seam_cost(before, name[len(before) :], known)
    return cost


def _lone_unit_cost(name: str, known: Vocabulary) -> float:
    """Weigh one piece as a unit of its own."""
    if not is_unit_name(name):
        return 4.0
    if _PLACE.fullmatch(name):
        return 2.0
    return 1.6 if known.placed and name[0] not in PLACES + "各" else 1.0


#: What closing a break costs: more, the likelier it was made on purpose.
_BREAK_COSTS = ((HARD_END, 4.0), (UNSURE_END, 0.6), (FULL_END, 0.3))
#: The ends of lines that may have cut an item.
CUTS = frozenset((FULL_END, UNSURE_END))


def _break_cost(found: str, known: Vocabulary) -> float:
    cost = next((cost for mark, cost in _BREAK_COSTS if mark in found), 2.0)
    return cost / 10 if known.marked else cost


def _begins_unit(piece: str, known: Vocabulary) -> bool:
    """Tell whether a piece is a unit that the document or any notice knows, or begins with a place."""
    if piece in UNIT_TAILS:
        return False
    return piece in known.units or is_organ(piece) or (_JURISDICTION.match(piece) is not None and len(piece) > 2)


#: What the parts of a university are called.
_OF_UNIVERSITY = ("学院", "系", "研究院", "研究所", "实验室", "医院")


def _is_part(before: str, piece: str, known: Vocabulary) -> bool:
    """Tell whether a piece is a part of the unit before it.

    A university has schools; and 综合科 is a part where 市公安局综合科 is known.
    """
    if before.endswith("大学") and piece.endswith(_OF_UNIVERSITY):
        return True
    return any(name.endswith(piece) and is_unit_name(name.removesuffix(piece)) for name in known.units)


def _seam_cost(before: str, after: str, known: Vocabulary) -> float:
    """Weigh closing a break between two pieces that may be units of their own."""
    cost = 2.0 if _begins_unit(after, known) else 0.0
    if is_unit_name(before) and is_unit_name(after):
        leads = _LEADS_ON.fullmatch(before) or _PLACE.fullmatch(before) or _is_part(before, after, known)
        cost += 0.5 if leads and after not in known.units and not _JURISDICTION.match(after) else 2.0
    return cost
