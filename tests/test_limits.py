"""The limits for untrusted files: each is met at its value, and stops what is one above and ten times as much."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas
from test_batch import batch, rows

import extract
from hongtou.cli import main
from hongtou.limits import NAMES, parse_limits
from schema.errors import InputError, LimitError, UsageError

DOCUMENT = "word/document.xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(draw: Callable[[Canvas], None], pages: int = 1) -> bytes:
    """Make a PDF whose pages are all drawn alike."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def glyphs(count: int) -> bytes:
    """Make a page of so many characters."""
    return pdf(lambda canvas: canvas.drawString(10, 700, "a" * count))


def segments(count: int) -> bytes:
    """Make a page of one path, which has so many pieces together with the path itself."""

    def draw(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(0, 0)
        for number in range(count - 2):
            path.lineTo(number, number % 7)
        canvas.drawPath(path)

    return pdf(draw)


def drawn_cells(count: int) -> bytes:
    """Make a page with a table of one column more than a row needs, and so many positions."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [800 - 5 * row for row in range(count // 2 + 1)])

    return pdf(draw)


def word(rows: int = 2, columns: int = 2, change: Callable[[str], str] = str) -> bytes:
    """Make a Word file with one table, whose main part is changed as text."""
    document = Document()
    document.add_table(rows, columns)
    plain, made = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            after.writestr(member.filename, change(data.decode()) if member.filename == DOCUMENT else data)
    return made.getvalue()


def spanning(columns: int) -> bytes:
    """Make a Word table with a cell over so many columns."""
    return word(change=lambda xml: xml.replace("<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{columns}"/>', 1))


def before(columns: int) -> bytes:
    """Make a Word table with a row that leaves out so many columns at its start."""
    return word(
        change=lambda xml: xml.replace("<w:tr>", f'<w:tr><w:trPr><w:gridBefore w:val="{columns}"/></w:trPr>', 1)
    )


def nested(depth: int) -> bytes:
    """Make a Word file whose main part nests so deep: the document, its body, and elements in that."""
    return word(
        change=lambda xml: xml.replace("<w:body>", "<w:body>" + "<w:sdt>" * (depth - 2) + "</w:sdt>" * (depth - 2), 1)
    )


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Make a Word file with further members."""
    made = io.BytesIO(word())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def entries(count: int) -> bytes:
    """Make a Word file with so many members."""
    own = len(zipfile.ZipFile(io.BytesIO(word())).namelist())
    return zipped(*((f"word/media/{number}", b"") for number in range(count - own)))


def inflated(size: int) -> bytes:
    """Make a Word file that inflates to so many bytes."""
    own = sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(word())).infolist())
    return zipped(("word/media/pad", b"\0" * (size - own)))


