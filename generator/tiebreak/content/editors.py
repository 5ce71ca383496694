"""The schemas as JSON Schema, for editors."""

from collections.abc import Mapping
from typing import Any

from tiebreak.content.changes import ChangesEntry
from tiebreak.content.entry import Entry
from tiebreak.content.schema import ComparisonEntry, SubjectEntry
from tiebreak.content.settings import SettingsEntry
from tiebreak.content.table_schema import SharedFactorEntry
from tiebreak.model import ID_PATTERN

SCHEMAS: Mapping[str, type[Entry]] = {
    "comparison": ComparisonEntry,
    "subject": SubjectEntry,
    "factors": SharedFactorEntry,
    "site": SettingsEntry,
    "changes": ChangesEntry,
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, for editors. Raises KeyError for a name not in SCHEMAS."""
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    if name == "factors":
        definitions = schema.pop("$defs", {})
        schema = {
            "type": "object",
            "propertyNames": {"pattern": f"^{ID_PATTERN}$"},
            "additionalProperties": schema,
            "$defs": definitions,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_without_nulls(schema),
        "title": f"Tiebreak {name}",
    }


def _without_nulls(node: Any) -> Any:
    """A key that may be left out need not admit null, which authors would only write by accident."""
    if isinstance(node, list):
        return [_without_nulls(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _without_nulls(value) for key, value in node.items() if not (key == "default" and value is None)}
    choices = [choice for choice in node.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return {**{key: value for key, value in node.items() if key != "anyOf"}, **choices[0]}
    return {**node, "anyOf": choices} if choices else node
