"""Tables that are set oddly: struck and underlined text, a table in a cell, two columns on a page, forms, low rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import TEXTS, XS, YS, drawn, grids, rule_table, stroke, texts_of, write_texts
from test_line_habits import table_of

import extract
from extract.reading import Reading
from extract.second import read_pdf_again
from normalize import Normalized, normalize
from normalize.breaks import numbers_by_column
from schema.finding import Finding, Place, Severity
from schema.grid import Cell, Grid, Line
from schema.profile import built_in_profiles

Draw = Callable[[Canvas], None]


def read(draw: Draw) -> Normalized:
    """Read a drawn page into tables."""
    return normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles())


def findings_of(draw: Draw) -> list[Finding]:
    """Give all findings on a drawn page, without notes."""
    found = read(draw)
    return [*found.findings, *(finding for table in found.tables for finding in table.findings)]


def ruled(canvas: Canvas, xs: tuple[float, ...], ys: tuple[float, ...], texts: tuple[tuple[str, ...], ...]) -> None:
    """Draw a table with all its lines, and its texts."""
    canvas.setFont("STSong-Light", 12)
    for y in ys:
        stroke(canvas, xs[0], y, xs[-1], y)
    for x in xs:
        stroke(canvas, x, ys[-1], x, ys[0])
    for line, y in zip(texts, ys, strict=False):
        for text, x in zip(line, xs, strict=False):
            canvas.drawString(x + 2, y - 18, text)


@pytest.mark.parametrize(("up", "struck"), [(4.5, ["甲乙丙丁戊"]), (-1.5, [])])
def test_a_line_over_text_parts_no_row(up: float, struck: list[str]) -> None:
    """One that strikes text out is told, one that underlines it says nothing; both begin right at the cell's side."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("事项", "说明"), ("甲乙丙丁戊", "照旧")))
        stroke(canvas, 62, 652 + up, 122, 652 + up)

    data = drawn(draw)
    (grid,) = grids(data)
    assert texts_of(grid) == (("事项", "说明"), ("甲乙丙丁戊", "照旧"))
    found = [dict(f.details)["text"] for f in findings_of(draw) if f.rule == "struck-text"]
    assert found == struck
    (again,) = read_pdf_again(data, Reading("x.pdf", "")).blocks
    assert texts_of(again) == texts_of(grid)  # type: ignore[arg-type]


def test_a_label_with_a_slash_is_parted_from_the_rest_of_a_row_below_it() -> None:
    """Some programs draw no line below a header that they print again above a row that the page break cut."""
    above = (("序号", "日期/批号", "说明"), ("1", "6月", "推进建设，"))
    below = (("序号", "日期/\v批号", "说明\n形成机制。"), ("2", "7月", "完成"))
    rows = table_of([above, below]).rows
    assert [(row.values[0].text, row.values[2].text) for row in rows] == [("1", "推进建设，形成机制。"), ("2", "完成")]


@pytest.mark.parametrize("thick", [0.0, 2.2])
def test_a_ruling_line_close_below_text_stays(thick: float) -> None:
    """It reaches from side to side, however long the text over it is; thick ones end where their sides begin."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for x0, x1 in ((60, 108), (108, 156)):
            for y in (700, 682, 664):
                stroke(canvas, x0 + thick, y, x1 - thick, y)
        for x in (60, 108, 156):
            stroke(canvas, x, 664, x, 700)
        for x, y, text in (
            (60, 684, "甲乙丙丁"),
            (108, 684, "子丑寅卯"),
            (60, 666, "戊己庚辛"),
            (108, 666, "辰巳午未"),
        ):
            canvas.drawString(x, y, text)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (("甲乙丙丁", "子丑寅卯"), ("戊己庚辛", "辰巳午未"))


def test_the_blank_of_a_form_parts_no_row() -> None:
    """A line to write on is longer than its label, and ends near the cell's side, but not at it."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("事项", "签字"), ("甲", "签字：")))
        stroke(canvas, 205, 652, 257, 652)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (("事项", "签字"), ("甲", "签字："))


@pytest.mark.parametrize(("start", "end"), [(61.5, 123), (62, 129)])
def test_an_underline_may_reach_a_little_beyond_its_text(start: float, end: float) -> None:
    """Some producers draw it so, or under a space behind the text."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 140, 260), (700, 670, 640), (("甲乙丙丁戊", "说明"), ("一", "照旧")))
        stroke(canvas, start, 680.5, end, 680.5)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (("甲乙丙丁戊", "说明"), ("一", "照旧"))


def test_lines_drawn_doubled_enclose_no_row() -> None:
    """Each cell has its own frame, three points from the next one."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for i, line in enumerate(TEXTS):
            for j, text in enumerate(line):
                x, y = 60 + 103 * j, 700 - 33 * i
                canvas.rect(x, y - 30, 100, 30)
                canvas.drawString(x + 6, y - 18, text)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS


