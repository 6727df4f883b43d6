"""The readers of Word and text: what they take from a file as it stands."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

import extract
from schema.grid import Grid, Original


def word(rows: int, columns: int) -> tuple[Any, Any]:
    """Make a Word document with a table whose cells hold their row and column."""
    document = docx.Document()
    table = document.add_table(rows, columns)
    for row in range(rows):
        for column in range(columns):
            table.cell(row, column).text = f"{row}{column}"
    return document, table


def read(document: Any) -> Original:
    """Save a Word document and read it."""
    saved = io.BytesIO()
    document.save(saved)
    return extract.read(saved.getvalue(), "x.docx")


def grid_of(original: Original) -> Grid:
    """Give the one grid of a document."""
    (grid,) = [block for block in original.blocks if isinstance(block, Grid)]
    return grid


def spans(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    """Give the cells' places, spans and texts."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells]


def test_merged_cells_come_once_with_their_spans() -> None:
    """Merged positions (vMerge, gridSpan) make one cell, whatever python-docx repeats."""
    document, table = word(3, 3)
    for row, column in ((1, 0), (2, 0), (0, 2)):
        table.cell(row, column).text = ""
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    assert spans(grid_of(read(document))) == [
        (0, 0, 3, 1, "00"), (0, 1, 1, 2, "01"),
        (1, 1, 1, 1, "11"), (1, 2, 1, 1, "12"),
        (2, 1, 1, 1, "21"), (2, 2, 1, 1, "22"),
    ]  # fmt: skip


def test_a_row_that_begins_late_keeps_its_columns() -> None:
    """Columns that gridBefore leaves out stay empty; what follows stays in its own."""
    document, table = word(2, 3)
    row = table.rows[1]._tr
    row.remove(row.findall(qn("w:tc"))[0])
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "1")
    row.get_or_add_trPr().append(before)
    assert spans(grid_of(read(document)))[3:] == [(1, 0, 1, 1, ""), (1, 1, 1, 1, "11"), (1, 2, 1, 1, "12")]


def test_header_rows_are_told() -> None:
    """Rows that tblHeader marks are those that Word prints on each page."""
    document, table = word(3, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    assert grid_of(read(document)).header_rows == 1


def test_a_cell_in_a_content_control_is_not_lost() -> None:
    """A w:sdt around a cell is looked through."""
    document, table = word(1, 2)
    row = table.rows[0]._tr
    cell = row.findall(qn("w:tc"))[0]
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row.replace(cell, control)
    control.append(content)
    content.append(cell)
    assert [text for *_, text in spans(grid_of(read(document)))] == ["00", "01"]


def test_a_nested_table_is_text_of_its_cell() -> None:
    """The inner table's texts stand in the outer cell, which stays one."""
    document, table = word(1, 2)
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"
    cells = grid_of(read(document)).cells
    assert len(cells) == 2
    assert "内一" in cells[1].text
    assert "内二" in cells[1].text


TABLE = "序号\t事项\t单位\n1\t甲项\t区委办\n2\t乙项\t\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_of_china(encoding: str) -> None:
    """UTF-8 with and without mark, GB18030 and UTF-16 give the same cells."""
    grid = grid_of(extract.read(TABLE.encode(encoding), "x.txt"))
    assert [cell.text for cell in grid.cells] == ["序号", "事项", "单位", "1", "甲项", "区委办", "2", "乙项", ""]


def test_csv_keeps_commas_and_lines_inside_quotes() -> None:
    """A quoted field is one cell."""
    data = '序号,事项\n1,"甲,乙"\n2,"上\n下"\n'
    grid = grid_of(extract.read(data.encode(), "x.txt"))
    assert [cell.text.replace("\n", "/") for cell in grid.cells] == ["序号", "事项", "1", "甲,乙", "2", "上/下"]


def test_a_row_much_shorter_than_its_table_is_reported() -> None:
    """A lost tab is a finding, and the row's text is kept."""
    data = "序号\t甲\t乙\t丙\t丁\n1\ta\tb\tc\td\n2 a b\n3\ta\tb\tc\td\n"
    original = extract.read(data.encode(), "x.txt")
    assert "ragged-row" in [finding.rule for finding in original.findings]
    assert any("2 a b" in getattr(cell, "text", "") for block in original.blocks for cell in _texts(block))


def _texts(block: Any) -> list[Any]:
    """Give a block's cells, or itself."""
    return list(block.cells) if isinstance(block, Grid) else [block]


def test_a_text_box_is_quoted_in_a_finding() -> None:
    """It floats, so that no paragraph holds it; it is not lost without a word."""
    document = docx.Document()
    run = document.add_paragraph("正文").add_run()
    run._r.append(
        parse_xml(
            f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>内部资料</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )
    data = io.BytesIO()
    document.save(data)
    (finding,) = extract.read(data.getvalue(), "x.docx").findings
    assert (finding.rule, dict(finding.details)["text"]) == ("text-box", "内部资料")


@pytest.mark.parametrize(
    ("run", "text", "rules"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>", "11", ["hidden-text"]),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>', "11可见", []),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>iso甲</w:t></w:r>", "11ISO甲", []),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>删去</w:t></w:r>", "11删去", ["struck-text"]),
        ('<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>', "11", ["tracked-change"]),
        ('<w:ins w:id="1"><w:r><w:t>加</w:t></w:r></w:ins>', "11加", ["tracked-change"]),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "11≥", []),
        (
            (
                "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>pin</w:t></w:r></w:rt>"
                "<w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
            "11拼",
            [],
        ),
        (
            (
                "<w:r><m:f><m:num><m:r><m:t>b+1</m:t></m:r></m:num><m:den><m:rad><m:deg/>"
                "<m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad></m:den></m:f></w:r>"
            ),
            "11(b+1)/(√2)",
            ["formula"],
        ),
    ],
)
def test_what_word_does_not_print_is_left_out(run: str, text: str, rules: list[str]) -> None:
    """Hidden text and readings over characters; text that is struck out stays, with a finding."""
    document, table = word(2, 2)
    paragraph = table.cell(1, 1).paragraphs[0]._p
    paragraph.append(parse_xml(re.sub(r"^<w:\w+", rf"\g<0> {nsdecls('w', 'm')}", run)))
    original = read(document)
    assert grid_of(original).cells[3].text == text
    assert [finding.rule for finding in original.findings] == rules


def test_a_row_that_a_tracked_change_takes_out_is_blank() -> None:
    """What it holds is told cell by cell."""
    document, table = word(3, 2)
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"/>'))
    original = read(document)
    assert [cell.text for cell in grid_of(original).cells] == ["00", "01", "", "", "20", "21"]
    assert [dict(finding.details)["removed"] for finding in original.findings] == ["10", "11"]


def test_a_table_in_a_cell_is_text_with_a_finding() -> None:
    """Its rows become lines of the cell, and the cell says so."""
    document, table = word(2, 2)
    inner = table.cell(1, 1).add_table(2, 2)
    for cell, text in zip((cell for row in inner.rows for cell in row.cells), "甲乙丙丁", strict=True):
        cell.text = text
    original = read(document)
    assert grid_of(original).cells[3].text == "11\n甲 乙\n丙 丁"
    assert [finding.rule for finding in original.findings] == ["nested-table"]
