"""Which rows without an amount are a drug's regimen: none that is known before, or told only by a trial's length."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import NO_DOSE_KINDS, Draft
from trialmine.records.article import Article, Block

# "a 24-week randomised trial of A", "an 8-week open-label phase": how long the trial was
_OF_TRIAL = regex.compile(
    r"(?!for\b|through)(?:[\w-]+[\s,-]{1,2}){0,4}?(?:trials?|stud(?:y|ies)|open-label|double-blind|follow-up|run-in|wash-?out|phase)\b",
    regex.IGNORECASE,
)
_REGIMEN = ("frequency", "schedule", "administrations")


# "letrozole after 5 years of tamoxifen": what was before the trial
_BEFORE_TRIAL = regex.compile(r"\b(?:completed|completing|previous\w*|prior)\s(?:\w+\s){0,2}$", regex.IGNORECASE)


def without_untold(drafts: Sequence[Draft], article: Article, interventions: Block) -> list[Draft]:
    """The drafts without amountless ones that tell no regimen of this trial."""
    undosed = {r.id for r in interventions.rows if r.kind in NO_DOSE_KINDS}
    return [d for d in drafts if d.dose is not None or (d.intervention not in undosed and _is_told(d, article))]


def _is_told(draft: Draft, article: Article) -> bool:
    if draft.sentence.section == "background":
        return False
    if any(draft.has(kind) for kind in _REGIMEN):
        return True
    if draft.duration is None:
        return False
    places = draft.stated.get("duration", [])
    return not places or not all(_is_of_trial(article.text, start) for start, _ in places)


def _is_of_trial(text: str, start: int) -> bool:
    """Whether the length that begins here is the trial's, or lay before it."""
    return (_OF_TRIAL.match(text, start) or _BEFORE_TRIAL.search(text, max(0, start - 40), start)) is not None
