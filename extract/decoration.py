"""Tell the lines that strike out or underline text from ruling lines: they reach over text, and from no side of a cell.

PDF draws all of them alike, as strokes; one that ends near a side would part its row in two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from extract.cell_text import run_end
from extract.page import Page, Run, Stroke
from extract.strokes import DASH
from schema.finding import Box

#: Where a line lies in the box of its text, from the bottom up (shares of the height): from the first to the second it
#: underlines, from there to the third it strikes out.
BELOW, UNDERLINE, STRIKE = -0.2, 0.25, 0.75
#: A line over text begins and ends with it (shares of its height), unless it goes on under a space behind it, and
#: leaves out no more than the third, a share of its length: spaces.
WITH_TEXT, WITH_SPACE, LEFT_OUT = 0.15, 1.1, 0.3
#: One that ends as near to its text as it begins may leave out so much.
SPREAD_OUT = 0.75
#: A line beside stacked text stands so near to it (a share of a character's height), and to so many characters; it is
#: longer than this (points).
BESIDE, FEWEST_STACKED, LEAST_BESIDE = 0.3, 2, 8.0
#: A space that hangs out of its cell is no wider than so many heights.
HANGING = 1.5
#: A line that begins and ends this near to upright ones is a cell's; one that lies further over one is no text's
#: (points).
AT_SIDE, THICK = 1.0, 3.0
#: Where so many of a page's lines begin, or end, a table may have an open side: text does not in as many lines.
FEWEST_AT_OPEN = 4


class OpenSides(NamedTuple):
    """Hold where several of a page's lines begin furthest to the left, and end furthest to the right, to the point."""

    left: frozenset[int]
    right: frozenset[int]


def without_decoration(page: Page) -> Page:
    """Take the lines that belong to text out of a page's strokes; what they strike out is told."""
    kept: list[Stroke] = []
    struck: list[tuple[str, Box]] = []
    runs = sorted(page.runs, key=_bottom)
    bottoms = [run.bottom for run in runs]
    highest = max((run.bottom - run.top for run in runs), default=0.0)
    opened: OpenSides | None = None
    for y, strokes in groupby(sorted(page.horizontals), key=_position):
        # Nearly always no text lies at a line.
        below = bisect_right(bottoms, y + STRIKE * highest)
        near = runs[bisect_left(bottoms, y + BELOW * highest) : below]
        at = [run for run in near if BELOW < _height_of(y, run) < STRIKE]
        if not at:
            kept += strokes
            continue
        # The box of a low character holds its ink only, which may end well above the line.
        level = max(at, key=lambda run: run.bottom - run.top)
        near = runs[bisect_left(bottoms, y - STRIKE * highest) : below]
        near = [run for run in near if run in at or level.top < (run.top + run.bottom) / 2 < level.bottom]
        sides = sorted(side.position for side in page.verticals if side.start - AT_SIDE <= y <= side.end + AT_SIDE)
        for dashes in _chains(strokes):
            if _are_underlines(dashes, sides, near):
                continue
            line = _whole(dashes)
            over = list(_under(line, near))
            if (
                not over
                or _is_side(line, sides)
                or _reaches_open_side(line, sides, opened := opened or _open_sides(page))
            ):
                kept += dashes
                continue
            text = "".join(_covered(run, line) for run in over if run in at and _height_of(y, run) > UNDERLINE)
            if text:
                struck.append((text, (line.start, over[0].top, line.end, over[0].bottom)))
    uprights = _without_sidelines(page, kept)
    if len(kept) == len(page.horizontals) and len(uprights) == len(page.verticals):
        return page
    return replace(page, horizontals=tuple(kept), verticals=tuple(uprights), struck=tuple(struck))


