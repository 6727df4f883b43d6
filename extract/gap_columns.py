"""Tell the columns of tables without upright lines by the gaps that run through all of their text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extract.page import Run, Stroke, runs_within
from extract.strokes import TOUCH, Strokes, extent, inner_uprights

#: So many lines, one below the other, make a table without sides, and so many columns.  Below the second line are rows
#: with lines between them, or numbered ones without.
FEWEST_LINES, FEWEST_COLUMNS = 3, 3
#: A gap of this many times a line's height parts columns, and no names.
COLUMN_GAP = 1.2
#: This share of the rows has text in several columns.
MOST_ROWS = 0.7


def with_gap_columns(groups: Sequence[Strokes], runs: Sequence[Run]) -> Iterator[tuple[Strokes, bool]]:
    """Give groups of strokes; those of a table without inner sides get some where its text leaves gaps.

    The second value tells whether they did.  A group of lines alone is a table where they are as long as each other.
    """
    rules: list[Stroke] = []
    for level, upright in groups:
        if not upright and len(level) == 1:
            rules += level
        elif len(level) >= FEWEST_LINES and not inner_uprights(upright) and (table := _table(level, runs)):
            yield table, True
        else:
            yield (level, upright), False
    for level in _stacks(rules):
        if table := _table(level, runs):
            yield table, True


def _stacks(rules: Iterable[Stroke]) -> Iterator[list[Stroke]]:
    """Give lines that begin and end under each other, from the top to the bottom."""
    stacks: list[list[Stroke]] = []
    for rule in sorted(rules):
        for stack in stacks:
            if abs(stack[0].start - rule.start) <= TOUCH and abs(stack[0].end - rule.end) <= TOUCH:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    yield from (stack for stack in stacks if len(stack) >= FEWEST_LINES)


def _table(level: Sequence[Stroke], runs: Sequence[Run]) -> Strokes | None:
    """Give lines with the sides of their table's columns; ``None`` where its text does not stand in columns."""
    x0, top, x1, bottom = extent((list(level), []))
    bands = list(pairwise(sorted({stroke.position for stroke in level})))
    rows = (list(runs_within(runs, (x0, a, x1, b))) for a, b in bands)
    columns = _labelled_columns([row for row in rows if row])
    if not columns:
        return None
    edges = (x0, *((before[1] + after[0]) / 2 for before, after in pairwise(columns)), x1)
    # A page break leaves out the line above or below a row that fills all columns.
    height = sorted(b - a for a, b in bands)[len(bands) // 2]
    beyond = ((top - height, (top - height, top)), (bottom + height, (bottom, bottom + height)))
    left_out = [end for end, (a, b) in beyond if _fills(list(runs_within(runs, (x0, a, x1, b))), edges)]
    lines = [*level, *(Stroke(end, x0, x1) for end in left_out)]
    ends = [stroke.position for stroke in lines]
    return lines, [Stroke(edge, min(ends), max(ends)) for edge in edges]


def _labelled_columns(rows: Sequence[Sequence[Run]]) -> list[tuple[float, float]]:
    """Give from where to where the columns of a header and of the rows below it reach; none where they differ.

    A label in the middle of its column may stand beside all of the texts below it, but not beyond the next one.
    """
    if len(rows) < 2:
        return []
    labels, *records = rows
    heads, texts = _columns(labels), _columns([run for row in records for run in row])
    if len(heads) != len(texts) or len(heads) < FEWEST_COLUMNS:
        return []
    columns = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(heads, texts, strict=True)]
    if len(records) == 1 and not all(run.text.isdecimal() for run in records[0] if run.x1 <= columns[0][1]):
        return []
    several = sum(len(_columns(row)) > 1 for row in records)
    if any(after[0] <= before[1] for before, after in pairwise(columns)) or several < MOST_ROWS * len(records):
        return []
    return columns


def _fills(row: Iterable[Run], edges: Sequence[float]) -> bool:
    """Tell whether a row has text in each column, and none over an edge."""
    columns = [(bisect_left(edges, run.x0), bisect_left(edges, run.x1)) for run in row]
    return all(a == b for a, b in columns) and {a for a, _ in columns} == set(range(1, len(edges)))


def _columns(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """Give from where to where texts reach, those without a wide gap between them as one."""
    gap = COLUMN_GAP * max(run.bottom - run.top for run in runs)
    found: list[tuple[float, float]] = []
    for run in sorted(runs, key=lambda run: run.x0):
        if found and run.x0 - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], run.x1))
        else:
            found.append((run.x0, run.x1))
    return found
