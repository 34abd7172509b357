"""Regimens of cancer trials and sizes of dose groups that readers found wrong in texts of their own."""

from __future__ import annotations

import pytest

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import Dosing, TrialRecord

FLOW = load(ner_model="none")


def record_of(text: str) -> TrialRecord:
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def rows_of(text: str) -> list[tuple[str, Dosing]]:
    record = record_of(text)
    names = {i.id: i.name for i in record.interventions}
    return [(names[d.intervention], d) for d in record.dosing]


def often(row: Dosing) -> str | None:
    return row.frequency.code if row.frequency else None


def days(row: Dosing) -> tuple[int, ...]:
    return row.schedule.days if row.schedule else ()


def cycle(row: Dosing) -> tuple[float, str] | None:
    length = row.schedule.cycle_length if row.schedule else None
    return (length.value, length.unit) if length else None


OFTEN = [
    ("Patients received metformin 40 mg thrice daily or placebo.", {"metformin": "TID"}),
    ("Patients received ketoconazole daily, 400 mg orally every 8 hours.", {"ketoconazole": "Q8H"}),
    ("Patients received metformin 40 mg, 3/week.", {"metformin": "TIW"}),
    ("Patients received amoxicillin 500 mg/8 h.", {"amoxicillin": "Q8H"}),
    ("Women received paclitaxel 175 mg/m2/3 weeks.", {"paclitaxel": "Q3W"}),
    ("Patients received amoxicillin 50 mg/kg per day in 3 doses for 7 days.", {"amoxicillin": "TID"}),
    (
        "Women received a 6-mg injection of filgrastim or pegfilgrastim every week.",
        {"filgrastim": "QW", "pegfilgrastim": "QW"},
    ),
    # names that end like "min" are no minutes of exercise
    ("Patients received 500 mg metformin twice daily or placebo.", {"metformin": "BID"}),
    ("Patients received 20 g albumin daily or placebo.", {"albumin": "QD"}),
    ("Women received carboplatin AUC 4.5 mg/mL·min every three weeks.", {"carboplatin": "Q3W"}),
    # one dose is what a trial asks for as often as what it gives
    ("Patients received metformin 40 mg. All had at least one dose of metformin.", {"metformin": None}),
]


@pytest.mark.parametrize(("text", "codes"), OFTEN, ids=[t[:50] for t, _ in OFTEN])
def test_how_often(text: str, codes: dict[str, str | None]) -> None:
    assert {name: often(row) for name, row in rows_of(text) if name in codes} == codes


def test_a_day_s_amount_that_is_shared_out_is_a_total() -> None:
    ((_, row),) = rows_of("Patients received doxycycline 200 mg daily in two divided doses.")
    assert row.dose is not None
    assert (row.dose.unit, often(row)) == ("mg/d", "BID")


def test_both_alternatives_behind_an_injection_have_its_amount() -> None:
    rows = rows_of(
        "Women received a single 6-mg subcutaneous injection of filgrastim (n = 101) or pegfilgrastim (n = 101)."
    )
    assert [(name, row.dose and row.dose.value, row.route) for name, row in rows] == [
        ("filgrastim", 6.0, "subcutaneous"),
        ("pegfilgrastim", 6.0, "subcutaneous"),
    ]


def test_the_cycle_behind_the_last_drug_is_that_of_all() -> None:
    rows = rows_of(
        "Patients received docetaxel 25 mg/m2 and oxaliplatin 50 mg/m2 on days 1 and 8 with capecitabine 625 mg/m2"
        " twice daily from days 1-14, in 21-day cycles."
    )
    assert {cycle(row) for _, row in rows} == {(21, "d")}


def test_the_cycles_of_one_arm_are_not_the_other_s() -> None:
    rows = dict(
        rows_of(
            "Women were assigned to six 28-day cycles of letrozole 2.5 mg daily or four cycles of doxorubicin 60 mg/m2"
            " every 21 days."
        )
    )
    assert cycle(rows["letrozole"]) == (28, "d")
    assert cycle(rows["doxorubicin"]) == (21, "d")


