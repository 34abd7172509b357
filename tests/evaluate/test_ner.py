from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from trialmine.errors import ConfigError, InputError
from trialmine.evaluate.annotated import Annotated
from trialmine.evaluate.ner import peak_memory, read_annotated, score_ner, span_errors


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CHEMICAL", "pattern": "velotinib"}])  # type: ignore[attr-defined]
    return nlp


def test_tags_and_spans_are_read_alike(tmp_path: Path) -> None:
    tags, spans = tmp_path / "d.tsv", tmp_path / "d.jsonl"
    tags.write_text("Oral\tO\nvelotinib\tB-Drug\n\n")
    entities = [{"label": "Drug", "start": 5, "end": 14}]
    spans.write_text(json.dumps({"id": 1, "text": "Oral velotinib", "entities": entities}) + "\n")
    for path in (tags, spans):
        (document,) = read_annotated(path, {"Drug": "CHEMICAL"})
        assert (document.text, document.spans) == ("Oral velotinib", ((5, 14, "CHEMICAL"),))


def test_labels_are_told_apart_whatever_their_case(tmp_path: Path) -> None:
    path = tmp_path / "d.tsv"
    path.write_text("velotinib\tB-Chemical\n")
    assert read_annotated(path, {})[0].spans == ((0, 9, "CHEMICAL"),)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("d.tsv", "velotinib B-Drug\n", "line 1 has no tag"),
        ("d.tsv", "velotinib\tO\n", "no annotated spans"),
        ("d.jsonl", "{\n", "is not annotated text"),
        ("d.jsonl", '{"text": "x"}\n', "has no 'entities'"),
        ("d.jsonl", '{"text": "x", "entities": [{"label": "A", "start": 0, "end": 9}]}\n', "outside its text"),
        ("missing.tsv", None, "No such file"),
    ],
)
def test_bad_data_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=message) as error:
        read_annotated(path, {})
    assert name in str(error.value)


def test_only_common_labels_are_scored(nlp: Language) -> None:
    text = "velotinib or placebo for gout"
    documents = [Annotated("1", text, ((13, 20, "CHEMICAL"), (25, 29, "GENE")))]
    scores = score_ner(nlp, documents, speed=True)
    assert scores.unknown == ("GENE",)
    assert scores.labels["*"].exact.gold == 1
    assert scores.labels["CHEMICAL"].exact.f1 == 0
    assert [*span_errors(scores, documents, "CHEMICAL")] == [("missed", "1", "placebo"), ("extra", "1", "velotinib")]
    assert scores.words_per_second is not None
    assert scores.as_json()["labels"]["CHEMICAL"]["n"] == 1


def test_no_label_in_common_says_what_there_is(nlp: Language) -> None:
    with pytest.raises(ConfigError, match=r"the data has GENE; the model has CHEMICAL.*--rename"):
        score_ner(nlp, [Annotated("1", "velotinib", ((0, 9, "GENE"),))])


def test_memory_is_in_bytes() -> None:
    used = peak_memory()
    assert used is None or used > 20e6
