"""Report what was repaired or read on evidence that leaves a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from normalize.addresses import is_address
from normalize.characters import HAN, LATIN, LINE_ENDS, SPACES, WHOLE_NUMBER, WRAPS
from normalize.checks import Checked, integer
from normalize.cut_numbers import is_rest_of_number
from normalize.early_ends import ends_early
from normalize.full_lines import SHORTEST_CODE
from normalize.line_habits import CUT_CODE, JOIN_LINES, LineHabits
from normalize.points import doubts_heading, doubts_points
from normalize.quantities import MEASURES, TELEPHONE, is_one_number, is_standard, join_measures
from normalize.shapes import LEADING
from schema.finding import Finding, Severity
from schema.profile import Kind
from schema.repair import Repair

#: A line end within digits or a word: no program breaks a line there, but where it fills the cell.
_CUT_NUMBER = re.compile(f"(?<![{HAN}{LATIN},.])([\\d,.]*\\d)[\v\x1f](\\d[\\d,.]*)(?![{HAN}{LATIN},.])")
_CUT_WORD = re.compile(
    r"[A-Z\d%][\v\x1f][A-Za-z]|[A-Za-z][\v\x1f]\d|[A-Za-z] [\v\x1f][A-Za-z](?![A-Za-z/.])|\d[\v\x1f]\([A-Za-z]"
)
#: A unit of measure on the line below its number.
_CUT_MEASURE = re.compile(r"\d ?[\v\x1f]([A-Za-zμ]+)")
#: A code in capitals and digits, such as that of a firm or a car: nobody writes two numbers side by side in one.
_CODE = re.compile(rf"(?=\d*[A-Z])(?=[A-Z]*\d)[A-Z\d]{{{SHORTEST_CODE},}}")
#: What tells that a text is more than a code.
_WORDS = re.compile(rf"[{HAN}]|\w \w")
#: The hyphen at a line's end may be the word's own, or the line's; behind a mark of western text mostly stands a space.
#: What stands before the name in an address may be of it, and what stands behind one of the net.
_CUT_LETTERS = re.compile(
    rf"[a-z][\v\x1f](?!(?:for|from|of|the|with)\b)(?:[a-z]|[A-Z](?![a-z]))|[a-z]-[\v\x1f][a-z]|[A-Za-z]{{2}}[.,;][\v\x1f][{HAN}]"
    r"|[A-Za-z\d] [\v\x1f][\w.+-]*@|\w://[!-~\v\x1f]* [\v\x1f][A-Za-z\d]"
    r"|\d,[\v\x1f]\d(?!\d\d(?!\d))|\d[\v\x1f]?, [\v\x1f]\d"
    r"|\d:[\v\x1f]\d(?!\d(?!\d))|[A-Za-z)][,:][\v\x1f]\d|;[\v\x1f]\d"
)
#: A word in small letters behind a space, and behind one at a line's end: few of a name whose words begin with
#: capitals do not.
_SMALL = rf"(?!{LEADING}\b)[a-z]"
_SMALL_WORD, _SMALL_END = re.compile(f"[A-Za-z] {_SMALL}"), re.compile(f"[a-z] [\v\x1f]{_SMALL}")
#: A year in brackets, as in the number of a document, or behind a dash, as in that of a standard; a date; a telephone.
_ONE_THING = re.compile(
    r"[〔\[（(【](?:19|20)\d{2}[〕\]）)】]|(?:[A-Z] ?\d+(?:\.\d{1,2})?)?[—–-](?:19|20)\d{2}(?!\d)"
    r"|(?:19|20)\d{2}([-/.])\d{1,2}\1\d{1,2}(?!\d)|(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?!\d)"
)
#: A telephone number, a time or an address at the beginning of a line, and one within it, behind whose it is.
_HOURS = r"\d{1,2}:\d\d(?:[—–~～至-]+\d{1,2}:\d\d)?(?![\d:])"
_ADDED = rf"(?:{TELEPHONE.pattern}|{_HOURS}|https?://|www\.)"
_PARTED, _BESIDE = re.compile(f"[{HAN}][\v\x1f]{_ADDED}"), re.compile(f"[{HAN}][{SPACES}]?{_ADDED}")
#: Two phrases with a space between them, and a full line's end between Chinese characters.
_PHRASES, _FULL = re.compile(f"[{HAN}]{{2}} [{HAN}][{HAN}\\d]"), re.compile(f"[{HAN}][\v\x1f][{HAN}]")


def check_doubtful_repair(table: Checked) -> Iterator[Finding]:
    """Report a repair whose evidence leaves a doubt, unless the declared totals bear it out.

    How many rows there are tells nothing of the ends of their lines.
    """
    borne_out = bool(table.declared) and all(
        table.counts.get(name) == number for name, number in table.declared.items()
    )
    habits = LineHabits.of(table)
    for repair in chain(table.repairs, table.doubts):
        if not (repair.doubtful or _is_cut(repair, habits)) or (borne_out and repair.rule not in JOIN_LINES):
            continue
        number = integer(repair.row or "")
        row = number if number is not None else repair.row
        yield replace(_of_column(table, repair), row=row, place=repair.places[-1] if repair.places else None)


def check_parted_numbers(table: Checked) -> Iterator[Finding]:
    """Report once for a column that telephone numbers, times or addresses begin lines: what parts them may be anything.

    Leaves alone a column in which one stands beside whose it is within a line.
    """
    parted: dict[str | None, list[Repair]] = {}
    for repair in table.repairs:
        if repair.rule in JOIN_LINES and _PARTED.search(repair.before):
            parted.setdefault(repair.column, []).append(repair)
    for column in table.columns_of(Kind.TEXT, Kind.LABEL, Kind.DATE) if parted else ():
        found = parted.get(table.columns[column].name, [])
        if found and sum(_BESIDE.search(row.values[column].text) is not None for row in table.rows) <= len(found):
            yield _of_column(table, found[0])


def check_parted_phrases(table: Checked) -> Iterator[Finding]:
    """Report once for a column whose texts hold phrases with a space between them that lines end within others.

    A space at the end of a line is not printed: what was joined may be two phrases.
    """
    for column in table.columns_of(Kind.TEXT):
        name = table.columns[column].name
        if not any(_PHRASES.search(row.values[column].text) for row in table.rows):
            continue
        joined = (x for x in table.repairs if x.column == name and x.rule == JOIN_LINES[0] and _FULL.search(x.before))
        found = next(joined, None)
        if found is not None:
            yield _of_column(table, found)


def _of_column(table: Checked, repair: Repair) -> Finding:
    """Report a repair as one of its column's."""
    details = (("rule", repair.rule), ("before", repair.before), ("after", repair.after))
    return Finding("doubtful-repair", Severity.WARNING, details, table=table.number, column=repair.column)


