"""Read pages of a PDF again, with pdfplumber, of which PDFium loses, mixes or does not know text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from extract.false_encoding import has_false_encoding
from extract.page import Page, Run
from extract.pdf_overprint import parted_at

if TYPE_CHECKING:
    from extract.second import PagesAgain

#: On so many pages pdfplumber is asked in vain for characters that PDFium does not know.
MOST_IN_VAIN = 2
#: Its reading of a page holds this share of PDFium's characters at least.
NEARLY_ALL = 0.9


class Again:
    """Read single pages of a document with pdfplumber, which is slow to load and rarely needed.

    Args:
        data: The document.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: PagesAgain | None = None
        self._in_vain = 0

    def read(self, number: int) -> Page | None:
        """Read one page, counting from 1; ``None`` where pdfplumber cannot."""
        if self._pages is None:
            from extract.second import PagesAgain  # noqa: PLC0415 - see above

            self._pages = PagesAgain(self._data)
        return self._pages.read(number)

    def read_mapped(self, page: Page) -> Page | None:
        """Read a page again of which PDFium does not know all characters; ``None`` where pdfplumber knows no more.

        It is asked no more where that was so for several pages: their fonts say nothing.
        """
        if self._in_vain >= MOST_IN_VAIN:
            return None
        second = self.read(page.number)
        if second is not None and _knows_more(second, page):
            return second
        self._in_vain += 1
        return None


def _knows_more(second: Page, page: Page) -> bool:
    """Tell whether a second reading knows characters that PDFium does not; what that takes for ink may be spaces."""
    has_all = second.ink >= NEARLY_ALL * page.ink
    return has_all and second.unmapped * 2 <= page.unmapped and not has_false_encoding(second)


def better(page: Page, again: Again) -> Page:
    """Give the page, or pdfplumber's reading of it where PDFium lost or mixed text of it.

    It drops text whose font is not in the file where the machine has no stand-in for it, and may
    give fewer characters than the page has objects with text.  A font's map of characters that counts its ranges
    falsely it ignores.  What stands on other text it mixes; pdfplumber keeps the order of drawing, but knows nothing of
    clips.
    """
    if page.unmapped and (mapped := again.read_mapped(page)) is not None:
        return mapped
    if not page.is_short and not page.overprinted:
        return page
    second = again.read(page.number)
    if second is None or second.ink < page.ink + page.is_short:
        return page
    if page.is_short:
        return second
    seen: Iterable[Run] = second.runs
    if page.unseen:
        top, bottom = min(run.top for run in page.runs), max(run.bottom for run in page.runs)
        seen = (run for run in second.runs if top < (run.top + run.bottom) / 2 < bottom)
    if not page.starts:
        return replace(page, runs=tuple(seen))
    runs, unsure = parted_at(tuple(seen), page.starts, page.verticals)
    return replace(page, runs=runs, overprinted=unsure)
