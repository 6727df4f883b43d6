"""Convert what arrives in folders, as soon as it is there whole: ``hongtou watch``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from watchfiles import DefaultFilter, watch

from hongtou.batch.entry import Entry
from hongtou.batch.inputs import Found, find_inputs
from hongtou.batch.interrupt import Interrupt
from hongtou.batch.progress import entry_line
from hongtou.batch.run import Batch
from hongtou.batch.workers import executor
from hongtou.batch_command import BatchOptions, close, collectors_of
from schema.errors import UsageError

#: How often arrivals are looked at that may not be whole yet (milliseconds).
LOOK = 500


class Arrivals:
    """Tell which files are new or changed, and have not been for a while: who writes them is done.

    Args:
        settle: How long a file must stay as it is (seconds).
    """

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._done: dict[str, tuple[int, int]] = {}
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}

    def whole(self, found: Iterable[Found], now: float) -> list[Found]:
        """Give the files that are to be converted now.

        Args:
            found: All files there are.
            now: By a clock that only goes on (seconds).
        """
        ready = []
        for one in found:
            state = _state(one.path)
            if state is None or self._done.get(one.path) == state:
                continue
            before, since = self._seen.get(one.path, (None, now))
            if before != state:
                since = now
            self._seen[one.path] = (state, since)
            if now - since >= self._settle:
                ready.append(one)
        return ready

    def converted(self, found: Iterable[Found]) -> None:
        """Note files as done, as they were when they were last looked at."""
        for one in found:
            self._done[one.path] = self._seen.pop(one.path)[0]


def _state(path: str) -> tuple[int, int] | None:
    """Give what changes while a file is written: its size, and when it was last written to."""
    try:
        found = os.stat(path)  # noqa: PTH116 - the path is as it was found
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def run(options: BatchOptions, settle: float) -> int:
    """Convert what is there, then what comes, until interrupted.

    Raises:
        UsageError: What is to be watched is no folder.
        OutputError: The folder of outputs cannot be written to, or another run holds it.
        KeyboardInterrupt: The watch was ended.
    """
    for path in options.wanted.paths:
        if not Path(path).is_dir():
            raise UsageError("no-folder", path=path)
    collectors = collectors_of(options)
    arrivals = Arrivals(settle)
    output = os.path.realpath(options.plan.output)
    with Interrupt() as interrupt, executor(options.scheduler, options.workers) as (running, workers):
        batch = Batch(options.plan, running, workers, interrupt)
        for _ in watch(
            *options.wanted.paths, watch_filter=DefaultFilter(ignore_paths=[output]), rust_timeout=LOOK,
            yield_on_timeout=True, raise_interrupt=False,
        ):  # fmt: skip
            interrupt.check()
            ready = arrivals.whole(find_inputs(options.wanted, some=False), time.monotonic())
            if ready:
                batch.convert(ready, _tell)
                close(options, collectors)
                arrivals.converted(ready)
    raise KeyboardInterrupt


def _tell(entry: Entry, known: bool) -> None:  # noqa: FBT001 - as `Told` has it
    if not known:
        print(entry_line(entry), file=sys.stderr, flush=True)
