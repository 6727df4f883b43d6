"""What is a table: forms to fill in and flow charts are none, and are not lost without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import drawn, grids, rule_table, stroke, texts_of, write_texts

import extract
from normalize import normalize
from schema.profile import built_in_profiles
from schema.table import Table


def rules_of(draw: Callable[[Canvas], None]) -> list[str]:
    """Give the findings on a drawn page."""
    return [f.rule for f in normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).findings]


def test_a_form_to_fill_in_is_quoted_and_left_out() -> None:
    """A label with a blank behind it is no header over data."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (700, 670, 640):
            stroke(canvas, 60, y, 300, y)
        for x in (60, 120, 300):
            stroke(canvas, x, 640, x, 700)
        canvas.drawString(66, 682, "姓名")
        canvas.drawString(66, 652, "单位")

    original = extract.read(drawn(draw), "x.pdf")
    found = normalize(original, built_in_profiles())
    assert len(found.tables) == 0
    form = next(finding for finding in found.findings if finding.rule == "form-left-out")
    assert dict(form.details)["text"] == "姓名 单位"


def test_a_table_with_blanks_is_no_form() -> None:
    """A header over rows with blanks stays a table."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (("序号", "事项", "单位"), ("1", "", ""), ("2", "", "")))

    assert "form-left-out" not in rules_of(draw)


@pytest.mark.parametrize("gap", [40, 80])
def test_boxes_with_a_line_between_them_are_a_drawing(gap: int) -> None:
    """A flow chart parts nothing into columns."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 80, 40)
        canvas.rect(140 + gap, 600, 80, 40)
        stroke(canvas, 140, 620, 140 + gap, 620)

    assert grids(drawn(draw)) == []


def test_rows_that_go_on_above_and_below_a_page_are_a_table() -> None:
    """Two lines across all columns, none of which is closed above or below, part three rows."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for x in (60, 120, 300, 500):
            stroke(canvas, x, 560, x, 700)
        for y in (660, 610):
            stroke(canvas, 60, y, 500, y)
        for y, texts in ((682, ("", "道路改造。")), (632, ("2", "管网更新。")), (592, ("3", "河道整治"))):
            canvas.drawString(66, y, texts[0])
            canvas.drawString(126, y, texts[1])

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == (("", "道路改造。", ""), ("2", "管网更新。", ""), ("3", "河道整治", ""))


def test_a_table_of_labels_only_is_doubtful() -> None:
    """No record, or two columns without a label: the grid may be a form, or its header was cut."""

    def labels_only(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (700, 670):
            stroke(canvas, 60, y, 500, y)
        for x in (60, 120, 300, 500):
            stroke(canvas, x, 670, x, 700)
        for x, text in ((66, "序号"), (126, "事项"), (306, "单位")):
            canvas.drawString(x, 680, text)

    def unlabelled(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (("序号", "", ""), ("1", "甲项", "区委办"), ("2", "乙项", "区财政局")))

    def labelled(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)

    found = [
        [f.rule for t in normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables for f in t.findings]
        for draw in (labels_only, unlabelled, labelled)
    ]
    assert ["doubtful-table" in rules for rules in found] == [True, True, False]


def test_the_text_of_an_open_cell_outside_of_the_table_is_no_title() -> None:
    """So some producers print the label of a merged cell that goes on over a page break."""
    xs, rows = (60, 160, 260, 400), (700, 670, 640, 610, 580)

    def page(canvas: Canvas, first: int) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in rows:
            stroke(canvas, xs[0] if y not in (rows[0], rows[-1]) else xs[1], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, rows[-1], x, rows[0])
        for index, y in enumerate(rows[1:], first):
            canvas.drawString(170, y + 10, f"{index}项" if index else "事项")
            canvas.drawString(270, y + 10, f"单位{index}" if index else "单位")

    def draw(canvas: Canvas) -> None:
        page(canvas, 0)
        canvas.drawString(66, 680, "地区")
        stroke(canvas, 60, 700, 160, 700)
        canvas.showPage()
        page(canvas, 4)
        canvas.drawString(66, 730, "长宁区")

    original = extract.read(drawn(draw), "x.pdf")
    found = normalize(original, built_in_profiles())
    (table,) = found.tables
    assert len(table.rows) == 7
    stray = next(finding for finding in found.findings if finding.rule == "stray-text")
    assert dict(stray.details)["text"] == "长宁区"


def test_a_header_that_a_page_break_cut_between_its_levels_is_whole() -> None:
    """The upper level stands alone at a page's foot; the lower one is blank below the labels that have none."""
    xs = (60, 120, 280, 390, 500)

    def row(canvas: Canvas, top: int, edges: tuple[int, ...], texts: tuple[str, ...]) -> None:
        for y in (top, top - 30):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in edges:
            stroke(canvas, x, top - 30, x, top)
        for x, text in zip(edges, texts, strict=False):
            canvas.drawString(x + 6, top - 20, text)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        row(canvas, 100, (60, 120, 280, 500), ("序号", "事项", "责任分工"))
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        row(canvas, 760, xs, ("", "", "牵头单位", "配合单位"))
        row(canvas, 730, xs, ("1", "甲项", "区委办", "区财政局"))
        row(canvas, 700, xs, ("2", "乙项", "区教育局", ""))

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [column.label for column in table.columns] == ["序号", "事项", "责任分工/牵头单位", "责任分工/配合单位"]
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "甲项", "区委办", "区财政局"],
        ["2", "乙项", "区教育局", ""],
    ]
    assert table.ledger.balanced


