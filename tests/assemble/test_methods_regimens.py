"""Regimens as the methods sections of articles tell them, row by row."""

from __future__ import annotations

import pytest

from support.told_rows import amount, often, rows_of

DAYS = [
    (
        "Patients received rituximab for 14 days (day 1, 51 μg/m2; day 2, 103 μg/m2; days 5–7, 826 μg/m2).",
        [(51.0, (1,)), (103.0, (2,)), (826.0, (5, 6, 7))],
    ),
    ("Patients received aprepitant (day 1: 125 mg, days 2-3: 80 mg).", [(125.0, (1,)), (80.0, (2, 3))]),
    (
        "Cisplatin 75 mg/m2 on day 1, 50 mg/m2 on day 8 and 25 mg/m2 on day 15.",
        [(75.0, (1,)), (50.0, (8,)), (25.0, (15,))],
    ),
]


@pytest.mark.parametrize(("text", "told"), DAYS, ids=[t[:50] for t, _ in DAYS])
def test_days_that_head_doses_or_follow_them(text: str, told: list[tuple[float, tuple[int, ...]]]) -> None:
    assert [(amount(row), row.schedule.days if row.schedule else ()) for _, row in rows_of(text)] == told


CLOSED = [
    (
        "Docetaxel 75 mg/m2 was infused over 1 h on day 1, followed by cisplatin 75 mg/m2 over 2 h on day 1 and then"
        " fluorouracil 750 mg/m2 per day on days 1 to 5, every 3 weeks for four cycles.",
        {"docetaxel": ("Q3W", 4), "cisplatin": ("Q3W", 4), "fluorouracil": (None, 4)},
    ),
    (
        "Patients received irinotecan 180 mg/m2 day 1, leucovorin 200 mg/m2 2 h infusion day 1, and fluorouracil 400"
        " mg/m2 IV bolus day 1 repeated every 14 days for 12 cycles.",
        {"irinotecan": ("Q2W", 12), "leucovorin": ("Q2W", 12), "fluorouracil": ("Q2W", 12)},
    ),
    # each has its own
    (
        "Patients received irinotecan 180 mg/m2 day 1 every 14 days or docetaxel 75 mg/m2 day 1 every 3 weeks.",
        {"irinotecan": ("Q2W", None), "docetaxel": ("Q3W", None)},
    ),
]


@pytest.mark.parametrize(("text", "told"), CLOSED, ids=[t[:50] for t, _ in CLOSED])
def test_the_interval_that_closes_a_regimen_is_that_of_all(
    text: str, told: dict[str, tuple[str | None, int | None]]
) -> None:
    assert {n: (often(row), row.schedule.cycles if row.schedule else None) for n, row in rows_of(text)} == told


ROWS = [
    # the trials that people made themselves, and those of others
    (
        "We conducted two crossover studies using oral administration of 100 μg lysergic acid diethylamide.",
        [("lysergide", 100.0, None)],
    ),
    (
        "We performed a subanalysis of two large trials that compared telmisartan 80 mg versus valsartan 160 mg.",
        [("telmisartan", 80.0, None), ("valsartan", 160.0, None)],
    ),
    (
        "Several studies have shown that telmisartan 80 mg is safe. Patients received valsartan 160 mg once daily.",
        [("valsartan", 160.0, "QD")],
    ),
    # groups of a phase I trial, and its cohorts
    (
        "This was a phase I study. Adults were divided into three groups, which received 37, 74 and 98 mg of imatinib.",
        [("imatinib", 37.0, None), ("imatinib", 74.0, None), ("imatinib", 98.0, None)],
    ),
    (
        "This was a phase I study. Cohorts received 37, 74 and 98 mg of imatinib.",
        [("imatinib", (37.0, 74.0, 98.0), None)],
    ),
    # steps are no doses
    ("Patients took prednisolone 40 mg daily reducing by 5 mg every week.", [("prednisolone", 40.0, "QD")]),
    # what people had before they could take part
    (
        "Patients with no response to routine treatment (250 mg metronidazole tablets three times a day for 10 days)"
        " were included. They were treated with doxycycline 100 mg daily.",
        [("doxycycline", 100.0, "QD")],
    ),
    (
        "Adults with inadequate response to methotrexate 15 mg weekly were randomised to tofacitinib 5 mg twice daily.",
        [("tofacitinib", 5.0, "BID")],
    ),
    # a strength in brackets is no share of people
    (
        "Fentanyl (50 mcg) was used. Injection of 10 mg (0.5%) of levobupivacaine and 20 mcg of fentanyl followed.",
        [("fentanyl", 50.0, None), ("levobupivacaine", 10.0, None), ("fentanyl", 20.0, None)],
    ),
    ("Patients received octreotide LAR 20 mg monthly.", [("octreotide", 20.0, "QM")]),
    ("Adults took galantamine 4 mg in the morning and in the afternoon.", [("galantamine", 4.0, "BID")]),
    (
        "All had gemcitabine 900 mg/m2 with carboplatin AUC 4 on days 1 and 8 every 21 days.",
        [("gemcitabine", 900.0, None), ("carboplatin", 4.0, None)],
    ),
    # what is breathed
    (
        "Anaesthesia was maintained with 1-2.5% isoflurane in 45% oxygen and air.",
        [("isoflurane", (1.0, 2.5), None)],
    ),
    ("Patients received sevoflurane 3% in a mixture of oxygen and air.", [("sevoflurane", 3.0, None)]),
    (
        "Anaesthesia was induced with sevoflurane increased gradually to 7% in 100% oxygen.",
        [("sevoflurane", 7.0, None)],
    ),
    (
        "Oxygen saturation was kept above 95%, and 7% of those on sevoflurane vomited. All had ondansetron 4 mg.",
        [("ondansetron", 4.0, None)],
    ),
    # at once is once, and of one dose alone
    (
        "Nurses gave ampicillin 500 mg for 9 days and ketorolac 30 mg i/m stat then ketorolac 10 mg p/o 6-hrly.",
        [("ampicillin", 500.0, None), ("ketorolac", 30.0, "ONCE"), ("ketorolac", 10.0, "Q6H")],
    ),
    # how long to wait at least
    (
        "All were given pethidine 60 mg intramuscularly with a minimum interval of 5 h between injections.",
        [("pethidine", 60.0, "Q5H")],
    ),
    (
        "Men took single doses of tramadol 60 mg, at least 7 days between doses.",
        [("tramadol", 60.0, "ONCE")],
    ),
    ("Pregabalin 450 mg was given each day divided in three doses.", [("pregabalin", 450.0, "TID")]),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[t[:60] for t, _ in ROWS])
def test_rows(text: str, told: list[tuple[str, object, str | None]]) -> None:
    assert [(name, amount(row), often(row)) for name, row in rows_of(text)] == told
