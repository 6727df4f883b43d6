"""Draw tables line by line with ReportLab: full control over what other producers do in their own ways.

The text is broken into lines, rows are laid on pages, and merged cells are drawn a piece a page, with
their text at the top, in the middle of the whole, or anew on each page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from matrix.layout import Layout
from matrix.notices import Role
from matrix.printed import PrintedCell, PrintedTable, printed_tables

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
PADDING, LEADING, MARGIN = 4.0, 1.35, 45.0
NOT_FIRST = "，。、；：！？）》”’】%·,.;:)]"
NOT_LAST = "（《“‘【([" + "·"


def width_of(text: str, size: float) -> float:
    """Measure a text in points."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def broken(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines no wider than the room, with the line-start and line-end prohibitions."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > room + 0.01:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            piece = piece.lstrip()  # noqa: PLW2901 - a line does not begin with a space
        for part in [piece] if width_of(piece, size) <= room else piece:
            if lines[-1] and width_of(lines[-1] + part, size) > room + 0.01:
                lines.append("")
            lines[-1] += part
    return lines


def _pieces(text: str) -> Iterator[str]:
    """Part a text where a line may end."""
    piece = ""
    for index, char in enumerate(text):
        piece += char
        after = text[index + 1 : index + 2]
        latin = char.isascii() and after.isascii() and char != " " and after != " " and bool(after)
        if after and (after in NOT_FIRST or char in NOT_LAST or latin or after == " "):
            continue
        yield piece
        piece = ""


@dataclass
class Band:
    """Hold a piece of a row on one page: from which line to which of each cell, and where it lies."""

    row: int
    top: float
    height: float
    begins: bool
    ends: bool
    lines: dict[int, list[str]] = field(default_factory=dict)


