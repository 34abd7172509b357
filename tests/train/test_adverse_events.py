from __future__ import annotations

import pytest

from trialmine.nlp.reader import Reader
from trialmine.train.adverse_events import examples_of_records, marked_effects, train_adverse_events

TEXT = "A trial of zorpine\nRESULTS: Adverse events were nausea and lip cracking. Pain scores improved."


def test_a_row_teaches_the_event_that_it_names() -> None:
    pytest.importorskip("sklearn")
    record = {"adverse_events": [{"term": "cracking of the lip", "quote": "nausea and lip cracking"}]}
    examples = list(examples_of_records([(record, TEXT)], Reader(ner_model="none")))
    right = [features for features, told, _ in examples if told]
    assert len(right) == 1
    assert "introduced in list&phrase" in right[0]
    assert {"bias", "weights"} == set(train_adverse_events(examples))


def test_marked_effects_of_an_arm() -> None:
    document = {
        "entities": [{"id": "T1", "start": 5, "end": 9}],
        "templates": [
            {"id": "a", "type": "Arm", "slots": {"hasAdverseEffect": ["o"], "hasOutcome": ["p"]}},
            {"id": "o", "type": "Outcome", "slots": {"hasEndpoint": ["e"]}},
            {"id": "p", "type": "Outcome", "slots": {}},
            {"id": "e", "type": "Endpoint", "slots": {"hasEndoPointDescription": ["T1"]}},
        ],
    }
    assert list(marked_effects(document)) == [(5, 9)]
