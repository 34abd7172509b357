"""Blanks that a text has lost between words and numbers."""

from __future__ import annotations

import pytest

import trialmine
from trialmine.clean import clean


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Weight fell from88.1 to85.2 kg.", "Weight fell from 88.1 to 85.2 kg."),
        ("velotinib20 mg was given for4 weeks", "velotinib 20 mg was given for 4 weeks"),
        ("Veldex2.5 μg/kg or placebo", "Veldex 2.5 μg/kg or placebo"),
        ("scores of3-4 in the12 women", "scores of 3-4 in the 12 women"),
        ("12% with tea vs9% with water", "12% with tea vs 9% with water"),
    ],
)
def test_puts_the_blank_back(raw: str, wanted: str) -> None:
    assert clean(raw).text == wanted


@pytest.mark.parametrize(
    "text",
    [
        "at1 receptor blockers and alpha2 agonists",
        "a fall of 2 log10 IU/mL",
        "omega3 acids, interleukin2 and vitamin b12",
        "CO2 12 mL/min and pH 7.4",
        "arm10 and group2 were larger than group1",
        "visit4 (day 28) and plan b2",
    ],
)
def test_leaves_names_that_end_in_digits(text: str) -> None:
    assert clean(text).text == text


def test_a_dose_behind_a_lost_blank_points_at_the_raw_text() -> None:
    raw = "Methods: Patients were randomized to tamoxifen20 mg once daily for4 weeks or to placebo."
    row = next(d for d in trialmine.extract(raw).dosing if d.dose)
    assert (row.dose and row.dose.value, row.duration and row.duration.value) == (20, 4)
    assert all(raw[e.start : e.end] == e.quote for e in row.evidence)
