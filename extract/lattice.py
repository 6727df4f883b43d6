"""Make grids of characters and ruling lines: the one place that does so for all formats.

A table's strokes cut it into the smallest rectangles (see `extract.ruling`); rectangles without a
stroke between them are one cell.  So spans come from the lines that are missing, and an empty cell
stays apart from a covered position.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.cell_text import TextLine, text_lines
from extract.gaps import SQUEEZED
from extract.linebreak import NOT_AT_START, first_piece, is_wide
from extract.measure import Span, free_lines, measured_cells, padding_of
from extract.overlap import overlapping
from extract.page import Page, Run
from extract.ruling import Lattice, find_lattices
from schema.finding import Place
from schema.grid import Cell, Grid, Line, Paragraph
from schema.limits import DEFAULT_LIMITS, Limits


def page_blocks(page: Page, limits: Limits = DEFAULT_LIMITS) -> list[Paragraph | Grid]:
    """Give the paragraphs (one a line) and grids of a page in reading order.

    Raises:
        LimitError: A table would have more positions than are read.
    """
    lattices = find_lattices(page, limits)
    inside: list[list[Run]] = [[] for _ in lattices]
    outside: list[Run] = []
    for run in page.runs:
        home = _home(run, lattices)
        if home is not None and home >= 0:
            inside[home].append(run)
        elif home is None:
            outside.append(run)
        else:
            pieces = list(_pieces(run))
            homes = [_home_of_piece(piece, lattices) for piece in pieces]
            if len(set(homes)) == 1:
                pieces, homes = [run], homes[:1]
            for piece, at in zip(pieces, homes, strict=True):
                (outside if at is None else inside[at]).append(piece)
    blocks: list[tuple[float, Paragraph | Grid]] = []
    for lattice, runs in zip(lattices, inside, strict=True):
        blocks.append((lattice.ys[0], _grid(lattice, runs, page)))
    for line in text_lines(outside):
        place = Place(page=page.number, box=page.seen(line.box))
        blocks.append((line.top, Paragraph(line.text, place)))
    blocks.sort(key=lambda block: block[0])
    return [block for _, block in blocks]


#: A word is aligned to a side of its cell within this, and to its middle within the second (points).
FLUSH, CENTRED = 8.0, 1.0
#: A line this near to a text's middle (a share of its height) is drawn through it.
STRUCK = 0.2
#: What begins this far from an edge (a share of its height) does not begin at it.
INSIDE = 0.3
#: Words of one line are this far apart at most, unless the line is justified, and lie on each other by no more than the
#: second (shares of their height).
A_SPACE, ON_IT = 0.5, 0.1
#: Says that a run lies over the edge of a table.
ACROSS = -1


def _home(run: Run, lattices: Sequence[Lattice]) -> int | None:
    """Give the table in which a run stands, if any; `ACROSS` where it lies over a table's edge."""
    y = (run.top + run.bottom) / 2
    for index, lattice in enumerate(lattices):
        xs, ys = lattice.xs, lattice.ys
        if ys[0] <= y <= ys[-1] or _is_beyond(run, y, lattice):
            if xs[0] <= run.x0 and run.x1 <= xs[-1]:
                return index
            starts, ends = xs[0] <= _anchor(run, 0) <= xs[-1], xs[0] <= _anchor(run, -1) <= xs[-1]
            if starts and ends:
                return index
            if starts or ends:
                return ACROSS if len(run.text) > 1 else (index if starts else None)
    return None


def _home_of_piece(piece: Run, lattices: Sequence[Lattice]) -> int | None:
    """Give the table in which a piece belongs, if any: a word may run over the table's edge."""
    y = (piece.top + piece.bottom) / 2
    for index, lattice in enumerate(lattices):
        xs, ys = lattice.xs, lattice.ys
        if (ys[0] <= y <= ys[-1] or _is_beyond(piece, y, lattice)) and xs[0] <= _word_place(piece, xs) <= xs[-1]:
            return index
    return None


def _word_place(piece: Run, xs: Sequence[float]) -> float:
    """Give the place along the line by which a piece belongs to a column.

    A word wider than its cell runs over the edges that it is not aligned to.  One that runs over the table's edge
    belongs where it begins, or ends.
    """
    width, inside = piece.x1 - piece.x0, (piece.bottom - piece.top) * INSIDE
    found = [column for column in _aligned(piece, xs) if xs[column + 1] - xs[column] < width + FLUSH]
    if len(found) == 1:
        return (xs[found[0]] + xs[found[0] + 1]) / 2
    if len(piece.text) > 1 and piece.x0 < xs[-1] - inside < piece.x1:
        return piece.x0
    if len(piece.text) > 1 and piece.x0 < xs[0] + inside < piece.x1:
        return piece.x1
    return _anchor(piece, 0, -1)


