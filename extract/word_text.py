"""Give the text of Word's paragraphs, line by line as they were ended on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from extract.word_numbering import Numbering

TEXT, TAB, BREAK, RETURN = (qn(tag) for tag in ("w:t", "w:tab", "w:br", "w:cr"))
HYPHEN, SYMBOL, PROPERTIES = (qn(tag) for tag in ("w:noBreakHyphen", "w:sym", "w:pPr"))
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What is not printed at its place: deleted text, the second form of the same drawing,
#: text boxes (they float), and the properties, whose tab stops are no tabs.
SKIPPED = frozenset((qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:rPr"), PROPERTIES, FALLBACK))


def paragraph_lines(paragraph: Any, numbering: Numbering) -> list[str]:
    """Give a paragraph's lines, with the number that Word prints before it."""
    text = numbering.label(paragraph) + "".join(_pieces(paragraph))
    return text.split("\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in SKIPPED:
            continue
        if tag in (TEXT, MATH_TEXT):
            yield child.text or ""
        elif tag == TAB:
            yield " "
        elif tag in (BREAK, RETURN):
            yield "\n"
        elif tag == HYPHEN:
            yield "-"
        elif tag == SYMBOL:
            yield _symbol(child)
        elif len(child):
            yield from _pieces(child)


def _symbol(element: Any) -> str:
    """Give a ``w:sym`` character, which stands in the private area of its font."""
    code = element.get(qn("w:char"))
    return chr(int(code, 16)) if code else ""
