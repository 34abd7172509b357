"""Placebos that were taken as the drug was: what is told of all, "one tablet was taken daily", and of looks alike."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.forms import FORM
from trialmine.records.article import Article, Block, Mention, Reference

TOLD_OF_ALL = ("frequency", "duration", "schedule", "route")
"""What is told of the drug and its placebo together."""
NOT_TOLD_IN = ("results", "conclusions", "background")
"""Sections that tell nothing of how this trial's tablets were taken."""
# "the control group was given placebo capsules of identical size"
_GIVEN = r"(?:received|receive|given|took|take|taken|administered|consumed|ingested|applied|used)"
_ALIKE = regex.compile(
    rf"\b{_GIVEN}\b[^.;]{{0,60}}\bplacebos?\b[^.;]{{0,80}}\b(?:same|identical(?:ly)?|similar|indistinguishable|equal|matched)\b"
    rf"|\b(?:same|identical(?:ly)?|similar|indistinguishable|equal(?:ly)?|matching|matched)\b[^.;]{{0,60}}\bplacebos?\b[^.;]{{0,30}}\b{_GIVEN}\b"
    rf"|\b{_GIVEN}\s(?:an?\s|the\s)?(?:same|identical|matching|matched|equal|similar|corresponding|equivalent)\b[^.;]{{0,60}}\bplacebos?\b"
    rf"|\bplacebo\s(?:group|arm)\b[^.;]{{0,40}}\b{_GIVEN}\b[^.;]{{0,60}}\b(?:same|identical(?:ly)?|similar|indistinguishable)\b",
    regex.IGNORECASE,
)


def with_placebo(
    drafts: Sequence[Draft], article: Article, interventions: Block, told: Sequence[Mention]
) -> list[Draft]:
    """The drafts, and one of the placebo with what is told of all, where that is how often and it has no such row."""
    name = _placebo(article, interventions) if any(m.kind == "frequency" for m in told) else None
    if name is None or any(d.intervention == name.id and d.frequency for d in drafts):
        return list(drafts)
    sentence = article.sentence_at(name.start)
    if sentence is None:
        return list(drafts)
    draft = Draft(name.id, name.start, name.end, sentence)
    for m in told:
        if m.kind in TOLD_OF_ALL:
            draft.fill(m.kind, m.value, (m.start, m.end))
    pieces = (f for m in told if m.kind == "dose" for f in FORM.find(article.text, m.start, m.end))
    if (form := next(pieces, None)) is not None and form["oral"]:
        draft.fill("route", "oral", form.span())
    return [*(d for d in drafts if d.intervention != name.id or d.dose), draft]


def with_placebo_alike(drafts: Sequence[Draft], article: Article, interventions: Block) -> list[Draft]:
    """The drafts, and one of a placebo that was given in the looks of the trial's only drug, as often as that."""
    name = _placebo(article, interventions)
    dosed = [d for d in drafts if name and d.intervention != name.id and d.frequency]
    if (
        name is None
        or len({d.intervention for d in dosed}) != 1
        or len({d.frequency.code for d in dosed if d.frequency}) != 1
    ):
        return list(drafts)
    if any(d.intervention == name.id and (d.frequency or d.dose) for d in drafts):
        return list(drafts)
    sentences = {
        s.start: s for r in interventions.references if r.id == name.id and (s := article.sentence_at(r.start))
    }
    told = next(
        (s for s in sentences.values() if s.section not in NOT_TOLD_IN and _ALIKE.search(article.text, s.start, s.end)),
        None,
    )
    if told is None:
        return list(drafts)
    draft = Draft(name.id, name.start, name.end, told)
    for kind in TOLD_OF_ALL:
        draft.take(kind, dosed[0])
    return [*(d for d in drafts if d.intervention != name.id), draft]


def _placebo(article: Article, interventions: Block) -> Reference | None:
    """Where the methods first name the trial's only placebo."""
    inert = [r for r in interventions.rows if r.name.lower().startswith("placebo") and r.role != "background"]
    if len(inert) != 1:
        return None
    named = (r for r in interventions.references if r.id == inert[0].id)
    return next((r for r in named if article.section_at(r.start) not in NOT_TOLD_IN), None)
