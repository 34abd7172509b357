"""Doses of several drugs in one number, counts of tablets, and doses that one sentence tells twice."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short
from trialmine.records.trial import Duration

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    # the names of a fixed combination stand behind it
    (
        "They took 160/4.5 ug alfamine/betamine twice daily.",
        [("alfamine", 160, "ug", "BID"), ("betamine", 4.5, "ug", "BID")],
    ),
    (
        "They took 100-25 mg of alfamine-betamine daily.",
        [("alfamine", 100, "mg", "QD"), ("betamine", 25, "mg", "QD")],
    ),
    (
        "They took 30 mg of betamine or three tablets of alfamine (120 mg) daily.",
        [("betamine", 30, "mg", "QD"), ("alfamine", 120, "mg", "QD")],
    ),
    ("They took four puffs of alfamine (100 ug) daily.", [("alfamine", 400, "ug", "QD")]),
    # a bracket behind a drug and its placebo tells of the drug
    (
        "They had alfamine/placebo (4 mg/kg/day × 3 d) with betamine 10 mg.",
        [("alfamine", 4, "mg/kg/d", None), ("betamine", 10, "mg", None)],
    ),
    # two steps with one amount
    (
        "They had alfamine 5 mg once weekly for 8 weeks followed by alfamine 5 mg every 6 weeks.",
        [("alfamine", 5, "mg", "QW"), ("alfamine", 5, "mg", "Q6W")],
    ),
    (
        "Group A had alfamine 5 mg before breakfast while group B had alfamine 5 mg at bedtime.",
        [("alfamine", 5, "mg", None), ("alfamine", 5, "mg", "QD")],
    ),
    # what is told before and behind a fixed combination holds for its parts, and for no other
    (
        "They had once-daily alfamine/betamine 10/50 ug or twice-daily gammamine 9 ug.",
        [("alfamine", 10, "ug", "QD"), ("betamine", 50, "ug", "QD"), ("gammamine", 9, "ug", "BID")],
    ),
    # the second short name stands for other drugs
    (
        "They had once-daily alfamine/betamine 10 ug/50 ug or twice-daily XQC 5 ug/90 ug.",
        [("alfamine", 10, "ug", "QD"), ("betamine", 50, "ug", "QD")],
    ),
    (
        "They had alfamine/betamine 10/50 mg once daily titrated to 20/90 mg if needed.",
        [
            ("alfamine", 10, "mg", "QD"),
            ("betamine", 50, "mg", "QD"),
            ("alfamine", 20, "mg", None),
            ("betamine", 90, "mg", None),
        ],
    ),
    (
        "They had one drop of alfamine/betamine in one eye.",
        [("alfamine", 1, "[drp]", None), ("betamine", 1, "[drp]", None)],
    ),
    (
        "They took two puffs of alfamine/betamine 160/4 ug daily.",
        [("alfamine", 320, "ug", "QD"), ("betamine", 8, "ug", "QD")],
    ),
    # behind a colon each amount has its drug beside it
    (
        "They had alfamine chemotherapy: 50 mg betamine and 60 mg gammamine daily.",
        [("betamine", 50, "mg", "QD"), ("gammamine", 60, "mg", "QD")],
    ),
    ("They had training and took alfamine daily with betamine 5 mg.", [("betamine", 5, "mg", None)]),
    # the words between describe the drug
    ("They had 5 mg of inhaled racemic alfamine daily.", [("alfamine", 5, "mg", "QD")]),
    # how often a daily total is given, told in a sentence of its own
    (
        "METHODS: They had alfamine 9 IU/day. Alfamine was given by twice-daily injections.",
        [("alfamine", 9, "[iU]/d", "BID")],
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [r for r in map(short, build(text)[0]) if r[1]] == rows


NAMED: list[tuple[str, list[tuple[Any, ...]], tuple[str, ...]]] = [
    (
        "They had alfamine-based chemotherapy (25 mg/m2).",
        [("alfamine", 25, "mg/m2", None)],
        ("alfamine", "chemotherapy"),
    ),
    (
        "They took alfamine 100 mg with S. betarum [500 mg].",
        [("alfamine", 100, "mg", None), ("Saccharomyces betarum", 500, "mg", None)],
        ("alfamine", "Saccharomyces betarum"),
    ),
    ("They took alfamine 100 mg + S. betarum [500 mg].", [("alfamine", 100, "mg", None)], ("alfamine",)),
    # a short name that is none of ours stands before the bracket
    ("They had XGDCA [AUC 5, day 1] and alfamine [80 mg/m2].", [("alfamine", 80, "mg/m2", None)], ("alfamine",)),
]


@pytest.mark.parametrize(("text", "rows", "names"), NAMED)
def test_names_beside_amounts(text: str, rows: list[tuple[Any, ...]], names: tuple[str, ...]) -> None:
    assert list(map(short, build(text, names)[0])) == rows


def test_a_drug_with_one_day_is_given_as_often_as_its_cycle() -> None:
    text = (
        "METHODS: Alfamine 70 mg was given on day 1 and betamine 50 mg twice daily for 7 days. "
        "Both treatments were repeated every 3 weeks."
    )
    assert [short(r)[3] for r in build(text)[0]] == ["Q3W", "BID"]


def test_fed_and_fasted_are_two_rows() -> None:
    rows, _ = build("They had alfamine 16 mg under fasting conditions or alfamine 16 mg under fed conditions.")
    assert [r.condition for r in rows] == ["under fasting conditions", "under fed conditions"]


def test_daily_says_no_more_than_a_daily_total() -> None:
    (row,), _ = build("They had a course of alfamine (0.4 g/kg/day) or one exchange daily.")
    assert row.frequency is None


BARE: list[tuple[str, list[tuple[Any, ...]]]] = [
    # what nobody got, and what a bracket spells out
    ("They had no betamine or 800 IU alfamine daily.", [("alfamine", 800, "[iU]", "QD")]),
    ("They had betamine (alfamine 200 mg) for 16 weeks.", [("alfamine", 200, "mg", None)]),
    # cohorts of one drug, told beside their placebo
    (
        "We tested alfamine. The first cohort received 40 mg q.d. (n=6) or placebo (n=2), and the second cohort "
        "40 mg b.i.d. (n=6) or placebo (n=2).",
        [("alfamine", 40, "mg", "QD"), ("alfamine", 40, "mg", "BID")],
    ),
    # how a daily total was given, told with the placebo
    (
        "Alfamine 40 or 60 mg/day or placebo was given once daily.",
        [("alfamine", 40, "mg/d", "QD"), ("alfamine", 60, "mg/d", "QD"), ("placebo", None, None, "QD")],
    ),
    ("They had alfamine 30 mg/d or placebo daily.", [("alfamine", 30, "mg/d", None), ("placebo", None, None, "QD")]),
    (
        "They had a 10-mL bolus of alfamine, followed by a continuous infusion of 6 mL/h for 24 hours.",
        [("alfamine", 10, "mL", None), ("alfamine", 6, "mL/h", None)],
    ),
]


@pytest.mark.parametrize(("text", "rows"), BARE)
def test_what_is_told_without_a_name(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert list(map(short, build(text)[0])) == rows


def test_a_bracket_behind_an_item_tells_of_it() -> None:
    rows, _ = build("They had alfamine 300 mg/day alone (in turns; 14 days on/14 days off), betamine 5 mg, or both.")
    assert [r.schedule is not None for r in rows] == [True, False]


def test_a_rate_is_kept_up_for_hours() -> None:
    (row,), _ = build("They had alfamine 10 ng/kg/min for 1 hour.")
    assert row.duration == Duration(value=1, unit="h", text="for 1 hour")
    assert row.infusion_time is None


def test_a_course_of_days_is_no_cycle() -> None:
    (row,), _ = build("A complete 3-day deworming course of 400 mg of alfamine was given.")
    assert row.schedule is None
    assert row.duration == Duration(value=3, unit="d", text="3-day deworming course")


def test_results_under_the_heading_of_methods_are_told_apart() -> None:
    text = "METHODS AND RESULTS: They took alfamine 5 mg. Deaths were 4.5% with alfamine (P < 0.001) over 3 years."
    (row,), _ = build(text)
    assert row.duration is None


FRACTIONS = [
    ("They had alfamine 8 Gy in a single fraction or 30 Gy in 10 fractions.", [None, 10]),
    ("They had two single 9 mg doses of alfamine.", [2]),
]


@pytest.mark.parametrize(("text", "counts"), FRACTIONS)
def test_what_was_given_once_takes_no_number_of_another_dose(text: str, counts: list[int | None]) -> None:
    names = {"alfamine": "radiation" if "Gy" in text else "drug"}
    rows = build(text, ("alfamine",), kinds=names)[0]
    assert [r.administrations for r in rows] == counts
