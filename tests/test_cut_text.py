"""Text that has no room in its cell, as spreadsheets print it: cut off beside other text, run on over blank cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import extract
from normalize import Normalized, normalize
from schema.profile import built_in_profiles

FONT, SIZE = "STSong-Light", 10.0
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
XS = (60.0, 100.0, 160.0, 220.0, 280.0)
TOP, HEIGHT, PADDING = 700.0, 20.0, 1.0
LABELS = ("编号", "名称", "地点", "备注")


class Text(NamedTuple):
    """Hold one line of text: its column, where it begins there, and by how much it stands above its cell's line."""

    column: int
    text: str
    x: float = PADDING
    up: float = 0.0
    clipped: bool = False


def sheet(*rows: Sequence[Text]) -> bytes:
    """Give a PDF with one table: its labels, then these rows."""
    data = io.BytesIO()
    canvas = Canvas(data)
    printed = [[Text(column, label) for column, label in enumerate(LABELS)], *rows]
    for x in XS:
        canvas.line(x, TOP, x, TOP - HEIGHT * len(printed))
    for index, row in enumerate(printed):
        top = TOP - HEIGHT * index
        canvas.line(XS[0], top, XS[-1], top)
        for text in row:
            left, right = XS[text.column : text.column + 2]
            canvas.saveState()
            if text.clipped:
                path = canvas.beginPath()
                path.rect(left, top - HEIGHT, right - left, HEIGHT)
                canvas.clipPath(path, stroke=0, fill=0)
            canvas.setFont("Helvetica" if text.text.isascii() else FONT, SIZE)
            canvas.drawString(left + text.x, top - 14 + text.up, text.text)
            canvas.restoreState()
    canvas.line(XS[0], TOP - HEIGHT * len(printed), XS[-1], TOP - HEIGHT * len(printed))
    canvas.save()
    return data.getvalue()


def converted(*rows: Sequence[Text]) -> Normalized:
    """Read and repair a table."""
    return normalize(extract.read(sheet(*rows), "x.pdf"), built_in_profiles())


def values(found: Normalized) -> list[list[str]]:
    """Give the rows of the one table."""
    (table,) = found.tables
    return [[value.text for value in row.values] for row in table.rows]


def cut_in(found: Normalized) -> list[tuple[str, int]]:
    """Give each text that is said to be cut off, with the column in which that is said."""
    places = [(dict(f.details)["text"], f.place) for f in found.findings if f.rule == "cut-text"]
    return [(text, sum(place.box[0] >= x for x in XS) - 1) for text, place in places if place and place.box]


def test_text_that_is_cut_off_belongs_to_its_cell() -> None:
    """All of it that the file holds does, and it is said to be cut off; what begins right behind it is another's."""
    found = converted(
        [Text(0, "1"), Text(1, "市人民医院急诊", clipped=True), Text(2, "甲区", x=11.0), Text(3, "无")],
        [Text(0, "2"), Text(1, "市教育局"), Text(2, "乙区"), Text(3, "无")],
    )
    assert values(found) == [["1", "市人民医院急诊", "甲区", "无"], ["2", "市教育局", "乙区", "无"]]
    assert cut_in(found) == [("市人民医院急诊", 1)]


def test_the_finding_names_the_row_and_the_column() -> None:
    """Nobody looks for a place on a page."""
    found = converted(
        [Text(0, "8"), Text(1, "市教育局"), Text(2, "乙区"), Text(3, "无")],
        [Text(0, "9"), Text(1, "市人民医院急诊", clipped=True), Text(2, "甲区"), Text(3, "无")],
    )
    (finding,) = (each for each in found.findings if each.rule == "cut-text")
    (table,) = found.tables
    assert (finding.table, finding.row) == (1, 9)
    assert finding.column == table.columns[1].name


def test_text_cut_off_in_a_merged_cell_is_told_for_each_of_its_rows() -> None:
    """Each row has its value."""
    data = io.BytesIO()
    canvas = Canvas(data)
    for x in XS:
        canvas.line(x, TOP, x, TOP - 3 * HEIGHT)
    for row, left in enumerate((XS[0], XS[0], XS[1], XS[0])):
        canvas.line(left, TOP - HEIGHT * row, XS[-1], TOP - HEIGHT * row)
    canvas.setFont(FONT, SIZE)
    for row, texts in enumerate((LABELS, ("", "市教育局", "甲区", "无"), ("", "市体育局", "乙区", "无"))):
        for x, text in zip(XS, texts, strict=False):
            canvas.drawString(x + PADDING, TOP - HEIGHT * row - 14, text)
    path = canvas.beginPath()
    path.rect(XS[0], TOP - 3 * HEIGHT, XS[1] - XS[0], 2 * HEIGHT)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(XS[0] + PADDING, TOP - 2 * HEIGHT - 4, "教育体育类")
    canvas.save()
    found = normalize(extract.read(data.getvalue(), "x.pdf"), built_in_profiles())
    assert [row[0] for row in values(found)] == ["教育体育类"] * 2
    assert [finding.row for finding in found.findings if finding.rule == "cut-text"] == [1, 2]


