"""Paragraphs with a right indent: how far a column's text reaches is told by its lines, and by the page before."""

from __future__ import annotations

from collections.abc import Sequence

from test_paragraphs import lines

from extract.cell_text import TextLine
from extract.margins import Margins, with_margins
from extract.ruling import Lattice
from extract.table_before import TableBefore

#: The cells of two columns of 120 points, below each other.
LEFT, RIGHT = (0, 0, 1, 1), (0, 1, 1, 1)
INNERS = {LEFT: (0.0, 120.0), RIGHT: (130.0, 250.0)}
WRAPPED = ("推进城市更新项目", "建设，落实考核监", "督。")
MORE = ("开展专项检查，整", "治安全隐患和易涝", "积水点位，并通报", "情况。")


def cell(*texts: str, left: float = 0.0) -> list[TextLine]:
    """Set a cell's lines."""
    return lines(*((text, left) for text in texts))


def ends(
    cells: Sequence[Sequence[TextLine]],
    columns: Sequence[tuple[int, int, int, int]],
    known: Margins | None = None,
) -> list[float]:
    """Give where the text of each cell may end at most."""
    inners, _ = with_margins(cells, columns, [INNERS[column] for column in columns], known or Margins())
    return [end for _, end in inners]


def test_lines_that_all_end_at_one_width_wrapped_there() -> None:
    """Three cells of a column, each ending in a shorter line; eight characters of twelve points are the widest."""
    cells = [cell(*WRAPPED), cell(*MORE), cell(*WRAPPED)]
    assert ends(cells, [LEFT] * 3) == [96.0] * 3
    assert ends(cells[:1], [LEFT]) == [120.0]


def test_items_that_are_all_as_long_did_not_wrap() -> None:
    """Nor did those of which the next one had room at the widest line's end."""
    listed = [cell("区财政局", "区民政局", "区教育局", "区水务局") for _ in range(3)]
    assert ends(listed, [LEFT] * 3) == [120.0] * 3
    ragged = [cell("推进城市更新项目", "落实。", "考核监督，通报", "情况。") for _ in range(4)]
    assert ends(ragged, [LEFT] * 4) == [120.0] * 4


def test_other_columns_have_the_margin_that_several_have() -> None:
    """So has a page with few cells the one of the page before, but no column with a longer line."""
    both = [(LEFT, cell(*WRAPPED)), (LEFT, cell(*MORE)), (LEFT, cell(*WRAPPED))]
    both += [(RIGHT, cell(*WRAPPED, left=130.0)), (RIGHT, cell(*MORE, left=130.0)), (RIGHT, cell(*WRAPPED, left=130.0))]
    columns = [column for column, _ in both]
    _, told = with_margins([each for _, each in both], columns, [INNERS[column] for column in columns], Margins())
    assert told == Margins(24.0, {(0, 1): 24.0, (1, 1): 24.0})
    assert ends([cell("信息化建", "设")], [LEFT], Margins(24.0)) == [96.0]
    assert ends([cell("信息化建", "设")], [LEFT], Margins(0.0, {(0, 1): 24.0})) == [96.0]
    assert ends([cell("信息化建设和运维管", "理")], [LEFT], told) == [120.0]


def test_a_page_with_few_cells_has_the_padding_of_the_page_before() -> None:
    """Of the same columns; of others it has its own."""
    none = ((True, True),)
    lattice = Lattice((0.0, 100.0, 200.0), (0.0, 20.0), none, none, (), ())
    before = TableBefore()
    assert before.goes_on(lattice, (5.0, 4.0), 80) == (5.0, 4.0)
    assert before.goes_on(lattice, (3.0, 2.0), 20) == (5.0, 4.0)
    assert before.goes_on(lattice, (5.0, 6.0), 60) == (5.0, 4.0)
    other = Lattice((0.0, 90.0, 200.0), (0.0, 20.0), none, none, (), ())
    assert before.goes_on(other, (3.0, 2.0), 20) == (3.0, 2.0)
