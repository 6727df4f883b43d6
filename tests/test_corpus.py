"""Documents that nobody here made: tables with a truth file are exact, the others say what is in doubt."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hongtou.checking.compare import compare
from hongtou.checking.transcript import read_transcript
from hongtou.emit import csv_text, json_text
from hongtou.pipeline import convert_file, make_notice
from schema.finding import Severity
from schema.profile import built_in_profiles


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_table_with_a_truth_file_is_exact(corpus: Path, number: int) -> None:
    """Two-level headers, merged cells and numbers of 安徽省建设用地使用标准, cell by cell."""
    table = convert_file(corpus / "pdf" / "anhui-land-use.pdf").normalized.tables[number - 1]
    truth = (corpus / "truth" / f"anhui-land-use.{number}.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(csv_text(table)))) == list(csv.reader(io.StringIO(truth)))


def test_a_notice_without_a_table_says_so(corpus: Path) -> None:
    """The red line of a letterhead is no table."""
    converted = convert_file(corpus / "pdf" / "fagaiban-2019-860.pdf")
    assert converted.normalized.tables == ()
    assert [(f.rule, f.severity) for f in converted.findings] == [("no-table", Severity.ERROR)]


def test_rows_without_lines_between_them_are_reported(corpus: Path) -> None:
    """A page ruled only every five rows gives one finding for each of its stacks."""
    converted = convert_file(corpus / "pdf" / "nics-background-checks-2015-11-rotated.pdf")
    stacks = [finding for finding in converted.findings if finding.rule == "unruled-rows"]
    assert len(stacks) >= 10
    assert {dict(finding.details)["count"] for finding in stacks} == {"5"}


def test_a_merged_cell_goes_on_behind_a_page_break(corpus: Path) -> None:
    """The rest of a merged cell on the next page, ruled off and blank, holds its text; no profile is needed."""
    converted = convert_file(corpus / "pdf" / "neec-2018q1.pdf")
    (rows,) = [
        [row.values[0].text for row in each.rows]
        for each in converted.normalized.tables
        if any(row.values[0].text == "重大资产出售事项进展" for row in each.rows)
    ]
    assert rows == ["新增发行H股", *["重大资产出售事项进展"] * 3, *["重大诉讼仲裁情况"] * 2]


def test_a_font_that_gives_false_characters_is_an_error(corpus: Path) -> None:
    """Pages whose Chinese reads as ASCII are reported, and no page of the other documents is."""
    reported = {
        path.name: [f.place.page for f in convert_file(path).findings if f.rule == "false-encoding" and f.place]
        for path in sorted((corpus / "pdf").iterdir())
    }
    assert set(reported.pop("gbt3620-1.pdf")) >= {5, 6, 7, 8, 9}
    assert not any(reported.values())


@pytest.mark.parametrize("folder", ["pdf", "docx"])
def test_the_ledger_balances_on_every_document(corpus: Path, folder: str) -> None:
    """No table of the corpus has a character that is not accounted for."""
    paths = sorted((corpus / folder).iterdir())
    assert paths
    for path in paths:
        for table in convert_file(path).normalized.tables:
            assert table.ledger.balanced, (path.name, table.title)


@pytest.mark.parametrize("folder", ["pdf", "docx"])
def test_what_was_converted_has_no_difference_from_its_original(corpus: Path, folder: str, tmp_path: Path) -> None:
    """Our own CSV and JSON of every document check clean against it: no false alarm on any layout."""
    found: dict[str, list[str]] = {}
    for path in sorted((corpus / folder).iterdir()):
        converted = convert_file(path)
        if not converted.normalized.tables:
            continue
        (tmp_path / "typed.json").write_text(json_text(make_notice(converted, "zh")), encoding="utf-8")
        (tmp_path / "typed.csv").write_text(csv_text(converted.normalized.tables[0]), encoding="utf-8", newline="")
        for name in ("typed.json", "typed.csv"):
            differences = compare(read_transcript(tmp_path / name, built_in_profiles()), converted)
            found[f"{path.name} {name}"] = [each.rule for each in differences if each.rule != "explained"]
    assert found
    assert {name: rules for name, rules in found.items() if rules} == {}
