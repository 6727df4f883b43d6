"""Notices laid out in many ways by every producer at hand: a cell that is wrong is named by a finding.

The layouts are drawn from fixed seeds (`matrix.sampled`); ``HONGTOU_LAYOUTS`` sets how many each producer
makes, for a longer search than CI's.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from matrix.compare import Comparison, compare
from matrix.layout import Layout
from matrix.made import make
from matrix.printed import printed_tables
from matrix.sampled import sampled

from hongtou.pipeline import convert_file

PRODUCERS = ("typst", "drawn", "reportlab", "chromium", "firefox", "wkhtmltopdf", "libreoffice", "spreadsheet")
COUNT = int(os.environ.get("HONGTOU_LAYOUTS", "8"))
FIRST = int(os.environ.get("HONGTOU_FIRST_LAYOUT", "0"))
#: What each producer needs on the machine.
PROGRAMS = {"chromium": "chromium", "firefox": "firefox-esr", "wkhtmltopdf": "wkhtmltopdf", "libreoffice": "soffice",
            "spreadsheet": "soffice"}  # fmt: skip
#: LibreOffice has a spreadsheet where this file is beside the program.
SPREADSHEET = "libsclo.so"
#: A finding on a right row may stand in one row of this many.
ROWS_A_FINDING = 200


def layouts(producer: str) -> list[Layout]:
    """Give a producer's layouts, each once."""
    return list(dict.fromkeys(sampled(producer, seed) for seed in range(FIRST, FIRST + COUNT)))


@cache
def compared(producer: str, folder: Path) -> dict[str, Comparison]:
    """Make and convert all of a producer's layouts; give what each gave, by its name and file type."""
    found = make(layouts(producer), folder)
    return {
        f"{layout.name}{path.suffix}": compare(convert_file(path), [table.truth for table in printed_tables(layout)])
        for layout, paths in found.items()
        for path in paths
    }


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for all layouts."""
    return tmp_path_factory.mktemp("matrix")


def is_there(program: str, part: str) -> bool:
    """Tell whether a program is on the machine, with a part of it that may be left out."""
    found = shutil.which(program)
    return found is not None and (Path(found).resolve().parent / part).exists()


def needed(producer: str) -> None:
    """Skip where a producer's program is missing, but where CI says that it must be there."""
    program = PROGRAMS.get(producer)
    if program is not None and not is_there(program, SPREADSHEET if producer == "spreadsheet" else ""):
        message = f"{program} is missing; .ci/run says which packages bring it"
        if os.environ.get("HONGTOU_REQUIRE_OFFICE"):
            pytest.fail(message)
        pytest.skip(message)


def subfolder(folder: Path, producer: str) -> Path:
    """Give a producer's own folder."""
    made = folder / producer
    made.mkdir(exist_ok=True)
    return made


@pytest.mark.parametrize("producer", PRODUCERS)
def test_no_cell_is_wrong_without_a_finding(producer: str, folder: Path) -> None:
    """Every cell of every layout is as the notice has it, or a finding names it."""
    needed(producer)
    wrong = {name: each.silent for name, each in compared(producer, subfolder(folder, producer)).items() if each.silent}
    assert wrong == {}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_nearly_all_cells_are_exact(producer: str, folder: Path) -> None:
    """A finding is no excuse: at most one cell in a thousand is other than printed."""
    needed(producer)
    found = compared(producer, subfolder(folder, producer)).values()
    named = [text for each in found for text in each.named]
    assert len(named) * 1000 <= sum(each.cells for each in found), named


def test_findings_on_right_rows_are_rare(folder: Path) -> None:
    """At most one row in two hundred is reported without being wrong."""
    for producer in PRODUCERS:
        needed(producer)
    found = [each for producer in PRODUCERS for each in compared(producer, subfolder(folder, producer)).values()]
    idle = [finding for each in found for finding in each.idle]
    assert len(idle) * ROWS_A_FINDING <= sum(each.rows for each in found), idle


def test_every_value_of_every_dimension_is_laid_out() -> None:
    """The sample leaves none out."""
    made = [layout for producer in PRODUCERS for layout in layouts(producer)]
    hints = get_type_hints(Layout)
    for field in fields(Layout):
        if field.name in ("uprights", "style"):
            continue  # each has tests of its own; see also `test_every_style_is_laid_out`
        values = {getattr(layout, field.name) for layout in made}
        wanted = {True, False} if hints[field.name] is bool else set(get_args(hints[field.name]))
        assert values >= wanted, field.name
