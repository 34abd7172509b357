"""Placebos that were taken as the drug was, where that is told of all: "one tablet was taken daily"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.forms import FORM
from trialmine.records.article import Article, Block, Mention, Reference

_SHARED = ("frequency", "duration", "schedule", "route")
_OUTCOME_SECTIONS = ("results", "conclusions", "background")


class Source(Protocol):
    """What is asked of the article."""

    article: Article
    interventions: Block


def with_placebo(drafts: Sequence[Draft], source: Source, told: Sequence[Mention]) -> list[Draft]:
    """The drafts, and one of the placebo with what is told of all, where that is how often and it has no such row."""
    name = _placebo(source) if any(m.kind == "frequency" for m in told) else None
    if name is None or any(d.intervention == name.id and d.frequency for d in drafts):
        return list(drafts)
    sentence = source.article.sentence_at(name.start)
    if sentence is None:
        return list(drafts)
    draft = Draft(name.id, name.start, name.end, sentence)
    for m in told:
        if m.kind in _SHARED:
            draft.fill(m.kind, m.value, (m.start, m.end))
    pieces = (f for m in told if m.kind == "dose" for f in FORM.find(source.article.text, m.start, m.end))
    if (form := next(pieces, None)) is not None and form["oral"]:
        draft.fill("route", "oral", form.span())
    return [*(d for d in drafts if d.intervention != name.id or d.dose), draft]


def _placebo(source: Source) -> Reference | None:
    """Where the methods first name the trial's only placebo."""
    inert = [r for r in source.interventions.rows if r.name.lower().startswith("placebo") and r.role != "background"]
    if len(inert) != 1:
        return None
    named = (r for r in source.interventions.references if r.id == inert[0].id)
    return next((r for r in named if source.article.section_at(r.start) not in _OUTCOME_SECTIONS), None)
