"""Find the lines of tables that draw none: cells filled on the ground of their table, which shows between them.

So web pages drew tables before there were borders to style: a dark table with a cell spacing of one, and white cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from extract.thin_boxes import THIN
from schema.finding import Box

#: So many cells fill this share of the box around them, and no more than all of it; a merged one may have no filling.
FEWEST_CELLS, LEAST, MOST = 4, 0.5, 1.01
#: So many of them, as a share, stand right beside another one that is as high: the bars of a chart do not.
BESIDE = 0.5
#: So many of a page's largest boxes may be grounds.
GROUNDS = 4
#: A cell ends within its ground, or beyond it by no more than this; a line is as thin as this (points).
EDGE = 0.4


def lines_between(fills: Sequence[Box], visible: Box, colour_of: Callable[[int], object]) -> Iterator[Box]:
    """Give the sides of cells that are filled on a ground of another colour, each as a thin box.

    Args:
        fills: The filled boxes of a page, in the order of drawing.
        visible: What the page shows of them: some programs draw the whole table on each page.
        colour_of: Gives the colour of one of them by its index.

    >>> cells = [(x, y, x + 39, y + 19) for y in (1, 21) for x in (1, 41)]
    >>> len(list(lines_between([(0, 0, 81, 41), *cells], (0, 0, 99, 99), lambda index: index > 0)))
    16
    >>> len(list(lines_between([(0, 0, 81, 41), *cells], (0, 0, 99, 99), lambda index: 0)))
    0
    """
    large = [index for index, box in enumerate(fills) if min(box[2] - box[0], box[3] - box[1]) > THIN]
    if len(large) <= FEWEST_CELLS:
        return
    shown = {index: _area(fills[index], visible) for index in large}
    for ground in sorted(large, key=shown.__getitem__, reverse=True)[:GROUNDS]:
        inside = {fills[index]: index for index in large if index > ground and _holds(fills[ground], fills[index])}
        if len(inside) < FEWEST_CELLS or _count_beside(inside) < BESIDE * len(inside):
            continue
        # A page's end may leave much of a ground.
        whole = _area(_around(inside), visible)
        if not LEAST * whole <= sum(shown[index] for index in inside.values()) <= MOST * whole:
            continue
        colour = colour_of(ground)
        if all(colour_of(index) != colour for index in inside.values()):
            for x0, y0, x1, y1 in inside:
                yield (x0 - EDGE, y0, x0, y1)
                yield (x1, y0, x1 + EDGE, y1)
                yield (x0, y0 - EDGE, x1, y0)
                yield (x0, y1, x1, y1 + EDGE)


def _around(boxes: Iterable[Box]) -> Box:
    """Give the box around some boxes."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _count_beside(cells: Iterable[Box]) -> int:
    """Count the boxes that stand as high as another one right behind it, a line apart."""
    ordered = sorted((round(y0), round(y1), x0, x1) for x0, y0, x1, y1 in cells)
    return sum(a[:2] == b[:2] and 0 < b[2] - a[3] <= THIN for a, b in pairwise(ordered))


def _area(box: Box, visible: Box) -> float:
    """Give the area of what is shown of a box."""
    width, height = (min(box[axis + 2], visible[axis + 2]) - max(box[axis], visible[axis]) for axis in (0, 1))
    return max(width, 0.0) * max(height, 0.0)


def _holds(outer: Box, inner: Box) -> bool:
    """Tell whether a box lies within another one."""
    begins = outer[0] - EDGE <= inner[0] and outer[1] - EDGE <= inner[1]
    return begins and inner[2] <= outer[2] + EDGE and inner[3] <= outer[3] + EDGE
