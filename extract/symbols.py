"""Give the Unicode characters of the symbol fonts that files name by their place in the font.

After the fonts' published encodings; a place that is not listed stays a character of the private area, and is reported.
"""

from __future__ import annotations

#: Where the places of a symbol font stand in Unicode's private area.
PRIVATE = 0xF000

_SYMBOL = dict(
    zip(
        bytes.fromhex("61626364656667686c6d6e70717273747766444753575a"
                      "a3b3b1b4b8b0b9bba5b7c5d7dedfcecc"),
        "αβγδεφγηλμνπθρστωφΔΓΣΩΖ≤≥±×÷°≠≈∞•⊕⋅⇒⇓∈⊂",
        strict=True,
    )
)  # fmt: skip
_WINGDINGS = dict(zip(bytes.fromhex("fcfbfefda86f6c6ea775d8e09fa1"), "✓✗☑☒☐□●■▪◆➢→•○", strict=True))
_WINGDINGS_2 = dict(zip(bytes.fromhex("52515054a3504f"), "☑☒✓☒☐✓✗", strict=True))
#: LibreOffice's own, of which it takes the sign that begins a list's points.
_OPEN_SYMBOL = {0xB7: "•"}
_FONTS = {
    "symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings2": _WINGDINGS_2,
    "opensymbol": _OPEN_SYMBOL,
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """Give the character at a place of a symbol font; as it stands where the font or the place is not known.

    >>> symbol("Wingdings", 0xF0FE), symbol("Symbol", 0xF0B3), symbol("Other", 0xF0FE) == chr(0xF0FE)
    ('☑', '≥', True)
    """
    place = code - PRIVATE if code >= PRIVATE else code
    return _FONTS.get(font.lower(), {}).get(place, chr(code))
