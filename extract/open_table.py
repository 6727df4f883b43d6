"""Give the strokes of a table without upright lines whose columns are known: where no text stands over their edges."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.cell_text import run_end, run_start
from extract.gap_edges import OVER, Edges
from extract.page import Run, Stroke
from extract.rule_stacks import CLOSE, Band, RuleStack, covers, pieces
from extract.strokes import TOUCH, Strokes

#: Characters as near as this follow each other, whatever column they stand in (em).
TIGHT = 0.03
#: Text begins under other text, or has its middle there, within so many points.
ALIGNED = 1.5
#: The rest of a row that a page break cuts stands this near to the last line of it (heights).
NEAR = 1.5

_COLON = re.compile("[:：]")

#: From where to where a text reaches, in points.
Reach = tuple[float, float]


@dataclass(frozen=True)
class OpenTable:
    """Hold a table without upright lines.

    Args:
        stack: Its lines.
        edges: The inner edges of its columns.
        goes_on: Whether they are those of the table on the page before.
    """

    stack: RuleStack
    edges: Edges
    goes_on: bool

    def strokes(self, runs: Sequence[Run]) -> Strokes:
        """Give its lines, with the sides of the columns where no text crosses them."""
        bands = [*self.stack.bands]
        bands[:0] = self.left_out(runs, above=True)
        bands += self.left_out(runs, above=False)
        x0, x1 = self.stack.x0, self.stack.x1
        sides = [Stroke(x, bands[0].top, bands[-1].bottom) for x in (x0, x1)]
        for band in bands:
            sides += [Stroke(x, band.top, band.bottom) for x in self._uncrossed(band)]
        return list(self.stack.rules), sides

    def _uncrossed(self, band: Band) -> Iterator[float]:
        """Give the edges at which a band has no text over them, nor one label for the columns on both sides.

        A title of a section is one cell.  A label for several columns stands in the middle, above a line as wide as
        these.
        """
        if band in self._titles:
            return
        em = self.stack.em
        texts = [piece for line in band.lines for piece in pieces(line, TIGHT * em)]
        labels = pieces(band.runs, CLOSE * em)
        under = [r for r in self.stack.rules if r.position == band.bottom and self.stack.is_partial(r)]
        labelled = [rule for rule in under if _has_one_label(rule, labels, em)]
        for edge in self.edges:
            is_over = any(a < edge - em and edge + em < b for a, b in texts)
            if not is_over and not any(covers(rule, edge) for rule in labelled):
                yield edge

    @cached_property
    def _titles(self) -> list[Band]:
        """Give the rows of one text over an edge, and of several such rows those in the first column or the middle."""
        stack = self.stack
        lone = [band for band in stack.bands if len(band.lines) == 1 and band.is_single(stack.em)]
        middle = (stack.x0 + stack.x1) / 2
        found = []
        for band in lone:
            x0, x1 = min(run.x0 for run in band.runs), max(run.x1 for run in band.runs)
            is_over = any(x0 < edge - stack.em and edge + stack.em < x1 for edge in self.edges)
            if is_over or (len(lone) > 1 and (x0 < self.edges[0] or abs(x0 + x1 - 2 * middle) < stack.em)):
                found.append(band)
        return found

    def left_out(self, runs: Sequence[Run], *, above: bool) -> list[Band]:
        """Give the row above the first line or below the last one that a page break leaves without its line."""
        stack = self.stack
        first, last = stack.bands[0].top, stack.bands[-1].bottom
        end = first if above else last
        outside = (
            run
            for run in runs
            if stack.x0 - TOUCH < (run.x0 + run.x1) / 2 < stack.x1 + TOUCH
            and (run.bottom <= first + OVER if above else run.top >= last - OVER)
        )
        lines = Band(0.0, 0.0, tuple(outside)).lines
        found: list[Run] = []
        placed = [[*reaches] for reaches in self._placed]
        for line in reversed(lines) if above else lines:
            top, bottom = min(run.top for run in line), max(run.bottom for run in line)
            near = NEAR * (bottom - top)
            if (end - bottom if above else top - end) > (near if above or found else max(near, self._drop)):
                break
            reaches = self.columns_of(line) or {}
            # Labels alone do not tell how other text stands: it is enough that it crosses no edge.
            stands = stands_as(reaches, placed)
            if not (stands or above):
                is_new = bool(found) and not any(placed[column] for column in reaches)
                # Below titles alone stands a row that fills most columns, or text below the table.
                is_first = not any(self._placed) and (self._is_below_labels or 2 * len(reaches) > len(self.edges) + 1)
                stands = bool(reaches) and (is_first or is_new or _begins_row(reaches, placed))
            if not stands and not Band(top, bottom, tuple(line)).rows_of_figures(self.edges):
                break
            found += line
            for column, reach in reaches.items():
                placed[column].append(reach)
            end = min(end, top) if above else max(end, bottom)
        if above and not found:
            found = self._labels(reversed(lines))
            end = min((run.top for run in found), default=end)
        if len({bisect_left(self.edges, run.x0) for run in found}) < (1 if above and self.goes_on else 2):
            return []
        return [Band(end - 1, first, tuple(found)) if above else Band(last, end + 1, tuple(found))]

    def _labels(self, lines: Iterable[list[Run]]) -> list[Run]:
        """Give the labels right above the first line: text in each column, which may stand otherwise than the rows do.

        The first lines of labels of two stand above them alike; what a colon follows is a caption.

        Args:
            lines: Above the first line, from the lowest one on.
        """
        end, found = self.stack.bands[0].top, list[Run]()
        placed: list[list[Reach]] = [[] for _ in range(len(self.edges) + 1)]
        for line in lines:
            reaches, bottom = self.columns_of(line) or {}, max(run.bottom for run in line)
            is_near = end - bottom <= NEAR * (bottom - min(run.top for run in line))
            is_above = stands_as(reaches, placed) and not any(_COLON.search(run.text) for run in line)
            if not (is_near and (is_above if found else len(reaches) > len(self.edges))):
                break
            found += line
            for column, reach in reaches.items():
                placed[column].append(reach)
            end = min(run.top for run in line)
        return found

    @property
    def _rows(self) -> Sequence[Band]:
        """Give the bands below the labels."""
        return self.stack.bands[len(self.stack.header) :]

    @property
    def _is_below_labels(self) -> bool:
        """Tell whether the labels, and no note over all columns, are all that the lines enclose."""
        return not self._rows and not is_crossed(self.stack.bands[0], self.edges)

    @cached_property
    def _drop(self) -> float:
        """Give the most that lies between a row's line and its text below, in points: it may stand at the row's end."""
        return max((min(run.top for run in band.runs) - band.top for band in self._rows if band.runs), default=0.0)

    @cached_property
    def _placed(self) -> list[list[Reach]]:
        """Give from where to where the text of each line reaches, column by column, but for the labels.

        These stand otherwise than what is below them.
        """
        found: list[list[Reach]] = [[] for _ in range(len(self.edges) + 1)]
        for band in self._rows:
            for line in band.lines:
                for column, reach in (self.columns_of(line) or {}).items():
                    found[column].append(reach)
        return found

    def columns_of(self, line: Iterable[Run]) -> dict[int, Reach] | None:
        """Give from where to where a line's text reaches in each column; ``None`` where some crosses an edge."""
        return columns_of(line, self.edges, self.stack.em)