def test_the_ground_behind_a_line_of_text_is_no_line() -> None:
    """It is drawn piece by piece, and those between the scripts are as thin as lines; a line of its own stays one."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 0)
        for x, width in ((64, 24), (88, 2.4), (90.4, 12), (102.4, 2.4), (104.8, 24)):
            canvas.rect(x, 642, width, 26, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        ruled(canvas, (60, 140, 260), (700, 670, 640), (("事项", "说明"), ("建设", "照旧")))
        canvas.drawString(90.4, 652, "15")
        canvas.drawString(104.8, 652, "公里")
        canvas.rect(139.5, 640, 0.8, 60, stroke=0, fill=1)

    data = drawn(draw)
    (grid,) = grids(data)
    assert texts_of(grid) == (("事项", "说明"), ("建设15公里", "照旧"))
    (again,) = read_pdf_again(data, Reading("x.pdf", "")).blocks
    assert texts_of(again) == texts_of(grid)  # type: ignore[arg-type]


@pytest.mark.parametrize(("across", "down"), [(5.0, 5.0), (0.0, 5.0), (5.0, 0.0), (6.5, 6.5)])
def test_gutters_between_cells_are_no_columns_and_no_rows(across: float, down: float) -> None:
    """Each cell has its own frame; the gutters are the same all over, and hold no text."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for i, line in enumerate((*TEXTS, ("3", "丙项", "区人大办"))):
            for j, text in enumerate(line):
                x, y = 60 + (90 + across) * j, 700 - (30 + down) * i
                canvas.rect(x, y - 30, 90, 30)
                canvas.drawString(x + 6, y - 18, text)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (*TEXTS, ("3", "丙项", "区人大办"))


def test_narrow_columns_that_hold_text_are_no_gutters() -> None:
    """Marks stand in them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 6)
        ruled(canvas, (60, 120, 127, 187, 194, 254, 261, 321), (700, 670, 640), ())
        canvas.setFont("STSong-Light", 6)
        for x in (62, 121, 129, 188, 196, 255, 263):
            canvas.drawString(x, 680, "甲")
            canvas.drawString(x, 650, "乙")

    (grid,) = grids(drawn(draw))
    assert grid.column_count == 7


def test_a_header_of_which_a_strip_is_left_above_the_break_is_the_header() -> None:
    """The strip holds no text, and its cells are open below; the labels have digits as the records do."""
    labels = ("地区", "2023年", "2024年")
    records = (("浦东新区", "2,338.5", "6,170.5"), ("静安区", "5,435.5", "6,507.2"))

    def draw(canvas: Canvas) -> None:
        xs = (60, 160, 260, 360)
        stroke(canvas, xs[0], 90, xs[-1], 90)
        for x in xs:
            stroke(canvas, x, 90, x, 80)
        canvas.showPage()
        ruled(canvas, xs, (730, 700, 670), records)
        for x, label in zip(xs, (*labels, ""), strict=True):
            stroke(canvas, x, 760, x, 730)
            canvas.drawString(x + 2, 742, label)

    (table,) = read(draw).tables
    assert tuple(column.label for column in table.columns) == labels
    assert [tuple(value.text for value in row.values) for row in table.rows] == list(records)


CUT = ("一、深化体", "制改革")


@pytest.mark.parametrize(("cut", "told"), [(True, True), (False, False)])
def test_a_blank_part_of_a_page_is_doubted_where_the_label_before_it_was_cut(*, cut: bool, told: bool) -> None:
    """Where the parts of that stand does not tell whether its cell goes on; the one after it may begin in the blank."""

    def draw(canvas: Canvas) -> None:
        xs, number = (60, 124, 180, 400), 0
        first = ((CUT[0], 105), (CUT[1], 430)) if cut else (("一、改革", 649),)
        parts = (*first, ("", 0), ("二、民生", 430))
        for page, (label, y) in enumerate(parts):
            for x in xs:
                stroke(canvas, x, 760, x, 100)
            for y_line in range(760, 99, -66):
                stroke(canvas, xs[1], y_line, xs[-1], y_line)
            canvas.setFont("STSong-Light", 12)
            if page == 0:
                stroke(canvas, 60, 760, 124, 760)
                stroke(canvas, 60, 694, 124, 694)
                for x, text in zip(xs, ("类别", "序号", "事项"), strict=False):
                    canvas.drawString(x + 2, 725, text)
            canvas.drawString(62, y, label)
            for row in range(1 if page == 0 else 0, 10):
                number += 1
                canvas.drawString(126, 725 - 66 * row, str(number))
                canvas.drawString(182, 725 - 66 * row, f"推进第{number}项工作。")
            if page == len(parts) - 1:
                stroke(canvas, 60, 100, 124, 100)
            canvas.showPage()

    (table,) = read(draw).tables
    labels = [row.values[0].text for row in table.rows]
    assert labels[-1] == "二、民生"
    doubts = {finding.row for finding in table.findings if finding.rule == "doubtful-repair"}
    assert (set(range(20, 30) if cut else range(10, 20)) <= doubts) == told


def test_the_parts_of_a_table_side_by_side_are_one() -> None:
    """A page set in two columns prints the rest of the rows beside the first; a blank gutter parts them."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 200), (700, 670, 640, 610), (("序号", "姓名"), ("1", "王建国"), ("2", "李敏")))
        ruled(canvas, (220, 270, 360), (700, 670, 640, 610), (("3", "张伟"), ("4", "刘洋"), ("5", "陈静")))

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == ["序号", "姓名"]
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "王建国"], ["2", "李敏"], ["3", "张伟"], ["4", "刘洋"], ["5", "陈静"],
    ]  # fmt: skip


def test_a_column_without_lines_that_holds_text_is_no_gutter() -> None:
    """A merged cell that fills the page stands between columns of the same widths."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 200), (700, 670, 640), (("1", "甲"), ("2", "乙")))
        ruled(canvas, (220, 270, 360), (700, 670, 640), (("3", "丙"), ("4", "丁")))
        canvas.drawString(204, 665, "组")

    (grid,) = grids(drawn(draw))
    assert grid.column_count == 5


def test_a_table_in_a_cell_is_told() -> None:
    """Its texts become lines of the cell."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 330), (700, 670, 580), (("单位", "明细"), ("市教育局", "")))
        ruled(canvas, (140, 230, 320), (660, 625, 590), (("项目", "金额"), ("办公费", "300")))

    (found,) = (finding for finding in findings_of(draw) if finding.rule == "nested-table")
    assert dict(found.details)["text"] == "项目 金额 办公费 300"


