"""Read the ``[check]`` section of ``hongtou.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hongtou.messages import catalogue
from hongtou.toml_file import read_toml

#: Read where the command runs, unless another file is named.
FILE = "hongtou.toml"
Level = Literal["off", "note", "warning", "error"]


def _is_rule(name: str) -> str:
    if name not in catalogue()["differences"] and name not in catalogue()["checks"]:
        message = f"there is no rule {name!r}; `hongtou rules` lists them"
        raise ValueError(message)
    return name


class CheckSettings(BaseModel):
    """What the ``[check]`` section may hold; the command line's options come first.

    Paths are relative to the file that names them.
    """

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    against: str | None = None
    baseline: str | None = None
    profile: list[str] = []
    fail_on: Literal["note", "warning", "error", "never"] | None = Field(None, alias="fail-on")
    strict: bool = False
    severity: Mapping[Annotated[str, AfterValidator(_is_rule)], Level] = {}


def read_settings(path: Path | None) -> CheckSettings:
    """Read the settings of a file, or of ``hongtou.toml`` where there is one.

    Raises:
        InputError: The file that was named cannot be read.
        UsageError: It is no TOML, or its section is wrong; the error names the line and what is expected.
    """
    if path is None and not Path(FILE).exists():
        return CheckSettings()
    file = path or Path(FILE)
    return _beside(read_toml(file, CheckSettings, "wrong-config", "check"), file.parent)


def _beside(settings: CheckSettings, folder: Path) -> CheckSettings:
    """Give the settings with their paths seen from where the command runs."""

    def placed(name: str | None) -> str | None:
        return None if name is None else str(folder / name)

    changed = {
        "against": placed(settings.against),
        "baseline": placed(settings.baseline),
        "profile": [str(folder / name) for name in settings.profile],
    }
    return settings.model_copy(update=changed)
