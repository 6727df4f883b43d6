"""Read the totals that a notice declares (``共10类41项190条``) and count the rows' own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from normalize.characters import chinese_integer, is_total
from schema.profile import Column, Declared, Profile
from schema.table import Row

_LEAD = re.compile(r"[（(]?\s*(?:合计|总计|共计|共有|共)\s*")
#: A longer line is running text: what it counts need not be this table's rows (characters).
LONGEST_LINE = 60


def read_declared(lines: Iterable[str], profile: Profile) -> dict[str, int]:
    """Read the totals from the lines above a table.

    >>> from schema.profile import built_in_profiles
    >>> read_declared(["（共10类41项190条）"], built_in_profiles()[0])
    {'categories': 10, 'projects': 41, 'tasks': 190}
    """
    declared: dict[str, int] = {}
    for line in lines:
        lead = _LEAD.search(line)
        if lead is None or len(line) > LONGEST_LINE:
            continue
        rest = line[lead.end() :]
        while (found := _next_total(rest, profile.declared)) is not None:
            name, number, rest = found
            declared.setdefault(name, number)
    return declared


def _next_total(text: str, totals: Sequence[Declared]) -> tuple[str, int, str] | None:
    number = re.match(r"[\s，、,]*(\d+|[一二三四五六七八九十百]+)\s*", text)
    if number is None:
        return None
    rest = text[number.end() :]
    choices = ((measure, total.name) for total in totals for measure in total.measures if rest.startswith(measure))
    measure, name = max(choices, key=lambda choice: len(choice[0]), default=("", ""))
    value = chinese_integer(number[1])
    return (name, value, rest[len(measure) :]) if measure and value is not None else None


def count_totals(columns: Sequence[Column], rows: Sequence[Row], profile: Profile) -> dict[str, int]:
    """Count what can be declared: rows that are records, and the distinct values of the columns that group them.

    The rows may lie on disk: they are gone through once, and none is kept.
    """
    places = {column.name: index for index, column in enumerate(columns)}
    grouping = {
        total.name: [i for i, column in enumerate(columns) if column.carry and i <= places[total.column]]
        for total in profile.declared
        if total.column in places
    }
    groups: dict[str, set[tuple[str, ...]]] = {name: set() for name in grouping}
    records = 0
    for row in rows:
        if sums_up(row):
            continue
        records += 1
        for name, indices in grouping.items():
            groups[name].add(tuple(row.values[i].text for i in indices))
    counts = {name: len(found) for name, found in groups.items()}
    return {
        total.name: records if total.column is None else counts[total.name]
        for total in profile.declared
        if total.column is None or total.name in counts
    }


def sums_up(row: Row) -> bool:
    """Tell whether a row sums others up, and is no record."""
    return any(is_total(value.text) for value in row.values)


def settle_declared(declared: Mapping[str, int], counts: Mapping[str, int]) -> dict[str, int]:
    """Take a lone ``共50项`` for the number of rows where that is what it counts.

    >>> settle_declared({"projects": 50}, {"projects": 9, "tasks": 50})
    {'tasks': 50}
    """
    lone = declared.get("projects")
    if lone is not None and "tasks" not in declared and ("projects" not in counts or counts.get("tasks") == lone):
        return {"tasks" if name == "projects" else name: number for name, number in declared.items()}
    return dict(declared)