def _goes_over(piece: Run, edge: float) -> bool:
    """Tell whether a word begins well before the edge of the cell that the text before it stands in, and runs over it.

    No text of the next cell begins there, right behind another's.
    """
    inside = piece.x0 < edge - (piece.bottom - piece.top) * INSIDE
    return inside and piece.x1 > edge and len(piece.text) > 1


def _follows(run: Run, before: Run) -> bool:
    """Tell whether a run goes on in the line of the one that was drawn before it, right behind it or a space away.

    Only over the empty half of a mark does it lie.
    """
    height = run.bottom - run.top
    least = -height if before.text[-1] in SQUEEZED or run.text[0] in SQUEEZED else -height * ON_IT
    return abs(run.top - before.top) < height * INSIDE and least <= run.x0 - before.x1 <= height * A_SPACE


def _aligned(piece: Run, xs: Sequence[float]) -> list[int]:
    """Give the columns to whose left, right or middle a piece is aligned."""
    middle = (piece.x0 + piece.x1) / 2
    return [
        column
        for column, (left, right) in enumerate(pairwise(xs))
        if 0 <= piece.x0 - left <= FLUSH or 0 <= right - piece.x1 <= FLUSH or abs(middle - (left + right) / 2) < CENTRED
    ]


def _is_beyond(run: Run, y: float, lattice: Lattice) -> bool:
    """Tell whether a run stands in a cell that goes on beyond the table's first or last line."""
    if not min(lattice.heads) <= y <= max(lattice.feet):
        return False
    column = bisect_right(lattice.xs, _anchor(run, 0)) - 1
    return 0 <= column < len(lattice.feet) and lattice.heads[column] <= y <= lattice.feet[column]


def _anchor(run: Run, index: int, last: int | None = None) -> float:
    """Give the place along the line by which a run's first or last character belongs to a cell.

    With `last`, all of the run from the first character on belongs where its middle is.

    A closing mark may hang over the cell's edge, since its ink stands at its left; it
    belongs where its left part is.
    """
    if last is not None and len(run.text) > 1:
        return (run.x0 + run.ends[last]) / 2
    char, end = run.text[index], run.ends[index]
    start = run.x0 if index == 0 or len(run.ends) == 1 else run.ends[-2]
    return start + (end - start) * (0.2 if char in NOT_AT_START and is_wide(char) else 0.5)


def _grid(lattice: Lattice, runs: Sequence[Run], page: Page) -> Grid:
    """Make the grid of one table and the runs in its box."""
    spans = list(_spans(lattice))
    filled, struck = _filled(lattice, spans, runs)
    padding = padding_of(lattice, spans, filled)
    lines = [
        text_lines(found, lattice.xs[column + width] - lattice.xs[column] - sum(padding)) if found else []
        for (_, column, _, width), found in zip(spans, filled, strict=True)
    ]
    inners = [
        (lattice.xs[column] + padding[0], lattice.xs[column + width] - padding[1]) for _, column, _, width in spans
    ]
    place = _Places(lattice, page)
    return Grid(
        cells=tuple(
            _cell(lattice, span, found, measured, place.of(span))
            for span, found, measured in zip(spans, lines, measured_cells(lines, inners), strict=True)
        ),
        row_count=len(lattice.ys) - 1,
        column_count=len(lattice.xs) - 1,
        place=Place(page=page.number, box=page.seen(lattice.box)),
        edges=tuple(round(x, 1) for x in lattice.xs),
        characters=_count(runs, lines),
        # Nearly always a cell holds one run, which stands on none.
        overprinted=tuple(
            (place.of(span), text)
            for index, (span, found) in enumerate(zip(spans, lines, strict=True))
            if (index in struck or len(found) > 1 or (found and len(found[0].runs) > 1))
            and (text := struck.get(index) or overlapping(found))
        ),
    )


class _Places:
    """Give the places of a table's cells; their edges are rounded once for all of them."""

    def __init__(self, lattice: Lattice, page: Page) -> None:
        self._page = page
        self._xs, self._ys = lattice.xs, lattice.ys
        if not page.turned:
            self._xs, self._ys = (tuple(round(edge, 1) for edge in edges) for edges in (lattice.xs, lattice.ys))

    def of(self, span: Span) -> Place:
        """Give the place of a cell."""
        row, column, row_span, column_span = span
        box = (self._xs[column], self._ys[row], self._xs[column + column_span], self._ys[row + row_span])
        return Place(page=self._page.number, box=self._page.seen(box) if self._page.turned else box)


