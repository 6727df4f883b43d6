"""Checks that speak up about single cells: what is odd is reported, and what only looks so is not."""

from __future__ import annotations

import extract
from normalize import normalize
from schema.profile import built_in_profiles


def found(rule: str, *rows: str) -> list[tuple[str, str | None]]:
    """Give the rows and columns of which a rule's findings speak, of a transcription with these rows."""
    text = "\n".join(("序号\t具体任务\t牵头领导", *rows))
    (table,) = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    return [(str(finding.row), finding.column) for finding in table.findings if finding.rule == rule]


def test_letters_that_a_false_map_gives_for_digits_are_odd() -> None:
    """Words of western languages, and letters beside no Chinese, are not."""
    rows = (
        "1\t推进ŎG基站建设\t李阳",
        "2\t建设项目（CÄ）\t李阳",
        "3\t引进Müller公司\t李阳",
        "4\tÅÄ\t李阳",
        "5\t用café\t李阳",
    )
    assert [row for row, _ in found("odd-letter", *rows)] == ["1", "2"]


def test_a_word_that_is_parted_in_one_cell_and_whole_in_another_is_reported() -> None:
    """The rarer form is; words that only stand side by side are not, nor is a text without Chinese."""
    whole = ("1\t举办World Expo Forum\t李阳", "2\t筹备World Expo\t李阳")
    assert found("parted-word", *whole, "3\t举办WorldEx po Forum\t李阳") == [("3", "task")]
    parted = ("1\t举办Open Day\t李阳", "2\t筹备Open Day\t李阳")
    assert found("parted-word", *parted, "3\t举办OpenDay活动\t李阳") == [("3", "task")]
    assert found("parted-word", *whole, *parted) == []
    assert found("parted-word", "1\tthe set up\t李阳", "2\ta setup\t李阳") == []
    assert found("parted-word", parted[0], "2\t举办OpenDay活动\t李阳") == [("1", "task"), ("2", "task")]


def test_two_people_run_together_are_reported_wherever_they_are() -> None:
    """Two rows that print them so do not make them one person, unless that one stands in more rows."""
    apart = [f"{number}\t任务\t{name}" for number, name in enumerate(("赵亮", "李阳") * 3, 1)]
    assert found("unknown-person", *apart, "7\t任务\t赵亮李阳", "8\t任务\t赵亮李阳") == [
        ("7", "lead_officials"),
        ("8", "lead_officials"),
    ]
    often = [f"{number}\t任务\t欧阳文静" for number in range(7, 12)]
    assert found("unknown-person", *apart, *often) == []


def test_two_people_run_together_are_reported_though_each_stands_once_elsewhere() -> None:
    """Four characters spread over a line are no one's name where two others make it up."""
    rows = ("1\t推进\t郑杰", "2\t推进\t张贤", "3\t推进\t郑杰张贤", "4\t推进\t欧阳文静")
    assert found("unknown-person", *rows) == [("3", "lead_officials")]


def test_a_header_that_ran_into_a_row_is_reported() -> None:
    """One cell that begins with its label is data."""
    rows = ("1\t具体任务分解\t李阳", "序号2\t具体任务推进\t牵头领导赵亮", "3\t推进\t李阳")
    assert found("label-in-row", *rows) == [("序号2", None)]


def test_a_piece_of_a_name_beside_others_is_reported() -> None:
    """One character is nobody; alone in its cell it may say that there is nobody."""
    rows = ("1\t推进\t文静赵、亮", "2\t推进\t无", "3\t推进\t司马宏、欧阳", "4\t推进\t李阳、张贤")
    assert found("unknown-person", *rows) == [("1", "lead_officials"), ("3", "lead_officials")]


def test_three_people_run_together_are_reported() -> None:
    """So stand three padded names in a line that fills its cell by chance."""
    rows = [f"{number}\t推进\t{name}" for number, name in enumerate(("孙立", "周毅", "李阳") * 2, 1)]
    assert found("unknown-person", *rows, "7\t推进\t孙立周毅李阳") == [("7", "lead_officials")]


