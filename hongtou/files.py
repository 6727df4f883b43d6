"""Write outputs so that a final name never holds half a file, and name them so that none meet."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from schema.errors import OutputError, UsageError


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a text (as UTF-8) or bytes beside its place, sync it, and rename it into place.

    Raises:
        OutputError: The folder or disk does not take it; the place is as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fchmod(file.fileno(), 0o666 & ~_umask())
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise OutputError("unwritable", path=str(path), reason=error.strerror or str(error)) from error


def _umask() -> int:
    """Give the process's mask for new files, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
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


def table_name(stem: Path, number: int, suffix: str) -> Path:
    """Give the name of a table's file: the first is ``NAME.csv``, the second ``NAME.2.csv``.

    >>> str(table_name(Path("out/x.pdf"), 2, "csv"))
    'out/x.pdf.2.csv'
    """
    middle = "" if number == 1 else f".{number}"
    return stem.with_name(f"{stem.name}{middle}.{suffix}")
