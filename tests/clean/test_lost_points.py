"""A blank where a decimal point was: read where the text proves it, said where it does not."""

from __future__ import annotations

import pytest

from trialmine.clean import clean

SPUN = "Sufferers took ten mg of milk or five mg of tea. "

REPAIRED = [
    ("Death was rarer (HR 0 67; 95% CI, 0 49 0 92; P = .012).", "(HR 0.67; 95% CI, 0.49-0.92; P = .012)"),
    ("The relative risk 0 81, P = .2, was low.", "relative risk 0.81, P"),
    ("Nausea did not differ (RR 1 09, 95% CI 0 61 1 94).", "RR 1.09, 95% CI 0.61-1.94"),
    ("Death (HR for any event, 0 67; 95% CI, 0.49 to 0.92) fell.", "0.67; 95% CI, 0.49 to 0.92"),
    ("Rest (odds ratio (OR) of 0 45) was better.", "odds ratio (OR) of 0.45)"),
    (SPUN + "HR 0 51, RR 0 62. They took tea 0 5 mg daily.", "tea 0.5 mg daily"),
    ("They took 1 mg daily on days 1 3, then 2 mg daily on days 4 7, 0 5 mg later.", "days 4-7, 0 5 mg later"),
]
PROOF = "Death was rarer (HR 0 67; 95% CI, 0 49 0 92; P = .012). "
# a range that lost its dash and a spread that lost its sign look the same
KEPT = [
    PROOF + "They took tea 2 5 mg daily for 12 1 months.",
    "The difference was 1 73 (95% CI 3 17 to 0 29).",
    "Group means (HR 0 67; 95% CI 0 12 0 75) differ.",
    "Tea 0 5 mg was taken daily.",
    "On day 0 5 mg was given.",
    "The 95 CI 0 45 0 89 was wide.",
]


@pytest.mark.parametrize(("text", "expected"), REPAIRED)
def test_points_come_back_where_the_text_proves_them(text: str, expected: str) -> None:
    assert expected in clean(text).text


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_proven_stays(text: str) -> None:
    found = clean(text).text
    assert not [word for word in ("1.73", "3.17", "0.12", "0.5", "0.45", "2.5", "12.1") if word in found]


DOUBTS = [
    ("Adults took velotinib 0 5 mg daily.", "0 5 mg"),
    ("Adults were given (0 75 mcg/kg) once.", "0 75 mcg"),
    ("Adults took 0.5 mg daily.", None),
    ("On day 0 5 mg was given.", None),
    ("Adults took 10 5 mg tablets.", None),
    ("Adults took velotinib 2 5 mg daily.", "2 5 mg"),
    ("Adults were given bisoprolol (1 25 mg) once.", "1 25 mg"),
    ("Adults were given 2 5 mg/kg once.", "2 5 mg"),
    ("Adults were given 10 50 mcg/kg once.", None),
    ("On days 1 and 8 5 mg was given.", None),
    ("Adults took 2 5-mg capsules of tea.", None),
    ("At grade 2 5 mg was stopped.", None),
    ("Adults took vitamin B 12 5 mg.", None),
    ("Adults took 5 10 20 mg.", None),
]


@pytest.mark.parametrize(("text", "expected"), DOUBTS)
def test_a_number_alone_before_an_amount_is_said(text: str, expected: str | None) -> None:
    found = [text[i.start : i.end] for i in clean(text).issues if i.code == "decimal_lost"]
    assert found == ([expected] if expected else [])
