"""Give tables without upright lines the sides of their columns, which their lines or their text tell."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.gap_edges import FEWEST_COLUMNS, Edges, inner_edges
from extract.open_table import OpenTable, is_crossed, stands_over
from extract.page import Page, Stroke
from extract.rule_stacks import FEWEST_LINES, Band, RuleStack, rule_stacks
from extract.strokes import OPEN_SIDE, SNAP, TOUCH, Strokes, inner_uprights

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
        elif len(level) >= FEWEST_LINES and not _has_inner_sides(level, upright):
            boxes.append((level, upright))
        else:
            yield (level, upright), False
    stacks = rule_stacks(rules, page.runs, before)
    if stacks or boxes:
        page = replace(page, horizontals=tuple(sorted(page.horizontals)))
    for box in boxes:
        tables = list(_tables(RuleStack.of(box[0], page.runs), page, before))
        yield from ((table, True) for table in tables)
        if not tables:
            yield box, False
    for stack in stacks:
        yield from ((table, True) for table in _tables(stack, page, before))


def _has_inner_sides(level: Sequence[Stroke], upright: Sequence[Stroke]) -> bool:
    """Tell whether upright lines part columns: they stand between others, or two within a table without outer sides.

    One alone may be all that a program draws of several.
    """
    if inner_uprights(upright):
        return True
    x0, x1 = min(stroke.start for stroke in level), max(stroke.end for stroke in level)
    places = sorted(stroke.position for stroke in upright if x0 + OPEN_SIDE < stroke.position < x1 - OPEN_SIDE)
    return bool(places) and places[-1] - places[0] > TOUCH


def _tables(stack: RuleStack, page: Page, before: Edges) -> Iterator[Strokes]:
    """Give the strokes of the tables that lines make: a title in larger print stands between two of them."""
    titles = [band for band in stack.bands if band.is_title(stack.em)]
    # A letterhead is a title between two lines, and parts no tables.
    first, *others = (stack.parted(titles, page.runs) if titles else ()) or [stack]
    # What stands below a title goes on with nothing.
    if not all(_open(part, page, ()) for part in others):
        first, others = stack, []
    is_first = not titles or first.rules[0].position < titles[0].bottom
    yield from _between_captions(first, page, before if is_first else ())
    for part in others:
        yield from _between_captions(part, page, ())


def _between_captions(stack: RuleStack, page: Page, before: Edges) -> Iterator[Strokes]:
    """Give the strokes of the tables that lines make: a caption may stand between two of them."""
    whole = _open(stack, page, before)
    captions = [band for band in stack.bands if band.is_caption(stack.em)]
    if not captions:
        if whole is not None:
            yield whole.strokes(page.runs)
        return
    parts = stack.parted(captions, page.runs)
    tables = [_open(part, page, before) for part in parts]
    if whole is not None and not _are_several(whole, parts, tables):
        labels = stack.bands[0].text
        captions = [
            band
            for band, below in pairwise(stack.bands)
            if band in captions and (is_crossed(band, whole.edges) or below.text == labels)
        ]
        parts = stack.parted(captions, page.runs)
        # A page may hold no more than the header of the second one.
        tables = [OpenTable(part, whole.edges, whole.goes_on) for part in parts]
    yield from (table.strokes(page.runs) for table in tables if table is not None)


def _are_several(whole: OpenTable, parts: Sequence[RuleStack], tables: Sequence[OpenTable | None]) -> bool:
    """Tell whether the parts on the sides of captions are tables of other columns than both together."""
    if any(table is not None and len(table.edges) > len(whole.edges) for table in tables):
        return True
    return any(
        sum(is_crossed(band, whole.edges) for band in part.bands) > MOST_CROSSED * len(part.bands) for part in parts
    )


def _open(stack: RuleStack, page: Page, before: Edges) -> OpenTable | None:
    """Tell the columns of a table: those of the page before, or its own; ``None`` where its text stands in neither."""
    own, are_drawn = inner_edges(stack, page.horizontals)
    # A table whose lines draw more columns than that of the page before has goes on with none.
    going_on = () if are_drawn and len(own) > len(before[1:-1]) else _going_on(stack, before, own)
    if _is_open(stack, going_on, goes_on=True, are_drawn=are_drawn):
        return OpenTable(stack, going_on, goes_on=True)
    return OpenTable(stack, own, goes_on=False) if _is_open(stack, own, goes_on=False, are_drawn=are_drawn) else None


def _is_open(stack: RuleStack, edges: Edges, *, goes_on: bool, are_drawn: bool) -> bool:
    """Tell whether a table has columns between edges."""
    if len(edges) < FEWEST_COLUMNS - 1:
        return False
    filled = [
        (band, {bisect_left(edges, (run.x0 + run.x1) / 2) for run in band.runs}) for band in stack.bands if band.runs
    ]
    is_first_full = _is_labelled(stack, edges)
    if goes_on and is_first_full:
        # The header is printed again, and a page may hold no more than the rest of a row below it.
        return True
    if len(stack.bands) < FEWEST_LINES - 1:
        # A page may end behind the labels: the pieces of their lines tell the columns.
        return are_drawn and len(filled) == 1 and is_first_full
    return _stands_in_columns(stack, edges, filled, are_drawn=are_drawn)


def _stands_in_columns(
    stack: RuleStack, edges: Edges, filled: Sequence[tuple[Band, set[int]]], *, are_drawn: bool
) -> bool:
    """Tell whether a table's text stands in its columns, in rows between its lines.

    Args:
        stack: Its lines.
        edges: The inner edges of the columns.
        filled: The rows with text, each with the columns that it fills.
        are_drawn: Whether the pieces of its lines tell the edges.
    """
    crossed = sum(
        any(stands_over(run, (edge,), stack.em) for run in band.runs)
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
    if are_drawn:
        return True
    # Nothing tells where rows without lines between them begin, but their numbers, or figures, which do not wrap.
    band = filled[1][0]
    numbers = (run.text for run in band.runs if run.x1 <= edges[0])
    return len(filled) > FEWEST_ROWS or all(map(str.isdecimal, numbers)) or bool(band.rows_of_figures(edges))


def _going_on(stack: RuleStack, before: Edges, edges: Edges) -> Edges:
    """Give the edges of a table that goes on with the columns of the page before; none where it does not.

    It is as wide, and each edge of the page before has little text over it, or one of this page's own beside it, whose
    text may be wider, or a column without text.  Names may stand apart on a page; a table of other columns has some
    text amid these, but where the pieces of its lines end at the edges of the page before.
    """
    if not before or abs(stack.x0 - before[0]) > TOUCH or abs(stack.x1 - before[-1]) > TOUCH:
        return ()
    inner = before[1:-1]
    if len(edges) > len(inner) and not _ends_at(stack, inner):
        for left, edge, right in zip(before, inner, before[2:], strict=False):
            is_beside = any(_is_blank_between(stack, *sorted((edge, own))) for own in edges)
            if not (is_beside or _is_blank_between(stack, left, edge) or _is_blank_between(stack, edge, right)):
                return ()
    found: list[float] = []
    crossed: set[float] = set()
    for edge in inner:
        over = {band.top for band in stack.bands if is_crossed(band, (edge,))}
        own = min(edges, key=lambda x: abs(x - edge), default=edge) if over else edge
        if over and (abs(own - edge) > FAR * stack.em or own in found):
            crossed |= over
            own = edge
        found.append(own)
    is_apart = all(a < b for a, b in pairwise(found))
    # Where the header is printed again, text too wide for its cell tells nothing.
    most = MOST_CROSSED if not _is_labelled(stack, inner) else MOST_FILLED
    return tuple(found) if is_apart and len(crossed) <= most * len(stack.bands) else ()


def _is_labelled(stack: RuleStack, edges: Edges) -> bool:
    """Tell whether the first row with text, but for a title, has some in each of the columns between edges."""
    bands = [band for band in stack.bands if band.runs]
    first = bands[1] if len(bands) > 1 and bands[0].is_single(stack.em) else bands[0] if bands else None
    if first is None:
        return False
    return len({bisect_left(edges, (run.x0 + run.x1) / 2) for run in first.runs}) == len(edges) + 1


def _ends_at(stack: RuleStack, edges: Edges) -> bool:
    """Tell whether the lines that begin or end within a table, if any, do so at the edges of columns."""
    ends = {x for rule in stack.rules for x in (rule.start, rule.end) if stack.x0 + TOUCH < x < stack.x1 - TOUCH}
    return bool(ends) and all(any(abs(x - edge) <= SNAP for edge in edges) for x in ends)


def _is_blank_between(stack: RuleStack, a: float, b: float) -> bool:
    """Tell whether no text stands between two places."""
    return not any(a < (run.x0 + run.x1) / 2 < b for band in stack.bands for run in band.runs)
