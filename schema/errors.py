"""Name what stops a file or a run.  Each error owns its exit code.

An error carries a name and details, not a sentence: ``hongtou.messages`` puts it into the
user's language and ends it with what to do.
"""

from __future__ import annotations

#: The exit code where findings reach the severity that fails.
FINDINGS = 1


class HongtouError(Exception):
    """Stop a file or a run.

    Args:
        name: The message's name in the catalogue.
        details: What the message's template names.
    """

    exit_code = 3

    def __init__(self, name: str, /, **details: str) -> None:
        super().__init__(name, details)
        self.name = name
        self.details = details

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process as what it is."""
        return _again, (type(self), self.name, self.details)

    def __str__(self) -> str:
        """Give the name and the details, for a reader of tracebacks."""
        shown = ", ".join(f"{key}={value}" for key, value in self.details.items())
        return f"{self.name}: {shown}" if shown else self.name


def _again(kind: type[HongtouError], name: str, details: dict[str, str]) -> HongtouError:
    return kind(name, **details)


class UsageError(HongtouError):
    """Say that the command cannot be meant as it was written."""

    exit_code = 2


class InputError(HongtouError):
    """Say that an input could not be read."""

    exit_code = 3


class LimitError(InputError):
    """Say that an input has more of something than is read.

    Args:
        name: Of the message: ``limit-`` and the limit's name.
        details: ``value``, ``limit``, and the limit's ``name`` as an option spells it.
    """


class OutputError(HongtouError):
    """Say that an output could not be written, or that another run holds it."""

    exit_code = 4


class ProgramError(HongtouError):
    """Say that a program or package that the command needs is missing."""

    exit_code = 5
