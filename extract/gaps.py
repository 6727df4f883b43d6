"""Tell what the gaps of a line stand for: nothing, a space, or one as wide as a character."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.justified import (
    CHINESE_GAP,
    FEWEST_CLOSE,
    FEWEST_SEAMS,
    LATIN_GAP,
    MANY,
    NARROWEST_SPACE,
    SPACE_LEAST,
    count_close,
    count_flush,
    fills_stretched,
    has_lone_pair,
    is_stretched,
    pitch,
    usual_gap,
    usual_width,
)
from extract.linebreak import IDEOGRAPHS, LEANING, OPENING, QUOTATION, SQUEEZED, is_ideograph, is_wide
from extract.page import Run
from extract.seams import NO_GAP, SEAM
from extract.spread import fills

#: What parts two letters, as a share of the height of a line without Chinese, whose letters may be half as high again
#: as their size.
LETTER_GAP = 0.13
#: Some fonts' letters are half as high again as Chinese is wide: a gap below this share of their height is none.
LEAST_GAP = 0.105
#: A gap wider than this (em) parts words beside a mark of ASCII, where some producers put a quarter, and between the
#: scripts, where typesetting itself does.
MARK_GAP, MIXED_GAP = 0.35, 1.0
#: A gap wider than this many em between Chinese characters is a space as wide as one of them.
WIDE_GAP = 0.75
WIDE_SPACE = "\u3000"
#: Gaps that differ by less (em) are the same.
SAME_GAP = 0.02
#: So many that are all the same set letters apart.
FEWEST_EVEN = 4
#: A mark of ASCII beside Chinese, where only producers leave a gap that leave one between the scripts.
_MARK_BESIDE = re.compile(f"[{IDEOGRAPHS}][!-/:-@[-`{{-~]|[!-/:-@[-`{{-~][{IDEOGRAPHS}]")
#: Marks that part texts themselves: no gap behind them is a space, as little as before one that leans.
PARTING = frozenset("，、；：")
#: A mark's box and the gap beside it make a square within this share of the height, and without Chinese in the line
#: a square is so high at least and at most.
HALF_SQUARE, SQUARE_LEAST, SQUARE_MOST = 0.08, 0.75, 1.0
#: Dots that part the words of a name, of which a font of Chinese has the square's middle.
DOTS = frozenset("·•")
#: Western letters, digits and marks, with quotation marks of either kind.
_WESTERN = re.compile("[!-~“”‘’]*")
_BOTH_WESTERN = re.compile("[A-Za-z\\d]{2}")
#: A number with a mark in it, whose digits no gap parts that is narrower than this share of their height.
_NUMBER, NUMBER_GAP = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[%％]?"), 0.25
#: Boxes of a form list choices: in a line that may be justified, a gap wider than this (em) parts one from what stands
#: before it.
BOXES, BEFORE_BOX = frozenset("□☐☑☒■▢"), 0.5
#: Numbers in circles and brackets, which begin the points of lists.
ENCLOSED = frozenset(map(chr, range(0x2460, 0x249C)))
#: Digits whose distance is no larger than this many times the usual one are of one number.
EVEN_PITCH = 1.22
#: A telephone number, or its beginning up to the hyphen at which lines end.
_TELEPHONE = re.compile(r"0\d{2,3}-(?:\d{7,8})?$|1[3-9]\d{9}$")
#: Between a number and the dash of a range none is either, nor between marks whose halves that face are empty.
_TIGHT = re.compile(r"\d[—–～]|[—–～]\d|[。）》〉」』】〕][（《〈「『【〔]")


def spaced_text(row: Sequence[Run], width: float | None, *, tight: bool = False) -> str:
    """Give a row's text with a space wherever there is one, or a gap that must be one.

    Args:
        row: From the left to the right.
        width: Of the row's cell without its padding, in points.
        tight: Whether a gap between the scripts is a space (see `sets_tight`).
    """
    if len(row) == 1:
        return row[0].text
    parts = [row[0].text]
    measure: _Measure | None = None
    for before, run in pairwise(row):
        gap = (run.x0 - before.x1) / max(before.bottom - before.top, run.bottom - run.top)
        # Where the font changes, a space may be drawn elsewhere than where its text goes on; not so between two words
        # of one script, where a stand-in's letter may be wider than the font's own and cover it.
        is_real = run.spaced and (abs(gap) > NO_GAP or _BOTH_WESTERN.fullmatch(before.text[-1] + run.text[0]))
        space = " " if is_real else ""
        if gap > LEAST_GAP and not (gap < NUMBER_GAP and _is_number(row)):
            measure = measure or _Measure.of(row, width, tight=tight)
            space = measure.space(before, run, gap)
        parts.append(space + run.text)
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Measure:
    """Hold what the gaps of a row are measured by.

    Args:
        em: The width of a Chinese character in points; zero where the row has none.
        usual: The gap between Chinese characters in em, where the row is justified.
        apart: The gap that stands before each run, as a share of the height; zero where one has none, or a space.
        is_filled: Whether the row reaches from side to side of its cell.
        tight: Whether a gap between the scripts is a space.
        known: Whether the row tells how far it is justified, if it is.
        word: The least gap between its western words in em; infinite where it has none.
        in_address: Whether it holds an address of the net, whose parts some producers justify apart.
        is_lone: Whether it may be justified with all of its room in one gap (see `has_lone_pair`).
    """

    em: float
    usual: float
    apart: float
    is_filled: bool
    tight: bool
    known: bool
    word: float
    in_address: bool
    is_lone: bool

    @classmethod
    def of(cls, row: Sequence[Run], width: float | None, *, tight: bool) -> _Measure:
        """Measure a row of a cell of this width."""
        em = usual_width(row)
        is_filled = fills(row, width) or (width is not None and em > 0 and fills_stretched(row, width, em))
        justified = em and (width is None or is_filled or is_stretched(row, em))
        usual = usual_gap(row, em) if justified else 0.0
        # A line that may be justified, of which nothing tells how far, says nothing.
        is_close = count_close(row) >= (FEWEST_CLOSE if tight else MANY)
        known = usual > 0 or not is_filled or is_close or count_flush(row) >= FEWEST_SEAMS
        in_address = any("://" in run.text for run in row)
        is_lone = not known and has_lone_pair(row)
        return cls(em, usual, _distance(row), is_filled, tight, known, _word_gap(row, em), in_address, is_lone)

    def space(self, before: Run, run: Run, gap: float) -> str:
        """Give what a gap between two runs stands for: nothing, a space, or one as wide as a character.

        Args:
            before: The run on the left.
            run: The run on the right.
            gap: As a share of the characters' height.
        """
        a, b = before.text[-1], run.text[0]
        is_western = self._is_western(before, run)
        leans = b in LEANING and not is_western
        is_whole = _TIGHT.fullmatch(a + b) or (a == "/" and self.in_address) or _are_evenly_set(before, run)
        # A font of Chinese sets a dot in the middle of its square, also in a line without Chinese.
        is_dotted = not self.em and (a in DOTS) != (b in DOTS) and _are_squares(before, run, DOTS, 0.0)
        if a in PARTING or (a in OPENING and not is_western) or leans or is_whole or is_dotted:
            return " " if run.spaced else ""
        if self.em and (a in SQUEEZED or b in SQUEEZED) and not is_western:
            gap = (run.x0 - before.x1 - self._hidden(before, -1) - self._hidden(run, 0)) / self.em
            # A line that may be justified may have all of its room there; that is no space if none is so narrow.
            limit = (NARROWEST_SPACE if self.is_filled and not run.spaced else CHINESE_GAP) + self.usual
        elif self.em and is_ideograph(a) and is_ideograph(b):
            gap = min((run.x0 - before.x1) / self.em, pitch(before, run, self.em) / self.em - 1)
            limit = math.inf if self.is_lone and not run.spaced else CHINESE_GAP + self.usual
        else:
            gap = (run.x0 - before.x1) / self.em if self.em else gap
            limit = self._limit(before, run, is_western=is_western)
        if gap > limit:
            # A line that is justified widens its spaces too.
            plain = self.is_filled or gap <= WIDE_GAP + self.usual
            return " " if plain or not (is_wide(a) and is_wide(b)) else WIDE_SPACE
        return " " if run.spaced else ""

    def _limit(self, before: Run, run: Run, *, is_western: bool) -> float:
        """Give the widest gap that is no space, in em: between western characters, signs, or the scripts."""
        a, b = before.text[-1], run.text[0]
        plain = LATIN_GAP if self.em else LETTER_GAP
        # To some producers the sign of a list's point is Chinese.
        is_point = a in ENCLOSED and not run.spaced
        if not is_point and (is_western or not (is_wide(a) or is_wide(b) or _is_sign(a) or _is_sign(b))):
            return plain + self.apart
        # Such a number stands apart from whose it is.
        is_telephone = _TELEPHONE.match(run.text) is not None
        beside_mark = self.em and _MARK_BESIDE.fullmatch(a + b) is not None
        is_seam = self.em and self.tight and (beside_mark or SEAM.search(a + b) is not None)
        if (is_seam or beside_mark) and not math.isinf(self.word):
            # However far a line is justified, the gap between two words holds a space besides.
            return self.word - SAME_GAP
        if (self.known and (is_seam or _is_sign(a) or _is_sign(b))) or (is_telephone and is_seam):
            return plain + self.usual
        if is_point or (self.known and beside_mark):
            return MARK_GAP + self.usual
        if self.em and b in BOXES:
            return BEFORE_BOX + self.usual
        # No space is needed between the scripts, so in a line that is justified the gap may be of any width.
        any_width = self.is_filled and not run.spaced and not is_telephone
        return math.inf if any_width else MIXED_GAP + self.usual

    def _is_western(self, before: Run, run: Run) -> bool:
        """Tell whether a gap is beside a quotation mark of western text, which is as wide as its box.

        What stands around it is western, and the gap is not what the box leaves out of a square.
        """
        if before.text[-1] not in QUOTATION and run.text[0] not in QUOTATION:
            return False
        around = before.text[-2:], run.text[:2]
        if self.usual or not all(len(text) == 2 and _WESTERN.fullmatch(text) for text in around):
            return False
        return not _are_squares(before, run, QUOTATION, self.em)

    def _hidden(self, run: Run, index: int) -> float:
        """Give the part of a mark's square that its box leaves out, in points."""
        if run.text[index] not in SQUEEZED:
            return 0.0
        return max(self.em - run.width_of(index), 0.0)