@pytest.mark.parametrize(("top", "bottom", "columns"), [(667.5, 630, 2), (670, 610, 3), (670.4, 609.6, 3)])
def test_a_line_beside_stacked_text_is_no_side_of_a_column(top: float, bottom: float, columns: int) -> None:
    """It underlines that, from its first character to its last; one that reaches the row's lines is a side."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 610, 550), (("类别", "事项"), ("", "甲"), ("", "乙")))
        for row, text in enumerate(("水务局", "教育局")):
            for index, char in enumerate(text):
                canvas.drawString(90, 657 - 60 * row - 12 * index, char)
            stroke(canvas, 89, bottom - 60 * row, 89, top - 60 * row)

    (table,) = read(draw).tables
    assert len(table.columns) == columns
    assert [row.values[-2].text for row in table.rows] == ["水务局", "教育局"]


@pytest.mark.parametrize(("whole", "part", "told"), [(640, 644, []), (644, 640, [2])])
def test_a_low_row_is_none_or_told(whole: int, part: int, told: list[int]) -> None:
    """No text has room between lines so near to each other: a gap is no record; what begins a merged cell may be."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670), (("单位", "事项"),))
        for y in (whole, 606):
            stroke(canvas, 60, y, 260, y)
        stroke(canvas, 130, part, 260, part)
        for x in (60, 130, 260):
            stroke(canvas, x, 606, x, 670)
        for y, texts in ((652, ("甲局", "甲")), (616, ("乙局", "乙"))):
            canvas.drawString(62, y, texts[0])
            canvas.drawString(132, y, texts[1])

    assert [finding.row for finding in findings_of(draw) if finding.rule == "low-row"] == told
    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == (["甲", "", "乙"] if told else ["甲", "乙"])


def test_the_label_of_a_form_is_no_header() -> None:
    """What is filled in stands behind its label: the first row is no header."""
    rows = (("姓名", "王建国", "性别", "男"), ("民族", "汉族", "籍贯", "上海"), ("学历", "本科", "职称", "教授"))

    def form(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 220, 290, 380), (700, 670, 640, 610), rows)

    def table(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 220, 290, 380), (700, 670, 640, 610), (("姓名", "民族", "性别", "籍贯"), *rows[3:]))

    (found,) = (finding for finding in findings_of(form) if finding.rule == "doubtful-header")
    assert dict(found.details)["labels"] == "王建国、男"
    assert not [finding for finding in findings_of(table) if finding.rule == "doubtful-header"]


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("项目名称", "申报单位", "负责人", "建设内容", "审批意见", "总投资"), True),
        (("项目名称", "城市更新项目", "道路改造项目", "海绵城市项目", "社区食堂项目"), False),
        (("指标", "总人数", "总面积", "投资额", "增速"), False),
    ],
)
def test_a_column_of_labels_is_a_forms(labels: tuple[str, ...], told: bool) -> None:  # noqa: FBT001 - a parameter
    """What all end alike are names; a table may well measure what its first column names."""

    def draw(canvas: Canvas) -> None:
        rows = tuple((label, f"莘庄镇{index}") for index, label in enumerate(labels))
        ruled(canvas, (60, 160, 320), tuple(700 - 30 * index for index in range(len(labels) + 1)), rows)

    assert any(finding.rule == "doubtful-header" for finding in findings_of(draw)) is told


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        (("甲", "1", "2=1+3"), "东区", 1),
        (("甲", "乙", "3"), "东区", 1),
        (("1", "2", "3"), "1", 1),
        (("甲", "3", "8"), "东区", 2),
        (("1", "2", "3"), "2", 2),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_record(first: tuple[str, str, str], second: str, rows: int) -> None:
    """Where the count of the rows goes on behind it, it is kept and told."""

    def draw(canvas: Canvas) -> None:
        texts = (("地区", "项目数", "投资额"), first, (second, "80", "95"))
        ruled(canvas, (60, 130, 220, 290), (700, 670, 640, 610), texts)

    (table,) = read(draw).tables
    assert len(table.rows) == rows
    told = "numbered-columns" in [finding.rule for finding in findings_of(draw)]
    assert told is (rows == 2 and first == ("1", "2", "3"))


