"""Many clients at once: nobody's request is lost. `python tests/support/serve_bench.py` is the whole measurement."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from support.serve_bench import measure
from support.server import listening
from trialmine.serve.app import make_app
from trialmine.serve.limits import Limits
from trialmine.serve.pool import Pool


@pytest.fixture
def _kept_open(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "close", lambda: None)


@pytest.mark.slow
@pytest.mark.usefixtures("_kept_open")
def test_fifty_clients_lose_nothing(pool: Pool, tmp_path: Path) -> None:
    texts = [f"text {n}" for n in range(400)]
    with listening(make_app(pool, pasted=tmp_path / "pasted")) as address:
        seconds, told = asyncio.run(measure(address, texts, 50))
        assert (len(seconds), told) == (400, {"lost": 0, "busy": 0})
        assert httpx.get(f"{address}/v1/records?limit=1").json()["total"] == 400
        assert httpx.get(f"{address}/v1/health").json()["requests"]["reading"] == 0


@pytest.mark.slow
@pytest.mark.usefixtures("_kept_open")
def test_a_full_house_makes_clients_wait_and_loses_nothing(pool: Pool, tmp_path: Path) -> None:
    app = make_app(pool, pasted=tmp_path / "pasted", limits=Limits(requests=3))
    with listening(app) as address:
        seconds, told = asyncio.run(measure(address, ["slow one", "slow two"] * 4, 8))
    assert len(seconds) == 8
    assert told["lost"] == 0
    assert told["busy"] > 0


@pytest.mark.usefixtures("_kept_open")
def test_who_goes_away_leaves_the_place_to_others(pool: Pool, tmp_path: Path) -> None:
    app = make_app(pool, pasted=tmp_path / "pasted", limits=Limits(requests=1))
    texts = {"documents": [{"text": f"slow {n}"} for n in range(60)]}
    headers = {"Accept": "application/x-ndjson"}
    with listening(app) as address:
        with httpx.stream("POST", f"{address}/v1/records", json=texts, headers=headers) as answer:
            next(answer.iter_lines())
        for _ in range(100):
            answer = httpx.post(f"{address}/v1/records", json={"text": "after"}, timeout=60)
            if answer.status_code == 200:
                break
            assert answer.status_code == 503
        assert answer.json()["results"][0]["status"] == "ok"
