"""Convert a batch of files: ``hongtou batch``."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hongtou.batch.entry import Entry
from hongtou.batch.inputs import Wanted, find_inputs, read_list
from hongtou.batch.interrupt import Interrupt
from hongtou.batch.job import Bounds, Settings
from hongtou.batch.progress import teller
from hongtou.batch.run import Batch, Part, Plan, Tally
from hongtou.batch.status import READ, Status
from hongtou.batch.summary import Worst, summary_lines
from hongtou.batch.workers import executor
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
    if not options.json_log:
        for line in summary_lines(tally, worst, options.language):
            print(line, file=sys.stderr)
    return exit_code(tally, options.fail_on)


def exit_code(tally: Tally, fail_on: Severity | None) -> int:
    """Give 3 where an input was not read to its end, 1 where findings reach the severity that fails, else 0."""
    if any(count for status, count in tally.statuses.items() if status not in READ):
        return UNREAD
    found = [Severity(name) for name, count in tally.severities.items() if count]
    return FINDINGS if reaches(found, fail_on) else 0
