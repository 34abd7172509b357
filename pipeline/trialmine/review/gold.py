"""Gold records made of reviewed ones: to score a pipeline against, or to teach it."""

from __future__ import annotations

from typing import Any

from trialmine.records.trial import TrialRecord

_LEFT_OUT = ("schema_version", "record_id", "source", "cleaning", "warnings")  # what no annotator states


def gold_record(record: TrialRecord) -> dict[str, Any]:
    """The record in the form of gold records: keys without a value left out, and a verbatim quote for every row."""
    told: dict[str, Any] = _stated(record.model_dump(mode="json"))
    for name in _LEFT_OUT:
        told.pop(name, None)
    return told


def _stated(value: Any) -> Any:
    if isinstance(value, list):
        return [_stated(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _stated(part) for name, part in value.items()}
    if kept.get("evidence"):
        kept["quote"] = kept["evidence"][0]["quote"]
    # an unlimited grade says something that a missing one does not
    return {
        name: part for name, part in kept.items() if part not in (None, [], {}) or (name == "high" and "low" in kept)
    }
