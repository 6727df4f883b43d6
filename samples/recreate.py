"""Make the Word and PDF samples again from the repaired rows of the transcription.

The original of 闵委办发〔2025〕3号 is not at hand; these files stand in for it.  They are made of
the rows that ``hongtou convert`` gives for the transcription, with `CORRECTIONS`, laid out as
such notices are: cells that are really merged, names padded to one width, rows and merged
cells cut by page breaks.

Run ``make samples``; it needs Debian's libreoffice-writer-nogui and fonts-noto-cjk.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

import hongtou
from schema.notice import Notice

HERE = Path(__file__).parent
TRANSCRIPTION = HERE / "minhang-2025-3.txt"
FONT = "Noto Serif CJK SC"
LABELS = ("序号", "类别", "项目", "具体任务", "牵头领导", "牵头单位", "备注")
WIDTHS = (1.3, 2.7, 3.2, 9.7, 2.1, 4.1, 1.4)
FULL_WIDTH_SPACE = "\u3000"
#: The notice's own sentence.
BODY = (
    "《2025年区委、区政府重点工作任务分解表》已经区委、区政府主要负责同志同意，现印发给你们，请结合实际，"
    "认真研究具体实施方案，进一步明确责任，细化措施，切实抓好贯彻落实。"
)
#: What the transcription got wrong, and the original cannot have: task and leaders.
CORRECTIONS = {6: ("赵亮", "杨辛")}
#: Tasks whose leader and unit stand in one cell with the task above.
SHARED = frozenset((172, 174, 175))


@dataclass(frozen=True)
class Task:
    """Hold one row of the notice's table."""

    number: int
    category: str
    project: str
    text: str
    officials: tuple[str, ...]
    units: tuple[str, ...]
    line: int


def tasks(notice: Notice) -> list[Task]:
    """Give the tasks of the converted transcription, corrected."""
    made = []
    for row in notice.tables[0].rows:
        record: dict[str, Any] = dict(row.__pydantic_extra__ or {})
        task = Task(
            record["number"], record["category"], record["project"], record["task"],
            tuple(record["lead_officials"]), tuple(record["lead_units"]), row.places[0].line or 0,
        )  # fmt: skip
        made.append(replace(task, officials=CORRECTIONS.get(task.number, task.officials)))
    return made


def pages(found: Sequence[Task]) -> list[list[Task]]:
    """Part the tasks as the transcription does: one page table a block of lines."""
    parted = [[found[0]]]
    for before, task in pairwise(found):
        if task.line - before.line > 1:
            parted.append([])
        parted[-1].append(task)
    return parted


def padded(name: str) -> str:
    """Pad a name of two characters to the width of three.

    >>> padded("李阳")
    '李\u3000阳'
    """
    return FULL_WIDTH_SPACE.join(name) if len(name) == 2 else name


def write_run(paragraph: Any, text: str, size: float, *, bold: bool = False, red: bool = False) -> None:
    """Write text in the samples' font."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold = FONT, Pt(size), bold
    if red:
        run.font.color.rgb = RGBColor(0xE0, 0, 0)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)


def write_paragraph(document: Any, text: str, size: float, align: Any = None, **look: bool) -> None:
    """Write one paragraph of the head."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    write_run(paragraph, text, size, **look)


def write_head(document: Any, notice: Notice) -> None:
    """Write the notice before its table, then turn the page on its side."""
    head = notice.notice
    center, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    write_paragraph(document, head.issuing_mark or "", 26, center, bold=True, red=True)
    write_paragraph(document, head.document_number or "", 14, center)
    write_paragraph(document, head.title or "", 18, center, bold=True)
    write_paragraph(document, f"{head.recipients}：", 14)
    write_paragraph(document, FULL_WIDTH_SPACE * 2 + BODY, 14)
    for issuer in head.issuers:
        write_paragraph(document, issuer, 14, right)
    write_paragraph(document, "2025年2月10日", 14, right)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.5)
    write_paragraph(document, notice.tables[0].title, 18, center, bold=True)
    write_paragraph(document, "（共10类41项190条）", 14, center)


