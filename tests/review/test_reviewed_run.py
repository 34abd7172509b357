"""A run with its corrections, as the other commands see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from support.records import TEXT, whole_record
from support.server import write_run
from trialmine.batch.merge import merge
from trialmine.cli.app import app
from trialmine.errors import InputError
from trialmine.evaluate.gold import read_gold, read_texts, texts_beside
from trialmine.evaluate.records import score_records
from trialmine.export.collection import Records
from trialmine.export.export import export
from trialmine.review.making import Author, Corrector
from trialmine.review.patch import CORRECTIONS, PatchFile
from trialmine.review.reviewed_run import one_reviewed, reviewed_records

RECORD = whole_record("first")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run in which a dose was corrected and a row rejected."""
    folder = write_run(tmp_path / "run", [(RECORD, TEXT), (whole_record("second"), TEXT)][:1])
    (folder / "run.json").write_text('{"started": "2026-01-01T00:00:00+00:00", "version": "1", "documents": []}')
    patch, key = PatchFile(folder / CORRECTIONS), (RECORD.record_id, RECORD.source.text_sha256)
    author = Author("ann")
    patch.append(
        key, lambda before: Corrector(RECORD, TEXT, before, author).edit("dosing", "d1", {"dose": "45 mg"}, [])
    )
    patch.append(key, lambda before: Corrector(RECORD, TEXT, before, author).verdict("dosing", "d3", right=False))
    return folder


def check(run: Path) -> None:
    key = (RECORD.record_id, RECORD.source.text_sha256)
    PatchFile(run / CORRECTIONS).append(
        key, lambda before: Corrector(RECORD, TEXT, before, Author("ann", before[-1].id)).check()
    )


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


def test_records_are_read_as_corrected_or_as_they_were(run: Path) -> None:
    [record] = reviewed_records(run)
    assert [d.id for d in record.dosing] == ["d1", "d2"]
    assert list(reviewed_records(run, corrections=False)) == [RECORD]
    assert list(reviewed_records(run / "records.jsonl")) == [RECORD]
    assert one_reviewed(run) == Records.read(run)[0] == record
    assert Records.read(run, corrections=False)[0] == RECORD


def test_commands_show_corrections_unless_told_otherwise(run: Path, tmp_path: Path) -> None:
    for args in (["dosing", run, "--csv"], ["show", run], ["query", run, "SELECT dose_value FROM dosing", "--csv"]):
        assert "45" in call(*args).stdout, args
        assert "45" not in call(*args, "--no-corrections").stdout, args
    assert call("export", run, "--to", "csv", "-o", tmp_path / "csv", "-q").exit_code == 0
    assert "45" in (tmp_path / "csv" / "dosing.csv").read_text()


def test_gold_is_what_a_person_has_checked(run: Path, tmp_path: Path) -> None:
    target = tmp_path / "gold.jsonl"
    with pytest.raises(InputError, match="no record was checked"):
        export(run, "gold", target)
    check(run)
    assert export(run, "gold", target).written == 1
    beside = texts_beside(target)
    assert beside is not None
    gold, texts = read_gold(target), read_texts(beside)
    assert texts["first"]["text"] == TEXT
    [row, _] = gold["first"]["dosing"]
    assert row["dose"]["value"] == 45
    assert row["quote"].startswith("velo tinib 40 mg")
    assert "route" in row
    assert "schedule" not in row  # keys without a value are left out
    corrected = [json.loads(r.model_dump_json()) for r in reviewed_records(run)]
    scores = score_records(gold, {"first": corrected[0]}, {"first": TEXT})
    assert all(f.f1 == 1 for name, f in scores.figures.items() if name.endswith(".row") and f.f1 is not None)
    as_read = score_records(gold, {"first": json.loads(RECORD.model_dump_json())})
    assert as_read.figures["dosing.row"].f1 < 1


def test_a_merged_run_keeps_its_corrections(run: Path, tmp_path: Path) -> None:
    merge([run], tmp_path / "merged", html=False)
    assert list(reviewed_records(tmp_path / "merged")) == list(reviewed_records(run))


def test_texts_that_are_missing_are_told(run: Path) -> None:
    (run / "texts.jsonl").write_text("")
    with pytest.raises(InputError, match="disagree"):
        list(reviewed_records(run))
