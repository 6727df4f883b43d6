"""Make grids of characters and ruling lines: the one place that does so for all formats.

A table is a set of horizontal and vertical strokes that touch.  Its strokes cut it into the
smallest rectangles; rectangles without a stroke between them are one cell.  So spans come
from the lines that are missing, and an empty cell stays apart from a covered position.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from extract.cell_text import TextLine, text_lines
from extract.linebreak import NOT_AT_START, is_wide, may_break
from extract.page import Page, Run, Stroke
from schema.finding import Box, Place
from schema.grid import Cell, Grid, Line, Paragraph

#: Strokes closer than this are one line, drawn doubled or piece by piece (points).
SNAP = 2.6
#: Pieces of one line may be this far apart: the gaps of a dashed line (points).
DASH = 7.0
#: A stroke that ends this close to another touches it (points).
TOUCH = 3.5
#: Lines that go on beyond the last crossing by more than this enclose an open cell (points).
OPEN_SIDE = 8.0
#: Edges that differ by less than this share of a height stand under each other.
ALIGNED = 0.3
#: From line to line, as a share of the characters' height, where a cell has one line only.
LINE_PITCH = 1.3
#: What a measured room may be off by, as a share of the em: some producers add a quarter between
#: Chinese and Latin.
SLACK = 0.25
#: From this many em on, what is left behind a line was left on purpose, whatever the producer.
SURE = 1.2
#: Paddings smaller than this are text that hangs over (points).
LEAST_PADDING = 0.4
#: Lines that leave the same padding do so within this (points).
SAME_PADDING = 0.35


class Align(Enum):
    """Say how the lines of a cell are aligned, as far as it matters for their room."""

    LEFT = auto()
    OTHER = auto()


#: Row, column, row span and column span of a cell.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Hold the places of a table's lines, and which of its smallest rectangles are parted."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    #: right_of[i][j]: whether a stroke stands at ``xs[j]`` along row i.
    upright: tuple[tuple[bool, ...], ...]
    #: level[i][j]: whether a stroke lies at ``ys[i]`` along column j.
    level: tuple[tuple[bool, ...], ...]

    @property
    def box(self) -> Box:
        """Give the table's box."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def page_blocks(page: Page) -> list[Paragraph | Grid]:
    """Give the paragraphs (one a line) and grids of a page in reading order."""
    lattices = list(_lattices(page))
    inside: list[list[Run]] = [[] for _ in lattices]
    outside: list[Run] = []
    for run in page.runs:
        home = _home(run, lattices)
        if home is not None and home >= 0:
            inside[home].append(run)
        elif home is None:
            outside.append(run)
        else:
            for char in _characters(run):
                at = _home(char, lattices)
                (outside if at is None else inside[at]).append(char)
    blocks: list[tuple[float, Paragraph | Grid]] = []
    for lattice, runs in zip(lattices, inside, strict=True):
        blocks.append((lattice.ys[0], _grid(lattice, runs, page)))
    for line in text_lines(outside):
        place = Place(page=page.number, box=page.seen(line.box))
        blocks.append((line.top, Paragraph(line.text, place)))
    blocks.sort(key=lambda block: block[0])
    return [block for _, block in blocks]


#: Says that a run lies over the edge of a table.
ACROSS = -1


def _home(run: Run, lattices: Sequence[Lattice]) -> int | None:
    """Give the table in which a run stands, if any; `ACROSS` where it lies over a table's edge."""
    y = (run.top + run.bottom) / 2
    for index, lattice in enumerate(lattices):
        xs, ys = lattice.xs, lattice.ys
        if ys[0] <= y <= ys[-1]:
            starts, ends = xs[0] <= _anchor(run, 0) <= xs[-1], xs[0] <= _anchor(run, -1) <= xs[-1]
            if starts and ends:
                return index
            if starts or ends:
                return ACROSS if len(run.text) > 1 else (index if starts else None)
    return None


def _anchor(run: Run, index: int) -> float:
    """Give the place along the line by which a run's first or last character belongs to a cell.

    A closing mark may hang over the cell's edge, since its ink stands at its left; it
    belongs where its left part is.
    """
    char, end = run.text[index], run.ends[index]
    start = run.x0 if index == 0 or len(run.ends) == 1 else run.ends[-2]
    return start + (end - start) * (0.2 if char in NOT_AT_START and is_wide(char) else 0.5)


