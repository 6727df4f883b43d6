"""Check the transcripts that a command names, against their originals or by themselves."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hongtou import __version__
from hongtou.checking.baseline import Known, read_baseline, write_baseline
from hongtou.checking.compare import compare
from hongtou.checking.difference import CLASSES, Change, Checked, Difference, Side, of_finding
from hongtou.checking.fixing import can_fix, changes_of, corrected
from hongtou.checking.originals import TRANSCRIPTS, Originals, files_in
from hongtou.checking.report import EXPLAINED, Report, make_report
from hongtou.checking.settings import Level, read_settings
from hongtou.checking.transcript import Transcript, read_transcript
from hongtou.files import write_whole
from hongtou.messages import Language, error_message, finding_message
from hongtou.pipeline import Conversion, convert_file
from hongtou.profiles import chosen_profiles
from hongtou.reporters import REPORTERS
from schema.errors import FINDINGS, InputError, UsageError
from schema.finding import Severity, reaches
from schema.profile import Profile, built_in_profiles


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Hold what ``hongtou check`` was asked for.

    Args:
        reports: Pairs of a reporter's name and its file; ``None`` is standard output.
        severities: What the settings make of rules; ``off`` leaves one out.
        fail_on: The least severity that fails, or ``None`` for none.
    """

    transcripts: tuple[Path, ...]
    profiles: tuple[Profile, ...]
    against: Path | None
    reports: tuple[tuple[str, Path | None], ...]
    severities: Mapping[str, Level]
    baseline: Path | None
    update_baseline: bool
    fix: Path | None
    strict: bool
    fail_on: Severity | None
    language: Language

    @classmethod
    def of(cls, arguments: argparse.Namespace, locale_language: Language) -> CheckOptions:
        """Take the options from parsed arguments, and what they leave open from the settings.

        Raises:
            UsageError: The options cannot be meant together, or a file that they name is wrong.
            InputError: A file that they name cannot be read.
        """
        settings = read_settings(None if arguments.config is None else Path(arguments.config))
        against = arguments.against or settings.against
        baseline = arguments.baseline or settings.baseline
        fail_on = arguments.fail_on or settings.fail_on or "error"
        if arguments.fix is not None and against is None:
            raise UsageError("fix-needs-original")
        if arguments.update_baseline and baseline is None:
            raise UsageError("update-needs-baseline")
        return cls(
            transcripts=tuple(_expanded(arguments.transcripts)),
            profiles=chosen_profiles([*arguments.profile, *settings.profile]),
            against=None if against is None else Path(against),
            reports=_reports(arguments.report),
            severities=settings.severity,
            baseline=None if baseline is None else Path(baseline),
            update_baseline=arguments.update_baseline,
            fix=None if arguments.fix is None else Path(arguments.fix),
            strict=arguments.strict or settings.strict,
            fail_on=None if fail_on == "never" else Severity(fail_on),
            language=arguments.lang or locale_language,
        )


def check(
    transcript: str | os.PathLike[str],
    original: str | os.PathLike[str],
    *,
    profiles: Sequence[Profile] | None = None,
) -> tuple[Difference, ...]:
    """Give where a transcript departs from its original, in the order of the transcript.

    Args:
        transcript: Text, CSV, TSV, a workbook, our own JSON, or whatever can be converted.
        original: Whatever can be converted; it is read with both readers.
        profiles: The profiles to know tables by; the built-in ones unless told otherwise.

    Raises:
        InputError: One of them cannot be read.
    """
    known = built_in_profiles() if profiles is None else profiles
    found = compare(read_transcript(Path(transcript), known), convert_file(Path(original), known, verify=True))
    return tuple(each for each in found if each.rule != EXPLAINED)


def _expanded(names: Sequence[str]) -> Iterator[Path]:
    """Give the files that are named, and those in the folders that are."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            yield from files_in(path, TRANSCRIPTS)
        else:
            yield path


def _reports(names: Sequence[str]) -> tuple[tuple[str, Path | None], ...]:
    """Read ``NAME`` and ``NAME=FILE``.

    Raises:
        UsageError: There is no such reporter, or two would write to standard output.
    """
    found: list[tuple[str, Path | None]] = []
    for name in names or ["text"]:
        reporter, mark, file = name.partition("=")
        if reporter not in REPORTERS:
            raise UsageError("wrong-report", name=reporter, known=", ".join(REPORTERS))
        found.append((reporter, Path(file) if mark and file != "-" else None))
    if sum(file is None for _, file in found) > 1:
        raise UsageError("reports-meet")
    return tuple(found)


def run(options: CheckOptions) -> int:
    """Check all transcripts; give the exit code: the reading's failure before findings.

    Raises:
        OutputError: A report, baseline or corrected copy cannot be written.
    """
    known = read_baseline(options.baseline)
    checked = [_weighed(each, options.severities) for each in _Run(options).checks()]
    report = make_report(checked, known, options.language, __version__, strict=options.strict)
    if options.update_baseline and options.baseline is not None:
        updated = _updated(report, known)
        write_baseline(options.baseline, updated)
        known = {each.fingerprint: each for each in updated}
        report = make_report(checked, known, options.language, __version__, strict=options.strict)
    for name, file in options.reports:
        if file is None:
            sys.stdout.write(REPORTERS[name](replace(report, colour=sys.stdout.isatty())))
        else:
            write_whole(file, REPORTERS[name](report))
    return _exit_code(report, options.fail_on)


def _exit_code(report: Report, fail_on: Severity | None) -> int:
    if any(item.difference.rule == "unreadable" for item in report.items):
        return InputError.exit_code
    return FINDINGS if reaches((item.difference.severity for item in report.new), fail_on) else 0


def _updated(report: Report, known: Mapping[str, Known]) -> list[Known]:
    """Give the baseline of this run; what it says of files that were not checked stays."""
    files = {each.path for each in report.checked}
    kept = [each for each in known.values() if each.file not in files]
    found = [
        Known(fingerprint=item.fingerprint, file=item.file, rule=item.difference.rule, row=item.difference.row,
              column=item.difference.column, message=item.message)
        for item in report.items
    ]  # fmt: skip
    return [*kept, *found]


def _weighed(checked: Checked, severities: Mapping[str, Level]) -> Checked:
    """Give the differences the severities of the settings, and leave out those that are off."""
    found = [
        replace(each, severity=Severity(level)) if (level := severities.get(each.rule)) and level != "off" else each
        for each in checked.differences
        if severities.get(each.rule) != "off"
    ]
    return replace(checked, differences=tuple(found))


def shown_path(path: Path) -> str:
    """Give a path as seen from where the command runs, with ``/``; one outside stays as it is."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


