"""Part a page's horizontal lines into those of tables that have no upright ones, and their text into bands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from extract.cell_text import run_end, run_start
from extract.glyphs import are_level
from extract.linebreak import is_ideograph
from extract.page import Run, Stroke, runs_within
from extract.strokes import TOUCH

#: A number, a share, or what stands for none.
FIGURE = re.compile(r"[-+－−]?\d[\d,.]*[%％‰]?|[-—–－…/]+")
#: A table's number, and the pieces of a caption that begins with it.
_CAPTION, CAPTION_PIECES = re.compile(r"[续附]?表 ?[\d一二三四五六七八九十]+"), 2
#: So many lines, one below the other, make a table without sides.
FEWEST_LINES = 3
#: Ends of lines that differ by no more than these points stand under each other.
NEAR = range(-round(TOUCH), round(TOUCH) + 1)
#: Pieces of one line that are nearer than this are one (em).
CLOSE = 0.4
#: A band of one line that is higher than so many times its text is no row, nor is one whose text is so much larger.
CAPTION_HEIGHT, LARGE = 2.2, 1.2
#: Where a text has no Chinese, an em is this share of its lines' height.
EM_SHARE = 0.85
#: A text that begins this near to the end of another (a share of its height) stands right behind it.
FLUSH = 0.05


@dataclass(frozen=True)
class Band:
    """Hold the text between two lines of a table, from the top to the bottom."""

    top: float
    bottom: float
    runs: tuple[Run, ...]

    @cached_property
    def lines(self) -> list[list[Run]]:
        """Give the runs that stand beside each other, from the top to the bottom."""
        found: list[list[Run]] = []
        for run in sorted(self.runs, key=lambda run: run.top + run.bottom):
            if found and are_level(found[-1][-1], run):
                found[-1].append(run)
            else:
                found.append([run])
        return found

    def rows_of_figures(self, edges: Sequence[float]) -> list[list[Run]]:
        """Give its lines where each is a row of its own: what it is of, and figures in most columns behind it.

        No figure wraps; none where a line has too few, such as the rest of what the one above it is of.

        Args:
            edges: The inner edges of the columns.
        """
        for line in self.lines:
            texts = [""] * (len(edges) + 1)
            for run in sorted(line, key=lambda run: run.x0):
                texts[bisect_left(edges, (run.x0 + run.x1) / 2)] += run.text
            figures = sum(FIGURE.fullmatch(text) is not None for text in texts[1:])
            if not texts[0] or figures * 2 < len(edges):
                return []
        return self.lines

    @property
    def text(self) -> str:
        """Give its text line by line, without spaces."""
        return "".join(run.text for line in self.lines for run in sorted(line, key=lambda run: run.x0))

    def is_single(self, em: float) -> bool:
        """Tell whether each of its lines is one piece of text, or a caption: a gap follows a table's number."""
        gap = CLOSE * max(em, _em(self.runs))
        return all(
            (count := len(pieces(line, gap, ink=False))) == 1 or (count == CAPTION_PIECES and _is_caption(line))
            for line in self.lines
        )

    def is_low(self) -> bool:
        """Tell whether it holds one line and little more room."""
        if len(self.lines) != 1:
            return False
        return self.bottom - self.top <= CAPTION_HEIGHT * max(run.bottom - run.top for run in self.runs)

    def is_caption(self, em: float) -> bool:
        """Tell whether it may stand between tables: each line is one piece, and several, large, or in much room."""
        if not self.runs or not self.is_single(em):
            return False
        return not self.is_low() or _em(self.runs) > LARGE * em

    def is_title(self, em: float) -> bool:
        """Tell whether it is a caption in larger Chinese characters than the table's."""
        widths = (run.width_of(at) for run in self.runs for at, char in enumerate(run.text) if is_ideograph(char))
        return self.is_caption(em) and max(widths, default=0.0) > LARGE * em


@dataclass(frozen=True, slots=True)
class RuleStack:
    """Hold the lines of a table without upright ones.

    Args:
        x0: Where the longest of them begin; they end at `x1`.
        rules: From the top to the bottom; one may begin or end further inside.
        bands: The text between them.
        em: The width of a Chinese character of the text, in points.
    """

    x0: float
    x1: float
    rules: tuple[Stroke, ...]
    bands: tuple[Band, ...]
    em: float

    @classmethod
    def of(cls, rules: Sequence[Stroke], runs: Iterable[Run]) -> RuleStack:
        """Put the page's text between the lines of a table."""
        x0, x1 = min(rule.start for rule in rules), max(rule.end for rule in rules)
        ys = sorted({rule.position for rule in rules})
        inside: list[list[Run]] = [[] for _ in ys[1:]]
        for run in runs:
            middle = (run.top + run.bottom) / 2
            if ys[0] < middle < ys[-1] and x0 - TOUCH < (run.x0 + run.x1) / 2 < x1 + TOUCH:
                inside[bisect_left(ys, middle) - 1].append(run)
        bands = tuple(Band(a, b, tuple(found)) for (a, b), found in zip(pairwise(ys), inside, strict=True))
        return cls(x0, x1, tuple(rules), bands, _em([run for band in bands for run in band.runs]))

    def is_partial(self, rule: Stroke) -> bool:
        """Tell whether a line begins or ends within the table."""
        return rule.start > self.x0 + TOUCH or rule.end < self.x1 - TOUCH

    @property
    def header(self) -> Sequence[Band]:
        """Give the bands of the labels: two where the first line below them does not run through, one otherwise."""
        if len(self.rules) < 2 or not self.bands:
            return self.bands[:1]
        first = [rule for rule in self.rules if rule.position == self.bands[0].bottom]
        reached = self.x0
        for start, end in sorted((rule.start, rule.end) for rule in first):
            reached = end if start <= reached + TOUCH else reached
        return self.bands[:1] if reached >= self.x1 - TOUCH else self.bands[:2]

    def parted(self, captions: Sequence[Band], runs: Sequence[Run]) -> list[RuleStack]:
        """Give the tables between bands that belong to none."""
        parts: list[list[Stroke]] = [[] for _ in range(len(captions) + 1)]
        for rule in self.rules:
            parts[sum(band.bottom <= rule.position for band in captions)].append(rule)
        return [RuleStack.of(part, runs) for part in parts if len({rule.position for rule in part}) > 1]


