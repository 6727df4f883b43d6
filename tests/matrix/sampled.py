"""Draw layouts at random from fixed seeds, so that every value of a dimension meets many of the others."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import Any, get_args, get_type_hints

from matrix.layout import Layout

#: How often a switch is on.
ON = {
    "watermark": 0.15, "open_sides": 0.15, "vertical": 0.15, "sections": 0.15, "shaded": 0.3, "page_numbers": 0.5,
    "split": 0.7, "justified": 0.3,
}  # fmt: skip
#: Dimensions that are drawn each time; the others keep their plain value every other time.
ALWAYS = frozenset(("notice", "merged", "items", "padding"))
SIZES = (9.0, 10.5, 12.0)


def sampled(producer: str, seed: int) -> Layout:
    """Draw one layout that the producer can make."""
    dice = random.Random(seed * 7919 + sum(map(ord, producer)))  # noqa: S311 - layouts, no secrets
    hints = get_type_hints(Layout)
    chosen: dict[str, Any] = {}
    for field in fields(Layout):
        if field.name in ("producer", "size", "uprights", "tracking", "style"):
            continue
        if hints[field.name] is bool:
            chosen[field.name] = dice.random() < ON[field.name]
            continue
        value = dice.choice(get_args(hints[field.name]))
        chosen[field.name] = value if field.name in ALWAYS or dice.random() < 0.5 else field.default
    layout = Layout(producer=producer, size=dice.choice(SIZES), **chosen)  # type: ignore[arg-type]
    return _possible(layout, dice)


def _grouped(layout: Layout) -> Layout:
    """Give a layout for numbers that stand for several rows: they are merged, which ReportLab cannot part by page."""
    if layout.producer == "reportlab":
        return replace(layout, notice="invented")
    merged = "top" if layout.merged in ("each", "blank") else layout.merged
    return replace(layout, merged=merged, sections=False, vertical=False)


def _possible(layout: Layout, dice: random.Random) -> Layout:
    """Give the nearest layout that makes sense, and that the producer can make."""
    if layout.notice == "grouped":
        layout = _grouped(layout)
    if layout.padding == "justified":
        layout = replace(layout, items="line")
    if layout.producer == "drawn":
        layout = replace(layout, justified=False)
    if layout.producer == "spreadsheet":
        # A row that is lower than its page is never cut; there are no watermarks.
        layout = replace(layout, split=False, watermark=False)
    if (
        layout.producer in ("chromium", "firefox", "wkhtmltopdf", "typst", "libreoffice", "spreadsheet")
        and layout.merged == "again"
    ):
        layout = replace(layout, merged="top")
    if layout.producer == "wkhtmltopdf":
        # It draws a line through the labels where a page cuts a header of two levels, and through a row that a page
        # cuts behind a section row; it prints no header again.
        layout = replace(layout, levels=1, header="once", sections=False)
    if layout.producer == "drawn" and layout.merged == "top" and dice.random() < 0.5:
        layout = replace(layout, merged="again")
    if layout.producer == "reportlab":
        layout = replace(layout, watermark=False, open_sides=False, vertical=False, page_numbers=False)
        if layout.merged not in ("each", "blank"):
            layout = replace(layout, merged=dice.choice(("each", "blank")))
        if layout.padding == "justified":
            layout = replace(layout, padding="none")
    if layout.sections or layout.merged == "blank":
        layout = replace(layout, vertical=False)
    if layout.notice == "statistics" and layout.tables == "other":
        layout = replace(layout, tables="one")
    return layout
