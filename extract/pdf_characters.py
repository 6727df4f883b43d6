"""Tell which character each of PDFium's is."""

from __future__ import annotations

import ctypes
import re
from itertools import repeat
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.glyphs import CONTROL, NO_CHARACTER
from extract.page import UNMAPPED
from extract.symbols import symbol

#: What PDFium gives for a hyphen that it takes for one of the line's end.
SOFT_HYPHENS = frozenset("\x02\ufffe")
#: What `_known` puts another character for; surrogates are asked one by one.
_UNKNOWN, _SURROGATE = re.compile(f"[\x00\x02\ufffe{NO_CHARACTER}]"), re.compile("[\ud800-\udfff]")
#: PDFium gives a rare character, such as a name may have, as two with the same box: it stands in the place of the
#: first, and this, which no text has, in that of the second.
_PAIR, SECOND = re.compile("[\ud800-\udbff][\udc00-\udfff]"), "\ufdd0"
#: Places of symbol fonts, and what a font's name has beside its own.
_PRIVATE, _OF_FONT = re.compile("[\uf020-\uf0ff]"), re.compile("^[A-Z]{6}[+]|(?:MT)?(?:-Regular)?$")
LONGEST_NAME = 64
#: In so many places of a page each of its characters before the Chinese ones is looked for, and so many of all.
PLACES_ASKED, MOST_ASKED, FIRST_CHINESE = 8, 64, "⺀"


def page_characters(text_page: Any, count: int) -> str:
    """Give one character for each of an open text page's.

    Those of symbol fonts are in their own places; control characters, and what a font's map does not name, are none.
    """
    text = _without_controls(text_page, _with_symbols(text_page, _page_text(text_page, count)))
    return _without_codes(text_page, text)


def _without_codes(text_page: Any, text: str) -> str:
    """Give a page's text without characters that the map of their font does not name: PDFium gives their codes.

    Codes count the glyphs of a font, of which few are used; only where no glyph of a font is named do they reach to
    the Chinese characters.  So each other character is asked about in several places, and all where one is none.
    """
    handle, count = pdfium.address_of(text_page), len(text)
    starts = range(0, count, count // PLACES_ASKED + 1)
    asked = {text.find(char, start) for char in set(text) if char < FIRST_CHINESE for start in starts} - {-1}
    asked.update(range(0, count, count // MOST_ASKED + 1))
    if not any(map(pdfium.has_no_character, repeat(handle), asked)):
        return text
    return "".join(
        UNMAPPED if not char.isspace() and pdfium.has_no_character(handle, index) else char
        for index, char in enumerate(text)
    )


def _page_text(text_page: Any, count: int) -> str:
    """Give one character for each of PDFium's: in one call where that is possible."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count and not _SURROGATE.search(text):
        return "".join(map(_known, text)) if _UNKNOWN.search(text) else text
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    text = "".join(chr(code) if 0 < code <= 0x10FFFF else UNMAPPED for code in codes)
    return "".join(map(_known, _PAIR.sub(_paired, text)))


def _paired(found: re.Match[str]) -> str:
    """Give the character of two surrogates, and what stands for the second of PDFium's indexes of it."""
    return found[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") + SECOND


def _with_symbols(text_page: Any, text: str) -> str:
    """Give a page's text with the characters of symbol fonts, such as the signs of a list, in their own places.

    One whose font or place is not known stays, and is reported.
    """
    if not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda found: symbol(_font_name(text_page, found.start()), ord(found[0])), text)


def _without_controls(text_page: Any, text: str) -> str:
    """Give a page's text without control characters, which fonts with a false map give for their glyphs.

    A glyph with ink is one of which no character is known; one without is a space.
    """
    if not CONTROL.search(text):
        return text
    return CONTROL.sub(lambda found: UNMAPPED if _has_ink(text_page, found.start()) else " ", text)


def _has_ink(text_page: Any, index: int) -> bool:
    """Tell whether a character leaves ink."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value < right.value and bottom.value < top.value


def _font_name(text_page: Any, index: int) -> str:
    """Give the name of a character's font, without the mark of a part of it: ``ABCDEF+SymbolMT`` is ``Symbol``."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(LONGEST_NAME)
    raw.FPDFText_GetFontInfo(text_page, index, buffer, LONGEST_NAME, flags)
    return _OF_FONT.sub("", buffer.value.decode("ascii", "replace"))


def _known(char: str) -> str:
    if char in SOFT_HYPHENS:
        return "-"
    return UNMAPPED if char in ("\0", NO_CHARACTER) or "\ud800" <= char <= "\udfff" else char
