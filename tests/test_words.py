"""Words that are wider than their cells, gaps in justified lines, and line ends between letters: what stands where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from test_lattice import TEXTS, XS, YS, drawn, rule_table, stroke, texts_of, write_texts
from test_odd_tables import findings_of
from test_odd_tables import read as normalized
from test_rules import sheet

import extract
from extract.cell_text import TextLine, text_lines
from extract.measure import padding_of
from extract.page import Run, Stroke
from extract.pdf_overprint import over_lines, overprinted, parted_at
from extract.pieces import goes_over, pieces_of
from extract.placement import runs_of_cells, runs_of_tables
from extract.ruling import Lattice
from extract.seams import sets_column_tight, sets_tight
from extract.word_ends import Words, ends_word, words_of
from hongtou.pipeline import convert_file
from normalize.full_lines import tell_fitted_lines, tell_headings, tell_word_ends
from normalize.item_ends import tell_items
from normalize.seam_ends import tell_seam_ends
from schema.grid import Grid, Original

CODE = "91310109MA1G5XK83W"
FONT, SIZE = "STSong-Light", 12


def read(draw: Callable[[Canvas], None]) -> tuple[Grid, Original]:
    """Draw the table and something more; give its grid and the whole reading."""

    def both(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas)
        draw(canvas)

    original = extract.read(drawn(both), "x.pdf")
    (grid,) = [block for block in original.blocks if isinstance(block, Grid)]
    return grid, original


def rules_of(original: Original) -> list[tuple[str, str]]:
    """Give the findings' rules and severities."""
    return [(finding.rule, finding.severity.value) for finding in original.findings]


def test_a_code_that_stands_on_the_next_cells_text_is_read_whole() -> None:
    """Both texts are drawn one after the other: read in that order, neither takes a character of the other."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(XS[0] + 6, YS[2] - 34, CODE)

    grid, original = read(draw)
    texts = texts_of(grid)
    assert texts[2][0].replace("\n", "").replace("\v", "") == "2" + CODE
    assert texts[2][1:] == TEXTS[2][1:]
    assert ("second-reader-used", "note") in rules_of(original)


def test_a_watermark_that_begins_in_a_code_parts_it_nowhere() -> None:
    """Only level text stands right behind another."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(XS[0] + 6, YS[2] - 34, CODE)
        canvas.saveState()
        canvas.translate(XS[1] + 30, YS[2] - 33)
        canvas.rotate(35)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    texts = texts_of(read(draw)[0])
    assert texts[2][0].replace("\n", "").replace("\v", "") == "2" + CODE
    assert texts[2][1:] == TEXTS[2][1:]


def test_a_word_in_the_middle_of_its_cell_is_not_the_texts_that_it_follows() -> None:
    """A code too wide for its cell runs over both sides, and may begin right where the text before it ends."""
    code = CODE + CODE[:14]

    def draw(canvas: Canvas) -> None:
        start = (XS[1] + XS[2] - stringWidth(code, FONT, SIZE)) / 2
        canvas.drawString(start - 3 * SIZE, YS[2] - 34, "甲乙丙" + code)

    grid, _ = read(draw)
    texts = [text.replace("\n", "").replace("\v", "") for text in texts_of(grid)[2]]
    assert texts == ["2甲乙丙", "乙项" + code, ""]


def test_a_word_over_the_edge_of_the_table_stays_in_it() -> None:
    """What is left aligned in the last cell belongs there, however far it goes."""
    address = "zhangsan.office@example.gov.cn/2025-001"

    def draw(canvas: Canvas) -> None:
        canvas.drawString(XS[2] + 6, YS[2] - 18, address)

    grid, original = read(draw)
    assert texts_of(grid)[2][2] == address
    assert [block for block in original.blocks if not isinstance(block, Grid)] == []


def test_text_of_the_next_cell_right_behind_a_word_is_its_own() -> None:
    """The producer began a piece there, at which no run begins; a word that only lies over the place stays whole."""
    ends = [6.0 * index for index in range(1, 12)]
    joined = Run("22,59420256月", 0.0, 0.0, ends[-1], 10.0, ends, spaced=False)
    over = Run("AB", 32.0, 0.0, 44.0, 10.0, [40.0, 44.0], spaced=False)
    runs, unsure = parted_at((joined, over), ((36.4, 8.0), (0.0, 8.0), (32.0, 8.0)))
    assert [run.text for run in runs] == ["22,594", "20256月", "AB"]
    assert unsure == ""


def test_text_that_begins_on_the_end_of_a_word_is_parted_at_its_first_character() -> None:
    """What a program draws over the end of a word that is too wide for its cell begins before that ends."""
    ends = [6.0 * index for index in range(1, 9)]
    joined = Run("12345XWa", 0.0, 0.0, ends[-1], 10.0, ends, spaced=False)
    runs, _ = parted_at((joined,), ((0.0, 8.0), (34.0, 8.0)))
    assert [run.text for run in runs] == ["12345X", "Wa"]


def test_a_word_behind_its_cells_text_stays_there_however_far_it_runs() -> None:
    """Where a line goes on, the word in it that no cell is wide enough for is of the line's cell."""
    size = "A1200×B600×C750×D900×E1500"

    def draw(canvas: Canvas) -> None:
        canvas.drawString(XS[1] + 6, YS[2] - 34, "尺寸为以下所列规格：")
        canvas.drawString(XS[1] + 6 + stringWidth("尺寸为以下所列规格：", FONT, SIZE) - 4, YS[2] - 34, size)

    grid, _ = read(draw)
    assert texts_of(grid)[2][1].replace("\n", "").replace("\v", "").endswith(size)
    assert texts_of(grid)[2][2] == TEXTS[2][2]


