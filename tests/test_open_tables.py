"""Notices whose tables have lines between their rows only: nearly all cells are exact, and each table is told."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from matrix.compare import compare
from matrix.layout import Layout
from matrix.made import make
from matrix.printed import printed_tables
from matrix.sampled import sampled
from test_matrix import needed

from hongtou.pipeline import convert_file

#: Layouts of each producer: with merged cells, headers of two levels, rows over page breaks, and several tables.
SEEDS = {
    "typst": (2, 5, 9),
    "reportlab": (2, 5, 8),
    "chromium": (2, 4, 5),
    "wkhtmltopdf": (2, 5),
    "libreoffice": (4, 8),
}
#: One cell of so many may be other than printed.
CELLS_A_FAULT = 50


def open_layouts(producer: str) -> list[Layout]:
    """Give a producer's layouts without upright lines."""
    return [replace(sampled(producer, seed), uprights=False, open_sides=False) for seed in SEEDS[producer]]


@pytest.mark.parametrize("producer", SEEDS)
def test_tables_with_lines_between_their_rows_only_are_read(producer: str, tmp_path: Path) -> None:
    """Their columns are told by the ends of their lines' pieces, or by gaps, and by those of the page before."""
    needed(producer)
    cells, wrong = 0, []
    for layout, paths in make(open_layouts(producer), tmp_path).items():
        converted = convert_file(paths[0])
        found = compare(converted, [table.truth for table in printed_tables(layout)])
        assert found.silent == [], layout.name
        assert any(finding.rule == "columns-by-gaps" for finding in converted.findings), layout.name
        cells += found.cells
        wrong += found.named
    assert len(wrong) * CELLS_A_FAULT <= cells, wrong
    shutil.rmtree(tmp_path)
