"""Footnotes: their marks stay where they stand, and the notes at the foot of a page part no table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from test_matrix import needed

from extract.glyphs import Glyphs
from extract.superscript import with_superscripts
from hongtou.pipeline import Conversion, convert_file
from normalize.between import part_notes
from schema.finding import Place
from schema.grid import Cell, Grid, Line, Paragraph

ROWS = 60
#: Each fifth person has a note.
PEOPLE = [f"王建国{'¹²³⁴⁵⁶⁷⁸⁹'[row // 5] if row % 5 == 1 and row < 45 else ''}" for row in range(1, ROWS + 1)]


def told(converted: Conversion) -> list[str]:
    """Give the notes that are quoted."""
    found = (finding for finding in converted.findings if finding.rule == "footnote")
    return [dict(finding.details)["text"] for finding in found]


def people(converted: Conversion) -> list[str]:
    """Give the people of the only table."""
    (table,) = converted.normalized.tables
    return [row.values[2].text for row in table.rows]


@pytest.mark.parametrize("header", ["true", "false"])
@pytest.mark.parametrize("numbering", ["1", "①"])
def test_notes_at_the_foot_of_each_page_part_no_table(tmp_path: Path, numbering: str, header: str) -> None:
    """Also where the header is printed again, and where a note has several lines."""
    needed("typst")
    rows, notes = [], []
    for row, name in enumerate(PEOPLE, 1):
        if name[3:]:
            notes.append(f"以统计局公布的第{row}号口径为准。" * 5)
        mark = f"#footnote[{notes[-1]}]" if name[3:] else ""
        rows.append(f"[{row}], [推进第{row}项重点工作，落实考核监督和整治措施，确保完成。], [王建国{mark}],")
    source = f"""#set page(width: 500pt, height: 400pt, margin: 40pt)
    #set text(font: "Noto Serif CJK SC", size: 12pt)
    #set footnote(numbering: "{numbering}")
    #table(columns: (40pt, 1fr, 80pt), table.header(repeat: {header}, [序号], [工作任务], [责任人]), {"".join(rows)})"""
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    typst.compile(str(tmp_path / "a.typ"), output=str(tmp_path / "a.pdf"))
    converted = convert_file(tmp_path / "a.pdf")
    marks = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "①②③④⑤⑥⑦⑧⑨") if numbering == "①" else {}
    assert people(converted) == [name.translate(marks) for name in PEOPLE]
    assert [text[1:] for text in told(converted)] == notes


def word_file(settings: str = "", run: str = "") -> bytes:
    """Write a Word file with notes of two kinds in a table; `run` stands behind the reference to the first."""
    document: Any = docx.Document()
    table = document.add_table(3, 2)
    for row, texts in enumerate((("序号", "责任人"), ("1", "王建国"), ("2", "张三"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    for row, kind in ((1, "footnote"), (2, "endnote"), (2, "footnote")):
        own_mark = ' w:customMarkFollows="1"' if run and row == 1 else ""
        reference = f'<w:{kind}Reference w:id="{row + 1}"{own_mark}/>'
        own = run if row == 1 else ""
        table.cell(row, 1).paragraphs[0]._p.append(parse_xml(f"<w:r {nsdecls('w')}>{reference}{own}</w:r>"))
    for kind in ("footnote", "endnote"):
        notes = "".join(f'<w:{kind} w:id="{row}"><w:p><w:r><w:t>注{row}</w:t></w:r></w:p></w:{kind}>' for row in (2, 3))
        data = f"<w:{kind}s {nsdecls('w')}>{notes}</w:{kind}s>".encode()
        name = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        part = Part(PackURI(f"/word/{kind}s.xml"), name, data, document.part.package)
        document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, f"{kind.upper()}S"))
    if settings:
        document.settings.element.append(parse_xml(f"<w:footnotePr {nsdecls('w')}>{settings}</w:footnotePr>"))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("settings", "run", "names"),
    [
        ("", "", ["王建国¹", "张三²"]),
        ('<w:numFmt w:val="decimalEnclosedCircle"/><w:numStart w:val="3"/>', "", ["王建国③", "张三④"]),
        ('<w:numRestart w:val="eachPage"/>', "", ["王建国", "张三"]),
        ('<w:numFmt w:val="lowerLetter"/>', "", ["王建国", "张三"]),
        ("", "<w:t>*</w:t>", ["王建国*", "张三¹"]),
    ],
)
def test_word_prints_the_numbers_of_its_notes(tmp_path: Path, settings: str, run: str, names: list[str]) -> None:
    """As far as the file tells them; each is quoted."""
    path = tmp_path / "a.docx"
    path.write_bytes(word_file(settings, run))
    converted = convert_file(path)
    (table,) = converted.normalized.tables
    assert [row.values[1].text for row in table.rows] == names
    assert told(converted) == ["注2", "注3", "注3"]
    assert [finding.rule for finding in converted.findings if finding.severity > finding.severity.NOTE] == []


def placed(text: str, top: float, left: float = 40.0, page: int = 1) -> Paragraph:
    """Set a line ten points high."""
    return Paragraph(text, Place(page=page, box=(left, top, left + 200, top + 10)))


def test_only_lines_below_a_table_that_begin_with_one_of_its_marks_are_notes() -> None:
    """The lines below one go on with it, as far as they stand near it."""
    place = Place(page=1, box=(40.0, 50.0, 400.0, 500.0))
    cell = Cell(0, 0, 1, 1, (Line("王建国¹"),), place)
    grid = Grid((cell,), 1, 1, place)
    lines = [
        placed("1 兼任", 520),
        placed("至年底。", 531),
        placed("附件2", 600),
        placed("2 其他", 620),
        placed("1 标题", 40),
    ]
    kept, notes = part_notes(lines, [grid])
    assert [line.text for line in kept] == ["附件2", "2 其他", "1 标题"]
    assert [note.text for note in notes] == ["1 兼任\n至年底。"]
    assert part_notes(lines, []) == (lines, [])


def glyphs(*characters: tuple[str, float, float, float]) -> Glyphs:
    """Set characters, each with its left, its baseline and its size."""
    lefts = [left for _, left, _, _ in characters]
    tops = [base - 0.88 * size for _, _, base, size in characters]
    rights = [left + size / 2 for _, left, _, size in characters]
    bottoms = [base + 0.12 * size for _, _, base, size in characters]
    return Glyphs("".join(char for char, *_ in characters), lefts, tops, rights, bottoms, frozenset())


@pytest.mark.parametrize(
    ("characters", "text"),
    [
        # Of digits of which the first and the last are of the line, such as the next cell's.
        ([("6", 0, 20, 10), ("2", 5, 20, 10), ("5", 10, 16, 6), ("4", 40, 20, 10)], "62⁵4"),
        # One that had no room behind its text, but none that begins a line, or that is of a text in small print.
        ([("局", 40, 20, 10), ("7", 10, 36, 6), ("甲", 10, 60, 10)], "局⁷甲"),
        ([("局", 40, 20, 10), ("7", 10, 36, 6), ("甲", 14, 36, 6)], "局7甲"),
        ([("局", 40, 20, 10), ("7", 10, 36, 9)], "局7"),
        ([("局", 40, 20, 10), ("7", 10, 66, 6)], "局7"),
    ],
)
def test_raised_digits_are_told_from_others(characters: list[tuple[str, float, float, float]], text: str) -> None:
    """By their size, and by where they stand."""
    page = glyphs(*characters)
    raised, _ = with_superscripts(page, lambda index: (characters[index][2], characters[index][3]))
    assert raised.text == text
