"""Labels that a page break cuts where hardly anything tells it, and blanks above one that may be a label's."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from test_lattice import stroke
from test_odd_tables import Draw, read

from schema.table import Table

SIZE, PITCH, PAD = 12, 14, 3
#: The texts of a row.
Row = Sequence[str]


def stacked(text: str) -> str:
    """Set each character on a line of its own."""
    return "\n".join(text)


def printed(xs: Sequence[float], *pages: Sequence[Row]) -> Draw:
    """Draw a table page by page, each row with all its lines and as high as its highest text."""

    def draw(canvas: Canvas) -> None:
        for number, rows in enumerate(pages):
            if number:
                canvas.showPage()
            canvas.setFont("STSong-Light", SIZE)
            y = 760.0
            stroke(canvas, xs[0], y, xs[-1], y)
            for row in rows:
                for x, text in zip(xs, row, strict=False):
                    for at, line in enumerate(text.split("\n")):
                        canvas.drawString(x + PAD, y - PITCH * at - SIZE - 1, line)
                y -= PITCH * max(text.count("\n") + 1 for text in row) + 4
                stroke(canvas, xs[0], y, xs[-1], y)
            for x in xs:
                stroke(canvas, x, y, x, 760)

    return draw


def column(table: Table, index: int) -> list[str]:
    """Give the texts of a column."""
    return [row.values[index].text for row in table.rows]


def doubted(table: Table, label: str) -> list[int | str | None]:
    """Give the rows in which a column's repair is doubted."""
    labels = {column.name: column.label for column in table.columns}
    found = (f for f in table.findings if f.rule == "doubtful-repair" and labels.get(f.column or "") == label)
    return sorted({finding.row for finding in found}, key=str)


def test_the_label_of_a_group_goes_on_where_one_within_it_does() -> None:
    """The inner one is blank on the new page; the outer one fills its cell down to the page's end."""
    xs = (60, 79, 98, 128, 270)
    table = _only(
        printed(
            xs,
            [
                (stacked("领域"), stacked("分类"), "序号", "任务"),
                (stacked("改善农村人居环"), stacked("水务"), "1", "疏浚河道"),
            ],
            [(stacked("境"), "", "2", "改造管网"), (stacked("教育"), stacked("学前"), "3", "新建幼儿园")],
        )
    )
    assert column(table, 0) == ["改善农村人居环境", "改善农村人居环境", "教育"]
    assert column(table, 1) == ["水务", "水务", "学前"]
    assert doubted(table, "领域") == [1, 2]


def test_stacked_text_that_fills_the_page_may_go_on() -> None:
    """Nothing else tells that its column stands for several rows: both parts stay, in doubt."""
    xs = (60, 90, 109, 270)
    table = _only(
        printed(
            xs,
            [("序号", stacked("型号"), "情况"), ("1", stacked("改善农村"), "疏浚河道\n并\n种植\n水草")],
            [("2", stacked("人居环境"), "改造管网\n并\n接入\n厂站\n统一\n处理")],
        )
    )
    assert column(table, 1) == ["改善农村", "人居环境"]
    assert doubted(table, "型号") == [1, 2]


def test_the_first_columns_of_a_table_without_a_key_may_go_on() -> None:
    """Their last lines are full, and no further one fits below."""
    xs = (60, 115, 170, 330)
    table = _only(
        printed(
            xs,
            [("类别", "事项", "说明"), ("它消耗更\n多的内存", "管理任务\n和日志的", "已完成年度任务，\n效果良好。")],
            [("并且运行\n速度更慢", "清理工作\n", "正在推进。\n")],
        )
    )
    assert column(table, 0) == ["它消耗更多的内存", "并且运行速度更慢"]
    labels = {finding.column for finding in table.findings if finding.rule == "doubtful-repair"}
    assert labels == {"类别", "事项"}


def test_a_blank_above_a_page_break_may_be_the_label_below() -> None:
    """All other rows have one; some programs print it on the new page alone."""
    xs = (60, 90, 150, 300)
    labels = ("序号", "型号", "情况")
    below = [("2", "水务", "改造管网"), ("3", "教育", "新建学校")]
    table = _only(printed(xs, [labels, ("1", "", "疏浚河道")], [labels, *below]))
    assert (column(table, 1), doubted(table, "型号")) == (["", "水务", "教育"], [1])
    table = _only(printed(xs, [labels, ("1", "", "疏浚河道")], [labels, *below, ("4", "", "修缮校舍")]))
    assert (column(table, 1), doubted(table, "型号")) == (["", "水务", "教育", ""], [])


def _only(draw: Draw) -> Table:
    (table,) = read(draw).tables
    return table
