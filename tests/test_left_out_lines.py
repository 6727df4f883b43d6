"""Tables of which a program leaves out lines: of the row that ends a page, all upright ones, those between rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import stroke
from test_odd_tables import Draw, findings_of, read, ruled

XS = (60, 100, 300, 400)
LABELS = ("序号", "工作任务", "牵头单位")
HEIGHT, PITCH = 36, 14


def write(canvas: Canvas, top: float, texts: Sequence[str], xs: Sequence[float] = XS) -> None:
    """Write the lines of a row's cells, from its top on."""
    canvas.setFont("STSong-Light", 10)
    for text, x in zip(texts, xs, strict=False):
        for index, line in enumerate(text.split("\n")):
            canvas.drawString(x + 3, top - 12 - PITCH * index, line)


def page(canvas: Canvas, rows: Sequence[Sequence[str]], *, uprights: bool = True, open_rows: int = 0) -> float:
    """Draw a page's part of the table; give its foot.

    Args:
        canvas: To draw on.
        rows: From the header on.
        uprights: Whether the upright lines are drawn.
        open_rows: How many of the last rows have neither sides nor a line below.
    """
    ys = [700 - HEIGHT * index for index in range(len(rows) + 1)]
    closed = ys[: len(ys) - open_rows]
    for y in closed:
        stroke(canvas, XS[0], y, XS[-1], y)
    if uprights:
        for x in XS:
            stroke(canvas, x, closed[-1], x, closed[0])
    for top, texts in zip(ys, rows, strict=False):
        write(canvas, top, texts)
    return ys[-1]


def texts(draw: Draw) -> list[list[tuple[str, ...]]]:
    """Give the texts of the rows of each table."""
    return [[tuple(value.text for value in row.values) for row in table.rows] for table in read(draw).tables]


FIRST = (("1", "推进河湖长制", "市水务局"), ("2", "建设智慧教育平台", "市教育局"))
SECOND = (("3", "开展城市体检", "市住建局"), ("4", "改造老旧小区", "市住建局"), ("5", "铺设雨污管网", "市水务局"))


def test_a_page_without_upright_lines_goes_on_with_the_columns_of_the_one_before() -> None:
    """The lines of both are as wide; a column may be blank there, and what its lines tell is no guess."""
    rows = tuple((number, "", unit) for number, _, unit in SECOND)

    def draw(canvas: Canvas) -> None:
        page(canvas, (LABELS, *FIRST))
        canvas.showPage()
        page(canvas, (LABELS, *rows), uprights=False)

    assert texts(draw) == [[*FIRST, *rows]]
    assert not [finding for finding in findings_of(draw) if finding.rule == "columns-by-gaps"]


def test_a_table_with_upright_lines_goes_on_with_one_without() -> None:
    """A page's gaps stand beside the lines of the next one, and beside no other column's."""

    def draw(canvas: Canvas) -> None:
        page(canvas, (LABELS, *FIRST, SECOND[0]), uprights=False)
        canvas.showPage()
        page(canvas, (LABELS, *SECOND[1:]))

    assert texts(draw) == [[*FIRST, *SECOND]]


@pytest.mark.parametrize("foot", [None, "— 1 —"])
def test_the_last_row_of_a_page_may_have_no_lines(foot: str | None) -> None:
    """It stands right below the others, in their columns."""

    def draw(canvas: Canvas) -> None:
        page(canvas, (LABELS, *FIRST), open_rows=1)
        if foot:
            canvas.drawString(220, 60, foot)
        canvas.showPage()
        page(canvas, (LABELS, *SECOND))

    assert texts(draw) == [[*FIRST, *SECOND]]


@pytest.mark.parametrize(
    "below",
    [
        # Its texts stand in columns, but not as theirs do.
        ((78, "制表人：王建国"), (330, "审核：李敏")),
        # It is one text.
        ((63, "注：本表所列任务由各单位按季度报送进展情况，并于年底前完成。"),),
    ],
)
def test_a_foot_below_a_table_is_no_row(below: Sequence[tuple[float, str]]) -> None:
    """It stands as near as a row without lines does."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST))
        for x, text in below:
            canvas.drawString(x, end - 12, text)

    assert texts(draw) == [[*FIRST]]


def test_two_rows_without_lines_below_a_table_are_not_taken_for_one() -> None:
    """A column of which all texts have one line has two there."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST))
        for index, row in enumerate(SECOND[:2]):
            write(canvas, end - PITCH * index, row)

    assert texts(draw) == [[*FIRST]]


