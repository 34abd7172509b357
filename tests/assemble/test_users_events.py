"""Whole records of sentences in which users met values of events under another event, arm or outcome."""

from __future__ import annotations

import pytest

from trialmine.flow import Pipeline, load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord

BEFORE = (
    "A randomised trial of velotinib in gout.\nMETHODS: Adults were assigned to velotinib (n = 80) or placebo (n = 80)."
    "\nRESULTS: "
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return load(ner_model="none")


def record_of(pipeline: Pipeline, results: str) -> TrialRecord:
    record = next(iter(pipeline.outcomes([Document(text=BEFORE + results, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def events_of(record: TrialRecord) -> list[tuple[str, int | None, float | None, str]]:
    labels = {a.id: a.label for a in record.arms}
    return [(e.term, e.n, e.percent, "+".join(labels[a] for a in e.arms)) for e in record.adverse_events]


V, P = "velotinib", "placebo"
COUNTED = [
    # the arm that had more has the larger number, whichever stands first, and an elliptic clause has its own event
    ("Tremor was more frequent with velotinib (31% v. 5%, P < 0.001), and drowsy spells with placebo (12% v. 39%).",
     [("tremor", None, 31.0, V), ("tremor", None, 5.0, P)]),
    ("Tremor was seen more often with velotinib (31% v. 5%), and drowsy spells with the older drug (12% v. 39%).",
     [("tremor", None, 31.0, V), ("tremor", None, 5.0, P)]),
    ("Dizziness was commoner on placebo (4% vs 15%) and dry mouth on velotinib (40% vs 12%).",
     [("dizziness", None, 4.0, V), ("dizziness", None, 15.0, P), ("dry mouth", None, 40.0, V),
      ("dry mouth", None, 12.0, P)]),
    ("Dizziness was less common on placebo (4% vs 15%) and dry mouth on velotinib (40% vs 12%).",
     [("dizziness", None, 4.0, P), ("dizziness", None, 15.0, V), ("dry mouth", None, 40.0, P),
      ("dry mouth", None, 12.0, V)]),
    # numbers ahead of what they count
    ("12 (15%) vs 4 (5%) had nausea (p=0.04), 9 (11%) vs 3 (4%) headache (p=0.07) and 5 (6%) vs 6 (8%) dizziness.",
     [("nausea", 12, 15.0, V), ("nausea", 4, 5.0, P), ("headache", 9, 11.0, V), ("headache", 3, 4.0, P),
      ("dizziness", 5, 6.0, V), ("dizziness", 6, 8.0, P)]),
    # people who completed a trial had no event
    ("Nausea was seen in 12 and 7. 70 (88%) and 75 (94%) patients completed the study.", [("nausea", None, None, "")]),
    ("Headache was mild; 70 patients (88%) finished and 5 patients withdrew.", [("headache", None, None, "")]),
    # number words of two groups
    ("Nausea was seen in five and one.", [("nausea", 5, None, V), ("nausea", 1, None, P)]),
    # look-alikes
    ("Nausea occurred in 12 (15%) and vomiting in 4 (5%) of those on velotinib.",
     [("nausea", 12, 15.0, V), ("vomiting", 4, 5.0, V)]),
    ("Tremor occurred in 31% with velotinib and in 5% with placebo.",
     [("tremor", None, 31.0, V), ("tremor", None, 5.0, P)]),
]  # fmt: skip


@pytest.mark.parametrize(("results", "expected"), COUNTED)
def test_each_number_is_of_its_own_event_and_arm(
    pipeline: Pipeline, results: str, expected: list[tuple[object, ...]]
) -> None:
    assert events_of(record_of(pipeline, results)) == expected


OWN_P = [
    ("Mean pain was 28 mm with velotinib and 44 mm with placebo. Nausea (24% vs 31%, P=0.24) did not differ.", {None}),
    ("24 (30%) vs 6 (8%) had serious adverse events (p=0.004), and 12 (15%) vs 3 (4%) nosebleeds (p=0.03).",
     {"serious adverse events", None}),
]  # fmt: skip


@pytest.mark.parametrize(("results", "expected"), OWN_P)
def test_the_p_of_an_event_is_of_no_other_outcome(pipeline: Pipeline, results: str, expected: set[str | None]) -> None:
    record = record_of(pipeline, results)
    names = {e.id: e.name for e in record.endpoints}
    assert {names.get(s.endpoint or "") for s in record.statistics if s.measure == "p_value"} <= expected


OF_ARMS = [
    ("Pain relief: tablets 7.8%, velotinib 24.0%, placebo 4.1%.", {7.8: "", 24.0: V, 4.1: P}),
    ("Pain relief: velotinib 24.0%, placebo 4.1%.", {24.0: V, 4.1: P}),
    ("61 of 80 (76%) subjects on velotinib could eat a whole nut six weeks after the last dose, vs 10 of 80 (12%) on "
     "placebo.", {76.0: V, 12.0: P}),
]  # fmt: skip


@pytest.mark.parametrize(("results", "expected"), OF_ARMS)
def test_a_label_beside_a_number_gives_its_arm(pipeline: Pipeline, results: str, expected: dict[float, str]) -> None:
    record = record_of(pipeline, results)
    labels = {a.id: a.label for a in record.arms}
    assert {s.value: "+".join(labels[a] for a in s.arms) for s in record.statistics} == expected


def test_of_two_outcomes_told_alike_each_has_its_own(pipeline: Pipeline) -> None:
    record = record_of(
        pipeline, "The hazard ratio for relapse was 0.62 (95% CI 0.4-0.9) and for hospital stay 0.81 (0.61-0.99)."
    )
    names = {e.id: e.name for e in record.endpoints}
    found = {s.value: names.get(s.endpoint or "") for s in record.statistics}
    assert "relapse" in str(found[0.62])
    assert "relapse" not in str(found[0.81])


def test_a_difference_of_two_shares_is_one_of_risks(pipeline: Pipeline) -> None:
    told = (
        "41.5% with velotinib and 8.2% with placebo (difference vs placebo, 33.2 percentage points [95% CI, 21 to 45])."
    )
    record = record_of(pipeline, f"Response was had by {told}")
    assert [s.measure for s in record.statistics if s.value == 33.2] == ["risk_difference"]
    record = record_of(pipeline, "Mean HbA1c was 8.1% with velotinib and 7.0% with placebo (mean difference 1.1%).")
    assert [s.measure for s in record.statistics if s.value == 1.1] == ["mean_difference"]


def test_a_number_word_is_no_part_of_an_outcome(pipeline: Pipeline) -> None:
    record = record_of(pipeline, "Nine deaths and five deaths occurred with velotinib and placebo.")
    assert not {e.name.lower() for e in record.endpoints} & {"nine deaths", "five deaths"}
