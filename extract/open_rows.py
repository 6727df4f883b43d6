"""Give tables the rows at a page's end that are printed without the sides that the rows above have.

Some print programs leave out a row's lines where they break the page: those of the last row, or all but the one above
and the one below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby

from extract.gap_edges import Edges
from extract.open_table import ALIGNED, NEAR, OpenTable, is_crossed
from extract.page import Page, Run, Stroke, runs_within
from extract.rule_stacks import Band, RuleStack
from extract.strokes import OPEN_SIDE, SNAP, TOUCH, Strokes, clusters

#: Nothing stands below the last row of a page, but a foot that is so far away (heights).
FAR = 3.0
#: A row without lines has text in most columns; so many rows of one line each show that a column's texts are short.
MOST, FEWEST_SHORT = 0.5, 3
#: So many words with a colon in one line are to be filled in.
FEWEST_TO_FILL = 2
#: The title of a section has so many characters.
FEWEST_OF_TITLE = 4


def with_open_rows(groups: Sequence[Strokes], page: Page) -> list[Strokes]:
    """Give groups of strokes, those with upright lines with the open rows below them.

    Args:
        groups: Of the page.
        page: Which they are drawn on.
    """
    lone = sorted(level[0] for level, upright in groups if not upright and len(level) == 1)
    found: list[Strokes] = []
    taken: set[Stroke] = set()
    tops = [
        (min(upright).position, max(upright).position, min(side.start for side in upright))
        for _, upright in groups
        if upright
    ]
    for level, upright in groups:
        table = _OpenRows(level, upright, page.runs, tops) if level and upright else None
        rules, sides = table.strokes(lone) if table is not None and table.may_go_on() else ([], [])
        taken.update(rules)
        found.append(([*level, *rules], [*upright, *sides]))
    return [group for group in found if group[1] or not taken.issuperset(group[0])]


class _OpenRows:
    """Hold a table with upright lines, below which text may stand.

    Args:
        level: Its level lines.
        upright: Its upright ones.
        runs: The page's text.
        tops: From where to where the page's groups of upright lines reach from left to right, and where they begin.
    """

    def __init__(
        self,
        level: Sequence[Stroke],
        upright: Sequence[Stroke],
        runs: Sequence[Run],
        tops: Iterable[tuple[float, float, float]],
    ) -> None:
        self._level, self._upright, self._runs = level, upright, runs
        self._x0, self._x1 = min(rule.start for rule in level), max(rule.end for rule in level)
        self._bottom = max(rule.position for rule in level)
        self._is_last = not any(
            top > self._bottom and left < self._x1 and self._x0 < right for left, right, top in tops
        )

    def may_go_on(self) -> bool:
        """Tell whether text stands right below the last line of columns that end there."""
        if min(rule.position for rule in self._level) > self._bottom - SNAP:
            return False
        if max(side.end for side in self._upright) > self._bottom + OPEN_SIDE:
            return False
        return len(self._edges) > 1 and any(
            self._bottom < (run.top + run.bottom) / 2 and run.top < self._bottom + NEAR * (run.bottom - run.top)
            for run in self._runs
        )

    @cached_property
    def _edges(self) -> Edges:
        """Give the inner edges of the columns."""
        places = (group[0][0] for group in clusters(sorted(self._upright), SNAP))
        return tuple(x for x in places if self._x0 + TOUCH < x < self._x1 - TOUCH)

    def strokes(self, lone: Sequence[Stroke]) -> Strokes:
        """Give the lines below the table that are its own, and the sides of the rows there.

        Args:
            lone: The page's lines that no upright one touches, from the top to the bottom.
        """
        rules: list[Stroke] = []
        stack, bottom = RuleStack.of(self._level, self._runs), self._bottom
        for row in self._rows(lone):
            foot = row[0].position
            inside = tuple(runs_within(self._runs, (self._x0, bottom, self._x1, foot)))
            if not self._is_row(Band(bottom, foot, inside), stack):
                break
            rules += row
            bottom = foot
        stack = RuleStack.of([*self._level, *rules], self._runs)
        bands = [band for band in stack.bands if band.top > self._bottom - SNAP or (rules and self._is_rest(band))]
        bands += self._last(stack) if self._is_last else []
        # Lines may reach a little beyond the outermost upright ones.
        places = [side.position for side in self._upright]
        left, right = (next((x for x in places if abs(x - end) <= TOUCH), end) for end in (self._x0, self._x1))
        sides = []
        for band in bands:
            inner = () if is_crossed(band, self._edges) or self._is_any_title(band, stack) else self._edges
            sides += [Stroke(x, band.top, band.bottom) for x in (left, *inner, right)]
        return rules, sides

    def _rows(self, lone: Sequence[Stroke]) -> Iterator[list[Stroke]]:
        """Give the lines below the table piece by piece, until one does not end where its columns do."""
        edges = (self._x0, *self._edges, self._x1)
        below = (rule for rule in lone if rule.position > self._bottom + SNAP and self._x0 - TOUCH < rule.end)
        for _, found in groupby(below, key=lambda rule: round(rule.position)):
            row = list(found)
            ends = [x for rule in row for x in (rule.start, rule.end)]
            if not all(any(abs(x - edge) <= TOUCH for edge in edges) for x in ends):
                return
            yield row

    def _is_row(self, band: Band, stack: RuleStack) -> bool:
        """Tell whether the text between two lines is a row of the table: it stands in its columns, or is a title.

        So is one line right between the lines, if it is longer than the column that it begins in, or no number.
        """
        if not band.runs:
            return False
        return self._is_any_title(band, stack) or not (band.is_single(stack.em) or is_crossed(band, self._edges))

    def _is_any_title(self, band: Band, stack: RuleStack) -> bool:
        """Tell whether a text is a title: as one among the table's rows, or one text right between two lines.

        That begins in the first column, or goes on over an edge.  One in larger print is the next table's.
        """
        if band.is_title(stack.em):
            return False
        if self._is_title(band, stack):
            return True
        if not (band.is_single(stack.em) and band.is_low()):
            return False
        is_text = len(band.text) >= FEWEST_OF_TITLE and not band.text.isdecimal()
        return is_crossed(band, self._edges) or (is_text and band.runs[0].x0 < self._edges[0])

    def _is_rest(self, band: Band) -> bool:
        """Tell whether a row without sides is the rest of one: it begins in no first column, and is in no middle."""
        if not band.runs or self._is_parted(band) or is_crossed(band, self._edges):
            return False
        x0, x1 = min(run.x0 for run in band.runs), max(run.x1 for run in band.runs)
        height = band.runs[0].bottom - band.runs[0].top
        return x0 > self._edges[0] and abs(x0 + x1 - self._x0 - self._x1) > 2 * height

    def _last(self, stack: RuleStack) -> list[Band]:
        """Give the row that has no line below it, where it is the last one of the page."""
        table = OpenTable(stack, self._edges, goes_on=False)
        bottom = stack.bands[-1].bottom
        below = [run for run in self._runs if run.top > bottom - SNAP and (run.top + run.bottom) / 2 > bottom]
        lines = Band(bottom, bottom, tuple(below)).lines
        last = table.left_out(self._runs, above=False)
        if last and sum(run.text.endswith("：") for run in last[0].lines[0]) >= FEWEST_TO_FILL:
            return []
        if last:
            before = self._numbers(stack.bands[-1])[-1:]
            is_next = before != [] and self._numbers(last[0]) == [before[0] + 1]
            if not is_next and not self._is_one_row([table.columns_of(line) or {} for line in last[0].lines], table):
                return []
        elif lines:
            band = Band(bottom, max(run.bottom for run in lines[0]) + 1, tuple(lines[0]))
            # No table ends right behind its labels.
            is_first = len(stack.bands) == 1 and band.is_low() and is_crossed(band, self._edges)
            last = [band] if is_first or self._is_title(band, stack) else []
        end = max((run.bottom for band in last for run in band.runs), default=bottom)
        after = [run for run in below if (run.top + run.bottom) / 2 > end]
        return last if all(run.top - end > FAR * (run.bottom - run.top) for run in after) else []

    def _numbers(self, band: Band) -> list[int]:
        """Give the numbers alone in the first column, from the top to the bottom."""
        return [
            int(run.text) for line in band.lines for run in line if run.x1 < self._edges[0] and run.text.isdecimal()
        ]

    def _is_one_row(self, lines: Sequence[Mapping[int, object]], table: OpenTable) -> bool:
        """Tell whether lines fill most columns together, as one row.

        A column of short texts that is filled in all rows then has one line; without such a column, no two lines fill
        most columns alone.

        Args:
            lines: For each the columns that it fills.
            table: Which they stand below.
        """
        most = MOST * (len(self._edges) + 1)
        heights = Counter(chain(*lines))
        if len(heights) <= most:
            return False
        short = self._short_columns(table) & heights.keys()
        return any(heights[column] == 1 for column in short) if short else sum(len(line) > most for line in lines) <= 1

    def _short_columns(self, table: OpenTable) -> set[int]:
        """Give the columns that have one line in each row with text in several columns."""
        rows = [Counter(chain(*(table.columns_of(line) or () for line in band.lines))) for band in table.stack.bands]
        rows = [row for row in rows if len(row) > 1]
        if len(rows) < FEWEST_SHORT:
            return set()
        return {column for column in range(len(self._edges) + 1) if all(row[column] == 1 for row in rows)}

    def _is_title(self, band: Band, stack: RuleStack) -> bool:
        """Tell whether a text is one line that stands as one over all columns does among the table's rows."""
        if len(band.lines) != 1 or not band.is_single(stack.em):
            return False
        x0, height = min(run.x0 for run in band.runs), max(run.bottom - run.top for run in band.runs)
        if min(run.top for run in band.runs) > band.top + NEAR * height:
            return False
        return any(
            other is not band
            and other.runs
            and other.bottom <= self._bottom + SNAP
            and len(other.lines) == 1
            and other.is_single(stack.em)
            and abs(min(run.x0 for run in other.runs) - x0) <= ALIGNED
            and not self._is_parted(other)
            for other in stack.bands
        )

    def _is_parted(self, band: Band) -> bool:
        """Tell whether upright lines stand within a row."""
        middle = (band.top + band.bottom) / 2
        places = (side.position for side in self._upright if side.start < middle < side.end)
        return any(self._x0 + TOUCH < x < self._x1 - TOUCH for x in places)
