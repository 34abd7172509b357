from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.records.trial import Dose, Duration, Frequency, Schedule, Statistic
from trialmine.report import wording


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 400, "unit": "mg"}, "400 mg"),
        ({"value": 0.05, "unit": "ug/kg", "comparator": ">="}, ">= 0.05 ug/kg"),
        ({"low": 10, "high": 50, "unit": "ug/kg"}, "10-50 ug/kg"),
        ({"levels": [10, 30, 50], "unit": "mg/m2"}, "10, 30 or 50 mg/m2"),
        ({"levels": [5], "unit": "mg"}, "5 mg"),
        ({"value": 5, "unit": "mg/mL.min"}, "AUC 5"),
        ({"value": 10_000_000, "unit": "[iU]"}, "10,000,000 IU"),
        ({"value": 2, "unit": "{puff}"}, "2 puffs"),
        ({"value": 70, "unit": "%"}, "70 %"),
    ],
)
def test_dose(fields: dict[str, Any], words: str) -> None:
    assert wording.dose(Dose(text="as written", **fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"count": 2, "period": 1, "period_unit": "d", "code": "BID"}, "BID"),
        ({"count": 1, "code": "ONCE"}, "once"),
        ({"count": 1, "period": 4, "period_max": 6, "period_unit": "h"}, "every 4-6 h"),
        ({"count": 3, "period": 1, "period_unit": "wk"}, "3x/wk"),
        ({"count": 2, "count_max": 3, "period": 1, "period_unit": "d"}, "2-3x/d"),
        ({"count": 2, "period": 3, "period_unit": "d"}, "2x every 3 d"),
        ({"as_needed": True}, "PRN"),
        ({"count": 2, "period": 1, "period_unit": "d", "code": "BID", "as_needed": True}, "BID PRN"),
        ({}, "as written"),
    ],
)
def test_frequency(fields: dict[str, Any], words: str) -> None:
    assert wording.frequency(Frequency(text="as written", **fields)).strip() == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"days": [1, 2, 3, 4, 5, 15, 16, 17, 18, 19], "cycle_length": {"value": 7, "unit": "wk"}},
            "d1-5, 15-19 q7w",
        ),
        ({"days": [1, 8], "cycle_length": {"value": 21, "unit": "d"}, "cycles": 6}, "d1, 8 q21d, 6 cycles"),
        ({"cycles": 1}, "1 cycle"),
        ({"cycles": 4, "cycles_max": 6}, "4-6 cycles"),
        ({"on": {"value": 4, "unit": "wk"}, "off": {"value": 2, "unit": "wk"}}, "4 wk on, 2 wk off"),
        ({}, "as written"),
    ],
)
def test_schedule(fields: dict[str, Any], words: str) -> None:
    assert wording.schedule(Schedule(text="as written", **fields)) == words


def test_duration() -> None:
    assert wording.duration(Duration(value=8, value_max=12, unit="wk", text="8 to 12 weeks")) == "8-12 wk"
    assert wording.duration(Duration(text="until progression")) == "until progression"
    assert wording.duration(None) == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"measure": "proportion", "value": 60, "unit": "%", "numerator": 48, "denominator": 80}, "60% (48/80)"),
        ({"measure": "proportion", "numerator": 7, "denominator": 8}, "7/8"),
        ({"measure": "mean", "value": -6.5, "dispersion": {"kind": "sd", "value": 3.1}}, "-6.5 (SD 3.1)"),
        (
            {"measure": "median", "value": 14, "unit": "mo", "dispersion": {"kind": "iqr", "low": 9, "high": 21}},
            "14 mo (IQR 9-21)",
        ),
        (
            {"measure": "mean", "value": 1, "dispersion": {"kind": "range", "low": -2, "high": 3}},
            "1 (range -2 to 3)",
        ),
        ({"measure": "proportion", "value": 80, "unit": "%", "comparator": ">"}, "> 80%"),
        ({"measure": "p_value"}, ""),
    ],
)
def test_estimate(fields: dict[str, Any], words: str) -> None:
    evidence = ({"start": 0, "end": 1, "quote": "x"},)
    assert (
        wording.estimate(Statistic.model_validate({"id": "s1", "text": "x", "evidence": evidence, **fields})) == words
    )


@given(st.sets(st.integers(1, 60), min_size=1))
def test_days_say_every_day_once(numbers: set[int]) -> None:
    said: list[int] = []
    for run in wording.days(numbers).split(", "):
        first, _, last = run.partition("-")
        said += range(int(first), int(last or first) + 1)
    assert said == sorted(numbers)
