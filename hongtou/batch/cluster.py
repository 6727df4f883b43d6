"""Run the jobs of a batch on a Dask cluster; each is still parsed in a child of the worker that has it.

The workers must see the same input and output folders, by the same paths, and have the same
version of Hongtou.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import cast
from urllib.parse import urlsplit

from schema.errors import ProgramError, UsageError

#: A scheduler that does not answer for so long is not there (seconds).
PATIENCE = 10


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a scheduler; give an executor, and how many jobs its workers run at once.

    Certificates for ``tls://`` are taken from Dask's own configuration.

    Raises:
        UsageError: The address is not on this machine, and not encrypted: who listens there could
            have any code run by its workers.
        ProgramError: Dask is not installed, nothing answers, or there are no workers.
    """
    check_address(address)
    try:
        from distributed import Client  # noqa: PLC0415 - only a cluster needs it
    except ImportError as error:
        raise ProgramError("missing-package", name="distributed", packages="distributed") from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise ProgramError("no-cluster", address=address, reason=str(error) or type(error).__name__) from error
    with client:
        threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        if not threads:
            raise ProgramError("no-cluster", address=address, reason="0 workers")
        running = cast(Executor, client.get_executor())  # type: ignore[no-untyped-call]
        yield running, threads


def check_address(address: str) -> None:
    """Let through what is on this machine or encrypted.

    Raises:
        UsageError: It is neither.

    >>> check_address("tcp://127.0.0.1:8786")
    >>> check_address("tcp://10.0.0.1:8786")
    Traceback (most recent call last):
    schema.errors.UsageError: open-scheduler: address=tcp://10.0.0.1:8786
    """
    parts = urlsplit(address)
    if parts.scheme == "tls" or (parts.scheme == "tcp" and _is_loopback(parts.hostname or "")):
        return
    raise UsageError("open-scheduler", address=address)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