def test_lines_below_a_table_that_no_upright_one_touches_are_its_own() -> None:
    """They are as wide as it, and the text between them stands in its columns."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST))
        for index, row in enumerate(SECOND):
            write(canvas, end - HEIGHT * index, row)
            if index < 2:
                stroke(canvas, XS[0], end - HEIGHT * (index + 1), XS[-1], end - HEIGHT * (index + 1))

    assert texts(draw) == [[*FIRST, *SECOND]]


def test_a_row_over_all_columns_at_a_pages_end_may_have_no_lines() -> None:
    """It begins where the others do, and the next page prints the header again."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        ys = (700, 664, 644, 608, 572)
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, bottom, xs in ((700, 572, (XS[0], XS[-1])), (700, 664, XS), (644, 572, XS)):
            for x in xs:
                stroke(canvas, x, bottom, x, top)
        for top, cells in zip(ys, (LABELS, ("一、水利",), *FIRST, ("二、住房",)), strict=True):
            write(canvas, top, cells)
        canvas.showPage()
        page(canvas, (LABELS, *SECOND))

    assert texts(draw) == [
        [*(("一、水利", *row) for row in FIRST), *(("二、住房", *row) for row in SECOND)],
    ]


@pytest.mark.parametrize("ruled_off", [True, False])
def test_a_row_over_all_columns_may_stand_first_below_the_labels_without_sides(ruled_off: bool) -> None:  # noqa: FBT001 - a parameter
    """So print programs that leave out the sides of a page's last rows; no table ends right behind its labels."""
    title, low = "一、水利和河湖治理工程", 20

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS,))
        write(canvas, end, (title,))
        if ruled_off:
            stroke(canvas, XS[0], end - low, XS[-1], end - low)
            write(canvas, end - low, FIRST[0])
        canvas.showPage()
        page(canvas, (LABELS, *(FIRST[1:] if ruled_off else FIRST)))

    assert texts(draw) == [[(title, *row) for row in FIRST]]


def test_a_row_over_all_columns_at_a_pages_end_may_lie_a_little_over_the_line_above() -> None:
    """Its letters' box does: the next page goes on with it all the same."""
    rows = (LABELS, ("一、水利和河湖治理工程",), *FIRST)

    def draw(canvas: Canvas) -> None:
        ys = tuple(700 - HEIGHT * index for index in range(len(rows) + 1))
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, bottom, xs in ((ys[0], ys[-1], (XS[0], XS[-1])), (ys[0], ys[1], XS), (ys[2], ys[-1], XS)):
            for x in xs:
                stroke(canvas, x, bottom, x, top)
        for top, cells in zip(ys, (*rows, ("二、住房",)), strict=True):
            write(canvas, top + 4 * (top == ys[-1]), cells)
        canvas.showPage()
        page(canvas, (LABELS, *SECOND))

    assert texts(draw) == [
        [*((rows[1][0], *row) for row in FIRST), *(("二、住房", *row) for row in SECOND)],
    ]


@pytest.mark.parametrize("title", ["一、水利和河湖治理工程", "一、水利"])
def test_the_title_of_a_section_right_between_two_lines_fills_no_column(title: str) -> None:
    """Nor does one that is as short as the first column is wide."""
    xs = (60, 160, 300, 400)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        for y in (700, 664, 644, 608):
            stroke(canvas, xs[0], y, xs[-1], y)
        for x in xs:
            stroke(canvas, x, 664, x, 700)
        for top, cells in zip((700, 664, 644, 608), (LABELS, (title,), *FIRST), strict=True):
            write(canvas, top, cells, xs)

    assert texts(draw) == [[(title, *row) for row in FIRST]]


