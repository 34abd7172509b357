"""What the words at a number settle by themselves, before and after the models are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import regex

from trialmine.assemble.statistics_candidates import Candidate
from trialmine.records.article import Article
from trialmine.records.vocabulary import Measure

_NAMED: frozenset[Measure] = frozenset({
    "hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "correlation",
    "geometric_mean",
})  # fmt: skip
_CHANGED = (
    r"(?:decreas\w*|reduc\w*|declin\w*|increas\w*|improve\w*|drop\w*|fell|fall(?:en|ing|s)?|rose|rise[ns]?|rising|gain\w*|loss|lost|"
    r"suppress\w*|inhibit\w*|chang\w*|elevat\w*|diminish\w*|lower\w*|enhanc\w*)"
)
# a verb or noun of change with its amount: "reduced it by a mean of 7 %" or "reductions of 70.5 and 78.7 %"
_CHANGED_BY = regex.compile(
    rf"\b{_CHANGED}\b[^.;:]{{0,80}}?\b(?:by|of)\s(?:(?:an?|about|approximately|nearly|almost|more\sthan|over|"
    r"up\sto|at\sleast|only|mean|median|average|maximum|additional|further|around)\s){0,4}(?:of\s)?(?:[\d.,·±+%\s/–-]|and|to|or|mg|kg|mm|Hg|mmol|L|dL)*$",
    regex.IGNORECASE,
)
# "fell by 31 ± 44 m": the verb's own amount, not that of a noun in between
_BY = regex.compile(
    r"\b(?:decreased|reduced|declined|increased|improved|dropped|fell|fallen|rose|risen|gained|changed|diminished|"
    r"lowered|shortened|prolonged|rising|falling)\b[^.;:()\d]{0,50}?\bby\s(?:an?\s)?(?:(?:mean|median|average)\s(?:of\s)?)?"
    r"(?:about\s|approximately\s|only\s)?(?:[\d.,·±+%\s/–-]|and|SE|SD|[()])*$",
    regex.IGNORECASE,
)
# "the reduction in systolic pressure was similar (A: 7.6 %"; a clause of its own ("which occurred in") ends its reach
_OF_A_CHANGE = regex.compile(
    r"\b(?:chang|reduction|decrease|increase|improvement|decline)e?s?\b\s(?:in|of|from)\b"
    r"(?:(?!\bwhich\b|\bthat\b|\bwho\b|\bprevent)[^.;]){0,140}$",
    regex.IGNORECASE,
)
_CHANGE_BEHIND = regex.compile(
    r"[\s-]{1,2}(?:(?!(?:and|or|but|of|with|had|have|has|showed|achieved|reported|in|at|for|to|no|were|was|who|while)\b)\w+\s){0,2}?(?:reductions?|decreases?|increases?|declines?|improvements?|"
    r"decrements?|rises?|fall|drop|gains?|loss)\b",
    regex.IGNORECASE,
)
_CHANCES = regex.compile(
    r"\b(?:risk|odds|hazard|probability|incidence|rates?|mortality|likelihood|chance)\b", regex.IGNORECASE
)
_PAIR_BEHIND = regex.compile(
    r"[)\s,]{0,3}(?:%\s?)?(?:(?:at|before|in)\s[\w\s]{2,20}\s)?(?:up\s|down\s)?to\s(?:an?\s)?(?:\w+\s)?[-−–]?\d",
    regex.IGNORECASE,
)
_RANGED = regex.compile(r"\b(?:rang\w+|var\w+|between|interval|CI|limits?)\b[^.;]{0,40}$", regex.IGNORECASE)
_FROM = regex.compile(
    r"\bfrom\s(?:an?\s)?(?:[\w-]+\s){0,5}(?:of\s)?$|"
    r"\b(?:decreas|reduc|declin|increas|improv|chang|fell|rose|drop)[^.;:]{0,60}$",
    regex.IGNORECASE,
)
_BASELINE_FIRST = regex.compile(
    r"\s*(?:(?:results|findings)\W{1,3})?(?:at|mean|median|the)?\s?(?:baseline|before|pre-?treatment|at entry)\b",
    regex.IGNORECASE,
)
_NOT_MEASURED = regex.compile(
    r"\b(?:follow(?:ed)?[\s-]?up|aged?|ages|observation\speriod)\b[^.;\d]{0,45}$", regex.IGNORECASE
)
_CONCENTRATION = regex.compile(
    r"\s?(?:w/v\s)?(?:\w+\s)?\w*(?:caine|saline|dextrose|glucose\ssolution|chlorhexidine|"
    r"albumin\ssolution|cream|gel|ointment|solution)\b",
    regex.IGNORECASE,
)


def is_no_result(article: Article, atoms: Sequence[Candidate], i: int) -> bool:
    """Numbers that their own words rule out: where a change starts from, baseline, follow-up, age, concentrations."""
    a, text = atoms[i], article.text
    if a.value is None and a.low is None and a.numerator is None and a.ci is None:
        return True
    before = text[a.sentence.start : a.at]
    behind = text[a.end : a.end + 60]
    # "≥ 25 %" defines; a result that is only bounded is bounded in words ("more than 80 %")
    if text[a.at] in "<>≤≥≦≧⩽⩾" and a.label not in _NAMED:
        return True
    if _NOT_MEASURED.search(before) and a.unit in ("mo", "a", "wk", "d", None):
        return True
    concentration = a.unit == "%" and a.dispersion is None and _CONCENTRATION.match(behind)
    if concentration or _is_dose(article, [b for b in atoms if b.group == a.group], before):
        return True
    if (
        _BASELINE_FIRST.match(text[a.sentence.start : a.sentence.end])
        and not _PAIR_BEHIND.match(behind)
        and not _TO_OR_AFTER.search(before)
    ):
        return True
    return _starts_a_pair(atoms, i, before, behind)


_TO_OR_AFTER = regex.compile(r"\bto\b|\bafter\b")
_SHARE_BEFORE = regex.compile(r"\d\s?%")
_CHANGE_WORD = regex.compile(r"\b(?:chang|differ|-fold|from\s(?:the\s)?baseline)", regex.IGNORECASE)
_DOSE_UNITS = frozenset({"mg", "g", "ug", "[iU]", "mg/kg", "ug/kg", "mg/m2", "mg/d", "mL"})
_CONSUMED = regex.compile(r"\b(?:consum|requir|intake|use|usage|need|dose|amount|excret)", regex.IGNORECASE)


def _is_dose(article: Article, members: Sequence[Candidate], before: str) -> bool:
    """ "in 53% with 50 and 100 mg tramadol": the drug stands right behind the amount, and none was measured."""
    last = members[-1]
    if last.unit not in _DOSE_UNITS or last.dispersion is not None or _CONSUMED.search(before):
        return False
    near = article.entities_in(last.number_end, last.number_end + 40)
    return any(e.start <= last.number_end + 4 and e.label in ("CHEMICAL", "INTERVENTION") for e in near)


_PER_TIME = regex.compile(
    r"(?:\s?(?:vs?\b\.?|versus|and|or|,)\s?\d[\d.]*){0,3}[^.;\d]{0,40}?\bper\s(?:1[0,]*\s)?(?:person|patient|participant|subject|woman|child)[-\s](?:years?|months?|days?)\b",
    regex.IGNORECASE,
)


def is_rate(article: Article, a: Candidate) -> bool:
    """Whether the number, or the list that it opens, is one of events per person and time."""
    behind = article.text[a.number_end : min(a.sentence.end, a.number_end + 70)]
    return a.value is not None and a.unit is None and not a.hyphen and _PER_TIME.match(behind) is not None


_DEATHS = regex.compile(r"\s(?:[\w-]+\s){0,1}(?:deaths|died)\b", regex.IGNORECASE)


def is_result(article: Article, a: Candidate) -> bool:
    """Numbers that their own words make a result: a named estimate's range, a bare interval of a difference, deaths."""
    if a.sentence.section not in (None, "results", "conclusions", "title"):
        return False
    if a.value is None and a.low is not None:
        return a.label in _NAMED
    if a.value is None and a.ci is not None:
        return "difference" in article.text[a.start : a.end].lower()
    if is_rate(article, a):
        return True
    whole = a.value is not None and a.unit is None and a.value == int(a.value) and a.denominator is None
    return (
        whole
        and a.sentence.section == "results"
        and bool(_DEATHS.match(article.text[a.number_end : a.number_end + 40]))
    )


