"""The population block: conditions, numbers of participants, age, sex, eligibility."""

from __future__ import annotations

from collections import Counter

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.conditions import build_conditions
from trialmine.assemble.described_people import described_people
from trialmine.assemble.participants import Enrolment, choose_enrolment
from trialmine.records.article import Article, Mention, Mentions
from trialmine.records.trial import Age, Criterion, Population

_FEMALE_ONLY = regex.compile(r"pregnant|menopausal|parous|parturient", regex.I)
_OTHER_SEX = regex.compile(r"\bm[ae]n\b|\bmales?\b|\bboys?\b|\bsex|\bgenders?\b", regex.I)


def build_population(article: Article, mentions: Mentions, cite: Citation) -> Population:
    """Who took part, as far as the text says."""
    enrolment = choose_enrolment(article, mentions)
    age, age_mentions = _age(article, mentions)
    sex, sex_mentions = _sex(article, mentions)
    used = (
        [m for m in (enrolment.enrolled, enrolment.randomized, enrolment.evaluable) if m] + age_mentions + sex_mentions
    )
    return Population(
        conditions=build_conditions(article, cite),
        enrolled=enrolment.enrolled.value.n if enrolment.enrolled else None,
        evaluable=enrolment.evaluable.value if enrolment.evaluable else None,
        randomized=enrolment.randomized.value.n if enrolment.randomized else None,
        age=age,
        sex=sex,
        eligibility=_eligibility(article, mentions, enrolment, cite),
        evidence=cite.all(*sorted({(m.start, m.end) for m in used})),
    )


def _eligibility(article: Article, mentions: Mentions, enrolment: Enrolment, cite: Citation) -> tuple[Criterion, ...]:
    """The criteria that the text lists, before them what it says of those who were taken in."""
    listed = [(m.start, m.end, m.value) for m in mentions["criterion"]]
    described = described_people(article, enrolment.enrolled.start if enrolment.enrolled else None)
    free = [(a, b, "inclusion") for a, b in described if not any(a < end and start < b for start, end, _ in listed)]
    return tuple(
        Criterion(kind=kind, text=article.text[a:b], evidence=(cite(a, b),)) for a, b, kind in sorted([*free, *listed])
    )


def _age(article: Article, mentions: Mentions) -> tuple[Age | None, list[Mention]]:
    """Limits from the first statement that gives them, averages from the first that gives those."""
    found: dict[str, float] = {}
    unit: str | None = None
    used: list[Mention] = []
    own = [m for m in mentions["age"] if article.section_at(m.start) not in ("background", "conclusions")]
    for m in own:
        stated = {k: v for k, v in m.value.model_dump().items() if k != "unit" and v is not None}
        limits = {"minimum", "maximum"} & stated.keys()
        if (limits and {"minimum", "maximum"} & found.keys()) or found.keys() & stated.keys():
            continue
        if unit not in (None, m.value.unit):
            continue
        found |= stated
        unit = m.value.unit
        used.append(m)
    return (Age(**found, unit=unit), used) if found else (None, [])


def _sex(article: Article, mentions: Mentions) -> tuple[str | None, list[Mention]]:
    own = [m for m in mentions["sex"] if article.section_at(m.start) != "background"] or list(mentions["sex"])
    counts = Counter(m.value for m in own)
    # "12 (10%) women" with an event are a share of all; who is pregnant is a woman
    mothers = [m for m in own if _FEMALE_ONLY.search(article.text, m.start, m.end)]
    if mothers and not counts["male"] and not any(_OTHER_SEX.search(article.text, m.start, m.end) for m in own):
        return "female", mothers[:1]
    if counts["all"] or (counts["female"] and counts["male"]):
        both = [m for m in own if m.value == "all"][:1]
        return "all", both or [next(m for m in own if m.value == s) for s in ("female", "male")]
    for sex in ("female", "male"):
        if counts[sex]:
            return sex, [next(m for m in own if m.value == sex)]
    return None, []
