from __future__ import annotations

import json
from pathlib import Path

from trialmine.evaluate.annotated import Annotated, detokenize, read_outcomes, read_spans, read_tags


def test_tagged_tokens_become_print() -> None:
    rows = [
        ("Oat", "B-I"),
        ("bran", "I-I"),
        ("(", "O"),
        ("15", "B-O"),
        ("%", "I-O"),
        (")", "O"),
        ("-", "O"),
        ("fed", "O"),
        (".", "O"),
    ]
    text, spans = detokenize(rows)
    assert text == "Oat bran (15%)-fed."
    assert [(text[a:b], label) for a, b, label in spans] == [("Oat bran", "I"), ("15%", "O")]


def test_documents_end_at_their_mark(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("-DOCSTART-\tO\n\na\tB-X\n\nb\tO\n\n-DOCSTART-\tO\n\nc\tB-Y\n")
    assert [(d.text, d.spans) for d in read_tags(path, {"X": "x"})] == [("a b", ((0, 1, "x"),)), ("c", ())]


def test_labels_are_renamed_and_the_rest_dropped(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    entities = [{"label": "T", "start": 0, "end": 3}, {"label": "C", "start": 4, "end": 7}]
    path.write_text(json.dumps({"id": 7, "text": "tea cup", "entities": entities}) + "\n")
    assert read_spans(path, {"T": "DRINK"}) == [Annotated("7", "tea cup", ((0, 3, "DRINK"),))]


def test_only_results_and_conclusions_of_outcomes_are_known(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": 1, "text": "Title.\\n\\nMETHODS : x.\\n\\nRESULTS : y.", "entities": []}\n')
    (doc,) = read_outcomes(path)
    assert doc.known is not None
    assert [doc.text[a:b].strip() for a, b in doc.known] == ["RESULTS : y."]
