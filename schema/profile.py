"""Hold profiles: how to know a table, and what its columns are.

A profile is a TOML file.  The built-in ones stand in ``schema/profiles``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

#: Stands between the levels of a label.
LEVEL = "/"


class Kind(StrEnum):
    """Say what a column's cells hold, and so which repairs they need."""

    INTEGER = "integer"
    LABEL = "label"
    PROSE = "prose"
    PEOPLE = "people"
    UNITS = "units"
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"

    @property
    def is_list(self) -> bool:
        """Tell whether a cell of this kind holds a list of items."""
        return self in (Kind.PEOPLE, Kind.UNITS)


@dataclass(frozen=True, slots=True)
class Field:
    """Describe a column that a profile expects.

    Args:
        name: The field's name in JSON.
        kind: What its cells hold.
        labels: The labels that offices print for it, the most telling first.
        title: Its name for people, by language.
        key: Whether it numbers the rows.
        carry: Whether a blank cell stands for the one above it.
        required: Whether a blank cell is a fault.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    title: Mapping[str, str]
    key: bool = False
    carry: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column of a table that was found: its field, and its label as printed."""

    name: str
    label: str
    kind: Kind
    key: bool = False
    carry: bool = False
    required: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Declared:
    """Say how a notice declares a total: ``共10类`` declares the distinct values of a column.

    Args:
        name: The total's name in JSON.
        measures: The measure words that follow the number.
        column: The field whose runs of equal values are counted; ``None`` counts rows.
    """

    name: str
    measures: tuple[str, ...]
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Describe one sort of table.

    Args:
        identifying: Fields of which at least one must be there.
        minimum: How many columns must be known for the profile to fit.
        own: Whether a user wrote it; such a one is taken before a built-in one.
    """

    name: str
    title: Mapping[str, str]
    fields: tuple[Field, ...]
    declared: tuple[Declared, ...]
    identifying: frozenset[str]
    minimum: int
    own: bool = False

    def match(self, labels: Sequence[str]) -> tuple[Field | None, ...]:
        """Give the field of each printed label, ``None`` where no field has that label.

        A field is given once.  Where two labels could be the same field, the more telling
        one takes it, and the other takes its next best.

        >>> profile = built_in_profiles()[0]
        >>> [field and field.name for field in profile.match(["项目", "重点任务", "责任单位", "附"])]
        ['project', 'task', 'lead_units', None]
        >>> [field and field.name for field in profile.match(["重点任务", "具体任务"])]
        ['project', 'task']
        """
        wanted = [label_forms(label) for label in labels]
        offers = sorted(
            (forms.index(known), rank, place, order)
            for place, forms in enumerate(wanted)
            for order, field in enumerate(self.fields)
            for rank, known in enumerate(field.labels)
            if known in forms
        )
        given: list[Field | None] = [None] * len(wanted)
        taken: set[int] = set()
        for _, _, place, order in offers:
            if given[place] is None and order not in taken:
                given[place] = self.fields[order]
                taken.add(order)
        return tuple(given)

    def fits(self, fields: Iterable[Field | None]) -> bool:
        """Tell whether the fields found are enough to know the table by."""
        names = {field.name for field in fields if field is not None}
        return len(names) >= self.minimum and not names.isdisjoint(self.identifying)


def label_forms(label: str) -> tuple[str, ...]:
    """Give what a printed label may be called, the likeliest first: of two levels, the lower one.

    >>> label_forms("责任分工/牵头单位"), label_forms("责任单位/牵头"), label_forms("备 注")
    (('牵头单位',), ('牵头', '牵头单位'), ('备注',))
    """
    above, _, lower = label.rpartition(LEVEL)
    plain, outer = plain_label(lower), plain_label(above)
    whole = plain + outer[-2:]
    return (plain,) if len(plain) > 2 or not outer else (plain, whole)


def plain_label(label: str) -> str:
    """Reduce a printed label to what two offices' labels have in common.

    White space goes, and so does a remark in brackets behind the label.

    >>> plain_label("完成时限（月底前）")
    '完成时限'
    >>> plain_label("备 注")
    '备注'
    """
    squeezed = "".join(label.split())
    for opening in "（(":
        head, bracket, _ = squeezed.partition(opening)
        if bracket and head:
            squeezed = head
    return squeezed


def parse_profile(text: str) -> Profile:
    """Make a profile of a TOML text.

    Raises:
        tomllib.TOMLDecodeError: The text is not TOML.
        KeyError: A needed entry is missing.
        ValueError: A kind is not one of `Kind`.
    """
    data = tomllib.loads(text)
    return Profile(
        name=data["name"],
        title=data["title"],
        fields=tuple(
            Field(
                name=entry["name"],
                kind=Kind(entry["kind"]),
                labels=tuple(entry["labels"]),
                title=entry["title"],
                key=entry.get("key", False),
                carry=entry.get("carry", False),
                required=entry.get("required", False),
            )
            for entry in data["fields"]
        ),
        declared=tuple(
            Declared(entry["name"], tuple(entry["measures"]), entry.get("column")) for entry in data.get("declared", ())
        ),
        identifying=frozenset(data["identifying"]),
        minimum=data["minimum"],
    )


@cache
def built_in_profiles() -> tuple[Profile, ...]:
    """Give the profiles that come with Hongtou, in the order in which they are tried."""
    folder = resources.files("schema.profiles")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(parse_profile(file.read_text(encoding="utf-8")) for file in files)
