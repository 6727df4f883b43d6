"""Tables without upright lines: their columns are told by gaps, and that they are is told."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import drawn, grids, stroke, texts_of
from test_odd_tables import findings_of, read

LABELS = ("序号", "姓名", "单位")
ROWS = (("1", "王建国", "市教育局"), ("2", "李　敏", "市财政局"), ("3", "张伟", "市民政局"))
XS = (62, 162, 262)


def print_rows(canvas: Canvas, rows: tuple[tuple[str, ...], ...], top: int) -> None:
    """Print rows thirty points apart, without lines."""
    canvas.setFont("STSong-Light", 12)
    for index, row in enumerate(rows):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x, top - 18 - 30 * index, text)


def rule(canvas: Canvas, *ys: int, sides: bool = False) -> None:
    """Draw lines over the table's width, and its outer sides."""
    for y in ys:
        stroke(canvas, 60, y, 360, y)
    if sides:
        for x in (60, 360):
            stroke(canvas, x, ys[-1], x, ys[0])


@pytest.mark.parametrize("sides", [True, False])
def test_a_table_with_lines_between_its_rows_only_is_read_and_told(sides: bool) -> None:  # noqa: FBT001 - a parameter
    """Its columns are where gaps run through all of its text, between labels and between records."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, (LABELS, *ROWS), 700)
        rule(canvas, 700, 670, 640, 610, 580, sides=sides)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == list(LABELS)
    assert [value.text for value in table.rows[1].values] == ["2", "李敏", "市财政局"]
    (found,) = (finding for finding in findings_of(draw) if finding.rule == "columns-by-gaps")
    assert dict(found.details)["labels"] == "序号、姓名、单位"


def test_a_table_of_three_lines_is_read_where_its_rows_are_numbered() -> None:
    """One line is above its header, one below it, and one at its end."""

    def draw(canvas: Canvas, rows: tuple[tuple[str, ...], ...]) -> None:
        print_rows(canvas, (LABELS, *rows), 700)
        rule(canvas, 700, 670, 580)

    (table,) = read(lambda canvas: draw(canvas, ROWS)).tables
    assert [row.values[2].text for row in table.rows] == ["市教育局", "市财政局", "市民政局"]
    found = read(lambda canvas: draw(canvas, tuple(("甲", *row[1:]) for row in ROWS)))
    assert not found.tables
    assert {"no-table", "unruled-table"} <= {finding.rule for finding in found.findings}


def test_a_row_that_a_page_break_left_without_a_line_is_of_the_table() -> None:
    """It fills all columns, above the first line; a caption does not."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(62, 710, "Table 1")
        print_rows(canvas, (LABELS, *ROWS), 700)
        rule(canvas, 700, 670, 640, 610, 580)
        canvas.showPage()
        print_rows(canvas, (("4", "刘洋", "市水务局"), ("5", "陈静", "市审计局"), ("6", "杨帆", "市统计局")), 700)
        rule(canvas, 670, 640, 610)

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "rows",
    [
        (("抄送：区委办公室", "", ""), ("某某市人民政府办公室", "", "印发"), ("", "", "")),
        (LABELS, ("1", "一句话说明这一项工作的全部内容和要求", ""), ("2", "甲", "乙")),
    ],
)
def test_lines_over_text_that_stands_in_no_columns_are_no_table(rows: tuple[tuple[str, ...], ...]) -> None:
    """The foot of a notice, and text that crosses what would be a gap."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, rows, 700)
        rule(canvas, 700, 670, 640, 610)

    assert not grids(drawn(draw))


def test_labels_in_the_middle_of_their_columns_belong_to_the_text_below() -> None:
    """They may stand beside all of it."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, ((), ("1", "甲", "乙"), ("2", "丙", "丁")), 700)
        for x, text in ((100, "号"), (210, "事"), (310, "位")):
            canvas.drawString(x, 682, text)
        rule(canvas, 700, 670, 640, 610)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (("号", "事", "位"), ("1", "甲", "乙"), ("2", "丙", "丁"))


EDGES = (60, 110, 200, 300, 360)


def rule_pieces(canvas: Canvas, y: int, first: int = 0) -> None:
    """Draw a line cell by cell, as browsers do, from a column on."""
    for a, b in pairwise(EDGES[first:]):
        stroke(canvas, a, y, b, y)


def print_at(canvas: Canvas, y: int, *texts: str, xs: tuple[int, ...] = (64, 114, 204, 304)) -> None:
    """Print texts beside each other."""
    canvas.setFont("STSong-Light", 12)
    for x, text in zip(xs, texts, strict=True):
        canvas.drawString(x, y, text)