def test_the_dose_of_a_bracket_does_not_take_the_days_behind_it() -> None:
    rows = rows_of("Patients received cetuximab 250 mg/m2 (400 mg/m2 on day 1 of cycle 1) on days 1, 8 and 15.")
    assert [(row.dose and row.dose.value, days(row)) for _, row in rows] == [(250.0, (1, 8, 15)), (400.0, (1,))]


def test_the_dose_of_a_bracket_is_given_as_often() -> None:
    rows = rows_of("Patients received capecitabine 1,250 mg/m2 (1,000 mg/m2 in those over 65 years) BID on days 1-14.")
    assert [(row.dose and row.dose.value, often(row), len(days(row))) for _, row in rows] == [
        (1250.0, "BID", 14),
        (1000.0, "BID", 14),
    ]


def test_a_course_of_days_comes_again_after_its_interval() -> None:
    for amount in ("150 mg/m2/day", "150 mg/m2 daily"):
        ((_, row),) = rows_of(f"Patients received temozolomide {amount} for five days every four weeks.")
        assert cycle(row) == (4, "wk")
        assert row.duration is not None
        assert (row.duration.value, row.duration.unit) == (5, "d")


def test_frequencies_with_brackets_of_their_own() -> None:
    rows = rows_of("Denosumab was injected every 4 weeks (30 or 120 mg) or every 12 weeks (60 or 180 mg).")
    at = {often(row): set() for _, row in rows}
    for _, row in rows:
        at[often(row)] |= {row.dose.value, *row.dose.levels} - {None} if row.dose else set()
    assert at == {"Q4W": {30.0, 120.0}, "Q12W": {60.0, 180.0}}


def test_twice_a_year_is_every_six_months() -> None:
    rows = rows_of("Women received denosumab 60 mg every 6 months. Denosumab 60 mg twice a year was continued.")
    assert [often(row) for _, row in rows] == ["Q6M"]


def test_a_continuous_infusion_is_no_interval() -> None:
    rows = dict(
        rows_of(
            "Patients received cisplatin (20 mg/m2/d continuous infusion [CI]), fluorouracil (800 mg/m2/d CI) and"
            " leucovorin (500 mg/m2/d CI)."
        )
    )
    assert {name: row.dose and row.dose.value for name, row in rows.items()} == {
        "cisplatin": 20.0,
        "fluorouracil": 800.0,
        "leucovorin": 500.0,
    }


def test_two_ranges_are_two_drugs_in_turn() -> None:
    rows = rows_of(
        "Patients received paclitaxel and carboplatin in doses ranging from 130 to 185 mg/m2 and from 230 to 350 mg/m2,"
        " respectively."
    )
    assert [(name, row.dose and (row.dose.low, row.dose.high)) for name, row in rows] == [
        ("paclitaxel", (130.0, 185.0)),
        ("carboplatin", (230.0, 350.0)),
    ]


def test_what_has_its_own_course_takes_no_day_of_the_other() -> None:
    rows = dict(
        rows_of(
            "Women received filgrastim 100 ug/m2/day for up to 10 days or a single injection of pegfilgrastim 6 mg on"
            " day 2 of each cycle."
        )
    )
    assert days(rows["filgrastim"]) == ()
    assert days(rows["pegfilgrastim"]) == (2,)


@pytest.mark.parametrize("amount", ["AUC 5 mg·min/mL", "an AUC of 5 mg x min/ml", "AUC-5", "AUC 5 mg/mL·min"])
def test_an_area_under_the_curve_is_one_amount(amount: str) -> None:
    ((_, row),) = rows_of(f"Women received carboplatin at {amount} every three weeks.")
    assert row.dose is not None
    assert (row.dose.value, row.dose.unit) == (5.0, "mg/mL.min")


AT_ONE_DOSE = [
    ("Docetaxel and cisplatin were given at 75 mg/m2.", {"docetaxel": 75.0, "cisplatin": 75.0}),
    (
        "Docetaxel and cisplatin were given at 75 mg/m2 and 80 mg/m2, respectively.",
        {"docetaxel": 75.0, "cisplatin": 80.0},
    ),
]


