"""Long documents: what lies on disk and what is repaired in parts reads as if memory had held it whole."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

import extract
import normalize as normalizing
from hongtou.emit import outputs
from hongtou.pipeline import Conversion
from normalize import normalize, runs
from normalize.running import Running
from normalize.runs import table_runs
from schema import grid
from schema.grid import BlockList, Grid, Paragraph
from schema.profile import built_in_profiles
from schema.spill import SpillList

SAMPLE = Path(__file__).parent.parent / "samples" / "minhang-2025-3-paged.pdf"


def long_pdf(times: int) -> bytes:
    """Give the sample's pages again and again, as one table."""
    source, made, file = pypdfium2.PdfDocument(SAMPLE), pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(times):
        made.import_pages(source, list(range(1, len(source))))
    made.save(file)
    return file.getvalue()


def converted(data: bytes) -> dict[str, str]:
    """Give all outputs of a PDF by their endings."""
    original = extract.read(data, "long.pdf")
    conversion = Conversion(original.source, normalize(original, built_in_profiles()))
    return {name: "".join(pieces) for name, pieces in outputs(conversion, "zh", trace=True, mark=False)}


def test_outputs_are_the_same_from_memory_and_from_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether blocks, parts, rows and repairs lie in memory or on disk."""
    data = long_pdf(1)
    whole = converted(data)
    monkeypatch.setattr(grid, "MOST_CELLS", 0)
    monkeypatch.setattr(normalizing, "MOST_ROWS", 0)
    monkeypatch.setattr(normalizing, "MOST_UNFINISHED", 0)
    assert converted(data) == whole


def test_rows_are_the_same_whole_and_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part ends where no row and no label goes on."""
    data = long_pdf(3)
    monkeypatch.setattr(runs, "PART_CELLS", 10**9)
    whole = converted(data)
    monkeypatch.setattr(runs, "PART_CELLS", 1000)
    original = extract.read(data, "long.pdf")
    parts = list(table_runs(original, Running(original)))
    assert [part.goes_on for part in parts] == [False, *[True] * (len(parts) - 1)]
    assert len(parts) > 2
    in_parts = converted(data)
    assert in_parts["csv"] == whole["csv"]
    assert in_parts["json"] == whole["json"]


def test_a_list_on_disk_is_the_list_in_memory() -> None:
    """Items come back in order, one by one, in slices and from the end, also while more are put in."""
    held, spilled = SpillList[str](1000), SpillList[str](1)
    for number in range(300):
        for items in (held, spilled):
            items.append(f"第 {number} 项")
        assert spilled[number] == held[number]
    assert (held.spilled, spilled.spilled) == (False, True)
    assert list(spilled) == list(held)
    assert spilled[-1] == held[-1]
    assert list(spilled[5:9]) == list(held[5:9])
    assert list(spilled.since(290)) == list(held.since(290))
    with pytest.raises(IndexError):
        _ = spilled[300]


def test_paragraphs_are_found_without_the_grids() -> None:
    """A list of blocks knows where its grids are."""
    original = extract.read(SAMPLE.read_bytes(), "x.pdf")
    blocks = BlockList(original.blocks)
    assert isinstance(blocks[blocks.first_grid], Grid)
    assert list(blocks.paragraphs()) == [block for block in blocks if isinstance(block, Paragraph)]
    assert len(list(blocks.paragraphs(0, blocks.first_grid))) == blocks.first_grid
