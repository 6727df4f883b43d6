"""Hold what a check found: what it is, how heavy, where in the transcript, and what the original has."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.finding import Finding, Place, Severity
from schema.profile import Kind

#: The classes of differences, the heaviest first, each with its severity.
CLASSES: dict[str, Severity] = {
    "missing-row": Severity.ERROR,
    "extra-row": Severity.ERROR,
    "missing-table": Severity.ERROR,
    "extra-table": Severity.ERROR,
    "missing-column": Severity.ERROR,
    "wrong-column": Severity.ERROR,
    "blank-cell": Severity.ERROR,
    "filled-cell": Severity.ERROR,
    "digit": Severity.ERROR,
    "date": Severity.ERROR,
    "look-alike": Severity.ERROR,
    "same-sound": Severity.ERROR,
    "wrong-character": Severity.ERROR,
    "missing-character": Severity.ERROR,
    "extra-character": Severity.ERROR,
    "missing-item": Severity.ERROR,
    "extra-item": Severity.ERROR,
    "names-run-together": Severity.ERROR,
    "row-order": Severity.WARNING,
    "item-order": Severity.WARNING,
    "broken-row": Severity.ERROR,
    "broken-item": Severity.WARNING,
    "shared-blank": Severity.WARNING,
    "traditional": Severity.WARNING,
    "punctuation": Severity.WARNING,
    "extra-column": Severity.WARNING,
    "other-label": Severity.WARNING,
    "width": Severity.NOTE,
    "explained": Severity.NOTE,
    "no-original": Severity.ERROR,
    "unreadable": Severity.ERROR,
    "no-transcript": Severity.WARNING,
    "original-doubtful": Severity.WARNING,
    "stale-baseline": Severity.NOTE,
}
#: Where one character counts most; lighter classes weigh a degree more there.
WEIGHTY = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.DATE, Kind.PEOPLE, Kind.UNITS})
_HEAVIER = {Severity.NOTE: Severity.WARNING, Severity.WARNING: Severity.ERROR, Severity.ERROR: Severity.ERROR}
#: What is a matter of characters, and so weighs by its column.
_BY_COLUMN = frozenset({"traditional", "punctuation", "width"})


def severity_of(rule: str, kind: Kind) -> Severity:
    """Give a class's severity in a column of this kind.

    >>> severity_of("punctuation", Kind.PROSE).value, severity_of("punctuation", Kind.UNITS).value
    ('warning', 'error')
    """
    severity = CLASSES[rule]
    return _HEAVIER[severity] if rule in _BY_COLUMN and kind in WEIGHTY else severity


@dataclass(frozen=True, slots=True)
class Region:
    """Say where in a text file something stands: lines and columns count from 1, the end is exclusive.

    Columns count characters.
    """

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one side's text of a cell, and which of its characters differ.

    Args:
        text: The whole cell.
        start: Index of the first character that differs; `end` is behind the last.
        place: Where it stands.
    """

    text: str = ""
    start: int = 0
    end: int = 0
    place: Place | None = None

    @property
    def differing(self) -> str:
        """Give the characters that differ."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Fix:
    """Hold the text that a cell of the transcript should have.

    Args:
        place: The cell's place in the transcript.
        text: As plain text; the file's format may quote it.
        items: The same as a list, where the column holds lists.
    """

    place: Place
    text: str
    items: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one change of a corrected copy.

    Args:
        region: Of the whole cell in the transcript; ``None`` in a workbook.
        written: The new text as the file writes it.
    """

    place: Place
    before: str
    after: str
    region: Region | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one thing that is wrong, or may be wrong, with a transcript.

    Args:
        rule: The class's name, or the name of a check of the pipeline.
        table: Of the transcript, counting from 1.
        row: The row's key, as the original prints it where it has the row.
        column: The column's label.
        region: Where in the transcript's text; ``None`` where it is no text, or the file as a whole is meant.
        details: What the message's template names.
        doubtful: Whether the reading of the original is itself in doubt there.
        fixes: What would make the transcript right here, where that is certain.
        suggestion: What a check of the transcript alone proposes.
    """

    rule: str
    severity: Severity
    table: int | None = None
    row: int | str | None = None
    column: str | None = None
    transcript: Side = Side()
    original: Side = Side()
    region: Region | None = None
    details: tuple[tuple[str, str], ...] = ()
    doubtful: bool = False
    fixes: tuple[Fix, ...] = ()
    suggestion: str | None = None

    def fingerprint(self, name: str) -> str:
        """Give what stays the same while rows move: the file, class, row, column and the differing texts."""
        parts = (name, self.rule, self.row, self.column, self.transcript.differing, self.original.differing)
        text = "\0".join("" if part is None else str(part) for part in (*parts, *(v for _, v in self.details)))
        return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold a transcript that was checked.

    Args:
        path: Of the transcript, as it was given.
        original: Of the original; ``None`` where it was checked by itself.
        rows: How many rows it has.
        differences: What is wrong, in the order of the file.
        changes: What would make its cells right, by their place, where that is certain.
    """

    path: str
    original: str | None
    rows: int
    differences: tuple[Difference, ...]
    changes: Mapping[Place, Change] = field(default_factory=dict)

    def change_of(self, difference: Difference) -> Change | None:
        """Give the change that a difference calls for, where there is one."""
        places = () if difference.doubtful else (fix.place for fix in difference.fixes)
        return next((self.changes[place] for place in places if place in self.changes), None)

    def fingerprints(self) -> list[str]:
        """Give each difference's fingerprint; the second of the same gets a number."""
        seen: dict[str, int] = {}
        found = []
        for difference in self.differences:
            print_ = difference.fingerprint(self.path)
            seen[print_] = seen.get(print_, 0) + 1
            found.append(print_ if seen[print_] == 1 else f"{print_}.{seen[print_]}")
        return found


def of_finding(finding: Finding, label: str | None, message: str) -> Difference:
    """Put a finding of the pipeline among the differences, at its line and column."""
    place = finding.place
    region = None
    if place is not None and place.line is not None:
        column = place.column or 1
        region = Region(place.line, column, place.line, column)
    return Difference(
        rule=finding.rule,
        severity=finding.severity,
        table=finding.table,
        row=finding.row,
        column=label or finding.column,
        transcript=Side(place=place),
        region=region,
        details=(("message", message),),
        suggestion=finding.suggestion,
    )
