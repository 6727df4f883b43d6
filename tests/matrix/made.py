"""Make the files of layouts, each by its producer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from matrix import chromium, drawn, firefox, libreoffice, reportlab_flow, spreadsheet, typst, wkhtmltopdf
from matrix.layout import Layout
from matrix.turned import turn_pages

MAKERS: dict[str, Callable[[Layout, Path], None]] = {
    "chromium": chromium.print_page,
    "wkhtmltopdf": wkhtmltopdf.print_page,
    "typst": typst.typeset,
    "drawn": drawn.draw_layout,
    "reportlab": reportlab_flow.flow,
}


def make(layouts: Sequence[Layout], folder: Path) -> dict[Layout, list[Path]]:
    """Make each layout's files: a PDF, and from LibreOffice the Word file or the workbook before it."""
    found: dict[Layout, list[Path]] = {layout: [folder / f"{index:03}.pdf"] for index, layout in enumerate(layouts)}
    office = [layout for layout in layouts if layout.producer == "libreoffice"]
    for layout in office:
        word = found[layout][0].with_suffix(".docx")
        libreoffice.word_file(layout, word)
        found[layout].append(word)
    sheets = [layout for layout in layouts if layout.producer == "spreadsheet"]
    for layout in sheets:
        book = found[layout][0].with_suffix(".xlsx")
        spreadsheet.workbook(layout, book)
        found[layout].append(book)
    if office or sheets:
        libreoffice.print_files([found[layout][1] for layout in (*office, *sheets)], folder)
    pages = [(layout, found[layout][0]) for layout in layouts if layout.producer == "firefox"]
    if pages:
        firefox.print_pages(pages, folder)
    with ThreadPoolExecutor(2) as pool:
        prints = [pool.submit(chromium.print_page, x, found[x][0]) for x in layouts if x.producer == "chromium"]
        for layout in layouts:
            if layout.producer in MAKERS and layout.producer != "chromium":
                MAKERS[layout.producer](layout, found[layout][0])
        for each in prints:
            each.result()
    for layout in layouts:
        if layout.page == "rotated":
            turn_pages(found[layout][0])
    return found
