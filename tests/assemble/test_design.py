from __future__ import annotations

from typing import Any

import pytest

from support.blocks import blocks
from trialmine.assemble.citation import Citation
from trialmine.assemble.design import build_design
from trialmine.flow import load
from trialmine.records.document import CleanText

CASES: list[tuple[str, dict[str, Any]]] = [
    (
        "A randomized, double-blind phase III trial of tea in gout.",
        {"phase": ("3",), "allocation": "randomized", "masking": "double"},
    ),
    ("Tea in gout: a phase 2 trial\nMETHODS: A phase 2b trial of tea.", {"phase": ("2b",)}),
    ("METHODS: A phase I/II trial. RESULTS: The phase II part was closed.", {"phase": ("1", "2")}),
    ("METHODS: In the phase I portion ten men came; in the phase II portion, forty.", {"phase": ("1", "2")}),
    # the trial is open although its assessors are blinded
    ("METHODS: An open-label trial with blinded assessors.", {"masking": "open_label"}),
    ("METHODS: A crossover, parallel-group trial.", {"assignment": "crossover"}),
    ("METHODS: A 3+3 design was used.", {"escalation": "3+3"}),
    (
        "METHODS: Patients were randomized 2:1 to tea or water at 12 centres.",
        {"allocation_ratio": "2:1", "multicenter": True},
    ),
    ("METHODS: A single-centre randomised trial.", {"multicenter": False}),
    ("METHODS: Results were compared with historical controls.", {"control": ("historical",)}),
    ("METHODS: Men from several centers were randomised to tea or water.", {"multicenter": True}),
    ("METHODS: Men were randomised to metformin or a matching placebo.", {"control": ("placebo",)}),
    ("METHODS: Pupils were randomised to yoga or a waiting list.", {"control": ("no_treatment",)}),
    ("METHODS: Nurses were randomised to yoga or usual care.", {"control": ("standard_of_care",)}),
    ("METHODS: In this active-controlled trial men drank tea.", {"control": ("active",)}),
    # "double-blind" says more than who was blinded
    (
        "METHODS: In this double-blind trial patients, investigators and raters were masked to treatment.",
        {"masking": "double"},
    ),
    ("METHODS: Patients, investigators and raters were masked to treatment.", {"masking": "triple"}),
    # a hospital of its name is not the only one where the text counts several
    ("METHODS: This trial was conducted in the clinic of a university and in four hospitals.", {"multicenter": True}),
    ("METHODS: This trial was conducted in the clinic of a university.", {"multicenter": False}),
    ("BACKGROUND: Tea was investigated in a 2x2 factorial trial. METHODS: Men came.", {"assignment": "factorial"}),
    ("METHODS: We did a randomised trial. CONCLUSIONS: A larger double-blind trial is needed.", {"masking": None}),
    # what the background tells of other trials is not ours
    (
        "BACKGROUND: A crossover study was done. METHODS: A randomised trial.",
        {"assignment": None, "allocation": "randomized"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:40] for c in CASES])
def test_states_the_design(text: str, expected: dict[str, Any]) -> None:
    design = blocks(text).design
    assert design is not None
    assert {name: getattr(design, name) for name in expected} == expected
    assert all(text[e.start : e.end] == e.quote for e in design.evidence)


CONTROLS = [
    ("METHODS: Patients were randomly assigned to sorafenib or placebo.", ("placebo",)),
    ("METHODS: Patients were randomized to receive metformin versus gliclazide.", ("active",)),
    ("METHODS: Patients were randomly assigned to metformin 500, 1000 or 1500 mg daily.", ("dose_comparison",)),
]


@pytest.mark.parametrize(("text", "control"), CONTROLS)
def test_reads_controls_from_the_arms(text: str, control: tuple[str, ...]) -> None:
    design = blocks(text).design
    assert design is not None
    assert design.control == control


@pytest.mark.parametrize("text", ["Ten men drank tea.", "", "METHODS: We asked."])
def test_no_statement_gives_no_design(text: str) -> None:
    assert blocks(text).design is None


def test_doses_are_compared_where_some_drug_has_several() -> None:
    text = "Tea in gout\nMETHODS: 90 patients were randomized to velotinib 5 mg, velotinib 10 mg or placebo.\n"
    told = load(ner_model="none").extract(text).design
    assert told is not None
    assert told.control == ("placebo", "dose_comparison")
    found = blocks(text)
    cite = Citation(found.article, CleanText(text, text))
    unread = build_design(found.article, found.mentions, found.arms, cite, ())
    assert unread is not None
    assert unread.control == ("placebo",)


def test_usual_care_alone_is_no_active_control() -> None:
    found = blocks("METHODS: Adults were randomly assigned to metformin plus usual care or to usual care.")
    cite = Citation(found.article, CleanText(found.article.text, found.article.text))
    design = build_design(found.article, found.mentions, found.arms, cite, interventions=found.interventions)
    assert design is not None
    assert design.control == ("standard_of_care",)
