"""Repairs one by one: the cheap look that spares clean text the search never hides what the search would find."""

from __future__ import annotations

import pytest

from support.corruptor import FAMILIES, corrupt, of_family
from support.trial_texts import trial_text
from trialmine.clean import clean
from trialmine.clean.explain import why
from trialmine.clean.issues import Detection
from trialmine.clean.registry import DETECTORS, STAGES
from trialmine.clean.repair import Repair, Stage
from trialmine.clean.view import Hints

# stages that wait for a sign of damage are called for by that sign, not by what one repair's example shows
REPAIRS = [(stage, s) for stage in STAGES for s in stage.steps if isinstance(s, Repair)]
DETECTIONS = [(hints, d) for group, _, hints in DETECTORS for d in group if isinstance(d, Detection)]


@pytest.mark.parametrize(("stage", "repair"), REPAIRS, ids=lambda x: x.pattern.name if isinstance(x, Repair) else "")
def test_hints_let_every_hit_through(stage: Stage, repair: Repair) -> None:
    for hit in repair.pattern.hits:
        assert stage.hints.met(hit), hit
        assert repair.hints.met(hit), hit


@pytest.mark.parametrize(("hints", "detection"), DETECTIONS, ids=lambda x: getattr(x, "code", ""))
def test_hints_let_every_doubt_through(hints: Hints, detection: Detection) -> None:
    for hit in detection.pattern.hits:
        assert hints.met(hit), hit
        assert detection.hints.met(hit), hit


def test_every_rule_has_its_reason() -> None:
    noisy = [corrupt(trial_text(seed), of_family(family), seed) for seed in range(4) for family in FAMILIES]
    rules = {rule for n in noisy for e in clean(n.text).edits for rule in e.rule.split("+")}
    assert len(rules) > 25
    assert [rule for rule in rules if not why(rule)] == []