def test_paragraphs_of_a_cell_are_indented() -> None:
    """The lines of a paragraph whose first line begins two characters further right are as full as they are."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        rule_table(canvas, stroke)
        write_texts(canvas, (("序号", "内容", "说明"), ("1", "", ""), ("2", "", "")))
        width, x = XS[2] - XS[1], XS[1] + 6
        count = int((width - 12) / 12)
        canvas.setFont("STSong-Light", 12)
        lines = [(2, "为" * (count - 2)), (0, "了" + "规" * 3), (2, "范" * 3)]
        for index, (indent, text) in enumerate(lines):
            canvas.drawString(x + 12 * indent, YS[1] - 9 - 9 * index, text)

    (grid,) = grids(drawn(draw))
    (cell,) = (cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert cell.text.count("\v") == 1
    assert cell.text.index("\v") < cell.text.index("\n")


HEAD, RECORDS = ("文件：甲", "版本：乙"), (("序号", "姓名", "单位"), ("1", "王建国", "市教育局"))


def page_with_box(canvas: Canvas, rows: tuple[tuple[str, ...], ...], top: float, head: tuple[str, ...] = HEAD) -> None:
    """Draw a box of two columns, and a table right below it or further down, its outer sides drawn as one line."""
    ruled(canvas, (60, 200, 360), (760, 730), (head,))
    ruled(canvas, (60, 110, 230, 360), tuple(top - 30 * index for index in range(len(rows) + 1)), rows)
    if top > 700:
        stroke(canvas, 60, top - 30, 60, 760)


@pytest.mark.parametrize("top", [730, 727, 640])
def test_a_box_in_the_pages_heads_is_no_part_of_the_table_below(top: float) -> None:
    """It touches the table, or not; the table goes on over the break, and the box is told."""

    def draw(canvas: Canvas) -> None:
        page_with_box(canvas, RECORDS, top)
        canvas.showPage()
        page_with_box(canvas, (("2", "李敏", "市财政局"), ("3", "张伟", "市民政局")), top)

    found = read(draw)
    (table,) = found.tables
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "王建国", "市教育局"], ["2", "李敏", "市财政局"], ["3", "张伟", "市民政局"],
    ]  # fmt: skip
    assert [dict(f.details)["text"] for f in found.findings if f.rule == "running-table"] == ["文件：甲 版本：乙"]


@pytest.mark.parametrize("above", [True, False])
def test_a_box_of_text_right_above_or_below_a_table_is_none_of_its_rows(above: bool) -> None:  # noqa: FBT001 - a parameter
    """It touches the table's line, and has its own two sides."""
    top, bottom, text = (730, 700, "重要通知") if above else (640, 610, "以上数据截至上月底。")

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 230, 360), (700, 670, 640), RECORDS)
        ruled(canvas, (56, 366), (top, bottom), ((text,),))

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == RECORDS
    assert grid.edges == (60, 110, 230, 360)


def test_a_small_table_that_differs_from_page_to_page_stays() -> None:
    """Of two boxes at the same place that print different figures, each is a table."""

    def draw(canvas: Canvas) -> None:
        page_with_box(canvas, RECORDS, 640, ("金额", "121,00"))
        canvas.showPage()
        page_with_box(canvas, RECORDS, 640, ("金额", "122,00"))

    found = read(draw)
    labels = [[column.label for column in table.columns] for table in found.tables]
    assert [label[0] for label in labels].count("金额") == 2
    assert "running-table" not in [finding.rule for finding in found.findings]


def test_a_row_with_wide_cells_is_of_the_table() -> None:
    """Its inner side is one of the columns' below."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 230, 360), (760, 730), (("项目", "单位"),))
        ruled(canvas, (60, 110, 230, 360), (730, 700, 670), RECORDS)

    (grid,) = grids(drawn(draw))
    assert (grid.row_count, grid.column_count) == (3, 3)


def test_a_foot_that_both_of_two_pages_print_at_its_place_parts_no_table() -> None:
    """Of two pages nothing stands on more than two."""

    def page(canvas: Canvas, rows: tuple[tuple[str, ...], ...]) -> None:
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700), rows)
        canvas.drawString(60, 40, "某某市教育局编")

    def draw(canvas: Canvas) -> None:
        page(canvas, RECORDS)
        canvas.showPage()
        page(canvas, (("2", "李敏", "市财政局"), ("3", "张伟", "市民政局")))

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("某某市重点工作清单　第 {} 页 共 9 页", True),
        ("Annual report, Page {} of 9", True),
        ("某某市重点工作清单" + " " * 110 + "{}", True),
        ("重点工作清单（{}）", False),
        ("附件{}", False),
    ],
)
def test_a_head_that_counts_the_pages_parts_no_table(head: str, whole: bool) -> None:  # noqa: FBT001 - a parameter
    """The number is one more on each page; a title that only counts the tables parts them."""

    def draw(canvas: Canvas) -> None:
        for number in (1, 2, 3):
            ruled(canvas, (60, 110, 230, 460), (760, 730, 700), (*RECORDS[:1], (str(number), "王建国", "市教育局")))
            canvas.drawString(60, 790, head.format(number + 4))
            canvas.showPage()

    numbers = [[row.values[0].text for row in table.rows] for table in read(draw).tables]
    assert numbers == ([["1", "2", "3"]] if whole else [["1"], ["2"], ["3"]])


@pytest.mark.parametrize(
    ("head", "labels", "first", "told"),
    [
        ("附表1（续）", True, "5", None),
        ("重点工作清单", True, "3", []),
        ("重点工作清单", True, "1", None),
        ("新增工作清单", True, "3", None),
        ("重点工作清单 第2页", False, "3", ["重点工作清单 第2页"]),
    ],
)
def test_a_line_over_the_rest_of_a_table_parts_it_where_nothing_tells_that_it_goes_on(
    head: str,
    labels: bool,  # noqa: FBT001 - a parameter
    first: str,
    told: list[str] | None,
) -> None:
    """It says so, or it is the table's title again over rows that count on; over rows without a header it is told."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700, 670), (*RECORDS, ("2", "李敏", "市财政局")))
        canvas.drawString(60, 790, "重点工作清单")
        canvas.showPage()
        rest = (first, "张伟", "市民政局")
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700)[: 2 + labels], (RECORDS[0], rest) if labels else (rest,))
        canvas.drawString(60, 790, head)
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60, 790, "特此通知。")

    found = read(draw)
    goes_on = told is not None or "续" in head
    numbers = [[row.values[0].text for row in table.rows] for table in found.tables]
    assert numbers == ([["1", "2", first]] if goes_on else [["1", "2"], [first]])
    assert [dict(f.details)["text"] for f in found.findings if f.rule == "stray-text"] == (told or [])