def _are_squares(before: Run, run: Run, marks: Container[str], em: float) -> bool:
    """Tell whether a gap is what the boxes of the marks beside it, one or two, leave out of their squares.

    Without Chinese in the line (an em of zero) a square is about as high as the line.
    """
    widths = [part.width_of(at) for part, at in ((before, -1), (run, 0)) if part.text[at] in marks]
    height = max(before.bottom - before.top, run.bottom - run.top)
    least, most = (em, em) if em else (SQUARE_LEAST * height, SQUARE_MOST * height)
    square = (run.x0 - before.x1 + sum(widths)) / len(widths)
    return least - HALF_SQUARE * height <= square <= most + HALF_SQUARE * height


def _are_evenly_set(before: Run, run: Run) -> bool:
    """Tell whether the digits of two runs follow each other as evenly as those of one: they are set apart alike."""
    if not (before.text[-1].isdecimal() and run.text[0].isdecimal()):
        return False
    pairs = ((before.text[-2:], before.ends[-2:]), (run.text[:2], run.ends[:2]))
    pitches = [ends[1] - ends[0] for text, ends in pairs if len(text) == 2 and text.isdecimal()]
    usual = max(pitches, default=max(before.width_of(-1), run.width_of(0)))
    return run.ends[0] - before.x1 <= EVEN_PITCH * usual