#: A row of a narrow table on top of a page, or at its foot: where it begins, its height, and its texts.
Printed = tuple[int, int, tuple[str, ...]]


def table_over_a_break(above: Printed, below: tuple[Printed, ...], xs: tuple[int, ...]) -> Table:
    """Draw one row at a page's foot and the others on the next page; give the table that they make."""

    def row(canvas: Canvas, top: int, height: int, texts: tuple[str, ...]) -> None:
        for y in (top, top - height):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, top - height, x, top)
        for x, text in zip(xs, texts, strict=False):
            canvas.drawString(x + 6, top - 16, text)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        row(canvas, *above)
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        for printed in below:
            row(canvas, *printed)

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    return table


@pytest.mark.parametrize("within", [True, False])
def test_the_title_of_a_table_that_is_printed_again_with_its_header_is_no_section(within: bool) -> None:  # noqa: FBT001 - a parameter
    """It stands within the table's lines, or above them where a page break cuts a row."""
    xs, title = (60, 120, 280, 400), "年度重点任务分解表"

    def part(canvas: Canvas, top: int, rows: tuple[tuple[str, ...], ...], *, closed: bool) -> None:
        canvas.setFont("STSong-Light", 12)
        ys = [top - 30 * index for index in range(len(rows) + 2)]
        canvas.drawString(180, top - 20, title)
        for index, y in enumerate(ys[0 if within else 1 :]):
            if closed or index + 1 < len(ys[0 if within else 1 :]):
                stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, ys[-1], x, ys[0 if within and x in (xs[0], xs[-1]) else 1])
        for y, row in zip(ys[1:], rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 6, y - 20, text)

    def draw(canvas: Canvas) -> None:
        labels = ("序号", "事项", "牵头单位")
        part(canvas, 600, (labels, ("1", "甲项", "区委办"), ("2", "完善政务服务，优化流", "区教育局")), closed=within)
        canvas.showPage()
        part(canvas, 740, (labels, ("", "程。", ""), *((("3", "丙项", "区财政局"),) if within else ())), closed=True)

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [column.label for column in table.columns] == ["序号", "事项", "牵头单位"]
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "甲项", "区委办"],
        ["2", "完善政务服务，优化流程。", "区教育局"],
        *([["3", "丙项", "区财政局"]] if within else []),
    ]


