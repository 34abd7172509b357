"""What the words at a number settle by themselves: that it is a result, or that it is none."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.baseline import is_of_baseline, tells_of_baseline
from trialmine.assemble.statistics.candidates import Candidate, members_of
from trialmine.assemble.statistics.controlled import exceeds_control
from trialmine.assemble.statistics.group_rates import is_rate
from trialmine.assemble.statistics.intervals import TIMES
from trialmine.assemble.statistics.levels import is_led_to
from trialmine.assemble.statistics.measure import NAMED, states_change
from trialmine.assemble.statistics.number_lists import DOSE_UNITS
from trialmine.assemble.statistics.set_numbers import was_set
from trialmine.lexicon.search import Search
from trialmine.normalise.number import WORD_VALUES
from trialmine.normalise.result_unit import result_unit
from trialmine.records.article import Article, Sentence
from trialmine.records.vocabulary import RATIOS

_PAIR_BEHIND = regex.compile(
    r"[)\s,]{0,3}(?:%\s?)?(?:(?:at|before|in)\s[\w\s]{2,20}\s|(?:before|initially|at\sfirst),?\s)?(?:up\s|down\s)?to\s(?:an?\s)?(?:\w+\s)?[-−–]?\d",
    regex.IGNORECASE,
)
_RANGED = regex.compile(r"\b(?:rang\w+|var\w+|between|interval|CI|limits?)\b[^.;]{0,40}$", regex.IGNORECASE)
_FROM = regex.compile(
    r"\bfrom\s(?:an?\s)?(?:[\w-]+\s){0,5}(?:of\s)?$|"
    r"\b(?:decreas|reduc|declin|increas|improv|chang|fell|rose|drop)[^.;:]{0,60}$",
    regex.IGNORECASE,
)
_NOT_MEASURED = regex.compile(
    r"\b(?:follow(?:ed)?[\s-]?up|(?<!\b(?:gestational|bone|mental|conceptional|menstrual)\s)aged?|ages|observation\speriod)\b(?!\sor\s(?:younger|older|over|above|less|more)\b)[^.;\d]{0,45}$"
    r"|(?:^|\.\s|\band\s)(?:during|over|after|at|with|for)\san?\s(?:median|mean|average)\s(?:(?:duration|period|time)\s)?(?:of\s)?$",
    regex.IGNORECASE,
)
# "(38.6%, n = 88)" tells of how many, "per 1000 cells" of what
_SIZE_OR_BASE = regex.compile(r"\bn\s?=?\s?$|\bper\s$", regex.IGNORECASE)
# "44 4%" has lost its point, or is "44" and "4%": no reader can tell
# read from its end, as there is hardly ever one
_TORN = regex.compile(
    r"(?r)(?<!\b(?:groups?|arms?|stud(?:y|ies)|days?|weeks?|months?|years?|grades?|phase|cycles?|types?|trials?|parts?|cohorts?|stages?|visits?)\s)"
    r"(?<![\w.,-])\d{1,3}\s$",
    regex.IGNORECASE,
)
_WORD = "|".join(sorted((w for w in WORD_VALUES if w != "zero"), key=len, reverse=True))
_TORN_BEHIND = regex.compile(
    r"\s\d{1,3}(?:\s?%|[\s.,;)]|$)"
    rf"|\s(?:{_WORD})(?:[.,;)]|\s(?:months?|years?|weeks?|days?|hours?|min|mg|kg|mm|points?)\b)",
    regex.IGNORECASE,
)
_DIGITS_BEHIND = regex.compile(r"\s\d{1,3}(?![\d.])")
# "32.4 14.1" lost its sign: the second is a spread, a limit or what not
_DECIMAL_BEFORE = regex.compile(r"(?r)(?<![\w.,-])\d{1,4}\.\d{1,3}\s$")
_DECIMAL_BEHIND = regex.compile(r"\s(?P<n>\d{1,4}\.\d{1,3})(?=\s?[(),;%\]]|\s(?:and|vs|versus|in|for|with)\b)")
# "gave 80% power to detect a difference": planned, not found
_POWER = regex.compile(r"\s?(?:statistical\s)?power\b", regex.IGNORECASE)
_PLANNED = Search(
    r"\bpower\s(?:of|to|at)\b|\bsample\ssize\b|\d\s?%\spower\b"
    r"|\b(?:assuming|assumed|assumption\sof)\san?\s(?:[\w-]+\s){0,4}?(?:rates?|risk|incidence|difference|mortality|prevalence|response|dropout|SD)\b"
    r"|\balpha\s(?:error\s)?(?:of|=|level)"
    r"|(?<!\b(?:failed|failing|fails|failure|unable|able)\s)\bto\sdetect\s(?:an?|the)\s(?:\w+\s){0,4}(?:difference|reduction|increase|improvement|effect)",
)
_CONCENTRATION = regex.compile(
    r"\s?(?:w/v\s)?(?:(?!(?:with|for|in|on|after|by|versus|vs|and|or|to|than|of)\b)\w+\s)?\w*(?:caine|saline|dextrose|glucose\ssolution|chlorhexidine|"
    r"albumin\ssolution|sodium\schloride|cream|gel|ointment|solution|drops|lotion|foam|shampoo|paste|varnish|mouth\s?(?:wash|rinse)|nasal\sspray|emulsion)\b",
    regex.IGNORECASE,
)


def is_no_result(article: Article, atoms: Sequence[Candidate], i: int) -> bool:
    """Numbers that their own words rule out: where a change starts from, baseline, follow-up, age, concentrations."""
    a, text = atoms[i], article.text
    if a.value is None and a.low is None and a.numerator is None and a.ci is None:
        return True
    before = text[a.sentence.start : a.at]
    behind = text[a.end : a.end + 60]
    if (
        was_set(text, a, before, behind)
        or _is_time(a, before, behind)
        or _is_name(a, before + text[a.at], behind, bare=text[a.end - 1].isdigit())
        or is_spread(text, atoms, i)
        or is_of_baseline(article, a)
    ):
        return True
    planned = _POWER.match(behind) or (_PLANNED.is_in(text, a.sentence.start, a.sentence.end) and a.ci is None)
    concentration = a.unit == "%" and a.dispersion is None and _CONCENTRATION.match(behind)
    if planned or concentration or _is_dose(article, members_of(atoms, i), before):
        return True
    told = tells_of_baseline(article, a.sentence) and a.label not in RATIOS  # "Baseline mood foretold relapse (HR 2.1"
    if told and not _PAIR_BEHIND.match(behind) and not _TO_OR_AFTER.search(before):
        return True
    return _starts_a_pair(atoms, i, before, behind)


def _is_time(a: Candidate, before: str, behind: str) -> bool:
    """Whether it tells a follow-up or an age; "during follow-up 1869 patients died" tells of deaths."""
    if a.ci is not None or a.unit not in ("mo", "a", "wk", "d", None) or _DEATHS.match(behind):
        return False
    return _NOT_MEASURED.search(before) is not None


_SPREAD_BEHIND = regex.compile(r"\s?[A-Za-z/%]{0,8}\s?[(\[]\s?$")
_SHUT = regex.compile(r"\s?%?\s?[)\]]")
_VARIATION = regex.compile(r"\bCVs?\b|\bcoefficients?\sof\svariation\b", regex.IGNORECASE)
_VARIATION_OF = regex.compile(
    r"(?:\bCVs?|\bcoefficients?\sof\svariation)\)?\s?(?:of|was|were|is|=|:|,)?\s?$", regex.IGNORECASE
)


def is_spread(text: str, atoms: Sequence[Candidate], i: int) -> bool:
    """Whether a number tells how another one varies: alone in the bracket behind it, or a coefficient of variation."""
    a, last = atoms[i], atoms[i - 1] if i else None
    if a.value is None or a.dispersion or a.ci or a.numerator is not None or a.unit not in (None, "%"):
        return False
    if a.unit == "%" and _VARIATION_OF.search(text, a.sentence.start, a.at):
        return True
    if last is None or last.sentence != a.sentence or last.value is None or last.unit == "%":
        return False
    beside = _SPREAD_BEHIND.fullmatch(text, last.number_end, a.at) and _SHUT.match(text, a.number_end)
    if a.unit == "%":
        return bool(beside and _VARIATION.search(text, a.sentence.start, last.at))
    decimals = a.value != int(a.value) or last.value != int(last.value)
    return bool(beside and decimals and not a.hyphen)


def _is_name(a: Candidate, before: str, behind: str, *, bare: bool) -> bool:
    """Whether it names a group ("the 30 mL dose group") or a time ("the 1-month visit"), or a P was read from it."""
    if a.numerator is None and (_SIZE_OR_BASE.search(before[:-1]) or _is_torn(a, before[:-1], behind, bare=bare)):
        return True
    group = a.dispersion is None and a.ci is None and a.unit not in (None, "%") and _DOSE_GROUP.match(behind)
    return bool(
        group
        or _is_word(a)
        or _TITRE_BEHIND.match(behind)
        or before[-2:-1] == "*"
        or _TEST_STATISTIC.search(before)
        or _FREEDOM.match(behind)
    )


def _is_torn(a: Candidate, before: str, behind: str, *, bare: bool) -> bool:
    if a.value is not None and a.value != int(a.value) and a.dispersion is None and a.ci is None and a.unit is None:
        next_one = _DECIMAL_BEHIND.match(behind)
        return _DECIMAL_BEFORE.search(before) is not None or bool(next_one and float(next_one["n"]) > a.value)
    if a.value is None or a.value != int(a.value):
        return False
    if a.dispersion is not None:  # "1 4 ± 0 5"
        return _TORN.search(before) is not None and _DIGITS_BEHIND.match(behind) is not None
    # a unit that only the next number has is none of its own: "12 1 months versus 9 8 months"
    return bool(_TORN.search(before) or ((bare or a.unit is None) and _TORN_BEHIND.match(behind)))


_TITRE_BEHIND = regex.compile(r":\d{1,5}\b")  # "1:128"
_DOSE_GROUP = regex.compile(r"\s?(?:dose[\s-]?)?(?:doses?|groups?|arms?|cohorts?|regimens?)\b", regex.IGNORECASE)
_WORD_OF_AMOUNT = frozenset({"fold", "point", "points", "log", "unit", "units", "times", "percent", "to", "and", "or"})


def _is_word(a: Candidate) -> bool:
    """Whether the number is part of a word that names something: "the 28-joint score", "the 1-month visit"."""
    if not a.hyphen.isalpha() or a.hyphen in _WORD_OF_AMOUNT:
        return False
    return _TIME_NAME.match(a.hyphen) is not None or result_unit(a.hyphen) is None


# "1 d.f."
_FREEDOM = regex.compile(r"\.?\s?f\b|\s?d\.?f\b")
_TIME_NAME = regex.compile(r"(?:min|h|hr|hour|day|week|wk|month|mo|year|yr)", regex.IGNORECASE)
# "(Z = 2.7, P = .006)": what a P was read from
_TEST_STATISTIC = regex.compile(
    r"(?r)(?<![\w-])(?:(?:[ZztFQU]|df)\s?(?:[(\[][\d.,\s]+[)\]]|\d{1,3},\s?\d{1,4}|(?<=t)\d{1,4})?\s?=|(?:partial\s)?(?:η|eta)\s?(?:p\s?)?(?:[²2]|squared)\s?=|(?:χ²|χ2|X2|chi[\s-]?(?:squared?|2))\s?(?:[(\[][\d.,\s]+[)\]])?\s?[=:])\s?\S?$"
    r"|(?:χ²|χ2|chi[\s-]?(?:squared?|2)|\bWald|\b[Ll]og[\s-]?rank|\bd\.?f\.?)\s[=:]?\s?\S?$|\bchi\s\S?$"
    r"|\b(?:Breslow|Tarone-Ware|Wilcoxon|Kruskal[\s-]Wallis|Mann[\s–-]Whitney|Friedman|McNemar|Cochran|Fisher|Levene)(?:['’]s)?(?:\s(?:[HUQWFz]|tests?|statistic))?\s?[=:]\s?\S?$"
)
_TO_OR_AFTER = regex.compile(r"\bto\b|\bafter\b")
_DRUGS = ("CHEMICAL", "INTERVENTION")
_GIVEN_BEHIND = regex.compile(
    r"\s?(?:(?-i:BID|QD|OD|TID|QID)\b|[bqto]\.?[id]\.?d\b|(?:once|twice)[\s-]?(?:daily|weekly)|daily\sdoses?\b|bolus\b)",
    regex.IGNORECASE,
)
_CONSUMED = regex.compile(r"\b(?:consum|requir|intake|use|usage|need|dose|amount|excret)", regex.IGNORECASE)


def _is_dose(article: Article, members: Sequence[Candidate], before: str) -> bool:
    """ "in 53% with 50 and 100 mg tramadol": the drug stands right behind the amount, and none was measured."""
    first, last = members[0], members[-1]
    if last.unit not in DOSE_UNITS or last.dispersion is not None or last.ci is not None or _CONSUMED.search(before):
        return False
    if _GIVEN_BEHIND.match(article.text, last.number_end):
        return True
    named = article.entities_in(max(first.sentence.start, first.at - 40), first.at)
    if any(first.at - 2 <= e.end <= first.at and e.label in _DRUGS for e in named):
        return True
    near = article.entities_in(last.number_end, last.number_end + 40)
    return any(e.start <= last.number_end + 4 and e.label in _DRUGS for e in near)


_DEATHS = regex.compile(r"\s(?:[\w-]+\s){0,1}(?:deaths|died)\b", regex.IGNORECASE)


def is_result(article: Article, a: Candidate) -> bool:
    """Numbers that their own words make a result: a named estimate's range, a bare interval of a difference, deaths."""
    if a.sentence.section not in (None, "other", "results", "conclusions", "title"):
        return False
    if a.value is None and a.low is not None:
        return a.label in NAMED and a.unit not in TIMES
    if a.value is None and a.ci is not None:
        return "difference" in article.text[a.start : a.end].lower()
    if (
        is_rate(article, a)
        or _is_told_of_side(article, a)
        or _has_interval(a)
        or _discriminates(article, a)
        or is_led_to(article, a)
        or exceeds_control(article, a)
        or (a.label in RATIOS and a.value is not None and a.unit is None)
    ):
        return True
    return a.sentence.section in ("results", "other", None) and counts_deaths(article, a)


