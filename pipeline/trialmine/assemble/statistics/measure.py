"""What the words at a number say of its measure, before and after the models are asked."""

from __future__ import annotations

from typing import cast

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.comparatives import changed_more, tells_by_how_much
from trialmine.assemble.statistics.controlled import exceeds_control, is_effect, is_subtracted
from trialmine.assemble.statistics.direction import REST_OF_LIST
from trialmine.assemble.statistics.features import has
from trialmine.assemble.statistics.group_rates import compared_by_ratio, is_group_rate, is_rate
from trialmine.assemble.statistics.in_percent import measured_in_percent, states_points
from trialmine.assemble.statistics.levels import ends_pair, leads_to
from trialmine.assemble.statistics.named import is_ratio_of_means, named_measure
from trialmine.assemble.statistics.shares import is_share_of_people
from trialmine.records.article import Article
from trialmine.records.vocabulary import RATIOS, Measure

NAMED: frozenset[Measure] = frozenset({
    "hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "correlation",
    "geometric_mean",
})  # fmt: skip
_CHANGED = (
    r"(?:decreas\w*|reduc\w*|declin\w*|increas\w*|improve\w*|drop(?:s|ped|ping)?(?!-?\s?outs?)|fell|fall(?:en|ing|s)?|rose|rise[ns]?|rising|gain\w*|loss|lost|"
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
# "which is an increase of 0.4 kg"
_CHANGE_OF = regex.compile(
    r"(?<!\b(?:risk|relative|difference\s\w{1,12})\s)\b(?:(?:reduction|decrease|increase|decline|rise|fall|drop|gain)s?\sof|gained|lost)\s(?:an?\s)?(?:(?:about|approximately|only|mean|median)\s){0,2}(?:of\s)?$",
    regex.IGNORECASE,
)
# "the reduction in systolic pressure was similar (A: 7.6 %"; a clause of its own ("which occurred in") ends its reach
_OF_A_CHANGE = regex.compile(
    r"\b(?:chang|reduction|decrease|increase|improvement|decline|decrement|inhibition|suppression)e?s?\b(?:\s\([^()]{1,12}\))?\s(?:in|of|from)\b"
    r"(?:(?!\bwhich\b|\bthat\b|\bwho\b|\bprevent|,\s(?:there|but|while|whereas)\b)(?:[^.;]|(?<=\d)\.(?=\d))){0,160}$",
    regex.IGNORECASE,
)
# "raised HDL (12%) and apo A (9%)": each amount stands alone behind what changed
_CHANGED_WHAT = regex.compile(
    r"\b(?:increased|raised|elevated|decreased|reduced|lowered|inhibited|suppressed)\s(?!(?:with|in|by|from|to|compared|versus|than)\b)"
    r"[^.;()\d]{2,40}\s\((?:\d[\d.]*\s?%\)(?:,\s|\s)(?:and\s)?[^.;()\d]{2,30}\s\(){0,3}$",
    regex.IGNORECASE,
)
_ALONE = regex.compile(r"\s?%?\)(?!\s?(?:and\s(?:in|for|with)|vs|versus|compared\s(?:with|to)\s\d))")
_CHANGE_BEHIND = regex.compile(
    REST_OF_LIST + r"[\s-]{1,2}(?:(?!(?:and|or|but|of|with|had|have|has"
    r"|showed|achieved|reported|in|at|for|to|no|were|was|who|while)\b)\w+\s){0,2}?"
    r"(?:reductions?|decreases?|increases?|declines?|improvements?|"
    r"decrements?|rises?|fall|drop|gains?|loss|enhancements?|elevations?)\b",
    regex.IGNORECASE,
)
# "improved 75% with tea": the verb has its amount right behind it
_CHANGED_AT_ONCE = regex.compile(
    r"\b(?:improved|increased|decreased|reduced|declined|dropped|fell|rose|grew|lowered)\s(?:(?:about|approximately|nearly|over|up\sto)\s)?$",
    regex.IGNORECASE,
)
# "52% less blood", "33% higher": by how much; "20% less than 5 mg" is a share of people
_PERCENT_MORE = regex.compile(
    REST_OF_LIST
    + r"\s?%?\s(?:lower|less|fewer|higher|greater|more|shorter|longer|larger|smaller)\b(?!\s(?:than\s[\d<>≤≥]|or\b))",
    regex.IGNORECASE,
)
_CHANCES = regex.compile(
    r"\b(?:risk|odds|hazard|probability|incidence|rates?|mortality|likelihood|chance)\b", regex.IGNORECASE
)
_SHARE_BEFORE = regex.compile(r"\d\s?%")
_CHANGE_WORD = regex.compile(r"\b(?:chang|differ|-fold|from\s(?:the\s)?baseline)", regex.IGNORECASE)
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


_NUMBER_NEEDED = regex.compile(r"\bnumbers?[\s-]needed\b|(?-i:\bNN[TH]s?\b)", regex.IGNORECASE)


_RATIO_NAMED = regex.compile(
    r"\b(?:hazards?|odds|risks?|rate)\sratios?\b|\brelative\s(?:risk|hazard|odds|rate)s?\b|(?-i:\b[ascu]?(?:HR|OR|RR|IRR)s?\b)",
    regex.IGNORECASE,
)


def stated_measure(article: Article, a: Candidate) -> Measure | None:
    """The measure that the text names at the number, if it does."""
    before = article.text[a.sentence.start : a.at]
    alone = a.value is None and a.ci is not None and "difference" in article.text[a.start : a.end].lower()
    subtracted = alone or is_subtracted(article, a) or exceeds_control(article, a)
    if named := "mean_difference" if subtracted else named_measure(article, a):
        return named
    if a.label in NAMED and not _is_share(a):
        if a.label == "mean_difference" and a.unit == "%" and _SHARE_BEFORE.search(before):
            return "mean_difference" if measured_in_percent(article, a) else "risk_difference"
        # the geometric mean fell by 70%: that is how much it changed
        changed = a.label == "geometric_mean" and a.unit == "%" and states_change(article, a)
        return None if changed else cast("Measure", a.label)
    if is_ratio_of_means(a, before):
        return "ratio"
    if a.numerator is not None and a.denominator is not None:
        return "proportion"
    return "rate" if is_rate(article, a) or is_group_rate(article, a) else None


def _is_share(a: Candidate) -> bool:
    """ "odds ratio (OR): 41.7%" states a response rate by a wrong name: no ratio is a percentage."""
    return a.label in RATIOS and a.unit == "%"


def settled_measure(article: Article, a: Candidate, guess: Measure) -> Measure:
    """The model's measure, corrected where the words say otherwise."""
    measure = _of_words_before(article, a, _corrected(article, a, _settled(article, a, guess)))
    if a.unit == "%" and measure in ("percent_change", "change_from_baseline"):
        # "HbA1c fell by 0.9%": points of what is measured in percent
        return "change_from_baseline" if states_points(article, a) else "percent_change"
    return measure


# "the scores differed (median 0.4": what stands right before the number leads
_MEDIAN_IS = regex.compile(
    r"(?<!\bby\s(?:an?\s)?)\bmedian(?:\s?[\[(][^\[\]()]{1,25}[\])])?(?:\s(?:was|of))?[\s:=,]{0,3}$", regex.IGNORECASE
)


def _of_words_before(article: Article, a: Candidate, measure: Measure) -> Measure:
    """The measure after what the words right before the number and the limits of its interval say."""
    before = article.text[max(a.sentence.start, a.at - 90) : a.at]
    if a.unit == "%":
        below = (a.value or 0) < 0 or article.text[a.at] == "+" or (a.ci is not None and a.ci.low < 0)
        if measure != "proportion" or a.numerator is not None:
            return measure
        return "percent_change" if below else "mean" if _MEAN_PERCENTAGE.search(before) else measure
    if measure in _UNSETTLED and tells_by_how_much(article, a, before):
        return "mean_difference"
    return "median" if measure in _UNSETTLED and _MEDIAN_IS.search(before) else measure


# no people, who are counted: "the mean percentage of stained cells was", "adherence was higher (mean 99%"
_MEAN_PERCENTAGE = regex.compile(
    r"\bmean\spercentages?\sof\s(?!(?:the\s)?(?:patients|participants|subjects|women|men|children|people|responders)\b)[^.;]{2,80}$|[(\[]mean\s$",
    regex.IGNORECASE,
)
_UNSETTLED = frozenset({"mean", "median", "other", "change_from_baseline"})
_LASTS = regex.compile(r"\b(?:survival|progression|relapse|recurrence|response|OS|PFS|DFS|TTP|TTF|DOR|m?OS|m?PFS)\b")
_FROM_START = regex.compile(
    r"\b(?:chang|reduction|decrease|increase|improvement|decline)e?s?\b[^.;]{0,80}\bfrom\s(?:the\s)?(?:baseline|pre-?dose|pre-?treatment|screening|randomi[sz]ation)\b",
    regex.IGNORECASE,
)


_MONEY = regex.compile(r"(?r)[£€$]\s?$")


def _corrected(article: Article, a: Candidate, guess: Measure) -> Measure:
    """The measure after what its form and the words before it rule out."""
    if guess == "count" and _NUMBER_NEEDED.search(article.text, a.sentence.start, a.at):
        return "other"
    if guess == "count" and a.value is not None and (a.value != int(a.value) or _MONEY.search(article.text, 0, a.at)):
        guess = _average(article, a, "mean")
    if guess in RATIOS and (a.unit == "%" or compared_by_ratio(article, a)):
        guess = "proportion" if a.unit == "%" else "other"
    if guess in RATIOS:
        below_zero = (a.value or 0) < 0 or (a.ci is not None and a.ci.low < 0)
        if below_zero:
            return "mean_difference"
        # "rose 1.7-fold": which ratio it is must be said somewhere
        named = a.label in RATIOS or _RATIO_NAMED.search(article.text) is not None
        if named or a.label == "ratio" or not _averages_alone(article, a):
            return guess if named and a.label != "ratio" else "ratio"
        guess = "mean"
    # a share of people has no spread
    spread = a.dispersion.kind if a.dispersion is not None else None
    if guess == "proportion" and (
        spread == "sd" or (spread == "se" and not _ESTIMATED_SHARE.search(article.text, a.sentence.start, a.at))
    ):
        guess = "mean"
    if guess in ("mean", "median", "other"):
        guess = _of_average(article, a, guess)
    return _of_change(article, a, guess)


# estimated by Kaplan and Meier, it has an error
_ESTIMATED_SHARE = regex.compile(
    r"\b(?:surviv\w+|relapse|recurrence|mortality|incidence|probability|free(?:dom)?|(?-i:OS|PFS|DFS|EFS))\b",
    regex.IGNORECASE,
)
_RATIO_LIKE = regex.compile(r"ratio|\bfold|-fold|\btimes\b|\brelative", regex.IGNORECASE)


def _averages_alone(article: Article, a: Candidate) -> bool:
    """Whether the sentence speaks of averages and of nothing like a ratio."""
    start, end = a.sentence.start, a.sentence.end
    averages = _AVERAGES.search(article.text, start, a.at)
    return averages is not None and _RATIO_LIKE.search(article.text, start, end) is None


def _of_average(article: Article, a: Candidate, guess: Measure) -> Measure:
    """A difference from placebo, a time that patients lived, or the average that the sentence names."""
    before = article.text[a.sentence.start : a.at]
    if is_effect(article, a):
        return "mean_difference"
    if guess == "other" and a.label in ("mean", "median"):
        return cast("Measure", a.label)
    if a.dispersion is not None or a.label is not None:
        return guess
    if a.unit in ("mo", "a") and guess != "median" and _LASTS.search(before):
        return "median"
    named = {m.group().lower() for m in _AVERAGES.finditer(before)}
    return "median" if named == {"median"} else "mean" if named and "median" not in named else guess


# "fell by 0.4 with tea compared with 0.6": each group's own
_SET_AGAINST = regex.compile(
    r"\)?\s(?:[^.;\d]{0,40}\s)?(?:compared\s(?:with|to)|versus|vs\.?)\s(?:an?\s|only\s|by\s)?[-−–+]?\d|\s(?:with|in|on|for)\s[^.;,()]{2,40}(?:,\s(?:and\s)?|\sand\s)(?:by\s)?[-−–+]?\d",
    regex.IGNORECASE,
)


def _of_one_group(article: Article, a: Candidate, before: str) -> bool:
    """Whether it changed since the start: the text says so, or a verb has its amount and nothing is compared."""
    if _FROM_START.search(before[-160:]) or (
        _MEAN_CHANGE.search(before[-160:]) and _IN_GROUP.match(article.text, a.end, a.sentence.end)
    ):
        return True
    if _CHANGE_IN.search(before) and _IN_ONE_GROUP.match(article.text, a.end, a.sentence.end):
        return True
    compared = _COMPARES.search(article.text, a.sentence.start, a.sentence.end)
    paired = _SET_AGAINST.match(article.text, a.end, a.sentence.end)
    return (compared is None or paired is not None) and _BY.search(before[-140:]) is not None


# each group has a mean increase of its own, with its limits
_MEAN_CHANGE = regex.compile(
    r"\bmean\s(?:increase|decrease|improvement|reduction|change|rise|fall|gain|loss)s?\s(?:in|of|from)\s[^.;]{2,60}?\s(?:was|were)\s"
    r"(?:[^.;]|(?<=\d)\.(?=\d)){0,90}$",
    regex.IGNORECASE,
)
_IN_GROUP = regex.compile(
    r"[)\]]?\s(?:[\w/·]{1,10}\s)?(?:in|with|for)\s(?:the\s)?(?:[\w-]+\s){0,5}?(?:group|arm)\b", regex.IGNORECASE
)
# "decreases of glucose (… = -3 mg/dL; P = .02) and weight (… = -2 kg) in the tea group": by how much it fell there
_CHANGE_IN = regex.compile(
    r"\b(?:decrease|increase|reduction|decline|rise)s?\s(?:of|in)\s(?:[^.;()]|(?<=\d)\.(?=\d)|\([^()]*\)){2,200}\([^()]{0,60}$",
    regex.IGNORECASE,
)
_IN_ONE_GROUP = regex.compile(
    r"[^()]{0,60}\)(?:,?\s(?:and\s)?[^().;]{2,40}\s\([^()]*\)){0,4}\sin\s(?:the\s)?(?:[\w-]+\s){0,4}?(?:group|arm)\b"
    r"(?!\s(?:as\s)?(?:compared|versus|vs|v|than|relative|and|or)\b)",
    regex.IGNORECASE,
)
_COMPARES = regex.compile(
    r"\b(?:than|versus|vs|v|compared|relative|placebo|controls?|between|differ\w*|over|against)\b", regex.IGNORECASE
)


def _of_change(article: Article, a: Candidate, guess: Measure) -> Measure:
    """A signed number where something changed is a change; a number that a change leads to is a level."""
    text, before = article.text, article.text[a.sentence.start : a.at]
    change: Measure = "percent_change" if a.unit == "%" else "change_from_baseline"
    if guess == "mean_difference" and a.label not in NAMED and _of_one_group(article, a, before):
        return change
    # "rose to 0.5 µg/g and 33 µg/g": no side is given that they differ from
    if guess == "mean_difference" and a.label not in NAMED and ends_pair(before):
        return _average(article, a, "mean")
    signed = (a.value or 0) < 0 or text[a.at] == "+"
    if guess in ("change_from_baseline", "percent_change"):
        level: Measure = "mean" if a.unit != "%" or a.dispersion else "proportion"
        return level if leads_to(article, a, before, signed=signed) else guess
    sentence = text[a.sentence.start : a.sentence.end]
    changed = _CHANGES.search(sentence) or _CHANGE_WORD.search(sentence)
    if signed and changed and guess in _LEVEL and not _SCORES.search(before[-40:]):
        return change
    return guess


_LEVEL = frozenset({"mean", "median", "other", "proportion", "count"})
# what has a sign though nothing changed
_SCORES = regex.compile(r"\b(?:z|t|base\sexcess|logarithm|log)\b", regex.IGNORECASE)


# "blood loss of a litre was recorded in 4.9%" of people
_BEFELL = regex.compile(
    r"\b(?:recorded|seen|observed|noted|reported|found|occurr\w+|developed|present|detected|achieved|experienced|needed|required)"
    r"\s(?:in|by)\s(?:(?:only|about|approximately)\s)?$"
    # what rose or got better in so many people
    r"|\b(?:increased|decreased|elevated|raised|reduced|improved|deteriorated|worsened|resolved|disappeared|normali[sz]ed|unchanged)\sin\s(?:only\s|about\s)?$",
    regex.IGNORECASE,
)


def _settled(article: Article, a: Candidate, guess: Measure) -> Measure:
    befell = a.unit == "%" and a.dispersion is None and _BEFELL.search(article.text, a.sentence.start, a.at)
    if befell or is_share_of_people(article, a):
        return "proportion"
    if a.numerator is None and guess in ("proportion", "mean", "median", "other") and (changed := _change(article, a)):
        return changed
    more = a.unit == "%" and _PERCENT_MORE.match(article.text, a.number_end, a.sentence.end) is not None
    if guess in ("change_from_baseline", "percent_change") and not more and not _speaks_of_change(article, a):
        guess = "proportion" if a.unit == "%" else "mean"
    if (
        guess == "percent_change"
        and not states_change(article, a)
        and _NUMBER_OF_PEOPLE.search(article.text[a.sentence.start : a.at])
    ):
        guess = "proportion"
    if guess in ("proportion", "other") and measured_in_percent(article, a):
        return "mean"
    if a.dispersion is not None and a.dispersion.kind == "iqr" and a.label != "mean" and guess in ("mean", "other"):
        return "median"
    if a.value is None and a.low is not None and guess in ("mean", "median", "other", "count"):
        return "range"
    return _average(article, a, guess) if guess in ("mean", "median") else guess


def _change(article: Article, a: Candidate) -> Measure | None:
    before = article.text[a.sentence.start : a.at]
    if a.unit == "%" and states_change(article, a):
        return "other" if _CHANCES.search(article.text[a.number_end : a.number_end + 60]) else "percent_change"
    if a.unit == "%" and _is_by_how_much(article, a, before):
        return "percent_change"
    since = max(a.sentence.start, a.at - 140)
    if a.unit != "%" and (_BY.search(article.text, since, a.at) or _CHANGE_OF.search(article.text, since, a.at)):
        return "change_from_baseline"
    of_a_change = _OF_A_CHANGE.search(before)
    if of_a_change and not before.rstrip().endswith("to") and not _counts_people(a, before[of_a_change.start() :]):
        return "percent_change" if a.unit == "%" else "change_from_baseline"
    return "percent_change" if _averages_changes(article, a, before) else None


def _is_by_how_much(article: Article, a: Candidate, before: str) -> bool:
    """Whether a percentage says how much more or less there was, and no share."""
    if _PERCENT_MORE.match(article.text, a.number_end, a.sentence.end) or _CHANGED_AT_ONCE.search(before):
        return True
    if changed_more(before) and not _NUMBER_OF_PEOPLE.search(before):
        return True
    if _CHANGED_WHAT.search(before) and _ALONE.match(article.text, a.number_end):
        return True
    return _COMPARED.search(before) is not None and not _MORE_BEHIND.match(article.text[a.number_end :][:20])


def _counts_people(a: Candidate, before: str) -> bool:
    """ "an improvement in the score was achieved by more patients (68%": the share is of them."""
    return a.unit == "%" and _NUMBER_OF_PEOPLE.search(before) is not None


def _averages_changes(article: Article, a: Candidate, before: str) -> bool:
    """ "tea reduced glucose (mean 40 ± 9%)": a share of people has no average, so it says by how much."""
    average = a.label in ("mean", "median") or (a.dispersion is not None and a.dispersion.kind in ("sd", "se"))
    if a.unit != "%" or not average or _CHANCES.search(before) or ends_pair(before):
        return False
    return _CHANGES.search(before) is not None and not measured_in_percent(article, a)


_AVERAGES = regex.compile(r"\b(?:mean|average|averaged|median)\b", regex.IGNORECASE)


def _average(article: Article, a: Candidate, guess: Measure) -> Measure:
    """The kind of average that stands at the number; a text that names none leaves it open."""
    if a.label in ("mean", "median"):
        return cast("Measure", a.label)
    return guess if a.dispersion is not None or has(_AVERAGES, article.text) else "other"


_DOWN = (
    r"decreas\w*|reduc\w*|declin\w*|fell|fall(?:en|ing|s)?|drop\w*|loss(?:es)?|lost|shorten\w*|suppress\w*|"
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
    # "a 15 ± 3% increase": behind the spread as well
    ends = {a.number_end, a.end if a.dispersion is not None else a.number_end}
    return _CHANGED_BY.search(before) is not None or any(
        _CHANGE_BEHIND.match(article.text[end : end + 110]) is not None for end in ends
    )