def _filled(lattice: Lattice, spans: Sequence[Span], runs: Sequence[Run]) -> tuple[list[list[Run]], dict[int, str]]:
    """Give the runs of each cell; a run over the edge of a cell goes in its parts.

    The second value is, by the cell's index, the first text through which the line above or below it is drawn.
    """
    owner = {
        (i, j): index
        for index, (row, column, row_span, column_span) in enumerate(spans)
        for i in range(row, row + row_span)
        for j in range(column, column + column_span)
    }
    filled: list[list[Run]] = [[] for _ in spans]
    xs, ys = lattice.xs, lattice.ys
    struck: dict[int, str] = {}
    last_row, last_column = len(ys) - 2, len(xs) - 2
    reach = [(bisect_right(xs, run.x0) - 1, bisect_right(xs, run.x1) - 1) for run in runs]
    centred = _centred(runs, reach, xs)
    before: Run | None = None
    j = 0
    for index, run in enumerate(runs):
        middle, near = (run.top + run.bottom) / 2, (run.bottom - run.top) * STRUCK
        i = min(max(bisect_right(ys, middle) - 1, 0), last_row)
        first, last = reach[index]
        # Only over an edge does it matter where a character begins.
        if first != last:
            first, last = bisect_right(xs, _anchor(run, 0)) - 1, bisect_right(xs, _anchor(run, -1)) - 1
        first, last = min(max(first, 0), last_column), min(max(last, 0), last_column)
        edge = i if middle - ys[i] < near else i + 1 if ys[i + 1] - middle < near else None
        if edge is not None and lattice.level[edge][first]:
            struck.setdefault(owner[i, first], run.text)
        if index in centred:
            j = centred[index]
            filled[owner[i, j]].append(run)
        elif owner[i, first] == owner[i, last]:
            filled[owner[i, first]].append(run)
            j = last
        else:
            is_behind = before is not None and _follows(run, before)
            for piece in _pieces(run, xs):
                if not (is_behind and _goes_over(piece, xs[j + 1])):
                    j = min(max(bisect_right(xs, _word_place(piece, xs)) - 1, 0), last_column)
                filled[owner[i, j]].append(piece)
                is_behind = True
        before = run
    return filled, struck


def _centred(runs: Sequence[Run], reach: Sequence[tuple[int, int]], xs: Sequence[float]) -> dict[int, int]:
    """Give the columns in whose middles lines stand that run over both sides, by the indices of the lines' runs.

    Some producers let them, where a word in them is too wide.
    """
    found: dict[int, int] = {}
    for index, (start, end) in enumerate(reach):
        if start == end or index in found:
            continue
        first = last = index
        column = _middle_column(runs[index : index + 1], xs)
        if column is None:
            while first and _follows(runs[first], runs[first - 1]):
                first -= 1
            while last + 1 < len(runs) and _follows(runs[last + 1], runs[last]):
                last += 1
            column = _middle_column(runs[first : last + 1], xs)
        if column is not None:
            found.update(dict.fromkeys(range(first, last + 1), column))
    return found


def _middle_column(line: Sequence[Run], xs: Sequence[float]) -> int | None:
    """Give the column in whose middle a line stands that runs over both its sides, if any."""
    twice = line[0].x0 + line[-1].x1
    column = bisect_right(xs, twice / 2) - 1
    edges = xs[column : column + 2]
    if not 0 <= column < len(xs) - 1 or abs(twice - sum(edges)) >= 2 * CENTRED:
        return None
    crossed = all(any(run.x0 < edge - CENTRED and edge + CENTRED < run.x1 for run in line) for edge in edges)
    return column if crossed else None


def _pieces(run: Run, edges: Sequence[float] = ()) -> Iterator[Run]:
    """Part a run where its text may part: a number or a word that runs over its cell's edge stays whole.

    So do words that a mark joins, in producers that part no line behind it before a letter; but where the mark itself
    hangs over one of the edges, what stands behind it is the next cell's.
    """
    first = 0
    while first < len(run.text):
        count = first_piece(run.text[first:], joined=True)
        short = first_piece(run.text[first : first + count])
        if short < count and bisect_right(edges, run.ends[first + short - 1]) > bisect_right(
            edges, run.ends[first + short - 2] if first + short > 1 else run.x0
        ):
            count = short
        yield run.part(first, first + count)
        first += count


def _count(runs: Sequence[Run], lines: Sequence[Sequence[TextLine]]) -> Counter[str]:
    """Count what is printed in the table: runs drawn twice to look bold count once."""
    printed = Counter("".join(run.text for run in runs))
    if sum(len(line.runs) for cell in lines for line in cell) >= len(runs):
        return printed
    doubled: Counter[str] = Counter()
    standing = Counter((run.text, run.x0, run.top) for cell in lines for line in cell for run in line.runs)
    for run in runs:
        if not standing[run.text, run.x0, run.top]:
            doubled.update(run.text)
    return printed - doubled


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


def _cell(
    lattice: Lattice,
    span: Span,
    lines: Sequence[TextLine],
    measured: tuple[Line, ...],
    place: Place,
) -> Cell:
    row, column, row_span, column_span = span
    top, bottom = lattice.ys[row], lattice.ys[row + row_span]
    above, below = free_lines(lines, top, bottom)
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        lines=measured,
        place=place,
        open_top=not any(lattice.level[row][column : column + column_span]),
        open_bottom=not any(lattice.level[row + row_span][column : column + column_span]),
        lines_above=above,
        lines_below=below,
    )
