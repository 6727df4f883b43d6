"""Find tables without lines: text in columns outside of all tables, which no reading takes for a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from normalize.characters import squeeze, squeeze_lines
from schema.finding import Finding, Severity
from schema.grid import Original, Paragraph

#: So many lines of a page, each of so many pieces, are a table's.
FEWEST_LINES, FEWEST_PIECES = 3, 3
#: A line of so many pieces is a row, wherever it stands.
PIECES_OF_ROW = 5


def unruled_findings(original: Original, labels: Collection[frozenset[str]]) -> Iterator[Finding]:
    """Report each page on which lines outside of the tables are a table's, with the first of them.

    Several stand in columns, or one prints the labels of a table: its rows, without their lines, stand below it.  A
    line in so many columns as hardly any other has is a row by itself.

    Args:
        original: With the lines.
        labels: Of each table, without spaces.
    """
    for page, found in groupby(original.blocks.paragraphs(), key=lambda paragraph: paragraph.place.page):
        # Only a page's lines have pieces; those of a text may be many.
        paragraphs = [] if page is None else list(found)
        lines = [line for line in paragraphs if line.pieces >= FEWEST_PIECES]
        if len(lines) >= FEWEST_LINES:
            yield _unruled_finding(lines)
        elif row := next((line for line in lines if line.pieces >= PIECES_OF_ROW), None):
            yield _unruled_finding([row])
        elif header := next((line for line in lines if _prints_labels(line, labels)), None):
            yield _unruled_finding(paragraphs[paragraphs.index(header) :])


def _prints_labels(line: Paragraph, labels: Collection[frozenset[str]]) -> bool:
    """Tell whether a line prints the labels of a table."""
    printed = set(map(squeeze, line.text.split()))
    return any(known >= printed for known in labels)


def _unruled_finding(lines: Sequence[Paragraph]) -> Finding:
    """Report lines of a page that stand in columns."""
    first = lines[0]
    details = (("page", str(first.place.page)), ("count", str(len(lines))), ("text", squeeze_lines(first.text)))
    return Finding("unruled-table", Severity.WARNING, details, place=first.place)