# "cough was less frequent with tea (n = 2, 4%)": what one side had
_OF_SIDE = regex.compile(
    r"\b(?:rarer|commoner|fewer|(?:more|less)\s(?:common(?:ly)?|frequent(?:ly)?|often|likely)|lower|higher|smaller|larger|greater)"
    r"\s(?:with|in|on|after|among)\s[^.;()\d]{2,60}\s[(\[]\s?(?:n\s?)?$",
    regex.IGNORECASE,
)


def _is_told_of_side(article: Article, a: Candidate) -> bool:
    """Whether it counts the people of the side that is said to have more or less, with their share."""
    counted = a.numerator is not None and a.value is not None and a.unit == "%"
    return counted and _OF_SIDE.search(article.text, a.sentence.start, a.at) is not None


def counts_deaths(article: Article, a: Candidate) -> bool:
    """Whether a bare count is one of deaths."""
    whole = a.value is not None and a.unit is None and a.value == int(a.value)
    if not whole or a.denominator is not None or a.numerator is not None or a.ci or a.dispersion:
        return False
    return _DEATHS.match(article.text[a.number_end : a.number_end + 40]) is not None


# the AUC or c-statistic of a model
_DISCRIMINATION = regex.compile(
    r"\b(?:(?-i:AUCs?|AUROCs?|AUC-ROC|ROC\sAUC)|c-(?:statistic|index)|area\sunder\s(?:the\s)?(?:receiver[\w\s-]{0,30}|ROC\s)curve)"
    r"(?:\s?(?::|was|of)?\s?)?$",
    regex.IGNORECASE,
)


