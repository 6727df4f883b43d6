"""The lattice: a grid from characters and ruling lines, however these are drawn."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import extract
from extract.false_encoding import has_false_encoding
from extract.page import Page, Run, Stroke
from extract.pdf import read_page
from extract.ruling import find_lattices
from extract.second import PagesAgain
from schema.grid import Grid

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
XS = (60.0, 120.0, 300.0, 500.0)
YS = (700.0, 670.0, 640.0, 600.0)
TEXTS = (("序号", "事项", "单位"), ("1", "甲项", "区委办"), ("2", "乙项", ""))
#: Draws a line from x0, y0 to x1, y1.
Ruler = Callable[[Canvas, float, float, float, float], None]


def stroke(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a plain line."""
    canvas.line(x0, y0, x1, y1)


def dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a line as many small segments, as print drivers do."""
    steps = max(int((abs(x1 - x0) + abs(y1 - y0)) / 5), 1)
    for step in range(steps):
        at, to = step / steps, (step + 0.5) / steps
        canvas.line(x0 + (x1 - x0) * at, y0 + (y1 - y0) * at, x0 + (x1 - x0) * to, y0 + (y1 - y0) * to)


def doubled(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw two lines a point and a half apart."""
    canvas.line(x0, y0, x1, y1)
    canvas.line(x0 + (x0 == x1) * 1.5, y0 + (y0 == y1) * 1.5, x1 + (x0 == x1) * 1.5, y1 + (y0 == y1) * 1.5)


