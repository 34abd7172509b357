"""Fetching from services that answer, misbehave, or have not got what is asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from fetch.conftest import FakeClock, Fetch
from ingest.reading import documents
from support.trial_services import Fault, Services
from trialmine import ingest
from trialmine.errors import ConfigError
from trialmine.fetch.folder import JOURNAL


def statuses(results: dict[str, object]) -> dict[str, str]:
    return {key: result.status for key, result in results.items()}  # type: ignore[attr-defined]


def test_every_kind_comes_and_is_read_again(services: Services, fetch: Fetch, tmp_path: Path) -> None:
    services.pmids = {"1": "PMC7", "2": None}
    services.pmcids = {"8"}
    services.europe_only = {"9"}
    services.trials = {"NCT01234567": ["NCT00000009"]}
    services.dois = {
        "10.1000/a": {"id": "2", "doi": "10.1000/A", "pmid": "2"},
        "10.1000/p": {"id": "PPR1", "doi": "10.1000/p", "title": "A preprint", "abstractText": "Ten men."},
    }
    words = ("1", "PMC8", "PMC9", "10.1000/a", "10.1000/p", "NCT01234567", "NCT00000009")
    results = fetch(*words)
    assert set(statuses(results).values()) == {"came"}
    files = {key: result.file for key, result in results.items()}
    assert files["doi:10.1000/a"] == "pubmed/2.xml"
    assert files["doi:10.1000/p"] == "europepmc/PPR1.json"
    assert files["pmcid:PMC9"] == "pmc/PMC9.nxml"
    read = documents(ingest.read([tmp_path / "out" / "pubmed", tmp_path / "out" / "pmc"]))
    assert [d.record_id for d in read] == ["pmid:1", "pmid:2", "pmcid:PMC8", "pmcid:PMC9"]
    assert "Velotinib in gout, part 1 – a trial." in read[0].text
    assert "velotinib 1 mg < 5 days" in read[0].text


def test_whole_articles_come_too_when_asked_for(services: Services, fetch: Fetch) -> None:
    services.pmids, services.pmcids = {"1": "PMC7", "2": None}, {"7"}
    assert list(fetch("1", "2")) == ["pmid:1", "pmid:2"]
    assert statuses(fetch("1", "2", full_text=True)) == {"pmid:1": "had", "pmid:2": "had", "pmcid:PMC7": "came"}
    services.asked.clear()
    assert set(statuses(fetch("1", "2", full_text=True)).values()) == {"had"}
    assert services.asked == []


def test_a_second_run_asks_for_nothing(services: Services, fetch: Fetch) -> None:
    services.pmids = {"1": None}
    services.trials = {"NCT01234567": []}
    services.dois = {"10.1000/a": {"id": "1", "doi": "10.1000/a", "pmid": "1"}}
    fetch("1", "NCT01234567", "10.1000/a")
    services.asked.clear()
    assert set(statuses(fetch("1", "NCT01234567", "10.1000/a")).values()) == {"had"}
    assert services.asked == []
    assert statuses(fetch("1", refresh=True)) == {"pmid:1": "came"}
    assert len(services.asked) == 1


def test_a_file_that_was_changed_or_lost_is_fetched_again(services: Services, fetch: Fetch, tmp_path: Path) -> None:
    services.pmids = {"1": None, "2": None}
    fetch("1", "2")
    whole = (tmp_path / "out/pubmed/1.xml").read_text()
    (tmp_path / "out/pubmed/1.xml").write_text(whole[:100])
    (tmp_path / "out/pubmed/2.xml").unlink()
    assert statuses(fetch("1", "2")) == {"pmid:1": "came", "pmid:2": "came"}
    assert (tmp_path / "out/pubmed/1.xml").read_text() == whole


def test_what_is_not_there_is_named_with_a_remedy(services: Services, fetch: Fetch) -> None:
    services.pmids = {"1": None}
    results = fetch("1", "2", "PMC3", "10.1000/none", "NCT01234567")
    assert statuses(results) == {
        "pmid:1": "came", "pmid:2": "not_found", "pmcid:PMC3": "not_found", "doi:10.1000/none": "not_found",
        "nct:NCT01234567": "not_found",
    }  # fmt: skip
    assert all(r.reason and r.remedy for r in results.values() if r.status == "not_found")
    assert statuses(fetch("8", "9")) == {"pmid:8": "not_found", "pmid:9": "not_found"}


PASSING = [
    Fault(status=429, headers={"Retry-After": "7"}),
    Fault(status=500),
    Fault(status=503, body=b""),
    Fault(cut=200),
    Fault(body=b"<PubmedArticleSet><PubmedArticle>"),
    Fault(body=b"<html>down for maintenance</html>", kind="text/html"),
    Fault(body=b'{"error": "busy"}', kind="application/json"),
    Fault(body=b"<other/>"),
    Fault(body=b""),
    Fault(reset=True),
    Fault(silence=1.5),
    Fault(headers={"Content-Encoding": "gzip"}, body=b"no gzip"),
]


@pytest.mark.parametrize(
    "fault", PASSING, ids=lambda f: f"{f.status}-{(f.body or b'')[:9]!r}-{f.cut}-{f.reset}-{f.silence}"
)
def test_a_fault_that_passes_costs_a_pause(services: Services, fetch: Fetch, fake: FakeClock, fault: Fault) -> None:
    services.pmids = {"1": None}
    services.faults = [fault]
    assert statuses(fetch("1", timeout=1)) == {"pmid:1": "came"}
    assert len(services.asked) == 2
    assert sum(fake.slept) >= 1


@pytest.mark.parametrize("as_date", [False, True])
def test_the_pause_that_a_service_asks_for_is_kept(
    services: Services, fetch: Fetch, fake: FakeClock, as_date: bool
) -> None:
    wait = format_datetime(datetime.now(UTC) + timedelta(seconds=60)) if as_date else "9"
    services.pmids = {"1": None}
    services.faults = [Fault(status=429, headers={"Retry-After": wait})]
    fetch("1")
    assert max(fake.slept) >= 9


def test_a_pause_of_hours_is_not_waited_for(services: Services, fetch: Fetch, fake: FakeClock) -> None:
    services.always = Fault(status=503, headers={"Retry-After": "7200"})
    (result,) = fetch("1").values()
    assert result.status == "failed"
    assert "7200 s" in (result.reason or "")
    assert sum(fake.slept) < 60


def test_a_service_that_never_answers_is_left_alone(services: Services, fetch: Fetch) -> None:
    services.always = Fault(status=500)
    results = fetch(*map(str, range(1, 11)), batch=2)
    assert set(statuses(results).values()) == {"failed"}
    assert len(services.asked) == 6  # two batches, three times each
    assert "HTTP 500" in (results["pmid:1"].reason or "")
    assert "not asked" in (results["pmid:9"].reason or "")
    assert "Give the same command again" in (results["pmid:9"].remedy or "")
    services.always, services.pmids = None, {str(n): None for n in range(1, 11)}
    assert set(statuses(fetch(*map(str, range(1, 11)))).values()) == {"came"}


def test_one_service_that_is_down_stops_no_other(services: Services, fetch: Fetch) -> None:
    services.trials = {"NCT01234567": []}
    services.faults = [Fault(status=500)] * 3
    assert statuses(fetch("1", "NCT01234567")) == {"pmid:1": "failed", "nct:NCT01234567": "came"}


def test_an_id_that_spoils_its_batch_costs_itself(services: Services, fetch: Fetch) -> None:
    services.pmids = {str(n): None for n in range(1, 9)}
    services.spoilt_by = "5"
    results = fetch(*services.pmids)
    assert [key for key, r in results.items() if r.status != "came"] == ["pmid:5"]


@pytest.mark.parametrize(("key", "per_second"), [(None, 3), ("secret", 10)])
def test_the_rate_limit_is_kept(
    services: Services, fetch: Fetch, fake: FakeClock, key: str | None, per_second: int
) -> None:
    services.pmids = {str(n): None for n in range(1, 32)}
    fetch(*services.pmids, key=key, batch=1)
    assert len(services.asked) == 31
    assert fake.time == pytest.approx(30 / per_second)


def test_the_api_key_is_sent_and_nowhere_kept(services: Services, fetch: Fetch, tmp_path: Path) -> None:
    services.pmids = {"1": None}
    results = fetch("1", "2", key="secret")
    assert services.asked[0][1]["api_key"] == "secret"
    assert services.asked[0][1]["tool"] == "trialmine"
    assert "secret" not in repr(results)
    assert all("secret" not in p.read_text() for p in (tmp_path / "out").rglob("*") if p.is_file())


def test_a_wrong_api_key_is_a_mistake_of_the_call(services: Services, fetch: Fetch) -> None:
    services.always = Fault(status=400, body=b'{"error":"API key invalid"}')
    with pytest.raises(ConfigError, match="NCBI_API_KEY"):
        fetch("1", "2", key="wrong")


def test_a_journal_cut_off_in_a_line_is_read_and_goes_on(services: Services, fetch: Fetch, tmp_path: Path) -> None:
    services.pmids = {"1": None, "2": None}
    fetch("1", "2")
    journal = tmp_path / "out" / JOURNAL
    journal.write_bytes(journal.read_bytes()[:-20])
    assert statuses(fetch("1", "2")) == {"pmid:1": "had", "pmid:2": "came"}
    assert statuses(fetch("1", "2")) == {"pmid:1": "had", "pmid:2": "had"}
    assert [json.loads(line)["id"] for line in journal.read_text().splitlines() if line.endswith("}")]
