"""Report what is doubtful in a table's grids before they are repaired."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.runs import Run
from schema.finding import Finding, Severity
from schema.grid import Paragraph


def form_finding(run: Run) -> Finding:
    """Report a form that was left out, with what it prints."""
    grid = run.grids[0]
    text = " ".join(cell.text for cell in grid.cells if cell.lines)
    return Finding("form-left-out", Severity.NOTE, (("text", squeeze_lines(text)),), place=grid.place)


def squeeze_lines(text: str) -> str:
    r"""Put a text on one line.

    >>> squeeze_lines("姓 名\v性别")
    '姓 名 性别'
    """
    return " ".join(text.split())


def stray_finding(text: Paragraph) -> Finding:
    """Report a line that is text of a cell, but stands outside of it."""
    return Finding("stray-text", Severity.WARNING, (("text", squeeze_lines(text.text)),), place=text.place)


def overprinted_findings(run: Run) -> Iterator[Finding]:
    """Report each cell in which text stands on other text."""
    for grid in run.grids:
        for place, text in grid.overprinted:
            details = (("page", str(place.page)), ("text", squeeze_lines(text)))
            yield Finding("overprinted-text", Severity.WARNING, details, place=place)


def nested_findings(run: Run) -> Iterator[Finding]:
    """Report each table that stands in a cell."""
    for grid in run.grids:
        for place, text in grid.nested:
            yield Finding("nested-table", Severity.WARNING, (("text", squeeze_lines(text)),), place=place)


def gap_findings(run: Run) -> Iterator[Finding]:
    """Report a table whose columns have no lines."""
    grid = next((grid for grid in run.grids if grid.by_gaps), None)
    if grid is not None and not run.goes_on:
        labels = "、".join(run.labels)
        yield Finding("columns-by-gaps", Severity.WARNING, (("labels", labels),), place=grid.place)