def dotted(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a line as a row of squares, as browsers do."""
    for step in range(0, int(abs(x1 - x0) + abs(y1 - y0)), 3):
        canvas.rect(x0 + step * (x0 != x1), min(y0, y1) + step * (y0 != y1), 1.5, 1.5, stroke=0, fill=1)


def beaded(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a line as a row of circles, as browsers draw wider dots."""
    for step in range(0, int(abs(x1 - x0) + abs(y1 - y0)), 5):
        canvas.circle(x0 + step * (x0 != x1), min(y0, y1) + step * (y0 != y1), 1.1, stroke=0, fill=1)


def thin_rectangle(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a line as a filled rectangle half a point thin."""
    canvas.rect(min(x0, x1), min(y0, y1), abs(x1 - x0) or 0.5, abs(y1 - y0) or 0.5, stroke=0, fill=1)


def one_path(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Draw a line as two halves of one path object."""
    path = canvas.beginPath()
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    path.moveTo(x0, y0)
    path.lineTo(*middle)
    path.moveTo(*middle)
    path.lineTo(x1, y1)
    canvas.drawPath(path)


def rule_table(canvas: Canvas, ruler: Ruler, *, sides: bool = True) -> None:
    """Draw the lines of the table, with or without its left and right sides."""
    for y in YS:
        ruler(canvas, XS[0], y, XS[-1], y)
    for x in XS if sides else XS[1:-1]:
        ruler(canvas, x, YS[0], x, YS[-1])


def write_texts(canvas: Canvas, texts: tuple[tuple[str, ...], ...] = TEXTS) -> None:
    """Write the texts into the table's cells."""
    canvas.setFont("STSong-Light", 12)
    for line, y in zip(texts, YS[:-1], strict=True):
        for text, x in zip(line, XS[:-1], strict=True):
            canvas.drawString(x + 6, y - 18, text)


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """Make a PDF of one page."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(560, 800))
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def grids(data: bytes) -> list[Grid]:
    """Read the grids of a PDF."""
    return [block for block in extract.read(data, "x.pdf").blocks if isinstance(block, Grid)]


def texts_of(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Give a grid's texts, row by row."""
    return tuple(tuple(c.text for c in grid.cells if c.row == row) for row in range(grid.row_count))


@pytest.mark.parametrize("ruler", [stroke, dashed, dotted, beaded, doubled, thin_rectangle, one_path])
def test_lines_are_lines_however_they_are_drawn(ruler: Ruler) -> None:
    """Strokes, dashes, dots, double lines, thin rectangles and pieces of a path make the same grid."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, ruler)
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS
    assert (grid.row_count, grid.column_count) == (3, 3)


def test_a_table_without_outer_sides_keeps_its_outer_columns() -> None:
    """The horizontal lines show how far the table goes."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke, sides=False)
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS


def test_cells_drawn_each_as_a_rectangle_are_parted() -> None:
    """Borders that each cell draws for itself lie on one another."""

    def draw(canvas: Canvas) -> None:
        for top, bottom in pairwise(YS):
            for left, right in pairwise(XS):
                canvas.rect(left, bottom, right - left, top - bottom)
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS


def test_a_table_inside_a_form_is_found() -> None:
    """A form XObject's lines and characters are where its matrices put them."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("table")
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.endForm()
        canvas.translate(30, -200)
        canvas.doForm("table")

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS
    assert grid.place.box is not None
    assert grid.place.box[0] == pytest.approx(90, abs=1)
    assert grid.place.box[1] == pytest.approx(300, abs=1)


def test_missing_lines_make_spans() -> None:
    """Without the line between them, two rows of a column are one cell; an empty cell stays one."""

    def draw(canvas: Canvas) -> None:
        for y in (YS[0], YS[1], YS[3]):
            stroke(canvas, XS[0], y, XS[-1], y)
        stroke(canvas, XS[1], YS[2], XS[-1], YS[2])
        for x in XS:
            stroke(canvas, x, YS[0], x, YS[-1])
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    merged = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 0))
    assert (merged.row_span, merged.column_span) == (2, 1)
    assert merged.text.split() == ["1", "2"]
    empty = next(cell for cell in grid.cells if (cell.row, cell.column) == (2, 2))
    assert empty.text == ""
    assert len(grid.cells) == 8


def test_a_cell_open_at_the_bottom_says_so() -> None:
    """Without a line below, a table goes on over the page."""

    def draw(canvas: Canvas) -> None:
        for y in YS[:-1]:
            stroke(canvas, XS[0], y, XS[-1], y)
        for x in XS:
            stroke(canvas, x, YS[0], x, YS[-1])
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    assert grid.row_count == 3
    assert [cell.open_bottom for cell in grid.cells if cell.row == 2] == [True, True, True]
    assert not any(cell.open_bottom for cell in grid.cells if cell.row < 2)


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    """Fake bold doubles no character, neither in the cell nor in the reader's count."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.translate(0.3, 0)
        write_texts(canvas)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == TEXTS
    assert grid.characters is not None
    assert grid.characters["甲"] == 1


def turned(data: bytes, degrees: int) -> bytes:
    """Give a PDF whose first page /Rotate turns."""
    with pypdfium2.PdfDocument(data) as document:
        document[0].set_rotation(degrees)
        saved = io.BytesIO()
        document.save(saved)
    return saved.getvalue()


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    """/Rotate turns the table too; its boxes are those of the page as seen."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(560, 0)
        canvas.rotate(90)
        canvas.translate(0, -200)
        rule_table(canvas, stroke)
        write_texts(canvas)

    (grid,) = grids(turned(drawn(draw), 90))
    assert texts_of(grid) == TEXTS
    assert grid.place.box is not None
    assert grid.place.box[2] - grid.place.box[0] == pytest.approx(440, abs=1)
    assert grid.place.box[3] - grid.place.box[1] == pytest.approx(100, abs=1)


@pytest.mark.parametrize("degrees", [0, 90])
def test_a_number_before_justified_text_has_no_space_behind_it(degrees: int) -> None:
    """Its point is as wide as the font says also on a turned page; what its ink leaves is no gap."""

    def draw(canvas: Canvas) -> None:
        if degrees:
            canvas.translate(560, 0)
            canvas.rotate(90)
            canvas.translate(0, -200)
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.drawString(XS[1] + 6, YS[1] - 34, "第3项共4处之5")
        canvas.setFont("Courier", 12)
        canvas.drawString(XS[1] + 6, YS[2] - 34, "4.")
        canvas.setFont("STSong-Light", 12)
        for at, char in enumerate("送达责任公示"):
            canvas.drawString(XS[1] + 21.4 + 13 * at, YS[2] - 34, char)

    (grid,) = grids(turned(drawn(draw), degrees))
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (2, 1))
    assert cell.lines[-1].text == "4.送达责任公示"


def test_a_page_that_stands_on_its_head_is_read_as_it_stands() -> None:
    """Only /Rotate turns it over; its lines are read from their beginnings, and its boxes are those seen."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)

    (upright,) = grids(drawn(draw))
    with pypdfium2.PdfDocument(drawn(draw)) as document:
        width, height = document[0].get_size()
    (grid,) = grids(turned(drawn(draw), 180))
    assert texts_of(grid) == TEXTS
    x0, top, x1, bottom = upright.place.box or (0, 0, 0, 0)
    assert grid.place.box == pytest.approx((width - x1, height - bottom, width - x0, height - top), abs=0.2)


def test_a_watermark_across_the_table_belongs_to_no_cell() -> None:
    """Text drawn aslant is left out, and a note says so."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.translate(150, 600)
        canvas.rotate(35)
        canvas.setFont("STSong-Light", 40)
        canvas.drawString(0, 0, "内部资料")

    original = extract.read(drawn(draw), "x.pdf")
    (grid,) = [block for block in original.blocks if isinstance(block, Grid)]
    assert texts_of(grid) == TEXTS
    rules = [finding.rule for finding in original.findings if finding.rule != "second-reader-used"]
    assert rules == ["aslant-text"]


def test_a_level_watermark_belongs_to_no_cell() -> None:
    """Large text over the table's lines is left out, whichever reader reads the page, and a warning says so."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.setFont("STSong-Light", 40)
        canvas.drawString(90, 640, "仅供内部使用")

    original = extract.read(drawn(draw), "x.pdf")
    (grid,) = [block for block in original.blocks if isinstance(block, Grid)]
    assert texts_of(grid) == TEXTS
    assert [(found.rule, dict(found.details)["text"]) for found in original.findings] == [("watermark", "仅供内部使用")]
    again = PagesAgain(drawn(draw)).read(1)
    assert again is not None
    assert again.watermark == "仅供内部使用"


def test_a_red_line_and_a_box_are_no_tables() -> None:
    """A letterhead's rule and a framed paragraph part nothing into columns."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.line(60, 700, 500, 700)
        canvas.rect(60, 500, 440, 60)
        canvas.drawString(70, 530, "注意事项")

    assert grids(drawn(draw)) == []


def test_parts_of_a_table_that_are_joined_share_their_columns() -> None:
    """Each part took the middle of its own pieces, which differ by the last digits of their numbers."""
    levels = tuple(Stroke(y, 60.0, 500.0) for y in (100.0, 130.0, 150.0, 180.0))
    parts = ((100.0, 130.0, 300.0), (150.0, 180.0, 300.000004))
    sides = tuple(Stroke(x + shift, start, end) for start, end, shift in parts for x in (-100.0, 0.0, 100.0))
    text = Run("一、甲类", 70.0, 135.0, 118.0, 147.0, (82.0, 94.0, 106.0, 118.0), spaced=False)
    (lattice,) = find_lattices(Page(1, 600.0, 800.0, (text,), levels, sides))
    assert len(lattice.xs) == 5


def test_latin_text_spread_for_effect_is_no_false_encoding() -> None:
    """Marks that are far apart are as narrow as ever."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Courier", 12)
        text.setCharSpace(5)
        text.textLine("(" * 30)
        canvas.drawText(text)

    assert extract.read(drawn(draw), "x.pdf").findings == ()


@pytest.mark.parametrize("mark", ["(", "ÿ"])
@pytest.mark.parametrize(("count", "width", "false"), [(12, 12.0, True), (12, 7.2, False), (4, 12.0, False)])
def test_marks_in_a_square_betray_a_font_without_a_map(mark: str, count: int, width: float, *, false: bool) -> None:
    """Many marks as wide as the line is high are Chinese; narrow ones, and a few, are marks."""
    ends = tuple(width * (index + 1) for index in range(count))
    run = Run(mark * count, 0.0, 0.0, ends[-1], 12.0, ends, spaced=False)
    assert has_false_encoding(Page(1, 500.0, 500.0, (run,), (), ())) is false


@pytest.mark.parametrize(
    ("text", "false"),
    [
        ("㪙鱋项目类馃㧮程鱩称㬄设㰲质㬄设頼㞽鰇规䘵", True),
        ("序号项目类别工程名称建设性质建设内容及规模", False),
        ("張偉負責該項工程的質量與進度，並於年底前完成驗收", False),
        ("赵䶮、王赟、李颋、陈祎、周堃、吴喆、郑珺、冯瑄", False),
    ],
)
def test_characters_that_nobody_writes_betray_numbers_of_glyphs(text: str, *, false: bool) -> None:
    """A font whose map is lost gives the characters that have its glyphs' numbers; rare names are names."""
    run = Run(text, 0.0, 0.0, 12.0 * len(text), 12.0, tuple(12.0 * (i + 1) for i in range(len(text))), spaced=False)
    assert has_false_encoding(Page(1, 900.0, 500.0, (run,), (), ())) is false


def test_marks_as_high_as_their_ink_are_no_false_encoding() -> None:
    """Where a font has no box of its own, a full stop is wider than high; the other lines tell how high a line is."""
    marks = tuple(Run(".", x, 97.1, x + 3.4, 100.0, (x + 3.4,), spaced=False) for x in range(0, 240, 20))
    words = tuple(Run("ab", x, 90.0, x + 10.0, 100.0, (x + 5.0, x + 10.0), spaced=False) for x in range(0, 240, 20))
    assert not has_false_encoding(Page(1, 500.0, 500.0, marks + words, (), ()))
    assert has_false_encoding(Page(1, 500.0, 500.0, marks, (), ()))


def test_characters_drawn_from_right_to_left_are_columns_of_one() -> None:
    """Text that runs from the top to the bottom has its columns from right to left, also where each holds one."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (TEXTS[0], ("1", "", "区委办"), TEXTS[2]))
        for x, char in ((180, "乐"), (166, "甲"), (152, "项")):
            canvas.drawString(x, 652, char)

    (grid,) = grids(drawn(draw))
    found = next(cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert [line.text for line in found.lines] == ["乐", "甲", "项"]
    assert all(line.stacked for line in found.lines)


def test_a_dashed_line_does_not_go_on_over_a_low_row() -> None:
    """The row of totals between two others has one cell, though it is hardly higher than a dash is long."""
    ys = (700.0, 694.0, 686.0, 680.0)

    def draw(canvas: Canvas) -> None:
        for y in ys:
            dashed(canvas, XS[0], y, XS[-1], y)
        for x in XS:
            outer = x in (XS[0], XS[-1])
            for top, bottom in ((ys[0], ys[3]),) if outer else ((ys[0], ys[1]), (ys[2], ys[3])):
                for at in range(int(bottom), int(top), 3):
                    canvas.line(x, at, x, at + 2)

    (grid,) = grids(drawn(draw))
    assert [(cell.row, cell.column_span) for cell in grid.cells if cell.row == 1] == [(1, 3)]


def test_text_on_text_and_text_under_a_line_is_told_by_its_cell() -> None:
    """Each may hide the other; text that only fills its cell is no such."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)
        canvas.drawString(XS[1] + 10, YS[1] - 17, "乙项")
        canvas.drawString(XS[2] + 6, YS[2] - 4, "区商务委")

    (grid,) = grids(drawn(draw))
    assert [(text, place.box) for place, text in grid.overprinted] == [
        ("乙项", (120.0, 130.0, 300.0, 160.0)),
        ("区商务委", (300.0, 160.0, 500.0, 200.0)),
    ]


def test_a_word_that_begins_in_the_last_cell_and_leaves_the_table_belongs_there() -> None:
    """Nothing else stands beyond the table's side."""
    texts = (("序号", "事项", "电话"), ("1", "甲项", "0512-65224623-8011-8012-8013-8014-8015"), ("2", "乙项", ""))

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, texts)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid) == texts


