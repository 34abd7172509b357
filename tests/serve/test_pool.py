from __future__ import annotations

from queue import SimpleQueue
from typing import Any

import pytest

from support.pipeline import ModellessPipeline, TroubledPipeline
from support.records import TEXT
from trialmine.errors import ModelError
from trialmine.records.document import Document
from trialmine.serve.pool import Pool
from trialmine.serve.worker import Extraction, Upload


def done(pool: Pool, text: str) -> dict[str, Any]:
    told: SimpleQueue[dict[str, Any]] = SimpleQueue()
    pool.submit(Extraction(Document(text, "text")), told.put)
    return told.get(timeout=60)


@pytest.mark.slow
def test_what_hangs_or_dies_costs_itself_alone() -> None:
    pool = Pool(TroubledPipeline, workers=1, seconds=1)
    try:
        pool.start()
        assert "more than 1 s" in done(pool, "hang")["error"]
        assert done(pool, TEXT)["event"] == "record"
        assert "ended the process" in done(pool, "exit")["error"]
        assert done(pool, TEXT)["event"] == "record"
    finally:
        pool.close()


def test_a_model_that_is_missing_is_said_at_the_start() -> None:
    pool = Pool(ModellessPipeline, workers=1)
    with pytest.raises(ModelError):
        pool.start()
    assert "model is missing" in done(pool, TEXT)["error"]
    pool.close()


def test_a_task_that_nobody_waits_for_is_left_out(pool: Pool) -> None:
    told: SimpleQueue[str] = SimpleQueue()
    first = pool.submit(Extraction(Document("slow", "text")), lambda event: told.put(f"1 {event['event']}"))
    second = pool.submit(Extraction(Document("slow", "text")), lambda event: told.put("2"))
    pool.submit(Upload("x.txt", b"hello"), lambda event: told.put(f"3 {event['event']}"))
    second.cancel()
    assert [told.get(timeout=30), told.get(timeout=30)] == ["1 record", "3 documents"]
    first.cancel()