class _Run:
    """Check one transcript after the other; one that cannot be read stops no other."""

    def __init__(self, options: CheckOptions) -> None:
        self._options = options
        self._originals = None if options.against is None else Originals(options.against, options.profiles)

    def checks(self) -> Iterator[Checked]:
        """Give each transcript's result, then the originals that have none."""
        for path in self._options.transcripts:
            name = shown_path(path)
            try:
                yield self._against(path, name, self._originals) if self._originals else self._alone(path, name)
            except InputError as error:
                yield Checked(name, None, 0, (self._unreadable(error),))
        if self._originals is not None:
            for path in self._originals.files:
                if path not in self._originals.used:
                    yield Checked(shown_path(path), None, 0, (_plain("no-transcript"),))

    def _unreadable(self, error: InputError) -> Difference:
        return _plain("unreadable", message=error_message(error, self._options.language))

    def _alone(self, path: Path, name: str) -> Checked:
        """Run the pipeline's checks over a transcript."""
        conversion = convert_file(path, self._options.profiles)
        tables = conversion.normalized.tables
        labels = {(n, c.name): c.label for n, table in enumerate(tables, 1) for c in table.columns}
        found = [
            of_finding(finding, labels.get((finding.table or 0, finding.column or "")),
                       finding_message(finding, self._options.language))
            for finding in conversion.findings
        ]  # fmt: skip
        return Checked(name, None, sum(len(table.rows) for table in tables), tuple(found))

    def _against(self, path: Path, name: str, originals: Originals) -> Checked:
        transcript = read_transcript(path, self._options.profiles)
        rows = sum(len(table.rows) for table in transcript.tables)
        other = originals.of(transcript)
        if other is None:
            return Checked(name, None, rows, (_plain("no-original"),))
        try:
            original = originals.conversion(other)
        except InputError as error:
            originals.used.add(other)
            return Checked(name, shown_path(other), rows, (self._unreadable(error),))
        found = compare(transcript, original)
        changes = changes_of(transcript, found)
        if self._options.fix is not None:
            self._fix(transcript, changes, self._options.fix)
        by_place = {change.place: change for change in changes}
        return Checked(name, shown_path(other), rows, (*self._doubts(original), *found), by_place)

    def _doubts(self, original: Conversion) -> Iterator[Difference]:
        """Give what the reading of the original says of itself; what is light is a note here."""
        for finding in original.findings:
            if finding.severity is Severity.NOTE:
                continue
            message = finding_message(finding, self._options.language)
            severity = Severity.ERROR if finding.severity is Severity.ERROR else Severity.NOTE
            yield Difference("original-doubtful", severity, finding.table, finding.row, finding.column,
                             original=Side(place=finding.place), details=(("message", message),))  # fmt: skip

    def _fix(self, transcript: Transcript, changes: Sequence[Change], folder: Path) -> None:
        """Write the corrected copy and the list of what it changed."""
        copy = folder / transcript.path.name
        if copy.resolve() == transcript.path.resolve():
            raise UsageError("fix-over-input", path=str(transcript.path))
        if not can_fix(transcript):
            print(f"{transcript.path}: no corrected copy of this format can be written", file=sys.stderr)
            return
        write_whole(copy, corrected(transcript, changes))
        lines = [f"{each.place.line or each.place.cell}\t{each.before!r}\t{each.after!r}\n" for each in changes]
        write_whole(copy.with_name(f"{copy.name}.changes.tsv"), "".join(("place\tbefore\tafter\n", *lines)))
        print(f"{copy}: {len(changes)} cells corrected", file=sys.stderr)


def _plain(rule: str, **details: str) -> Difference:
    return Difference(rule, CLASSES[rule], details=tuple(details.items()))
