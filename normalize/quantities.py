"""Know what is one thing over the end of a line: a quantity with its unit, a standard, a telephone, a period."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The letters of a standard, and its number with the year.
_OF_STANDARD = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2,4}(?:/[TZ])?|DB\d{2,4}(?:/T)?)$")
_STANDARD_NUMBER = re.compile(r"\d+(?:\.\d+)*[—―–-](?:19|20)\d\d(?!\d)")
#: A time from one year or month to another, a date, a telephone number, the number of an identity card.
_ONE_NUMBER = re.compile(
    r"\d{4}(?:[.年]\d{1,2}月?)?年?[—–~至-]+\d{4}(?:[.年]\d{1,2}月?)?年?|\d{4}([-/.])\d{1,2}\1\d{1,2}|0\d{2,3}-\d{7,8}|1\d{10}"
    r"|\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
)
#: A telephone number behind whose it is stands apart from that.
TELEPHONE = re.compile(r"(?:0\d{2,3}-[\v\x1f]?\d{7,8}|1[3-9]\d{9})(?!\d)")
#: A unit of measure behind its number, cut by the end of a line.
_CUT_MEASURE = re.compile("(?<=\\d)([A-Za-zμ]{1,2})[\v\x1f]([A-Za-z]{1,2})(?![A-Za-z])")
#: A unit of measure behind its number at the end of a full line, before a word.
_MEASURED = re.compile("(?<=\\d)([A-Za-zμ]{2,3})(?=[\v\x1f][A-Za-z])")
_MEASURES = (
    "mm cm dm km nm um μm mg kg ug μg mL ml dL kL mol Pa kPa MPa Hz kHz MHz GHz kW MW GW kWh Wh kV mV kVA mA dB pH "
    "GB MB TB KB bp rpm ppm ppb vol lx lm kN kJ MJ Gy Sv dpi min fps"
)
MEASURES = frozenset(_MEASURES.split())


def join_measures(text: str) -> str:
    r"""Join the units of measure that a full line cuts, and part those before its end from the next word.

    >>> join_measures("500m\vL"), join_measures("16GB\vDDR4")
    ('500mL', '16GB \x0bDDR4')
    """
    text = _CUT_MEASURE.sub(lambda found: found[1] + found[2] if found[1] + found[2] in MEASURES else found[0], text)
    return _MEASURED.sub(lambda found: f"{found[1]} " if found[1] in MEASURES else found[0], text)


def is_standard(before: str, further: Iterable[str]) -> bool:
    """Tell whether letters and a number with a year are those of a standard, between which a space belongs.

    Args:
        before: What ends with the letters.
        further: The lines below.

    >>> is_standard("执行GB/T", ["19001—2016"]), is_standard("HJ", ["25.", "1-2019"]), is_standard("A", ["12-2020"])
    (True, True, False)
    """
    return _OF_STANDARD.search(before) is not None and _STANDARD_NUMBER.match("".join(further)) is not None


def is_one_number(text: str) -> bool:
    """Tell whether digits are one thing only as a whole: a period, a date, the number of a telephone or a card.

    >>> [is_one_number(text) for text in ("2024.03—2026.12", "2025/9/21", "0849-6166462", "110101199003070134")]
    [True, True, True, True]
    >>> is_one_number("16.88"), is_one_number("2024 2025")
    (False, False)
    """
    return _ONE_NUMBER.fullmatch(text) is not None
