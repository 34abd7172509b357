"""The JSON Schema of the trial record, generated from the models."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from trialmine.records.trial import SCHEMA_VERSION, TrialRecord


class _KeysAlwaysWritten(GenerateJsonSchema):
    """A written record has every key, so every key is required, default or not."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,  # noqa: ARG002
        total: bool,  # noqa: ARG002
    ) -> bool:
        return True


def record_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a written record."""
    schema = TrialRecord.model_json_schema(mode="serialization", schema_generator=_KeysAlwaysWritten)
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": f"urn:trialmine:trial-record:{SCHEMA_VERSION}",
        **schema,
    }


def record_schema_text() -> str:
    """The schema as it is checked in: indented, with a closing line end."""
    return json.dumps(record_schema(), indent=2, ensure_ascii=False) + "\n"
