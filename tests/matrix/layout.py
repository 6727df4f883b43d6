"""Say how a notice is printed: one value a dimension of the matrix."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal


@dataclass(frozen=True)
class Layout:
    """Hold one choice of each dimension.

    Args:
        split: Whether rows may be cut by a page break.
        header: Whether the header is printed again on each page.
        merged: Where the text of a merged cell stands; ``again``: printed anew on each page, where the producer
            knows pages; ``each``: not merged, printed in each row; ``blank``: printed once, with blank cells below.
        items: What parts the items of a list.
        padding: What pads a name of two characters to three.
        page: Portrait, landscape, or portrait with everything on its side and ``/Rotate`` to turn it back.
        vertical: Whether the first grouping column is stacked, one character a line.
        rules: How the lines are drawn.
        open_sides: Whether the table has no line at its left and right.
        levels: Of the header.
        sections: Whether the first grouping column is printed as rows over all columns instead.
        caption: What stands above the table besides its title.
        tables: How many tables the rows are spread over; ``other``: another table with other columns follows.
        justified: Whether long texts reach from side to side of their cells.
        valign: Where the text stands in all other cells.
        uprights: Whether lines stand between the columns; the sample of all dimensions leaves it alone, since a table
            without them is always reported (see `test_open_tables`).
        tracking: By how much letters are set apart, in em; the sample leaves it alone as well, since some producers
            cannot (see `test_letter_spacing`).
        style: How paragraphs and borders are styled: first lines with an indent, or hanging before the others, lines far
            apart, underlined text, words broken anywhere, each cell with borders of its own, cells filled on a dark
            ground, the character grid of notices, or the title above the labels within the table's lines; the sample
            leaves it alone too (see `test_styles`).
    """

    producer: Literal[
        "libreoffice", "spreadsheet", "chromium", "firefox", "wkhtmltopdf", "typst", "reportlab", "drawn"
    ]  # fmt: skip
    notice: Literal[
        "minhang", "invented", "foreign", "statistics", "grouped", "projects", "posts", "rights", "schedule", "goods"
    ] = "invented"  # fmt: skip
    split: bool = True
    header: Literal["repeated", "once"] = "repeated"
    merged: Literal["top", "middle", "again", "each", "blank"] = "middle"
    items: Literal["line", "space", "、", "；"] = "line"
    padding: Literal["none", "space", "ideographic", "justified"] = "none"
    page: Literal["portrait", "landscape", "rotated"] = "landscape"
    vertical: bool = False
    rules: Literal["solid", "dashed", "double", "hair", "rectangles"] = "solid"
    open_sides: bool = False
    shaded: bool = False
    watermark: bool = False
    page_numbers: bool = False
    levels: Literal[1, 2] = 1
    sections: bool = False
    caption: Literal["", "continued", "unit"] = ""
    tables: Literal["one", "same", "other"] = "one"
    justified: bool = False
    valign: Literal["top", "middle"] = "middle"
    size: float = 10.5
    uprights: bool = True
    tracking: float = 0.0
    style: Literal[
        "plain", "indented", "hanging", "airy", "underlined", "broken", "separate", "filled", "grid", "titled"
    ] = "plain"

    @property
    def name(self) -> str:
        """Name the layout by what differs from the plainest."""
        parts: list[str] = [self.producer, self.notice]
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name not in ("producer", "notice") and value != field.default:
                parts.append(
                    field.name if value is True else f"no-{field.name}" if value is False else f"{field.name}={value}"
                )
        return " ".join(parts)
