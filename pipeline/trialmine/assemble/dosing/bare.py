"""Which rows without an amount are a drug's regimen: none that is known before, or told only by a trial's length."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import NO_DOSE_KINDS, Draft
from trialmine.assemble.dosing.elsewhere import tells_of_others
from trialmine.assemble.dosing.placebos import NOT_TOLD_IN
from trialmine.records.article import Article, Block, Reference

# "a 24-week randomised trial of A", "an 8-week open-label phase": how long the trial was
_OF_TRIAL = regex.compile(
    r"(?!for\b|through)(?:[\w-]+[\s,-]{1,2}){0,4}?(?:trials?|stud(?:y|ies)|open-label|double-blind|follow-up|run-in|wash-?out|phase)\b",
    regex.IGNORECASE,
)
_REGIMEN = ("frequency", "schedule", "administrations")


# "letrozole after 5 years of tamoxifen": what was before the trial
_BEFORE_TRIAL = regex.compile(r"\b(?:completed|completing|previous\w*|prior)\s(?:\w+\s){0,2}$", regex.IGNORECASE)

_ADDED_TO = regex.compile(
    r"\b(?:during|before|prior\sto)\s(?:[\w-]+\s){0,2}$|\b(?:add(?:ed|[-\s]?on|itional)|addition|background|top|stable|despite)\b[^.;,]{0,40}$",
    regex.IGNORECASE,
)
# "40 IU in 500 mL saline"
_DISSOLVED_IN = regex.compile(
    r"\bin\s(?:an?\s)?\d[\d.,]*\s?(?:ml|l|cc|liters?|litres?)\s(?:of\s)?(?:[\d.]+\s?%\s)?(?:normal\s|isotonic\s|physiological\s)?$",
    regex.IGNORECASE,
)
# "no A, 800 IU of B, or C": what nobody got
_NOT_GIVEN = regex.compile(r"(?<!\bor\s)\b(?:no|without)\s(?:additional\s|any\s|oral\s)?$", regex.IGNORECASE)
_CONTROLLED = regex.compile(
    r"[\s-]{0,2}(?:(?:and\s\w+[\s-])?controlled|tolerance|tests?|levels?|concentrations?|clamps?|support|rescue)\b",
    regex.IGNORECASE,
)


def given_untold(article: Article, interventions: Block, arms: Block) -> list[Draft]:
    """A draft of each drug of the arms that has no amount, where the text first says that it was given.

    For texts that dose no drug by name: "they were randomised to A or B. The study drug was taken once a day".
    """
    held = {i for arm in arms.rows for i in arm.interventions or ()}
    rows = [r for r in interventions.rows if r.id in held and r.kind not in (*NO_DOSE_KINDS, "other")]
    if all(r.name.lower().startswith("placebo") for r in rows):
        return []
    dosable = {r.id for r in rows}
    drafts: dict[str, Draft] = {}
    for name in interventions.references:
        sentence = article.sentence_at(name.start) if name.id in dosable - drafts.keys() else None
        if sentence is None or sentence.section in ("title", *NOT_TOLD_IN):
            continue
        if not is_only_named(article.text, sentence.start, name):
            drafts[name.id] = Draft(name.id, name.start, name.end, sentence)
    return list(drafts.values())


def is_only_named(text: str, low: int, name: Reference) -> bool:
    """Whether the words around a name without an amount say that it was not given, or before, or as a solvent."""
    before = text[max(low, name.start - 50) : name.start]
    found = (_NOT_GIVEN.search(before), _DISSOLVED_IN.search(before), _ADDED_TO.search(before))
    return any(found) or _CONTROLLED.match(text, name.end) is not None


def is_solvent(text: str, low: int, name: Reference) -> bool:
    """Whether a name is of what an amount was dissolved in: "40 IU in 500 mL saline"."""
    return _DISSOLVED_IN.search(text, max(low, name.start - 50), name.start) is not None


def without_untold(drafts: Sequence[Draft], article: Article, interventions: Block) -> list[Draft]:
    """The drafts without amountless ones that tell no regimen of this trial."""
    undosed = {r.id for r in interventions.rows if r.kind in NO_DOSE_KINDS}
    return [d for d in drafts if d.dose is not None or (d.intervention not in undosed and _is_told(d, article))]


def _is_told(draft: Draft, article: Article) -> bool:
    if draft.sentence.section == "background" or tells_of_others(article.text, draft.sentence):
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
