"""An invented notice with other columns, laid out by LibreOffice in several ways: every cell exact.

The notice is made at random from a fixed seed, so that nothing in it is known to the program:
names of two to six characters, one with ``·``; units with bracketed second names; brackets,
percentages, thousands separators and Latin; a column that may be blank.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from hongtou.emit import csv_text
from hongtou.pipeline import convert_file

LABELS = ("序号", "工作板块", "重点事项", "年度目标", "分管领导", "主办单位", "协办单位", "时间节点")
PEOPLE = ("李阳", "赵亮", "欧阳文静", "买买提·艾山", "王秀英", "陈建国", "张贤", "刘一鸣", "可晓林")
UNITS = (
    "市发展改革委", "市财政局", "市工业和信息化局", "市生态环境局", "市住房城乡建设局", "市卫生健康委", "市市场监管局",
    "高新区管委会", "市公安局（市反恐办）", "市大数据发展管理局", "各县（市、区）人民政府",
)  # fmt: skip
CATEGORIES = ("一、推动高质量发展", "二、深化改革开放", "三、保障和改善民生", "四、加强生态环境保护和污染防治攻坚")
VERBS = ("推进", "实施", "完成", "开展", "深化", "加快")
OBJECTS = (
    "重点产业链强链补链", "“一网通办”改革", "老旧小区改造（含加装电梯1,200台）", "5G基站建设", "GDP统计核算改革",
    "城乡居民医保参保率达到98.5%", "智慧教育平台建设", "河湖长制", "海绵城市示范区建设",
)  # fmt: skip
TAILS = ("，确保取得实效。", "，年内完成投资3.5亿元。", "，形成可复制可推广的经验做法，并在全市范围内推广。", "。")
DEADLINES = ("2025年12月底前", "6月30日", "全年", "第三季度")
LAYOUTS = ("whole", "split", "split once", "split center", "center")


def notice_rows() -> list[list[str]]:
    """Make the notice's rows; items of lists are parted by a line end."""
    dice = random.Random(7)  # noqa: S311 - a notice, no secret
    rows: list[list[str]] = []
    for category in CATEGORIES:
        for item in range(3):
            name = f"{dice.choice(OBJECTS)}{dice.choice(('工程', '行动', '计划'))}{item}"
            for _ in range(dice.randint(2, 5)):
                goal = "".join(
                    dice.choice(VERBS) + dice.choice(OBJECTS) + dice.choice(TAILS) for _ in range(dice.randint(1, 3))
                )
                people, lead = dice.sample(PEOPLE, dice.randint(1, 3)), dice.sample(UNITS, dice.randint(1, 3))
                support = dice.sample(UNITS, dice.randint(0, 2))
                lists = ["\n".join(items) for items in (people, lead, support)]
                rows.append([str(len(rows) + 1), category, name, goal, *lists, dice.choice(DEADLINES)])
    return rows


def padded(name: str) -> str:
    """Pad a name of two characters to three's width, as notices do."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def laid_out(rows: list[list[str]], layout: str) -> Any:
    """Make the Word document: category and item merged, rows split over pages or not."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    document.add_paragraph("2025年重点工作任务清单")
    table = document.add_table(len(rows) + 1, len(LABELS), style="Table Grid")
    for row, texts in zip(table.rows, (list(LABELS), *rows), strict=True):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            names = column == 4 and text not in LABELS
            cell.text = "\n".join(map(padded, text.split("\n"))) if names else text
        if "split" not in layout:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column in (1, 2):
        merge_alike(table, rows, column, center="center" in layout)
    if "once" not in layout:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return document


def merge_alike(table: Any, rows: list[list[str]], column: int, *, center: bool) -> None:
    """Merge the cells of a column that hold the same text, one under the other."""
    for text, group in groupby(range(len(rows)), key=lambda index: rows[index][column]):
        indexes = list(group)
        cell = table.cell(indexes[0] + 1, column).merge(table.cell(indexes[-1] + 1, column))
        cell.text = text
        if center:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make all layouts in Word, and print them with one run of LibreOffice."""
    folder = tmp_path_factory.mktemp("layouts")
    paths = [folder / f"{layout}.docx" for layout in LAYOUTS]
    for path in paths:
        laid_out(notice_rows(), path.stem).save(str(path))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_is_exact_in_every_layout(
    office: None, layout: str, suffix: str, request: pytest.FixtureRequest
) -> None:
    """Cut rows, cut merged cells, padded names and blanks come out as the notice has them, without a finding."""
    del office
    conversion = convert_file(request.getfixturevalue("printed") / f"{layout}.{suffix}")
    (table,) = conversion.normalized.tables
    found = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    truth = [[text.replace("\n", "、") for text in row] for row in notice_rows()]
    assert found == [list(LABELS), *truth]
    assert conversion.findings == ()
