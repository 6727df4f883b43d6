"""The second reader: the same page from pdfplumber, and what is done where the readers differ."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import reportlab
from conftest import ROOT, SAMPLES
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, Table

import extract
from extract.page import Page
from extract.pdf import _page_findings
from extract.pdf_again import Again, better
from extract.reading import Reading
from extract.second import PagesAgain, read_pages_again, read_pdf_again
from hongtou.pipeline import convert_file
from hongtou.verify import compare_readings
from normalize import Normalized
from schema.errors import InputError
from schema.finding import Severity
from schema.grid import Grid, Original
from schema.table import Value

PDFS = sorted(SAMPLES.glob("*.pdf"))
HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
READING = Reading("x.pdf", "")


def written(page: str, *others: str, font: str = HELVETICA) -> bytes:
    """Write a PDF of one page by hand; its readers must find its objects without a table of them."""
    stream = "BT /F1 12 Tf 20 20 Td (abc) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {page} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        font,
        *others,
    ]
    body = "".join(f"{number} 0 obj\n{text}\nendobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n".encode()


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_both_readers_read_the_samples_alike(path: Path) -> None:
    """No cell of the samples differs, and so nothing is reported."""
    assert convert_file(path, verify=True).disagreements == ()


def test_a_format_with_one_reader_has_no_second_opinion() -> None:
    """Word and text know their tables themselves."""
    path = SAMPLES / "minhang-2025-3.docx"
    assert extract.read_again(path.read_bytes(), path.name) is None
    assert convert_file(path, verify=True).disagreements == ()


def changed(normalized: Normalized, change: Callable[[str], str]) -> Normalized:
    """Give a reading with the task of its second row changed."""
    (table,) = normalized.tables
    row = table.rows[1]
    values = [Value(change(v.text), v.places) if i == 3 else v for i, v in enumerate(row.values)]
    rows = (table.rows[0], row._replace(values=tuple(values)), *table.rows[2:])
    return replace(normalized, tables=(replace(table, rows=rows),))


def test_a_cell_that_is_read_otherwise_is_reported_with_both_texts() -> None:
    """The finding stands on the row and the column, and quotes both readings."""
    first = convert_file(PDFS[0]).normalized
    (finding,) = compare_readings(first, changed(first, lambda text: text.replace("5", "6")))
    assert (finding.rule, finding.table, finding.row, finding.column) == ("readers-disagree", 1, 2, "task")
    assert dict(finding.details)["first"].replace("5", "6") == dict(finding.details)["second"]
    assert finding.place is not None


def test_what_only_parts_lines_and_items_is_no_disagreement() -> None:
    """The readers may see a line's end otherwise; its characters are the same."""
    first = convert_file(PDFS[0]).normalized
    assert list(compare_readings(first, changed(first, lambda text: text[:3] + "\n" + text[3:]))) == []


def test_tables_of_other_shapes_are_reported() -> None:
    """A row that one reader lacks is one finding on the table."""
    first = convert_file(PDFS[0]).normalized
    (table,) = first.tables
    second = replace(first, tables=(replace(table, rows=table.rows[:-1]),))
    (finding,) = compare_readings(first, second)
    assert dict(finding.details) == {"first": "190 × 7", "second": "189 × 7"}
    (other,) = compare_readings(first, replace(first, tables=()))
    assert (other.table, dict(other.details)["second"]) == (None, "0")


def test_a_page_whose_text_is_lost_is_read_by_the_second_reader() -> None:
    """Fewer characters than texts: pdfplumber's page is used, and the finding says so."""
    data = PDFS[0].read_bytes()
    lost = Page(2, 842, 595, (), (), (), objects=10, texts=10)
    page = better(lost, Again(data))
    assert page.ink > 100
    findings = list(_page_findings(page, lost))
    assert [(finding.rule, finding.severity) for finding in findings] == [("second-reader-used", Severity.WARNING)]


def test_text_that_no_reader_gives_is_an_error() -> None:
    """What both lose is counted and reported."""
    first = Page(2, 842, 595, (), (), (), objects=10, texts=10, lost=10_000)
    rules = [finding.rule for finding in _page_findings(better(first, Again(PDFS[0].read_bytes())), first)]
    assert rules == ["second-reader-used", "lost-text"]


def test_a_page_with_nothing_on_it_is_no_scan() -> None:
    """An empty page is not reported as one without a text layer; a picture is."""
    empty = Page(1, 100, 100, (), (), ())
    assert list(_page_findings(empty, empty)) == []
    picture = replace(empty, objects=1)
    assert [finding.rule for finding in _page_findings(picture, picture)] == ["no-text-layer"]


def test_references_that_lead_to_each_other_end() -> None:
    """Where pdfminer would resolve them for ever, such a page is read or refused at once."""
    data = written("/MediaBox 6 0 R", "7 0 R", "6 0 R")
    try:
        pages = [page for page, _ in read_pages_again(data)]
    except InputError as error:
        assert error.name in ("damaged-pdf", "damaged-page")  # noqa: PT017 - either outcome is right
    else:
        assert len(pages) == 1


