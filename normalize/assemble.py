"""Lay the grids of one table on one sheet, under the columns that a profile knows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.characters import HAN, HAN_CHARACTER, squeeze
from normalize.column_habits import MARKS
from normalize.header_rows import title_cells
from normalize.label_words import LABEL_ENDS, NUMBERS, PEOPLE_ENDS, PERSON_ENDS
from normalize.list_rules import list_items
from normalize.names import has_surname
from normalize.runs import Run
from normalize.sheet import EMPTY, FROM_ABOVE, FROM_LEFT, Sheet, SheetRow, Slot, State
from normalize.unit_names import is_unit_name
from schema.finding import Place
from schema.grid import Cell, Grid
from schema.profile import LEVEL, Column, Kind, Profile, plain_label

#: Heads the column of section titles where no profile has a label for it.
SECTION_LABEL = "分组"
#: A person's name in Chinese, with a remark in brackets or without.
_PERSON = re.compile(f"[{HAN}]{{2,4}}(?:[（(][^）)]*[）)])?|[{HAN}]+(?:[·•][{HAN}]+)+")
#: Names without a mark between them, parted by spaces or line ends.
_RUN_TOGETHER = re.compile(f"[{HAN}·•（）()]{{4,}}")
#: A column under such a label numbers the rows where at least this share of its cells are numbers.
NUMBERED = 0.8
#: In a column of people no more than this share of the names may be something else.
MOST_OTHERS = 0.1
#: A column whose label ends so names units where at least this share of its cells does.
NAMED = 0.3


def choose_profile(labels: Sequence[str], profiles: Sequence[Profile]) -> Profile | None:
    """Give the profile that knows most of the labels, if any fits; a user's own before the others."""
    best: tuple[tuple[bool, int], Profile | None] = ((False, 0), None)
    for profile in profiles:
        fields = profile.match(labels)
        known = (profile.own, sum(field is not None for field in fields))
        if profile.fits(fields) and known > best[0]:
            best = (known, profile)
    return best[1]


def make_columns(run: Run, profile: Profile | None) -> tuple[Column, ...]:
    """Describe a run's columns; one that the profile does not know keeps its label."""
    labels = run.labels
    fields = profile.match(labels) if profile is not None else [None] * len(labels)
    columns: list[Column] = []
    names: set[str] = set()
    for index, (label, field) in enumerate(zip(labels, fields, strict=True)):
        if field is None:
            name = _unused(label or f"column_{index + 1}", names)
            texts = _column_texts(run, index)
            numbers = not any(column.key for column in columns) and _numbers_rows(label, texts)
            kind = Kind.INTEGER if numbers else _kind_by_words(label)
            if kind is Kind.TEXT and plain_label(label).endswith(PEOPLE_ENDS + PERSON_ENDS) and _names_people(texts):
                kind = Kind.PEOPLE
            unnamed = kind is Kind.UNITS and not _names_units(texts)
            if unnamed or not (numbers or any(HAN_CHARACTER.search(text) for text in texts)):
                kind = Kind.TEXT
            columns.append(Column(name, label, kind, key=numbers, known=False))
        else:
            name = field.name
            columns.append(Column(name, label, field.kind, field.key, field.carry, field.required))
        names.add(name)
    return tuple(columns)


def _numbers_rows(label: str, texts: Sequence[str]) -> bool:
    """Tell whether a column numbers the rows: its label says so, and nearly all of its cells are numbers."""
    if plain_label(label) not in NUMBERS:
        return False
    return bool(texts) and sum(text.isdecimal() for text in texts) >= NUMBERED * len(texts)


def _names_units(texts: Sequence[str]) -> bool:
    """Tell whether a column's cells name units of an administration, and no units of measure (计价单位)."""
    named = sum(any(is_unit_name(item) for item in list_items(text)) for text in texts)
    return named >= NAMED * len(texts)


def _names_people(texts: Sequence[str]) -> bool:
    """Tell whether a column's cells hold names of people in Chinese, but for a few, nearly all with a surname."""
    names = [name for text in texts for name in re.split(f"[{MARKS}]", text) if name]
    others = sum(not (_PERSON.fullmatch(name) or _RUN_TOGETHER.fullmatch(name)) for name in names)
    if not names or others > MOST_OTHERS * len(names):
        return False
    surnamed = (has_surname(name) or "·" in name for name in names)
    units = sum(map(is_unit_name, names))
    return sum(surnamed) >= NUMBERED * len(names) and units <= (1 - NUMBERED) * len(names)


