"""How the server bears up: clients at once, requests in all, none lost, how long each took, beside the bare pipeline.

    python tests/support/serve_bench.py --clients 50 --requests 2000

The server is a process of its own on this machine, as `trialmine serve` starts it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.trial_texts import trial_text
from trialmine.flow import load


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of requests and of the bare pipeline; `lost` are requests that gave no record, busy ones tried again."""

    clients: int
    requests: int
    lost: int
    busy: int
    seconds: float
    per_second: float
    median: float
    p95: float
    worst: float
    bare_median: float
    bare_p95: float


@contextmanager
def served(*options: str) -> Iterator[str]:
    """`trialmine serve` on a free port; gives its address."""
    command = [sys.executable, "-m", "trialmine", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = None
        for line in process.stderr:
            if found := re.search(r"http://\S+:(\d+)", line):
                break
        if found is None:
            raise SystemExit("the server did not start")
        yield f"http://127.0.0.1:{found[1]}"
        process.terminate()


async def _ask(client: httpx.AsyncClient, text: str, told: dict[str, int]) -> float:
    start = time.perf_counter()
    while True:
        answer = await client.post("/v1/records", json={"text": text})
        if answer.status_code != 503:
            break
        told["busy"] += 1
        await asyncio.sleep(float(answer.headers["retry-after"]))
    if answer.status_code != 200 or answer.json()["results"][0]["status"] != "ok":
        told["lost"] += 1
    return time.perf_counter() - start


async def measure(address: str, texts: list[str], clients: int) -> tuple[list[float], dict[str, int]]:
    """Every text once, by so many clients at a time; seconds of each, and how many were lost or told to wait."""
    told, seconds, waiting = {"lost": 0, "busy": 0}, list[float](), iter(texts)
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=600, limits=limits) as client:

        async def one() -> None:
            for text in waiting:
                seconds.append(await _ask(client, text, told))

        await asyncio.gather(*(one() for _ in range(clients)))
    return seconds, told


def bare(texts: list[str]) -> list[float]:
    """Seconds that the pipeline itself takes for each text, once it is warm."""
    pipeline = load()
    pipeline.extract(texts[0])
    seconds = []
    for text in texts:
        start = time.perf_counter()
        pipeline.extract(text)
        seconds.append(time.perf_counter() - start)
    return seconds


def run(clients: int, requests: int, *options: str) -> Load:
    """The figures of one load."""
    texts = [trial_text(seed) for seed in range(requests)]
    alone = bare(texts[:100])
    with tempfile.TemporaryDirectory() as folder, served("-o", folder, *options) as address:
        start = time.perf_counter()
        seconds, told = asyncio.run(measure(address, texts, clients))
        whole = time.perf_counter() - start
    cuts, bare_cuts = quantiles(seconds, n=20), quantiles(alone, n=20)
    return Load(
        clients, len(seconds), told["lost"], told["busy"], whole, len(seconds) / whole, cuts[9], cuts[18], max(seconds),
        bare_cuts[9], bare_cuts[18],
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("options", nargs="*", help="options of trialmine serve")
    asked = parser.parse_args()
    figures = asdict(run(asked.clients, asked.requests, *asked.options))
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))
