"""Amounts of methods sections that are no doses, or are written as only such sections write them."""

from __future__ import annotations

import pytest

from support.told_rows import amount, rows_of

STEPS = [
    ("Patients in the D group received 5 mg/day of memantine for the first 2 weeks and 10 mg/day thereafter.", 2.0),
    ("Patients took sertraline 50 mg daily for the first week and 100 mg daily thereafter.", 1.0),
    ("Women received 25 mg/day of topiramate for 3 weeks and then 50 mg/day.", 3.0),
]


@pytest.mark.parametrize(("text", "length"), STEPS, ids=[t[:40] for t, _ in STEPS])
def test_how_long_the_first_of_two_steps_lasted(text: str, length: float) -> None:
    assert [row.duration.value if row.duration else None for _, row in rows_of(text)] == [length, None]


AMOUNTS = [
    # a gram that was lost behind its prefix
    ("Fentanyl 2 μ/kg and midazolam 1 mg were injected before induction.", [(2.0, "ug/kg"), (1.0, "mg")]),
    ("Remifentanil 0.2 μ/kg/min was infused. Sections 5 μ thick were cut.", [(0.2, "ug/kg/min")]),
    # how much of a solution an amount came in
    (
        "The ketamine group received 0.5 mg/kg over 5 min (ketamine 1%, 0.05 ml/kg), followed by 0.2 mg/kg/h (ketamine"
        " 1%, 0.02 ml/kg/h).",
        [(0.5, "mg/kg"), (0.2, "mg/kg/h")],
    ),
    ("Patients received bupivacaine 15 mg (3 mL of 0.5%) intrathecally.", [(15.0, "mg")]),
    ("Lidocaine 1% 10 cc was injected with an 18 g needle.", [(10.0, "mL")]),
    (
        "Men took testosterone 40 mg once daily and a supplement (840 kJ, about 9 g of protein, 12 g of fat, 26 g"
        " carbohydrate).",
        [(40.0, "mg")],
    ),
    # what was measured over time
    ("The AUC of lithium was 41.7 nmol h/l or 103 nmol·h/L. Lithium 300 mg was given once.", [(300.0, "mg")]),
    # what was packed
    ("Patients took ramipril 5 mg daily. Each bottle held 30 tablets of ramipril.", [(5.0, "mg")]),
    ("Patients took two tablets of ramipril daily.", [(2.0, "{tablet}")]),
    # what each fraction had
    ("Patients received radiotherapy of 54 Gy (30 × 1.8 Gy daily) over 6 weeks.", [(54.0, "Gy")]),
]


@pytest.mark.parametrize(("text", "told"), AMOUNTS, ids=[t[:50] for t, _ in AMOUNTS])
def test_amounts_that_were_given(text: str, told: list[tuple[float, str]]) -> None:
    assert [(amount(row), row.dose.unit) for _, row in rows_of(text) if row.dose] == told


WAYS = [
    ("Lidocaine 5 mL was injected. Aspiration was done to avoid an intravenous injection.", None),
    ("Lidocaine 5 mL was injected after accidental intravascular placement was excluded.", None),
    ("Lidocaine 5 mL was injected intravenously to avoid pain.", "intravenous"),
    # how people were put to sleep
    ("After induction of total intravenous anaesthesia, patients received morphine 5 mg.", None),
    ("Under intravenous sedation, all were intramuscularly injected with morphine 5 mg.", "intramuscular"),
    ("Anaesthesia was kept up with intravenous propofol 5 mg/kg/h.", "intravenous"),
]


@pytest.mark.parametrize(("text", "way"), WAYS, ids=[t[:50] for t, _ in WAYS])
def test_a_way_that_was_to_be_avoided_is_none(text: str, way: str | None) -> None:
    assert [row.route for _, row in rows_of(text)] == [way]


def test_the_way_of_one_group_is_not_the_next_ones() -> None:
    text = "Group I received IV tramadol 50 mg before surgery, Group II received 10 ml of 1% lidocaine."
    assert [row.route for _, row in rows_of(text)] == ["intravenous", None]


LENGTHS = [
    ("Loperamide 2 mg was given if diarrhea persisted for 3 days.", None),
    ("Oxaliplatin was reduced to 65 mg/m2 if pain in the hands lasted for 7 days.", None),
    ("Patients with headache received ramipril 5 mg daily, which lasted for 4 weeks.", 4.0),
    ("Treatment lasted for 4 weeks with ramipril 5 mg daily.", 4.0),
]


@pytest.mark.parametrize(("text", "length"), LENGTHS, ids=[t[:50] for t, _ in LENGTHS])
def test_how_long_symptoms_lasted_is_no_drugs_length(text: str, length: float | None) -> None:
    assert [row.duration.value if row.duration else None for _, row in rows_of(text)] == [length]
