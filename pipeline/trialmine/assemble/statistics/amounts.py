"""Numbers that go with a value and are none of their own: how it varies, and the dose of the group that has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from trialmine.assemble.statistics.intervals import unit_behind
from trialmine.assemble.statistics.number_lists import DOSE_UNITS
from trialmine.normalise.number import number
from trialmine.records.article import Article
from trialmine.records.trial import Dispersion

if TYPE_CHECKING:
    from trialmine.assemble.statistics.candidates import Candidate

_CV = r"(?:geometric\s)?(?:%\s?g?CVs?|g?CVs?\b|coefficients?\sof\svariation\b)(?:,?\s?[(\[]?%[)\]]?)?"
_OPEN = r"\s?[A-Za-z/%·]{0,8}\s?[(\[]\s?"
_NAMED_CV = regex.compile(rf"\s?[\w/%·]{{0,8}}\s?[(\[,;]\s?{_CV}[\s:=,]{{0,3}}(?:of\s|was\s)?", regex.IGNORECASE)
_BARE_CV = regex.compile(_OPEN)
_DECLARED = regex.compile(rf"[(\[]\s?{_CV}", regex.IGNORECASE)
_SHUT = regex.compile(r"\s?%?\s?[)\]]")
_OF_GROUP = regex.compile(
    r"[)\]]?\s?(?:(?!and\b|to\b|or\b)[\w/%·^⁻¹²]{1,8}\s)?(?:for|with|at|on|receiving|given|after)\s(?:the\s)?(?:(?!and\b|by\b|of\b|a\b)[A-Za-z-]+\s){0,2}"
)
_MORE = regex.compile(r"\s?(?:more|less|fewer|higher|lower|greater)\b", regex.IGNORECASE)


def drop_variations(text: str, atoms: list[Candidate]) -> None:
    """ "42 (%CV 59), 21 (41)": a coefficient of variation is part of its value."""
    dropped: list[Candidate] = []
    for a, b in pairwise(atoms):
        plain = a.value is not None and b.value is not None and b.unit in (None, "%") and not b.hyphen
        if not plain or a.sentence != b.sentence or any(a is d for d in dropped):
            continue
        between = (text, a.number_end, b.at)
        told = _NAMED_CV.fullmatch(*between) or (
            _BARE_CV.fullmatch(*between)
            and _SHUT.match(text, b.number_end)
            and _DECLARED.search(text, a.sentence.start, a.at)
        )
        if told:
            a.end = b.end
            dropped.append(b)
    _drop(atoms, dropped)


_TWO_SPREADS = 2  # one number in a bracket may be anything; two of a list are spreads
_BEHIND_VALUE = regex.compile(r"\s?(?:[A-Za-zµμ/%]{1,8}\s?)?[(\[]\s?")
_SHUT_WHOLE = regex.compile(r"\s?[)\]]")
_OTHER_SPREAD = regex.compile(r"\b(?:median|IQR|quartile|range)", regex.IGNORECASE)


def give_spreads(text: str, atoms: list[Candidate]) -> None:
    """ "7.5 (14.6) versus 3.8 (8.4)": decimals alone in the brackets behind two values are how these vary."""
    pairs = [(a, b) for a, b in pairwise(atoms) if _is_spread_of(text, a, b)]
    of_sentence = Counter(a.sentence.start for a, _ in pairs)
    told = [(a, b) for a, b in pairs if of_sentence[a.sentence.start] >= _TWO_SPREADS]
    for a, b in told:
        a.dispersion, a.end = Dispersion(kind="sd", value=b.value), b.end
        if a.unit is None:
            unit_behind(text, a)  # "7.7 (0.6)%"
    _drop(atoms, (b for _, b in told))


def _is_spread_of(text: str, a: Candidate, b: Candidate) -> bool:
    plain = a.dispersion is None and a.ci is None and a.numerator is None and a.value is not None and a.unit != "%"
    decimals = b.value is not None and b.value > 0 and b.value != int(b.value) and b.unit is None and not b.hyphen
    if not (plain and decimals) or a.sentence != b.sentence or b.dispersion is not None:
        return False
    alone = _BEHIND_VALUE.fullmatch(text, a.number_end, b.at) and _SHUT_WHOLE.match(text, b.number_end)
    return bool(alone) and not _OTHER_SPREAD.search(text, a.sentence.start, a.at)


_NOUN = regex.compile(r"\s(?P<noun>[a-z][a-z-]{4,})\b")
_DRUGS = ("CHEMICAL", "INTERVENTION")


def drop_strengths(article: Article, atoms: list[Candidate]) -> list[tuple[int, int]]:
    """ "0.28 mm less with 0.05% atropine": a strength that the text gives the drug elsewhere too; where each stands."""
    told: list[Candidate] = []
    text = article.text
    for a in atoms:
        plain = a.unit == "%" and a.value is not None and a.numerator is None
        if plain and _is_strength(article, a):
            told.append(a)
            continue
        noun = _NOUN.match(text, a.number_end) if plain else None
        if noun is None or not any(e.label in _DRUGS for e in article.entities_in(noun.start("noun"), noun.end())):
            continue
        strength = regex.escape(text[a.at : a.number_end].rstrip("% "))
        drug = noun["noun"]
        again = rf"(?<![\d.]){strength}\s?%\s{drug}\b|\b{drug}\s(?:[a-z]+\s){{0,2}}[(]?{strength}\s?%"
        if len(regex.findall(again, text, regex.IGNORECASE)) > 1:
            told.append(a)
    _drop(atoms, told)
    return [(a.at, a.number_end) for a in told]


_STRONGEST = 20.0  # percent; more is hardly ever solved in a preparation
_WHOLE_TRIAL = 5000  # people
_AS_PREPARED = regex.compile(
    r"\s?(?:(?:eye|ear|nasal|nose|ophthalmic|otic|topical|oral|vaginal|aqueous|medicated)\s)?(?:drops?|creams?|gels?|ointments?|lotions?|solutions?|foams?"
    r"|shampoos?|sprays?|patch(?:es)?|plasters?|paints?|pastes?|wash|mouth\s?wash|mouth\s?rinse|varnish|emulsions?|suspensions?|instillations?)\b"
    r"|\s(?:once|twice|(?:three|four)\stimes|every|nightly|daily|b\.?i\.?d\b|q\.?i\.?d\b|t\.?i\.?d\b|q\.?d\b|o\.?d\b|at\sbedtime)"
    r"|\s?[(\[]\s?\d[\d.]*\s?%",
    regex.IGNORECASE,
)
_OF_SIZE = regex.compile(r"\s?[(\[]\s?n\s?=\s?(?P<n>\d[\d,]*)", regex.IGNORECASE)


def _is_strength(article: Article, a: Candidate) -> bool:
    """Whether "timolol 0.5%" tells how strong the drug is: by what stands behind it, or because it is told again."""
    text, value = article.text, a.value or 0
    named = article.entities_in(max(a.sentence.start, a.at - 40), a.at) if 0 < value <= _STRONGEST else []
    drug = next((e for e in named if e.label in _DRUGS and text[e.end : a.at] == " "), None)
    if drug is None:
        return False
    size = _OF_SIZE.match(text, a.number_end)
    # so many people would be no such share of any trial
    if _AS_PREPARED.match(text, a.number_end) or (size and (number(size["n"]) or 0) > value / 100 * _WHOLE_TRIAL):
        return True
    return text.count(text[drug.start : a.number_end]) > 1


def drop_doses_of_groups(text: str, atoms: list[Candidate]) -> None:
    """ "0.60 (95% CI 0.46 to 0.78) for 10 mg": a dose behind a value says whose it is."""
    told: list[Candidate] = []
    for a, b in pairwise(atoms):
        amount = b.unit in DOSE_UNITS and b.dispersion is None and b.ci is None and b.value is not None
        if amount and a.sentence == b.sentence and _OF_GROUP.fullmatch(text, max(a.end, a.number_end), b.at):
            told += [] if _MORE.match(text, b.number_end) else [b]
    _drop(atoms, told)


def _drop(atoms: list[Candidate], dropped: Iterable[Candidate]) -> None:
    out = {id(d) for d in dropped}
    atoms[:] = [a for a in atoms if id(a) not in out]