def test_a_line_in_the_middle_of_its_cell_may_run_over_both_sides() -> None:
    """Some producers put a line whose word is too wide for its cell in the cell's middle all the same."""
    pieces, middle = ("3、", "尺寸：", "A1200×B600×C750×D900×E1500×F2400"), (XS[1] + XS[2]) / 2

    def draw(canvas: Canvas) -> None:
        x = middle - stringWidth("".join(pieces), FONT, SIZE) / 2
        for piece in pieces:
            canvas.drawString(x, YS[2] - 34, piece)
            x += stringWidth(piece, FONT, SIZE)

    grid, _ = read(draw)
    assert texts_of(grid)[2][1].replace("\n", "").replace("\v", "") == TEXTS[2][1] + "".join(pieces)


def test_a_piece_that_begins_where_another_ends_goes_on_with_it() -> None:
    """Producers begin a new piece for another font or script; only by that do two meet exactly."""
    ends = [6.0 * index for index in range(1, 9)]
    word = Run("║48.2vol", 0.0, 0.0, ends[-1], 10.0, ends, spaced=False)
    runs, unsure = parted_at((word,), ((0.0, 8.0), (30.0, 8.0)))
    assert ([run.text for run in runs], unsure) == (["║48.2vol"], "")


@pytest.mark.parametrize(
    ("edges", "parted"),
    [
        # In the middles of two cells; at the left of both, as far from it; not as far; over a line of one text.
        ((0, 36, 72), True),
        ((-3, 33, 90), True),
        ((-3, 31, 90), False),
        ((-20, 33, 90), False),
    ],
)
def test_two_texts_that_meet_exactly_stand_in_two_cells(edges: tuple[float, ...], parted: bool) -> None:  # noqa: FBT001
    """One of them, or both, are too wide for its cell."""
    ends = [6.0 * index for index in range(1, 13)]
    joined = Run("-11.8%2025.6", 0.0, 0.0, ends[-1], 10.0, ends, spaced=False)
    lines = [Stroke(x, 0.0, 10.0) for x in edges]
    runs, unsure = parted_at((joined,), ((0.0, 8.0), (36.0, 8.0)), lines)
    assert [run.text for run in runs] == (["-11.8%", "2025.6"] if parted else ["-11.8%2025.6"])
    assert unsure == ""


def test_a_word_that_rows_repeat_tells_once_that_scripts_stand_side_by_side() -> None:
    """Some producers leave a gap everywhere but in a word here and there."""

    def run(text: str) -> Run:
        return Run(text, 0.0, 0.0, 10.0 * len(text), 10.0, [10.0 * at for at in range(1, len(text) + 1)], spaced=False)

    assert not sets_tight([run("E1级板材")] * 4)
    assert sets_tight([run("E1级板材"), run("新增5个"), run("共12台")])


def spread(canvas: Canvas, pieces: Sequence[str], x0: float, x1: float, y: float) -> None:
    """Draw pieces of text with the same gap between them, from side to side."""
    widths = [stringWidth(piece, FONT, SIZE) for piece in pieces]
    gap = (x1 - x0 - sum(widths)) / (len(pieces) - 1)
    for piece, width in zip(pieces, widths, strict=True):
        canvas.drawString(x0, y, piece)
        x0 += width + gap


@pytest.mark.parametrize(
    "line",
    [
        ("行", "GB", "3095—2012", "标", "准", "，"),
        ("3.2", "万", "平", "方", "米", "的", "厂", "房"),
        ("参", "加", "World", "Expo"),
        ("12", "月"),
    ],
)
def test_the_gaps_of_a_justified_line_are_no_spaces(line: tuple[str, ...]) -> None:
    """However wide they are, where the line reaches from side to side; between words in letters they are spaces."""

    def draw(canvas: Canvas) -> None:
        full = "甲" * 14
        canvas.drawString(XS[1] + 6, YS[2] - 18, full)
        spread(canvas, line, XS[1] + 6, XS[1] + 6 + stringWidth(full, FONT, SIZE), YS[2] - 34)

    grid, _ = read(draw)
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (2, 1))
    words = "".join(line).replace("GB3095", "GB 3095").replace("WorldExpo", "World Expo")
    assert cell.lines[-1].text == words


def run(text: str, x0: float) -> Run:
    """Set a text in one line, each Chinese character twelve points wide and all others six."""
    ends, x = [], x0
    for char in text:
        x += 12.0 if char > "\x7f" else 6.0
        ends.append(x)
    return Run(text, x0, 0.0, x, 12.0, ends, spaced=False)


@pytest.mark.parametrize(
    ("others", "text"),
    [
        ([run("第3项共4处", 0)], "科室 0512-65221234"),
        ([run("第", 0), run("3", 15), run("项共", 24), run("4", 51), run("处", 60)], "科室0512-65221234"),
    ],
)
def test_a_gap_between_the_scripts_is_a_space_where_others_have_none(others: list[Run], text: str) -> None:
    """Many producers leave a gap between Chinese and digits everywhere; where one does not, a gap was typed."""
    cell = [run("科室", 0), run("0512-65221234", 27)]
    (line,) = text_lines(cell, 200.0, tight=sets_tight([*others, *cell]))
    assert line.text == text