def new_table(document: Any) -> Any:
    """Begin a table with its header row, which is marked to repeat."""
    table = document.add_table(rows=1, cols=len(LABELS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    header = table.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, label in zip(header.cells, LABELS, strict=True):
        write_cell(cell, [label], center=True)
    return table


def write_cell(cell: Any, lines: Sequence[str], *, center: bool) -> None:
    """Write a cell, a paragraph a line."""
    for index, line in enumerate(lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if center:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_run(paragraph, line, 10.5)
    if center:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def merge(cell: Any, *, restart: bool) -> None:
    """Mark a cell as the first of a merged one, or as covered by it."""
    mark = OxmlElement("w:vMerge")
    if restart:
        mark.set(qn("w:val"), "restart")
    cell._tc.get_or_add_tcPr().append(mark)


def add_rows(table: Any, found: Sequence[Task]) -> None:
    """Add tasks to a table, merging category and project, and the shared leader and unit."""
    for index, task in enumerate(found):
        above = found[index - 1] if index else None
        cells = table.add_row().cells
        for cell, width in zip(cells, WIDTHS, strict=True):
            cell.width = Cm(width)
        write_cell(cells[0], [str(task.number)], center=True)
        write_cell(cells[3], [task.text], center=False)
        same_category = above is not None and above.category == task.category
        same_project = same_category and above is not None and above.project == task.project
        write_merged(cells[1], [task.category], covered=same_category)
        write_merged(cells[2], [task.project], covered=same_project)
        covered = above is not None and task.number in SHARED
        write_merged(cells[4], [padded(name) for name in task.officials], covered=covered)
        write_merged(cells[5], task.units, covered=covered)


def write_merged(cell: Any, lines: Sequence[str], *, covered: bool) -> None:
    """Write a cell that may go on below, or leave it to the one above."""
    merge(cell, restart=not covered)
    if not covered:
        write_cell(cell, lines, center=True)


def one_table(document: Any, found: Sequence[Task]) -> None:
    """Lay all tasks out in one table, which page breaks cut where they fall."""
    add_rows(new_table(document), found)


def table_a_page(document: Any, found: Sequence[Task]) -> None:
    """Lay the tasks out as the transcription has them: one table a page, all labels again."""
    for index, page in enumerate(pages(found)):
        if index:
            document.add_page_break()
        add_rows(new_table(document), page)


def build(notice: Notice, layout: Callable[[Any, Sequence[Task]], None], target: Path) -> None:
    """Build one Word file."""
    document = docx.Document()
    write_head(document, notice)
    layout(document, tasks(notice))
    document.save(str(target))


def to_pdf(source: Path, target: Path) -> None:
    """Make a PDF of a Word file with LibreOffice.

    Raises:
        RuntimeError: LibreOffice is not there, or gives none.
    """
    office = shutil.which("soffice")
    if office is None:
        message = "LibreOffice is missing; install libreoffice-writer-nogui and fonts-noto-cjk"
        raise RuntimeError(message)
    with tempfile.TemporaryDirectory() as folder:
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", folder, str(source)], check=True, capture_output=True
        )
        made = Path(folder) / f"{source.stem}.pdf"
        if not made.exists():
            message = f"LibreOffice gave no PDF of {source.name}; run it by hand to see why"
            raise RuntimeError(message)
        shutil.copyfile(made, target)


def main(folder: Path) -> None:
    """Make the three samples in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    notice = hongtou.convert(TRANSCRIPTION)
    word = folder / "minhang-2025-3.docx"
    build(notice, one_table, word)
    to_pdf(word, folder / "minhang-2025-3.pdf")
    with tempfile.TemporaryDirectory() as scratch:
        paged = Path(scratch) / "paged.docx"
        build(notice, table_a_page, paged)
        to_pdf(paged, folder / "minhang-2025-3-paged.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
