"""Measure a check: per class how many planted faults are found, named rightly and pointed at; and false alarms."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from matrix.catalogue import NOTICES
from matrix.layout import Layout
from matrix.made import make
from matrix.notices import Notice, text_of

from hongtou.checking.compare import compare
from hongtou.checking.difference import Difference
from hongtou.checking.transcript import read_transcript
from hongtou.pipeline import Conversion, convert_file
from mutation.faults import FAULTS, Planted, Row
from schema.finding import Severity
from schema.profile import built_in_profiles

#: One row of so many gets a fault, so that no fault hides another.
EVERY = 4
ROW_FAULTS = ("missing-row", "extra-row", "row-order")
NOTICES_USED = ("minhang", "invented")


@dataclass
class Score:
    """Count the faults of one class."""

    planted: int = 0
    found: int = 0
    named: int = 0
    pointed: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Typed:
    """Hold one row as it is typed, with what was done to it."""

    key: str
    row: Row
    planted: Planted | None = None
    kind: str = ""


@cache
def original(name: str) -> Conversion:
    """Give a notice's original, laid out and read."""
    if name == "minhang":
        return convert_file(Path(__file__).parents[2] / "samples" / "minhang-2025-3.pdf")
    with tempfile.TemporaryDirectory() as folder:
        (paths,) = make([Layout("typst", notice="invented")], Path(folder)).values()
        return convert_file(paths[0])


def measure(count: int, seed: int = 1) -> tuple[dict[str, Score], list[str], int]:
    """Plant at least so many faults; give the scores by class, the false alarms at ``error``, and the clean rows."""
    scores = {kind: Score() for kind in (*FAULTS, *ROW_FAULTS)}
    alarms: list[str] = []
    clean = 0
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        while sum(score.planted for score in scores.values()) < count:
            notice = NOTICES[dice.choice(NOTICES_USED)]()
            typed = list(_typed(dice, notice, scores))
            found, lines = _check(Path(folder), notice, typed, csv=dice.random() < 0.5)
            _score(typed, found, lines, scores)
            untouched = {each.key for each in typed if not each.kind}
            clean += len(untouched)
            alarms += [
                f"{d.rule} {d.row} {d.column}"
                for d in found
                if d.severity is Severity.ERROR and str(d.row) in untouched
            ]
    return scores, alarms, clean


def _typed(dice: random.Random, notice: Notice, scores: dict[str, Score]) -> Iterator[Typed]:
    """Give the rows with faults planted, those classes first that have fewest so far."""
    rows = [[text_of(value) for value in row] for row in notice.rows]
    index = 0
    while index < len(rows):
        row = rows[index]
        last = index % EVERY != EVERY - 2 or index + 2 >= len(rows)
        kinds = [] if last else sorted(scores, key=lambda kind: (scores[kind].planted, dice.random()))
        for kind in kinds:
            if kind == "missing-row":
                yield Typed(row[0], [], Planted([], (kind,), None), kind)
            elif kind == "extra-row":
                yield Typed(row[0], row)
                yield Typed("", _invented_row(dice, notice), Planted([], (kind,), None), kind)
            elif kind == "row-order":
                other = rows[index + 1]
                yield Typed(other[0], other, Planted([], (kind,), None), kind)
                yield Typed(row[0], row, Planted([], (kind,), None), "row-order-too")
                index += 1
            else:
                planted = FAULTS[kind](dice, row, notice)
                if planted is None:
                    continue
                yield Typed(row[0], planted.row, planted, kind)
            scores[kind].planted += 1
            break
        else:
            yield Typed(row[0], row)
        index += 1


def _invented_row(dice: random.Random, notice: Notice) -> Row:
    words = ("修缮蓬莱仙岛码头栈桥", "组织灯塔守护员轮训", "开展鲸豚观测与救助演练", "重建翡翠谷索道上站")
    return ["" if not index else dice.choice(words) + dice.choice(words) for index in range(len(notice.columns))]


def _check(folder: Path, notice: Notice, typed: Sequence[Typed], *, csv: bool) -> tuple[list[Difference], list[str]]:
    """Write the transcript, and check it; give the differences, and the file's lines."""
    lines = [_line([column.label for column in notice.columns], csv=csv)]
    lines += [_line(each.row, csv=csv) for each in typed if each.row]
    path = folder / ("typed.csv" if csv else "typed.txt")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return compare(read_transcript(path, built_in_profiles()), original(notice.name)), lines


def _line(row: Row, *, csv: bool) -> str:
    return ",".join(f'"{text}"' if "," in text else text for text in row) if csv else "\t".join(row)


def _score(typed: Sequence[Typed], found: Sequence[Difference], lines: Sequence[str], scores: dict[str, Score]) -> None:
    line = 1
    for each in typed:
        line += bool(each.row)
        if each.planted is None or each.kind not in scores:
            continue
        score = scores[each.kind]
        here = [d for d in found if _is_here(d, each, line)]
        right = [d for d in here if d.rule in each.planted.rules]
        score.found += bool(here)
        score.named += bool(right)
        score.pointed += any(_points(d, each, line, lines) for d in right)
        if not right:
            score.wrong.append(
                f"{each.key} {each.row and each.row[each.planted.column or 0]!r}: {[d.rule for d in here]}"
            )


def _is_here(difference: Difference, typed: Typed, line: int) -> bool:
    """Tell whether a difference is about this row; of a pair out of order, about either."""
    if typed.kind == "extra-row":
        return difference.region is not None and difference.region.line == line
    if typed.kind == "row-order":
        return difference.region is not None and difference.region.line in (line, line + 1)
    return str(difference.row) == typed.key


def _points(difference: Difference, typed: Typed, line: int, lines: Sequence[str]) -> bool:
    """Tell whether a difference points at the right line and column; a missing row, at the line that follows."""
    region, planted = difference.region, typed.planted
    if region is None or planted is None:
        return False
    if typed.kind == "missing-row":
        return region.line in (line + 1, len(lines))
    if planted.column is None:
        return region.line == line or typed.kind == "row-order"
    csv = "," in lines[0]
    before = _line(typed.row[: planted.column], csv=csv)
    quoted = csv and "," in typed.row[planted.column]
    column = len(before) + (planted.column > 0) + quoted + planted.at + 1
    return region.line == line and region.column == column