def _column_texts(run: Run, column: int) -> list[str]:
    """Give what a column's cells below the header print, without spaces; a page may print the header again.

    It may do so in one cell with the rest of a row.
    """
    label = squeeze(run.labels[column])
    levels = label.split(LEVEL)
    last = levels[-1] if len(levels) > 1 else ""
    texts = (
        squeeze(cell.text)
        for part, grid in enumerate(run.grids)
        for cell in grid.cells
        if cell.column == column and cell.column_span == 1 and cell.lines and cell.row >= run.headers[part]
    )
    return [text.removeprefix(label).removeprefix(last) for text in texts if text not in (label, *levels)]


def _unused(name: str, names: set[str]) -> str:
    """Give the name, numbered where a column before it has it already."""
    candidate, count = name, 1
    while candidate in names:
        count += 1
        candidate = f"{name}_{count}"
    return candidate


def _kind_by_words(label: str) -> Kind:
    """Give the kind that the last words of a label tell, its remarks in brackets left out.

    >>> [_kind_by_words(label).value for label in ("责任主体/督查单位", "联系市领导", "改革事项（2025年）", "备注")]
    ['units', 'people', 'label', 'text']
    """
    label = plain_label(label)
    for ends, kind in LABEL_ENDS:
        if label.endswith(ends):
            return kind
    return Kind.TEXT


def make_sheet(run: Run, columns: tuple[Column, ...]) -> Sheet:
    """Lay a run's grids under each other; the header rows of the table's first grid become the labels."""
    rows: list[SheetRow] = []
    titles = _titles(run)
    for part, grid in enumerate(run.grids):
        laid = _lay(grid, part)
        skipped = run.header_rows if part == 0 and not run.goes_on else 0
        body = run.headers[part]
        # A page may print the title again above labels that no line parts from the row below.
        while (part or run.goes_on) and body < len(laid) - 1 and squeeze(laid[body].banner) in titles:
            body += 1
        for index, row in enumerate(laid[skipped:], skipped):
            row.first = index == body
            row.header = index < body or (squeeze(row.banner) in titles and _is_above_labels(laid[index + 1 :], run))
            rows.append(row)
    spans_known = all(grid.spans_known for grid in run.grids)
    unruled = frozenset(
        part for part, grid in enumerate(run.grids) if grid.by_gaps and grid.row_count == run.headers[part] + 1
    )
    header_rows = run.header_rows - run.title_rows
    cuts_words = any(grid.cuts_words for grid in run.grids)
    return Sheet(columns, rows, spans_known, header_rows=header_rows, unruled=unruled, cuts_words=cuts_words)


def _titles(run: Run) -> frozenset[str]:
    """Give the texts over all columns that stand above the labels, without spaces."""
    parts = zip(run.grids, run.headers, strict=True)
    found = (squeeze(cell.text) for grid, header in parts for cell in title_cells(grid) if cell.row < header)
    return frozenset(filter(None, found))


def _is_above_labels(below: Sequence[SheetRow], run: Run) -> bool:
    """Tell whether the labels are printed again below a row: some programs do so amid a page, with the title above."""
    printed = next((row for row in below if not row.banner), None)
    if printed is None:
        return False
    first = squeeze(printed.slots[0].text)
    return first != "" and squeeze(run.labels[0]).startswith(first)


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
    sheet.columns, sheet.section = (column, *sheet.columns), 0
    for row in sheet.rows:
        row.slots.insert(0, Slot(State.ADDED))


def _lay(grid: Grid, part: int) -> list[SheetRow]:
    """Give a grid's rows with a slot at every position."""
    slots = [[EMPTY] * grid.column_count for _ in range(grid.row_count)]
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
        return FROM_ABOVE
    if column > cell.column:
        return FROM_LEFT
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
            return places[0]._replace(column=None, cell=None)
        return Place(table=grid.place.table, row=row + 1) if grid.place.table else grid.place
    top = min(box[1] for box in boxes)
    bottom = min(box[3] for box in boxes)
    return Place(page=grid.place.page, box=(grid.place.box[0], top, grid.place.box[2], bottom))
