"""Put a PDF page's runs as they are seen: in the order of drawing where that matters, and without what is hidden."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from extract import pdfium
from extract.gaps import SQUEEZED
from extract.linebreak import is_wide
from extract.page import Run, Stroke
from extract.pdf_clip import is_hidden, is_of_page
from extract.pdf_text import PageText
from extract.pdfium import Shapes
from extract.turning import Turn
from schema.finding import Box

#: Text that covers another's by less than this share of its height only leans on it.
LEANING = 0.5
#: A word runs over a line where it has this share of its height on either side.
OVER = 0.6
#: A producer that draws more pieces of text than this share of the characters draws each by itself.
MOST_PIECES = 0.5
#: A piece begins at a character that stands this near (a share of its height).
START = 0.15
#: Where a piece and a run begin is the same within this (points).
SAME_START = 2.0


def in_drawing_order(text_page: Any, text: PageText, order: Sequence[int]) -> PageText:
    """Turn round characters that are drawn from right to left, which PDFium gives from left to right.

    So stands text that runs from the top to the bottom, in a cell one character high.

    Args:
        text_page: Of PDFium, still open.
        text: What was read of it.
        order: The addresses of the page's objects, in the order of drawing.
    """
    alone = [index for index, run in enumerate(text.runs) if len(run.text) == 1 and is_wide(run.text)]
    beside = [(a, b) for a, b in pairwise(alone) if b == a + 1 and _is_right_of(text.runs[b], text.runs[a])]
    if not beside:
        return text
    handle = pdfium.address_of(text_page)
    turns = {item: index for index, item in enumerate(order)}
    drawn = {
        index: turns.get(pdfium.get_text_object(handle, text.firsts[index]), 0) for pair in beside for index in pair
    }
    places = list(range(len(text.runs)))
    for start, end in _chains((a, b) for a, b in beside if drawn[b] < drawn[a]):
        places[start : end + 1] = reversed(places[start : end + 1])
    return replace(
        text,
        runs=tuple(text.runs[place] for place in places),
        firsts=tuple(text.firsts[place] for place in places),
    )


def _is_right_of(run: Run, other: Run) -> bool:
    """Tell whether a run stands on the line of another, behind a gap."""
    return abs(run.top - other.top) < run.bottom - run.top and run.x0 > other.x1


def _chains(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the first and last of the indexes that pairs of neighbours hold together.

    >>> list(_chains([(1, 2), (2, 3), (7, 8)]))
    [(1, 3), (7, 8)]
    """
    start = end = -1
    for first, second in pairs:
        if first != end:
            if start >= 0:
                yield start, end
            start = first
        end = second
    if start >= 0:
        yield start, end


def seen_runs(text_page: Any, text: PageText, turn: Turn, clipped: Mapping[int, Box]) -> tuple[tuple[Run, ...], str]:
    """Give the runs that the page shows, each as high as it is seen, and the text of the others.

    Args:
        text_page: Of PDFium, still open.
        text: What was read of it.
        turn: By which it was read.
        clipped: For the addresses of the texts that a clip cuts, what it shows of the page.
    """
    handle = pdfium.address_of(text_page)
    page: Box = (0.0, 0.0, turn.width, turn.height)
    clips = {clip for clip in clipped.values() if is_of_page(clip, page)}
    seen: list[Run] = []
    unseen: list[str] = []
    for run, first in zip(text.runs, text.firsts, strict=True):
        clip = page
        if clipped:
            across = next((other for other in clips if _is_across(run, other)), page)
            clip = clipped.get(pdfium.get_text_object(handle, first), across)
        inside = clip is page and run.top >= 0 and run.bottom <= turn.height and run.x1 >= 0 and run.x0 <= turn.width
        if inside:
            seen.append(run)
        elif is_hidden((run.x0, run.top, run.x1, run.bottom), clip):
            unseen.append(run.text)
        elif not is_of_page(clip, page):
            seen.append(run)
        else:
            seen.append(run._replace(top=max(run.top, clip[1]), bottom=min(run.bottom, clip[3])))
    return tuple(seen), "".join(unseen)


