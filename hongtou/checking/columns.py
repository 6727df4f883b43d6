"""Pair the columns of a transcript with those of its original: by label, by field, then by likeness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from schema.profile import Column, label_forms, plain_label

#: Labels less alike than this are not the same (0 to 100).
ALIKE = 50.0


def pair_columns(mine: Sequence[Column], theirs: Sequence[Column]) -> dict[int, int]:
    """Give for each column of the transcript the original's column that it is, where there is one.

    Where no label is alike but there are as many columns, they are taken in their order:
    the transcript has no header.
    """
    pairs: dict[int, int] = {}
    for same in (_same_label, _same_field, _same_simplified, _like_label):
        for a, b in _offers(mine, theirs, pairs):
            if a not in pairs and b not in pairs.values() and same(mine[a], theirs[b]):
                pairs[a] = b
    if not pairs and len(mine) == len(theirs):
        return {index: index for index in range(len(mine))}
    return dict(sorted(pairs.items()))


def _offers(mine: Sequence[Column], theirs: Sequence[Column], pairs: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Give the pairs that are still open, those at the same place first."""
    open_ = [(a, b) for a in range(len(mine)) for b in range(len(theirs)) if a not in pairs]
    yield from sorted(open_, key=lambda pair: (abs(pair[0] - pair[1]), pair))


def _same_label(one: Column, other: Column) -> bool:
    return bool(one.label) and not set(label_forms(one.label)).isdisjoint(label_forms(other.label))


def _same_field(one: Column, other: Column) -> bool:
    return one.known and other.known and one.name == other.name


def _same_simplified(one: Column, other: Column) -> bool:
    from normalize.variants import simplify  # noqa: PLC0415 - brings OpenCC, and most labels are paired before

    forms = [set(label_forms(simplify(column.label))) for column in (one, other)]
    return bool(one.label) and not forms[0].isdisjoint(forms[1])


def _like_label(one: Column, other: Column) -> bool:
    return fuzz.ratio(plain_label(one.label), plain_label(other.label)) >= ALIKE
