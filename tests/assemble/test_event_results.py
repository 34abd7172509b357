from __future__ import annotations

from typing import Any

from trialmine.assemble.event_results import without_event_rates
from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, ConfidenceInterval, PValue, Statistic


def place(start: int, end: int) -> tuple[Evidence, ...]:
    return (Evidence(start=start, end=end, quote="x" * (end - start)),)


def result(start: int, end: int, **values: Any) -> Statistic:
    return Statistic(
        id="s9", measure=values.pop("measure", "proportion"), text="", evidence=place(start, end), **values
    )


RASH = AdverseEvent(term="rash", percent=12.0, n=6, text="rash (12%)", evidence=place(10, 30))


def test_the_rate_of_an_event_is_no_result_too() -> None:
    rows = [
        result(15, 25, value=12.0),
        result(15, 25, numerator=6),
        result(40, 45, value=12.0),
        result(15, 25, value=13.0),
        result(15, 25, value=12.0, ci=ConfidenceInterval(level=0.95, low=8.0, high=17.0)),
    ]
    kept = without_event_rates(rows, [RASH])
    assert [(s.id, s.value, bool(s.ci)) for s in kept] == [("s1", 12.0, False), ("s2", 13.0, False), ("s3", 12.0, True)]


def test_the_p_that_compares_the_rates_of_an_event_stays() -> None:
    p = PValue(comparator="=", value=0.04, text="P = 0.04")
    (kept,) = without_event_rates([result(15, 25, value=12.0, unit="%", numerator=6, p=p)], [RASH])
    assert (kept.measure, kept.value, kept.unit, kept.numerator, kept.p) == ("p_value", None, None, None, p)


def test_without_events_all_stay() -> None:
    assert [s.value for s in without_event_rates([result(1, 2, value=3.0)], [])] == [3.0]
