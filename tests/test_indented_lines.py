"""Cells whose paragraphs begin with an indent, as web pages set them: the first line is justified from there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

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


def ruled_rows(canvas: Canvas, ys: Sequence[float]) -> None:
    """Draw the lines of rows."""
    for y in ys:
        stroke(canvas, XS[0], y, XS[-1], y)
    for x in XS:
        stroke(canvas, x, ys[-1], x, ys[0])
    canvas.setFont("STSong-Light", SIZE)


def write(canvas: Canvas, column: int, top: float, lines: Sequence[str], indent: float, *, justified: bool) -> None:
    """Write a cell: its first line behind an indent, and all but the last from side to side if they are justified."""
    x0, x1 = XS[column] + 4, XS[column + 1] - 4
    for index, line in enumerate(lines):
        start, y = x0 + (0 if index else indent), top - 14 - PITCH * index
        if justified and line is not lines[-1]:
            spread(canvas, line, start, x1, y)
        else:
            canvas.drawString(start, y, line)


def test_an_indented_first_line_is_full_and_its_gaps_are_no_spaces() -> None:
    """Its indent is no room, and its few characters are set far apart."""

    def draw(canvas: Canvas) -> None:
        ruled_rows(canvas, [700 - HEIGHT * row for row in range(len(CELLS) + 2)])
        for column, label in enumerate(LABELS):
            canvas.drawString(XS[column] + 4, 686, label)
        for row, cells in enumerate(CELLS, 1):
            top = 700 - HEIGHT * row
            canvas.drawString(XS[0] + 4, top - 14, str(row))
            for column, lines in enumerate(cells, 1):
                write(canvas, column, top, lines, 2 * SIZE, justified=True)

    (table,) = read(draw).tables
    texts = [tuple(value.text for value in row.values) for row in table.rows]
    assert texts == [(str(row), *map("".join, cells)) for row, cells in enumerate(CELLS, 1)]


def test_spaces_typed_as_an_indent_are_as_far_apart_as_the_line() -> None:
    """A justified line widens the spaces that were typed before it like all of its gaps."""

    def draw(canvas: Canvas) -> None:
        ruled_rows(canvas, [700 - HEIGHT * row for row in range(3)])
        for column, label in enumerate((*LABELS[:2], "备注")):
            canvas.drawString(XS[column] + 4, 686, label)
        canvas.drawString(XS[0] + 4, 700 - HEIGHT - 14, "1")
        canvas.drawString(XS[1] + 4, 700 - HEIGHT - 14, "税收减免")
        write(canvas, 2, 700 - HEIGHT, ("小微企业", "税收减免政策"), 2 * (SIZE + 4), justified=True)

    (table,) = read(draw).tables
    assert table.rows[0].values[2].text == "小微企业税收减免政策"


def test_a_first_line_alone_at_a_pages_end_is_as_full_as_others() -> None:
    """The page break cuts off what tells that it is indented; the first lines of the other cells do."""
    cut = (("史密斯", "（中国）精密", "制造公司"), ("市商务局",))
    rows = (*CELLS, cut)

    def draw(canvas: Canvas) -> None:
        heights = [HEIGHT] * (len(CELLS) + 1) + [22]
        ys = [700.0]
        for height in heights:
            ys.append(ys[-1] - height)
        for page in (0, 1):
            tops = ys if page == 0 else [700.0, 700.0 - HEIGHT]
            ruled_rows(canvas, tops)
            # The line below the row that the break cuts is not drawn.
            for row, (top, _) in enumerate(pairwise(tops)):
                if page == 0 and row == 0:
                    for column, label in enumerate(LABELS):
                        canvas.drawString(XS[column] + 4, top - 14, label)
                    continue
                number = row if page == 0 else len(rows)
                lines = list(rows[number - 1])
                if number == len(rows):
                    lines = [lines[0][:1], lines[1][:1]] if page == 0 else [lines[0][1:], ()]
                if page == 0:
                    canvas.drawString(XS[0] + 4, top - 14, str(number))
                for column, text in enumerate(lines, 1):
                    write(canvas, column, top, text, 2 * SIZE if page == 0 else 0, justified=False)
            if page == 0:
                canvas.showPage()

    (table,) = read(draw).tables
    assert [value.text for value in table.rows[-1].values] == ["5", "史密斯（中国）精密制造公司", "市商务局"]


def row_of(text: str, x0: float, x1: float, top: float) -> list[Run]:
    """Give characters that are drawn one by one, spread from one place to another."""
    step = (x1 - x0 - SIZE) / (len(text) - 1)
    starts = [x0 + step * index for index in range(len(text))]
    return [Run(char, x, top, x + SIZE, top + SIZE, (x + SIZE,), False) for char, x in zip(text, starts, strict=True)]


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
        TextLine(text, (Run(text, x, 0.0, x + 24.0, 12.0, tuple(x + 6.0 * at for at in range(1, 5)), False),))
        for text, x in (("XJ01", 20.0), ("DDAE", 0.0))
    )
    assert ends_word(line, below, inner, Words.CUT)
    assert not ends_word(line, below, behind_indent(line, below, inner), Words.CUT)
    assert behind_indent(below, line, inner) == inner