def _is_cut(repair: Repair, habits: LineHabits) -> bool:
    """Tell whether a joined line may have been two numbers, two words of a Chinese text, or the end of a paragraph.

    Digits right beside Chinese characters are of its text, in which no two numbers stand side by side; a date, a period
    and a telephone number are one.
    """
    if repair.rule not in JOIN_LINES or repair.column == habits.key or is_address(repair.after):
        return False
    before = repair.before
    if doubts_points(before) and repair.column not in habits.pointed:
        return True
    lines = LINE_ENDS.split(before)
    if any(is_standard(line, islice(lines, at, None)) for at, line in enumerate(lines, 1)) or (
        repair.rule == JOIN_LINES[0] and (ends_early(before) or doubts_heading(before))
    ):
        return True
    before = join_measures(before)
    if repair.column in habits.coded:
        before = CUT_CODE.sub(r"\1", before)
    # A code holds neither Chinese nor a space.
    lettered = (
        _CUT_LETTERS.search(before)
        or (_CUT_WORD.search(before) and _WORDS.search(before))
        or (_SMALL_END.search(before) and not _SMALL_WORD.search(before))
        or (not _WORDS.search(before) and any(found[1] in MEASURES for found in _CUT_MEASURE.finditer(before)))
    )
    if lettered:
        return True
    is_one = is_one_number(repair.after) or _CODE.fullmatch(repair.after) is not None
    if is_one or repair.column in habits.narrow | habits.shaped:
        return False
    decimals = habits.decimals.get(repair.column or "", 0)
    return any(
        WHOLE_NUMBER.fullmatch(part[1])
        and WHOLE_NUMBER.fullmatch(part[2])
        and part[2][0] != "0"
        and not (is_rest_of_number(part[1], part[2], decimals) or _is_within_one(before, part.end(1)))
        for part in _CUT_NUMBER.finditer(before)
    )


def _is_within_one(before: str, end: int) -> bool:
    """Tell whether a full line ends within what is one thing only as a whole: a year, a date, a telephone number."""
    begun = WRAPS.sub("", before[:end])
    at, whole = len(begun), begun + WRAPS.sub("", before[end:])
    return any(found.start() < at < found.end() for found in _ONE_THING.finditer(whole))
