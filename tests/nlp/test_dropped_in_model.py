"""A model in scispaCy's form, built here, takes the slot of the shipped one: an installed package and a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.training import Example
from thinc.api import fix_random_seed
from typer.testing import CliRunner

import trialmine
from trialmine.cli.app import app
from trialmine.nlp.ner import entities, load_ner
from trialmine.nlp.tokenizer import blank

NAME, VERSION = "en_ner_made_up_md", "0.5.4"
TEXT = "Forty adults with snorrfever were randomised to zimbrelol 5 mg daily or placebo."
MARKED = (("snorrfever", "CANCER"), ("zimbrelol", "SIMPLE_CHEMICAL"))
INIT = """
from pathlib import Path
from spacy.util import get_model_meta, load_model_from_init_py

__version__ = get_model_meta(Path(__file__).parent)["version"]

def load(**overrides):
    return load_model_from_init_py(__file__, **overrides)
"""


@pytest.fixture(scope="module")
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from, with one model package: `load()`, meta.json, the data in a folder with the version."""
    nlp = blank()
    nlp.add_pipe("ner")
    marked = [(TEXT.index(w), TEXT.index(w) + len(w), label) for w, label in MARKED]
    examples = [Example.from_dict(nlp.make_doc(TEXT), {"entities": marked})]
    fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    nlp.meta.update(lang="en", name=NAME.removeprefix("en_"), version=VERSION)
    site = tmp_path_factory.mktemp("site-packages")
    (site / NAME).mkdir()
    nlp.to_disk(site / NAME / f"{NAME}-{VERSION}")
    (site / NAME / "meta.json").write_text(json.dumps(nlp.meta))
    (site / NAME / "__init__.py").write_text(INIT)
    # spaCy asks the installed distributions whether a name is a package
    info = site / f"{NAME}-{VERSION}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n")
    return site


@pytest.fixture(params=["package", "folder"])
def model(request: pytest.FixtureRequest, site_packages: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "folder":
        return str(site_packages / NAME / f"{NAME}-{VERSION}")
    monkeypatch.syspath_prepend(str(site_packages))
    return NAME


def test_its_entities_bear_our_labels(model: str) -> None:
    found = [(e.text, e.label) for e in entities(load_ner(model)(TEXT))]
    assert found == [("snorrfever", "DISEASE"), ("zimbrelol", "CHEMICAL")]


def test_a_pipeline_reads_with_it(model: str) -> None:
    pipeline = trialmine.load(ner_model=model)
    assert pipeline.description["model"]["name"] == NAME
    assert [row.name for row in pipeline.extract(TEXT).interventions][:1] == ["zimbrelol"]


def test_the_command_line_runs_with_it(model: str, tmp_path: Path) -> None:
    (tmp_path / "trial.txt").write_text(TEXT)
    call = ["run", str(tmp_path / "trial.txt"), "-o", str(tmp_path / "out"), "--ner-model", model, "--no-html", "-q"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    assert NAME in (tmp_path / "out" / "run.json").read_text()
