"""The commands that work on a finished run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.batch.engine import InProcess
from trialmine.batch.run import run as run_batch
from trialmine.cli.app import app
from trialmine.errors import TrialmineError
from trialmine.records.document import Document


@pytest.fixture
def run(tmp_path: Path) -> Path:
    documents = [Document(TEXT, "text", doc_id="velo"), Document("Nothing here.", "text", doc_id="empty")]
    run_batch(InProcess(HandmadePipeline()), documents, tmp_path / "run", html=False)
    return tmp_path / "run"


def call(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


def test_export_says_what_was_written_and_what_was_lost(run: Path, tmp_path: Path) -> None:
    result = call("export", run, "--to", "ctgov", "-o", tmp_path / "c.json")
    assert result.exit_code == 0
    assert "2 records" in result.stderr
    assert "adverse event: grade" in result.stderr
    assert (tmp_path / "c.json").exists()
    assert call("export", run, "--to", "ris", "-o", tmp_path / "r.ris", "--quiet").stderr == ""


@pytest.mark.parametrize(("option", "starts"), [((), ""), (("--csv",), "n\n6\n"), (("--json",), '[\n {\n  "n":6')])
def test_query_answers_in_the_form_asked_for(option: tuple[str, ...], starts: str, run: Path) -> None:
    result = call("query", run, "SELECT count(*) + 3 AS n FROM dosing", *option)
    assert result.exit_code == 0
    assert "6" in result.stdout
    assert result.stdout.startswith(starts)


def test_show_has_every_block_warning_and_repair(run: Path) -> None:
    result = call("show", run, "velo")
    assert result.exit_code == 0
    for words in (
        "velotinib",
        "40 mg",
        "PASI 75",
        "OR",
        "Nausea",
        "ambiguous_frequency",
        "velo tinib",
        "splitword.join",
    ):
        assert words.casefold() in result.stdout.casefold()


def test_show_asks_which_record(run: Path) -> None:
    for args, says in (((run,), "several records"), ((run, "nobody"), "no record is called 'nobody'")):
        result = call("show", *args)
        assert isinstance(result.exception, TrialmineError)
        assert says in str(result.exception)


@pytest.mark.parametrize("name", ["b.txt", "b"])
def test_show_knows_a_document_by_the_name_of_its_file(name: str, tmp_path: Path) -> None:
    for letter in ("a", "b"):
        (tmp_path / f"{letter}.txt").write_text(f"Patients of group {letter} received velotinib 5 mg daily.")
    call(
        "run",
        tmp_path / "a.txt",
        tmp_path / "b.txt",
        "-o",
        tmp_path / "run",
        "--ner-model",
        "none",
        "--no-html",
        "-j",
        1,
    )
    for wanted in (name, tmp_path / "a.txt"):
        result = call("show", tmp_path / "run", wanted)
        assert result.exit_code == 0
        assert "velotinib" in result.stdout


def test_a_run_says_which_run_of_other_inputs_it_replaced(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Patients of group {name} received velotinib 5 mg daily.")
    told = []
    for inputs in (("a", "b"), ("a", "b"), ("a",)):
        files = [tmp_path / f"{name}.txt" for name in inputs]
        result = call("run", *files, "-o", tmp_path / "run", "--ner-model", "none", "--no-html", "-j", 1)
        assert result.exit_code == 0
        told.append("took the place of one of 2 documents" in result.stderr)
    assert told == [False, False, True]


def test_diff_tells_by_its_exit_code(run: Path, tmp_path: Path) -> None:
    assert call("diff", run, run).exit_code == 0
    lines = (run / "records.jsonl").read_text().splitlines()
    row = json.loads(lines[0])
    row["dosing"][0]["route"] = "rectal"
    other = tmp_path / "other.jsonl"
    other.write_text("\n".join([json.dumps(row), *lines[1:]]))
    result = call("diff", run, other)
    assert result.exit_code == 1
    assert "rectal" in result.stdout
    assert "1 record differs: 1 cell changed." in result.stderr
    (change,) = json.loads(call("diff", run, other, "--json").stdout)
    assert (change["column"], change["before"], change["after"]) == ("route", "oral", "rectal")


def test_merge_writes_a_run_that_can_be_read(run: Path, tmp_path: Path) -> None:
    result = call("merge", run, "-o", tmp_path / "out", "--no-html")
    assert result.exit_code == 0
    assert "2 records" in result.stderr
    assert call("show", tmp_path / "out", "velo").exit_code == 0
