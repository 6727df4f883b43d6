"""Characters whose boxes are not what they seem: slanted, sharing a square, hanging over a cell's edge or before it."""

from __future__ import annotations

from itertools import accumulate

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import drawn, grids
from test_odd_tables import ruled

import extract
from extract.cell_text import text_lines
from extract.gaps import spaced_text
from extract.glyphs import Glyphs, part_runs
from extract.lattice import page_blocks
from extract.page import Page, Run, Stroke
from extract.pdf_boxes import _oddly_wide
from extract.placement import runs_of_cells
from extract.ruling import Lattice
from extract.spread import parts_words
from schema.grid import Grid


def texts(grid: Grid) -> list[str]:
    """Give the texts of a grid's cells, in the order of reading."""
    return [cell.text for cell in grid.cells]


def placed(edge: float, *runs: tuple[str, tuple[float, ...]]) -> list[str]:
    """Give the texts of two cells of one row with this edge between them.

    Each run comes as its text and its edges, from the left one of its first character on.
    """
    lattice = Lattice(
        (0.0, edge, 200.0), (0.0, 20.0), ((True, True, True),), ((True, True), (True, True)), (20.0, 20.0), (0.0, 0.0)
    )
    made = [Run(text, edges[0], 4.0, edges[-1], 16.0, edges[1:], spaced=False) for text, edges in runs]
    filled, _ = runs_of_cells(lattice, [(0, 0, 1, 1), (0, 1, 1, 1)], made)
    return ["".join(run.text for run in found) for found in filled]


def test_a_mark_that_hangs_over_the_edge_stays_with_its_text() -> None:
    """What it leans on ends at the edge; the next cell's own text begins behind it."""
    assert placed(60.0, ("整治", (35.0, 47.0, 59.0)), ("。", (59.0, 71.0)), ("李阳", (80.0, 92.0, 104.0))) == [
        "整治。",
        "李阳",
    ]
    assert placed(60.0, ("整治", (5.0, 17.0, 29.0)), ("。", (61.0, 73.0)))[1] == "。"


def test_a_line_in_the_middle_of_its_cell_may_run_over_both_sides_by_less_than_a_point() -> None:
    """It is the cell's, whatever stands in the one beside."""
    lattice = Lattice(
        (0.0, 60.0, 120.0, 180.0), (0.0, 20.0), ((True,) * 4,), ((True,) * 3,) * 2, (20.0,) * 3, (0.0,) * 3
    )
    line = Run("同的名字，", 59.1, 4.0, 120.9, 16.0, tuple(59.1 + 12.36 * at for at in range(1, 6)), spaced=False)
    name = Run("范洁", 18.0, 4.0, 42.0, 16.0, (30.0, 42.0), spaced=False)
    filled, _ = runs_of_cells(lattice, [(0, at, 1, 1) for at in range(3)], [name, line])
    assert ["".join(run.text for run in found) for found in filled] == ["范洁", "同的名字，", ""]


def test_an_opening_mark_whose_empty_half_lies_before_the_edge_is_the_next_cells() -> None:
    """Its ink stands behind the edge, whatever stands right before it."""
    run = ("基础类“双随机", (22.0, 34.0, 46.0, 58.0, 67.0, 79.0, 91.0, 103.0))
    assert placed(61.0, run) == ["基础类", "“双随机"]
    assert placed(76.0, run)[0].startswith("基础类“")


def test_slanted_characters_have_spaces_between_them() -> None:
    """Slanted by its matrix, each has a box as wide as its parallelogram, which lies on the next one."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 160, 300), (700, 670, 640), (("事项", "单位"), ("甲项", "")))
        for at, x in zip("市财政局市教育局", (164, 176, 188, 200, 215, 227, 239, 251), strict=True):
            text = canvas.beginText()
            text.setTextTransform(1, 0, 0.33, 1, x, 652)
            text.textOut(at)
            canvas.drawText(text)

    (grid,) = grids(drawn(draw))
    assert texts(grid)[-1] == "市财政局 市教育局"


def test_two_marks_in_one_square_stand_in_their_order() -> None:
    """Each is as wide as half of its box, and the boxes are at one place; the opening one is drawn first."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 160, 300), (700, 670, 640), (("事项", "说明"), ("甲项", "")))
        for text, x in (("意见", 164), ("（", 188), ("》", 188), ("试行", 200)):
            canvas.drawString(x, 652, text)

    (grid,) = grids(drawn(draw))
    assert texts(grid)[-1] == "意见》（试行"


