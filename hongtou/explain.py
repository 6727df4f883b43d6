"""Say in words what each rule and check does."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from hongtou.messages import Language, catalogue
from normalize.driver import rule_name
from normalize.rules import FILL_RULES, FORM_RULES, HEADER_RULES, LIST_RULES, PAGE_RULES, TEXT_RULES
from schema.errors import UsageError

#: The sections of the catalogue that hold rules.
SECTIONS = ("repairs", "checks", "differences")


@dataclass(frozen=True, slots=True)
class RepairRule:
    """Hold a repair rule's name, its function, and the stage that it belongs to."""

    name: str
    function: Callable[..., Any]
    stage: str


def repair_rules() -> Iterator[RepairRule]:
    """Give the repair rules in the order in which they are applied."""
    for function in (*HEADER_RULES, *PAGE_RULES):
        yield RepairRule(rule_name(function), function, "page")
    for text_rule in FORM_RULES + TEXT_RULES:
        yield RepairRule(rule_name(text_rule.function), text_rule.function, "text")
    for list_rule in LIST_RULES:
        yield RepairRule(rule_name(list_rule.function), list_rule.function, "list")
    for function in FILL_RULES:
        yield RepairRule(rule_name(function), function, "fill")


def explain(name: str, language: Language) -> str:
    """Say what a rule does, in words and with the examples that its tests run.

    Raises:
        UsageError: There is no such rule.
    """
    sections = catalogue()
    for section in SECTIONS:
        if name in sections[section]:
            texts = sections[section][name][language]
            return "\n".join((f"{name}: {texts['title']}", "", texts["text"], *_examples(name)))
    known = [name for section in SECTIONS for name in sections[section]]
    near = difflib.get_close_matches(name, known, 1)
    hint = (f"（是不是 {near[0]}？）" if language == "zh" else f" (did you mean {near[0]}?)") if near else ""
    raise UsageError("unknown-rule", name=name, near=hint)


def _examples(name: str) -> Iterator[str]:
    """Give the lines of a text rule's doctests."""
    function = next((rule.function for rule in repair_rules() if rule.name == name), None)
    lines = (inspect.getdoc(function) or "").splitlines() if function else []
    inside = False
    for line in lines:
        if line.startswith(">>>"):
            if not inside:
                yield ""
            inside = True
        elif not line.strip():
            inside = False
        if inside:
            yield f"    {line}"


def rules_text(language: Language) -> str:
    """List all rules, a line each."""
    sections = catalogue()
    names = [rule.name for rule in repair_rules()]
    lines = [f"{name:24} {sections['repairs'][name][language]['title']}" for name in names]
    for section in SECTIONS[1:]:
        lines += [f"{name:24} {texts[language]['title']}" for name, texts in sections[section].items()]
    return "\n".join(lines) + "\n"


def rules_markdown() -> str:
    """Give the page ``docs/rules.md``."""
    sections = catalogue()
    lines = ["# Rules", "", "Written by `hongtou rules --markdown`; `hongtou explain RULE` says the same.", ""]
    lines += [
        "## Repairs, in the order in which they are applied",
        "",
        "| rule | 说明 | what it does |",
        "|---|---|---|",
    ]
    for rule in repair_rules():
        texts = sections["repairs"][rule.name]
        lines.append(f"| `{rule.name}` | {texts['zh']['text']} | {texts['en']['text']} |")
    for section, heading in zip(SECTIONS[1:], ("Checks", "Differences from an original"), strict=True):
        lines += ["", f"## {heading}", "", "| rule | 说明 | what it reports |", "|---|---|---|"]
        for name, found in sections[section].items():
            lines.append(f"| `{name}` | {found['zh']['text']} | {found['en']['text']} |")
    return "\n".join(lines) + "\n"