# one verb has several amounts: it fell by 1.1% with tea and by 0.3% with water
_AND_BY = regex.compile(r"\b(?:and|versus|vs\.?|compared\swith|but)\s(?:only\s)?by\s", regex.IGNORECASE)
_COMPARED_WITH = regex.compile(
    r"\b(?:compared\s(?:with|to)|versus|vs|as\sopposed\sto|in\scontrast\sto)\b", regex.IGNORECASE
)


def is_compared(article: Article, a: Candidate, b: Candidate) -> bool:
    """Whether the text compares two shares of the same form: where one is a result, so is the other."""
    if a is b or a.sentence != b.sentence:
        return False
    if a.group == b.group and a.unit == b.unit and a.unit is not None and a.denominator is None:
        text = article.text[a.sentence.start : a.sentence.end]
        return _AND_BY.search(text) is not None and states_change(article, a) and states_change(article, b)
    if not (a.numerator and a.denominator and b.numerator and b.denominator):
        return False
    first, second = sorted((a, b), key=lambda c: c.at)
    return bool(_COMPARED_WITH.search(article.text, first.end, second.at))


def _starts_a_pair(atoms: Sequence[Candidate], i: int, before: str, behind: str) -> bool:
    """ "from 8.4 ± 0.5 to 7.1 ± 0.2%": the first value is where the change starts, not a result."""
    a = atoms[i]
    if i + 1 == len(atoms) or not _PAIR_BEHIND.match(behind) or _RANGED.search(before[-60:]):
        return False
    b = atoms[i + 1]
    return a.sentence == b.sentence and bool(_FROM.search(before[-90:]) or (a.dispersion and b.dispersion))


