"""Name what can become of an input: a closed set, so that a program can rely on it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from schema.errors import InputError, LimitError


class Status(StrEnum):
    """Say what became of an input.

    ``internal-error`` stands for a fault of Hongtou itself, outside the readers, and is to be reported.
    """

    OK = "ok"
    FINDINGS = "findings"
    EMPTY = "empty"
    PARTIAL = "partial"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    CORRUPT = "corrupt"
    LIMIT = "limit"
    TIMEOUT = "timeout"
    OOM = "oom"
    CRASH = "crash"
    IO_ERROR = "io-error"
    DUPLICATE = "duplicate"
    INTERNAL_ERROR = "internal-error"


#: Those whose input was read as far as it goes; of the others nothing, or not all, was.
READ = frozenset((Status.OK, Status.FINDINGS, Status.EMPTY, Status.DUPLICATE))
#: Those that may end otherwise where more is allowed.
BOUNDED = frozenset((Status.PARTIAL, Status.LIMIT, Status.TIMEOUT, Status.OOM, Status.CRASH))
#: Those that say nothing of the file itself: another run may end otherwise.
PASSING = frozenset((Status.IO_ERROR, Status.INTERNAL_ERROR))

#: The errors that are no damage, by name.
_BY_ERROR: Mapping[str, Status] = {
    "empty-file": Status.EMPTY,
    "encrypted": Status.ENCRYPTED,
    "locked-office": Status.ENCRYPTED,
    **dict.fromkeys(
        ("old-office", "rtf", "picture", "archive", "ofd", "open-document", "other-office", "markup", "not-text"),
        Status.UNSUPPORTED,
    ),
    **dict.fromkeys(
        ("missing-input", "is-folder", "no-file", "unreadable-input", "changed-input", "unreached-input"),
        Status.IO_ERROR,
    ),
}


def status_of(error: InputError) -> Status:
    """Give the status of an input that could not be read.

    >>> status_of(InputError("rtf")), status_of(InputError("damaged-pdf"))
    (<Status.UNSUPPORTED: 'unsupported'>, <Status.CORRUPT: 'corrupt'>)
    """
    if isinstance(error, LimitError):
        return Status.LIMIT
    return _BY_ERROR.get(error.name, Status.CORRUPT)