@pytest.mark.parametrize("title", ["", "任务"])
def test_a_header_row_that_a_page_break_cut_below_its_title_is_whole(title: str) -> None:
    """Each text at the top of the new page is the rest of a label above that filled its line."""
    xs = (60, 84, 280, 320)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (120, 100, 80) if title else (100, 80):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, 80, x, 120 if title and x in (xs[0], xs[-1]) else 100)
        for x, y, text in ((180, 104, title), (66, 84, "序"), (90, 84, "事项"), (286, 84, "牵头")):
            canvas.drawString(x, y, text)
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        for y in (760, 740, 710):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, 710, x, 760)
        for y, row in ((744, ("号", "", "单位")), (720, ("1", "推进城市更新", "甲办"))):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 6, y, text)

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [column.label for column in table.columns] == ["序号", "事项", "牵头单位"]
    assert [row.values[0].text for row in table.rows] == ["1"]
    assert table.title == title


def test_a_header_row_that_a_page_break_cut_is_whole() -> None:
    """Each text at the top of the new page is the rest of a label above that filled its line."""
    rows = (
        (760, 20, ("号", "", "单位")),
        (740, 30, ("1", "推进城市更新", "甲办")),
        (710, 30, ("2", "深化营商环境改革", "乙局")),
    )
    table = table_over_a_break((100, 20, ("序", "事项", "牵头")), rows, (60, 84, 280, 320))
    assert [column.label for column in table.columns] == ["序号", "事项", "牵头单位"]
    assert [row.values[0].text for row in table.rows] == ["1", "2"]
    assert table.ledger.balanced


def test_labels_with_typed_line_ends_go_on_over_a_page_break_where_no_line_ends_them() -> None:
    """What is blank where the row below has its number is the rest of the labels."""
    xs = (60, 100, 180, 320, 420)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        stroke(canvas, xs[0], 100, xs[-1], 100)
        for x in xs:
            stroke(canvas, x, 80, x, 100)
        for x, text in zip(xs, ("序号", "", "建设", "完成"), strict=False):
            canvas.drawString(x + 6, 84, text)
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        for y in (740, 710, 680):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, 680, x, 760)
        rows = (
            ("", "项目类型", "单位", "标准"),
            ("1", "水利", "市水务局", "年底前完工"),
            ("2", "教育", "市教育局", "年底前竣工"),
        )
        for y, row in zip((744, 720, 690), rows, strict=True):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 6, y, text)

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [column.label for column in table.columns] == ["序号", "项目类型", "建设单位", "完成标准"]
    assert [row.values[0].text for row in table.rows] == ["1", "2"]


def test_a_header_at_a_pages_foot_takes_no_row_of_the_next_page() -> None:
    """Labels that fill their lines are whole where the row below them has digits as the next one does."""
    rows = ((760, 20, ("甲村", "81.8", "95")), (740, 20, ("乙村", "17.3", "80")))
    table = table_over_a_break((100, 20, ("村名", "面积", "标准")), rows, (60, 94, 126, 158))
    assert [column.label for column in table.columns] == ["村名", "面积", "标准"]
    assert [row.values[0].text for row in table.rows] == ["甲村", "乙村"]


#: A row's height and texts, none where the cell above goes on.
Texts = tuple[int, tuple[str | None, ...]]


def parts(canvas: Canvas, *pages: tuple[int, tuple[Texts, ...], bool]) -> None:
    """Draw a table of three columns page by page: its top, its rows, and whether a line ends it."""
    xs = (60, 160, 300, 400)
    for number, (top, rows, closed) in enumerate(pages):
        if number:
            canvas.showPage()
        canvas.setFont("STSong-Light", 10)
        y = top
        for height, texts in rows:
            for x0, x1, text in zip(xs[:-1], xs[1:], texts, strict=True):
                if text is not None:
                    stroke(canvas, x0, y, x1, y)
                    for at, line in enumerate(text.split("\n")):
                        canvas.drawString(x0 + 4, y - 12 - 14 * at, line)
            y -= height
        for x in xs:
            stroke(canvas, x, y, x, top)
        if closed:
            stroke(canvas, xs[0], y, xs[-1], y)


HEAD: Texts = (20, ("单位", "措施", "责任人"))


