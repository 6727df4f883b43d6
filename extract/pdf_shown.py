"""Put a PDF page's runs as they are seen: in the order of drawing where that matters, and without what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from extract import pdfium
from extract.cut_text import Clipped, cut_lines, fitted, parted_by_clips
from extract.glyphs import are_level
from extract.linebreak import is_ideograph, is_wide
from extract.page import CutText, Run
from extract.pdf_clip import is_hidden, is_of_page
from extract.pdf_text import PageText
from extract.turning import Turn
from schema.finding import Box

#: Marks whose ink is in the lower half of their square, and how near (widths) the line's other characters stand.
LOW_MARKS, BESIDE = frozenset("，。、；"), 1.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold what a page shows of its text.

    Args:
        runs: Each as high and wide as it is seen.
        cut: The texts that the edges of their cells cut off.
        unseen: The text that is not seen at all.
    """

    runs: tuple[Run, ...]
    cut: tuple[CutText, ...]
    unseen: str


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


def seen_runs(text_page: Any, text: PageText, turn: Turn, clipped: Mapping[int, Box]) -> Seen:
    """Give the runs that the page shows, and the text of the others.

    Args:
        text_page: Of PDFium, still open.
        text: What was read of it.
        turn: By which it was read.
        clipped: For the addresses of the texts that a clip cuts, what it shows of the page.
    """
    handle = pdfium.address_of(text_page)
    page: Box = (0.0, 0.0, turn.width, turn.height)
    clips = {clip for clip in clipped.values() if is_of_page(clip, page)}
    cells = {text: clip for text, clip in clipped.items() if clip not in clips}
    seen: list[Run] = []
    places: list[tuple[int, Box | None]] = []
    unseen: list[str] = []
    hidden: list[tuple[Run, Box]] = []
    for index, (run, first) in enumerate(zip(text.runs, text.firsts, strict=True)):
        clip = page
        if clipped:
            across = next((other for other in clips if _is_across(run, other)), page)
            clip = clipped.get(pdfium.get_text_object(handle, first), across)
        shown, own = run, None
        if clip is not page or run.top < 0 or run.bottom > turn.height or run.x1 < 0 or run.x0 > turn.width:
            of_page = is_of_page(clip, page)
            # What a cell's clip hides at its sides is cut off, and belongs to the cell all the same.
            x0, x1 = (run.x0, run.x1) if of_page else (clip[0], clip[2])
            top, bottom = _height_of_line(text.runs, index)
            if is_hidden((x0, top, x1, bottom), clip):
                unseen.append(run.text)
                hidden += () if of_page else ((run, clip),)
                continue
            shown, own = (_lowered(run, clip), None) if of_page else (run, clip)
        seen.append(shown)
        if cells:
            places.append((first, own))
    if not cells:
        return Seen(tuple(seen), (), "".join(unseen))

    def clip_of(index: int) -> Box | None:
        return cells.get(pdfium.get_text_object(handle, index))

    found = (Clipped(run, clip, first) for run, (first, clip) in zip(seen, places, strict=True))
    runs, cut, beyond = fitted(list(parted_by_clips(found, cells.values(), clip_of)))
    return Seen(runs, (*cut, *cut_lines(runs, hidden)), "".join(unseen) + beyond)


def _lowered(run: Run, clip: Box) -> Run:
    """Give a run as high as a clip shows it."""
    return run._replace(top=max(run.top, clip[1]), bottom=min(run.bottom, clip[3]))


def _height_of_line(runs: Sequence[Run], index: int) -> tuple[float, float]:
    """Give from where to where a run's line is printed: that of a line's Chinese, beside which letters are higher.

    The edge of a clip hides all of a line or none.
    """
    run = runs[index]
    if is_wide(run.text[0]) or is_wide(run.text[-1]):
        return _top_of_ink(run, runs), run.bottom
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(runs) and _are_on_one_line(runs[at], runs[at - step]):
            if is_ideograph(runs[at].text[0]):
                return runs[at].top, runs[at].bottom
            at += step
    return run.top, run.bottom


def _are_on_one_line(run: Run, other: Run) -> bool:
    """Tell whether two runs stand right beside each other."""
    apart = max(run.x0 - other.x1, other.x0 - run.x1)
    is_near = apart < min(run.bottom - run.top, other.bottom - other.top)
    return is_near and are_level(run, other)


def _top_of_ink(run: Run, others: Iterable[Run]) -> float:
    """Give from where down a run is printed: a mark below another character is in its square's lower half.

    One beside another is of that one's line, however low it is.
    """
    if run.text not in LOW_MARKS:
        return run.top
    far = BESIDE * (run.x1 - run.x0)
    middle = (run.top + run.bottom) / 2
    if any(o.top < middle < o.bottom and -far < max(o.x0 - run.x1, run.x0 - o.x1) < far for o in others):
        return run.top
    return middle


def _is_across(run: Run, clip: Box) -> bool:
    """Tell whether a run lies over the upper or lower edge of a clip.

    A low mark may have all its ink on one side of the edge, so that nothing cuts it: it is of its line all the same.
    """
    over = run.top < clip[1] < run.bottom or run.top < clip[3] < run.bottom
    return over and clip[0] <= run.x0 <= clip[2]