_SUBTRACTED = regex.compile(r"\b(?:placebo|sham|control)[\s-](?:subtracted|adjusted|corrected)\b", regex.IGNORECASE)
_NUMBER_OF_PEOPLE = regex.compile(
    r"\b(?:number|proportion|percentage|more|fewer)\s(?:of\s)?(?:\w+\s){0,2}?(?:patients|participants|subjects|women|men|children|people)\b",
    regex.IGNORECASE,
)
# "the rate was lower (47 %)": one percentage behind a comparative says by how much
_COMPARED = regex.compile(
    r"\b(?:lower|higher|greater|longer|shorter|reduced|increased|decreased|less|more)\s[(\[]$", regex.IGNORECASE
)
_MORE_BEHIND = regex.compile(
    r"\s?%?\s*(?:vs?\b|versus|and\b|compared|to\b|or\b|in\b|of\b|for\b|with\b|/|,\s?\d|[-–]\s?\d|±|\+/-)",
    regex.IGNORECASE,
)


def stated_measure(article: Article, a: Candidate) -> Measure | None:
    """The measure that the text names at the number, if it does."""
    before = article.text[a.sentence.start : a.at]
    if a.value is None and a.ci is not None and "difference" in article.text[a.start : a.end].lower():
        return "mean_difference"
    if (
        _SUBTRACTED.search(before)
        and a.numerator is None
        and (a.unit != "%" or a.dispersion is not None or a.ci is not None)
    ):
        return "mean_difference"
    if a.label in _NAMED:
        if a.label == "mean_difference" and a.unit == "%" and _SHARE_BEFORE.search(before):
            return "mean_difference" if measured_in_percent(article, a) else "risk_difference"
        return cast("Measure", a.label)
    if a.numerator is not None and a.denominator is not None:
        return "proportion"
    return "rate" if is_rate(article, a) else None


def settled_measure(article: Article, a: Candidate, guess: Measure) -> Measure:
    """The model's measure, corrected where the words say otherwise."""
    measure = _settled(article, a, guess)
    # "HbA1c fell by 0.9%": points of what is measured in percent
    return "change_from_baseline" if measure == "percent_change" and measured_in_percent(article, a) else measure


