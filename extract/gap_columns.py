"""Give tables without upright lines the sides of their columns, which their lines or their text tell."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from extract.cell_text import run_end, run_start
from extract.gap_edges import FEWEST_COLUMNS, OVER, Edges, inner_edges
from extract.page import Page, Run, Stroke
from extract.rule_stacks import CLOSE, Band, RuleStack, covers, pieces, rule_stacks
from extract.strokes import TOUCH, Strokes, inner_uprights

#: So many lines, one below the other, make a table without sides.
FEWEST_LINES = 3
#: So many rows, that of the labels too, have text in several columns.
FEWEST_ROWS = 2
#: This share of the rows has text in several columns; the others are titles of sections.
MOST_ROWS = 0.5
#: So does this share of the columns in some row, that of the labels as a rule.
MOST_FILLED = 0.6
#: Text crosses the edges of columns that go on in no more than this share of the rows, such as one over all columns.
MOST_CROSSED = 0.2
#: The edge of a column is no further from that of the page before, where gaps tell both (em).
FAR = 3.0
#: Characters as near as this follow each other, whatever column they stand in (em).
TIGHT = 0.03
#: Text begins under other text, or has its middle there, within so many points.
ALIGNED = 1.5
#: The rest of a row that a page break cuts stands this near to the last line of it (heights).
NEAR = 1.5


@dataclass(frozen=True)
class _Open:
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
        bands[:0] = self._left_out(runs, above=True)
        bands += self._left_out(runs, above=False)
        x0, x1 = self.stack.x0, self.stack.x1
        sides = [Stroke(x, bands[0].top, bands[-1].bottom) for x in (x0, x1)]
        for band in bands:
            sides += [Stroke(x, band.top, band.bottom) for x in self.edges if not self._spans(band, x)]
        return list(self.stack.rules), sides

    def _spans(self, band: Band, edge: float) -> bool:
        """Tell whether a band has text over an edge, or one label for the columns on both of its sides.

        A title of a section is one cell.  A label for several columns stands in the middle, above a line as wide as
        these.
        """
        em = self.stack.em
        if any(a < edge - em and edge + em < b for a, b in pieces(band.runs, TIGHT * em, ink=False)):
            return True
        if band in self._titles:
            return True
        under = next((rule for rule in self.stack.rules if rule.position == band.bottom and covers(rule, edge)), None)
        if under is None or not self.stack.is_partial(under):
            return False
        above = [text for text in pieces(band.runs, CLOSE * em) if covers(under, sum(text) / 2)]
        return len(above) == 1 and abs(sum(above[0]) - under.start - under.end) <= 2 * em

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

    def _left_out(self, runs: Sequence[Run], *, above: bool) -> list[Band]:
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
        for line in reversed(lines) if above else lines:
            top, bottom = min(run.top for run in line), max(run.bottom for run in line)
            if (end - bottom if above else top - end) > NEAR * (bottom - top):
                break
            if not self._is_in_columns(line) and not Band(top, bottom, tuple(line)).rows_of_figures(self.edges):
                break
            found += line
            end = min(end, top) if above else max(end, bottom)
        if len({bisect_left(self.edges, run.x0) for run in found}) < (1 if above and self.goes_on else 2):
            return []
        return [Band(end - 1, first, tuple(found)) if above else Band(last, end + 1, tuple(found))]

    def _is_in_columns(self, line: Sequence[Run]) -> bool:
        """Tell whether the text of a line stands as that of its columns does: it begins alike, or has one middle.

        A column that is blank otherwise tells nothing.
        """
        reaches = self._by_column(line) or {}
        told = [(reach, self.placed[column]) for column, reach in reaches.items() if self.placed[column]]
        return bool(told) and all(any(_is_aligned(reach, other) for other in others) for reach, others in told)

    @cached_property
    def placed(self) -> list[list[tuple[float, float]]]:
        """Give from where to where the text of each line reaches, column by column."""
        found: list[list[tuple[float, float]]] = [[] for _ in range(len(self.edges) + 1)]
        for band in self.stack.bands:
            for line in band.lines:
                for column, reach in (self._by_column(line) or {}).items():
                    found[column].append(reach)
        return found

    def _by_column(self, line: Iterable[Run]) -> dict[int, tuple[float, float]] | None:
        """Give from where to where a line's text reaches in each column; ``None`` where some crosses an edge."""
        found: dict[int, tuple[float, float]] = {}
        for run in line:
            if _stands_over(run, self.edges, self.stack.em):
                return None
            column = bisect_left(self.edges, (run.x0 + run.x1) / 2)
            a, b = found.get(column, (run.x0, run.x1))
            found[column] = (min(a, run.x0), max(b, run.x1))
        return found


def with_gap_columns(groups: Sequence[Strokes], page: Page, before: Edges = ()) -> Iterator[tuple[Strokes, bool]]:
    """Give groups of strokes; those of a table without inner sides get some where its lines or its text tell.

    The second value tells whether they did.  A group of lines alone is a table where they are as long as each other.

    Args:
        groups: Of the page.
        page: Which they are drawn on.
        before: The edges of the columns of such a table on the page before, which may go on.
    """
    rules: list[Stroke] = []
    boxes: list[Strokes] = []
    for level, upright in groups:
        if not upright and len(level) == 1:
            rules += level
        elif len(level) >= FEWEST_LINES and not inner_uprights(upright):
            boxes.append((level, upright))
        else:
            yield (level, upright), False
    if rules or boxes:
        page = replace(page, horizontals=tuple(sorted(page.horizontals)))
    for box in boxes:
        tables = list(_tables(RuleStack.of(box[0], page.runs), page, before))
        yield from ((table, True) for table in tables)
        if not tables:
            yield box, False
    for stack in rule_stacks(rules, page.runs, before):
        yield from ((table, True) for table in _tables(stack, page, before))


