"""Hold what a rule changed."""

from __future__ import annotations

from dataclasses import dataclass

from schema.finding import Place
from schema.spill import packed


@packed
@dataclass(frozen=True, slots=True)
class Repair:
    """Hold one change that one rule made to one cell or row.

    Args:
        rule: The rule's name, as in ``hongtou explain``.
        before: The text that stood there; cells of a whole row are parted by tabs.
        after: The text that stands there now.
        why: What in the document called for it, where the rule alone does not say it.
        row: The row's key as printed, where it has one.
        column: The column's name, or ``None`` for a whole row or table.
        places: Where the text before was printed.
        doubtful: Whether the evidence leaves a doubt, which then is a finding.
    """

    rule: str
    before: str
    after: str
    why: str = ""
    row: str | None = None
    column: str | None = None
    places: tuple[Place, ...] = ()
    doubtful: bool = False
