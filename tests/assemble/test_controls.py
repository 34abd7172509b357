from __future__ import annotations

import pytest

from support.blocks import blocks
from trialmine.assemble.citation import Citation
from trialmine.assemble.controls.choice import choose_controls, control_case
from trialmine.assemble.controls.told import CONTROLS
from trialmine.assemble.design import build_design
from trialmine.records.article import Block, Mentions
from trialmine.records.document import CleanText

TRIALS = [
    (
        "Velotinib in gout: a randomised trial\nMETHODS: Eighty adults with gout were randomly assigned to velotinib "
        "10 mg daily or placebo for 6 weeks. RESULTS: Pain fell more with velotinib than with placebo.",
        ("placebo",),
    ),
    (
        "Metformin versus gliclazide in diabetes\nMETHODS: Ninety adults were randomised to metformin 500 mg twice "
        "daily or gliclazide 80 mg daily. RESULTS: Weight fell more with metformin than with gliclazide.",
        ("active",),
    ),
    (
        "Yoga for back pain\nMETHODS: Sixty nurses were randomised to yoga or to a control group that received no "
        "treatment. RESULTS: Pain fell in the yoga group.",
        ("no_treatment",),
    ),
]


@pytest.mark.parametrize(("text", "expected"), TRIALS, ids=[t[0][:30] for t in TRIALS])
def test_names_what_treatments_are_set_against(text: str, expected: tuple[str, ...]) -> None:
    found = blocks(text)
    cite = Citation(found.article, CleanText(text, text))
    case = control_case(found.article, found.mentions, found.arms, found.interventions, None)
    chosen = choose_controls(case)
    assert set(expected) <= set(chosen)
    design = build_design(found.article, found.mentions, found.arms, cite, interventions=found.interventions)
    assert design is not None
    assert design.control == tuple(c for c in CONTROLS if c in chosen)
    quotes = {e.quote for e in design.evidence}
    assert all(text[start:end].strip() in quotes for start, end in chosen.values())


_TWO = "Velotinib and tea for gout: a randomised trial. METHODS: Ninety adults were divided into three groups. "
# what is said of one group -> the controls
UNTREATED = [
    (
        "Group A received velotinib 10 mg, group B tea daily, and group C did not receive any treatment.",
        {"no_treatment"},
    ),
    ("Group A received velotinib 10 mg daily and group B received tea daily.", {"active"}),
]


@pytest.mark.parametrize(("sentence", "expected"), UNTREATED, ids=[t[0][-30:] for t in UNTREATED])
def test_where_some_got_nothing_treatments_are_not_each_others_control(sentence: str, expected: set[str]) -> None:
    found = blocks(_TWO + sentence)
    case = control_case(found.article, found.mentions, found.arms, found.interventions, None)
    assert set(choose_controls(case)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tea in gout: a single-arm trial\nMETHODS: In this open-label single-arm trial 30 men with gout drank tea.",
        "METHODS: We reviewed the charts of 400 men with gout. RESULTS: Age told who had pain.",
    ],
)
def test_where_nothing_is_compared_there_is_no_control(text: str) -> None:
    found = blocks(text)
    assert choose_controls(control_case(found.article, found.mentions, found.arms, found.interventions, ())) == {}


def test_a_control_needs_a_place() -> None:
    found = blocks("Ten men came.")
    case = control_case(found.article, Mentions.of(()), Block(), Block(), ())
    assert case.places == {}
    assert choose_controls(case) == {}
