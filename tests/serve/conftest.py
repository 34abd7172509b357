"""A server over records made by hand: no model, one worker process for the whole folder of tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the serve extra is not installed")
pytest.importorskip("multipart", reason="the serve extra is not installed")

from fastapi.testclient import TestClient

from support.pipeline import TroubledPipeline
from support.records import TEXT, record, whole_record
from support.server import OTHER, Served, write_run
from trialmine.serve.app import make_app
from trialmine.serve.limits import Limits
from trialmine.serve.pool import Pool


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """A worker over the handmade pipeline, which some texts bring down."""
    shared = Pool(TroubledPipeline, workers=1, seconds=5)
    shared.start()
    yield shared
    shared.close()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run of two records."""
    return write_run(tmp_path / "run", [(whole_record("first"), TEXT), (record(OTHER, doc_id="second"), OTHER)])


@pytest.fixture
def served(pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Starts servers; all of them share the pool."""
    monkeypatch.setattr(pool, "close", lambda: None)
    clients: list[TestClient] = []

    def start(run: Path | None = None, limits: Limits | None = None) -> TestClient:
        app = make_app(pool, pasted=tmp_path / f"pasted{len(clients)}", run=run, limits=limits)
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.__exit__(None, None, None)
