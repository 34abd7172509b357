"""Run folders made by hand, and what the tests of the server share."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trialmine.records.trial import TrialRecord
from trialmine.report.run_folder import RECORDS, TEXTS

OTHER = "Patients took zorbadine 5 mg once daily."
Served = Callable[..., Any]  # starts a server over a run, if one is given, and gives a client of it


def write_run(folder: Path, documents: Iterable[tuple[TrialRecord, str]]) -> Path:
    """A run's folder with these records and texts."""
    folder.mkdir(parents=True)
    with (folder / RECORDS).open("w") as records, (folder / TEXTS).open("w") as texts:
        for made, text in documents:
            records.write(made.model_dump_json() + "\n")
            texts.write(json.dumps({"doc_id": made.doc_id, "record_id": made.record_id, "text": text}) + "\n")
    return folder


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem that an answer tells."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The app on a port of this machine, in a thread; gives its address."""
    import uvicorn  # noqa: PLC0415 - an extra that some suites go without

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
