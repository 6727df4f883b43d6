"""Report what was repaired or read on evidence that leaves a doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from normalize.characters import HAN, LATIN, SPACES, WHOLE_NUMBER
from normalize.checks import Checked, integer
from normalize.early_ends import ends_early
from normalize.line_ends import TELEPHONE, is_address, is_one_number
from normalize.points import doubts_heading, doubts_points, points_by_line
from schema.finding import Finding, Severity
from schema.profile import Kind
from schema.repair import Repair

#: The rules that join lines.
JOIN_LINES = ("join-wrapped-line", "join-label-line", "join-date-line")
#: A line end within digits or a word: no program breaks a line there, but where it fills the cell.
_CUT_NUMBER = re.compile(f"(?<![{HAN}{LATIN},.])([\\d,.]*\\d)[\v\x1f](\\d[\\d,.]*)(?![{HAN}{LATIN},.])")
_CUT_WORD = re.compile(r"[A-Z\d%][\v\x1f][A-Za-z]|[A-Za-z][\v\x1f]\d|[A-Za-z] [\v\x1f][A-Za-z](?![A-Za-z])")
#: What tells that a text is more than a code.
_WORDS = re.compile(rf"[{HAN}]|\w \w")
#: The hyphen at a line's end may be the word's own, or the line's.
_CUT_LETTERS = re.compile(r"[a-z][\v\x1f](?:[a-z]|[A-Z](?![a-z]))|[a-z]-[\v\x1f][a-z]")
#: A number behind a letter, such as that of a lot: cut by a line end, whole, and with a space.
_CUT_CODE, _CODE, _SPACED_CODE = (re.compile(rf"(?<![A-Za-z])([A-Z]){end}(?=\d)") for end in ("[\v\x1f]", "", " "))
#: The two lines of a cell, within a number.
_TWO_LINES = re.compile(f"([^{HAN}\n\v\x1f]*\\d)[\v\x1f](\\d[^{HAN}\n\v\x1f]*)")
#: A telephone number at the beginning of a line, and one within it, behind whose it is.
_PARTED = re.compile(f"[{HAN}][\v\x1f]{TELEPHONE.pattern}")
_BESIDE = re.compile(f"[{HAN}][{SPACES}]?{TELEPHONE.pattern}")
#: So many numbers of a column that are cut alike were cut by force; so many points that begin lines show that all do.
FEWEST_CUT, FEWEST_POINTS = 3, 3
#: So many numbers behind a letter show how a column writes them.
FEWEST_CODES = 3
#: So many need not leave less for the second line.
MANY_CUT = 10


def check_doubtful_repair(table: Checked) -> Iterator[Finding]:
    """Report a repair whose evidence leaves a doubt, unless the declared totals bear it out."""
    borne_out = bool(table.declared) and all(
        table.counts.get(name) == number for name, number in table.declared.items()
    )
    if borne_out:
        return
    habits = _Habits.of(table)
    for repair in chain(table.repairs, table.doubts):
        if not (repair.doubtful or _is_cut(repair, habits)):
            continue
        number = integer(repair.row or "")
        yield Finding(
            rule="doubtful-repair",
            severity=Severity.WARNING,
            details=(("rule", repair.rule), ("before", repair.before), ("after", repair.after)),
            table=table.number,
            row=number if number is not None else repair.row,
            column=repair.column,
            place=repair.places[-1] if repair.places else None,
        )


def check_parted_numbers(table: Checked) -> Iterator[Finding]:
    """Report once for a column that telephone numbers stand on lines of their own: what parts them may be anything.

    Leaves alone a column in which one stands beside whose it is within a line.
    """
    parted: dict[str | None, list[Repair]] = {}
    for repair in table.repairs:
        if repair.rule == JOIN_LINES[0] and _PARTED.search(repair.before):
            parted.setdefault(repair.column, []).append(repair)
    for column in table.columns_of(Kind.TEXT) if parted else ():
        name = table.columns[column].name
        found = parted.get(name, [])
        if found and sum(_BESIDE.search(row.values[column].text) is not None for row in table.rows) <= len(found):
            details = (("rule", found[0].rule), ("before", found[0].before), ("after", found[0].after))
            yield Finding("doubtful-repair", Severity.WARNING, details, table=table.number, column=name)


@dataclass(frozen=True, slots=True)
class _Habits:
    """Hold what a table's other rows tell of its line ends, by the names of its columns.

    Args:
        key: The column of the row numbers, which are checked by themselves.
        narrow: Those too narrow for their numbers, so that these are cut.
        pointed: Those in which each point of a list begins a line.
        coded: Those that print numbers right behind a letter.
    """

    key: str | None
    narrow: frozenset[str]
    pointed: frozenset[str]
    coded: frozenset[str]

    @classmethod
    def of(cls, table: Checked) -> _Habits:
        """Tell them of a table."""
        return cls(
            None if table.key is None else table.columns[table.key].name,
            _narrow_columns(table.repairs),
            _pointed_columns(table),
            _coded_columns(table),
        )


def _narrow_columns(repairs: Iterable[Repair]) -> frozenset[str]:
    """Give the columns in which each number that is cut fills its line, and leaves less for the next.

    Two numbers one under the other would not fill theirs alike.  Where the numbers of the whole table are cut like
    that, a column need not have several.
    """
    parts: dict[str, set[tuple[str, str]]] = {}
    for repair in repairs:
        found = _TWO_LINES.fullmatch(repair.before)
        if found and repair.column is not None:
            parts.setdefault(repair.column, set()).add((found[1], found[2]))
    if _are_cut_alike(set().union(*parts.values())):
        return frozenset(parts)
    return frozenset(column for column, cut in parts.items() if _are_cut_alike(cut))


def _are_cut_alike(cut: Collection[tuple[str, str]]) -> bool:
    """Tell whether several numbers fill their first lines alike and leave less for the second, or many no more."""
    widths = [len(begun) for begun, _ in cut]
    most = 0 if len(cut) >= MANY_CUT else -1
    return len(cut) >= FEWEST_CUT and max(widths) - min(widths) <= 1 and all(len(b) - len(a) <= most for a, b in cut)


def _pointed_columns(table: Checked) -> frozenset[str]:
    """Give the columns in which points of lists begin lines, and never stand amid one."""
    own: Counter[str] = Counter()
    amid: set[str] = set()
    for row in table.rows:
        for column, value in zip(table.columns, row.values, strict=True):
            if "\n" in value.text or column.name in own:
                begun, within = points_by_line(value.text)
                own[column.name] += begun
                if within:
                    amid.add(column.name)
    return frozenset(column for column, count in own.items() if count >= FEWEST_POINTS and column not in amid)


def _coded_columns(table: Checked) -> frozenset[str]:
    """Give the columns in which numbers stand right behind a letter within lines, and none has a space before it."""
    cut: Counter[str] = Counter()
    for repair in table.repairs:
        if repair.column is not None and repair.rule in JOIN_LINES:
            cut[repair.column] += len(_CUT_CODE.findall(repair.before))
    found = set()
    for index, column in enumerate(table.columns):
        if cut[column.name]:
            texts = [row.values[index].text for row in table.rows]
            whole = sum(len(_CODE.findall(text)) for text in texts) - cut[column.name]
            if whole >= FEWEST_CODES and not any(map(_SPACED_CODE.search, texts)):
                found.add(column.name)
    return frozenset(found)


def _is_cut(repair: Repair, habits: _Habits) -> bool:
    """Tell whether a joined line may have been two numbers, two words of a Chinese text, or the end of a paragraph.

    Digits right beside Chinese characters are of its text, in which no two numbers stand side by side; a date, a period
    and a telephone number are one.
    """
    if repair.rule not in JOIN_LINES or repair.column == habits.key:
        return False
    before = repair.before
    if repair.rule == JOIN_LINES[0] and (
        (doubts_points(before) and repair.column not in habits.pointed) or ends_early(before) or doubts_heading(before)
    ):
        return True
    if repair.column in habits.coded:
        before = _CUT_CODE.sub(r"\1", before)
    # A code holds neither Chinese nor a space.
    lettered = _CUT_LETTERS.search(before) or (_CUT_WORD.search(before) and _WORDS.search(before))
    if lettered and not is_address(repair.after):
        return True
    return not (repair.column in habits.narrow or is_one_number(repair.after)) and any(
        WHOLE_NUMBER.fullmatch(part[1]) and WHOLE_NUMBER.fullmatch(part[2]) and part[2][0] != "0"
        for part in _CUT_NUMBER.finditer(before)
    )
