"""What one sentence tells of all rows, and routes that a form or a food stands for."""

from __future__ import annotations

import pytest

from support.dosing_rows import build

TWO = "People were randomized to alfamine 5 mg or betamine 6 mg. "
SHARED = [
    ("Both solutions were instilled once a day for 4 weeks.", "QD", 4),
    ("The study medications were used twice daily for 3 months.", "BID", 3),
    ("The drugs and placebo were given twice a day.", "BID", None),
    ("Capsules were ingested three times a day for 7 days, and blood was collected weekly.", "TID", 7),
    ("They took the tablets every day for 6 weeks.", "QD", 6),
    ("Blood samples were taken daily for 6 weeks.", None, None),
    ("The tablets were counted at visits every 4 weeks.", None, None),
]
FORMS = [
    ("Adults got alfamine 5 mg tablets daily.", "oral"),
    ("Adults got capsules containing 5 mg of alfamine daily.", "oral"),
    ("Alfamine capsules were compared. Adults got alfamine 5 mg daily.", "oral"),
    ("Adults wore alfamine patches. They got alfamine 5 mg daily.", "transdermal"),
    ("Adults got alfamine 5 mg subcutaneously daily and betamine tablets.", "subcutaneous"),
    ("Women got a vaginal tablet of alfamine 5 mg daily.", "vaginal"),
    ("Adults got an infusion of alfamine 5 mg daily.", None),
    ("Adults got alfamine 5 mg daily and betamine capsules.", None),
]


@pytest.mark.parametrize(("sentence", "code", "length"), SHARED)
def test_a_sentence_tells_of_all_drugs(sentence: str, code: str | None, length: int | None) -> None:
    rows = [r for r in build(TWO + sentence)[0] if r.dose]
    assert [r.frequency and r.frequency.code for r in rows] == [code, code]
    assert [r.duration and r.duration.value for r in rows] == [length, length]


@pytest.mark.parametrize(("text", "route"), FORMS)
def test_a_form_tells_the_route_where_no_words_do(text: str, route: str | None) -> None:
    (row,) = (r for r in build(text)[0] if r.intervention == "alfamine" and r.dose)
    assert row.route == route


def test_a_food_is_eaten() -> None:
    (row,) = build("They had 200 mL of plum juice daily.", names=("plum juice",))[0]
    assert row.route == "oral"


def test_a_single_dose_takes_no_length_of_another() -> None:
    rows = build("They had a single 100 mg dose of alfamine or betamine 5 mg daily for 7 days.")[0]
    assert {r.intervention: r.duration and r.duration.value for r in rows} == {"alfamine": None, "betamine": 7}
