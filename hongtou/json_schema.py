"""Make the JSON Schema of the output, and the Table Schema of a profile's CSV."""

from __future__ import annotations

import json
from typing import Any

from schema.errors import UsageError
from schema.notice import Notice
from schema.profile import Field, Kind, Profile, built_in_profiles

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: The JSON type of each kind; what cannot be read as its kind stays the printed text.
JSON_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.INTEGER: {"type": ["integer", "string", "null"]},
    Kind.NUMBER: {"type": ["number", "string", "null"]},
    Kind.DATE: {"type": ["string", "null"]},
    Kind.PEOPLE: {"type": "array", "items": {"type": "string"}},
    Kind.UNITS: {"type": "array", "items": {"type": "string"}},
}
TEXT_TYPE: dict[str, Any] = {"type": "string"}
TABLE_TYPES = {Kind.INTEGER: "integer", Kind.NUMBER: "number"}


def notice_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of ``hongtou/1``, the rows of each built-in profile included."""
    made = Notice.model_json_schema(mode="serialization")
    definitions = made["$defs"]
    definitions["Place"] = Notice.model_json_schema(mode="validation")["$defs"]["Place"]
    definitions["Table"]["allOf"] = []
    for profile in built_in_profiles():
        name = f"Row.{profile.name}"
        definitions[name] = row_schema(profile)
        definitions["Table"]["allOf"].append(
            {
                "if": {"properties": {"profile": {"const": profile.name}}, "required": ["profile"]},
                "then": {"properties": {"rows": {"items": {"$ref": f"#/$defs/{name}"}}}},
            }
        )
    return {"$schema": DIALECT, **made}


def row_schema(profile: Profile) -> dict[str, Any]:
    """Give the JSON Schema of a profile's rows; a column that it does not know may be there too."""
    properties = {field.name: _property(field) for field in profile.fields}
    return {"type": "object", "title": profile.title["zh"], "properties": properties, "required": ["places"]}


def _property(field: Field) -> dict[str, Any]:
    return {**JSON_TYPES.get(field.kind, TEXT_TYPE), "title": field.title["zh"]}


def table_schema(name: str) -> dict[str, Any]:
    """Give the Table Schema (Frictionless) of a profile's CSV.

    Raises:
        UsageError: There is no such profile.
    """
    profiles = {profile.name: profile for profile in built_in_profiles()}
    if name not in profiles:
        raise UsageError("unknown-profile", name=name, known="、".join(profiles))
    fields = [
        {
            "name": field.title["zh"],
            "title": field.title["zh"],
            "type": TABLE_TYPES.get(field.kind, "string"),
            "constraints": {"required": field.required, "unique": field.key},
        }
        for field in profiles[name].fields
    ]
    keys = [field.title["zh"] for field in profiles[name].fields if field.key]
    return {"fields": fields, "primaryKey": keys, "missingValues": [""]}


def to_text(schema: dict[str, Any]) -> str:
    """Give a schema as text."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