def _without_sidelines(page: Page, level: Iterable[Stroke]) -> Sequence[Stroke]:
    """Give a page's upright lines without those beside stacked text: they underline it, and touch no line of a cell."""
    levels = sorted({stroke.position for stroke in level})
    # The dashes of a line are loose as well, and as short as no text.
    loose = [line for line in page.verticals if line.end - line.start > LEAST_BESIDE and _is_loose(line, levels)]
    singles = sorted((run for run in page.runs if len(run.text) == 1), key=_left) if loose else []
    lefts = [run.x0 for run in singles]
    widest = max((run.x1 - run.x0 + BESIDE * (run.bottom - run.top) for run in singles), default=0.0)
    beside = set()
    for line in loose:
        near = singles[bisect_left(lefts, line.position - widest) : bisect_right(lefts, line.position + widest)]
        if _is_beside_stack(line, near):
            beside.add(line)
    return [line for line in page.verticals if line not in beside] if beside else page.verticals


def _left(run: Run) -> float:
    return run.x0


def _is_loose(upright: Stroke, levels: Sequence[float]) -> bool:
    """Tell whether no level line stands where an upright one begins or ends, or a little further inside."""
    ends = (
        (upright.start - AT_SIDE, upright.start + THICK),
        (upright.end - THICK, upright.end + AT_SIDE),
    )
    return all(bisect_left(levels, first) == bisect_right(levels, last) for first, last in ends)


def _is_beside_stack(upright: Stroke, runs: Iterable[Run]) -> bool:
    """Tell whether characters drawn one by one stand below each other beside a line, from its beginning to its end."""
    found = [
        run
        for run in runs
        if min(abs(run.x0 - upright.position), abs(run.x1 - upright.position)) < BESIDE * (run.bottom - run.top)
        and upright.start < (run.top + run.bottom) / 2 < upright.end
    ]
    if len(found) < FEWEST_STACKED:
        return False
    height = found[0].bottom - found[0].top
    top, bottom = min(run.top for run in found), max(run.bottom for run in found)
    return max(abs(top - upright.start), abs(bottom - upright.end)) < height / 2


def _chains(strokes: Iterable[Stroke]) -> Iterator[list[Stroke]]:
    """Part strokes on one level into lines: the dashes of one stand close to each other."""
    chain: list[Stroke] = []
    end = 0.0
    for stroke in sorted(strokes):
        if chain and stroke.start - end > DASH:
            yield chain
            chain = []
        end = max(end, stroke.end) if chain else stroke.end
        chain.append(stroke)
    if chain:
        yield chain


def _are_underlines(dashes: Sequence[Stroke], sides: Sequence[float], near: Sequence[Run]) -> bool:
    """Tell whether a line is made of the lines under several texts, also over the sides of their cells.

    Each is as long as the text over it, or goes on under a space that hangs out of its cell.
    """
    parts = [[dashes[0]]]
    for before, dash in pairwise(dashes):
        if bisect_right(sides, before.end) < bisect_left(sides, dash.start):
            parts.append([])
        parts[-1].append(dash)
    if len(parts) > 1 and all(_is_as_long(_whole(part), near) for part in parts):
        return True
    if len(dashes) == 1 or any(_reaches_sides(dash, sides) for dash in dashes):
        return False
    return _are_as_long(dashes, near)


def _reaches_sides(dash: Stroke, sides: Sequence[float]) -> bool:
    """Tell whether a line reaches from one side of a cell to another."""
    return _is_at(dash.start, sides) and _is_at(dash.end, sides)


def _is_at(place: float, sides: Sequence[float]) -> bool:
    return any(abs(x - place) <= AT_SIDE for x in sides)


def _open_sides(page: Page) -> OpenSides:
    """Give where a page's tables may have open sides."""
    reaches: dict[int, tuple[float, float]] = {}
    for stroke in page.horizontals:
        start, end = reaches.get(round(stroke.position), (stroke.start, stroke.end))
        reaches[round(stroke.position)] = min(start, stroke.start), max(end, stroke.end)
    starts, ends = (Counter(map(round, places)) for places in zip(*reaches.values(), strict=True))
    return OpenSides(
        frozenset(x for x, count in starts.items() if count >= FEWEST_AT_OPEN),
        frozenset(x for x, count in ends.items() if count >= FEWEST_AT_OPEN),
    )


