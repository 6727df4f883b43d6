"""Tell where the columns of a table without upright lines end: where its lines do, or where its text leaves gaps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from extract.page import Run, Stroke
from extract.rule_stacks import CLOSE, RuleStack, covers, pieces
from extract.strokes import SNAP, TOUCH, clusters

#: So many columns make a table without sides.
FEWEST_COLUMNS = 3
#: A gap that runs through the text of all rows is as wide as this (em).
GAP = 0.22
#: The pieces of so many lines, and of this share of those that cross the place, end at a column's edge.
FEWEST_JOINTS, MOST_JOINTS = 2, 0.5
#: Pieces of a line that are nearer than this touch, or overlap (points).
JOINT = 1.2
#: A shorter piece of a line is where it meets another: some programs draw the corners of cells by themselves (points).
CORNER = 4.0
#: A space, or the gap of a justified line, is no wider (em).
A_SPACE = 0.75
#: Text of no more than this share of the rows runs on over the edge of a column, beside so many in which it does not.
MOST_TOUCHED, FEWEST_BESIDE = 0.34, 2
#: Text may reach over an edge by so much (points).
OVER = 0.5

#: Where columns begin and end, from the left to the right, in points.
Edges = tuple[float, ...]


class InnerEdges(NamedTuple):
    """Hold the inner edges of a table's columns.

    Args:
        xs: From the left to the right, in points.
        are_drawn: Whether the pieces of its lines end there, as where each cell has its own; text tells nothing then.
    """

    xs: Edges
    are_drawn: bool


def inner_edges(stack: RuleStack, horizontals: Sequence[Stroke]) -> InnerEdges:
    """Tell the inner edges of a table's columns: its lines do, or else the gaps in its text.

    Most of the lines end a piece at an edge and begin another; or several begin or end there, beside cells that go on.

    Args:
        stack: The table's lines.
        horizontals: The pieces that are drawn on its page, by their positions.
    """
    joined: list[tuple[float, float]] = []
    by_cells: Edges = ()
    for rule in stack.rules:
        near = slice(*(bisect_left(horizontals, (rule.position + x,)) for x in (-SNAP, SNAP)))
        drawn = sorted(
            (other.start, other.end) for other in horizontals[near] if stack.x0 - TOUCH <= other.start <= stack.x1
        )
        found = tuple(_joints(drawn))
        joined += ((x, rule.position) for x in found)
        if (
            len(found) > len(by_cells)
            and sum(b - a > CORNER for a, b in drawn) == len(found) + 1
            and not stack.is_partial(Stroke(rule.position, drawn[0][0], drawn[-1][1]))
        ):
            by_cells = found
    ends = [(x, rule.position) for rule in stack.rules for x in (rule.start, rule.end)]
    joints = _shared(joined, stack, MOST_JOINTS)
    if len(by_cells) >= FEWEST_COLUMNS - 1 and _has_labels(stack, by_cells):
        joints = by_cells
    are_drawn = len(joints) >= FEWEST_COLUMNS - 1
    told = [*joints]
    told += (x for x in _shared(ends, stack, 0.0) if all(abs(x - other) > TOUCH for other in told))
    for before, after in pairwise(_columns(stack)):
        a, b = before[1] - OVER, after[0] + OVER
        if any(a <= x <= b for x in told):
            continue
        end = next((x for x, _ in ends if a <= x <= b), None)
        if end is not None or not are_drawn:
            told.append((a + b) / 2 if end is None else end)
    return InnerEdges(tuple(sorted(told)), are_drawn)


def _has_labels(stack: RuleStack, edges: Edges) -> bool:
    """Tell whether each column has one label, in the first row or in the rows of several levels, and none crosses."""
    for band in stack.header:
        for line in band.lines:
            columns = [bisect_left(edges, sum(piece) / 2) for piece in pieces(line, CLOSE * stack.em)]
            if len(columns) != len(set(columns)):
                return False
    return any(band.runs for band in stack.header)


def _joints(drawn: Iterable[tuple[float, float]]) -> Iterator[float]:
    """Give where a piece of a line ends and the next one begins, or the middle of the corners between them.

    Args:
        drawn: From where to where each piece reaches, from the left to the right.
    """
    end = reached = None
    for start, stop in drawn:
        # Where lines are thick, their pieces overlap.
        if reached is not None and not -TOUCH <= start - reached <= JOINT:
            end = None
        reached = stop
        if stop - start > CORNER:
            if end is not None:
                yield start if abs(start - end) <= JOINT else (start + end) / 2
            end = stop


def _shared(ends: Iterable[tuple[float, float]], stack: RuleStack, least: float) -> Edges:
    """Give the places within a table at which several lines, and at least such a share of those there, have an end."""
    found = []
    for place in clusters(sorted(ends), SNAP):
        x, lines = place[0][0], len({position for _, position in place})
        over = sum(covers(rule, x) for rule in stack.rules)
        if stack.x0 + TOUCH < x < stack.x1 - TOUCH and lines >= max(FEWEST_JOINTS, least * over):
            found.append(x)
    return tuple(found)


def _columns(stack: RuleStack) -> list[tuple[float, float]]:
    """Give from where to where the text of columns reaches, in the rows with several pieces.

    A label over several columns, above a line as wide as these, says nothing of them.
    """
    partial = next((rule for rule in stack.rules if stack.is_partial(rule)), None)
    bands = [
        [
            run
            for run in band.runs
            if partial is None or partial.position != band.bottom or not covers(partial, (run.x0 + run.x1) / 2)
        ]
        for band in stack.bands
        if not band.is_single(stack.em)
    ]
    levels = max(1, sum(not band.is_single(stack.em) for band in stack.header))
    labels = [run for band in bands[:levels] for run in band]
    texts = [run for band in bands[levels:] for run in band]
    columns: list[tuple[float, float]] = []
    for column in pieces([*labels, *texts], GAP * stack.em):
        if columns and (_is_one(columns[-1], column, labels, texts) or _goes_on(columns[-1], column, stack, levels)):
            columns[-1] = (columns[-1][0], column[1])
        else:
            columns.append(column)
    return [part for column in columns for part in _parted(column, labels, bands[levels:], stack.em)]


def _parted(
    column: tuple[float, float], labels: Iterable[Run], rows: Sequence[Sequence[Run]], em: float
) -> Iterator[tuple[float, float]]:
    """Part a column that has several labels, where hardly any row's text runs on from one to the next.

    A word too wide for its cell does so.
    """
    start, end = column
    names = pieces(_inside(column, labels), CLOSE * em)
    reaches = [pieces(_inside(column, row), GAP * em) for row in rows] if len(names) > 1 else []
    for left, right in pairwise(names):
        if (x := _least_crossed(reaches, sum(left) / 2, sum(right) / 2)) is not None:
            yield start, x
            start = x
    yield start, end


def _least_crossed(reaches: Sequence[Sequence[tuple[float, float]]], left: float, right: float) -> float | None:
    """Give a place between two labels that the text of hardly any row crosses; several have text at both its sides.

    Args:
        reaches: From where to where the pieces of each row's text reach.
        left: The middle of one label.
        right: That of the next one.
    """
    ends = {before[1] for row in reaches for before, _ in pairwise(row) if left < before[1] < right}
    found = [(sum(any(a < x < b for a, b in row) for row in reaches), x) for x in ends]
    crossed, x = min(found, default=(len(reaches), 0.0))
    beside = sum(any(b <= x for _, b in row) and any(a >= x for a, _ in row) for row in reaches)
    if crossed > MOST_TOUCHED * len(reaches) or beside < FEWEST_BESIDE:
        return None
    return (x + min(a for row in reaches for a, _ in row if a >= x)) / 2


def _is_one(left: tuple[float, float], right: tuple[float, float], labels: Iterable[Run], texts: Iterable[Run]) -> bool:
    """Tell whether two columns are one: its label stands on one side of all its text."""
    labelled = [_stands_in(side, labels) for side in (left, right)]
    filled = [_stands_in(side, texts) for side in (left, right)]
    return labelled[0] != labelled[1] and filled[0] != filled[1] and labelled[0] != filled[0]


def _goes_on(left: tuple[float, float], right: tuple[float, float], stack: RuleStack, levels: int) -> bool:
    """Tell whether a column without a label is the rest of the one before: each text in it is a space away from that's.

    Args:
        left: From where to where the text of the first column reaches.
        right: The same of the second one.
        stack: The table's lines.
        levels: How many rows hold labels.
    """
    labels = [run for band in stack.bands[:levels] for run in band.runs]
    lines = [line for band in stack.bands if not band.is_single(stack.em) for line in band.lines]
    firsts = [(min(inside, key=attrgetter("x0")), line) for line in lines if (inside := list(_inside(right, line)))]
    return not _stands_in(right, labels) and all(
        any(0 <= first.x0 - run.x1 < A_SPACE * stack.em for run in _inside(left, line)) for first, line in firsts
    )


def _stands_in(side: tuple[float, float], runs: Iterable[Run]) -> bool:
    return any(_inside(side, runs))


def _inside(side: tuple[float, float], runs: Iterable[Run]) -> Iterator[Run]:
    return (run for run in runs if side[0] <= (run.x0 + run.x1) / 2 <= side[1])
