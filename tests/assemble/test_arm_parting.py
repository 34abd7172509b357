"""Arms that lists of doses part, sizes of who was left, controls of which nothing is told."""

from __future__ import annotations

import pytest

from support.blocks import blocks

_TITLE = "Metformin in gout: a randomized trial. "
# text -> labels of the arms
DOSES = [
    (
        "METHODS: In this trial 90 adults completed 12 weeks with 500, 850 or 1000 mg of metformin, "
        "60 mg gliclazide or placebo.",
        3,
    ),
    ("METHODS: They received placebo, 500, 850 or 1000 mg of metformin daily.", 3),
    ("METHODS: Sixty adults received placebo or metformin orally (500 or 850 mg/day) for 12 weeks.", 2),
    (
        "METHODS: Adults were divided into four groups and received metformin (Group I: 500 mg, "
        "Group II: 850 mg, Group III: 1000 mg) or placebo.",
        3,
    ),
    # steps of one person's dose, and amounts of what it is set against
    ("METHODS: Adults received placebo or metformin, increased from 500 to 850 mg daily.", 1),
    ("METHODS: Adults received metformin 500 mg/day or 20 or 30 mL of saline.", 1),
]


@pytest.mark.parametrize(("text", "arms"), DOSES, ids=[t[9:60] for t, _ in DOSES])
def test_a_list_of_doses_beside_another_arm_parts_one(text: str, arms: int) -> None:
    found = blocks(_TITLE + text)
    metformin = next(r.id for r in found.interventions.rows if r.name == "metformin")
    assert sum(metformin in a.interventions for a in found.arms.rows) == arms


# text -> how many arms got something
JOINED = [
    ("In this two-arm trial schools were assigned to metformin-gliclazide or to no treatment.", 1),
    ("Adults were randomized to metformin, gliclazide or no treatment.", 2),
    ("Adults were randomly divided into three groups that received metformin, gliclazide or no treatment.", 2),
]


@pytest.mark.parametrize(("text", "treated"), JOINED, ids=[t[:40] for t, _ in JOINED])
def test_beside_one_group_of_two_that_got_nothing_there_is_one_other(text: str, treated: int) -> None:
    arms = blocks(_TITLE + "METHODS: " + text).arms.rows
    assert sum(bool(a.interventions) for a in arms) == treated
    assert [a.role for a in arms if not a.interventions] == ["no_intervention"]


def test_what_the_treated_got_besides_stays_theirs_beside_a_group_that_got_nothing() -> None:
    found = blocks(
        "Metformin, gliclazide or no treatment in gout: a randomized trial. METHODS: Adults were randomized to "
        "metformin plus naproxen, gliclazide plus naproxen, or no treatment."
    )
    names = {r.id: r.name for r in found.interventions.rows}
    arms = sorted(sorted(str(names[i]) for i in a.interventions) for a in found.arms.rows)
    assert arms == [[], ["gliclazide", "naproxen"], ["metformin", "naproxen"]]


def test_a_procedure_beside_a_group_that_got_nothing_more_was_done_to_all() -> None:
    found = blocks(
        "Metformin before laparoscopic surgery: a randomized trial. METHODS: Women who had laparoscopic surgery were "
        "randomized to metformin 500 mg (n = 41) or control (no metformin, n = 40)."
    )
    names = {r.id: r.name for r in found.interventions.rows}
    arms = {a.role: {names[i] for i in a.interventions} for a in found.arms.rows}
    assert arms["experimental"] - arms["no_intervention"] == {"metformin"}


_ALL = "METHODS: Eighty adults were randomized to metformin or placebo. RESULTS: "
# sentence of the results -> sizes of the arms
LEFT = [
    ("Of 80 adults, 71 completed the study (metformin, n = 35; placebo, n = 36).", {None}),
    ("Data of those who completed the trial were metformin (n = 35) and placebo (n = 36).", {None}),
    ("Of them, 40 were assigned to metformin (n = 40) and 40 to placebo (n = 40).", {40}),
    ("All completed the study (metformin, n = 41; placebo, n = 39).", {41, 39}),
]


@pytest.mark.parametrize(("sentence", "sizes"), LEFT, ids=[s[:40] for s, _ in LEFT])
def test_those_who_were_left_are_no_sizes_of_the_arms(sentence: str, sizes: set[int | None]) -> None:
    assert {a.n for a in blocks(_ALL + sentence).arms.rows} == sizes


_TESTED = "Yoga training for sleep: a cluster randomized trial. METHODS: The yoga training was given weekly. "
# sentence -> role of the arm without interventions, "" where there is none
UNTREATED = [
    ("RESULTS: Sleep was longer in intervention than in control villages.", "no_intervention"),
    ("Schools were randomized to yoga training or control.", "no_intervention"),
    ("Adults were randomized to yoga training or a waiting list.", "no_intervention"),
    ("RESULTS: Sleep was longer than in the untreated participants.", "no_intervention"),
    (
        "Adults were randomized to yoga training (n = 40), and the control group received no training.",
        "no_intervention",
    ),
    ("RESULTS: Sleep was under control in all patients.", ""),
    ("Quality control was done weekly.", ""),
]


@pytest.mark.parametrize(("sentence", "role"), UNTREATED, ids=[s[:40] for s, _ in UNTREATED])
def test_a_control_of_which_nothing_is_told_got_nothing(sentence: str, role: str) -> None:
    empty = [a.role or "none" for a in blocks(_TESTED + sentence).arms.rows if not a.interventions]
    assert empty == ([role] if role else [])


# what the text tells that a control got
TOLD = [
    "The control group received advice.",
    "Control group participants will receive advice.",
    "The control group managed pain as they used to.",
    "The control group did their own exercises.",
]


@pytest.mark.parametrize("sentence", TOLD)
def test_a_control_that_was_given_something_has_no_such_role(sentence: str) -> None:
    text = _TESTED + "Adults were randomized to yoga training or to a control group. " + sentence
    assert "no_intervention" not in {a.role for a in blocks(text).arms.rows}
