"""What a structure rule may ask for: to change a cell, to take rows out, to join or to put in some."""

from __future__ import annotations

from dataclasses import dataclass

from normalize.sheet import Slot
from schema.finding import Place


@dataclass(frozen=True, slots=True)
class Change:
    """Put another slot at a position; `doubtful` where the evidence leaves a doubt, also that of changing nothing."""

    row: int
    column: int
    slot: Slot
    why: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a row out of the sheet; `begins` where what follows begins anew, whatever the page break."""

    row: int
    why: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """Put a row's printed text on the row above, and take the row out.

    Args:
        again: The columns in which the row's page only prints a label again.
    """

    row: int
    why: str
    again: frozenset[int] = frozenset()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a row in before another one; so many rows above it print the header."""

    row: int
    slots: tuple[Slot, ...]
    places: tuple[Place, ...]
    header_rows: int
    why: str


Edit = Change | Drop | Join | Insert