def _characters(run: Run) -> Iterator[Run]:
    """Part a run into its characters."""
    start = run.x0
    for index, (char, end) in enumerate(zip(run.text, run.ends, strict=True)):
        yield Run(char, start, run.top, end, run.bottom, (end,), run.spaced and index == 0)
        start = end


# Lines of a table


def _lattices(page: Page) -> Iterator[Lattice]:
    """Give the tables' lattices, from the top to the bottom."""
    horizontals = _merged(page.horizontals)
    verticals = _merged(page.verticals)
    found = []
    for level, upright in _touching(horizontals, verticals):
        lattice = _lattice(level, upright)
        if lattice is not None:
            found.append(lattice)
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    yield from _outermost(found)


def _outermost(lattices: Sequence[Lattice]) -> list[Lattice]:
    """Leave out the tables that stand within another one: they are text of its cell."""
    kept: list[Lattice] = []
    for lattice in sorted(lattices, key=_area, reverse=True):
        x0, top, x1, bottom = lattice.box
        middle = ((x0 + x1) / 2, (top + bottom) / 2)
        if not any(o.xs[0] < middle[0] < o.xs[-1] and o.ys[0] < middle[1] < o.ys[-1] for o in kept):
            kept.append(lattice)
    return sorted(kept, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _area(lattice: Lattice) -> float:
    x0, top, x1, bottom = lattice.box
    return (x1 - x0) * (bottom - top)


def _merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Join the strokes of one line: doubled, overlapping, dashed or drawn cell by cell."""
    merged: list[Stroke] = []
    for group in _clusters(sorted(strokes)):
        position = sum(stroke.position for stroke in group) / len(group)
        start: float | None = None
        end = 0.0
        for stroke in sorted(group, key=lambda stroke: stroke.start):
            if start is None:
                start, end = stroke.start, stroke.end
            elif stroke.start - end <= DASH:
                end = max(end, stroke.end)
            else:
                merged.append(Stroke(position, start, end))
                start, end = stroke.start, stroke.end
        if start is not None:
            merged.append(Stroke(position, start, end))
    return merged


def _clusters(strokes: Sequence[Stroke]) -> Iterator[list[Stroke]]:
    """Group strokes, sorted by position, that lie within `SNAP` of their group's first."""
    group: list[Stroke] = []
    for stroke in strokes:
        if group and stroke.position - group[0].position > SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _touching(horizontals: Sequence[Stroke], verticals: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Group the strokes that touch, directly or over others."""
    parent = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    offset = len(horizontals)
    for h, level in enumerate(horizontals):
        for v, upright in enumerate(verticals):
            if (
                level.start - TOUCH <= upright.position <= level.end + TOUCH
                and upright.start - TOUCH <= level.position <= upright.end + TOUCH
            ):
                parent[root(h)] = root(offset + v)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for index, stroke in enumerate((*horizontals, *verticals)):
        pair = groups.setdefault(root(index), ([], []))
        pair[0 if index < offset else 1].append(stroke)
    return list(groups.values())


def _lattice(level: list[Stroke], upright: list[Stroke]) -> Lattice | None:
    """Make a lattice of touching strokes; ``None`` where they part nothing into columns."""
    if not upright or len(level) + len(upright) < 4:
        return None
    xs = _positions(upright, min(s.start for s in level) if level else None, max((s.end for s in level), default=None))
    ys = _positions(level, min(s.start for s in upright), max(s.end for s in upright))
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Lattice(
        tuple(xs),
        tuple(ys),
        tuple(tuple(_drawn(upright, x, (y0 + y1) / 2) for x in xs) for y0, y1 in pairwise(ys)),
        tuple(tuple(_drawn(level, y, (x0 + x1) / 2) for x0, x1 in pairwise(xs)) for y in ys),
    )


def _positions(strokes: Sequence[Stroke], start: float | None, end: float | None) -> list[float]:
    """Give the places of parallel strokes, with the open sides that crossing ones show."""
    found = sorted({stroke.position for stroke in strokes})
    if start is not None and (not found or found[0] - start > OPEN_SIDE):
        found.insert(0, start)
    if end is not None and end - found[-1] > OPEN_SIDE:
        found.append(end)
    return found


def _drawn(strokes: Sequence[Stroke], position: float, along: float) -> bool:
    return any(s.position == position and s.start - SNAP <= along <= s.end + SNAP for s in strokes)


# Cells of a table


def _grid(lattice: Lattice, runs: Sequence[Run], page: Page) -> Grid:
    """Make the grid of one table and the runs in its box."""
    spans = list(_spans(lattice))
    lines = [text_lines(found) if found else [] for found in _filled(lattice, spans, runs)]
    padding = _padding(lattice, spans, lines)
    return Grid(
        cells=tuple(_cell(lattice, span, found, padding, page) for span, found in zip(spans, lines, strict=True)),
        row_count=len(lattice.ys) - 1,
        column_count=len(lattice.xs) - 1,
        place=Place(page=page.number, box=page.seen(lattice.box)),
        edges=tuple(round(x, 1) for x in lattice.xs),
        characters=_count(runs, lines),
    )


def _filled(lattice: Lattice, spans: Sequence[Span], runs: Sequence[Run]) -> list[list[Run]]:
    """Give the runs of each cell; a run over the edge of a cell goes in its parts."""
    owner = {
        (i, j): index
        for index, (row, column, row_span, column_span) in enumerate(spans)
        for i in range(row, row + row_span)
        for j in range(column, column + column_span)
    }
    filled: list[list[Run]] = [[] for _ in spans]
    xs, ys = lattice.xs, lattice.ys
    last_row, last_column = len(ys) - 2, len(xs) - 2
    for run in runs:
        i = min(max(bisect_right(ys, (run.top + run.bottom) / 2) - 1, 0), last_row)
        first = min(max(bisect_right(xs, _anchor(run, 0)) - 1, 0), last_column)
        last = min(max(bisect_right(xs, _anchor(run, -1)) - 1, 0), last_column)
        if owner[i, first] == owner[i, last]:
            filled[owner[i, first]].append(run)
            continue
        for char in _characters(run):
            j = min(max(bisect_right(xs, _anchor(char, 0)) - 1, 0), last_column)
            filled[owner[i, j]].append(char)
    return filled


def _count(runs: Sequence[Run], lines: Sequence[Sequence[TextLine]]) -> Counter[str]:
    """Count what is printed in the table: runs drawn twice to look bold count once."""
    doubled: Counter[str] = Counter()
    kept = sum(len(line.runs) for cell in lines for line in cell)
    if kept < len(runs):
        standing = Counter((run.text, run.x0, run.top) for cell in lines for line in cell for run in line.runs)
        for run in runs:
            if not standing[run.text, run.x0, run.top]:
                doubled.update(run.text)
    return Counter("".join(run.text for run in runs)) - doubled


def _spans(lattice: Lattice) -> Iterator[Span]:
    """Give row, column, row span and column span of each cell in reading order."""
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken: set[tuple[int, int]] = set()
    for i in range(rows):
        for j in range(columns):
            if (i, j) in taken:
                continue
            width = 1
            while j + width < columns and not lattice.upright[i][j + width] and (i, j + width) not in taken:
                width += 1
            height = 1
            while i + height < rows and _goes_on(lattice, i + height, j, width):
                height += 1
            taken.update((i + di, j + dj) for di in range(height) for dj in range(width))
            yield i, j, height, width


def _goes_on(lattice: Lattice, row: int, column: int, width: int) -> bool:
    """Tell whether a cell above this row covers this row's columns too, and only them."""
    return not any(lattice.level[row][column : column + width]) and not any(
        lattice.upright[row][column + 1 : column + width]
    )


def _padding(lattice: Lattice, spans: Sequence[Span], lines: Sequence[Sequence[TextLine]]) -> tuple[float, float]:
    """Measure the table's padding left and right in points: the least that several lines leave.

    One line alone may hang over its cell's edge, and says nothing.
    """
    lefts: list[float] = []
    rights: list[float] = []
    for (_, column, _, width), found in zip(spans, lines, strict=True):
        x0, x1 = lattice.xs[column], lattice.xs[column + width]
        for line in found:
            lefts.append(line.x0 - x0)
            rights.append(x1 - line.x1)
    left = _least_shared(lefts)
    return left, min(left, _least_shared(rights))


def _least_shared(paddings: list[float]) -> float:
    """Give the least padding that two lines have in common, or the least of all."""
    found = sorted(padding for padding in paddings if padding >= LEAST_PADDING)
    shared = (first for first, second in pairwise(found) if second - first <= SAME_PADDING)
    return next(shared, found[0] if found else 0.0)


def _cell(
    lattice: Lattice,
    span: Span,
    lines: Sequence[TextLine],
    padding: tuple[float, float],
    page: Page,
) -> Cell:
    row, column, row_span, column_span = span
    x0, x1 = lattice.xs[column], lattice.xs[column + column_span]
    top, bottom = lattice.ys[row], lattice.ys[row + row_span]
    inner = (x0 + padding[0], x1 - padding[1])
    above, below = _free_lines(lines, top, bottom)
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        lines=_measured(lines, inner),
        place=Place(page=page.number, box=page.seen((x0, top, x1, bottom))),
        open_top=not any(lattice.level[row][column : column + column_span]),
        open_bottom=not any(lattice.level[row + row_span][column : column + column_span]),
        lines_above=above,
        lines_below=below,
    )


def _free_lines(lines: Sequence[TextLine], top: float, bottom: float) -> tuple[float | None, float | None]:
    """Measure how many more lines would fit above and below a cell's text."""
    if not lines:
        return None, None
    first, last = lines[0], lines[-1]
    pitch = (last.top - first.top) / (len(lines) - 1) if len(lines) > 1 else first.size * LINE_PITCH
    pitch = max(pitch, first.size)
    return round((first.top - top) / pitch, 2), round((bottom - last.bottom) / pitch, 2)


def _measured(lines: Sequence[TextLine], inner: tuple[float, float]) -> tuple[Line, ...]:
    """Measure each line's room and head.

    A piece too long for any line is cut by force, so a line that is all one piece adds the
    next line's head to its own.
    """
    if lines and lines[0].stacked:
        return tuple(Line(line.text, 0.0, round(line.em, 2), 0.0) for line in lines)
    measured: list[Line] = []
    align = _align(lines, inner) if lines else Align.LEFT
    following: TextLine | None = None
    below = 0.0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        head, whole = line.head
        room, spare = _room(line, inner, align)
        if whole and following is not None and _is_forced(line, following, room):
            head += below
        measured.append(Line(line.text, room, round(head, 2), spare))
        following, below = line, head
    measured.reverse()
    return tuple(measured)


def _is_forced(line: TextLine, following: TextLine, room: float) -> bool:
    """Tell whether a line ends where no line may: within a word that fills it, or beside a mark."""
    before, after = line.text[-1], following.text[0]
    if may_break(before, after):
        return False
    return room < line.em or not (before.isalnum() and after.isalnum())


def _room(line: TextLine, inner: tuple[float, float], align: Align) -> tuple[float, float]:
    """Measure how much more text a line could have held, in points: surely, and at the most careful count.

    In a centred line that is the space on both sides, in one aligned to the right the space
    on its left; the indent of a first line is no room.  A line that is spread over its cell's
    width holds only its characters' own widths.
    """
    width, natural = inner[1] - inner[0], line.natural
    if line.is_spread:
        taken = natural
    else:
        indent = max(line.x0 - inner[0], 0.0) if align is Align.LEFT else 0.0
        taken = line.box[2] - line.x0 + indent
        natural += indent
    spare = width - max(taken, natural) - SURE * line.em
    return round(width - taken - SLACK * line.em, 2), round(spare, 2)


def _align(lines: Sequence[TextLine], inner: tuple[float, float]) -> Align:
    """Tell how a cell's lines are aligned; a first line may be indented."""
    body = lines[1:] if len(lines) > 1 else lines
    lefts = [line.x0 for line in body]
    size = lines[0].size
    flush = min(lefts) - inner[0] < ALIGNED * size and max(lefts) - min(lefts) < ALIGNED * size
    return Align.LEFT if flush else Align.OTHER
