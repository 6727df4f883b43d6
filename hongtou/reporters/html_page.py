"""Report as one page of HTML that needs nothing else: the transcript's cells beside the original's pages.

The page of the original is a picture with the cell boxed.
"""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from hongtou.checking.difference import Side
from hongtou.checking.report import Item, Report
from hongtou.messages import Language
from hongtou.report import SEVERITIES
from hongtou.web_page import render
from schema.finding import Box

#: Pixels a point; colours of a page's picture.
SCALE, COLOURS = 1.5, 32
PDF = b"%PDF-"
WORDS: dict[Language, dict[str, str]] = {
    "zh": {"title": "转录核对", "filter": "类别", "all": "全部", "stepping": "j / k 或 ↓ / ↑ 逐条查看",
           "nothing": "没有可显示的原件页面。", "mine": "转录", "theirs": "原件", "row": "序号",
           "page": "第 {page} 页"},
    "en": {"title": "Transcripts checked", "filter": "class", "all": "all", "stepping": "j / k or ↓ / ↑ to step",
           "nothing": "No page of the original to show.", "mine": "typed", "theirs": "original", "row": "row",
           "page": "page {page}"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Hold the picture of a page, and the page's size in points."""

    id: str
    caption: str
    picture: str
    width: float
    height: float

    def part(self, box: Box) -> str:
        """Give a box in hundredths of the page: left, top, width, height."""
        x0, top, x1, bottom = box
        shares = (x0 / self.width, top / self.height, (x1 - x0) / self.width, (bottom - top) / self.height)
        return " ".join(f"{100 * share:.2f}" for share in shares)


def report(run: Report) -> str:
    """Give the page."""
    words = WORDS[run.language]
    sheets = {(sheet_of[0], sheet_of[1]): sheet for sheet_of, sheet in _sheets(run)}
    counts = Counter((item.difference.rule, item.title) for item in run.new)
    return render(
        "hongtou.reporters",
        "html_page",
        language=run.language,
        words=words,
        items=[_shown(item, sheets, run.language) for item in run.new],
        classes=[(rule, title, count) for (rule, title), count in counts.most_common()],
        pages=list(sheets.values()),
    )


def _shown(item: Item, sheets: dict[tuple[str, int], _Sheet], language: Language) -> dict[str, object]:
    """Give what the template shows of an item."""
    difference, words = item.difference, WORDS[language]
    place = difference.original.place
    sheet = None if place is None or place.page is None else sheets.get((item.original or "", place.page))
    row = f"{words['row']} {difference.row}" if difference.row is not None else ""
    typed = ":".join(part for part in (item.file, item.where) if part)
    sides = (("mine", difference.transcript), ("theirs", difference.original))
    return {
        "rule": difference.rule,
        "severity": difference.severity.value,
        "severity_word": SEVERITIES[language][difference.severity],
        "message": item.message,
        "where": " · ".join(part for part in (typed, row, difference.column, item.original_where) if part),
        "page": sheet.id if sheet else None,
        "box": sheet.part(place.box) if sheet and place and place.box else None,
        "sides": [_side(words[word], side) for word, side in sides] if any(side.text for _, side in sides) else [],
    }


def _side(word: str, side: Side) -> dict[str, str]:
    return {
        "word": word,
        "before": side.text[: side.start],
        "differing": side.differing,
        "after": side.text[side.end :],
    }


def _sheets(run: Report) -> Iterator[tuple[tuple[str, int], _Sheet]]:
    """Give the pages of originals that an item points to, each once."""
    wanted: dict[str, set[int]] = {}
    for item in run.new:
        place = item.difference.original.place
        if item.original is not None and place is not None and place.page is not None:
            wanted.setdefault(item.original, set()).add(place.page)
    for order, (name, pages) in enumerate(sorted(wanted.items()), 1):
        data = Path(name).read_bytes()
        if PDF not in data[:1024]:
            continue
        document = pypdfium2.PdfDocument(data)
        for number in sorted(pages):
            caption = f"{name} {WORDS[run.language]['page'].format(page=number)}"
            yield (name, number), _sheet(document, number, f"page-{order}-{number}", caption)
        document.close()


def _sheet(document: pypdfium2.PdfDocument, number: int, name: str, caption: str) -> _Sheet:
    page = document[number - 1]
    width, height = page.get_size()
    picture = page.render(scale=SCALE).to_pil().convert("RGB").quantize(COLOURS)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    page.close()
    return _Sheet(name, caption, f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}", width, height)
