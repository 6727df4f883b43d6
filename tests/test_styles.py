"""Notices in the styles of web pages and of Word: paragraphs, borders and grids that the matrix does not draw."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from matrix.compare import compare
from matrix.layout import Layout
from matrix.made import make
from matrix.printed import printed_tables
from matrix.sampled import sampled
from test_matrix import needed

from hongtou.pipeline import convert_file

#: The styles that each producer has.
STYLES = {
    "chromium": ("indented", "airy", "underlined", "broken", "separate", "filled", "titled"),
    "wkhtmltopdf": ("indented", "airy", "underlined", "broken", "separate", "filled", "titled"),
    "libreoffice": ("indented", "hanging", "airy", "underlined", "grid", "titled"),
    "typst": ("titled",),
    "reportlab": ("titled",),
    "drawn": ("titled",),
}
SEEDS = (1210001, 1210003)


def styled_layouts(producer: str) -> list[Layout]:
    """Give a producer's layouts in its styles."""
    return [replace(sampled(producer, seed), style=style) for seed in SEEDS for style in STYLES[producer]]  # type: ignore[arg-type]


def test_every_style_is_laid_out() -> None:
    """The sample of the matrix draws the plain one."""
    drawn = {style for styles in STYLES.values() for style in styles}
    assert drawn | {"plain"} == set(get_args(get_type_hints(Layout)["style"]))


@pytest.mark.parametrize("producer", STYLES)
def test_notices_in_styles_are_read(producer: str, tmp_path: Path) -> None:
    """All cells are exact or told, nearly all are exact."""
    needed(producer)
    for layout, paths in make(styled_layouts(producer), tmp_path).items():
        found = compare(convert_file(paths[0]), [table.truth for table in printed_tables(layout)])
        assert found.silent == [], layout.name
        assert len(found.named) * 20 <= found.cells, layout.name
    shutil.rmtree(tmp_path)
