"""Tables whose cells have borders of their own: browsers draw those of merged ones at wrong places at page breaks."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import drawn, grids, stroke
from test_left_out_lines import write
from test_odd_tables import findings_of, read, ruled

import extract
from extract.reading import Reading
from extract.second import read_pdf_again
from schema.grid import Grid

XS = (60, 100, 180, 340, 440)
LABELS = ("序号", "类别", "工作任务", "牵头单位")
UNITS = ("市水务局", "市教育局", "市住建局", "市民政局", "市财政局", "市交通局")


def part(
    canvas: Canvas, numbers: range, labels: dict[int, str], *, ends: tuple[float, ...] = (), closed: bool = True
) -> float:
    """Draw a page's part of the table, with its header; give its foot.

    Args:
        canvas: To draw on.
        numbers: Of its rows.
        labels: The categories, by the rows in which their cells begin.
        ends: Where lines of the categories' column end cells, in rows from the header's foot on.
        closed: Whether the last category's cell has a line at the page's end.
    """
    top, height = 700.0, 40.0
    foot = top - height * (len(numbers) + 1)
    ys = [top - height * index for index in range(len(numbers) + 2)]
    for y in ys:
        stroke(canvas, XS[0], y, XS[1], y)
        stroke(canvas, XS[2], y, XS[-1], y)
    for y in (top, top - height, *(top - height - height * end for end in ends), *((foot,) if closed else ())):
        stroke(canvas, XS[1], y, XS[2], y)
    for x in XS:
        stroke(canvas, x, foot, x, top)
    write(canvas, top, LABELS, XS)
    for y, number in zip(ys[1:], numbers, strict=False):
        write(canvas, y, (str(number), labels.get(number, ""), f"推进任务{number}", UNITS[number % 6]), XS)
    return foot


def test_a_line_drawn_too_high_ends_no_merged_cell() -> None:
    """It stands amid a row; what is blank below it goes on beyond the page's end."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 7), {1: "水利", 3: "教育"}, ends=(2, 4.6), closed=False)
        canvas.showPage()
        part(canvas, range(7, 10), {7: "民生"})

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == [str(number) for number in range(1, 10)]
    assert [row.values[1].text for row in table.rows] == ["水利"] * 2 + ["教育"] * 4 + ["民生"] * 3
    assert not findings_of(draw)


def test_a_blank_cell_that_begins_where_labels_stand_at_the_top_is_doubted() -> None:
    """It is drawn as one of its own, and its label would stand on this page; the next page's may not be its."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 7), {1: "水利", 3: "教育"}, ends=(2, 4), closed=False)
        canvas.showPage()
        part(canvas, range(7, 10), {7: "民生"})

    doubted = {finding.row for finding in findings_of(draw) if finding.rule == "doubtful-repair"}
    assert {5, 6} <= doubted


def test_a_part_with_the_columns_of_the_page_before_is_no_drawing() -> None:
    """A merged cell is open at both ends, and has a line across it that no other column has."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 4), {1: "水利"}, closed=False)
        canvas.showPage()
        canvas.setFont("STSong-Light", 10)
        for y in (700, 660, 620):
            stroke(canvas, XS[0], y, XS[1], y)
            stroke(canvas, XS[2], y, XS[-1], y)
        stroke(canvas, XS[1], 670, XS[2], 670)
        for x in XS:
            stroke(canvas, x, 500 if x in (XS[0], XS[-1]) else 620, x, 700)
        for y, number in ((700, 4), (660, 5)):
            write(canvas, y, (str(number), "", f"推进任务{number}", UNITS[number]), XS)

    assert len(grids(drawn(draw))) == 2
    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (("38", "推进河湖长制", "市水务局", "李阳"), ("39", "改造老旧小区", "市住建局", "张贤"), True),
        (("甲", "推进河湖长制。", "市水务局", "李阳"), ("乙", "改造老旧小区。", "市住建局", "张贤"), True),
        (("地区", "指标", "2024", "备注"), ("全区", "产值", "2030", ""), False),
    ],
)
def test_labels_that_only_a_record_can_hold_are_doubted(
    first: tuple[str, ...], second: tuple[str, ...], *, told: bool
) -> None:
    """A number from which the rows count on, a sentence; years are labels."""

    def draw(canvas: Canvas) -> None:
        wide = (*first, "资金来源", "完成时限")
        ruled(canvas, (60, 130, 260, 340, 400, 460, 520), (700, 670, 640), (wide, (*second, "自筹", "全年")))

    rules = [finding.rule for finding in findings_of(draw)]
    assert ("doubtful-header" in rules) is told


