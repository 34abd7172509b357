"""Whole records: results told of each group in turn, in pairs and runs, with their P, intervals and outcomes."""

from __future__ import annotations

import pytest

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import Statistic, TrialRecord

FLOW = load(ner_model="none")
HEAD = "METHODS: Adults were randomised to metformin (n = 40) or placebo (n = 41).\nRESULTS: "
Told = tuple[float | None, str, str | None, tuple[str, ...]]


def record_of(text: str) -> TrialRecord:
    record = next(iter(FLOW.outcomes([Document(text=HEAD + text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def told(record: TrialRecord, s: Statistic) -> Told:
    names = {a.id: a.label.split()[0] for a in record.arms}
    return s.value, s.measure, s.p.text if s.p else None, tuple(names[a] for a in s.arms)


M, P = ("metformin",), ("placebo",)
MP = (*M, *P)
RESULTS: list[tuple[str, list[Told]]] = [
    (
        "Pain fell by 3.2 points (95% CI 2.1 to 4.3) with metformin and by 0.9 (0.1 to 1.7) with placebo (P = 0.01).",
        [(-3.2, "change_from_baseline", "P = 0.01", M), (-0.9, "change_from_baseline", None, P)],
    ),
    (
        "Relapse was seen in 4.9% of the infants in the placebo group and in 1.9% of infants in the metformin group.",
        [(4.9, "proportion", None, P), (1.9, "proportion", None, M)],
    ),
    (
        "Relief of pain, cough and itch was 71%, 39% and 15% with metformin compared with 27%, 3% and 1% with placebo.",
        [(v, "proportion", None, M) for v in (71, 39, 15)] + [(v, "proportion", None, P) for v in (27, 3, 1)],
    ),
    (
        "Mean blood pressure fell by 20/12 mm Hg with metformin and by 15/8 mm Hg with placebo.",
        [(v, "change_from_baseline", None, M) for v in (-20, -12)]
        + [(v, "change_from_baseline", None, P) for v in (-15, -8)],
    ),
    (
        "Blood pressure decreased from 158/98 mm Hg to 138/86 mm Hg with metformin.",
        [(138, "other", None, M), (86, "other", None, M)],
    ),
    (
        "Cholesterol was 162 mg/dL with metformin and 195 mg/dL with placebo (P<0.001).",
        [(162, "other", "P<0.001", M), (195, "other", None, P)],
    ),
    (
        "Pain scores were 4.2, 3.1 and 1.8 with metformin and 4.0, 2.2 and 1.1 with placebo (P = 0.6, 0.02 and 0.01).",
        [(4.2, "other", "P = 0.6", M), (3.1, "other", "0.02", M), (1.8, "other", "0.01", M)]
        + [(v, "other", None, P) for v in (4.0, 2.2, 1.1)],
    ),
    (
        "Systolic pressure was 4.2 mm Hg lower (95% CI 1.1 to 7.3) in the metformin group.",
        [(-4.2, "mean_difference", None, MP)],
    ),
    ("Creatinine increased in 9.3% and 8.1%.", [(9.3, "proportion", None, M), (8.1, "proportion", None, P)]),
    (
        "Median survival was 5.5 (95% CI 3.8-14.0) months vs 7.5 (3.5-10.7) months in the metformin vs placebo arms.",
        [(5.5, "median", None, M), (7.5, "median", None, P)],
    ),
    ("The study had 80% power, assuming a response of 50% with metformin and 30% with placebo.", []),
    ("During a median of 18.2 months, 12% of the metformin and 15% of the placebo group relapsed.", [
        (12, "proportion", None, M), (15, "proportion", None, P),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_what_is_told_of_each_group(text: str, expected: list[Told]) -> None:
    record = record_of(text)
    assert [told(record, s) for s in record.statistics] == expected


INTERVALS = [
    ("Weight was lower (mean difference -2.9 cm, -4.0 to -1.8).", -2.9, (-4.0, -1.8)),
    ("Sleep was better with metformin (difference 7.5%; 95% CI-0.9 to 15.9).", 7.5, (-0.9, 15.9)),
    ("Relapse was rarer with metformin (RR 0.58 CI 0.35-0.96).", 0.58, (0.35, 0.96)),
    ("Relapse was rarer with metformin (OR 1.06 [95% IC: 0.76-1.46]).", 1.06, (0.76, 1.46)),
    ("Pressure was 4.2 mm Hg lower (95% CI 1.1 to 7.3) in the metformin group.", -4.2, (-7.3, -1.1)),
]


@pytest.mark.parametrize(("text", "value", "limits"), INTERVALS)
def test_intervals_in_all_prints(text: str, value: float, limits: tuple[float, float]) -> None:
    rows = record_of(text).statistics
    assert [(s.value, s.ci and (s.ci.low, s.ci.high)) for s in rows] == [(value, limits)]


def test_the_second_group_has_the_order_of_outcomes_of_the_first() -> None:
    record = record_of(
        "Body weight fell by 45% and systolic blood pressure fell by 54% with metformin versus 29% and 31%, "
        "respectively, with placebo."
    )
    names = {e.id: e.name for e in record.endpoints}
    outcomes = [names.get(s.endpoint or "") for s in record.statistics]
    assert len(outcomes) == 4
    assert outcomes[:2] == outcomes[2:]


def test_the_p_of_an_event_compares_all_groups_that_had_it() -> None:
    record = record_of("Adverse events: nausea occurred in 12% with metformin and 5% with placebo (P = 0.04).")
    assert [told(record, s) for s in record.statistics] == [(None, "p_value", "P = 0.04", MP)]


def test_what_two_values_differ_by_is_no_third_one() -> None:
    record = record_of("Fractures were found in 3.2% with metformin and 6.2% with placebo (P = 0.03), a 48% reduction.")
    rows = [told(record, s)[:3] for s in record.statistics]
    assert rows == [(3.2, "proportion", "P = 0.03"), (6.2, "proportion", None), (-48, "percent_change", None)]


def test_by_how_much_groups_differ_is_no_rate_of_an_event() -> None:
    record = record_of("Nausea occurred in 12% and 5% of patients (absolute risk reduction, 7.1%).")
    assert [e.percent for e in record.adverse_events] == [12, 5]


IN_BRACKETS: list[tuple[str, list[Told]]] = [
    (
        "Compared with placebo, metformin lowered the rate of relapse (21% vs 33%, P = 0.04).",
        [(21, "proportion", "P = 0.04", M), (33, "proportion", None, P)],
    ),
    (
        "The rate of remission was higher than in the placebo group (33% vs 21%).",
        [(33, "proportion", None, M), (21, "proportion", None, P)],
    ),
    (
        "There were 38 deaths in the placebo group (46%) and 28 in the metformin group (35%).",
        [(46, "proportion", None, P), (35, "proportion", None, M)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_BRACKETS)
def test_whose_the_numbers_in_brackets_are(text: str, expected: list[Told]) -> None:
    record = record_of(text)
    assert [told(record, s) for s in record.statistics] == expected


OTHERS: list[tuple[str, list[tuple[float | None, str]]]] = [
    ("Survival at 5 years was 83% (SE 2%) and 77% (SE 2%).", [(83, "proportion"), (77, "proportion")]),
    ("Croup was rarer (13 vs 27 cases; P = 0.03).", [(13, "count"), (27, "count")]),
    (
        "Death was seen in 34% and 40% (hazard ratio 0.83 [95% CI 0.74-0.93]). Admission was seen in 74% and 76% "
        "(0.94 [0.86-1.02]).",
        [
            (34, "proportion"), (40, "proportion"), (0.83, "hazard_ratio"),
            (74, "proportion"), (76, "proportion"), (0.94, "hazard_ratio"),
        ],
    ),
    ("HDL increased in 12% and fell in 5%.", [(12, "proportion"), (5, "proportion")]),
    ("The relative hazard for the first four falls was 0.68 (95% CI 0.52 to 0.90).", [(0.68, "hazard_ratio")]),
    ("Height was 1.1 cm less in the metformin group (P<0.001).", [(-1.1, "mean_difference")]),
    (
        "The mean change in pain was not different (-13.9 points and -12.5 points, respectively; "
        "mean difference, -1.9 points; 95% CI, -5.0 to 1.1).",
        [(-13.9, "change_from_baseline"), (-12.5, "change_from_baseline"), (-1.9, "mean_difference")],
    ),
    ("NK cells rose from 12.1 (2.1)% to 16.8 (2.7)% with metformin.", [(16.8, "mean")]),
    ("A reduction in weight of at least 10% was seen in 26.1% and 8.1%.", [(26.1, "proportion"), (8.1, "proportion")]),
    ("Sleep latency decreased from 52.3 min to 21.8 min with metformin (p < .0001).", [(21.8, "other")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OTHERS)
def test_what_the_numbers_measure(text: str, expected: list[tuple[float | None, str]]) -> None:
    assert [(s.value, s.measure) for s in record_of(text).statistics] == expected


def test_what_did_not_differ_is_not_what_did_not_happen() -> None:
    events = record_of("There was no significant difference in rates of hypotension or nausea.").adverse_events
    assert [e.n for e in events] == [None] * len(events)


def test_days_with_what_is_treated_are_no_events() -> None:
    record = record_of(
        "The metformin group had fewer days with coughing (2.0 vs 4.5 days), headache (2.0 vs 3.0 days)."
    )
    assert record.adverse_events == ()
