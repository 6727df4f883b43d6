"""Tell the line ends between letters or digits that stand for a space from those within a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto
from itertools import pairwise

from extract.cell_text import TextLine
from extract.linebreak import JOINING, NOT_AT_END, NOT_AT_START, is_ideograph, is_wide, may_break
from extract.seams import SEAM

#: From where to where a cell's text may reach, in points.
Inner = tuple[float, float]

#: What a measured room may be off by, as a share of the em: some producers add a quarter between
#: Chinese and Latin.
SLACK = 0.25
#: A character has room where this share of the em more is left; behind what would be too long for a line as one word,
#: the second.
SPACING, SURE_SPACING = 0.12, 0.5
#: A space (em).
SPACE = 0.3
#: Lines that are all full by chance, though their program keeps words whole, are no rarer than this; and so many words
#: at most have a letter only.
MOST_CHANCE, LONE_LETTERS = 1 / 1000, 1 / 100
#: Gaps between Chinese characters wider than this share of the em are those of a justified line.
WIDENED = 0.02
#: A first line is indented by so many em at least.
LEAST_INDENT = 0.9
#: Marks behind which a number may begin or go on.
_BEFORE_DIGITS = frozenset(",.;:)")
#: Behind these a line may end within a word, and before these no space stands.
_HYPHENS, _CLOSING = frozenset("-/\u2010\u2013\u2014"), frozenset(",.;:!?%)]}·")
#: What is printed in letters and digits, and parted anywhere: addresses of the net, and paths.
_ADDRESS = re.compile(r"://|[@_\\]|www\.|/.*[/.]|\..*/")
#: A word in letters and digits at a line's end, and at its beginning.
_LAST_WORD, _FIRST_WORD = re.compile(r"[!-~]+$"), re.compile(r"[!-~]+")
_FIRST_LETTERS = re.compile("[A-Za-z]+")
_FIRST_TOKEN = re.compile(r"\S+")


class Words(Enum):
    """Say how a table's lines treat the words in letters and digits."""

    #: They may end within any.
    CUT = auto()
    #: They are all full, more than can be by chance: the program parts words wherever lines are.
    ANYWHERE = auto()
    #: Some line ends before a word of which two characters had room: they end within those only that are too long, or
    #: that begin in the first half of their line, since some programs look no further for where to part it.
    MOVED = auto()
    #: Some line ends in its first half before a word: they end within those only that are too long.
    WHOLE = auto()
    #: The same, but only lines without Chinese tell: some programs end lines at spaces only, and take Chinese up to the
    #: next one for one word that is too long.
    MOVED_APART = auto()
    WHOLE_APART = auto()
    #: There is no Chinese: no program parts a word, but one that is longer than a line, unless all lines are full.
    WESTERN = auto()


#: How lines without Chinese treat words where only they tell.
_APART = {Words.MOVED_APART: Words.MOVED, Words.WHOLE_APART: Words.WHOLE}


def words_of(cells: Sequence[Sequence[TextLine]], inners: Sequence[Inner]) -> Words:
    """Tell how a table's lines treat words.

    Args:
        cells: The lines of each cell.
        inners: From where to where each cell's text may reach.
    """
    broken = [
        (line, below, inner if index else behind_indent(line, below, inner))
        for lines, inner in zip(cells, inners, strict=True)
        if len(lines) > 1
        for index, (line, below) in enumerate(pairwise(lines))
    ]
    # Nearly always there is no line end to ask about.
    if all(is_wide(line.text[-1]) or is_wide(below.text[0]) for line, below, _ in broken):
        return Words.CUT
    if not any(is_ideograph(char) for lines in cells for line in lines for char in line.text):
        return Words.ANYWHERE if _fills_lines(broken) else Words.WESTERN
    moved = [seam for seam in broken if _moves_word(*seam)]
    if not moved and _fills_lines(broken):
        return Words.ANYWHERE
    is_whole = any(_ends_early(*seam) for seam in moved)
    if moved and not any(is_wide(line.text[-1]) for line, _, _ in moved):
        return Words.WHOLE_APART if is_whole else Words.MOVED_APART
    return Words.WHOLE if is_whole else Words.MOVED if moved else Words.CUT


