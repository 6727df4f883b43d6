"""Hold what is to be done with one input, in a form that goes to another process or machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from hongtou import __version__
from hongtou.messages import FILE_LANGUAGE, Language
from schema.limits import DEFAULT_LIMITS, Limits
from schema.profile import Profile

#: The reader of files, as ``module:function``; tests put readers in its place that misbehave.
READER = "extract:read"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Hold what the process of one input may use.

    Args:
        seconds: By the clock, for everything.  A part of it is kept for writing what was read until then.
        memory: Address space (bytes).
        output: Of its outputs in all (bytes).
    """

    seconds: float = 120.0
    memory: int = 2 << 30
    output: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what decides how an input's outputs look.

    Args:
        language: Of messages in outputs and manifest.
    """

    profiles: tuple[Profile, ...]
    limits: Limits = DEFAULT_LIMITS
    bounds: Bounds = Bounds()
    trace: bool = False
    bom: bool = False
    verify: bool = False
    language: Language = FILE_LANGUAGE
    reader: str = READER

    @property
    def fingerprint(self) -> str:
        """Give the version, a digest of what decides how outputs look, and one of how much is read."""
        members = asdict(self)
        amounts = {name: members.pop(name) for name in ("limits", "bounds")}
        return f"{__version__}-{_digest(members)}-{_digest(amounts)}"


def same_outputs(one: str, other: str) -> bool:
    """Tell whether two fingerprints differ in nothing but how much is read at the most.

    >>> same_outputs("1.0-aa-bb", "1.0-aa-cc"), same_outputs("1.0-aa-bb", "1.1-aa-bb")
    (True, False)
    """
    return one.rpartition("-")[0] == other.rpartition("-")[0]


def _digest(members: dict[str, Any]) -> str:
    text = json.dumps(members, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: object) -> list[str] | str:
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)


@dataclass(frozen=True, slots=True)
class Job:
    """Hold one input, and where its outputs go.

    Args:
        input: Its name in the manifest.
        path: Of the file to read.
        name: What to call it in its outputs.
        sha256: Of its bytes as they were when the job was made.
        size: In bytes.
        stem: The path, below the output folder, that its outputs' names begin with.
        folder: The output folder.
        work: A folder on the same disk for what is not finished.
        fingerprint: Of the settings, with the version that made the job.
    """

    input: str
    path: str
    name: str
    sha256: str
    size: int
    stem: str
    folder: str
    work: str
    settings: Settings
    fingerprint: str
