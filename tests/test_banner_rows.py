"""Rows over all columns: titles above the header, section titles, notes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx

from hongtou.cli import main

LABELS = ("序号", "重点任务", "牵头单位", "完成时限")
RECORDS = (
    ("1", "推进重大项目建设。", "区发展改革委", "12月底"),
    ("2", "优化营商环境。", "区商务委", "6月底"),
    ("3", "改造老旧小区。", "区房管局", "11月底"),
)


def word(*rows: tuple[str, ...]) -> bytes:
    """Make a Word table; a row of one text covers all columns."""
    document = docx.Document()
    table = document.add_table(len(rows), len(LABELS))
    for index, row in enumerate(rows):
        cells = table.rows[index].cells
        if len(row) == 1:
            cells[0].merge(cells[-1])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def converted(tmp_path: Path, *rows: tuple[str, ...]) -> dict[str, Any]:
    """Convert such a table; give its JSON."""
    path = tmp_path / "notice.docx"
    path.write_bytes(word(*rows))
    assert main(["convert", str(path), "-o", str(tmp_path / "out"), "--trace"]) == 0
    trace = json.loads((tmp_path / "out" / "notice.docx.trace.json").read_text(encoding="utf-8"))
    assert all(table["ledger"]["balanced"] for table in trace["tables"])
    data: dict[str, Any] = json.loads((tmp_path / "out" / "notice.docx.json").read_text(encoding="utf-8"))
    return data


def test_section_titles_become_the_category(tmp_path: Path) -> None:
    """A table without a category column gets one of its section rows; no finding is made."""
    data = converted(tmp_path, LABELS, ("一、经济发展",), *RECORDS[:2], ("二、城市建设",), RECORDS[2])
    (table,) = data["tables"]
    assert table["profile"] == "task-breakdown"
    assert [row["category"] for row in table["rows"]] == ["一、经济发展", "一、经济发展", "二、城市建设"]
    assert [row["number"] for row in table["rows"]] == [1, 2, 3]
    assert data["findings"] == []


def test_section_titles_of_an_unknown_table_get_a_column(tmp_path: Path) -> None:
    """A table that no profile knows keeps its section titles too."""
    data = converted(tmp_path, ("指标", "单位", "数值", "属性"), ("经济",), ("产值", "亿元", "9", "预期"))
    (row,) = data["tables"][0]["rows"]
    assert (row["section"], row["指标"]) == ("经济", "产值")


def test_a_title_above_the_header_is_the_tables_title(tmp_path: Path) -> None:
    """A row over all columns above the header is no label."""
    (table,) = converted(tmp_path, ("2025年重点任务分解表",), LABELS, *RECORDS)["tables"]
    assert table["title"] == "2025年重点任务分解表"
    assert [column["label"] for column in table["columns"]] == list(LABELS)
    assert len(table["rows"]) == 3


def test_a_note_below_the_rows_is_quoted_and_no_record(tmp_path: Path) -> None:
    """注：… is a finding with its text."""
    data = converted(tmp_path, LABELS, *RECORDS, ("注：时限均为2025年。",))
    assert len(data["tables"][0]["rows"]) == 3
    (finding,) = data["findings"]
    assert (finding["rule"], finding["severity"]) == ("table-note", "note")
    assert "注：时限均为2025年。" in finding["message"]


def test_a_table_without_a_header_is_reported(tmp_path: Path) -> None:
    """Where the first row reads as a record, a finding says that it was taken for the header."""
    path = tmp_path / "rows.csv"
    path.write_text("334010052,2.18,绿豆\n302000001,10.12,粉条\n", encoding="utf-8")
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out" / "rows.csv.json").read_text(encoding="utf-8"))
    assert "doubtful-header" in [finding["rule"] for finding in data["findings"]]


def test_years_are_labels(tmp_path: Path) -> None:
    """A header of years is a header."""
    path = tmp_path / "rows.csv"
    path.write_text("指标,2023,2024,2025\n产值,1.5,2.5,3.5\n", encoding="utf-8")
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out" / "rows.csv.json").read_text(encoding="utf-8"))
    assert data["findings"] == []


def test_a_row_of_totals_shares_nothing_with_the_rows_above(tmp_path: Path) -> None:
    """Its label stands for one column, also where it covers several; it is no record that lacks its number."""
    path = tmp_path / "notice.docx"
    document = docx.Document()
    rows = (
        ("序号", "乡镇", "村", "金额"),
        ("1", "东城镇", "前进村", "408.50"),
        ("2", "", "红星村", "446.50"),
        ("小计", "", "", "855.00"),
        ("3", "西湖镇", "新河村", "95.00"),
        ("合　计", "", "", "950.00"),
    )
    table = document.add_table(len(rows), 4)
    for index, row in enumerate(rows):
        for cell, text in zip(table.rows[index].cells, row, strict=True):
            cell.text = text
    table.cell(5, 0).merge(table.cell(5, 2))
    document.save(str(path))
    assert main(["convert", str(path), "-o", str(tmp_path)]) == 0
    data = json.loads((tmp_path / "notice.docx.json").read_text(encoding="utf-8"))
    values = [[row[label] for label in rows[0]] for row in data["tables"][0]["rows"]]
    assert values[2] == ["小计", "", "", "855.00"]
    assert values[4] == ["合\u3000计", "", "", "950.00"]
    assert [finding["rule"] for finding in data["findings"] if finding["severity"] != "note"] == []


def test_blanks_beside_merged_cells_are_lawful(tmp_path: Path) -> None:
    """A table that merges its groups' labels leaves nothing blank in their stead: two blanks amid a group stay so."""
    path = tmp_path / "notice.docx"
    document = docx.Document()
    table = document.add_table(13, 4)
    for cell, text in zip(table.rows[0].cells, ("片区", "批次", "内容", "金额"), strict=True):
        cell.text = text
    for row in range(1, 13):
        batch = "" if row in (2, 7) else f"第{row}批"
        for cell, text in zip(table.rows[row].cells, ("", batch, f"事项{row}", f"{row}.5"), strict=True):
            cell.text = text
    for first in (1, 5, 9):
        table.cell(first, 0).merge(table.cell(first + 3, 0)).text = f"片区{first}"
    document.save(str(path))
    assert main(["convert", str(path), "-o", str(tmp_path)]) == 0
    rows = json.loads((tmp_path / "notice.docx.json").read_text(encoding="utf-8"))["tables"][0]["rows"]
    assert [row["片区"] for row in rows] == [f"片区{first}" for first in (1, 5, 9) for _ in range(4)]
    assert [number for number, row in enumerate(rows, 1) if not row["批次"]] == [2, 7]


