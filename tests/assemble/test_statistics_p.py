from __future__ import annotations

import re

import pytest

from support.marked import read
from trialmine.assemble.statistics.candidates import build_candidates
from trialmine.assemble.statistics.compared import comparisons, of_one_outcome
from trialmine.assemble.statistics.endpoint import may_be_of_several
from trialmine.assemble.statistics.p import place_p_values
from trialmine.assemble.statistics.result import Result
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Block, Mentions, Reference
from trialmine.records.vocabulary import Measure


def placed(sentence: str, *, measure: Measure = "mean", controls: tuple[int, ...] = ()) -> list[float | None]:
    """The P of each number of a sentence, where `controls` are the control groups' by place."""
    article = read("Results: " + sentence)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    results = [Result(measure, a.at, a) for a in build_candidates(article, mentions)]
    at = {r.at: i in controls for i, r in enumerate(results)}
    place_p_values(article, results, mentions["p_value"], lambda r: at[r.at])
    return [r.p and r.p.value for r in results]


PLACED = [
    (
        "Sleep and naps lasted 6.1 and 2.3 h with water and 5.1 and 1.3 h with tea (P = 0.1 and P = 0.2).",
        (0, 1),
        [None, None, 0.1, 0.2],
    ),
    ("Pain scores were 21 with tea vs 33 with water (P = 0.01).", (), [0.01, None]),
    ("Pain scores were 33 with water vs 21 with tea (P = 0.01).", (0,), [None, 0.01]),
    ("Pain scores were 33 with tea and 21 with water (P = 0.01 for both).", (), [0.01, 0.01]),
    ("Pain scores were 21% vs 33% and 4.1 kg vs 5.2 kg (P = 0.01 and 0.2, respectively).", (), [0.01, None, 0.2, None]),
    ("Pain lasted 1.7 h vs 2.5 h (P = 0.01), fever 1.5 h vs 2.7 h (P = 0.2).", (), [0.01, None, 0.2, None]),
    ("Pain was 60 min vs 71 min and sleep 18 min vs 28 min (both P < 0.05).", (), [0.05, None, 0.05, None]),
    ("Pain scores were control 33 ± 4, tea 21 ± 5 (P = 0.01).", (), [None, 0.01]),
    ("Pain was 33 in the placebo group, 21 in the tea group (P = 0.01).", (), [None, 0.01]),
    ("Pain was less than with placebo (21 vs 33, P = 0.01).", (), [0.01, None]),
    ("Pain went down with tea (7.3 to 5.7, P = 0.01).", (), [None, 0.01]),
    ("Naps with tea and with water lasted 9 vs 11 h and 3 vs 4 h (P = 0.1 and P = 0.2).", (), [0.1, None, 0.2, None]),
    ("Sleep and naps lasted 9 and 3 h, compared with 8 and 2 h (P = 0.1; P = 0.2).", (), [0.1, 0.2, None, None]),
    ("Sleep and naps lasted 9 and 3 h, compared with 8 h (P = 0.1 and 0.2).", (), [0.1, 0.2, None]),
    ("Naps were 9, 7 and 3 (P = 0.1 for A and P = 0.2 for B).", (2,), [0.1, 0.2, None]),
    ("Naps were 9, 7 and 3 (P = 0.1), more than once (P = 0.2).", (2,), [0.1, None, None]),
    ("Pain was lower (P = 0.01, Wilcoxon test) in the tea group (21 ± 4) than in others (33 ± 5).", (), [0.01, None]),
    ("Pain did not differ (P = 0.1) comparing tea (21 ± 4) and water (33 ± 5).", (), [0.1, None]),
    ("Pain was lower (P = 0.01) with tea; naps lasted 5 h.", (), [None]),
    ("Pain was less (P = 0.01; d = 0.4) with tea.", (), [0.01]),
    ("Pain was less (P = 0.01 and ES = 0.4) with tea.", (), [0.01]),
    ("Response rates were 33%, 44% (P = 0.06), and 55% (P = 0.001).", (), [None, 0.06, 0.001]),
    ("Pain was lower (P = 0.01) in the tea group (21 ± 4) than in the water group (33 ± 5).", (), [0.01, None]),
    ("Pain was reduced (P = 0.01) by 35% with tea and 16% with water.", (), [0.01, None]),
    ("Pain was lower (P = 0.01) with tea, but sleep lasted 6.1 h vs 5.2 h.", (), [None, None]),
    ("Pain was lower (P = 0.2) with tea (21 ± 4 vs 33 ± 5, P = 0.01).", (), [0.01, None]),
]


