"""Which way a result goes: whether the words at an unsigned number say that it went down."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article
from trialmine.records.vocabulary import Measure

_DIFFERENCES: frozenset[Measure] = frozenset({"mean_difference", "risk_difference"})
# whole word forms: "reductase", "ACE inhibitor", "eye drops", "drop-outs", "lost to follow-up", "attenuated vaccine",
# "fractional shortening" and "accidental falls" are names and say nothing of a direction
_DOWN = (
    r"decreas(?:ed?|es|ing|ements?)|decrements?|reduc(?:ed?|es|ing|tions?)|declin(?:ed?|es|ing)|fell|fallen|falling"
    r"|(?:falls?|drops?)(?=\s(?:in|of|from|by|to)\b)|dropp(?:ed|ing)(?!\sout)"
    r"|los(?:t|ing|es)(?!\sto\b)|shorten(?:ed|s|ing(?=\sof\b))|suppress(?:ed|es|ing|ion(?=\s(?:of|by)\b))"
    r"|diminish(?:ed|es|ing)|attenuated(?!\s(?:\w+\s)?vaccin)|inhibit(?:ed|s|ing|ion)|lowered|lowering(?=\sof\b)"
    # what is lost is the measure's own: of blood or of hearing it is an amount
    r"|(?<=\b(?:weight|bone|mass|fat|muscle|density|excess)\s)loss(?:es)?|loss(?:es)?(?=\sof\s(?:weight|bone|body|lean|fat|muscle|\d))"
)
_UP = (
    r"increas(?:ed?|es|ing)|increments?|rise[sn]?|rising|rose|gain(?:ed|s|ing)?|elevat(?:ed|es|ions?)|prolong(?:ed|s|ation)"
    r"|improve(?:d|s|ments?)?|improving|rais(?:ed|es|ing)"
)
# the noun leaves the direction to the verb: "declined (median change, 0.8)"
_PLAIN = r"changed|differ(?:ed|s)?|varied"
# "not significantly reduced" states no direction
_NOT = r"(?P<not>\b(?:not|no|never|without|neither|nor)\s(?:\w+ly\s|significant\s|(?:be|been|have)\s){0,3})?"
_CHANGES = regex.compile(
    rf"{_NOT}(?<![\w-])(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?P<plain>{_PLAIN}))(?![\w]|-(?!\d))", regex.IGNORECASE
)
_NO_COMPARISON = (
    r"(?!\s(?:than\s\d|limbs?|legs?|extremit|back|respir|urin|doses?|dosage|lip|body|abdom|quartile|bound|limit"
    r"|GI\b|gastro|or\sequal))"
)
_COMPARATIVES = regex.compile(
    rf"(?<!\bno\s)(?<!\bnot\s)\b(?:(?P<down>lower|shorter|less|fewer|smaller)|(?P<up>higher|greater|longer|more|larger)){_NO_COMPARISON}\b",
    regex.IGNORECASE,
)
# more of the list that a number opens: "12% (95% CI 4 to 19) and 8%"
REST_OF_LIST = (
    r"(?:\s?%?(?:\s?[(\[][^()\[\]]{1,40}[)\]])?"
    r"(?:\s?[-–/]\s?|,?\s(?:and|or|to|vs\.?|versus)\s|,\s)\d[\d.·]*(?:\s?%?\s?[(\[][^()\[\]]{1,40}[)\]])?){0,3}"
)
# "25 mL less", "a 12% greater reduction", "12% and 8% lower"; "rose by 12% and reduced" begins something new
_BEHIND = regex.compile(
    rf"{REST_OF_LIST}[\s)%-]{{0,3}}(?:(?!(?:and|or|but|with|in|of|for|at|by|to|on|had|have|were|was|when|while|than|vs|versus|from|after|who|showed|if|as|the)\b)[^\W\d]+\s){{0,2}}?"
    rf"(?:(?P<down>{_DOWN}|lower|shorter|less|fewer|smaller)|(?P<up>{_UP}|higher|greater|longer|more|larger))(?![\w-])(?!\sthan\s\d)",
    regex.IGNORECASE,
)
# what a change is of: "reduced weight gain by", "decrease in ST elevation of"; the first word of change leads
_OBJECT = regex.compile(
    r"(?!.*\b(?:and|but|while|whereas|or|then|was|were|is|had)\b)\s(?:[\w'’-]+\s){0,5}$", regex.IGNORECASE
)
_CLAUSE = regex.compile(r";\s")
_VERB = regex.compile(r"\b(?:was|were|is|are|had|has)\b", regex.IGNORECASE)


def decreases(article: Article, a: Candidate, measure: Measure = "change_from_baseline") -> bool:
    """Whether the words at an unsigned number say that it went down.

    A printed sign stands, of the number or of a limit of its interval; and so does a plain "difference of 5".
    """
    behind = _BEHIND.match(article.text[a.number_end : min(a.sentence.end, a.number_end + _NEAR_BEHIND)])
    if behind is None and a.ci is not None and a.end > a.number_end:
        behind = _NOUN_BEHIND.match(article.text, a.end, a.sentence.end)
    if _is_signed(article.text, a):
        return behind is not None and behind["down"] is not None and _reaches_both_ways(article.text, a)
    if behind is not None:
        return behind["down"] is not None
    if a.label in _DIFFERENCES or (measure in _DIFFERENCES and _DIFFERENCE.search(_near(article.text, a))):
        return False
    leading = _leading(article.text, _clause_start(article.text, a), a.at)
    if leading is not None:
        return leading["down"] is not None and not leading["not"]
    found = list(_COMPARATIVES.finditer(article.text, a.sentence.start, a.at))
    return bool(found) and found[-1]["down"] is not None


# as in "17% (95% CI 9-25; P = .01) proportional reduction"
_NOUN_BEHIND = regex.compile(
    r"(?:\s?[;,]\s?p\s?[<=>]\s?[\d.]+)?\s?[)\]]\s(?:(?:relative|proportional|significant|absolute|overall|further|highly)\s){0,2}"
    r"(?:(?P<down>reduction|decrease|decline|fall|drop)|(?P<up>increase|rise|gain|improvement))\b",
    regex.IGNORECASE,
)
_NEAR_BEHIND = 110  # characters in which a list ends and says which way it goes
_DIFFERENCE = regex.compile(r"\bdifferences?\b", regex.IGNORECASE)


def _near(text: str, a: Candidate) -> str:
    """The words right before the number and those in its brackets."""
    return text[max(a.sentence.start, a.at - 40) : a.end]


def _is_signed(text: str, a: Candidate) -> bool:
    stated = [v for v in (a.value, a.low, a.ci.low if a.ci else None) if v is not None]
    return any(v < 0 for v in stated) or "+" in text[a.at : a.number_end][:2]


def _reaches_both_ways(text: str, a: Candidate) -> bool:
    """ "4.1% reduction (95% CI -2.2 to 10.4)": the limits are those of the reduction, whose value has no sign."""
    if a.value is None or a.value <= 0 or a.ci is None or "+" in text[a.at : a.end]:
        return False
    return a.ci.low < 0 and a.ci.high > a.value and a.low is None


def _clause_start(text: str, a: Candidate) -> int:
    """Behind a semicolon begins a clause of its own, if it has a verb."""
    cuts = [m.end() for m in _CLAUSE.finditer(text, a.sentence.start, a.at)]
    return cuts[-1] if cuts and _VERB.search(text, cuts[-1], a.at) else a.sentence.start


def _leading(text: str, start: int, at: int) -> regex.Match[str] | None:
    """The last word of change before `at`, or the one whose object that is."""
    found = list(_CHANGES.finditer(text, start, at))
    if not found:
        return None
    i = len(found) - 1
    while i and not found[i]["plain"] and _leads(text, found[i - 1], found[i]):
        i -= 1
    return found[i]


def _leads(text: str, first: regex.Match[str], second: regex.Match[str]) -> bool:
    return not first["plain"] and bool(_OBJECT.match(text[first.end() : second.start()]))


def directed(values: Sequence[float | None], *, down: bool) -> list[float | None]:
    """Values with the sign of their direction."""
    return [None if v is None else (-v if down and v else v) for v in values]