def _reaches_open_side(line: Stroke, sides: Sequence[float], opened: OpenSides) -> bool:
    """Tell whether a line reaches from one side of a cell to where other lines end that no side closes."""
    is_at_right = _is_at(line.start, sides) and round(line.end) in opened.right
    return is_at_right or (_is_at(line.end, sides) and round(line.start) in opened.left)


def _whole(dashes: Sequence[Stroke]) -> Stroke:
    """Give dashes as one line."""
    return Stroke(dashes[0].position, dashes[0].start, max(dash.end for dash in dashes))


def _are_as_long(dashes: Sequence[Stroke], near: Sequence[Run]) -> bool:
    """Tell whether each of several lines is as long as its text, or goes on under a space."""
    pairs = zip((None, *dashes), dashes, strict=False)
    return all(_is_as_long(dash, near) or (before and _hangs(dash, before, near)) for before, dash in pairs)


def _is_as_long(dash: Stroke, near: Iterable[Run]) -> bool:
    """Tell whether a line begins and ends just with the text that it underlines."""
    found = _texts_over(dash, near)
    if not any(_height_of(dash.position, run) <= UNDERLINE for run in found):
        return False
    last = max(found, key=lambda run: run.x1)
    starts_alike = abs(min(run.x0 for run in found) - dash.start) <= AT_SIDE
    # The right half of a mark may hang out of its cell.
    return starts_alike and min(abs(last.x1 - dash.end), abs(run_end(last) - dash.end)) <= AT_SIDE


def _hangs(dash: Stroke, before: Stroke, near: Iterable[Run]) -> bool:
    """Tell whether a line goes on right behind the one under a text, no further than a space, without text over it."""
    text = _texts_over(before, near)
    if (
        not text
        or abs(dash.start - before.end) > AT_SIDE
        or dash.end - dash.start > HANGING * (text[-1].bottom - text[-1].top)
    ):
        return False
    return all(min(run.x1, dash.end) - max(run.x0, dash.start) <= AT_SIDE for run in _texts_over(dash, near))


def _texts_over(dash: Stroke, near: Iterable[Run]) -> list[Run]:
    return [run for run in near if run.x0 < dash.end and run.x1 > dash.start]


def _position(stroke: Stroke) -> float:
    return stroke.position


def _bottom(run: Run) -> float:
    return run.bottom


def _height_of(y: float, run: Run) -> float:
    """Give how high a line lies in a run's box, as a share of its height."""
    return (run.bottom - y) / (run.bottom - run.top)


def _under(stroke: Stroke, near: Sequence[Run]) -> Iterator[Run]:
    """Give the text that a line lies over, from the left; none where it reaches beyond it."""
    found = sorted(_texts_over(stroke, near), key=_left)
    if not found:
        return
    height, end = max(run.bottom - run.top for run in found), max(run.x1 for run in found)
    if stroke.start < found[0].x0 - WITH_TEXT * height or stroke.end > end + WITH_SPACE * height:
        return
    covered = sum(min(run.x1, stroke.end) - max(run.x0, stroke.start) for run in found)
    # What begins and ends just with its text may have spread it.
    is_exact = abs(stroke.end - end) <= WITH_TEXT * height
    if covered >= (1 - (SPREAD_OUT if is_exact else LEFT_OUT)) * (stroke.end - stroke.start):
        yield from found


def _is_side(stroke: Stroke, sides: Sequence[float]) -> bool:
    """Tell whether a line reaches from one side of a cell to another, or over one: no text does."""
    return _reaches_sides(stroke, sides) or any(stroke.start + THICK < x < stroke.end - THICK for x in sides)


def _covered(run: Run, stroke: Stroke) -> str:
    """Give the characters of a run whose middle a line lies over."""
    starts = (run.x0, *run.ends)
    return "".join(
        char
        for char, start, end in zip(run.text, starts, run.ends, strict=False)
        if stroke.start <= (start + end) / 2 <= stroke.end
    )
