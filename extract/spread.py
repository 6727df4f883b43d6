"""Tell the lines that are spread over their cell's width, and those whose gaps part words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.linebreak import LEANING, OPENING, first_piece, is_ideograph, is_wide
from extract.page import Run

#: Gaps wider than this share of the height, and as even as the third, are a line that was spread;
#: those of a line that fills its cell may be narrower.
SPREAD, FILLED_SPREAD, EVEN = 0.45, 0.12, 0.2
#: A space is no wider than this share of the height.
PULLED = 0.3
#: Nobody types a space that is wider than this many characters.
WIDEST_SPACE = 1.8
#: Lines end under each other within the first share of their height, and have other widths beyond the second.
UNDER, OTHER_WIDTH = 0.06, 0.3
#: So many characters are set evenly by no chance.
FEWEST_SET = 3
#: So many lines above and below one tell of its paragraph.
LINES_ASKED = 40
#: A paragraph's first line is indented by so many of its characters at least, and at most.
FIRST_INDENT = (1.6, 2.6)
#: A line fills its cell where it leaves no more than this share of its height; behind a letter or a digit some
#: producers leave the second too, the gap between the scripts, though the Chinese stands in the next line.
FILLED, SCRIPT_GAP = 0.3, 0.25


def is_spread(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a line is one word spread over its cell's width: the same wide gap behind each character.

    Four characters or more may as well be two padded names, unless they reach from side to side.
    """
    if len(row) < 2 or any(len(run.text) > 1 for run in row):
        return False
    gaps, height = _gaps(row), _height(row)
    if max(gaps) - min(gaps) >= EVEN * height:
        return False
    filled = fills(row, width)
    return min(gaps) > (FILLED_SPREAD if filled else SPREAD) * height and (filled or len(row) < 4)


def spread_words(row: Sequence[Run], width: float | None) -> str:
    """Give the text of a line of several words that is spread over its cell's width; empty where it is no such line.

    The same gap stands behind each character, and a wider one where the file has a space.
    """
    gaps = [(after.x0 - before.x1, after.spaced) for before, after in pairwise(row)]
    spaces, others = ([gap for gap, spaced in gaps if spaced is kind] for kind in (True, False))
    if not (spaces and others) or any(len(run.text) > 1 for run in row) or not fills(row, width):
        return ""
    height = _height(row)
    is_even = max(others) - min(others) < EVEN * height and min(others) > FILLED_SPREAD * height
    if not is_even or min(spaces) < max(others) + EVEN * height:
        return ""
    return "".join(" " + run.text if run.spaced else run.text for run in row).strip()


def parts_words(rows: Sequence[Sequence[Run]], index: int, width: float | None) -> bool:
    """Tell whether the gap between two characters, which are all of their line, parts two words of the cell.

    A line that were spread, or justified, would not have ended where what the next one begins with had room, and the
    other lines of its cell would be spread like it.

    Args:
        rows: Of the cell, from the top to the bottom.
        index: Of the line.
        width: Of the cell without its padding, in points.
    """
    row = rows[index]
    if len(row) != 2 or width is None or len(rows) < 2 or row[0].text in OPENING or row[1].text in LEANING:
        return False
    gap, natural = row[1].x0 - row[0].x1, _ink_width(row)
    is_seam = is_wide(row[0].text[-1]) != is_wide(row[1].text[0])
    if gap > WIDEST_SPACE * natural / 2 or (is_seam and gap <= SCRIPT_GAP * _height(row)):
        # So wide is none that was typed: the line was stretched though it ends on purpose.
        return False
    # A producer may measure a little more than it draws.
    left = width - UNDER * _height(row) - natural
    if index + 1 < len(rows) and _head_width(rows[index + 1]) <= left and fills(row, width):
        return True
    # No producer spreads the digits of a number.
    others = (other[0] for at, other in enumerate(rows[:-1]) if at != index and len(other) == 1)
    return any(sum(map(is_wide, run.text)) > 1 and run.x1 - run.x0 + gap <= width for run in others)


