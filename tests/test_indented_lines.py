"""Cells whose paragraphs begin with an indent, as web pages set them: the first line is justified from there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import stroke
from test_odd_tables import read
from test_words import spread

from extract.cell_text import TextLine, text_lines
from extract.page import Run
from extract.word_ends import Words, behind_indent, ends_word

XS = (60, 100, 190, 290)
LABELS = ("编号", "整治措施", "责任单位")
SIZE, PITCH, HEIGHT = 12, 16, 56
#: The lines of each cell of the second column, and those of the third.
CELLS = (
    (("开展水", "生态修复试点", "工作。"), ("市水务局",)),
    (("新建排", "水管网，落实", "管护责任。"), ("市住房城乡", "建设局")),
    (("对未按", "照要求排污的", "单位处罚。"), ("市生态环境", "局")),
    (("清退沿", "河违章建筑，", "恢复岸线。"), ("市城市管理", "局")),
)


def ruled_rows(canvas: Canvas, tops: Sequence[float]) -> None:
    """Draw the lines of rows, the last of which has none below it."""
    for y in tops:
        stroke(canvas, XS[0], y, XS[-1], y)
    for x in XS:
        stroke(canvas, x, tops[-1], x, tops[0])
    canvas.setFont("STSong-Light", SIZE)


def write_row(canvas: Canvas, top: float, cells: Sequence[Sequence[str]], indent: float, reach: float = 0.0) -> None:
    """Write the lines of a row's cells, the first of each behind an indent.

    Args:
        canvas: To draw on.
        top: Of the row.
        cells: Their lines.
        indent: Of all cells but the first, in points.
        reach: Before the right side of its cell, where all lines but the last of a cell are justified; else zero.
    """
    for column, lines in enumerate(cells):
        for index, line in enumerate(lines):
            start, y = XS[column] + 4 + (indent if column and not index else 0), top - 14 - PITCH * index
            if reach and line is not lines[-1]:
                spread(canvas, line, start, XS[column + 1] - reach, y)
            else:
                canvas.drawString(start, y, line)


def test_an_indented_first_line_is_full_and_its_gaps_are_no_spaces() -> None:
    """Its indent is no room, and its few characters are set far apart."""

    def draw(canvas: Canvas) -> None:
        tops = [700 - HEIGHT * row for row in range(len(CELLS) + 2)]
        ruled_rows(canvas, tops)
        write_row(canvas, tops[0], [(label,) for label in LABELS], 0)
        for row, cells in enumerate(CELLS, 1):
            write_row(canvas, tops[row], [(str(row),), *cells], 2 * SIZE, reach=4)

    (table,) = read(draw).tables
    texts = [tuple(value.text for value in row.values) for row in table.rows]
    assert texts == [(str(row), *map("".join, cells)) for row, cells in enumerate(CELLS, 1)]


def test_spaces_typed_as_an_indent_are_as_far_apart_as_the_line() -> None:
    """A justified line widens the spaces that were typed before it like all of its gaps."""

    def draw(canvas: Canvas) -> None:
        tops = [700 - HEIGHT * row for row in range(3)]
        ruled_rows(canvas, tops)
        write_row(canvas, tops[0], [(label,) for label in (*LABELS[:2], "备注")], 0)
        write_row(canvas, tops[1], [("1",), (), ("小微企业", "税收减免政策")], 2 * (SIZE + 4), reach=4)

    (table,) = read(draw).tables
    assert table.rows[0].values[2].text == "小微企业税收减免政策"


def test_a_first_line_alone_at_a_pages_end_is_as_full_as_others() -> None:
    """The page break cuts off what tells that it is indented; the first lines of the other cells do."""

    def draw(canvas: Canvas) -> None:
        tops = [700 - HEIGHT * row for row in range(len(CELLS) + 2)]
        ruled_rows(canvas, [*tops, tops[-1] - 22])
        write_row(canvas, tops[0], [(label,) for label in LABELS], 0)
        for row, cells in enumerate(CELLS, 1):
            write_row(canvas, tops[row], [(str(row),), *cells], 2 * SIZE)
        write_row(canvas, tops[-1], [("5",), ("史密斯",), ("市商务局",)], 2 * SIZE)
        canvas.showPage()
        ruled_rows(canvas, [700, 700 - HEIGHT])
        write_row(canvas, 700, [(), ("（中国）精密", "制造公司"), ()], 0)

    (table,) = read(draw).tables
    assert [value.text for value in table.rows[-1].values] == ["5", "史密斯（中国）精密制造公司", "市商务局"]


def row_of(text: str, x0: float, x1: float, top: float) -> list[Run]:
    """Give characters that are drawn one by one, spread from one place to another."""
    step = (x1 - x0 - SIZE) / (len(text) - 1)
    starts = [x0 + step * index for index in range(len(text))]
    return [
        Run(char, x, top, x + SIZE, top + SIZE, (x + SIZE,), spaced=False) for char, x in zip(text, starts, strict=True)
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        # Two lines of other widths begin and end under each other; two of one width may do so by chance.
        ((("综合", 28.0), ("管理岗位", 57.0)), "综 合|管 理 岗 位"),
        ((("综合岗", 57.0), ("管理岗位", 57.0)), "综合岗|管理岗位"),
        ((("张三", 28.0), ("李四", 28.0)), "张 三|李 四"),
        # Characters are set evenly above a line that begins under them; the last line tells nothing.
        ((("有限空间", 57.0), ("作业", 24.0)), "有限空间|作业"),
        ((("作业", 24.0), ("有限空间", 57.0)), "作业|有 限 空 间"),
        # A line with a mark is set as evenly as the one above that begins and ends with it.
        ((("涉氨制", 42.0), ("冷（液", 42.0), ("氨）", 20.0)), "涉氨制|冷（液|氨）"),
    ],
)
def test_lines_tell_how_far_their_paragraph_reaches(lines: Sequence[tuple[str, float]], text: str) -> None:
    """It may have indents on both sides, within the cell's padding."""
    runs = [run for index, (line, end) in enumerate(lines) for run in row_of(line, 0.0, end, 16.0 * index)]
    assert "|".join(line.text for line in text_lines(runs, 80.0)) == text


