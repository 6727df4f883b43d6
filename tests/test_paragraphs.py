"""Paragraphs of a cell: where they stand, and what ends their lines elsewhere, tells where they begin."""

from __future__ import annotations

import pytest
from test_words import items_told

from extract.cell_text import TextLine
from extract.measure import free_lines, measured_cells
from extract.page import Run
from extract.paragraphs import is_indented, paragraph_starts
from extract.word_ends import Words, ends_word
from schema.grid import marked_text

WIDTH = 96.0


def lines(*printed: tuple[str, float], steps: tuple[float, ...] = ()) -> list[TextLine]:
    """Set lines of characters of twelve points, each so far from the left, eighteen points below the one before."""
    top, made = 0.0, []
    for index, (text, x0) in enumerate(printed):
        ends = tuple(x0 + 12.0 * (at + 1) for at in range(len(text)))
        made.append(TextLine(text, (Run(text, x0, top, ends[-1], top + 12, ends, spaced=False),)))
        top += steps[index] if index < len(steps) else 18.0
    return made


FULL = "推进城市更新项目"
INDENTED = (("推进城市更新", 24.0), ("项目建设落实责任", 0.0), ("考核。", 0.0), ("组织开展监督", 24.0), ("检查。", 0.0))
HANGING = (
    ("推进城市更新项目", 0.0),
    ("建设考核。", 24.0),
    ("监督检查。", 0.0),
    ("通报推进城市", 24.0),
    ("情况。", 24.0),
)
#: As long as the cell is below its indent: a first line that hangs.
FILLED_BELOW = (("推进城市更新项目", 0.0), ("建设考核监督", 24.0), ("检查组织开展", 24.0), ("通报推进城市", 24.0))
CENTRED = (("推进城市更新项目", 0.0), ("建设。", 30.0), ("监督检查推进城市", 0.0), ("情况。", 30.0))


@pytest.mark.parametrize(
    ("printed", "starts"),
    [
        (INDENTED, {3}),
        (HANGING, {2}),
        (CENTRED, set()),
        # The rest of a paragraph above the page break, and another one: no line's beginning tells.
        ((("推进城市更新", 24.0), ("建设考核监督", 24.0), ("组织开展监督检查", 0.0)), set()),
    ],
)
def test_paragraphs_begin_where_their_lines_stand_out(printed: tuple[tuple[str, float], ...], starts: set[int]) -> None:
    """Each first line is indented as the first is, or hangs before the others; centred lines say nothing."""
    made, inner = lines(*printed), (0.0, WIDTH)
    assert paragraph_starts(made, inner, is_left=is_indented(made, inner, 3.6)) == starts


def test_lines_below_a_first_one_that_hangs_are_full_where_they_reach_its_end() -> None:
    """Two of them may be aligned to the right."""
    made, inner = lines(*FILLED_BELOW), (0.0, WIDTH)
    assert is_indented(made, inner, 3.6)
    assert not is_indented(made[:3], inner, 3.6)
    (measured,) = measured_cells([made], [inner])
    assert marked_text(measured) == "推进城市更新项目\v建设考核监督\v检查组织开展\v通报推进城市"


@pytest.mark.parametrize(("steps", "starts"), [((18, 26, 18), {2}), ((18, 21, 18), set()), ((26, 18, 18), set())])
def test_a_gap_behind_a_sentence_begins_a_paragraph(steps: tuple[float, ...], starts: set[int]) -> None:
    """A gap a little wider may be another font's, and one within a sentence too."""
    found = lines((FULL, 0.0), ("落实考核推进城。", 0.0), (FULL, 0.0), ("落实。", 0.0), steps=steps)
    assert paragraph_starts(found, (0.0, WIDTH), is_left=True) == starts


def test_a_line_with_signs_of_another_font_is_higher_and_begins_no_paragraph() -> None:
    """Many Chinese fonts lack signs such as the subscripts of chemistry."""
    found = lines((FULL, 0.0), ("落实考核推进城。", 0.0), ("检测O₂和H₂S", 0.0), ("落实。", 0.0), steps=(18, 26, 18))
    assert paragraph_starts(found, (0.0, WIDTH), is_left=True) == set()


def test_a_digit_of_a_code_is_no_point() -> None:
    """It begins at the left, below a line in the middle."""
    found = lines((FULL, 0.0), ("信用代码", 24.0), ("9131HDDJ", 0.0), ("6JA1J", 0.0))
    assert paragraph_starts(found, (0.0, WIDTH), is_left=True) == set()


def test_an_opening_mark_at_a_pages_end_opens_what_was_too_long_for_any_line() -> None:
    """It stands alone on its line, so the one before is full however much room it has."""
    (measured,) = measured_cells([lines(("检测仪", 0.0), ("（", 0.0))], [(0.0, WIDTH)])
    assert marked_text(measured) == "检测仪\v（"


