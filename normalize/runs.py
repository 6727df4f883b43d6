"""Group the grids of a document into tables: those that only a page break parts are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from normalize.breaks import counts_on, has_same_values, is_clean_break
from normalize.characters import squeeze
from normalize.cut_grids import SAME_EDGE, with_cut_header, with_table_columns
from normalize.header_rows import begins_with_labels, header_labels, header_rows, same_labels, title_cells
from normalize.line_ends import join_label_line
from normalize.other_tables import begins_other, reads_as_header
from normalize.running import Running
from schema.grid import Cell, Grid, Original, Paragraph

#: A form to fill in is no longer than this (rows).
LONGEST_FORM = 30
#: A table of more cells than this is repaired in parts, so that memory does not grow with it.
PART_CELLS = 4_000
#: A line that is longer is running text, not a title (characters).
LONGEST_TITLE = 80
#: So is one that is longer than this no caption (characters).
LONGEST_CAPTION = 100

#: A line right below a table begins this far above its last line and below it (shares of the line's height).
OVER_LINE, BELOW_LINE = 0.5, 0.6

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
_DECLARED = re.compile(r"[（(]?\s*(?:合计|总计|共计|共)\s*[\d一二三四五六七八九十百]")


@dataclass(slots=True)
class Run:
    """Hold the grids of one table or of a part of it, the labels of its columns, and what stands above it.

    Args:
        header_rows: How many rows of the table's first grid are header.
        title_rows: How many of these are titles over all columns.
        headers: For each grid, how many of its first rows print the header.
        goes_on: Whether it is a further part of the table before it.
        sectioned: Whether rows over all columns stood among the rows so far.
        strays: Lines that stand in line with cells that are open at a page's end or top: text of these cells.
        cells: How many cells the grids have.
        headless: Whether its first row is none of the table's before, and reads as no header either.
    """

    grids: list[Grid]
    labels: tuple[str, ...]
    header_rows: int
    title_rows: int
    above: list[Paragraph] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    goes_on: bool = False
    sectioned: bool = False
    strays: list[Paragraph] = field(default_factory=list)
    cells: int = 0
    headless: bool = False

    def add(self, grid: Grid, header: int) -> None:
        """Put the next page's grid behind the others."""
        self.grids.append(grid)
        self.headers.append(header)
        self.cells += len(grid.cells)
        self.sectioned = self.sectioned or any(_is_banner(cell, grid) for cell in grid.cells if cell.row >= header)

    def is_above(self, text: Paragraph) -> bool:
        """Tell whether a line reads like one that stands above the table: its title, printed again."""
        return squeeze(text.text) in {squeeze(paragraph.text) for paragraph in self.above}

    @property
    def title(self) -> str:
        """Give the table's title: the first row over all columns, or the last short line above it.

        A caption, such as the unit of the amounts, is no title.
        """
        own = [join_label_line(cell.text) for cell in title_cells(self.grids[0]) if cell.row < self.header_rows]
        for text in (*own, *(paragraph.text for paragraph in reversed(self.above))):
            if is_caption(text) or _DECLARED.match(text):
                continue
            return "" if len(text) > LONGEST_TITLE or text.endswith(tuple("。；：:，")) else text
        return ""


def is_caption(text: str) -> bool:
    """Tell whether a line is a page number or a caption that stands between two page tables.

    >>> [is_caption(t) for t in ("— 3 —", "— 1 — — 2 —", "续表", "单位：万元", "第 2 页 共 9 页", "附件2")]
    [True, True, True, True, True, False]
    >>> [is_caption(t) for t in ("附表1（续）", "表2　任务（续表）", "Table 5: (continued)", "接下页", "延续表")]
    [True, True, True, True, False]
    """
    patterns = (_PAGE_NUMBER.fullmatch, _CAPTION.match, _CONTINUED.fullmatch)
    return len(text) <= LONGEST_CAPTION and any(matches(text) is not None for matches in patterns)


def table_runs(original: Original, running: Running) -> Iterator[Run]:
    """Group the document's grids into tables, in reading order, without its pages' heads and feet.

    Each comes when it is complete.

    A table of very many pages comes in parts, each ended at a page break that cut nothing; one with rows over all
    columns comes whole, since these go on until the next one.

    A grid of one column is a box around text, not a table, and is left out.
    """
    run: Run | None = None
    between: list[Paragraph] = []
    for block in running.without(original.blocks):
        if isinstance(block, Paragraph):
            between.append(block)
        elif block.column_count > 1:
            grid = block
            if run is not None and (whole := _with_cut_header(run, block, between)) is not None:
                grid, between, run = whole, run.above, None
            grid = grid if run is None else with_table_columns(grid, run.grids[-1])
            header = header_rows(grid)
            labels = header_labels(grid, header)
            again = 0 if run is None else _repeated_rows(run, grid)
            is_other = run is not None and not again and _begins_other(run, grid)
            if run is not None and not is_other and _is_continued(run, grid, labels, between, again):
                if run.cells >= PART_CELLS and not run.sectioned and is_clean_break(run.grids[-1], grid, again):
                    yield run
                    run = Run([], run.labels, run.header_rows, run.title_rows, goes_on=True)
                run.strays += [text for text in between if not _is_known(text, run, grid)]
                run.add(grid, again)
            else:
                if run is not None:
                    yield run
                headless = is_other and not reads_as_header(grid, 0)
                run = Run([], labels, header, len(title_cells(grid)), between, headless=headless)
                run.add(grid, header)
            between = []
    if run is not None:
        yield run


