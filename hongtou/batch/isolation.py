"""Convert one input in a child process that is killed where it goes wrong, and put its outputs into place.

The children come of Python's fork server: a process that has everything loaded, and of which a
child is a copy made in milliseconds.  Nothing that a child says is unpickled or run here.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, process
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType

from hongtou.batch import child
from hongtou.batch.child import REPORT, TYPE, Exit, Report, Stop
from hongtou.batch.confine import can_confine
from hongtou.batch.entry import Entry, Output
from hongtou.batch.job import Job
from hongtou.batch.spool import NAME as SPOOL
from hongtou.batch.spool import PATIENCE
from hongtou.batch.status import Status
from hongtou.files import put_in_place
from hongtou.messages import error_message
from schema.errors import InputError, OutputError, ProgramError

#: How often a child is looked at (seconds).
LOOK = 0.02
#: The part of a child's time that is kept for writing the pages that were read, and the most of it (seconds).
RESCUE_SHARE, LONGEST_RESCUE = 0.1, 10.0
#: The part of the time that is left in which the pages are read again that were read before it ran out.
SECOND_SHARE = 0.5
#: An abort (no segment violation) with this share of the memory in use is an allocation that failed.
MUCH_MEMORY = 0.25
ABORTS = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL)
#: What a child may call its outputs.
ENDING = re.compile(r"(?:[0-9]{1,6}\.)?csv|json|trace\.json")
#: A report is no longer than this (bytes).
LONGEST_REPORT = 4 << 20
PRELOADED = "hongtou.batch.preload"
#: A variable of the environment by which the fork server knows what it is.
FORK_SERVER = "HONGTOU_FORK_SERVER"

#: Set where running children are to be killed, and their inputs to count as not done.
abandoned = threading.Event()
#: multiprocessing looks after all children of a process at once, and not from several threads.
_children = threading.Lock()


class AbandonedError(Exception):
    """Say that an input was given up because the run ends; it is to be done again."""


@dataclass(frozen=True, slots=True)
class _End:
    """Hold how a child ended.

    Args:
        code: Its exit code, or the negative number of the signal that killed it; ``None`` where time was up.
        peak: Of its memory as it was last seen (bytes).
    """

    code: int | None
    peak: int


def convert_isolated(job: Job) -> Entry:
    """Convert one input; give its row of the manifest, its outputs being in place and on the disk.

    Raises:
        OutputError: The outputs cannot be written: the run cannot go on.
        ProgramError: The job was made by another version, on another machine.
        AbandonedError: The run ends.
    """
    started = time.monotonic()
    if job.fingerprint != job.settings.fingerprint:
        raise ProgramError("other-version", here=job.settings.fingerprint, there=job.fingerprint)
    try:
        folder = Path(tempfile.mkdtemp(dir=job.work))
    except OSError as error:
        raise OutputError("unwritable", path=job.work, reason=error.strerror or str(error)) from error
    try:
        report = _report(job, folder, started + job.settings.bounds.seconds)
        outputs = put_in_place(folder, report.endings, Path(job.folder), job.stem)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Entry(
        input=job.input,
        sha256=job.sha256,
        size=job.size,
        **report.model_dump(exclude={"endings", "peak_memory"}),
        seconds=round(time.monotonic() - started, 3),
        peak_memory=report.peak_memory or None,
        outputs=[Output(path=path, sha256=digest) for path, digest in outputs],
        settings=job.fingerprint,
    )


def _report(job: Job, folder: Path, deadline: float) -> Report:
    """Read the file in a child; where that stops early, write what it kept in another."""
    seconds = job.settings.bounds.seconds
    reading_ends = deadline - min(seconds * RESCUE_SHARE, LONGEST_RESCUE)
    end = _run(job, folder, None, reading_ends)
    if end.code not in (Exit.DONE, Exit.NO_ROOM) and not _has_kept(folder):
        # Somebody else may have killed it; and if the file did, this time its pages are kept.
        end = _once_more(job, folder, end, reading_ends, deadline)
    report = _read_report(folder, end)
    if report is not None:
        return report
    stop = _stop(end, job)
    if _has_kept(folder):
        again = _run(job, folder, stop, deadline)
        report = _read_report(folder, again)
        if report is not None:
            return report.model_copy(update={"peak_memory": max(end.peak, report.peak_memory)})
    media_type = (folder / TYPE).read_text() if (folder / TYPE).exists() else None
    return Report(
        status=stop.status, reason=stop.reason, message=stop.message, media_type=media_type, peak_memory=end.peak
    )


def _once_more(job: Job, folder: Path, end: _End, reading_ends: float, deadline: float) -> _End:
    """Read a file again that ended its child before any of its pages was kept, and give how that ends.

    Pages that were read before the clock ran out were read so fast that a part of what time is
    left is enough for them.
    """
    if end.code is not None:
        return _run(job, folder, None, reading_ends, patience=0)
    now = time.monotonic()
    again = _run(job, folder, None, now + max(deadline - now, 0) * SECOND_SHARE, patience=0)
    return again if again.code == Exit.DONE else end


def _has_kept(folder: Path) -> bool:
    path = folder / SPOOL
    return path.exists() and path.stat().st_size > 0


def _read_report(folder: Path, end: _End) -> Report | None:
    """Give a child's report; ``None`` where it did not get so far.

    Raises:
        OutputError: The disk had no room for its outputs.
    """
    if end.code == Exit.NO_ROOM:
        raise OutputError("unwritable", path=str(folder), reason=os.strerror(28))
    path = folder / REPORT
    if end.code != Exit.DONE or not path.exists() or path.stat().st_size > LONGEST_REPORT:
        return None
    try:
        report = Report.model_validate_json(path.read_bytes())
    except ValueError:
        return None
    return report if all(ENDING.fullmatch(ending) for ending in report.endings) else None


def _stop(end: _End, job: Job) -> Stop:
    """Say what became of an input whose child left no report."""
    status, reason = _ending(end, job)
    bounds = job.settings.bounds
    error = InputError(
        f"child-{status.value}",
        seconds=f"{bounds.seconds:g}",
        memory=str(bounds.memory >> 20),
        output=str(bounds.output >> 20),
        how=reason,
    )
    return Stop(status, reason, error_message(error, job.settings.language))


def _ending(end: _End, job: Job) -> tuple[Status, str]:
    if end.code is None:
        return Status.TIMEOUT, "timeout"
    if end.code == Exit.TOO_MUCH:
        return Status.LIMIT, "limit-output"
    killed = -end.code in ABORTS and end.peak >= MUCH_MEMORY * job.settings.bounds.memory
    if end.code == Exit.NO_MEMORY or killed:
        return Status.OOM, "out-of-memory"
    if end.code == Exit.FAULT:
        return Status.INTERNAL_ERROR, "fault"
    return Status.CRASH, signal.Signals(-end.code).name if end.code < 0 else f"exit-{end.code}"


def _run(job: Job, folder: Path, stop: Stop | None, deadline: float, patience: float = PATIENCE) -> _End:
    """Run a child until it ends, or kill it when time is up.

    Raises:
        AbandonedError: The run ends.
    """
    running = _started(job, folder, stop, patience)
    pid = running.pid or 0
    peak = 0
    try:
        while not connection.wait([running.sentinel], LOOK):
            peak = max(peak, _peak(pid))
            if abandoned.is_set():
                raise AbandonedError
            if time.monotonic() >= deadline:
                return _End(None, peak)
        return _End(_exit_code(running), peak)
    finally:
        _kill(running, pid)


def _started(job: Job, folder: Path, stop: Stop | None, patience: float) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    with _children:
        # A worker of Dask is a daemon, which may have no children lest they outlive it; ours do not.
        process.current_process()._config.pop("daemon", None)  # type: ignore[attr-defined]  # noqa: SLF001
        context.set_forkserver_preload([PRELOADED])
        running = context.Process(target=child.run, args=(job, folder, stop, patience), daemon=True)
        with _for_fork_server():
            running.start()
    return running


@contextmanager
def _for_fork_server() -> Iterator[None]:
    """Tell the fork server what it is, where it is started now, and hide from which file the main module came.

    Each child would run that file again, and none needs it.
    """
    os.environ[FORK_SERVER] = "1"
    real = sys.modules["__main__"]
    bare = ModuleType("__main__")
    vars(bare).update({name: value for name, value in vars(real).items() if name not in ("__file__", "__spec__")})
    sys.modules["__main__"] = bare
    try:
        yield
    finally:
        sys.modules["__main__"] = real
        del os.environ[FORK_SERVER]


def _exit_code(running: ForkServerProcess) -> int:
    with _children:
        running.join()
        return running.exitcode or 0


def _kill(running: ForkServerProcess, pid: int) -> None:
    """Kill a child that still runs, and what it may have started.

    One that has ended is left alone: its number may be another's by now.  Confined, it has started
    nothing; else what it started is of its group.
    """
    alive = not connection.wait([running.sentinel], 0)
    kills = ([os.killpg] if alive or not can_confine() else []) + ([os.kill] if alive else [])
    for kill in kills:
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    with _children:
        running.join()
        running.close()


def _peak(pid: int) -> int:
    """Give the most memory that a process has used (bytes); 0 where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return 0
    found = re.search(rb"VmHWM:\s*(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def are_in_place(folder: Path, outputs: Iterable[Output]) -> bool:
    """Tell whether outputs of an earlier run are still what they were."""
    try:
        return all(digest_of(folder / output.path) == output.sha256 for output in outputs)
    except OSError:
        return False
