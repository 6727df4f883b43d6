"""Turn grids into rows: repair the structure, repair the texts, check, and account for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from normalize import rules
from normalize.assemble import add_section_column, choose_profile, make_columns, make_sheet
from normalize.banner_rules import has_section_rows
from normalize.checks import Checked, integer, run_checks
from normalize.driver import apply_list_rules, apply_structure_rule, apply_text_rules
from normalize.full_lines import tell_codes, tell_fitted_lines, tell_headings, tell_points, tell_word_ends
from normalize.grouping import mark_grouping_columns
from normalize.head import read_head
from normalize.item_ends import tell_items
from normalize.ledger import balance, count_characters
from normalize.list_rules import keep_bracketed_name
from normalize.placed_findings import with_rows
from normalize.run_findings import form_finding, run_findings
from normalize.running import Running
from normalize.runs import Run, is_form, table_runs
from normalize.seam_ends import tell_seam_ends
from normalize.sheet import Sheet
from normalize.text_rules import close_chinese_space, common_forms
from normalize.totals import count_totals, read_declared, settle_declared
from normalize.unruled import unruled_findings
from normalize.vocabulary import Learner, Vocabulary
from schema.finding import Finding, Severity
from schema.grid import Original
from schema.head import Head
from schema.profile import Kind, Profile
from schema.repair import Repair
from schema.spill import SpillList
from schema.table import Row, Table, Value

#: So many rows of tables, and repairs, are held in memory, and so many that are not finished.
MOST_ROWS, MOST_UNFINISHED = 4_000, 1_000


@dataclass(frozen=True, slots=True)
class Normalized:
    """Hold a notice's elements, its tables, and the findings that belong to no table."""

    head: Head
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold a table, or a part of a long one, of which each cell is repaired as far as it alone tells.

    Args:
        number: Of the table, counting from 1.
        lines: What stands above it.
        characters: How often each character is printed in it.
        labels: The characters of the header where the table prints it first.
    """

    number: int
    title: str
    lines: list[str]
    characters: Counter[str]
    labels: list[str]
    profile: Profile | None
    sheet: Sheet


def normalize(original: Original, profiles: Sequence[Profile]) -> Normalized:
    """Repair and check all tables of a document, with a part of one in memory at a time where it is long.

    People and units are learned from all of its tables before any of them is split.
    """
    parts = SpillList[_Part](MOST_UNFINISHED)
    findings = list(original.findings)
    learner = Learner()
    before: _Part | None = None
    running = Running(original)
    findings += running.findings()
    labels: set[frozenset[str]] = set()
    for run in table_runs(original, running):
        profile = choose_profile(run.labels, profiles)
        if profile is None and is_form(run):
            findings.append(form_finding(run))
            continue
        findings += run_findings(run)
        labels.add(run.printed_labels)
        before = _prepare(run, profile, before)
        _learn(learner, before.sheet)
        parts.append(before, len(before.sheet.rows))
    findings += unruled_findings(original, labels)
    finisher = _Finisher(learner.vocabulary())
    tables = tuple(finisher.finish(found) for _, found in groupby(parts, key=attrgetter("number")))
    if not tables:
        findings.append(Finding("no-table", Severity.ERROR))
    return Normalized(read_head(original), tables, tuple(with_rows(findings, tables)))


def _prepare(run: Run, profile: Profile | None, before: _Part | None) -> _Part:
    """Repair what page breaks did, then the texts as far as one cell alone tells.

    A further part of a table has the columns of the part before it.  Where rows over all columns begin in it,
    they need a column more, and it is a table of its own.
    """
    sheet = make_sheet(run, make_columns(run, profile))
    sectioned = has_section_rows(sheet)
    goes_on = run.goes_on and before is not None and not sectioned
    if sectioned:
        add_section_column(sheet, profile)
    for function in rules.HEADER_RULES:
        apply_structure_rule(sheet, function)
    if goes_on and before is not None:
        sheet.columns, sheet.guessed = before.sheet.columns, before.sheet.guessed
    else:
        sheet.guessed = mark_grouping_columns(sheet)
    for function in rules.PAGE_RULES:
        apply_structure_rule(sheet, function)
    apply_text_rules(sheet, rules.FORM_RULES)
    tell_fitted_lines(sheet)
    tell_codes(sheet)
    tell_word_ends(sheet)
    tell_seam_ends(sheet)
    tell_headings(sheet)
    tell_points(sheet)
    tell_items(sheet)
    apply_text_rules(sheet, rules.TEXT_RULES)
    number = 0 if before is None else before.number
    return _Part(
        number if goes_on else number + 1,
        close_chinese_space(common_forms(run.title)),
        [paragraph.text for paragraph in run.above],
        count_characters(run.grids),
        [] if run.goes_on else [cell.text for cell in run.grids[0].cells if cell.row < run.header_rows],
        profile,
        sheet,
    )


def _learn(learner: Learner, sheet: Sheet) -> None:
    for index, column in enumerate(sheet.columns):
        if column.kind not in (Kind.PEOPLE, Kind.UNITS):
            continue
        texts = [keep_bracketed_name(text, Vocabulary()) for text in sheet.printed(index)]
        if column.kind is Kind.PEOPLE:
            learner.add_people(texts)
        else:
            learner.add_units(texts)


class _Finisher:
    """Finish table by table; all rows and repairs of the document lie in one list each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rows = SpillList[Row](MOST_ROWS)
        self._repairs = SpillList[Repair](MOST_ROWS)
        self._doubts = SpillList[Repair](MOST_ROWS)
        self._last: int | None = None

    def finish(self, parts: Iterable[_Part]) -> Table:
        """Repair what the whole document decides, then check and balance."""
        starts = len(self._rows), len(self._repairs), len(self._doubts)
        characters: Counter[str] = Counter()
        carried: list[bool] = []
        broken: list[bool] = []
        stacked: list[int] = []
        first: _Part | None = None
        before, last = self._last, None
        for part in parts:
            first = first or part
            sheet, key = part.sheet, part.sheet.key
            self._repair(sheet)
            characters.update(part.characters)
            carried += [key is not None and row.slots[key].covered for row in sheet.rows]
            broken += [sheet.spans_known and sheet.begins_blank(index) for index in range(len(sheet.rows))]
            stacked += [
                row.stacked(unruled=row.part in sheet.unruled) if sheet.spans_known else 0 for row in sheet.rows
            ]
            numbers = () if key is None else (integer(row.slots[key].text) for row in reversed(sheet.rows))
            last = next((number for number in numbers if number is not None), last)
        if first is None:
            message = "a table has at least one part"
            raise ValueError(message)
        self._last = last
        columns, profile = first.sheet.columns, first.profile
        rows, repairs = self._rows.since(starts[0]), self._repairs.since(starts[1])
        ledger = balance(characters, first.labels, rows, repairs)
        counts = count_totals(columns, rows, profile) if profile else {}
        declared = settle_declared(read_declared(first.lines, profile), counts) if profile else {}
        checked = Checked(
            number=first.number,
            columns=columns,
            rows=rows,
            carried=carried,
            declared=declared,
            counts=counts,
            ledger=ledger,
            repairs=repairs,
            doubts=self._doubts.since(starts[2]),
            broken=broken,
            guessed=first.sheet.guessed,
            stacked=stacked,
            before=before,
        )
        return Table(
            title=first.title,
            profile=profile.name if profile else None,
            declared=declared,
            columns=columns,
            rows=rows,
            repairs=repairs,
            findings=run_checks(checked, rules.CHECKS),
            ledger=ledger,
        )

    def _repair(self, sheet: Sheet) -> None:
        """Apply the rules that the whole document decides, and keep rows and repairs."""
        apply_list_rules(sheet, rules.LIST_RULES, self._vocabulary)
        for function in rules.FILL_RULES:
            apply_structure_rule(sheet, function)
        for row in sheet.rows:
            self._rows.append(Row(tuple(Value(slot.text, slot.places) for slot in row.slots), tuple(row.places)))
        for repair in sheet.repairs:
            self._repairs.append(repair)
        for repair in sheet.doubts:
            self._doubts.append(repair)
