"""What a full line's end stands for, as the other rows of its column tell, and where they leave it in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from normalize import normalize
from schema.finding import Place
from schema.grid import Block, BlockList, Cell, Grid, Line, Original, Paragraph, Source, count_printed
from schema.profile import built_in_profiles
from schema.table import Table

#: What is left behind a line, by its end (points).
ROOM = {"\v": 0.0, "\n": 60.0}


def lines_of(text: str) -> tuple[Line, ...]:
    r"""Give the lines of a marked text, of which ``\v`` ends the full ones; it may end the last one."""
    parts = re.split("([\n\v])", text)
    rooms = [ROOM[end] for end in (*parts[1::2], "\n")]
    return tuple(Line(line, room, 10.0, room) for line, room in zip(parts[::2], rooms, strict=True) if line)


def table_of(pages: Sequence[Sequence[Sequence[str]]], above: str = "") -> Table:
    """Read a table of these rows on each page, below a line; the first row of the first page holds the labels."""
    grids = [
        Grid(
            tuple(
                Cell(
                    row, column, 1, 1, lines_of(text) if text else (), Place(number, (column, row, column + 1, row + 1))
                )
                for row, texts in enumerate(rows)
                for column, text in enumerate(texts)
            ),
            len(rows),
            len(rows[0]),
            Place(page=number),
            edges=tuple(100.0 * x for x in range(len(rows[0]) + 1)),
            characters=count_printed("".join(text for texts in rows for text in texts)),
        )
        for number, rows in enumerate(pages, 1)
    ]
    source = Source("x.pdf", "", "application/pdf", len(pages))
    blocks: list[Block] = [Paragraph(above, Place(page=1)), *grids]
    (table,) = normalize(Original(source, BlockList(blocks)), built_in_profiles()).tables
    return table


def column(texts: Sequence[str], label: str = "说明") -> tuple[list[str], list[tuple[int | str | None, str | None]]]:
    """Give what a column of these texts holds, and the places of its doubtful repairs."""
    table = table_of([[("事由", label), *((f"事由{n}", text) for n, text in enumerate(texts))]])
    found = [(finding.row, finding.column) for finding in table.findings if finding.rule == "doubtful-repair"]
    return [row.values[1].text for row in table.rows], found


def test_points_that_stand_amid_lines_elsewhere_begin_none_behind_a_full_line() -> None:
    """One that is printed behind a line with room does, and so do the others of its kind."""
    cut = "1.制定方案；\v2.组织实施。"
    assert column((cut, "1.评审；2.公示。")) == (["1.制定方案；2.组织实施。", "1.评审；2.公示。"], [])
    texts, found = column((cut, "1.评审；\n2.公示。", "1.培训；\n2.演练；\n3.总结。"))
    assert (texts[0], found) == ("1.制定方案；\n2.组织实施。", [])


def test_points_that_only_full_lines_begin_are_doubted() -> None:
    """However many they are: so each may by chance."""
    texts, found = column(["1.制定方案；\v2.组织实施。"] * 4)
    assert texts == ["1.制定方案；\n2.组织实施。"] * 4
    assert len(found) == 4


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("国械注准2024399\v7811", "国械注进20243\v891093", "国械注准202433\v68326"), 0),
        (("国械注准\v202439978\v11", "国械注进\v202438910\v93", "国械注准\v202433683\v26"), 0),
        (("国械注准 2024399\v7811", "国械注进 20243\v891", "国械注准 202433\v6"), 3),
        (("205029\v9", "2130804", "2210105", "2080101"), 0),
        (("205029\v9", "213", "2210105", "20801"), 1),
        (("单价 1,349.0\v6", "12.50", "1,820.30", "9.00"), 1),
        (("1,349.0\v6", "12.50", "1,820.30", "9.00"), 0),
        (("沪府处 〔202\v4〕70号", "沪府处 〔2025〕8号"), 0),
        (("GB 50016.1\v2—2014", "GB 3095—2012"), 0),
        (("张老师 138123456\v78", "李老师 13912345678"), 0),
        (("定额 12\v34", "定额 5"), 1),
    ],
)
def test_a_number_that_a_line_cuts_is_doubted_but_where_others_tell(texts: tuple[str, ...], told: int) -> None:
    """Codes of one shape that are cut at different places, decimals, years and telephone numbers are whole."""
    values, found = column(texts)
    assert values == [text.replace("\v", "") for text in texts]
    assert len(found) == told


def test_letters_and_digits_are_parted_as_within_other_lines() -> None:
    """Where the column has them both ways, or neither, a unit of measure below its number is doubted."""
    assert column(("GB/T\v18487", "GB/T 3095", "GB/T 120"))[0][0] == "GB/T 18487"
    assert column(("长500\vmm", "长20 mm", "长30 mm"))[0][0] == "长500 mm"
    assert column(("1600mm×750\vmm；板材", "甲", "乙")) == (["1600mm×750mm；板材", "甲", "乙"], [])
    values, found = column(("Φ3.5×18\vmm", "Φ2×6", "Φ1×4"))
    assert (values[0], len(found)) == ("Φ3.5×18mm", 1)


def test_a_column_with_spaces_between_phrases_is_doubted_where_lines_end_between_others() -> None:
    """Once for all of it: at the end of a line no space is printed."""
    values, found = column(("食品安全国家标准\v食品添加剂", "城市污水再生利用 分类", "数据元"), label="标准名称")
    assert values[0] == "食品安全国家标准食品添加剂"
    assert found == [(None, "标准名称")]
    assert column(("食品安全国家标准\v食品添加剂", "数据元", "污水"), label="标准名称")[1] == []


def test_times_that_begin_lines_are_doubted_once() -> None:
    """A line's end may part them from what they are of, or a space; nothing is told where others stand beside it."""
    texts = ("第一节\v8:00—8:40", "第二节\v8:50—9:30")
    assert column((*texts, "午休"))[1] == [(None, "说明")]
    assert column((*texts, "第三节10:00—10:40", "第四节10:50—11:30", "第五节13:00—13:40"))[1] == []