@pytest.mark.parametrize(("text", "amounts"), AT_ONE_DOSE, ids=["one", "two"])
def test_two_drugs_given_at_one_dose(text: str, amounts: dict[str, float]) -> None:
    assert {name: row.dose and row.dose.value for name, row in rows_of(text)} == amounts


ROLES = [
    ("Docetaxel was escalated. The maximal tolerated dose of docetaxel was 80 mg/m2.", "maximum_tolerated"),
    ("Docetaxel was escalated. The MTD of docetaxel was 80 mg/m2.", "maximum_tolerated"),
    ("The maximum tolerated dose of docetaxel was not reached at 80 mg/m2.", None),
    ("Patients took enzastaurin 500 mg daily (after a loading dose).", None),
    ("Patients took clopidogrel 300 mg (loading dose).", "loading"),
]


@pytest.mark.parametrize(("text", "role"), ROLES, ids=[t[:50] for t, _ in ROLES])
def test_the_tolerated_dose_is_one_that_was_found(text: str, role: str | None) -> None:
    ((_, row),) = rows_of(text)
    assert row.role == role


@pytest.mark.parametrize(
    "text",
    [
        "The trial closed early due to toxicity of docetaxel 80 mg/m2.",
        "Time to progression was longer after docetaxel 80 mg/m2.",
    ],
)
def test_what_befell_is_no_length(text: str) -> None:
    assert all(row.duration is None for _, row in rows_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Patients with stage IV breast cancer received capecitabine 1250 mg/m2.",
        "Patients with stage II, III, or IV disease received capecitabine 1250 mg/m2.",
        "Women received tamoxifen 20 mg daily. No more colon, rectal, ovarian or other tumours were seen.",
        "Women received tamoxifen 20 mg daily. Transdermal estrogen raised no risk.",
        "Gemcitabine 1200 mg/m2 was given. Moderate oral and hematologic toxicity was seen.",
    ],
)
def test_stages_and_organs_are_no_routes(text: str) -> None:
    assert all(row.route is None for _, row in rows_of(text))


def test_cycles_of_all_people_are_no_one_s() -> None:
    rows = rows_of("Patients received docetaxel 85 mg/m2 on day 8. A total of 182 cycles were given.")
    assert all(row.schedule is None or row.schedule.cycles is None for _, row in rows)


def test_forms_and_study_groups_are_no_interventions_and_no_arms() -> None:
    record = record_of(
        "In this Midland Oncology Group trial patients received saquinavir (soft-gel capsules, 1000 mg twice a day)."
        " Eastern Cooperative Oncology Group performance status was 0."
    )
    assert [i.name for i in record.interventions] == ["saquinavir"]
    assert not [a for a in record.arms if "oncology" in a.label.lower()]


SIZES = [
    ("Adults were randomised to semaglutide 5 mg (n = 70), 10 mg (n = 72) or placebo (n = 71).", [70, 72, 71]),
    (
        "Adults were randomised to semaglutide 5 (n = 70), 10 (n = 72) or 20 mg (n = 74), or placebo (n = 71).",
        [70, 72, 74, 71],
    ),
    ("Adults received semaglutide 5, 10, or 20 mg or placebo (n = 70, 72, 74 and 71, respectively).", [70, 72, 74, 71]),
    ("Adults were randomised to ibuprofen, naproxen or placebo (n = 70, 72 and 71, respectively).", [70, 72, 71]),
    ("Adults were randomised to ibuprofen, naproxen or placebo (70, 72 and 71 patients, respectively).", [70, 72, 71]),
    ("Adults were randomised to colchicine or placebo (n = 40 vs 42).", [40, 42]),
]


@pytest.mark.parametrize(("text", "sizes"), SIZES, ids=[t[:70] for t, _ in SIZES])
def test_sizes_of_a_list_are_the_groups_in_turn(text: str, sizes: list[int]) -> None:
    record = record_of(text)
    assert [a.n for a in record.arms] == sizes
    assert record.population is None or record.population.enrolled is None