@pytest.mark.parametrize(
    ("before", "gap", "behind", "text"),
    [
        ("完成", 3.0, "5", "完成 5"),
        ("A", 3.0, "区", "A 区"),
        ("责任人:", 3.0, "张三", "责任人: 张三"),
        ("完成", 1.0, "5", "完成5"),
        ("100%", 1.0, "完成", "100%完成"),
    ],
)
def test_a_column_whose_scripts_have_fonts_of_their_own_tells_too(
    before: str, gap: float, behind: str, text: str
) -> None:
    """Each text is a run, and none leaves a gap but where a space was typed; one document may have both kinds."""
    others = [run("第", 0), run("3", 12), run("项共", 18), run("4", 42), run("处", 48)]
    first = run(before, 0)
    cell = [first, run(behind, first.x1 + gap), run("项", 180)]
    assert sets_column_tight([*others, *cell]) is True
    assert sets_column_tight([run(each.text, each.x0 + index) for index, each in enumerate(others)]) is False
    (line,) = text_lines(cell[:2], 200.0, tight=True)
    assert line.text == text


@pytest.mark.parametrize(("gap", "text"), [(3.0, "Medtronic, Inc. 美敦"), (2.0, "Medtronic, Inc.美敦")])
def test_a_gap_as_wide_as_that_between_two_words_is_a_space(gap: float, text: str) -> None:
    """Also where the line fills its cell and may be justified: then all spaces are wider than the other gaps."""
    row = [run("Medtronic,", 0), run("Inc.", 63)]
    row.append(run("美敦", row[-1].x1 + gap))
    (line,) = text_lines(row, row[-1].x1, tight=True)
    assert line.text == text


@pytest.mark.parametrize(
    ("text", "edge", "pieces"),
    [
        ("2461.662467.96", 42.0, ["2461.66", "2467.96"]),
        ("2461.662467.96", 45.0, ["2461.662467.96"]),
        ("2025-01-022025-03-04", 60.0, ["2025-01-02", "2025-03-04"]),
        ("91310109", 24.0, ["91310109"]),
    ],
)
def test_two_numbers_that_touch_at_an_edge_are_two(text: str, edge: float, pieces: list[str]) -> None:
    """One number that runs over it stays whole."""
    assert [piece.text for piece in pieces_of(run(text, 0), (edge,))] == pieces


@pytest.mark.parametrize(("other", "found"), [("25%", ["3" * 22, "", "25%"]), ("", ["", "", "3" * 22])])
def test_a_code_that_may_be_of_two_cells_is_of_the_one_without_text(other: str, found: list[str]) -> None:
    """It begins at the left of one and ends at the right of another."""
    xs = (0.0, 60.0, 100.0, 140.0)
    lattice = Lattice(xs, (0.0, 40.0), ((True,) * 4,), ((True,) * 3,) * 2, (40.0,) * 3, (0.0,) * 3)
    below = run(other or "甲", 105.0 if other else 5.0)._replace(top=20.0, bottom=32.0)
    filled, _ = runs_of_cells(lattice, [(0, column, 1, 1) for column in range(3)], [run("3" * 22, 4.0), below])
    assert ["".join(each.text for each in cell).replace("甲", "") for cell in filled] == found


def test_a_line_that_begins_where_its_cells_others_do_is_no_other_cells() -> None:
    """Though it runs over the next cell, which is empty, and ends near that one's right side."""
    xs = (0.0, 60.0, 140.0)
    lattice = Lattice(xs, (0.0, 40.0), ((True,) * 3,), ((True,) * 2,) * 2, (40.0,) * 2, (0.0,) * 2)
    below = run("3" * 22, 3.0)._replace(top=20.0, bottom=32.0)
    filled, _ = runs_of_cells(lattice, [(0, column, 1, 1) for column in range(2)], [run("酒", 3.0), below])
    assert ["".join(each.text for each in cell) for cell in filled] == ["酒" + "3" * 22, ""]


@pytest.mark.parametrize(
    ("texts", "text"), [(("2025年", "11月"), "2025年11月"), (("10月25日", "15:00"), "10月25日 15:00")]
)
def test_a_line_that_its_program_stretches_behind_chinese_holds_no_space(texts: tuple[str, str], text: str) -> None:
    """Digits stand right before Chinese in both; where they stand right behind it elsewhere, the gap is a space."""
    first = run(texts[0], 0)
    row = [first, run(texts[1], first.x1 + 4.0)]
    (line,) = text_lines(row, row[-1].x1, tight=True)
    assert line.text == text


@pytest.mark.parametrize(("start", "column"), [(58.5, 1), (50.0, 0)])
def test_a_line_of_which_less_than_half_a_character_hangs_out_is_its_cells(start: float, column: int) -> None:
    """So a line that is aligned to the right does; of one that begins further left more stands in the other cell."""
    xs = (0.0, 60.0, 160.0)
    lattice = Lattice(xs, (0.0, 20.0), ((True,) * 3,), ((True,) * 2,) * 2, (20.0,) * 2, (0.0,) * 2)
    text = "设备（含电梯、"
    filled, _ = runs_of_cells(lattice, [(0, column, 1, 1) for column in range(2)], [run(text, start)])
    assert ["".join(each.text for each in cell) for cell in filled].index(text) == column


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ((("做", 0.0), ("做到底", 0.5)), "做到底"),
        ((("优化环境条例", 0.0), ("条例", 48.4)), "优化环境条例"),
        ((("人", 0.0), ("人", 12.0)), "人人"),
        ((("条例》", 0.0), ("例》", 0.4)), "条例》例》"),
    ],
)
def test_text_that_is_drawn_again_in_part_is_read_once(drawn: tuple[tuple[str, float], ...], text: str) -> None:
    """A shadow's text may be cut otherwise than the text that throws it; other characters do not stand there."""
    (line,) = text_lines([run(*each) for each in drawn], 200.0)
    assert line.text.replace(" ", "") == text


