"""Broken, fuzzed and hostile files, by the thousand: each ends as the ledger says, and touches nothing else.

``python tests/test_hostile.py`` writes the ledgers anew; what changes in them is to be looked at.
"""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, ROOT
from test_batch import rows, still_running
from test_faults import MEASURE

LEDGERS = Path(__file__).parent / "ledgers"
#: Files may take this long in the tests (seconds), and memory of this size.
BOUNDS = ("--time", "60", "--memory", "2G")
#: What PDFium or pdfplumber alone reads of a file that gave no text here: this share may have some.
SILENT_SHARE = 0.005
SECONDS = 60


def hostile(output: Path, folders: list[Path]) -> int:
    """Convert folders of hostile files; give the most memory that the supervisor had (bytes)."""
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "hongtou", "batch", *map(str, folders)]
    done = subprocess.run([*command, "-o", str(output), *BOUNDS, "-q"], cwd=ROOT, capture_output=True, check=True)
    return int(done.stdout)


def made_attacks(folder: Path, corpus: Path) -> Path:
    """Make the attacks."""
    maker = corpus / "hostile" / "make_hostile.py"
    subprocess.run([sys.executable, str(maker), str(folder)], check=True, capture_output=True)
    return folder


def files(*folders: Path) -> list[Path]:
    """Give the files below folders."""
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def broken(corpus: Path) -> list[Path]:
    """Give the folders of the real files."""
    return [corpus / "hostile" / name for name in ("doc", "docx", "pdf")]


class _Canary(http.server.BaseHTTPRequestHandler):
    """Note whoever asks for anything."""

    asked: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_GET(self) -> None:
        """Note a request."""
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    do_POST = do_HEAD = do_GET  # noqa: N815 - as the server names them

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def canary() -> Iterator[list[str]]:
    """Serve the address that the attacks name (port 9, where that may be had), and note who asks."""
    try:
        server = http.server.HTTPServer(("127.0.0.1", 9), _Canary)
    except PermissionError:
        server = http.server.HTTPServer(("127.0.0.1", 0), _Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield _Canary.asked
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, canary: list[str]) -> dict[str, Any]:
    """Convert the real files and the attacks, once for all tests here."""
    del canary
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not at {CORPUS}; set HONGTOU_CORPUS")
    home = tmp_path_factory.mktemp("hostile")
    world = home / "world"
    attacks = made_attacks(world / "attacks", CORPUS)
    (world / "canary.txt").write_text("nobody touches this")
    before = states(world)
    peaks = [hostile(home / "out", broken(CORPUS)), hostile(home / "attacked", [attacks])]
    return {"home": home, "world": world, "attacks": attacks, "before": before, "peaks": peaks}


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Give size and last change of each file below a folder."""
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in files(folder)}


def test_there_are_as_many_rows_as_inputs(run: dict[str, Any]) -> None:
    """None lost, none twice, and no fault of ours among them."""
    for output, folders in (("out", broken(CORPUS)), ("attacked", [run["attacks"]])):
        found = [row["input"] for row in rows(run["home"] / output)]
        assert len(found) == len(set(found)) == len(files(*folders))
        assert "internal-error" not in {row["status"] for row in rows(run["home"] / output)}


@pytest.mark.parametrize(("output", "ledger"), [("out", "hostile.tsv"), ("attacked", "attacks.tsv")])
def test_each_file_ends_as_the_ledger_says(output: str, ledger: str, run: dict[str, Any]) -> None:
    """A change for the better has to be looked at as well as one for the worse."""
    expected = (LEDGERS / ledger).read_text(encoding="utf-8").splitlines()
    assert list(ledger_lines(run["home"] / output)) == expected


def test_nothing_hangs_nothing_is_left_and_the_supervisor_is_small(run: dict[str, Any]) -> None:
    """No file takes longer than its limit and two seconds; no process outlives the run."""
    found = [row for output in ("out", "attacked") for row in rows(run["home"] / output)]
    assert max(row["seconds"] or 0 for row in found) < SECONDS + 2
    assert still_running(run["home"]) == []
    assert max(run["peaks"]) < 300 << 20


def test_no_file_is_read_as_empty_that_another_reader_reads(run: dict[str, Any]) -> None:
    """Where we say that a PDF was read and has no text, PDFium and pdfplumber alone find none either."""
    found = rows(run["home"] / "out")
    blank = [
        row["input"]
        for row in found
        if row["status"] in ("ok", "empty", "findings")
        and not row["characters"]
        and row["media_type"] == "application/pdf"
    ]
    assert len(blank) > 100
    silent = read_alone([CORPUS / "hostile" / name for name in blank])
    assert len(silent) <= SILENT_SHARE * len(found), silent


#: Reads each PDF with each reader alone, and prints the paths of those of which one gives a character.
ALONE = """
import logging, os, resource, signal, sys
import pdfplumber, pypdfium2
logging.disable(logging.CRITICAL)
def pdfium(path):
    document = pypdfium2.PdfDocument(path)
    return "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
def plumber(path):
    with pdfplumber.open(path) as pdf:
        return "".join(page.extract_text() for page in pdf.pages)
def reads(path):
    for read in (pdfium, plumber):
        try:
            if read(path).strip():
                return True
        except Exception:
            continue
    return False
for path in sys.stdin.read().split("\\n"):
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        signal.alarm(20)
        os._exit(reads(path))
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1:
        print(path)
"""


def read_alone(paths: list[Path]) -> list[str]:
    """Give those PDFs of which PDFium or pdfplumber alone gives text."""
    given = "\n".join(map(str, paths))
    done = subprocess.run([sys.executable, "-c", ALONE], input=given, capture_output=True, check=True, text=True)
    return done.stdout.split("\n")[:-1]


def test_no_file_and_no_address_is_touched(run: dict[str, Any], canary: list[str]) -> None:
    """Nothing beside the outputs is new or changed, and nobody called."""
    assert states(run["world"]) == run["before"]
    assert not list(run["home"].rglob("slipped*"))
    assert canary == []


def ledger_lines(output: Path) -> Iterator[str]:
    """Give the ledger of a run: status, reason and input."""
    for row in rows(output):
        yield "\t".join((row["status"], row["reason"], json.dumps(row["input"])))


if __name__ == "__main__":
    import tempfile

    LEDGERS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        runs = {"hostile.tsv": broken(CORPUS), "attacks.tsv": [made_attacks(Path(home) / "attacks", CORPUS)]}
        for name, folders in runs.items():
            output = Path(home) / name
            started = time.monotonic()
            hostile(output, folders)
            lines = list(ledger_lines(output))
            (LEDGERS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
            print(name, round(time.monotonic() - started), Counter(line.split("\t")[0] for line in lines))  # noqa: T201
