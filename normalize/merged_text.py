"""Join the text of a merged cell that a page break cut, and weigh what says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache, partial

from normalize.characters import SPACES, WRAPS, ordinal, squeeze
from normalize.column_habits import MARKS
from normalize.edits import Change, Edit
from normalize.labels import Labels
from normalize.merged_cells import begins_open, covering, is_open_between, merged_with_key, printed_owner
from normalize.sheet import Sheet, Slot, State, goes_on, is_used_up
from normalize.unit_names import is_unit_name
from schema.grid import HARD_END
from schema.profile import Kind

#: Opening marks, and what closes them.
OPENING, CLOSING = "（(《“‘【〔「『", "）)》”’】〕」』"
#: Marks that no text begins with, as little as with a closing one.
LEANING = "、，。；：！？·%％"
#: Words that lead on to another one, and marks behind which a text goes on.
UNFINISHED = "的和与及或、，"
#: So many rows that each print a text tell that their column stands for none together.
FEWEST_OWN = 8
#: Labels end alike where this share of them do.
ALIKE = 0.7
_ITEM_ENDS = re.compile(f"[{MARKS}{SPACES}{HARD_END}]")
_REMARK = re.compile("[（(][^（）()]+[）)]")
_DIGIT, _LETTER = re.compile(r"[0-9一二三四五六七八九十]"), re.compile(r"[A-Za-z]")


def continue_merged_text(sheet: Sheet) -> Iterator[Edit]:
    """Join the text of a merged cell that a page break cut.

    The two together are a label printed whole elsewhere, or the text was cut where it had
    to be, the page and its last line being full; if that is all, the repair is doubtful.

    Leaves alone a label that starts anew, and one that the new page only prints again.  Where the
    end of the first part says that it is whole, both stay as they are, and in doubt.
    """
    if not sheet.spans_known:
        return
    #: What cells hold that were joined already: a text may be cut by several page breaks.
    longer: dict[tuple[int, int], Slot] = {}
    merged, covers = merged_with_key(sheet), covering(sheet)
    groups = cache(partial(_may_group, sheet, covers))
    labels_of = cache(partial(Labels.of, sheet))
    joined_rows: set[tuple[int, int]] = set()
    unsure: set[tuple[int, int]] = set()
    for index, column, slot in _printed_at_breaks(sheet):
        kind = sheet.columns[column].kind
        is_open = is_open_between(sheet, index, column)
        grouped = groups(column) and (
            _is_grouped(sheet, index, column)
            or _covers_others(sheet, index, column, merged)
            or _holds_group(sheet, index, column)
        )
        leads = sheet.key is None and (column == 0 or (index, column - 1) in unsure)
        may_group = groups(column) and (leads or _is_stacked(slot))
        if not (grouped or is_open or may_group):
            continue
        target = printed_owner(sheet, index - 1, column, joined_rows)
        if target is None or (begins_open(sheet, index, column) and target < sheet.owner(index - 1, column)):
            continue
        upper, labels = longer.get((target, column), sheet.rows[target].slots[column]), labels_of(column)
        begins = groups(column) and labels.begins(squeeze(slot.text))
        evidence = Evidence.OPEN_CELL if is_open and not begins else _is_rest(labels, upper, slot, kind)
        if not (grouped or is_open) and evidence is not Evidence.NONE:
            evidence = Evidence.EITHER if leads or _is_stacked(upper) else Evidence.NONE
        if evidence in (Evidence.EITHER, Evidence.ROOM):
            unsure.add((index, column))
            yield Change(target, column, upper, evidence.value, doubtful=True)
            yield Change(index, column, slot, evidence.value, doubtful=True)
        elif evidence is not Evidence.NONE:
            joined = upper.with_rest(slot)
            doubtful = upper.doubtful or evidence in (Evidence.FULL_PAGE, Evidence.LEADS_ON)
            joined = joined._replace(lines_below=slot.lines_below, doubtful=doubtful)
            longer[target, column] = joined
            joined_rows.add((index, column))
            yield Change(target, column, joined, evidence.value, doubtful=doubtful)
            yield Change(index, column, slot.as_rest(), "")


def _printed_at_breaks(sheet: Sheet) -> Iterator[tuple[int, int, Slot]]:
    """Give the cells that print something in the first row behind a page break, with their rows and columns."""
    for index, row in enumerate(sheet.rows):
        if sheet.after_break(index):
            for column, slot in enumerate(row.slots):
                if slot.state is State.PRINTED:
                    yield index, column, slot


def _is_own_in_each_row(sheet: Sheet, column: int) -> bool:
    """Tell whether so many rows print a text of their own in a column that it groups none."""
    rows = [row for row in sheet.rows if not row.banner and row.total is None]
    return len(rows) >= FEWEST_OWN and all(row.slots[column].state is State.PRINTED for row in rows)


def _is_grouped(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether a column stands for several rows where a row begins: it always does, or the key is of both pages.

    The key then is blank on one of them.
    """
    return sheet.columns[column].carry or sheet.lacks_key(index) or sheet.begins_above(index)


def _covers_others(sheet: Sheet, index: int, column: int, merged: frozenset[int]) -> bool:
    """Tell whether a cell on either side of a page break stands for several rows, whatever their key does."""
    return column not in merged and (
        sheet.rows[index].slots[column].spans or sheet.owner(index - 1, column) < index - 1
    )


