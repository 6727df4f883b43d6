"""Compare one cell of a transcript with the original's: what differs, and of which class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hongtou.checking.edits import Edit, edits
from hongtou.checking.lists import Match, Piece, match_items, pieces_of
from normalize.characters import squeeze
from normalize.list_rules import list_items
from schema.profile import Kind


def compare_cell(mine: str, theirs: str, kind: Kind) -> list[Edit]:
    """Give the differences of a cell, in order.

    >>> [(e.rule, e.start, e.end) for e in compare_cell("地区总植增长5%左 右", "地区总值增长5%左右", Kind.PROSE)]
    [('same-sound', 3, 4)]
    >>> [e.rule for e in compare_cell("赵杨辛", "赵亮、杨辛", Kind.PEOPLE)]
    ['names-run-together']
    >>> [e.rule for e in compare_cell("赵 亮 李 阳", "赵亮、李阳", Kind.PEOPLE)]
    ['explained']
    """
    if mine == theirs:
        return []
    found = list(_lists(mine, theirs, kind) if kind.is_list else _texts(mine, theirs))
    if found:
        return sorted(found, key=lambda edit: (edit.start, edit.from_))
    return [Edit("explained", 0, len(mine), 0, len(theirs))]


def _texts(mine: str, theirs: str) -> Iterator[Edit]:
    """Compare two texts without their white space."""
    first, second = _inked(mine), _inked(theirs)
    for edit in edits(squeeze(mine), squeeze(theirs)):
        start, end = _span(first, edit.start, edit.end, len(mine))
        from_, to = _span(second, edit.from_, edit.to, len(theirs))
        yield Edit(edit.rule, start, end, from_, to)


def _inked(text: str) -> list[int]:
    """Give the indexes of the characters that leave ink."""
    return [index for index, character in enumerate(text) if squeeze(character)]


def _span(indexes: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    """Give a span of inked characters as a span of the whole text; an empty one stands where it would be put."""
    if start < end:
        return indexes[start], indexes[end - 1] + 1
    place = indexes[start - 1] + 1 if start else (indexes[0] if indexes else length)
    return place, place


def _lists(mine: str, theirs: str, kind: Kind) -> Iterator[Edit]:
    items = list(_split(theirs))
    texts = [theirs[start:end] for start, end in items]
    like = _plain if _has_others(mine, theirs) else str
    pieces = [replace(piece, text=like(piece.text)) for piece in pieces_of(mine)]
    matches = match_items(pieces, [like(text) for text in texts])
    moved = _moved(matches, texts)
    last = 0
    for match in matches:
        if match.pieces:
            last = match.pieces[-1].indexes[-1] + 1
        yield from _match(match, _Items(mine, theirs, items, kind, moved, last))


@dataclass(frozen=True, slots=True)
class _Items:
    """Hold the original's list.

    Args:
        typed: The transcript's cell.
        spans: Of its items in its text.
        moved: The items that only stand elsewhere.
        last: Where the transcript's list has come to: a missing item would be put there.
    """

    typed: str
    text: str
    spans: Sequence[tuple[int, int]]
    kind: Kind
    moved: frozenset[str]
    last: int

    def span(self, places: Sequence[int]) -> tuple[int, int]:
        return self.spans[places[0]][0], self.spans[places[-1]][1]


def _match(match: Match, items: _Items) -> Iterator[Edit]:
    """Give what is to be said of one pairing of pieces and items."""
    if not match.items:
        (piece,) = match.pieces
        rule = "item-order" if piece.text in items.moved else "extra-item"
        yield Edit(rule, piece.indexes[0], piece.indexes[-1] + 1, 0, 0)
        return
    from_, to = items.span(match.items)
    if not match.pieces:
        if items.text[from_:to] not in items.moved:
            yield Edit("missing-item", items.last, items.last, from_, to)
        return
    start, end = match.pieces[0].indexes[0], match.pieces[-1].indexes[-1] + 1
    if len(match.items) > 1:
        yield Edit("names-run-together", start, end, from_, to)
        return
    if any(piece.parted or items.kind is Kind.UNITS for piece in match.pieces[1:]):
        yield Edit("broken-item", start, end, from_, to)
    yield from _spelling(match.pieces, items, from_, to)


def _spelling(pieces: Sequence[Piece], items: _Items, offset: int, to: int) -> Iterator[Edit]:
    indexes = [index for piece in pieces for index in piece.indexes]
    for edit in edits("".join(items.typed[index] for index in indexes), items.text[offset:to]):
        start, end = _span(indexes, edit.start, edit.end, indexes[-1] + 1)
        yield Edit(edit.rule, start, end, offset + edit.from_, offset + edit.to)


def _has_others(mine: str, theirs: str) -> bool:
    """Tell whether the transcript has Chinese characters that the original has not."""
    return any("一" <= character <= "鿿" and character not in theirs for character in mine)


def _plain(text: str) -> str:
    """Give a text in simplified characters, so that a name is known in either form."""
    from normalize.variants import simplify  # noqa: PLC0415 - brings OpenCC

    plain = simplify(text)
    return plain if len(plain) == len(text) else text


def _split(text: str) -> Iterator[tuple[int, int]]:
    """Give the span of each item of a list as we write it."""
    end = 0
    for item in list_items(text):
        start = text.index(item, end)
        end = start + len(item)
        yield start, end


def _moved(matches: Sequence[Match], items: Sequence[str]) -> frozenset[str]:
    """Give the items that are missing in their place and extra in another."""
    missing = {items[match.items[0]] for match in matches if not match.pieces}
    extra = {match.pieces[0].text for match in matches if not match.items}
    return frozenset(missing & extra)
