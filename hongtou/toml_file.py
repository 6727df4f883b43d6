"""Read TOML files that a user writes for us, and say of a wrong one at which line it is, and what is expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from schema.errors import InputError, UsageError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, model: type[Model], error_name: str, section: str | None = None) -> Model:
    """Read a file, or one section of it, into a model; a section that is not there is empty.

    Args:
        path: Of the file.
        model: What it should be.
        error_name: The catalogue's name for a file that is wrong; it tells path, line and reason.
        section: The name of a top-level table.

    Raises:
        InputError: It is not there, cannot be read, or is not in UTF-8.
        UsageError: It is no TOML, or not as the model has it.
    """
    text = _text(path)
    try:
        data = tomllib.loads(text)
        return model.model_validate(data if section is None else data.get(section, {}))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise UsageError(error_name, path=str(path), line=str(line), reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        # Pydantic marks a fault in a mapping's key by a part of its own; the key stands before it.
        loc = [part for part in first["loc"] if part != "[key]"]
        line = line_of(text, loc if section is None else loc[-1:])
        raise UsageError(error_name, path=str(path), line=str(line), reason=_expected(loc, first)) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError("missing-input", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("unreadable-input", path=str(path), reason=str(error)) from error


def _expected(loc: Sequence[int | str], error: Mapping[str, Any]) -> str:
    """Say where in the file's structure the error is, and what is expected there."""
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    message = error["msg"].removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def line_of(text: str, loc: Sequence[int | str]) -> int:
    r"""Give the line, counting from 1, at which a member of a TOML file stands, or its table where it is missing.

    >>> line_of("name = 'a'\n[[fields]]\nname = 'n'\n[[fields]]\nkind = 'x'\n", ("fields", 1, "kind"))
    5
    >>> line_of("name = 'a'\n[[fields]]\nname = 'n'\n", ("fields", 0, "labels"))
    2
    """
    lines = text.splitlines()
    first, last = 0, len(lines)
    keys = [str(part) for part in loc if isinstance(part, str)]
    if len(loc) > 1 and isinstance(loc[1], int):
        heads = [i for i, line in enumerate(lines) if line.strip().startswith(f"[[{loc[0]}]]")]
        if loc[1] < len(heads):
            first = heads[loc[1]]
            last = next((i for i in range(first + 1, last) if lines[i].lstrip().startswith("[")), last)
        keys = keys[1:]
    for index in range(first, last):
        if keys and re.match(rf"\s*{re.escape(keys[0])}\s*=", lines[index]):
            return index + 1
    return first + 1
