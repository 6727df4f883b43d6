"""Hold long sequences: in memory up to a size, on disk beyond it, so that memory does not grow with a document."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter
from typing import IO, TypeVar, overload

#: So many items are read from disk at once.
READ_AHEAD = 128
Item = TypeVar("Item")
Class = TypeVar("Class", bound=type)


def packed(made: Class) -> Class:
    """Have a dataclass pickled as a call with its fields, which takes a fraction of the time of its own way."""
    values = attrgetter(*(field.name for field in fields(made)))

    def reduce(self: object) -> tuple[type, tuple[object, ...]]:
        return made, values(self)

    made.__reduce__ = reduce  # type: ignore[assignment]
    return made


class _Indexed(Sequence[Item]):
    """Give items by place, counted from the front or from the end, and in slices; each kind says how it finds one."""

    def _at(self, index: int) -> Item:
        """Give the item at a place, which is there."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Give one item, or a list of some."""
        if isinstance(index, slice):
            return [self._at(at) for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._at(index % len(self))


class SpillList(_Indexed[Item]):
    """Hold items in order; once they weigh more than is held in memory, all of them lie in a temporary file.

    The file has no name, and goes with the list.  An item that was read again is equal to the one that
    was put in, and not the same.

    Args:
        most: The weight that is held in memory.

    >>> numbers = SpillList(2)
    >>> for number in range(5):
    ...     numbers.append(number)
    >>> numbers.spilled, len(numbers), numbers[3], list(numbers)
    (True, 5, 3, [0, 1, 2, 3, 4])
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._held: list[Item] = []
        self._file: IO[bytes] | None = None
        #: Where each item begins in the file, and where the last one ends.
        self._starts = array("q", [0])

    @property
    def spilled(self) -> bool:
        """Tell whether the items lie on disk."""
        return self._file is not None

    def append(self, item: Item, weight: int | None = None) -> None:
        """Put an item behind the others; it weighs one where nothing else is said.

        Raises:
            OSError: The disk does not take it.
        """
        self._weight += 1 if weight is None else weight
        if self._file is None and self._weight <= self._most:
            self._held.append(item)
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the list
            weakref.finalize(self, self._file.close)
        for each in (*self._held, item):
            self._write(self._file, pickle.dumps(each, pickle.HIGHEST_PROTOCOL))
        self._held.clear()

    def _write(self, file: IO[bytes], data: bytes) -> None:
        start, view = self._starts[-1], memoryview(data)
        while view:
            view = view[os.pwrite(file.fileno(), view, self._starts[-1] + len(data) - len(view)) :]
        self._starts.append(start + len(data))

    def __len__(self) -> int:
        """Count the items."""
        return len(self._held) if self._file is None else len(self._starts) - 1

    def __iter__(self) -> Iterator[Item]:
        """Give the items in order, some in memory at a time where they lie on disk."""
        return self.between(0, len(self))

    def between(self, start: int, stop: int) -> Iterator[Item]:
        """Give the items from one place to before another."""
        if self._file is None:
            yield from self._held[start:stop]
            return
        for first in range(start, stop, READ_AHEAD):
            starts = self._starts[first : min(first + READ_AHEAD, stop) + 1]
            data = memoryview(os.pread(self._file.fileno(), starts[-1] - starts[0], starts[0]))
            for begin, end in pairwise(starts):
                item: Item = pickle.loads(data[begin - starts[0] : end - starts[0]])  # noqa: S301 - written below
                yield item

    def since(self, start: int) -> Sequence[Item]:
        """Give the items from a place on to the present end: as a tuple where memory holds them."""
        if self._file is None:
            return tuple(self._held[start:])
        return Span(self, start, len(self))

    def _at(self, index: int) -> Item:
        if self._file is None:
            return self._held[index]
        start, end = self._starts[index], self._starts[index + 1]
        item: Item = pickle.loads(os.pread(self._file.fileno(), end - start, start))  # noqa: S301 - written above
        return item


class Span(_Indexed[Item]):
    """Show a part of a list that lies on disk.

    >>> numbers = SpillList(0)
    >>> for number in range(5):
    ...     numbers.append(number)
    >>> part = Span(numbers, 2, 5)
    >>> len(part), part[0], part[-1], part[1:], list(part)
    (3, 2, 4, [3, 4], [2, 3, 4])
    """

    def __init__(self, items: SpillList[Item], start: int, stop: int) -> None:
        self._items, self._places = items, range(start, stop)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._places)

    def __iter__(self) -> Iterator[Item]:
        """Give the items in order."""
        return self._items.between(self._places.start, self._places.stop)

    def _at(self, index: int) -> Item:
        return self._items[self._places[index]]
