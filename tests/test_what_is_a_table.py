"""What is a table: forms to fill in and flow charts are none, and are not lost without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas
from test_lattice import drawn, grids, rule_table, stroke, write_texts

import extract
from normalize import normalize
from schema.profile import built_in_profiles


def rules_of(draw: Callable[[Canvas], None]) -> list[str]:
    """Give the findings on a drawn page."""
    return [f.rule for f in normalize(extract.read(drawn(draw), "x.pdf"), built_in_profiles()).findings]


def test_a_form_to_fill_in_is_quoted_and_left_out() -> None:
    """A label with a blank behind it is no header over data."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for y in (700, 670, 640):
            stroke(canvas, 60, y, 300, y)
        for x in (60, 120, 300):
            stroke(canvas, x, 640, x, 700)
        canvas.drawString(66, 682, "姓名")
        canvas.drawString(66, 652, "单位")

    original = extract.read(drawn(draw), "x.pdf")
    found = normalize(original, built_in_profiles())
    assert found.tables == ()
    form = next(finding for finding in found.findings if finding.rule == "form-left-out")
    assert dict(form.details)["text"] == "姓名 单位"


def test_a_table_with_blanks_is_no_form() -> None:
    """A header over rows with blanks stays a table."""

    def draw(canvas: Canvas) -> None:
        rule_table(canvas, stroke)
        write_texts(canvas, (("序号", "事项", "单位"), ("1", "", ""), ("2", "", "")))

    assert "form-left-out" not in rules_of(draw)


@pytest.mark.parametrize("gap", [40, 80])
def test_boxes_with_a_line_between_them_are_a_drawing(gap: int) -> None:
    """A flow chart parts nothing into columns."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 80, 40)
        canvas.rect(140 + gap, 600, 80, 40)
        stroke(canvas, 140, 620, 140 + gap, 620)

    assert grids(drawn(draw)) == []