@pytest.mark.parametrize(
    ("foot", "first", "whole"),
    [("填表人：王建国", "3", True), ("填表人：王建国", "1", False), ("附件2 新增工作清单", "3", False)],
)
def test_a_line_below_a_pages_part_of_a_table_is_its_foot_where_the_rows_count_on(
    foot: str, first: str, *, whole: bool
) -> None:
    """Who filled it in stands below each part; of two pages with parts of other heights, at other places."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700, 670), (*RECORDS, ("2", "李敏", "市财政局")))
        canvas.drawString(60, 640, foot)
        canvas.showPage()
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700), (RECORDS[0], (first, "张伟", "市民政局")))
        canvas.drawString(60, 670, foot)

    found = read(draw)
    numbers = [[row.values[0].text for row in table.rows] for table in found.tables]
    assert numbers == ([["1", "2", first]] if whole else [["1", "2"], [first]])
    assert "stray-text" not in [finding.rule for finding in found.findings]


WIDE = (
    (("序号", "项目名称", "建设单位"), ("1", "道路", "市公路局"), ("2", "桥梁", "市公路局"), ("3", "学校", "市教育局")),
    (("完成时限", "投资额", "联系人"), ("6月底", "100", "王建国"), ("7月底", "200", "李敏"), ("8月底", "300", "张伟")),
)
REST = (("4", "医院", "市卫健委"), ("5", "公园", "市园林局"), ("6", "码头", "市港口局"))
TOTALS = (("合计", "600", ""), ("本页小计", "600", ""), ("累计", "900", ""))


@pytest.mark.parametrize(
    ("pages", "labels", "told"),
    [
        (WIDE, ["序号", "完成时限"], 0),
        ((*WIDE, REST), ["序号", "完成时限", "4"], 1),
        ((WIDE[0], REST), ["序号"], 0),
        ((WIDE[0], WIDE[1][1:]), ["序号", "6月底"], 1),
        ((WIDE[0], TOTALS), ["序号"], 0),
    ],
    ids=["header", "counts", "goes-on", "counts-no-more", "totals"],
)
def test_pages_of_a_wide_sheet_are_tables_of_their_own(
    pages: tuple[tuple[tuple[str, ...], ...], ...], labels: list[str], told: int
) -> None:
    """Their columns stand at the same places; a page without a header of its own is doubted."""

    def draw(canvas: Canvas) -> None:
        for rows in pages:
            ruled(canvas, (60, 160, 260, 360), tuple(760 - 30 * at for at in range(len(rows) + 1)), rows)
            canvas.showPage()

    found = read(draw)
    assert [table.columns[0].label for table in found.tables] == labels
    doubted = [finding for finding in found.findings if finding.rule == "doubtful-header"]
    assert (len(doubted) > 0) == (told > 0)


AMOUNTS = (("道路", "1,200.5", "5.1%"), ("桥梁", "300", "-2%"), ("学校", "90.0", "3%"))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        (WIDE[0], REST, True),
        (WIDE[0], (("", "建设", "（二期）"), *REST), True),
        (WIDE[0], (("序号", "事项", "备注"), ("1", "医院", "")), False),
        ((("名称", "金额", "增速"), *AMOUNTS), AMOUNTS[::-1], True),
        ((("名称", "金额", "增速"), *AMOUNTS), (("姓名", "职务", "备注"), ("王建国", "主任", "")), False),
    ],
    ids=["counts-on", "cut-row", "counts-anew", "amounts", "other-header"],
)
def test_two_parts_of_a_table_on_one_sheet_are_one(
    first: tuple[tuple[str, ...], ...], second: tuple[tuple[str, ...], ...], *, whole: bool
) -> None:
    """Where two pages are printed on one, the second part stands below the first, and has no header."""

    def draw(canvas: Canvas) -> None:
        for top, rows in ((760, first), (400, second)):
            ruled(canvas, (60, 160, 260, 360), tuple(top - 30 * at for at in range(len(rows) + 1)), rows)
            canvas.drawString(100, top - 340, "— 1 —")

    assert len(read(draw).tables) == (1 if whole else 2)


def test_a_row_that_only_a_blank_cell_has_is_told() -> None:
    """The other cells reach over it: their texts come twice."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700, 670), (*RECORDS, ("2", "李敏", "市财政局")))
        stroke(canvas, 60, 680, 110, 680)

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == ["王建国", "李敏", "李敏"]
    assert [finding.rule for finding in table.findings].count("covered-row") == 1