@pytest.mark.parametrize(
    ("begun", "rest", "whole"), [("办好人民满意的", "教育事业", True), ("办好人民满意年", "教育事业", False)]
)
def test_a_label_that_leads_on_to_another_word_goes_on_over_the_break(begun: str, rest: str, *, whole: bool) -> None:
    """Also where its cell has room for more lines."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 7), {1: "水利", 4: begun}, ends=(3,))
        canvas.showPage()
        part(canvas, range(7, 10), {7: rest})

    (table,) = read(draw).tables
    labels = [row.values[1].text for row in table.rows]
    assert labels == ["水利"] * 3 + ([begun + rest] * 6 if whole else [begun] * 3 + [rest] * 3)
    assert any(finding.rule == "doubtful-repair" for finding in findings_of(draw)) is whole


@pytest.mark.parametrize("again", [False, True], ids=["first-reader", "second-reader"])
@pytest.mark.parametrize(("ground", "columns"), [(0.0, 3), (1.0, None)])
def test_cells_filled_on_a_dark_ground_have_lines_between_them(
    ground: float, columns: int | None, *, again: bool
) -> None:
    """On one of their own colour there is nothing to see."""
    rows = (LABELS[:3], ("1", "水利", "推进河湖长制"), ("2", "教育", "改造校舍"))

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(ground)
        canvas.rect(60, 600, 301, 91, stroke=0, fill=1)
        canvas.setFillGray(1.0)
        for row in range(3):
            for column in range(3):
                canvas.rect(61 + 100 * column, 661 - 30 * row, 99, 29, stroke=0, fill=1)
        canvas.setFillGray(0.2)
        for row, texts in enumerate(rows):
            write(canvas, 690 - 30 * row, texts, (61, 161, 261))

    data = drawn(draw)
    original = read_pdf_again(data, Reading("x.pdf", "")) if again else extract.read(data, "x.pdf")
    found = [block for block in original.blocks if isinstance(block, Grid)]
    assert [(grid.row_count, grid.column_count) for grid in found] == ([(3, columns)] if columns else [])


def test_a_label_that_leads_on_but_has_room_on_both_sides_is_doubted() -> None:
    """A page break would have cut it where its part of the cell ends."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 7), {1: "水利", 5: "办好人民满意的"}, ends=(3,))
        canvas.showPage()
        part(canvas, range(7, 10), {7: "教育事业"})

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows[3:]] == ["办好人民满意的"] * 3 + ["教育事业"] * 3
    assert [finding.rule for finding in findings_of(draw)] == ["doubtful-repair"] * 2


@pytest.mark.parametrize("early", [12, 30, 50])
def test_a_box_that_ends_within_a_row_ends_with_it(early: int) -> None:
    """Each cell is a box; one that goes on from the page before ends too early, and no other begins there."""
    ys = (700, 676, 636, 596, 556, 516)

    def box(canvas: Canvas, row: int, column: int, rows: int, *, less: int = 0) -> None:
        foot = ys[row + rows] + less
        canvas.rect(XS[column] + 1, foot + 1, XS[column + 1] - XS[column] - 2, ys[row] - foot - 2)

    def draw(canvas: Canvas) -> None:
        for numbers in (range(1, 4), range(4, 8)):
            for column in range(4):
                box(canvas, 0, column, 1)
            write(canvas, 700, LABELS, XS)
            box(canvas, 1, 1, 3, less=early if 4 in numbers else 0)
            for row, number in enumerate(numbers, 1):
                for column in (0, 2, 3):
                    box(canvas, row, column, 1)
                if row > 3:
                    box(canvas, row, 1, 1)
                category = "水利" if number == 1 else "教育" if row > 3 else ""
                write(canvas, ys[row], (str(number), category, f"推进任务{number}", UNITS[number % 6]), XS)
            canvas.showPage()

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == ["水利"] * 6 + ["教育"]