def test_a_code_that_runs_over_its_cell_into_the_next_text_is_mixed_with_it() -> None:
    """PDFium gives the characters of both by their places; within a cell, letters may lean on each other."""
    code, name = run("JY345", 33.0), run("A好", 60.5)
    lines = [Stroke(60.0, 0.0, 20.0)]
    assert overprinted([code, name], lines, over_lines([code, name], lines)) == "A好"
    assert overprinted([code, name], [], over_lines([code, name], [])) == ""
    beside = run("A好", 63.0)
    assert overprinted([code, beside], lines, over_lines([code, beside], lines)) == ""


def test_a_number_that_runs_over_both_sides_of_its_cell_is_not_the_one_beside_its() -> None:
    """It touches that, which begins at the left of its own cell."""
    xs = (0.0, 45.0, 100.0, 140.0)
    lattice = Lattice(xs, (0.0, 20.0), ((True,) * 4,), ((True,) * 3,) * 2, (20.0,) * 3, (0.0,) * 3)
    numbers = [run("2670.02", 2.4), run("420,248.40", 44.4)]
    filled, _ = runs_of_cells(lattice, [(0, column, 1, 1) for column in range(3)], numbers)
    assert [[each.text for each in cell] for cell in filled] == [["2670.02"], ["420,248.40"], []]


def test_letters_that_are_set_apart_and_centred_may_stand_over_both_sides() -> None:
    """Also over the table's edge, on which none of them need stand with its middle."""
    xs = (0.0, 60.0, 100.0)
    lattice = Lattice(xs, (0.0, 20.0), ((True,) * 3,), ((True,) * 2,) * 2, (20.0,) * 2, (0.0,) * 2)
    digits = [run(char, 54.5 + 9 * at) for at, char in enumerate("512603")]
    inside, outside = runs_of_tables(digits, [lattice])
    assert (len(inside[0]), outside) == (6, [])
    filled, _ = runs_of_cells(lattice, [(0, column, 1, 1) for column in range(2)], digits)
    assert [[each.text for each in cell] for cell in filled] == [[], list("512603")]


def test_text_that_reaches_over_an_edge_by_a_hair_does_not_run_over_it() -> None:
    """Widths are rounded."""
    assert not goes_over(run("2467.96", 0), 41.97)
    assert goes_over(run("2467.96", 0), 36.0)


def test_stacked_text_may_be_half_digits_and_marks() -> None:
    """A bracket may stand half a square beside the others, and two digits are narrower than their squares."""
    runs = []
    for at, char in enumerate("3月12日（星期三）"):
        width = 12.0 if char > "\x7f" else 6.0
        x0 = 6.0 if char == "（" else 12.0
        runs.append(Run(char, x0, 16.2 * at, x0 + width, 16.2 * at + 12, (x0 + width,), spaced=False))
    (line,) = text_lines(runs)
    assert (line.text, line.stacked) == ("3月12日（星期三）", True)


@pytest.mark.parametrize(
    ("lines", "spaced"),
    [
        # Words are moved; the last of a line begins in its first half, and nothing more has room: it may be cut.
        (("无锡市", "Expo中心建设项"), False),
        # A line ends in its first half before a word: no program that looks no further does so.
        (("市", "Exhibition中心"), True),
    ],
)
def test_a_word_that_begins_early_may_be_cut(lines: tuple[str, ...], spaced: bool) -> None:  # noqa: FBT001 - a parameter
    """By programs that look for where to part it in the second half of the line only."""
    inner = (0.0, 50.0)
    moved = [TextLine(text, (run(text, 0),)) for text in lines]
    cut = [TextLine(text, (run(text, 0),)) for text in ("无锡市AB", "CD食品")]
    assert ends_word(cut[0], cut[1], inner, words_of([moved, cut], [inner, inner])) is spaced


@pytest.mark.parametrize(("gap", "text"), [(0.0, "☑是□否"), (3.0, "☑ 是 □ 否")])
def test_a_gap_beside_a_sign_is_a_space(gap: float, text: str) -> None:
    """No producer leaves one of its own there."""
    row: list[Run] = []
    for char in "☑是□否":
        row.append(run(char, row[-1].x1 + gap if row else 0.0))
    (line,) = text_lines(row, 200.0)
    assert line.text == text


@pytest.mark.parametrize(("step", "text"), [(7.0, "2981285"), (9.0, "29812 85")])
def test_digits_that_are_set_apart_alike_are_one_number(step: float, text: str) -> None:
    """Some gaps of such a number are as wide as a space would be in another font."""
    first = Run("29812", 0, 0, 34, 12, (6, 13, 20, 27, 34), spaced=False)
    start = 34 + step - 6
    row = [first, Run("85", start, 0, start + 13, 12, (start + 6, start + 13), spaced=False)]
    (line,) = text_lines(row, 200.0)
    assert line.text == text


def test_a_space_without_a_gap_is_none() -> None:
    """Where the font changes, some producers draw a space elsewhere than where its text goes on."""
    row = [run("是", 0), run("□", 12)._replace(spaced=True)]
    (line,) = text_lines(row, 200.0)
    assert line.text == "是□"