def test_a_line_before_a_paragraph_was_ended_on_purpose_however_full() -> None:
    """So the marked text has its end."""
    printed = lines(("推进城市更新", 24.0), ("项目落实考核监督。", 0.0), ("组织开展监督", 24.0), ("检查。", 0.0))
    (measured,) = measured_cells([printed], [(0.0, 108.0)])
    assert marked_text(measured) == "推进城市更新\v项目落实考核监督。\n组织开展监督\v检查。"


SHORT = "巡查道路。\x1f检修设施。"
FILLED = "开展\v安全\v生产\v大检\v查，\v落实\v整改\v责任\v到人\v到岗。"


def test_sentences_that_end_lines_are_paragraphs_where_all_do() -> None:
    """Where each stands on a line of its own and none within one, a full line that one ends is no chance."""
    listed = ("巡查。\n检修。", "通报。\n考核。\n评比。")
    assert items_told(*listed, "督查。\v整改。") == ([*listed, "督查。\n整改。"], [])
    assert items_told(*listed, "督查。整改。\v通报。") == ([*listed, "督查。整改。\v通报。"], ["3"])


def test_the_sentences_of_a_numbered_point_tell_nothing() -> None:
    """Its number begins it, and a sentence within it may end at a full line."""
    points = ("1.巡查。\n2.检修。", "1.通报。\n2.考核。\n3.评比。", "1.督查。\v整改。\n2.通报。")
    assert items_told(*points) == ([*points], ["3"])


def test_a_line_with_room_ends_a_sentence_on_purpose_where_the_program_fills_all() -> None:
    """Where some line within a sentence is left as short, it tells nothing, and is doubted."""
    assert items_told(FILLED, SHORT) == ([FILLED, "巡查道路。\n检修设施。"], [])
    assert items_told(FILLED + "\n开展\x1f检查", SHORT) == ([FILLED + "\n开展\x1f检查", SHORT], ["2"])


def test_a_sentence_at_a_full_line_is_doubted_where_the_column_lists_paragraphs() -> None:
    """Other cells of it do, though one holds two sentences on a line."""
    texts = ("巡查。\n检修。复查。\n通报。\n考核。", "督查。\v整改。")
    assert items_told(*texts) == ([*texts], ["2"])


def rooms(*cells: list[TextLine]) -> list[list[float | None]]:
    """Measure the room behind each line of some cells, all of one width."""
    return [[line.room for line in found] for found in measured_cells(cells, [(0.0, WIDTH)] * len(cells))]


def test_a_lines_chinese_tells_where_it_stands() -> None:
    """Another font's letters reach further down: the gap above their line is no wider than the others."""

    def line(top: float, *parts: tuple[str, float, float]) -> TextLine:
        runs = tuple(
            Run(text, x0, top, x0 + 12.0, bottom, tuple(x0 + 12.0 for _ in text), spaced=False)
            for text, x0, bottom in parts
        )
        return TextLine("".join(text for text, _, _ in parts), runs)

    found = [
        line(0.0, ("材质：", 0.0, 12.0)),
        line(17.0, ("Q235B", 0.0, 31.5), ("；规", 30.0, 29.0)),
        line(34.0, ("格：", 0.0, 46.0)),
        line(51.0, ("DN100", 0.0, 65.5), ("；见", 30.0, 63.0)),
        line(68.0, ("图纸", 0.0, 80.0)),
    ]
    assert paragraph_starts(found, (0.0, WIDTH), True) == frozenset()  # noqa: FBT003 - a fact of the cell
    found[1:] = [line(9.0 + 17.0 * at, ("编号", 0.0, 21.0 + 17.0 * at)) for at in range(1, 5)]
    assert paragraph_starts(found, (0.0, WIDTH), True) == frozenset((1,))  # noqa: FBT003 - a fact of the cell


def test_stacked_text_has_the_room_of_its_characters() -> None:
    """It goes on below its last one, however high a line of it is."""
    runs = tuple(
        Run(char, 0.0, 20.0 * at, 12.0, 20.0 * at + 12, (12.0,), spaced=False) for at, char in enumerate("新篇章")
    )
    assert free_lines([TextLine("新篇章", runs, stacked=True)], 0.0, 72.0) == (0.0, 1.0)
    assert free_lines([TextLine("新篇章", runs[:1])], 0.0, 43.2) == (0.0, 2.0)


def test_lines_flush_at_the_right_are_no_paragraphs() -> None:
    """A mark at the first one's end takes its whole square."""
    found = lines(("中共党员等干部；", 0.0), ("二〇二五年应届毕", 0.0), ("业生名单。", 36.0))
    assert not is_indented(found, (0.0, WIDTH), 3.6)
    assert rooms(found) == [[-3.0, -3.0, 33.0]]


def test_lines_of_one_middle_are_centred_however_narrow_their_cell() -> None:
    """They begin close to each other, and a digit at a line's beginning is no number of a paragraph."""
    found, top = [], 0.0
    for text, x0, ends in (("6月3", 1.0, (7.0, 19.0, 25.0)), ("0日", 4.0, (10.0, 22.0)), ("前", 7.0, (19.0,))):
        found.append(TextLine(text, (Run(text, x0, top, ends[-1], top + 12, ends, spaced=False),)))
        top += 18
    assert [line.room for line in measured_cells([found], [(1.0, 25.0)])[0]] == [-3.0, 3.0, 9.0]


