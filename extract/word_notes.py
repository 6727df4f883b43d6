"""Know the footnotes and endnotes of a Word document, and print their numbers where it refers to them.

Word counts them itself: no number stands in the file.  After ECMA-376-1, 17.11.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from extract.superscript import as_superscript
from extract.word_numbering import format_number
from extract.word_text import REMOVED, TEXT

#: What refers to a note, what holds its text, and what says how notes of its kind are numbered if nothing else does.
KINDS = {
    qn("w:footnoteReference"): (qn("w:footnote"), qn("w:footnotePr"), "decimal"),
    qn("w:endnoteReference"): (qn("w:endnote"), qn("w:endnotePr"), "lowerRoman"),
}
REFERENCES = tuple(KINDS)
IDENTITY, VALUE, OWN_MARK = qn("w:id"), qn("w:val"), qn("w:customMarkFollows")
FORMAT, START, RESTART = qn("w:numFmt"), qn("w:numStart"), qn("w:numRestart")
#: Says that the mark is text of the paragraph.
ON = frozenset(("1", "true", "on"))

#: The text of each note, by what refers to it and its identity.
Notes = Mapping[tuple[str, str], str]


def note_texts(*roots: Any | None) -> Notes:
    """Give the texts of all notes.

    Args:
        roots: The ``w:footnotes`` and ``w:endnotes`` elements, where there are any.
    """
    reference_to = {note: reference for reference, (note, _, _) in KINDS.items()}
    found = (note for root in roots if root is not None for note in root.iter(*reference_to))
    return {
        (reference_to[note.tag], note.get(IDENTITY, "")): "".join(text.text or "" for text in note.iter(TEXT))
        for note in found
    }


def print_numbers(body: Any, settings: Any | None) -> None:
    """Put the number of each note behind the reference to it, as text.

    Leaves it out where it is no raised digit or sign of its own (a letter would read as one of the word before it), or
    where they begin anew on each page, which a file does not tell.

    Args:
        body: Of the document.
        settings: The ``w:settings`` element, if there is one.
    """
    for reference, (_, properties, usual) in KINDS.items():
        found = [root.find(f".//{properties}") for root in (settings, body) if root is not None]
        own = [element for element in found if element is not None]
        restart = _setting(own, RESTART, "continuous")
        style = _setting(own, FORMAT, usual)
        start = _setting(own, START, "1")
        if restart != "continuous" or not start.isdecimal():
            continue
        for number, element in enumerate(_counted(body, reference), int(start)):
            mark = as_superscript(format_number(number, style))
            if not mark.isascii():
                text = OxmlElement("w:t")
                text.text = mark
                element.addnext(text)


def _counted(body: Any, reference: str) -> Iterator[Any]:
    """Give the references that Word numbers, in the order of the document."""
    for element in body.iter(reference):
        if element.get(OWN_MARK) not in ON and next(element.iterancestors(*REMOVED), None) is None:
            yield element


def _setting(properties: list[Any], tag: str, usual: str) -> str:
    """Give the last value of a setting; a section's holds over the document's."""
    values = [found.get(VALUE) for element in properties if (found := element.find(tag)) is not None]
    return next((value for value in reversed(values) if value), usual)
