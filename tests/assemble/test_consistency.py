from __future__ import annotations

from typing import Any

import pytest

from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.assemble.consistency import check_consistency
from trialmine.assemble.statistics.block import build_statistics
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Block, Mentions
from trialmine.records.document import CleanText
from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, Arm, ConfidenceInterval, Population, PValue, Statistic

HERE = (Evidence(start=0, end=4, quote="here"),)
THERE = (Evidence(start=9, end=14, quote="there"),)


def row(measure: str, **parts: Any) -> Statistic:
    return Statistic.model_validate({"id": "s1", "measure": measure, "text": "here", "evidence": HERE, **parts})


def interval(low: float, high: float) -> ConfidenceInterval:
    return ConfidenceInterval(level=0.95, low=low, high=high)


def p(comparator: Any, value: float) -> PValue:
    return PValue(comparator=comparator, value=value, text="P")


CONTRADICTIONS = [
    ("estimate_outside_ci", row("hazard_ratio", value=0.9, ci=interval(0.3, 0.8))),
    ("ci_contradicts_p", row("hazard_ratio", value=0.6, ci=interval(0.3, 0.8), p=p("=", 0.2))),
    ("ci_contradicts_p", row("odds_ratio", value=0.9, ci=interval(0.5, 1.6), p=p("<", 0.01))),
    ("ci_contradicts_p", row("mean_difference", value=2, ci=interval(-1, 5), p=p("=", 0.03))),
    ("fraction_contradicts_percent", row("proportion", value=45, unit="%", numerator=5, denominator=20)),
    ("percent_over_100", row("proportion", value=140, unit="%")),
    ("p_over_1", row("p_value", p=p("=", 4.2))),
]
SOUND = [
    row("hazard_ratio", value=0.6, ci=interval(0.3, 0.8), p=p("<", 0.001)),
    row("hazard_ratio", value=0.9, ci=interval(0.5, 1.6), p=p("=", 0.4)),
    row("odds_ratio", value=1.5, ci=interval(1.0, 2.3), p=p("=", 0.06)),
    row("mean", value=5, ci=interval(4, 6), p=p("=", 0.6)),
    row("change_from_baseline", value=-5, ci=interval(3, 7)),
    row("proportion", value=87.6, unit="%", numerator=71, denominator=81),
    row("percent_change", value=140, unit="%"),
    row("proportion", value=25, comparator=">", unit="%", numerator=6, denominator=20),
]


@pytest.mark.parametrize(("code", "statistic"), CONTRADICTIONS)
def test_contradictions_are_said(code: str, statistic: Statistic) -> None:
    (warning,) = check_consistency(statistics=[statistic])
    assert warning.code == code
    assert warning.evidence == HERE


@pytest.mark.parametrize("statistic", SOUND)
def test_sound_rows_are_left_alone(statistic: Statistic) -> None:
    assert check_consistency(statistics=[statistic]) == ()


def test_arm_sizes_against_the_enrolled_cite_both_places() -> None:
    arms = [Arm(id=f"a{n}", label="x", n=n, evidence=HERE) for n in (40, 45)]
    (warning,) = check_consistency(statistics=[], arms=arms, population=Population(enrolled=80, evidence=THERE))
    assert warning.code == "arm_sizes_exceed_enrolled"
    assert set(warning.evidence) == {*HERE, *THERE}
    assert check_consistency(statistics=[], arms=arms, population=Population(enrolled=90, evidence=THERE)) == ()


def test_adverse_event_over_everybody() -> None:
    event = AdverseEvent(term="rash", percent=120, text="here", evidence=HERE)
    assert [w.code for w in check_consistency(statistics=[], adverse_events=[event])] == ["percent_over_100"]


PRINTED = [
    ("estimate_outside_ci", "Relapse was rarer (hazard ratio 0.91, 95% CI 0.32 to 0.84).", ("0.91", "0.32 to 0.84")),
    ("ci_contradicts_p", "Hazard ratio 0.61 (95% CI 0.32 to 0.84; P = 0.32).", ("0.32 to 0.84", "P = 0.32")),
    ("fraction_contradicts_percent", "Relapse was seen in 15 of 60 patients (27%) with tea.", ("15 of 60", "27%")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "sentence", "places"), PRINTED)
def test_a_printed_contradiction_is_cited_with_both_places(code: str, sentence: str, places: tuple[str, ...]) -> None:
    article = read("Results: " + sentence)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    cite = Citation(article, CleanText(article.text, article.text))
    rows, _ = build_statistics(article, mentions, Block(), Block(), cite)
    (warning,) = check_consistency(statistics=rows)
    assert warning.code == code
    assert all(any(place in e.quote for e in warning.evidence) for place in places)