def test_text_that_is_cut_off_on_both_sides_keeps_its_order() -> None:
    """A centred text has words that are hidden left and right of its cell."""
    found = converted(
        [
            Text(0, "1"),
            Text(1, "Ministry of Public Works and Funds", -50.0, clipped=True),
            Text(2, "A"),
            Text(3, "B"),
        ],
        [Text(0, "2"), Text(1, "World Bank"), Text(2, "C"), Text(3, "D")],
    )
    assert values(found)[0] == ["1", "Ministry of Public Works and Funds", "A", "B"]
    assert {column for _, column in cut_in(found)} == {1}


def test_a_space_may_be_cut_off_with_what_followed() -> None:
    """In a column that cuts text off, one that ends at the cell's edge may have gone on."""
    found = converted(
        [Text(0, "1"), Text(1, "市人民医院急诊", clipped=True), Text(2, "甲"), Text(3, "无")],
        [Text(0, "2"), Text(1, "GB/T 19001."), Text(2, "乙"), Text(3, "无")],
        [Text(0, "3"), Text(1, "GB/T 1"), Text(2, "丙"), Text(3, "无")],
    )
    assert cut_in(found) == [("市人民医院急诊", 1), ("19001.", 1)]


def test_where_text_is_cut_off_another_that_reaches_through_its_cell_may_be_too() -> None:
    """The program leaves out what is not seen, with the rest of it; a text that ends before its cell does is whole."""
    found = converted(
        [Text(0, "1"), Text(1, "市人民医院急诊", clipped=True), Text(2, "甲区"), Text(3, "结转上年资1.")],
        [Text(0, "2"), Text(1, "市教育局"), Text(2, "浦东新区周1."), Text(3, "结转")],
    )
    assert cut_in(found) == [("市人民医院急诊", 1), ("结转上年资1.", 3), ("浦东新区周1.", 2)]
    whole = [Text(0, "1"), Text(1, "市教育局"), Text(2, "浦东新区周1."), Text(3, "结转上年资1.")]
    assert cut_in(converted(whole, [Text(0, "2"), Text(1, "市体育局"), Text(2, "甲区"), Text(3, "无")])) == []


def test_lines_that_a_low_row_hides_are_reported() -> None:
    """Only the middle one of three lines is seen."""
    found = converted(
        [
            Text(0, "1"),
            *(Text(1, line, up=up, clipped=True) for line, up in (("三楼甲", 14), ("三楼乙", 0), ("三楼丙", -14))),
            Text(2, "甲"),
            Text(3, "无"),
        ],
        [Text(0, "2"), Text(1, "四楼"), Text(2, "乙"), Text(3, "无")],
    )
    assert values(found)[0] == ["1", "三楼乙", "甲", "无"]
    assert cut_in(found) == [("三楼甲 三楼丙", 1)]


def test_a_text_that_is_hidden_whole_is_no_part_of_its_cell() -> None:
    """So stands that of a merged cell on the page that shows only its other end."""
    found = converted(
        [Text(0, "1"), Text(1, "三楼乙", up=40.0, clipped=True), Text(2, "甲"), Text(3, "无")],
        [Text(0, "2"), Text(1, "四楼"), Text(2, "乙"), Text(3, "无")],
    )
    assert values(found)[0] == ["1", "", "甲", "无"]
    assert cut_in(found) == []


@pytest.mark.parametrize("shift", [0.0, 3.0, 6.0, 8.0])
def test_text_runs_on_over_a_blank_cell(shift: float) -> None:
    """It is whole in the cell in which it begins, wherever the edge cuts it; nothing is doubtful."""
    found = converted(
        [Text(0, "1"), Text(1, "市人民医院急诊", x=PADDING + shift), Text(3, "无")],
        [Text(0, "2"), Text(1, "市教育局"), Text(2, "乙区"), Text(3, "无")],
    )
    assert values(found)[0] == ["1", "市人民医院急诊", "", "无"]
    assert cut_in(found) == []