def test_a_first_lines_indent_is_no_room_for_the_next_word() -> None:
    """Behind it nothing more had room: the code goes on."""
    inner = (0.0, 48.0)
    line, below = (
        TextLine(text, (Run(text, x, 0.0, x + 24.0, 12.0, tuple(x + 6.0 * at for at in range(1, 5)), spaced=False),))
        for text, x in (("XJ01", 20.0), ("DDAE", 0.0))
    )
    assert ends_word(line, below, inner, Words.CUT)
    assert not ends_word(line, below, behind_indent(line, below, inner), Words.CUT)
    assert behind_indent(below, line, inner) == inner


def test_first_lines_of_points_are_indented_though_all_lines_are_full() -> None:
    """They stand as far from the left as those of the other cells; all end under each other, as at the right."""

    def draw(canvas: Canvas) -> None:
        tops = [700 - HEIGHT * row for row in range(len(CELLS) + 2)]
        ruled_rows(canvas, [*tops, tops[-1] - 2 * HEIGHT])
        write_row(canvas, tops[0], [(label,) for label in LABELS], 0)
        for row, cells in enumerate(CELLS, 1):
            write_row(canvas, tops[row], [(str(row),), *cells], 2 * SIZE)
        for index, line in enumerate(("一、新建", "排水管网设施", "二、清退", "沿河违章建筑")):
            start = XS[1] + 4 + (2 * SIZE if "、" in line else 0)
            canvas.drawString(start, tops[-1] - 14 - PITCH * index, line)

    (table,) = read(draw).tables
    assert table.rows[-1].values[1].text.replace("\n", "") == "一、新建排水管网设施二、清退沿河违章建筑"
    assert "新建排水管网设施" in table.rows[-1].values[1].text
