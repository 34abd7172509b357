from __future__ import annotations

from typing import Any

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.design import extract_design

CASES: list[tuple[str, str, list[Any]]] = [
    # phase
    ("a [[phase II]] trial of velotinib", "phase", [("2",)]),
    ("This [[Phase 1/2]] study enrolled adults.", "phase", [("1", "2")]),
    ("a [[phase I-II]] study", "phase", [("1", "2")]),
    ("a [[phase Ib/IIa]] study", "phase", [("1b", "2a")]),
    ("the [[phase IIIb]] extension", "phase", [("3b",)]),
    ("a [[phase-3]] study", "phase", [("3",)]),
    ("a [[phase two]] study", "phase", [("2",)]),
    ("a [[phase 1 and 2]] programme", "phase", [("1", "2")]),
    # allocation
    ("a [[randomised]] trial", "allocation", ["randomized"]),
    ("They were [[randomly assigned]] to tea or water.", "allocation", ["randomized"]),
    ("They were [[allocated randomly]] to tea or water.", "allocation", ["randomized"]),
    ("a [[non-randomized]] comparison", "allocation", ["non_randomized"]),
    ("a [[quasi-randomised]] trial", "allocation", ["non_randomized"]),
    ("chosen [[at random]] for tea", "allocation", ["randomized"]),
    # masking
    ("a [[double-blind]] trial", "masking", ["double"]),
    ("a [[double blinded]] trial", "masking", ["double"]),
    ("in a [[double-dummy]] manner", "masking", ["double"]),
    ("a [[triple-masked]] trial", "masking", ["triple"]),
    ("a [[single-blind]] comparison", "masking", ["single"]),
    ("with [[blinded assessors]]", "masking", ["single"]),
    ("an [[open-label]] study", "masking", ["open_label"]),
    ("an [[unblinded]] trial", "masking", ["open_label"]),
    ("[[Patients and nurses were blinded]] to the drug.", "masking", ["double"]),
    ("[[Patients, surgeons and assessors were all masked]].", "masking", ["triple"]),
    ("[[Parents remained unaware]] of the group.", "masking", ["single"]),
    # assignment
    ("a [[crossover]] trial", "assignment", ["crossover"]),
    ("in a [[Latin square]]", "assignment", ["crossover"]),
    ("a 3-arm [[parallel-group]] trial", "assignment", ["parallel"]),
    ("a [[cluster-randomised]] trial of schools", "assignment", ["cluster"]),
    ("a 2 x 2 [[factorial]] trial", "assignment", ["factorial"]),
    ("a [[2x2]] design", "assignment", ["factorial"]),
    ("a [[single-arm]] study", "assignment", ["single_group"]),
    # escalation
    ("a standard [[3 + 3]] design", "escalation", ["three"]),
    ("with the [[continual reassessment method]]", "escalation", ["crm"]),
    ("by [[accelerated titration]]", "escalation", ["accelerated"]),
    # centres
    ("a [[multicentre]] trial", "centers", ["multi"]),
    ("in [[14 university hospitals]]", "centers", ["multi"]),
    ("a [[single-center]] study", "centers", ["single"]),
    ("It was [[carried out in the burns unit of a university]] town.", "centers", ["place"]),
    ("women sent to [[Rosetown Child Hospital and Hill Hospital]] came", "centers", ["multi"]),
    ("approved at [[each participating hospital]]", "centers", ["multi"]),
    # allocation and masking
    ("sixty men were [[randomly treated]] with tea or water", "allocation", ["randomized"]),
    ("they were [[included randomly]] in three groups", "allocation", ["randomized"]),
    ("was rated by [[interviewers blind to]] the group", "masking", ["single"]),
    ("a nurse was the [[masked clinical evaluator]]", "masking", ["single"]),
    # ratio
    ("patients were randomized [[2:1]] to tea or water", "ratio", ["2:1"]),
    ("assigned in a [[1 : 1 : 1]] ratio", "ratio", ["1:1:1"]),
    # control
    ("were compared with [[historical controls]]", "control", ["historical"]),
]


@pytest.mark.parametrize(("sentence", "kind", "values"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_reads_statements_of_design(sentence: str, kind: str, values: list[Any]) -> None:
    text, expected = marked(sentence)
    article = read(text)
    mentions = sorted((m for m in extract_design(article) if m.kind == f"design.{kind}"), key=lambda m: m.start)
    assert quotes(article, mentions, f"design.{kind}") == expected
    assert [m.value for m in mentions] == values


NEVER = [
    ("during the luteal phase 12 women bled", "phase"),
    ("In phase 1 week of rest was given", "phase"),
    ("the second phase of sleep", "phase"),
    ("Earlier phase II studies were small.", "phase"),
    ("a random sample of villages", "allocation"),
    ("a random-effects model", "allocation"),
    ("A larger randomised controlled trial of tea is needed.", "allocation"),
    ("In previous randomised trials of tea, men slept well.", "allocation"),
    ("These findings should be confirmed in a multicentre trial.", "centers"),
    ("A double-blind trial of tea would be warranted.", "masking"),
    ("Scans were randomized into training and validation sets.", "allocation"),
    ("men who are color blind", "masking"),
    ("thirty men crossed over to combined therapy", "assignment"),
    ("the subsequent crossover made survival hard to compare", "assignment"),
    ("probing at six periodontal sites", "centers"),
    ("Patients were not blinded to it.", "masking"),
    ("after open heart surgery", "masking"),
    ("ran in parallel with the survey", "assignment"),
    ("patients crossed over to active drug", "assignment"),
    ("a grade 3 + 4 event", "escalation"),
    ("the center of the lens", "centers"),
    ("at one site of the body", "centers"),
    ("at 10:30 they were randomized", "ratio"),
    ("diluted 1:100 before use", "ratio"),
    ("serum at 1:64 dilution", "ratio"),
    ("historical data are poor", "control"),
]


@pytest.mark.parametrize(("text", "kind"), NEVER)
def test_leaves_look_alikes(text: str, kind: str) -> None:
    article = read(text)
    assert quotes(article, extract_design(article), f"design.{kind}") == []


def test_phase_of_another_trial_is_not_ours() -> None:
    article = read("Previous phase I trials found it safe. We ran a phase II trial.")
    assert quotes(article, extract_design(article), "design.phase") == ["phase II"]