def test_the_pieces_of_lines_tell_columns_however_near_their_texts_are() -> None:
    """A line that begins further inside leaves out a cell that goes on; the text of a label may fill its column."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 682, "类别", "重点工作任务", "牵头负责部门单位", "时限")
        print_at(canvas, 652, "城建", "推进城市更新", "市住房城乡建设局", "全年")
        print_at(canvas, 622, "", "整治易涝积水点", "市水务局", "六月")
        print_at(canvas, 592, "民生", "发放各类补助金", "市民政局", "年底")
        for y in (700, 670, 610, 580):
            rule_pieces(canvas, y)
        rule_pieces(canvas, 640, first=1)

    (table,) = read(draw).tables
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["城建", "推进城市更新", "市住房城乡建设局", "全年"],
        ["城建", "整治易涝积水点", "市水务局", "六月"],
        ["民生", "发放各类补助金", "市民政局", "年底"],
    ]


def test_a_label_over_several_columns_stands_above_a_line_as_wide_as_they_are() -> None:
    """It is in the middle, and covers no other's edge."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 667, "序号", "工作任务", xs=(64, 114))
        print_at(canvas, 682, "责任分工", xs=(256,))
        print_at(canvas, 652, "单位", "时限", xs=(238, 318))
        for number, y in enumerate((622, 592, 562), 1):
            print_at(canvas, y, str(number), "更新项目", "市水务局", "全年")
        rule(canvas, 700, 640, 610, 580, 550)
        stroke(canvas, 200, 670, 360, 670)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == ["序号", "工作任务", "责任分工/单位", "责任分工/时限"]
    assert [row.values[2].text for row in table.rows] == ["市水务局"] * 3


def test_a_caption_parts_two_tables() -> None:
    """It is larger, or stands in more room than a row does; a page may hold no more than the second one's labels."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, (LABELS, *ROWS[:2]), 700)
        rule(canvas, 700, 670, 640, 610)
        canvas.drawString(150, 580, "附件：后续名单")
        print_rows(canvas, (LABELS, ("1", "张伟", "市民政局")), 550)
        rule(canvas, 550, 520, 490)

    first, second = read(draw).tables
    assert [row.values[1].text for row in first.rows] == ["王建国", "李敏"]
    assert [row.values[1].text for row in second.rows] == ["张伟"]


def test_a_table_goes_on_with_the_columns_of_the_page_before() -> None:
    """One of them is blank there, and a page break cuts a row whose rest is in one column only."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 682, "序号", "姓名", "单位", "备注")
        print_at(canvas, 652, "1", "王建国", "市教育局", "组长")
        print_at(canvas, 622, "2", "赵亮", "市住房和城", "成员")
        rule(canvas, 700, 670, 640)
        canvas.showPage()
        print_at(canvas, 712, "乡建设局", xs=(204,))
        print_at(canvas, 682, "3", "孙立", "市财政局", "")
        print_at(canvas, 652, "4", "郑杰", "市民政局", "")
        rule(canvas, 700, 670, 640)

    (table,) = read(draw).tables
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "王建国", "市教育局", "组长"],
        ["2", "赵亮", "市住房和城乡建设局", "成员"],
        ["3", "孙立", "市财政局", ""],
        ["4", "郑杰", "市民政局", ""],
    ]


def test_rows_of_one_text_are_titles_of_sections_where_there_are_several() -> None:
    """They need not reach over an edge."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, (LABELS, ("区级", "", ""), *ROWS[:2], ("市级", "", ""), ROWS[2]), 700)
        rule(canvas, *range(700, 490, -30))

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["区级", "区级", "市级"]
    assert [row.values[2].text for row in table.rows] == ["王建国", "李敏", "张伟"]


def test_a_table_of_three_lines_is_read_where_its_rows_are_figures() -> None:
    """None of them wraps; a line without figures may be the rest of the one above it, and the table is refused."""
    figures = (("城区", "2,338.5", "9.4%"), ("郊区", "-1,679.7", "—"), ("合计", "658.8", "1.2%"))

    def draw(canvas: Canvas, rows: tuple[tuple[str, ...], ...]) -> None:
        print_rows(canvas, (("地区", "产值", "增减"), *rows), 700)
        rule(canvas, 700, 670, 700 - 30 * (len(rows) + 1))

    (table,) = read(lambda canvas: draw(canvas, figures)).tables
    assert [tuple(value.text for value in row.values) for row in table.rows] == [*figures]
    assert not read(lambda canvas: draw(canvas, (*figures[:2], ("和新区", "", ""), figures[2]))).tables


def test_labels_without_a_line_above_them_are_the_header() -> None:
    """They stand in the middle of columns whose texts begin at the left, and a caption stands above one of them."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 700, "单位：万元", xs=(300,))
        print_at(canvas, 682, "类别", "任务", "单位", "时限", xs=(72, 142, 238, 318))
        print_at(canvas, 652, "城建", "推进城市更新", "市住房城乡建设局", "全年")
        print_at(canvas, 622, "民生", "发放各类补助金", "市民政局", "年底")
        for y in (670, 640, 610):
            rule_pieces(canvas, y)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == ["类别", "任务", "单位", "时限"]
    assert [row.values[2].text for row in table.rows] == ["市住房城乡建设局", "市民政局"]


