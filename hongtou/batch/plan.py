"""Hold what a batch is asked to do, and which part of it here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hongtou.batch.job import Settings
from hongtou.batch.status import Status


@dataclass(frozen=True, slots=True)
class Part:
    """Hold which part of the inputs is done here: those whose digest falls to it."""

    number: int = 1
    count: int = 1

    @property
    def manifest(self) -> str:
        """Give the name of the part's manifest."""
        return "manifest" if self.count == 1 else f"manifest.{self.number}-of-{self.count}"

    def has(self, digest: str) -> bool:
        """Tell whether an input with this digest (hexadecimal) is in the part.

        Inputs of the same bytes fall to the same part, so that duplicates are seen.
        """
        return int(digest[:12], 16) % self.count == self.number - 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what a batch is asked to do.

    Args:
        output: The folder of outputs and manifest.
        timings: Whether the manifest says how long each input took, and how much memory.
        retry: Statuses of earlier rows that are done again.
    """

    output: Path
    settings: Settings
    part: Part = Part()
    timings: bool = True
    retry: frozenset[Status] = frozenset()