def test_the_scripts_stand_side_by_side_only_within_a_cell() -> None:
    """A date that fills its cell meets the next cell's text; that says nothing of a gap elsewhere."""
    made: list[Run] = []
    for y in (20.0, 50.0, 80.0, 110.0):
        for text, widths, x in (
            ("202512市财政局", (6,) * 6 + (12,) * 4, 4.0),
            ("建设", (12, 12), 104.0),
            ("5", (6,), 131.0),
            ("个", (12,), 140.0),
        ):
            ends = tuple(accumulate(widths, initial=x))
            made.append(Run(text, x, y, ends[-1], y + 12, ends[1:], spaced=False))
    level = tuple(Stroke(y, 0, 200) for y in (10, 40, 70, 100, 130))
    upright = tuple(Stroke(x, 10, 130) for x in (0, 40, 100, 200))
    (grid,) = page_blocks(Page(1, 200, 200, tuple(made), level, upright))
    assert isinstance(grid, Grid)
    assert texts(grid) == ["202512", "市财政局", "建设5个"] * 4


def test_a_line_of_two_characters_that_is_stretched_over_its_cell_is_one_word() -> None:
    """Word justifies a line before a break that was put there by hand."""
    rows = [[Run(text, x, 0.0, x + 10.0, 10.0, (x + 10.0,), spaced=False)] for text, x in (("团", 124.0), ("配", 0.0))]
    ends = [Run(text, x, 0.0, x + 10.0, 10.0, (x + 10.0,), spaced=False) for text, x in (("市", 0.0), ("委", 124.0))]
    assert not parts_words([rows[0], ends, rows[1]], 1, 134.0)


def test_a_gap_between_two_characters_of_a_narrow_cell_is_a_space_where_another_line_is_not_spread() -> None:
    """Chromium draws no space; the line takes all of its cell, as one does that is justified."""
    rows = (("吴桂",), ("兰", "卫"), ("欢",))
    runs = [
        Run(
            text,
            x,
            12.0 * at,
            x + 9.0 * len(text),
            12.0 * at + 9,
            tuple(x + 9.0 * n for n in range(1, len(text) + 1)),
            spaced=False,
        )
        for at, row in enumerate(rows)
        for x, text in zip((0.0, 11.3), row, strict=False)
    ]
    assert [line.text for line in text_lines(runs, 21.0)] == ["吴桂", "兰 卫", "欢"]


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        # Numbers are spread nowhere, behind an opening mark stands no space, what fits exactly need not have.
        ((("10",), ("台", "套"), ("数",)), 26.0),
        ((("一台",), ("（", "套"), ("）",)), 26.0),
        ((("区", "级"), ("事项",)), 27.0),
        # Between the scripts some programs leave a gap of their own.
        ((("见附",), ("件", "2")), 20.0),
    ],
)
def test_a_gap_between_two_characters_of_a_narrow_cell_may_be_none_that_was_typed(
    rows: tuple[tuple[str, ...], ...], width: float
) -> None:
    """The line is justified, or set as any other."""
    runs = []
    for at, row in enumerate(rows):
        x = 0.0
        for text in row:
            ends = tuple(x + 9.0 * n for n in range(1, len(text) + 1))
            runs.append(Run(text, x, 12.0 * at, ends[-1], 12.0 * at + 12.0, ends, spaced=False))
            x = ends[-1] + (1.8 if row[-1] == "2" else width - 18.0)
    assert [line.text for line in text_lines(runs, width)] == ["".join(row) for row in rows]


@pytest.mark.parametrize(("below", "parts"), [(("“", "十"), False), (("十",), True)])
def test_a_line_of_two_characters_is_justified_where_the_next_piece_had_no_room(
    below: tuple[str, ...],
    parts: bool,  # noqa: FBT001 - a parameter
) -> None:
    """A quotation mark takes the character behind it along."""
    rows = [
        [Run(text, x, 0.0, x + 9.0, 9.0, (x + 9.0,), spaced=False) for text, x in zip(row, xs, strict=False)]
        for row, xs in (("已列入", (0, 10.7, 21.4)), ("省级", (0, 21.4)), (below, (0, 10.7)))
    ]
    assert parts_words(rows, 1, 30.5) is parts