def test_a_declared_total_bears_out_rows_and_no_line_ends() -> None:
    """A hyphen at a line's end stays in doubt, and behind a mark of western text a space."""
    texts = ("引进drug-\veluting支架", "引进Medtronic, Inc.\v美敦力公司", "推进")
    rows = [("序号", "具体任务", "牵头领导"), *((str(n), text, "李阳") for n, text in enumerate(texts, 1))]
    table = table_of([rows], above="（共3条）")
    assert table.declared == {"tasks": 3}
    assert [finding.row for finding in table.findings if finding.rule == "doubtful-repair"] == [1, 2]


def test_numbers_of_one_shape_are_one_wherever_a_program_ends_their_lines() -> None:
    """Some programs leave a line short to fit the next one; where the others are no such numbers, nothing tells."""
    texts = (
        "沪市监徐\n处〔2024〕70号",
        "沪市监浦处〔2024〕60号",
        "沪市监\v闵处〔2024〕65号",
        "沪市监闵处〔2024〕\v24号",
    )
    assert column(texts)[0][0] == "沪市监徐处〔2024〕70号"
    assert column((*texts, "另行通知"))[0][0] == "沪市监徐\n处〔2024〕70号"


def test_a_hyphen_ends_no_line_on_purpose() -> None:
    """Some programs fit the lines of a paragraph together, and leave one short behind a hyphen."""
    assert column(("High-\nfrequency unit", "甲", "乙"))[0][0] == "High-frequency unit"


@pytest.mark.parametrize(
    ("texts", "rows"),
    [
        ([f"{n}:15—{n}:45" for n in range(8, 18)], 10),
        ([f"{n}.5" if n % 2 else str(n) for n in range(8, 18)], 10),
        ([f"{char}局" for char in "甲乙丙丁戊己庚辛壬癸"], 9),
    ],
)
def test_numbers_and_times_on_both_sides_of_a_page_break_are_of_two_rows(texts: list[str], rows: int) -> None:
    """In a column of one line a cell, whatever goes on beside them; other texts may be cut."""
    first = [("活动", "安排"), *((f"各类\v活动{n}。", texts[n]) for n in range(4)), ("参观\v展厅\v", f"{texts[4]}\v")]
    second = [("设备\v操作。", texts[5]), *((f"会议{n}。", texts[n]) for n in range(6, 10))]
    assert len(table_of([first, second]).rows) == rows


@pytest.mark.parametrize(("codes", "rows"), [(("032\v8\v", "028\v1"), 8), (("012\v", "5"), 7)])
def test_codes_of_one_shape_on_both_sides_of_a_page_break_are_of_two_rows(codes: tuple[str, str], rows: int) -> None:
    """A narrow column cuts each; where the break does, neither has the shape of the others."""
    others = [(f"0{number}\v5", "甲\n乙", "丙") for number in range(10, 16)]
    first = [("编码", "说明", "备注"), *others[:3], (codes[0], "推进\v", "丙")]
    second = [(codes[1], "建设", ""), *others[3:]]
    assert len(table_of([first, second]).rows) == rows


def test_a_line_at_a_pages_end_that_has_room_ended_at_a_space() -> None:
    """The next one is measured with no line before it."""
    line = Line("registration", 20.7, spare=10.7).before_page(Line("certificate", 29.0, 51.6))
    assert line.spaced
    assert not Line("registrat", 2.0, spare=-8.0).before_page(Line("ion", 29.0, 15.0)).spaced
    assert not Line("房制", 20.7, spare=10.7).before_page(Line("度", 29.0, 10.0)).spaced


