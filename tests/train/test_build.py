from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from support.small_corpora import write_corpora
from trialmine.cli.app import app
from trialmine.nlp.ner import load_ner

pytest.importorskip("torch")
pytest.importorskip("floret")

SMALL = ["--epochs", "1", "--teacher-steps", "4", "--silver-tokens", "400", "--steps", "8"]
TEXT = "Velorastatin against oakwood fever. Forty patients received velorastatin or placebo.\n"


def call(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--measure",)], ids=["shipped", "measured"])
def test_one_command_builds_a_model_that_a_run_accepts(tmp_path: Path, more: tuple[str, ...]) -> None:
    write_corpora(tmp_path / "shared")
    work, model = tmp_path / "work", tmp_path / "new" / "model"
    call("train", "model", "--shared", tmp_path / "shared", "--work", work, "--out", model, *SMALL, *more)

    assert (work / "vectors.floret").exists()
    silver = work / ("silver-measure.jsonl" if more else "silver.jsonl")
    assert {"id", "text", "entities"} == json.loads(silver.read_text().splitlines()[0]).keys()
    meta = json.loads((model / "meta.json").read_text())
    assert meta["trialmine"]["settings"]["teacher_steps"] == 4
    assert load_ner(model).pipe_names[:4] == ["tok2vec", "clinical", "comparison", "population"]
    page = (model.parent / "METRICS.md").read_text()
    assert "### gold/dev" in page
    assert "### pico-bio/test" in page
    assert "velorastatin" not in (model / "vocab/strings.json").read_text()

    (tmp_path / "trial.txt").write_text(TEXT)
    call("run", tmp_path / "trial.txt", "-o", tmp_path / "out", "--ner-model", model, "--no-html", "-q")
    assert (tmp_path / "out" / "records.jsonl").read_text().count("\n") == 1
