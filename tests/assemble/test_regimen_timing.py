"""When the drugs of a regimen were given: timings that lead or close a list, lengths beside intervals."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build
from trialmine.records.trial import Dosing

DRUGS = (
    "bleomycin", "vincristine", "lamivudine", "abacavir", "efavirenz", "epirubicin", "capecitabine", "alendronate",
    "placebo", "calcium", "zinc", "gemcitabine", "cisplatin", "melphalan", "atorvastatin", "fenofibrate", "enalapril",
    "atenolol", "tamoxifen", "nilotinib", "vorinostat", "nimesulide", "ursodiol", "simvastatin", "alfentanil",
    "morphine", "prasugrel", "clopidogrel", "irinotecan", "oxaliplatin", "doxorubicin", "paclitaxel", "radiotherapy",
)  # fmt: skip


def rows_of(text: str) -> tuple[Dosing, ...]:
    return build(text, DRUGS, kinds={"radiotherapy": "radiation"})[0]


def told(row: Dosing) -> tuple[Any, ...]:
    often = row.frequency and (row.frequency.code or (row.frequency.period, row.frequency.period_max))
    long = row.duration and row.duration.value and (row.duration.value, row.duration.unit)
    return row.intervention, row.dose and (row.dose.value or row.dose.high), often, long


SPREAD = [
    (
        "Patients were treated weekly with bleomycin 5 mg and vincristine 1 mg.",
        [("bleomycin", 5.0, "QW", None), ("vincristine", 1.0, "QW", None)],
    ),
    (
        "We gave once-daily antiretroviral therapy (ART) with lamivudine, abacavir (6 mg) and efavirenz (4 mg).",
        [("lamivudine", None, "QD", None), ("abacavir", 6.0, "QD", None), ("efavirenz", 4.0, "QD", None)],
    ),
    (
        "Women got once weekly alendronate 70 mg or placebo, and all received calcium and zinc.",
        [("alendronate", 70.0, "QW", None), ("placebo", None, "QW", None)],
    ),
    (
        "Doxorubicin 50 mg/m2 followed after a 16-hour interval by paclitaxel 200 mg/m2 every 3 weeks.",
        [("doxorubicin", 50.0, "Q3W", None), ("paclitaxel", 200.0, "Q3W", None)],
    ),
    # one course behind the other
    (
        "Epirubicin 90 mg/m2 followed by paclitaxel 80 mg/m2 every week.",
        [("epirubicin", 90.0, None, None), ("paclitaxel", 80.0, "QW", None)],
    ),
    (
        "Patients received melphalan 7 mg/m2 on days 2, 3 and 5 weekly for 4 weeks.",
        [("melphalan", 7.0, "QW", (4.0, "wk"))],
    ),
]


@pytest.mark.parametrize(("text", "rows"), SPREAD, ids=[t[:50] for t, _ in SPREAD])
def test_timings_of_a_list(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [told(row) for row in rows_of(text)] == rows


LENGTHS = [
    (
        "Epirubicin 100 mg/m2 every 28 days or capecitabine 1250 mg/m2 twice daily for 14 days.",
        [("epirubicin", 100.0, "Q4W", None), ("capecitabine", 1250.0, "BID", (14.0, "d"))],
    ),
    (
        "Women received nimesulide 100 mg/day versus simvastatin 20 mg/day versus placebo for one year.",
        [
            ("nimesulide", 100.0, None, (1.0, "a")),
            ("simvastatin", 20.0, None, (1.0, "a")),
            ("placebo", None, None, (1.0, "a")),
        ],
    ),
    (
        "Patients took a combination of ursodiol 750 mg daily and simvastatin 40 mg daily for a period of 6 months.",
        [("ursodiol", 750.0, "QD", (6.0, "mo")), ("simvastatin", 40.0, "QD", (6.0, "mo"))],
    ),
    (
        "Enalapril 20 mg once daily and atenolol 50 mg once daily were compared. There were two treatment"
        " phases, each of three weeks duration.",
        [("enalapril", 20.0, "QD", (3.0, "wk")), ("atenolol", 50.0, "QD", (3.0, "wk"))],
    ),
    (
        "After a 6-week dietary baseline phase patients received 10 mg atorvastatin (n = 40) or 160 mg micronized"
        " fenofibrate (n = 41) for 12 weeks.",
        [("atorvastatin", 10.0, None, (12.0, "wk")), ("fenofibrate", 160.0, None, (12.0, "wk"))],
    ),
    ("Vorinostat 300 mg was given for 10 days each cycle.", [("vorinostat", 300.0, None, (10.0, "d"))]),
]


@pytest.mark.parametrize(("text", "rows"), LENGTHS, ids=[t[:50] for t, _ in LENGTHS])
def test_lengths(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [told(row) for row in rows_of(text)] == rows


def test_days_have_no_interval_of_three_to_four_weeks() -> None:
    rows = rows_of("Gemcitabine 800 mg/m2 (days 1 and 8) and cisplatin 60 mg/m2 (day 1), repeated every 3 to 4 weeks.")
    assert [told(row)[2] for row in rows] == [None, (3.0, 4.0)]


def test_days_of_a_drug_say_more_than_weekly() -> None:
    rows = rows_of(
        "Weekly irinotecan or oxaliplatin was planned. This was given: irinotecan, days 1 and 15; oxaliplatin, days 8"
        " and 22. The doses were: irinotecan 150 mg/m2; oxaliplatin 85 mg/m2."
    )
    assert [(told(row)[2], row.schedule and row.schedule.days) for row in rows] == [(None, (1, 15)), (None, (8, 22))]


def test_loading_doses_by_their_short_form() -> None:
    rows = rows_of(
        "Prasugrel 60 mg loading dose (LD)/10 mg once-daily maintenance dose (MD), then clopidogrel 600 mg LD/75 mg"
        " once-daily MD."
    )
    assert [(row.role, told(row)[2]) for row in rows[:2]] == [("loading", None), ("maintenance", "QD")]


def test_amounts_told_in_turn_before_their_drugs() -> None:
    rows = rows_of("Patients received 5 and 10 mg of alfentanil and morphine, respectively.")
    assert [told(row)[:2] for row in rows] == [("alfentanil", 5.0), ("morphine", 10.0)]


def test_what_had_failed_was_not_given() -> None:
    text = "Tamoxifen 40 mg/day was given to women with resistance to the standard 20 mg/day dose of tamoxifen."
    assert [told(row)[1] for row in rows_of(text)] == [40.0]
    assert [told(row)[1] for row in rows_of("Patients refractory to imatinib received nilotinib 400 mg.")] == [400.0]


def test_rays_are_not_repeated_with_the_cycles() -> None:
    rows = rows_of(
        "Patients received cisplatin 75 mg/m2 on day 1 and radiotherapy (45 Gy in 25 fractions)."
        " Cycles were repeated every 21 days."
    )
    assert [told(row)[2] for row in rows] == ["Q3W", None]
