"""The last look at a record before it is written: its own models read it back, and every quote stands in the text."""

from __future__ import annotations

from pydantic_core import PydanticSerializationError

from trialmine.records.trial import TrialRecord


def checked_line(record: TrialRecord, text: str) -> str:
    """The record as one line of JSON.

    Raises:
        ValueError: the record breaks the contract, or a quote is not what stands at its place.
    """
    try:
        line = record.model_dump_json()
    except PydanticSerializationError as error:  # names and quotes come from the text as it is
        raise ValueError(f"its text can't be written as UTF-8; mend its broken characters ({error})") from error
    TrialRecord.model_validate_json(line)
    record.check_quotes(text)
    return line
