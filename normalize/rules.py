"""List every rule in the order in which it is applied, and every check."""

from __future__ import annotations

from normalize import (
    banner_rules,
    character_checks,
    checks,
    doubts,
    fill_rules,
    line_ends,
    list_rules,
    merged_rules,
    merged_text,
    name_checks,
    page_rules,
    table_checks,
    text_rules,
)
from normalize.characters import BREAKS, COMPATIBLE, SPACES
from normalize.checks import Check
from normalize.driver import ListRule, StructureFunction, TextRule
from schema.profile import Kind

_EVERY = frozenset(Kind)
_WRITTEN = frozenset((Kind.PROSE, Kind.LABEL, Kind.DATE))
_CHINESE = _WRITTEN | {Kind.PEOPLE, Kind.UNITS}
_RUNNING = frozenset((Kind.PROSE, Kind.TEXT))
_ONE_PHRASE = frozenset((Kind.LABEL, Kind.INTEGER, Kind.NUMBER))
_DATES, _TEXT = frozenset((Kind.DATE,)), frozenset((Kind.TEXT,))
_PEOPLE, _UNITS = frozenset((Kind.PEOPLE,)), frozenset((Kind.UNITS,))

#: Applied first: what they drop is no row.
HEADER_RULES: tuple[StructureFunction, ...] = (
    page_rules.part_header_row,
    page_rules.drop_repeated_header,
    page_rules.drop_column_numbers,
    page_rules.drop_empty_row,
)
#: Applied to the sheet before its texts are repaired.
PAGE_RULES: tuple[StructureFunction, ...] = (
    page_rules.join_split_row,
    merged_text.continue_merged_text,
    merged_rules.lift_merged_text,
    banner_rules.drop_table_note,
    banner_rules.lift_section_row,
)
#: Applied to each printed cell before what the table's texts tell of their lines.
FORM_RULES: tuple[TextRule, ...] = (
    TextRule(text_rules.replace_radical, _EVERY, COMPATIBLE),
    TextRule(text_rules.replace_hyphen, _EVERY, text_rules.HYPHENS),
    TextRule(text_rules.replace_sign, _EVERY, text_rules.SIGNS),
)
#: Applied to each printed cell.
TEXT_RULES: tuple[TextRule, ...] = (
    TextRule(line_ends.join_wrapped_line, _RUNNING, BREAKS),
    TextRule(line_ends.join_label_line, _ONE_PHRASE, BREAKS),
    TextRule(line_ends.join_date_line, _DATES, BREAKS),
    TextRule(text_rules.widen_punctuation, _CHINESE, ",:;()"),
    TextRule(text_rules.close_chinese_space, _WRITTEN, SPACES),
    TextRule(text_rules.close_mixed_space, _WRITTEN, SPACES),
    TextRule(text_rules.close_date_space, _TEXT | _DATES, SPACES),
)
#: Applied to each printed cell that holds a list.
LIST_RULES: tuple[ListRule, ...] = (
    ListRule(list_rules.keep_bracketed_name, _PEOPLE | _UNITS),
    ListRule(list_rules.close_padded_name, _PEOPLE, list_rules.doubts_names),
    ListRule(list_rules.rejoin_organisation, _UNITS, list_rules.doubts_units),
    ListRule(list_rules.split_list, _PEOPLE | _UNITS),
)
#: Applied to the sheet once its texts are repaired.
FILL_RULES: tuple[StructureFunction, ...] = (
    fill_rules.put_back_shifted_cell,
    fill_rules.drop_duplicated_cell,
    fill_rules.unify_label,
    fill_rules.fill_shared_cell,
    merged_rules.carry_merged_cell,
)
#: Run on the repaired rows.
CHECKS: tuple[Check, ...] = (
    checks.check_characters,
    checks.check_sequence,
    checks.check_declared_total,
    checks.check_category_order,
    checks.check_required,
    checks.check_kind,
    table_checks.check_stacked_rows,
    table_checks.check_low_rows,
    table_checks.check_covered_rows,
    table_checks.check_labels_in_rows,
    checks.check_page_break,
    checks.check_grouping,
    checks.check_notes,
    table_checks.check_header,
    table_checks.check_column_numbers,
    table_checks.check_table,
    doubts.check_doubtful_repair,
    doubts.check_parted_numbers,
    doubts.check_parted_phrases,
    character_checks.check_unmapped,
    character_checks.check_hidden_numbers,
    character_checks.check_left_open,
    character_checks.check_odd_letters,
    character_checks.check_parted_words,
    character_checks.check_spread_text,
    character_checks.check_traditional,
    name_checks.check_people,
    name_checks.check_units,
)
