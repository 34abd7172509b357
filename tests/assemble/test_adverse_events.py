from __future__ import annotations

from types import SimpleNamespace

import pytest
import regex

from support.marked import read
from trialmine.assemble.adverse_events.block import build_adverse_events
from trialmine.assemble.citation import Citation
from trialmine.extract.adverse_event import extract_adverse_events
from trialmine.extract.event_count import extract_event_counts
from trialmine.records.article import Block, Mentions, Reference
from trialmine.records.document import CleanText
from trialmine.records.trial import AdverseEvent


def events(results: str) -> tuple[AdverseEvent, ...]:
    text = f"A trial of velotinib\nRESULTS: {results}\n"
    article = read(text)
    mentions = Mentions.of([*extract_adverse_events(article), *extract_event_counts(article)])
    references = [
        Reference(at, at + len(word), row_id)
        for word, row_id in (("velotinib", "a1"), ("placebo", "a2"))
        for at in range(len(text))
        if text.startswith(word, at) and at > len("A trial of velotinib")
    ]
    arms = Block((), tuple(sorted(references, key=lambda r: r.start)))
    rows, _ = build_adverse_events(article, mentions, arms, Citation(article, CleanText(text, text)))
    for row in rows:
        assert all(text[e.start : e.end] == e.quote for e in row.evidence)
    return rows


CASES = [
    ("Both were well tolerated. Nausea occurred in 12% with velotinib and 5% with placebo.",
     [("nausea", None, None, 12.0, ("a1",)), ("nausea", None, None, 5.0, ("a2",))]),
    ("Grade 3 or 4 toxicities were neutropenia (25% vs 18%) and rash (4% vs 1%).",
     [("neutropenia", 3, None, 25.0, ()), ("neutropenia", 3, None, 18.0, ()),
      ("rash", 3, None, 4.0, ()), ("rash", 3, None, 1.0, ())]),
    ("Common adverse events were headache, nausea and dizziness.",
     [("headache", None, None, None, ()), ("nausea", None, None, None, ()), ("dizziness", None, None, None, ())]),
    ("Adverse events (headache, nausea, and dizziness) were found in 4, 5 and 7 patients.",
     [("headache", None, None, None, ()), ("nausea", None, None, None, ()), ("dizziness", None, None, None, ())]),
    ("Adverse events: rash in 14 patients (2.5%) and 16 (2.9%); fullness in 19 (3.4%) and 11 (2.0%).",
     [("rash", None, 14, 2.5, ()), ("rash", None, 16, 2.9, ())]),
    ("Grade 2 neutropenia was seen in 25% and grade 3 fullness in 7%.",
     [("neutropenia", 2, None, 25.0, ())]),
    ("Four serious adverse events were reported.", [("serious adverse events", None, 4, None, ())]),
    ("More fatigue and alopecia were seen on velotinib.",
     [("fatigue", None, None, None, ("a1",)), ("alopecia", None, None, None, ("a1",))]),
    ("Toxicity was mild, and rash developed in two patients.", [("rash", None, 2, None, ())]),
    ("The most common side effects were nausea (9%), lip cracking (7%) and vertigo (2%).",
     [("nausea", None, None, 9.0, ()), ("lip cracking", None, None, 7.0, ()), ("vertigo", None, None, 2.0, ())]),
    ("Adverse events were nausea (12), vomiting (7) and rash (3).",
     [("nausea", None, 12, None, ()), ("vomiting", None, 7, None, ()), ("rash", None, 3, None, ())]),
    ("Fewer adverse events were seen with velotinib than with placebo (one versus eight).",
     [("adverse events", None, 1, None, ("a1",)), ("adverse events", None, 8, None, ("a2",))]),
    ("Toxicity was mild. Two toxic deaths due to septic shock occurred.",
     [("toxic deaths due to septic shock", None, 2, None, ())]),
]  # fmt: skip


@pytest.mark.parametrize(("results", "expected"), CASES)
def test_reads_events(results: str, expected: list[tuple[object, ...]]) -> None:
    found = [(r.term, r.grade.low if r.grade else None, r.n, r.percent, r.arms) for r in events(results)]
    assert found == expected


NEVER = [
    "No adverse events occurred.",
    "Velotinib was well tolerated.",
    "It is used for prevention of nausea, and this was reported.",
    "Patients with pneumonia improved.",
    "The secondary endpoints were the incidence of headache and safety.",
    "There were no differences in heart rate, headache or comfort.",
    "",
]


@pytest.mark.parametrize("results", NEVER)
def test_no_event_no_row(results: str) -> None:
    assert events(results) == ()


def test_marks_what_is_serious_related_and_dose_limiting() -> None:
    (row,) = events("One serious treatment-related pneumonitis was observed and was dose-limiting toxicity.")[:1]
    assert (row.serious, row.related, row.dose_limiting) == (True, True, True)


