"""`trialmine fetch` as a command: its screen, its exit codes, and its death in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from support.trial_services import Fault, Services, served
from trialmine.cli.app import app
from trialmine.errors import ConfigError


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("NCBI_API_KEY", raising=False)
    with served() as running:
        for name, path in (("EUTILS", "eutils"), ("EUROPE_PMC", "europepmc"), ("CLINICAL_TRIALS", "ctgov")):
            monkeypatch.setenv(f"TRIALMINE_{name}_URL", f"{running.url}/{path}/")
        yield running


def call(*args: str | Path, stdin: str = "") -> Result:
    return CliRunner().invoke(app, ["fetch", *map(str, args)], input=stdin)


def test_ids_from_everywhere(services: Services, tmp_path: Path) -> None:
    services.pmids = {"1": None, "2": None, "3": None}
    (tmp_path / "ids.txt").write_text("2 # two\n")
    result = call(
        "1", "-", "--ids", tmp_path / "ids.txt", "-o", tmp_path / "out", "--email", "me@example.org", stdin="3\n1\n"
    )
    assert result.exit_code == 0
    assert "3 of 3" in result.stdout
    assert sorted(p.name for p in (tmp_path / "out/pubmed").iterdir()) == ["1.xml", "2.xml", "3.xml"]
    assert services.asked[0][1]["email"] == "me@example.org"
    assert "mailto:me@example.org" in services.asked[0][1]["User-Agent"]


def test_what_did_not_come_is_listed(services: Services, tmp_path: Path) -> None:
    services.pmids = {"1": None}
    result = call("1", "2", "NCT0123", "-o", tmp_path)
    assert result.exit_code == 1
    assert "1 of 3" in result.stdout
    assert "2: PubMed has no record with this PMID. Check the number" in result.stdout
    assert "NCT0123: this is no id" in result.stdout
    rows = json.loads(call("1", "2", "NCT0123", "-o", tmp_path, "--json").stdout)
    assert [row["status"] for row in rows] == ["had", "not_found", "no_id"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("1",), "no folder"),
        (("-o", "{}/out"), "no id was given"),
        (("1", "-o", "{}/out", "--eutils-url", "ftp://example.org"), "no address"),
        (("--ids", "{}/none.txt", "-o", "{}/out"), "none.txt"),
    ],
)
def test_calls_that_make_no_sense(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    result = call(*(a.format(tmp_path) for a in args))
    assert isinstance(result.exception, ConfigError)
    assert said in str(result.exception)


def test_without_its_libraries_it_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "trialmine.fetch.client", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    result = call("1", "-o", tmp_path)
    assert isinstance(result.exception, ConfigError)
    assert "pip install 'trialmine[fetch]'" in str(result.exception)


def test_a_killed_run_is_taken_up_where_it_was(services: Services, tmp_path: Path) -> None:
    services.pmids = {"1": None}
    services.trials = {"NCT01234567": []}
    # PubMed answers at once, ClinicalTrials.gov is silent: the run is killed while it waits
    services.faults = [Fault(), Fault(silence=20)]
    command = [sys.executable, "-m", "trialmine", "fetch", "1", "NCT01234567", "-o", str(tmp_path / "out")]
    run = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + 60
    while len(services.asked) < 2 and time.monotonic() < ends:
        time.sleep(0.05)
    run.kill()
    run.wait()
    services.asked.clear()
    result = call("1", "NCT01234567", "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert [path for path, _ in services.asked] == ["/ctgov/studies"]
    assert not [
        p for p in (tmp_path / "out").rglob("*") if p.is_file() and p.name.startswith(".") and p.name != ".fetch.jsonl"
    ]