@pytest.mark.parametrize(
    ("text", "upward"), [("经济Social", True), ("Social", True), ("Net income", False), ("民生", True), ("甲", True)]
)
def test_text_on_its_side_is_read_along(text: str, upward: bool) -> None:  # noqa: FBT001 - a parameter
    """It runs from the bottom to the top, or from the top to the bottom, in letters too."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 100, 260), (700, 670, 520), (("类别", "事项"), ("", "甲")))
        for index in range(4):
            canvas.drawString(60, 400 - 20 * index, "加快推进重点项目建设，改善民生。")
        canvas.saveState()
        canvas.translate(85 if upward else 75, 535 if upward else 655)
        canvas.rotate(90 if upward else -90)
        canvas.drawString(0, 0, text)
        canvas.restoreState()

    (table,) = read(draw).tables
    assert table.rows[0].values[0].text == text


@pytest.mark.parametrize(
    ("upper", "lower", "labels"),
    [
        (("甲", "", "乙", ""), ("计划", "完成", "计划", "完成"), ["甲/计划", "甲/完成", "乙/计划", "乙/完成"]),
        (("甲", "", "乙", ""), ("指标", "数", "目标", "值"), ["甲/指标", "甲/数", "乙/目标", "乙/值"]),
        (("甲", "", "乙", ""), ("1", "2", "3", "4"), ["甲", "甲", "乙", "乙"]),
    ],
)  # fmt: skip
def test_a_header_all_of_whose_labels_are_wide_has_two_levels(
    upper: tuple[str, ...], lower: tuple[str, ...], labels: list[str]
) -> None:
    """Each group has the same labels below it, or these have digits below them and none in them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (730, 700, 670, 640):
            stroke(canvas, 60, y, 340, y)
        for x in (60, 200, 340):
            stroke(canvas, x, 640, x, 730)
        for x in (130, 270):
            stroke(canvas, x, 640, x, 700)
        for y, texts in ((712, upper), (682, lower), (652, ("1", "2", "3", "4"))):
            for x, text in zip((62, 132, 202, 272), texts, strict=True):
                canvas.drawString(x, y, text)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == labels


def test_a_side_that_the_rows_leave_out_parts_an_amount_from_its_unit() -> None:
    """The header draws it, and no text crosses it; where one does, the cells are merged."""

    def draw(canvas: Canvas, second: str) -> None:
        ys = (700, 670, 640, 610, 580)
        ruled(canvas, (60, 110, 330), ys, (("序号", ""), *((str(n), "") for n in (1, 2, 3))))
        stroke(canvas, 220, 670, 220, 700)
        for y, texts in zip(ys, (("金额", "单位"), ("100", "万元"), ("200", second), ("300", "万元")), strict=False):
            canvas.drawString(112, y - 18, texts[0])
            canvas.drawString(222 if len(texts[1]) < 4 else 200, y - 18, texts[1])

    (table,) = read(lambda canvas: draw(canvas, "万元")).tables
    assert [[value.text for value in row.values][1:] for row in table.rows] == [
        ["100", "万元"], ["200", "万元"], ["300", "万元"],
    ]  # fmt: skip
    (table,) = read(lambda canvas: draw(canvas, "万元人民币")).tables
    assert table.rows[0].values[1].text == table.rows[0].values[2].text


def test_a_word_that_parts_just_at_a_side_that_its_row_leaves_out_is_one() -> None:
    """The rows of section titles have no sides; in the middle of the table a title may stand over one."""

    def draw(canvas: Canvas) -> None:
        ys = tuple(700 - 30 * index for index in range(8))
        ruled(canvas, (60, 300), ys, (("金额",),))
        canvas.drawString(182, 682, "单位")
        for index in range(0, 7, 2):
            stroke(canvas, 180, ys[index] - 30, 180, ys[index])
            canvas.drawString(62, ys[index] - 18, "金额" if index == 0 else str(index))
            canvas.drawString(182, ys[index] - 18, "单位" if index == 0 else "万元")
        for index in range(1, 7, 2):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(168, ys[index] - 18, "浦")
            canvas.setFont("STSong-Light", 10)
            canvas.drawString(180, ys[index] - 18, "东")

    (grid,) = grids(drawn(draw))
    assert [cell.text for cell in grid.cells if cell.row % 2] == ["浦东"] * 3


@pytest.mark.parametrize(("count", "told"), [(4, True), (2, False)])
def test_a_table_without_lines_is_told(count: int, told: bool) -> None:  # noqa: FBT001 - a parameter
    """It is not read; a line or two in pieces are no table."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("单位", "事项"), ("甲局", "甲")))
        for index in range(count):
            for x, text in ((60, "甲项"), (160, "120.5"), (260, "六月")):
                canvas.drawString(x, 500 - 20 * index, text)

    found = [finding for finding in findings_of(draw) if finding.rule == "unruled-table"]
    assert [dict(finding.details)["count"] for finding in found] == ([str(count)] if told else [])


@pytest.mark.parametrize("page", [1, 2])
def test_rows_without_lines_beside_a_table_that_print_its_labels_are_told(page: int) -> None:
    """Some programs draw no lines of a page's part: two lines in pieces are no table, but these are."""

    def draw(canvas: Canvas) -> None:
        if page > 1:
            ruled(canvas, (60, 160, 260, 360), (700, 670, 640), (("单位", "事项", "时限"), ("乙局", "评审", "七月")))
            canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        for y, texts in ((100, ("单位", "事项", "时限")), (80, ("甲局", "推进", "六月"))):
            for x, text in zip((62, 162, 262), texts, strict=True):
                canvas.drawString(x, y, text)
        canvas.showPage()
        if page == 1:
            ruled(canvas, (60, 160, 260, 360), (700, 670, 640), (("单位", "事项", "时限"), ("乙局", "评审", "七月")))

    found = [dict(finding.details) for finding in findings_of(draw) if finding.rule == "unruled-table"]
    assert [(each["page"], each["count"]) for each in found] == [(str(page), "2")]


