"""Weigh how likely pieces of a list's cell are one item, a person's name or a unit's: less is likelier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.column_habits import IDEOGRAPHIC
from normalize.names import COMPOUND_SURNAMES, SURNAMES
from normalize.organs import is_organ, organ_start
from normalize.unit_names import PLACES, UNIT_TAILS, is_unit_name
from normalize.vocabulary import Vocabulary
from schema.grid import FULL_END, HARD_END, UNSURE_END

_JURISDICTION = re.compile(f"[{PLACES}镇乡各团]")
#: Short names of organs that others' names begin with: 市委宣传部, 区政府办公室.
_LEADS_ON = re.compile(f"(?!团[{PLACES}]).{{0,3}}(?:[{PLACES}盟镇乡街党工纪团]委|政府|人大|政协|机关)")
_REMARK = re.compile(r"[（(][^（）()]*[）)]$")
#: What begins the name of units that belong to the one before: 市教育局下属学校.
_BELONGING = ("下属", "所属", "直属")
_DOTS = re.compile("[·•]")
_PLACE = re.compile(f"[^各].*[{PLACES}镇乡村]$")
#: Places that have an administration of their own, which is called like them.
_ZONES = ("高新区", "开发区", "经开区", "保税区", "示范区", "度假区", "自贸区", "新区")
_SMALL, _HOLDING = ("镇", "乡", "村", "街道", *_ZONES), ("镇", "乡", "街道", *_ZONES)
#: How names end that a column of people may hold besides, and none of a person does.
FIRMS = (
    "公司", "中心", "集团", "银行", "医院", "学院", "大学", "委员会", "管委会", "办公室", "事务所", "研究院", "协会",
    "学会", "合作社", "经营部", "超市",
)  # fmt: skip
#: What it costs to take for a name what none can be: one that begins or ends with its ``·``.
NO_NAME = 6.0


def name_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh how likely these tokens are one person's name, without a remark behind it: less is likelier."""
    name = "".join(tokens)
    if name[-1] in "）)" and name not in known.people:
        tokens = [*tokens[:-1], _REMARK.sub("", tokens[-1]) or tokens[-1]]
        name = "".join(tokens)
    if name in known.people:
        return 0.1 * len(breaks)
    if name.endswith(FIRMS) and is_unit_name(name):
        return 0.5 + 0.1 * len(breaks)
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
        elif UNSURE_END in found:
            cost += 1.5
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


def unit_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh how likely these tokens are one unit's name: less is likelier."""
    name = "".join(tokens)
    if known.single:
        seams = 0 if is_organ(name) else sum(_are_two(tokens[:at], tokens[at:], known) for at in range(1, len(tokens)))
        return 1.0 + 0.1 * len(breaks) + 2.0 * seams + (0.0 if is_unit_name(name) else 0.3)
    if name in known.units:
        return 0.1 * len(breaks)
    if is_organ(name) and not any(HARD_END in found for found in breaks):
        return 0.3 + 0.1 * len(breaks)
    if len(tokens) > 1 and not is_unit_name(tokens[0]) and (organ_start(name) or 0) < len(tokens[0]) and is_organ(name):
        # A line ends within an organ's name: a program that fits a cell's lines together ended it early.
        return 1.0 + 0.1 * len(breaks)
    # An organ's name with the beginning of the next one is none.
    least = NO_NAME if name[-1] in PLACES and is_organ(name[:-1]) else 0.0
    return max(least, _lone_unit_cost(name, known) if len(tokens) == 1 else _joined_unit_cost(tokens, breaks, known))


def _joined_unit_cost(tokens: Sequence[str], breaks: Sequence[str], known: Vocabulary) -> float:
    """Weigh several pieces as one unit."""
    name = "".join(tokens)
    cost = 1.0 if is_unit_name(name) else 4.0 + (0.0 if known.marked else len(breaks))
    before = ""
    for found, token in zip(breaks, tokens, strict=False):
        before += token
        cost += _break_cost(found, known)
        if not known.marked:
            cost += _seam_cost(before, name[len(before) :], known)
        elif name[len(before)] == "各" and is_organ(before):
            # No organ has parts that are called so: 区财政局, 各镇.
            cost += 2.0
    return cost


def _are_two(before: Sequence[str], after: Sequence[str], known: Vocabulary) -> bool:
    """Tell whether the pieces on the sides of a break may be two units where a column has one a cell."""
    first = "".join(before)
    if not is_unit_name(first):
        return False
    return _begins_unit(after[0], known) or (is_organ(first) and _PLACE.fullmatch("".join(after)) is not None)


def _lone_unit_cost(name: str, known: Vocabulary) -> float:
    """Weigh one piece as a unit of its own."""
    if not is_unit_name(name) or name.startswith(_BELONGING):
        return 4.0
    if _PLACE.fullmatch(name) and not name.endswith(_ZONES):
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


def _may_begin_firm(before: str, known: Vocabulary) -> bool:
    """Tell whether two characters, which no unit of the document is called, may begin a firm's name: 创联世纪公司."""
    is_short = len(before) == 2 and before[0] not in PLACES + "各" and not is_organ(before)
    return is_short and before not in known.units


def _seam_cost(before: str, after: str, known: Vocabulary) -> float:
    """Weigh closing a break between two pieces that may be units of their own."""
    if after.startswith(_BELONGING):
        return 0.0
    cost = 2.0 if _begins_unit(after, known) else 0.0
    if is_unit_name(before) and is_unit_name(after):
        is_firm = after.endswith(("公司", "集团"))
        begins = _may_begin_firm(before, known) if is_firm else _LEADS_ON.fullmatch(before) is not None
        leads = begins or _PLACE.fullmatch(before) or _is_part(before, after, known)
        # No township or zone holds another one.
        leads = leads and not (before.endswith(_SMALL) and after.endswith(_HOLDING))
        # A firm is called after a city or a county; after a township or a zone, hardly ever.
        led = 1.6 if is_firm and before.endswith(_SMALL) else 0.5
        cost += led if leads and after not in known.units and not _JURISDICTION.match(after) else 2.0
    return cost
