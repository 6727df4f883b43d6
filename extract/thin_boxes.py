"""Make strokes of the thin boxes that a page draws for its ruling lines: whole lines, dashes or dots."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from extract.page import Stroke
from schema.finding import Box

#: A shape this thin is a line (points).
THIN = 3.0
#: Nearly all ruling lines are thinner, and no gap in a line of text is (points).
LINE = 1.2
#: Boxes that are no further apart than this meet (points).
MEETS = 0.3
#: A line shorter than this parts no cells (points); dashes are joined from pieces as short as this.
SHORTEST = 0.8
#: A segment that leaves its axis by less than this is straight (points).
STRAIGHT = 0.3
#: The side of a frame that is narrower is none (points).
LEAST_WIDTH = 0.05
#: A shape that is no longer than this many times its width says nothing of the way that its line goes: a dot.
ROUND = 2.0
#: So many dots in a row are a line; they lie no further apart than this many times their size, and in line with
#: each other within this (points).
FEWEST_DOTS, DOT_GAP, IN_LINE = 4, 3.0, 0.3


def line_boxes(points: Sequence[tuple[float, float]], *, stroked: bool) -> Iterator[Box]:
    """Give the lines of one run of straight segments as thin boxes: a thin shape is one, else each side is."""
    box = _box(points)
    if min(box[2] - box[0], box[3] - box[1]) <= THIN:
        yield box
    elif stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT:
                yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def frame_boxes(paths: Sequence[Sequence[tuple[float, float]]]) -> Iterator[Box]:
    """Give the sides of a frame as thin boxes: what is filled between a rectangle and a smaller one within it.

    >>> rectangle = [(0, 0), (90, 0), (90, 40), (0, 40), (0, 0)]
    >>> list(frame_boxes([rectangle, [(1, 0), (89, 0), (89, 38), (1, 38), (1, 0)]]))
    [(0, 0, 1, 40), (0, 38, 90, 40), (89, 0, 90, 40)]
    """
    if len(paths) != 2 or not all(map(_is_rectangle, paths)):
        return
    (x0, y0, x1, y1), (a0, b0, a1, b1) = sorted(map(_box, paths), key=lambda box: box[0] - box[2] + box[1] - box[3])
    sides = ((x0, y0, a0, y1), (x0, y0, x1, b0), (x0, b1, x1, y1), (a1, y0, x1, y1))
    widths = (a0 - x0, b0 - y0, y1 - b1, x1 - a1)
    if min(widths) >= -MEETS and max(widths) <= THIN:
        yield from (side for side, width in zip(sides, widths, strict=True) if width >= LEAST_WIDTH)


def _is_rectangle(points: Sequence[tuple[float, float]]) -> bool:
    sides = [(one, other) for one, other in pairwise(points) if one != other]
    return len(sides) == 4 and all(abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT for (ax, ay), (bx, by) in sides)


def _box(points: Sequence[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def strokes_of(boxes: Iterable[Box]) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """Give the horizontal and the vertical strokes that thin boxes (x0, top, x1, bottom) stand for.

    >>> strokes_of([(0, 10, 90, 10.5), (50, 0, 50.5, 20)])
    ((Stroke(position=10.25, start=0, end=90),), (Stroke(position=50.25, start=0, end=20),))
    >>> strokes_of([(5, y, 6, y + 1) for y in range(0, 10, 2)])
    ((), (Stroke(position=5.5, start=0, end=9),))
    """
    levels: list[Stroke] = []
    uprights: list[Stroke] = []
    dots: list[Box] = []
    for box in boxes:
        x0, top, x1, bottom = box
        width, height = x1 - x0, bottom - top
        if width <= THIN and height <= THIN and max(width, height) <= ROUND * min(width, height):
            dots.append(box)
        elif width >= height:
            if width >= SHORTEST:
                levels.append(Stroke((top + bottom) / 2, x0, x1))
        elif height >= SHORTEST:
            uprights.append(Stroke((x0 + x1) / 2, top, bottom))
    if dots:
        rows, columns = list(_chains(dots, 1, 0)), list(_chains(dots, 0, 1))
        levels += [_level(chain[0], chain[-1]) for chain in rows]
        uprights += [_upright(chain[0], chain[-1]) for chain in columns]
        chained = {dot for chain in (*rows, *columns) for dot in chain}
        levels += [_level(dot, dot) for dot in dots if dot not in chained and dot[2] - dot[0] >= SHORTEST]
    return tuple(levels), tuple(uprights)


def _level(first: Box, last: Box) -> Stroke:
    return Stroke((first[1] + first[3]) / 2, first[0], last[2])


def _upright(first: Box, last: Box) -> Stroke:
    return Stroke((first[0] + first[2]) / 2, first[1], last[3])


def _chains(dots: Iterable[Box], across: int, along: int) -> Iterator[list[Box]]:
    """Give each row of dots that lie side by side.

    Args:
        dots: Their boxes.
        across: The index of the coordinate in which they are in line.
        along: The index of the one in which they follow each other.
    """

    def place(dot: Box) -> float:
        return (dot[across] + dot[across + 2]) / 2

    level: list[Box] = []
    for dot in sorted(dots, key=place):
        if level and place(dot) - place(level[-1]) > IN_LINE:
            yield from _side_by_side(level, along)
            level = []
        level.append(dot)
    yield from _side_by_side(level, along)


def _side_by_side(level: Iterable[Box], along: int) -> Iterator[list[Box]]:
    chain: list[Box] = []
    for dot in sorted(level, key=lambda box: box[along]):
        if chain and dot[along] - chain[-1][along + 2] > DOT_GAP * (dot[along + 2] - dot[along]):
            if len(chain) >= FEWEST_DOTS:
                yield chain
            chain = []
        chain.append(dot)
    if len(chain) >= FEWEST_DOTS:
        yield chain


def parts_of_areas(fills: Sequence[Box], colour_of: Callable[[int], object]) -> set[int]:
    """Give the indexes of thin boxes that go on, as high or as wide, in a larger one of their colour: no lines.

    So is the ground behind a line of text drawn, one piece for each script and each gap between them.

    Args:
        fills: The filled boxes of a page.
        colour_of: Gives the colour of one of them by its index.
    """
    thin = [index for index, box in enumerate(fills) if LINE < min(box[2] - box[0], box[3] - box[1]) <= THIN]
    if not thin:
        return set()
    beside: dict[tuple[int, float, float], list[int]] = {}
    for index, (x0, y0, x1, y1) in enumerate(fills):
        if min(x1 - x0, y1 - y0) > THIN:
            beside.setdefault((0, round(y0, 1), round(y1, 1)), []).append(index)
            beside.setdefault((1, round(x0, 1), round(x1, 1)), []).append(index)
    found: set[int] = set()
    for index in thin:
        box = fills[index]
        along = int(box[2] - box[0] > box[3] - box[1])
        near = beside.get((along, round(box[1 - along], 1), round(box[3 - along], 1)), ())
        if any(_meet(box, fills[other], along) and colour_of(index) == colour_of(other) for other in near):
            found.add(index)
    return found


def _meet(one: Box, other: Box, axis: int) -> bool:
    """Tell whether one of two boxes begins along an axis where the other one ends."""
    return min(abs(one[axis] - other[axis + 2]), abs(other[axis] - one[axis + 2])) <= MEETS
