"""Group the grids of a document into tables: those that only a page break parts are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from normalize.between import is_caption, is_foot, is_of_cell, part_notes
from normalize.breaks import counts_on, cuts_row, has_same_values, is_clean_break
from normalize.characters import squeeze
from normalize.cut_grids import SAME_EDGE, with_cut_header, with_parted_header, with_section_row, with_table_columns
from normalize.header_rows import begins_with_labels, header_labels, header_rows, same_labels, title_cells
from normalize.line_ends import join_label_line
from normalize.other_tables import begins_other, reads_as_header
from normalize.running import Running
from normalize.sheet_frames import without_frames
from schema.grid import Cell, Grid, Original, Paragraph
from schema.profile import LEVEL

#: A form to fill in is no longer than this (rows).
LONGEST_FORM = 30
#: A table of more cells than this is repaired in parts, so that memory does not grow with it.
PART_CELLS = 4_000
#: A line that is longer is running text, not a title (characters).
LONGEST_TITLE = 80

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
        notes: Those at the foot of its pages, whose marks stand in it.
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
    notes: list[Paragraph] = field(default_factory=list)
    cells: int = 0
    headless: bool = False

    def add(self, grid: Grid, header: int) -> None:
        """Put the next page's grid behind the others."""
        self.grids.append(grid)
        self.headers.append(header)
        self.cells += len(grid.cells)
        self.sectioned = self.sectioned or any(_is_banner(cell, grid) for cell in grid.cells if cell.row >= header)

    def with_section_row(self, below: list[Paragraph], following: Grid, again: int) -> list[Paragraph]:
        """Take a row over all columns that a page break leaves without lines below the last grid; give the others.

        Args:
            below: The lines that stand between that and the next grid.
            following: That grid.
            again: How many of its rows print the table's header again.
        """
        if not self.sectioned or not (again or counts_on(self.grids[-1], following, again)):
            return below
        others = [text for text in below if not is_caption(text.text)]
        grid = with_section_row(self.grids[-1], others[0]) if len(others) == 1 else None
        if grid is None:
            return below
        self.grids[-1] = grid
        self.cells += 1
        return [text for text in below if text is not others[0]]

    def is_above(self, text: Paragraph) -> bool:
        """Tell whether a line reads like one that stands above the table: its title, printed again."""
        return squeeze(text.text) in {squeeze(paragraph.text) for paragraph in self.above}

    @property
    def printed_labels(self) -> frozenset[str]:
        """Give the labels of all levels, without spaces."""
        return frozenset(squeeze(level) for label in self.labels for level in label.split(LEVEL))

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


def table_runs(original: Original, running: Running) -> Iterator[Run]:
    """Group the document's grids into tables, in reading order, without its pages' heads and feet.

    Each comes when it is complete.

    A table of very many pages comes in parts, each ended at a page break that cut nothing; one with rows over all
    columns comes whole, since these go on until the next one.

    A grid of one column is a box around text, not a table, and is left out.
    """
    run: Run | None = None
    between: list[Paragraph] = []
    recent: list[Grid] = []
    for block in without_frames(running.without(original.blocks)):
        if isinstance(block, Paragraph):
            between.append(block)
        elif block.column_count > 1 or block.beside:
            grid = block
            between = _without_notes(between, recent, run)
            if run is not None and (whole := _with_cut_header(run, block, between)) is not None:
                grid, between, run = whole, run.above, None
            grid = grid if run is None else with_table_columns(grid, run.grids[-1])
            header = header_rows(grid)
            labels = header_labels(grid, header)
            again = 0 if run is None else _repeated_rows(run, grid)
            between = between if run is None else run.with_section_row(between, grid, again)
            fits = run is not None and _have_same_columns(run.grids[-1], grid)
            is_other = run is not None and fits and not again and _begins_other(run, grid)
            goes_on = run is not None and fits and not is_other and not (again and _has_other_title(run, grid))
            if run is not None and goes_on and _is_continued(run, grid, labels, between, again):
                if run.cells >= PART_CELLS and not run.sectioned and is_clean_break(run.grids[-1], grid, again):
                    yield run
                    run = Run([], run.labels, run.header_rows, run.title_rows, goes_on=True)
                run.strays += [text for text in between if not _is_known(text, run, grid)]
                run.add(with_parted_header(grid, again), again)
            else:
                if run is not None:
                    yield run
                headless = is_other and not reads_as_header(grid, 0)
                run = Run([], labels, header, len(title_cells(grid)), between, headless=headless)
                run.add(grid, header)
            between = []
            recent = [*(last for last in recent if _is_recent(last, block)), block]
    if run is not None:
        _without_notes(between, recent, run)
        yield run


