"""Tell by what the table prints elsewhere what the end of a full line stands for: a space, nothing, its own end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import partial
from itertools import pairwise

from normalize.addresses import whole_address
from normalize.characters import HAN_CHARACTER, LINE_ENDS
from normalize.early_ends import balanced, count_early_ends, fill_early_ends, may_end_early, wrapped_width
from normalize.points import ENDS, FULL_HEADING, HEADING, may_run_on, points_amid, points_behind_ends, run_points_on
from normalize.shapes import LEADING_ALONE, numbers_alike, shape
from normalize.sheet import Sheet, SheetRow, Slot, State
from schema.grid import FULL_END, HARD_END
from schema.repair import Repair

#: A full line's end between letters or digits: the word before it, a space where the measures say so, the word behind.
_SEAM = re.compile(r"([!-~]*[A-Za-z\d%])( ?)([\v\x1f])([A-Za-z\d][!-~]*)")
#: The same, to find the texts that have one.
_END = re.compile(r"[A-Za-z\d%] ?[\v\x1f][A-Za-z\d]")
#: A full line's end between letters of one word, and any that stands for a space; such words end others hardly ever.
_WITHIN = re.compile(rf"(?<=[A-Za-z])[\v\x1f](?=-?(?!{LEADING_ALONE}\b)[a-z])|(?<=[A-Z])[\v\x1f](?=[A-Z])")
_SPACED = re.compile(r"[A-Za-z] [\v\x1f]")
#: Codes, such as that of a firm, over the ends of lines; so many in a column, this share of its texts, and so long.
_CODE, _SPACED_END = re.compile(r"[A-Z\d]+(?: ?[\v\x1f][A-Z\d]+)*"), re.compile(r" ?([\v\x1f])")
FEWEST_CODES, MOST_CODES, SHORTEST_CODE = 3, 0.8, 8
#: A word alone on its line, and the beginning of the next one: without Chinese, two words or a long one.
_ALONE = re.compile(r"(?<![^\n\v\x1f])([^\W\d_]+)[\v\x1f]([^\W\d_]+)")
#: A heading that begins a line, with the character before, if any; and one within a line.
_OWN_HEADING, _HEADING_WITHIN = re.compile(f"(.?)\n{HEADING}"), re.compile(f"(?<=[{ENDS}]){HEADING}")
#: So many lines that end early within sentences, in so many cells, show that the program fits lines together.
FEWEST_EARLY, FEWEST_CELLS = 3, 2
_WORD = re.compile("[!-~]+")
#: Letters, or digits.
_PART = re.compile(r"\d+|[A-Za-z/μ]+")
_LAST_WORD, _FIRST_WORD = re.compile("[!-~]+$"), re.compile("^[!-~]+")


def tell_word_ends(sheet: Sheet) -> None:
    r"""Mark line ends as those of words, or within words, where the table's lines tell.

    So ``GB\v3095`` becomes ``GB \v3095`` where a line reads ``GB 3095``, and none reads ``GB3095``; and
    ``annual\vbudget`` becomes ``annual \vbudget`` where lines hold both as words of their own; ``750\vmm`` becomes
    ``750mm`` where lines read ``800mm``.  The mark is no character of the text: what the end stands for is left to
    `normalize.line_ends.join_wrapped_line`.
    """
    found = [
        (row, column)
        for row in sheet.rows
        for column, slot in enumerate(row.slots)
        if slot.state is State.PRINTED and _END.search(slot.text)
    ]
    if not found:
        return
    # A program that leaves spaces in the file at the ends of lines has none where it parts a word.
    keeps_spaces = sheet.cuts_words and any(_SPACED.search(row.slots[column].text) for row, column in found)
    printed = _Printed(slot.text for row in sheet.rows for slot in row.slots if slot.text)
    columns = {column: sheet.printed(column) for _, column in found}
    codes = {column for column, texts in columns.items() if _are_codes(texts)}
    addresses = {column for column, texts in columns.items() if _are_addresses(texts)}
    for row, column in found:
        text = row.slots[column].text
        if column in addresses and (address := whole_address(text)):
            row.slots[column] = row.slots[column].with_text(address)
            continue
        told = partial(printed.told, own=_joined_kinds(text))
        text = _SPACED_END.sub(r"\1", text) if column in codes else _SEAM.sub(told, text)
        if sheet.cuts_words and _WITHIN.search(text):
            if not keeps_spaces:
                sheet.doubts.append(unsure_end(sheet, row, column, row.slots[column]))
            text = _WITHIN.sub("", text)
        row.slots[column] = row.slots[column].with_text(text)
        if not HAN_CHARACTER.search(text) and any(map(printed.is_unsure, _ALONE.finditer(text))):
            sheet.doubts.append(unsure_end(sheet, row, column, row.slots[column]))


def _are_codes(texts: Collection[str]) -> bool:
    """Tell whether a column's texts are codes in capitals and digits, all as long, however lines cut them."""
    whole = [_SPACED_END.sub("", text) for text in texts if _CODE.fullmatch(text)]
    lengths = {len(code) for code in whole}
    if len(lengths) != 1 or len(whole) < max(FEWEST_CODES, MOST_CODES * len(texts)):
        return False
    return lengths.pop() >= SHORTEST_CODE and not any(code.isalpha() for code in whole)


