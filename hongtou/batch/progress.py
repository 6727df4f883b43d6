"""Tell on standard error how a batch comes along: a bar for a person, lines for a log, JSON for a program."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongtou.batch.entry import Entry
from hongtou.batch.status import READ, Status
from hongtou.messages import Language

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

#: A log gets a line on how far the run is no more often than this (seconds).
EVERY = 10.0


#: Told of each row as it comes, and whether it was there before.
Teller = Callable[[Entry, bool], None]


@dataclass(slots=True)
class Count:
    """Count what a person wants to know on the way."""

    total: int
    files: int = 0
    pages: int = 0
    findings: int = 0
    started: float = field(default_factory=time.monotonic)

    def add(self, entry: Entry, *, known: bool) -> None:
        """Count a row; the pages of a known one took no time."""
        self.files += 1
        self.pages += 0 if known else (entry.pages or 0)
        self.findings += sum(entry.findings.model_dump().values())

    @property
    def seconds(self) -> float:
        """Give how long the run has taken."""
        return max(time.monotonic() - self.started, 1e-6)

    @property
    def left(self) -> float:
        """Give how long it may still take (seconds)."""
        return self.seconds / max(self.files, 1) * (self.total - self.files)

    def text(self, language: Language) -> str:
        """Say it in a line."""
        speed = self.pages / self.seconds
        if language == "zh":
            return (
                f"{self.files}/{self.total} 个文件，每秒 {speed:.0f} 页，"
                f"{self.findings} 个问题，还需 {self.left:.0f} 秒"
            )
        return (
            f"files {self.files}/{self.total}, pages per second {speed:.0f}, findings {self.findings}, "
            f"seconds left {self.left:.0f}"
        )


def shown(name: str) -> str:
    r"""Give a file's name for a line of a terminal or log: no control characters, no broken bytes.

    >>> shown("a\nb\x1b[31m.pdf")
    'a\\nb\\x1b[31m.pdf'
    """
    clean = name.encode(errors="backslashreplace").decode()
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in clean)


def entry_line(entry: Entry) -> str:
    """Say in a line what became of an input."""
    text = f"{entry.status.value}: {shown(entry.input)}"
    return f"{text}: {shown(entry.message or entry.reason)}" if entry.message or entry.reason else text


def _notable(entry: Entry) -> bool:
    return entry.status not in READ


@contextmanager
def teller(total: int, language: Language, *, json_log: bool, quiet: bool) -> Iterator[Teller]:
    """Give who tells of a run of so many files: by JSON, a bar, lines, or not at all."""
    if json_log:
        yield _tell_json
    elif quiet:
        yield _tell_nothing
    elif sys.stderr.isatty():
        with _bar(total) as bar:
            yield _BarTeller(bar, bar.add_task("", total=total), Count(total), language)
    else:
        yield _LineTeller(Count(total), language)


def _tell_json(entry: Entry, known: bool) -> None:
    event = {"event": "file", "known": known, **json.loads(entry.line())}
    print(json.dumps(event, ensure_ascii=True), file=sys.stderr, flush=True)


def _tell_nothing(_entry: Entry, _known: bool) -> None:
    """Say nothing."""


class _LineTeller:
    """Print a line for each input that was not read, and from time to time how far the run is."""

    def __init__(self, count: Count, language: Language) -> None:
        self._count, self._language, self._last = count, language, time.monotonic()

    def __call__(self, entry: Entry, known: bool) -> None:
        self._count.add(entry, known=known)
        if _notable(entry) and not known:
            print(entry_line(entry), file=sys.stderr)
        if time.monotonic() - self._last >= EVERY:
            self._last = time.monotonic()
            print(self._count.text(self._language), file=sys.stderr, flush=True)


@dataclass(slots=True)
class _BarTeller:
    bar: Bar
    task: TaskID
    count: Count
    language: Language

    def __call__(self, entry: Entry, known: bool) -> None:
        self.count.add(entry, known=known)
        if _notable(entry) and not known:
            self.bar.console.print(entry_line(entry), markup=False, highlight=False)
        self.bar.update(self.task, advance=1, description=self.count.text(self.language))


def _bar(_total: int) -> Bar:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Shown  # noqa: PLC0415

    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    return Shown(*columns, console=Console(stderr=True), transient=True)


#: The order in which rows are the worst: what broke first, then what could not be read, then findings.
WORST = (
    Status.INTERNAL_ERROR, Status.CRASH, Status.OOM, Status.TIMEOUT, Status.IO_ERROR, Status.LIMIT, Status.PARTIAL,
    Status.CORRUPT, Status.ENCRYPTED, Status.UNSUPPORTED, Status.EMPTY, Status.FINDINGS,
)  # fmt: skip


def badness(entry: Entry) -> tuple[int, int, int, str]:
    """Give what sorts the worst rows first."""
    rank = WORST.index(entry.status) if entry.status in WORST else len(WORST)
    return rank, -entry.findings.error, -entry.findings.warning, entry.input
