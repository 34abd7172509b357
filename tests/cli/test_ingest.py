"""`trialmine ingest`: what it shows, writes and says at the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trialmine import ingest
from trialmine.cli.app import app
from trialmine.records.document import Document

ROWS = (
    '{"text": "Ten men took velotinib.", "pmid": 1}\n'
    '{"text": "Ten men took\\nvelotinib."}\n'
    '{"text": "Nine women (NCT0123456).", "pmid": 2}\n'
    "broken\n"
)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS)
    return path


def test_what_was_read_joined_and_refused_is_shown(rows: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    result = CliRunner().invoke(app, ["ingest", str(rows), "-o", str(corpus)])
    assert result.exit_code == 1
    assert "2 documents, 1 joined, 1 refused" in result.stdout
    assert "has the text of pmid:1" in result.stdout
    assert "line 4: the line is no JSON" in result.stdout
    assert "NCT0123456 is broken" in result.stdout
    assert [d.pmid for d in ingest.read([corpus]) if isinstance(d, Document)] == ["1", "2"]


def test_json_has_it_all(rows: Path) -> None:
    result = CliRunner().invoke(app, ["ingest", str(rows), "--json", "--keep-duplicates"])
    shown = json.loads(result.stdout)
    assert (shown["documents"], shown["joined"], len(shown["refused"])) == (3, [], 1)
    assert shown["formats"]["jsonl"]["ids"]["pmid"] == 2
    assert shown["formats"]["jsonl"]["sources"] == 1
    assert [note["code"] for note in shown["noted"]] == ["broken_id"]


def test_exit_codes(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("Ten men took velotinib.")
    assert CliRunner().invoke(app, ["ingest", str(good)]).exit_code == 0
    assert CliRunner().invoke(app, ["ingest", str(tmp_path / "none.txt")]).exit_code == 1
    assert CliRunner().invoke(app, ["ingest"]).exit_code == 2
