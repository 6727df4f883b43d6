"""Convert traditional characters with OpenCC; imported only where a text has some."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Give the simplified form of a text.

    >>> simplify("區發展")
    '区发展'
    """
    return str(_converter().convert(text))
