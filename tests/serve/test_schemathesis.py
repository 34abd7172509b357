"""The API against its own description: whatever that allows is answered as it says, and nothing brings it down."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.records import TEXT, record, whole_record
from support.server import OTHER, listening, write_run
from trialmine.serve.app import make_app
from trialmine.serve.pool import Pool

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
positive_data_acceptance = pytest.importorskip("schemathesis.specs.openapi.checks").positive_data_acceptance
pytestmark = pytest.mark.slow
EXAMPLES = int(os.environ.get("API_EXAMPLES", "12"))  # of each operation; thousands when the API has changed


def test_answers_are_as_described(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "close", lambda: None)
    run = write_run(tmp_path / "run", [(whole_record("first"), TEXT), (record(OTHER, doc_id="second"), OTHER)])
    statuses: Counter[int] = Counter()
    with listening(make_app(pool, pasted=tmp_path / "pasted", run=run)) as address:
        known = httpx.get(f"{address}/v1/records").json()["records"][0]["id"]
        described = schemathesis.openapi.from_url(f"{address}/v1/openapi.json")
        for operation in (found.ok() for found in described.get_all_operations()):

            @settings(
                max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
            )
            @given(case=operation.as_strategy(), there=st.booleans())
            def ask(case: Any, there: bool) -> None:
                if there and "id" in case.path_parameters:
                    case.path_parameters["id"] = known
                answer = case.call(base_url=address, timeout=60)
                statuses[answer.status_code] += 1
                assert answer.status_code != 500, answer.text
                # what is of the right form may still name a row that is not there
                case.validate_response(answer, excluded_checks=[positive_data_acceptance])

            ask()
    print(f"{sum(statuses.values())} requests: {dict(statuses)}")
    assert statuses[200] > 0
    assert statuses[404] > 0
