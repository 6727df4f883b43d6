"""Take from a process what a parser of documents does not need: network, programs, processes, other files.

Linux alone can do this for a process without rights: seccomp (system calls) and Landlock (files).
Elsewhere, and on processors whose calls are not listed here, the process stays as it is.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import platform
import resource
import signal
import site
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: System calls that are refused, with their numbers on the processors that are known.
REFUSED: dict[str, tuple[int, int]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_by_handle_at": (304, 265),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
}  # fmt: skip
#: Calls of x86-64 alone: newer processors have only ``clone``.
REFUSED_X86 = {"fork": 57, "vfork": 58}
#: Calls that may reach the process itself only.
OWN: dict[str, tuple[int, int]] = {"kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}
CLONE, CLONE3 = (56, 220), (435, 435)
CLONE_THREAD = 0x10000
#: The column of each processor above, and its number in linux/audit.h.
PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
#: Numbers from here on are those of 32-bit pointers on x86-64.
X32 = 0x40000000

# linux/bpf_common.h, linux/seccomp.h, linux/prctl.h, errno.h
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_EPERM, _ENOSYS = 1, 38
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_PDEATHSIG = 38, 22, 2, 1
# asm-generic/fcntl.h
_F_SETSIG = 10
# linux/landlock.h
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF, _PATH_BENEATH, _VERSION = 444, 445, 446, 1, 1
_READING = 0b1101  # execute, read a file, read a folder
_ALL = 0b1111111111111
_REFER, _TRUNCATE, _DEVICES = 1 << 13, 1 << 14, 1 << 15
_WRITING = 0b1_0010_1110 | _TRUNCATE  # write, read, list, remove and make files

#: What a reader may still open, beside Python and its packages: programs' own data, fonts among them.
SHARED = ("/usr", "/lib", "/lib64", "/etc/fonts", "/dev/null", "/dev/urandom", "/proc/self", "/proc/meminfo")
#: The module that was started may lie anywhere, and is not needed.
MAIN = ("__main__", "__mp_main__")
#: The most files that a process may have open.
OPEN_FILES = 256


def limit_resources(memory: int, file_size: int) -> None:
    """Bound the address space and the size of each file written (bytes), and leave no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def die_with_parent(signal_number: int) -> None:
    """Ask for a signal when the process that made this one ends."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def die_with_pipe(descriptor: int) -> None:
    """Have the kernel kill this process when the other end of a pipe is closed, whatever runs here then."""
    if sys.platform == "linux":
        fcntl.fcntl(descriptor, _F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)


def confine(folder: Path) -> None:
    """Leave to this process, for good, no network, no other process or program, and of files one folder to write.

    Args:
        folder: Where it may write.

    Raises:
        OSError: The system knows how to, and refuses.
    """
    if not can_confine():
        return
    libc = _libc()
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _keep_files(libc, folder)
    column, architecture = PROCESSORS[platform.machine()]
    program = b"".join(_program(column, architecture, os.getpid()))
    held = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held)))
    _checked(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, head, 0, 0))


def can_confine() -> bool:
    """Tell whether this system and processor are known."""
    return sys.platform == "linux" and platform.machine() in PROCESSORS


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _program(column: int, architecture: int, own: int) -> Iterator[bytes]:
    """Give the filter's instructions: each call that is looked at leaves at once, the rest is allowed."""
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, architecture, 1, 0)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    if column == 0:
        yield from _refuse(_AT_LEAST, X32)
        for number in REFUSED_X86.values():
            yield from _refuse(_EQUAL, number)
    for numbers in REFUSED.values():
        yield from _refuse(_EQUAL, numbers[column])
    # The C library falls back to clone, whose flags can be seen from here.
    yield from _refuse(_EQUAL, CLONE3[column], _ENOSYS)
    yield _step(_EQUAL, CLONE[column], 0, 4)
    yield _step(_LOAD, _FIRST_ARGUMENT)
    yield _step(_ANY_BIT, CLONE_THREAD, 0, 1)
    yield _step(_RETURN, _ALLOW)
    yield _step(_RETURN, _ERRNO | _EPERM)
    for numbers in OWN.values():
        yield _step(_EQUAL, numbers[column], 0, 4)
        yield _step(_LOAD, _FIRST_ARGUMENT)
        yield _step(_EQUAL, own, 0, 1)
        yield _step(_RETURN, _ALLOW)
        yield _step(_RETURN, _ERRNO | _EPERM)
    yield _step(_RETURN, _ALLOW)


def _refuse(test: int, value: int, error: int = _EPERM) -> Iterator[bytes]:
    yield _step(test, value, 0, 1)
    yield _step(_RETURN, _ERRNO | error)


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    """Give one instruction: what to do, how many to skip where it holds and where not, and the value."""
    return struct.pack("HBBI", code, then, otherwise, value)


def _keep_files(libc: ctypes.CDLL, folder: Path) -> None:
    """Leave the folder to write and what Python needs to read, where the kernel has Landlock."""
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    if version < 1:
        return
    newer = (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0) | (_DEVICES if version >= 5 else 0)
    handled = _ALL | newer
    attributes = struct.pack("Q", handled)
    ruleset = _checked(libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0)))
    try:
        _allow(libc, ruleset, folder, _WRITING & handled)
        for path in _readable():
            _allow(libc, ruleset, path, _READING)
        _checked(libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no right
    try:
        # A plain file has no folders' rights.
        given = rights if path.is_dir() else rights & 0b111
        rule = struct.pack("=Qi", given, descriptor)
        _checked(libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), _PATH_BENEATH, rule, ctypes.c_uint32(0)))
    finally:
        os.close(descriptor)


@cache
def _readable() -> tuple[Path, ...]:
    """Give the folders of Python, of the packages that are loaded, and of the system's shared data."""
    found = {sys.prefix, sys.base_prefix, *site.getsitepackages(), *SHARED}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and "." not in name and name not in MAIN:
            found.add(str(Path(file).parents[1 if hasattr(module, "__path__") else 0]))
    return tuple(Path(path) for path in sorted(found))
