"""Give what runs the jobs of a batch: threads that each look after one child, here or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def executor(scheduler: str | None, workers: int) -> Iterator[tuple[Executor, int]]:
    """Give an executor for `convert_isolated`, and how many jobs it runs at once.

    Args:
        scheduler: The address of a Dask cluster, or ``None`` for this machine.
        workers: How many to run at once on this machine.

    Raises:
        UsageError: The address is not one that may be used.
        ProgramError: The packages for a cluster are not installed, or it does not answer.
    """
    if scheduler is None:
        # The threads wait for their children; the work is done there.
        with ThreadPoolExecutor(workers, thread_name_prefix="hongtou") as running:
            yield running, workers
        return
    from hongtou.batch.cluster import connected  # noqa: PLC0415 - only a cluster needs it

    with connected(scheduler) as found:
        yield found
