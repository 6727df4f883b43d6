"""Read files that ask for it as a broken parser would; the rest as ever."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import extract
from extract import PageRead
from schema.finding import Place
from schema.grid import Original, Paragraph

#: How a file asks for a fault: the word behind this mark.
MARK = re.compile(rb"FAULT:([a-z-]+)")


def _segfault() -> None:
    ctypes.string_at(0)


def _exit() -> None:
    os._exit(3)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _memory() -> None:
    held = []
    while True:
        held.append(bytearray(64 << 20))


def _loop() -> None:
    """Match a pattern that backtracks for ever, in C, without a look at signals or threads."""
    re.match(r"(a+)+$", "a" * 64 + "b")


def _streams() -> None:
    for _ in range(100):
        os.write(1, b"x" * (1 << 20))
        os.write(2, b"x" * (1 << 20))


def _files() -> None:
    with open("flood", "wb") as file:
        file.writelines(b"x" * (1 << 20) for _ in range(200))


def _fork() -> None:
    while True:
        os.fork()


def _escape() -> None:
    """Start a process that leaves the group."""
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
        os._exit(0)


def _raise() -> None:
    raise LookupError("as a parser would not")


def _recursion() -> None:
    _recursion()


def _network() -> None:
    import socket  # noqa: PLC0415 - a parser has no business with it

    socket.create_connection(("127.0.0.1", int(os.environ.get("HONGTOU_CANARY", "9"))), timeout=2)


def _program() -> None:
    os.execv("/bin/true", ["true"])  # noqa: S606 - it must fail


def _write() -> None:
    """Write beside the output folder, where a parser may not."""
    with open("../../../../written-by-a-parser", "w") as file:
        file.write("x")


def _stop_parent() -> None:
    os.kill(os.getppid(), signal.SIGSTOP)


FAULTS: dict[bytes, Callable[[], None]] = {
    b"segfault": _segfault, b"exit": _exit, b"kill": _kill, b"memory": _memory, b"loop": _loop,
    b"streams": _streams, b"files": _files, b"fork": _fork, b"escape": _escape, b"raise": _raise,
    b"recursion": _recursion, b"network": _network, b"program": _program, b"write": _write,
    b"stop-parent": _stop_parent,
}  # fmt: skip


def read(data: bytes, name: str, *told: Any) -> Original:
    """Read a file; one that names a fault has it, a few pages having been read before where it says ``late``."""
    asked = MARK.search(data)
    if asked is None:
        return extract.read(data, name, *told)
    fault = asked[1]
    if fault.startswith(b"late-"):
        for number in (1, 2, 3):
            told[-1](PageRead(number, 9, (Paragraph(f"第{number}页", Place(page=number)),), ()))
        fault = fault.removeprefix(b"late-")
    FAULTS[fault]()
    sys.stdout.write("alive")
    return extract.read(data, name, *told)
