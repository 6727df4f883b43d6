"""Make Word files of printed tables, and PDFs of these with LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.shared import Pt

from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

FONT = "Noto Serif CJK SC"
BORDERS = {"solid": ("single", 4), "dashed": ("dashed", 4), "double": ("double", 4), "hair": ("single", 1),
           "rectangles": ("single", 4)}  # fmt: skip
INSIDE = 36.0
#: Properties of paragraphs, as Word has them.
STYLES = {
    "plain": "",
    "indented": '<w:ind w:firstLineChars="200" w:firstLine="420"/>',
    "hanging": '<w:ind w:left="360" w:hanging="360"/>',
    "airy": '<w:spacing w:line="360" w:lineRule="auto"/>',
    "underlined": "",
    "grid": "",
    "titled": "",
}
#: Texts shorter than this are labels of a kind, which nobody indents.
SHORTEST_STYLED = 9
#: The size of the text of notices, which their grid has 28 of in a line, and 22 lines (GB/T 9704).
NOTICE = 16.0
GRID = '<w:docGrid xmlns:w="{}" w:type="linesAndChars" w:linePitch="579" w:charSpace="-849"/>'


def word_file(layout: Layout, path: Path) -> None:
    """Write the layout as a Word file."""
    document: Any = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595.3), Pt(841.9)
    if layout.page == "landscape":
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Pt(INSIDE)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(layout.size)
    style.paragraph_format.space_after = Pt(0)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    if layout.tracking:
        # In twentieths of a point.
        spacing = f'<w:spacing {nsdecls("w")} w:val="{round(20 * layout.tracking * layout.size)}"/>'
        style.element.rPr.append(parse_xml(spacing))
    if layout.page_numbers:
        _page_number(section.footer.paragraphs[0])
    if layout.watermark:
        _watermark(section.header.paragraphs[0])
    if layout.style == "grid":
        style.font.size = Pt(NOTICE)
        for grid in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(grid)
        section._sectPr.append(parse_xml(GRID.format(nsmap["w"])))
    width = section.page_width.pt - 2 * INSIDE
    for table in printed_tables(layout):
        title = document.add_paragraph(table.title)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if table.caption:
            document.add_paragraph(table.caption).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _table(document, table, layout, width)
        document.add_paragraph("")
    document.save(str(path))


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _watermark(paragraph: Any) -> None:
    """Put grey turned text behind the page, as Word does: a VML shape in the header."""
    xml = f"""<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
    <w:pict><v:shapetype id="t136" coordsize="21600,21600" o:spt="136" path="m@7,l@8,m@5,21600l@6,21600e">
    <v:textpath on="t" fitshape="t"/></v:shapetype>
    <v:shape type="#t136" style="position:absolute;width:400pt;height:80pt;rotation:315;z-index:-10;
    mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
    mso-position-vertical-relative:margin" fillcolor="silver" stroked="f">
    <v:textpath style="font-family:'{FONT}';font-size:1pt" string="内部资料"/></v:shape></w:pict></w:r>"""
    paragraph._p.append(parse_xml(xml))


def _table(document: Any, table: PrintedTable, layout: Layout, width: float) -> None:
    made = document.add_table(len(table.rows), len(table.weights), style="Table Grid")
    made.autofit = False
    _borders(made, layout)
    share = width / sum(table.weights)
    for column, weight in zip(made.columns, table.weights, strict=True):
        column.width = Pt(weight * share)
    grid = [list(row.cells) for row in made.rows]
    for index, (row, cells) in enumerate(zip(made.rows, table.rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        if not layout.split:
            properties.append(OxmlElement("w:cantSplit"))
        if index < table.header_rows and layout.header == "repeated":
            properties.append(OxmlElement("w:tblHeader"))
        for printed in cells:
            cell = grid[printed.row][printed.column]
            if printed.row_span > 1 or printed.column_span > 1:
                last = grid[printed.row + printed.row_span - 1][printed.column + printed.column_span - 1]
                cell = cell.merge(last)
            _cell(cell, printed, layout, header=index < table.header_rows)


def _cell(cell: Any, printed: PrintedCell, layout: Layout, *, header: bool) -> None:
    short = printed.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER) or header
    for index, line in enumerate(printed.lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        run = paragraph.add_run(line)
        _style(paragraph, run, layout)
        if printed.spread:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.DISTRIBUTE
        elif short:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif layout.justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    middle = layout.merged == "middle" if printed.merged else (header or layout.valign == "middle")
    if middle:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if printed.vertical:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "tbRlV")
        cell._tc.get_or_add_tcPr().append(direction)
    if header and layout.shaded:
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="D9D9D9"/>'))


def _style(paragraph: Any, run: Any, layout: Layout) -> None:
    """Give a cell's paragraph and its text the layout's style."""
    run.underline = True if layout.style == "underlined" else None
    if layout.style == "grid":
        run.font.size = Pt(layout.size)
    if (properties := STYLES[layout.style]) and len(run.text) >= SHORTEST_STYLED:
        xml = properties.replace(" ", f" {nsdecls('w')} ", 1)
        paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def _borders(table: Any, layout: Layout) -> None:
    kind, size = BORDERS[layout.rules]
    none = ("left", "right", "insideV") if not layout.uprights else ("left", "right") if layout.open_sides else ()
    sides = "".join(
        f'<w:{side} w:val="{"nil" if side in none else kind}" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def print_files(paths: Iterable[Path], folder: Path) -> None:
    """Print Word files or workbooks to PDF in one run of LibreOffice."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
