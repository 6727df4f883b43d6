"""Read profiles that a user wrote, say what is wrong with one, and list those that come with Hongtou."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator, model_validator

from hongtou.messages import Language
from hongtou.toml_file import read_toml
from schema.errors import UsageError
from schema.profile import Declared, Field, Kind, Profile, built_in_profiles

#: A title, or one a language.
Title = str | dict[str, str]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Label = Annotated[str, StringConstraints(min_length=1)]
#: Names that a row has already.
RESERVED = frozenset({"places"})

Loc = tuple[int | str, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class FieldEntry(_Entry):
    """One ``[[fields]]`` of a profile's file."""

    name: Name
    kind: str
    labels: list[Label]
    title: Title | None = None
    key: bool = False
    carry: bool = False
    required: bool = False

    @field_validator("kind")
    @classmethod
    def _is_kind(cls, kind: str) -> str:
        kinds = [each.value for each in Kind]
        if kind not in kinds:
            message = f"must be one of {', '.join(kinds)}, not {kind!r}"
            raise ValueError(message)
        return kind

    @field_validator("labels")
    @classmethod
    def _is_labelled(cls, labels: list[str]) -> list[str]:
        if not labels:
            message = "must name at least one printed label"
            raise ValueError(message)
        return labels

    @field_validator("name")
    @classmethod
    def _is_free(cls, name: str) -> str:
        if name in RESERVED:
            message = f"must not be {name!r}, which every row has"
            raise ValueError(message)
        return name


class DeclaredEntry(_Entry):
    """One ``[[declared]]`` of a profile's file."""

    name: Name
    measures: list[Label]
    column: str | None = None


class ProfileEntry(_Entry):
    """A profile's file."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Title | None = None
    minimum: int | None = None
    identifying: list[str] | None = None
    fields: list[FieldEntry]
    declared: list[DeclaredEntry] = []

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        names = [field.name for field in self.fields]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            message = f"fields must have names of their own; {doubled[0]!r} stands twice"
            raise ValueError(message)
        strange = [name for name in self.identifying or [] if name not in names]
        strange += [entry.column for entry in self.declared if entry.column and entry.column not in names]
        if strange:
            message = f"{strange[0]!r} must be the name of one of the fields: {', '.join(names)}"
            raise ValueError(message)
        if sum(field.key for field in self.fields) > 1:
            message = "only one field may be the key"
            raise ValueError(message)
        return self


def read_profile(path: Path) -> Profile:
    """Read a profile's file.

    Raises:
        InputError: It cannot be read.
        UsageError: It is no TOML, or not a profile; the error names the line and what is expected.
    """
    return _profile(read_toml(path, ProfileEntry, "wrong-profile"))


def _titles(title: Title | None, default: str) -> dict[str, str]:
    """Give a title for each language, whatever the file says of it."""
    if isinstance(title, dict):
        some = next(iter(title.values()), default)
        return {"zh": title.get("zh", some), "en": title.get("en", some)}
    return {"zh": title or default, "en": title or default}


def _profile(entry: ProfileEntry) -> Profile:
    names = [field.name for field in entry.fields]
    return Profile(
        name=entry.name,
        title=_titles(entry.title, entry.name),
        fields=tuple(
            Field(
                name=field.name,
                kind=Kind(field.kind),
                labels=tuple(field.labels),
                title=_titles(field.title, field.labels[0]),
                key=field.key,
                carry=field.carry,
                required=field.required,
            )
            for field in entry.fields
        ),
        declared=tuple(Declared(each.name, tuple(each.measures), each.column) for each in entry.declared),
        identifying=frozenset(names if entry.identifying is None else entry.identifying),
        minimum=min(2, len(names)) if entry.minimum is None else entry.minimum,
        own=True,
    )


def chosen_profiles(paths: Iterable[str]) -> tuple[Profile, ...]:
    """Give the user's profiles in order, then the built-in ones.

    Raises:
        InputError: A file cannot be read.
        UsageError: A file is not a profile.
    """
    return (*(read_profile(Path(path)) for path in paths), *built_in_profiles())


def listed(language: Language) -> str:
    """List the built-in profiles: name, title and fields with their printed labels."""
    lines = []
    for profile in built_in_profiles():
        lines.append(f"{profile.name}  {profile.title[language]}")
        lines += [f"    {f.name:18} {f.kind.value:8} {'、'.join(f.labels[:4])}" for f in profile.fields]
    return "\n".join(lines) + "\n"


def source_of(name: str) -> str:
    """Give a built-in profile's file, to start one of one's own from.

    Raises:
        UsageError: There is no such profile.
    """
    if name not in [profile.name for profile in built_in_profiles()]:
        raise UsageError("unknown-profile", name=name, known=", ".join(p.name for p in built_in_profiles()))
    return (resources.files("schema.profiles") / f"{name}.toml").read_text(encoding="utf-8")
