"""A server for each test, a clock that runs when it is told to, and a way to fetch from the one by the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.trial_services import Services, served
from trialmine.fetch import services as sources
from trialmine.fetch.asked import asked_for
from trialmine.fetch.client import Client, Tries
from trialmine.fetch.fetching import Fetching, Result
from trialmine.fetch.folder import Folder
from trialmine.fetch.rate import Clock

Fetch = Callable[..., dict[str, Result]]


@dataclass
class FakeClock:
    """Time that passes by sleeping alone."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.sleep)


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served() as running:
        yield running


@pytest.fixture
def fake() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fetch(services: Services, fake: FakeClock, tmp_path: Path) -> Iterator[Fetch]:
    """Fetches words into `tmp_path / "out"`: (*words, full_text, refresh, key, batch, timeout) -> results by id."""
    clients: list[Client] = []

    def run(
        *words: str,
        full_text: bool = False,
        refresh: bool = False,
        key: str | None = None,
        batch: int = 200,
        timeout: float = 5,
    ) -> dict[str, Result]:
        clients.append(Client(Tries(timeout=timeout, attempts=3), fake.clock))
        identity = {"tool": "trialmine"} | ({"api_key": key} if key else {})
        ncbi = sources.eutils(f"{services.url}/eutils", key)
        europe = sources.europe_pmc(f"{services.url}/europepmc")
        trials = sources.clinical_trials(f"{services.url}/ctgov")
        fetching = Fetching(
            clients[-1],
            Folder(tmp_path / "out"),
            {
                "doi": sources.EuropePmc(europe),
                "pmid": sources.PubMed(ncbi, identity, batch),
                "pmcid": sources.PubMedCentral(ncbi, identity, europe),
                "nct": sources.ClinicalTrials(trials),
            },
            full_text=full_text,
            refresh=refresh,
        )
        asked = [a for word in words if (a := asked_for(word))]
        assert len(asked) == len(words)
        return {r.asked.key: r for r in fetching.run(asked)}

    yield run
    for client in clients:
        client.close()