def test_a_pages_part_whose_first_cell_ends_early_is_no_drawing() -> None:
    """A browser draws a merged cell's rest too low, and the first column's sides where it ends; a line parts all."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        stroke(canvas, 60, 680, 360, 680)
        stroke(canvas, 60, 670, 160, 670)
        stroke(canvas, 160, 660, 360, 660)
        for x in (60, 160, 260, 360):
            stroke(canvas, x, 700, x, 670 if x == 160 else 660)
        for x, label, text in ((62, "岗位", ""), (162, "姓名", "李阳"), (262, "成绩", "84.2")):
            canvas.drawString(x, 686, label)
            canvas.drawString(x, 666, text)

    (grid,) = grids(drawn(draw))
    assert [cell.text for cell in grid.cells if cell.lines] == ["岗位", "姓名", "成绩", "李阳", "84.2"]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ((("1", "甲局", "三月"), ("2", "乙局", ""), ("3", "丙局", "六月")), 3),
        ((("1", "", "三月"), ("2", "甲局", "四月"), ("3", "", "六月")), 1),
        ((("1", "甲局", ""), ("3", "乙局", ""), ("4", "丙局", "")), 1),
        ((("一", "甲局", ""), ("二", "乙局", ""), ("三", "丙局", "")), 1),
    ],
)
def test_rows_without_lines_between_them_are_parted_where_they_are_numbered(
    texts: tuple[tuple[str, ...], ...], count: int
) -> None:
    """Each number stands beside a line of the others; a column before others that is filled in few rows groups them."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 220, 300), (700, 670, 580), (("序号", "单位", "时限"),))
        for index, line in enumerate(texts):
            for x, text in zip((62, 132, 222), line, strict=True):
                canvas.drawString(x, 650 - 20 * index, text)

    (table,) = read(draw).tables
    assert len(table.rows) == count
    if count > 1:
        assert [tuple(value.text for value in row.values) for row in table.rows] == list(texts)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("王建国", "李　敏、张　伟", "刘　洋（女）"), ["王建国", "李敏、张伟", "刘洋（女）"]),
        (("区教育局", "区财政局", "区民政局"), ["区教育局", "区财政局", "区民政局"]),
        (("John Smith", "Ann Lee", "王建国"), ["John Smith", "Ann Lee", "王建国"]),
    ],
)
def test_a_column_of_members_holds_people_where_its_cells_name_some(cells: tuple[str, ...], told: list[str]) -> None:
    """Its label may stand over units as well."""

    def draw(canvas: Canvas) -> None:
        rows = (("组别", "成员"), *((f"第{index}组", text) for index, text in enumerate(cells)))
        ruled(canvas, (60, 130, 330), (700, 670, 640, 610, 580), rows)

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == told


def test_text_of_no_height_below_a_table_that_goes_on() -> None:
    """A font turned over has none; whether its line stands below a cell is measured in its heights."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("序号", "事项"), ("1", "甲")))
        canvas.setFont("STSong-Light", 0.001)
        canvas.drawString(180, 639.9, "乙")
        canvas.showPage()
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("序号", "事项"), ("2", "丙")))

    assert [[value.text for value in row.values] for table in read(draw).tables for row in table.rows] == [
        ["1", "甲"], ["2", "丙"],
    ]  # fmt: skip


def test_a_number_that_fills_its_line_counts_as_one() -> None:
    """In a narrow column it goes on in the next; two numbers, each on a line of its own, are none."""
    texts = ((("1", 0.0, 6.0), ("8", 0.0, 6.0)), (("1", 20.0, 6.0), ("9", 20.0, 6.0)), (("20", 0.0, 12.0),))
    cells = tuple(
        Cell(row, 0, 1, 1, tuple(Line(text, room, head, room) for text, room, head in lines), Place(page=1))
        for row, lines in enumerate(texts)
    )
    assert numbers_by_column(Grid(cells, 3, 1, Place(page=1))) == {0: [18, 20]}


@pytest.mark.parametrize("again", [False, True])
def test_frames_filled_between_two_rectangles_are_lines(*, again: bool) -> None:
    """So programs print a cell's own border; both readers read it."""

    def draw(canvas: Canvas) -> None:
        for top, bottom in pairwise(YS):
            for left, right in pairwise(XS):
                path = canvas.beginPath()
                path.rect(left + 1, bottom + 1, right - left - 2, top - bottom - 2)
                path.rect(left + 1.5, bottom + 1.5, right - left - 3, top - bottom - 3)
                canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
        write_texts(canvas)

    data = drawn(draw)
    blocks = read_pdf_again(data, Reading("x.pdf", "")).blocks if again else extract.read(data, "x.pdf").blocks
    (grid,) = (block for block in blocks if isinstance(block, Grid))
    assert texts_of(grid) == TEXTS


def test_a_line_below_text_that_ends_where_all_others_do_is_the_tables() -> None:
    """The table has no side there: a line that reaches from its last side to its edge underlines no text."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (700, 670, 610, 580):
            stroke(canvas, 60, y, 305, y)
        stroke(canvas, 160, 640, 305, 640)
        for side in (60, 160):
            stroke(canvas, side, 580, side, 700)
        for x, y, text in (
            (62, 682, "单位"), (162, 682, "任务"), (62, 635, "市水务局"), (160.8, 643, "推进河湖长制全面落实好"),
            (162, 615, "修缮泵站"), (62, 592, "市教育局"), (162, 592, "建设校舍"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    (grid,) = grids(drawn(draw))
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    assert (texts[1, 1], texts[2, 1]) == ("推进河湖长制全面落实好", "修缮泵站")


def test_underlined_texts_side_by_side_part_no_row() -> None:
    """The line under a text ends near the side of its cell, and the next text's begins right behind it."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 124, 260), (700, 670, 620), (("事项", "说明"), ("甲乙丙丁戊", "子丑寅卯辰")))
        canvas.drawString(62, 632, "己庚辛")
        canvas.drawString(126, 632, "巳午未")
        canvas.line(62.5, 650.5, 121.5, 650.5)
        canvas.line(126.5, 650.5, 185.5, 650.5)

    (grid,) = grids(drawn(draw))
    lines = [cell.text.replace("\v", "\n") for cell in grid.cells]
    assert lines == ["事项", "说明", "甲乙丙丁戊\n己庚辛", "子丑寅卯辰\n巳午未"]


