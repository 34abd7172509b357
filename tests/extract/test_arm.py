from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.arm import extract_arms

CASES = [
    ("[[Group A]] took tea and [[group B]] took water", "arm_label", ["A", "B"]),
    ("in [[arm 2]] and [[Cohort 3]]", "arm_label", ["2", "3"]),
    ("[[group D-IV]] had more", "arm_label", ["D-IV"]),
    ("the [[TW group]] slept", "arm_label", ["TW"]),
    ("and [[high-dose group]] slept", "group_phrase", ["high-dose"]),
    ("The [[velotinib arm]] slept. The [[usual care arm]] did not.", "group_phrase", ["velotinib", "usual care"]),
    ("tea (n = [[41]]) or water (N=[[1,042]])", "arm_size", [41, 1042]),
    ("(tea, n=[[12]]; water, n=[[13]])", "arm_size", [12, 13]),
    ("[[266]] patients were assigned to tea", "arm_size", [266]),
    ("[[Forty-one]] received water", "arm_size", [41]),
    ("two groups of [[30]] patients", "arm_size_each", [30]),
    ("[[40]] in each group", "arm_size_each", [40]),
    ("an equal number (n = [[20]]) in both groups", "arm_size_each", [20]),
    ("(n = [[25]] each)", "arm_size_each", [25]),
    ("into [[three equal groups]]", "group_count", [3]),
    ("one of [[4 treatment arms]]", "group_count", [4]),
]


@pytest.mark.parametrize(("sentence", "kind", "values"), CASES)
def test_reads_groups(sentence: str, kind: str, values: list[object]) -> None:
    text, expected = marked(sentence)
    article = read(text)
    found = sorted((m for m in extract_arms(article) if m.kind == kind), key=lambda m: m.start)
    assert quotes(article, found, kind) == expected
    assert [m.value for m in found] == values


NEVER = [
    ("a group of nurses", "arm_label"),
    ("the age group", "arm_label"),
    ("blood group A2.5 units", "arm_label"),
    ("between the two groups", "group_phrase"),
    ("both groups slept", "group_phrase"),
    ("the mean = 41 points", "arm_size"),
    ("5 mg each day", "arm_size_each"),
    ("six groups (n = 15 to 17 per group)", "arm_size_each"),
    ("both groups", "group_count"),
    ("one group", "group_count"),
    ("patients felt well", "allocation"),
]


@pytest.mark.parametrize(("text", "kind"), NEVER)
def test_leaves_look_alikes(text: str, kind: str) -> None:
    article = read(text)
    assert quotes(article, extract_arms(article), kind) == []


def test_no_group_phrase_opens_inside_a_word() -> None:
    article = read("It rose in the velotinib arm and the usual care arm.")
    found = [m.value for m in extract_arms(article) if m.kind == "group_phrase"]
    assert [value.split()[-1] for value in found] == ["velotinib", "care"]
    assert all(f" {value}" in article.text for value in found)


def test_an_allocation_runs_to_the_end_of_its_sentence() -> None:
    text, expected = marked("It was small. Patients were [[randomly assigned to tea or water.]] They slept.")
    article = read(text)
    assert quotes(article, extract_arms(article), "allocation")[0] == expected[0]


@pytest.mark.parametrize(
    "text",
    [
        "Adults took part in a multicentre, parallel group trial.",
        "In this placebo-controlled, parallel-group trial adults drank tea.",
        "Forty were randomised to each group.",
    ],
)
def test_words_of_the_design_name_no_group(text: str) -> None:
    assert not [m for m in extract_arms(read(text)) if m.kind == "group_phrase"]
