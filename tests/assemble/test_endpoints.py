from __future__ import annotations

import pytest

from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.assemble.endpoints.block import build_endpoints
from trialmine.extract.endpoint import extract_endpoints
from trialmine.extract.timepoint import extract_timepoints
from trialmine.records.article import Block, Mentions
from trialmine.records.document import CleanText
from trialmine.records.trial import Endpoint

TRIAL = """Velotinib in elderly people with stiff knees: a randomised trial
METHODS: Eighty adults were given velotinib or placebo. The primary end point was overall survival (OS). \
Secondary end points were progression-free survival and quality of life at 12 weeks. \
Walking speed was assessed by the Timed Walk Test.
RESULTS: OS was significantly longer with velotinib (HR 0.6, 95% CI 0.4 to 0.9). \
Progression-free survival did not differ. \
The primary end point was reached. Quality of life improved by 4 points (P = 0.02).
"""


def endpoints(text: str, **abbreviations: str) -> tuple[Block, str]:
    article = read(text, abbreviations=abbreviations)
    mentions = Mentions.of([*extract_endpoints(article), *extract_timepoints(article)])
    return build_endpoints(article, mentions, Block(), Citation(article, CleanText(text, text))), text


def rows_by_name(block: Block) -> dict[str, Endpoint]:
    return {row.name: row for row in block.rows}


def test_one_row_per_outcome_with_role_code_and_time() -> None:
    block, _ = endpoints(TRIAL, OS="overall survival")
    rows = rows_by_name(block)
    assert rows["overall survival"].code == "OS"
    assert rows["overall survival"].role == "primary"
    assert rows["progression-free survival"].role == "secondary"
    life = rows["quality of life"]
    assert life.timepoint is not None
    assert (life.timepoint.value, life.timepoint.unit) == (12.0, "wk")
    assert [r.code for r in block.rows].count("OS") == 1
    assert [r.id for r in block.rows] == [f"e{i + 1}" for i in range(len(block.rows))]


def test_an_outcome_under_two_names_is_one() -> None:
    block, _ = endpoints(
        "METHODS: The primary end point was mortality. Secondary end points were safety and quality of life.\n"
        "RESULTS: Mortality was 4% with tea and 9% with water (P = 0.03). Fewer deaths were seen. "
        "Adverse events occurred in 12% versus 14%."
    )
    codes = [row.code for row in block.rows]
    assert codes.count("AE") == codes.count("MORTALITY") == 1


def test_references_are_disjoint_and_hold_every_name() -> None:
    block, text = endpoints(TRIAL, OS="overall survival")
    survival = rows_by_name(block)["overall survival"].id
    places = [text[r.start : r.end] for r in block.references if r.id == survival]
    assert "OS" in places
    assert any(p.lower().startswith("primary end point") for p in places)
    assert all(a.end <= b.start for a, b in zip(block.references, block.references[1:], strict=False))


def test_evidence_stands_in_the_text() -> None:
    block, text = endpoints(TRIAL)
    for row in block.rows:
        for e in row.evidence:
            assert text[e.start : e.end] == e.quote


@pytest.mark.parametrize("text", ["", "Nothing.", "The cat sat on the mat. It was warm."])
def test_no_outcome_no_row(text: str) -> None:
    assert endpoints(text)[0].rows == ()


def test_a_short_form_defined_beside_an_outcome_is_the_outcome() -> None:
    block, text = endpoints(
        "METHODS: The primary end point was the Severity of Sleepiness Score (SleS-5). Secondary end points were pain "
        "and quality of life.\nRESULTS: SleS-5 scores fell by 4 points (P = 0.02). The SleS-5 score was stable later."
    )
    forms = {text[r.start : r.end] for r in block.references if r.id == block.rows[0].id}
    assert any(form.startswith("SleS-5") for form in forms)
    assert sum("SleS" in row.name or "Sleepiness" in row.name for row in block.rows) == 1


def test_an_estimate_is_no_outcome() -> None:
    block, _ = endpoints(
        "METHODS: The primary end point was pain.\nRESULTS: Pain fell (least squares mean difference 2; P = 0.02). "
        "The mean difference was significant for pain."
    )
    assert not any("difference" in row.name for row in block.rows)


@pytest.mark.parametrize(
    ("name", "is_outcome"),
    [
        ("Least squares mean (LSM)", False),
        ("LSM", False),
        ("The relative risk reduction", False),
        ("The average proportion", False),
        ("The regression coefficient", False),
        ("The standard error", False),
        ("6 months of follow-up", False),
        ("Day 14", False),
        ("Two-year survival", True),
        ("The overall response rate", True),
        ("The mean arterial pressure", True),
        ("Mean body weight", True),
    ],
)
def test_what_a_result_is_told_by_is_no_outcome(name: str, is_outcome: bool) -> None:
    block, text = endpoints(
        f"METHODS: The primary end point was pain.\nRESULTS: {name} was 40 (P = 0.02) with tea.",
        LSM="least squares mean",
    )
    where = text.index("RESULTS")
    assert any(r.start > where for r in block.references) == is_outcome
