from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from support.small_net import random_weights
from trialmine import resources
from trialmine.errors import ModelError
from trialmine.nlp.ner import entities, load_ner, rest_unread
from trialmine.nlp.recurrent_recognizer import SPANS_KEY, RecurrentRecognizer
from trialmine.nlp.tokenizer import blank
from trialmine.resources import model_path


@pytest.fixture
def foreign_model(tmp_path: Path) -> Path:
    """A saved pipeline whose labels are those of a scispaCy model, some of them none of ours."""
    nlp = blank()
    ruler = nlp.add_pipe("entity_ruler")
    terms = {"SIMPLE_CHEMICAL": "ibuprofen", "CANCER": "melanoma", "GENE_OR_GENE_PRODUCT": "BRAF", "MY_DEVICE": "stent"}
    ruler.add_patterns([{"label": label, "pattern": term} for label, term in terms.items()])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "foreign")
    return tmp_path / "foreign"


def test_a_scispacy_model_takes_the_slot(foreign_model: Path) -> None:
    doc = load_ner(foreign_model)("ibuprofen against melanoma with BRAF and a stent")
    assert [(e.text, e.label) for e in entities(doc)] == [("ibuprofen", "CHEMICAL"), ("melanoma", "DISEASE")]


def test_the_users_label_map_comes_first(foreign_model: Path) -> None:
    nlp = load_ner(str(foreign_model), {"my_device": "INTERVENTION", "CANCER": "CONDITION"})
    found = [(e.text, e.label) for e in entities(nlp("a stent in melanoma"))]
    assert found == [("stent", "INTERVENTION"), ("melanoma", "DISEASE")]


def test_entities_may_overlap_and_stand_in_text_order() -> None:
    doc = Doc(blank().vocab, words=["the", "placebo", "group", "had", "fever"])
    doc.ents = [Span(doc, 4, 5, label="DISEASE")]
    doc.spans[SPANS_KEY] = [Span(doc, 1, 3, label="ARM"), Span(doc, 1, 2, label="INTERVENTION")]
    found = entities(doc)
    assert [(e.text, e.label) for e in found] == [
        ("placebo", "INTERVENTION"),
        ("placebo group", "ARM"),
        ("fever", "DISEASE"),
    ]
    assert all(doc.text[e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("vitamin C. ", "vitamin C"),
        ("oral (kava", "oral"),
        ("oral (kava)", "oral (kava)"),
        ("\nkava;", "kava"),
        (" . ", None),
    ],
)
def test_ends_of_entities_are_tidied(text: str, found: str | None) -> None:
    doc = Doc(blank().vocab, words=[text, "next"], spaces=[False, False])
    doc.spans[SPANS_KEY] = [Span(doc, 0, 1, label="INTERVENTION")]
    assert [e.text for e in entities(doc)] == ([found] if found else [])


def test_a_model_without_entities_is_refused(tmp_path: Path) -> None:
    blank().to_disk(tmp_path / "bare")
    with pytest.raises(ModelError, match="recognises no entities"):
        load_ner(tmp_path / "bare")


@pytest.mark.parametrize("content", [None, "", "{}", "[nlp]\n"])
def test_a_broken_model_is_a_model_error(tmp_path: Path, content: str | None) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    if content is not None:
        (folder / "meta.json").write_text(content)
        (folder / "config.cfg").write_text(content)
    with pytest.raises(ModelError, match="broken"):
        load_ner(folder)


def test_an_unknown_package_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        load_ner("no_such_model")


def test_a_missing_model_names_both_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path / "packaged")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path / "checkout")
    with pytest.raises(ModelError) as caught:
        model_path()
    assert "packaged" in str(caught.value)
    assert "checkout" in str(caught.value)


def test_the_installed_model_comes_before_the_checkouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("packaged", "checkout"):
        (tmp_path / place / "trial_ner").mkdir(parents=True)
        (tmp_path / place / "trial_ner" / "meta.json").write_text("{}")
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path / "packaged")
    monkeypatch.setattr(resources, "_CHECKOUT", tmp_path / "checkout")
    assert model_path() == tmp_path / "packaged" / "trial_ner"
    (tmp_path / "packaged" / "trial_ner" / "meta.json").unlink()
    assert model_path() == tmp_path / "checkout" / "trial_ner"


def _shipped() -> Path | None:
    try:
        return model_path()
    except ModelError:
        return None


@pytest.mark.slow
@pytest.mark.skipif(_shipped() is None, reason="the shipped model is not built")
class TestShipped:
    TEXT = (
        "Metoprolol versus placebo in adults with hypertension. Forty patients were randomised to metoprolol 50 mg "
        "twice daily or placebo. The primary outcome was systolic blood pressure at 12 weeks. Headache was more common "
        "in the metoprolol group."
    )

    def test_it_reads_a_trial(self) -> None:
        found = {(e.text.lower(), e.label) for e in entities(load_ner()(self.TEXT))}
        assert ("metoprolol", "CHEMICAL") in found
        assert ("metoprolol", "INTERVENTION") in found
        assert ("hypertension", "DISEASE") in found

    def test_it_gives_the_same_answer_alone_and_in_a_stream(self) -> None:
        nlp = load_ner()
        texts = [self.TEXT, "", "Aspirin.", self.TEXT.upper()]
        assert [entities(d) for d in nlp.pipe(texts)] == [entities(nlp(t)) for t in texts]

    def test_plain_spacy_loads_it_too(self) -> None:
        path = _shipped()
        assert path is not None
        assert spacy.load(path)(self.TEXT).ents


def test_what_no_extractor_asks_for_is_not_worked_out() -> None:
    nlp = blank()
    recognizer = nlp.add_pipe("trialmine_recogniser")
    assert isinstance(recognizer, RecurrentRecognizer)
    recognizer.take(random_weights(), {"asked": ("ARM",), "unasked": ("PARTICIPANTS",)}, {})
    rest_unread(nlp)
    assert recognizer.resting == {"unasked"}


@pytest.mark.skipif(not resources.has_model(), reason="no shipped model here")
def test_the_shipped_model_says_who_took_part() -> None:
    doc = load_ner()("Methods: Sixty adults with severe asthma were randomised to velorastatin or placebo.")
    found = [span.text for span in doc.spans[SPANS_KEY] if span.label_ == "PARTICIPANTS"]
    assert found == ["Sixty adults with severe asthma"]
