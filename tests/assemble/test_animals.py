"""Doses of animals and cells are no rows of a study of people."""

from __future__ import annotations

import pytest

from trialmine.flow import load

PIPELINE = load(ner_model="none")
METHODS = "Forty patients with gout were randomized to velotinib 50 mg once daily or placebo for 4 weeks."
ASIDES = [
    ("In rats, velotinib 5 mg/kg orally lowered urate.", ""),
    ("Velotinib at 10 mg/kg once daily protected mice.", ""),
    ("Velotinib inhibits the transporter in vitro at 30 ng/mL.", ""),
    ("Gout is common.", "In a parallel experiment, Wistar rats received velotinib 20 mg/kg by gavage."),
    ("Gout is common.", "Cultured chondrocytes were incubated with velotinib 5 mg/mL for 24 h."),
    ("Gout is common.", "Rabbits were given velotinib 3 mg/kg IV daily for 7 days."),
]


@pytest.mark.parametrize(("background", "methods"), ASIDES)
def test_a_trial_of_people_has_no_row_of_animals(background: str, methods: str) -> None:
    text = f"Velotinib in gout: a randomised trial\nBACKGROUND: {background}\nMETHODS: {METHODS} {methods}\n"
    found = PIPELINE.extract(text)
    assert found.document_kind == "trial_report"
    assert {d.dose.text for d in found.dosing if d.dose} == {"50 mg"}


def test_a_study_of_animals_keeps_its_doses_and_says_its_kind() -> None:
    found = PIPELINE.extract(
        "Velotinib in rats\nMETHODS: Wistar rats received velotinib 20 mg/kg by gavage. Rats were weighed.\n"
    )
    assert found.document_kind == "preclinical"
    assert [d.dose.text for d in found.dosing if d.dose] == ["20 mg/kg"]


def test_a_text_of_animals_alone_keeps_its_doses() -> None:
    found = PIPELINE.extract("Horses were given velotinib 2 mg/kg PO q24h for 14 days. Gait improved (P = 0.02).")
    assert [d.dose.text for d in found.dosing if d.dose] == ["2 mg/kg"]