@pytest.mark.parametrize(
    ("gaps", "text"),
    [
        ((2.3, 2.4, 2.3, 2.4), "限男性，适"),
        ((3.0, 3.1, 3.0, 3.1), "限男性，适"),
        ((3.0, 3.1, 0.0, 3.1), "限 男 性， 适"),
    ],
)
def test_a_row_whose_gaps_are_alike_is_stretched_though_its_paragraph_is_indented(
    gaps: tuple[float, ...], text: str
) -> None:
    """It ends before its cell does; nobody types a space before a comma."""
    row, x = [], 0.0
    for char, gap in zip("限男性，适", (*gaps, 0.0), strict=True):
        row.append(Run(char, x, 0.0, x + 12.0, 12.0, (x + 12.0,), spaced=False))
        x += 12.0 + gap
    assert spaced_text(row, 120.0).replace("， ", "，") == text.replace("， ", "，")


def spaced_row(*runs: tuple[str, float, float], width: float = 60.0) -> str:
    """Give the text of a line of runs, each from one place to another; ``_`` before it stands for a real space."""
    row = []
    for text, x0, x1 in runs:
        plain = text.removeprefix("_")
        step = (x1 - x0) / len(plain)
        ends = tuple(x0 + step * (at + 1) for at in range(len(plain)))
        row.append(Run(plain, x0, 0.0, x1, 12.0, ends, spaced=plain != text))
    return spaced_text(row, width)


def test_a_space_that_a_wide_stand_in_covers_parts_two_words() -> None:
    """A font that is not in the file has a stand-in, whose letters may be wider; Chinese beside it shows nothing."""
    assert spaced_row(("Site", 0, 20), ("_of", 23, 33), ("_the", 33.1, 47)) == "Site of the"
    assert spaced_row(("甲", 0, 12), ("_of", 12.1, 22)) == "甲of"


def test_all_room_of_a_justified_line_may_be_between_its_only_two_characters() -> None:
    """Where they are the only pair, and no space is printed between them."""
    assert spaced_row(("1.0容", 0, 28), ("积", 48, 60)) == "1.0容积"
    assert spaced_row(("1.0容", 0, 28), ("_积", 48, 60)) == "1.0容 积"
    assert spaced_row(("三方容", 0, 36), ("积", 48, 60)) == "三方容 积"


def test_a_space_of_a_justified_line_is_widened_on_both_sides() -> None:
    """Of three characters, two have the line's room between them, and two a space with twice as much."""
    assert spaced_row(("司", 0, 12), ("委", 28.2, 40.2), ("托", 46.2, 58.2), width=58.2) == "司 委托"
    assert spaced_row(("司", 0, 12), ("委", 32, 44), ("托", 50, 62), width=62) == "司 委 托"


def test_a_quarter_behind_a_points_sign_is_no_space() -> None:
    """Some producers put one between Chinese and digits, and take the sign for Chinese; before it, it is one."""
    assert spaced_row(("管线；③", 0, 48), ("7", 51, 57), ("月底", 60, 84), width=200) == "管线；③7月底"
    assert spaced_row(("管线；③", 0, 48), ("_7", 51, 57), ("月底", 60, 84), width=200) == "管线；③ 7月底"
    assert spaced_row(("管线5", 0, 30), ("③", 33, 45), width=200) == "管线5 ③"


def test_a_dot_in_its_square_parts_no_number() -> None:
    """A font of Chinese sets it in the middle of a square, in a line without Chinese too."""
    assert spaced_row(("B·", 0, 12), ("F03", 17, 37), width=200) == "B·F03"
    assert spaced_row(("B-", 0, 12), ("F03", 17, 37), width=200) == "B- F03"


@pytest.mark.parametrize(("pair", "pieces"), [("VA", ["VA"]), ("P.", ["P."]), ("F1", ["F", "1"]), ("no", ["n", "o"])])
def test_letters_that_are_open_at_a_corner_stand_closer(pair: str, pieces: list[str]) -> None:
    """Others that lie so far on each other are of two texts."""
    glyphs = Glyphs(pair, [0.0, 5.5], [0.0] * 2, [7.2, 13.0], [10.0] * 2, frozenset())
    assert [run.text for run, _ in part_runs(glyphs)] == pieces