@pytest.mark.parametrize(
    ("rest", "joined", "told"),
    [
        # A list goes on with its next point.
        (("", "3.检修泵站；\n4.清理河道。", ""), True, False),
        # Merged cells may go on, and the program draws a line where it cuts no row, as on the page before.
        (("", "", "张强"), False, True),
        # All columns are filled.
        (("市水务局", "1.巡查。", "张强"), False, False),
    ],
)
def test_a_row_without_a_number_that_a_page_cuts_is_whole_or_told(
    rest: tuple[str, ...],
    joined: bool,  # noqa: FBT001 - a parameter
    told: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Its list goes on, or no line ends it where lines end the other pages' parts: what does not decide is told."""
    merged: tuple[Texts, ...] = ((20, ("市教育局", "1.巡查；\n2.保养。", "李敏")), (20, (None, None, "赵亮")))
    plain: tuple[Texts, ...] = tuple((40, (f"第{n}处", f"1.巡查{n}次；\n2.保养。", "李敏")) for n in "一二三")
    first = merged if told else plain
    last: Texts = (40, ("市水利局", "1.筹备；\n2.组织实施。", "王伟\n周毅"))

    def draw(canvas: Canvas) -> None:
        parts(
            canvas,
            (740, (HEAD, *first), True),
            (740, (HEAD, *first, last), False),
            (740, (HEAD, (40, rest), *first), True),
        )

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    found = [finding for finding in table.findings if dict(finding.details).get("rule") == "join-split-row"]
    assert len(table.rows) == 3 * len(first) + 2 - joined
    assert bool(found) is told


def test_a_list_that_a_page_cuts_before_the_first_number_is_of_that_row() -> None:
    """Only its first point stands above the break, right below the labels."""

    def draw(canvas: Canvas) -> None:
        parts(
            canvas,
            (100, ((20, ("序号", "措施", "责任人")), (20, ("", "1.筹备；", ""))), False),
            (740, ((40, ("1", "2.组织实施。", "王伟")), (20, ("2", "巡查。", "李敏"))), True),
        )

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [[value.text for value in row.values] for row in table.rows] == [
        ["1", "1.筹备；\n2.组织实施。", "王伟"],
        ["2", "巡查。", "李敏"],
    ]


@pytest.mark.parametrize(("begun", "rest", "rows"), [("2025", "-3", 4), ("2025-", "3", 4), ("2025-3", "2025-4", 5)])
def test_a_code_that_numbers_a_row_and_is_cut_by_a_page_break_is_whole(begun: str, rest: str, rows: int) -> None:
    """Both parts together are the next one."""
    first: tuple[Texts, ...] = ((20, ("2025-1", "巡查。", "市水务局")), (20, ("2025-2", "保养。", "市教育局")))
    last: Texts = (20, ("2025-4" if rows == 4 else "2025-5", "总结。", "市水务局"))

    def draw(canvas: Canvas) -> None:
        head: Texts = (20, ("序号", "工作任务", "牵头单位"))
        parts(
            canvas,
            (740, (head, *first, (40, (begun, "完善政务服务，优化流程推动", "市财政局"))), True),
            (740, ((20, (rest, "改革。", "" if rows == 4 else "市民政局")), last), True),
        )

    (table,) = normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).tables
    assert [row.values[0].text for row in table.rows] == [f"2025-{number}" for number in range(1, rows + 1)]


def test_text_below_a_note_at_a_tables_end_is_no_row() -> None:
    """Before the note stands the rest of a row, which has no line above it."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        for y in (720, 700):
            stroke(canvas, 60, y, 400, y)
        for x, bottom in ((60, 700), (160, 720), (300, 720), (400, 700)):
            stroke(canvas, x, bottom, x, 760)
        for x, y, text in (
            (164, 746, "检修泵站；"), (164, 732, "清理河道。"), (304, 746, "张强"),
            (64, 706, "注：本表所列任务由各单位按季度报送进展情况。"), (80, 686, "特此通知。"),
            (310, 668, "市水利局办公室"), (310, 650, "十一月二十日"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    (grid,) = grids(drawn(draw))
    assert grid.row_count == 2
