"""Tell in which table and in which cell text stands, also where it runs over an edge.

A word that is too wide for its cell belongs where it is aligned, and where the line begins that it goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extract.cell_text import run_end
from extract.linebreak import LEANING, NOT_AT_START, is_wide
from extract.measure import Span
from extract.overflow import SAME_PADDING, follows, goes_on, running_over, runs_over
from extract.page import Run, runs_within
from extract.pieces import INSIDE, goes_over, pieces_of
from extract.ruling import Lattice

#: A word is aligned to a side of its cell within this, and to its middle within the second (points); where print is
#: large, within these shares of its height.
FLUSH, CENTRED, FLUSH_SHARE, CENTRED_SHARE = 8.0, 1.0, 0.67, 0.1
#: A line this near to a text's middle (a share of its height) is drawn through it.
STRUCK = 0.2
#: Says that a run lies over the edge of a table.
ACROSS = -1


def runs_of_tables(runs: Sequence[Run], lattices: Sequence[Lattice]) -> tuple[list[list[Run]], list[Run]]:
    """Give the runs of each table, and those outside of all; a run over the edge of a table goes in its parts."""
    inside: list[list[Run]] = [[] for _ in lattices]
    outside: list[Run] = []
    over: tuple[Run, int] | None = None
    before: tuple[Run, int] | None = None
    for run in runs:
        home = _home(run, lattices)
        if home is None and over is not None and goes_on(run, over[0]):
            home = over[1]
        if home is None and before is not None and run.x0 < lattices[before[1]].xs[-1] and follows(run, before[0]):
            # The last of letters that are set apart may stand over the edge.
            home = before[1]
        before = (run, home) if home is not None and home >= 0 else None
        over = (run, home) if home is not None and home >= 0 and run.x1 > lattices[home].xs[-1] else None
        if home is not None and home >= 0:
            inside[home].append(run)
        elif home is None:
            outside.append(run)
        else:
            pieces = list(pieces_of(run))
            homes = [_home_of_piece(piece, lattices) for piece in pieces]
            if len(set(homes)) == 1:
                pieces, homes = [run], homes[:1]
            for piece, at in zip(pieces, homes, strict=True):
                (outside if at is None else inside[at]).append(piece)
    return inside, outside


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
            if starts and runs_over(run, xs[-1:], xs[bisect_right(xs, run.x0) - 1]):
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


def _word_place(
    piece: Run, xs: Sequence[float], others: Sequence[Run] = (), row: tuple[float, float] = (0, 0)
) -> float:
    """Give the place along the line by which a piece belongs to a column.

    A word wider than its cell runs over the edges that it is not aligned to.  One that runs over the table's edge
    belongs where it begins, or ends.

    Args:
        piece: Which may be aligned in several columns.
        xs: The edges of the columns.
        others: The texts of the table: where one of them stands, the piece is none of that cell's.
        row: From where to where the piece's row reaches.
    """
    width, inside = piece.x1 - piece.x0, (piece.bottom - piece.top) * INSIDE
    found = [column for column in _aligned(piece, xs) if xs[column + 1] - xs[column] < width + _flush(piece)]
    if len(found) > 1:
        boxes = {column: (xs[column], row[0], xs[column + 1], row[1]) for column in found}
        beside = {
            column: [other for other in runs_within(others, box) if not _holds(other, piece)]
            for column, box in boxes.items()
        }
        # A further line of a cell begins where the others do.
        flush = [column for column in found if any(abs(other.x0 - piece.x0) < SAME_PADDING for other in beside[column])]
        free = [column for column in found if not beside[column]]
        found = next((told for told in (flush, free) if len(told) == 1), found)
    if len(found) == 1:
        return (xs[found[0]] + xs[found[0] + 1]) / 2
    if len(piece.text) > 1 and piece.x0 < xs[-1] - inside < piece.x1:
        return piece.x0
    if len(piece.text) > 1 and piece.x0 < xs[0] + inside < piece.x1:
        return piece.x1
    return _anchor(piece, 0, -1)


def _holds(run: Run, piece: Run) -> bool:
    """Tell whether a run is the one that a piece is of."""
    return run.top == piece.top and run.x0 <= piece.x0 and piece.x1 <= run.x1


def _hangs(run: Run, before: Run) -> bool:
    """Tell whether a mark leans on the run drawn before it: some producers let it hang over the cell's edge."""
    return goes_on(run, before) and not run.spaced


