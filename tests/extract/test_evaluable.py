from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.evaluable import extract_evaluable

TEXTS = [
    "Of 98 enrolled women, [[86]] completed the treatment.",
    "We enrolled 100 adults and [[91]] were analyzed, 48 in group A and 43 in group P.",
    "Among 262 people registered, [[249]] were evaluable.",
    "Data were available on [[309]] women at a year.",
    "[[Thirty-eight]] adults (70%) completed all six sessions.",
    "At last [[90]] of them were included in the final analysis.",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_number_is_the_subject_of_its_clause(text: str) -> None:
    plain, expected = marked(text)
    article = read(plain)
    assert quotes(article, extract_evaluable(article), "evaluable") == expected


NEVER = [
    "The tea arm had 52 assessable patients.",
    "Blood of 30 patients in the tea group was drawn and 30 patients in the tea group were analyzed.",
    "2812 naive and 705 other patients were analysed.",
    "In all, 12 completed questionnaires came back.",
    "The data were analyzed by a statistician.",
]


@pytest.mark.parametrize("text", NEVER)
def test_parts_of_all_and_things_are_no_evaluable_people(text: str) -> None:
    assert list(extract_evaluable(read(text))) == []
