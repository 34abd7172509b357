from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from support.small_corpora import write_corpora
from trialmine.cli.app import app
from trialmine.evaluate import regimens, trial_records
from trialmine.nlp.ner import load_ner

pytest.importorskip("torch")
pytest.importorskip("floret")

SMALL = ["--epochs", "1", "--steps", "8"]
TEXT = "Velorastatin against oakwood fever. Forty patients received velorastatin or placebo.\n"


def call(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--measure",)], ids=["shipped", "measured"])
def test_one_command_builds_a_model_that_a_run_accepts(
    tmp_path: Path, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, annotation in ((trial_records, "OWN"), (regimens, "REGIMENS")):
        monkeypatch.setattr(module, annotation, tmp_path / "none")  # its texts are not among the small corpora
    write_corpora(tmp_path / "shared")
    work, model = tmp_path / "work", tmp_path / "new" / "model"
    call("train", "model", "--shared", tmp_path / "shared", "--work", work, "--out", model, *SMALL, *more)

    assert (work / "vectors.floret").exists()
    meta = json.loads((model / "meta.json").read_text())
    assert meta["trialmine"]["settings"]["steps"] == 8
    assert set(load_ner(model).get_pipe("recogniser").labels) > {"INTERVENTION", "ARM", "CHEMICAL", "PARTICIPANTS"}  # type: ignore[attr-defined]
    page = (model.parent / "METRICS.md").read_text()
    assert "### gold/dev" in page
    assert "### pico-bio/test" in page
    assert "velorastatin" not in (model / "vocab/strings.json").read_text()

    (tmp_path / "trial.txt").write_text(TEXT)
    call("run", tmp_path / "trial.txt", "-o", tmp_path / "out", "--ner-model", model, "--no-html", "-q")
    assert (tmp_path / "out" / "records.jsonl").read_text().count("\n") == 1
