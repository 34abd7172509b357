"""The population block: conditions, numbers of participants, age, sex, eligibility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.conditions import build_conditions
from trialmine.assemble.described_people import described_people
from trialmine.assemble.participants import Enrolment, choose_enrolment
from trialmine.normalise.number import NUMBER, number
from trialmine.records.article import Article, Mention, Mentions
from trialmine.records.trial import Age, Criterion, Population

_FEMALE_ONLY = regex.compile(r"pregnant|menopausal|parous|parturient", regex.I)
_FEMALE = regex.compile(r"\b(?:wom[ae]n|girls?|females?)\b", regex.I)
_MALE = regex.compile(r"\b(?:m[ae]n|boys?|males?)\b", regex.I)
_COUNTED_SEX = regex.compile(rf"[(,;]\s*(?P<n>{NUMBER})\s+(?:wom[ae]n|m[ae]n|girls?|boys?|(?:fe)?males?)", regex.I)
_COUNTED_BEFORE = regex.compile(rf"(?<![\d.,])(?P<n>{NUMBER})\s+(?:[\p{{L}}-]+\s+){{0,3}}$", regex.I)
_COUNT_REACH = 60  # characters from a number to whom it counts
_MOTHERS = regex.compile(r"mothers", regex.I)
_INFANTS = regex.compile(r"infants?|newborns?|neonates|babies|pairs|dyads|children", regex.I)
_INFANTS_TOOK_PART = regex.compile(
    r"\b(?:infants|newborns|neonates|babies|dyads|pairs)\s+(?:were\s+(?:randomly|randomi[sz]ed|assigned|allocated|given)|received)\b",
    regex.I,
)
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
    if same := _one_sex_throughout(article, own):
        return same.value, [same]
    if counts["all"] or (counts["female"] and counts["male"]):
        both = [m for m in own if m.value == "all"][:1]
        return "all", both or [next(m for m in own if m.value == s) for s in ("female", "male")]
    for sex in ("female", "male"):
        if counts[sex] and not _are_mothers_of_others(article, mentions, own):
            return sex, [next(m for m in own if m.value == sex)]
    return None, []


def _one_sex_throughout(article: Article, own: Sequence[Mention]) -> Mention | None:
    """Where groups are counted in brackets, and all are of the sex told outright: "90 women: tea (45 women)"."""
    shares = [m for m in own if m.value == "all"]
    outright = [m for m in own if m.value != "all"]
    counted = [_COUNTED_SEX.fullmatch(article.text, m.start, m.end) for m in shares]
    if not outright or not all(counted) or len({m.value for m in outright}) > 1:
        return None
    other = _MALE if outright[0].value == "female" else _FEMALE
    if not shares or any(other.search(article.text, m.start, m.end) for m in shares):
        return None
    numbers = [number(c["n"]) or 0 for c in counted if c]
    first = min(shares, key=lambda m: m.start)
    told = next((m for m in outright if m.start < first.start and _is_subject(article, m, max(numbers))), None)
    return told if told and (len(shares) > 1 or _COUNTED_BEFORE.search(article.text, 0, told.start)) else None


def _is_subject(article: Article, m: Mention, least: float) -> bool:
    """Whether they are all, and no part: "90 women …", or "Girls received …" that opens a sentence."""
    before = _COUNTED_BEFORE.search(article.text, max(0, m.start - _COUNT_REACH), m.start)
    if before:
        return (number(before["n"]) or 0) >= least
    sentence = article.sentence_at(m.start)
    return sentence is not None and not article.text[sentence.start : m.start].strip()


def _are_mothers_of_others(article: Article, mentions: Mentions, own: Sequence[Mention]) -> bool:
    """Whether the only women are the mothers of the infants that took part."""
    counted = [m.value.noun for m in mentions["participants"]]
    if "mothers" in counted or not all(_MOTHERS.fullmatch(article.text, m.start, m.end) for m in own):
        return False
    return bool(_INFANTS_TOOK_PART.search(article.text)) or any(_INFANTS.fullmatch(noun) for noun in counted)
