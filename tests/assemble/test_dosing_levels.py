"""Lists of doses that are arms or not, doses of other things, and timings that stand between two drugs."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short

GROUPS: list[tuple[str, list[Any]]] = [
    ("Patients received alfamine 5 or 10 mg twice daily, or placebo.", [5, 10]),
    ("Women were randomised to placebo, 4, 16 or 28 mg of alfamine daily.", [4, 16, 28]),
    ("Alfamine 100 and 300 mg were compared with placebo.", [100, 300]),
    ("Adults were randomly assigned to receive alfamine 3 mg or 6 mg daily.", [3, 6]),
    ("Methods: Volunteers got 3, 6 or 12 mg of alfamine by mouth.", [3, 6, 12]),
    ("Methods: Volunteers got 3 or 6 mg of alfamine by mouth.", [(3, 6)]),
    ("Cohorts received escalating doses of alfamine of 3 or 6 mg daily.", [(3, 6)]),
    ("The dose of alfamine was flexible at 10 or 20 mg.", [(10, 20)]),
    ("In this crossover trial, volunteers took alfamine 10 or 20 mg, or placebo.", [(10, 20)]),
]


@pytest.mark.parametrize(("text", "doses"), GROUPS)
def test_groups_are_rows_of_their_own(text: str, doses: list[Any]) -> None:
    found = [short(r) for r in build(text)[0]]
    assert [amount for drug, amount, *_ in found if drug == "alfamine"] == doses


NOT_OURS = [
    "Patients took alfamine 5 mg daily and ate 85 g of walnut butter daily.",
    "They received alfamine 5 mg daily or 20 mL of rosehip syrup.",
]


@pytest.mark.parametrize("text", NOT_OURS)
def test_an_amount_of_something_else(text: str) -> None:
    assert [short(r)[:2] for r in build(text)[0]] == [("alfamine", 5)]


def test_days_between_two_drugs_belong_to_the_first() -> None:
    first, second = build("They had alfamine 900 mg/m2 on days 1 and 8 with betamine 20 mL/m2 daily for 21 days.")[0]
    assert first.schedule is not None
    assert first.schedule.days == (1, 8)
    assert first.frequency is None
    assert (second.schedule, second.frequency and second.frequency.code) == (None, "QD")


def test_two_routes_are_two_rows() -> None:
    rows = build("They took 400 ug of vaginal alfamine, or 400 ug of sublingual alfamine every 4 h.")[0]
    assert {r.route for r in rows} == {"vaginal", "sublingual"}


def test_a_count_of_capsules_beside_the_amount_is_no_dose() -> None:
    assert [short(r)[:3] for r in build("They took alfamine 2 g/day for 6 months (two capsules).")[0]] == [
        ("alfamine", 2, "g/d")
    ]


TOGETHER = [
    "Patients received alfamine and betamine (both 75 mg/m2) every 3 weeks.",
    "Patients received 75 mg/m2 of either alfamine or betamine every 3 weeks.",
    "Patients received alfamine and betamine, 75 mg/m2 each, every 3 weeks.",
]


@pytest.mark.parametrize("text", TOGETHER)
def test_one_dose_told_of_several_drugs(text: str) -> None:
    assert [short(r) for r in build(text)[0]] == [(d, 75, "mg/m2", "Q3W") for d in ("alfamine", "betamine")]


def test_a_day_in_the_unit_of_the_last_dose_is_its_own_where_the_others_have_days() -> None:
    rows = build("They had alfamine 50 mg/m2 on day 1 and betamine 1250 mg/m2 per day on days 1-21.")[0]
    assert [r.dose and r.dose.unit for r in rows] == ["mg/m2", "mg/m2/d"]


def test_a_placebo_takes_no_dose_of_the_drug_beside_it() -> None:
    rows = build("They were randomised to either placebo or alfamine 200 mg every 2 weeks or 400 mg every 4 weeks.")[0]
    assert [short(r)[:2] for r in rows if r.dose] == [("alfamine", 200), ("alfamine", 400)]


def test_shares_and_volumes_that_were_found_are_no_doses() -> None:
    text = (
        "METHODS: Infants had alfamine 5 mg or betamine 2 mg. RESULTS: The rates in the alfamine and betamine "
        "groups were 31% and 41%, respectively. Differences from placebo were 106 and 171 mL."
    )
    assert [short(r)[:2] for r in build(text)[0]] == [("alfamine", 5), ("betamine", 2)]


def test_one_amount_as_a_bolus_and_as_an_infusion() -> None:
    text = "They received 1 g intravenous alfamine bolus followed by an 8 h infusion of 1 g alfamine."
    assert [r.role for r in build(text)[0]] == ["loading", "maintenance"]


def test_a_length_behind_two_brackets_holds_for_both() -> None:
    rows = build("The alfamine group (7.5 mg daily) or the betamine group (40 mg daily) was treated for 7 days.")[0]
    assert [r.duration and r.duration.value for r in rows] == [7, 7]


def test_a_range_is_told_dose_by_dose_where_the_results_list_its_doses() -> None:
    text = (
        "METHODS: Men took alfamine (2-20 mg) daily. RESULTS: Urate fell with alfamine doses 2, 5, 10 and 20 mg daily."
    )
    rows = build(text)[0]
    assert [short(r) for r in rows] == [("alfamine", v, "mg", "QD") for v in (2, 5, 10, 20)]
    assert all("20 mg" in " ".join(e.quote for e in r.evidence) for r in rows)


def test_doses_that_a_number_of_doses_counts_are_no_administrations() -> None:
    rows = build("Two doses of alfamine (15 mg and 50 mg) were compared with placebo.")[0]
    assert [r.administrations for r in rows if r.dose] == [None, None]
