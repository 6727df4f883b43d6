"""Numbers that Word prints before paragraphs and no text of the file holds: by the paragraph, by its style, anew."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.word_numbering import Numbering, format_number

LEVEL = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{}"/>'
    '<w:lvlText w:val="{}"/></w:lvl>'
)
NUMBERING = (
    f"<w:numbering {nsdecls('w')}>"
    f'<w:abstractNum w:abstractNumId="1">{LEVEL.format(0, "Chapter", "%1.")}{LEVEL.format(1, "Point", "%1.%2")}'
    '<w:styleLink w:val="Linked"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Linked"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride></w:num>'
    "</w:numbering>"
)
STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/>{}</w:style>'
LIST = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
STYLES = (
    f"<w:styles {nsdecls('w')}>"
    + STYLE.format("Normal", "", "")
    + STYLE.format("Chapter", "Normal", LIST)
    + STYLE.format("Point", "Normal", LIST)
    + STYLE.format("Small", "Chapter", "")
    + STYLE.format("Round", "Round", "")
    + "</w:styles>"
)


def paragraph(style: str = "", number: str = "") -> str:
    """Write a paragraph of a style, in a list of its own."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p {nsdecls('w')}><w:pPr>{styled}{listed}</w:pPr></w:p>"


@pytest.mark.parametrize(
    ("paragraphs", "labels"),
    [
        (["Chapter", "Point", "Point", "Chapter", "Point"], ["1.", "1.1", "1.2", "2.", "2.1"]),
        (["Small", "Normal", "Round", "", "Small"], ["1.", "", "", "", "2."]),
        ([":1", ":1", ":2", ":2", ":1"], ["1.", "2.", "5.", "6.", "7."]),
        ([":1", ":3"], ["1.", "2."]),
        ([":1", ":4", "Chapter:0"], ["1.", "二、", ""]),
    ],
)
def test_paragraphs_are_numbered_as_word_does(paragraphs: list[str], labels: list[str]) -> None:
    """A style may number its paragraphs, and a list may go on with another's numbers, begin anew, or look otherwise."""
    numbering = Numbering(parse_xml(NUMBERING), parse_xml(STYLES))
    written = (paragraph(*text.split(":")) for text in paragraphs)
    assert [numbering.label(parse_xml(text)) for text in written] == labels


@pytest.mark.parametrize(
    ("number_format", "printed"),
    [
        ("lowerRoman", ["i", "iv", "ix", "xiv", "xl", "xcix"]),
        ("upperLetter", ["A", "D", "I", "N", "NN", "UUUU"]),
        ("ordinal", ["1st", "4th", "9th", "14th", "40th", "99th"]),
        ("decimalEnclosedFullstop", ["⒈", "⒋", "⒐", "⒕", "40", "99"]),
        ("ideographZodiac", ["子", "卯", "申", "14", "40", "99"]),
        ("chineseLegalSimplified", ["壹", "肆", "玖", "壹拾肆", "肆拾", "玖拾玖"]),
    ],
)
def test_numbers_are_written_in_words_formats(number_format: str, printed: list[str]) -> None:
    """Signs that count no further go on in digits."""
    assert [format_number(number, number_format) for number in (1, 4, 9, 14, 40, 99)] == printed


@pytest.mark.parametrize("number_format", ["lowerLetter", "upperRoman"])
def test_a_number_that_word_does_not_count_to_is_written_in_digits(number_format: str) -> None:
    """A file may name any beginning, and letters and Roman numerals would be as long as that."""
    assert format_number(10**12, number_format) == "1000000000000"
