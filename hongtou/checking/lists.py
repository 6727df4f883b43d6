"""Compare lists of names or units: which items are missing, extra, run together, broken, or spelled otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

#: Part items for sure; white space may also pad a name or be a line's end.
SEPARATORS = frozenset("、，,；;|/")
OPENING, CLOSING = frozenset("（("), frozenset("）)")
#: So many pieces may be one item, and so many items one piece.
MOST_PIECES, MOST_ITEMS = 6, 4
#: An item may differ from a piece by this share of its characters, or by one.
OTHER = 0.4
#: What it costs to join pieces over white space or over a separator, to part one, and to leave one out.
OVER_SPACE, OVER_SEPARATOR, PARTING, LEAVING = 0.1, 0.9, 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold what stands between two separators: its characters' indexes in the cell.

    Args:
        parted: Whether a separator stands before it, and not only white space.
    """

    text: str
    indexes: tuple[int, ...]
    parted: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Pair pieces of the transcript's cell with items of the original's; either may be none."""

    pieces: tuple[Piece, ...]
    items: tuple[int, ...]


def pieces_of(text: str) -> list[Piece]:
    """Part a cell at separators and white space; inside brackets nothing parts.

    >>> [(p.text, p.parted) for p in pieces_of("赵 亮、区委（区文明办、区志愿办）")]
    [('赵', True), ('亮', False), ('区委（区文明办、区志愿办）', True)]
    """
    pieces: list[Piece] = []
    characters: list[tuple[int, str]] = []
    parted, depth = True, 0
    for index, character in enumerate(text):
        depth = max(0, depth + (character in OPENING) - (character in CLOSING))
        if character.isspace() or (character in SEPARATORS and depth == 0):
            if characters and not (character.isspace() and depth):
                pieces.append(_piece(characters, parted=parted))
                characters, parted = [], False
            parted = parted or character in SEPARATORS
        else:
            characters.append((index, character))
    if characters:
        pieces.append(_piece(characters, parted=parted))
    return pieces


def _piece(characters: Sequence[tuple[int, str]], *, parted: bool) -> Piece:
    return Piece("".join(c for _, c in characters), tuple(i for i, _ in characters), parted)


def match_items(pieces: Sequence[Piece], items: Sequence[str]) -> list[Match]:
    """Give the cheapest way to read the pieces as the items, in order.

    >>> [[p.text for p in m.pieces] for m in match_items(pieces_of("赵 亮 李阳"), ["赵亮", "李阳"])]
    [['赵', '亮'], ['李阳']]
    """
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(pieces) + 1):
        for j in range(len(items) + 1):
            for (k, m), cost in _steps(pieces[i:], items[j:]):
                total = best[i, j][0] + cost
                if total < best.get((i + k, j + m), (float("inf"),))[0]:
                    best[i + k, j + m] = (total, (i, j))
    matches: list[Match] = []
    at = (len(pieces), len(items))
    while at != (0, 0):
        before = best[at][1]
        matches.append(Match(tuple(pieces[before[0] : at[0]]), tuple(range(before[1], at[1]))))
        at = before
    return matches[::-1]


def _steps(pieces: Sequence[Piece], items: Sequence[str]) -> Iterator[tuple[tuple[int, int], float]]:
    """Give how many pieces and items can be taken next, each with its cost."""
    if pieces:
        yield (1, 0), len(pieces[0].text) + LEAVING
    if items:
        yield (0, 1), len(items[0]) + LEAVING
    if not pieces or not items:
        return
    for count in range(1, min(MOST_PIECES, len(pieces)) + 1):
        text = "".join(piece.text for piece in pieces[:count])
        joins = sum(OVER_SEPARATOR if piece.parted else OVER_SPACE for piece in pieces[1:count])
        most = max(1, int(OTHER * max(len(text), len(items[0]))))
        yield from (((count, 1), joins + cost) for cost in _likeness(text, items[0], most))
    for count in range(2, min(MOST_ITEMS, len(items)) + 1):
        # At least half of the shortest must be there: otherwise it is not run together, but missing.
        most = min(map(len, items[:count])) // 2
        yield from (((1, count), PARTING + cost) for cost in _likeness(pieces[0].text, "".join(items[:count]), most))


def _likeness(text: str, item: str, most: int) -> Iterator[float]:
    """Give how many characters differ, where they are no more than that and not all."""
    distance = Levenshtein.distance(text, item, score_cutoff=most)
    if distance <= most and distance < max(len(text), len(item)):
        yield float(distance)
