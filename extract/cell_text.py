"""Make lines of text of the characters of one cell or paragraph.

Only characters and gaps count, never the order of drawing; a space is a real space of the
original, or a gap too wide to be anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.linebreak import NOT_AT_START, first_piece, is_ideograph, is_wide
from extract.page import Char

#: Two characters lie on one line where their middles differ by less than this share of a height.
SAME_LINE = 0.5
#: A gap wider than this share of the characters' height parts two words: between two letters,
#: between two Chinese characters beyond what the line's other gaps have, and beside a mark or
#: between the scripts, where typesetting itself puts a quarter.
LATIN_GAP = 0.16
CHINESE_GAP = 0.17
MIXED_GAP = 0.45
#: Justification widens no gap by more than this share; what is wider was put there by hand.
WIDEST_JUSTIFIED = 0.3
#: The same character drawn again within this share of its width is one that was made bold.
DOUBLED = 0.25


@dataclass(frozen=True, slots=True)
class TextLine:
    """Hold the characters of one line from left to right, with the line's text."""

    text: str
    chars: tuple[Char, ...]

    @property
    def x0(self) -> float:
        """Give the line's left end in points."""
        return self.chars[0].x0

    @property
    def x1(self) -> float:
        """Give the line's right end in points, without marks that hang into the margin."""
        last = self.chars[-1]
        if last.text in NOT_AT_START and is_wide(last.text):
            return last.x0 + (last.x1 - last.x0) / 2
        return last.x1

    @property
    def top(self) -> float:
        """Give the top of the line's highest character in points."""
        return min(char.top for char in self.chars)

    @property
    def bottom(self) -> float:
        """Give the bottom of the line's lowest character in points."""
        return max(char.bottom for char in self.chars)

    @property
    def size(self) -> float:
        """Give the height of the line's highest character in points."""
        return max(char.bottom - char.top for char in self.chars)

    @property
    def head(self) -> tuple[float, bool]:
        """Give the width in points of the first piece that may not be broken.

        The second value tells whether that piece is the whole line.
        """
        count = first_piece("".join(char.text for char in self.chars))
        return self.chars[count - 1].x1 - self.chars[0].x0, count == len(self.chars)


def text_lines(chars: Iterable[Char]) -> list[TextLine]:
    """Make lines of characters, from the top to the bottom."""
    made: list[TextLine] = []
    for row in _rows(chars):
        row.sort(key=_left)
        kept = _without_doubles(row)
        made.append(TextLine(_spaced(kept), tuple(kept)))
    return made


def _left(char: Char) -> float:
    return char.x0


def _middle(char: Char) -> float:
    return char.top + char.bottom


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Part characters into rows by the height of their middles."""
    rows: list[list[Char]] = []
    middle = height = 0.0
    for char in sorted(chars, key=_middle):
        own = (char.top + char.bottom) / 2
        if rows and own - middle < SAME_LINE * min(height, char.bottom - char.top):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, height = own, char.bottom - char.top
    return rows


def _without_doubles(row: Sequence[Char]) -> list[Char]:
    """Drop characters that were drawn again on themselves to look bold."""
    kept: list[Char] = []
    for char in row:
        close = DOUBLED * (char.x1 - char.x0)
        if any(char.text == other.text and char.x0 - other.x0 < close for other in kept[-2:]):
            continue
        kept.append(char)
    return kept


def _spaced(row: Sequence[Char]) -> str:
    """Give a row's text with a space wherever there is one, or a gap that must be one."""
    parts = [row[0].text]
    usual: float | None = None
    for before, char in pairwise(row):
        space = char.spaced
        if not space:
            gap = (char.x0 - before.x1) / min(before.bottom - before.top, char.bottom - char.top)
            if gap > LATIN_GAP:
                if usual is None:
                    usual = _usual_gap(row)
                space = gap > _gap_limit(before.text, char.text, usual)
        parts.append(" " + char.text if space else char.text)
    return "".join(parts)


def _usual_gap(row: Sequence[Char]) -> float:
    """Give the median gap between a row's Chinese characters, as a share of their height."""
    gaps = sorted(
        (after.x0 - before.x1) / (before.bottom - before.top)
        for before, after in pairwise(row)
        if is_ideograph(before.text) and is_ideograph(after.text)
    )
    return min(max(gaps[(len(gaps) - 1) // 2], 0.0), WIDEST_JUSTIFIED) if len(gaps) > 1 else 0.0


def _gap_limit(before: str, after: str, usual: float) -> float:
    if is_ideograph(before) and is_ideograph(after):
        return CHINESE_GAP + usual
    return MIXED_GAP + usual if is_wide(before) or is_wide(after) else LATIN_GAP