def _settled(article: Article, a: Candidate, guess: Measure) -> Measure:
    if a.numerator is None and guess in ("proportion", "mean", "median", "other") and (changed := _change(article, a)):
        return changed
    if guess in ("change_from_baseline", "percent_change") and not _speaks_of_change(article, a):
        guess = "proportion" if a.unit == "%" else "mean"
    if (
        guess == "percent_change"
        and not states_change(article, a)
        and _NUMBER_OF_PEOPLE.search(article.text[a.sentence.start : a.at])
    ):
        guess = "proportion"
    if guess in ("proportion", "other") and measured_in_percent(article, a):
        return "mean"
    if a.value is None and a.low is not None and guess in ("mean", "median", "other", "count"):
        return "range"
    return _average(article, a, guess) if guess in ("mean", "median") else guess


def _change(article: Article, a: Candidate) -> Measure | None:
    before = article.text[a.sentence.start : a.at]
    if a.unit == "%" and states_change(article, a):
        return "other" if _CHANCES.search(article.text[a.number_end : a.number_end + 60]) else "percent_change"
    if a.unit != "%" and _BY.search(article.text, max(a.sentence.start, a.at - 140), a.at):
        return "change_from_baseline"
    if a.unit == "%" and _COMPARED.search(before) and not _MORE_BEHIND.match(article.text[a.number_end :][:20]):
        return "percent_change"
    if _OF_A_CHANGE.search(before) and not before.rstrip().endswith("to"):
        return "percent_change" if a.unit == "%" else "change_from_baseline"
    return None


_IN_PERCENT = regex.compile(
    r"\b(?:HbA\(?1c?\)?|A1C|glycated|glycosylated|ha?ematocrit|ejection\sfraction|LVEF|saturation|SpO2|SaO2|body\sfat|"
    r"FEV\(?1\)?|predicted|fractional\sshortening)\b",
    regex.IGNORECASE,
)
# "HbA1c < 7.0% was reached by 40%": people again
_SHARE_OF_PEOPLE = regex.compile(
    r"[<>≤≥]|\b(?:patients|participants|subjects|proportions?|percentages?|rates?|achiev|reach|attain|target|below|goal)",
    regex.IGNORECASE,
)


def measured_in_percent(article: Article, a: Candidate) -> bool:
    """Whether what the number is of is itself a percentage, as haemoglobin A1c is, and no share of people."""
    if a.unit != "%" or a.numerator is not None:
        return False
    named = _IN_PERCENT.search(article.text, a.sentence.start, a.at)
    return named is not None and _SHARE_OF_PEOPLE.search(article.text, a.sentence.start, a.number_end + 40) is None


_AVERAGES = regex.compile(r"\b(?:mean|average|averaged|median)\b", regex.IGNORECASE)


def _average(article: Article, a: Candidate, guess: Measure) -> Measure:
    """The kind of average that stands at the number; a text that names none leaves it open."""
    if a.label in ("mean", "median"):
        return cast("Measure", a.label)
    return guess if a.dispersion is not None or _AVERAGES.search(article.text) else "other"


_DOWN = (
    r"decreas\w*|reduc\w*|declin\w*|fell|falls?|drop\w*|loss(?:es)?|lost|shorten\w*|suppress\w*|"
    r"diminish\w*|attenuat\w*|inhibit\w*|lowered"
)
_UP = r"increas\w*|rise[sn]?|rose|gain\w*|elevat\w*|prolong\w*|improve\w*"
# a "greater reduction" is a reduction: comparatives count only where no verb or noun of change stands
_CHANGES = regex.compile(rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b", regex.IGNORECASE)


def _speaks_of_change(article: Article, a: Candidate) -> bool:
    """Whether the sentence has any word of change or the number a sign; "lower (21 versus 33)" compares levels."""
    number = article.text[a.at : a.number_end]
    if (a.value or a.low or 0) < 0 or "+" in number:
        return True
    sentence = article.text[a.sentence.start : a.sentence.end]
    return bool(_CHANGES.search(sentence) or _CHANGE_WORD.search(sentence))


def states_change(article: Article, a: Candidate) -> bool:
    """Whether the words at the number say that it is how much something changed."""
    before = article.text[max(a.sentence.start, a.at - 140) : a.at]
    return (
        _CHANGED_BY.search(before) is not None
        or _CHANGE_BEHIND.match(article.text[a.number_end : a.number_end + 40]) is not None
    )
