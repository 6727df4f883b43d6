"""Tell text that the edge of its cell cuts off: so a spreadsheet prints what has no room, if text stands beside it.

The program clips such text to its cell (ISO 32000-1, 8.5.4); it draws all of it, or what is seen in part at least.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.glyphs import are_level
from extract.overflow import follows, is_at_left
from extract.overlap import hollow
from extract.page import CutText, Run, runs_within
from schema.finding import Box

#: A text ends where its cell does by so much (shares of its height), if at all: the first where it is cut off, the
#: second where the space may be cut off behind which it went on.
CUT, CUT_SPACE = 0.1, 0.4
#: Text that is cut off ends so far from its cell's edge (points).
INSIDE = 0.01


class Clipped(NamedTuple):
    """Hold a run with the clip of its cell, if that cuts its text, and the index of its first character."""

    run: Run
    clip: Box | None
    first: int


def parted_by_clips(
    found: Iterable[Clipped], clips: Iterable[Box], clip_of: Callable[[int], Box | None]
) -> Iterator[Clipped]:
    """Part runs where another cell's text goes on right behind what a cell cuts off.

    Args:
        found: The runs of a page, each with the clip of its first character.
        clips: Those of the page's cells.
        clip_of: Gives the clip of a character, if it has one, by its index.
    """
    edges = sorted({edge for clip in clips for edge in (clip[0], clip[2])})
    for each in found:
        run, _, first = each
        if bisect_right(edges, run.x0) == bisect_left(edges, run.x1):
            yield each
            continue
        end = 0
        for clip, group in groupby(map(clip_of, range(first, first + len(run.text)))):
            start, end = end, end + len(list(group))
            yield Clipped(run.part(start, end), clip, first + start)


def fitted(found: Sequence[Clipped]) -> tuple[tuple[Run, ...], tuple[CutText, ...], str]:
    """Give the runs of a page, those of them that are cut off, and the text that is hidden whole.

    A line that is cut off is put into its cell in smaller print, since it belongs there with all of its text.  In a
    column that cuts some off, one may end at the cell's edge since the space behind it is cut off, with what followed.
    """
    runs = [each.run for each in found]
    #: Those that are cut off, each with the run that its line begins with.
    cut: dict[int, int] = {}
    hidden: set[int] = set()
    columns: set[tuple[float, float]] = set()
    for clip, line in _lines(found):
        height = max(runs[index].bottom - runs[index].top for index in line)
        x0 = min(runs[index].x0 + hollow(runs[index], 0) for index in line)
        x1 = max(runs[index].x1 - hollow(runs[index], -1) for index in line)
        if x0 >= clip[0] - CUT * height and x1 <= clip[2] + CUT * height:
            continue
        if min(x1, clip[2]) - max(x0, clip[0]) < CUT * height:
            hidden.update(line)
            continue
        columns.add((clip[0], clip[2]))
        whole = [*_before(found, line[0], clip), *line]
        cut.update(dict.fromkeys(line, whole[0]))
        x0 = min(runs[index].x0 + hollow(runs[index], 0) for index in whole)
        start, end = max(x0, clip[0] + INSIDE), min(x1, clip[2] - INSIDE)
        middle = (runs[line[0]].top + runs[line[0]].bottom) / 2
        for index in whole:
            runs[index] = _smaller(runs[index], (end - start) / (x1 - x0), (x0, start), middle)
    shown = [(index, run) for index, run in enumerate(runs) if index not in hidden] if hidden else list(enumerate(runs))
    beyond = "".join(runs[index].text for index in sorted(hidden))
    if not columns:
        return tuple(run for _, run in shown), (), beyond
    starts = [run for run in runs if any(is_at_left(run, left) for left, _ in columns)]
    boxes = [
        CutText(run.text, _box(runs[cut.get(index, index)]))
        for index, run in shown
        if index in cut or _ends_at_edge(run, columns, starts)
    ]
    return tuple(run for _, run in shown), tuple(boxes), beyond


def _before(found: Sequence[Clipped], index: int, clip: Box) -> list[int]:
    """Give the indexes of the runs of a line before one that is cut off: its clip shows all of them."""
    first = index
    while first and found[first - 1].clip is None and found[first - 1].run.x0 >= clip[0]:
        if not follows(found[first].run, found[first - 1].run):
            break
        first -= 1
    return list(range(first, index))


def _box(run: Run) -> Box:
    return run.x0, run.top, run.x1, run.bottom


def cut_lines(runs: Sequence[Run], hidden: Iterable[tuple[Run, Box]]) -> Iterator[CutText]:
    """Give the lines that a cell hides right above or below one that it shows.

    Args:
        runs: What the page shows.
        hidden: What its cells hide, each with the clip of its cell.
    """
    for line, clip in hidden:
        height = line.bottom - line.top
        box = (line.x0, max(line.top - height, clip[1]), line.x1, min(line.bottom + height, clip[3]))
        shown = next((run for run in runs_within(runs, clip) if _covers(box, run)), None)
        if shown is not None:
            down = 1 if line.top > shown.top else -1
            yield CutText(line.text, _box(shown), down, shown.text)


def _covers(box: Box, run: Run) -> bool:
    return run.x0 < box[2] and box[0] < run.x1 and run.top < box[3] and box[1] < run.bottom


def _lines(found: Sequence[Clipped]) -> Iterator[tuple[Box, list[int]]]:
    """Give the indexes of the runs that stand on one line of one clip, with the clip."""
    lines: dict[Box, list[list[int]]] = {}
    for index, each in enumerate(found):
        if each.clip is None:
            continue
        begun = lines.setdefault(each.clip, [])
        if begun and are_level(each.run, found[begun[-1][-1]].run):
            begun[-1].append(index)
        else:
            begun.append([index])
    for clip, groups in lines.items():
        for group in groups:
            yield clip, group


def _smaller(run: Run, scale: float, begin: tuple[float, float], middle: float) -> Run:
    """Give a run of a line as it stands in smaller print.

    Args:
        run: The run.
        scale: By how much smaller the print is.
        begin: Where the line begins, and where it does in the smaller print.
        middle: Of the line, from the top.
    """
    x0, *ends = (begin[1] + scale * (x - begin[0]) for x in (run.x0, *run.ends))
    top, bottom = (middle + scale * (y - middle) for y in (run.top, run.bottom))
    return run._replace(x0=x0, top=top, x1=ends[-1], bottom=bottom, ends=ends)


def _ends_at_edge(run: Run, columns: set[tuple[float, float]], starts: Sequence[Run]) -> bool:
    """Tell whether a run ends at the right of one of these columns, and its line begins at the left."""
    return any(
        any(reaches_through(other, run, left, right) and are_level(run, other) for other in starts)
        for left, right in columns
    )


def reaches_through(first: Run, last: Run, left: float, right: float) -> bool:
    """Tell whether a line reaches from the left of a cell to its right: it may be cut off there.

    Args:
        first: The first run of the line.
        last: The last one.
        left: Of the cell.
        right: Of the cell.
    """
    return is_at_left(first, left) and 0 <= right - last.x1 < CUT_SPACE * (last.bottom - last.top)