@pytest.mark.parametrize(("low", "found"), [(30, 1), (40, 2)])
def test_a_row_over_all_columns_of_a_table_without_outer_sides_has_room_around_its_text(low: int, found: int) -> None:
    """Its text stands in its middle; where there is more room, what is below it is a table of its own."""
    title = "一、水利和河湖治理工程建设任务"

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        ys = (700, 664, 664 - low, 628 - low, 592 - low)
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, bottom in ((700, 664), (664 - low, 592 - low)):
            for x in XS[1:-1]:
                stroke(canvas, x, bottom, x, top)
        for top, cells in zip((ys[0], *ys[2:4]), (LABELS, *FIRST), strict=True):
            write(canvas, top, cells)
        canvas.drawString(155, 664 - low / 2 - 4, title)

    tables = texts(draw)
    assert len(tables) == found
    assert found > 1 or tables == [[(title, *row) for row in FIRST]]


@pytest.mark.parametrize("number", ["1", "2025-01"])
def test_the_first_number_of_a_table_may_stand_below_a_page_break_that_cuts_its_row(number: str) -> None:
    """The row's first line stands above it, below the title of a section."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        for y in (700, 664, 628):
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, bottom, xs in ((700, 664, XS), (664, 628, (XS[0], XS[-1])), (628, 610, XS)):
            for x in xs:
                stroke(canvas, x, bottom, x, top)
        for top, cells in (
            (700, LABELS),
            (664, ("一、水利和河湖治理工程",)),
            (628, ("", "推进河湖长制和小流域综合治理工程建设与")),
        ):
            write(canvas, top, cells)
        canvas.showPage()
        for y in (664, 628):
            stroke(canvas, XS[0], y, XS[-1], y)
        for x in XS:
            stroke(canvas, x, 628, x, 700)
        write(canvas, 700, (number, "管护，年底前完工。", "市水务局"))
        write(canvas, 664, FIRST[1])

    (rows,) = texts(draw)
    assert [row[1:] for row in rows] == [
        (number, "推进河湖长制和小流域综合治理工程建设与管护，年底前完工。", "市水务局"),
        FIRST[1],
    ]


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("closed", [False, True])
def test_a_merged_cell_at_an_open_side_may_fill_a_page(*, right: bool, closed: bool) -> None:
    """Nothing is drawn of its column there: that of the page before is open at its foot, or other columns tell."""
    at, inner = (4, slice(0, 5)) if right else (0, slice(1, 6))
    xs: tuple[float, ...] = (60, 100, 220, 290, 360, 430) if right else (60, 130, 170, 290, 360, 430)

    def row(*own: str, label: str = "") -> tuple[str, ...]:
        return *own[:at], label, *own[at:]

    def record(number: int, label: str = "") -> tuple[str, ...]:
        return row(str(number), f"建设第{number}处泵站", "市水务局", f"{number}月底", label=label)

    def part(canvas: Canvas, rows: Sequence[Sequence[str]], *whole: int) -> None:
        """Draw a page's part, of which these lines go over all columns."""
        ys = [700 - HEIGHT * index for index in range(len(rows) + 1)]
        for index, y in enumerate(ys):
            reach = xs if index in whole else xs[inner]
            stroke(canvas, reach[0], y, reach[-1], y)
        for x in xs[inner]:
            stroke(canvas, x, ys[-1], x, ys[0])
        for y, cells in zip(ys, rows, strict=False):
            write(canvas, y, cells, xs)

    def draw(canvas: Canvas) -> None:
        labels = row("序号", "工作任务", "牵头单位", "完成时限", label="板块")
        part(canvas, (labels, record(1, "水利"), record(2)), 0, 1, *((3,) if closed else ()))
        canvas.showPage()
        part(canvas, (record(3), record(4), record(5)))
        canvas.showPage()
        part(canvas, (record(6), record(7)), 2)

    assert texts(draw) == [[record(number, "水利") for number in range(1, 8)]]


