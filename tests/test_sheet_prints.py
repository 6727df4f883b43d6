"""What spreadsheets print around and in their tables: frames of letters and numbers, titles, number signs."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_left_out_lines import write
from test_odd_tables import findings_of, read, ruled

from normalize.sheet_frames import without_frame
from schema.finding import Place
from schema.grid import Cell, Grid, Line

XS = (60.0, 90.0, 140.0, 300.0, 400.0)
LABELS = ("序号", "工作任务", "牵头单位")
RECORDS = (("1", "推进河湖长制", "市水务局"), ("2", "改造老旧小区", "市住建局"))


def grid_of(rows: tuple[tuple[str, ...], ...]) -> Grid:
    """Make a grid of single cells."""
    place = Place(page=1, box=(0.0, 0.0, 100.0, 100.0))
    cells = tuple(
        Cell(row, column, 1, 1, (Line(text),) if text else (), place)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    counts: dict[str, int] = {}
    for char in "".join(text for texts in rows for text in texts):
        counts[char] = counts.get(char, 0) + 1
    width = len(rows[0])
    return Grid(cells, len(rows), width, place, edges=tuple(map(float, range(width + 1))), characters=counts)


def test_the_frame_of_a_sheet_is_none_of_the_table() -> None:
    """Each page prints the letters again; the numbers leave out the rows between the header and the page's own."""

    def draw(canvas: Canvas) -> None:
        for numbers, records in ((("1", "2", "3"), RECORDS), (("1", "4"), (("3", "铺设管网", "市水务局"),))):
            rows = (("", "A", "B", "C"), *zip(numbers, *zip(LABELS, *records, strict=True), strict=True))
            ys = tuple(700 - 30 * at for at in range(len(rows) + 1))
            ruled(canvas, XS, ys, ())
            for y, row in zip(ys, rows, strict=False):
                write(canvas, y, row, XS)
            canvas.showPage()

    (table,) = read(draw).tables
    assert [column.label for column in table.columns] == list(LABELS)
    assert [tuple(value.text for value in row.values) for row in table.rows] == [
        *RECORDS,
        ("3", "铺设管网", "市水务局"),
    ]
    assert table.ledger.balanced
    assert not findings_of(draw)


@pytest.mark.parametrize(
    "rows",
    [
        (("", "A", "B", "C"), ("1", "0.5", "0.7", "0.9"), ("2", "0.1", "0.2", "0.3")),
        (("", "A", "B", "D"), ("1", *LABELS), ("2", *RECORDS[0])),
        (("", "A", "B", "C"), ("2", *LABELS), ("1", *RECORDS[0])),
        (("题号", "A", "B", "C"), ("1", *LABELS), ("2", *RECORDS[0])),
    ],
    ids=["grades", "letters-missing", "numbers-back", "label"],
)
def test_columns_and_rows_of_a_tables_own_are_no_frame(rows: tuple[tuple[str, ...], ...]) -> None:
    """So are grades A to C, with records and no labels below them."""
    grid = grid_of(rows)
    assert without_frame(grid, framed=False) is grid


def test_a_frame_goes_on_over_pages_without_a_header() -> None:
    """Its letters are the same, and its characters are none of the table's."""
    grid = grid_of((("", "A", "B", "C"), ("7", *RECORDS[0]), ("8", *RECORDS[1])))
    inner = without_frame(grid, framed=True)
    assert [cell.text for cell in inner.cells] == [*RECORDS[0], *RECORDS[1]]
    assert (inner.row_count, inner.column_count, inner.edges) == (2, 3, (1.0, 2.0, 3.0, 4.0))
    assert "A" not in inner.characters
    assert inner.characters["水"] == 1


def page(canvas: Canvas, *rows: tuple[str, ...]) -> None:
    """Draw a page's table; a row of one text covers all columns."""
    ys = tuple(700 - 30 * at for at in range(len(rows) + 1))
    ruled(canvas, (XS[0], XS[-1]), ys, ())
    for x in XS[1:3]:
        for y, row in zip(ys, rows, strict=False):
            if len(row) > 1:
                canvas.line(x, y, x, y - 30)
    for y, row in zip(ys, rows, strict=False):
        write(canvas, y, row, (XS[0], *XS[1:3]))
    canvas.showPage()


@pytest.mark.parametrize(("second", "count"), [("附件2：管网任务表", 2), ("附件1：河湖任务表", 1)])
def test_a_title_within_the_lines_above_the_header_begins_a_table(second: str, count: int) -> None:
    """The same one is printed again."""

    def draw(canvas: Canvas) -> None:
        page(canvas, ("附件1：河湖任务表",), LABELS, *RECORDS)
        page(canvas, (second,), LABELS, ("3", "铺设管网", "市水务局"))

    tables = read(draw).tables
    assert [table.title for table in tables] == ["附件1：河湖任务表", second][:count]
    assert sum(len(table.rows) for table in tables) == 3


def test_a_section_row_below_a_header_that_is_printed_again_stays() -> None:
    """The first page has a title above its header: what stands below the header elsewhere is none."""

    def draw(canvas: Canvas) -> None:
        page(canvas, ("河湖任务表",), LABELS, ("一、河湖",), *RECORDS)
        page(canvas, LABELS, ("二、管网",), ("3", "铺设管网", "市水务局"))

    (table,) = read(draw).tables
    assert [row.values[0].text for row in table.rows] == ["一、河湖", "一、河湖", "二、管网"]


def test_number_signs_and_texts_that_are_left_open_are_told() -> None:
    """The column was too narrow for a number, the row too low for a text."""

    def draw(canvas: Canvas) -> None:
        rows = (("序号", "内容", "金额"), ("1", "新增充电桩（公共桩", "###"), ("2", "推进“一网通办”", "12.5"))
        ruled(canvas, (60, 110, 260, 360), (700, 670, 640, 610), rows)

    found = [(finding.rule, finding.row) for finding in findings_of(draw)]
    assert ("hidden-number", 1) in found
    assert ("left-open", 1) in found
    assert all(row == 1 for _, row in found)