def stands_as(reaches: Mapping[int, Reach], placed: Sequence[Sequence[Reach]]) -> bool:
    """Tell whether the text of a line stands as that of its columns does: it begins alike, or has one middle.

    A column that is blank otherwise tells nothing.

    Args:
        reaches: From where to where the line reaches in each column.
        placed: From where to where other lines do, column by column.
    """
    told = [(reach, placed[column]) for column, reach in reaches.items() if placed[column]]
    return bool(told) and all(any(_is_aligned(reach, other) for other in others) for reach, others in told)


def _begins_row(reaches: Mapping[int, Reach], placed: Sequence[Sequence[Reach]]) -> bool:
    """Tell whether a line below a table may be of a row all the same: some of its paragraphs' first lines are indented.

    Half of its columns stand as theirs do, or end alike; one is not the first, where also text below a table begins.
    """
    told = [column for column in reaches if placed[column]]
    aligned = [column for column in told if any(_is_nearly_aligned(reaches[column], x) for x in placed[column])]
    return any(aligned) and 2 * len(aligned) >= len(told)


def columns_of(line: Iterable[Run], edges: Edges, over: float = OVER) -> dict[int, Reach] | None:
    """Give from where to where a line's text reaches in each column; ``None`` where some stands over an edge."""
    found: dict[int, Reach] = {}
    for run in line:
        if stands_over(run, edges, over):
            return None
        column = bisect_left(edges, (run.x0 + run.x1) / 2)
        a, b = found.get(column, (run.x0, run.x1))
        found[column] = (min(a, run.x0), max(b, run.x1))
    return found


def is_crossed(band: Band, edges: Edges) -> bool:
    """Tell whether text of a band stands over any of the edges."""
    return any(stands_over(run, edges) for run in band.runs)


def stands_over(run: Run, edges: Edges, over: float = OVER) -> bool:
    """Tell whether a text stands over any of the edges, by more than so many points on both sides."""
    return any(run_start(run) < x - over and x + over < run_end(run) for x in edges)


def _has_one_label(rule: Stroke, labels: Iterable[tuple[float, float]], em: float) -> bool:
    """Tell whether one text stands above a line, in its middle."""
    above = [text for text in labels if covers(rule, sum(text) / 2)]
    return len(above) == 1 and abs(sum(above[0]) - rule.start - rule.end) <= 2 * em


def _is_nearly_aligned(reach: Reach, other: Reach) -> bool:
    """Tell whether two texts begin or end under each other, or have one middle."""
    return _is_aligned(reach, other) or abs(reach[1] - other[1]) <= ALIGNED


def _is_aligned(reach: Reach, other: Reach) -> bool:
    """Tell whether two texts begin under each other, or have one middle."""
    return abs(reach[0] - other[0]) <= ALIGNED or abs(sum(reach) - sum(other)) <= 2 * ALIGNED