def test_several_people_whom_no_other_row_holds_are_reported() -> None:
    """So stand names in a column one character wide, in which no line ends a name; a title makes no second one."""
    rows = [f"{number}\t推进\t{name}" for number, name in enumerate(("孙立", "周毅", "李阳") * 2, 1)]
    assert found("unknown-person", *rows, "7\t推进\t陈宇剑王观宝吴强", "8\t推进\t王建国副市长") == [
        ("7", "lead_officials")
    ]


def test_a_piece_that_stands_behind_names_with_a_dot_only_is_reported() -> None:
    """It has no family name, and may be their end; one that another row has by itself is a name."""
    rows = ("1\t推进\t李阳、古丽娜尔·阿不都热、依木", "2\t推进\t张贤", "3\t推进\t周毅、古丽娜尔·阿不都热、依木")
    others = ("4\t推进\t马超", "5\t推进\t孙立、王强")
    assert found("unknown-person", *rows, *others) == [("1", "lead_officials"), ("3", "lead_officials")]
    assert found("unknown-person", *rows, *others, "6\t推进\t依木") == []


def test_the_end_of_a_name_with_the_next_ones_beginning_is_reported() -> None:
    """Where all others begin with a family name, and no other row has it."""
    rows = ("1\t推进\t诸葛明、欧阳文、静吴、海燕", "2\t推进\t李阳", "3\t推进\t周毅", "4\t推进\t马超、张贤")
    assert ("1", "lead_officials") in found("unknown-person", *rows)
    assert found("unknown-person", "1\t推进\t诸葛明、静吴", *rows[1:], "5\t推进\t静吴") == []


def units_told(*texts: str) -> list[str]:
    """Give the units of which findings speak, in a column of these texts."""
    rows = [f"{number}\t推进\t李阳\t{text}" for number, text in enumerate(texts, 1)]
    text = "\n".join(("序号\t具体任务\t牵头领导\t牵头单位", *rows))
    (table,) = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    return [dict(finding.details)["name"] for finding in table.findings if finding.rule == "unknown-unit"]


def test_two_units_run_together_are_reported() -> None:
    """Each stands in more rows; one that goes on behind brackets with one character is cut."""
    single = ("市委宣传部（市文明办）", "市财政局", "市教育局") * 2
    assert units_told(*single, "市委宣传部（市文明办）市财政局") == ["市委宣传部（市文明办）市财政局"]
    assert units_told(*single, "市教育局市财政局") == ["市教育局市财政局"]
    assert units_told(*single, "市教育局基建处", "市教育局基建处") == []
    assert units_told(*single, "市公安局（市反恐办）市", "市公安局（市反恐办）市") == ["市公安局（市反恐办）市"] * 2


def test_characters_spread_by_spaces_beside_other_text_are_reported() -> None:
    """A cell that is so set as a whole may mean it, and so may two characters."""
    text = "序号\t地点\n1\t行 政 中 心1号楼\n2\t办 公 室\n3\t东 区礼堂"
    (table,) = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    assert [finding.row for finding in table.findings if finding.rule == "spread-text"] == [1]


def test_periods_that_go_on_are_whole_where_a_column_has_several() -> None:
    """One alone may be cut off."""
    assert found("left-open", "1\t任期2021年3月—\t李阳", "2\t任期2020年—2024年\t张贤") == [("1", "task")]
    rows = [f"{number}\t任期202{number}年3月—\t李阳" for number in range(1, 4)]
    assert found("left-open", *rows, "4\t任期（兼\t张贤") == [("4", "task")]


def test_boxes_for_characters_that_a_font_lacks_are_reported() -> None:
    """One box alone is a mark of the form's."""
    assert found("unmapped-character", "1\t推进■■建设\t李阳", "2\t□是 □否\t李阳") == [("1", "task")]


def test_a_part_of_a_name_with_a_dot_is_reported() -> None:
    """Another row has the whole of it; a name that no other begins or ends is left alone."""
    rows = ("1\t推进\t买买提·艾山", "2\t推进\t李阳买、买提·艾山", "3\t推进\t阿迪力·买买提")
    assert found("unknown-person", *rows) == [("2", "lead_officials")]


