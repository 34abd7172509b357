"""The confidence interval of an estimate: the named one behind it, or limits whose kind the text tells elsewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from trialmine.normalise.result_unit import UNIT, result_unit
from trialmine.records.article import Article, Mention, Mentions
from trialmine.records.trial import ConfidenceInterval, Dispersion

if TYPE_CHECKING:
    from trialmine.assemble.statistics.candidates import Candidate


_TO_CI = regex.compile(r"[^.;()\[\]\d]{0,40}[\s,;:(\[]{0,4}(?:[^.;()\[\]\d]{0,24})[\s,;:(\[=]{0,4}")


def candidate_before(atoms: Sequence[Candidate], start: int) -> int:
    """Place of the last candidate whose number ends before `start`, -1 if there is none."""
    return bisect_right(atoms, start, key=lambda a: a.number_end) - 1


_UNIT_BEHIND = regex.compile(rf"[)\]]?(?P<unit>{UNIT})", regex.IGNORECASE)


def unit_behind(text: str, atom: Candidate) -> None:
    """ "5.0 ± 0.3 mmol/L", "5.65 (3.90-10.40) minutes": the unit stands behind the spread."""
    match = _UNIT_BEHIND.match(text, atom.end)
    unit = result_unit(match["unit"]) if match else None
    if match and unit:
        atom.unit, atom.end = unit, match.end()


def _interval_before(atoms: Sequence[Candidate], i: int) -> ConfidenceInterval | None:
    """ "12% (3/25; 95% CI 3-31), 8% (2/25; 1-26)": what limits are is said at the first value of a list."""
    a, last = atoms[i], atoms[i - 1] if i else None
    return last.ci if last and last.sentence == a.sentence and last.unit == a.unit else None


_OTHER_BRACKET = regex.compile(r"[)\]].*[A-Za-z]")  # "4.1%), vomiting (1.6%, 9.3%)"
# the unit of a difference may be long: "4.3 mg iron/g dry weight (2.1, 6.5)"
_LONG_UNIT = regex.compile(
    r"(?:\s?(?!(?:and|or|vs|versus|compared|in|to|for|with|than|at|on|by|from)\b)[\w/·^−-]{1,12}){1,5}\s?",
    regex.IGNORECASE,
)
_GAP = 14  # characters between a value and its limits
_INSIDE = 4  # numbers that may stand in a bracket with two limits


def _behind_unit(text: str, a: Candidate, m: Mention, labels: Sequence[Mention]) -> bool:
    return _LONG_UNIT.fullmatch(text, a.end, m.start) is not None and _is_difference(a, labels)


def _has_limits(
    text: str, a: Candidate, m: Mention, labels: Sequence[Mention], before: ConfidenceInterval | None
) -> bool:
    """Whether unnamed limits are those of a confidence interval: of what compares, or of "7/8 (88%; 53-98)"."""
    if _RATIO.search(text, max(0, a.at - 40), a.at) or _is_difference(a, labels):
        return True
    loose = m.rule == "ci.loose"
    if loose and a.denominator is not None:
        return True
    return before is not None and (loose or a.unit == "%")


def attach_intervals(
    article: Article, atoms: list[Candidate], mentions: Mentions, strengths: Sequence[tuple[int, int]] = ()
) -> None:
    """Give each candidate the limits that stand behind it, as interval or as spread.

    Args:
        article: the text that was read.
        atoms: its candidates.
        mentions: its intervals, P values and names of estimates.
        strengths: where strengths of drugs stand, which a value and its limits may have between them.
    """
    text = article.text
    _attach_named_intervals(article, atoms, mentions, strengths)
    kinds = [(k.start(), str(k.lastgroup)) for k in _KINDS.finditer(text)] if mentions["interval"] else []
    for m in mentions["interval"]:
        i = candidate_before(atoms, m.start)
        near = atoms[i + 1 : i + 1 + _INSIDE]
        inner = [a for a in near if m.start <= a.at < m.end]
        if i < 0 or atoms[i].ci or atoms[i].hyphen or atoms[i].value is None:
            continue
        if m.start - atoms[i].end > _GAP and not _behind_unit(text, atoms[i], m, mentions["estimate"]):
            continue
        if _OTHER_BRACKET.search(text, atoms[i].end, m.start):
            continue
        if not _holds(m.value, atoms[i]) or ("," in text[m.start : m.end] and len(inner) < 1):
            continue
        before = _interval_before(atoms, i)
        compares = _has_limits(text, atoms[i], m, mentions["estimate"], before)
        declared = _DECLARED.search(text, atoms[i].sentence.start, atoms[i].at) if m.rule == "ci.loose" else None
        if declared:
            atoms[i].label, compares = _RATIO_NAMES[declared["name"].lower().split()[0].removeprefix("a")], True
        if not compares and m.rule == "ci.loose":
            continue
        kind = "ci" if compares else _interval_kind(text, atoms[i], kinds)
        if kind == "ci":
            atoms[i].ci = m.value.model_copy(update={"level": before.level}) if before else m.value
        elif kind in ("iqr", "range"):
            atoms[i].dispersion = Dispersion(
                kind="iqr" if kind == "iqr" else "range", low=m.value.low, high=m.value.high
            )
        atoms[i].end = m.end
        if atoms[i].unit is None:
            unit_behind(text, atoms[i])
        atoms[i + 1 : i + 1 + _INSIDE] = [a for a in near if a not in inner]


def _attach_named_intervals(
    article: Article, atoms: list[Candidate], mentions: Mentions, strengths: Sequence[tuple[int, int]]
) -> None:
    text = article.text
    # "fell by 8/3 mm Hg (CI 4 to 12/1 to 5)": a pair of values has a pair of intervals
    seconds = {m.start: m for m in mentions["ci_second"]}
    for m in mentions["ci"]:
        i = candidate_before(atoms, m.start)
        if i < 0 or atoms[i].ci is not None or m.start - atoms[i].end > 70:
            continue
        # "2.2 (95% CI for the difference -0.1 to 0.5)" is not the interval of the value before it
        if _OF_DIFFERENCE.search(text, m.start, m.end) and not _is_difference(atoms[i], mentions["estimate"]):
            continue
        between = _without(text, atoms[i].end, m.start, mentions["p_value"])
        for start, end in strengths:
            if atoms[i].end <= start and end <= m.start:
                between = between.replace(text[start:end], "")
        if atoms[i].sentence != article.sentence_at(m.start):
            continue
        i = _of_value(text, atoms, i, m, percent=_PERCENT.match(text, m.end) is not None)
        # the bracket of a spread, a fraction or another unit may close between: only what it holds has the interval
        shut = _CLOSING.match(between) if _holds(m.value, atoms[i]) else None
        if not _TO_CI.fullmatch(between, shut.end() if shut else 0):
            continue
        first, second = atoms[i - 1] if i else None, seconds.get(m.end)
        if first and second and _is_pair(text, first, atoms[i], m, second):
            first.ci, first.apart = m.value, ((m.start, m.end),)
            atoms[i].ci, atoms[i].end = second.value, second.end
        else:
            atoms[i].ci, atoms[i].end = m.value, m.end
            # the unit stands behind the limits: "(95% CI, 29 to 55%)", "(95% CI, 7.2-9.5) kPa"
            if atoms[i].unit is None and not atoms[i].hyphen and _PERCENT.match(text, m.end):
                atoms[i].unit = "%"
            elif (
                atoms[i].unit is None
                and not atoms[i].hyphen
                and not _RATIO.search(text, max(0, atoms[i].at - 40), m.end)
            ):
                unit_behind(text, atoms[i])


_CLOSING = regex.compile(r"\s?[)\]]")
_ONE_BRACKET = regex.compile(r"\s?[(\[][^()\[\]]*")
# what a value is told for: "1.4 per 20 g", "2 kg at 12 months", "over 2 years"
_FOR_WHAT = regex.compile(
    r"\s?[)\]]?(?:\s[\w/%·-]{1,12}){0,2}\s(?:(?:for\s)?(?:every|each)|per|at|over|after|within|during|by|for|from\sbaseline\sto|through|to)"
    r"(?:\s(?:an?|the|week|day|month|year|about|additional|extra|first))*\s(?=\d)",
    regex.IGNORECASE,
)


def _of_value(text: str, atoms: Sequence[Candidate], i: int, m: Mention, *, percent: bool) -> int:
    """ "23% (one complete, 11 partial; 95% CI 13-37%)", "1.4 per 20 g (95% CI": it is of the value that it holds."""
    if _holds(m.value, atoms[i]) and not (percent and atoms[i].unit is None) and atoms[i].unit not in TIMES:
        return i
    for k in range(i - 1, max(-1, i - _INSIDE), -1):
        if not _holds(m.value, atoms[k]) or atoms[k].ci or (percent and atoms[k].unit != "%"):
            continue
        if k == i - 1 and atoms[i].comparator not in ("=", "~") and m.start - atoms[k].end < _NEAR:
            return k  # "19% went three times or more (≥ 3, 95% CI 12 to 26)"
        told_for = k == i - 1 and _FOR_WHAT.match(text, atoms[k].end, atoms[i].number_end)
        if told_for or _ONE_BRACKET.fullmatch(text, atoms[k].end, atoms[i].start):
            return k
    return i


_NEAR = 70  # characters between a share with a bound behind it and its interval
TIMES = frozenset({"min", "h", "d", "wk", "mo", "a"})
_PAIR = regex.compile(r"\s?/\s?")
_AND = regex.compile(r"\s?%?,?\s(?:and|vs\.?|versus)\s", regex.IGNORECASE)


def _is_pair(text: str, first: Candidate, last: Candidate, m: Mention, second: Mention) -> bool:
    """Whether two values have two intervals: "8/3 (CI 4 to 12/1 to 5)", "8 and 3 (CI 4 to 12 and 1 to 5)"."""
    if _PAIR.fullmatch(text, first.end, last.start):
        return _PAIR.match(text, m.end) is not None
    both = _holds(m.value, first) and _holds(second.value, last)
    return both and _AND.fullmatch(text, first.end, last.start) is not None


def _holds(ci: ConfidenceInterval, a: Candidate) -> bool:
    return a.value is not None and any(ci.low <= v <= ci.high for v in (a.value, -a.value))


def _without(text: str, start: int, end: int, left_out: Sequence[Mention]) -> str:
    """text[start:end] without a P that stands there, as in "-9 mm Hg; P = .03; 95% CI"."""
    first = bisect_left(left_out, start, key=lambda p: p.start)
    inside = left_out[first] if first < len(left_out) and left_out[first].end <= end else None
    return text[start:end] if inside is None else text[start : inside.start] + text[inside.end : end]


_PERCENT = regex.compile(r"\s?%")
_OF_DIFFERENCE = regex.compile(r"\b(?:for|of|around|in|on)\s[^\d]{0,40}\bdifference", regex.IGNORECASE)


def _is_difference(a: Candidate, labels: Sequence[Mention]) -> bool:
    """Whether the name of a difference stands before the number, in its sentence."""
    last = bisect_right(labels, a.start, key=lambda m: m.end) - 1
    if last < 0 or labels[last].start < a.sentence.start or a.start - labels[last].end > 60:
        return False
    return labels[last].value in ("mean_difference", "risk_difference")


_MEDIAN = regex.compile(r"\bmedian", regex.IGNORECASE)
# "ratios of 9:3 (140": a proportion of two things is no estimate
_RATIO = regex.compile(r"\bratio(?!s?\sof\s\d+:)|\b(?:HR|OR|RR|IRR)\b|relative\s+risk", regex.IGNORECASE)
# "HR; 95% CI" before a list says what each of its items is: "tea: 0.9; 0.7 to 1.2; milk: 1.1; 0.8 to 1.5"
_DECLARED = regex.compile(
    r"\b(?P<name>a?(?-i:HR|OR|RR|IRR)|(?:hazard|odds|risk|rate)\sratio)s?\s?[;,(\[/]\s?9\d\s?%\s?CIs?\b",
    regex.IGNORECASE,
)
_RATIO_NAMES = {
    "hr": "hazard_ratio", "or": "odds_ratio", "rr": "risk_ratio", "irr": "rate_ratio",
    "hazard": "hazard_ratio", "odds": "odds_ratio", "risk": "risk_ratio", "rate": "rate_ratio",
}  # fmt: skip
_KINDS = regex.compile(
    r"(?P<ci>\bCIs?\b|confiden(?:ce|tial)\s+interval)|(?P<iqr>\bIQR\b|inter-?\s?quartile|\bquartiles?\b|\bQ1\b|\b25th\b)|(?P<range>[(\[]range)",
    regex.IGNORECASE,
)


def _interval_kind(text: str, atom: Candidate, kinds: Sequence[tuple[int, str]]) -> str | None:
    """What a bare bracketed interval means: what the text last called one, within the sentence or before it."""
    if kinds:
        behind = bisect_left(kinds, (atom.start, ""))
        at, kind = kinds[max(0, behind - 1)]
        # where the text has spreads too, the interval of a sentence before says nothing of an amount's bracket
        other = kind == "ci" and at < atom.sentence.start and atom.unit not in (None, "%") and atom.label is None
        return None if other and any(k != "ci" for _, k in kinds[:behind]) else kind
    # an interval around a median that the text never names
    return "iqr" if _MEDIAN.search(text) else None
