"""Find text on a PDF page that stands on other text or runs over a line, and tell such texts apart.

So do words that are too wide for their cell, in producers that part no word: codes, addresses, long numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pypdfium2 import raw

from extract import pdfium
from extract.linebreak import is_wide
from extract.overflow import SAME_PADDING, cuts_character
from extract.overlap import hollow, meets, stands_on
from extract.page import Run, Stroke
from extract.pdfium import Matrix, Shapes
from extract.placement import CENTRED, FLUSH
from extract.turning import Turn

#: Text that climbs by no more than this share of its length is level.
LEVEL = 0.05
#: A word runs over a line where it has this share of its height on either side.
OVER = 0.6
#: A producer that draws more pieces of text than this share of the characters draws each by itself.
MOST_PIECES = 0.5
#: A piece begins at a character that stands this near (a share of its height).
START = 0.25
#: A piece that begins this near (a share of its height) to where the one before it ends goes on with it: nothing else
#: meets that exactly.
GOES_ON = 0.003
#: Where a piece and a run begin is the same within this (points).
SAME_START = 2.0


def over_lines(runs: Sequence[Run], verticals: Sequence[Stroke]) -> list[Run]:
    """Give the runs that lie over an upright line."""
    ordered = sorted(verticals)
    places = [stroke.position for stroke in ordered]
    # Nearly always no text lies over a line.
    near = ((run, ordered[bisect_left(places, run.x0) : bisect_right(places, run.x1)]) for run in runs)
    return [run for run, strokes in near if strokes and _runs_over(run, strokes, 0.0)]


def overprinted(runs: Sequence[Run], verticals: Sequence[Stroke], over: Sequence[Run]) -> str:
    """Give the first text that stands on another one or runs over an upright line, if any.

    PDFium mixes texts that stand on each other, and takes a character that stands on its like for one that was made
    bold; what runs over a line may run into the next cell's text.

    Args:
        runs: Of the page.
        verticals: Its upright lines.
        over: The runs that lie over one.
    """
    if not over:
        return ""
    crossing = {id(run) for run in over}
    lines = sorted((round(run.bottom), run.x0, index) for index, run in enumerate(runs))
    for (level, _, first), (other, _, second) in pairwise(lines):
        if level == other and runs[second].x0 < runs[first].x1:
            # What runs over a line need do no more than meet the next cell's text.
            is_mixed = meets if id(runs[first]) in crossing else stands_on
            if is_mixed(runs[second], runs[first]):
                return runs[second].text
    words = (run for run in over if not is_wide(run.text[0]) and not is_wide(run.text[-1]))
    return next((run.text for run in words if _runs_over(run, verticals, OVER * _height(run))), "")


def may_be_two(over: Iterable[Run], verticals: Sequence[Stroke]) -> bool:
    """Tell whether one of the runs that lie over an upright line may be two texts.

    It goes on well behind the line, or this cuts through one of its Chinese characters.
    """
    places = [stroke.position for stroke in verticals]
    return any(cuts_character(run, places) or _runs_over(run, verticals, OVER * _height(run)) for run in over)


def _runs_over(run: Run, verticals: Sequence[Stroke], margin: float) -> bool:
    """Tell whether a run lies over an upright line with more than a margin (points) on either side."""
    start, end, middle = run.x0 + hollow(run, 0) + margin, run.x1 - hollow(run, -1) - margin, (run.top + run.bottom) / 2
    return any(start < stroke.position < end and stroke.start < middle < stroke.end for stroke in verticals)


def text_starts(order: Sequence[int], turn: Turn, characters: int) -> tuple[tuple[float, float], ...]:
    """Give where a page's pieces of level text begin; none where nearly each character is a piece.

    A watermark begins anywhere.

    Args:
        order: The addresses of the page's objects.
        turn: By which its text was read.
        characters: How many it has.
    """
    shapes = Shapes()
    texts = [item for item in order if pdfium.get_type(item) == raw.FPDF_PAGEOBJ_TEXT]
    if len(texts) > MOST_PIECES * characters:
        return ()
    return tuple(turn.point(*matrix[4:]) for matrix in map(shapes.matrix, texts) if _is_level(matrix, turn))


def _is_level(matrix: Matrix, turn: Turn) -> bool:
    """Tell whether a text runs from the left to the right, as the page's does."""
    a, b, _, _, x, y = matrix
    (x0, y0), (x1, y1) = turn.point(x, y), turn.point(x + a, y + b)
    return abs(y1 - y0) <= LEVEL * (x1 - x0)


