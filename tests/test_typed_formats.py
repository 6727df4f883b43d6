"""Read what people type into: workbooks, and our own JSON."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT

import extract
from schema.errors import InputError
from schema.grid import Grid, Original, Paragraph


def workbook(rows: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    """Make a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, shape in (formats or {}).items():
        sheet[cell].number_format = shape
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(original: Original) -> list[str]:
    """Give the texts of the only grid's cells."""
    (grid,) = (block for block in original.blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.cells]


def test_a_sheet_is_read_as_it_is_shown() -> None:
    """Shares, thousands, decimals and dates read as their formats show them; a title above is a paragraph."""
    day = dt.date(2025, 3, 1)
    formats = {"B3": "0.0%", "C3": "#,##0.00", "D3": "0", "E3": 'yyyy"年"m"月"d"日"'}
    data = workbook(
        [["重点任务表"], list("甲乙丙丁戊"), [1, 0.985, 1200.5, 3.0, day], [2, 0.5, 7, None, True]], formats
    )
    original = extract.read(data, "typed.xlsx")
    titles = [block.text for block in original.blocks if isinstance(block, Paragraph)]
    assert titles == ["重点任务表"]
    assert texts(original)[5:] == ["1", "98.5%", "1,200.50", "3", "2025年3月1日", "2", "0.5", "7", "", "TRUE"]


def test_what_a_sheet_hides_and_what_no_program_computed_is_told() -> None:
    """Hidden rows, columns and sheets are read all the same; a formula without a value reads as blank."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["序号", "任务", "金额"], [1, "甲", "=1+1"], [2, "乙", 3], [3, "丙", 4]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("旧表")
    other.append(["序号", "任务"])
    other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    original = extract.read(out.getvalue(), "typed.xlsx")
    assert [(f.rule, dict(f.details)) for f in original.findings] == [
        ("hidden-cells", {"sheet": "Sheet", "what": "3、B"}),
        ("no-value", {"cell": "C2"}),
        ("hidden-cells", {"sheet": "旧表", "what": "旧表"}),
    ]
    first = next(block for block in original.blocks if isinstance(block, Grid))
    assert [cell.text for cell in first.cells] == [
        "序号", "任务", "金额", "1", "甲", "", "2", "乙", "3", "3", "丙", "4",
    ]  # fmt: skip


def test_a_sheet_names_its_cells() -> None:
    """A place in a workbook is a sheet, a row and a cell."""
    (grid,) = extract.read(workbook([["序号", "任务"], [1, "甲"]]), "typed.xlsx").blocks
    assert isinstance(grid, Grid)
    assert [(cell.place.table, cell.place.row, cell.place.cell) for cell in grid.cells][-1] == (1, 2, "B2")


def test_a_word_file_with_a_workbook_inside_is_a_word_file() -> None:
    """What an archive is, its own members say, not those of an archive inside it."""
    out = io.BytesIO((ROOT / "samples" / "minhang-2025-3.docx").read_bytes())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/embeddings/chart.xlsx", workbook([["甲", "乙"]]))
    assert extract.read(out.getvalue(), "notice.docx").source.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (workbook([["甲", "乙"], [1, 2]]).replace(b"xl/worksheets", b"xl/worksheetz"), "damaged-workbook"),
        (b'{"format": "hongtou/1", "tables": [', "damaged-json"),
        (b'{"format": "hongtou/1", "notice": {}, "tables": [{"title": ""}]}', "damaged-json"),
    ],
)
def test_what_is_damaged_is_refused(data: bytes, name: str) -> None:
    """With an error that says which it is."""
    with pytest.raises(InputError) as caught:
        extract.read(data, "typed")
    assert caught.value.name == name


def test_our_own_json_gives_the_same_table_again(tmp_path: Path) -> None:
    """Converting what was converted changes nothing."""
    from hongtou.cli import main  # noqa: PLC0415 - only this test runs a command

    assert main(["convert", str(ROOT / "output" / "minhang-2025-3.pdf.json"), "-o", str(tmp_path)]) == 0
    again = (tmp_path / "minhang-2025-3.pdf.json.csv").read_bytes()
    assert again == (ROOT / "output" / "minhang-2025-3.pdf.csv").read_bytes()