def test_a_title_that_is_printed_again_amid_the_rows_is_no_sections(tmp_path: Path) -> None:
    """The labels stand below it; elsewhere a row over all columns is a section's title, whatever it says."""
    title = ("2025年重点任务分解表",)
    data = converted(tmp_path, title, LABELS, *RECORDS[:2], title, LABELS, RECORDS[2])
    (table,) = data["tables"]
    assert [column["label"] for column in table["columns"]] == list(LABELS)
    assert [row["number"] for row in table["rows"]] == [1, 2, 3]
    (table,) = converted(tmp_path, title, LABELS, *RECORDS[:2], title, RECORDS[2])["tables"]
    assert [row["category"] for row in table["rows"]] == ["", "", *title]


def test_who_filled_a_table_in_is_no_record(tmp_path: Path) -> None:
    """It is quoted; what else two cells hold that no number stands before is a record."""
    foot = ("填表人：王建国", "审核人：李敏", "", "")
    data = converted(tmp_path, LABELS, *RECORDS, foot)
    assert len(data["tables"][0]["rows"]) == 3
    (note,) = (finding for finding in data["findings"] if finding["rule"] == "table-note")
    assert "填表人：王建国" in note["message"]
    data = converted(tmp_path, LABELS, *RECORDS, ("4", "审核人：由各单位报送", "", ""))
    assert len(data["tables"][0]["rows"]) == 4


def test_a_sum_within_a_group_is_no_label_of_the_rows_below(tmp_path: Path) -> None:
    """Blanks below it stand for the label above it."""
    first = (("东区", "产值", "9", ""), ("", "税收", "3", ""), ("小计", "", "12", ""), ("", "就业", "4", ""))
    rows = (*first, ("西区", "产值", "5", ""), ("", "税收", "2", ""))
    (table,) = converted(tmp_path, ("地区", "指标", "数值", "备注"), *rows)["tables"]
    assert [row["地区"] for row in table["rows"]] == ["东区", "东区", "小计", "东区", "西区", "西区"]


def test_numbers_of_rows_in_chinese_group_nothing(tmp_path: Path) -> None:
    """The column behind them does, where its blanks stand for the text above."""
    for numbers in ("一二三四五", ("（1）", "（2）", "（3）", "（4）", "（5）")):
        rows = [
            (number, "东区" if index == 0 else "西区" if index == 3 else "", f"项目{index}", "9")
            for index, number in enumerate(numbers)
        ]
        (table,) = converted(tmp_path, ("编号", "地区", "项目", "数值"), *rows)["tables"]
        assert [row["地区"] for row in table["rows"]] == ["东区", "东区", "东区", "西区", "西区"]