def _is_across(run: Run, clip: Box) -> bool:
    """Tell whether a run lies over the upper or lower edge of a clip.

    A low mark may have all its ink on one side of the edge, so that nothing cuts it: it is of its line all the same.
    """
    over = run.top < clip[1] < run.bottom or run.top < clip[3] < run.bottom
    return over and clip[0] <= run.x0 <= clip[2]


def overprinted(runs: Sequence[Run], verticals: Sequence[Stroke]) -> str:
    """Give the first text that stands on another one or runs over an upright line, if any.

    So do words that are too wide for their cell.  PDFium mixes texts that stand on each other, and takes a character
    that stands on its like for one that was made bold; what runs over a line may run into the next cell's text.
    """
    places = sorted({stroke.position for stroke in verticals})
    # Nearly always no text lies over a line.
    over = [run for run in runs if bisect_left(places, run.x0) < bisect_right(places, run.x1)]
    over = [run for run in over if _runs_over(run, verticals, 0.0)]
    if not over:
        return ""
    lines = sorted((round(run.bottom), run.x0, index) for index, run in enumerate(runs))
    for (level, _, first), (other, _, second) in pairwise(lines):
        if level == other and runs[second].x0 < runs[first].x1 and _stands_on(runs[second], runs[first]):
            return runs[second].text
    words = (run for run in over if not is_wide(run.text[0]) and not is_wide(run.text[-1]))
    return next((run.text for run in words if _runs_over(run, verticals, OVER * (run.bottom - run.top))), "")


def _runs_over(run: Run, verticals: Sequence[Stroke], margin: float) -> bool:
    """Tell whether a run lies over an upright line with more than a margin (points) on either side."""
    start, end, middle = run.x0 + margin, run.x1 - margin, (run.top + run.bottom) / 2
    return any(start < stroke.position < end and stroke.start < middle < stroke.end for stroke in verticals)


def text_starts(order: Sequence[int], turn: Turn, characters: int) -> tuple[tuple[float, float], ...]:
    """Give where a page's pieces of text begin; none where nearly each character is a piece.

    Args:
        order: The addresses of the page's objects.
        turn: By which its text was read.
        characters: How many it has.
    """
    shapes = Shapes()
    texts = [item for item in order if pdfium.get_type(item) == raw.FPDF_PAGEOBJ_TEXT]
    if len(texts) > MOST_PIECES * characters:
        return ()
    return tuple(turn.point(*shapes.matrix(item)[4:]) for item in texts)


def parted_at(runs: Sequence[Run], starts: Iterable[tuple[float, float]]) -> tuple[tuple[Run, ...], str]:
    """Part runs where a piece of text begins within them that begins no run: it stood right behind another one.

    The second value is a text that may have been parted too, if any: several stand over the place.
    """
    begun = sorted((run.x0, run.top, run.bottom) for run in runs)
    cuts: dict[int, set[int]] = {}
    unsure = ""
    for x, y in starts:
        if _begins_run((x, y), begun):
            continue
        around = [index for index, run in enumerate(runs) if run.x0 < x < run.x1 and run.top < y < run.bottom]
        near = [(*_nearest(runs[index], x), index) for index in around if len(runs[index].text) > 1]
        close = sorted(each for each in near if each[0] < START * (runs[each[2]].bottom - runs[each[2]].top))
        if close:
            cuts.setdefault(close[0][2], set()).add(close[0][1])
            unsure = runs[close[1][2]].text if len(close) > 1 else unsure
    return tuple(part for index, run in enumerate(runs) for part in _parts(run, cuts.get(index, set()))), unsure


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


def _stands_on(run: Run, other: Run) -> bool:
    """Tell whether a run covers another one that begins before it, and is not the same text drawn again."""
    if run.text in other.text or other.text in run.text:
        return False
    shared = min(run.x1, other.x1) - run.x0 - _hollow(run, 0) - _hollow(other, -1)
    return shared > LEANING * (run.bottom - run.top)


def _hollow(run: Run, index: int) -> float:
    """Give how much of the width of a run's first or last character may be empty: half a mark's."""
    start = run.ends[-2] if index and len(run.ends) > 1 else run.x0
    return (run.ends[index] - start) / 2 if run.text[index] in SQUEEZED else 0.0
