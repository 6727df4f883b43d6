"""Hold what a reader is told beside a file's bytes, and what it tells while it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schema.finding import Finding
from schema.grid import Grid, Paragraph
from schema.limits import DEFAULT_LIMITS, Limits

#: Called with the number of pages read, and of all.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PageRead:
    """Hold what one page gave.

    Args:
        number: Counting from 1.
        count: Of all pages.
    """

    number: int
    count: int
    blocks: tuple[Paragraph | Grid, ...]
    findings: tuple[Finding, ...]


def _silent(page: int, pages: int) -> None:
    """Tell nobody of a page that was read."""


def _forget(page: PageRead) -> None:
    """Keep no page for a process that may be killed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Say how a file is called, how much of it may be read, and who is told of its pages.

    Args:
        name: What to call the file; its type is told by its content.
        sha256: Of the whole file.
        progress: Called after each page, where the format has pages.
        keep: Called with each page, so that the pages outlive the process that reads them.
    """

    name: str
    sha256: str
    limits: Limits = DEFAULT_LIMITS
    progress: Progress = _silent
    keep: Callable[[PageRead], None] = _forget
