from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.adverse_event import extract_adverse_events

PHRASES = [
    "RESULTS: Side effects were [[bitter taste]], nausea and [[watery eyes]].",
    "RESULTS: One adverse event was a [[change in iris colour]].",
    "RESULTS: Toxicity included [[lip cracking]] in smokers.",
]


@pytest.mark.parametrize("sentence", PHRASES)
def test_phrases_of_a_sentence_on_events(sentence: str) -> None:
    text, places = marked(sentence)
    article = read(text)
    assert quotes(article, list(extract_adverse_events(article)), "event_phrase") == places


NEVER = [
    "RESULTS: The bitter taste of the syrup was masked.",
    "METHODS: Side effects such as bitter taste were asked for.",
    "RESULTS: Side effects of RTX-404 were few.",
]


@pytest.mark.parametrize("text", NEVER)
def test_none_elsewhere(text: str) -> None:
    assert [m for m in extract_adverse_events(read(text)) if m.kind == "event_phrase"] == []