def test_a_line_below_a_letterhead_is_none_of_the_table_further_down() -> None:
    """It is wider than all lines of the table, which has no upright ones."""

    def draw(canvas: Canvas) -> None:
        stroke(canvas, XS[0] - 20, 780, XS[-1] + 20, 780)
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(XS[0], 740, "各区水务局：　　现将有关任务印发给你们。")
        page(canvas, (LABELS, *FIRST, *SECOND), uprights=False)

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == list(LABELS)
    assert [tuple(value.text for value in row.values) for row in table.rows] == [*FIRST, *SECOND]


def test_a_label_covers_no_row_below_the_header_that_is_printed_again() -> None:
    """No line is drawn between it and the rest of a merged cell: the row that a break cuts is joined all the same."""
    labels = ("工作板块", "工作任务", "牵头单位")
    rows = (("水利", "推进河湖长制。", "市水务局"), ("", "铺设雨污管网，完成投资三亿元，惠及群众", "市水务局"))

    def draw(canvas: Canvas) -> None:
        page(canvas, (labels, *rows[:1]))
        write(canvas, 700 - 2 * HEIGHT, rows[1])
        end = 700 - 3 * HEIGHT
        for x in XS:
            stroke(canvas, x, end, x, 700)
        stroke(canvas, XS[1], end, XS[-1], end)
        canvas.showPage()
        for y, x0 in ((700, XS[0]), (664, XS[1]), (628, XS[1]), (592, XS[0])):
            stroke(canvas, x0, y, XS[-1], y)
        for x in XS:
            stroke(canvas, x, 592, x, 700)
        for top, cells in zip(
            (700, 664, 628), (labels, ("", "十二万人。", ""), ("", "修缮泵站。", "市水务局")), strict=True
        ):
            write(canvas, top, cells)

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == [
        "推进河湖长制。",
        "铺设雨污管网，完成投资三亿元，惠及群众十二万人。",
        "修缮泵站。",
    ]
    assert {row.values[0].text for row in table.rows} == {"水利"}


def unruled(rows: Sequence[Sequence[str]], *, labels: Sequence[str] = LABELS, middle: bool = False) -> Draw:
    """Give what draws a table with lines above and below the header and at its end only, the first cell by cell."""

    def draw(canvas: Canvas) -> None:
        y = 700.0
        for x0, x1 in pairwise(XS):
            stroke(canvas, x0, 700, x1, 700)
        stroke(canvas, XS[0], 676, XS[-1], 676)
        write(canvas, y, labels)
        y = 676.0
        for row in rows:
            heights = [text.count("\n") + 1 for text in row]
            for text, x, count in zip(row, XS, heights, strict=False):
                offset = (max(heights) - count) * PITCH / 2 if middle else 0
                write(canvas, y - offset, (text,), (x,))
            y -= PITCH * max(heights) + 4
        stroke(canvas, XS[0], y, XS[-1], y)

    return draw


WRAPPED = (
    ("1", "推进河湖长制，完成投资三亿元，惠及群\n众十二万人。", "市水务局"),
    ("2", "建设智慧教育平台。", "市教育局"),
    ("3", "开展城市体检，形成可复制可推广的经验\n做法，并在全市范围内推广。", "市住房城乡\n建设局"),
    ("4", "改造老旧小区。", "市住建局"),
)


@pytest.mark.parametrize("middle", [False, True])
def test_numbers_part_rows_of_several_lines(middle: bool) -> None:  # noqa: FBT001 - a parameter
    """Each cell begins beside its row's number, or has its middle there."""
    expected = [tuple(text.replace("\n", "") for text in row) for row in WRAPPED]
    assert texts(unruled(WRAPPED, middle=middle)) == [expected]


def test_figures_part_rows_without_numbers() -> None:
    """A column of nothing but figures has one line in each row."""
    rows = (
        ("甲区", "地区生产总值", "2,338.5"),
        ("甲区", "社会消费品零售总额及其各项构成的完成\n情况", "1,679.7"),
        ("乙区", "人均收入", "139.7"),
    )
    expected = [tuple(text.replace("\n", "") for text in row) for row in rows]
    assert texts(unruled(rows, labels=("地区", "指标", "数值"))) == [expected]