def test_a_character_that_a_form_names_stands_where_the_form_does() -> None:
    """PDFium gives it at its place in the form, which is drawn smaller and elsewhere."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        "2 beginbfchar <61> <2F6C> <62> <67D0> endbfchar endcmap end end"
    )
    named = "/Span << /ActualText <FEFF76EE> >> BDC (a) Tj EMC"
    text, page = f"BT /F1 40 Tf 100 100 Td (b) Tj {named} (b) Tj ET", "q 0.5 0 0 0.5 30 200 cm /X1 Do Q"
    fonts = "/Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R "
            "/Resources << /XObject << /X1 7 0 R >> >> >>"
        ),
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 800 800] {fonts} /Length {len(text)} >>\n"
            f"stream\n{text}\nendstream"
        ),
    ]
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    data = f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R /Size 8 >>\n%%EOF\n".encode()
    (line,) = extract.read(data, "x.pdf").blocks.paragraphs()
    assert line.text == "某目某"
    assert line.place.box is not None
    assert 79 < line.place.box[0] < line.place.box[2] < 130


def test_the_code_of_a_glyph_without_a_character_is_no_text() -> None:
    """A font's map may leave out some glyphs: PDFium gives their numbers as characters, such as ``$`` for ``2``."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        "2 beginbfchar <0061> <7532> <0040> <0032> endbfchar endcmap end end"
    )
    page = "BT /F1 40 Tf 20 100 Td <00610024004000240061> Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R "
            "/DescendantFonts [7 0 R] >>"
        ),
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 1000 /FontDescriptor 8 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        (
            "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
            "/Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
    ]
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    data = f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R /Size 9 >>\n%%EOF\n".encode()
    (line,) = extract.read(data, "x.pdf").blocks.paragraphs()
    assert line.text == "甲\ufffd2\ufffd甲"


@pytest.mark.parametrize(("width", "pieces"), [(24.0, ["——"]), (16.7, ["——"]), (12.0, ["—", "—"])])
def test_one_shape_as_wide_as_two_dashes_is_two(width: float, pieces: list[str]) -> None:
    """A font may have one for both, where PDFium gives both at its place; a bold one is drawn twice."""
    glyphs = Glyphs("——", [10.0] * 2, [0.0] * 2, [10.0 + width] * 2, [12.0] * 2, frozenset(), frozenset((1,)))
    assert [run.text for run, _ in part_runs(glyphs)] == pieces


def test_a_narrow_width_that_is_the_inks_is_no_fonts() -> None:
    """However often its character stands on the page, as 日 in a column of dates; a smaller font's is one."""
    widths = [10.0] * 50 + [6.4] * 10 + [8.0] * 10
    assert list(_oddly_wide(widths, [(0, 70)], lambda index: index < 60)) == list(range(50, 60))
    assert list(_oddly_wide(widths, [(0, 70)], lambda _: False)) == []


def test_letters_that_are_set_apart_alike_in_a_line_of_their_own_are_one_word() -> None:
    """Each is drawn by itself; what is as wide as a space parts words."""
    apart = [(char, 7.6 * at, 7.6 * at + 6) for at, char in enumerate("(BRT)")]
    wide = [(char, 9.0 * at, 9.0 * at + 6) for at, char in enumerate("(BRT)")]
    assert spaced_row(*apart) == "(BRT)"
    assert spaced_row(*wide) == "( B R T )"


def test_a_character_drawn_on_a_space_has_none_before_it() -> None:
    """LibreOffice underlines the gap behind a text by spaces that are drawn where the next one begins."""

    def draw(canvas: Canvas) -> None:
        ruled(canvas, (60, 160, 260), (700, 680, 660), (("日期", "说明"), ("", "2024 年 7 月")))
        for x, text in ((62, "2024"), (88.4, "年"), (102.8, "7"), (111.2, "月")):
            canvas.drawString(x, 666, text)
            canvas.drawString(x - 0.1, 666, "   ")

    (grid,) = grids(drawn(draw))
    assert texts(grid) == ["日期", "说明", "2024年7月", "2024 年 7 月"]


def test_a_letter_drawn_by_itself_goes_on_with_its_word_over_the_edge() -> None:
    """More of it stands in the next cell; one that begins at the edge is that one's."""
    code = [(char, (4.0 + 10 * at, 14.0 + 10 * at)) for at, char in enumerate("91310")]
    number = ("31,500", (80.0, 90.0, 94.0, 104.0, 114.0, 124.0, 134.0))
    assert placed(58.0, *code, ("H", (54.0, 64.0)), number) == ["91310H", "31,500"]
    assert placed(54.0, *code, ("H", (54.0, 64.0)), number) == ["91310", "H31,500"]


def test_the_only_room_of_a_justified_line_may_stand_before_a_bracket() -> None:
    """So narrow is no space where the line reaches from side to side; elsewhere no other gap is as wide."""
    line = (("议", 0, 12), ("（征求）", 14.2, 62.2))
    assert spaced_row(*line, width=62.2) == "议（征求）"
    assert spaced_row(*line, width=200) == "议 （征求）"
    assert spaced_row(("议", 0, 12), ("（征求）", 15, 63), width=63) == "议 （征求）"