def test_text_that_runs_on_beyond_the_table_may_be_cut_off_at_the_pages_edge() -> None:
    """Its last piece alone keeps the clip that cuts it: all of the line belongs to its cell."""
    data = io.BytesIO()
    canvas = Canvas(data)
    canvas.setFont(FONT, SIZE)
    for x in XS:
        canvas.line(x, TOP, x, TOP - 3 * HEIGHT)
    for row in range(4):
        canvas.line(XS[0], TOP - HEIGHT * row, XS[-1], TOP - HEIGHT * row)
    for row, texts in (
        (0, LABELS),
        (2, ("2", "市体育局", "乙区", "无")),
        (1, ("1", "市教育局", "甲区", "已列入市级规")),
    ):
        for x, text in zip(XS, texts, strict=False):
            canvas.drawString(x + PADDING, TOP - HEIGHT * row - 14, text)
    path = canvas.beginPath()
    path.rect(XS[3], TOP - 2 * HEIGHT, 100, HEIGHT)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawString(XS[3] + PADDING + 6 * SIZE, TOP - HEIGHT - 14, "划另行公布")
    canvas.save()
    found = normalize(extract.read(data.getvalue(), "x.pdf"), built_in_profiles())
    assert values(found)[0] == ["1", "市教育局", "甲区", "已列入市级规划另行公布"]
    assert [text for text, _ in cut_in(found)] == ["划另行公布"]


def test_words_run_on_over_blank_cells() -> None:
    """What follows the word that an edge cuts goes on with it, behind spaces."""
    found = converted(
        [Text(0, "1"), Text(1, "Ministry of Public Works and Finance")],
        [Text(0, "2"), Text(1, "World Bank"), Text(2, "A"), Text(3, "B")],
    )
    assert values(found)[0] == ["1", "Ministry of Public Works and Finance", "", ""]


def test_text_runs_on_beyond_the_table() -> None:
    """The last column's text goes on where no cell is."""
    found = converted(
        [Text(0, "1"), Text(1, "市教育局"), Text(2, "乙区"), Text(3, "已列入市级规划 另行公布")],
        [Text(0, "2"), Text(1, "市体育局"), Text(2, "甲区"), Text(3, "无")],
    )
    assert values(found)[0] == ["1", "市教育局", "乙区", "已列入市级规划 另行公布"]


def test_text_at_the_right_of_its_cell_runs_on_to_the_left() -> None:
    """It belongs where it ends."""
    text = "市人民医院急诊"
    found = converted(
        [Text(0, "1"), Text(2, text, x=60.0 - PADDING - SIZE * len(text)), Text(3, "无")],
        [Text(0, "2"), Text(1, "市教育局"), Text(2, "乙区"), Text(3, "无")],
    )
    assert values(found)[0] == ["1", "", text, "无"]


def test_text_of_which_nothing_is_seen_is_left_out() -> None:
    """A title over all columns stands on the page of which it is the middle."""
    found = converted(
        [Text(0, "1", x=70.0, clipped=True), Text(1, "市教育局"), Text(2, "甲"), Text(3, "无")],
        [Text(0, "2"), Text(1, "市体育局"), Text(2, "乙"), Text(3, "无")],
    )
    assert values(found)[0] == ["", "市教育局", "甲", "无"]
    assert cut_in(found) == []


def test_texts_that_meet_at_an_edge_stay_apart() -> None:
    """Without padding, a text that fills its cell touches the next one's."""
    found = converted(
        [Text(0, "1"), Text(1, "市第一医院院", x=0.0), Text(2, "甲区", x=0.0), Text(3, "无", x=0.0)],
        [Text(0, "2"), Text(1, "市教育局", x=0.0), Text(2, "乙区", x=0.0), Text(3, "无", x=0.0)],
    )
    assert values(found)[0] == ["1", "市第一医院院", "甲区", "无"]


@pytest.mark.parametrize(("end", "clipped", "told"), [(640.0, False, True), (500.0, True, True), (500.0, False, False)])
def test_a_table_that_goes_on_beyond_its_page_is_told(*, end: float, clipped: bool, told: bool) -> None:
    """Its lines leave the page, or the part of it that is printed on: what stands there may not be in the file."""
    data = io.BytesIO()
    canvas = Canvas(data)
    if clipped:
        path = canvas.beginPath()
        path.rect(30, 30, 430, 780)
        canvas.clipPath(path, stroke=0, fill=0)
    for row in range(4):
        canvas.line(60, 700 - 20 * row, end, 700 - 20 * row)
    for x in (60, 160, 300):
        canvas.line(x, 700, x, 640)
    canvas.setFont(FONT, SIZE)
    for row, texts in enumerate((("编号", "名称", "地点"), ("1", "市民政局", "甲区"), ("2", "市教育局", "乙区"))):
        for x, text in zip((62, 162, 302), texts, strict=True):
            canvas.drawString(x, 686 - 20 * row, text)
    canvas.save()
    found = normalize(extract.read(data.getvalue(), "x.pdf"), built_in_profiles())
    assert values(found) == [["1", "市民政局", "甲区"], ["2", "市教育局", "乙区"]]
    assert ("cut-table" in {finding.rule for finding in found.findings}) is told
