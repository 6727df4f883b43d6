"""Text in the character grid of a page's layout: each character takes a cell or two, and letters and digits so many."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from test_odd_tables import findings_of, read, ruled

from extract.char_grid import grid_of, in_grid
from extract.page import Run

FONT, SIZE = "STSong-Light", 10.5
XS = (60.0, 110.0, 330.0, 480.0)
ROWS = (
    ("序号", "工作任务", "完成时限"),
    ("1", "新增充电桩3,500个，改造15处积水点", "2025年12月底前"),
    ("2", "增长6%以上，投资3.5亿元", "6月30日前"),
    ("3", "办好12345热线", "2025年6月"),
)


def units(text: str) -> list[str]:
    """Part a text into wide characters and words of letters, digits and marks."""
    found: list[str] = []
    for char in text:
        if found and char.isascii() and found[-1].isascii():
            found[-1] += char
        else:
            found.append(char)
    return found


def set_in_cells(canvas: Canvas, x: float, y: float, text: str, cell: float) -> None:
    """Set a text in a grid: each unit begins in a cell of its own."""
    canvas.setFont(FONT, SIZE)
    for unit in units(text):
        canvas.drawString(x, y, unit)
        x += math.ceil(stringWidth(unit, FONT, SIZE) / cell - 0.001) * cell


def runs(text: str, cell: float) -> list[Run]:
    """Give a text in a grid as runs, one for each unit."""
    found, x = [], 0.0
    for unit in units(text):
        step = 10.5 if unit > "\x7f" else 5.2
        ends = [x + step * (index + 1) for index in range(len(unit))]
        found.append(Run(unit, x, 0.0, ends[-1], 10.0, ends, spaced=False))
        x += math.ceil((ends[-1] - x) / cell - 0.001) * cell
    return found


@pytest.mark.parametrize("cell", [15.8, 11.0, 9.9])
def test_gaps_of_a_grid_are_no_spaces(cell: float) -> None:
    """Where its cells are wider than characters, and where these take two."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, XS, tuple(700 - 30 * index for index in range(len(ROWS) + 1)), ())
        for index, row in enumerate(ROWS):
            for x, text in zip(XS, row, strict=False):
                set_in_cells(canvas, x + 3, 682 - 30 * index, text[:9], cell)

    (table,) = read(draw).tables
    assert [tuple(value.text for value in row.values) for row in table.rows] == [
        tuple(text[:9] for text in row) for row in ROWS[1:]
    ]
    assert not [finding for finding in findings_of(draw) if finding.rule == "doubtful-repair"]


@pytest.mark.parametrize("cell", [15.8, 11.0, 9.9])
def test_a_grid_is_told_by_its_cells(cell: float) -> None:
    """Each text reaches to the next one."""
    cells = [runs(text, cell) for row in ROWS for text in row]
    assert grid_of(cells, 0.0) == pytest.approx(cell, rel=0.01)
    for each, text in zip(cells, (text for row in ROWS for text in row), strict=True):
        (closed,) = in_grid(each, cell)
        assert closed.text == text
        assert closed.x1 / cell == pytest.approx(round(closed.x1 / cell))


def test_the_grid_of_the_page_before_tells_where_little_text_does() -> None:
    """A page that has no gaps has no grid."""
    few, plain = ([runs("6月30日前完成", cell)] for cell in (15.8, 10.5))
    assert grid_of(few, 0.0) == 0.0
    assert grid_of(few, 15.8) == 15.8
    assert grid_of(plain, 15.8) == 0.0


@pytest.mark.parametrize("gap", [2.6, 4.0])
def test_a_gap_of_one_width_between_the_scripts_is_no_grids(gap: float) -> None:
    """So typesetting leaves it; a typed space behind a date is one as well."""

    def spaced(text: str) -> list[Run]:
        found, x = [], 0.0
        for before, unit in pairwise(["", *units(text)]):
            x += gap if before and before.isascii() != unit.isascii() else 0.0
            step = 10.5 if unit > "\x7f" else 5.2
            ends = [x + step * (index + 1) for index in range(len(unit))]
            found.append(Run(unit, x, 0.0, ends[-1], 10.0, ends, spaced=False))
            x = ends[-1]
        return found

    assert grid_of([spaced(text) for row in ROWS for text in row], 0.0) == 0.0


def test_a_blank_cell_of_a_grid_parts_two_texts() -> None:
    """What begins a cell later stands behind a space; so does what the file says to."""
    first, second = runs("区财政局", 15.8), runs("区税务局", 15.8)
    moved = [run._replace(x0=run.x0 + 79, x1=run.x1 + 79, ends=[end + 79 for end in run.ends]) for run in second]
    assert [run.text for run in in_grid([*first, *moved], 15.8)] == ["区财政局", "区税务局"]
    beside = [run._replace(x0=run.x0 + 63.2, x1=run.x1 + 63.2, ends=[end + 63.2 for end in run.ends]) for run in second]
    assert [run.text for run in in_grid([*first, *beside], 15.8)] == ["区财政局区税务局"]
    spaced = [beside[0]._replace(spaced=True), *beside[1:]]
    assert [run.text for run in in_grid([*first, *spaced], 15.8)] == ["区财政局", "区税务局"]


def test_narrow_columns_that_are_justified_are_set_in_no_grid() -> None:
    """Their characters stand as far from each other line by line, those of their last lines do not."""

    def lines(step: float) -> list[Run]:
        found = []
        rows = (("档案库", step), ("的结构", step), ("可以通", step), ("过网络", 12.0), ("来浏览", 12.0))
        for y, (text, width) in zip(range(0, 70, 14), rows, strict=True):
            found += [
                Run(char, at * width, y, at * width + 12, y + 12, [at * width + 12], spaced=False)
                for at, char in enumerate(text)
            ]
        return found

    assert grid_of([lines(step) for step in (21.0, 21.0, 18.0, 24.0)], 0.0) == 0.0