@pytest.mark.parametrize(("bracket", "text", "padding"), [(4.5, 6.0, 6.0), (1.0, 40.0, 1.0)])
def test_brackets_that_open_lines_tell_the_padding_where_no_text_reaches_it(
    bracket: float, text: float, padding: float
) -> None:
    """They may hang into the margin a little; but of short lines in the middle, none else may show how wide it is."""
    lattice = Lattice((0.0, 100.0), (0.0, 50.0), ((True, True),), ((True,), (True,)), (50.0,), (0.0,))
    opened = [run("（一）", bracket - 6.0) for _ in range(2)]
    left, _ = padding_of(lattice, [(0, 0, 1, 1)], [[run("室", text), run("能厅", text), *opened]])
    assert left == padding


@pytest.mark.parametrize(("number", "text"), [("0512-", "处 0512-"), ("2025-", "处2025-")])
def test_a_wide_gap_before_a_telephone_number_is_a_space_though_the_line_is_justified(number: str, text: str) -> None:
    """Between the scripts justification may open a gap of any width, but nobody prints such a number right behind."""
    (line,) = text_lines([run("处", 0), run(number, 30)], 60.0)
    assert line.text == text


def test_a_gap_between_the_scripts_is_a_space_where_its_line_has_others_without_one() -> None:
    """So it is no line that is justified, however full."""
    row = [run("10", 0), run("月", 12), run("25", 24), run("日", 36), run("15:00", 51)]
    (line,) = text_lines(row, 81.0, tight=True)
    assert line.text == "10月25日 15:00"


def test_the_halves_of_two_marks_that_lie_on_each_other_tell_no_gap() -> None:
    """A justified line with little Chinese in it is measured by its other gaps."""
    row = [run("饭", 0), run("。", 15), run("（", 24), run("三", 39), run("）", 54)]
    (line,) = text_lines(row, 66.0)
    assert line.text == "饭。（三）"


@pytest.mark.parametrize(("width", "step", "space"), [(4.4, 7.4, " "), (6.0, 9.0, " "), (6.0, 12.0, "")])
def test_a_gap_beside_western_quotation_marks_is_a_space_but_for_the_rest_of_a_square(
    width: float, step: float, space: str
) -> None:
    """The box of a Chinese mark may leave out its empty half; one of a western font is as wide as its box."""
    option = Run("-e", 39, 0, 51, 12, (45, 51), spaced=False)
    start = 51 + step - width
    ends = (*(start + width + 6 * at for at in range(4)), start + 18 + 2 * width)
    row = [run("见", 0), option, Run("“any”", start, 0, ends[-1], 12, ends, spaced=False)]
    (line,) = text_lines(row, 200.0)
    assert line.text.endswith(f"-e{space}“any”")


def test_a_line_end_between_letters_is_a_space_where_the_next_one_had_room() -> None:
    """Nothing but a space moves a whole word down."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (TEXTS[0], ("1", "甲乙丙丁戊己庚辛壬癸GB", "甲"), ("2", "甲" * 14, "乙")))
        canvas.drawString(XS[1] + 6, YS[1] - 27, "3095—2012标准")

    (grid,) = [block for block in extract.read(drawn(draw), "x.pdf").blocks if isinstance(block, Grid)]
    (cell,) = (cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert cell.text == "甲乙丙丁戊己庚辛壬癸GB \v3095—2012标准"


def test_words_that_a_table_keeps_whole_are_parted_beside_digits_too() -> None:
    """Where there is no Chinese and a word moved down that had room for its first letters, line ends are spaces."""
    lines = ("renewal of", "housing within 3", "years, by 2027")

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        canvas.setFont("Times-Roman", 12)
        for index, line in enumerate(lines):
            canvas.drawString(XS[1] + 6, YS[1] - 9 - 9 * index, line)
        widest = max(stringWidth(line, "Times-Roman", 12) for line in lines)
        stroke(canvas, XS[1] + 12 + widest, YS[0], XS[1] + 12 + widest, YS[-1])

    (grid,) = [block for block in extract.read(drawn(draw), "x.pdf").blocks if isinstance(block, Grid)]
    (cell,) = (cell for cell in grid.cells if (cell.row, cell.column) == (1, 1))
    assert cell.text.replace("\x1f", "\v") == " \v".join(lines)


@pytest.mark.parametrize(("end", "start"), [("G", "3095标准"), ("con-", "troller装置")], ids=["digit", "hyphen"])
def test_a_line_end_beside_a_letter_is_doubted_where_nothing_had_room(tmp_path: Path, end: str, start: str) -> None:
    """It may have been a space, or a program that parts words; a hyphen may be the line's or the word's."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        begun = "甲乙丙丁戊己庚辛壬癸子丑寅卯"[: 14 - (len(end) + 1) // 2]
        write_texts(canvas, (TEXTS[0], ("1", begun + end, "甲"), ("2", "甲" * 14, "乙")))
        canvas.drawString(XS[1] + 6, YS[1] - 27, start)

    path = tmp_path / "x.pdf"
    path.write_bytes(drawn(draw))
    found = convert_file(path)
    assert found.normalized.tables[0].rows[0].values[1].text.endswith(end + start)
    assert [(f.rule, f.row) for f in found.findings if f.rule == "doubtful-repair"] == [("doubtful-repair", 1)]


def test_a_heading_begins_a_line_where_it_does_in_another_cell() -> None:
    """A full line ends on purpose before what begins lines elsewhere in the column, and never stands within one."""
    rows = [["1", "达标。\n注意：甲。"], ["2", "达标。\v注意：乙。"], ["3", "完成。说明：丙。\n说明：丁。\v说明：戊。"]]
    made = sheet({"fields": ["number", "task"], "pages": [0, 0, 0], "spans_known": True, "before": rows})
    tell_headings(made)
    assert [row.slots[1].text for row in made.rows] == [rows[0][1], "达标。\n注意：乙。", rows[2][1]]