def test_a_p_right_behind_a_comparison_is_its_own() -> None:
    assert placed("Tea lowered the risk (ORs between 0.24 and 0.42, all P < 0.001).", measure="odds_ratio") == [0.001]


def test_a_p_of_all_is_that_of_each_comparison() -> None:
    differences = "Mean differences from water were 115, 142 and 136 mL"
    assert placed(f"{differences} (all P < 0.001).", measure="mean_difference") == [0.001] * 3
    assert placed(f"{differences} (P < 0.001).", measure="mean_difference") == [None, None, 0.001]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The difference in sleep (2.5 h vs 1.1 h, P = 0.01).", [0.01, None]),
        ("The difference in sleep (tea: 2.5 h, water: 1.1 h, P = 0.01).", [0.01, None]),
        ("The difference from water was 2.5 h and 1.1 h (P = 0.01).", [None, 0.01]),
        ("Sleep was better (5 h, P = 0.01; mean difference 2.5 h, 95% CI 1 to 4).", [None, 0.01]),
        ("Sleep was better (5 h, P = 0.01; mean difference 2.5 h, P = 0.2).", [0.01, 0.2]),
        ("Sleep was better (5 h, P = 0.01; naps lasted 2.5 h).", [0.01, None]),
    ],
)
def test_amounts_of_two_groups_are_no_two_differences(sentence: str, expected: list[float | None]) -> None:
    assert placed(sentence, measure="mean_difference") == expected


def test_the_p_of_two_groups_is_not_of_the_size_of_the_effect() -> None:
    article = read("Results: Pain was 21 vs 33 (P = 0.01, d = 0.4), sleep was better (P = 0.2, d = 0.1).")
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    measures: list[Measure] = ["mean", "mean", "other", "other"]
    atoms = build_candidates(article, mentions)
    results = [Result(measure, a.at, a) for measure, a in zip(measures, atoms, strict=True)]
    place_p_values(article, results, mentions["p_value"])
    assert [r.p and r.p.value for r in results] == [0.01, None, None, 0.2]


def test_a_second_p_of_one_result_is_a_row_of_its_own() -> None:
    article = read("Results: Sleep was longer by 2.5 h (P = 0.06 for all, P = 0.04 in men).")
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    results = [Result("mean_difference", a.at, a) for a in build_candidates(article, mentions)]
    alone = place_p_values(article, results, mentions["p_value"])
    assert [r.p and r.p.value for r in (*results, *alone)] == [0.06, 0.04]


@pytest.mark.parametrize(("sentence", "controls", "expected"), PLACED)
def test_whose_a_p_is(sentence: str, controls: tuple[int, ...], expected: list[float | None]) -> None:
    assert placed(sentence, controls=controls) == expected


def test_what_is_set_against_each_other_stands_together() -> None:
    article = read("Results: Pain was 21 vs 33 and sleep 6.1 versus 5.2 with tea, and thirst 4.")
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    results = [Result("mean", a.at, a) for a in build_candidates(article, mentions)]
    values = [[r.number.value for r in run if r.number] for run in comparisons(article.text, results)]
    assert values == [[21, 33], [6.1, 5.2], [4]]


