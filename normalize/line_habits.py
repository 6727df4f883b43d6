"""Tell what a table's other rows tell of the line ends within its numbers, and before its points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from normalize.characters import HAN, WRAPS
from normalize.checks import Checked
from normalize.cut_numbers import decimals_of
from normalize.points import count_parted, points_by_line
from normalize.shapes import shape
from schema.repair import Repair

#: The rules that join lines.
JOIN_LINES = ("join-wrapped-line", "join-label-line", "join-date-line")
#: A number behind a letter, such as that of a lot: cut by a line end, whole, and with a space.
CUT_CODE, _CODE, _SPACED_CODE = (re.compile(rf"(?<![A-Za-z/])([A-Z]){end}(?=\d)") for end in ("[\v\x1f]", "", " "))
#: A line end within digits.
_WITHIN_DIGITS = re.compile("\\d[\v\x1f]\\d")
#: The two lines of a cell, within a number.
_TWO_LINES = re.compile(f"(?:[^\n]*[\v\x1f])?([^{HAN}\n\v\x1f]*\\d)[\v\x1f](\\d[^{HAN}\n\v\x1f]*)")
#: So many numbers of a column that are cut alike were cut by force; so many points that begin lines show that all do.
FEWEST_CUT, FEWEST_POINTS = 3, 3
#: So many numbers behind a letter show how a column writes them.
FEWEST_CODES = 3
#: So many need not leave less for the second line.
MANY_CUT = 10


@dataclass(frozen=True, slots=True)
class LineHabits:
    """Hold what a table's other rows tell of its line ends, by the names of its columns.

    Args:
        key: The column of the row numbers, which are checked by themselves.
        narrow: Those too narrow for their numbers, so that these are cut.
        pointed: Those in which each point of a list begins a line.
        coded: Those that print numbers right behind a letter.
        shaped: Those whose cut texts are alike but for where they are cut, or like all others.
        decimals: How many all numbers of a column have, of those that cut some.
    """

    key: str | None
    narrow: frozenset[str]
    pointed: frozenset[str]
    coded: frozenset[str]
    shaped: frozenset[str]
    decimals: Mapping[str, int]

    @classmethod
    def of(cls, table: Checked) -> LineHabits:
        """Tell them of a table."""
        return cls(
            None if table.key is None else table.columns[table.key].name,
            _narrow_columns(table.repairs),
            _pointed_columns(table),
            _coded_columns(table),
            _shaped_columns(table),
            _decimals(table),
        )


def _narrow_columns(repairs: Iterable[Repair]) -> frozenset[str]:
    """Give the columns in which each number that is cut fills its line, and leaves less for the next.

    Two numbers one under the other would not fill theirs alike.  Where the numbers of the whole table are cut like
    that, a column need not have several.
    """
    parts: dict[str, set[tuple[str, str]]] = {}
    for repair in repairs:
        found = _TWO_LINES.fullmatch(repair.before)
        if found and repair.column is not None and repair.rule in JOIN_LINES:
            parts.setdefault(repair.column, set()).add((found[1], found[2]))
    if _are_cut_alike(set().union(*parts.values())):
        return frozenset(parts)
    return frozenset(column for column, cut in parts.items() if _are_cut_alike(cut))


def _are_cut_alike(cut: Collection[tuple[str, str]]) -> bool:
    """Tell whether several numbers fill their first lines alike and leave less for the second, or many no more."""
    widths = [len(begun) for begun, _ in cut]
    most = 0 if len(cut) >= MANY_CUT else -1
    return len(cut) >= FEWEST_CUT and max(widths) - min(widths) <= 1 and all(len(b) - len(a) <= most for a, b in cut)


def _pointed_columns(table: Checked) -> frozenset[str]:
    """Give the columns in which points of lists begin lines, and never stand amid one."""
    own: Counter[str] = Counter()
    amid: set[str] = set()
    # Those behind full lines tell nothing: that they were parted is what is asked.
    for repair in table.repairs:
        if repair.rule in JOIN_LINES and repair.column is not None:
            own[repair.column] -= count_parted(repair.before)
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            if "\n" in value.text or column.name in own:
                begun, within = points_by_line(value.text)
                own[column.name] += begun
                if within:
                    amid.add(column.name)
    return frozenset(column for column, count in own.items() if count >= FEWEST_POINTS and column not in amid)


def _shaped_columns(table: Checked) -> frozenset[str]:
    """Give the columns whose texts with cut numbers are alike but for where they are cut, or like all others."""
    cut: dict[str, list[str]] = {}
    for repair in table.repairs:
        if repair.rule in JOIN_LINES and repair.column is not None and _WITHIN_DIGITS.search(repair.before):
            cut.setdefault(repair.column, []).append(repair.before)
    printed = {
        column.name: [row.values[index].text for row in table.rows if row.values[index].text]
        for index, column in enumerate(table.columns)
        if column.name in cut
    }
    return frozenset(
        name for name, texts in printed.items() if _are_cut_anywhere(cut[name]) or _are_codes(texts, len(cut[name]))
    )


def _are_cut_anywhere(texts: Collection[str]) -> bool:
    """Tell whether texts have one shape when joined, though their numbers are cut at different places.

    Two numbers would not end where the line does, now a digit earlier and now later, and be as long together.
    """
    marked = {shape(text) for text in texts}
    return len(texts) >= FEWEST_CUT and len({WRAPS.sub("", text) for text in marked}) == 1 < len(marked)


def _are_codes(texts: Collection[str], cut: int) -> bool:
    """Tell whether a column's texts have one shape, as many that no line cuts show: the codes of one kind."""
    return len(texts) - cut >= FEWEST_CODES and len({shape(text) for text in texts}) == 1


def _decimals(table: Checked) -> dict[str, int]:
    """Give how many decimals all numbers of a column have, where some are cut; 0 where they differ."""
    cut = {
        repair.column for repair in table.repairs if repair.rule in JOIN_LINES and _TWO_LINES.fullmatch(repair.before)
    }
    return {
        column.name: decimals_of([row.values[index].text for row in table.rows])
        for index, column in enumerate(table.columns)
        if column.name in cut
    }


def _coded_columns(table: Checked) -> frozenset[str]:
    """Give the columns in which numbers stand right behind a letter within lines, and none has a space before it."""
    cut: Counter[str] = Counter()
    for repair in table.repairs:
        if repair.column is not None and repair.rule in JOIN_LINES:
            cut[repair.column] += len(CUT_CODE.findall(repair.before))
    found = set()
    for index, column in enumerate(table.columns):
        if cut[column.name]:
            texts = [row.values[index].text for row in table.rows]
            whole = sum(len(_CODE.findall(text)) for text in texts) - cut[column.name]
            if whole >= FEWEST_CODES and not any(map(_SPACED_CODE.search, texts)):
                found.add(column.name)
    return frozenset(found)