def test_people_run_together_before_a_name_with_a_dot_are_reported() -> None:
    """The name with the dot stands alone in other rows."""
    rows = ("1\t推进\t买买提·艾山", "2\t推进\t张贤周毅买买提·艾山", "3\t推进\t李阳", "4\t推进\t买买提·艾山")
    assert found("unknown-person", *rows) == [("2", "lead_officials")]


def side_by_side(*rows: str) -> list[str]:
    """Give the findings about the numbers of a transcription with two records in each row."""
    text = "\n".join(("序号\t姓名\t序号\t姓名", *rows))
    (table,) = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    return [finding.rule for finding in table.findings if finding.rule.startswith("sequence")]


def test_numbers_side_by_side_are_one_count() -> None:
    """It goes along the rows or down the columns; where a number is missing, it is said once."""
    assert side_by_side("1\t李阳\t2\t张贤", "3\t周毅\t4\t马超", "5\t孙立\t\t") == []
    assert side_by_side("1\t李阳\t4\t张贤", "2\t周毅\t5\t马超", "3\t孙立\t6\t何勇") == []
    assert side_by_side("1\t李阳\t2\t张贤", "3\t周毅\t5\t马超") == ["sequence-gap"]


def test_a_table_that_begins_amid_its_numbers_is_reported() -> None:
    """Its first rows may be lost, unless it goes on from the table before."""
    header = "\n附件\n\n序号\t事项\n"
    text = f"{header}3\t道路改造\n4\t管网更新\n{header}5\t河道整治\n{header}9\t桥梁加固"
    tables = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    missing = [[dict(f.details)["missing"] for f in table.findings if f.rule == "sequence-gap"] for table in tables]
    assert missing == [["1-2"], [], ["6-8"]]


def test_a_table_in_traditional_characters_is_told_once() -> None:
    """Single ones among simplified characters are told one by one."""
    rows = ("1\t推動區內產業發展\t陳偉", "2\t優化營商環境及服務\t張賢", "3\t加強監督管理\t李陽")
    assert found("traditional-text", *rows) == [("None", None)]
    assert found("traditional-character", *rows) == []
    mixed = ("1\t推动區内产业发展\t陈伟", "2\t优化营商环境\t张賢", "3\t加强监督管理\t李陽", "4\t推进民生实事\t馬超")
    assert found("traditional-text", *mixed) == []
    assert [row for row, _ in found("traditional-character", *mixed)] == ["1", "2", "3", "4"]


def test_two_names_that_others_part_elsewhere_are_reported() -> None:
    """A line end fell between the characters of both; names that other rows hold too are right as they are."""
    rows = ("1\t推进\t欧阳文静", "2\t推进\t郑杰", "3\t推进\t欧阳文、静郑杰", "4\t推进\t郑杰、欧阳文静")
    assert found("unknown-person", *rows) == [("3", "lead_officials")]


def test_two_names_that_others_part_into_three_are_reported() -> None:
    """A line end fell within the second, each of whose parts stood beside another one."""
    rows = ("1\t推进\t孙立", "2\t推进\t周毅、孙立", "3\t推进\t孙立周、毅李阳", "4\t推进\t李阳、周毅")
    assert found("unknown-person", *rows) == [("3", "lead_officials")]


def test_two_names_are_reported_where_a_family_name_begins_before_the_second() -> None:
    """One of two characters is cut, or the second name has its family name only behind its first character."""
    assert found("unknown-person", "1\t推进\t赵亮欧、阳文静", "2\t推进\t李阳") == [("1", "lead_officials")]
    assert found("unknown-person", "1\t推进\t欧阳文、静郑杰", "2\t推进\t李阳") == [("1", "lead_officials")]
    assert found("unknown-person", "1\t推进\t赵亮、欧阳文静", "2\t推进\t郑杰、王静文") == []


def test_people_run_together_behind_a_name_with_a_dot_are_reported() -> None:
    """The name with the dot stands alone in another row."""
    rows = ("1\t推进\t买买提·艾山", "2\t推进\t买买提·艾山周毅", "3\t推进\t买买提·艾山")
    assert found("unknown-person", *rows) == [("2", "lead_officials")]