def _may_group(sheet: Sheet, covers: frozenset[int], column: int) -> bool:
    """Tell whether a column may stand for several rows: a page shows it, or it stands before the key, or stacked.

    Stacked text that stands for one row would make it high for nothing.  Without a key the first columns may.

    Args:
        sheet: The table's.
        covers: The columns with cells over several rows of a page.
        column: Which one.
    """
    kind, key = sheet.columns[column], sheet.key
    if column in covers and not kind.key:
        return True
    if _is_own_in_each_row(sheet, column):
        return False
    leads = kind.carry or key is None or column < key
    return leads or any(_is_stacked(row.slots[column]) for row in sheet.rows)


def _holds_group(sheet: Sheet, index: int, column: int) -> bool:
    """Tell whether a column holds one, also before the key, whose merged cell goes on over the break above a row."""
    inner = range(column + 1, sheet.key or 0)
    return any(
        sheet.rows[index].slots[within].blank and printed_owner(sheet, index - 1, within) is not None
        for within in inner
    )


def _is_stacked(slot: Slot) -> bool:
    return bool(slot.lines) and all(line.stacked for line in slot.lines)


class Evidence(Enum):
    """Say why two texts on both sides of a page break are one."""

    NONE = ""
    KNOWN = "printed whole elsewhere"
    OPEN_CELL = "the cell is open at the page break, and others of its row are closed"
    NAME = "the name that the page break cuts is whole only with its rest"
    OPEN = "the first part ends, or the rest begins, as no text does"
    LEADS_ON = "the first part ends as hardly any text does"
    NUMBERED = "the page and the line were full, and the rest has no number of its own"
    FULL_PAGE = "the page and the line were full"
    EITHER = "the page and the line were full, but each may be whole"
    ROOM = "the first part ends as hardly any text does, but has room above it and below it"


def _is_rest(labels: Labels, upper: Slot, lower: Slot, kind: Kind) -> Evidence:
    """Weigh whether the text at the top of a page is the rest of the one at the bottom of the last.

    Text flows on only when its page is used up: no further line fits below the upper part,
    and the first piece of the lower part had no room behind the last line.
    """
    begun, rest = squeeze(upper.text), squeeze(lower.text)
    if rest == begun:
        return Evidence.NONE
    if begun + rest in labels.printed and not kind.is_list:
        return Evidence.KNOWN
    goes = goes_on(upper, lower) and not labels.begins(rest)
    is_open = _opened(begun) > 0 or rest[0] in CLOSING + LEANING
    if is_open or (goes and begun[-1] in UNFINISHED):
        return Evidence.OPEN if is_open else _weigh_room(upper)
    if not goes or not is_used_up(upper):
        return Evidence.NONE
    if kind.is_list:
        return _weigh_names(upper.text, lower.text, kind)
    return Evidence.NUMBERED if ordinal(begun) is not None else _weigh_endings(begun, rest, labels.printed)


def _weigh_room(upper: Slot) -> Evidence:
    """Weigh a first part that leads on to another word: one with room above it and below it stands in the middle."""
    return Evidence.LEADS_ON if is_used_up(upper) or (upper.lines_above or 0.0) < 1.0 else Evidence.ROOM


def _weigh_names(begun: str, rest: str, kind: Kind) -> Evidence:
    """Weigh by whether the name at a page's end is whole, in a list of units or of people.

    >>> _weigh_names("市体育局、市住房城乡建设", "局、市发展改革委", Kind.UNITS)
    <Evidence.NAME: 'the name that the page break cuts is whole only with its rest'>
    >>> _weigh_names("市体育局", "市发展改革委", Kind.UNITS), _weigh_names("李阳", "张贤", Kind.PEOPLE)
    (<Evidence.NONE: ''>, <Evidence.NONE: ''>)
    """
    last, first = _ITEM_ENDS.split(WRAPS.sub("", begun))[-1], _ITEM_ENDS.split(WRAPS.sub("", rest))[0]
    if not last:
        return Evidence.OPEN
    if is_unit_name(last) if kind is Kind.UNITS else min(len(last), len(first)) > 1:
        return Evidence.NONE
    return Evidence.NAME if is_unit_name(last + first) else Evidence.FULL_PAGE


def _weigh_endings(begun: str, rest: str, printed: Iterable[str]) -> Evidence:
    """Weigh by how the other labels end whether one that may go on is whole."""
    ending = _common_ending(label for label in printed if label != begun)
    if ending and _shape(begun).endswith(ending):
        return Evidence.EITHER if ending in CLOSING else Evidence.NONE
    # A rest that begins with a bracket ends the label where the labels end so, or where it is nothing but a remark.
    begins = rest[0] in OPENING and not (_REMARK.fullmatch(rest) or (ending and _shape(begun + rest).endswith(ending)))
    return Evidence.NONE if begins else Evidence.FULL_PAGE


def _opened(text: str) -> int:
    """Count the brackets and quotations that a text leaves open.

    >>> _opened("四、加快提升“大零号"), _opened("做优（含做大）")
    (1, 0)
    """
    return sum((char in OPENING) - (char in CLOSING) for char in text)


def _common_ending(labels: Iterable[str]) -> str:
    """Give what nearly all labels end with, digits and Latin letters by their kind; empty where they differ.

    >>> _common_ending(["（一）智慧平台项目（A3）", "热线改革项目（B4）"]), _common_ending(["基础设施类", "社会民生类"])
    ('项目（A0）', '类')
    """
    shapes = [_shape(label) for label in labels]
    ending = ""
    while shapes:
        longer = Counter(shape[-len(ending) - 1 :] for shape in shapes if len(shape) > len(ending))
        found, count = next(iter(longer.most_common(1)), ("", 0))
        if count < ALIKE * len(shapes):
            break
        ending = found
    return ending


def _shape(text: str) -> str:
    """Give a text with all its digits, Chinese ones too, and Latin letters alike."""
    return _LETTER.sub("A", _DIGIT.sub("0", text))
