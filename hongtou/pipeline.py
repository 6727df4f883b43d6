"""Run the stages: read, normalize, and put the result into the models of the border."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import extract
from extract import Progress
from hongtou.messages import FILE_LANGUAGE, Language, finding_message
from hongtou.verify import compare_readings
from normalize import Normalized, normalize
from normalize.checks import integer
from normalize.head import whole_date
from normalize.list_rules import list_items
from schema import notice as border
from schema.errors import InputError
from schema.finding import Finding, Place, Severity
from schema.grid import Original, Source
from schema.limits import DEFAULT_LIMITS, Limits
from schema.profile import Column, Kind, Profile, built_in_profiles
from schema.table import Row, Table, Value


@dataclass(frozen=True, slots=True)
class Conversion:
    """Hold a converted notice with all that the border's models leave out.

    Args:
        disagreements: What a second reader reads otherwise, where it was asked.
    """

    source: Source
    normalized: Normalized
    disagreements: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give the findings of the document and of its tables, in order."""
        found = list(self.normalized.findings)
        for table in self.normalized.tables:
            found.extend(table.findings)
        return (*found, *self.disagreements)


def convert(
    path: str | os.PathLike[str],
    *,
    language: Language = FILE_LANGUAGE,
    profiles: Sequence[Profile] | None = None,
    verify: bool = False,
) -> border.Notice:
    """Convert one notice.

    Args:
        path: A PDF, Word or text file; its type is told by its content.
        language: Of the findings' messages.
        profiles: The profiles to know tables by; the built-in ones unless told otherwise.
        verify: Whether to read a PDF with a second reader as well, and to report where they differ.

    Raises:
        InputError: It cannot be read.
    """
    return make_notice(convert_file(Path(path), profiles, verify=verify), language)


def convert_file(
    path: Path,
    profiles: Sequence[Profile] | None = None,
    progress: Progress | None = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    verify: bool = False,
) -> Conversion:
    """Read and repair one file.

    Args:
        path: Of the file.
        profiles: The profiles to know tables by, in order; the built-in ones unless told otherwise.
        progress: Called after each page, where the format has pages; a second reader begins anew.
        limits: The most that is read of a file.
        verify: Whether to read it with the format's second reader as well, and to compare.

    Raises:
        InputError: It cannot be read, or has more than is read.
    """
    known = built_in_profiles() if profiles is None else profiles
    data = read_bytes(path, limits)
    original = extract.read(data, printable_name(path), progress, limits)
    if not verify:
        # A long document's bytes are most of what memory holds, and not needed any more.
        del data
        return Conversion(original.source, normalize(original, known))
    normalized = normalize(original, known)
    again = partial(extract.read_again, data, original.source.name, progress, limits)
    return Conversion(original.source, normalized, tuple(disagreements(again, normalized, known)))


def disagreements(
    read_again: Callable[[], Original | None], first: Normalized, profiles: Sequence[Profile]
) -> Iterator[Finding]:
    """Give what the second reader reads otherwise, or that it cannot read the file."""
    try:
        again = read_again()
    except InputError as error:
        yield Finding("second-reader-failed", Severity.WARNING, (("reason", error.details.get("reason", error.name)),))
        return
    if again is not None:
        yield from compare_readings(first, normalize(again, profiles))


def printable_name(path: Path) -> str:
    r"""Give a file's name as text that can be written: bytes that are no UTF-8 are told by their numbers.

    >>> printable_name(Path("a/b\udcff.pdf"))
    'b\\xff.pdf'
    """
    return os.fsencode(path.name).decode(errors="backslashreplace")


def read_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read a file whole, or not at all where it is larger than is read.

    Raises:
        InputError: It is not there, no plain file, too large, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise InputError("no-file", path=str(path))
            limits.check("file_size", state.st_size)
            return file.read()
    except FileNotFoundError as error:
        raise InputError("missing-input", path=str(path)) from error
    except IsADirectoryError as error:
        raise InputError("is-folder", path=str(path)) from error
    except OSError as error:
        raise InputError("unreadable-input", path=str(path), reason=error.strerror or str(error)) from error


def make_notice(conversion: Conversion, language: Language) -> border.Notice:
    """Put a conversion into the models of the border."""
    tables = [make_table(table) for table in conversion.normalized.tables]
    return make_frame(conversion, language).model_copy(update={"tables": tables})


def make_frame(conversion: Conversion, language: Language) -> border.Notice:
    """Put all of a conversion but its tables into the models of the border."""
    repairs = Counter(repair.rule for table in conversion.normalized.tables for repair in table.repairs)
    return border.Notice(
        source=border.Source(**asdict(conversion.source)),
        notice=border.Head(
            **{**asdict(conversion.normalized.head), "issuers": list(conversion.normalized.head.issuers)}
        ),
        tables=[],
        findings=[make_finding(finding, language) for finding in conversion.findings],
        repairs=border.Repairs(total=repairs.total(), by_rule=dict(sorted(repairs.items()))),
    )


def make_table(table: Table) -> border.Table:
    """Put a table into the model of the border."""
    return make_table_frame(table).model_copy(update={"rows": list(make_rows(table))})


def make_table_frame(table: Table) -> border.Table:
    """Put all of a table but its rows into the model of the border."""
    return border.Table(
        title=table.title,
        profile=table.profile,
        declared=dict(table.declared),
        columns=[border.Column(name=c.name, label=c.label, kind=c.kind.value) for c in table.columns],
        rows=[],
    )


def make_rows(table: Table) -> Iterator[border.Row]:
    """Put a table's rows into the models of the border, one by one."""
    return (_row(table.columns, row) for row in table.rows)


def _row(columns: Sequence[Column], row: Row) -> border.Row:
    members = {column.name: json_value(column.kind, value) for column, value in zip(columns, row.values, strict=True)}
    return border.Row(places=[_place(place) for place in row.places], **members)


def json_value(kind: Kind, value: Value) -> border.Scalar:
    """Give a value as JSON holds it: a number, a list, a date or a text.

    What cannot be read as its kind stays the printed text: nothing is lost.
    """
    reader = _READERS.get(kind)
    return value.text if reader is None else reader(value.text)


def _integer(text: str) -> border.Scalar:
    number = integer(text)
    return number if number is not None else (text or None)


def _number(text: str) -> border.Scalar:
    plain = text.replace(",", "").replace("，", "")
    try:
        return float(plain)
    except ValueError:
        return text or None


def _date(text: str) -> border.Scalar:
    return whole_date(text) or text or None


_READERS: dict[Kind, Callable[[str], border.Scalar]] = {
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.PEOPLE: list_items,
    Kind.UNITS: list_items,
}


def make_finding(finding: Finding, language: Language) -> border.Finding:
    """Put a finding into the model of the border, with its message."""
    return border.Finding(
        rule=finding.rule,
        severity=finding.severity.value,
        table=finding.table,
        row=finding.row,
        column=finding.column,
        message=finding_message(finding, language),
        suggestion=finding.suggestion,
        place=None if finding.place is None else _place(finding.place),
    )


def _place(place: Place) -> border.Place:
    members: dict[str, Any] = place._asdict()
    members["box"] = None if place.box is None else list(place.box)
    return border.Place(**members)
