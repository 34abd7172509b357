from __future__ import annotations

import json
from pathlib import Path

from trialmine.evaluate.kinds import Labelled, documents, labelled_texts, score_kinds, species_kind, told_lines


def entity(label: str, concept: str) -> dict[str, str]:
    return {"label": label, "concept": concept}


def test_species_tell_what_is_preclinical() -> None:
    rat, human, line = entity("OrganismTaxon", "10116"), entity("OrganismTaxon", "9606"), entity("CellLine", "x")
    assert species_kind({"entities": [rat, rat]}) == "preclinical"
    assert species_kind({"entities": [line]}) == "preclinical"
    assert species_kind({"entities": [rat, rat, human]}) is None
    assert species_kind({"entities": []}) is None


def test_scores_by_source_and_what_leaks() -> None:
    texts = [
        Labelled("a", "1", "", "preclinical"),
        Labelled("a", "2", "", "trial_report"),
        Labelled("b", "1", "", "review"),
    ]
    records = {
        "a:1": {"document_kind": "trial_report", "dosing": [{}, {}]},
        "a:2": {"document_kind": "trial_report", "dosing": [{}]},
    }
    scores = score_kinds(texts, records)
    assert scores.confusion["a"][("preclinical", "trial_report")] == 1
    assert scores.figures["a"]["trial_report"].precision == 0.5
    assert scores.figures["b"]["review"].recall == 0.0
    assert scores.figures["b"]["review"].precision is None
    assert scores.dosing == (1, 1, 2)
    assert "preclinical taken for trial_report: 1" in "\n".join(told_lines(scores))
    json.dumps(scores.as_json())


def test_reads_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "maccrobat"
    folder.mkdir(parents=True)
    folder.joinpath("dev.jsonl").write_text('{"id": "7", "text": "A cook.", "entities": []}\n', encoding="utf-8")
    texts = labelled_texts(tmp_path)
    assert texts == [Labelled("maccrobat", "7", "A cook.", "case_report")]
    assert documents(texts) == [{"doc_id": "maccrobat:7", "text": "A cook."}]