def _begins_other(run: Run, grid: Grid) -> bool:
    """Tell whether a grid on the next page is another table's, though its columns stand at the same places."""
    last = run.grids[-1]
    if grid.column_count != last.column_count or last.place.page == grid.place.page or not _same_edges(last, grid):
        return False
    return begins_other(last, grid) and not begins_with_labels(grid, run.labels)


def _with_cut_header(run: Run | None, grid: Grid, between: Iterable[Paragraph]) -> Grid | None:
    """Give a grid with the first level of its header, where that is all of the run so far."""
    if run is None or len(run.grids) > 1 or not all(is_caption(paragraph.text) for paragraph in between):
        return None
    return with_cut_header(run.grids[0], grid)


def _is_banner(cell: Cell, grid: Grid) -> bool:
    """Tell whether a cell is a row over all columns."""
    return cell.column_span == grid.column_count and cell.row_span == 1 and bool(cell.lines)


def is_form(run: Run) -> bool:
    """Tell whether a grid is a form to fill in, and no data: each label of its first row has a blank behind it.

    Half of all cells are blank as well.
    """
    if run.goes_on or len(run.grids) > 1 or run.grids[0].row_count > LONGEST_FORM:
        return False
    cells = run.grids[0].cells
    first = [cell for cell in cells if cell.row == 0]
    pairs = zip(first[::2], first[1::2], strict=False)
    return (
        len(first) % 2 == 0
        and all(label.lines and not blank.lines for label, blank in pairs)
        and sum(not cell.lines for cell in cells) * 2 >= len(cells)
    )


def _is_continued(run: Run, grid: Grid, labels: tuple[str, ...], between: Iterable[Paragraph], again: int) -> bool:
    """Tell whether a grid goes on with the table before it.

    Other lines between them are no obstacle where the rows are counted on: below the page's part, and above the next
    one where they print the table's title again, or no header is printed.

    Args:
        run: The table.
        grid: Which may go on with it.
        labels: Of the grid's first rows.
        between: What stands between them.
        again: How many of these rows print the table's header again.
    """
    last = run.grids[-1]
    if grid.column_count != last.column_count or not _same_edges(last, grid):
        return False
    others = [text for text in between if not (is_caption(text.text) or _is_of_cell(text, last, grid))]
    if others and (last.place.page == grid.place.page or not counts_on(last, grid, again)):
        return False
    if again and not all(_is_known(text, run, grid) for text in others):
        return False
    same_labels = [squeeze(label) for label in labels] == [squeeze(label) for label in run.labels]
    if not _is_below(last, grid):
        return same_labels or grid.place.page is not None
    # So stand the parts of a table where two pages share a sheet.
    goes_on = has_same_values(last, grid) and not reads_as_header(grid, 0)
    return same_labels or goes_on or counts_on(last, grid, again) or begins_with_labels(grid, run.labels)


def _is_known(text: Paragraph, run: Run, grid: Grid) -> bool:
    """Tell whether a line before a table's next grid is a caption, its title again, or the foot of the page's part."""
    last = run.grids[-1]
    if is_caption(text.text):
        return True
    if last.place.page == grid.place.page:
        return False
    is_below = text.place.page == last.place.page and not _is_of_cell(text, last, grid)
    return run.is_above(text) or (is_below and _FOOT.match(squeeze(text.text)) is not None)


def _is_of_cell(text: Paragraph, last: Grid, grid: Grid) -> bool:
    """Tell whether a line outside of a table is text of a cell that goes on over a page break."""
    return _is_of_open_cell(text, last, grid) or _is_below_cell(text, last, grid)


def _is_below(last: Grid, grid: Grid) -> bool:
    """Tell whether a grid stands on the same page as the one before it, and not on the right of it."""
    return grid.place.page is not None and grid.place.page == last.place.page and not _is_beside(last, grid)


def _is_beside(last: Grid, grid: Grid) -> bool:
    """Tell whether a grid stands on the right of the one before it: in the page's next column."""
    a, b = last.place.box, grid.place.box
    return a is not None and b is not None and a[2] <= b[0] and b[1] < a[3]


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


def _same_edges(first: Grid, second: Grid) -> bool:
    """Tell whether two grids have their column edges at the same places, or none."""
    if not first.edges or not second.edges:
        return True
    if first.by_gaps and second.by_gaps:
        # On each page the gaps are between other texts.
        first, second = (replace(grid, edges=(grid.edges[0], grid.edges[-1])) for grid in (first, second))
    shift = second.edges[0] - first.edges[0]
    return all(abs(b - a - shift) <= SAME_EDGE for a, b in zip(first.edges, second.edges, strict=True))


def _repeated_rows(run: Run, grid: Grid) -> int:
    """Give how many rows at the top of a grid print the run's header again."""
    wanted = [squeeze(label) for label in run.labels]
    for rows in (run.header_rows, run.header_rows - run.title_rows):
        if grid.row_count >= rows and same_labels([squeeze(label) for label in header_labels(grid, rows)], wanted):
            return rows
    return 0
