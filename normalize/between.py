"""Tell what a line of text between two parts of a table is: a caption, a foot, or text of a cell that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from normalize.characters import HAN, squeeze
from schema.grid import RAISED, Grid, Paragraph

#: A line that is longer is no caption (characters).
LONGEST_CAPTION = 100
#: A line right below a table begins this far above its last line and below it (shares of the line's height).
OVER_LINE, BELOW_LINE = 0.5, 0.6

#: The lines of a note begin this near to each other's left (shares of the line's height).
INDENT = 4.0
#: The mark of a note as a table prints it, and as the note begins with it.
_MARK = rf"[\[〔]\d{{1,3}}[\]〕]|[{RAISED}]{{1,3}}|[①-⑳]|[*＊†‡※§¶‖]{{1,3}}"
_PRINTED, _NOTE = re.compile(_MARK), re.compile(rf"\d{{1,3}}|{_MARK}")
_RAISE = str.maketrans("0123456789", RAISED)
#: The numbers of a page, or of the two that share a sheet.
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－\s·]*(?:共\s*\d+\s*页\s*[,，/]?\s*)?(?:第?\s*\d{1,5}\s*页?|\d{1,5}\s*[/／]\s*\d{1,5})"
    r"(?:\s*[,，/（(]?\s*共\s*\d+\s*页[)）]?)?[-—–－\s·]*){1,2}"
)
#: Says that a table goes on, or in which unit its amounts are.
_CAPTION = re.compile(
    r"[（(]?\s*(?:续\s*表|[续接]上\s*[页表]|[转接续]下\s*[页表]|[上下]接第?\s*\d+\s*页|续\s*[\d一二三四五六七八九十]{0,3}\s*[)）]"
    r"|(?:[金数面货计][额量积币价])?单位\s*[:：]|计量单位)"
)
_CONTINUED = re.compile(
    r".{1,80}[（(\[]\s*(?:续\s*[表\d一二三四五六七八九十]{0,3}|[续接]上[页表]|continued|cont\.?|cont'd)\s*[)）\]]"
    r"|.{0,40}表\s*[\d一二三四五六七八九十.-]*\s*续\s*[\d一二三四五六七八九十]{0,3}",
    re.IGNORECASE,
)
#: Who filled in, checked or signed a table and when, a note on it, where its figures are from.
_FOOT = re.compile(
    r"(?:填表|制表|填报|编制|审核|复核|审批|经办|记录|负责|主管|联系)[^：:]{0,6}[：:]"
    r"|.{0,8}(?:签字|签名|盖章|签章|日期|时间|电话|来源)(?:[（(].{0,6}[)）])?[：:]|[（(]?(?:注|备注|说明|附注)\d*[：:.．、]|[*※★]"
)

#: What a cell in the last row of a table asks for, which belongs to no record.
_ASKED = re.compile(
    f"[{HAN}]{{0,6}}(?:人|领导|电话|日期|时间|单位|签字|盖章|审核|复核|制表|编制|批准)(?:[（(][^）)]*[）)])?[:：]"
)


def is_caption(text: str) -> bool:
    """Tell whether a line is a page number or a caption that stands between two page tables.

    >>> [is_caption(t) for t in ("— 3 —", "— 1 — — 2 —", "续表", "单位：万元", "第 2 页 共 9 页", "附件2")]
    [True, True, True, True, True, False]
    >>> [is_caption(t) for t in ("附表1（续）", "表2　任务（续表）", "Table 5: (continued)", "接下页", "延续表")]
    [True, True, True, True, False]
    """
    patterns = (_PAGE_NUMBER.fullmatch, _CAPTION.match, _CONTINUED.fullmatch)
    return len(text) <= LONGEST_CAPTION and any(matches(text) is not None for matches in patterns)


def is_foot(text: str) -> bool:
    """Tell whether a line is one that stands below each part of a table.

    >>> [is_foot(text) for text in ("填表人：王建国", "注：单位为万元", "附件2 新增工作清单")]
    [True, True, False]
    """
    return _FOOT.match(squeeze(text)) is not None


def is_asked(text: str) -> bool:
    """Tell whether a cell asks who filled a table in, or when, as a line below it may: its own words, and no note.

    >>> [is_asked(text) for text in ("填表人：王建国", "报送日期：", "注：单位为万元", "推进城市更新")]
    [True, True, False, False]
    """
    return _ASKED.match(squeeze(text)) is not None


def part_notes(between: Iterable[Paragraph], grids: Sequence[Grid]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the lines behind a page's last grid from the notes at the foot of the page, each of which may have several.

    A note begins with a mark that stands in one of the grids, raised where it is a number.

    Args:
        between: The lines.
        grids: Of the page and of the one before, whose notes may have had no room there.
    """
    kept: list[Paragraph] = []
    notes: list[Paragraph] = []
    #: The last line of the note before.
    last: Paragraph | None = None
    printed: frozenset[str] | None = None
    for line in between:
        found = _NOTE.match(line.text) if grids and _is_below(line, grids[-1]) and not is_caption(line.text) else None
        if found is not None:
            printed = _marks_in(grids) if printed is None else printed
        if found is not None and printed and (found[0].translate(_RAISE) in printed or found[0] in printed):
            notes.append(line)
            last = line
        elif last is not None and _goes_on(last, line):
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text}\n{line.text}")
            last = line
        else:
            kept.append(line)
            last = None
    return kept, notes


