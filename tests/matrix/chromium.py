"""Print tables from HTML with Chromium."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

BORDERS = {"solid": "0.5pt solid", "dashed": "0.75pt dashed", "double": "2.5pt double", "hair": "0.1pt solid",
           "rectangles": "0.5pt solid"}  # fmt: skip


STYLES = {
    "plain": "",
    "indented": "td { text-indent: 2em }",
    "airy": "td { line-height: 2.2 }",
    "underlined": "td { text-decoration: underline }",
    "broken": "td { word-break: break-all }",
    "separate": "table { border-collapse: separate; border-spacing: 2px }",
    "filled": "table { border-collapse: separate; border-spacing: 1px; background: black }"
    " td, th { border: none; background: white }",
    "titled": "",
}


def page_html(layout: Layout) -> str:
    """Give the layout as a page of HTML."""
    border = BORDERS[layout.rules]
    sides = "tr > .first { border-left: none } tr > .last { border-right: none }" if layout.open_sides else ""
    if not layout.uprights:
        sides = "td, th { border-left: none !important; border-right: none !important }"
    number = '@bottom-center { content: "— " counter(page) " —"; font-size: 9pt }' if layout.page_numbers else ""
    style = f"""
    @page {{ size: A4 {"landscape" if layout.page == "landscape" else "portrait"}; margin: 15mm 12mm; {number} }}
    body {{ font: {layout.size}pt/1.4 "Noto Serif CJK SC"; margin: 0 }}
    table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
    td, th {{ border: {border} black; padding: 2pt 3pt; font-weight: normal; overflow-wrap: anywhere;
              letter-spacing: {layout.tracking}em; vertical-align: {layout.valign}; text-align: {"justify" if layout.justified else "left"} }}
    thead {{ display: {"table-header-group" if layout.header == "repeated" else "table-row-group"} }}
    th {{ text-align: center; vertical-align: middle; {"background: #d9d9d9" if layout.shaded else ""} }}
    tr {{ break-inside: {"auto" if layout.split else "avoid"} }}
    .center {{ text-align: center }}
    .spread {{ text-align: justify; text-align-last: justify; text-justify: inter-character }}
    .merged {{ vertical-align: {"middle" if layout.merged == "middle" else "top"} }}
    .vertical {{ writing-mode: vertical-rl; text-align: center }}
    .mark {{ position: fixed; top: 45%; left: 20%; font-size: 60pt; color: #ddd; transform: rotate(-35deg) }}
    h1 {{ font-size: 16pt; text-align: center; font-weight: normal }}
    .unit {{ text-align: right; margin: 0 }}
    {sides}
    {STYLES[layout.style]}
    """
    parts = [f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><style>{style}</style>"]
    if layout.watermark:
        parts.append("<div class='mark'>内部资料</div>")
    for table in printed_tables(layout):
        parts.append(f"<h1>{table.title}</h1>")
        if table.caption:
            parts.append(f"<p class='unit'>{table.caption}</p>")
        parts.append(_table(table))
    return "".join(parts)


def _table(table: PrintedTable) -> str:
    total = sum(table.weights)
    parts = ["<table><colgroup>"]
    parts += [f"<col style='width:{100 * weight / total:.3f}%'>" for weight in table.weights]
    parts.append("</colgroup>")
    for name, rows in (("thead", table.rows[: table.header_rows]), ("tbody", table.rows[table.header_rows :])):
        parts.append(f"<{name}>")
        for row in rows:
            cells = "".join(_cell(cell, len(table.weights), "th" if name == "thead" else "td") for cell in row)
            parts.append(f"<tr>{cells}</tr>")
        parts.append(f"</{name}>")
    parts.append("</table>")
    return "".join(parts)


def _cell(cell: PrintedCell, columns: int, tag: str) -> str:
    names = []
    if cell.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER):
        names.append("center")
    if cell.merged:
        names.append("merged")
    if cell.column == 0:
        names.append("first")
    if cell.column + cell.column_span == columns:
        names.append("last")
    lines = [html.escape(line) for line in cell.lines]
    inner = "".join(f"<div class='spread'>{line}</div>" for line in lines) if cell.spread else "<br>".join(lines)
    if cell.vertical:
        inner = f"<div class='vertical'>{inner}</div>"
    spans = f"rowspan={cell.row_span} colspan={cell.column_span}"
    return f"<{tag} {spans} class='{' '.join(names)}'>{inner}</{tag}>"


def print_page(layout: Layout, path: Path) -> None:
    """Print a layout to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(page_html(layout), encoding="utf-8")
        command = [
            shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
