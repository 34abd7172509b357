"""Sizes of groups, and numbers and sexes of people, that a reader found wrong in texts of his own."""

from __future__ import annotations

import pytest

from trialmine.assemble.arms.block import _label
from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord

FLOW = load(ner_model="none")


def record_of(text: str) -> TrialRecord:
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def sizes_of(text: str) -> dict[str, int | None]:
    return {a.label: a.n for a in record_of(text).arms}


SIZES = [
    ("70 adults took part in a trial of ketamine 1 mg or placebo (placebo = 34, ketamine = 36).", {36, 34}),
    ("70 adults were assigned to ketamine 1 mg or placebo (ketamine = 36; placebo = 34).", {36, 34}),
    ("Adults were randomised, 36 to ketamine and 34 to placebo; ketamine 1 mg was injected.", {36, 34}),
    ("Adults were randomised to ketamine or placebo; 36 received ketamine and 34 placebo.", {36, 34}),
    ("Children in 12 villages (n=936) received ketamine, and 12 villages (n=934) received placebo.", {936, 934}),
    ("Children in 12 wards (n=936) were given ketamine and children in 11 wards (n=934) got placebo.", {936, 934}),
]


@pytest.mark.parametrize(("text", "sizes"), SIZES, ids=[t[:50] for t, _ in SIZES])
def test_each_group_has_the_size_that_is_told_of_it(text: str, sizes: set[int]) -> None:
    found = {label.lower(): n for label, n in sizes_of(text).items()}
    assert found == {"ketamine": max(sizes), "placebo": min(sizes)}


def test_behind_the_label_of_a_group_its_bracket_is_its_own() -> None:
    text = "Adults were randomised. Group A (n = 20) received ketamine 1 mg, and group B (n = 21) received placebo."
    assert sizes_of(text) == {"Group A": 20, "group B": 21}


def test_all_who_were_parted_are_no_group() -> None:
    text = "Adults with gout (N = 150) were randomized to a course of riding or to ketamine 1 mg."
    assert 150 not in sizes_of(text).values()


def test_the_rest_of_a_dose_that_lost_its_point_is_no_group() -> None:
    text = (
        "Sixty adults were randomised. Group K n 30 had bupivacaine 0 125 with ketamine 1 mg kg and group S n 30 had "
        "bupivacaine 0 125 with saline. Block lasted 9 h in group K and 7 h in group S."
    )
    assert 125 not in sizes_of(text).values()


def test_a_lone_arm_of_a_text_that_sizes_several_is_not_everybody() -> None:
    text = (
        "900 children with otitis took amoxicillin at a low dose (30 mg/kg; n = 455) or a high dose (60 mg/kg; "
        "n = 445), for 3 days (n = 452) or 7 days (n = 448)."
    )
    assert 900 not in sizes_of(text).values()


ANAESTHESIA = "spinal anaesthesia (hyperbaric bupivacaine 10 mg with 20 mcg fentanyl)"


def test_what_explains_the_anaesthesia_was_given_to_all() -> None:
    record = record_of(
        f"We randomised 80 women having a caesarean section under {ANAESTHESIA} to i.v. ketamine 10 mg (40 women) or "
        "oxytocin 5 IU in 500 mL saline (40 women)."
    )
    names = {i.id: i.name for i in record.interventions}
    both = {"bupivacaine", "fentanyl"}
    assert [({names[i] for i in a.interventions}, a.n) for a in record.arms] == [
        ({"ketamine", *both}, 40),
        ({"oxytocin", *both}, 40),
    ]


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ("ketamine 1 mg in 100 mL of normal saline", "experimental"),
        ("ketamine 1 mg diluted in 20 ml saline", "experimental"),
        ("100 mL of normal saline", "placebo_comparator"),
    ],
)
def test_what_a_drug_was_diluted_in_makes_no_placebo(given: str, role: str) -> None:
    record = record_of(f"Adults were randomised to oxytocin 5 IU (n = 20) or {given} (n = 21).")
    assert (record.arms[-1].role == "placebo_comparator") is (role == "placebo_comparator")


