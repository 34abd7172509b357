import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.nlp.conditions import find_conditions


def marked(text: str) -> tuple[str, list[str]]:
    """The sentence without its [[ ]] and what they hold."""
    parts = text.replace("]]", "[[").split("[[")
    return "".join(parts), parts[1::2]


FOUND = [
    "adults with [[metastatic renal cell carcinoma]] were enrolled",
    "poorly controlled [[type 2 diabetes mellitus]], with [[obesity]]",
    "a history of [[congestive heart failure]] or [[myocardial infarction]]",
    "[[Crohn's disease]] and [[ulcerative colitis]]",
    "women with [[polycystic ovary syndrome]]",
    "[[chronic hepatitis C]] was excluded",
    "[[status epilepticus]] in children",
    "[[major depressive disorder]] for a year",
    "people living with [[HIV]]",
    "grade 3 [[neutropenia]] and [[febrile neutropenia]]",
    "[[head and neck cancer]] after surgery",
]


@pytest.mark.parametrize("sentence", FOUND)
def test_finds_conditions_with_their_modifiers(sentence: str) -> None:
    text, expected = marked(sentence)
    assert [e.text for e in find_conditions(text)] == expected


NEVER = [
    "the diagnosis and its prognosis",
    "hearing aids were fitted",
    "failure to attend the visit",
    "for other purposes",
    "general anesthesia with apoptosis assays",
    "the block of flats",
]


@pytest.mark.parametrize("sentence", NEVER)
def test_leaves_look_alikes(sentence: str) -> None:
    assert find_conditions(sentence) == []


@given(st.text(max_size=200) | st.text(alphabet="cancer disease's-\n type2", max_size=120))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found = find_conditions(text)
    assert all(text[e.start : e.end] == e.text and e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["chronic " * 20_000 + "disease", "cancer " * 20_000, "a-" * 50_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.perf_counter()
    find_conditions(text)
    assert time.perf_counter() - begin < 5