def reach_of(rows: Sequence[Sequence[Run]], index: int, width: float) -> float:
    """Give how far a line may reach in points, without what indents leave free.

    Two lines of a cell that begin and end under each other, though their characters take other widths, or where those
    of one are all set as far from each other, are justified: so far their paragraph reaches.  So is such a one above
    another line.

    Args:
        rows: Of the cell, from the top to the bottom.
        index: Of the line.
        width: Of the cell without its padding, in points.
    """
    row, near = rows[index], rows[max(index - LINES_ASKED, 0) : index + LINES_ASKED + 1]
    x0, x1, height, ink = row[0].x0, row[-1].x1, _height(row), _ink_width(row)
    for other in near if len(row) > 1 else ():
        is_under = max(abs(other[0].x0 - x0), abs(other[-1].x1 - x1)) < UNDER * height
        is_wider = is_under and abs(_ink_width(other) - ink) > OTHER_WIDTH * height
        if is_wider or (is_under and other is not row and _is_set_evenly(other)):
            return x1 - x0
    if index + 1 == len(rows):
        return width
    below = rows[index + 1]
    if _is_set_evenly(row) and abs(below[0].x0 - x0) < UNDER * height:
        return x1 - x0
    return width - _first_indent(row, below, min(other[0].x0 for other in near))


def _is_set_evenly(row: Sequence[Run]) -> bool:
    """Tell whether a line is Chinese with the same gap behind each character, and no space that was typed."""
    if len(row) < FEWEST_SET or any(len(run.text) > 1 or not is_ideograph(run.text) for run in row):
        return False
    gaps = _gaps(row)
    return max(gaps) - min(gaps) < UNDER * _height(row) and not any(run.spaced for run in row[1:])


def _gaps(row: Sequence[Run]) -> list[float]:
    """Give the gaps between a row's runs in points."""
    return [after.x0 - before.x1 for before, after in pairwise(row)]


def _ink_width(row: Sequence[Run]) -> float:
    """Give the width of a row's characters in points, without gaps."""
    return sum(run.x1 - run.x0 for run in row)


def _first_indent(row: Sequence[Run], below: Sequence[Run], left: float) -> float:
    """Give by how much a line is indented in points, as the first of a paragraph whose next line is not; else zero.

    Args:
        row: The line.
        below: The next one.
        left: Where the lines around them begin.
    """
    em = max(run.width_of(at) for run in (*row, *below) for at in (0, -1))
    least, most = FIRST_INDENT
    if below[0].x0 - left >= least / 2 * em:
        return 0.0
    indent = row[0].x0 - left
    # Spaces that were typed are widened like all others, where the line is justified.
    widest = em + max(min(_gaps(row), default=0.0), 0.0)
    return indent if least * em <= indent <= most * widest else 0.0


def _head_width(row: Sequence[Run]) -> float:
    """Give the width in points, without gaps, of what a row begins with that may not be broken."""
    widths = [run.width_of(at) for run in row for at in range(len(run.text))]
    return sum(widths[: first_piece("".join(run.text for run in row))])


def is_pulled_apart(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a spread line's gaps are wider than spaces are, and fill its cell."""
    return fills(row, width) and min(_gaps(row)) > PULLED * _height(row)


def _height(row: Sequence[Run]) -> float:
    """Give the height of a row's highest run in points: some fonts give a character the box of its ink."""
    return max(run.bottom - run.top for run in row)


def fills(row: Sequence[Run], width: float | None) -> bool:
    """Tell whether a line reaches from side to side of its cell: only such a line is justified."""
    if width is None:
        return False
    left = FILLED if is_wide(row[-1].text[-1]) else FILLED + SCRIPT_GAP
    return row[-1].x1 - row[0].x0 >= width - left * _height(row)
