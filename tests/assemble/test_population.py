from __future__ import annotations

from typing import Any

import pytest

from support.blocks import blocks

CASES: list[tuple[str, dict[str, Any]]] = [
    ("METHODS: We enrolled 120 adults with gout.", {"enrolled": 120, "randomized": None}),
    ("METHODS: In all, 312 adults with gout were randomized to tea or water.", {"enrolled": 312, "randomized": 312}),
    ("METHODS: 120 women with gout were randomized to tea or water.", {"randomized": 120, "sex": "female"}),
    (
        "METHODS: Of 109 adults enrolled, 85 adults were then randomized. RESULTS: 81 completed the trial.",
        {"enrolled": 109, "randomized": 85, "evaluable": 81},
    ),
    ("METHODS: Hundred and forty-three adults with gout were enrolled.", {"enrolled": None}),
    ("METHODS: Among 98 enrolled adults, 86 completed the trial.", {"enrolled": 98, "evaluable": 86}),
    ("METHODS: Men with gout drank tea.", {"sex": "male"}),
    ("METHODS: Adults of either sex drank tea.", {"sex": "all"}),
    ("METHODS: Twelve men and ten women drank tea.", {"sex": "all"}),
    ("BACKGROUND: Women get gout. METHODS: Men drank tea.", {"sex": "male"}),
    ("METHODS: Ten people drank tea.", {"sex": None, "age": None}),
    ("METHODS: We enrolled 40 doctors and 280 patients in each group.", {"enrolled": None}),
    ("METHODS: Adults were enrolled. Eleven patients were randomized to each group.", {"enrolled": None}),
    ("METHODS: Group A (36 patients) took tea and group B (36 patients) took water.", {"enrolled": None}),
    ("METHODS: The sample consisted of 41 rural schools.", {"enrolled": None}),
    (
        "METHODS: The participants were 402 rural 85-year-old people. RESULTS: 202 participants were allocated to "
        "the tea group and 200 participants to water.",
        {"enrolled": 402},
    ),
    ("METHODS: We enrolled trained adults (n = 12 men, n = 10 women).", {"enrolled": None}),
    ("RESULTS: 62 nurses were randomised to walking and 60 nurses to rest.", {"enrolled": None}),
    ("METHODS: Adults with gout were randomised to metformin (N=91) or placebo (N=94).", {"enrolled": None}),
    (
        "METHODS: Deaf adults took sponges in the ear (62 patients) or four drops (Dex; 58 patients).",
        {"enrolled": None},
    ),
    ("METHODS: Adults admitted from March 2011 to March 2012 were included.", {"enrolled": None}),
    ("METHODS: Adults with a score of 27.0 were recruited.", {"enrolled": None}),
    ("RESULTS: During 16 sessions of weekly therapy patients slept better.", {"enrolled": None}),
    ("METHODS: 2012 adults were randomised to walking or rest.", {"enrolled": 2012}),
    ("METHODS: 120 adults were randomised to walking (n = 62) or rest (n = 58).", {"enrolled": 120}),
    ("METHODS: We enrolled 60 adults. RESULTS: Of them, 42 (70%) were male.", {"enrolled": 60, "sex": "all"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:40] for c in CASES])
def test_says_who_took_part(text: str, expected: dict[str, Any]) -> None:
    population = blocks(text).population
    assert {name: getattr(population, name) for name in expected} == expected
    assert all(text[e.start : e.end] == e.quote for e in population.evidence)


AGES = [
    ("METHODS: Adults aged 18 to 65 years drank tea.", {"minimum": 18, "maximum": 65, "unit": "a"}),
    ("METHODS: Infants aged 6 to 11 months came.", {"minimum": 6, "maximum": 11, "unit": "mo"}),
    # limits in two units: an age has one
    ("METHODS: Children aged 6 months to 10 years came.", {"minimum": 0.5, "maximum": 10, "unit": "a"}),
    ("METHODS: Children aged 2 months to 5 years came.", {"minimum": 2, "maximum": 60, "unit": "mo"}),
    ("METHODS: Infants aged 6 weeks to 2 years came.", {"maximum": 2, "unit": "a"}),
    ("METHODS: Children younger than 5 years came.", {"maximum": 5, "unit": "a"}),
    ("METHODS: Children 6-59 months of age came.", {"minimum": 6, "maximum": 59, "unit": "mo"}),
    (
        "METHODS: Adults aged ≥ 18 years came. RESULTS: The mean age was 51 years.",
        {"minimum": 18, "mean": 51, "unit": "a"},
    ),
    # the first statement of a limit counts
    (
        "METHODS: Men aged 40 to 60 years came. RESULTS: Those aged 50 to 60 years fell.",
        {"minimum": 40, "maximum": 60, "unit": "a"},
    ),
    (
        "BACKGROUND: It strikes those aged 5 to 9 years. METHODS: The median age was 7 years.",
        {"median": 7, "unit": "a"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), AGES, ids=[c[0][:40] for c in AGES])
def test_gathers_the_age(text: str, expected: dict[str, Any]) -> None:
    age = blocks(text).population.age
    assert age is not None
    assert age.model_dump(exclude_none=True) == expected


def test_keeps_criteria_one_by_one() -> None:
    found = blocks(
        "METHODS: Inclusion criteria were gout, age over 40. Patients with renal failure were excluded."
    ).population
    assert [(c.kind, c.text) for c in found.eligibility] == [
        ("inclusion", "gout"),
        ("inclusion", "age over 40"),
        ("exclusion", "renal failure"),
    ]


CONDITIONS = [
    ("Tea in rheumatoid arthritis\nMETHODS: Patients with rheumatoid arthritis drank tea.", ["rheumatoid arthritis"]),
    (
        "Tea for Crohn's disease: a randomised trial\nMETHODS: Ten patients with Crohn's disease came.",
        ["crohn's disease"],
    ),
    ("Tea in the treatment of gout\nMETHODS: Sixty adults drank tea.", ["gout"]),
    ("Tea for pupils\nMETHODS: Pupils drank tea. Exclusion criteria were gout and asthma.", []),
    ("Tea for pupils\nMETHODS: Pupils drank tea. Those with a history of gout were excluded.", []),
    ("Tea for pupils\nMETHODS: Pupils with a history of gout, or with an allergy, will not be included.", []),
    (
        "Tea for the skin\nMETHODS: We enrolled 60 adults with mild to moderate plaque psoriasis. They drank tea.",
        ["mild to moderate plaque psoriasis"],
    ),
    ("Tea in obese adults\nMETHODS: Sixty obese adults drank tea.", ["obesity"]),
]


@pytest.mark.parametrize(("text", "names"), CONDITIONS)
def test_names_the_conditions_once(text: str, names: list[str]) -> None:
    assert [c.name.lower() for c in blocks(text).population.conditions] == names


def test_a_short_form_is_no_second_condition() -> None:
    text = "METHODS: Patients with chronic kidney disease (CKD) drank tea. RESULTS: In patients with CKD pain fell."
    found = blocks(text, abbreviations={"CKD": "chronic kidney disease"}).population.conditions
    assert [c.name for c in found] == ["chronic kidney disease"]


@pytest.mark.parametrize("text", ["", "The ship left at noon.", "12", "Tea."])
def test_nothing_stated_is_nothing_found(text: str) -> None:
    population = blocks(text).population
    assert population.model_dump(exclude_defaults=True) == {}
