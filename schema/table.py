"""Hold a repaired table: columns, rows, and what was done and doubted on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schema.finding import Finding, Place
from schema.profile import Column
from schema.repair import Repair


class Value(NamedTuple):
    """Hold the repaired text of one cell and the places that it was printed at.

    The items of a list are parted by ``、``; a line ended on purpose by a line feed.
    """

    text: str
    places: tuple[Place, ...] = ()


class Row(NamedTuple):
    """Hold one record: one value a column, and the places of its page rows."""

    values: tuple[Value, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Account for the characters of one table.

    ``printed + added == kept + labels + removed`` must hold for each character; what does
    not add up stands in `missing` (printed, but nowhere now) and `surplus`.
    """

    printed: int
    labels: int
    kept: int
    removed: int
    added: int
    missing: Mapping[str, int]
    surplus: Mapping[str, int]

    @property
    def balanced(self) -> bool:
        """Tell whether every character is accounted for."""
        return not self.missing and not self.surplus


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table after all repairs, over all of its pages; the rows of a long document lie on disk."""

    title: str
    profile: str | None
    declared: Mapping[str, int]
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    repairs: Sequence[Repair]
    findings: tuple[Finding, ...]
    ledger: Ledger