def _are_addresses(texts: Collection[str]) -> bool:
    """Tell whether a column's texts are addresses, which hold no spaces, however lines cut them."""
    return sum(whole_address(text) != "" for text in texts) >= max(FEWEST_CODES, MOST_CODES * len(texts))


def tell_headings(sheet: Sheet) -> None:
    r"""Mark full lines as ended on purpose where the next one begins with a heading that begins lines elsewhere.

    So ``达标。\v注意：`` becomes ``达标。\n注意：`` where another cell of the column has ``\n注意：``, and none has it
    within a line behind a mark; ``市公安局\v配合单位：`` becomes ``市公安局\n配合单位：`` where another has
    ``局\n配合单位：``, and none has it within a line at all.
    """
    for column in range(len(sheet.columns)):
        texts = sheet.printed(column)
        if not any(FULL_HEADING.search(text) for text in texts):
            continue
        begun = {found for text in texts for found in _OWN_HEADING.findall(text)}
        marked = {heading for _, heading in begun}
        marked -= {heading for text in texts for heading in _HEADING_WITHIN.findall(text)}
        unmarked = {heading for before, heading in begun if before not in ENDS and heading in marked}
        unmarked = {heading for heading in unmarked if not _is_within_lines(heading, texts)}
        for row in printing(sheet, column) if marked else ():
            put(row, column, FULL_HEADING.sub(partial(_ended, marked, unmarked), row.slots[column].text))


def tell_codes(sheet: Sheet) -> None:
    r"""Mark all lines as full in a column whose texts have one shape, as many that no line ends on purpose show.

    So ``沪市监徐\n处〔2024〕708962号`` becomes ``沪市监徐\v处〔2024〕708962号`` where all others are such numbers.
    """
    for column in range(len(sheet.columns)):
        texts = sheet.printed(column)
        ended = sum(HARD_END in text for text in texts)
        if not ended or len(texts) - ended < FEWEST_CODES or not any(map(str.isdigit, texts[0])):
            continue
        is_one = len({shape(LINE_ENDS.sub("", text)) for text in texts}) == 1
        for row in printing(sheet, column) if is_one else ():
            put(row, column, row.slots[column].text.replace(HARD_END, FULL_END))


def tell_points(sheet: Sheet) -> None:
    r"""Have the points of a list run on over full lines where their kind stands amid lines elsewhere in the column.

    So ``1.制定方案；\v2.组织实施。`` is one paragraph where another cell has ``评审；2.公示``, and none has a point of
    that kind behind a line that was ended on purpose.
    """
    for column in range(len(sheet.columns)):
        texts = sheet.printed(column)
        if not any(map(may_run_on, texts)):
            continue
        running = frozenset().union(*map(points_amid, texts))
        running = running and running.difference(*map(points_behind_ends, texts))
        for row in printing(sheet, column) if running else ():
            put(row, column, run_points_on(row.slots[column].text, running))


def tell_fitted_lines(sheet: Sheet) -> None:
    r"""Mark lines within sentences as full where the table's program fits all lines of a paragraph together.

    Such a program leaves any line short for the sake of the next ones, and no person ends so many within sentences.
    Where no line of the table is full, as in Word, each was ended on purpose.  What may be is doubted: a list without
    marks, a sentence that ends at a full line; where few lines tell, any that ends within a sentence, and texts that
    are parted in the middle.
    """
    ended = [
        (row, column, slot)
        for row in sheet.rows
        for column, slot in enumerate(row.slots)
        if slot.state is State.PRINTED and HARD_END in slot.text
    ]
    if not ended:
        return
    longest = [wrapped_width(sheet.printed(column)) for column in range(len(sheet.columns))]
    if not any(longest):
        return
    early = [count_early_ends(slot.text, longest[column]) for _, column, slot in ended]
    if sum(early) < FEWEST_EARLY or sum(count > 0 for count in early) < FEWEST_CELLS:
        alike = [
            frozenset() if kind.kind.is_list else balanced(sheet.printed(column))
            for column, kind in enumerate(sheet.columns)
        ]
        for count, (row, column, slot) in zip(early, ended, strict=True):
            if count or slot.text in alike[column] or may_end_early(slot.text, longest[column]):
                sheet.doubts.append(unsure_end(sheet, row, column, slot))
        return
    for row, column, slot in ended:
        filled, unsure = fill_early_ends(slot.text, longest[column])
        if unsure:
            sheet.doubts.append(unsure_end(sheet, row, column, slot))
        put(row, column, filled)


