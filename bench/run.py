"""Measure accuracy, speed, memory and growth, and write ``docs/benchmarks.md``.

The peers are installed into an environment of their own, ``.venv-peers``; they are no dependencies of ours.

Usage: ``python bench/run.py [--quick] [PDF ...]``: with ``--quick`` fewer documents and pages; the PDFs named
are timed beside the samples.
"""

from __future__ import annotations

import logging
import os
import platform
import re
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import accuracy
import batches
import checking
import pypdfium2
import speed

ROOT = Path(__file__).parent.parent
PEERS = {"pdfplumber": "pdfplumber", "camelot": "camelot-py", "pymupdf": "PyMuPDF", "docvortex": "docvortex"}
PAGE = ROOT / "docs" / "benchmarks.md"


def peers_python() -> Path:
    """Make the peers' environment where it is missing; give its Python."""
    folder = ROOT / ".venv-peers"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS.values(), "lxml"], check=True)
    return python


def versions(python: Path) -> str:
    """Give the versions of all programs that are measured."""
    names = list(PEERS.values())
    code = f"from importlib.metadata import version as v; print(*[f'{{n}} {{v(n)}}' for n in {names}], sep=', ')"
    theirs = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()
    return f"hongtou {version('hongtou')}, pypdfium2 {version('pypdfium2')}; {theirs}"


def long_pdf(pages: int, path: Path, sample: str = "minhang-2025-3-paged.pdf") -> None:
    """Make a PDF of so many pages of a sample, one after the other again and again."""
    source = pypdfium2.PdfDocument(ROOT / "samples" / sample)
    made = pypdfium2.PdfDocument.new()
    while len(made) < pages:
        made.import_pages(source, list(range(1, min(len(source), pages - len(made) + 1))))
    made.save(path)


def growth(counts: list[int], folder: Path) -> list[str]:
    """Give the lines of the table of growth: seconds and peak memory of a whole process by pages."""
    lines = ["| pages | seconds | pages per second | peak memory (MB) |", "|---|---|---|---|"]
    for pages in counts:
        path = folder / f"{pages}.pdf"
        long_pdf(pages, path)
        seconds, memory = checking.timed("convert", str(path), "-o", str(folder), "-q")
        lines.append(f"| {pages} | {seconds:.1f} | {pages / seconds:.0f} | {memory:.0f} |")
    return lines


def checked_transcripts(pages: int, faults: int, folder: Path) -> list[str]:
    """Give the lines on planted faults, and on a long transcript."""
    original = folder / "long.pdf"
    long_pdf(pages, original, "minhang-2025-3.pdf")
    return [
        *checking.planted(faults),
        "",
        f"A whole process, against an original of {pages} pages that both readers read:",
        *checking.long_transcript(original, folder),
    ]


def timed(paths: list[Path]) -> list[str]:
    """Give the lines of the table of speed."""
    lines = ["| document | pages | Hongtou | pdfplumber | PDFium's text load | ratio to pdfplumber | ratio to PDFium |"]
    lines.append("|---|" + "---|" * 6)
    lines += ["| " + " | ".join(re.split(r"\s+", speed.measure(path).strip())) + " |" for path in paths]
    return lines


def main(arguments: list[str]) -> None:
    """Measure everything, and write the page."""
    # What pdfminer grumbles about in a font belongs in no table of figures.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    quick = "--quick" in arguments
    extra = [Path(name) for name in arguments if not name.startswith("--")]
    python = peers_python()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        exact = accuracy.measure(python, list(PEERS), 1 if quick else 4, folder)
        fast = timed([*sorted((ROOT / "samples").glob("*.pdf")), *extra])
        grown = growth([10, 100] if quick else [10, 100, 1000, 10000], folder)
        checked = checked_transcripts(100 if quick else 1000, 500 if quick else 6000, folder)
        scaled = batches.scaling(100 if quick else 2000, [4, 16], folder)
        small = batches.supervisor([100, 1000] if quick else [200, 2000, 20000], folder)
    text = [
        "# Benchmarks",
        "",
        f"Written by `make bench{' QUICK=1' if quick else ''}`.",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.",
        f"Versions: {versions(python)}.",
        "",
        "## Cells that are exact",
        "",
        "The same documents for all, made by the test matrix (`tests/matrix`). The peers get plain glue that knows the",
        "columns (`bench/accuracy.py`); table-stitcher is left out, since it needs the models of another extractor.",
        "",
        *exact,
        "",
        "## Pages per second",
        "",
        "In process, medians of one run: Hongtou's whole job (read, repair, check, write) against pdfplumber's",
        "`extract_tables` alone, and PDFium's own loading of the text. The ratios are what can be compared.",
        "",
        *fast,
        "",
        "## Growth",
        "",
        "A whole process, on the sample's pages again and again.",
        "",
        *grown,
        "",
        "## Checking transcripts",
        "",
        "Faults planted at random (`tests/mutation`), each in a row of its own, checked against the originals as PDF.",
        "",
        *checked,
        "",
        "## Batches",
        "",
        "A whole process. Each file is read in a child of its own, and its outputs are synced to the disk.",
        "",
        *scaled,
        "",
        "Small texts, two workers; the memory is that of the process that looks after the others:",
        "",
        *small,
    ]
    PAGE.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main(sys.argv[1:])
