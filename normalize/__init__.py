"""Turn grids into rows: repair the structure, repair the texts, check, and account for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normalize import rules
from normalize.assemble import add_section_column, choose_profile, make_columns, make_sheet
from normalize.banner_rules import has_section_rows
from normalize.checks import Checked, run_checks
from normalize.driver import apply_list_rules, apply_structure_rule, apply_text_rules
from normalize.grouping import mark_grouping_columns
from normalize.head import read_head
from normalize.ledger import balance
from normalize.list_rules import keep_bracketed_name
from normalize.runs import Run, form_finding, is_form, table_runs
from normalize.sheet import Sheet
from normalize.text_rules import close_chinese_space, replace_radical
from normalize.totals import count_totals, read_declared, settle_declared
from normalize.vocabulary import Vocabulary, learn
from schema.finding import Finding, Severity
from schema.grid import Original
from schema.head import Head
from schema.profile import Kind, Profile
from schema.table import Row, Table, Value


@dataclass(frozen=True, slots=True)
class Normalized:
    """Hold a notice's elements, its tables, and the findings that belong to no table."""

    head: Head
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


def normalize(original: Original, profiles: Sequence[Profile]) -> Normalized:
    """Repair and check all tables of a document.

    People and units are learned from all of its tables before any of them is split.
    """
    runs = table_runs(original, profiles)
    forms = [run for run in runs if choose_profile(run.labels, profiles) is None and is_form(run)]
    prepared = [_prepare(run, profiles) for run in runs if run not in forms]
    vocabulary = _learn([sheet for _, _, sheet in prepared])
    tables = tuple(
        _finish(number, run, profile, sheet, vocabulary) for number, (run, profile, sheet) in enumerate(prepared, 1)
    )
    findings = [*original.findings, *map(form_finding, forms)]
    if not tables:
        findings.append(Finding("no-table", Severity.ERROR))
    return Normalized(read_head(original), tables, tuple(findings))


def _prepare(run: Run, profiles: Sequence[Profile]) -> tuple[Run, Profile | None, Sheet]:
    """Repair what page breaks did, then the texts as far as one cell alone tells."""
    profile = choose_profile(run.labels, profiles)
    sheet = make_sheet(run, make_columns(run, profile))
    if has_section_rows(sheet):
        add_section_column(sheet, profile)
    for function in rules.HEADER_RULES:
        apply_structure_rule(sheet, function)
    sheet.guessed = mark_grouping_columns(sheet)
    for function in rules.PAGE_RULES:
        apply_structure_rule(sheet, function)
    apply_text_rules(sheet, rules.TEXT_RULES)
    return run, profile, sheet


def _learn(sheets: Sequence[Sheet]) -> Vocabulary:
    def columns(kind: Kind) -> list[list[str]]:
        return [
            [keep_bracketed_name(text, Vocabulary()) for text in sheet.printed(index)]
            for sheet in sheets
            for index, column in enumerate(sheet.columns)
            if column.kind is kind
        ]

    return learn(columns(Kind.PEOPLE), columns(Kind.UNITS))


def _finish(number: int, run: Run, profile: Profile | None, sheet: Sheet, vocabulary: Vocabulary) -> Table:
    """Repair what the whole document decides, then check and balance."""
    apply_list_rules(sheet, rules.LIST_RULES, vocabulary)
    for function in rules.FILL_RULES:
        apply_structure_rule(sheet, function)
    rows = tuple(
        Row(tuple(Value(slot.text, slot.places) for slot in row.slots), tuple(row.places)) for row in sheet.rows
    )
    printed_labels = [cell.text for cell in run.grids[0].cells if cell.row < run.header_rows]
    ledger = balance(run.grids, printed_labels, rows, sheet.repairs)
    counts = count_totals(sheet.columns, rows, profile) if profile else {}
    lines = [paragraph.text for paragraph in run.above]
    declared = settle_declared(read_declared(lines, profile), counts) if profile else {}
    key = sheet.key
    carried = tuple(key is not None and row.slots[key].covered for row in sheet.rows)
    checked = Checked(
        number=number,
        columns=sheet.columns,
        rows=rows,
        carried=carried,
        declared=declared,
        counts=counts,
        ledger=ledger,
        repairs=(*sheet.repairs, *sheet.doubts),
        broken=tuple(sheet.spans_known and sheet.begins_blank(index) for index in range(len(sheet.rows))),
        guessed=sheet.guessed,
        stacked=tuple(row.stacked if sheet.spans_known else 0 for row in sheet.rows),
    )
    return Table(
        title=close_chinese_space(replace_radical(run.title)),
        profile=profile.name if profile else None,
        declared=declared,
        columns=sheet.columns,
        rows=rows,
        repairs=tuple(sheet.repairs),
        findings=run_checks(checked, rules.CHECKS),
        ledger=ledger,
    )
