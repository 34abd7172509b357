from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from support.records import record, whole_record
from trialmine.report.schema import record_schema, record_schema_text

CHECKED_IN = Path(__file__).resolve().parents[2] / "docs" / "trial-record.schema.json"


def test_checked_in_schema_is_that_of_the_code() -> None:
    assert CHECKED_IN.read_text(encoding="utf-8") == record_schema_text(), "run: make schema"


def test_written_records_fit_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(record_schema())
    jsonschema.Draft202012Validator.check_schema(record_schema())
    for written in (whole_record(), record("nothing")):
        assert not list(validator.iter_errors(json.loads(written.model_dump_json())))


@pytest.mark.parametrize("key", ["dosing", "design", "warnings", "source", "schema_version"])
def test_every_key_is_required(key: str) -> None:
    row = json.loads(whole_record().model_dump_json())
    del row[key]
    with pytest.raises(jsonschema.ValidationError, match="required"):
        jsonschema.validate(row, record_schema())


def test_unknown_keys_are_refused() -> None:
    row = {**json.loads(record("x").model_dump_json()), "verdict": "good"}
    with pytest.raises(jsonschema.ValidationError, match="Additional properties"):
        jsonschema.validate(row, record_schema())