def test_a_line_under_a_space_that_hangs_out_of_its_cell_parts_no_row() -> None:
    """A browser underlines the space behind a name too, and only the ink's half of a bracket at a line's end."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 124, 260), (700, 670, 620), (("姓名", "说明"), ("甲乙丙丁", "子丑寅卯）")))
        canvas.drawString(62, 632, "己庚辛")
        canvas.drawString(126, 632, "巳午未")
        for x0, x1 in ((62.5, 109.5), (111.5, 124.5), (126.5, 179.5)):
            canvas.line(x0, 650.5, x1, 650.5)

    (grid,) = grids(drawn(draw))
    lines = [cell.text.replace("\v", "\n") for cell in grid.cells]
    assert lines == ["姓名", "说明", "甲乙丙丁\n己庚辛", "子丑寅卯）\n巳午未"]


def test_the_rest_of_a_row_on_both_sides_of_a_merged_cell_is_one_row() -> None:
    """The merged cell has no line on the page, and the table no sides: nothing but the row's foot joins the parts."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for left, right in ((60, 90), (150, 220), (220, 320)):
            canvas.line(left, 650, right, 650)
        for x in (90, 150, 220):
            canvas.line(x, 650, x, 700)
        for x, text in ((66, "9"), (154, "推进改革"), (224, "市教育局")):
            canvas.drawString(x, 680, text)

    (grid,) = grids(drawn(draw))
    assert [cell.text for cell in grid.cells] == ["9", "", "推进改革", "市教育局"]


def test_the_strip_of_a_row_that_a_page_break_leaves_is_read_by_its_sides_and_its_foot() -> None:
    """All else stands on the page before."""

    def draw(canvas: Canvas, texts: Sequence[str]) -> None:
        canvas.setFont("STSong-Light", 6)
        for left, right, text in zip((60, 130, 220), (129, 219, 300), texts, strict=True):
            stroke(canvas, left, 693, right, 693)
            for x in (left, right):
                stroke(canvas, x, 693, x, 699)
            canvas.drawString(left + 2, 695, text)

    (grid,) = grids(drawn(lambda canvas: draw(canvas, ("24", "市民政局", "已办结"))))
    assert texts_of(grid) == (("24", "市民政局", "已办结"),)


@pytest.mark.parametrize(
    ("texts", "told"), [(("24", "市民政局", "甲", "乙", "丙"), True), (("制表", "审核", "日期"), False)]
)
def test_a_line_in_many_columns_outside_of_a_table_is_told(texts: Sequence[str], *, told: bool) -> None:
    """Hardly any line has so many pieces but a row that lost its lines."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 130, 260), (700, 670, 640), (("事项", "说明"), ("甲", "乙")))
        for index, text in enumerate(texts):
            canvas.drawString(62 + 90 * index, 560, text)

    found = [dict(finding.details)["text"] for finding in findings_of(draw) if finding.rule == "unruled-table"]
    assert bool(found) is told
    assert not told or "市民政局" in found[0]


def test_codes_in_a_number_column_are_told_once() -> None:
    """What has another shape among them is told in its row."""

    def draw(canvas: Canvas, codes: tuple[str, ...]) -> None:
        rows = [("序号", "工作任务", "牵头单位"), *((code, f"推进事项{code}", "市水务局") for code in codes)]
        ruled(canvas, (60, 130, 260, 360), tuple(700 - 30 * row for row in range(len(rows) + 1)), tuple(rows))

    codes = ("A-001", "A-002", "A-003", "A-004", "A-005")
    found = [f for f in findings_of(lambda canvas: draw(canvas, codes)) if f.rule == "not-a-number"]
    assert [(finding.severity, finding.row) for finding in found] == [(Severity.NOTE, None)]
    found = [f for f in findings_of(lambda canvas: draw(canvas, (*codes, "AO06"))) if f.rule == "not-a-number"]
    assert [(finding.severity, finding.row) for finding in found][1:] == [(Severity.WARNING, "AO06")]


def test_text_below_an_open_cell_goes_on_with_its_lines() -> None:
    """It stands as far below the last one as that below the one before, though the table's lines end above it."""

    def draw(canvas: Canvas, step: float) -> None:
        canvas.setFont("STSong-Light", 10)
        for y in (700, 670):
            stroke(canvas, 60, y, 260, y)
        stroke(canvas, 130, 610, 260, 610)
        for x in (60, 130, 260):
            stroke(canvas, x, 610, x, 700)
        for x, y, text in ((62, 685, "类别"), (132, 685, "事项"), (132, 655, "甲"), (132, 640, "乙")):
            canvas.drawString(x, y, text)
        for index, text in enumerate(("五、避免短", "期出现的坏", "包")):
            canvas.drawString(62, 632 - 18 * index - (step if index == 2 else 0), text)

    (table,) = read(lambda canvas: draw(canvas, 0)).tables
    assert "包" in table.rows[0].values[0].text
    (table,) = read(lambda canvas: draw(canvas, 20)).tables
    assert "包" not in table.rows[0].values[0].text