def test_a_page_without_a_size_is_read_as_a4() -> None:
    """A missing MediaBox, on which pdfplumber trips, is A4."""
    page = PagesAgain(written("")).read(1)
    assert page is not None
    assert (round(page.width), round(page.height)) == (595, 842)
    assert "".join(run.text for run in page.runs) == "abc"


def test_text_stands_on_its_line_whatever_its_font_says_of_its_depth() -> None:
    """Some programs write the depth of the font's deepest glyph, below which no letter's box lies."""
    font = "<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 97 /Widths [500 500 500] /FontDescriptor 6 0 R >>"
    deep = "<< /Type /FontDescriptor /FontName /A /FontBBox [0 %d 1000 900] /Ascent 900 /Descent %d >>"
    size = "/MediaBox [0 0 200 100]"
    bottoms = []
    for depth in (-200, -1048):
        page = PagesAgain(written(size, deep % (depth, depth), font=font)).read(1)
        assert page is not None
        bottoms.append(page.runs[0].bottom)
    assert bottoms[1] == pytest.approx(bottoms[0])


@pytest.mark.parametrize("read", [lambda data: extract.read(data, "x.pdf"), lambda data: read_pdf_again(data, READING)])
def test_a_rare_character_is_one_and_a_control_character_is_none(read: Callable[[bytes], Original]) -> None:
    """A font may give a character of two surrogates, and a number of no character for a glyph with ink."""
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        "3 beginbfchar <61> <D873DC56> <62> <0008> <63> <67D0> endbfchar endcmap end end"
    )
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    data = written("/MediaBox [0 0 200 100]", f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream", font=font)
    (line,) = read(data).blocks.paragraphs()
    assert line.text == "\U0002cc56\ufffd某"


def test_a_damaged_file_is_an_error_with_its_reason() -> None:
    """The second reader's own exceptions do not come through."""
    with pytest.raises(InputError) as caught:
        list(read_pages_again(b"%PDF-1.4\n%%EOF"))
    assert caught.value.name == "damaged-pdf"


def test_warnings_of_the_second_readers_library_are_not_printed() -> None:
    """A program that set up no log would print them between its own findings."""
    program = "import extract.second, logging; logging.getLogger('pdfminer.pdffont').warning('no box')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def table_with_map(ranges: int, told: int, pages: int = 1, lost: int | None = None) -> bytes:
    """Print a small table on each page, in a font whose map of characters has ranges of which it tells another number.

    Where it has none, its glyphs have no characters; `lost` stands there for the last of them.
    """

    def character_map(_: str, subset: Sequence[int]) -> str:
        half = len(subset) // 2
        subset = subset if lost is None else [*subset[:-1], lost]
        parts = ((0, subset[:half]), (half, subset[half:]))[:ranges]
        lines = (
            f"<{first:02x}> <{first + len(part) - 1:02x}> [{' '.join(f'<{code:04x}>' for code in part)}]"
            for first, part in parts
        )
        space = "1 begincodespacerange\n<00> <ff>\nendcodespacerange"
        return f"begincmap\n{space}\n{told} beginbfrange\n{chr(10).join(lines)}\nendbfrange\nendcmap"

    name = f"Vera{ranges}{told}{lost}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ttfonts, "makeToUnicodeCMap", character_map)
        path = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(path), asciiReadable=0))
        rows = [["No.", "Task", "Office"], ["1", "Repair the road", "Works"], ["2", "Paint the bridge", "Transport"]]
        style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), name)]
        story: list[Flowable] = [part for _ in range(pages) for part in (Table(rows, style=style), PageBreak())]
        made = io.BytesIO()
        SimpleDocTemplate(made).build(story)
    return made.getvalue()


@pytest.mark.parametrize("told", [1, 2])
def test_a_font_whose_map_counts_its_ranges_falsely_is_read_by_the_second_reader(told: int) -> None:
    """PDFium ignores such a map: so some programs write it for each font of more than 256 glyphs."""
    original = extract.read(table_with_map(2, told), "x.pdf")
    (grid,) = (block for block in original.blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.cells][3:6] == ["1", "Repair the road", "Works"]
    assert [finding.rule for finding in original.findings] == ([] if told == 2 else ["second-reader-used"])


def test_the_second_reader_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no font tells its characters, it is slow and knows no more."""
    asked: list[int] = []
    read = Again.read

    def counted(again: Again, number: int) -> Page | None:
        asked.append(number)
        return read(again, number)

    monkeypatch.setattr(Again, "read", counted)
    extract.read(table_with_map(0, 0, pages=4), "x.pdf")
    assert asked == [1, 2]


@pytest.mark.parametrize("code", [0x0, 0xFFFF])
def test_a_map_that_gives_no_character_gives_none(code: int) -> None:
    """Some programs map what a font lacks to one of these; in neither reading is it text."""
    data = table_with_map(2, 1, lost=code)
    original = extract.read(data, "x.pdf")
    texts = "".join(cell.text for block in original.blocks if isinstance(block, Grid) for cell in block.cells)
    assert chr(code) not in texts
    assert "\ufffd" in texts
