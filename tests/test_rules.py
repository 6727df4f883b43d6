"""Each rule has a docstring, a doctest or cases, words in two languages, and changes nothing twice."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hongtou.explain import RepairRule, repair_rules, rules_markdown
from hongtou.messages import catalogue
from normalize.driver import apply_structure_rule, rule_name
from normalize.page_rules import join_split_row
from normalize.rules import CHECKS, FORM_RULES, TEXT_RULES
from normalize.sheet import Sheet, SheetRow, Slot, State
from normalize.vocabulary import Vocabulary
from schema.finding import Place
from schema.grid import Line
from schema.profile import Column, built_in_profiles

CASES = Path(__file__).parent / "cases"
RULES = {rule.name: rule for rule in repair_rules()}
TEXT_CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{case['label']}")
    for rule in RULES.values()
    if rule.stage in ("text", "list")
    for case in json.loads((CASES / f"{rule.name}.json").read_text(encoding="utf-8"))
]
SHEET_CASES = [
    pytest.param(rule, case, id=f"{rule.name}-{case['label']}")
    for rule in RULES.values()
    if rule.stage in ("page", "fill")
    for case in json.loads((CASES / f"{rule.name}.json").read_text(encoding="utf-8"))
]


def run_text(rule: RepairRule, text: str, case: dict[str, Any]) -> str:
    """Apply a text or list rule."""
    if rule.stage == "text":
        return str(rule.function(text))
    known = Vocabulary(people=frozenset(case.get("people", ())), units=frozenset(case.get("units", ())))
    return str(rule.function(text, vocabulary=known))


def lines(text: str) -> tuple[Line, ...]:
    """Make lines of a marked text; one that ends with a full end is full before whatever follows."""
    parts = re.split("([\n\v])", text)
    pairs = zip(parts[::2], [*parts[1::2], "\n"], strict=True)
    return tuple(Line(part, 0.0 if end == "\v" else 99.0, 10.0) for part, end in pairs if part)


def slot(cell: str | None, place: int) -> Slot:
    """Make a slot of a case's cell.

    Null is covered from above, ``<`` from the left, ``+`` stands in an added column, an
    empty text is blank, and ``_`` is blank without a line below it.
    """
    if cell in ("<", "+"):
        return Slot(State.COVERED_FROM_LEFT if cell == "<" else State.ADDED)
    if cell is None:
        return Slot(State.COVERED_FROM_ABOVE)
    if cell == "_":
        return Slot(State.BLANK, places=(Place(line=place),), open_bottom=True)
    if not cell:
        return Slot(State.BLANK, places=(Place(line=place),))
    return Slot(State.BLANK, lines_below=0.0).with_lines(lines(cell), (Place(line=place),))


def sheet(case: dict[str, Any]) -> Sheet:
    """Make a sheet of a structure rule's case."""
    fields = {field.name: field for field in built_in_profiles()[0].fields}
    columns = tuple(
        Column(name, name, fields[name].kind, fields[name].key, fields[name].carry, fields[name].required)
        for name in case["fields"]
    )
    pages = [-1, *case["pages"]]
    rows = [
        SheetRow([slot(cell, index) for cell in cells], page, page != before, [Place(page=page + 1, line=index)])
        for index, (cells, (before, page)) in enumerate(zip(case["before"], pairwise(pages), strict=True), 1)
    ]
    return Sheet(columns, rows, case["spans_known"], section=case.get("section"))


def shown(made: Sheet) -> list[list[str | None]]:
    """Give a sheet as the cases write it."""
    return [[None if found.covered and not found.text else found.text for found in row.slots] for row in made.rows]


@pytest.mark.parametrize(("rule", "case"), TEXT_CASES)
def test_a_text_rule_does_what_its_cases_say(rule: RepairRule, case: dict[str, Any]) -> None:
    """Each case gives its text after, and a second run changes nothing."""
    after = run_text(rule, case["before"], case)
    assert after == case["after"], case["why"]
    touches = {rule_name(text_rule.function): text_rule.touches for text_rule in FORM_RULES + TEXT_RULES}.get(rule.name)
    assert touches is None or after == case["before"] or re.search(f"[{touches}]", case["before"])
    assert run_text(rule, after, case) == after


def test_a_label_that_goes_to_the_row_below_is_not_taken_out() -> None:
    """A page prints it again beside the rest of a cut row, for the rows below that as well."""
    before = [["1", "一、甲乙", "子。"], ["2", "乙", "丑\v"], ["", "一、甲乙", "寅。"], ["3", None, "卯。"]]
    made = sheet(
        {"fields": ["number", "category", "task"], "pages": [0, 1, 2, 2], "spans_known": True, "before": before}
    )
    apply_structure_rule(made, join_split_row)
    assert [row.slots[1].text for row in made.rows] == ["一、甲乙", "乙", "一、甲乙"]
    assert [repair.before for repair in made.repairs] == ["丑\f寅。"]


@pytest.mark.parametrize(("rule", "case"), SHEET_CASES)
def test_a_structure_rule_does_what_its_cases_say(rule: RepairRule, case: dict[str, Any]) -> None:
    """Each case gives its rows after, records a repair only if they changed, and runs twice alike."""
    made = sheet(case)
    apply_structure_rule(made, rule.function)
    marks = {"<": None, "+": "", "_": ""}
    wanted = [[marks.get(cell, cell and cell.removesuffix("\v")) for cell in row] for row in case["after"]]
    assert shown(made) == wanted, case["why"]
    assert bool(made.repairs) == (case["before"] != case["after"])
    assert all(repair.rule == rule.name for repair in made.repairs)
    count = len(made.repairs)
    apply_structure_rule(made, rule.function)
    assert shown(made) == wanted
    assert len(made.repairs) == count


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_whole(name: str) -> None:
    """A rule has a docstring that says what it leaves alone, cases of both sorts, and words."""
    doc = RULES[name].function.__doc__ or ""
    assert "Leaves alone" in doc
    cases = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert {bool(case["before"] == case["after"]) for case in cases} == {True, False}
    assert all(case["why"] for case in cases)
    for language in ("zh", "en"):
        assert catalogue()["repairs"][name][language]["text"]
    if RULES[name].stage in ("text", "list"):
        assert ">>>" in doc


def test_no_words_and_no_cases_are_left_over() -> None:
    """The catalogue and the cases name no rule that is gone."""
    assert set(catalogue()["repairs"]) == set(RULES)
    assert {path.stem for path in CASES.glob("*.json")} == set(RULES)


def test_every_check_has_words() -> None:
    """A check's findings are in the catalogue, in both languages, with a message."""
    root = Path(__file__).parent.parent
    files = (*root.glob("*/*.py"), *root.glob("hongtou/batch/*.py"))
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"(?:Finding\(\s*(?:rule=)?|\.finding\(\s*|rule = )\"([a-z-]+)\"", source))
    used |= set(re.findall(r"\"(sequence-[a-z]+)\"", source))
    assert used == set(catalogue()["checks"])
    for texts in catalogue()["checks"].values():
        assert texts["zh"]["message"]
        assert texts["en"]["message"]
    assert all(rule_name(check).startswith("check-") for check in CHECKS)


def test_the_rules_page_is_what_the_command_prints() -> None:
    """docs/rules.md is generated."""
    page = Path(__file__).parent.parent / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rules_markdown(), "run: hongtou rules --markdown > docs/rules.md"
