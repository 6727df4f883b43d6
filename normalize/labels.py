"""Know the labels of a column that groups rows: which are printed, and which are sure to be whole."""

from __future__ import annotations

from typing import NamedTuple

from normalize.characters import ordinal, squeeze
from normalize.sheet import Sheet


class Labels(NamedTuple):
    """Hold the labels of a column.

    Args:
        printed: All of them, without white space.
        amid: Those that stand amid a page, where no page break cut off their beginning.
    """

    printed: frozenset[str]
    amid: frozenset[str]

    @classmethod
    def of(cls, sheet: Sheet, column: int) -> Labels:
        """Collect a column's labels."""
        found = [(row.first, squeeze(row.slots[column].text)) for row in sheet.rows if row.slots[column].lines]
        return cls(frozenset(text for _, text in found), frozenset(text for first, text in found if not first))

    def begins(self, label: str) -> bool:
        """Tell whether a label at the top of a page is not the rest of the one above: it has a number, or is known."""
        return ordinal(label) is not None or label in self.amid
