from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

import trialmine.flow
from support.pipeline import HandmadePipeline
from support.records import TEXT


@pytest.fixture
def nlp(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(trialmine.flow, "load", lambda **options: HandmadePipeline(**options))
    blank = spacy.blank("en")
    blank.add_pipe("trialmine")
    return blank


def test_the_record_is_on_the_doc(nlp: Any) -> None:
    doc = nlp(TEXT)
    record = doc._.trial_record
    record.check_quotes(doc.text)
    assert record.dosing[0].dose.value == 40


def test_pipe_gives_every_doc_its_own(nlp: Any) -> None:
    assert [len(doc._.trial_record.dosing) for doc in nlp.pipe([TEXT, "a letter", TEXT])] == [3, 0, 3]


def test_docs_can_be_stored(nlp: Any) -> None:
    stored = Doc(nlp.vocab).from_bytes(nlp(TEXT).to_bytes())
    assert stored._.trial_record == nlp(TEXT)._.trial_record


def test_a_doc_that_was_not_read_has_none(nlp: Any) -> None:
    assert nlp.make_doc("untouched")._.trial_record is None


def test_the_pipeline_can_be_stored(nlp: Any, tmp_path: Any) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path).pipe_names == ["trialmine"]


def test_options_reach_the_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    monkeypatch.setattr(trialmine.flow, "load", lambda **options: seen.update(options) or HandmadePipeline())
    spacy.blank("en").add_pipe("trialmine", config={"ner_model": "none"})
    assert seen == {"ner_model": "none", "label_map": None}
