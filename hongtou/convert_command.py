"""Convert the files that a command names, each by itself: one that cannot be read stops no other."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hongtou.emit import csv_pieces, json_pieces, outputs
from hongtou.files import output_stems, write_whole
from hongtou.limits import parse_limits
from hongtou.messages import FILE_LANGUAGE, Language, error_message
from hongtou.pipeline import Conversion, convert_file
from hongtou.profiles import chosen_profiles
from hongtou.report import finding_line, progress_bar, summary_line
from schema.errors import FINDINGS, InputError, UsageError
from schema.finding import Severity, reaches
from schema.limits import Limits
from schema.profile import Profile


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """Hold what ``hongtou convert`` was asked for.

    Args:
        language: Of what is said on standard error.
        file_language: Of the messages in JSON: the asked one, never the locale's.
        fail_on: The least severity that fails, or ``None`` for none.
    """

    inputs: tuple[Path, ...]
    profiles: tuple[Profile, ...]
    output: Path | None
    format: str
    table: int | None
    trace: bool
    bom: bool
    quiet: bool
    verify: bool
    limits: Limits
    fail_on: Severity | None
    language: Language
    file_language: Language

    @classmethod
    def of(cls, arguments: argparse.Namespace, locale_language: Language) -> ConvertOptions:
        """Take the options from parsed arguments."""
        return cls(
            inputs=tuple(Path(path) for path in arguments.inputs),
            profiles=chosen_profiles(arguments.profile),
            output=None if arguments.output is None else Path(arguments.output),
            format=arguments.format,
            table=arguments.table,
            trace=arguments.trace,
            bom=arguments.bom,
            quiet=arguments.quiet,
            verify=arguments.verify,
            limits=parse_limits(arguments.limit),
            fail_on=None if arguments.fail_on == "never" else Severity(arguments.fail_on),
            language=arguments.lang or locale_language,
            file_language=arguments.lang or FILE_LANGUAGE,
        )


def run(options: ConvertOptions) -> int:
    """Convert all inputs; give the exit code of the worst.

    Raises:
        UsageError: The options cannot be meant together.
        OutputError: An output could not be written.
    """
    if options.output is None:
        if len(options.inputs) > 1:
            raise UsageError("several-inputs", count=str(len(options.inputs)))
        return _convert_one(options, options.inputs[0], None)
    stems = output_stems(options.inputs, options.output)
    return max(_convert_one(options, path, stem) for path, stem in zip(options.inputs, stems, strict=True))


def _convert_one(options: ConvertOptions, path: Path, stem: Path | None) -> int:
    try:
        with progress_bar(path.name) as progress:
            conversion = convert_file(path, options.profiles, progress, options.limits, verify=options.verify)
    except InputError as error:
        print(f"hongtou: {path}: {error_message(error, options.language)}", file=sys.stderr)
        return error.exit_code
    if stem is None:
        sys.stdout.writelines(_standard_output(options, conversion))
        written: list[Path] = []
    else:
        written = _write(options, conversion, stem)
    return _tell(options, path, conversion, written)


def _standard_output(options: ConvertOptions, conversion: Conversion) -> Iterable[str]:
    """Give what goes to standard output, in pieces.

    Raises:
        UsageError: Which table is meant is not clear.
    """
    if options.format == "json":
        return json_pieces(conversion, options.file_language)
    tables = conversion.normalized.tables
    if not tables:
        return ()
    number = options.table or 1
    if number > len(tables) or number < 1 or (options.table is None and len(tables) > 1):
        raise UsageError("choose-table", count=str(len(tables)))
    return csv_pieces(tables[number - 1], mark=options.bom)


def _write(options: ConvertOptions, conversion: Conversion, stem: Path) -> list[Path]:
    """Write a notice's files; give their names."""
    written = []
    for ending, pieces in outputs(conversion, options.file_language, trace=options.trace, mark=options.bom):
        written.append(stem.with_name(f"{stem.name}.{ending}"))
        write_whole(written[-1], pieces)
    return written


def _tell(options: ConvertOptions, path: Path, conversion: Conversion, written: list[Path]) -> int:
    """Say what was found; give the exit code."""
    findings = conversion.findings
    failed = reaches((finding.severity for finding in findings), options.fail_on)
    if failed or not options.quiet:
        for finding in findings:
            print(finding_line(path.name, finding, options.language), file=sys.stderr)
        print(summary_line(path.name, conversion, written, options.language), file=sys.stderr)
    return FINDINGS if failed else 0