def test_a_column_without_a_line_of_its_own_has_its_outer_side() -> None:
    """A merged cell that fills the page touches no line but on one side."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in YS[1:-1]:
            stroke(canvas, XS[1], y, XS[-1], y)
        for x in XS:
            stroke(canvas, x, YS[0], x, YS[-1])
        canvas.drawString(66, 650, "甲类")
        for y, text in zip((682, 652, 622), ("道路改造", "管网更新", "河道整治"), strict=True):
            canvas.drawString(126, y, text)

    (grid,) = grids(drawn(draw))
    assert grid.column_count == 3
    first = grid.cells[0]
    assert (first.text, first.row_span) == ("甲类", 3)


def test_italic_characters_that_stand_alone_are_text() -> None:
    """They lean, but their line is level; only text at an angle is a watermark."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (TEXTS[0], TEXTS[1], ("2", "", "")))
        for x, char in ((130, "乙"), (170, "项")):
            text = canvas.beginText()
            text.setTextTransform(1, 0, 0.3, 1, x, YS[2] - 18)
            text.textOut(char)
            canvas.drawText(text)

    (grid,) = grids(drawn(draw))
    assert texts_of(grid)[2][1].replace(" ", "").replace("\u3000", "") == "乙项"


def test_a_font_that_says_nothing_true_of_its_height_moves_no_text() -> None:
    """The middle of the box that holds all of a font's ink, be it a sign's that no page shows, is not its line's."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)

    data = drawn(draw)
    false = re.sub(
        rb"/Ascent \d+(.*?)/FontBBox \[ -25 -254 1000 880 \]", rb"/Ascent 1810\1/FontBBox [ -9 -9 2000 1810 ]", data
    )
    assert false != data
    (run, *_), (wanted, *_) = (read_page(pypdfium2.PdfDocument(each), 1).runs for each in (false, data))
    assert run.text == wanted.text
    assert abs(run.top + run.bottom - wanted.top - wanted.bottom) < 4