def _without_notes(between: list[Paragraph], recent: Sequence[Grid], run: Run | None) -> list[Paragraph]:
    """Give the lines behind a page's last grid without the notes at its foot, which the run takes."""
    between, notes = part_notes(between, recent)
    if run is not None:
        run.notes += notes
    return between


def _is_recent(last: Grid, grid: Grid) -> bool:
    """Tell whether a grid stands on another's page or the one before: what has no room at a page's foot goes on."""
    return last.place.page is not None and grid.place.page is not None and last.place.page >= grid.place.page - 1


def _begins_other(run: Run, grid: Grid) -> bool:
    """Tell whether a grid on the next page is another table's, though its columns stand at the same places."""
    last = run.grids[-1]
    is_next = last.place.page != grid.place.page
    return is_next and begins_other(last, grid) and not begins_with_labels(grid, run.labels)


def _has_other_title(run: Run, grid: Grid) -> bool:
    """Tell whether a grid begins with a title within its lines that is not the one with which the table's first did."""
    titles = ["".join(squeeze(cell.text) for cell in title_cells(each)) for each in (run.grids[0], grid)]
    return all(titles) and titles[0] not in titles[1] and titles[1] not in titles[0]


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
    """Tell whether a grid with the columns of the table before it goes on with that.

    Other lines between them are no obstacle where the rows are counted on, or one is cut: below the page's part, and
    above the next one where they print the table's title again, or no header is printed.

    Args:
        run: The table.
        grid: Which may go on with it.
        labels: Of the grid's first rows.
        between: What stands between them.
        again: How many of these rows print the table's header again.
    """
    last = run.grids[-1]
    others = [text for text in between if not (is_caption(text.text) or is_of_cell(text, last, grid))]
    if others and last.place.page == grid.place.page:
        return False
    if others and not (counts_on(last, grid, again) or (again and cuts_row(last, grid, again))):
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
    is_below = text.place.page == last.place.page and not is_of_cell(text, last, grid)
    return run.is_above(text) or (is_below and is_foot(text.text))


def _is_below(last: Grid, grid: Grid) -> bool:
    """Tell whether a grid stands on the same page as the one before it, and not on the right of it."""
    return grid.place.page is not None and grid.place.page == last.place.page and not _is_beside(last, grid)


def _is_beside(last: Grid, grid: Grid) -> bool:
    """Tell whether a grid stands on the right of the one before it: in the page's next column."""
    a, b = last.place.box, grid.place.box
    return a is not None and b is not None and a[2] <= b[0] and b[1] < a[3]


def _have_same_columns(first: Grid, second: Grid) -> bool:
    """Tell whether two grids have as many columns, and their edges at the same places, or none."""
    if first.column_count != second.column_count:
        return False
    if not first.edges or not second.edges:
        return True
    shift = second.edges[0] - first.edges[0]
    if first.by_gaps != second.by_gaps and not _are_beside(first.edges, [x - shift for x in second.edges]):
        return False
    if first.by_gaps or second.by_gaps:
        # On each page the gaps are between other texts.
        first, second = (replace(grid, edges=(grid.edges[0], grid.edges[-1])) for grid in (first, second))
    return all(abs(b - a - shift) <= SAME_EDGE for a, b in zip(first.edges, second.edges, strict=True))


def _are_beside(edges: Sequence[float], others: Sequence[float]) -> bool:
    """Tell whether each inner edge stands between the neighbours of its column's own edge on another page."""
    return all(a < x < b for a, x, b in zip(others, edges[1:-1], others[2:], strict=False))


def _repeated_rows(run: Run, grid: Grid) -> int:
    """Give how many rows at the top of a grid print the run's header again, with its title or without.

    Without, what stands below it is no part of it, also where it goes over all columns.
    """
    wanted = [squeeze(label) for label in run.labels]
    for rows in (run.header_rows - run.title_rows, run.header_rows):
        if grid.row_count >= rows and same_labels([squeeze(label) for label in header_labels(grid, rows)], wanted):
            return rows
    return 0
