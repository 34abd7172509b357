"""Candidates that the scorer leaves out: one of a list with others, the topic of a trial that tests nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.company import Company
from trialmine.records.article import Article

_LISTED = 0.3  # what a candidate must reach that stands beside one that is chosen
_TITLED = 0.25
_SURE = 0.33
_PROGRAMMES = ("behavioral", "procedure", "device", "cell_therapy", "radiation")
_TRIAL = regex.compile(r"\brandomi[sz]ed\b|\brandomly\b|\bcontrolled\strial\b|\brandomi[sz]ation\b", regex.I)
_CHANCE = regex.compile(r"\brandom(?:ly|i[sz]ed)\b|\bassigned\b|\ballocated\b", regex.I)
_NOT_GIVEN = regex.compile(
    r"\bscreening\b|\bcontrols?\b|\bscan\b|\bsurvey\b|\bquestionnaire|\bassessment\b|\banalysis\b|\btreatments?$|\btherapy$",
    regex.I,
)


def listed_beside(
    article: Article, company: Company, chosen: Sequence[Candidate], left: Sequence[Candidate]
) -> list[Candidate]:
    """Those of `left` that chance gave as well as one that is chosen: "to yoga, walking or stretching"."""
    taken = {c.key for c in chosen if c.kind in _PROGRAMMES}
    return [
        c
        for c in left
        if c.score >= _LISTED
        and c.kind in _PROGRAMMES
        and any(joint in ("against", "beside") and o.key in taken for joint, o in company.partners[c.key])
        and any(_is_by_chance(article, start) for start, _ in c.spans)
    ]


def _is_by_chance(article: Article, start: int) -> bool:
    sentence = article.sentence_at(start)
    return sentence is not None and _CHANCE.search(article.text, sentence.start, start) is not None


def titled(article: Article, left: Sequence[Candidate]) -> list[Candidate]:
    """What the title of a randomised trial names, the likeliest and what is as good as sure."""
    if not _TRIAL.search(article.text):
        return []
    first = article.sentences[0].end if article.sentences else 0
    found = sorted(
        (
            c
            for c in left
            if c.score >= _TITLED
            and c.kind in _PROGRAMMES
            and c.seen >= 0.5
            and not _NOT_GIVEN.search(c.name)
            and any(article.section_at(start) == "title" or start < first for start, _ in c.spans)
        ),
        key=lambda c: -c.score,
    )
    return [c for i, c in enumerate(found) if i == 0 or c.score >= _SURE]
