"""What a record or a row states, as a hash: tells whether somebody who judged it has seen what stands there now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python

from trialmine.records.trial import TrialRecord
from trialmine.review.gold import gold_record


def facts_hash(record: TrialRecord) -> str:
    """The hash of what goes into a gold record."""
    return _hash(gold_record(record))


def row_hash(row: Mapping[str, Any]) -> str:
    """The hash of a row in its dict form, whatever its id."""
    return _hash({name: part for name, part in to_jsonable_python(row).items() if name != "id"})


def _hash(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode("ascii")).hexdigest()
