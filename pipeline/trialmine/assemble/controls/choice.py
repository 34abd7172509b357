"""The controls of a trial, each with a place of the text that tells of it: what a judge makes of arms and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialmine.assemble.arms.proposals import PARTED
from trialmine.assemble.arms.untreated import told_untreated
from trialmine.assemble.controls.cues import CUES
from trialmine.assemble.controls.features import Features, control_features, usual_care
from trialmine.assemble.controls.told import CONTROLS, Span, first_places, told_controls, without_doses
from trialmine.normalise.linear import choice_model
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.trial import Dosing

_THRESHOLD = 0.5
_LEAST = 0.3  # what the likeliest control must reach
# named by words that hardly ever mislead
_CLEAR = frozenset(("active", "dose_comparison", "no_treatment", "historical"))


@dataclass(frozen=True, slots=True)
class ControlCase:
    """What there is to judge: the features of the text, a place for each control that it can tell of, and those that
    it states in so many words."""

    features: Features
    places: Mapping[str, Span]
    stated: frozenset[str]
    untreated: Span | None = None
    """What the text calls a group of which it says that it got nothing."""


def choose_controls(case: ControlCase) -> dict[str, Span]:
    """The controls in the order of the contract, with their places."""
    judged = choice_model("control").scores(case.features) | dict.fromkeys(case.stated, 1.0)
    scores = {c: s for c, s in judged.items() if c in case.places}
    best = max(scores, key=lambda c: scores[c], default=None)
    chosen = {c for c, s in scores.items() if s >= (_LEAST if c == best else _THRESHOLD)}
    places = dict(case.places)
    if case.untreated:
        # where some got nothing, the treatments are not each other's control
        chosen = (chosen - ({"active"} - case.stated)) | {"no_treatment"}
        places["no_treatment"] = case.untreated
    return {c: places[c] for c in CONTROLS if c in chosen}


def control_case(
    article: Article, mentions: Mentions, arms: Block, interventions: Block, dosing: Sequence[Dosing] | None
) -> ControlCase:
    """What there is to judge; the dosing table, where it is there, shows whether doses are compared."""
    told = told_controls(mentions, arms, usual_care(interventions.rows))
    if dosing is not None:
        told = without_doses(told, arms, dosing)
    cues = {name: [m.span() for m in cue.find(article.text)] for name, cue in CUES.items()}
    cues = {name: places for name, places in cues.items() if places}
    stated = _CLEAR.intersection(m.value for m in mentions["design.control"])
    features = control_features(article, mentions, told, arms, interventions.rows, dosing or (), cues)
    untreated = next(((m.start, m.end) for m in told_untreated(article, mentions, interventions)), None)
    places = _places(arms, interventions, mentions, cues) | told
    if len(arms.rows) == 1 and not PARTED.is_in(article.text):
        # nothing was set against anything
        places = {c: place for c, place in places.items() if c in stated or c not in ("active", "dose_comparison")}
    return ControlCase(features, places, stated, untreated)


def _places(
    arms: Block, interventions: Block, mentions: Mentions, cues: Mapping[str, Sequence[Span]]
) -> dict[str, Span]:
    """A place for each control: words that name it, or else the arm or the treatment that others are set against."""
    found = {c: cues[c][0] for c in ("placebo", "sham", "no_treatment", "standard_of_care") if c in cues}
    if "placebo" not in found and "saline" in cues:
        found["placebo"] = cues["saline"][0]
    of_arms, of_interventions = first_places(arms), first_places(interventions)
    # the arm that the tested ones are set against, if it is told which these are
    placed = [of_arms[a.id] for a in sorted(arms.rows, key=lambda a: a.role == "experimental") if a.id in of_arms]
    other = [of_interventions[i.id] for i in interventions.rows if i.id in of_interventions]
    if len(placed) > 1:
        found["active"] = placed[0]
    elif len(other) > 1:
        found["active"] = other[1]
    amounts = cues.get("dose_list") or cues.get("dose_range") or cues.get("doses")
    doses = [(m.start, m.end) for m in mentions["dose"]]
    if amounts:
        found["dose_comparison"] = amounts[0]
    elif len(doses) > 1:
        found["dose_comparison"] = doses[1]
    return found
