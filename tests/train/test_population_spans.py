from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from thinc.api import fix_random_seed

from support.small_corpora import write_corpora
from trialmine.evaluate.annotated import Annotated
from trialmine.nlp.tokenizer import blank
from trialmine.train.folder import write_folder
from trialmine.train.multitask import ENCODER, Task, build
from trialmine.train.population_spans import HEAD, LABEL, UNSEEN, main, read_populations

SENTENCE = "We gave 40 patients with oakwood fever velorastatin."
pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A model without the head, untrained."""
    fix_random_seed(0)
    nlp = blank()
    nlp.vocab.vectors.resize((10, 8))
    task = Task("a", [Annotated("1", SENTENCE, ())], {"ner": ("CHEMICAL",)}, 1.0)
    build(nlp, [task])
    write_folder(nlp, tmp_path / "model", {"scores": {"a set": {}}})
    return tmp_path / "model"


def weights(model: Path, name: str) -> bytes:
    return (model / name / "model").read_bytes()


def test_the_head_is_added_and_all_else_stays(model: Path, tmp_path: Path, capsys: Any) -> None:
    write_corpora(tmp_path / "shared")
    before = {name: weights(model, name) for name in (ENCODER, "ner")}
    call = ["--shared", str(tmp_path / "shared"), "--model", str(model), "--steps", "30"]
    main(call)
    assert LABEL in json.loads(capsys.readouterr().out)[UNSEEN]
    assert before == {name: weights(model, name) for name in before}
    assert spacy.load(model).pipe_names == [ENCODER, HEAD, "ner", "trialmine_repeats"]
    assert json.loads((model / "meta.json").read_text())["trialmine"]["scores"].keys() == {"a set", UNSEEN}
    head = weights(model, HEAD)
    main([*call, "--seen"])
    assert json.loads(capsys.readouterr().out) == {}
    assert weights(model, HEAD) == head


def test_populations_are_the_spans_of_pico_bio(tmp_path: Path) -> None:
    write_corpora(tmp_path / "shared")
    found = read_populations(tmp_path / "shared/data", "test")
    assert {doc.text[a:b] for doc in found for a, b, _ in doc.spans} == {"patients"}