def _marks_in(grids: Iterable[Grid]) -> frozenset[str]:
    """Give what may be the marks of notes in grids."""
    lines = (line.text for grid in grids for cell in grid.cells for line in cell.lines)
    return frozenset(mark for text in lines for mark in _PRINTED.findall(text))


def _is_below(line: Paragraph, grid: Grid) -> bool:
    box, above = line.place.box, grid.place.box
    return box is not None and above is not None and line.place.page == grid.place.page and box[1] >= above[3]


def _goes_on(note: Paragraph, line: Paragraph) -> bool:
    """Tell whether a line stands right below another, as large and about as far left."""
    above, box = note.place.box, line.place.box
    if above is None or box is None or note.place.page != line.place.page or is_caption(line.text):
        return False
    height = above[3] - above[1]
    is_near = -OVER_LINE * height <= box[1] - above[3] <= BELOW_LINE * height
    return is_near and abs(box[0] - above[0]) <= INDENT * height and box[3] - box[1] <= (1 + OVER_LINE) * height


def is_of_cell(text: Paragraph, last: Grid, grid: Grid) -> bool:
    """Tell whether a line outside of a table is text of a cell that goes on over a page break."""
    return _is_of_open_cell(text, last, grid) or _is_below_cell(text, last, grid) or _is_of_blank_cell(text, last)


def _is_of_open_cell(text: Paragraph, last: Grid, following: Grid) -> bool:
    """Tell whether a line stands right below or above a cell that has no line there, though others of its row have.

    So some producers print the text of a merged cell that goes on over a page break.
    """
    if text.place.box is None:
        return False
    bottom = [cell for cell in last.cells if cell.row + cell.row_span == last.row_count]
    top = [cell for cell in following.cells if cell.row == 0]
    edges = (
        (last, [(cell, cell.open_bottom) for cell in bottom]),
        (following, [(cell, cell.open_top) for cell in top]),
    )
    for grid, cells in edges:
        if grid.place.page == text.place.page and not all(is_open for _, is_open in cells):
            boxes = (cell.place.box for cell, is_open in cells if is_open)
            if any(box and box[0] <= text.place.box[0] and text.place.box[2] <= box[2] for box in boxes):
                return True
    return False


def _is_of_blank_cell(text: Paragraph, last: Grid) -> bool:
    """Tell whether a line stands below a blank cell that goes on beyond its page, in a column of merged cells.

    So print programs that put a merged cell's text in its middle without a thought of pages.
    """
    box = text.place.box
    if box is None or not _is_below(text, last):
        return False
    inside = [cell for cell in last.cells if (edges := cell.place.box) and edges[0] <= box[0] and box[2] <= edges[2]]
    blank = any(
        cell.row + cell.row_span == last.row_count and cell.open_bottom and not cell.lines and cell.column_span == 1
        for cell in inside
    )
    return blank and any(cell.row_span > 1 and cell.lines for cell in inside)


def _is_below_cell(text: Paragraph, last: Grid, following: Grid) -> bool:
    """Tell whether a line at a page's end stands right below a cell, and is no wider.

    So some programs print on where they cut a row.

    What stands below the first column may as well begin at the margin.
    """
    box, bottom = text.place.box, last.place.box
    if box is None or bottom is None or not last.place.page == text.place.page != following.place.page:
        return False
    height = box[3] - box[1]
    if not -OVER_LINE * height <= box[1] - bottom[3] <= BELOW_LINE * height:
        return False
    cells = (cell for cell in last.cells if cell.row + cell.row_span == last.row_count and cell.column and cell.lines)
    return any(
        edges is not None and edges[0] < box[0] and box[2] < edges[2] for edges in (cell.place.box for cell in cells)
    )
