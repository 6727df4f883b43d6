"""Find which characters of two texts differ, and what sort of difference each is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from hongtou.checking.alike import confusable, fold_width, look_alike, same_sound
from normalize.characters import HAN

#: Writes a number in Chinese.
NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两")
#: Belong to a number between or behind digits.
NUMBER_MARKS = frozenset(".,%‰")
_DATE = re.compile(
    r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月(?:\d{1,2}[日号])?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?"
    r"|第?[一二三四1-4]季度|[上下]半年|[年月]底|[上中下]旬"
)
_DATE_SIGNS = frozenset("年月日号底旬季度上中下半-./") | NUMERALS
_HAN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """Hold characters that differ: `start` to `end` in the transcript's text, `from_` to `to` in the original's."""

    rule: str
    start: int
    end: int
    from_: int
    to: int


def edits(transcript: str, original: str) -> Iterator[Edit]:
    """Give the differences of two texts, each with its class.

    >>> [(e.rule, e.start, e.end) for e in edits("自已的12家", "自己的18家")]
    [('look-alike', 1, 2), ('digit', 4, 5)]
    """
    for start, end, from_, to in _hunks(transcript, original):
        yield Edit(_rule((transcript, start, end), (original, from_, to)), start, end, from_, to)


Span = tuple[str, int, int]


def _hunks(transcript: str, original: str) -> Iterator[tuple[int, int, int, int]]:
    """Give the spans that differ; those that touch are one, but for marks beside characters."""
    before: tuple[int, int, int, int] | None = None
    for code in Levenshtein.opcodes(transcript, original):
        if code.tag == "equal":
            continue
        hunk = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if before is not None and before[1] == hunk[0] and before[3] == hunk[2]:
            before = (before[0], hunk[1], before[2], hunk[3])
            continue
        if before is not None:
            yield before
        before = hunk
    if before is not None:
        yield before


def _rule(transcript: Span, original: Span) -> str:
    """Name the class of one difference: the first that fits."""
    mine, theirs = _part(transcript), _part(original)
    fitting: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("width", lambda: fold_width(mine) == fold_width(theirs)),
        ("traditional", lambda: _is_variant(mine, theirs)),
        ("look-alike", lambda: _latin_alike(mine, theirs)),
        ("date", lambda: _in_date(transcript, original)),
        ("digit", lambda: _is_number(transcript) or _is_number(original)),
        ("punctuation", lambda: _are_marks(mine + theirs)),
        ("extra-character", lambda: not theirs),
        ("missing-character", lambda: not mine),
        ("digit", lambda: _each(mine, theirs, lambda a, b: a in NUMERALS and b in NUMERALS)),
        ("look-alike", lambda: _each(mine, theirs, look_alike)),
        ("same-sound", lambda: _each(mine, theirs, same_sound)),
    )
    return next((rule for rule, fits in fitting if fits()), "wrong-character")


def _part(span: Span) -> str:
    return span[0][span[1] : span[2]]


def _each(mine: str, theirs: str, like: Callable[[str, str], bool]) -> bool:
    """Tell whether two texts are as long, and each character that differs is like its counterpart."""
    pairs = zip(mine, theirs, strict=False)
    return len(mine) == len(theirs) and all(like(a, b) for a, b in pairs if a != b)


def _latin_alike(mine: str, theirs: str) -> bool:
    """Tell a letter that stands for a digit, or a digit for a letter; a digit for a digit is a wrong number."""
    return _each(mine, theirs, lambda a, b: confusable(a, b) and not (a.isdecimal() and b.isdecimal()))


def _is_han(text: str) -> bool:
    return _HAN.fullmatch(text) is not None


def _is_variant(mine: str, theirs: str) -> bool:
    """Tell whether one text is the other in traditional characters."""
    if not _is_han(mine) or not _is_han(theirs):
        return False
    from normalize.variants import simplify  # noqa: PLC0415 - brings OpenCC

    return simplify(mine) == simplify(theirs)


def _in_date(transcript: Span, original: Span) -> bool:
    """Tell whether what differs is part of a date, in both or where it is printed."""
    changed = set(_part(transcript) + _part(original))
    if not all(character.isdecimal() or character in _DATE_SIGNS for character in changed):
        return False
    return _touches_date(*original) or _touches_date(*transcript)


def _touches_date(text: str, start: int, end: int) -> bool:
    plain = fold_width(text) if len(fold_width(text)) == len(text) else text
    return any(found.start() < end and start < found.end() for found in _DATE.finditer(plain))


def _is_number(span: Span) -> bool:
    """Tell whether what differs is part of a number in digits."""
    text, start, end = span
    part = fold_width(text[start:end])
    if any(character.isdecimal() for character in part):
        return True
    before, behind = fold_width(text[max(start - 1, 0) : start]), fold_width(text[end : end + 1])
    if not part or not before.isdecimal() or not all(character in NUMBER_MARKS for character in part):
        return False
    return behind.isdecimal() or part in "%‰"


def _are_marks(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "PSZ" for character in text)
