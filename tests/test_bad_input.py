"""Bad input gives a clear message that ends with what to do, and its exit code."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from conftest import SAMPLES
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from hongtou.cli import main
from hongtou.pipeline import convert_file
from schema.errors import InputError

WORD = SAMPLES / "minhang-2025-3.docx"
PDF = SAMPLES / "minhang-2025-3.pdf"


def pdf_of(text: str, password: str | None = None) -> bytes:
    """Make a PDF of one page with a line of text and no table."""
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=None if password is None else StandardEncryption(password))
    canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


UNREADABLE = [
    pytest.param("empty.pdf", b"", "empty", id="an empty file"),
    pytest.param("locked.pdf", pdf_of("secret", "password"), "password", id="an encrypted PDF"),
    pytest.param("cut.docx", WORD.read_bytes()[:20_000], "damaged", id="a truncated docx"),
    pytest.param("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged", id="a truncated PDF"),
    pytest.param("notice.pdf", b"\x00\x01\x02\xff\xfe\x80" * 50, "text", id="bytes that are nothing"),
    pytest.param("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ".docx", id="an old Word file"),
    pytest.param("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40), "picture", id="a picture"),
]


@pytest.mark.parametrize(("name", "data", "word"), UNREADABLE)
def test_what_cannot_be_read_says_so(
    name: str, data: bytes, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3, one line on standard error that says what to do, nothing written."""
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["convert", str(path), "-o", str(tmp_path / "out"), "--lang", "en"]) == 3
    streams = capsys.readouterr()
    assert streams.out == ""
    assert word in streams.err
    assert streams.err.strip().endswith(".")
    assert "Traceback" not in streams.err
    assert not (tmp_path / "out").exists()


def test_a_missing_path_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3 and the path."""
    assert main(["convert", str(tmp_path / "none.pdf"), "--lang", "en"]) == 3
    assert "none.pdf" in capsys.readouterr().err


def test_a_folder_is_no_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, with the command that would do."""
    assert main(["convert", str(tmp_path), "--lang", "en"]) == 3
    assert "folder" in capsys.readouterr().err


def test_text_named_pdf_is_read_as_text(tmp_path: Path) -> None:
    """The type is told by content: a transcription named .pdf gives its rows."""
    path = tmp_path / "notice.pdf"
    shutil.copy(SAMPLES / "minhang-2025-3.txt", path)
    assert main(["convert", str(path), "-o", str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out" / "notice.pdf.json").read_text(encoding="utf-8"))
    assert data["source"]["media_type"] == "text/plain"
    assert len(data["tables"][0]["rows"]) == 190


def test_a_pdf_without_a_table_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`no-table` is an error finding: exit code 1, a JSON that says so, no CSV."""
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf_of("Nothing but a letter"))
    assert main(["convert", str(path), "-o", str(tmp_path / "out"), "--lang", "en"]) == 1
    assert "[no-table]" in capsys.readouterr().err
    data = json.loads((tmp_path / "out" / "letter.pdf.json").read_text(encoding="utf-8"))
    assert [finding["rule"] for finding in data["findings"]] == ["no-table"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["letter.pdf.json"]


def test_an_unwritable_folder_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4; a file stands where the folder should be, which holds for root too."""
    (tmp_path / "out").write_text("in the way")
    assert main(["convert", str(PDF), "-o", str(tmp_path / "out" / "data"), "--lang", "en"]) == 4
    assert "out" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "in the way"


def test_a_bad_file_stops_no_other(tmp_path: Path) -> None:
    """The good files of a command are converted; the exit code is the worst."""
    bad = tmp_path / "a.pdf"
    bad.write_bytes(b"")
    good = tmp_path / "b.txt"
    shutil.copy(SAMPLES / "minhang-2025-3.txt", good)
    assert main(["convert", str(bad), str(good), "-o", str(tmp_path / "out")]) == 3
    assert (tmp_path / "out" / "b.txt.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", str(PDF), str(WORD)],
        ["convert", str(WORD), str(WORD), "-o", "out"],
        ["convert", str(PDF), "--table", "7"],
        ["explain", "join-splitrow"],
        ["schema", "--table", "none"],
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and a message; nothing on standard output."""
    assert main([*arguments, "--lang", "en"]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith("hongtou: ")


def test_fail_on_decides_the_exit_code(tmp_path: Path) -> None:
    """The seed's one warning fails only where warnings do."""
    seed = str(SAMPLES / "minhang-2025-3.txt")
    codes = {
        level: main(["convert", seed, "-o", str(tmp_path), "--fail-on", level])
        for level in ("note", "warning", "error", "never")
    }
    assert codes == {"note": 1, "warning": 1, "error": 0, "never": 0}


def test_a_damaged_pdf_is_not_called_encrypted_behind_one_that_is(corpus: Path, tmp_path: Path) -> None:
    """PDFium tells the error of an earlier document where it gives none of its own."""
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(pdf_of("secret", "password"))
    damaged = corpus / "hostile" / "pdf" / "pdfjs" / "poppler-395-0-fuzzed.pdf"
    told = []
    for path in (locked, damaged):
        with pytest.raises(InputError) as caught:
            convert_file(path)
        told.append(caught.value.name)
    assert told == ["encrypted", "damaged-pdf"]
