"""Dosing rows of sentences of our own, and of regimens rendered in many wordings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.dosing_rows import NAMES, build, short
from support.gold import SHARED, load

ROWS = [
    ("Patients received alfamine 850 mg twice daily.", [("alfamine", 850, "mg", "BID")]),
    ("Patients received 850 mg of alfamine twice daily.", [("alfamine", 850, "mg", "BID")]),
    ("Patients took alfamine (850 mg b.i.d.).", [("alfamine", 850, "mg", "BID")]),
    (
        "Patients were randomized to alfamine 5 mg or betamine 10 mg once daily.",
        [("alfamine", 5, "mg", "QD"), ("betamine", 10, "mg", "QD")],
    ),
    (
        "Patients received alfamine 100 mg/m2 and betamine 60 mg/m2 every 3 weeks.",
        [("alfamine", 100, "mg/m2", "Q3W"), ("betamine", 60, "mg/m2", "Q3W")],
    ),
    (
        "Patients received alfamine 850 mg, or placebo administered twice a day.",
        [("alfamine", 850, "mg", "BID"), ("placebo", None, None, "BID")],
    ),
    (
        "Single doses of alfamine (5 mg), betamine (60 mg), and gammamine (7 mg) were given.",
        [("alfamine", 5, "mg", "ONCE"), ("betamine", 60, "mg", "ONCE"), ("gammamine", 7, "mg", "ONCE")],
    ),
    ("They received alfamine 8% in oxygen.", [("alfamine", 8, "%", None)]),
    ("Methods: They breathed alfamine (20 ppm) for an hour.", [("alfamine", 20, "[ppm]", None)]),
    (
        "They took a daily dosage of 900 mg of alfamine and 300 mg of betamine.",
        [("alfamine", 900, "mg/d", None), ("betamine", 300, "mg/d", None)],
    ),
    (
        "Alfamine (10-25 mg/week) and betamine 5 mg/week were given.",
        [("alfamine", (10, 25), "mg/wk", None), ("betamine", 5, "mg", "QW")],
    ),
    (
        "Alfamine and betamine were given at 5 and 6 mg daily, respectively.",
        [("alfamine", 5, "mg", "QD"), ("betamine", 6, "mg", "QD")],
    ),
    (
        "They inhaled alfamine/betamine 160/4.5 ug twice daily.",
        [("alfamine", 160, "ug", "BID"), ("betamine", 4.5, "ug", "BID")],
    ),
    ("Cohorts received alfamine at 10, 30, 40 or 50 mg/kg weekly.", [("alfamine", (10, 30, 40, 50), "mg/kg", "QW")]),
    (
        "They received 5 mg of alfamine and 15 mg of betamine per day.",
        [("alfamine", 5, "mg/d", None), ("betamine", 15, "mg/d", None)],
    ),
]
NO_ROWS = [
    "Alfamine reduced cholesterol by 20 mg compared with placebo.",
    "Serum alfamine was 12 ng/mL.",
    "Mean alfamine consumption was 37 mg.",
    "Nausea occurred in 14% of alfamine patients.",
    "Placebo and 5 kg/m2 of weight.",
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [short(r) for r in build(text)[0]] == rows


@pytest.mark.parametrize("text", NO_ROWS)
def test_no_rows(text: str) -> None:
    assert build(text)[0] == ()


def test_cycle() -> None:
    (row,) = build("Alfamine 75 mg/m2 was given on days 1 and 8 every 21 days for six cycles.")[0]
    assert row.schedule is not None
    assert (row.schedule.days, row.schedule.cycles) == ((1, 8), 6)
    assert row.schedule.cycle_length is not None
    assert (row.schedule.cycle_length.value, row.schedule.cycle_length.unit) == (21, "d")
    assert row.frequency is None


def test_bolus_then_infusion() -> None:
    rows = build("Patients received alfamine 1 mg/kg followed by an infusion of 0.5 mg/kg/h.")[0]
    assert [(r.dose and r.dose.unit, r.role) for r in rows] == [("mg/kg", "loading"), ("mg/kg/h", "maintenance")]


def test_doses_that_define_arms() -> None:
    arms = (("alfamine 5 mg", ("alfamine",)), ("alfamine 10 mg", ("alfamine",)))
    rows = build("Patients were randomized to alfamine 5 or 10 mg daily.", arms=arms)[0]
    assert [(r.dose and r.dose.value, r.arms) for r in rows] == [(5, ("alfamine 5 mg",)), (10, ("alfamine 10 mg",))]


def test_lengths_that_define_arms() -> None:
    arms = (("1-week group", ("alfamine",)), ("2-week group", ("alfamine",)))
    rows = build("Patients received a 1- or 2-week course of alfamine 40 mg b.i.d.", arms=arms)[0]
    assert [(r.duration and r.duration.value, r.arms) for r in rows] == [(1, ("1-week group",)), (2, ("2-week group",))]


def test_repeats_merge_and_complete() -> None:
    text = "Alfamine 5 mg was given to all patients. They took oral alfamine 5 mg twice daily for 6 weeks."
    (row,) = build(text)[0]
    assert (row.route, row.frequency and row.frequency.code, row.duration and row.duration.value) == ("oral", "BID", 6)


def test_ambiguous_frequency_warns() -> None:
    rows, warnings = build("Patients received alfamine 5 mg biweekly.")
    assert [w.code for w in warnings] == ["ambiguous_frequency"]
    assert rows[0].frequency is not None


_FREQUENCIES = st.sampled_from(
    [
        ("twice daily", "BID"),
        ("every 3 weeks", "Q3W"),
        ("once weekly", "QW"),
        ("three times a day", "TID"),
        ("q8h", "Q8H"),
    ]
)
_WORDINGS = st.sampled_from([
    "Patients received {drug} {dose} {often}.",
    "Patients received {dose} of {drug} {often}.",
    "{drug} ({dose}) was administered {often}.",
    "{drug} was given at a dose of {dose} {often}.",
    "{dose} {drug} was taken {often}.",
    "Treatment was {drug}, {dose} {often}.",
])  # fmt: skip


@given(
    _WORDINGS,
    st.sampled_from(NAMES[:3]),
    st.integers(1, 900),
    st.sampled_from(["mg", "mg/kg", "mg/m2", "g"]),
    _FREQUENCIES,
    st.sampled_from([None, 2, 6, 12]),
)
def test_regimens_read_back(
    wording: str, drug: str, value: int, unit: str, often: tuple[str, str], weeks: int | None
) -> None:
    said = often[0] + (f" for {weeks} weeks" if weeks else "")
    (row,) = build(wording.format(drug=drug, dose=f"{value} {unit}", often=said))[0]
    assert short(row) == (drug, value, unit, often[1])
    assert (row.duration.value if row.duration else None) == weeks
    assert all(e.quote for e in row.evidence)


@given(st.text(max_size=120))
def test_never_crashes(text: str) -> None:
    rows, _ = build(text)
    for row in rows:
        assert all(text[e.start : e.end] == e.quote for e in row.evidence)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not beside the checkout")
def test_dev_rows_do_not_get_worse() -> None:
    from support.dosing_bench import score, scorer  # noqa: PLC0415 (needs ../shared)

    module = scorer()
    tally, _, _ = score(load("dev"), module)
    assert module.prf(tally["dosing", "row"])[2] >= 0.70


def test_a_route_right_before_the_drug_is_its_own() -> None:
    rows = build("All had topical gel. The alfamine group also received oral alfamine 400 mg twice daily.")[0]
    assert [r.route for r in rows if r.dose] == ["oral"]
