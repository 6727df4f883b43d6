"""Count the cells that Hongtou and its peers get exactly right, on the same documents in one run.

The documents are layouts of the test matrix, of one table each.  A peer's tables get plain glue, written with
knowledge of the truth's columns: page tables of the truth's width are put under each other, repeated headers
dropped, blanks of grouping columns filled from above, lines of prose joined, and lists parted at line ends,
spaces and marks.  Ours get none.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from matrix.catalogue import NOTICES  # noqa: E402
from matrix.compare import compare  # noqa: E402
from matrix.layout import Layout  # noqa: E402
from matrix.made import make  # noqa: E402
from matrix.notices import Role  # noqa: E402
from matrix.printed import printed_tables  # noqa: E402
from matrix.sampled import sampled  # noqa: E402

from hongtou.pipeline import convert_file  # noqa: E402

PRODUCERS = ("typst", "drawn", "reportlab", "chromium", "wkhtmltopdf", "libreoffice")
Rows = list[list[str]]


def chosen_layouts(each: int) -> list[Layout]:
    """Give so many layouts of each producer that hold one table without section rows."""
    found: list[Layout] = []
    for producer in PRODUCERS:
        plain = (sampled(producer, seed) for seed in range(1000, 1200))
        fitting = [layout for layout in plain if layout.tables == "one" and not layout.sections]
        found += list(dict.fromkeys(fitting))[:each]
    return found


def glued(tables: list[list[list[str | None]]], layout: Layout, width: int, header: int) -> Rows:
    """Make one table of a peer's page tables."""
    roles = NOTICES[layout.notice]().roles
    rows = [["" if cell is None else cell for cell in row] for table in tables for row in table if len(row) == width]
    heads = [squeezed(row) for row in rows[:header]]
    body = [row for row in rows[header:] if squeezed(row) not in heads and any(row)]
    above = [""] * width
    made: Rows = []
    for row in body:
        texts = [clean(text, role) for text, role in zip(row, roles, strict=True)]
        filled = [
            before if role is Role.GROUP and not text else text
            for text, before, role in zip(texts, above, roles, strict=True)
        ]
        made.append(filled)
        above = filled
    return made


def squeezed(row: list[str]) -> tuple[str, ...]:
    """Give a row without white space."""
    return tuple("".join(cell.split()) for cell in row)


def clean(text: str, role: Role) -> str:
    """Join the lines of a cell, or part its list."""
    if role in (Role.PEOPLE, Role.UNITS):
        return "、".join(item for item in re.split(r"[\s、；，]+", text) if item)
    return "".join(text.split("\n")).strip()


def exact(rows: Rows, truth: Rows) -> int:
    """Count the truth's cells that stand in the rows that are aligned with theirs."""
    if len(rows) == len(truth):
        pairs = list(zip(rows, truth, strict=True))
    else:
        matcher = SequenceMatcher(
            None, [row[:2] and "".join(row) for row in rows], ["".join(row) for row in truth], autojunk=False
        )
        pairs = []
        for _, a0, a1, b0, b1 in matcher.get_opcodes():
            pairs += list(zip(rows[a0:a1], truth[b0:b1], strict=False))
    return sum(a == b for mine, theirs in pairs for a, b in zip(mine, theirs, strict=True))


def peer_tables(python: Path, peer: str, path: Path) -> list[list[list[str | None]]] | None:
    """Run a peer on a file; ``None`` where it fails."""
    command = [str(python), str(ROOT / "bench" / "peers.py"), peer, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def measure(python: Path, peers: list[str], each: int, folder: Path) -> list[str]:
    """Give the lines of the table: for each program the share of cells that are exact, overall and by producer."""
    layouts = chosen_layouts(each)
    files = {layout: paths[0] for layout, paths in make(layouts, folder).items()}
    cells = dict.fromkeys(PRODUCERS, 0)
    right: dict[str, dict[str, int]] = {name: dict.fromkeys(PRODUCERS, 0) for name in ("hongtou", *peers)}
    silent = 0
    for layout, path in files.items():
        (table,) = printed_tables(layout)
        truth = [list(row) for row in table.truth[1:]]
        cells[layout.producer] += sum(map(len, truth))
        conversion = convert_file(path)
        silent += len(compare(conversion, [table.truth]).silent)
        ours = [[value.text for value in row.values] for row in conversion.normalized.tables[0].rows]
        right["hongtou"][layout.producer] += exact(ours, truth)
        for peer in peers:
            tables = peer_tables(python, peer, path)
            if tables is not None:
                right[peer][layout.producer] += exact(glued(tables, layout, len(truth[0]), table.header_rows), truth)
    lines = [
        f"{len(files)} documents, {sum(cells.values())} cells; wrong cells of Hongtou without a finding: {silent}.",
        "",
    ]
    lines.append(f"| program | all | {' | '.join(PRODUCERS)} |")
    lines.append("|---|" + "---|" * (len(PRODUCERS) + 1))
    for name, counts in right.items():
        shares = [f"{100 * counts[p] / cells[p]:.1f} %" for p in PRODUCERS]
        lines.append(f"| {name} | {100 * sum(counts.values()) / sum(cells.values()):.1f} % | {' | '.join(shares)} |")
    return lines
