"""Lay the grids of one table on one sheet, under the columns that a profile knows."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.runs import Run
from normalize.sheet import Sheet, SheetRow, Slot, State
from schema.finding import Place
from schema.grid import Cell, Grid
from schema.profile import Column, Kind, Profile

#: Heads the column of section titles where no profile has a label for it.
SECTION_LABEL = "分组"
#: What the words at the end of a label that no profile knows say of the column.
LABEL_ENDS: tuple[tuple[tuple[str, ...], Kind], ...] = (
    (("单位", "部门", "机构"), Kind.UNITS),
    (("领导", "责任人", "负责人", "联系人", "负责同志"), Kind.PEOPLE),
    (("时限", "时间", "节点", "日期", "期限"), Kind.DATE),
    (("类别", "板块", "领域"), Kind.LABEL),
)


def choose_profile(labels: Sequence[str], profiles: Sequence[Profile]) -> Profile | None:
    """Give the profile that knows most of the labels, if any fits."""
    best: tuple[int, Profile | None] = (0, None)
    for profile in profiles:
        fields = profile.match(labels)
        known = sum(field is not None for field in fields)
        if profile.fits(fields) and known > best[0]:
            best = (known, profile)
    return best[1]


def make_columns(labels: Sequence[str], profile: Profile | None) -> tuple[Column, ...]:
    """Describe the columns under these labels; one that the profile does not know keeps its label."""
    fields = profile.match(labels) if profile is not None else [None] * len(labels)
    columns: list[Column] = []
    names: set[str] = set()
    for index, (label, field) in enumerate(zip(labels, fields, strict=True), 1):
        if field is None:
            kind = _kind_by_words(label) if profile is not None else Kind.TEXT
            name = _unused(label or f"column_{index}", names)
            columns.append(Column(name, label, kind, known=False))
        else:
            name = field.name
            columns.append(Column(name, label, field.kind, field.key, field.carry, field.required))
        names.add(name)
    return tuple(columns)


def _unused(name: str, names: set[str]) -> str:
    """Give the name, numbered where a column before it has it already."""
    candidate, count = name, 1
    while candidate in names:
        count += 1
        candidate = f"{name}_{count}"
    return candidate


def _kind_by_words(label: str) -> Kind:
    for ends, kind in LABEL_ENDS:
        if label.endswith(ends):
            return kind
    return Kind.TEXT


def make_sheet(run: Run, columns: tuple[Column, ...]) -> Sheet:
    """Lay a run's grids under each other; the first grid's header rows become the labels."""
    rows: list[SheetRow] = []
    for part, grid in enumerate(run.grids):
        laid = _lay(grid, part)
        skipped = run.header_rows if part == 0 else 0
        body = run.headers[part]
        for index, row in enumerate(laid[skipped:], skipped):
            row.first = index == body
            rows.append(row)
    return Sheet(columns, rows, all(grid.spans_known for grid in run.grids))


def add_section_column(sheet: Sheet, profile: Profile | None) -> None:
    """Put a column before all others for the titles of section rows.

    It is the profile's grouping field where the table prints no column for that, and one
    named ``section`` otherwise.
    """
    names = {column.name for column in sheet.columns}
    field = next((f for f in profile.fields if f.carry and f.kind is Kind.LABEL), None) if profile else None
    if field is not None and field.name not in names:
        column = Column(field.name, field.labels[0], field.kind, carry=True)
    else:
        column = Column(_unused("section", names), SECTION_LABEL, Kind.LABEL, carry=True, known=False)
    sheet.columns = (column, *sheet.columns)
    sheet.section = 0
    for row in sheet.rows:
        row.slots.insert(0, Slot(State.ADDED))


def _lay(grid: Grid, part: int) -> list[SheetRow]:
    """Give a grid's rows with a slot at every position."""
    slots = [[Slot(State.BLANK) for _ in range(grid.column_count)] for _ in range(grid.row_count)]
    places: list[list[Place]] = [[] for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                slots[row][column] = _slot(cell, row, column)
        places[cell.row].append(cell.place)
    return [
        SheetRow(found, part, first=False, places=[_row_place(grid, row, places[row])])
        for row, found in enumerate(slots)
    ]


def _slot(cell: Cell, row: int, column: int) -> Slot:
    if row > cell.row:
        return Slot(State.COVERED_FROM_ABOVE)
    if column > cell.column:
        return Slot(State.COVERED_FROM_LEFT)
    return Slot(
        state=State.PRINTED if cell.lines else State.BLANK,
        text=cell.text,
        lines=cell.lines,
        places=(cell.place,),
        spans=cell.row_span > 1,
        open_top=cell.open_top,
        open_bottom=cell.open_bottom,
        lines_above=cell.lines_above,
        lines_below=cell.lines_below,
    )


def _row_place(grid: Grid, row: int, places: Sequence[Place]) -> Place:
    """Give a row's place: the band of its cells over the table's width, or its line."""
    boxes = [place.box for place in places if place.box is not None]
    if not boxes or grid.place.box is None:
        if places:
            return places[0]
        return Place(table=grid.place.table, row=row + 1) if grid.place.table else grid.place
    top = min(box[1] for box in boxes)
    bottom = min(box[3] for box in boxes)
    return Place(page=grid.place.page, box=(grid.place.box[0], top, grid.place.box[2], bottom))
