"""Find each transcript's original in a folder: by document number, and then by name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from hongtou.checking.transcript import Transcript
from hongtou.pipeline import Conversion, convert_file
from hongtou.report import progress_bar
from normalize.head import read_head
from schema.errors import InputError
from schema.profile import Profile

#: So many conversions are kept for the next transcript.
KEPT = 4
#: What files that hold transcripts or originals are called.
TRANSCRIPTS = frozenset({".txt", ".csv", ".tsv", ".xlsx", ".json"})
ORIGINALS = frozenset({".pdf", ".docx", ".txt", ".csv", ".tsv", ".xlsx"})


def files_in(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """Give a folder's files of these names, its folders' too, in order; hidden and lock files are left out."""
    found = []
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.suffix.lower() in suffixes:
            found.append(path)
    return found


def plain_name(path: Path) -> str:
    """Give a file's name without what tells its format, or which of several tables it holds.

    >>> plain_name(Path("a/闵委办发〔2025〕3号.pdf.2.csv"))
    '闵委办发〔2025〕3号'
    """
    name = path.name
    while True:
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, no path
        if suffix.lower() not in TRANSCRIPTS | ORIGINALS and not suffix[1:].isdecimal():
            return name
        name = stem


class Originals:
    """Hold the originals of a run; each is converted, with both readers, when it is needed.

    Only the last few are kept, so that a folder of thousands takes no more memory than one of ten.

    Args:
        path: A file, the original of every transcript, or a folder to find them in.
    """

    def __init__(self, path: Path, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._single = not path.is_dir()
        self.files = [path] if self._single else files_in(path, ORIGINALS)
        self.used: set[Path] = set()
        self._read: dict[Path, Conversion] = {}
        self._numbers: dict[Path, str | None] = {}

    def conversion(self, path: Path) -> Conversion:
        """Convert an original.

        Raises:
            InputError: It cannot be read.
        """
        if path not in self._read:
            if len(self._read) == KEPT:
                del self._read[next(iter(self._read))]
            with progress_bar(path.name) as progress:
                self._read[path] = convert_file(path, self._profiles, progress, verify=True)
        self.used.add(path)
        return self._read[path]

    def of(self, transcript: Transcript) -> Path | None:
        """Give a transcript's original, or ``None`` where no document number and no name fits."""
        if self._single:
            return self.files[0]
        others = [path for path in self.files if path.resolve() != transcript.path.resolve()]
        number = read_head(transcript.original).document_number
        named = [path for path in others if plain_name(path) == plain_name(transcript.path)]
        if number is None:
            return named[0] if named else None
        # Those of the same name are looked at first: most often it is one of them.
        by_number = next((path for path in (*named, *others) if self._number(path) == number), None)
        return by_number or next(iter(named), None)

    def _number(self, path: Path) -> str | None:
        """Give an original's document number; one that cannot be read has none, and is reported when it is needed."""
        if path not in self._numbers:
            used = path in self.used
            try:
                self._numbers[path] = self.conversion(path).normalized.head.document_number
            except InputError:
                self._numbers[path] = None
            # Looking for a number is no use of it.
            if not used:
                self.used.discard(path)
        return self._numbers[path]
