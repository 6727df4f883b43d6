"""Tell what a line end between letters and digits stands for by what the table prints within its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from normalize.sheet import Sheet, State

#: A full line's end between letters or digits: the word before it, a space where the measures say so, the word behind.
_SEAM = re.compile(r"([!-~]*[A-Za-z\d%])( ?)([\v\x1f])([A-Za-z\d][!-~]*)")
_END = re.compile(r"[A-Za-z\d%] ?[\v\x1f][A-Za-z\d]")
_LINES, _WORD = re.compile("[\n\v\x1f]"), re.compile("[!-~]+")
_LAST_WORD, _FIRST_WORD = re.compile("[!-~]+$"), re.compile("^[!-~]+")


def tell_word_ends(sheet: Sheet) -> None:
    r"""Mark line ends as those of words, or within words, where the same two stand side by side in a line of the table.

    So ``GB\v3095`` becomes ``GB \v3095`` where a line reads ``GB 3095``, and none reads ``GB3095``.  The mark is no
    character of the text: what the end stands for is left to `normalize.text_rules.join_wrapped_line`.
    """
    found = [
        (row, column)
        for row in sheet.rows
        for column, slot in enumerate(row.slots)
        if slot.state is State.PRINTED and _END.search(slot.text)
    ]
    if not found:
        return
    pairs, words = _side_by_side(slot.text for row in sheet.rows for slot in row.slots if slot.text)

    def told(seam: re.Match[str]) -> str:
        before, measured, end, after = seam.groups()
        if before[-1].isdecimal() and after[0].isdecimal():
            return seam[0]
        spaced, joined = (before, after) in pairs, before + after in words
        space = measured if spaced == joined else " " if spaced else ""
        return before + space + end + after

    for row, column in found:
        text = _SEAM.sub(told, row.slots[column].text)
        row.slots[column] = row.slots[column].with_text(text)


def _side_by_side(texts: Iterable[str]) -> tuple[set[tuple[str, str]], set[str]]:
    """Give the words that stand side by side within a line with a space between them, and all words."""
    pairs: set[tuple[str, str]] = set()
    words: set[str] = set()
    for text in texts:
        for line in _LINES.split(text):
            words.update(_WORD.findall(line))
            for left, right in pairwise(line.split(" ")):
                before, after = _LAST_WORD.search(left), _FIRST_WORD.search(right)
                if before and after:
                    pairs.add((before[0], after[0]))
    return pairs, words