def workbook(positions: int) -> bytes:
    """Make a workbook of two columns with so many positions."""
    book = Workbook()
    sheet = book.create_sheet(index=0)
    for number in range(positions // 2):
        sheet.append([number, "x"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def text(positions: int) -> bytes:
    """Make a text of two columns with so many positions."""
    return b"a\tb\n" * (positions // 2)


CASES = [
    pytest.param("file-size", 500, lambda size: b"a\tb\n".ljust(size, b" "), 1, id="file-size"),
    pytest.param("pages", 3, lambda count: pdf(lambda canvas: canvas.drawString(9, 9, "a"), count), 1, id="pages"),
    pytest.param("glyphs", 90, glyphs, 1, id="glyphs"),
    pytest.param("segments", 90, segments, 1, id="segments"),
    pytest.param("cells", 30, drawn_cells, 2, id="cells of a PDF"),
    pytest.param("cells", 30, lambda count: word(count // 2), 2, id="cells of a Word table"),
    pytest.param("cells", 30, workbook, 2, id="cells of a sheet"),
    pytest.param("cells", 30, text, 2, id="cells of a text"),
    pytest.param("spans", 12, spanning, 1, id="spans"),
    pytest.param("spans", 12, before, 1, id="columns left out"),
    pytest.param("entries", 40, entries, 1, id="entries"),
    pytest.param("inflated", 1 << 20, inflated, 1, id="inflated"),
    pytest.param("depth", 20, nested, 1, id="depth"),
]


@pytest.mark.parametrize(("name", "limit", "make", "step"), CASES)
def test_each_limit_is_the_last_value_that_is_read(
    name: str, limit: int, make: Callable[[int], bytes], step: int
) -> None:
    """At the value the file is read; one step above, and at ten times as much, the error names the limit."""
    limits = parse_limits([f"{name}={limit}"])
    extract.read(make(limit), "x", limits=limits)
    for value in (limit + step, limit * 10):
        with pytest.raises(LimitError) as caught:
            extract.read(make(value), "x", limits=limits)
        assert caught.value.name == f"limit-{name}"
        assert caught.value.details["limit"] == str(limit)
        # What is counted on the way stops at the first that is too many.
        assert limit < int(caught.value.details["value"]) <= value


def test_the_ratio_of_an_archive_is_limited() -> None:
    """A mebibyte of nothing packs to a thousandth; what is smaller than that may."""
    data = inflated(2 << 20)
    ratio = -(-(2 << 20) // len(data))
    extract.read(data, "x", limits=parse_limits([f"ratio={ratio}"]))
    for limit in (ratio - 1, ratio // 10):
        with pytest.raises(LimitError, match="limit-ratio"):
            extract.read(data, "x", limits=parse_limits([f"ratio={limit}"]))
    extract.read(inflated(1 << 19), "x", limits=parse_limits(["ratio=1"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(encoding: str) -> None:
    """Whatever the part's encoding; entities come with it only."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(InputError, match="document-type"):
        extract.read(zipped(("word/other.xml", xml.encode(encoding))), "x")


def test_every_limit_has_a_case_and_an_option_that_says_when_it_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A limit that nothing tests is none."""
    assert {str(case.values[0]) for case in CASES} | {"ratio"} == set(NAMES)
    for option in ("pages", "pages=", "pages=-1", "sheets=3", "pages=1T"):
        with pytest.raises(UsageError):
            parse_limits([option])
    assert main(["convert", "x.pdf", "--limit", "sheets=3", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("hongtou: “sheets=3” is no limit.")


def test_a_limit_is_a_result_of_both_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``convert`` ends with 3 and names the option; in a batch it is the file's status."""
    path = tmp_path / "in" / "many.pdf"
    path.parent.mkdir()
    path.write_bytes(pdf(lambda canvas: canvas.drawString(9, 9, "a"), 4))
    assert main(["convert", str(path), "-o", str(tmp_path / "out"), "--limit", "pages=3", "--lang", "en"]) == 3
    assert "--limit pages=N" in capsys.readouterr().err
    batch(path.parent, "-o", tmp_path / "out", "--limit", "pages=3", code=3)
    (row,) = rows(tmp_path / "out")
    assert (row["status"], row["reason"]) == ("limit", "limit-pages")
    batch(path.parent, "-o", tmp_path / "out", "--limit", "pages=4", code=1)
    assert json.loads((tmp_path / "out" / "manifest.jsonl").read_text(encoding="utf-8"))["status"] == "empty"


@pytest.mark.parametrize(("option", "status"), [("--max-output=100", "limit"), ("--time=0.001", "timeout")])
def test_what_a_process_may_use_is_limited(option: str, status: str, tmp_path: Path) -> None:
    """A bound that is too small is the file's status; one that is no number is a usage error."""
    (tmp_path / "a.txt").write_text(
        "序号\t任务\n" + "".join(f"{n}\t推进工作\n" for n in range(1, 400)), encoding="utf-8"
    )
    batch(tmp_path / "a.txt", "-o", tmp_path / "out", option, code=3)
    assert rows(tmp_path / "out")[0]["status"] == status
    for wrong in ("--time=0", "--time=x", "--memory=2X", "--max-output=-1"):
        batch(tmp_path / "a.txt", "-o", tmp_path / "out", wrong, code=2)
