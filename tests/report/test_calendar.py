from __future__ import annotations

from typing import Any

import pytest

from support.records import TEXT, evidence, whole_record
from trialmine.records.trial import TrialRecord
from trialmine.report.calendar import calendars


def record_with(*rows: dict[str, Any]) -> TrialRecord:
    base: dict[str, Any] = {"intervention": "i1", "text": "80 mg", "evidence": [evidence(TEXT, "80 mg")]}
    dosing = [{**base, "id": f"d{n}", **row} for n, row in enumerate(rows, 1)]
    return TrialRecord.model_validate({**whole_record().model_dump(mode="json"), "dosing": dosing})


def every(period: float, unit: str, count: float = 1) -> dict[str, Any]:
    return {"count": count, "period": period, "period_unit": unit, "text": "x"}


def plan(**fields: Any) -> dict[str, Any]:
    return {"text": "x", **fields}


def weeks(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "wk"}


FROM_ONE = "days counted from day 1"
CASES = [
    ({"schedule": plan(days=[1, 8, 15], cycle_length={"value": 28, "unit": "d"})}, 28, (1, 8, 15), ""),
    ({"schedule": plan(days=[5, 1, 3])}, 7, (1, 3, 5), ""),
    ({"frequency": every(1, "d", 2)}, 7, tuple(range(1, 8)), ""),
    ({"frequency": every(2, "d")}, 7, (1, 3, 5, 7), FROM_ONE),
    ({"frequency": every(3, "wk")}, 42, (1, 22), FROM_ONE),
    ({"frequency": every(1, "mo")}, 7, (), "days not stated"),
    ({"frequency": every(1, "wk", 3)}, 7, (), "days not stated"),
    ({"frequency": every(1, "wk"), "schedule": plan(days=[1, 8], cycle_length=weeks(3))}, 21, (1, 8), ""),
    ({"frequency": every(1, "d"), "schedule": plan(on=weeks(4), off=weeks(2))}, 42, tuple(range(1, 29)), ""),
    ({"frequency": every(1, "wk"), "schedule": plan(on=weeks(3), cycle_length=weeks(4))}, 28, (1, 8, 15), FROM_ONE),
]


@pytest.mark.parametrize(("row", "length", "days", "note"), CASES)
def test_days_are_those_that_the_record_states(
    row: dict[str, Any], length: int, days: tuple[int, ...], note: str
) -> None:
    (chart,) = calendars(record_with(row))
    (lane,) = chart.lanes
    assert (chart.length, lane.days, lane.note) == (length, days, note)


def test_rows_without_days_or_period_make_no_chart() -> None:
    assert calendars(record_with({}, {"frequency": {"count": 1, "text": "once"}})) == []


def test_strips_of_a_record_have_one_length() -> None:
    cycle = plan(days=[1], cycle_length={"value": 3, "unit": "wk"})
    charts = calendars(record_with({"arms": ["a1"], "schedule": cycle}, {"arms": ["a2"], "frequency": every(1, "d")}))
    assert [(c.arms, c.length) for c in charts] == [("velotinib", 21), ("placebo", 21)]
    assert len(charts[1].lanes[0].days) == 21


def test_a_long_cycle_is_cut_at_a_year() -> None:
    (chart,) = calendars(record_with({"schedule": plan(days=[1, 500], cycle_length={"value": 600, "unit": "d"})}))
    assert (chart.length, chart.lanes[0].days) == (366, (1,))
