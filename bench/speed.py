"""Time Hongtou's whole job against pdfplumber's extraction alone, in one run.

For each PDF, in turn and several times over: the whole job of Hongtou in process (read, repair, check, write CSV and
JSON), pdfplumber's ``extract_tables`` on every page, and PDFium's own loading of every page's text. The figures are
medians; the ratios are what can be compared between machines. A text's whole process is timed as well.

Usage: ``python bench/speed.py [PDF ...]``; without a file, the samples.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from hongtou.convert_command import ConvertOptions
from hongtou.convert_command import run as convert
from schema.finding import Severity
from schema.limits import DEFAULT_LIMITS
from schema.profile import built_in_profiles

SAMPLES = Path(__file__).parent.parent / "samples"
ROUNDS = 5


def hongtou_job(path: Path) -> None:
    """Convert into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        options = ConvertOptions(
            inputs=(path,), profiles=built_in_profiles(), verify=False,
            output=Path(folder), format="csv", table=None, trace=False, bom=False, quiet=True, limits=DEFAULT_LIMITS,
            fail_on=Severity.ERROR, language="en", file_language="zh",
        )  # fmt: skip
        convert(options)


def pdfplumber_extraction(path: Path) -> None:
    """Extract the tables of every page, and do nothing with them."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()


def pdfium_text(path: Path) -> None:
    """Load the text of every page."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().close()
        page.close()
    document.close()


def seconds(job: Callable[[Path], None], path: Path) -> float:
    """Time a job once."""
    begun = time.perf_counter()
    job(path)
    return time.perf_counter() - begun


def page_count(path: Path) -> int:
    """Count a PDF's pages."""
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def measure(path: Path) -> str:
    """Give a line of the table: pages per second of the three, and the two ratios."""
    hongtou_job(path)  # loads what is loaded once
    jobs = (hongtou_job, pdfplumber_extraction, pdfium_text)
    times = [[seconds(job, path) for job in jobs] for _ in range(ROUNDS)]
    ours, theirs, limit = (statistics.median(column) for column in zip(*times, strict=True))
    pages = page_count(path)
    rates = " ".join(f"{pages / each:10.0f}" for each in (ours, theirs, limit))
    return f"{path.name:32} {pages:6} {rates} {theirs / ours:11.1f} {limit / ours:9.2f}"


def whole_process(path: Path) -> float:
    """Give the median seconds of a whole process that converts a file."""
    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "hongtou", "convert", str(path), "-o", folder, "-q"]
            begun = time.perf_counter()
            subprocess.run(command, check=True)
            times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main(names: list[str]) -> None:
    """Print the table."""
    print(f"{'pages per second':32} {'pages':>6} {'hongtou':>10} {'pdfplumber':>10} {'PDFium':>10}", end=" ")
    print(f"{'/pdfplumber':>11} {'/PDFium':>9}")
    for path in [Path(name) for name in names] or sorted(SAMPLES.glob("*.pdf")):
        print(measure(path), flush=True)
    text = SAMPLES / "minhang-2025-3.txt"
    print(f"\nwhole process, {text.name}: {whole_process(text):.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
