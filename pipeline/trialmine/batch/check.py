"""The last look at a record before it is written: its own models read it back, and every quote stands in the text."""

from __future__ import annotations

from trialmine.records.trial import TrialRecord


def checked_line(record: TrialRecord, text: str) -> str:
    """The record as one line of JSON.

    Raises:
        ValueError: the record breaks the contract, or a quote is not what stands at its place.
    """
    line = record.model_dump_json()
    TrialRecord.model_validate_json(line)
    record.check_quotes(text)
    return line
