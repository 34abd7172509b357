"""Frequencies, schedules, durations, infusion times and numbers of administrations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, read
from trialmine.extract.duration import extract_durations
from trialmine.extract.frequency import extract_frequencies
from trialmine.extract.infusion_time import extract_administrations, extract_infusion_times
from trialmine.extract.schedule import days_in, extract_schedules
from trialmine.normalise.frequency import timing_code

FREQUENCIES = [
    ("5 mg [[twice daily]]", (2, 1, "d", "BID")),
    ("[[once-daily]] zinc", (1, 1, "d", "QD")),
    ("[[a single ascending dose]] of zinc", (1, None, None, "ONCE")),
    ("[[a single 30 mg zinc dose]]", (1, None, None, "ONCE")),
    ("[[a single cup]] of tea", (1, None, None, "ONCE")),
    ("zinc [[once in 2 weeks]]", (1, 2, "wk", "Q2W")),
    ("zinc [[once a fortnight]]", (1, 2, "wk", "Q2W")),
    ("zinc [[every Monday]]", (1, 1, "wk", "QW")),
    ("zinc [[semiannually]]", (2, 1, "a", None)),
    ("[[once-per-cycle]] zinc", (1, None, None, "ONCE")),
    ("5 mg [[b.i.d.]] orally", (2, 1, "d", "BID")),
    ("1 g [[tds]] orally", (3, 1, "d", "TID")),
    ("1 g [[three times a day]]", (3, 1, "d", "TID")),
    ("100 mg [[every 3 weeks]]", (1, 3, "wk", "Q3W")),
    ("100 mg [[q3w]]", (1, 3, "wk", "Q3W")),
    ("100 mg [[at 3-weekly intervals]]", (1, 3, "wk", "Q3W")),
    ("100 mg [[every 21 days]]", (1, 21, "d", "Q3W")),
    ("1 g [[8 hourly]]", (1, 8, "h", "Q8H")),
    ("1 g [[every other day]]", (1, 2, "d", "QOD")),
    ("1 g [[once every 4 weeks]]", (1, 4, "wk", "Q4W")),
    ("1 g [[at bedtime]]", (1, 1, "d", "QD")),
    ("[[a single oral dose]]", (1, None, None, "ONCE")),
    ("600 mg/day [[in two divided doses]]", (2, 1, "d", "BID")),
    ("1 g [[as needed]]", (None, None, None, "PRN")),
    ("three injections [[2 weeks apart]]", (1, 2, "wk", "Q2W")),
    ("1 g [[biweekly]]", (1, 2, "wk", "Q2W")),
    ("1 g [[in the morning and evening]]", (2, 1, "d", "BID")),
    ("1 g [[at night]]", (1, 1, "d", "QD")),
    ("400 mg/d [[divided into 2 daily doses]]", (2, 1, "d", "BID")),
    ("two doses [[with an interval of 2 weeks]]", (1, 2, "wk", "Q2W")),
    ("100 mg [[3 doses daily]]", (3, 1, "d", "TID")),
    ("400 mg [[twice on]] day 1", (2, 1, "d", "BID")),
    ("had [[one injection of]] 5 mg of it", (1, None, None, "ONCE")),
    ("8 Gy [[in one fraction]]", (1, None, None, "ONCE")),
    ("multiple [[daily]] doses of 5 mg", (1, 1, "d", "QD")),
    ("six [[weekly]] zinc infusions", (1, 1, "wk", "QW")),
]
NO_FREQUENCY = [
    "activities of daily living",
    "every patient",
    "twice the dose",
    "150 minutes per week",
    "a 21-day cycle",
    "multiple daily insulin injections",
    "weekly cooking classes",
    "a training programme (3 days a week)",
    "exercises to be performed three times a week",
    "seven weekly group support sessions",
    "titrated to 40 mg if needed",
    "increased up to 9 mg as required",
]
DURATIONS = [
    ("5 mg [[for 12 weeks]].", 12, None, "wk"),
    ("given [[for up to 6 months]].", 6, None, "mo"),
    ("a [[7-day course]]", 7, None, "d"),
    ("given [[for 1 or 2 weeks]].", 1, 2, "wk"),
    ("[[12 weeks of]] zinc", None, None, None),
    ("given [[for the remaining 8 weeks]].", 8, None, "wk"),
    ("20 mg daily [[24 weeks]], then none", 24, None, "wk"),
    ("given [[during weeks 5-8]]", 4, None, "wk"),
    ("given [[from week 0 to week 12]]", 12, None, "wk"),
    ("taken [[until month 6]]", 6, None, "mo"),
    ("the [[feeding period (60 days)]]", 60, None, "d"),
    ("5 mg daily ([[maximum 1 week]])", 1, None, "wk"),
    ("given [[on three consecutive days]]", 3, None, "d"),
    ("given [[for a week]]", 1, None, "wk"),
    ("given [[for up to a year]]", 1, None, "a"),
    ("given [[for 5 nights]]", 5, None, "d"),
    ("given [[for 10 postoperative days]]", 10, None, "d"),
    ("5 mg/d, [[8 weeks]]", 8, None, "wk"),
    ("[[12 weeks' treatment]] with zinc", 12, None, "wk"),
    ("[[supplementation lasted 8 weeks]]", 8, None, "wk"),
    ("given [[for one week]] prior to surgery", 1, None, "wk"),
    ("5 mg [[for 2 days]], tapered off over 7 days", 2, None, "d"),
    ("then tablets to complete [[a total course of 7 days]]", 7, None, "d"),
]
DAYS = [
    ("1, 8, and 15", (1, 8, 15)),
    ("1-5 and 15-19", (1, 2, 3, 4, 5, 15, 16, 17, 18, 19)),
    ("1 to 3", (1, 2, 3)),
    ("1", (1,)),
]


@pytest.mark.parametrize(("sentence", "reading"), FREQUENCIES)
def test_frequency(sentence: str, reading: tuple[object, ...]) -> None:
    text, (quote,) = marked(sentence)
    (found,) = extract_frequencies(read(text))
    f = found.value
    assert text[found.start : found.end] == quote
    assert (f.count, f.period, f.period_unit, f.code) == reading


def test_a_short_form_of_a_single_dose() -> None:
    article = read("zinc 5 mg, SD", abbreviations={"SD": "single dose"})
    assert [f.value.code for f in extract_frequencies(article)] == ["ONCE"]
    assert not list(extract_frequencies(read("zinc 5 mg, SD", abbreviations={"SD": "standard deviation"})))


@pytest.mark.parametrize("text", NO_FREQUENCY)
def test_no_frequency(text: str) -> None:
    assert list(extract_frequencies(read(text))) == []


@pytest.mark.parametrize(("sentence", "value", "high", "unit"), DURATIONS)
def test_duration(sentence: str, value: float | None, high: float | None, unit: str | None) -> None:
    text, (quote,) = marked(sentence)
    (found,) = extract_durations(read(text))
    assert text[found.start : found.end].strip() == quote.removesuffix(" of")
    if value is not None:
        assert (found.value.value, found.value.value_max, found.value.unit) == (value, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "a 12-week follow-up",
        "zinc for a week before enrolment",
        "on 3 days",
        "for up to 5 years of follow-up",
        "four weeks of washout",
        "12 weeks after surgery",
        "aged 12 years",
        "15 min before treatment",
        "within 60 days of screening",
        "worn for 16 h/day",
        "walked for 20 minutes daily",
        "for 4 hours a night",
        "for 30 min per session",
    ],
)
def test_no_duration(text: str) -> None:
    assert list(extract_durations(read(text))) == []


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days(text: str, days: tuple[int, ...]) -> None:
    assert days_in(text) == days


def test_cycle_parts() -> None:
    text = "on days 1 and 8 of a 21-day cycle for six cycles"
    values = [m.value for m in extract_schedules(read(text))]
    assert [v.days for v in values if v.days] == [(1, 8)]
    assert [(v.cycle_length.value, v.cycle_length.unit) for v in values if v.cycle_length] == [(21, "d")]
    assert [v.cycles for v in values if v.cycles] == [6]


def test_weeks_on_and_off() -> None:
    (found,) = extract_schedules(read("taken 4 weeks on, 2 weeks off"))
    assert (found.value.on.value, found.value.off.value, found.value.cycle_length.value) == (4, 2, 6)


@pytest.mark.parametrize(
    "text",
    ["vitamin D3 was given", "adults took daily D2 or D3", "gastrectomy with D2 dissection", "a D2-receptor agonist"],
)
def test_a_bare_d_is_no_day_where_no_amount_stands_before(text: str) -> None:
    assert list(extract_schedules(read(text))) == []


def test_a_bare_d_behind_an_amount_is_a_day() -> None:
    (found,) = extract_schedules(read("docetaxel 75 mg/m2 D1, D8"))
    assert found.value.days == (1, 8)


COUNTS = [
    ("They received it at weeks 0, 2, 6 and 14.", [4]),
    ("Infants were vaccinated at 0, 1, and 6 months.", [3]),
    ("They were given it at weeks 0 and 2, then every 8 weeks.", []),
    ("They received it, and pain was assessed at weeks 4 and 8.", []),
    ("Titres were seen at weeks 4 and 8.", []),
    ("They received it at 12 and 24 months after surgery.", []),
    ("They received 5 mg at weeks 0/4/8.", [3]),
    ("They were vaccinated on two occasions.", [2]),
    ("It was given three times on a weekly basis.", [3]),
    ("It was given three times a day.", []),
    ("They had six once-weekly infusions.", [6]),
]


@pytest.mark.parametrize(("text", "counts"), COUNTS)
def test_what_was_given_at_listed_times_is_counted(text: str, counts: list[int]) -> None:
    assert [m.value for m in extract_administrations(read(text))] == counts


def test_infusion_time_and_count() -> None:
    article = read("infused over 30 min for 6 infusions")
    assert [(m.value.value, m.value.unit) for m in extract_infusion_times(article)] == [(30, "min")]
    assert [m.value for m in extract_administrations(article)] == [6]


@given(st.integers(2, 12), st.sampled_from([("weeks", "wk", "W"), ("hours", "h", "H"), ("months", "mo", "M")]))
def test_intervals_read_back(n: int, unit: tuple[str, str, str]) -> None:
    word, code, letter = unit
    (found,) = extract_frequencies(read(f"5 mg every {n} {word}."))
    assert (found.value.period, found.value.period_unit, found.value.code) == (n, code, f"Q{n}{letter}")
    assert timing_code(1, n, code) == found.value.code


@given(st.text(max_size=60))
def test_never_crashes(text: str) -> None:
    article = read(text)
    for extract in (
        extract_frequencies,
        extract_schedules,
        extract_durations,
        extract_infusion_times,
        extract_administrations,
    ):
        assert all(0 <= m.start < m.end <= len(text) for m in extract(article))