def test_what_limited_the_dose_stands_in_the_same_clause() -> None:
    told = events("Dose-limiting diarrhea and neutropenia were seen; nausea and rash were common but mild.")
    limiting = {r.term: r.dose_limiting for r in told}
    assert limiting == {"diarrhea": True, "neutropenia": True, "nausea": None, "rash": None}
    none = events("Toxicities were nausea and rash, with no dose-limiting toxicity.")
    assert [r.dose_limiting for r in none if r.term in ("nausea", "rash")] == [None, None]


def test_an_event_that_the_trial_prevents_is_an_outcome() -> None:
    text = "Zorpine against nausea after surgery\nRESULTS: Nausea occurred in 12% and vomiting in 5% of patients.\n"
    article = read(text)
    mentions = Mentions.of([*extract_adverse_events(article), *extract_event_counts(article)])
    assert build_adverse_events(article, mentions, Block(), Citation(article, CleanText(text, text)))[0] == ()


def told(*sentences: str) -> list[tuple[object, ...]]:
    """What a text without headings, of a drug and a placebo, gives: term, number, percentage, arms."""
    text = "A trial of velotinib\n" + " ".join(sentences) + "\n"
    article = read(text)
    mentions = Mentions.of([*extract_adverse_events(article), *extract_event_counts(article)])
    references = [
        Reference(m.start(), m.end(), {"velotinib": "a1", "placebo": "a2"}[m[0]])
        for m in regex.finditer("velotinib|placebo", text)
        if m.start() > len("A trial of velotinib")
    ]
    arms = Block((SimpleNamespace(id="a1"), SimpleNamespace(id="a2")), tuple(references))
    rows, _ = build_adverse_events(article, mentions, arms, Citation(article, CleanText(text, text)))
    return [(r.term, r.n, r.percent, r.arms) for r in rows]


ASSIGNED = "Adults were assigned to velotinib or placebo."
IN_ORDER = [
    ("Nausea occurred in 12% and 5%, respectively.", [("nausea", None, 12.0, ("a1",)), ("nausea", None, 5.0, ("a2",))]),
    ("Headache occurred in 8 (16%) vs 3 (6%) of the patients.",
     [("headache", 8, 16.0, ("a1",)), ("headache", 3, 6.0, ("a2",))]),
    ("Dizziness occurred in 7 and 4 patients.", [("dizziness", 7, None, ("a1",)), ("dizziness", 4, None, ("a2",))]),
    ("Vomiting was more frequent with placebo (12% vs 5%).",
     [("vomiting", None, 12.0, ("a2",)), ("vomiting", None, 5.0, ("a1",))]),
    ("Vomiting was less frequent with placebo (12% vs 5%).",
     [("vomiting", None, 12.0, ("a1",)), ("vomiting", None, 5.0, ("a2",))]),
    ("Injection-site pain was the most common reaction (12% vs 5%).",
     [("injection-site pain", None, 12.0, ("a1",)), ("injection-site pain", None, 5.0, ("a2",))]),
    ("Nausea occurred in 12%, 9% and 5%.",
     [("nausea", None, 12.0, ()), ("nausea", None, 9.0, ()), ("nausea", None, 5.0, ())]),
    ("Velotinib aside, velotinib caused dizziness in 7 patients; placebo caused headache in 2 patients.",
     [("dizziness", 7, None, ("a1",)), ("headache", 2, None, ("a2",))]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), IN_ORDER)
def test_counts_without_a_label_have_the_order_of_the_arms(sentence: str, expected: list[tuple[object, ...]]) -> None:
    assert told(ASSIGNED, sentence) == expected


def test_arms_that_change_their_order_give_none() -> None:
    found = told(ASSIGNED, "It was longer with placebo than with velotinib.", "Nausea occurred in 12% and 5%.")
    assert [arms for *_, arms in found] == [(), ()]
    said = told(
        ASSIGNED, "It was longer with placebo than with velotinib.", "Nausea occurred in 12% and 5%, respectively."
    )
    assert [arms for *_, arms in said] == [("a2",), ("a1",)]


def test_another_event_with_its_own_count_ends_the_counts_before_it() -> None:
    commonest = "The most common adverse events were nausea (8% vs 20%), zebra (5% vs 14%) and insomnia (6% vs 11%)."
    rows = told(ASSIGNED, commonest)
    assert {percent for term, _, percent, _ in rows if term == "nausea"} == {8.0, 20.0}
    groups = told(ASSIGNED, "Adverse events were mild. Nausea occurred on velotinib (8%) and placebo (20%).")
    assert [(percent, arms) for _, _, percent, arms in groups] == [(8.0, ("a1",)), (20.0, ("a2",))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Adults with nausea were recruited in 12 and 5 towns.",
        "The primary endpoint was vomiting within 2 and 24 hours.",
    ],
)
def test_a_text_without_headings_plans_no_events(sentence: str) -> None:
    assert told(sentence) == []
