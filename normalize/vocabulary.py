"""Learn the people and units of a document from its own cells.

Only what leaves no doubt teaches: what stands alone between marks, line ends made on purpose or
the cell's edges.  What is learned decides in the cells that are in doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from normalize.characters import BREAK_RUN, BREAKS, HAN, SPACES, squeeze
from normalize.column_habits import MARKS, is_marked, outside_brackets
from normalize.unit_names import PLACES, is_unit_name
from schema.grid import FULL_END, HARD_END, UNSURE_END

_NAME = re.compile(f"[{HAN}]{{2,4}}|[{HAN}]+(?:[·•][{HAN}]+)+")
#: From this share of the known units on, they all begin with their place.
MOSTLY_PLACED = 0.7
FEWEST_PLACED = 4
#: The first part of a name with ``·``, after nothing that may have cut it.
_HEAD = re.compile(f"(?:^|[\n{SPACES}{MARKS}])([{HAN}]+)[·•]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Hold what is known of the document's people and units.

    Args:
        people: Names seen whole.
        heads: What stands before the ``·`` in names that begin after no cut.
        units: Names of units seen whole.
        placed: Whether nearly all units begin with their place (``区``, ``市``): a piece that does
            not may be the rest of one.
        marked: Whether the items of the column at hand are parted by marks, so that line ends are none.
        padding: The space by which the column at hand pads short names; empty where it pads none.
        pads_long: Whether it spaces out names of three characters as well.
        spaced: Whether a space parts its items anywhere.
        single: Whether it holds one name a cell, so that its line ends are those of long names.
    """

    people: frozenset[str] = field(default_factory=frozenset)
    heads: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[str] = field(default_factory=frozenset)
    placed: bool = False
    marked: bool = False
    padding: str = " "
    pads_long: bool = True
    spaced: bool = True
    single: bool = False


class Learner:
    r"""Learn from the marked texts of the columns that list people and units, table by table.

    >>> learner = Learner()
    >>> learner.add_people(["李阳", "赵 亮 可 晓 林", "谭瑞琮 李阳", "李 阳"])
    >>> learner.add_units(["区财政局", "区粮食物资储备\v局"])
    >>> known = learner.vocabulary()
    >>> sorted(known.people), sorted(known.units)
    (['李阳', '谭瑞琮'], ['区财政局'])

    A piece of one character is the rest of a name, and what may be two units on lines of their own says nothing.

    >>> learner.add_people(["可晓\v林"])
    >>> learner.add_units(["区民政局、区审计局\n各镇", "区委办、区教育局"])
    >>> sorted(learner.vocabulary().people)[0], sorted(learner.vocabulary().units)
    ('可晓林', ['区委办', '区教育局', '区民政局', '区财政局'])
    """

    def __init__(self) -> None:
        self._people: set[str] = set()
        self._heads: set[str] = set()
        self._units: set[str] = set()

    def add_people(self, texts: Sequence[str]) -> None:
        """Learn from one column."""
        self._people.update(_learned_people(texts))
        self._heads.update(head for text in texts for head in _HEAD.findall(text))

    def add_units(self, texts: Sequence[str]) -> None:
        """Learn from one column."""
        self._units.update(_learned_units(texts))

    def vocabulary(self) -> Vocabulary:
        """Give what was learned of all columns."""
        placed = sum(name[0] in PLACES for name in self._units)
        return Vocabulary(
            frozenset(self._people),
            frozenset(self._heads),
            frozenset(self._units),
            placed=len(self._units) >= FEWEST_PLACED and placed >= MOSTLY_PLACED * len(self._units),
        )


def _segments(text: str, *, marked: bool) -> Iterator[str]:
    """Give what stands between marks, line ends made on purpose and the cell's edges.

    Where marks part the items, a line end parts none, and the pieces beside it are one, but for what may be two units.
    """
    for part in outside_brackets(text):
        if part in MARKS:
            continue
        lines = part.split(HARD_END)
        if not marked:
            yield from (line.strip(BREAKS) for line in lines)
        elif len(lines) == 1 or not all(is_unit_name(squeeze(line)) for line in lines):
            yield squeeze(part)


def _is_wrapped(segment: str) -> bool:
    return FULL_END in segment or UNSURE_END in segment


def _learned_people(texts: Sequence[str]) -> Iterator[str]:
    padded: Counter[str] = Counter()
    marked = is_marked(texts)
    for text in texts:
        for segment in _segments(text, marked=marked):
            tokens = [token for token in BREAK_RUN.split(segment) if token]
            if _is_wrapped(segment):
                # One character by itself is no name: it is the other piece's.
                if len(tokens) == 2 and min(map(len, tokens)) == 1 and _NAME.fullmatch("".join(tokens)):
                    yield "".join(tokens)
                continue
            if all(_NAME.fullmatch(token) for token in tokens):
                yield from tokens
            elif all(len(token) == 1 for token in tokens) and len(tokens) <= 2:
                padded["".join(tokens)] += 1
    # A two-character name that is always padded is known when several rows print it so.
    yield from (name for name, count in padded.items() if count > 1)


def _learned_units(texts: Sequence[str]) -> Iterator[str]:
    marked = is_marked(texts)
    for text in texts:
        segments = list(_segments(text, marked=marked))
        listed = [[token for token in BREAK_RUN.split(segment) if token] for segment in segments]
        # Beside a line that ends within a name, the next one is the rest of it.
        cut = not marked and not all(is_unit_name(token) for tokens in listed for token in tokens[:1])
        for segment, tokens in zip(segments, listed, strict=True):
            if cut or _is_wrapped(segment) or not all(is_unit_name(token) for token in tokens):
                continue
            if len(tokens) == 1 or all(token[0] in PLACES for token in tokens):
                yield from tokens
