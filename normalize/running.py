"""Find the heads and feet of a document's pages: lines and small tables that stand on several pages alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from normalize.characters import squeeze, squeeze_lines
from schema.finding import Finding, Place, Severity
from schema.grid import Block, Grid, Original, Paragraph

#: A box in a page's head or foot is no higher than this (rows), and has no more lines of text beyond it.
HIGHEST_BOX, MOST_BEYOND = 3, 1
#: So many pages tell what stands on each of them.
PAGES_ASKED = 40
#: Lines of two pages that begin so near to each other's place are the same head or foot (points).
SAME_PLACE = 1.0
#: Counts the pages.
_PAGE_NUMBER = re.compile(r"(?:第|页码|Page|\d+/)[\s:：]*\d+.*|.*共\s*\d+\s*页")
#: A page's number within its head or foot; a bare one stands at the other end of a line that is so wide (points).
_NUMBERED = re.compile(
    r"第(\d{1,6})页(?:，?共\d+页)?|(?<![\d/])(\d{1,6})/\d{1,6}$|Page(\d{1,6})(?:of\d+)?", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r"(?<![\d.])(\d{1,6})$")
WIDE_LINE = 360.0

#: What a line or a box prints, and where it stands.
Known = tuple[object, ...]


class Running:
    """Know the heads and feet of a document's pages.

    Args:
        original: The document.
    """

    def __init__(self, original: Original) -> None:
        self._lines = _running_lines(original)
        self._boxes = _running_boxes(original.blocks)

    def without(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Give the blocks that are neither."""
        for block in blocks:
            if isinstance(block, Paragraph):
                if _line(block) not in self._lines:
                    yield block
            elif _known(block) not in self._boxes:
                yield block

    def findings(self) -> Iterator[Finding]:
        """Report each small table that is left out, with what it prints."""
        for grid in self._boxes.values():
            text = squeeze_lines(" ".join(cell.text for cell in grid.cells if cell.lines))
            yield Finding("running-table", Severity.NOTE, (("text", text),), place=grid.place)


def _line(paragraph: Paragraph) -> Known:
    """Give what a line prints; of one that holds its page's number, how far the number and the page are apart."""
    text, place = squeeze(paragraph.text), paragraph.place
    is_wide = place.box is not None and place.box[2] - place.box[0] >= WIDE_LINE
    found = _NUMBERED.search(text) or (_LAST_NUMBER.search(text) if is_wide else None)
    if found is None or place.page is None:
        return (text,)
    number = next(group for group in found.groups() if group)
    return text[: found.start()], text[found.end() :], int(number) - place.page


def _running_lines(original: Original) -> frozenset[Known]:
    """Give the lines that stand on several pages alike: heads and feet of the page.

    Of two pages, both have to print them at the same place.
    """
    #: On how many pages each line stands, and on which one last and where.
    pages: dict[Known, tuple[int, Place]] = {}
    moved: set[Known] = set()
    for paragraph in original.blocks.paragraphs():
        place = paragraph.place
        if place.page is not None:
            line = _line(paragraph)
            count, last = pages.get(line, (0, place))
            if not count or place.page != last.page:
                pages[line] = (count + 1, place)
                if not _is_at_same_place(place, last):
                    moved.add(line)
    two = original.source.page_count == 2
    return frozenset(
        line for line, (count, _) in pages.items() if count > 2 or (two and count > 1 and line not in moved)
    )


def _is_at_same_place(one: Place, other: Place) -> bool:
    """Tell whether two lines of text begin at the same place of their pages."""
    if one.box is None or other.box is None:
        return False
    return all(abs(a - b) <= SAME_PLACE for a, b in zip(one.box[:2], other.box[:2], strict=True))


def _running_boxes(blocks: Iterable[Block]) -> dict[Known, Grid]:
    """Give the boxes that stand at the head or the foot of several pages, above or below another table."""
    first: dict[Known, Grid] = {}
    several: dict[Known, Grid] = {}
    asked = takewhile(lambda block: (block.place.page or 0) <= PAGES_ASKED, blocks)
    for page, found in groupby(asked, key=lambda block: block.place.page):
        if page is None:
            break
        for grid in _outermost(list(found)):
            before = first.setdefault(_known(grid), grid)
            if before.place.page != page:
                several[_known(grid)] = before
    return several


def _outermost(blocks: Sequence[Block]) -> Iterator[Grid]:
    """Give the small tables at the head and at the foot of a page that has a larger one."""
    grids = [(index, block) for index, block in enumerate(blocks) if isinstance(block, Grid)]
    if len(grids) > 1:
        (above, first), (last, foot) = grids[0], grids[-1]
        ends = ((above, first), (len(blocks) - 1 - last, foot))
        largest = max(grid.row_count for _, grid in grids)
        small = (grid for beyond, grid in ends if beyond <= MOST_BEYOND and grid.row_count < largest)
        yield from (grid for grid in small if _known(grid))


def _known(grid: Grid) -> Known:
    """Give where a small table stands and what it prints, without page numbers; nothing for another one."""
    if grid.row_count > HIGHEST_BOX or grid.place.box is None:
        return ()
    texts = ("" if _PAGE_NUMBER.fullmatch(cell.text) else cell.text for cell in grid.cells)
    return (*map(round, grid.place.box), *texts)
