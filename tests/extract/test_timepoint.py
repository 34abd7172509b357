from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.timepoint import extract_timepoints

CASES = [
    ("Pain fell [[at 6 weeks]].", [(6.0, "wk")]),
    ("Pain fell [[over the first 48 h after surgery]].", [(48.0, "h")]),
    ("Pain was scored [[at 1, 2 and 24 hours]].", [(None, "h")]),
    ("Weight was taken [[at baseline and 6 months]].", [(6.0, "mo")]),
    ("Mood rose [[from baseline to week 12]].", [(12.0, "wk")]),
    ("Deaths [[within thirty days]] were few.", [(30.0, "d")]),
    ("The [[5-year survival]] was high.", [(5.0, "a")]),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_reads_times(sentence: str, expected: list[tuple[float | None, str]]) -> None:
    text, places = marked(sentence)
    article = read(text)
    found = list(extract_timepoints(article))
    assert quotes(article, found, "timepoint") == places
    assert [(m.value.value, m.value.unit) for m in found] == expected


NEVER = [
    "Adults aged 18 years took part.",
    "It was done at 12 centres.",
    "They took 5 mg of it.",
    "A 12-week trial began.",
]


@pytest.mark.parametrize("text", NEVER)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert list(extract_timepoints(read(text))) == []
