"""Typeset tables with Typst."""

from __future__ import annotations

from pathlib import Path

import typst

from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

STROKES = {
    "solid": "0.5pt", "dashed": '(thickness: 0.6pt, dash: "dashed")', "double": "0.5pt", "hair": "0.1pt",
    "rectangles": "0.5pt",
}  # fmt: skip


def source(layout: Layout) -> str:
    """Give the layout as Typst markup."""
    flipped = "true" if layout.page == "landscape" else "false"
    number = "footer: align(center)[#context [— #counter(page).display() —]], " if layout.page_numbers else ""
    mark = "background: rotate(-35deg, text(60pt, fill: luma(220))[内部资料]), " if layout.watermark else ""
    parts = [
        f'#set page(paper: "a4", flipped: {flipped}, margin: (x: 12mm, y: 16mm), {number}{mark})',
        f'#set text(font: "Noto Serif CJK SC", size: {layout.size}pt, lang: "zh", region: "cn", tracking: {layout.tracking}em)',
        f"#set par(leading: 0.55em, spacing: 0.55em, justify: {'true' if layout.justified else 'false'})",
    ]
    for table in printed_tables(layout):
        parts.append(f"#align(center, text(16pt)[{_escaped(table.title)}])")
        if table.caption:
            parts.append(f"#align(right)[{table.caption}]")
        parts.append(_table(table, layout))
    return "\n".join(parts)


def _table(table: PrintedTable, layout: Layout) -> str:
    weights = ", ".join(f"{weight}fr" for weight in table.weights)
    columns = len(table.weights)
    stroke = STROKES[layout.rules]
    if not layout.uprights:
        stroke = f"(x, y) => (top: {stroke}, bottom: {stroke})"
    elif layout.open_sides:
        stroke = (
            f"(x, y) => (top: {stroke}, bottom: {stroke}, left: if x > 0 {{ {stroke} }} else {{ none }}, "
            f"right: if x < {columns - 1} {{ {stroke} }} else {{ none }})"
        )
    head = "".join(_cell(cell, layout, header=True) for row in table.rows[: table.header_rows] for cell in row)
    body = "".join(_cell(cell, layout, header=False) for row in table.rows[table.header_rows :] for cell in row)
    repeat = "true" if layout.header == "repeated" else "false"
    fill = f"fill: (x, y) => if y < {table.header_rows} {{ luma(217) }}, " if layout.shaded else ""
    return f"#table(columns: ({weights}), stroke: {stroke}, {fill}inset: 3pt,\ntable.header(repeat: {repeat},\n{head}),\n{body})"


def _cell(cell: PrintedCell, layout: Layout, *, header: bool) -> str:
    center = header or cell.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER)
    middle = layout.merged == "middle" if cell.merged else (header or layout.valign == "middle")
    inner = " \\\n".join(_escaped(line) for line in cell.lines)
    if cell.spread:
        inner = "".join(
            f"#block(width: 100%, spacing: 0.55em)[#{{{'; h(1fr); '.join(f'[{_escaped(c)}]' for c in line)}}}]"
            for line in cell.lines
        )
    if cell.vertical:
        inner = (
            "#stack(dir: ttb, spacing: 0.2em, "
            + ", ".join(f"[{_escaped(c)}]" for line in cell.lines for c in line)
            + ")"
        )
    align = f"{'center' if center else 'left'} + {'horizon' if middle else 'top'}"
    breakable = "true" if layout.split or cell.row_span > 1 else "false"
    return (
        f"table.cell(rowspan: {cell.row_span}, colspan: {cell.column_span}, align: {align}, breakable: {breakable})"
        f"[{inner}],\n"
    )


def _escaped(text: str) -> str:
    return "".join("\\" + c if c in "\\#*_`$<>@[]~=-+/\"'" else c for c in text)


def typeset(layout: Layout, path: Path) -> None:
    """Typeset a layout to PDF."""
    file = path.with_suffix(".typ")
    file.write_text(source(layout), encoding="utf-8")
    typst.compile(str(file), output=str(path))