def test_rows_that_nothing_parts_are_told() -> None:
    """They stand in one record, and a finding points at it."""
    rows = (("甲局", "推进河湖长制", "长期"), ("乙局", "建设教育平台", "年底"), ("丙局", "开展城市体检", "全年"))
    (record,) = texts(unruled(rows))[0]
    assert all(text in "".join(record) for row in rows for text in row)
    assert "unruled-rows" in {finding.rule for finding in findings_of(unruled(rows))}


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        # The second label is numbered, and begins beside the third number.
        (("一、水利\n建设", "", "二、教育", ""), ["一、水利建设", "一、水利建设", "二、教育", "二、教育"]),
        # The first is short: the next one does not go on with it.
        (("水利", "教育和\n住房", "", ""), ["水利", "教育和住房", "教育和住房", "教育和住房"]),
    ],
)
def test_labels_of_several_rows_go_on_until_the_next_one(labels: Sequence[str], expected: Sequence[str]) -> None:
    """They begin beside the first number of theirs."""
    xs = (60, 90, 150, 330, 420)

    def draw(canvas: Canvas) -> None:
        y = 700.0
        for rule in (700, 676):
            stroke(canvas, xs[0], rule, xs[-1], rule)
        write(canvas, y, ("序号", "工作板块", "工作任务", "牵头单位"), xs)
        y = 676.0
        for label, row in zip(labels, WRAPPED, strict=True):
            write(canvas, y, (row[0], label, row[1][:16], row[2][:5]), xs)
            y -= PITCH + 4
        stroke(canvas, xs[0], y, xs[-1], y)

    (table,) = read(draw).tables
    assert [row.values[1].text for row in table.rows] == expected


def test_a_title_in_larger_print_parts_two_tables_without_upright_lines() -> None:
    """The second one has columns of its own, though its lines are as wide."""
    second = (("甲区", "20"), ("乙区", "35"), ("丙区", "41"))

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST, *SECOND), uprights=False)
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(180, end - 30, "各区完成情况统计")
        xs = (60, 180, 290)
        top = end - 48
        for index, row in enumerate((("地区", "完成数", "同比增减"), *((name, count, "5%") for name, count in second))):
            stroke(canvas, XS[0], top - 20 * index, XS[-1], top - 20 * index)
            write(canvas, top - 20 * index, row, xs)
        stroke(canvas, XS[0], top - 80, XS[-1], top - 80)

    assert texts(draw) == [[*FIRST, *SECOND], [(name, count, "5%") for name, count in second]]


@pytest.mark.parametrize("down", [0, 22])
def test_sides_of_a_merged_cell_that_are_left_out_are_put_in_and_told(down: int) -> None:
    """The lines beside it end there; where they are drawn again, the next cell begins, at its top or in its middle."""
    rows = (("水利", "推进河湖长制", "市水务局"), ("", "铺设雨污管网", "市水务局"))

    def draw(canvas: Canvas) -> None:
        page(canvas, (("类别", "工作任务", "牵头单位"), *rows[:1]))
        canvas.showPage()
        ys = [700 - HEIGHT * index for index in range(6)]
        for index, y in enumerate(ys):
            stroke(canvas, XS[0] if index in (0, 1, 5) else XS[1], y, XS[-1], y)
        for x in XS[2:]:
            stroke(canvas, x, ys[-1], x, ys[0])
        # The merged cell above goes on over two rows, without its sides.
        for x in XS[:2]:
            stroke(canvas, x, ys[1], x, ys[0])
            stroke(canvas, x, ys[-1], x, ys[3])
        cells = (("类别", "工作任务", "牵头单位"), rows[1], ("", "修缮泵站", "市水务局"), ("", "建设平台", "市教育局"))
        for y, row in zip(ys, (*cells, ("", "培训教师", "市教育局")), strict=False):
            write(canvas, y, row)
        write(canvas, ys[3] - down, ("教育",))

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["水利", "水利", "水利", "教育", "教育"]
    assert "unclosed-cells" in {finding.rule for finding in findings_of(draw)}


