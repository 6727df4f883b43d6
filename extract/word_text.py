"""Give the text of Word's paragraphs, line by line as they were ended on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from extract.superscript import as_superscript
from extract.symbols import symbol
from extract.word_numbering import Numbering

TEXT, TAB, BREAK, RETURN = (qn(tag) for tag in ("w:t", "w:tab", "w:br", "w:cr"))
HYPHEN, SYMBOL, PROPERTIES = (qn(tag) for tag in ("w:noBreakHyphen", "w:sym", "w:pPr"))
MATH_TEXT, MATH_RAISED, FRACTION, ABOVE, UNDER, ROOT, DEGREE, BASE = (
    f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{tag}"
    for tag in ("t", "sup", "f", "num", "den", "rad", "deg", "e")
)
#: What stands for a character.
PRINTED = {TAB: " ", BREAK: "\n", RETURN: "\n", HYPHEN: "-"}
#: What a formula draws that is no text.
DRAWN = (FRACTION, ROOT)
RUN, RUN_PROPERTIES, VALUE = (qn(tag) for tag in ("w:r", "w:rPr", "w:val"))
VERTICAL, POSITION, SIZE = (qn(tag) for tag in ("w:vertAlign", "w:position", "w:sz"))
#: Runs that are not shown, those that are struck out, and what says that a run is not set so after all.
HIDDEN, STRUCK, OFF = qn("w:vanish"), (qn("w:strike"), qn("w:dstrike")), frozenset(("0", "false", "off"))
CAPITALS = qn("w:caps")
#: Text that stands higher by at least this share of its size is raised.
LEAST_POSITION = 0.3
DELETED_TEXT = qn("w:delText")
#: What a tracked change takes out, and what it puts in.
REMOVED, ADDED = (qn("w:del"), qn("w:moveFrom")), (qn("w:ins"), qn("w:moveTo"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What is not printed at its place: deleted text, the second form of the same drawing,
#: text boxes (they float), the reading over a character, and the properties, whose tab stops are no tabs.
SKIPPED = frozenset((*REMOVED, qn("w:txbxContent"), qn("w:rt"), qn("w:rPr"), PROPERTIES, FALLBACK))


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
        elif tag in PRINTED:
            yield PRINTED[tag]
        elif tag == SYMBOL:
            yield _symbol(child)
        elif tag in DRAWN:
            yield _in_one_line(child)
        elif len(child):
            properties = child.find(RUN_PROPERTIES) if tag == RUN else None
            if _is_set(properties, HIDDEN):
                continue
            if tag == MATH_RAISED or _is_raised(properties):
                yield as_superscript("".join(_pieces(child)))
            else:
                yield from (piece.upper() if _is_set(properties, CAPITALS) else piece for piece in _pieces(child))


def _in_one_line(formula: Any) -> str:
    """Write a fraction or a root in one line: ``a/(2b)``, ``√(a+b)``."""
    parts = {child.tag: "".join(_pieces(child)) for child in formula}
    if formula.tag == FRACTION:
        return f"{_grouped(parts.get(ABOVE, ''))}/{_grouped(parts.get(UNDER, ''))}"
    return f"{as_superscript(parts.get(DEGREE, ''))}√{_grouped(parts.get(BASE, ''))}"


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isdecimal() else f"({text})"


def _is_set(properties: Any, *toggles: str) -> bool:
    """Tell whether a run's properties, if it has any, set it in any of these ways, such as hidden."""
    found = (properties.find(toggle) for toggle in toggles) if properties is not None else ()
    return any(toggle is not None and toggle.get(VALUE) not in OFF for toggle in found)


def text_set(element: Any, *toggles: str) -> str:
    """Give the text of all runs below an element that are set in any of these ways."""
    runs = dict.fromkeys(run for found in element.iter(*toggles) for run in found.iterancestors(RUN))
    told = (run for run in runs if _is_set(run.find(RUN_PROPERTIES), *toggles))
    return "".join(child.text or "" for run in told for child in run.iter(TEXT))


def changed_text(element: Any, *changes: str) -> str:
    """Give the text of an element that tracked changes of these kinds take out, or put in."""
    found = dict.fromkeys(text for change in element.iter(*changes) for text in change.iter(TEXT, DELETED_TEXT))
    return "".join(text.text or "" for text in found)


def _is_raised(properties: Any) -> bool:
    """Tell whether a run's properties, if it has any, print it above the line.

    Some programs write how far up, in halves of a point as the size is; what only sits a little higher is not.
    """
    if properties is None:
        return False
    align, *measures = (properties.find(tag) for tag in (VERTICAL, POSITION, SIZE))
    if align is not None and align.get(VALUE) == "superscript":
        return True
    up, size = (_measure(found) for found in measures)
    return size > 0 and up >= LEAST_POSITION * size


def _measure(found: Any) -> float:
    text = "" if found is None else found.get(VALUE) or ""
    return float(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else 0.0


def _symbol(element: Any) -> str:
    """Give a ``w:sym`` character, which stands in the private area of its font."""
    code = element.get(qn("w:char"))
    return symbol(element.get(qn("w:font"), ""), int(code, 16)) if code else ""