@pytest.mark.parametrize(
    ("sentence", "several"),
    [
        ("Sleep and thirst differed (P = 0.01).", True),
        ("All of them differed (P = 0.01).", True),
        ("The folds of skin were thinner (P = 0.01).", False),
    ],
)
def test_what_a_p_of_several_outcomes_needs(sentence: str, several: bool) -> None:
    text = "Results: Sleep and thirst were asked for. " + sentence
    article = read(text)
    (p,) = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))["p_value"]
    places = [Reference(m.start(), m.end(), "e1") for m in re.finditer("thirst", text)]
    assert may_be_of_several(article, p, Block((), tuple(places))) is several


OUTCOMES = [
    ("Sleep and thirst lasted 9.1 and 3.3 h.", [[9.1], [3.3]]),
    ("Sleep lasted 9.1 and 3.3 h.", [[9.1, 3.3]]),
    ("Sleep lasted 9.1 h vs 3.3 h.", [[9.1, 3.3]]),
    ("Sleep 9.1, thirst 3.3.", [[9.1], [3.3]]),
]


@pytest.mark.parametrize(("sentence", "expected"), OUTCOMES)
def test_what_is_of_one_outcome(sentence: str, expected: list[list[float]]) -> None:
    article = read(sentence)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    results = [Result("mean", a.at, a) for a in build_candidates(article, mentions)]
    named = [Reference(m.start(), m.end(), m[0].lower()) for m in re.finditer("(?i)sleep|thirst", sentence)]
    runs = of_one_outcome(article.text, results, Block((), tuple(named)))
    assert [[r.number.value for r in run if r.number] for run in runs] == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Results: Mood was better with tea (P = 0.01).", 1),
        ("Results: Mood did not differ before the administration of tea (P = 0.4).", 0),
        ("Results: Mood differed from that before treatment (P = 0.4).", 1),
        ("Results: Mood did not differ before and after the training (P = 0.4).", 1),
        ("Results: Baseline mood predicted sleep (P = 0.01).", 1),
        ("Results: In older men (mean age 71 years), mood was better than in 1 other group (P = 0.01).", 1),
        ("Results: The mean age (71 vs 70 years, P = 0.4) was alike.", 0),
        ("Results: The baseline characteristics of the groups were alike (P = 0.4).", 0),
        ("Methods: Paired t-tests were used between the groups (P < 0.05).", 0),
        ("Results: Mood was better by the paired t-tests that were used (P < 0.05).", 1),
    ],
)
def test_a_p_of_the_plan_or_of_the_start_gives_no_row(text: str, rows: int) -> None:
    article = read(text)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    assert len(place_p_values(article, [], mentions["p_value"])) <= rows
    if rows:
        assert place_p_values(article, [], mentions["p_value"])


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("Pain was 21 with tea vs 33 with water. The difference was significant (P = 0.03).", [0.03, None]),
        ("Pain was 21 with tea vs 33 with water. Sleep was better (P = 0.03).", [None, None]),
        (
            "Pain was 21 ± 4 with tea. It was also 33 ± 5 with water. This difference was clear (P = 0.03).",
            [None, 0.03],
        ),
        ("Pain was 21 ± 4 with tea. This decrease was clear (P = 0.03).", [0.03]),
        ("Pain was 21 ± 4 with tea. The difference was clear (P = 0.03).", [None]),
        (
            "With tea 21 (95% CI 17 to 25), while in some it was 33 (95% CI 28 to 38). The difference held (P = 0.03).",
            [0.03, None],
        ),
        ("Pain was 21 with tea vs 33 with water (P = 0.1). No difference was seen in sleep (P = 0.03).", [0.1, None]),
        ("Pain was 21 vs 33 vs 35. This difference between A and B (P = 0.03) and C (P = 0.1) was clear.", [None] * 3),
    ],
)
def test_the_difference_is_that_of_the_sentence_before(sentences: str, expected: list[float | None]) -> None:
    assert placed(sentences) == expected


@pytest.mark.parametrize(
    "text",
    ["Results: It was tested. P < 0.05 was considered significant.", "Results: A significance level of P < 0.05 held."],
)
def test_the_level_that_was_set_gives_no_row(text: str) -> None:
    article = read(text)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    assert place_p_values(article, [], mentions["p_value"]) == []
