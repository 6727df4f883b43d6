"""Run a batch: settle what is known, have the rest converted, and write each row when its outputs are safe."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from hongtou.batch import isolation
from hongtou.batch.entry import Entry
from hongtou.batch.inputs import Found, fetch, output_names
from hongtou.batch.interrupt import Interrupt
from hongtou.batch.isolation import are_in_place, convert_isolated, digest_of
from hongtou.batch.job import Job, same_outputs
from hongtou.batch.lock import hold
from hongtou.batch.manifest import Manifest, rows_of_parts
from hongtou.batch.plan import Plan
from hongtou.batch.status import BOUNDED, PASSING, Status, status_of
from hongtou.messages import error_message
from hongtou.pipeline import printable_name
from schema.errors import InputError, OutputError, ProgramError

#: Jobs that wait behind those that run, for each worker: enough that none is idle.
AHEAD = 2
#: How often a run looks whether it was interrupted (seconds).
LOOK = 0.2
#: A run that ends waits no longer than this for who works elsewhere (seconds).
LONGEST_END = 3.0
#: What a killed run left writes no longer than this (seconds), and is waited for in such steps.
LAST_WRITES, STEP = 5.0, 0.05
#: What is not finished stands in this folder of the output folder.
STATE = ".hongtou"


@dataclass(slots=True)
class Tally:
    """Count what became of the inputs of a run."""

    statuses: Counter[Status] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    known: int = 0

    def add(self, entry: Entry, *, known: bool) -> None:
        """Count a row; a known one was there before."""
        self.statuses[entry.status] += 1
        self.severities.update(entry.findings.model_dump())
        self.pages += entry.pages or 0
        self.known += known


#: Called with each row of the run, and whether it was there before.
Told = Callable[[Entry, bool], None]


class Batch:
    """Convert inputs into a folder, one row of its manifest for each.

    Args:
        plan: What to do.
        executor: Runs `convert_isolated`, here or elsewhere.
        workers: How many it runs at once.
        interrupt: Says when to stop.
    """

    def __init__(self, plan: Plan, executor: Executor, workers: int, interrupt: Interrupt) -> None:
        self._plan, self._executor, self._workers, self._interrupt = plan, executor, workers, interrupt
        self._fingerprint = plan.settings.fingerprint
        self._state = plan.output.resolve() / STATE / plan.part.manifest
        self._fetched = self._state / "fetched"
        self._seen: dict[str, str] = {}
        self._pending: dict[Future[Entry], Job] = {}

    def convert(self, inputs: Sequence[Found], told: Told) -> Tally:
        """Convert the inputs; when this returns, the manifest has exactly one row for each.

        Raises:
            OutputError: The folder cannot be written to, or another run holds it.
            KeyboardInterrupt: The run was interrupted; the manifest has what was done until then.
        """
        tally = Tally()
        self._seen.clear()

        def tell(entry: Entry, known: bool) -> None:  # noqa: FBT001 - as `Told` has it
            tally.add(entry, known=known)
            told(entry, known)

        try:
            with (
                hold(self._state / "lock"),
                _Cleared(self._state),
                Manifest(self._plan.output, self._state, self._plan.part.manifest) as manifest,
            ):
                self._take_over(manifest)
                self._run_to_end(inputs, manifest, tell)
        finally:
            self._remove_state()
        return tally

    def _run_to_end(self, inputs: Sequence[Found], manifest: Manifest, tell: Told) -> None:
        """Run, and leave the manifest sorted, also where the run was interrupted."""
        try:
            self._run(inputs, manifest, tell)
        except KeyboardInterrupt:
            manifest.settle()
            raise
        finally:
            self._drop_pending()
        manifest.settle()

    def _run(self, inputs: Sequence[Found], manifest: Manifest, tell: Told) -> None:
        names = output_names([found.name for found in inputs])
        for found in inputs:
            self._interrupt.check()
            settled = self._settle(found, names.get(found.name, found.name), manifest)
            if settled is None:
                continue
            if isinstance(settled, Entry):
                known = manifest.find(found.name) == settled
                if not known:
                    self._record([settled], manifest)
                tell(settled, known)
                continue
            while len(self._pending) >= AHEAD * self._workers:
                self._collect(manifest, tell)
            self._pending[self._executor.submit(convert_isolated, settled)] = settled
        while self._pending:
            self._collect(manifest, tell)

    def _settle(self, found: Found, stem: str, manifest: Manifest) -> Entry | Job | None:
        """Give the row of an input that needs no conversion, else the job; ``None`` for other parts' inputs."""
        try:
            path, size, digest = self._digested(found)
        except (InputError, OSError) as error:
            if not self._plan.part.has(hashlib.sha256(os.fsencode(found.name)).hexdigest()):
                return None
            return self._unreadable(found, error)
        if not self._plan.part.has(digest):
            return None
        settled = self._known(found, digest, size, manifest)
        if settled is not None:
            self._forget(path)
            return settled
        return Job(
            input=found.name, path=str(path), name=printable_name(Path(found.name)), sha256=digest, size=size,
            stem=stem, folder=str(self._plan.output.resolve()), work=str(self._state / "work"),
            settings=self._plan.settings, fingerprint=self._fingerprint,
        )  # fmt: skip

    def _known(self, found: Found, digest: str, size: int, manifest: Manifest) -> Entry | None:
        """Give the row of an input whose bytes were seen before: at another place, or in another run."""
        first = self._seen.setdefault(digest, found.name) if size else found.name
        if first != found.name:
            return self._duplicate(found, first, digest, size)
        before = manifest.find(found.name)
        if before is not None and self._stands(before, digest):
            return before
        return None

    def _forget(self, path: Path) -> None:
        """Remove a file that was fetched, and is not needed any more."""
        if path.parent == self._fetched:
            path.unlink(missing_ok=True)

    def _digested(self, found: Found) -> tuple[Path, int, str]:
        """Give the file to read, its size and the digest of its bytes; one elsewhere is fetched first.

        Raises:
            InputError: It is not there, no plain file, larger than is read, or cannot be fetched.
            OSError: It cannot be read.
        """
        limits = self._plan.settings.limits
        if found.is_remote:
            path = self._fetched / hashlib.sha256(found.path.encode()).hexdigest()
            fetch(found.path, path, lambda size: limits.check("file_size", size))
        else:
            path = Path(found.path)
        if not path.is_file():
            raise InputError("no-file" if path.exists() else "missing-input", path=found.name)
        size = path.stat().st_size
        limits.check("file_size", size)
        return path, size, digest_of(path)

    def _unreadable(self, found: Found, error: InputError | OSError) -> Entry:
        if isinstance(error, OSError):
            error = InputError("unreadable-input", path=found.name, reason=error.strerror or str(error))
        message = error_message(error, self._plan.settings.language)
        return Entry(
            input=found.name, status=status_of(error), reason=error.name, message=message, settings=self._fingerprint
        )

    def _duplicate(self, found: Found, first: str, digest: str, size: int) -> Entry:
        message = error_message(InputError("same-bytes", path=first), self._plan.settings.language)
        return Entry(
            input=found.name, sha256=digest, size=size, status=Status.DUPLICATE, reason="same-bytes", message=message,
            settings=self._fingerprint,
        )  # fmt: skip

    def _stands(self, before: Entry, digest: str) -> bool:
        """Tell whether an earlier row still holds: same bytes, same settings, and outputs that are what they were.

        Where an input was read to its end, how much may be read at the most is no matter.
        """
        same = before.settings == self._fingerprint or (
            before.status not in BOUNDED and same_outputs(before.settings, self._fingerprint)
        )
        return (
            before.sha256 == digest
            and same
            and before.status not in (PASSING | self._plan.retry | {Status.DUPLICATE})
            and are_in_place(self._plan.output, before.outputs)
        )

    def _collect(self, manifest: Manifest, tell: Told) -> None:
        """Wait for at least one job, and write the rows of those that are done."""
        done: set[Future[Entry]] = set()
        while not done:
            self._interrupt.check()
            done, _ = wait(self._pending, timeout=LOOK, return_when=FIRST_COMPLETED)
        entries = [self._entry(future) for future in done]
        self._record(entries, manifest)
        for entry in entries:
            tell(entry, False)  # noqa: FBT003 - as `Told` has it

    def _entry(self, future: Future[Entry]) -> Entry:
        try:
            entry = future.result()
        except CancelledError as error:
            # Nobody here cancels a job that is waited for: who ran it is gone.
            raise ProgramError("lost-cluster") from error
        self._forget(Path(self._pending.pop(future).path))
        if not self._plan.timings:
            entry = entry.model_copy(update={"seconds": None, "peak_memory": None})
        return entry

    def _record(self, entries: Sequence[Entry], manifest: Manifest) -> None:
        """Write rows, and then remove outputs that their inputs no longer have.

        The outputs of an input that only cannot be read this time stay.
        """
        before = [manifest.find(entry.input) for entry in entries]
        manifest.add(entries)
        for old, new in zip(before, entries, strict=True):
            kept = {output.path for output in new.outputs}
            if old is None or new.status in PASSING:
                continue
            for output in old.outputs:
                if output.path not in kept:
                    (self._plan.output / output.path).unlink(missing_ok=True)

    def _drop_pending(self) -> None:
        """Give up what still runs; its inputs count as not done."""
        for future in self._pending:
            future.cancel()
        isolation.abandoned.set()
        wait(self._pending, timeout=LONGEST_END)
        self._pending.clear()
        isolation.abandoned.clear()

    def _take_over(self, manifest: Manifest) -> None:
        """Take the rows of parts into the whole, where the whole is done."""
        if self._plan.part.count == 1:
            rows = [row for row in rows_of_parts(self._plan.output, "manifest") if manifest.find(row.input) is None]
            if rows:
                manifest.add(rows)

    def _remove_state(self) -> None:
        """Leave nothing behind in the output folder but outputs and manifest."""
        for folder in (self._state, self._state.parent):
            try:
                folder.rmdir()
            except OSError:
                return  # another part still works there


class _Cleared:
    """Make the folders for what is not finished, empty, and remove them again."""

    def __init__(self, state: Path) -> None:
        self._folders = (state / "work", state / "fetched")

    def __enter__(self) -> None:
        try:
            for folder in self._folders:
                _make_empty(folder)
        except OSError as error:
            raise OutputError("unwritable", path=str(error.filename), reason=error.strerror or str(error)) from error

    def __exit__(self, *_ended: object) -> None:
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def _make_empty(folder: Path) -> None:
    """Make a folder, or empty it: the children of a run that was killed may write there for a moment yet.

    Raises:
        OSError: It cannot be made, or something goes on writing there.
    """
    until = time.monotonic() + LAST_WRITES
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if time.monotonic() > until:
                raise
            time.sleep(STEP)
        else:
            return


def entries_of(plan: Plan) -> Iterator[Entry]:
    """Give the rows of a plan's manifest, as it stands.

    Raises:
        OSError: There is none.
    """
    with (plan.output / f"{plan.part.manifest}.jsonl").open("rb") as file:
        for line in file:
            yield Entry.of_line(line)
