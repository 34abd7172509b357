"""What tablets hold and how many were taken, in two sentences; placebos taken so too; what others gave."""

from __future__ import annotations

import pytest

from support.told_rows import amount, often, rows_of

TAKEN = [
    # the count stands before or behind what each holds
    (
        "Adults were randomised to bilberry extract or placebo. Each capsule contained 80 mg of bilberry extract."
        " Participants took three capsules twice daily for 10 weeks.",
        (240.0, "mg", "BID"),
    ),
    (
        "Adults were randomised to metformin or placebo. They were asked to take two tablets three times a day."
        " Every tablet held 250 mg of metformin.",
        (500.0, "mg", "TID"),
    ),
    # once a day, told as a rate or by an adverb
    (
        "Women were allocated to zinc or placebo. The zinc supplements provided 15 mg of zinc per tablet."
        " Women were instructed to take one tablet per day.",
        (15.0, "mg", "QD"),
    ),
    (
        "Women were allocated to zinc or placebo. The zinc pills had 15 mg of zinc in each pill. All women took one"
        " study tablet daily.",
        (15.0, "mg", "QD"),
    ),
    # made as pieces of this strength
    (
        "Patients received nifedipine or placebo. Nifedipine was supplied as 10 mg capsules. Patients took two capsules"
        " three times a day.",
        (20.0, "mg", "TID"),
    ),
]


@pytest.mark.parametrize(("text", "told"), TAKEN, ids=[t[-60:] for t, _ in TAKEN])
def test_what_pieces_hold_is_multiplied(text: str, told: tuple[float, str, str]) -> None:
    rows = dict(rows_of(text))
    drug = next(row for name, row in rows.items() if name != "placebo")
    assert (amount(drug), drug.dose.unit if drug.dose else None, often(drug)) == told
    assert "placebo" in rows
    assert (amount(rows["placebo"]), often(rows["placebo"]), rows["placebo"].route) == (None, told[2], "oral")


ALONE = [
    # the dose was told already, the pieces only come to it
    (
        "Patients received 400 mg of ibuprofen three times a day. Each capsule contained 200 mg of ibuprofen.",
        [("ibuprofen", 400.0, "TID")],
    ),
    # bottles were handed out, nobody says how many were taken
    ("Each tablet contained 5 mg of ramipril. Bottles of 60 tablets were supplied.", [("ramipril", 5.0, None)]),
    # each group had its own count
    (
        "Each tablet contained 5 mg of ramipril. Group A took one tablet daily. Group B took two tablets daily.",
        [("ramipril", 5.0, "QD"), ("ramipril", 10.0, "QD")],
    ),
    # a piece that was taken is the dose
    ("Patients took one tablet containing 5 mg of ramipril once daily.", [("ramipril", 5.0, "QD")]),
]


@pytest.mark.parametrize(("text", "told"), ALONE, ids=[t[:60] for t, _ in ALONE])
def test_what_stays_as_it_was_told(text: str, told: list[tuple[str, object, str | None]]) -> None:
    assert [(name, amount(row), often(row)) for name, row in rows_of(text)] == told


ALIKE = [
    ("The control group was given a placebo capsule of identical size.", True),
    ("Those of the control group received matching placebo tablets.", True),
    ("The placebo group took capsules with the same colour and taste.", True),
    # only their looks are told
    ("Ramipril and placebo tablets looked the same.", False),
    ("The placebo group was of the same age.", False),
]


@pytest.mark.parametrize(("said", "given"), ALIKE, ids=[t[:50] for t, _ in ALIKE])
def test_a_placebo_that_looked_alike_was_given_as_often(said: str, given: bool) -> None:
    text = f"Patients were randomised to ramipril or placebo. They took ramipril 5 mg once daily for 4 weeks. {said}"
    told = [(often(row), row.duration.value if row.duration else None) for n, row in rows_of(text) if n == "placebo"]
    assert told == ([("QD", 4.0)] if given else [])


CEILINGS = [
    ("Children had amikacin 15 mg/kg daily (max 1200 mg daily).", [(None, "QD"), ("maximum", "QD")]),
    ("Children had amikacin 15 mg/kg (max 1200 mg) twice daily for 5 days.", [(None, "BID"), ("maximum", None)]),
]


@pytest.mark.parametrize(("text", "told"), CEILINGS, ids=[t[22:] for t, _ in CEILINGS])
def test_what_a_ceiling_keeps(text: str, told: list[tuple[str | None, str | None]]) -> None:
    assert [(row.role, often(row)) for _, row in rows_of(text)] == told


ELSEWHERE = [
    # what others gave, found or asked for
    "Patients received lidocaine. Doe et al. [12] reported that lidocaine 40 mg was enough.",
    "Patients received lidocaine. Doe and colleagues compared lidocaine 40 mg with saline.",
    "Patients received lidocaine. Several studies have shown that lidocaine 40 mg relieves pain.",
    "Patients received lidocaine. In another randomized trial, lidocaine 40 mg was given.",
]


@pytest.mark.parametrize("text", ELSEWHERE, ids=[t[29:70] for t in ELSEWHERE])
def test_what_other_trials_gave(text: str) -> None:
    assert [amount(row) for _, row in rows_of(text) if row.dose] == []


OWN = [
    "Lidocaine 40 mg was injected, since Doe et al. [12] reported that less was not enough.",
    "Patients received lidocaine 40 mg, following the protocol of Doe et al. [12].",
    "As has been described by Doe and colleagues, patients received lidocaine 40 mg.",
    "Patients received lidocaine 40 mg [12], in a single injection.",
]


@pytest.mark.parametrize("text", OWN, ids=[t[:50] for t in OWN])
def test_own_doses_beside_citations(text: str) -> None:
    assert [amount(row) for _, row in rows_of(text)] == [40.0]
