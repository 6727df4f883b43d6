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

#: Where a box stands, and what it prints.
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
                if squeeze(block.text) not in self._lines:
                    yield block
            elif _known(block) not in self._boxes:
                yield block

    def findings(self) -> Iterator[Finding]:
        """Report each small table that is left out, with what it prints."""
        for grid in self._boxes.values():
            text = squeeze_lines(" ".join(cell.text for cell in grid.cells if cell.lines))
            yield Finding("running-table", Severity.NOTE, (("text", text),), place=grid.place)


def _running_lines(original: Original) -> frozenset[str]:
    """Give the lines that stand on several pages alike: heads and feet of the page.

    Of two pages, both have to print them at the same place.
    """
    #: On how many pages each line stands, and on which one last and where.
    pages: dict[str, tuple[int, Place]] = {}
    moved: set[str] = set()
    for paragraph in original.blocks.paragraphs():
        place = paragraph.place
        if place.page is not None:
            text = squeeze(paragraph.text)
            count, last = pages.get(text, (0, place))
            if not count or place.page != last.page:
                pages[text] = (count + 1, place)
                if not _is_at_same_place(place, last):
                    moved.add(text)
    two = original.source.page_count == 2
    return frozenset(
        text for text, (count, _) in pages.items() if count > 2 or (two and count > 1 and text not in moved)
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