def parted_at(
    runs: Sequence[Run], starts: Iterable[tuple[float, float]], verticals: Sequence[Stroke] = ()
) -> tuple[tuple[Run, ...], str]:
    """Part runs where a piece of text begins within them that begins no run: it stood right behind another one.

    The second value is a text that may have been parted too, if any: several stand over the place.

    Args:
        runs: Of the page.
        starts: Where pieces of text begin.
        verticals: The page's upright lines: what stands in two cells is of two texts, also where they meet exactly.
    """
    begun = sorted((run.x0, run.top, run.bottom) for run in runs)
    cuts: dict[int, set[int]] = {}
    unsure = ""
    for x, y in starts:
        if _begins_run((x, y), begun):
            continue
        around = [index for index, run in enumerate(runs) if run.x0 < x < run.x1 and run.top < y < run.bottom]
        near = [(*_nearest(runs[index], x), index) for index in around if len(runs[index].text) > 1]
        close = sorted(each for each in near if each[0] < START * _height(runs[each[2]]))
        if not close:
            continue
        run = runs[close[0][2]]
        if close[0][0] > GOES_ON * _height(run) or _are_in_two_cells(run, close[0][1], verticals):
            cuts.setdefault(close[0][2], set()).add(close[0][1])
            unsure = runs[close[1][2]].text if len(close) > 1 else unsure
    return tuple(part for index, run in enumerate(runs) for part in _parts(run, cuts.get(index, set()))), unsure


def _are_in_two_cells(run: Run, at: int, verticals: Sequence[Stroke]) -> bool:
    """Tell whether both parts of a run are set in the middle of a cell of its own, or at the same place of its left."""
    middle = (run.top + run.bottom) / 2
    xs = sorted({stroke.position for stroke in verticals if stroke.start < middle < stroke.end})
    first, second = (_set_in(part, xs) for part in (run.part(0, at), run.part(at, len(run.text))))
    return any(
        column < other and (padding is None or indent is None or abs(padding - indent) < SAME_PADDING)
        for column, padding in first
        for other, indent in second
    )


def _set_in(part: Run, xs: Sequence[float]) -> list[tuple[int, float | None]]:
    """Give the columns that a text begins in at the left, with how far from it, or in whose middle it stands."""
    found: list[tuple[int, float | None]] = []
    for column, (left, right) in enumerate(pairwise(xs)):
        if abs(part.x0 + part.x1 - left - right) < 2 * CENTRED:
            found.append((column, None))
        elif 0 <= part.x0 - left <= FLUSH:
            found.append((column, part.x0 - left))
    return found


def _height(run: Run) -> float:
    return run.bottom - run.top


def _parts(run: Run, cuts: Iterable[int]) -> Iterator[Run]:
    """Give the parts of a run that is cut before these characters."""
    for start, end in pairwise((0, *sorted(cuts), len(run.text))):
        yield run.part(start, end)


def _nearest(run: Run, x: float) -> tuple[float, int]:
    """Give how far from a place the nearest of a run's characters begins, in points, and which one it is."""
    return min((abs(run.ends[at - 1] - x), at) for at in range(1, len(run.text)))


def _begins_run(start: tuple[float, float], begun: Sequence[tuple[float, float, float]]) -> bool:
    x, y = start
    near = begun[bisect_left(begun, (x - SAME_START, 0.0, 0.0)) : bisect_right(begun, (x + SAME_START, 0.0, 0.0))]
    return any(top < y < bottom for _, top, bottom in near)
