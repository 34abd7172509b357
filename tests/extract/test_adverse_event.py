from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.adverse_event import extract_adverse_events
from trialmine.extract.event_count import extract_event_counts

EVENTS = [
    ("[[Nausea]] and [[febrile neutropenia]] were seen.", [("nausea", "strong"), ("febrile neutropenia", "strong")]),
    ("There were four [[serious adverse events]].", [("serious adverse events", "general")]),
    ("We saw [[cardiac toxicity]].", [("cardiac toxicity", "strong")]),
    ("We saw [[costochondritis]] and [[knee swelling]].", [("costochondritis", "weak"), ("knee swelling", "weak")]),
    ("More [[AEs]] came.", [("adverse events", "general")]),
    ("More [[SAEs]] came.", [("serious adverse events", "general")]),
]


@pytest.mark.parametrize(("sentence", "expected"), EVENTS)
def test_names_events(sentence: str, expected: list[tuple[str, str]]) -> None:
    text, places = marked(sentence)
    article = read(text)
    found = [m for m in extract_adverse_events(article) if m.kind == "adverse_event"]
    assert quotes(article, found, "adverse_event") == places
    assert [(m.value.term, m.value.strength) for m in found] == expected


GRADES: list[tuple[str, list[tuple[int, int | None]]]] = [
    ("[[grade 3 or 4]] rash", [(3, 4)]),
    ("[[Grades 3/4]] rash", [(3, 4)]),
    ("[[grade III-IV]] rash", [(3, 4)]),
    ("[[G2-3]] rash and [[grade 1]] itching", [(2, 3), (1, 1)]),
    ("rash of [[grade ≥3]]", [(3, None)]),
    ("rash of [[grade 3 or higher]]", [(3, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), GRADES)
def test_reads_grades(sentence: str, expected: list[tuple[int, int | None]]) -> None:
    text, places = marked(sentence)
    article = read(text)
    found = [m for m in extract_adverse_events(article) if m.kind == "grade"]
    assert quotes(article, found, "grade") == places
    assert [(m.value.low, m.value.high) for m in found] == expected


COUNTS = [
    ("rash in [[12%]] of them", [(None, 12.0)]),
    ("rash in [[129 (68.98%]])", [(129, 68.98)]),
    ("rash in [[7 of 44]] of them", [(7, None)]),
    ("rash ([[26]] vs [[12%]])", [(None, 26.0), (None, 12.0)]),
    ("rash in [[two patients]]", [(2, None)]),
    ("rash [[(n = 3)]]", [(3, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), COUNTS)
def test_reads_counts(sentence: str, expected: list[tuple[int | None, float | None]]) -> None:
    text, places = marked(sentence)
    article = read(text)
    found = sorted(extract_event_counts(article), key=lambda m: m.start)
    assert quotes(article, found, "event_count") == places
    assert [(m.value.n, m.value.percent) for m in found] == expected


NEVER = ["The anti-nausea drug helped.", "They complicated it in second grade.", "A rush of blood"]


@pytest.mark.parametrize("text", NEVER)
def test_leaves_other_words_alone(text: str) -> None:
    assert [m for m in extract_adverse_events(read(text)) if m.kind != "adverse_event_cue"] == []
    assert list(extract_event_counts(read(text))) == []
