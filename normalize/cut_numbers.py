"""Tell numbers that a page break cuts: they are whole only with their rests."""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalize.characters import WHOLE_NUMBER

#: A number, with its sign, or in brackets, or a part of one.
NUMBER = re.compile(r"[-+−(（]?(?P<digits>\d[\d,]*)(?P<decimals>\.\d*)?[%％)）]?")
#: So many numbers in a column show how many decimals it has.
FEWEST_NUMBERS = 3


def decimals_of(texts: Iterable[str]) -> int:
    """Give how many decimals all numbers among some texts have; 0 where they differ, or are few.

    >>> decimals_of(["1.50", "(2.25)", "合计", "-3.00"]), decimals_of(["1.5", "2.25", "3.00"]), decimals_of(["1.50"])
    (2, 0, 0)
    """
    found = [_decimals(number) for text in texts if (number := NUMBER.fullmatch(text))]
    return found[0] if len(found) >= FEWEST_NUMBERS and len(set(found)) == 1 else 0


def is_rest_of_number(begun: str, rest: str, decimals: int) -> bool:
    """Tell whether a number is whole only with its rest.

    Args:
        begun: How it begins.
        rest: What may be its rest.
        decimals: How many it must have; 0 where any number will do.

    >>> is_rest_of_number("1,234,567.", "89", 0), is_rest_of_number("7,850,05", "6.00", 0)
    (True, True)
    >>> is_rest_of_number("33,426.6", "0", 2), is_rest_of_number("(5,889,103.", "68)", 2)
    (True, True)
    >>> is_rest_of_number("33,426.6", "0", 0), is_rest_of_number("12", "34", 0), is_rest_of_number("1.5", "2.5", 1)
    (False, False, False)
    """
    whole, first = NUMBER.fullmatch(begun + rest), NUMBER.fullmatch(begun)
    if whole is None or first is None or not _is_whole(whole):
        return False
    return _decimals(first) < decimals == _decimals(whole) or not _is_whole(first)


def _is_whole(number: re.Match[str]) -> bool:
    return WHOLE_NUMBER.fullmatch(number["digits"] + (number["decimals"] or "")) is not None


def _decimals(number: re.Match[str]) -> int:
    return len((number["decimals"] or ".")[1:])