def _is_caption(line: Iterable[Run]) -> bool:
    """Tell whether a line begins with a table's number, behind which a gap may stand."""
    return _CAPTION.match("".join(run.text for run in sorted(line, key=lambda run: run.x0))) is not None


def rule_stacks(rules: Iterable[Stroke], runs: Sequence[Run], before: Sequence[float] = ()) -> list[RuleStack]:
    """Put together the lines that reach as far, with the shorter ones between these.

    Args:
        rules: Of a page.
        runs: Its text.
        before: The edges of the columns of the table on the page before, which may go on.
    """
    groups: list[_Group] = []
    for row in _rows(sorted(rules), runs, before):
        start, end = row[0].start, max(rule.end for rule in row)
        group = next((group for group in reversed(groups) if group.takes(start, end)), None)
        if group is None:
            groups.append(_Group(start, end, [row]))
        else:
            group.start, group.end = min(group.start, start), max(group.end, end)
            group.rows.append(row)
    stacks: list[RuleStack] = []
    for group in groups:
        if inner := group.without_letterhead():
            stacks += rule_stacks(inner, runs, before)
        elif group.rows[0][0].position < group.rows[-1][-1].position:
            stacks.append(RuleStack.of([rule for row in group.rows for rule in row], runs))
    return stacks


@dataclass(slots=True)
class _Group:
    """Hold the lines of a table while they are put together, row by row, and from where to where they reach."""

    start: float
    end: float
    rows: list[list[Stroke]]

    def takes(self, start: float, end: float) -> bool:
        """Tell whether a line goes on with the table: within it, or beyond it at one end only."""
        begins, ends = start - self.start, self.end - end
        return (begins >= -TOUCH and ends >= -TOUCH) or min(abs(begins), abs(ends)) <= TOUCH

    def without_letterhead(self) -> list[Stroke]:
        """Give its lines without the first or the last one, if this reaches beyond all others at both ends; else none.

        So does the line below a letterhead, or above a page's foot.
        """
        for rest in (self.rows[1:], self.rows[:-1]):
            if len(rest) < FEWEST_LINES:
                continue
            inner = [rule for row in rest for rule in row]
            starts, ends = (rule.start for rule in inner), (rule.end for rule in inner)
            if min(starts) > self.start + TOUCH and max(ends) < self.end - TOUCH:
                return inner
        return []


def _rows(rules: Sequence[Stroke], runs: Sequence[Run], before: Sequence[float]) -> Iterator[list[Stroke]]:
    """Put together the pieces of a line that a merged cell parts: its text stands between them somewhere.

    Where it does not, they reach as far as another line does in one piece, or as the table of the page before.
    """
    wholes = {(round(rule.start), round(rule.end)) for rule in rules}
    if before:
        wholes.add((round(before[0]), round(before[-1])))
    for _, found in groupby(rules, key=lambda rule: round(rule.position)):
        row = sorted(found, key=lambda rule: rule.start)
        x0, x1 = row[0].start, max(rule.end for rule in row)
        top, bottom = rules[0].position, rules[-1].position
        if (
            len(row) == 1
            or any((round(x0) + a, round(x1) + b) in wholes for a in NEAR for b in NEAR)
            or all(any(runs_within(runs, (a.end, top, b.start, bottom))) for a, b in pairwise(row))
        ):
            yield row
        else:
            yield from ([rule] for rule in row)


def covers(rule: Stroke, x: float) -> bool:
    """Tell whether a line goes on at both sides of a place."""
    return rule.start + TOUCH < x < rule.end - TOUCH


def pieces(runs: Iterable[Run], gap: float, *, ink: bool = True) -> list[tuple[float, float]]:
    """Give from where to where texts reach, those without a wider gap than this between them as one.

    Args:
        runs: Of the texts.
        gap: In points.
        ink: Whether the empty halves of marks are gaps, but for those right behind a text of their line.
    """
    if not ink:
        return _joined(((run.x0, run.x1) for run in runs), gap)
    runs = list(runs)
    starts = ((run, run_start(run)) for run in runs)
    return _joined(
        ((run.x0 if start > run.x0 and _is_behind(run, runs) else start, run_end(run)) for run, start in starts), gap
    )


def _is_behind(run: Run, others: Iterable[Run]) -> bool:
    """Tell whether a run begins right where another one of its line ends."""
    height = run.bottom - run.top
    return any(abs(other.x1 - run.x0) <= FLUSH * height and abs(other.bottom - run.bottom) < height for other in others)


def _joined(reaches: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(reaches):
        if found and x0 - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _em(runs: Sequence[Run]) -> float:
    """Give the width of a Chinese character of a text: the middle one of all that begin a run."""
    widths = sorted(run.width_of(0) for run in runs if is_ideograph(run.text[0]))
    if widths:
        return widths[len(widths) // 2]
    heights = sorted(run.bottom - run.top for run in runs)
    return EM_SHARE * heights[len(heights) // 2] if heights else 0.0
