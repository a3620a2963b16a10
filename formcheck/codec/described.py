"""JSON Schemas of what is written, from the adapters that write it."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Untitled(GenerateJsonSchema):
    """Without a title for each field, which would only be its name once more."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def described(adapter: TypeAdapter[Any], mode: JsonSchemaMode = "serialization") -> dict[str, Any]:
    """The JSON Schema of what an adapter writes, or (``mode`` "validation") of what it reads."""
    return {"$schema": _DIALECT, **adapter.json_schema(mode=mode, schema_generator=_Untitled)}
