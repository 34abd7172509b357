"""Rows that were swallowed because of the pieces that they came in, and those that nobody swallows."""

from __future__ import annotations

import pytest

from support.told_rows import rows_of

FORMS = [
    # all that a piece holds
    (
        "Children were randomised. The tablets were made for the trial, and in addition to zinc contained 0.5 mg copper"
        " as sulphate; 90 ug iodine; and 5 mg niacin.",
        {"copper": "oral", "iodine": "oral", "nicotinic acid": "oral"},
    ),
    (
        "Adults took one tablet of AB (50 mg of atovaquone with 20 mg of proguanil per half-tablet).",
        {"atovaquone": "oral", "proguanil": "oral"},
    ),
    # pieces of the study, where no route is told
    (
        "Adults were randomised to ramipril or placebo. They had ramipril 5 mg daily. The control group was given"
        " placebo capsules of the same size.",
        {"ramipril": "oral", "placebo": "oral"},
    ),
    # another route is told: who swallowed what is open
    (
        "Adults were randomised to amikacin or placebo tablets. They had amikacin 500 mg daily. Blood was drawn and"
        " subcutaneous heparin 5000 IU was given.",
        {"amikacin": None, "heparin": "subcutaneous"},
    ),
    # vials are no pieces
    ("Each vial contained tablets residue and 5 mg of ramipril. Ramipril was given.", {"ramipril": None}),
    # what runs by the minute is not swallowed
    (
        "Adults were randomised to insulin or placebo. Participants consumed only 2 L of water. Insulin was infused at"
        " 2 mU/kg/min.",
        {"insulin": None},
    ),
]


@pytest.mark.parametrize(("text", "told"), FORMS, ids=[t[:60] for t, _ in FORMS])
def test_what_was_swallowed(text: str, told: dict[str, str | None]) -> None:
    routes = {name: row.route for name, row in rows_of(text)}
    assert {name: routes[name] for name in told} == told
