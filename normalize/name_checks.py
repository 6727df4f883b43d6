"""Check people and units against what the other rows of the document say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from normalize.characters import HAN, HAN_CHARACTER, is_total
from normalize.checks import Checked, distinct_items, plain_items
from normalize.names import COMPOUND_SURNAMES, SURNAMES, has_surname, may_be_several
from normalize.organs import is_organ
from normalize.unit_names import PLACES, is_unit_name
from schema.finding import Finding, Severity
from schema.profile import Kind

#: Names are Chinese where this share of them begin as such.
MOSTLY_SURNAMED = 0.6
#: Units that may run together have so many characters at least.
SHORTEST_UNIT = 3
#: Brackets that end a remark.
BRACKETS = frozenset("）)")
#: A township or a zone by its name.
_SMALL_PLACE = re.compile(f"[{HAN}]{{2,4}}(?:镇|乡|街道|高新区|开发区|经开区|保税区|新区)")
#: A unit's leader is settled where this many other rows agree.
AGREEING_ROWS = 2


@dataclass(slots=True)
class People:
    """Count who stands in how many rows, and who leads each unit.

    Args:
        leaders: For each unit, how often each person leads rows of it.
        dotted: The names with ``·``.
        pairs: Which names stand side by side in how many rows.
        surnamed: Whether nearly all names begin with a Chinese family name.
    """

    rows: Counter[str] = field(default_factory=Counter)
    leaders: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    dotted: list[str] = field(default_factory=list)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    surnamed: bool = False

    def known(self, name: str) -> bool:
        """Tell whether a name stands in more than one row."""
        return self.rows[name] > 1

    def outnumbered(self, name: str) -> bool:
        """Tell whether two people, each in more rows than the name itself, are the name only together."""
        parts = ((name[:cut], name[cut:]) for cut in range(2, len(name) - 1))
        return any(min(self.rows[first], self.rows[second]) > self.rows[name] for first, second in parts)

    def apart(self, name: str) -> list[str]:
        """Part a name into two that other rows hold or more, as few as can be; nothing where it is not made of such."""
        return min(self._ways(name), key=len, default=[])

    def _ways(self, name: str) -> Iterator[list[str]]:
        """Give the ways to part a name into such, one for each that it may begin with."""
        for cut in range(2, len(name) - 1):
            first, rest = name[:cut], name[cut:]
            others = [] if not self.rows[first] else [rest] if self.rows[rest] else self.apart(rest)
            if others:
                yield [first, *others]

    def parted_elsewhere(self, first: str, second: str) -> str:
        """Part two names that stand side by side elsewhere than between them, or join them, where that is as good.

        Other names that other rows hold are, unless each of the two stands in another row without the other; so are
        those of which a family name of two characters would begin the second, or of which the second has one only
        there.  Empty where there is no such reading.
        """
        if "·" in first:
            return first + second if self._may_end(second) else ""
        if "·" in second or min(self.rows[first], self.rows[second]) > self.pairs[first, second]:
            return ""
        if len(first) > 2 and first[-1] + second[0] in COMPOUND_SURNAMES:
            return f"{first[:-1]}、{first[-1]}{second}"
        has_room = len(first) < (4 if first[:2] in COMPOUND_SURNAMES else 3)
        if self.surnamed and has_room and len(second) > 2 and second[0] not in SURNAMES and second[1] in SURNAMES:
            return f"{first}{second[0]}、{second[1:]}"
        # A line may end within the second of three names, each of its parts beside another one.
        return "、".join(next((way for way in self._ways(first + second) if len(way[0]) != len(first)), []))

    def _may_end(self, name: str) -> bool:
        """Tell whether a name without a family name may be the end of the one with ``·`` before it, as in all rows.

        Where many names have none, it tells nothing.
        """
        if not self.surnamed or "·" in name or has_surname(name):
            return False
        return self.rows[name] == sum(self.pairs[dotted, name] for dotted in self.dotted)

    def longer(self, name: str) -> str | None:
        """Give a name with ``·`` that another one begins or ends, where it stands in as many rows at least."""
        often = (other for other in self.dotted if other != name and self.rows[other] >= self.rows[name])
        return next((other for other in often if other.startswith(name) or other.endswith(name)), None)

    def beside_others(self, name: str) -> str | None:
        """Part a name with ``·`` that ends with another one, behind what may be other names, or begins with it.

        One character more may be another's that a line cut.
        """
        for other in self.dotted:
            if self.rows[other] < self.rows[name]:
                continue
            before, after = name.removesuffix(other), name.removeprefix(other)
            if after and after != name:
                return f"{other}、{after}"
            if len(before) > 1 and before != name:
                return "、".join([*(self.apart(before) or [before]), other])
        return None

    def usual_leaders(self, units: list[str], besides: str) -> list[str]:
        """Give the person who most often leads each unit, leaving out the one in doubt."""
        found: list[str] = []
        for unit in units:
            counts = [(count, name) for name, count in self.leaders[unit].items() if name != besides]
            if counts:
                best = max(counts, key=lambda pair: (pair[0], pair[1]))
                if best[0] >= AGREEING_ROWS and best[1] not in found:
                    found.append(best[1])
        return found


def check_people(table: Checked) -> Iterator[Finding]:
    """Report a name that is two known people run together, a known one misspelt, or a piece beside other names.

    So is one that may be several, and one with ``·`` of which another row has more, or that begins or ends with another
    row's.  Leaves alone a name that stands in several rows, unless two others stand in more and are it together, one
    that resembles no other, and a cell of one character: 无.
    """
    units_at = next(table.columns_of(Kind.UNITS), None)
    for column in table.columns_of(Kind.PEOPLE):
        people = _count_people(table, column, units_at)
        for index, row in enumerate(table.rows):
            units = "" if units_at is None else row.values[units_at].text
            items = plain_items(row.values[column].text)
            for name in items:
                doubt = _PIECE if len(items) > 1 and _is_piece(name, people) else _doubt(name, units, people)
                if doubt is not None:
                    severity, suggestion = doubt
                    yield table.finding("unknown-person", severity, index, column, suggestion, name=name)
            for first, second in pairwise(items):
                if other := people.parted_elsewhere(first, second):
                    name = f"{first}、{second}"
                    yield table.finding("unknown-person", Severity.WARNING, index, column, other, name=name)


def _count_people(table: Checked, column: int, units_at: int | None) -> People:
    people = People()
    for index, row in enumerate(table.rows):
        items = plain_items(row.values[column].text)
        names = set(items)
        people.rows.update(names)
        people.pairs.update(set(pairwise(items)))
        if units_at is not None:
            for unit in plain_items(table.rows[index].values[units_at].text):
                people.leaders[unit].update(names)
    people.surnamed = sum(map(has_surname, people.rows)) >= MOSTLY_SURNAMED * len(people.rows)
    people.dotted = [name for name in people.rows if "·" in name]
    return people


Doubt = tuple[Severity, str | None]
#: A piece of a name says nothing of the rest, and what may be several names nothing of where one ends.
_PIECE: Doubt = (Severity.WARNING, None)


def _is_piece(name: str, people: People) -> bool:
    """Tell whether what stands for a person is one character, or a family name of two.

    So is the last character of a name with the next one's family name, where no other row has it.
    """
    if name in COMPOUND_SURNAMES or HAN_CHARACTER.fullmatch(name) is not None:
        return True
    crosses = len(name) == 2 and name[0] not in SURNAMES and name[1] in SURNAMES
    return crosses and people.surnamed and not people.known(name)


def _doubt(name: str, units: str, people: People) -> Doubt | None:
    """Find what a name may be that stands in one row, or is two that stand in more.

    Args:
        name: Of a person.
        units: The row's units, as one text.
        people: Of the table.
    """
    if "·" in name:
        longer = people.longer(name) or people.beside_others(name)
        return (Severity.WARNING, longer) if longer or may_be_several(name) else None
    if people.known(name) and not people.outnumbered(name):
        return None
    usual = people.usual_leaders(plain_items(units), name)
    found = _run_together(name, usual, people) or _misspelt(name, usual, people)
    return _PIECE if found is None and people.surnamed and may_be_several(name) else found


def _run_together(name: str, usual: list[str], people: People) -> Doubt | None:
    """Find people in one name: known ones, or one of whom at least the family name is there beside a known one."""
    apart = people.apart(name)
    if apart:
        return Severity.WARNING, "、".join(apart)
    for cut in range(1, len(name)):
        first, second = name[:cut], name[cut:]
        if people.known(second) and (len(first) == 1 or first in COMPOUND_SURNAMES):
            whole = _who_is(first, usual, people)
            if whole is not None:
                return Severity.WARNING, f"{whole}、{second}"
        if people.known(first) and first in usual and len(second) == 1:
            others = [person for person in usual if person != first and person.startswith(second)]
            if others:
                return Severity.WARNING, f"{first}、{others[0]}"
    return None


def _who_is(surname: str, usual: list[str], people: People) -> str | None:
    """Give the known person of a family name: first one who leads the row's units."""
    for person in usual:
        if person.startswith(surname):
            return person
    named = sorted(
        (-count, person) for person, count in people.rows.items() if count > 1 and person.startswith(surname)
    )
    return named[0][1] if named and surname[0] in SURNAMES else None


