"""Find the inputs that a command names: folders, patterns, lists and addresses."""

from __future__ import annotations

import fnmatch
import glob
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from schema.errors import HongtouError, InputError, ProgramError, UsageError

#: What begins an address, and no path.
ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://")
#: The files that Word leaves beside an open document, and hidden ones.
LEFT_OUT = ("~$", ".")
#: The longest name of a file that file systems take, and what our outputs add to it (bytes).
LONGEST_NAME, LONGEST_ENDING = 255, 20
#: A name that ends as our outputs do would meet those of the input without the ending.
ENDED = re.compile(r"(.+)\.(?:[0-9]+|trace)")
#: Names that the manifests' own files have.
RESERVED = re.compile(r"manifest(?:\.[0-9]+-of-[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """Hold an input that was found.

    Args:
        name: Its path below the folder that was named, as the manifest calls it.
        path: The file, or the address.
    """

    name: str
    path: str

    @property
    def is_remote(self) -> bool:
        """Tell whether it has to be fetched."""
        return ADDRESS.match(self.path) is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Hold what a command names.

    Args:
        paths: Folders, files, patterns, or addresses of schemes in `schemes`.
        include: Patterns of which a file's path or name must fit one, where there are any.
        exclude: Patterns of which it may fit none.
        schemes: Of the addresses that may be fetched.
        output: The folder of outputs, which are no inputs.
    """

    paths: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    output: Path | None = None

    def takes(self, name: str) -> bool:
        """Tell whether the patterns let a file in.

        >>> Wanted((), include=("*.pdf",), exclude=("drafts/*",)).takes("2025/a.pdf")
        True
        """
        return (not self.include or _fits(name, self.include)) and not _fits(name, self.exclude)


def _fits(name: str, patterns: Iterable[str]) -> bool:
    last = os.path.basename(name)
    return any(fnmatch.fnmatch(name, pattern) or fnmatch.fnmatch(last, pattern) for pattern in patterns)


def find_inputs(wanted: Wanted, *, some: bool = True) -> list[Found]:
    """Find all inputs, each once, sorted by name.

    A file that is named itself is an input even where it is not there: its row says so.

    Args:
        wanted: What is named.
        some: Whether there must be one.

    Raises:
        UsageError: Nothing was found, two inputs have one name, or an address may not be fetched.
    """
    roots = [_root(path) for path in wanted.paths if not ADDRESS.match(path)]
    shared = os.path.commonpath(roots) if roots else ""
    found: dict[str, Found] = {}
    for path in wanted.paths:
        each = _fetched(path, wanted) if ADDRESS.match(path) else _local(path, shared, wanted)
        for one in each:
            before = found.setdefault(one.name, one)
            if before.path != one.path:
                raise UsageError("outputs-meet", first=before.path, second=one.path)
    if some and not found:
        raise UsageError("no-inputs", paths=" ".join(wanted.paths))
    return sorted(found.values(), key=lambda one: os.fsencode(one.name))


def _root(path: str) -> str:
    """Give the folder below which a path's inputs are named: itself, or the part before any pattern."""
    if glob.has_magic(path) and not os.path.lexists(path):
        parts = Path(path).parts
        path = str(Path(*(part for part in parts[: next(i for i, p in enumerate(parts) if glob.has_magic(p))])))
    elif not Path(path).is_dir():
        path = str(Path(path).parent)
    return os.path.abspath(path)


def _local(path: str, shared: str, wanted: Wanted) -> Iterator[Found]:
    """Give the inputs of one path on this machine."""
    if Path(path).is_dir():
        files: Iterable[str] = _walk(path, wanted)
    elif glob.has_magic(path) and not os.path.lexists(path):
        matches = [match for match in glob.glob(path, recursive=True) if not Path(match).is_dir()]
        files = (match for match in matches if not os.path.basename(match).startswith(LEFT_OUT))
    else:
        files = (path,)
    for file in files:
        absolute = os.path.abspath(file)
        name = os.path.relpath(absolute, shared)
        if wanted.takes(name):
            yield Found(name, absolute)


def _walk(folder: str, wanted: Wanted) -> Iterator[str]:
    """Give the plain files below a folder; folders that are links are not entered."""
    output = None if wanted.output is None else os.path.realpath(wanted.output)
    closed: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(parent, name)) != output
        )
        for name in files:
            path = os.path.join(parent, name)
            if not name.startswith(LEFT_OUT) and os.path.isfile(path):
                yield path
    # A folder that cannot be entered is an input that cannot be read: its row says so.
    yield from closed


