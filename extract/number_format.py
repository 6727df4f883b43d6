"""Show numbers and times of a workbook as their formats do.

After ECMA-376-1, 18.8.31 (number formats): sections for positive and negative numbers and zero, literals, digits,
shares, thousands.  Formats that no notice uses (fractions, powers of ten) show the number as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

#: The pieces of a format: a literal in quotes or behind a backslash, a bracket, room as wide as a character or filled
#: with one, digits, or any other character.
_PIECE = re.compile(r'"([^"]*)"|\\(.)|(\[[^\]]*\])|[_*].|([#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(.)')
#: What a currency's bracket holds: [$¥-804].
_CURRENCY = re.compile(r"\[\$([^-\]]*)")
#: A format that shows what no digits do: text, fractions, powers of ten.
_OTHER = re.compile(r"General|@|/|E[+-]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
#: So many digits a double has for sure.
DIGITS = 15


class _Section(NamedTuple):
    """Hold how numbers of one kind are shown: what stands before and behind the digits, and the digits."""

    before: str
    digits: str
    behind: str


def number_text(value: float, shape: str) -> str:
    r"""Give a number as a format shows it.

    >>> number_text(0.985, "0.0%"), number_text(1200.5, "#,##0.00"), number_text(3.0, "General")
    ('98.5%', '1,200.50', '3')
    >>> number_text(1, "000"), number_text(12, '0"人"'), number_text(-20, "#,##0;(#,##0)"), number_text(5, "[$¥-804]0")
    ('001', '12人', '(20)', '¥5')
    >>> [number_text(value, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ') for value in (1200, -20, 0)]
    ['1,200.00', '-20.00', '-']
    >>> number_text(12.5, "0.##"), number_text(12, "0.##"), number_text(0, '0;-0;"—"'), number_text(1234567, "#,##0,")
    ('12.5', '12', '—', '1,235')
    """
    sections = _sections(shape)
    if _OTHER.search(_QUOTED.sub("", sections[0])):
        return _plain(value)
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = _section(sections[chosen])
    if not section.digits:
        return section.before if chosen else _plain(value)
    text = _digits(abs(value) * 100 ** section.behind.count("%"), section.digits)
    sign = "-" if value < 0 and chosen == 0 and text.strip("0.,") else ""
    return f"{sign}{section.before}{text}{section.behind}"


def _sections(shape: str) -> list[str]:
    """Part a format at its semicolons, but for those in quotes."""
    parts = [""]
    for quoted, other in re.findall(r'("[^"]*"|\\.)|(.)', shape):
        if other == ";":
            parts.append("")
        else:
            parts[-1] += quoted or other
    return parts


def _section(shape: str) -> _Section:
    before, digits, behind = "", "", ""
    for quoted, escaped, bracket, found, other in _PIECE.findall(shape):
        currency = _CURRENCY.match(bracket) if bracket else None
        literal = quoted or escaped or (currency[1] if currency else "") or other
        if found and not digits:
            digits = found
        elif digits:
            behind += literal
        else:
            before += literal
    return _Section(before.lstrip(), digits, behind.rstrip())


def _digits(value: float, digits: str) -> str:
    """Write a number without sign in digits: ``#,##0.0#`` has thousands, one decimal or two, and at least one digit."""
    whole, _, decimals = digits.partition(".")
    scaled = value / 1000 ** (len(whole) - len(whole.rstrip(",")))
    text = f"{scaled:{',' if ',' in whole.rstrip(',') else ''}.{len(decimals)}f}"
    least = decimals.rstrip("#?").count("0")
    if len(decimals) > least:
        kept = text.rstrip("0")
        shortest = len(text) - (len(decimals) - least)
        text = text[: max(len(kept), shortest)].rstrip(".")
    integer, point, rest = text.partition(".")
    if integer == "0" and "0" not in whole:
        integer = ""
    return integer.rjust(whole.count("0"), "0") + point + rest


def _plain(value: float) -> str:
    text = f"{value:.{DIGITS}g}"
    return text if "e" in text or "." not in text else text.rstrip("0").rstrip(".")


def time_text(value: dt.datetime | dt.date | dt.time, shape: str) -> str:
    """Give a date or a time as a format shows it, dates without 年 as ISO 8601 has them.

    >>> time_text(dt.date(2025, 3, 1), 'yyyy"年"m"月"d"日"'), time_text(dt.date(2025, 3, 1), 'yyyy"年"m"月"')
    ('2025年3月1日', '2025年3月')
    >>> time_text(dt.time(8, 30), "h:mm"), time_text(dt.datetime(2025, 3, 1, 9, 5), "yyyy/m/d hh:mm:ss")
    ('8:30', '2025-03-01 09:05:00')
    """
    parts = []
    if not isinstance(value, dt.time):
        parts.append(_date(value, shape))
    lower = _QUOTED.sub("", shape).lower()
    if isinstance(value, dt.time) or (isinstance(value, dt.datetime) and "h" in lower):
        hour = f"{value.hour:02d}" if "hh" in lower else str(value.hour)
        parts.append(f"{hour}:{value.minute:02d}" + (f":{value.second:02d}" if "s" in lower else ""))
    return " ".join(parts)


def _date(value: dt.date, shape: str) -> str:
    if "年" not in shape and "月" not in shape:
        return f"{value:%Y-%m-%d}"
    named = ((value.year, "年"), (value.month, "月"), (value.day, "日"))
    return "".join(f"{number}{unit}" for number, unit in named if unit in shape)
