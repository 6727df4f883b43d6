"""The ledger: no character comes from nowhere, none goes without a word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from normalize import normalize
from normalize.characters import BREAKS, squeeze
from normalize.rules import TEXT_RULES
from schema.grid import BlockList, Grid, Line, Original
from schema.profile import built_in_profiles

EVERY = ("minhang-2025-3.txt", "minhang-2025-3.docx", "minhang-2025-3.pdf", "minhang-2025-3-paged.pdf")


def original(name: str) -> Original:
    """Read a sample."""
    return extract.read((SAMPLES / name).read_bytes(), name)


@pytest.mark.parametrize("name", EVERY)
def test_the_ledger_balances_on_the_samples(name: str) -> None:
    """What was printed and added is kept, in the labels, or removed by name."""
    for table in normalize(original(name), built_in_profiles()).tables:
        ledger = table.ledger
        assert ledger.balanced
        assert ledger.printed + ledger.added == ledger.kept + ledger.labels + ledger.removed
        assert ledger.printed > 10_000


def tampered(read: Original, old: str, new: str) -> Original:
    """Give a document in which one cell's text was changed behind the reader's back."""
    blocks = list(read.blocks)
    for index, block in enumerate(blocks):
        if not isinstance(block, Grid):
            continue
        for place, cell in enumerate(block.cells):
            if old in cell.text:
                lines = tuple(Line(line.text.replace(old, new), line.room, line.head) for line in cell.lines)
                cells = (*block.cells[:place], cell._replace(lines=lines), *block.cells[place + 1 :])
                blocks[index] = replace(block, cells=cells)
                return replace(read, blocks=BlockList(blocks))
    pytest.fail(f"{old} is not in the document")


@pytest.mark.parametrize("name", EVERY)
def test_a_character_lost_between_the_stages_is_an_error(name: str) -> None:
    """One character less gives `characters-unaccounted`, naming it; so does one more."""
    lost = normalize(tampered(original(name), "服务包", "服务"), built_in_profiles())
    (finding,) = [f for f in lost.tables[0].findings if f.rule == "characters-unaccounted"]
    assert finding.severity.value == "error"
    assert dict(finding.details) == {"missing": "包", "surplus": "-"}
    more = normalize(tampered(original(name), "服务包", "服务包鑫"), built_in_profiles())
    (finding,) = [f for f in more.tables[0].findings if f.rule == "characters-unaccounted"]
    assert dict(finding.details) == {"missing": "-", "surplus": "鑫"}


FIELD = st.text(alphabet="甲乙丙丁区局委办，、（）() 1aA“”·", max_size=12)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(FIELD, min_size=6, max_size=6), min_size=1, max_size=8))
def test_the_ledger_balances_whatever_is_written(rows: list[list[str]]) -> None:
    """Whatever stands in the cells, every character is accounted for, and none is an accident."""
    header = "序号\t类别\t项目\t具体任务\t牵头领导\t牵头单位"
    text = "\n".join((header, *("\t".join(row) for row in rows)))
    (table,) = normalize(extract.read(text.encode(), "x.txt"), built_in_profiles()).tables
    assert table.ledger.balanced


@given(st.text(alphabet="-—‐区市1204.,%aB　 \n\v\x1f（）“”、。：", max_size=12))
@settings(deadline=None)
def test_rules_of_spaces_and_line_ends_change_nothing_else(text: str) -> None:
    """What a repair of white space takes away is white space."""
    rules = [rule for rule in TEXT_RULES if set(rule.touches) <= set(BREAKS)]
    assert len(rules) == 6
    for rule in rules:
        assert squeeze(rule.function(text)) == squeeze(text), rule