def _fetched(address: str, wanted: Wanted) -> Iterator[Found]:
    """Give the inputs of one address."""
    found = ADDRESS.match(address)
    scheme = found[1] if found else ""
    if scheme not in wanted.schemes:
        raise UsageError("scheme", address=address, scheme=scheme)
    try:
        system, path = _file_system(address)
        paths = system.find(path) if system.isdir(path) else system.glob(path) if glob.has_magic(path) else [path]
    except HongtouError:
        raise
    except Exception as error:
        # Each of fsspec's file systems raises what its own library does.
        raise InputError("unreached-input", path=address, reason=_reason(error)) from error
    base = PurePosixPath(path if len(paths) != 1 or system.isdir(path) else str(PurePosixPath(path).parent))
    while any(glob.has_magic(part) for part in base.parts):
        base = base.parent
    for each in sorted(paths):
        name = str(PurePosixPath(each).relative_to(base))
        if not PurePosixPath(name).name.startswith(LEFT_OUT) and wanted.takes(name):
            yield Found(name, system.unstrip_protocol(each))


def _file_system(address: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - fsspec has no types
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - only addresses need it
    except ImportError as error:
        raise ProgramError("missing-package", name="fsspec", packages="fsspec") from error
    return url_to_fs(address)


def fetch(address: str, target: Path, most: Callable[[int], None]) -> None:
    """Fetch a file.

    Args:
        address: Of the file.
        target: Where to put it.
        most: Called with the number of bytes that came so far; raises where they are too many.

    Raises:
        InputError: It cannot be fetched, or is too large.
    """
    system, path = _file_system(address)
    try:
        with system.open(path, "rb") as source, target.open("wb") as copy:
            while piece := source.read(1 << 20):
                copy.write(piece)
                most(copy.tell())
    except HongtouError:
        raise
    except Exception as error:
        # Each of fsspec's file systems raises what its own library does.
        raise InputError("unreached-input", path=address, reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def output_names(names: Sequence[str]) -> dict[str, str]:
    """Give, for the inputs whose own name will not do, the path that their outputs' names begin with.

    A name may be too long with an ending behind it, or with one be another input's output or the
    manifest; such a name gets a digest of itself.

    >>> output_names(["a", "a.2", "b.2"])
    {'a.2': 'a.2~0baf0d14'}
    """
    known = set(names)
    return {name: _digested(name) for name in names if _needs_other_name(name, known)}


def _needs_other_name(name: str, known: set[str]) -> bool:
    ended = ENDED.fullmatch(name)
    meets = (ended is not None and ended[1] in known) or RESERVED.fullmatch(name) is not None
    return meets or len(os.fsencode(os.path.basename(name))) > LONGEST_NAME - LONGEST_ENDING


def _digested(name: str) -> str:
    folder, last = os.path.split(name)
    digest = hashlib.sha256(os.fsencode(last)).hexdigest()[:8]
    kept = os.fsencode(last)[: LONGEST_NAME - LONGEST_ENDING - 9].decode(errors="ignore")
    return os.path.join(folder, f"{kept}~{digest}")


def read_list(text: str) -> list[str]:
    r"""Give the paths of a list, one a line, or parted by NUL where there is one.

    >>> read_list("a.pdf\nb c.pdf\n")
    ['a.pdf', 'b c.pdf']
    """
    parted = text.split("\0") if "\0" in text else text.splitlines()
    return [path for path in parted if path]
