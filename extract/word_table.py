"""Make a grid of a Word table.

After ECMA-376-1, 17.4: ``w:gridSpan`` joins columns, ``w:vMerge`` rows, ``w:gridBefore`` and
``w:gridAfter`` leave columns out at a row's ends, ``w:tblHeader`` marks header rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from extract.word_notes import IDENTITY, REFERENCES, Notes
from extract.word_numbering import Numbering
from extract.word_text import ADDED, DRAWN, HIDDEN, REMOVED, STRUCK, changed_text, paragraph_lines, text_set
from schema.finding import Finding, Place, Severity
from schema.grid import Cell, Grid, Line, count_printed
from schema.limits import DEFAULT_LIMITS, Limits

TR, TC, TBL, P = (qn(tag) for tag in ("w:tr", "w:tc", "w:tbl", "w:p"))
WRAPPERS = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"))
#: What is told of a cell's text.
MARKS = (HIDDEN, *STRUCK, *DRAWN, *REMOVED, *ADDED, *REFERENCES, TBL)
#: More digits than these are no number of columns (and cost a square of their count to read).
LONGEST_NUMBER = 10


@dataclass(slots=True)
class _Growing:
    """Hold a cell whose row span still grows."""

    row: int
    column: int
    column_span: int
    lines: tuple[Line, ...]
    row_span: int = 1


@dataclass(slots=True)
class WordTable:
    """Walk one ``w:tbl`` once, in a time linear in its cells.

    Args:
        element: The ``w:tbl``.
        number: The table's number in the document, counting from 1.
        numbering: The document's lists, counted on by the walk.
        notes: The document's footnotes and endnotes.
    """

    element: Any
    number: int
    numbering: Numbering
    notes: Notes
    limits: Limits = DEFAULT_LIMITS
    findings: list[Finding] = field(default_factory=list)
    _cells: list[_Growing] = field(default_factory=list)
    _open: dict[int, _Growing] = field(default_factory=dict)
    _printed: Counter[str] = field(default_factory=Counter)
    #: Whether any of it is hidden, struck out, a tracked change, a formula with more than text, a note or a table.
    _marked: bool = False

    def grid(self) -> Grid:
        """Make the grid, and note in `findings` what Word does not show.

        Raises:
            LimitError: The table, or a span in it, is larger than is read.
        """
        ends: list[int] = []
        header_rows = 0
        self._marked = any(found is not self.element for found in self.element.iter(*MARKS))
        for row, element in enumerate(_children(self.element, TR)):
            column = self._number(element, "w:trPr", "w:gridBefore")
            if column:
                self._cells.append(_Growing(row, 0, column, ()))
            is_removed = self._marked and element.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
            for cell in _children(element, TC):
                column = self._walk_cell(cell, row, column, is_removed=is_removed)
            after = self._number(element, "w:trPr", "w:gridAfter")
            if after:
                self._cells.append(_Growing(row, column, after, ()))
                column += after
            ends.append(column)
            header_rows += header_rows == row and element.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        width = max(ends, default=0)
        self.limits.check("cells", width * len(ends))
        self._cells.extend(_Growing(row, end, width - end, ()) for row, end in enumerate(ends) if end < width)
        self._cells.sort(key=lambda cell: (cell.row, cell.column))
        return Grid(
            cells=tuple(self._finished(cell) for cell in self._cells),
            row_count=len(ends),
            column_count=width,
            place=Place(table=self.number),
            header_rows=header_rows,
            characters=self._printed,
        )

    def _walk_cell(self, element: Any, row: int, column: int, *, is_removed: bool) -> int:
        """Add one ``w:tc``, or its row to the merged cell that it continues; give the next column.

        Of a row that a tracked change takes out, the cells are blank.
        """
        span = max(self._number(element, "w:tcPr", "w:gridSpan"), 1)
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        above = self._open.get(column)
        lines = () if is_removed else tuple(Line(text) for text in self._cell_lines(element))
        text, place = " ".join(line.text for line in lines), Place(table=self.number, row=row + 1)
        if self._marked:
            hidden, struck = (("text", text_set(element, *tags)) for tags in ((HIDDEN,), STRUCK))
            self._note(Finding("hidden-text", Severity.WARNING, (hidden,), place=place))
            self._note(Finding("struck-text", Severity.WARNING, (struck,), place=place))
            removed = changed_text(element, *((TC,) if is_removed else REMOVED))
            changes = (("removed", removed), ("added", changed_text(element, *ADDED)))
            self._note(Finding("tracked-change", Severity.WARNING, changes, place=place))
            for reference in element.iter(*REFERENCES):
                note = self.notes.get((reference.tag, reference.get(IDENTITY, "")), "")
                self._note(Finding("footnote", Severity.NOTE, (("text", note.strip()),), place=place))
            if next(element.iter(*DRAWN), None) is not None:
                self._note(Finding("formula", Severity.WARNING, (("text", text),), place=place))
            if next(element.iter(TBL), None) is not None:
                self._note(Finding("nested-table", Severity.WARNING, (("text", text),), place=place))
        goes_on = (
            merge is not None
            and merge.get(qn("w:val"), "continue") == "continue"
            and above is not None
            and above.column_span == span
            and above.row + above.row_span == row
        )
        if goes_on and above is not None:
            above.row_span += 1
            # Word keeps the text of a cell that a merged one covers, and does not show it.
            self._note(Finding("hidden-text", Severity.WARNING, (("text", text),), place=place))
            return column + span
        cell = _Growing(row, column, span, lines)
        self._cells.append(cell)
        self._printed.update(count_printed("".join(line.text for line in lines)))
        for covered in range(column, column + span):
            self._open.pop(covered, None)
        self._open[column] = cell
        return column + span

    def _note(self, finding: Finding) -> None:
        """Keep a finding on text that Word does not show, or shows otherwise than a value does; none on no text."""
        if any(text for _, text in finding.details):
            self.findings.append(finding)

    def _cell_lines(self, cell: Any) -> Iterator[str]:
        """Give the lines of a cell; those of a table in it row by row."""
        for child in _children(cell, P, TBL):
            if child.tag == P:
                yield from (line.strip() for line in paragraph_lines(child, self.numbering) if line.strip())
                continue
            for row in _children(child, TR):
                texts = [" ".join(self._cell_lines(inner)) for inner in _children(row, TC)]
                if any(texts):
                    yield " ".join(text for text in texts if text)

    def _number(self, element: Any, properties: str, tag: str) -> int:
        """Give how many columns a property names; what is no number is none."""
        found = element.find(f"{qn(properties)}/{qn(tag)}")
        text = "" if found is None else found.get(qn("w:val"), "")
        number = int(text[:LONGEST_NUMBER]) if text.isascii() and text.isdecimal() else 0
        self.limits.check("spans", number)
        return number

    def _finished(self, cell: _Growing) -> Cell:
        place = Place(table=self.number, row=cell.row + 1)
        return Cell(cell.row, cell.column, cell.row_span, cell.column_span, cell.lines, place)


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """Give the children of these tags, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, *tags)
