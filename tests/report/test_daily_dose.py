"""The derived daily dose of dosing rows of our own sentences."""

from __future__ import annotations

import pytest

from support.dosing_rows import build
from trialmine.report.daily_dose import daily_dose

DAILY = [
    ("They took alfamine 5 mg twice daily.", (10, 10, "mg/d")),
    ("They took alfamine 5 mg every 8 hours.", (15, 15, "mg/d")),
    ("They took alfamine 5 mg every 6-8 hours.", (15, 20, "mg/d")),
    ("They took alfamine 10-20 mg/kg twice daily.", (20, 40, "mg/kg/d")),
    ("They took alfamine 600 mg/day in two divided doses.", (600, 600, "mg/d")),
]
OPEN = [
    "They took alfamine 5 mg once weekly.",
    "They took alfamine 5 mg.",
    "They took alfamine 5 mg daily on days 1-5 of a 28-day cycle.",
    "They took alfamine 5 mg as needed.",
    "Alfamine 0.5 ug/kg was allowed every 5 minutes to a maximum of 1 ug/kg.",
    "They received alfamine 5 mg/kg/h.",
    "They used alfamine 1% cream twice daily.",
]


@pytest.mark.parametrize(("text", "daily"), DAILY)
def test_daily(text: str, daily: tuple[float, float, str]) -> None:
    assert daily_dose(build(text)[0][0]) == daily


@pytest.mark.parametrize("text", OPEN)
def test_left_open(text: str) -> None:
    assert daily_dose(build(text)[0][0]) is None
