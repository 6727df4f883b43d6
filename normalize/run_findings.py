"""Report what is doubtful in a table's grids before they are repaired."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.characters import squeeze_lines
from normalize.line_ends import join_label_line
from normalize.runs import Run
from schema.finding import Finding, Severity
from schema.grid import Paragraph

#: So many characters of a text are quoted.
QUOTED = 40


def form_finding(run: Run) -> Finding:
    """Report a form that was left out, with what it prints."""
    grid = run.grids[0]
    text = " ".join(cell.text for cell in grid.cells if cell.lines)
    return Finding("form-left-out", Severity.NOTE, (("text", squeeze_lines(text)),), place=grid.place)


def run_findings(run: Run) -> Iterator[Finding]:
    """Report all that is doubtful in a table's grids."""
    yield from map(_stray_finding, run.strays)
    for note in run.notes:
        text = squeeze_lines(join_label_line(note.text))
        yield Finding("footnote", Severity.NOTE, (("text", text),), place=note.place)
    if run.headless:
        labels = "、".join(label for label in run.labels if label)
        yield Finding("doubtful-header", Severity.WARNING, (("labels", labels),), place=run.grids[0].place)
    yield from _cell_findings(run)
    yield from _nested_findings(run)
    yield from _gap_findings(run)
    for grid in run.grids:
        if grid.unclosed:
            details = (("page", str(grid.place.page)), ("count", str(grid.unclosed)))
            yield Finding("unclosed-cells", Severity.WARNING, details, place=grid.place)
        if grid.goes_beyond:
            yield Finding("cut-table", Severity.WARNING, (("page", str(grid.place.page)),), place=grid.place)
        if grid.beside:
            details = (("page", str(grid.place.page)), ("beside", str(grid.beside)))
            yield Finding("columns-beside", Severity.WARNING, details, place=grid.place)


def _stray_finding(text: Paragraph) -> Finding:
    """Report a line that is text of a cell, but stands outside of it."""
    return Finding("stray-text", Severity.WARNING, (("text", squeeze_lines(text.text)),), place=text.place)


def _cell_findings(run: Run) -> Iterator[Finding]:
    """Report each cell in which text stands on other text, or whose edge cuts text off."""
    for grid in run.grids:
        for place, text in grid.overprinted:
            details = (("page", str(place.page)), ("text", squeeze_lines(text)))
            yield Finding("overprinted-text", Severity.WARNING, details, place=place)
        for place, text in grid.cut:
            yield Finding("cut-text", Severity.WARNING, (("text", text[:QUOTED]),), place=place)


def _nested_findings(run: Run) -> Iterator[Finding]:
    """Report each table that stands in a cell."""
    for grid in run.grids:
        for place, text in grid.nested:
            yield Finding("nested-table", Severity.WARNING, (("text", squeeze_lines(text)),), place=place)


def _gap_findings(run: Run) -> Iterator[Finding]:
    """Report a table whose columns have no lines."""
    grid = next((grid for grid in run.grids if grid.by_gaps), None)
    if grid is not None and not run.goes_on:
        labels = "、".join(run.labels)
        yield Finding("columns-by-gaps", Severity.WARNING, (("labels", labels),), place=grid.place)