@pytest.mark.parametrize("is_lifted", [True, False])
def test_a_blank_page_is_doubted_where_labels_stand_on_later_pages(is_lifted: bool) -> None:  # noqa: FBT001 - a parameter
    """They stand at the top of their cells, but one that begins above a page break stands below it."""

    def draw(canvas: Canvas) -> None:
        part(canvas, range(1, 7), {1: "水利"} if is_lifted else {1: "水利", 4: "教育"}, ends=(3,))
        canvas.showPage()
        part(canvas, range(7, 10), {7: "教育"} if is_lifted else {})
        canvas.showPage()
        part(canvas, range(10, 13), {})
        canvas.showPage()
        part(canvas, range(13, 15), {13: "民生"})

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == ["水利"] * 3 + ["教育"] * 9 + ["民生"] * 2
    doubted = {finding.row for finding in findings_of(draw) if finding.rule == "doubtful-repair"}
    assert ({10, 11, 12} <= doubted) is is_lifted


@pytest.mark.parametrize("closed_above", [True, False])
def test_a_blank_remark_that_is_open_at_the_break_has_the_text_beyond_it(*, closed_above: bool) -> None:
    """Others of its column are blanks of their own; the other cells are closed at one side of the break only."""

    def draw(canvas: Canvas) -> None:
        labels = ("序号", "工作任务", "牵头单位", "备注")
        for y in (700, 660, 620, 580):
            stroke(canvas, XS[0], y, XS[-1], y)
        if closed_above:
            stroke(canvas, XS[0], 540, XS[3], 540)
        for x in XS:
            stroke(canvas, x, 540, x, 700)
        rows = (labels, ("1", "推进任务一", "市水务局", "新增"), ("2", "推进任务二", "市教育局", ""))
        for y, texts in zip((700, 660, 620), rows, strict=True):
            write(canvas, y, texts, XS)
        write(canvas, 580, ("3", "推进任务三", "市民政局", ""), XS)
        canvas.showPage()
        if not closed_above:
            stroke(canvas, XS[0], 800, XS[3], 800)
        stroke(canvas, XS[0], 760, XS[3], 760)
        stroke(canvas, XS[0], 720, XS[-1], 720)
        stroke(canvas, XS[0], 680, XS[-1], 680)
        for x in XS:
            stroke(canvas, x, 680, x, 800)
        for y, texts in (
            (800, ("4", "推进任务四", "市财政局", "续建")),
            (760, ("5", "推进任务五", "市住建局", "")),
            (720, ("6", "推进任务六", "市交通局", "")),
        ):
            write(canvas, y, texts, XS)

    (table,) = read(draw).tables
    assert [row.values[3].text for row in table.rows] == ["新增", "", "续建", "续建", "续建", ""]


@pytest.mark.parametrize("label", ["教育", ""])
def test_a_blank_label_right_below_the_title_of_a_section_is_doubted(label: str) -> None:
    """The label above stands in another section, into which no cell goes on."""

    def draw(canvas: Canvas) -> None:
        for y in (700, 660, 640, 600, 560, 540, 500, 460):
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, foot in ((700, 660), (640, 560), (540, 460)):
            for x in XS:
                stroke(canvas, x, foot, x, top)
        for x in (XS[0], XS[-1]):
            stroke(canvas, x, 460, x, 700)
        rows = (
            (700, LABELS),
            (660, ("一、民生", "", "", "")),
            (640, ("1", "水利", "推进任务1", UNITS[0])),
            (600, ("2", "", "推进任务2", UNITS[1])),
            (560, ("二、经济", "", "", "")),
            (540, ("3", label, "推进任务3", UNITS[2])),
            (500, ("4", "民政", "推进任务4", UNITS[3])),
        )
        for y, texts in rows:
            write(canvas, y, texts, XS)

    doubted = {finding.row for finding in findings_of(draw) if finding.rule == "doubtful-repair"}
    assert (3 in doubted) is (label == "")
