"""Convert one file in a process of its own: the code that runs where an untrusted file is parsed.

It may write to its folder only, and is believed nothing but a report whose form is checked.
"""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import resource
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import cast

from pydantic import BaseModel, ConfigDict, Field

import extract
from hongtou.batch.confine import confine, die_with_parent, die_with_pipe, limit_resources
from hongtou.batch.entry import Counts
from hongtou.batch.job import Job
from hongtou.batch.spool import Spool, kept_pages
from hongtou.batch.status import Status, status_of
from hongtou.emit import outputs
from hongtou.files import write_pieces
from hongtou.messages import Language, error_message, finding_message
from hongtou.pipeline import Conversion, disagreements, read_bytes
from normalize import normalize
from schema.errors import InputError
from schema.finding import Finding, Severity
from schema.grid import Grid, Original, Source, count_printed

#: What the child leaves in its folder beside its outputs.
REPORT, TYPE = "report", "type"
Reader = Callable[..., Original]


class Exit(IntEnum):
    """Say by the exit code how a child ended that could write no report."""

    DONE = 0
    NO_MEMORY = 61
    NO_ROOM = 62
    TOO_MUCH = 63
    FAULT = 64


#: The errors of the system that say how a child ended.
_ENDINGS = {
    errno.EFBIG: Exit.TOO_MUCH,
    errno.ENOSPC: Exit.NO_ROOM,
    errno.EDQUOT: Exit.NO_ROOM,
    errno.ENOMEM: Exit.NO_MEMORY,
}


class Report(BaseModel):
    """Hold what a child says of its file; the files that it wrote are named by their endings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Status
    reason: str = Field(default="", max_length=500)
    message: str = Field(default="", max_length=5000)
    media_type: str | None = Field(default=None, max_length=200)
    pages: int | None = None
    tables: int = 0
    rows: int = 0
    characters: int = 0
    findings: Counts = Counts()
    endings: list[str] = Field(default_factory=list, max_length=100_000)
    peak_memory: int = 0


@dataclass(frozen=True, slots=True)
class Stop:
    """Say why reading stopped before the end, for who writes what was read until then.

    Args:
        status: What the input would be if nothing had been read.
        reason: The name of what stopped it.
        message: The same in words.
    """

    status: Status
    reason: str
    message: str


def run(job: Job, folder: Path, stop: Stop | None, patience: float) -> None:
    """Be the process of one file: leave outputs and a report in the folder, then end.

    Args:
        job: What to do.
        folder: Empty, or with the pages that another process kept.
        stop: Why that process stopped; ``None`` where the file is to be read.
        patience: How long pages may be held in memory only (seconds).
    """
    _detach(folder)
    code = Exit.FAULT
    try:
        code = _guarded(job, folder, stop, patience)
    finally:
        # Nothing of the interpreter's own ending is needed, and a file may have broken it.
        os._exit(code)


def _detach(folder: Path) -> None:
    """Leave the terminal, the streams and the folder of the process that asked, and end when it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.setsid()
    # The fork server outlives who started it as long as it has children, so both are looked to.
    die_with_parent(signal.SIGKILL)
    asked = multiprocessing.parent_process()
    if asked is not None:
        die_with_pipe(asked.sentinel)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.chdir(folder)
    # The only one that may be written to: long documents lie in files there.
    tempfile.tempdir = str(folder)


def _guarded(job: Job, folder: Path, stop: Stop | None, patience: float) -> Exit:
    """Do the work, and leave a report; give the exit code that stands for one where none can be written."""
    bounds = job.settings.bounds
    limit_resources(bounds.memory, bounds.output)
    try:
        _report(_outcome(job, folder, stop, patience), folder)
    except MemoryError:
        return Exit.NO_MEMORY
    except OSError as error:
        return _ENDINGS.get(error.errno or 0, Exit.FAULT)
    return Exit.DONE


def _report(report: Report, folder: Path) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    (folder / REPORT).write_text(report.model_copy(update={"peak_memory": own}).model_dump_json())


def _outcome(job: Job, folder: Path, stop: Stop | None, patience: float) -> Report:
    try:
        if stop is None:
            return _converted(job, folder, patience)
        confine(folder)
        return _rescued(job, folder, stop)
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - the outermost handler of a file: a fault of ours costs this file alone
        return Report(status=Status.INTERNAL_ERROR, reason=type(error).__name__, message=_where(error))