def _discriminates(article: Article, a: Candidate) -> bool:
    """Whether it tells how well a model tells two kinds of people apart: such an area is a half to one."""
    bare = a.value is not None and a.unit is None and 0.5 <= a.value <= 1 and a.value != int(a.value)
    return bare and _DISCRIMINATION.search(article.text, a.sentence.start, a.at) is not None


def _has_interval(a: Candidate) -> bool:
    return a.value is not None and a.ci is not None and (a.ci.low or 0) <= a.value <= (a.ci.high or 0)


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


_UPPER_OF_START = regex.compile(
    r"\s?/\s?\d{2,3}(?:\.\d)?(?:\s?mm\s?Hg)?\s(?:at\s(?:baseline|entry)\s)?to\s\d{2,3}", regex.IGNORECASE
)
_OF_CONTROLS = regex.compile(
    r"[)\]]?\s(?:in|with|for|on)\s(?:the\s)?(?:[\w-]+\s){0,2}?(?:controls?|placebo|(?:control|placebo|comparator|sham)\s(?:groups?|arms?|patients))\s(?:up\s|down\s)?to\s",
    regex.IGNORECASE,
)


def _starts_a_pair(atoms: Sequence[Candidate], i: int, before: str, behind: str) -> bool:
    """ "from 8.4 ± 0.5 to 7.1 ± 0.2%", "(2% to 65%, P < .01)": a change starts there, which is no result."""
    a = atoms[i]
    upper = _UPPER_OF_START.match(behind) is not None and _FROM.search(before[-90:]) is not None
    if upper or i + 1 == len(atoms) or not _PAIR_BEHIND.match(behind) or _RANGED.search(before[-60:]):
        return upper  # "from 158/98 to 138/86 mm Hg"
    b = atoms[i + 1]
    if _OF_CONTROLS.match(behind):
        return False  # "from 38% in controls to 51% with tea": two groups
    if a.sentence != b.sentence:
        return False
    tested = before.rstrip().endswith("(") and _TESTED.match(behind) is not None
    return tested or bool(_FROM.search(before[-90:]) or (a.dispersion and b.dispersion))


_TESTED = regex.compile(r"[^();\d]{0,12}\sto\s[-−–]?\d[\d.·]*[^();\d]{0,12}[,;]\s?p\b", regex.IGNORECASE)
_ENTERED = regex.compile(
    r"\b(?:random\w*|assigned|enter\w*|consent\w*|enrol\w*|rolled\sover|contribut\w+|were\s(?:evaluable|analy[sz]ed))\b",
    regex.IGNORECASE,
)
_OF = regex.compile(r"\sof\s", regex.IGNORECASE)


def compared_shares(article: Article, atoms: Sequence[Candidate]) -> set[int]:
    """Places of the shares "n of N" of which a sentence of the results tells two, each of its own N."""
    told: dict[Sentence, list[Candidate]] = {}
    for a in atoms:
        counted = a.value is None and a.denominator and a.sentence.section in ("results", "other", None)
        if (
            counted
            and _OF.search(article.text, a.start, a.end)
            and not _ENTERED.search(article.text, a.sentence.start, a.sentence.end)
        ):
            told.setdefault(a.sentence, []).append(a)
    return {a.at for shares in told.values() if len({s.denominator for s in shares}) > 1 for a in shares}
