"""Write outputs so that a final name never holds half a file, and name them so that none meet."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from schema.errors import OutputError, UsageError


def write_pieces(file: IO[bytes], pieces: Iterable[str]) -> int:
    """Write a text in pieces, as UTF-8; give how many bytes it has.

    Raises:
        OSError: The disk does not take it.
    """
    return sum(file.write(piece.encode()) for piece in pieces)


def write_whole(path: Path, content: bytes | str | Iterable[str]) -> None:
    """Write bytes, or a text (as UTF-8) or its pieces, beside its place, sync it, and rename it into place.

    Raises:
        OutputError: The folder or disk does not take it; the place is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                if isinstance(content, bytes):
                    file.write(content)
                else:
                    write_pieces(file, (content,) if isinstance(content, str) else content)
                file.flush()
                os.fchmod(file.fileno(), 0o666 & ~_UMASK)
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise OutputError("unwritable", path=str(path), reason=error.strerror or str(error)) from error


def put_in_place(source: Path, endings: Iterable[str], folder: Path, stem: str) -> list[tuple[str, str]]:
    """Sync finished files and rename them to their final names; give those, below the folder, and their digests.

    Args:
        source: The folder that holds them, each named by its ending, on the same disk.
        endings: Of their final names.
        folder: The output folder.
        stem: What the final names begin with, below it.

    Raises:
        OutputError: The folder or disk does not take them.
    """
    placed: list[tuple[str, str]] = []
    home = (folder / stem).parent
    try:
        _make_folder(home)
        for ending in endings:
            name = f"{stem}.{ending}"
            with (source / ending).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                os.fchmod(file.fileno(), 0o666 & ~_UMASK)
                os.fsync(file.fileno())
            (source / ending).replace(folder / name)
            placed.append((name, digest))
        if placed:
            sync_folder(home)
    except OSError as error:
        raise OutputError("unwritable", path=str(home), reason=error.strerror or str(error)) from error
    return placed


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that they outlive a loss of power."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def _umask() -> int:
    """Give the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


#: Read once, at the start: the mask is the process's, and other threads make files meanwhile.
_UMASK = _umask()


def sync_folder(folder: Path) -> None:
    """Have the disk hold what was made, renamed or removed in a folder.

    Raises:
        OSError: It cannot.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def output_stems(inputs: Sequence[Path], folder: Path) -> list[Path]:
    """Give each input the path that its outputs' names begin with, the inputs' folders mirrored.

    The folders that all inputs share are left out, so that one input gives ``FOLDER/NAME``.

    Raises:
        UsageError: Two inputs would be written to the same files.

    >>> [str(p) for p in output_stems([Path("in/a/x.pdf"), Path("in/b/x.pdf")], Path("out"))]
    ['out/a/x.pdf', 'out/b/x.pdf']
    """
    absolute = [Path(os.path.abspath(path)) for path in inputs]  # noqa: PTH100 - links keep their names
    shared = Path(os.path.commonpath([path.parent for path in absolute]))
    stems = [folder / path.relative_to(shared) for path in absolute]
    seen: dict[Path, Path] = {}
    for stem, path in zip(stems, inputs, strict=True):
        if stem in seen:
            raise UsageError("outputs-meet", first=str(seen[stem]), second=str(path))
        seen[stem] = path
    return stems