def _converted(job: Job, folder: Path, patience: float) -> Report:
    """Read the file and write its outputs."""
    try:
        data = _data(job)
    except InputError as error:
        message = error_message(error, job.settings.language)
        return Report(status=status_of(error), reason=error.name, message=message)
    (folder / TYPE).write_text(extract.media_type(data))
    module, _, function = job.settings.reader.partition(":")
    reader = cast(Reader, getattr(import_module(module), function))
    confine(folder)
    spool = Spool(folder, patience)
    try:
        original = reader(data, job.name, None, job.settings.limits, spool.keep)
    except InputError as error:
        spool.flush()
        return _stopped(job, folder, Stop(status_of(error), error.name, error_message(error, job.settings.language)))
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _ENDINGS:
            raise
        spool.flush()
        crash = InputError("child-crash", how=_where(error))
        stop = Stop(Status.CRASH, type(error).__name__, error_message(crash, job.settings.language))
        return _stopped(job, folder, stop)
    return _written(job, folder, original, data)


def _data(job: Job) -> bytes:
    """Read the file whole.

    Raises:
        InputError: It cannot be read, or is not what it was when the job was made.
    """
    data = read_bytes(Path(job.path), job.settings.limits)
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise InputError("changed-input", path=job.input)
    return data


def _stopped(job: Job, folder: Path, stop: Stop) -> Report:
    """Write what was read before reading stopped, or say what stopped it."""
    if any(kept_pages(folder)):
        return _rescued(job, folder, stop)
    media_type = (folder / TYPE).read_text()
    return Report(status=stop.status, reason=stop.reason, message=stop.message, media_type=media_type)


def _where(error: Exception) -> str:
    """Say where a reader raised what it should not."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} ({Path(last.filename).name}:{last.lineno})"


def _rescued(job: Job, folder: Path, stop: Stop) -> Report:
    """Write the outputs of the pages that were read before something stopped, and say so in them."""
    pages = list(kept_pages(folder))
    count = pages[-1].count
    details = (("read", str(len(pages))), ("count", str(count)), ("reason", stop.reason))
    finding = Finding("unread-pages", Severity.ERROR, details)
    source = Source(job.name, job.sha256, (folder / TYPE).read_text(), count)
    report = _written(job, folder, extract.join_pages(source, pages, finding), None)
    return report.model_copy(update={"status": Status.PARTIAL, "reason": stop.reason, "message": stop.message})


def _written(job: Job, folder: Path, original: Original, data: bytes | None) -> Report:
    """Repair, check and write what was read.

    Args:
        job: What to do.
        folder: Where to write.
        original: What was read.
        data: The whole file, for the second reader; ``None`` where it is not to be read again.
    """
    settings = job.settings
    normalized = normalize(original, settings.profiles)
    doubts: tuple[Finding, ...] = ()
    if settings.verify and data is not None:
        again = partial(extract.read_again, data, job.name, None, settings.limits)
        doubts = tuple(disagreements(again, normalized, settings.profiles))
    conversion = Conversion(original.source, normalized, doubts)
    endings: list[str] = []
    size = 0
    for ending, pieces in outputs(conversion, settings.language, trace=settings.trace, mark=settings.bom):
        with (folder / ending).open("wb") as file:
            size += write_pieces(file, pieces)
        if size > settings.bounds.output:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        endings.append(ending)
    return _reported(conversion, original, endings, settings.language)


def _reported(conversion: Conversion, original: Original, endings: list[str], language: Language) -> Report:
    tables = conversion.normalized.tables
    counts = Counter(finding.severity.value for finding in conversion.findings)
    characters = sum(
        sum(block.characters.values() if isinstance(block, Grid) else count_printed(block.text).values())
        for block in original.blocks
    )
    clean = Status.FINDINGS if counts["error"] or counts["warning"] else Status.OK
    return Report(
        status=clean if tables else Status.EMPTY,
        reason="" if tables else "no-table",
        message="" if tables else finding_message(Finding("no-table", Severity.ERROR), language),
        media_type=conversion.source.media_type,
        pages=conversion.source.page_count,
        tables=len(tables),
        rows=sum(len(table.rows) for table in tables),
        characters=characters,
        findings=Counts(**counts),
        endings=endings,
    )
