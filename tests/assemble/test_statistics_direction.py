from __future__ import annotations

import pytest

from support.marked import marked, read
from trialmine.assemble.statistics.candidates import build_candidates
from trialmine.assemble.statistics.direction import decreases
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Mentions
from trialmine.records.vocabulary import Measure


def is_decrease(sentence: str, measure: Measure = "change_from_baseline") -> bool:
    text, (answer,) = marked(sentence)
    article = read(text)
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    (atom,) = [a for a in build_candidates(article, mentions) if a.at == text.index(answer)]
    return decreases(article, atom, measure)


DOWN = [
    "Weight was reduced by [[3.2]] kg.",
    "A [[12%]] decrease was seen.",
    "The reduction was greater with tea ([[4.1]] kg).",
    "Tea reduced weight gain by [[2.1]] kg.",
    "The decrease in ST elevation was [[30%]].",
    "The mean weight loss was [[4.2]] kg.",
    "CRP declined in both groups (median change [[0.8]] mg/L).",
    "HDL was [[5]] mg/dL lower with tea.",
    "Intake was [[12%]] and 13% lower after tea than after milk and water.",
    "Tea gave a [[16%]] (95% CI 5 to 26) and 5% (95% CI 1 to 10) reduction in pain and thirst.",
    "Tea brought a [[14%]] (95% CI 6-21) proportional reduction of falls.",
    "Tea gave a [[12%]] (95% CI 5-19; P = .001) reduction in falls.",
    "There was a [[4.1%]] absolute risk reduction.",
    "There was a [[4.1%]] reduction (95% CI -2.2 to 10.4).",
    "Levels were [[23%]] to 53% lower.",
    "Weight rose by 3 kg; the LDL level was reduced by [[7%]].",
    "Pressure fell by [[6]] mm Hg (95% CI 2 to 10).",
]
UP = [
    "Weight rose by [[3.2]] kg.",
    "Scores improved by [[12%]] and reduced stiffness was seen.",
    "Fat was lost and strength increased by [[5]] kg.",
    "Triglycerides were reduced by 22%; body weight was increased by [[1.5]] kg.",
    "HDL was [[5]] mg/dL higher with tea.",
    "Intake was [[12%]] and 13% higher after tea than after milk and water.",
    "It rose by [[12%]], and 5 men had less pain.",
]
PLAIN = [
    "It changed by [[5]] points.",
    "Potassium in the ACE inhibitor group was changed by [[0.4]] mmol/L.",
    "With HMG-CoA reductase blockers it came to [[5]] points.",
    "Weight was not significantly reduced (change [[0.3]] kg).",
    "Of 12 lost to follow-up it was [[3]] points.",
    "Pain with eye drops came to [[3]] points.",
    "Mean change in lower limb strength was [[4]] kg.",
]
SIGNED = [
    "It fell by [[-5.1]] mm Hg.",
    "It was reduced by [[+2]] points.",
    "Loss fell by [[25]] mL (95% CI -24 to 74).",
    "Exposure was [[7%]] lower (95% CI -28 to +19).",
    "Exposure was [[7%]] lower (95% CI -28 to -1).",
]
PLAIN_DIFFERENCES = [
    "Blood loss was lower with tea (mean difference [[25]] mL).",
    "Tea reduced pain (difference, [[5]] points; 95% CI 2 to 8).",
    "Absolute risk reduction was [[30]]%.",
    "Hearing loss differed little between groups (difference of [[2]] dB).",
    "The rate of falls differed by [[4%]].",
]


@pytest.mark.parametrize("sentence", DOWN)
def test_a_stated_decrease_is_one(sentence: str) -> None:
    assert is_decrease(sentence)


@pytest.mark.parametrize("sentence", [*UP, *PLAIN, *SIGNED])
def test_increases_and_names_and_printed_signs_stand(sentence: str) -> None:
    assert not is_decrease(sentence)


@pytest.mark.parametrize("sentence", PLAIN_DIFFERENCES)
def test_a_plain_difference_is_never_turned(sentence: str) -> None:
    assert not is_decrease(sentence, "mean_difference")