def test_a_column_of_people_may_hold_a_firm() -> None:
    """Its label says little, and its cells nearly all; the firm's name is one, wherever its line ends."""
    names = ["李阳", "赵亮；王秀英", "陈建国", "张贤", "刘一鸣", "周毅", "吴海燕", "郑杰", "孙立", "马超", "钱学礼"]
    assert column([*names, "某某物流有\v限公司"], "所有人")[0] == [
        name.replace("；", "、") for name in (*names, "某某物流有限公司")
    ]


@pytest.mark.parametrize(
    ("text", "name"), [("江苏新材料科\v技有限公司", "江苏新材料科技有限公司"), ("市公安\v局", "市公安局")]
)
def test_a_firm_is_not_called_by_its_trade_alone(text: str, name: str) -> None:
    """What stands before the line's end may look like a unit: 科."""
    assert column([text, "市民政局", "市财政局\n市审计局"], "建设单位")[0][0] == name


@pytest.mark.parametrize(
    ("codes", "filled"), [(("A10", "A11", "A12", "A13", "A14", "A15"), True), (("A10", "A11") * 3, False)]
)
def test_a_column_behind_the_codes_of_the_rows_may_group_them(
    codes: tuple[str, ...],
    filled: bool,  # noqa: FBT001 - a parameter
) -> None:
    """Each row has one of its own, as it has a number; where codes come again, they are values."""
    parts = ("土建", "", "", "安装", "", "")
    rows = [(str(n), code, part, f"名称{n}") for n, (code, part) in enumerate(zip(codes, parts, strict=True), 1)]
    found = [row.values[2].text for row in table_of([[("序号", "编码", "分部", "名称"), *rows]]).rows]
    assert found == (["土建"] * 3 + ["安装"] * 3 if filled else [*parts])


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("（一）制\v定方案；\v（二）组\v织实施；\v（三）总\v结。", True),
        ("（一）制定全市年度工作方案；\v（二）组织各县区分步实施；\v（三）年底前总结。", False),
    ],
)
def test_points_of_narrow_lines_may_begin_them_by_chance(
    text: str,
    is_doubted: bool,  # noqa: FBT001 - a parameter
) -> None:
    """A line of four characters has no room for a point behind another."""
    assert (column([text, "甲", "乙"])[1] != []) is is_doubted


def test_a_code_that_lines_cut_is_not_doubted() -> None:
    """Nobody writes two numbers side by side in one, as one may below each other."""
    assert column(["LKVXAB12\v45\v678", "甲", "乙"])[1] == []
    assert column(["45\v678", "甲", "乙"])[1] != []


@pytest.mark.parametrize("label", ["说明", "议定事项"])
def test_a_list_whose_first_point_stands_amid_a_line_is_doubted(label: str) -> None:
    """The others begin lines behind full ones, and may do so by chance, whatever kind their column is of."""
    text = "建议①增设全部主次干道路灯；\v②同步改造地下供水排水管线；\v③年底前完工。"
    assert column([text, "甲", "乙"], label)[1] == [(None, label)]
    assert column([text.replace("\v", "\n"), "甲", "乙"], "说明")[1] == []


def test_the_end_of_a_standards_name_is_no_letter_of_a_code() -> None:
    """The column writes numbers right behind a letter, as sizes of paper, but ``GB/T`` with a space."""
    sizes = ["A4纸张", "A3纸张", "B5纸张"]
    assert column(["国标A\v4纸", *sizes])[1] == []
    assert column(["国标GB/T\v2828标准", *sizes])[1] != []


def test_a_column_that_always_parts_the_scripts_does_so_at_the_ends_of_lines() -> None:
    """Also beside words that it prints nowhere else; where it does not always, only beside those."""
    spaced = ["使用 Vim 编辑", "访问 inode 编号", "通过 shell 脚本"]
    assert column(["支持\vGUI 程序", *spaced])[0][0] == "支持 GUI 程序"
    assert column(["支持\vGUI 程序", *spaced, "安装Debian系统"])[0][0] == "支持GUI 程序"


def test_an_address_in_a_column_of_them_is_one_however_lines_cut_it() -> None:
    """What stands before a name, or behind the name of a host, may be a word elsewhere, and is doubted there."""
    others = ["li.ming@example.com", "https://www.example.cn/a/1", "wu@example.org"]
    assert column(["xiong\vqiang@exam\vple.com", *others])[0][0] == "xiongqiang@example.com"
    for beside in (others, ["电话", "传真", "邮编"]):
        spaced = ["xiong \vqiang@example.com", *beside]
        assert column(spaced) == (["xiong qiang@example.com", *beside], [(None, "说明")])
