"""Repair rows whose one cell covers all columns: section titles and notes, which are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.between import is_asked
from normalize.characters import squeeze
from normalize.edits import Change, Drop, Edit
from normalize.line_ends import join_label_line
from normalize.sheet import Sheet, SheetRow, Slot, State

#: A title longer than this may be something else (characters).
LONGEST_SECTION = 40
#: Stands between a section's title and those of the sections within it.
LEVEL_MARK = "/"
#: The style of titles without a number.
UNNUMBERED = -1

_NOTE = re.compile(
    r"[（(]?(?:注|备注|附注|注释|说明|填表说明|填报说明|资料来源|数据来源|来源)[\s\d一二三四五六七八九十]*[:：、.．]"
)
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        "第[一二三四五六七八九十百]+[类部章项方编篇]",
        "第[一二三四五六七八九十百]+节",
        "[一二三四五六七八九十百]+[、.．]",
        "[（(][一二三四五六七八九十百]+[)）]",
        r"\d+[、.．]",
        r"[（(]\d+[)）]",
    )
)


def is_note(text: str) -> bool:
    """Tell whether a row over all columns explains the table: 注：, 资料来源：.

    >>> is_note("注：以上指标为预期性指标。"), is_note("一、经济发展"), is_note("说明1：")
    (True, False, True)
    """
    return _NOTE.match(squeeze(text)) is not None


def drop_table_note(sheet: Sheet) -> Iterator[Edit]:
    """Take a note out of the rows: a row over all columns that explains the table, or ends it.

    So is one below all others that says who filled the table in: 填表人：, 审核人：.

    Leaves alone a row with cells of its own, a section's title, which has rows below it, and a form that asks in all
    rows.
    """
    below = all(map(_is_foot, sheet.rows))
    for index in range(len(sheet.rows) - 1, -1, -1):
        text = sheet.rows[index].banner
        if (text and (is_note(text) or not below)) or (not below and _is_foot(sheet.rows[index])):
            yield Drop(index, "", begins=True)
        elif not text:
            below = True


def _is_foot(row: SheetRow) -> bool:
    """Tell whether all that a row prints is who filled a table in, or when, with a colon behind what is asked."""
    printed = [slot.text for slot in row.slots if slot.state is State.PRINTED]
    return len(printed) > 1 and all(map(is_asked, printed))


def lift_section_row(sheet: Sheet) -> Iterator[Edit]:
    """Lift a section's title, a row over all columns, into a column of the rows below it.

    Titles that are numbered in another way than the first one are sections within it.  A
    long title is doubtful, and so is one that a page break cut: its cell is open there.

    Leaves alone a row of which only some columns are merged.
    """
    if sheet.section is None:
        return
    styles: list[int] = []
    levels: list[str] = []
    pending: list[int] = []
    cut = False
    for index, row in enumerate(sheet.rows):
        title = row.banner
        if title:
            text = join_label_line(title)
            style = _style(squeeze(text))
            cut = _is_rest(sheet, index) and style == UNNUMBERED
            if cut:
                levels[-1:] = ["".join([*levels[-1:], text])]
            else:
                if style not in styles:
                    styles.append(style)
                levels = [*levels[: styles.index(style)], text]
            pending.append(index)
            yield Drop(index, "", begins=True)
        elif pending and levels:
            places = tuple(place for above in pending for place in sheet.rows[above].places)
            doubtful = cut or any(len(squeeze(level)) > LONGEST_SECTION for level in levels)
            value = Slot(State.PRINTED, LEVEL_MARK.join(levels), places=places, doubtful=doubtful)
            yield Change(index, sheet.section, value, "", doubtful)
            pending = []


def _is_rest(sheet: Sheet, index: int) -> bool:
    """Tell whether a page begins with the rest of the title that the one before ends with: both are open there."""
    if not sheet.after_break(index) or not sheet.rows[index - 1].banner:
        return False
    above, below = (next(slot for slot in sheet.rows[at].slots if slot.lines) for at in (index - 1, index))
    return above.open_bottom and below.open_top


def _style(text: str) -> int:
    """Give how a title is numbered; `UNNUMBERED` where it has no number."""
    return next((number for number, style in enumerate(_STYLES) if style.match(text)), UNNUMBERED)


def has_section_rows(sheet: Sheet) -> bool:
    """Tell whether a row over all columns, which is no note, has a record below it.

    The table's title may be such a row, and is printed again with the header.
    """
    seen = False
    for row in sheet.rows:
        if row.header:
            continue
        if row.banner:
            seen = seen or not is_note(row.banner)
        elif seen:
            return True
    return False
