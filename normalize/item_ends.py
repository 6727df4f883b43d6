r"""Tell the ends of items and sentences on lines of their own from those that only fill their line.

In a marked text ``\n`` ends a line that was ended on purpose, ``\v`` one that is full, ``\x1f`` one that may be
(see `schema.grid.marked_text`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from normalize.characters import HAN, LATIN, WRAPS
from normalize.full_lines import FEWEST_CELLS, printing, put, unsure_end
from normalize.line_ends import is_date
from normalize.points import ENDS, begins_part
from normalize.sheet import Sheet
from schema.grid import HARD_END
from schema.profile import Kind

#: So many items that end lines on purpose show that all do; so many full lines, that a program fills them.
FEWEST_ITEMS, FEWEST_FULL = 3, 8
#: An item that no mark ends at its line's end on purpose, and what may be one at a full line; in western text one
#: begins with a capital.
_PLAIN_ITEM, _FULL_PLAIN = (
    re.compile(f"[{HAN}{LATIN}][{ends}](?=[{HAN}])|[{HAN}][{ends}](?=[{LATIN}])|[{LATIN}] ?[{ends}](?=[A-Z])")
    for ends in ("\n", "\v\x1f")
)
#: A line that ends within a sentence: full, or with room for more by some measure.
_FULL_WITHIN, _SHORT_WITHIN = (re.compile(f"[{HAN}，、]{end}(?=[{HAN}])") for end in ("\v", "\x1f"))
#: A line with room for more by some measure that ends a sentence or an item.
_SHORT_END = re.compile("([。；])\x1f")


class _Mark(NamedTuple):
    """Find a mark that ends items: at the end of a line on purpose, of a full line, and within a line."""

    ended: re.Pattern[str]
    full: re.Pattern[str]
    within: re.Pattern[str]
    ends_sentence: bool

    @classmethod
    def of(cls, mark: str) -> _Mark:
        """Make the expressions for a mark."""
        ended, full, within = (re.compile(f"({mark}){end}") for end in ("\n", "[\v\x1f]", "(?=[^\n\v\x1f])"))
        return cls(ended, full, within, ends_sentence=mark == "。")


_MARKS = (_Mark.of("；"), _Mark.of("。"))


def tell_items(sheet: Sheet) -> None:
    r"""Tell items that stand on lines of their own from those that their lines cut, where a column lists such.

    Where ``；`` or ``。`` ends items in several cells, and stands within no line, each full line that it ends is an
    item's: so ``巡查；\v检修；`` becomes ``巡查；\n检修；``.  So is one that has room for more where the program fills
    all lines within sentences.  Where few such marks tell, or where items end without a mark, any full line may end one
    by chance: that is doubted.  What is numbered says itself where it begins.
    """
    columns = [at for at, column in enumerate(sheet.columns) if column.kind in (Kind.PROSE, Kind.TEXT)]
    printed = {column: sheet.printed(column) for column in columns}
    fills = _fills_lines([text for texts in printed.values() for text in texts])
    for column, texts in printed.items():
        if not any(WRAPS.search(text) for text in texts):
            continue
        if fills:
            for row in printing(sheet, column):
                put(row, column, _SHORT_END.sub(r"\1\n", row.slots[column].text))
        _tell_column(sheet, column, [text for text in sheet.printed(column) if not is_date(text)])


def _fills_lines(texts: Sequence[str]) -> bool:
    """Tell whether no line within a sentence has room for more: what has was ended on purpose."""
    full = sum(len(_FULL_WITHIN.findall(text)) for text in texts)
    return full >= FEWEST_FULL and not any(map(_SHORT_WITHIN.search, texts))


def _tell_column(sheet: Sheet, column: int, texts: Sequence[str]) -> None:
    """Tell the items of one column, and doubt what may be one."""
    counts = [sum(_count_plain(mark.ended, text) for text in texts) for mark in _MARKS]
    sure = [count >= FEWEST_ITEMS and not any(map(mark.within.search, texts)) for mark, count in _marked(counts)]
    plain = [count for text in texts if (count := _plain_items(text))]
    is_plain = len(plain) >= FEWEST_CELLS and sum(plain) >= FEWEST_ITEMS
    for row in printing(sheet, column):
        for mark in compress(_MARKS, sure):
            put(row, column, mark.full.sub(r"\1\n", row.slots[column].text))
        slot = row.slots[column]
        is_item = is_plain and slot.text[-1:] not in ENDS and _FULL_PLAIN.search(slot.text)
        if not is_date(slot.text) and (
            is_item or any(_may_end(slot.text, mark, count) for mark, count in _marked(counts))
        ):
            sheet.doubts.append(unsure_end(sheet, row, column, slot))


def _marked(counts: Iterable[int]) -> Iterator[tuple[_Mark, int]]:
    return zip(_MARKS, counts, strict=True)


def _may_end(text: str, mark: _Mark, count: int) -> bool:
    """Tell whether a full line may end an item by its mark, as others of the column or of the text do.

    Where the mark stands within lines as well, only many sentences tell anything.  What begins a point behind it says
    itself that it begins there.
    """
    told = count or mark.ended.search(text) or _SHORT_END.search(text)
    if not told or (mark.within.search(text) and not (mark.ends_sentence and count >= FEWEST_ITEMS)):
        return False
    return _count_plain(mark.full, text) > 0


def _plain_items(text: str) -> int:
    """Count the lines that end on purpose without a mark, before one that begins neither a point nor a heading."""
    return _count_plain(_PLAIN_ITEM, text)


def _count_plain(ends: re.Pattern[str], text: str) -> int:
    """Count the ends of lines before one that begins neither a point nor a heading."""
    first = text.split(HARD_END, 1)[0]
    return sum(not begins_part(text[found.end() :], first) for found in ends.finditer(text))