def test_the_indent_of_the_first_of_centred_lines_is_no_room() -> None:
    """It stands as far right of the middle as half of the indent is wide."""
    plain, indented = lines(("推进城市", 24.0), ("更新", 36.0)), lines(("推进城市", 36.0), ("更新", 36.0))
    (room, _), (less, _) = rooms(plain, indented)
    assert room is not None
    assert less == pytest.approx(room - 24.0)


KEPT = (
    ("推进城市更新，", 0.0),
    ("落实考核监督，", 0.0),
    ("通报建设情况，", 0.0),
    ("组织开展检查。", 0.0),
    ("建设。", 0.0),
)
PARTED = (("推进。组织开展检查", 0.0), ("监督。", 0.0))


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        (KEPT, True),
        ((*KEPT[:3], *PARTED, *PARTED), False),
        ((*KEPT[:2], ("通报，", 0.0), ("组织。", 0.0), ("建设道路。", 0.0)), False),
    ],
    ids=["marks-only", "parts-words", "had-room"],
)
def test_lines_that_end_at_marks_only_have_no_room_for_what_stands_before_the_next(
    printed: tuple[tuple[str, float], ...],
    full: bool,  # noqa: FBT001 - a parameter
) -> None:
    """So do browsers that keep all words whole; a word that a line end parts says that this one does not."""
    wide = (0.0, 110.0)
    found = measured_cells([lines(*printed)], [wide])[0]
    assert (found[0].room == 0.0) is full


@pytest.mark.parametrize(
    ("printed", "marked"),
    [
        # The first word of the next line had room, its whole text had not: the line was ended on purpose.
        (("Gross income", "Net income"), "Gross income\nNet income"),
        (("within the year", "2006 and after"), "within the year \v2006 and after"),
        (
            ("by 30 June, in all", "1 case of a fire,", "2 of flood."),
            "by 30 June, in all \v1 case of a fire, \v2 of flood.",
        ),
        (("within the year of", "“all” reports"), "within the year of \v“all” reports"),
        (("in the year of 10", "20 more, and all"), "in the year of 10 \v20 more, and all"),
        (("revise the GB/T", "19001-2016 and all"), "revise the GB/T \v19001-2016 and all"),
        (("see non-functional", "rooms and others"), "see non-functional \vrooms and others"),
        (("an all-over half-", "yearly report"), "an all-over half-\vyearly report"),
        (("ANNUAL-BUDGET", "Administration"), "ANNUAL-BUDGET \vAdministration"),
        (("RESPONSABILIDAD", "Administrations"), "RESPONSABILIDAD \vAdministrations"),
        # One word, wider than the line, and an address.
        (("annualbudgetplans", "2006"), "annualbudgetplans\v2006"),
        (("at example.com/dir", "ectory and others"), "at example.com/dir\vectory and others"),
        (("12,345,678,901,23", "4,567,890"), "12,345,678,901,23\v4,567,890"),
    ],
)
def test_lines_of_western_text_end_at_spaces(printed: tuple[str, ...], marked: str) -> None:
    """Where nothing is Chinese no program parts a word, and what has to fit is the next one."""
    made = []
    for at, text in enumerate(printed):
        ink, x, ends = text.replace(" ", ""), 0.0, []
        for char in text:
            x += 6.0
            if char != " ":
                ends.append(x)
        run = Run(ink, 0.0, 18.0 * at, x, 18.0 * at + 12, tuple(ends), spaced=False)
        made.append(TextLine(text, (run,)))
    (measured,) = measured_cells([made], [(0.0, 108.0)])
    assert marked_text(measured) == marked


@pytest.mark.parametrize(("below", "spaced"), [("m，Q345B", False), ("m，钢管", True), ("mm", True)])
def test_a_letter_goes_with_the_mark_behind_it_and_what_that_holds(below: str, spaced: bool) -> None:  # noqa: FBT001
    """So some producers part a word before its last letter; had it all had room, a space would stand there."""
    line, following = lines(("Φ108×4.5m", 0.0), (below, 0.0))
    assert ends_word(line, following, (0.0, 138.0), Words.CUT) is spaced


@pytest.mark.parametrize(
    ("first", "below", "spaced"), [("引进ISO", "9001认证", True), ("天然泉水", "4.5L", True), ("天然泉水", "装", False)]
)
def test_a_real_space_at_a_lines_end_is_one(first: str, below: str, spaced: bool) -> None:  # noqa: FBT001
    """Between letters or digits, and between the scripts; Chinese needs none."""
    line, following = lines((first, 0.0), (below, 0.0))
    (run,) = following.runs
    after = TextLine(below, (run._replace(spaced=True),))
    assert ends_word(line, after, (0.0, 60.0), Words.CUT) is spaced
    assert not ends_word(line, following, (0.0, 60.0), Words.CUT)
