"""Lay a notice's rows out as printed cells, and say what reading them back must give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from matrix.catalogue import NOTICES
from matrix.layout import Layout
from matrix.notices import Notice, Role, Value, statistics, text_of, with_rows

IDEOGRAPHIC_SPACE = "\u3000"
SEPARATORS = {"space": " ", "、": "、", "；": "；"}
#: What heads the column that section titles go into, by what the profile calls it.
SECTION_LABELS = {
    "minhang": "类别",
    "invented": "类别",
    "foreign": "类别",
    "statistics": "分组",
    "projects": "分组",
    "posts": "分组",
    "rights": "分组",
    "schedule": "分组",
    "goods": "分组",
}


@dataclass(frozen=True)
class PrintedCell:
    """Hold one cell: its place, what it covers, and its lines (each ended on purpose)."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]
    role: Role
    spread: bool = False
    vertical: bool = False
    merged: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """Hold a table's cells by rows (header first), the widths' shares, and what stands above it."""

    title: str
    caption: str
    weights: tuple[float, ...]
    header_rows: int
    rows: tuple[tuple[PrintedCell, ...], ...]
    truth: tuple[tuple[str, ...], ...]


def printed_tables(layout: Layout) -> list[PrintedTable]:
    """Give a layout's tables, each with its truth: the labels, then the rows."""
    notice = NOTICES[layout.notice]()
    if layout.tables == "same":
        cut = len(notice.rows) // 2
        parts = [with_rows(notice, notice.rows[:cut]), with_rows(notice, notice.rows[cut:])]
        return [_table(part, layout, f"附件{n}：{notice.title}") for n, part in enumerate(parts, 1)]
    found = [_table(notice, layout, notice.title)]
    if layout.tables == "other":
        found.append(_table(statistics(), layout, statistics().title))
    return found


def _table(notice: Notice, layout: Layout, title: str) -> PrintedTable:
    caption = "单位：万元" if layout.caption == "unit" else ""
    columns = list(range(len(notice.columns)))
    section = notice.groups[0] if layout.sections else None
    if section is not None:
        columns.remove(section)
    levels = layout.levels if any(c.above for c in notice.columns) else 1
    above = [PrintedCell(0, 0, 1, len(columns), (title,), Role.SHORT)] if layout.style == "titled" else []
    header = [*above, *(replace(cell, row=cell.row + len(above)) for cell in _header(notice, columns, levels))]
    body = list(_body(notice, layout, columns, section, levels + len(above)))
    rows: dict[int, list[PrintedCell]] = {}
    for cell in (*header, *body):
        rows.setdefault(cell.row, []).append(cell)
    return PrintedTable(
        title,
        caption,
        tuple(notice.columns[c].weight for c in columns),
        levels + len(above),
        tuple(tuple(rows[index]) for index in sorted(rows)),
        tuple(_truth(notice, columns, section, levels)),
    )


def _truth(notice: Notice, columns: Sequence[int], section: int | None, levels: int) -> Iterator[tuple[str, ...]]:
    def label(index: int) -> str:
        column = notice.columns[index]
        return f"{column.above}/{column.label}" if levels == 2 and column.above else column.label

    lead = [] if section is None else [section]
    labels = [label(c) for c in columns]
    yield (*([SECTION_LABELS[notice.name]] if lead else []), *labels)
    for row in notice.rows:
        yield tuple(text_of(row[c]) for c in (*lead, *columns))


def _header(notice: Notice, columns: Sequence[int], levels: int) -> Iterator[PrintedCell]:
    for above, group in groupby(enumerate(columns), key=lambda pair: notice.columns[pair[1]].above):
        members = list(group)
        if levels == 2 and above:
            yield PrintedCell(0, members[0][0], 1, len(members), (above,), Role.SHORT)
        for at, column in members:
            two = levels == 2 and bool(above)
            yield PrintedCell(1 if two else 0, at, 1 if two else levels, 1, (notice.columns[column].label,), Role.SHORT)


def _body(
    notice: Notice, layout: Layout, columns: Sequence[int], section: int | None, first: int
) -> Iterator[PrintedCell]:
    """Give the cells of the body, the section rows among them."""
    at = first
    for _, group in groupby(enumerate(notice.rows), key=lambda pair: pair[1][section] if section is not None else ""):
        rows = [row for _, row in group]
        if section is not None:
            yield PrintedCell(at, 0, 1, len(columns), (text_of(rows[0][section]),), Role.GROUP)
            at += 1
        yield from _records(notice, layout, columns, rows, at)
        at += len(rows)


def _records(
    notice: Notice, layout: Layout, columns: Sequence[int], rows: Sequence[tuple[Value, ...]], at: int
) -> Iterator[PrintedCell]:
    groups = [c for c in columns if notice.columns[c].role is Role.GROUP]
    for index, row in enumerate(rows):
        for place, column in enumerate(columns):
            role = notice.columns[column].role
            if role is not Role.GROUP or layout.merged == "each":
                yield PrintedCell(
                    at + index, place, 1, 1, _lines(row[column], role, layout), role, _spreads(role, layout)
                )
                continue
            outer = [c for c in groups if c <= column]
            key = [row[c] for c in outer]
            if index and [rows[index - 1][c] for c in outer] == key:
                if layout.merged == "blank":
                    yield PrintedCell(at + index, place, 1, 1, (), role)
                continue
            span = 1
            while index + span < len(rows) and [rows[index + span][c] for c in outer] == key:
                span += 1
            vertical = layout.vertical and column == groups[0] and span > 1 and layout.merged != "blank"
            yield PrintedCell(
                at + index, place, 1 if layout.merged == "blank" else span, 1, (text_of(row[column]),), role,
                vertical=vertical, merged=span > 1 and layout.merged != "blank",
            )  # fmt: skip


def _spreads(role: Role, layout: Layout) -> bool:
    return role is Role.PEOPLE and layout.padding == "justified" and layout.items == "line"


def _lines(value: Value, role: Role, layout: Layout) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    items = [_padded(item, layout) if role is Role.PEOPLE else item for item in value]
    return tuple(items) if layout.items == "line" else (SEPARATORS[layout.items].join(items),)


def _padded(name: str, layout: Layout) -> str:
    pad = {"space": " ", "ideographic": IDEOGRAPHIC_SPACE}.get(layout.padding, "")
    return pad.join(name) if len(name) == 2 else name
