"""Hold what a check noticed, and where it stands in the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Place(NamedTuple):
    """Say where something stands: page and box, Word table and row, sheet and cell, or line and column of a text.

    All count from 1; a box is ``(x0, top, x1, bottom)`` in points from the page's top left, a
    column of a text counts characters, and a cell is named as in a workbook (``C12``).
    """

    page: int | None = None
    box: Box | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None
    column: int | None = None
    cell: str | None = None


class Severity(StrEnum):
    """Rank findings; the order of definition is the order of weight, lightest first."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def weight(self) -> int:
        """Give a number that grows with the severity."""
        return list(Severity).index(self)


def reaches(severities: Iterable[Severity], least: Severity | None) -> bool:
    """Tell whether one is at least as heavy; ``None`` is reached by none.

    >>> reaches([Severity.WARNING], Severity.WARNING), reaches([Severity.ERROR], None)
    (True, False)
    """
    return least is not None and any(severity.weight >= least.weight for severity in severities)


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one doubt about the data.

    Args:
        rule: The check's name, as in ``hongtou explain``.
        details: What the message's template names, as pairs of name and text.
        table: Counting from 1.
        row: The row's key as printed, or its place counting from 1 where it has none.
        column: The column's name.
        suggestion: What the value might be instead.
    """

    rule: str
    severity: Severity
    details: tuple[tuple[str, str], ...] = ()
    table: int | None = None
    row: int | str | None = None
    column: str | None = None
    suggestion: str | None = None
    place: Place | None = None
