"""Align the rows of a transcript with those of its original, in memory that grows with the rows alone.

Rows that are the same on both sides are paired first.  For the others candidates are found by key
and by rare pairs of characters; the heaviest chain of candidates that keeps both orders is what
stands in order (a maximum-weight increasing subsequence over a Fenwick tree).  What is left over is
matched out of order, and what then has no partner is missing or extra.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

#: Rows less alike than this are not the same row, whatever their order (0 to 1).
ALIKE = 0.55
#: Rows with the same key are the same row where they are at least so much alike.
ALIKE_BY_KEY = 0.25
#: How much the same key counts beside likeness.
KEY_WEIGHT = 0.5
#: So many candidates are looked at for each row, and a pair of characters in more rows than this tells nothing.
CANDIDATES, COMMON = 6, 60


@dataclass(frozen=True, slots=True)
class Keyed:
    """Hold a row as alignment sees it: its key, and all of its text without white space."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold the indexes of a row in the transcript and of the same row in the original."""

    mine: int
    theirs: int
    in_order: bool = True


def align(mine: Sequence[Keyed], theirs: Sequence[Keyed]) -> list[Pair]:
    """Pair the rows, in the order of the transcript; each row is in one pair at most.

    >>> rows = [Keyed("1", "地区生产总值增长"), Keyed("2", "一般公共预算收入"), Keyed("3", "研发经费支出")]
    >>> [(p.mine, p.theirs, p.in_order) for p in align([rows[0], rows[2]], rows)]
    [(0, 0, True), (1, 2, True)]
    """
    ordered, near = _same_rows(mine, theirs)
    done = [set(indexes) for indexes in zip(*ordered, strict=True)] or [set(), set()]
    left = [{i: row for i, row in enumerate(rows) if i not in d} for rows, d in zip((mine, theirs), done, strict=True)]
    offers = sorted(_offers(left[0], left[1], near))
    ordered = sorted([*ordered, *_heaviest_chain([o for o in offers if _fits_between(ordered, *o[:2])])])
    pairs = {a: Pair(a, b) for a, b in ordered}
    taken = {b for _, b in ordered}
    by_key = ((a, b) for a, b in _by_key(mine, theirs) if _fits_between(ordered, a, b))
    by_weight = ((a, b) for _, a, b in sorted((-weight, a, b) for a, b, weight in offers))
    for a, b in (*by_weight, *by_key):
        if a not in pairs and b not in taken:
            pairs[a] = Pair(a, b, in_order=_fits_between(ordered, a, b))
            taken.add(b)
            if pairs[a].in_order:
                bisect.insort(ordered, (a, b))
    return [pairs[a] for a in sorted(pairs)]


Places = list[tuple[int, int]]


def _same_rows(mine: Sequence[Keyed], theirs: Sequence[Keyed]) -> tuple[Places, dict[int, int]]:
    """Give the rows that are the same in both, in order, and those that stand at one place between them.

    The edit distance of the two sequences of rows decides, so that rows which read the same
    again and again stay in their order; its memory is bounded (Hirschberg).
    """
    same: Places = []
    near: dict[int, int] = {}
    for code in Levenshtein.opcodes([hash(row) for row in mine], [hash(row) for row in theirs]):
        if code.tag == "equal":
            same += zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True)
        else:
            near |= zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=False)
    return same, near


def _fits_between(ordered: Sequence[tuple[int, int]], a: int, b: int) -> bool:
    """Tell whether a pair keeps the order of those that are in order already, which are sorted."""
    at = bisect.bisect(ordered, (a, b))
    return (at == 0 or ordered[at - 1][1] < b) and (at == len(ordered) or b < ordered[at][1])


def _by_key(mine: Sequence[Keyed], theirs: Sequence[Keyed]) -> Iterator[tuple[int, int]]:
    """Give the pairs of rows whose key stands once on each side."""
    first, second = Counter(row.key for row in mine), Counter(row.key for row in theirs)
    place = {row.key: index for index, row in enumerate(theirs)}
    for index, row in enumerate(mine):
        if row.key and first[row.key] == 1 == second[row.key]:
            yield index, place[row.key]


def _offers(
    mine: Mapping[int, Keyed], theirs: Mapping[int, Keyed], near: Mapping[int, int]
) -> Iterator[tuple[int, int, float]]:
    """Give the candidates among the rows that are left, with their weight: likeness, and more for the same key."""
    by_key: dict[str, list[int]] = defaultdict(list)
    by_pair: dict[str, list[int]] = defaultdict(list)
    for index, row in theirs.items():
        by_key[row.key].append(index)
        for pair in _pairs(row.text):
            by_pair[pair].append(index)
    for index, row in mine.items():
        counts: Counter[int] = Counter()
        for pair in _pairs(row.text):
            found = by_pair.get(pair, ())
            if 0 < len(found) <= COMMON:
                counts.update(dict.fromkeys(found, COMMON // len(found)))
        likely = [other for other, _ in counts.most_common(CANDIDATES)]
        beside = [near[index]] if index in near else []
        for other in {*by_key[row.key][: CANDIDATES if row.key else 0], *beside, *likely}:
            likeness = fuzz.ratio(row.text, theirs[other].text) / 100
            keyed = bool(row.key) and theirs[other].key == row.key
            if likeness >= (ALIKE_BY_KEY if keyed else ALIKE):
                yield index, other, likeness + KEY_WEIGHT * keyed


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}


def _heaviest_chain(offers: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Give the heaviest chain of candidates in which both indexes grow; `offers` are sorted."""
    size = max((b for _, b, _ in offers), default=-1) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before: list[int] = []
    at = 0
    while at < len(offers):
        # All candidates of one row are asked before any of them is entered: a row is taken once.
        group = [at]
        while group[-1] + 1 < len(offers) and offers[group[-1] + 1][0] == offers[at][0]:
            group.append(group[-1] + 1)
        best = [_best(tree, offers[index][1]) for index in group]
        before += [last for _, last in best]
        for index, (weight, _) in zip(group, best, strict=True):
            _enter(tree, offers[index][1] + 1, (weight + offers[index][2], index))
        at = group[-1] + 1
    last = _best(tree, size - 1)[1]
    chain: list[tuple[int, int]] = []
    while last >= 0:
        chain.append(offers[last][:2])
        last = before[last]
    return chain[::-1]


def _best(tree: Sequence[tuple[float, int]], upto: int) -> tuple[float, int]:
    """Give the heaviest entry of the first places of a Fenwick tree."""
    found = (0.0, -1)
    while upto > 0:
        found = max(found, tree[upto], key=lambda entry: entry[0])
        upto -= upto & -upto
    return found


def _enter(tree: list[tuple[float, int]], place: int, entry: tuple[float, int]) -> None:
    while place < len(tree):
        if entry[0] > tree[place][0]:
            tree[place] = entry
        place += place & -place
