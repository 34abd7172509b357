"""Thousands set apart by a blank."""

from __future__ import annotations

import pytest

from trialmine import extract
from trialmine.clean import clean


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f"])
def test_a_blank_between_thousands_is_no_end_of_a_number(blank: str) -> None:
    text = "We randomly assigned 12 064 patients with stroke to aspirin (n=6 030) or placebo (n=6 034)."
    record = extract(text.replace(" 064", f"{blank}064").replace(" 03", f"{blank}03"))
    assert record.population is not None
    assert record.population.enrolled == 12064
    assert [arm.n for arm in record.arms] == [6030, 6034]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vitamin D 50 000 IU weekly", "vitamin D 50000 IU weekly"),
        ("heparin 3000-10 000 IU daily", "heparin 3000-10000 IU daily"),
        ("heparin 3000–12 500 IU daily", "3000-12500 IU daily"),
        ("10 000-20 000 IU daily", "10000-20000 IU daily"),
        ("metformin 1 000 mg daily", "metformin 1000 mg daily"),
        ("2 400 000 units once", "2400000 units once"),
    ],
)
def test_three_zeros_behind_a_blank_are_thousands(text: str, expected: str) -> None:
    assert expected in clean(f"They took {text}.").text


@pytest.mark.parametrize(
    "text",
    ["on day 1 250 mg was given", "vitamin D 3 800 IU weekly", "they took 4 100 mg tablets", "the P 0 034 of it"],
)
def test_two_numbers_stay_two(text: str) -> None:
    assert clean(text).text == text


def test_an_equals_sign_that_became_a_five_is_no_thousand() -> None:
    assert "(n = 110)" in clean("They drank tea (n 5 110) or milk (n 5 114) for a year.").text


def test_where_numbers_lost_their_points_a_blank_says_nothing() -> None:
    text = "Sufferers of this examine were randomised; the control team had 2 500 points, p 0. 04, or 0. 03 to 0. 09."
    assert "2 500" in clean(text).text
