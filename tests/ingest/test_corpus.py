"""A corpus gives back what was read, and its broken lines cost themselves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.reading import ReadFile, documents, messages
from trialmine import ingest, load
from trialmine.batch.intake import take_in
from trialmine.ingest.corpus import line_of
from trialmine.records.document import Document

EXAMPLES = Path(__file__).parents[2] / "corpus" / "examples"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    take_in(ingest.read([EXAMPLES]), tmp_path / "corpus.jsonl")
    return tmp_path / "corpus.jsonl"


def test_documents_come_back_whole(corpus: Path) -> None:
    assert list(ingest.read([corpus])) == list(ingest.read([EXAMPLES]))


def test_records_of_a_corpus_are_those_of_its_inputs(corpus: Path) -> None:
    pipeline = load(ner_model="none")
    originals = documents(ingest.read([EXAMPLES]))
    for before, after in zip(originals, documents(ingest.read([corpus])), strict=True):
        assert pipeline.extract(before) == pipeline.extract(after)


def test_every_field_and_note_comes_back(read_file: ReadFile) -> None:
    row = {"text": "Given (NCT0123456).\x85", "pmid": "12x", "title": "T", "mesh_terms": ["Gout"], "year": 2001}
    (document,) = documents(read_file(json.dumps(row), "rows.jsonl"))
    assert len(document.notes) == 2
    assert documents(read_file(line_of(document), "corpus.jsonl")) == [document]


def test_ids_that_repeat_in_several_files_are_no_fault_of_the_corpus(read_file: ReadFile) -> None:
    lines = [line_of(Document(f"Text {n}.", "text", doc_id="1", uri=f"{n}.txt", language="en")) for n in range(2)]
    assert [d.notes for d in documents(read_file("\n".join(lines), "corpus.jsonl"))] == [(), ()]


def test_half_a_surrogate_pair_is_written(read_file: ReadFile) -> None:
    assert json.loads(line_of(Document("\ud83d", "text")))["text"] == "\ud83d"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"trialmine_corpus": 2, "text": "a"}', "version 2"),
        ('{"trialmine_corpus": 1, "text": 5, "format": "text"}', "text"),
        ('{"trialmine_corpus": 1, "format": "text"}', "text"),
    ],
)
def test_a_broken_line_costs_itself(read_file: ReadFile, line: str, said: str) -> None:
    good = line_of(Document("A text.", "text", language="en"))
    items = read_file(f"{good}\n{line}\n{good}", "corpus.jsonl")
    assert len(documents(items)) == 2
    (message,) = messages(items)
    assert said in message
    assert "line 2" in message
