"""Find tables without lines: text in columns outside of all tables, which no reading takes for a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from normalize.characters import squeeze_lines
from schema.finding import Finding, Severity
from schema.grid import Original, Paragraph

#: So many lines of a page, each of so many pieces, are a table's.
FEWEST_LINES, FEWEST_PIECES = 3, 3


def unruled_findings(original: Original) -> Iterator[Finding]:
    """Report each page on which lines outside of the tables stand in columns, with the first of them."""
    for page, found in groupby(original.blocks.paragraphs(), key=lambda paragraph: paragraph.place.page):
        lines = [line for line in found if line.pieces >= FEWEST_PIECES]
        if page is not None and len(lines) >= FEWEST_LINES:
            yield unruled_finding(lines)


def unruled_finding(lines: Sequence[Paragraph]) -> Finding:
    """Report lines of a page that stand in columns."""
    first = lines[0]
    details = (("page", str(first.place.page)), ("count", str(len(lines))), ("text", squeeze_lines(first.text)))
    return Finding("unruled-table", Severity.WARNING, details, place=first.place)