@pytest.mark.parametrize("blank", [0, 4])
def test_a_merged_cell_that_ends_above_its_last_row_makes_no_row(blank: int) -> None:
    """Its line is drawn there where it goes on over a page break; the next label begins with the row below.

    A blank rest of the row that the page break cut is lower than that.
    """
    cells = (("", "铺设雨污管网", "市水务局"), ("", "修缮泵站", "市水务局"), ("教育", "建设平台", "市教育局"))

    def draw(canvas: Canvas) -> None:
        page(canvas, (("类别", "工作任务", "牵头单位"), ("水利", "推进河湖长制", "市水务局")))
        canvas.showPage()
        ys = [700 - HEIGHT * index for index in range(5)]
        for index, y in enumerate(ys):
            stroke(canvas, XS[1] if index == 2 else XS[0], y, XS[-1], y)
        if blank:
            stroke(canvas, XS[1], ys[1] - blank, XS[-1], ys[1] - blank)
        stroke(canvas, XS[0], ys[3] + 15, XS[1], ys[3] + 15)
        for x in XS:
            stroke(canvas, x, ys[-1], x, ys[0])
        for y, row in zip(ys, (("类别", "工作任务", "牵头单位"), *cells), strict=False):
            write(canvas, y, row)

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["水利", "水利", "水利", "教育"]
    assert [row.values[1].text for row in table.rows[1:]] == [task for _, task, _ in cells]


def test_a_merged_cell_that_ends_above_the_only_row_of_a_page_makes_no_row() -> None:
    """The page holds the rest of a cut row, without a line at its top."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (("类别", "工作任务", "牵头单位"), ("水利", "推进河湖长制，铺设", "市水务局")))
        canvas.setStrokeColorRGB(1, 1, 1)
        stroke(canvas, XS[0], end, XS[-1], end)
        canvas.showPage()
        for x in XS:
            stroke(canvas, x, 650, x, 700)
        stroke(canvas, XS[0], 650, XS[-1], 650)
        stroke(canvas, XS[0], 657, XS[1], 657)
        write(canvas, 700, ("", "雨污管网，修缮泵站。", ""))

    (table,) = read(draw).tables
    assert all(row.values[0].text == "水利" for row in table.rows)
    assert [row.values[1].text for row in table.rows][-1].endswith("雨污管网，修缮泵站。")
    assert "covered-row" not in {finding.rule for finding in findings_of(draw)}


def test_a_cell_that_is_open_at_a_page_break_begins_below_its_own_line() -> None:
    """Its text stands at its end, on the next page; the label on the page before has a line of its own below it."""
    labels = ("类别", "工作任务", "牵头单位")

    def part(canvas: Canvas, top: float, rows: Sequence[Sequence[str]], end: float) -> None:
        """Draw rows beside one cell that has a line above it, at its top, and one below it, at its end."""
        for index in range(len(rows) + 1):
            stroke(canvas, XS[1], top - HEIGHT * index, XS[-1], top - HEIGHT * index)
        for y in (top, end):
            stroke(canvas, XS[0], y, XS[1], y)
        for x in XS:
            stroke(canvas, x, top - HEIGHT * len(rows), x, top)
        for index, row in enumerate(rows):
            write(canvas, top - HEIGHT * index, row)

    def draw(canvas: Canvas) -> None:
        page(canvas, (labels,))
        part(
            canvas,
            700 - HEIGHT,
            (("", "推进河湖长制。", "市水务局"), ("水利", "修缮泵站。", "市水务局")),
            700 - 3 * HEIGHT,
        )
        canvas.showPage()
        part(canvas, 700, (("", "建设平台。", "市教育局"), ("", "培训教师。", "市教育局")), 700)
        canvas.showPage()
        rows = (("", "改造校舍。", "市教育局"), ("教育", "开办学校。", "市教育局"))
        for index in range(3):
            stroke(canvas, XS[0] if index == 2 else XS[1], 700 - HEIGHT * index, XS[-1], 700 - HEIGHT * index)
        for x in XS:
            stroke(canvas, x, 700 - 2 * HEIGHT, x, 700)
        for index, row in enumerate(rows):
            write(canvas, 700 - HEIGHT * index, row)

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["水利"] * 2 + ["教育"] * 4


def test_a_letterhead_between_two_lines_is_no_table() -> None:
    """Its title is larger than what stands below it, and no table is left beside it."""

    def draw(canvas: Canvas) -> None:
        for y in (700, 630):
            stroke(canvas, XS[0], y, XS[-1], y)
        for size, y, text in ((16, 672, "区人民政府文件"), (10, 655, "区府发第五号"), (10, 640, "二零二五年一月")):
            canvas.setFont("STSong-Light", size)
            canvas.drawString(180, y, text)

    assert texts(draw) == []


def test_the_title_and_header_of_the_next_table_are_no_row_of_the_one_above() -> None:
    """Only the lowest table of a page may have a last row without lines; the next one begins at the page's end."""
    labels = ("序号", "事项", "单位")

    def draw(canvas: Canvas) -> None:
        rows = (labels, *((str(n), "推进", "市财政局") for n in (1, 2, 3)))
        ruled(canvas, (60, 110, 230, 360), (760, 730, 700, 670, 640), rows)
        canvas.drawString(112, 622, "附件2：任务清单")
        ruled(canvas, (60, 110, 230, 360), (614, 590), (labels,))
        canvas.showPage()
        ruled(canvas, (60, 110, 230, 360), (760, 730), (("1", "评审", "市教育局"),))

    tables = read(draw).tables
    assert [[[value.text for value in row.values] for row in table.rows] for table in tables] == [
        [[str(n), "推进", "市财政局"] for n in (1, 2, 3)],
        [["1", "评审", "市教育局"]],
    ]