def behind_indent(line: TextLine, below: TextLine, inner: Inner) -> Inner:
    """Give from where to where a cell's first line may reach: from its indent on, if it has one.

    So it has where the next line begins at the left, unless it stands in the middle itself.
    """
    left, right = line.x0 - inner[0], inner[1] - line.x1
    is_indented = left > LEAST_INDENT * line.em and below.x0 - inner[0] < left / 2
    return (line.x0, inner[1]) if is_indented and abs(left - right) > SLACK * line.em else inner


def _fills_lines(broken: Iterable[tuple[TextLine, TextLine, Inner]]) -> bool:
    """Tell whether no line leaves room for the next character, as where lines may end within any word.

    Where words are kept whole, a line leaves none but by chance: once in as many times as the next word has characters.
    Nor do many words have one letter.
    """
    chance = 1.0
    for line, below, inner in {(seam[0].text, seam[1].text): seam for seam in broken}.values():
        word = _FIRST_LETTERS.match(below.text)
        if word is None or not line.text[-1].isalpha():
            continue
        # The space behind the line, if it ended at one, takes no room.
        if left_behind(line, inner) >= _first(below) + SPACE * line.em:
            return False
        is_letter = len(word[0]) == 1 and word[0].islower() and word[0] != "a"
        chance *= LONE_LETTERS if is_letter else 1 / len(word[0])
    return chance <= MOST_CHANCE


def ends_word(line: TextLine, following: TextLine, inner: Inner, words: Words) -> bool:
    """Tell whether a line ended at a space: between letters or digits, with room for the next of them.

    Within a word a line ends only where nothing more has room, and where words are kept whole only within one that
    takes more than a line.
    """
    if words is Words.WESTERN:
        return _ends_western(line, following, inner)
    is_spaced = following.runs[0].spaced
    if not _is_within_word(line.text, following.text[0]):
        return is_spaced and SEAM.search(line.text[-1] + following.text[0]) is not None
    if is_spaced:
        # The file has a space there.
        return True
    if words is Words.ANYWHERE and line.text[-1].isalpha() and following.text[0].isalpha():
        return False
    if words in _APART:
        words = _APART[words] if _is_western(line, following) else Words.CUT
    exceeds = _exceeds(line, following, inner)
    # A mark that may begin no line takes a character of a word with it, and between a letter and a digit some part all.
    lettered = line.text[-1].isalpha() and following.text[0].isalpha() and following.ink[1:2] not in NOT_AT_START
    # A word that is too long for a line begins one, where words are kept whole.
    is_whole = words is Words.WHOLE or (words is Words.MOVED and not _begins_early(line))
    if is_whole and (_is_western(line, following) or (lettered and not exceeds)):
        return True
    return _has_room(line, following, inner, exceeds=exceeds)


def _begins_early(line: TextLine) -> bool:
    """Tell whether a line's last word begins in its first half."""
    word = _LAST_WORD.search(line.text)
    return word is not None and 2 * (word.start() - 1) <= len(line.text) + 1


def left_behind(line: TextLine, inner: Inner) -> float:
    """Give the points left behind a line; where it is justified, its gaps are room."""
    em, taken, seams = line.em, line.x1 - line.x0, list(pairwise(line.runs))
    chinese = [b.x0 - a.x1 for a, b in seams if is_wide(a.text[-1]) and is_wide(b.text[0])]
    if len(chinese) > 1 and min(chinese) > WIDENED * em:
        taken = min(taken, line.natural(em) + SLACK * em * (len(seams) - len(chinese)))
    return inner[1] - inner[0] - taken


