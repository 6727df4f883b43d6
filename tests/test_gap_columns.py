"""Tables without upright lines: their columns are told by gaps, and that they are is told."""

from __future__ import annotations

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
