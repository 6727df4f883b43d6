"""Sheets that are wider than the paper: their further columns stand on pages of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import stroke
from test_odd_tables import findings_of, read

LABELS = ("编号", "名称", "工作要求", "地点", "备注")
WIDTHS = (40, 120, 200, 80, 60)
#: The columns of the first page, of the second and the third.
SIDES = ((0, 2), (2, 3), (3, 5))
HEIGHTS = (20, 24, 34, 24, 50, 24, 36)
TOP = 700


def records(count: int) -> list[tuple[str, ...]]:
    """Give rows of all columns."""
    return [(str(number), f"项目{number}", f"要求{number}", f"地点{number}", "") for number in range(1, count + 1)]


def draw_page(canvas: Canvas, rows: Sequence[Sequence[str]], side: tuple[int, int], heights: Sequence[int]) -> None:
    """Draw some columns of a page's rows, the header first."""
    first, last = side
    xs = list(accumulate((60, *WIDTHS[first:last])))
    ys = [TOP, *(TOP - down for down in accumulate(heights[: len(rows) + 1]))]
    for y in ys:
        stroke(canvas, xs[0], y, xs[-1], y)
    for x in xs:
        stroke(canvas, x, ys[-1], x, TOP)
    canvas.setFont("STSong-Light", 10)
    for y, row in zip(ys, (LABELS, *rows), strict=False):
        for x, text in zip(xs, row[first:last], strict=False):
            canvas.drawString(x + 3, y - 14, text)


def pages(count: int, page: int, *, over_first: bool) -> Iterator[tuple[int, int]]:
    """Give the first row of each page, and which columns stand there."""
    begins = range(0, count, page)
    if over_first:
        return ((begin, side) for begin in begins for side in range(len(SIDES)))
    return ((begin, side) for side in range(len(SIDES)) for begin in begins)


@pytest.mark.parametrize("over_first", [False, True])
@pytest.mark.parametrize("heights", [HEIGHTS, (20, 24, 24, 24, 24, 24, 24)])
@pytest.mark.parametrize("count", [6, 12, 14])
def test_further_columns_are_joined_row_by_row(
    count: int,
    heights: Sequence[int],
    over_first: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Whether a program prints all rows before the next columns, or all columns before the next rows."""
    rows = records(count)

    def draw(canvas: Canvas) -> None:
        for begin, side in pages(count, len(heights) - 1, over_first=over_first):
            draw_page(canvas, rows[begin : begin + len(heights) - 1], SIDES[side], heights)
            canvas.showPage()

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == list(LABELS)
    assert [tuple(value.text for value in row.values) for row in table.rows] == rows
    assert "columns-beside" in {finding.rule for finding in findings_of(draw)}


def test_the_first_column_may_stand_alone() -> None:
    """What follows shows that it is no box around text; another such box stays text."""
    rows, heights = records(10), (20,) + (24,) * 10
    found = []
    for side in ((0, 1), (1, 2)), ((0, 1), (1, 5)), ((0, 1),):

        def draw(canvas: Canvas, side: tuple[tuple[int, int], ...] = side) -> None:
            for columns in side:
                draw_page(canvas, rows, columns, heights)
                canvas.showPage()
            draw_page(canvas, rows[:1], (0, 3), heights)

        found.append([[column.label for column in table.columns] for table in read(draw).tables])
    assert found == [[["编号", "名称"], list(LABELS[:3])], [list(LABELS), list(LABELS[:3])], [list(LABELS[:3])]]


def test_a_table_whose_first_rows_are_others_stands_beside_none() -> None:
    """Its further rows are those of another page, by chance; nothing is joined, and nothing says so."""
    rows = records(9)

    def draw(canvas: Canvas) -> None:
        draw_page(canvas, rows, (0, 3), (20,) + (24,) * 9)
        canvas.showPage()
        draw_page(canvas, rows, (1, 5), (26, 18) + (24,) * 8)

    assert [len(table.columns) for table in read(draw).tables] == [3, 4]
    assert "columns-beside" not in {finding.rule for finding in findings_of(draw)}


def test_the_next_page_of_a_table_does_not_stand_beside_it() -> None:
    """It has the same columns; nor does a table with a title of its own."""
    rows = records(12)
    heights = (20, 24, 24, 24, 24, 24, 24)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(100, TOP + 20, "附表一")
        draw_page(canvas, rows[:6], (0, 3), heights)
        canvas.showPage()
        draw_page(canvas, rows[6:], (0, 3), heights)
        canvas.showPage()
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(100, TOP + 20, "附表二")
        draw_page(canvas, rows[:6], (1, 5), heights)

    assert [len(table.rows) for table in read(draw).tables] == [12, 6]
    assert "columns-beside" not in {finding.rule for finding in findings_of(draw)}


def test_two_tables_of_one_page_stand_beside_none_on_the_next() -> None:
    """The second one goes on there, by chance in rows as high as those of the first one."""
    heights = (20, 24, 24, 24, 24, 24, 24)
    rows = records(6)

    def draw(canvas: Canvas) -> None:
        draw_page(canvas, rows, (0, 3), heights)
        canvas.translate(0, -300)
        draw_page(canvas, rows[:4], (1, 5), (20, 30, 30, 30, 30))
        canvas.showPage()
        draw_page(canvas, rows, (1, 5), heights)
        canvas.showPage()

    tables = read(draw).tables
    assert [[column.label for column in table.columns] for table in tables] == [list(LABELS[:3]), list(LABELS[1:])]
    assert [len(table.rows) for table in tables] == [6, 10]
