"""Let one run at a time write to a folder; what the dead held is free."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schema.errors import OutputError


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold a lock file while the block runs.

    The kernel frees the lock when its process ends, however it ends, so that nothing has to be
    taken from the dead; the file only says who holds it.

    Raises:
        OutputError: Another run holds it, or the folder cannot be written to.
    """
    descriptor = _locked(path)
    try:
        _sign(descriptor, path)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _sign(descriptor: int, path: Path) -> None:
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)
    except OSError as error:
        raise OutputError("unwritable", path=str(path), reason=error.strerror or str(error)) from error


def _locked(path: Path) -> int:
    """Open and lock the file; one that its last holder took away in between is opened again."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputError("unwritable", path=str(path), reason=error.strerror or str(error)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(descriptor, 200, 0).decode(errors="replace").split()
            os.close(descriptor)
            raise OutputError("folder-held", path=str(path.parent.parent), holder=" ".join(holder)) from error
        if _is_same(descriptor, path):
            return descriptor
        os.close(descriptor)


def _is_same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