@pytest.mark.parametrize("dropped", [0.0, 20.0])
def test_a_row_without_lines_stands_as_far_below_the_last_line_as_others_below_theirs(dropped: float) -> None:
    """Text may stand at the end of its row; a first line may be indented."""

    def draw(canvas: Canvas) -> None:
        ys = [700.0 - HEIGHT * index for index in range(5)]
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for top, row in zip(ys, (LABELS, *FIRST, SECOND[0]), strict=False):
            write(canvas, top - (dropped if row is not LABELS else 0), row)
        write(canvas, ys[-1] - dropped, ("4", "　　改造老旧小区", "市住建局"))

    (table,) = texts(draw)
    assert table == [*FIRST, SECOND[0], ("4", "改造老旧小区", "市住建局")]


WIDE = (60, 100, 180, 300, 380, 460)


def test_rows_of_which_one_side_and_a_part_of_a_line_is_left_have_the_others_as_well() -> None:
    """Their texts stand in the columns of the rows below, in the middles of their own rows; that it was so is told."""
    rows = (
        ("1", "河长制", "疏浚河道", "市水务局", "6月"),
        ("2", "", "修缮泵站", "市住建局", "7月"),
        ("3", "教育", "建设平台", "市教育局", "8月"),
        ("4", "", "培训教师", "市教育局", "9月"),
    )

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        ys = [700 - HEIGHT * index for index in range(6)]
        for index, y in enumerate(ys):
            stroke(canvas, WIDE[0], y, WIDE[1] if index == 2 else WIDE[-1], y)
        for x in WIDE:
            stroke(canvas, x, ys[1], x, ys[0])
            stroke(canvas, x, ys[-1], x, ys[1] if x == WIDE[1] else ys[3])
        for y, row in zip(ys, (("序号", "类别", "任务", "单位", "时限"), *rows), strict=False):
            for x, text in zip(WIDE, row, strict=False):
                lowered = HEIGHT / 2 if text == "河长制" else 0
                canvas.drawString(x + 3, y - HEIGHT / 2 - 4 - lowered, text)

    (found,) = texts(draw)
    assert [row[2:] for row in found] == [row[2:] for row in rows]
    assert [row[1] for row in found][:2] == ["河长制", "河长制"]
    assert "unclosed-cells" in {finding.rule for finding in findings_of(draw)}