def _ends_western(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a line of western text ended at a space.

    A word that is longer than a line begins one, or goes on behind its hyphen.
    """
    before, after = line.text[-1], following.text[0]
    begun = line.text.rfind(" ") + 1
    if before in _HYPHENS or after in _CLOSING or not (before.isalnum() or after.isalnum()):
        return False
    if not begun and before.isdigit() and after.isdigit():
        return False
    word, rest = line.text[begun:], _FIRST_TOKEN.match(following.text)
    if _ADDRESS.search(word + (rest[0] if rest else "")):
        return _has_room(line, following, inner, exceeds=True)
    if begun or "-" in word or rest is None or (after.isupper() and (before.islower() or rest[0][1:2].islower())):
        return True
    exceeds = line.x1 - line.x0 + following.width_of(len(rest[0])) > inner[1] - inner[0]
    return not exceeds or _has_room(line, following, inner, exceeds=True)


def _has_room(line: TextLine, following: TextLine, inner: Inner, *, exceeds: bool) -> bool:
    """Tell whether the next character had room behind a line, surely where both words may be one that is too long."""
    return left_behind(line, inner) >= _first(following) + (SURE_SPACING if exceeds else SPACING) * line.em


def _is_within_word(line: str, after: str) -> bool:
    """Tell whether a line end stands between letters or digits, where there may have been a space or nothing.

    Behind a mark it may before a digit, but within a number.
    """
    before = line[-1]
    if not (before.isascii() and after.isascii() and after.isalnum()):
        return False
    if before in _BEFORE_DIGITS:
        return after.isdigit() and not line[-2:-1].isdigit()
    return (before.isalnum() or before == "%") and (before.isalpha() or after.isalpha())


def _exceeds(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a line's last word and the following one's first may be too wide for a line, as one word.

    A word that fills a line may have begun on the one before.  Signs that no line end parts from it go with it.
    """
    text, below = line.text, following.text
    before, after = _LAST_WORD.search(text), _FIRST_WORD.match(below)
    start, end = before.start() if before else 0, after.end() if after else 0
    while start and not text[start - 1].isspace() and not may_break(text[start - 1], text[start]):
        start -= 1
    while 0 < end < len(below) and not below[end].isspace() and not may_break(below[end - 1], below[end]):
        end += 1
    # The line's own width counts without spaces.
    start, end, ink = len("".join(text[:start].split())), len("".join(below[:end].split())), line.ink
    if start == 0 and left_behind(line, inner) < line.em:
        return True
    width = line.width_of(len(ink)) - (line.width_of(start) if start else 0.0)
    return width + following.width_of(end) > inner[1] - inner[0]


def _moves_word(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a word stands on the following line though its first two characters had room on this one."""
    begun = following.ink[:2]
    if not (begun.isascii() and begun.isalnum() and len(begun) > 1):
        return False
    if not (is_wide(line.text[-1]) or _is_western(line, following)):
        return False
    return following.width_of(2) + SPACING * line.em <= left_behind(line, inner) < following.head()[0]


def _ends_early(line: TextLine, following: TextLine, inner: Inner) -> bool:
    """Tell whether a line has room for as many characters of the next word as it has itself."""
    count, word = len(line.text), _FIRST_LETTERS.match(following.text)
    if word is None or len(word[0]) <= count:
        return False
    return following.width_of(count) <= left_behind(line, inner)


def _is_western(line: TextLine, following: TextLine) -> bool:
    """Tell whether two lines are words with spaces between them, without Chinese."""
    return line.text.isascii() and following.text.isascii() and " " in line.text.strip()


def _first(line: TextLine) -> float:
    """Give the width in points of a line's first character, with the marks behind it that may begin no line.

    Some producers part no letters from such a mark.
    """
    ink = line.ink
    if ink[1:2] in JOINING:
        width, is_all = line.head(joined=True)
        # What takes all of a line goes on below it behind a mark that may end none.
        return width + line.em * (is_all and ink[-1] in NOT_AT_END)
    count = next((index for index in range(1, len(ink)) if ink[index] not in NOT_AT_START), len(ink))
    return line.width_of(count)
