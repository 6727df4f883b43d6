"""Convert a batch of files: ``hongtou batch``."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hongtou.batch.collect import Collector
from hongtou.batch.entry import Entry
from hongtou.batch.inputs import Wanted, find_inputs, read_list
from hongtou.batch.interrupt import Interrupt
from hongtou.batch.job import Bounds, Settings
from hongtou.batch.page import page
from hongtou.batch.plan import Part, Plan
from hongtou.batch.progress import shown, teller
from hongtou.batch.run import Batch, Tally, entries_of
from hongtou.batch.status import READ, Status
from hongtou.batch.summary import Worst, summary_event, summary_lines
from hongtou.batch.targets import collector
from hongtou.batch.workers import executor
from hongtou.files import write_whole
from hongtou.limits import parse_limits, parse_size
from hongtou.messages import FILE_LANGUAGE, Language
from hongtou.profiles import chosen_profiles
from schema.errors import FINDINGS, UsageError
from schema.finding import Severity, reaches

#: The exit code where an input could not be read, or not to its end.
UNREAD = 3


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """Hold what ``hongtou batch`` was asked for.

    Args:
        language: Of what is said on standard error.
        scheduler: The address of a cluster, or ``None`` for this machine.
        fail_on: The least severity that fails, or ``None`` for none.
    """

    wanted: Wanted
    plan: Plan
    workers: int
    scheduler: str | None
    collect: tuple[str, ...]
    report: Path | None
    json_log: bool
    quiet: bool
    fail_on: Severity | None
    language: Language

    @classmethod
    def of(cls, arguments: argparse.Namespace, locale_language: Language) -> BatchOptions:
        """Take the options from parsed arguments.

        Raises:
            UsageError: One cannot be meant as it is written.
        """
        output = Path(arguments.output)
        return cls(
            wanted=Wanted(
                paths=tuple(_paths(arguments.inputs)),
                include=tuple(arguments.include),
                exclude=tuple(arguments.exclude),
                schemes=tuple(arguments.allow_scheme),
                output=output,
            ),
            plan=Plan(
                output=output,
                settings=settings_of(arguments),
                part=_part(arguments.shard),
                timings=not arguments.no_timings,
                retry=frozenset(map(Status, arguments.retry)),
            ),
            workers=arguments.workers or os.cpu_count() or 1,
            scheduler=arguments.scheduler,
            collect=tuple(arguments.collect),
            report=None if arguments.report is None else Path(arguments.report),
            json_log=arguments.json_log,
            quiet=arguments.quiet,
            fail_on=None if arguments.fail_on == "never" else Severity(arguments.fail_on),
            language=arguments.lang or locale_language,
        )


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Take from parsed arguments what decides how outputs look.

    Raises:
        UsageError: One cannot be meant as it is written.
    """
    return Settings(
        profiles=chosen_profiles(arguments.profile),
        limits=parse_limits(arguments.limit),
        bounds=Bounds(
            seconds=_seconds(arguments.time),
            memory=_size("--memory", arguments.memory),
            output=_size("--max-output", arguments.max_output),
        ),
        trace=arguments.trace,
        bom=arguments.bom,
        verify=arguments.verify,
        language=arguments.lang or FILE_LANGUAGE,
    )


def _paths(arguments: Sequence[str]) -> list[str]:
    """Give the paths that were named, those of a list on standard input among them."""
    paths: list[str] = []
    for argument in arguments:
        paths.extend(read_list(os.fsdecode(sys.stdin.buffer.read())) if argument == "-" else [argument])
    return paths


def _part(text: str) -> Part:
    number, _, count = text.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise UsageError("bad-option", option="--shard", text=text, expected="1/4, 2/4 …")
    return Part(int(number), int(count))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise UsageError("bad-option", option="--time", text=text, expected="120")
    return seconds


def _size(option: str, text: str) -> int:
    try:
        return parse_size(text)
    except ValueError as error:
        raise UsageError("bad-option", option=option, text=text, expected="512M, 2G") from error


def run(options: BatchOptions) -> int:
    """Convert the batch; give the exit code of the worst.

    Raises:
        UsageError: There is nothing to convert, or the options cannot be meant together.
        OutputError: The folder cannot be written to, or another run holds it.
        KeyboardInterrupt: The run was interrupted.
    """
    collectors = collectors_of(options)
    inputs = find_inputs(options.wanted)
    worst = Worst()
    with (
        Interrupt() as interrupt,
        executor(options.scheduler, options.workers) as (running, workers),
        teller(len(inputs), options.language, json_log=options.json_log, quiet=options.quiet) as tell,
    ):

        def told(entry: Entry, known: bool) -> None:  # noqa: FBT001 - as `Told` has it
            worst.add(entry)
            tell(entry, known)

        tally = Batch(options.plan, running, workers, interrupt).convert(inputs, told)
    close(options, collectors)
    if options.json_log:
        print(summary_event(tally), file=sys.stderr)
    else:
        for line in summary_lines(tally, worst, options.language):
            print(line, file=sys.stderr)
    return exit_code(tally, options.fail_on)


def collectors_of(options: BatchOptions) -> list[Collector]:
    """Give what brings the rows to each target that was asked for.

    Raises:
        UsageError: One is no target.
        ProgramError: A package that one needs is not installed.
    """
    return [collector(target) for target in options.collect]


def close(options: BatchOptions, collectors: Sequence[Collector]) -> None:
    """Bring the rows of all notices in the manifest to each target, and write the page over them.

    Raises:
        OutputError: A target or the page cannot be written.
    """
    if not (collectors or options.report):
        return
    folder = options.plan.output
    entries = list(entries_of(options.plan))
    for collect in collectors:
        for key, first, second in collect(folder, entries):
            print(_shared_line(key, first, second, options.language), file=sys.stderr)
    if options.report is not None:
        write_whole(options.report, page(entries, folder, options.report.parent, options.language))


def _shared_line(key: str, first: str, second: str, language: Language) -> str:
    """Say that two inputs are one notice to a database."""
    first, second = shown(first), shown(second)
    if language == "zh":
        return f"{first} 和 {second} 都是 {key}：数据库里留下后者的行"
    return f"{first} and {second} are both {key}: the database has the rows of the second"


def exit_code(tally: Tally, fail_on: Severity | None) -> int:
    """Give 3 where an input was not read to its end, 1 where findings reach the severity that fails, else 0."""
    if any(count for status, count in tally.statuses.items() if status not in READ):
        return UNREAD
    found = [Severity(name) for name, count in tally.severities.items() if count]
    return FINDINGS if reaches(found, fail_on) else 0