def _is_number(row: Sequence[Run]) -> bool:
    """Tell whether a row without a real space is one number with a mark in it, such as 1,234.5."""
    return not any(run.spaced for run in row[1:]) and _NUMBER.fullmatch("".join(run.text for run in row)) is not None


def _distance(row: Sequence[Run]) -> float:
    """Give the least gap before a run of a row as a share of its height, if all have one that is no space.

    So are gaps that are all alike behind single characters, and narrower than a space.
    """
    gaps = [(run.x0 - before.x1) / (run.bottom - run.top) for before, run in pairwise(row)]
    is_even = len(gaps) >= FEWEST_EVEN and max(gaps) - min(gaps) < SAME_GAP and max(gaps) < SPACE_LEAST
    if min(gaps) < LEAST_GAP or (is_even and all(len(run.text) == 1 for run in row)):
        return max(min(gaps), 0.0)
    return 0.0


def _word_gap(row: Sequence[Run], em: float) -> float:
    """Give the least gap between two western words of a row with Chinese in em; infinite where it has no such words."""
    if not em:
        return math.inf
    pairs = ((a, b) for a, b in pairwise(row) if a.text[-1].isascii() and b.text[0].isascii())
    gaps = ((after.x0 - before.x1) / em for before, after in pairs)
    return min((gap for gap in gaps if gap > LATIN_GAP), default=math.inf)


def _is_sign(char: str) -> bool:
    """Tell whether a character is a sign (`≤`, `☑`), beside which no producer puts a gap of its own."""
    return char > "\x7f" and unicodedata.category(char) in ("Sm", "So")
