"""Check the characters of the repaired rows: those without a meaning, odd ones, and traditional ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from normalize.characters import HAN, HAN_CHARACTER
from normalize.checks import Checked
from normalize.shapes import is_left_open
from schema.finding import Finding, Severity
from schema.profile import Kind

#: Glyphs without a Unicode value; boxes side by side stand for characters that a font lacks, one alone may be ticked.
_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]|[■□▯]{2}")
#: What a sheet prints for a number that has no room.
_HIDDEN = re.compile("#{2,}")
#: A period that ends with a dash: so many of a column are not cut off, but go on.
_LASTING, FEWEST_LASTING = re.compile(r"[\d日月年][—–～~-]+$"), 3
#: Western letters with marks, words that may have some, and what a word of a language has.
_MARKED = re.compile("[À-ÖØ-öø-ɏ]")
_WESTERN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]+")
_PLAIN = re.compile("[a-z]{2}")
#: Words in Latin letters, and two of them side by side.
_LATIN_WORD, _PAIR = re.compile("[A-Za-z]+"), re.compile("(?<![A-Za-z])([A-Za-z]+)(?= ([A-Za-z]+))")
#: A text of which so many different characters are traditional, and such a share of all, is in traditional characters;
#: Japanese has fewer.  Some of them are quoted.
FEWEST_TRADITIONAL, TRADITIONAL_SHARE, JAPANESE_SHARE, QUOTED = 4, 0.15, 0.04, 20
#: Characters by themselves: three or more, with a space behind all but the last.
_SPREAD = re.compile(f"(?<![{HAN}])(?:[{HAN}][ \u3000]){{2,}}[{HAN}](?![{HAN}])")
_KANA = re.compile("[ぁ-ゖァ-ヺ]{2}")


def check_unmapped(table: Checked) -> Iterator[Finding]:
    """Report glyphs without a Unicode value: their text is not known."""
    for described in table.columns:
        if _UNMAPPED.search(described.label):
            details = (("text", described.label),)
            yield Finding("unmapped-character", Severity.WARNING, details, table.number, column=described.name)
    for index, row in enumerate(table.rows):
        for column, value in enumerate(row.values):
            if _UNMAPPED.search(value.text):
                yield table.finding("unmapped-character", Severity.WARNING, index, column, text=value.text)


def check_hidden_numbers(table: Checked) -> Iterator[Finding]:
    """Report cells of number signs: a sheet prints them where a column is too narrow for a number."""
    for index, row in enumerate(table.rows):
        for column, value in enumerate(row.values):
            if _HIDDEN.fullmatch(value.text):
                yield table.finding("hidden-number", Severity.WARNING, index, column, text=value.text)


def check_left_open(table: Checked) -> Iterator[Finding]:
    """Report texts of which only the beginning stands there: a low row of a sheet, or a page, may have cut them off.

    Leaves alone periods that go on, of which a column has several: 2021年3月—.
    """
    found = [
        (index, column, value.text)
        for index, row in enumerate(table.rows)
        for column, value in enumerate(row.values)
        if is_left_open(value.text)
    ]
    lasting = Counter(column for _, column, text in found if _LASTING.search(text))
    for index, column, text in found:
        if lasting[column] < FEWEST_LASTING or not _LASTING.search(text):
            yield table.finding("left-open", Severity.WARNING, index, column, text=text[-QUOTED:])


def check_odd_letters(table: Checked) -> Iterator[Finding]:
    """Report letters with marks that belong to no word amid Chinese: a font's false map gives digits so.

    Leaves alone words of western languages, which have several plain letters on end.
    """
    for index, row in enumerate(table.rows):
        for column, value in enumerate(row.values):
            if value.text.isascii() or not _MARKED.search(value.text) or not HAN_CHARACTER.search(value.text):
                continue
            odd = [word for word in _WESTERN.findall(value.text) if _MARKED.search(word) and not _PLAIN.search(word)]
            if odd:
                yield table.finding("odd-letter", Severity.WARNING, index, column, text=" ".join(odd))


def check_parted_words(table: Checked) -> Iterator[Finding]:
    """Report letters amid Chinese that have a space within, where it stands elsewhere, or nowhere, in another cell.

    The form that most cells have is not reported.
    """
    printed = [
        (index, column, value.text)
        for index, row in enumerate(table.rows)
        for column, value in enumerate(row.values)
        if HAN_CHARACTER.search(value.text) and _LATIN_WORD.search(value.text)
    ]
    forms: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for index, column, text in printed:
        for before, after in _PAIR.findall(text) if " " in text else ():
            forms.setdefault(before + after, {}).setdefault(f"{before} {after}", []).append((index, column))
    for index, column, text in printed if forms else ():
        for word in forms.keys() & set(_LATIN_WORD.findall(text)):
            forms[word].setdefault(word, []).append((index, column))
    for found in forms.values():
        counts = sorted(map(len, found.values()))
        common = counts[-1] if len(counts) == 1 or counts[-1] > counts[-2] else 0
        for form, cells in found.items():
            for index, column in cells if len(cells) != common else ():
                yield table.finding("parted-word", Severity.WARNING, index, column, text=form)


def check_spread_text(table: Checked) -> Iterator[Finding]:
    """Report Chinese characters that stand by themselves, a space behind each, in a cell with other text.

    A line may have been spread so, to fill its cell or a grid.  Leaves alone people, and what all is so set.
    """
    people = set(table.columns_of(Kind.PEOPLE))
    for index, row in enumerate(table.rows):
        for column, value in enumerate(row.values):
            if column in people or " " not in value.text.replace("\u3000", " "):
                continue
            found = _SPREAD.search(value.text)
            if found and found[0] != value.text:
                yield table.finding("spread-text", Severity.WARNING, index, column, text=found[0])


def check_traditional(table: Checked) -> Iterator[Finding]:
    """Report traditional characters, with the simplified text as a suggestion.

    A table that is written in them has one finding.
    """
    labels = [(column, traditional_characters(column.label)) for column in table.columns]
    cells = [
        (index, column, value.text, found)
        for index, row in enumerate(table.rows)
        for column, value in enumerate(row.values)
        if (found := traditional_characters(value.text))
    ]
    written = [char for *_, text, found in cells for char in text if char in found]
    if _is_traditional(table, written):
        quoted = "".join(sorted(set(written))[:QUOTED])
        yield Finding("traditional-text", Severity.NOTE, (("text", quoted),), table.number)
        return
    for described, found in labels:
        if found:
            yield Finding(
                rule="traditional-character",
                severity=Severity.WARNING,
                details=(("text", "".join(found)),),
                table=table.number,
                column=described.name,
                suggestion=_in_simplified(described.label, found),
            )
    for index, column, text, found in cells:
        simplified, shown = _in_simplified(text, found), "".join(found)
        yield table.finding("traditional-character", Severity.WARNING, index, column, simplified, text=shown)


def _is_traditional(table: Checked, written: Sequence[str]) -> bool:
    """Tell whether a table is written in traditional characters, or in Japanese: in such text every few are.

    Args:
        table: The table.
        written: The traditional characters of its cells, each as often as it stands there.
    """
    if len(set(written)) < FEWEST_TRADITIONAL:
        return False
    text = "".join(value.text for row in table.rows for value in row.values)
    share = JAPANESE_SHARE if _KANA.search(text) else TRADITIONAL_SHARE
    return len(written) >= share * len(HAN_CHARACTER.findall(text))


def _in_simplified(text: str, found: Mapping[str, str]) -> str:
    return text.translate({ord(char): simple for char, simple in found.items()})


def traditional_characters(text: str) -> dict[str, str]:
    """Give the traditional characters of a text, each with its simplified form.

    Only characters outside GB 2312, the set of simplified Chinese, are looked up: OpenCC
    would also convert characters that simplified texts use, such as 著 and 乾.

    >>> traditional_characters("區发展改革委"), traditional_characters("著名品牌 谭瑞琮")
    ({'區': '区'}, {})
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        rare = {char for char in text if "一" <= char <= "鿿" and not _in_gb2312(char)}
    else:
        return {}
    if not rare:
        return {}
    converted = {char: _simplified(char) for char in sorted(rare)}
    return {char: simple for char, simple in converted.items() if simple != char and _in_gb2312(simple)}


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _simplified(char: str) -> str:
    from normalize.variants import simplify  # noqa: PLC0415 - OpenCC is loaded only where it is needed

    return simplify(char)