def test_a_heading_parts_lists_without_marks_where_it_begins_lines_elsewhere() -> None:
    """A list of units needs no mark at its end; a heading that also stands within a line tells nothing."""
    rows = [
        ["1", "牵头单位：市公安局\n配合单位：市财政局", "经费\n要求：甲"],
        ["2", "牵头单位：市教育局\v配合单位：市民政局", "质量\v要求：乙"],
        ["3", "牵头单位：市公安局、\v配合单位：市水利局", "提出要求：丙"],
    ]
    made = sheet({"fields": ["number", "task", "remark"], "pages": [0, 0, 0], "spans_known": True, "before": rows})
    tell_headings(made)
    parted = ["2", "牵头单位：市教育局\n配合单位：市民政局", "质量\v要求：乙"]
    assert [[slot.text for slot in row.slots] for row in made.rows] == [rows[0], parted, rows[2]]


def test_an_address_that_is_justified_in_parts_holds_no_space() -> None:
    """Some producers part it behind its slashes and spread the parts over the line."""
    row = [run("http://", 0), run("a.cn/", 50), run("b", 90)]
    assert [line.text for line in text_lines(row, 96.0)] == ["http://a.cn/b"]
    assert [line.text for line in text_lines(row[1:], 96.0)] == ["a.cn/ b"]


def told(*texts: str) -> list[str]:
    """Give the texts of a column as its table tells their words' ends."""
    return words_told(*texts)[0]


def words_told(*texts: str) -> tuple[list[str], list[str | None]]:
    """Give them so, and the rows that are doubted."""
    rows = [[str(number), text] for number, text in enumerate(texts, 1)]
    made = sheet({"fields": ["number", "task"], "pages": [0] * len(rows), "spans_known": True, "before": rows})
    tell_word_ends(made)
    return [row.slots[1].text for row in made.rows], [doubt.row for doubt in made.doubts]


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (("6日 9:30", "25日\v15:00"), "25日 \v15:00"),
        (("6日 9:30", "7日10:00", "25日\v15:00"), "25日\v15:00"),
        (("6月 9:30", "25日\v15:00"), "25日\v15:00"),
        (("GB/T 3838 表1", "HJ/T 91\v表2"), "HJ/T 91 \v表2"),
        (("6日 9:30", "25日\n15:00"), "25日\n15:00"),
    ],
)
def test_a_space_between_the_scripts_stands_at_a_lines_end_where_its_column_has_it(
    texts: tuple[str, ...], last: str
) -> None:
    """It always does within lines, beside the same character and a word of the same shape."""
    rows = [[str(number), text] for number, text in enumerate(texts, 1)]
    made = sheet({"fields": ["number", "task"], "pages": [0] * len(rows), "spans_known": True, "before": rows})
    tell_seam_ends(made)
    assert made.rows[-1].slots[1].text == last


@pytest.mark.parametrize(
    ("texts", "last"),
    [
        (("SCI Q2 (EI)", "SCI Q1\v(TOP)"), "SCI Q1 \v(TOP)"),
        (("SCI Q2(EI)", "SCI Q1\v(TOP)"), "SCI Q1(TOP)"),
        (("SCI Q2(EI)", "SCI Q3 (EI)", "SCI Q1\v(TOP)"), "SCI Q1\v(TOP)"),
        (("2024, 3(1): 12-19", "2022, 10(10):\v663-1570"), "2022, 10(10): \v663-1570"),
        (("1,234 12:30", "2024,\v3"), "2024,\v3"),
    ],
)
def test_a_space_beside_a_mark_stands_at_a_lines_end_where_its_column_has_it(texts: tuple[str, ...], last: str) -> None:
    """The marks of numbers and times tell nothing of it."""
    rows = [[str(number), text] for number, text in enumerate(texts, 1)]
    made = sheet({"fields": ["number", "task"], "pages": [0] * len(rows), "spans_known": True, "before": rows})
    tell_seam_ends(made)
    assert made.rows[-1].slots[1].text == last


def test_a_grade_that_its_line_cuts_is_no_two_grades() -> None:
    """AA and A stand by themselves, and so may AAA, cut by a narrow column."""
    assert told("AA", "A", "AA\vA", "budget", "annual", "annual\vbudget")[2:] == [
        "AA\vA", "budget", "annual", "annual \vbudget",
    ]  # fmt: skip


def test_a_space_that_one_cell_measures_stands_in_the_others() -> None:
    """A cell that a page break cuts has no measure of its own."""
    assert told("ISO/IEC \v17025", "ISO/IEC\v17025") == ["ISO/IEC \v17025"] * 2


def items_told(*texts: str) -> tuple[list[str], list[str | None]]:
    """Give the texts of a column as it tells its items, and the rows that are doubted."""
    rows = [[str(number), text] for number, text in enumerate(texts, 1)]
    made = sheet({"fields": ["number", "task"], "pages": [0] * len(rows), "spans_known": True, "before": rows})
    tell_items(made)
    return [row.slots[1].text for row in made.rows], [doubt.row for doubt in made.doubts]


def test_items_that_a_mark_ends_begin_lines_where_all_do() -> None:
    """The mark stands within no line; where it does, or where few items have lines of their own, it tells nothing."""
    listed = ("巡查；\n检修；\n养护。", "巡查；\n检修。", "巡查设施；\v检修道\v路。")
    assert items_told(*listed) == ([*listed[:2], "巡查设施；\n检修道\v路。"], [])
    assert items_told(*listed[1:]) == ([*listed[1:]], ["2"])
    within = (*listed[:2], "巡查；检修设施；\v养护。")
    assert items_told(*within) == ([*within], [])
    sentences = ("巡查。\n检修设施。\v养护。", "巡查。检修。\n养护设施。\v完成。")
    assert items_told(*sentences) == ([*sentences], ["1"])


