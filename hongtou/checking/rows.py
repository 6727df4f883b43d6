"""Compare one row of a transcript with the original's: cells in the wrong column first, then each cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hongtou.checking.cells import compare_cell
from hongtou.checking.difference import Difference, Fix, Side, severity_of
from hongtou.checking.edits import Edit
from hongtou.checking.lists import SEPARATORS
from hongtou.checking.transcript import RawCell, RawRow, Transcript
from normalize.characters import WHOLE_NUMBER, squeeze
from normalize.checks import integer, row_key
from normalize.head import whole_date
from normalize.list_rules import list_items
from schema.finding import Place
from schema.profile import Column, Kind
from schema.table import Row, Table, Value

#: A text shorter than this says nothing of the column that it belongs to (characters).
TELLING = 2


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Hold what all rows of a table are compared with.

    Args:
        columns: For each column of the transcript, the original's.
        widened: The rows' keys and columns of which either width of a mark is as printed.
    """

    transcript: Transcript
    number: int
    original: Table
    columns: dict[int, int]
    widened: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Hold a cell of the transcript beside the original's.

    Args:
        above: The original's cell of the row that the transcript has above.
    """

    at: int
    mine: RawCell
    theirs: Value
    column: Column
    above: Value | None

    @property
    def ink(self) -> str:
        return squeeze(self.theirs.text)

    @property
    def lawful_blank(self) -> bool:
        """Tell whether a blank stands for the cell above, as in a column that groups rows."""
        same = self.above is not None and self.above.text == self.theirs.text and bool(self.theirs.text)
        return same and (self.column.carry or self.column.kind is Kind.LABEL)

    @property
    def shared(self) -> bool:
        """Tell whether the original prints one cell for this row and the one above."""
        return self.above is not None and bool(self.theirs.places) and self.above.places == self.theirs.places


def compare_row(check: RowCheck, row: RawRow, index: int, above: Row | None) -> Iterator[Difference]:
    """Give the differences of a row's cells, in the order of its columns.

    Args:
        check: The table.
        row: As it was typed.
        index: Of the original's row.
        above: The original's row of what the transcript has above: a blank may stand for its cell.
    """
    theirs = check.original.rows[index]
    cells = [
        _Cell(
            at,
            row.cells[at] if at < len(row.cells) else RawCell(),
            theirs.values[other],
            check.original.columns[other],
            above.values[other] if above is not None else None,
        )
        for at, other in check.columns.items()
    ]
    key = row_key(check.original.columns, theirs, index)
    displaced = _displaced(cells)
    for cell in cells:
        if cell.at in displaced:
            yield _in_wrong_column(check, cell, displaced[cell.at], key)
            continue
        left = any(belongs.at == cell.at for belongs in displaced.values())
        yield from _cell(check, cell, key, left=left)


def _displaced(cells: list[_Cell]) -> dict[int, _Cell]:
    """Give the cells that hold what belongs in another column, each with the one that it belongs in.

    A cell is in the wrong column where the original has its text in another one, and not in this;
    and the right column has something else, nothing, or the same text again.
    """
    found: dict[int, _Cell] = {}
    for cell in cells:
        text = _plain(cell.mine.ink)
        if len(text) < TELLING or text == _plain(cell.ink):
            continue
        for other in cells:
            same = other.at != cell.at and text == _plain(other.ink)
            if same and (cell.mine.ink != other.mine.ink or cell.lawful_blank or not cell.ink):
                found[cell.at] = other
                break
    return found


def _plain(ink: str) -> str:
    return ink.replace("、", "")


def _in_wrong_column(check: RowCheck, cell: _Cell, belongs: _Cell, key: int | str) -> Difference:
    mine, theirs = cell.mine.text, cell.theirs.text
    return Difference(
        "wrong-column", severity_of("wrong-column", cell.column.kind), check.number, key, cell.column.label,
        Side(mine, 0, len(mine), cell.mine.place),
        Side(theirs, 0, len(theirs), _place(cell.theirs)),
        check.transcript.region(cell.mine),
        (("belongs", belongs.column.label),),
        fixes=(*_fix(cell, ()), *(() if belongs.mine.ink else _fix(belongs, ()))),
    )  # fmt: skip


def _place(value: Value) -> Place | None:
    return value.places[0] if value.places else None


def _cell(check: RowCheck, cell: _Cell, key: int | str, *, left: bool) -> Iterator[Difference]:
    """Give a cell's differences; `left` says that its text stands in another column, which is reported there."""
    mine, theirs = cell.mine.text, cell.theirs.text
    if not cell.mine.ink and cell.ink:
        if not left:
            rule = "explained" if cell.lawful_blank else ("shared-blank" if cell.shared else "blank-cell")
            yield _difference(check, cell, key, Edit(rule, 0, 0, 0, len(theirs)))
        return
    if cell.mine.ink and not cell.ink:
        yield _difference(check, cell, key, Edit("filled-cell", 0, len(mine), 0, 0))
        return
    if _same_value(cell):
        if mine != theirs:
            yield _difference(check, cell, key, Edit("explained", 0, len(mine), 0, len(theirs)))
        return
    edits = [_as_printed(check, cell, key, edit) for edit in compare_cell(mine, theirs, cell.column.kind)]
    for edit in edits:
        yield _difference(check, cell, key, edit, edits)


