"""Letters that are set apart: neither a space nor the end of a word is read into the distance between them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from matrix.compare import compare
from matrix.layout import Layout
from matrix.made import make
from matrix.printed import printed_tables
from matrix.sampled import sampled
from test_matrix import needed

from extract.glyphs import Glyphs
from extract.letter_spacing import closed_up
from extract.page import Run
from extract.western_spacing import close_letters
from hongtou.pipeline import convert_file

#: By how much each producer sets letters apart (em): by a point, as Word does if one asks for more, and by as much as
#: many fonts' spaces are wide.
SETTINGS = {"libreoffice": (0.1, 0.25), "typst": (0.1, 0.25), "chromium": (0.15, 0.25), "wkhtmltopdf": (0.1, 0.25)}
SEEDS = (220002, 220003)


def letters(text: str, *, apart: float, x0: float = 0.0, top: float = 0.0) -> list[Run]:
    """Set each character of a text, ten points wide and high, so many points behind the one before."""
    runs = []
    for char in text:
        runs.append(Run(char, x0, top, x0 + 10, top + 10, [x0 + 10], spaced=False))
        x0 += 10 + apart
    return runs


def texts(cells: Sequence[Sequence[Run]], side: float = 200.0) -> list[list[str]]:
    """Give the runs of closed cells by their texts."""
    closed, _ = closed_up(cells, [side] * len(cells), ())
    return [[run.text for run in runs] for runs in closed]


def test_letters_that_are_set_apart_alike_are_one_text() -> None:
    """Each reaches to the next one then; the last is as wide as the others."""
    (runs,), told = closed_up([letters("推进更新", apart=3)], [200.0], ())
    assert [(run.text, run.x1, run.ends) for run in runs] == [("推进更新", 52, [13, 26, 39, 52])]
    assert [(piece.distance, piece.share) for piece in told] == [(3, 0.3)]


def test_a_line_that_may_be_justified_tells_nothing_but_between_letters() -> None:
    """Its Chinese characters stand apart from side to side; digits never do so."""
    assert texts([letters("推进更新", apart=3)], side=51.0) == [["推", "进", "更", "新"]]
    assert texts([letters("2025", apart=3)], side=51.0) == [["2025"]]
    assert texts([letters("推进更新", apart=3)[:3]]) == [["推", "进", "更"]]


def test_what_long_texts_tell_holds_for_short_ones() -> None:
    """Also on the next page, and for lines that are justified as well."""
    long, short = letters("推进更新", apart=3), letters("6月", apart=3)
    assert texts([long, long, short]) == [["推进更新"], ["推进更新"], ["6月"]]
    _, told = closed_up([long, long], [200.0] * 2, ())
    (runs, wider), _ = closed_up([short, letters("全年", apart=8)], [200.0] * 2, told)
    assert [run.text for run in runs] == ["6月"]
    assert [(run.text, run.x1) for run in wider] == [("全", 13), ("年", 31)]


def test_a_word_that_is_not_set_apart_speaks_for_justified_lines() -> None:
    """So it does for its whole cell; a real space is kept in any."""
    word = Run("2025", 60, 0, 80, 10, [65, 70, 75, 80], spaced=False)
    assert texts([[*letters("推进更新", apart=3), word]]) == [["推", "进", "更", "新", "2025"]]
    parted = letters("推进更新改造项目", apart=3)
    parted[4] = parted[4]._replace(spaced=True)
    assert texts([parted]) == [["推进更新", "改造项目"]]


def glyphs(text: str, *, apart: float) -> Glyphs:
    """Set characters, five points wide and ten high, side by side on one line."""
    lefts = [index * (5 + apart) for index in range(len(text))]
    count = len(text)
    return Glyphs(text, lefts, [0.0] * count, [left + 5 for left in lefts], [10.0] * count, frozenset())


@pytest.mark.parametrize(
    ("text", "apart", "reaches"),
    [
        ("123456789热线", 1.2, True),
        ("12345热线", 1.2, False),
        ("123456789热线", 0.3, False),
        ("123456789热线", 2, False),
    ],
)
def test_letters_all_over_a_page_reach_to_the_next_ones(text: str, apart: float, reaches: bool) -> None:  # noqa: FBT001
    """Only where enough of them stand apart, and by less than a space; between Chinese all is left as it is."""
    page = glyphs(text, apart=apart)
    close_letters(page)
    assert (page.rights[0] == page.lefts[1]) is reaches
    assert page.rights[-2] < page.lefts[-1]


def spaced_layouts(producer: str) -> list[Layout]:
    """Give a producer's layouts whose letters are set apart."""
    return [replace(sampled(producer, seed), tracking=apart) for seed in SEEDS for apart in SETTINGS[producer]]


@pytest.mark.parametrize("producer", SETTINGS)
def test_notices_whose_letters_are_set_apart_are_read(producer: str, tmp_path: Path) -> None:
    """All cells are exact or told, nearly all are exact."""
    needed(producer)
    for layout, paths in make(spaced_layouts(producer), tmp_path).items():
        found = compare(convert_file(paths[0]), [table.truth for table in printed_tables(layout)])
        assert found.silent == [], layout.name
        assert len(found.named) * 50 <= found.cells, layout.name
    shutil.rmtree(tmp_path)


def test_a_line_that_goes_on_in_the_other_script_may_be_justified() -> None:
    """Between the scripts its gap is another one; it ends at its cell's side all the same."""
    line = [*letters("推进更新", apart=3), *letters("20", apart=3, x0=55)]
    assert texts([line], side=80.0) == [[run.text for run in line]]
    assert texts([line], side=120.0) == [["推进更新", "20"]]
