"""Numbers that were set and not found: bounds, limits, groups, times of measuring, regimens by their doses."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.measure import NAMED

_BOUNDS = frozenset("<>≤≥≦≧⩽⩾")
# "the two groups", "at both 20 and 40 min after", "Of the 695 eligible": what it counts was never measured
_SET_UP = regex.compile(
    r"\s(?:(?:study|treatment|patient|intervention|parallel)\s)?(?:groups?|arms?|treatments?|regimens?|sequences?|cohorts|periods|domains)\b",
    regex.IGNORECASE,
)
_WHEN = regex.compile(r"\bat\s(?:both\s|either\s)?(?:\d+\s?(?:\w+\s)?(?:,|and|or)\s)*$", regex.IGNORECASE)
_ELIGIBLE = regex.compile(
    r"\s(?:\w+\s){0,2}?(?:patients|participants|subjects|women|men|children|people|adults|infants|individuals|eligible|screened|enrolled"
    r"|randomi[sz]ed|recruited|included|who)\b",
    regex.IGNORECASE,
)
_AMONG = regex.compile(r"(?r)\bamong\s(?:the\s)?(?:\d+\s(?:versus|vs\.?|and)\s)?$", regex.IGNORECASE)
_AFTER = regex.compile(r"\s(?:(?:,|and|or)\s\d+\s\w+\s)*(?:after|post|following|later)\b", regex.IGNORECASE)
_OF_THE = regex.compile(r"^\s*(?:\w+:\s)?of\s(?:the|these|those|our|all)?\s?(?:total\s(?:of\s)?)?$", regex.IGNORECASE)
# numbers that were set: "at a 5% significance level", "with a cut-off of 10%", "given 100% oxygen"
_LIMIT_BEHIND = regex.compile(
    r"\s?(?:\w+\s)?(?:significance|level\sof\ssignificance|alpha|cut-?off|thresholds?|(?:non-?)?(?:equivalence|inferiority|acceptance)\s(?:range|limits?|margins?|interval)"
    r"|oxygen|O2|interval\srequired|(?:per)?centiles?|and\s\d+\s?%\s(?:per)?centiles?|inhibitory\sconcentrations?|of\s(?:the\s)?maxim\w+)\b"
    r"|\s?-?non-?inferiority\smargin\b"
    r"|\s?%?\sor\s(?:more|greater|higher|above|over)\b(?!\s(?:of\s(?:the\s)?)?(?:patients|participants|women|men|children|people)\b)",
    regex.IGNORECASE,
)
_LIMIT_BEFORE = regex.compile(
    r"(?r)\b(?:cut-?off|threshold|margin|significance\slevel|alpha|target)s?\s(?:\w+\s)?(?:of|was|set\sat|at|is|=)\s?(?:an?\s)?$|\bmargin,?\s[(\[]?$|\bmargin\s(?:of|was)\s\d[\d.]*\s?\w*\s[(\[]$|\bCI,?:?\s$",
    regex.IGNORECASE,
)
# "a reduction of at least 10% was seen in 26", "achieving at least 50% improvement": what counts as one
_AT_LEAST = regex.compile(
    r"\b(?:reductions?|decreases?|improvements?|increases?|loss|gains?|changes?|declines?|rises?|responses?)\s(?:(?:in|from)\s[\w\s-]{2,40}?\s)?(?:of\s)"
    r"(?:at\sleast|more\sthan|greater\sthan|over|[≥>])\s?(?:an?\s)?[\d.,·]+\s?%?$",
    regex.IGNORECASE,
)
_WAS_SEEN = regex.compile(
    r"\s?(?:%|[a-z]{1,8})?\s(?:from\sbaseline\s)?(?:was|were|occurred|had\soccurred)\s(?:also\s)?(?:observed|seen|achieved|noted|found|reported|obtained|present|recorded|reached|in|more|less|similar)\b",
    regex.IGNORECASE,
)
_BOUNDED_ABOVE = regex.compile(
    r"(?r)(?:[<>≤≥≦≧⩽⩾]|\b(?:below|under|less\sthan|lower\sthan|above|at\sleast|target\sof))\s?\d{2,3}\s?/\s?[<>≤≥]?\s?$",
    regex.IGNORECASE,
)
# "a minimal important difference of ≥ 4 points was reached by more patients": it was set, not found
_IMPORTANT = regex.compile(
    r"(?r)\b(?:important|relevant|detectable|meaningful)\sdifferences?\b[^.;]{0,20}$", regex.IGNORECASE
)
_LOWER_OF_PAIR = regex.compile(r"\s?/\s?\d{2,3}\s?mm")


def was_set(text: str, a: Candidate, before: str, behind: str) -> bool:
    """Whether the words `before` and right `behind` a number say that it was set, or names what was."""
    return (
        _is_bound(text, a, before)
        or _is_least(text, a, behind)
        or _is_set_up(a, before, behind)
        or _names_regimen(text, a)
    )


def _is_least(text: str, a: Candidate, behind: str) -> bool:
    return _WAS_SEEN.match(behind) is not None and _AT_LEAST.search(text, a.sentence.start, a.number_end) is not None


def _is_bound(text: str, a: Candidate, before: str) -> bool:
    # "≥ 25 %" defines; a result that is only bounded is bounded in words ("more than 80 %")
    bounded = text[a.at] in _BOUNDS or text[max(0, a.at - 2) : a.at].rstrip()[-1:] in _BOUNDS
    if bounded and (a.label not in NAMED or _IMPORTANT.search(before)):
        return True
    # "below 140/90 mm Hg" sets a limit for both pressures
    pair = _LOWER_OF_PAIR.match(text, a.number_end)
    return _BOUNDED_ABOVE.search(before) is not None or (pair is not None and a.comparator not in ("=", "~"))


def _names_regimen(text: str, a: Candidate) -> bool:
    """ "raised to 30 mg (20/30)": two doses with a stroke between them call the group by what it is given."""
    if a.numerator is None or a.denominator is None:
        return False
    stroke = (str(a.numerator), str(a.denominator))
    own = _OF_DOSES.match(text, a.end) is not None
    return own or any((m["first"], m["last"]) == stroke for m in _STROKE.finditer(text))


# "in the 5/10-, 5/20- and 5/40-mg arms"
_OF_DOSES = regex.compile(r"-(?:,|\s(?:and|or)\b|(?:mg|µg|mcg|ug)\b)")
_STROKE = regex.compile(r"\b(?P<last>\d+)\s?(?:mg|µg|mcg|ug|g|mL|ml|IU|U)\s\((?P<first>\d+)/(?P=last)\)")


def _is_set_up(a: Candidate, before: str, behind: str) -> bool:
    """Whether the number belongs to what was planned: groups, times of measuring, limits."""
    if a.dispersion is not None or a.ci is not None or a.numerator is not None:
        return False
    if a.unit is None and (
        _SET_UP.match(behind) or _AMONG.search(before) or (_OF_THE.match(before) and _ELIGIBLE.match(behind))
    ):
        return True
    if a.unit in ("min", "h", "d", "wk", "mo", "a", "s"):
        return _WHEN.search(before) is not None and _AFTER.match(behind) is not None
    return bool(_LIMIT_BEHIND.match(behind) or _LIMIT_BEFORE.search(before) or _is_bioequivalence(a, before, behind))


def _is_bioequivalence(a: Candidate, before: str, behind: str) -> bool:
    """The limits that are set for any drug: "within 80% to 125%"."""
    if a.unit != "%":
        return False
    if (a.low, a.high) == (80, 125):
        return True
    return (a.value == 80 and _TO_125.match(behind) is not None) or (
        a.value == 125 and _FROM_80.search(before) is not None
    )


_TO_125 = regex.compile(r"\s?(?:to|and|[-–])\s?125(?:\.0+)?\s?%")
_FROM_80 = regex.compile(r"\b80(?:\.0+)?\s?%?\s?(?:to|and|[-–])\s?$")
