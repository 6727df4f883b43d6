"""Take limits as a command's options write them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import fields, replace

from schema.errors import UsageError
from schema.limits import DEFAULT_LIMITS, Limits

#: What a number may end with.
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_OPTION = re.compile(r"([a-z-]+)=([0-9]{1,15})([KMG]?)")
#: The names of the limits as an option writes them.
NAMES = tuple(field.name.replace("_", "-") for field in fields(Limits))


def add_limit_option(parser: argparse.ArgumentParser) -> None:
    """Give a command the option for limits."""
    parser.add_argument(
        "--limit", action="append", default=[], metavar="NAME=N",
        help=f"most that is read of a file ({', '.join(NAMES)}); N may end with K, M or G; may be given several times",
    )  # fmt: skip


def parse_limits(options: Iterable[str]) -> Limits:
    """Give the limits that options change.

    Raises:
        UsageError: One names no limit, or no number.

    >>> parse_limits(["pages=40", "file-size=2M"]).file_size
    2097152
    """
    limits = DEFAULT_LIMITS
    for text in options:
        found = _OPTION.fullmatch(text)
        if found is None or found[1] not in NAMES:
            raise UsageError("unknown-limit", text=text, known=", ".join(NAMES))
        limits = replace(limits, **{found[1].replace("-", "_"): parse_size(found[2] + found[3])})
    return limits


def parse_size(text: str) -> int:
    """Give a number that may end with K, M or G (of 1,024).

    Raises:
        ValueError: It is no such number.

    >>> parse_size("2G")
    2147483648
    """
    found = re.fullmatch(r"([0-9]{1,15})([KMG]?)", text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * UNITS[found[2]]
