"""Extract tables with one peer, and print them as JSON: a list of tables, each a list of rows of texts or null.

Runs in the peers' own environment (``bench/run.py`` makes it), so that none of them is a dependency of ours.

Usage: ``python bench/peers.py PEER PDF``
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Tables = list[list[list[str | None]]]


def with_pdfplumber(path: str) -> Tables:
    """Use its default settings, which follow ruling lines."""
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def with_camelot(path: str) -> Tables:
    """Use the lattice flavour; its manual gives ``copy_text`` for merged cells."""
    import camelot  # noqa: PLC0415

    found = camelot.read_pdf(path, pages="all", flavor="lattice", copy_text=["v"])
    return [table.df.values.tolist() for table in found]


def with_pymupdf(path: str) -> Tables:
    """Use ``find_tables``, whose default strategy follows ruling lines."""
    import pymupdf  # noqa: PLC0415

    with pymupdf.open(path) as document:
        return [table.extract() for page in document for table in page.find_tables().tables]


def with_docvortex(path: str) -> Tables:
    """Convert to HTML, which keeps spans, and lay its tables out."""
    from lxml import html  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.html"
        command = [
            str(Path(sys.executable).parent / "docvortex"),
            "convert",
            path,
            "--format",
            "html",
            "--output",
            str(made),
        ]
        subprocess.run(command, check=True, capture_output=True)
        tree = html.fromstring(made.read_text(encoding="utf-8"))
    return [laid_out(table) for table in tree.iter("table")]


def laid_out(table: Any) -> list[list[str | None]]:
    """Lay an HTML table out; each position that a cell covers gets its text."""
    rows: list[dict[int, str]] = []
    for index, row in enumerate(table.iter("tr")):
        while len(rows) <= index:
            rows.append({})
        column = 0
        for cell in row.iter("td", "th"):
            while column in rows[index]:
                column += 1
            text = "\n".join(part.strip() for part in cell.itertext() if part.strip())
            for down in range(int(cell.get("rowspan", 1))):
                while len(rows) <= index + down:
                    rows.append({})
                for right in range(int(cell.get("colspan", 1))):
                    rows[index + down][column + right] = text
            column += int(cell.get("colspan", 1))
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    return [[row.get(column) for column in range(width)] for row in rows]


PEERS = {
    "pdfplumber": with_pdfplumber,
    "camelot": with_camelot,
    "pymupdf": with_pymupdf,
    "docvortex": with_docvortex,
}

if __name__ == "__main__":
    print(json.dumps(PEERS[sys.argv[1]](sys.argv[2]), ensure_ascii=False))