def printing(sheet: Sheet, column: int) -> list[SheetRow]:
    """Give the rows that print a column's cell."""
    return [row for row in sheet.rows if row.slots[column].state is State.PRINTED]


def put(row: SheetRow, column: int, text: str) -> None:
    """Give a cell a text with other marks of its lines, if they are others."""
    if text != row.slots[column].text:
        row.slots[column] = row.slots[column].with_text(text)


def unsure_end(sheet: Sheet, row: SheetRow, column: int, slot: Slot) -> Repair:
    """Give the doubt that a cell's line ends may be its program's."""
    key, name = sheet.key_of(row), sheet.columns[column].name
    return Repair("join-wrapped-line", slot.text, slot.text, "", key, name, slot.places, doubtful=True)


def _is_within_lines(heading: str, texts: Iterable[str]) -> bool:
    """Tell whether a heading stands within a line of any text."""
    within = re.compile(f".(?<![\n\v\x1f]){heading}")
    return any(within.search(text) for text in texts)


def _ended(marked: Collection[str], unmarked: Collection[str], found: re.Match[str]) -> str:
    """Give a heading behind a full line, with that line's end on purpose where its kind begins lines."""
    known = marked if found.string[found.start() - 1] in ENDS else unmarked
    return f"\n{found[1]}" if found[1] in known else found[0]


def _kind(before: str, after: str) -> tuple[str, str]:
    """Give the last letters or digits of a piece and the first of the next one, with all numbers alike.

    >>> _kind("GB/T", "18487.1"), _kind("3.5×18", "mm")
    (('GB/T', '0'), ('0', 'mm'))
    >>> _kind("%", "A")
    ('', 'A')
    """
    # Beside a sign there may be neither.
    last, first = _PART.findall(before)[-1:], _PART.findall(after)[:1]
    return numbers_alike("".join(last)), numbers_alike("".join(first))


def _joined_kinds(text: str) -> set[tuple[str, str]]:
    """Give the letters and digits that stand side by side in a text."""
    parts = pairwise(_PART.finditer(text))
    return {_kind(before[0], after[0]) for before, after in parts if before.end() == after.start()}


class _Printed:
    """Know the words of a table in letters and digits, and which stand side by side.

    Args:
        texts: Of all cells, with the marks of their lines.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        #: Words with a space between them, within a line or at the end of one that the measures tell.
        self._pairs: set[tuple[str, str]] = set()
        #: All words, and those that no line end can have cut.
        self._words: set[str] = set()
        self._whole: set[str] = set()
        #: Letters before digits, or digits before letters, with a space between them and without.
        self._spaced: set[tuple[str, str]] = set()
        self._joined: set[tuple[str, str]] = set()
        for text in texts:
            self._pairs.update((before, after) for before, space, _, after in _SEAM.findall(text) if space)
            lines = LINE_ENDS.split(text)
            for number, line in enumerate(lines):
                self._words.update(_WORD.findall(line))
                tokens = line.split(" ")
                self._whole.update(tokens[number > 0 : len(tokens) - (number + 1 < len(lines))])
                for left, right in pairwise(tokens):
                    before, after = _LAST_WORD.search(left), _FIRST_WORD.search(right)
                    if before and after:
                        self._pairs.add((before[0], after[0]))
                        if _SEAM.fullmatch(f"{before[0]} {FULL_END}{after[0]}"):
                            self._spaced.add(_kind(before[0], after[0]))
                self._joined |= _joined_kinds(line)

    def is_unsure(self, seam: re.Match[str]) -> bool:
        """Tell whether two pieces of western text may be one word or two."""
        return seam[1] + seam[2] not in self._words

    def told(self, seam: re.Match[str], own: Collection[tuple[str, str]]) -> str:
        """Give a line's end and beginning with the mark that the other lines tell; as it is where they do not.

        An end within a word that is printed whole elsewhere, or where the cell joins such letters and digits in other
        lines, is taken out: nothing is left to doubt about it.

        Args:
            seam: The word before the end, the end and the word behind.
            own: The letters and digits that stand side by side in the cell's lines.
        """
        before, measured, end, after = seam.groups()
        if before[-1].isdecimal() and after[0].isdecimal():
            return seam[0]
        spaced, joined = (before, after) in self._pairs, before + after in self._words
        if not spaced and not joined and before.isalpha() and after.isalpha():
            # A letter by itself may be a grade, or the rest of one: AA and A, and AAA.
            is_grade = min(len(before), len(after)) == 1 and before.isupper() and after.isupper()
            spaced = before in self._whole and after in self._whole and not is_grade
        is_sure = joined
        if not spaced and not joined:
            kind = _kind(before, after)
            spaced, joined, is_sure = kind in self._spaced, kind in self._joined, kind in own
        if is_sure and not spaced and not measured:
            return before + after
        space = measured if spaced == joined else " " if spaced else ""
        return before + space + end + after