def test_full_lines_are_doubted_where_items_end_without_marks() -> None:
    """One may end there by chance; in a sentence, and in numbers, none does."""
    texts = ("巡查设施\n检修", "养护\n检修\n巡查", "检修全部设施\v养护", "检修设\v施。", "12\v34")
    assert items_told(*texts) == ([*texts], ["3"])
    assert items_told(*texts[1:]) == ([*texts[1:]], [])
    headed = ("牵头单位：甲\n配合单位：乙", "牵头单位：丙\n配合单位：丁\n监督单位：戊", "检修全部设施\v养护")
    assert items_told(*headed) == ([*headed], [])


FITTED = [
    ["1", "对于情节严重、\n达到重大失信案\n件标准的，依法\v公示。"],
    ["2", "保护纳税人合法\n权益和个人隐\n私，确保安全。"],
]


def test_lines_that_a_program_fits_together_are_joined_and_what_tells_nothing_is_doubted() -> None:
    """Lines that end early within sentences, and often, are the program's; names may stand one under the other."""
    rows = [*FITTED, ["3", "市交通\n运输局"], ["4", "1.巡查；\n2.检修。"]]
    made = sheet({"fields": ["number", "task"], "pages": [0] * 4, "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    joined = [[row[0], row[1].replace("\n", "\v")] for row in FITTED]
    assert [[slot.text for slot in row.slots] for row in made.rows] == [*joined, *rows[2:]]
    assert [(doubt.row, doubt.before) for doubt in made.doubts] == [("3", "市交通\n运输局")]


def test_a_sentence_that_ends_at_a_full_line_is_doubted_where_a_program_fits_lines() -> None:
    """There may be no paragraph behind it."""
    rows = [*FITTED, ["3", "开展一次巡查。\n检修设施设备，\v确保安全运行。"]]
    made = sheet({"fields": ["number", "task"], "pages": [0] * 3, "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    assert made.rows[2].slots[1].text == rows[2][1]
    assert [doubt.row for doubt in made.doubts] == ["3"]


POINTS = "加强领导，落实责任\n强化监督，严格考核\n完善制度建设，健全机制"


@pytest.mark.parametrize("prose", ["推进一批项目建设。", "推进一批项目建\v设。"])
def test_points_without_numbers_or_marks_stay_on_lines_of_their_own(prose: str) -> None:
    """In Word no line is full, and in no document do points that end without a mark tell that lines are fitted."""
    rows = [["1", prose], *([str(number), POINTS] for number in range(2, 5))]
    made = sheet({"fields": ["number", "task"], "pages": [0] * 4, "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    assert [[slot.text for slot in row.slots] for row in made.rows] == rows
    assert made.doubts == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("加强地块收储后统一\n管理。", True),
        ("内存大于16GB，固态硬\n盘大于512GB", True),
        ("内存≥16GB\nDDR4，硬盘≥1TB", True),
        ("加强领导，落实责任\n强化监督，严格考核", False),
        ("GB 3095\nGB 3838", False),
    ],
)
def test_a_line_that_ends_early_alone_is_doubted(text: str, *, told: bool) -> None:
    """One line of a table does not tell that its program fits them; a list without marks has items alike."""
    rows = [["1", "推进一批项目建设，完\v善设施。"], ["2", text]]
    made = sheet({"fields": ["number", "task"], "pages": [0, 0], "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    assert [[slot.text for slot in row.slots] for row in made.rows] == rows
    assert [doubt.row for doubt in made.doubts] == (["2"] if told else [])


def test_lines_of_sentences_in_word_are_its_own() -> None:
    """Where nothing wraps, each line was ended on purpose, whatever it holds."""
    rows = [[number, text.replace("\v", "\n")] for number, text in FITTED]
    made = sheet({"fields": ["number", "task"], "pages": [0, 0], "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    assert [[slot.text for slot in row.slots] for row in made.rows] == rows


def test_one_cell_whose_lines_end_early_tells_nothing_of_the_others() -> None:
    """A single cell may have been typed like that."""
    rows = [FITTED[0], ["2", "制定方案，\n组织实施。"]]
    made = sheet({"fields": ["number", "task"], "pages": [0, 0], "spans_known": True, "before": rows})
    tell_fitted_lines(made)
    assert [[slot.text for slot in row.slots] for row in made.rows] == rows


def test_two_words_of_western_text_may_be_one_long_one() -> None:
    """Each alone on its line and full: told, unless the table prints the whole one elsewhere."""
    assert words_told("sequen\vtial") == (["sequen\vtial"], ["1"])
    assert words_told("sequen\vtial", "sequential order") == (["sequential", "sequential order"], [])
    assert words_told("经济sequen\vtial") == (["经济sequen\vtial"], [])


def test_codes_that_are_all_as_long_hold_no_space() -> None:
    """However much room their lines leave; texts of other lengths, and few, tell nothing."""
    codes = ("91310D03JDCE \v9JG5D7", "91310FK3GFG \vFBDH507", "913105D9E36KF2D40C")
    assert told(*codes) == ["91310D03JDCE\v9JG5D7", "91310FK3GFG\vFBDH507", "913105D9E36KF2D40C"]
    assert told(*codes[:2]) == [*codes[:2]]
    assert told(*codes, "GB \v3095") == [*codes, "GB \v3095"]


#: Lines that a program fills wherever words end, each with the next one.
CUT_ANYWHERE = (
    ("Magnetic reson", "ance imaging"),
    ("Coronary stent", "s of steel"),
    ("Single-use ste", "rile needles"),
    ("Medical regist", "ration card"),
)


def words_cut(*cells: tuple[str, ...], width: float) -> Words:
    """Tell how a table treats words whose cells have these lines and are as wide as this many letters."""
    found = [[TextLine(text, (run(text, 0),)) for text in lines] for lines in cells]
    return words_of(found, [(0.0, 6.0 * width)] * len(found))


@pytest.mark.parametrize("chinese", [(), (("医疗器械",),)])
def test_lines_that_are_all_full_end_within_any_word(chinese: tuple[tuple[str, ...], ...]) -> None:
    """Where one leaves room for the next character, or too few are full to be no chance, words are kept whole."""
    assert words_cut(*chinese, *CUT_ANYWHERE, width=14) is Words.ANYWHERE
    kept = Words.CUT if chinese else Words.WESTERN
    assert words_cut(*chinese, *CUT_ANYWHERE[:1], width=14) is kept
    assert words_cut(*chinese, *CUT_ANYWHERE, ("Coronary wi", "re"), width=14) is not Words.ANYWHERE


def test_a_line_that_ends_within_any_word_has_no_space_behind_it() -> None:
    """But where the file has one."""
    line, below = (TextLine(text, (run(text, 0),)) for text in CUT_ANYWHERE[0])
    spaced = TextLine(below.text, (below.runs[0]._replace(spaced=True),))
    assert not ends_word(line, below, (0.0, 100.0), Words.ANYWHERE)
    assert ends_word(line, spaced, (0.0, 100.0), Words.ANYWHERE)
    assert ends_word(line, below, (0.0, 100.0), Words.WESTERN)


@pytest.mark.parametrize(
    ("texts", "joined", "doubted"),
    [
        (["Magnetic reson\vance"], ["Magnetic resonance"], ["1"]),
        # A capital begins a word of its own, and words that lines hold as their own are two.
        (["Ministry of\vFinance", "steel wire\vof any", "any wire of steel"], None, []),
        # The file has the spaces that lines end at.
        (["Magnetic reson\vance", "drug\v-eluting \vstent"], ["Magnetic resonance", "drug-eluting \vstent"], []),
    ],
)
def test_pieces_of_words_are_joined_where_lines_end_within_any(
    texts: list[str], joined: list[str] | None, doubted: list[str]
) -> None:
    """A space may have stood at such an end, where the file keeps none there: that is doubted."""
    rows = [[str(number), text] for number, text in enumerate(texts, 1)]
    made = sheet({"fields": ["number", "task"], "pages": [0] * len(rows), "spans_known": True, "before": rows})
    made.cuts_words = True
    tell_word_ends(made)
    assert [row.slots[1].text for row in made.rows] == (joined or [*texts[:1], "steel wire \vof any", texts[2]])
    assert [repair.row for repair in made.doubts] == doubted


def test_the_gap_behind_an_opening_bracket_is_no_space() -> None:
    """In a justified line it may be wider than others, since the bracket's ink is in one half of its square."""
    row = [run("食", 0), run("品", 14), run("（", 28), run("集", 50), run("团", 64)]
    assert [line.text for line in text_lines(row, 76.0)] == ["食品（集团"]


def test_characters_right_behind_each_other_tell_that_their_line_is_not_justified() -> None:
    """Also those that are drawn one by one, where the page leaves no gap between the scripts."""
    row = [run("张", 0), run("老", 12), run("师", 24), run("1381234", 39)]
    (line,) = text_lines(row, 82.0, tight=True)
    assert line.text == "张老师 1381234"


def test_a_table_whose_lines_end_within_any_word_is_read_whole_and_doubted() -> None:
    """As a web page that may break words anywhere prints it."""
    rows = [("No.", "Product name"), *((str(row), "\n".join(lines)) for row, lines in enumerate(CUT_ANYWHERE, 1))]

    def draw(canvas: Canvas) -> None:
        ys = [700 - 40 * index for index in range(len(rows) + 1)]
        for y in ys:
            stroke(canvas, 60, y, 193, y)
        for x in (60, 103, 193):
            stroke(canvas, x, ys[-1], x, ys[0])
        canvas.setFont("Courier", 10)
        for y, (number, text) in zip(ys, rows, strict=False):
            canvas.drawString(63, y - 12, number)
            for index, line in enumerate(text.split("\n")):
                canvas.drawString(106, y - 12 - 14 * index, line)

    (table,) = normalized(draw).tables
    assert [row.values[1].text for row in table.rows] == ["".join(lines) for lines in CUT_ANYWHERE]
    assert {finding.row for finding in findings_of(draw) if finding.rule == "doubtful-repair"} == {1, 2, 3, 4}


def test_texts_without_chinese_tell_nothing_of_words_in_chinese() -> None:
    """Some programs end lines at spaces only, and part what stands between two wherever the line is full."""
    inner = (0.0, 75.0)
    western, chinese, cut, beside = (
        [TextLine(text, (run(text, 0),)) for text in lines]
        for lines in (
            ("of Urban", "Management"),
            ("推进建设", "Management平台"),
            ("软件包的unst", "able版本"),
            ("of Urban Wat", "er"),
        )
    )
    told = words_of([western, cut], [inner] * 2)
    assert not ends_word(cut[0], cut[1], inner, told)
    assert ends_word(beside[0], beside[1], inner, told)
    assert ends_word(cut[0], cut[1], inner, words_of([western, chinese, cut], [inner] * 3))
