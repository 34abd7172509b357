from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, quotes, read
from trialmine.extract.population import extract_population
from trialmine.records.trial import Age

COUNTS = [
    ("Sixty healthy adult volunteers came.", 60),
    ("We enrolled 1,265 women with cancer.", 1265),
    ("A total of 421 subjects took part.", 421),
    ("One hundred and twenty patients were treated.", 120),
    ("twenty-four smokers chewed gum", 24),
    ("Patients with asthma (N=1,024) were followed", 1024),
    ("overweight men (n = 382)", 382),
    ("a sample of 40 was drawn", 40),
    ("266 were randomly assigned", 266),
    ("Of 80 randomized patients, most came back.", 80),
    ("56 eyes of 30 people", 56),
]


@pytest.mark.parametrize(("sentence", "n"), COUNTS)
def test_counts_people(sentence: str, n: int) -> None:
    article = read(sentence.replace("", ""))
    found = [m for m in extract_population(article) if m.kind == "participants"]
    assert n in [m.value.n for m in found]
    assert all(m.value.n > 1 for m in found)


NO_COUNT = [
    "the ABCD 20041 randomized trial",
    "a 70-year-old man fell",
    "for 12 weeks patients rested",
    "in 4.5% patients relapsed",
    "10 mg patients took",
    "one patient fell",
    "included three groups",
    "patients (n/N) were counted",
]


@pytest.mark.parametrize("text", NO_COUNT)
def test_leaves_numbers_of_other_things(text: str) -> None:
    article = read(text)
    assert quotes(article, extract_population(article), "participants") == []


AGES = [
    ("The [[mean age was 41.07]]; 9 left", Age(mean=41.07, unit="a")),
    ("adults [[aged 18 to 65 years]] took part", Age(minimum=18, maximum=65, unit="a")),
    ("patients [[21-70 years old]]", Age(minimum=21, maximum=70, unit="a")),
    ("infants [[aged 6-11 months]]", Age(minimum=6, maximum=11, unit="mo")),
    ("men [[aged ≥ 40 years]]", Age(minimum=40, unit="a")),
    ("women [[50 years or older]]", Age(minimum=50, unit="a")),
    ("those [[older than 65 years of age]]", Age(minimum=65, unit="a")),
    ("those [[younger than 5 years of age]]", Age(maximum=5, unit="a")),
    ("The [[mean age was 26.7 ± 3 years]].", Age(mean=26.7, unit="a")),
    ("a [[median age of 63 years]]", Age(median=63, unit="a")),
    ("biopsy-proven cancer[[. age 18 years]]. no brain metastases", Age(minimum=18, unit="a")),
]


@pytest.mark.parametrize(("sentence", "age"), AGES)
def test_reads_ages(sentence: str, age: Age) -> None:
    text, expected = marked(sentence)
    article = read(text)
    found = [m for m in extract_population(article) if m.kind == "age"]
    assert [m.value for m in found] == [age]
    assert quotes(article, found, "age") == expected


NO_AGE = ["for 6 to 12 weeks", "5 to 10 mg a day", "18 years of follow-up", "over 12 weeks", "mean weight 51 kg"]


@pytest.mark.parametrize("text", NO_AGE)
def test_leaves_other_spans_of_time(text: str) -> None:
    article = read(text)
    assert quotes(article, extract_population(article), "age") == []


SEXES = [
    ("Of the staff, [[58.1%) were male]] here", ["all"]),
    ("[[61% of the nurses were women]]", ["all"]),
    ("19 (86%) of 22 [[women]] slept", ["female"]),
    ("in [[postmenopausal]] [[women]]", ["female", "female"]),
    ("[[men]] with gout", ["male"]),
    ("patients of [[either sex]]", ["all"]),
    ("[[52% were women]]", ["all"]),
    ("twelve [[boys]] and ten [[girls]]", ["male", "female"]),
]


@pytest.mark.parametrize(("sentence", "values"), SEXES)
def test_reads_sex(sentence: str, values: list[str]) -> None:
    text, expected = marked(sentence)
    article = read(text)
    found = [m for m in extract_population(article) if m.kind == "sex"]
    assert [m.value for m in found] == values
    assert quotes(article, found, "sex") == expected


@pytest.mark.parametrize("text", ["the amendment", "a human", "mentally", "the acumen of it"])
def test_leaves_words_with_men_inside(text: str) -> None:
    article = read(text)
    assert quotes(article, extract_population(article), "sex") == []


@given(st.text(alphabet="0123456789 aged to-yearsmen(n=).,%two hundred", max_size=120))
def test_spans_lie_in_the_text(text: str) -> None:
    for m in extract_population(read(text)):
        assert 0 <= m.start < m.end <= len(text)
