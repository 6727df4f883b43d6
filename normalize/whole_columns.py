"""Tell of a sheet's columns what their rows say that no page break can have cut: what is filled, short, numbered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from normalize.characters import squeeze
from normalize.cut_numbers import NUMBER, decimals_of
from normalize.shapes import numbers_alike, shape
from normalize.sheet import SENTENCE_ENDS, Sheet

#: A column is filled in this share of the rows where a blank in it is the other part of a cut row.
FILLED = 0.9
#: A column is short where this many cells have one line each, and none has more.
FEWEST_SHORT = 5
#: So many texts that are written alike show how a column writes its numbers.
FEWEST_ALIKE = 3
#: So many texts show that the texts of a column end sentences.
FEWEST_CLOSED = 4
#: How a section of a law is numbered, as in tables that compare two versions.
SECTION = re.compile(r"第[一二三四五六七八九十百零\d]{1,5}[条款项章节]")
#: What a cell with a list holds.
_LISTS = re.compile("[\n、]")


class WholeColumns:
    """Know the columns of a sheet by the rows that stand beside no page break.

    Args:
        sheet: As it was laid.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows = rows = [
            row for index, row in enumerate(sheet.rows) if not (sheet.after_break(index) or sheet.before_break(index))
        ]
        counts = [sum(not row.slots[column].blank for row in rows) for column in range(len(sheet.columns))]
        #: Those that are filled in nearly all rows, and those of one line a cell.
        self.filled = {column for column, count in enumerate(counts) if rows and count >= FILLED * len(rows)}
        self.short = {
            column
            for column, count in enumerate(counts)
            if count >= FEWEST_SHORT and all(len(row.slots[column].lines) <= 1 for row in rows)
        }

    @cached_property
    def decimals(self) -> list[int]:
        """Give for each column how many decimals all its numbers have; 0 where they differ, or are few."""
        columns = range(len(self._sheet.columns))
        return [decimals_of([squeeze(row.slots[column].text) for row in self._rows]) for column in columns]

    def are_values(self, column: int, first: str, second: str) -> bool:
        """Tell whether two texts are each a value of a column: both stand elsewhere in it, or its numbers do.

        So they are where both have the one shape of all its texts: codes, also where lines cut them.
        """
        if {first, second} <= self._values[column] or {shape(first), shape(second)} == {self._codes[column]}:
            return True
        if column not in self.short or first == second:
            return False
        if NUMBER.fullmatch(first) and NUMBER.fullmatch(second):
            return True
        return {numbers_alike(first), numbers_alike(second)} <= self._shapes[column]

    @cached_property
    def _shapes(self) -> list[frozenset[str]]:
        """Give for each column how several of its texts with digits are written."""
        found = []
        for column in range(len(self._sheet.columns)):
            texts = (squeeze(row.slots[column].text) for row in self._rows)
            counts = Counter(numbers_alike(text) for text in texts if any(map(str.isdigit, text)))
            found.append(frozenset(shape for shape, count in counts.items() if count >= FEWEST_ALIKE))
        return found

    @cached_property
    def _codes(self) -> list[str]:
        """Give for each column the shape of all its texts, where these are codes; empty where they are not."""
        found = []
        for column in range(len(self._sheet.columns)):
            texts = [text for row in self._rows if (text := squeeze(row.slots[column].text))]
            shapes = set(map(shape, texts)) if len(texts) >= FEWEST_ALIKE else set()
            found.append(shapes.pop() if len(shapes) == 1 and any(map(str.isdigit, texts[0])) else "")
        return found

    @cached_property
    def _values(self) -> list[frozenset[str]]:
        """Give for each column what several of its cells hold; nothing where a cell may list several of them."""
        return [_values([row.slots[column].text for row in self._rows]) for column in range(len(self._sheet.columns))]

    @cached_property
    def closed(self) -> frozenset[int]:
        """Give the columns of which nearly all texts end with the end of a sentence; a break may cut those above it."""
        texts = [row.texts for index, row in enumerate(self._sheet.rows) if not self._sheet.before_break(index)]
        closed: set[int] = set()
        for column in range(len(self._sheet.columns)):
            ends = [text[-1] in SENTENCE_ENDS for row in texts if (text := row[column])]
            if len(ends) >= FEWEST_CLOSED and sum(ends) >= FILLED * len(ends):
                closed.add(column)
        return frozenset(closed)

    @cached_property
    def numbered(self) -> list[int]:
        """Give the columns of which each text begins with the number of a section, but for those behind a break."""
        rows = [row.texts for index, row in enumerate(self._sheet.rows) if not self._sheet.after_break(index)]
        columns = range(len(self._sheet.columns))
        printed = {column: [row[column] for row in rows if row[column]] for column in columns}
        return [
            column
            for column, texts in printed.items()
            if len(texts) >= FEWEST_CLOSED and all(map(SECTION.match, texts))
        ]


def _values(texts: Sequence[str]) -> frozenset[str]:
    """Give the texts that several cells of a column hold; none where a cell may list several of them."""
    if any(map(_LISTS.search, texts)):
        return frozenset()
    return frozenset(text for text, count in Counter(map(squeeze, texts)).items() if count > 1)