class Drawing:
    """Draw one layout."""

    def __init__(self, layout: Layout, path: Path) -> None:
        self.layout = layout
        self.size = layout.size
        wide = layout.page == "landscape"
        self.width, self.height = (A4[1], A4[0]) if wide else A4
        self.canvas = Canvas(str(path), pagesize=(self.width, self.height), invariant=True)
        self.page = 1
        self.y = MARGIN
        self.furniture()

    @property
    def bottom(self) -> float:
        """Give how far down a page may be filled."""
        return self.height - MARGIN

    def furniture(self) -> None:
        """Draw what each page has besides the table."""
        if self.layout.watermark:
            self.canvas.saveState()
            self.canvas.setFont(FONT, 70)
            self.canvas.setFillGray(0.85)
            self.canvas.translate(self.width / 2, self.height / 2)
            self.canvas.rotate(40)
            self.canvas.drawCentredString(0, 0, "内部资料")
            self.canvas.restoreState()
        if self.layout.page_numbers:
            self.canvas.setFont(FONT, 10)
            self.canvas.drawCentredString(self.width / 2, 20, f"— {self.page} —")

    def new_page(self) -> None:
        """Begin a page."""
        self.canvas.showPage()
        self.page += 1
        self.y = MARGIN
        self.furniture()

    def text(self, x: float, y: float, text: str, size: float | None = None) -> None:
        """Write text with its top at a distance from the page's top."""
        size = size or self.size
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y - size * 0.88, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling line as the layout wants it."""
        c, rules = self.canvas, self.layout.rules
        flip = self.height
        if rules == "rectangles":
            w, h = max(x1 - x0, 0.48), max(y1 - y0, 0.48)
            c.rect(x0, flip - y0 - h, w, h, stroke=0, fill=1)
            return
        c.setLineWidth({"hair": 0.05, "double": 0.3}.get(rules, 0.5))
        c.setDash([2.5, 2] if rules == "dashed" else [])
        c.line(x0, flip - y0, x1, flip - y1)
        if rules == "double":
            dx, dy = (1.4, 0) if x0 == x1 else (0, 1.4)
            c.line(x0 + dx, flip - y0 - dy, x1 + dx, flip - y1 - dy)

    def save(self) -> None:
        """Write the file."""
        self.canvas.save()


class TableDrawing:
    """Lay one table on the pages of a drawing."""

    def __init__(self, drawing: Drawing, table: PrintedTable) -> None:
        self.d, self.table, self.layout = drawing, table, drawing.layout
        share = (drawing.width - 2 * MARGIN) / sum(table.weights)
        self.xs = [MARGIN]
        for weight in table.weights:
            self.xs.append(self.xs[-1] + weight * share)
        self.leading = drawing.size * LEADING
        self.owner = {
            (r, c): cell
            for row in table.rows
            for cell in row
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.column, cell.column + cell.column_span)
        }
        self.lines = {id(cell): self._lines(cell) for row in table.rows for cell in row}
        self.drawn_merged: dict[int, list[tuple[int, float, float, float]]] = {}
        self.bands: list[Band] = []

    def _lines(self, cell: PrintedCell) -> list[str]:
        if cell.vertical:
            return [char for line in cell.lines for char in line]
        room = self.xs[cell.column + cell.column_span] - self.xs[cell.column] - 2 * PADDING
        return [part for line in cell.lines for part in broken(line, room, self.d.size)]

    def draw(self) -> None:
        """Draw the table, page by page."""
        heights = self._heights()
        first = self.table.header_rows
        self._header(heights)
        for row in range(first, len(self.table.rows)):
            self._row(row, heights[row])
        self._finish_page()

    def _heights(self) -> list[float]:
        """Give each row's height: its own cells', and enough for the merged ones."""
        heights = [0.0] * len(self.table.rows)
        for index, row in enumerate(self.table.rows):
            for cell in row:
                if cell.row_span == 1:
                    heights[index] = max(heights[index], self._height(cell))
            heights[index] = max(heights[index], self.leading + 2 * PADDING)
        for row in self.table.rows:
            for cell in row:
                last = cell.row + cell.row_span - 1
                slack = 3 * self.leading if cell.row_span > 1 else 0.0
                lack = self._height(cell) + slack - sum(heights[cell.row : last + 1])
                heights[last] += max(lack, 0.0)
        return heights

    def _height(self, cell: PrintedCell) -> float:
        return len(self.lines[id(cell)]) * self.leading + 2 * PADDING

    def _header(self, heights: list[float]) -> None:
        for row in range(self.table.header_rows):
            self._band(row, heights[row], begins=True, ends=True, offset=0.0)

    def _row(self, row: int, height: float) -> None:
        """Lay a row, on as many pages as it needs."""
        offset = 0.0
        while True:
            room = self.d.bottom - self.d.y
            rest = max(height - offset, self._needed(row))
            if rest <= room + 0.1:
                self._band(row, rest, begins=offset == 0, ends=True, offset=offset)
                return
            lines = int((room - 2 * PADDING) / self.leading)
            if self.layout.split and lines >= 1 and rest > self.leading * 2 + 2 * PADDING:
                piece = room
                self._band(row, piece, begins=offset == 0, ends=False, offset=offset)
                offset += lines * self.leading
            self._break()

    def _needed(self, row: int) -> float:
        """Give the height that a row needs for what merged cells that end with it have yet to print."""
        needed = 0.0
        for column in range(len(self.table.weights)):
            cell = self.owner[row, column]
            if cell.row_span == 1 or cell.row + cell.row_span - 1 != row:
                continue
            lines = self.lines[id(cell)]
            written = sum(int(n) for n, *_ in self.drawn_merged.get(id(cell), []))
            rest = len(lines) - written if written < len(lines) else len(lines)
            top = next((band.top for band in self.bands if cell.row <= band.row), self.d.y)
            needed = max(needed, rest * self.leading + 2 * PADDING + 1 - (self.d.y - top))
        return needed

    def _break(self) -> None:
        self._finish_page()
        self.d.new_page()
        if self.layout.caption == "continued":
            self.d.text(MARGIN, self.d.y, "续表")
            self.d.y += self.leading * 1.4
        if self.layout.header == "repeated":
            self._header(self._heights())

    def _band(self, row: int, height: float, *, begins: bool, ends: bool, offset: float) -> None:
        self.bands.append(Band(row, self.d.y, height, begins, ends))
        band = self.bands[-1]
        skipped = round(offset / self.leading)
        for cell in self.table.rows[row]:
            if cell.row_span == 1:
                lines = self.lines[id(cell)]
                fits = len(lines) if ends else int((height - 2 * PADDING) / self.leading)
                band.lines[cell.column] = lines[skipped : None if ends else skipped + fits]
        self.d.y += height

    def _finish_page(self) -> None:
        """Draw the lines and texts of the page's bands."""
        bands, self.bands = self.bands, []
        if not bands:
            return
        count = len(self.table.weights)
        sides = not self.layout.open_sides
        for index, band in enumerate(bands):
            if self.layout.shaded and band.row < self.table.header_rows:
                self.d.canvas.setFillGray(0.85)
                self.d.canvas.rect(self.xs[0], self.d.height - band.top - band.height, self.xs[-1] - self.xs[0],
                                   band.height, stroke=0, fill=1)  # fmt: skip
                self.d.canvas.setFillGray(0)
            for column in range(count):
                cell = self.owner[band.row, column]
                after_header = index and bands[index - 1].row < self.table.header_rows <= band.row
                top = index == 0 or after_header or (band.begins and cell.row == band.row)
                if top:
                    self.d.line(self.xs[column], band.top, self.xs[column + 1], band.top)
                if index == len(bands) - 1:
                    end = band.top + band.height
                    self.d.line(self.xs[column], end, self.xs[column + 1], end)
                left = self.owner.get((band.row, column - 1))
                if left is not cell and (column > 0 or sides):
                    self.d.line(self.xs[column], band.top, self.xs[column], band.top + band.height)
            if sides:
                self.d.line(self.xs[-1], band.top, self.xs[-1], band.top + band.height)
            for cell in self.table.rows[band.row]:
                if cell.row_span == 1:
                    self._write(cell, band.lines[cell.column], band.top, band.height)
        self._merged(bands)

    def _merged(self, bands: Sequence[Band]) -> None:
        """Write the merged cells that have rows on this page."""
        seen: dict[int, PrintedCell] = {}
        for band in bands:
            for column in range(len(self.table.weights)):
                cell = self.owner[band.row, column]
                if cell.row_span > 1:
                    seen[id(cell)] = cell
        for key, cell in seen.items():
            if cell.row < self.table.header_rows:
                self.drawn_merged.pop(key, None)
            own = [b for b in bands if cell.row <= b.row < cell.row + cell.row_span]
            top, height = own[0].top, own[-1].top + own[-1].height - own[0].top
            lines = self.lines[key]
            done = self.drawn_merged.setdefault(key, [])
            first = not done
            written = sum(int(n) for n, *_ in done)
            last = own[-1].row == cell.row + cell.row_span - 1 and own[-1].ends
            fits = max(int((height - 2 * PADDING) / self.leading), 0)
            if self.layout.merged == "again" and cell.role is Role.GROUP:
                self._again(cell, top, height, len(lines) if last else fits)
                continue
            rest = lines[written:]
            now = rest if last else rest[:fits]
            if self.layout.merged == "middle" and first and not last and len(lines) * 2 < fits:
                now = []  # centred in the whole: the text comes on the next page
            self._write(cell, now, top, height)
            done.append((len(now), 0, 0, 0))

    def _again(self, cell: PrintedCell, top: float, height: float, fits: int) -> None:
        """Print a merged cell's whole text on each page; on a page with too little room the rest is left for the next."""
        lines, done = self.lines[id(cell)], self.drawn_merged[id(cell)]
        written = sum(int(n) for n, *_ in done)
        rest = lines[written:] if 0 < written < len(lines) else lines
        now = rest[:fits]
        self._write(cell, now, top, height)
        done.append((len(now), 0, 0, 0))

    def _write(self, cell: PrintedCell, lines: Sequence[str], top: float, height: float) -> None:
        x0, x1 = self.xs[cell.column], self.xs[cell.column + cell.column_span]
        size = self.d.size
        center = cell.role in (Role.KEY, Role.SHORT, Role.PEOPLE, Role.NUMBER) or cell.vertical
        center = center or cell.row < self.table.header_rows
        middle = self.layout.merged == "middle" if cell.row_span > 1 else self.layout.valign == "middle"
        room = height - 2 * PADDING - len(lines) * self.leading
        y = top + PADDING + (max(room, 0) / 2 if middle else 0.0) + (self.leading - size) / 2
        for line in lines:
            if cell.spread and len(line) > 1:
                gap = (x1 - x0 - 2 * PADDING - width_of(line, size)) / (len(line) - 1)
                x = x0 + PADDING
                for char in line:
                    self.d.text(x, y, char)
                    x += width_of(char, size) + gap
            else:
                x = (x0 + x1 - width_of(line, size)) / 2 if center else x0 + PADDING
                self.d.text(x, y, line)
            y += self.leading


def draw_layout(layout: Layout, path: Path) -> None:
    """Draw a layout to PDF."""
    drawing = Drawing(layout, path)
    for table in printed_tables(layout):
        if drawing.y + 150 > drawing.bottom:
            drawing.new_page()
        width = width_of(table.title, 16)
        drawing.text((drawing.width - width) / 2, drawing.y, table.title, 16)
        drawing.y += 30
        if table.caption:
            drawing.text(drawing.width - MARGIN - 80, drawing.y, table.caption)
            drawing.y += drawing.size * 1.5
        TableDrawing(drawing, table).draw()
        drawing.y += 25
    drawing.save()