@pytest.mark.parametrize(("number", "is_row"), [("2", True), ("", False)])
def test_the_last_row_of_a_page_counts_on_however_many_lines_its_cells_have(number: str, *, is_row: bool) -> None:
    """Without a number, lines that fill most columns may be several rows."""
    task, unit = "开展城市体检，\n完善机制，\n年底前完成。", "市住建局、\n市规划局、\n市水务局"

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, FIRST[0]))
        write(canvas, end, (number, task, unit))

    (found,) = texts(draw)
    assert (len(found) == 2) is is_row
    if is_row:
        assert found[1] == ("2", "开展城市体检，完善机制，年底前完成。", "市住建局、市规划局、市水务局")


def test_what_is_to_be_filled_in_below_a_table_is_no_row() -> None:
    """It stands in its columns by chance."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST))
        write(canvas, end, ("填表人：", "审核人：", "联系电话："))

    assert texts(draw) == [list(FIRST)]


def test_the_rest_of_a_merged_cell_at_an_open_side_has_its_side() -> None:
    """The line above the new page's first row begins at the next column."""
    rows = (("", "推进河湖长制", "市水务局"), ("教育", "建设平台", "市教育局"), ("", "培训教师", "市教育局"))

    def draw(canvas: Canvas) -> None:
        ys = [700 - HEIGHT * index for index in range(3)]
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for x in XS[1:]:
            stroke(canvas, x, ys[-1], x, ys[0])
        for y, row in zip(ys, (("类别", "工作任务", "牵头单位"), ("水利", "铺设雨污管网", "市水务局")), strict=False):
            write(canvas, y, row)
        canvas.showPage()
        ys = [700 - HEIGHT * index for index in range(4)]
        for index, y in enumerate(ys):
            stroke(canvas, XS[1] if index in (0, 2) else XS[0], y, XS[-1], y)
        stroke(canvas, XS[1], ys[-1], XS[1], ys[1])
        for x in XS[2:]:
            stroke(canvas, x, ys[-1], x, ys[0])
        for y, row in zip(ys, rows, strict=False):
            write(canvas, y, row)

    (found,) = texts(draw)
    assert [row[1] for row in found] == ["铺设雨污管网", "推进河湖长制", "建设平台", "培训教师"]
    assert [row[0] for row in found] == ["水利", "水利", "教育", "教育"]


def test_a_table_with_open_sides_may_have_two_rows_over_all_columns_above_its_labels() -> None:
    """Each page prints both again; one of them alone would be above the table."""

    def part(canvas: Canvas, rows: Sequence[Sequence[str]]) -> None:
        canvas.setFont("STSong-Light", 10)
        ys = [720, 700, *(680 - HEIGHT * index for index in range(len(rows) + 2))]
        for y in ys:
            stroke(canvas, XS[0], y, XS[-1], y)
        for x in XS[1:-1]:
            stroke(canvas, x, ys[-1], x, 680)
        canvas.drawString(190, 706, "2025年任务分解表")
        canvas.drawString(210, 686, "单位：万元")
        for y, row in zip(ys[2:], (LABELS, *rows), strict=False):
            write(canvas, y, row)

    def draw(canvas: Canvas) -> None:
        part(canvas, FIRST)
        canvas.showPage()
        part(canvas, SECOND)

    assert texts(draw) == [[*FIRST, *SECOND]]
    assert read(draw).tables[0].title == "2025年任务分解表"


def test_a_title_in_larger_print_begins_the_next_table_below_one_with_upright_lines() -> None:
    """That has no upright lines where a page break cuts it, and its lines are as wide."""

    def draw(canvas: Canvas) -> None:
        end = page(canvas, (LABELS, *FIRST))
        canvas.setFont("STSong-Light", 18)
        canvas.drawString(64, end - 23, "附件2：2026年任务")
        top = end - 34
        for index, row in enumerate((LABELS, *SECOND)):
            stroke(canvas, XS[0], top - HEIGHT * index, XS[-1], top - HEIGHT * index)
            write(canvas, top - HEIGHT * index, row)
        stroke(canvas, XS[0], top - HEIGHT * 4, XS[-1], top - HEIGHT * 4)

    assert texts(draw) == [list(FIRST), list(SECOND)]