def test_a_row_without_a_line_below_it_is_of_a_table_of_one_other_row() -> None:
    """A merged cell leaves out a part of the line below the labels, as those of a header with two levels do."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 682, "类别", "任务", "单位", "时限", xs=(72, 142, 238, 318))
        print_at(canvas, 652, "推进城市更新", "市住建局", "全年", xs=(114, 204, 304))
        print_at(canvas, 622, "发放各类补助金", "市民政局", "年底", xs=(114, 204, 304))
        rule_pieces(canvas, 700)
        rule_pieces(canvas, 670, first=1)
        rule_pieces(canvas, 640, first=1)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid)[-1][-3:] == ("发放各类补助金", "市民政局", "年底")


@pytest.mark.parametrize("further", [66, 90])
def test_what_stands_a_space_behind_the_texts_of_a_column_is_of_it(further: int) -> None:
    """The second items of its cells begin under each other by chance; further away they are another column's."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 682, "序号", "工作任务", "责任单位", xs=(64, 114, 204))
        for number, y in enumerate((652, 622, 592), 1):
            print_at(canvas, y, str(number), "更新项目", "市水务局二", "区局", xs=(64, 114, 204, 204 + further))
        rule(canvas, 700, 670, 640, 610, 580)

    (grid,) = grids(drawn(draw))
    assert grid.column_count == (3 if further == 66 else 4)


def test_a_row_below_a_table_may_fill_a_column_that_is_blank_above_it() -> None:
    """Its text there begins between the lines of the others, and stands alone."""

    def draw(canvas: Canvas) -> None:
        print_at(canvas, 682, "类别", "任务", "单位", "时限", xs=(72, 142, 238, 318))
        print_at(canvas, 652, "城建", "推进城市更新", "市住建局", xs=(64, 114, 204))
        print_at(canvas, 622, "民生", "发放补助金", "市民政局", xs=(64, 114, 204))
        print_at(canvas, 592, "水利", "整治易涝点", xs=(64, 114))
        print_at(canvas, 578, "年底", xs=(304,))
        print_at(canvas, 564, "和河道", "市水务局", xs=(114, 204))
        for y in (700, 670, 640, 610):
            rule_pieces(canvas, y)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid)[-1][2:] == ("市水务局", "年底")


def test_a_word_too_wide_for_its_cell_hides_no_column() -> None:
    """It runs over the gap in one row of several, and the labels stand apart; on the next page both say so again."""
    address = "zhangsanfeng.office@example.org"

    def draw(canvas: Canvas) -> None:
        labels = ("序号", "地址", "姓名", "备注")
        print_at(canvas, 682, *labels)
        for index, (mail, name) in enumerate((("a@example.cn", "孙立"), (address, ""), ("b@example.cn", "郑杰"))):
            print_at(canvas, 652 - 30 * index, str(index + 1), mail, name, "组员")
        rule(canvas, 700, 670, 640, 610, 580)
        canvas.showPage()
        print_at(canvas, 682, *labels)
        print_at(canvas, 652, "4", address, "", "组员")
        print_at(canvas, 622, "5", "c@example.cn", "吴敏", "组员")
        rule(canvas, 700, 670, 640, 610)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == ["序号", "地址", "姓名", "备注"]
    assert [row.values[0].text for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert [row.values[2].text for row in table.rows if row.values[2].text in ("孙立", "郑杰", "吴敏")] == [
        "孙立",
        "郑杰",
        "吴敏",
    ]


def test_a_caption_with_a_gap_behind_its_number_parts_two_tables() -> None:
    """Other text may stand above it."""

    def draw(canvas: Canvas) -> None:
        print_rows(canvas, (LABELS, *ROWS[:2]), 700)
        rule(canvas, 700, 670, 640, 610)
        canvas.drawString(62, 590, "以上人员由各单位推荐，名单另行公布，请各单位遵照执行。")
        canvas.drawString(150, 560, "表2　后续名单")
        print_rows(canvas, (("编号", "地区", "数量"), ("甲", "东区", "120")), 550)
        rule(canvas, 550, 520, 490)

    first, second = read(draw).tables
    assert [row.values[1].text for row in first.rows] == ["王建国", "李敏"]
    assert [column.label for column in second.columns] == ["编号", "地区", "数量"]
