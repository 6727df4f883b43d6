"""Close up the text of cells whose letters are set apart: the same distance behind each character parts no words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.glyphs import CLOSE, are_level
from extract.linebreak import SQUEEZED, is_wide
from extract.page import Run

#: Letters are set apart by less than this share of their height; what stands farther is spread, or in another cell.
MOST = 0.55
#: Distances that differ by less than this share of the height are the same.
ALIKE = 0.06
#: So many of the same distance behind each other are letters set apart, where the line is not justified; where a table
#: has so many such pieces, others of their distance are as well.
FEWEST_GAPS, FEWEST_PIECES = 3, 2
#: So many western letters may stand closer than the others of their cell.
KERNED = 2
#: So many pieces tell of the next table.
KEPT = 12
#: A line that leaves this many times its height at its cell's right side is not justified.
LEFT_OVER = 2.0


class Piece(NamedTuple):
    """Hold runs of a cell, from the first to before the end, that follow each other at one distance.

    Args:
        distance: In points.
        share: The same as a share of the height.
    """

    first: int
    end: int
    distance: float
    share: float

    def is_like(self, other: Piece) -> bool:
        """Tell whether the letters of two pieces are as far from each other, in points or by their height."""
        height = self.distance / self.share
        return abs(self.distance - other.distance) < ALIKE * height or abs(self.share - other.share) < ALIKE


def closed_up(
    cells: Sequence[Sequence[Run]], sides: Sequence[float], told: Sequence[Piece]
) -> tuple[Sequence[Sequence[Run]], Sequence[Piece]]:
    """Give the runs of a table's cells; those that are one text whose letters are set apart are one.

    Each of its characters reaches to the next one, as the pen moved.  The second value are the pieces that tell of the
    next table.

    Args:
        cells: The runs of each, in the order of drawing.
        sides: The right side of each cell in points.
        told: What the table before tells.
    """
    apart = {index: list(_pieces(runs)) for index, runs in enumerate(cells) if len(runs) > 1 and _may_be_apart(runs)}
    own = [piece for index, found in apart.items() for piece in found if _is_told(cells[index], piece, sides[index])]
    told = [*own, *told][:KEPT]
    if not told:
        return cells, told
    closed = list(cells)
    for index, found in apart.items():
        distance = _distance_of(cells[index], found, told)
        if distance:
            closed[index] = _closed(cells[index], distance)
    return closed, told


def _distance_of(runs: Sequence[Run], pieces: Sequence[Piece], told: Sequence[Piece]) -> float:
    """Give how far the letters of a cell are set apart, in points; zero where nothing tells.

    Lines that are justified as well have wider gaps, but none has narrower ones.
    """
    known = [piece.distance for piece in pieces if _is_known(piece, told)]
    if known:
        return min(known)
    gaps = [(run.x0 - before.x1, _height(before, run)) for before, run in pairwise(runs) if are_level(before, run)]
    least, height = min(gaps, default=(0.0, 0.0))
    usual = (piece.distance for piece in told if _is_known(piece, told))
    return max((distance for distance in usual if distance < least + ALIKE * height), default=0.0)


def _is_known(piece: Piece, told: Sequence[Piece]) -> bool:
    return piece in told or sum(map(piece.is_like, told)) >= FEWEST_PIECES


def _is_told(runs: Sequence[Run], piece: Piece, side: float) -> bool:
    """Tell whether a piece says by itself that its letters are set apart: what is justified is so beside Chinese."""
    inside = runs[piece.first : piece.end]
    if len(inside) == len(runs) and all(run.text.isdecimal() for run in inside):
        return True
    if len(inside) <= FEWEST_GAPS:
        return False
    is_western = any(a.text.isascii() and b.text.isascii() for a, b in pairwise(inside))
    end = max(run.x1 for run in runs if are_level(inside[-1], run))
    return is_western or side - end > LEFT_OVER * _height(inside[0], inside[-1])


def _closed(runs: Sequence[Run], distance: float) -> Sequence[Run]:
    """Give a cell's runs, each of whose last characters is wider by so many points; those that then touch are one."""
    closed: list[Run] = []
    for index, run in enumerate(runs):
        after = runs[index + 1] if index + 1 < len(runs) else None
        gap = after.x0 - run.x1 if after and are_level(run, after) else math.inf
        x1 = run.x1 + min(distance, max(gap, 0.0))
        wide = run._replace(x1=x1, ends=[*run.ends[:-1], x1])
        before = closed[-1] if closed else None
        if (
            before
            and not run.spaced
            and are_level(before, run)
            and abs(run.x0 - before.x1) < ALIKE * _height(before, run)
        ):
            wide = closed.pop().with_next(wide)
        closed.append(wide)
    return closed


def _may_be_apart(runs: Sequence[Run]) -> bool:
    """Tell whether the letters of a cell may be set apart: no two of them stand side by side.

    What is justified is so line by line, and beside Chinese.  Only where more western ones behind each other are apart,
    two of them may be closer.
    """
    words = [run.text for run in runs if not _is_letter(run.text)]
    if not words or any(len(word) > KERNED or not word[0].isascii() for word in words):
        return not words
    inside = (runs[piece.first : piece.end] for piece in _pieces(runs) if piece.end - piece.first >= FEWEST_GAPS)
    return any(all(run.text.isascii() for run in piece) for piece in inside)


def _pieces(runs: Sequence[Run]) -> Iterator[Piece]:
    """Give the longest pieces of which every gap is alike, and none is a space of the file."""
    piece: Piece | None = None
    for index, (before, run) in enumerate(pairwise(runs)):
        distance, height = _distance(before, run), _height(before, run)
        if piece and distance and abs(distance - piece.distance) < ALIKE * height:
            piece = piece._replace(end=index + 2)
            continue
        # The run between two distances is of the piece that is longer so far.
        is_taken = piece is not None and piece.end - piece.first > 2
        if piece and (is_taken or not distance):
            yield piece
        piece = Piece(index, index + 2, distance, distance / height) if distance and not is_taken else None
    if piece:
        yield piece


def _distance(before: Run, run: Run) -> float:
    """Give the gap between two runs in points, if it may be one between letters set apart; else zero.

    Between the scripts some producers leave a gap of their own, and justification widens it beside letters.
    """
    if run.spaced or is_wide(before.text[-1]) != is_wide(run.text[0]):
        return 0.0
    return _gap(before, run)


def _gap(before: Run, run: Run) -> float:
    """Give the gap between two runs of one line in points, if letters are set apart so; else zero."""
    gap, height = run.x0 - before.x1, _height(before, run)
    return gap if CLOSE * height < gap < MOST * height and are_level(before, run) else 0.0


def _height(before: Run, run: Run) -> float:
    """Give the height of the higher one in points: some fonts give a character the box of its ink."""
    return max(before.bottom - before.top, run.bottom - run.top)


def _is_letter(text: str) -> bool:
    """Tell whether a run is one character, with or without marks whose empty half others stand in."""
    return len(text) == 1 or sum(char not in SQUEEZED for char in text) <= 1