PEOPLE = [
    ("Adults were randomised to ketamine (n = 31) or placebo (n = 30). 29 and 28 patients completed the trial.", {}),
    ("Adults took ketamine or placebo. 62 (79.4%) and 54 (83.1%) patients completed the trial.", {}),
    ("Pain eased in twelve of forty patients on ketamine and in five of forty-one on placebo.", {}),
    ("Itch was seen in 20 of 912 children in the ketamine group.", {}),
    ("Seventy eyes of 48 patients were randomised to ketamine (36 eyes) or placebo (34 eyes).", {"enrolled": 48}),
    ("Children in 12 villages (n=936) received ketamine, and 12 villages (n=934) received placebo.", {}),
    ("A trial randomised adults. We enrolled 60 adults, and 51 patients completed the trial.", {"enrolled": 60}),
    ("We enrolled 115 patients; 60 patients and 55 controls were randomised.", {"enrolled": 115}),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE, ids=[t[:50] for t, _ in PEOPLE])
def test_a_part_of_the_people_is_not_all(text: str, expected: dict[str, int]) -> None:
    assert record_of(f"METHODS: {text}").population.enrolled == expected.get("enrolled")


def test_the_last_of_a_pair_that_completed_is_not_all_who_did() -> None:
    text = "METHODS: Adults took ketamine or placebo. In all 62 (79.4%) and 54 (83.1%) patients completed the trial."
    assert record_of(text).population.evaluable is None


SEXES = [
    ("We randomised 90 women to ketamine 1 mg (45 women) or oxytocin 5 IU (45 women).", "female"),
    ("A randomised trial. Girls received one dose of ketamine (60 girls) or three doses (30 girls).", "female"),
    ("80 boys were randomised to ketamine (40 boys) or placebo (40 boys).", "male"),
    ("We randomised 90 adults (45 women) to ketamine or placebo. Women had more pain.", "all"),
    ("90 women and their partners (80 men) were randomised to ketamine or placebo.", "all"),
    ("We enrolled 234 mother-infant pairs. All mothers took iron.", None),
    ("Infants received vitamin D. Mothers took iron.", None),
    ("In a randomised trial 120 mothers of small children took iron or placebo.", "female"),
]


@pytest.mark.parametrize(("text", "sex"), SEXES, ids=[t[:50] for t, _ in SEXES])
def test_the_sex_is_that_of_all_people(text: str, sex: str | None) -> None:
    assert record_of(f"METHODS: {text}").population.sex == sex


@pytest.mark.parametrize("words", ["a phase two study", "– a randomised controlled trial", "a pilot trial"])
def test_a_condition_ends_where_the_title_says_what_was_done(words: str) -> None:
    record = record_of(f"Ketamine for severe plaque psoriasis {words}\nMETHODS: Adults with gout drank tea.")
    assert not any("study" in c.name or "trial" in c.name or "–" in c.name for c in record.population.conditions)


@pytest.mark.parametrize(
    "text",
    [
        "Adults received ketamine 3 mg day n=56 or oxytocin 5 IU monthly n=55 both with prednisolone 10 mg.",
        "Adults were randomised to ketamine every week (qw; 200 mg then 10 mg; n = 12) or placebo (n = 13).",
    ],
)
def test_a_label_holds_no_size_and_no_half_bracket(text: str) -> None:
    for label in sizes_of(text):
        assert "=" not in label
        assert label.count("(") == label.count(")")


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("ketamine (KET", "ketamine"),
        ("ketamine (25 mg", "ketamine (25 mg)"),
        ("ketamine group), to see", "ketamine group"),
        ("ketamine (25 mg) daily", "ketamine (25 mg) daily"),
        ("ketamine, n = 20", "ketamine"),
    ],
)
def test_a_label_is_whole(label: str, shown: str) -> None:
    assert _label(label) == shown


NO_PEOPLE = [
    "Twenty men drank ketamine (140 ml, 8 mmol of salt) or placebo.",
    "In groups of four neighbouring villages, adults were randomised to ketamine or placebo.",
    "Adults were randomised to two groups of two 8-week periods of ketamine 1 mg and placebo.",
    "The list had blocks of 8 subjects each; ketamine or placebo was injected.",
    "There were four groups of rats, two groups receiving ketamine and two groups receiving placebo.",
]


@pytest.mark.parametrize("text", NO_PEOPLE, ids=[t[:40] for t in NO_PEOPLE])
def test_amounts_villages_and_groups_are_no_people(text: str) -> None:
    assert not {2, 4, 8} & set(sizes_of(text).values())
