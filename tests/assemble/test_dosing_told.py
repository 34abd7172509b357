"""How doses are told: with their groups, in brackets, twice, of nobody; and what is told of several at once."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short
from support.marked import read
from trialmine.assemble.dosing.sections import with_results_told
from trialmine.normalise.linear import linear_model

OF_ANOTHER: list[tuple[str, list[tuple[Any, ...]], str | None]] = [
    ("They took alfamine 400 mg BID with XQ-21 10 ug/kg IV.", [("alfamine", 400, "mg", "BID")], None),
    ("They took XQ-21 50 mg IV weekly with alfamine 400 mg BID.", [("alfamine", 400, "mg", "BID")], None),
    ("They took alfamine 400 mg BID; 31-XQ 50 mg daily was added.", [("alfamine", 400, "mg", "BID")], None),
    ("In cohort C2 50 mg of alfamine was given IV.", [("alfamine", 50, "mg", None)], "intravenous"),
]

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "Patients received 10 mg (arm A), 20 mg (arm B) or 40 mg (arm C) of alfamine.",
        [("alfamine", 10, "mg", None), ("alfamine", 20, "mg", None), ("alfamine", 40, "mg", None)],
    ),
    (
        "They were assigned to alfamine [30 (n = 11), 40 (n = 21) or 50 mg (n = 20)].",
        [("alfamine", 30, "mg", None), ("alfamine", 40, "mg", None), ("alfamine", 50, "mg", None)],
    ),
    (
        "They had alfamine 240 mg BID (n = 221) or TID (n = 234).",
        [("alfamine", 240, "mg", "BID"), ("alfamine", 240, "mg", "TID")],
    ),
    (
        "Inhalers gave alfamine/betamine (200/25 or 800/100 ug) daily.",
        [
            ("alfamine", 200, "ug", "QD"),
            ("betamine", 25, "ug", "QD"),
            ("alfamine", 800, "ug", "QD"),
            ("betamine", 100, "ug", "QD"),
        ],
    ),
    ("They drank alfamine 2 g, and counts were measured every 4 weeks.", [("alfamine", 2, "g", None)]),
    ("Background: Betamine must be taken every day. Methods: They drank alfamine 2 g.", [("alfamine", 2, "g", None)]),
    (
        "Alfamine 2.4 g/day was given. Both drugs were administered three times daily for 48 weeks.",
        [("alfamine", 2.4, "g/d", "TID")],
    ),
    (
        "Patients received alfamine 400 mg/day or betamine 200 mg twice daily.",
        [("alfamine", 400, "mg/d", None), ("betamine", 200, "mg", "BID")],
    ),
    (
        "Cohorts of alfamine 2 mg) plus betamine 300 mg once daily.",
        [("alfamine", 2, "mg", None), ("betamine", 300, "mg", "QD")],
    ),
    ("They had alfamine 6 mg over 1-2 hours every 3 weeks.", [("alfamine", 6, "mg", "Q3W")]),
    (
        "They had alfamine 320 mg at baseline plus betamine 50 mg TID.",
        [("alfamine", 320, "mg", None), ("betamine", 50, "mg", "TID")],
    ),
    ("Extract of 170 mg of A. zorbata was added to alfamine 5 mg daily.", [("alfamine", 5, "mg", "QD")]),
    ("They took alfamine 2 g. The maker recommends a dose of alfamine 9 g.", [("alfamine", 2, "g", None)]),
    ("They took alfamine 2 g. In previous small trials alfamine 9 g was given.", [("alfamine", 2, "g", None)]),
    ("They took alfamine 2 g. All had inhaled 400 ug of betamine or equivalent.", [("alfamine", 2, "g", None)]),
    (
        "They drank alfamine 2 g, and measured fourteen other parameters of their blood as well as their weight "
        "every 4 weeks.",
        [("alfamine", 2, "g", None)],
    ),
    ("Identical capsules contained 5 mg of alfamine. Alfamine was given at 9 mg/day.", [("alfamine", 9, "mg/d", None)]),
    ("Capsules contained 5 mg of alfamine.", [("alfamine", 5, "mg", None)]),
    ("They took alfamine 900 mg thrice daily (total daily dose, 2.7 g).", [("alfamine", 900, "mg", "TID")]),
    (
        "They took alfamine 900 mg/m2 on day 1 plus betamine 5 MUI three times per week.",
        [("alfamine", 900, "mg/m2", None), ("betamine", 5000000, "[iU]", "TIW")],
    ),
    (
        "They received high-dose alfamine (1800 mg/day), low-dose alfamine (1200 mg/day), or betamine (9 mg/day).",
        [("alfamine", 1800, "mg/d", None), ("alfamine", 1200, "mg/d", None), ("betamine", 9, "mg/d", None)],
    ),
    ("They took alfamine 120 mg daily. Others had alfamine with placebo (300 mg).", [("alfamine", 120, "mg", "QD")]),
    ("All took alfamine 120 mg daily. The other group had 13 mg/kg of placebo.", [("alfamine", 120, "mg", "QD")]),
    (
        "The society had raised the recommended daily alfamine intake from 2 to 9 mg. They took alfamine 5 mg daily.",
        [("alfamine", 5, "mg", "QD")],
    ),
    ("They took alfamine 25 mg±betamine 80 mg daily.", [("alfamine", 25, "mg", None), ("betamine", 80, "mg", "QD")]),
    ("The rate in the alfamine and betamine groups was 88.6% and 82.3%, respectively.", []),
    (
        "Group A had alfamine 1% (9 ml) with betamine (1 ml).",
        [("alfamine", 9, "mL", None), ("betamine", 1, "mL", None)],
    ),
    (
        "Twice-daily alfamine 400 ug/betamine 12 ug was given.",
        [("alfamine", 400, "ug", "BID"), ("betamine", 12, "ug", "BID")],
    ),
    ("Alfamine 5 mg was given. Betamine tolerance tests were done every 6 months.", [("alfamine", 5, "mg", None)]),
    (
        "Women with nodes were eligible and randomly assigned (1:1) to care with alfamine (150 mg twice daily).",
        [("alfamine", 150, "mg", "BID")],
    ),
    ("Eligible were patients who had received alfamine 150 mg.", []),
    ("They had alfamine 500 mg on days 1, 15 and 29, then monthly.", [("alfamine", 500, "mg", "QM")]),
    ("Alfamine 5 mg on days 1 and 8 every 3 weeks.", [("alfamine", 5, "mg", None)]),
    ("Women with disease after betamine were given 2.5 mg alfamine once daily.", [("alfamine", 2.5, "mg", "QD")]),
    ("They received alfamine (5 mg) and 80 mg XC-SOD.", [("alfamine", 5, "mg", None)]),
    ("Volunteers took 30 mg (base) alfamine.", [("alfamine", 30, "mg", None)]),
    (
        "Patients received alfamine 7 mL/kg before and at a dose of 12 mL/kg after the visit.",
        [("alfamine", 7, "mL/kg", None), ("alfamine", 12, "mL/kg", None)],
    ),
    (
        "Group A had alfamine 340 mg + 320 mg betamine daily.",
        [("alfamine", 340, "mg", "QD"), ("betamine", 320, "mg", "QD")],
    ),
    (
        "They took alfamine-betamine (250-100 mg) daily.",
        [("alfamine", 250, "mg", "QD"), ("betamine", 100, "mg", "QD")],
    ),
    (
        "Patients received alfamine (100 mg) plus betamine (1 mg/kg twice daily).",
        [("alfamine", 100, "mg", None), ("betamine", 1, "mg/kg", "BID")],
    ),
    (
        "They received 10 mg of alfamine with betamine as adjuvant, given every 2 weeks.",
        [("alfamine", 10, "mg", "Q2W"), ("betamine", None, None, "Q2W")],
    ),
    ("Eligible patients received alfamine 5 mg daily.", [("alfamine", 5, "mg", "QD")]),
    ("Patients were given, in a single-blind fashion, alfamine 5 mg.", [("alfamine", 5, "mg", None)]),
    ("They received alfamine 5 mg (Group BD) once weekly.", [("alfamine", 5, "mg", "QW")]),
    (
        "BACKGROUND: Alfamine 20 mg is approved in adults. METHODS: They took alfamine 5 mg.",
        [("alfamine", 5, "mg", None)],
    ),
    (
        "BACKGROUND: We compared alfamine 0.5 or 1 mg/kg. METHODS: Group L received alfamine 0.5 mg/kg. "
        "Group H received alfamine 1 mg/kg.",
        [("alfamine", 0.5, "mg/kg", None), ("alfamine", 1, "mg/kg", None)],
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [short(r) for r in build(text)[0]] == rows


def test_two_lengths_are_two_rows() -> None:
    text = (
        "METHODS: All had 12 weeks of treatment with alfamine 40 mg/d. Responders were then assigned to alfamine "
        "40 mg/d for a further 28 weeks."
    )
    assert [r.duration and r.duration.value for r in build(text)[0]] == [12, 28]


def test_a_commended_dose_stands_beside_the_given_ones() -> None:
    text = "METHODS: They took alfamine 5 mg or 10 mg daily. CONCLUSIONS: Alfamine 10 mg is a clinically optimal dose."
    arms = (("alfamine 5 mg", ("alfamine",)), ("alfamine 10 mg", ("alfamine",)))
    assert [r.role for r in build(text, arms=arms)[0]] == [None, None, "recommended"]


NO_DAYS = [
    "Alfamine 5 mg was given daily. At baseline (day 0), all patients were seen.",
    "METHODS: Alfamine 5 mg was given daily. RESULTS: With alfamine nausea was seen on days 1-3.",
    "Alfamine 5 mg was given daily. All volunteers were treated with another drug on day 28.",
]


@pytest.mark.parametrize("text", NO_DAYS)
def test_days_that_date_something_else(text: str) -> None:
    assert [r.schedule for r in build(text)[0]] == [None]


ROUTES = [
    ("Women who underwent vaginal hysterectomy received alfamine 5 mg.", None),
    ("After endotracheal intubation they received alfamine 5 mg.", None),
    ("Sleep latency (SL) was measured. They took alfamine 5 mg.", None),
    ("They received alfamine 5 mg intramuscularly.", "intramuscular"),
]


@pytest.mark.parametrize(("text", "route"), ROUTES)
def test_routes_of_drugs_only(text: str, route: str | None) -> None:
    assert [r.route for r in build(text)[0]] == [route]


def test_a_route_told_far_away_is_found() -> None:
    text = "METHODS: Patients received alfamine 5 mg or betamine 2 mg. All drugs were administered intravenously."
    assert [r.route for r in build(text)[0]] == ["intravenous", "intravenous"]


def test_results_are_told_apart_where_no_heading_says_so() -> None:
    article = read("They received alfamine 5 mg. Median survival was longer with 10 mg (P = 0.01).")
    assert [s.section for s in with_results_told(article)][-1] == "results"


@pytest.mark.parametrize("name", ["dosing_route", "dosing_duration"])
def test_the_scorers_know_the_rules_say(name: str) -> None:
    weights = linear_model(name).weights
    assert weights["rule=this"] > 0 > weights["rule=none"]


@pytest.mark.parametrize(("text", "rows", "route"), OF_ANOTHER)
def test_a_dose_beside_a_code_name_is_lent_to_no_other_drug(
    text: str, rows: list[tuple[Any, ...]], route: str | None
) -> None:
    found = build(text, names=("alfamine",))[0]
    assert [short(r) for r in found] == rows
    assert [r.route for r in found] == [route]


def test_both_tells_of_every_dose_before_it() -> None:
    found = build("Group A took alfamine 75 mg/d and group B used betamine 75 mg/d both for 30 days.")[0]
    assert [r.duration and r.duration.value for r in found] == [30, 30]


def test_days_at_which_something_was_measured_are_no_schedule() -> None:
    assert build("In placebo patients, baseline and day 1 levels were told apart.")[0] == ()


def test_a_longest_time_is_no_highest_dose() -> None:
    (row,) = build("They took alfamine 5 mg once daily (maximum 1 week).")[0]
    assert row.role is None
    assert row.duration is not None
    assert (row.duration.value, row.duration.unit) == (1, "wk")


def test_days_of_visits_in_each_group_are_no_schedule() -> None:
    rows = build(
        "They took alfamine 5 mg or betamine 8 mg. There were visits for the alfamine group (on days 2, 4, 7 and 14) "
        "and the betamine group (on days 2 and 4)."
    )[0]
    assert [r.schedule for r in rows] == [None, None]


def test_low_and_high_doses_share_what_is_told_behind_them() -> None:
    rows = build("They had high-dose alfamine (18 mg/day), low-dose alfamine (12 mg/day), or placebo for 52 weeks.")[0]
    assert [r.duration and r.duration.value for r in rows] == [52, 52, 52]


def test_how_often_something_was_recorded_is_no_frequency() -> None:
    (row,) = build("They took alfamine 5 mg. Pulses were recorded every 20 seconds after the drug was given.")[0]
    assert row.frequency is None


def test_a_way_of_giving_has_no_doses() -> None:
    text = "They had an intravitreal injection (4 mg) or a subconjunctival injection (9 mg) of alfamine."
    found = build(text, names=("alfamine", "intravitreal injection"))[0]
    assert {r.intervention for r in found} == {"alfamine"}
