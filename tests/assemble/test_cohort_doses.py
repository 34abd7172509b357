"""Doses that were raised from cohort to cohort, and the dose that was found in the end."""

from __future__ import annotations

import pytest

from support.dosing_rows import build, short
from trialmine.records.trial import Dosing

DRUGS = (
    "vorinostat", "bortezomib", "eribulin", "sunitinib", "gemcitabine", "lapatinib", "docetaxel", "cisplatin",
    "bleomycin", "fludarabine", "carboplatin", "etoposide", "radiotherapy", "trastuzumab", "paclitaxel",
)  # fmt: skip


def rows_of(text: str) -> tuple[Dosing, ...]:
    return build(text, DRUGS, kinds={"radiotherapy": "radiation"})[0]


RAISED = "In this phase 1 dose-escalation trial, "
LISTS = [
    (
        RAISED + "patients received vorinostat (100 mg, 200 mg, or 300 mg) once daily plus bortezomib 1.3 mg/m2 weekly."
        " One of 6 patients who received vorinostat 200 mg had a dose-limiting toxicity.",
        [("vorinostat", (100.0, 200.0, 300.0), "QD"), ("bortezomib", 1.3, "QW")],
    ),
    # chance parts people
    (
        "Patients were randomized to vorinostat 100 mg, 200 mg or 300 mg once daily in this dose-finding trial.",
        [("vorinostat", 100.0, "QD"), ("vorinostat", 200.0, "QD"), ("vorinostat", 300.0, "QD")],
    ),
    # a later cohort keeps the timing
    (
        RAISED
        + "2 patients received eribulin 1.4 mg/m2 on day 1 every 3 weeks at dose level 1, and 3 patients eribulin"
        " 1.1 mg/m2 at dose level -1.",
        [("eribulin", 1.4, "Q3W"), ("eribulin", 1.1, "Q3W")],
    ),
]


@pytest.mark.parametrize(("text", "told"), LISTS, ids=[t[-50:] for t, _ in LISTS])
def test_doses_of_cohorts(text: str, told: list[tuple[str, object, str]]) -> None:
    assert [(*short(row)[:2], short(row)[3]) for row in rows_of(text)] == told


FOUND = [
    (
        "The maximum tolerated dose of sunitinib in combination with gemcitabine was 25 mg daily.",
        [("sunitinib", 25.0, "maximum_tolerated")],
    ),
    (
        "The MTD of lapatinib with docetaxel 75 mg/m2 was 1250 mg daily.",
        [("docetaxel", 75.0, None), ("lapatinib", 1250.0, "maximum_tolerated")],
    ),
    (
        "The sunitinib recommended phase II dose in this schedule is 37.5 mg daily.",
        [("sunitinib", 37.5, "recommended")],
    ),
    (
        "The MTD of sunitinib and gemcitabine was 25 mg and 800 mg/m2, respectively.",
        [("sunitinib", 25.0, "maximum_tolerated"), ("gemcitabine", 800.0, "maximum_tolerated")],
    ),
    (
        "The RP2D was determined as sunitinib 25 mg plus gemcitabine 800 mg/m2.",
        [("sunitinib", 25.0, "recommended"), ("gemcitabine", 800.0, "recommended")],
    ),
    (
        "Sunitinib was escalated in cohorts of three at 25, 37.5, and 50 mg orally daily and gemcitabine was"
        " fixed at 800 mg/m2.",
        [("sunitinib", (25.0, 37.5, 50.0), "escalation_level"), ("gemcitabine", 800.0, None)],
    ),
]


@pytest.mark.parametrize(("text", "told"), FOUND, ids=[t[:60] for t, _ in FOUND])
def test_whose_the_dose_is_that_was_found(text: str, told: list[tuple[str, object, str | None]]) -> None:
    assert [(*short(row)[:2], row.role) for row in rows_of(text)] == told


UNITS = [
    ("Patients received cisplatin 60 mg/m every 3 weeks.", [("cisplatin", 60.0, "mg/m2")]),
    ("Women were given weekly 5 to 6 mg. per m.2 bleomycin.", [("bleomycin", (5.0, 6.0), "mg/m2")]),
    ("Fludarabine 5 mg/(m(2)day) was given for 5 days.", [("fludarabine", 5.0, "mg/m2/d")]),
    ("Patients received carboplatin 6AUC every 3 weeks.", [("carboplatin", 6.0, "mg/mL.min")]),
    (
        "In all, 200 adults were randomized (66 to placebo; 68 to 25 mg lapatinib; 66 to 50 mg lapatinib).",
        [("lapatinib", 25.0, "mg"), ("lapatinib", 50.0, "mg")],
    ),
    ("Levels of cisplatin were 5 mg/m l.", []),
]


@pytest.mark.parametrize(("text", "told"), UNITS, ids=[t[:50] for t, _ in UNITS])
def test_units_and_counts(text: str, told: list[tuple[str, object, str]]) -> None:
    assert [short(row)[:3] for row in rows_of(text)] == told


WAYS = [
    (
        "Patients received carboplatin AUC 5 on day 1 and oral etoposide 50 mg daily, with radiotherapy 45 Gy.",
        {"carboplatin": None, "etoposide": "oral", "radiotherapy": None},
    ),
    (
        "Oral lapatinib 1250 mg daily and trastuzumab 2 mg/kg weekly were given.",
        {"lapatinib": "oral", "trastuzumab": None},
    ),
    # told of the very drug
    ("Patients received oral paclitaxel 60 mg/m2 weekly.", {"paclitaxel": "oral"}),
]


@pytest.mark.parametrize(("text", "told"), WAYS, ids=[t[:50] for t, _ in WAYS])
def test_ways_that_are_lent_to_none(text: str, told: dict[str, str | None]) -> None:
    assert {row.intervention: row.route for row in rows_of(text)} == told


def test_fractions() -> None:
    rows = rows_of(
        "Radiotherapy (60 Gy in 30 daily fractions within 6 weeks) and cisplatin 40 mg/m2 weekly were given."
    )
    assert rows[0].administrations == 30
    assert [row.duration.value if row.duration else None for row in rows] == [6.0, None]
    assert rows_of("All patients received radiotherapy (3 Gy x 10).")[0].administrations == 10