def _aligned(piece: Run, xs: Sequence[float]) -> list[int]:
    """Give the columns to whose left, right or middle a piece is aligned."""
    middle, flush, near = (piece.x0 + piece.x1) / 2, _flush(piece), _near_middle(piece)
    return [
        column
        for column, (left, right) in enumerate(pairwise(xs))
        if 0 <= piece.x0 - left <= flush or 0 <= right - piece.x1 <= flush or abs(middle - (left + right) / 2) < near
    ]


def _flush(piece: Run) -> float:
    """Give how far from the side of its cell a piece may stand that is aligned to it, in points."""
    return max(FLUSH, FLUSH_SHARE * (piece.bottom - piece.top))


def _near_middle(piece: Run) -> float:
    """Give how far from the middle of its cell a piece may stand that is set in it, in points."""
    return max(CENTRED, CENTRED_SHARE * (piece.bottom - piece.top))


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
    char = run.text[index]
    return run.start_of(index) + run.width_of(index) * (0.2 if char in NOT_AT_START and is_wide(char) else 0.5)


def runs_of_cells(
    lattice: Lattice, spans: Sequence[Span], runs: Sequence[Run]
) -> tuple[list[list[Run]], dict[int, str]]:
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
    centred |= running_over(lattice, runs, reach, centred)
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
        if before is not None and run.text[0] in LEANING and first > j and _hangs(run, before):
            first = j
            last = j if LEANING.issuperset(run.text) else last
        if index in centred:
            j = centred[index]
            filled[owner[i, j]].append(run)
        elif owner[i, first] == owner[i, last]:
            filled[owner[i, first]].append(run)
            j = last
        else:
            is_behind = before is not None and follows(run, before)
            for piece in pieces_of(run, xs):
                centre = _middle_column((piece,), xs) if is_behind else None
                if centre is not None:
                    j = centre
                elif not (is_behind and goes_over(piece, xs[j + 1])):
                    place = _word_place(piece, xs, runs, (ys[i], ys[i + 1]))
                    j = min(max(bisect_right(xs, place) - 1, 0), last_column)
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
            while first and follows(runs[first], runs[first - 1]):
                first -= 1
            while last + 1 < len(runs) and follows(runs[last + 1], runs[last]):
                last += 1
            column = _middle_column(runs[first : last + 1], xs)
        if column is not None:
            found.update(dict.fromkeys(range(first, last + 1), column))
    return found


def _middle_column(line: Sequence[Run], xs: Sequence[float]) -> int | None:
    """Give the column in whose middle a line stands that runs over both its sides, if any.

    Of a mark at the line's end some producers count half.
    """
    twice = line[0].x0 + line[-1].x1
    column = bisect_right(xs, twice / 2) - 1
    edges, near = xs[column : column + 2], _near_middle(line[0])
    if not 0 <= column < len(xs) - 1:
        return None
    if min(abs(twice - sum(edges)), abs(line[0].x0 + run_end(line[-1]) - sum(edges))) >= 2 * near:
        return None
    crossed = all(any(run.x0 < edge < run.x1 for run in line) for edge in edges)
    if not crossed and all(len(run.text) == 1 for run in line):
        # Letters that are set apart need not stand on the edges that their line crosses.
        crossed = line[0].x0 < edges[0] - near and edges[1] + near < line[-1].x1
    return column if crossed else None