def _tables(stack: RuleStack, page: Page, before: Edges) -> Iterator[Strokes]:
    """Give the strokes of the tables that lines make: a caption may stand between two of them."""
    whole = _open(stack, page, before)
    captions = [band for band in stack.bands if band.is_caption(stack.em)]
    parts = stack.parted(captions, page.runs)
    tables = [_open(part, page, before) for part in parts]
    if whole is not None and not _are_several(whole, parts, tables):
        labels = stack.bands[0].text
        captions = [
            band
            for band, below in pairwise(stack.bands)
            if band in captions and (_is_crossed(band, whole.edges) or below.text == labels)
        ]
        parts = stack.parted(captions, page.runs)
        # A page may hold no more than the header of the second one.
        tables = [_Open(part, whole.edges, whole.goes_on) for part in parts]
    yield from (table.strokes(page.runs) for table in tables if table is not None)


def _are_several(whole: _Open, parts: Sequence[RuleStack], tables: Sequence[_Open | None]) -> bool:
    """Tell whether the parts on the sides of captions are tables of other columns than both together."""
    if any(table is not None and len(table.edges) > len(whole.edges) for table in tables):
        return True
    return any(
        sum(_is_crossed(band, whole.edges) for band in part.bands) > MOST_CROSSED * len(part.bands) for part in parts
    )


def _open(stack: RuleStack, page: Page, before: Edges) -> _Open | None:
    """Tell the columns of a table; ``None`` where its text does not stand in columns."""
    edges, are_drawn = inner_edges(stack, page.horizontals)
    going_on = _going_on(stack, before, edges)
    edges, goes_on = going_on or edges, bool(going_on)
    if len(edges) < FEWEST_COLUMNS - 1:
        return None
    filled = [
        (band, {bisect_left(edges, (run.x0 + run.x1) / 2) for run in band.runs}) for band in stack.bands if band.runs
    ]
    if len(stack.bands) < FEWEST_LINES - 1:
        # A page may end behind the labels: the pieces of their lines tell the columns.
        stands = are_drawn and len(filled) == 1 and len(filled[0][1]) == len(edges) + 1
    else:
        stands = _stands_in_columns(stack, edges, filled)
    return _Open(stack, edges, goes_on) if stands else None


def _stands_in_columns(stack: RuleStack, edges: Edges, filled: Sequence[tuple[Band, set[int]]]) -> bool:
    """Tell whether a table's text stands in its columns, in rows between its lines.

    Args:
        stack: Its lines.
        edges: The inner edges of the columns.
        filled: The rows with text, each with the columns that it fills.
    """
    crossed = sum(
        any(_stands_over(run, (edge,), stack.em) for run in band.runs)
        for band, _ in filled
        if not band.is_single(stack.em)
        for edge in edges
    )
    several = sum(len(columns) > 1 for _, columns in filled)
    if crossed > MOST_CROSSED * len(filled) * len(edges) or several < max(FEWEST_ROWS, MOST_ROWS * len(filled)):
        return False
    most = max(len(columns) for _, columns in filled)
    counts = Counter(column for _, columns in filled for column in columns)
    if sum(count > 1 for count in counts.values()) < FEWEST_COLUMNS or most < MOST_FILLED * (len(edges) + 1):
        return False
    # Nothing tells where rows without lines between them begin, but their numbers, or figures, which do not wrap.
    band = filled[1][0]
    numbers = (run.text for run in band.runs if run.x1 <= edges[0])
    return len(filled) > FEWEST_ROWS or all(map(str.isdecimal, numbers)) or bool(band.rows_of_figures(edges))


def _going_on(stack: RuleStack, before: Edges, edges: Edges) -> Edges:
    """Give the edges of a table that goes on with the columns of the page before; none where it does not.

    It is as wide, and each edge of the page before has little text over it, or one of this page's own beside it, whose
    text may be wider.  A column may be blank on a page, and names may stand apart there; a table of other columns has
    some edge amid these.
    """
    if not before or abs(stack.x0 - before[0]) > TOUCH or abs(stack.x1 - before[-1]) > TOUCH:
        return ()
    inner = before[1:-1]
    if len(edges) > len(inner) and not all(
        any(_is_blank_between(stack, *sorted((edge, own))) for own in edges) for edge in inner
    ):
        return ()
    found: list[float] = []
    crossed: set[float] = set()
    for edge in inner:
        over = {band.top for band in stack.bands if _is_crossed(band, (edge,))}
        own = min(edges, key=lambda x: abs(x - edge), default=edge) if over else edge
        if over and (abs(own - edge) > FAR * stack.em or own in found):
            crossed |= over
            own = edge
        found.append(own)
    is_apart = all(a < b for a, b in pairwise(found))
    return tuple(found) if is_apart and len(crossed) <= MOST_CROSSED * len(stack.bands) else ()


def _is_blank_between(stack: RuleStack, a: float, b: float) -> bool:
    """Tell whether no text stands between two places."""
    return not any(a < (run.x0 + run.x1) / 2 < b for band in stack.bands for run in band.runs)


def _is_aligned(reach: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether two texts begin under each other, or have one middle."""
    return abs(reach[0] - other[0]) <= ALIGNED or abs(sum(reach) - sum(other)) <= 2 * ALIGNED


def _is_crossed(band: Band, edges: Edges) -> bool:
    """Tell whether text of a band stands over any of the edges."""
    return any(_stands_over(run, edges) for run in band.runs)


def _stands_over(run: Run, edges: Edges, over: float = OVER) -> bool:
    return any(run_start(run) < x - over and x + over < run_end(run) for x in edges)
