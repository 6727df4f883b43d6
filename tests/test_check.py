"""Check transcripts: the seed's faults, planted faults, formats, rows, columns, and what is no fault."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutation.measure import ROW_FAULTS, measure, original
from opencc import OpenCC

from extract.reading import Reading
from extract.text import read_text
from hongtou.checking.alignment import Keyed, align
from hongtou.checking.compare import compare
from hongtou.checking.difference import Difference
from hongtou.checking.fixing import changes_of, corrected
from hongtou.checking.transcript import read_transcript
from hongtou.pipeline import convert_file
from schema.errors import InputError
from schema.finding import Severity
from schema.grid import Grid
from schema.profile import built_in_profiles

GOLDEN = Path(__file__).parent.parent / "output"
#: What the design says is wrong with the seed's transcription, by task.
KNOWN_FAULTS = {
    6: "names-run-together",
    12: "wrong-column",
    109: "wrong-column",
    171: "wrong-column",
    172: "shared-blank",
    174: "shared-blank",
    175: "shared-blank",
    111: "broken-item",
    113: "broken-item",
    128: "broken-item",
}


def differences(path: Path, notice: str = "minhang") -> list[Difference]:
    """Give what a transcript of a notice departs in, without what normalisation explains."""
    found = compare(read_transcript(path, built_in_profiles()), original(notice))
    return [each for each in found if each.rule != "explained"]


def golden_rows() -> list[list[str]]:
    """Give the seed's right rows, the labels first."""
    with (GOLDEN / "minhang-2025-3.docx.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def typed(folder: Path, rows: list[list[str]], name: str = "typed.csv") -> Path:
    """Write rows as somebody would type them."""
    path = folder / name
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def test_every_known_fault_of_the_seed_is_found_and_named(samples: Path) -> None:
    """Nothing else of it is an error, and what is wrong is where it is said to be."""
    found = differences(samples / "minhang-2025-3.txt")
    rules: dict[int | str | None, set[str]] = {}
    for each in found:
        rules.setdefault(each.row, set()).add(each.rule)
    assert all(rule in rules[row] for row, rule in KNOWN_FAULTS.items())
    errors = {each.row for each in found if each.severity is Severity.ERROR}
    assert errors == {6, 12, 109, 171}
    lines = (samples / "minhang-2025-3.txt").read_text(encoding="utf-8").split("\n")
    names = next(each for each in found if each.row == 6)
    assert names.region is not None
    assert lines[names.region.line - 1][names.region.column - 1 : names.region.end_column - 1] == "赵杨辛"


@pytest.mark.parametrize("name", ["minhang-2025-3.docx.csv", "minhang-2025-3.pdf.json"])
def test_a_right_transcript_has_no_difference(name: str) -> None:
    """Our own CSV and JSON of the notice are right to the character."""
    assert differences(GOLDEN / name) == []


def test_a_right_workbook_has_no_difference(tmp_path: Path) -> None:
    """A sheet with merged cells in the grouping columns is right as well."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in golden_rows():
        sheet.append(row)
    for number in range(3, 8):
        sheet.cell(number, 2).value = None
    sheet.merge_cells("B2:B7")
    book.save(tmp_path / "typed.xlsx")
    assert differences(tmp_path / "typed.xlsx") == []


def test_a_workbook_points_at_the_cell(tmp_path: Path) -> None:
    """A sheet has no lines; its cells have names."""
    book = openpyxl.Workbook()
    rows = golden_rows()
    rows[2][3] = rows[2][3].replace("5%", "6%")
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "typed.xlsx")
    (found,) = differences(tmp_path / "typed.xlsx")
    assert found.rule == "digit"
    assert found.transcript.place is not None
    assert (found.transcript.place.table, found.transcript.place.cell) == (1, "D3")


def test_planted_faults_are_found_named_and_pointed_at() -> None:
    """Of a thousand faults of all classes, all are found, and 99 in 100 named and pointed at rightly."""
    scores, alarms, clean = measure(1000)
    assert alarms == []
    assert clean > 2000
    assert {kind for kind, score in scores.items() if score.planted < 30} == set()
    missed = {kind: score.wrong for kind, score in scores.items() if score.found < score.planted}
    assert missed == {}
    planted = sum(score.planted for score in scores.values())
    assert sum(score.named for score in scores.values()) >= 0.99 * planted, [s.wrong for s in scores.values()]
    assert sum(score.pointed for score in scores.values()) >= 0.99 * planted
    assert set(ROW_FAULTS) < set(scores)


def test_a_transcript_without_keys_is_aligned_by_content(tmp_path: Path) -> None:
    """Rows that lack their numbers are found by what they say."""
    rows = [row[1:] for row in golden_rows()]
    del rows[50]
    found = differences(typed(tmp_path, rows))
    assert [(each.rule, each.row) for each in found] == [("missing-column", None), ("missing-row", 50)]


def test_a_transcript_without_labels_is_taken_in_the_order_of_its_columns(tmp_path: Path) -> None:
    """The first row is a record then, and nothing is lost."""
    rows = golden_rows()[1:]
    rows[4][5] = "区发展改革局"
    found = differences(typed(tmp_path, rows))
    assert [(each.rule, each.row) for each in found] == [("wrong-character", 5)]


def test_labels_and_columns_are_compared_too(tmp_path: Path) -> None:
    """A column that is missing, one too many, and one under another label are each said once."""
    rows = golden_rows()
    rows[0][4] = "牵头领异"
    rows = [[*row[:5], *row[6:-1], "录入员" if not index else "甲"] for index, row in enumerate(rows)]
    found = differences(typed(tmp_path, rows))
    assert sorted(each.rule for each in found) == ["extra-column", "missing-column", "other-label"]


@pytest.mark.parametrize(
    ("mine", "theirs", "rule"),
    [
        ("2025-06-30", "2025年6月30日", "explained"),
        ("2025-06-30", "2025年6月30日至7月1日", "date"),
        ("2025年6月30日至8月", "2025年6月30日至7月", "date"),
        ("2025-06-31", "2025年6月30日", "date"),
    ],
)
def test_a_date_is_only_written_otherwise_where_it_is_the_same(
    mine: str, theirs: str, rule: str, tmp_path: Path
) -> None:
    """JSON has dates in ISO; what stands beside a date is compared all the same."""
    labels, tasks = "序号,重要事项,完成日期", ("完善监测", "修订办法", "开展培训")
    for name, first in (("typed.csv", mine), ("original.csv", theirs)):
        rows = [f"{n},{task},{first if n == 1 else '2025年5月1日'}" for n, task in enumerate(tasks, 1)]
        (tmp_path / name).write_text("\n".join([labels, *rows]), encoding="utf-8")
    found = compare(
        read_transcript(tmp_path / "typed.csv", built_in_profiles()), convert_file(tmp_path / "original.csv")
    )
    rules = {each.rule for each in found}
    assert rule in rules
    assert ("explained" in rules) == (rule == "explained")


def test_a_table_of_labels_alone_and_blank_rows_are_no_differences(tmp_path: Path) -> None:
    """Nothing is printed there that a transcript could lack."""
    text = "第一表\n\n甲\t乙\t丙\n\n第二表\n\n品名\t单价\t产地\n茶\t2\t徽\n\t\t\n酒\t3\t黔\n"
    (tmp_path / "typed.txt").write_text(text, encoding="utf-8")
    original_ = convert_file(tmp_path / "typed.txt")
    assert compare(read_transcript(tmp_path / "typed.txt", built_in_profiles()), original_) == []


def test_a_transcript_in_traditional_characters_is_only_that(tmp_path: Path) -> None:
    """Its columns and rows are known all the same, and nothing but the characters is wrong."""
    convert = OpenCC("s2t").convert
    rows = [[convert(text) for text in row] for row in golden_rows()]
    assert {each.rule for each in differences(typed(tmp_path, rows))} == {"traditional", "other-label"}


def test_numbers_that_moved_up_after_a_lost_row_are_wrong_numbers(tmp_path: Path) -> None:
    """Who leaves a row out and numbers on has one row missing, and every number behind it wrong."""
    rows = golden_rows()
    del rows[150]
    for number, row in enumerate(rows[150:], 150):
        row[0] = str(number)
    found = differences(typed(tmp_path, rows))
    assert found[0].rule == "missing-row"
    assert [(each.rule, each.row) for each in found[1:]] == [("digit", number) for number in range(151, 191)]


def test_a_lost_tab_is_said_of_every_cell_that_it_moved(tmp_path: Path) -> None:
    """Each is named with the column that it belongs in, and the two cells that became one are too long."""
    lines = ["\t".join(row) for row in golden_rows()]
    lines[5] = lines[5].replace("\t完成", "完成")
    (tmp_path / "typed.txt").write_text("\n".join(lines), encoding="utf-8")
    found = differences(tmp_path / "typed.txt")
    assert [each.rule for each in found] == ["extra-character", *["wrong-column"] * 3]
    assert {each.row for each in found} == {5}


def test_a_wrong_number_does_not_lose_the_row(tmp_path: Path) -> None:
    """The row is known by its content, and its number is what is wrong."""
    rows = golden_rows()
    rows[7][0] = "77"
    found = differences(typed(tmp_path, rows))
    assert [(each.rule, each.row, each.column) for each in found] == [("digit", 7, "序号")]


def test_a_line_end_inside_a_cell_is_one_fault(tmp_path: Path) -> None:
    """Tab-separated text that was cut into two lines is read as one row, and said to be broken."""
    lines = ["\t".join(row) for row in golden_rows()]
    lines[9] = lines[9].replace("一揽子", "一揽子\n")
    (tmp_path / "typed.txt").write_text("\n".join(lines), encoding="utf-8")
    found = differences(tmp_path / "typed.txt")
    assert [(each.rule, each.row) for each in found] == [("broken-row", 9)]


def test_cells_that_changed_places_are_in_the_wrong_column(tmp_path: Path) -> None:
    """Both are named with the column that they belong in."""
    rows = golden_rows()
    rows[3][4], rows[3][5] = rows[3][5], rows[3][4]
    found = differences(typed(tmp_path, rows))
    assert {each.rule for each in found} == {"wrong-column"}
    assert [dict(each.details)["belongs"] for each in found] == ["牵头单位", "牵头领导"]


def test_tables_that_the_other_side_lacks_are_said(tmp_path: Path) -> None:
    """A second table that the original does not have is no silence."""
    first = "\n".join("\t".join(row) for row in golden_rows())
    path = tmp_path / "typed.txt"
    path.write_text(f"{first}\n\n另表\n\n品名\t单价\t产地\nqq\t2\tzz\nww\t3\txx\n", encoding="utf-8")
    assert [each.rule for each in differences(path)] == ["extra-table"]


def test_faults_are_corrected_in_a_copy(tmp_path: Path, samples: Path) -> None:
    """The copy of the seed has no difference left that its cells can have; the rest of the file is untouched."""
    transcript = read_transcript(samples / "minhang-2025-3.txt", built_in_profiles())
    changes = changes_of(transcript, compare(transcript, original("minhang")))
    copy = tmp_path / "minhang-2025-3.txt"
    copy.write_bytes(corrected(transcript, changes))
    assert differences(copy) == []
    before = (samples / "minhang-2025-3.txt").read_text(encoding="utf-8").split("\n")
    after = copy.read_text(encoding="utf-8").split("\n")
    lines = {change.place.line for change in changes}
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True), 1) if (a != b) != (n in lines)] == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_corrected_copy_keeps_its_encoding(encoding: str, tmp_path: Path) -> None:
    """Who types in GB18030 gets GB18030 back; a text with a comma is quoted."""
    rows = golden_rows()
    rows[2][3] = "地区生产总植增长5%左右。"
    path = typed(tmp_path, rows)
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    transcript = read_transcript(path, built_in_profiles())
    fixed = corrected(transcript, changes_of(transcript, compare(transcript, original("minhang"))))
    assert list(csv.reader(io.StringIO(fixed.decode(encoding)))) == golden_rows()


def test_a_corrected_json_is_the_right_one(tmp_path: Path) -> None:
    """Lists stay lists, and numbers numbers."""
    right = json.loads((GOLDEN / "minhang-2025-3.pdf.json").read_text(encoding="utf-8"))
    wrong = json.loads(json.dumps(right))
    wrong["tables"][0]["rows"][5]["lead_officials"] = ["赵亮杨辛"]
    wrong["tables"][0]["rows"][9]["number"] = 11
    (tmp_path / "typed.json").write_text(json.dumps(wrong, ensure_ascii=False, indent=1), encoding="utf-8")
    transcript = read_transcript(tmp_path / "typed.json", built_in_profiles())
    changes = changes_of(transcript, compare(transcript, original("minhang")))
    assert json.loads(corrected(transcript, changes)) == right


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("序a,\"' \n；", max_size=5), min_size=3, max_size=3), min_size=2, max_size=6))
def test_each_field_of_csv_knows_where_it_begins(rows: list[list[str]]) -> None:
    """Whatever is quoted, the place of a field is where it stands in the file."""
    rows = [["一", "二", "三"], *rows]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    text = out.getvalue()
    lines = text.split("\n")
    original_ = read_text(text.encode(), Reading("x.csv", ""))
    (grid,) = [block for block in original_.blocks if isinstance(block, Grid)]
    for cell in grid.cells:
        assert cell.place.line is not None
        assert cell.place.column is not None
        assert lines[cell.place.line - 1][cell.place.column - 1] == '"'
        field = rows[cell.row][cell.column]
        assert "".join(lines[cell.place.line - 1 :])[cell.place.column :].startswith(
            field.split("\n")[0].replace('"', '""')
        )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("区市县委局办财政税务", min_size=3, max_size=8), max_size=12), st.randoms(use_true_random=False)
)
def test_rows_are_paired_once_and_in_order(texts: list[str], dice: object) -> None:
    """No row is in two pairs, and the pairs in order keep both orders, whatever is missing or moved."""
    assert hasattr(dice, "sample")
    other = dice.sample(texts, len(texts))
    mine = [Keyed("", text) for text in texts]
    pairs = align(mine, [Keyed("", text) for text in other])
    assert len({pair.mine for pair in pairs}) == len(pairs) == len({pair.theirs for pair in pairs})
    ordered = [pair.theirs for pair in pairs if pair.in_order]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("name", ["minhang-2025-3.txt", "minhang-2025-3.pdf.csv", "minhang-2025-3.pdf.json"])
def test_whatever_is_typed_the_check_says_something_of_it(name: str, tmp_path: Path, samples: Path) -> None:
    """However mangled a transcript is, it is checked, or refused with what to do; its regions lie in the file."""
    source = next(path for path in (samples / name, GOLDEN / name) if path.exists()).read_text(encoding="utf-8")
    for seed in range(15):
        dice = random.Random(seed)  # noqa: S311 - mangled text, no secrets
        text = list(source)
        for _ in range(dice.choice((3, 30, 300))):
            at = dice.randrange(len(text))
            if dice.random() < 0.5:
                del text[at : at + dice.choice((1, 1, 5, 200))]
            else:
                text[at:at] = dice.choice(("\t", "\n", ",", '"', "、", " ", "\r", "\v", "\u2028", "　", "）", "字1"))
        path = tmp_path / "typed"
        path.write_text("".join(text), encoding="utf-8", newline="")
        try:
            transcript = read_transcript(path, built_in_profiles())
        except InputError:
            continue
        found = compare(transcript, original("minhang"))
        lines = "".join(text).split("\n")
        for each in found:
            if each.region is not None:
                assert each.region.column <= len(lines[each.region.line - 1]) + 1
                assert each.region.end_column <= len(lines[each.region.end_line - 1]) + 1
        corrected(transcript, changes_of(transcript, found))