def _same_value(cell: _Cell) -> bool:
    """Tell whether a number or date is only written otherwise: 1200.5 for 1,200.50, an ISO date for a Chinese one."""
    mine, theirs = squeeze(cell.mine.text), squeeze(cell.theirs.text)
    if cell.column.kind is Kind.INTEGER:
        return integer(mine) == integer(theirs) is not None
    if cell.column.kind is Kind.NUMBER:
        return _number(mine) == _number(theirs) is not None
    # A text may hold more than its first date: only one that is a date as a whole has the same value as another.
    return cell.column.kind is Kind.DATE and whole_date(theirs) == mine


def _number(text: str) -> float | None:
    plain = text.replace(",", "")
    return float(plain) if WHOLE_NUMBER.fullmatch(plain) else None


def _as_printed(check: RowCheck, cell: _Cell, key: int | str, edit: Edit) -> Edit:
    """Take another width for explained where the original prints it so, and only we widened it."""
    printed = edit.rule == "width" and (str(key), cell.column.name) in check.widened
    return replace(edit, rule="explained") if printed else edit


def _difference(check: RowCheck, cell: _Cell, key: int | str, edit: Edit, edits: Sequence[Edit] = ()) -> Difference:
    return Difference(
        edit.rule, severity_of(edit.rule, cell.column.kind), check.number, key, cell.column.label,
        Side(cell.mine.text, edit.start, edit.end, cell.mine.place),
        Side(cell.theirs.text, edit.from_, edit.to, _place(cell.theirs)),
        check.transcript.region(cell.mine, edit.start, edit.end),
        fixes=() if edit.rule == "explained" else _fix(cell, edits),
    )  # fmt: skip


def _fix(cell: _Cell, edits: Sequence[Edit]) -> tuple[Fix, ...]:
    """Give the text that the cell should have: the edits made in the typed text, or the original's whole.

    The typed spaces and line ends of running text stay as they are; a list is parted as it was.
    """
    place = cell.mine.place
    if place is None or (place.line is not None and place.column is None):
        return ()
    mine, theirs = cell.mine.text, cell.theirs.text
    if cell.column.kind.is_list:
        items = tuple(list_items(theirs))
        mark = next((character for character in mine if character in SEPARATORS), "、" if not mine.strip() else " ")
        # A name that itself holds a space cannot be parted by one.
        mark = "、" if any(" " in item for item in items) else mark
        return (Fix(place, mark.join(items), items),)
    if not edits or not cell.mine.ink:
        return (Fix(place, theirs),)
    for edit in sorted(edits, key=lambda each: -each.start):
        mine = mine[: edit.start] + theirs[edit.from_ : edit.to] + mine[edit.end :]
    return (Fix(place, mine),)
