"""Tell which rows of a grid are its header, and what its labels are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalize.characters import squeeze
from normalize.label_words import NUMBERS
from normalize.line_ends import join_label_line
from normalize.text_rules import close_chinese_space, close_mixed_space, common_forms
from schema.grid import Cell, Grid
from schema.profile import LEVEL

#: Two-level headers are as high as this, never higher (rows).
HIGHEST_HEADER = 3
#: One label of this many may be cut off where a header is printed again.
MOSTLY_SAME = 4
_DIGIT = re.compile(r"\d")
#: So many cells that count their columns are a row of column numbers.
FEWEST_COUNTED = 3
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_COLUMN_NUMBER = re.compile(r"[（(]?(\d{1,2})[)）]?(?:=.*)?")


def same_labels(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """Tell whether labels are those of a header that is printed again.

    Of one, the end may be cut off; the label over several may stand over the first alone, where lines run through it.

    >>> same_labels(["事项", "成绩/笔试", "面试"], ["事项", "成绩/笔试", "成绩/面试"])
    True
    >>> same_labels(["序号", "总投资（万", "备注", "类别"], ["序号", "总投资（万元）", "备注", "类别"])
    True
    >>> same_labels(["1", "甲", "", ""], ["序号", "事项", "单位", "备注"])
    False
    """
    if len(found) != len(wanted) or not any(wanted):
        return False
    pairs = zip(found, wanted, strict=True)
    other = [(have, label) for have, label in pairs if have != label and not (have and label.endswith(LEVEL + have))]
    if len(other) * MOSTLY_SAME > len(wanted):
        return False
    return all(have and label.startswith(have) for have, label in other)


def numbers_columns(texts: Sequence[str]) -> bool:
    """Tell whether a row's texts do nothing but count the columns.

    >>> numbers_columns(["甲", "1", "2", "3=1+2"]), numbers_columns(["1", "2", "3"]), numbers_columns(["甲", "3", "8"])
    (True, True, False)
    """
    texts = [squeeze(text) for text in texts]
    stems = [text for text in texts if text and text in _STEMS]
    numbers = [int(found[1]) for text in texts if (found := _COLUMN_NUMBER.fullmatch(text))]
    begin = numbers[0] if numbers else 0
    counted = "".join(stems) == _STEMS[: len(stems)] and numbers == list(range(begin, begin + len(numbers)))
    return counted and len(stems) + len(numbers) == len(texts) >= FEWEST_COUNTED and begin in (1, len(stems) + 1)


def header_rows(grid: Grid) -> int:
    """Give how many rows are header: what the original marks, or one, or the levels that spans show.

    A last one that is marked but only counts the columns is none.
    """
    marked = grid.header_rows
    if 0 < marked < grid.row_count:
        last = [cell.text for cell in grid.cells if cell.row == marked - 1 and cell.column_span == 1]
        if marked > 1 and len(last) == grid.column_count and numbers_columns(last):
            marked -= 1
        if marked <= HIGHEST_HEADER:
            return marked
    titles = len(title_cells(grid))
    top = [cell for cell in grid.cells if cell.row == titles]
    wide = any(1 < cell.column_span < grid.column_count and cell.lines for cell in top)
    height = max((cell.row_span for cell in top), default=1)
    if wide and 1 < height <= HIGHEST_HEADER and titles + height <= grid.row_count:
        return titles + height
    return titles + (2 if wide and height == 1 and _has_lower_level(grid, titles) else 1)


def _has_lower_level(grid: Grid, row: int) -> bool:
    """Tell whether the row below a header's, whose labels cover one row each, is its second level.

    It has a label below each column that a wide one covers, and a blank below the others.  Where all are wide, each
    group has the same labels, or there are digits below these, and none in them.
    """
    upper = [cell for cell in grid.cells if cell.row == row]
    below = {cell.column: cell for cell in grid.cells if cell.row == row + 1}
    groups = [[below.get(cell.column + at) for at in range(cell.column_span)] for cell in upper]
    labels = [cell for cells in groups if len(cells) > 1 for cell in cells]
    if any(cell is None or (cell.row_span, cell.column_span) != (1, 1) for cells in groups for cell in cells):
        return False
    if any(cell is None or not cell.lines or _DIGIT.search(cell.text) for cell in labels):
        return False
    single = [cell for cells in groups if len(cells) == 1 for cell in cells]
    if single:
        return not any(cell is not None and cell.lines for cell in single)
    texts = [[squeeze(cell.text) for cell in cells if cell is not None] for cells in groups]
    under = {cell.column for cell in grid.cells if cell.row == row + 2 and _DIGIT.search(cell.text)}
    return texts.count(texts[0]) == len(texts) > 1 or bool(under)


def begins_with_labels(grid: Grid, labels: Sequence[str]) -> bool:
    """Tell whether the cells of a grid's first row begin with a header that is printed again, and go on with a row.

    Some producers draw no line between the two.
    """
    first = {cell.column: squeeze(cell.text) for cell in grid.cells if cell.row == 0}
    last = [squeeze(label.rpartition(LEVEL)[2]) for label in labels]
    found = sum(bool(label) and first.get(column, "").startswith(label) for column, label in enumerate(last))
    return found * 2 > len(labels)


def title_cells(grid: Grid) -> list[Cell]:
    """Give the cells over all columns that stand above the header: the table's title, its unit."""
    found: list[Cell] = []
    for cell in grid.cells:
        if cell.row != len(found) or cell.column_span < grid.column_count or cell.row_span > 1:
            break
        found.append(cell)
    return found if len(found) < grid.row_count else []


def header_labels(grid: Grid, rows: int) -> tuple[str, ...]:
    """Give each column's label; the labels of a header's levels are joined with ``/``."""
    parts: list[list[str]] = [[] for _ in range(grid.column_count)]
    for cell in grid.cells:
        if cell.row >= rows:
            break
        if cell.column_span == grid.column_count:
            continue
        text = close_mixed_space(close_chinese_space(join_label_line(common_forms(cell.text))))
        if (squeezed := squeeze(text)) in NUMBERS:
            text = squeezed
        for column in range(cell.column, cell.column + cell.column_span):
            if text and text not in parts[column][-1:]:
                parts[column].append(text)
    return tuple(LEVEL.join(found) for found in parts)