def _misspelt(name: str, usual: list[str], people: People) -> Doubt | None:
    """Find the known person from whom a name differs by one character."""
    for person in usual:
        if _one_apart(name, person) and people.known(person):
            return Severity.WARNING, person
    if len(name) < 3:
        return None
    close = sorted(
        (-count, person)
        for person, count in people.rows.items()
        if count > 1 and person[0] == name[0] and len(person) == len(name) and _one_apart(name, person)
    )
    return (Severity.NOTE, close[0][1]) if close else None


def _one_apart(first: str, second: str) -> bool:
    """Tell whether two texts differ by one character that is other, missing or too many.

    >>> _one_apart("李旸", "李阳"), _one_apart("谭瑞", "谭瑞琮"), _one_apart("李阳", "王强")
    (True, True, False)
    """
    if len(first) == len(second):
        return sum(a != b for a, b in zip(first, second, strict=True)) == 1
    short, long = sorted((first, second), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def check_units(table: Checked) -> Iterator[Finding]:
    """Report a unit that stands in one row only, and does not end as units' names do.

    A unit that lacks one character of a longer name known from several rows is reported as
    well, and so is one that is two units together, each of which stands in more rows, and one that goes on with one
    character behind brackets.  Leaves alone units that are only near each other: 区教育局 and 区体育局.
    """
    counts: Counter[str] = Counter()
    for column in table.columns_of(Kind.UNITS):
        counts.update(item for _, item in distinct_items(table, column))
    for column in table.columns_of(Kind.UNITS):
        for index, unit in distinct_items(table, column):
            if is_total(unit):
                continue
            is_known = counts[unit] > 1
            other = _two_units(unit, counts) or _two_organs(unit) or (None if is_known else _near_unit(unit, counts))
            is_whole = unit[-2:-1] not in BRACKETS and (is_known or is_unit_name(unit))
            if other is not None or not is_whole:
                yield table.finding("unknown-unit", Severity.WARNING, index, column, other, name=unit)


def _two_units(unit: str, counts: Counter[str]) -> str | None:
    """Part a unit into two that each stand in more rows than it does, if it is made of such."""
    often = counts[unit]
    parts = ((unit[:cut], unit[cut:]) for cut in range(SHORTEST_UNIT, len(unit) - SHORTEST_UNIT + 1))
    return next(("、".join(both) for both in parts if min(map(counts.__getitem__, both)) > often), None)


def _two_organs(unit: str) -> str | None:
    """Part a unit behind another one where an organ of a place begins, as in a column as narrow as a character.

    >>> _two_organs("市商务局区委政法委"), _two_organs("区委编办各街镇"), _two_organs("市公安局交警支队")
    ('市商务局、区委政法委', '区委编办、各街镇', None)
    >>> _two_organs("综合保税区管理局市财政局县文旅委"), _two_organs("某某街道县统计局"), _two_organs("景德镇市教育局")
    ('综合保税区管理局、市财政局、县文旅委', '某某街道、县统计局', None)
    >>> _two_organs("县文旅局广州高新区"), _two_organs("市公安局高新区分局")
    ('县文旅局、广州高新区', None)
    """
    if is_organ(unit):
        return None
    for cut in range(SHORTEST_UNIT, len(unit) - 1):
        first, second = unit[:cut], unit[cut:]
        begins = unit[cut] in PLACES + "各" or (is_organ(first) and _SMALL_PLACE.fullmatch(second))
        # 国家税务总局 has parts in all places.
        if not begins or not is_unit_name(first) or first.endswith("总局"):
            continue
        rest = second if is_organ(second) else _two_organs(second)
        if rest or (is_organ(first) and is_unit_name(second)):
            return f"{first}、{rest or second}"
    return None


def _near_unit(unit: str, counts: Counter[str]) -> str | None:
    close = sorted(
        (-count, other)
        for other, count in counts.items()
        if count > AGREEING_ROWS and len(other) >= 5 and len(other) != len(unit) and _one_apart(unit, other)
    )
    return close[0][1] if close else None
