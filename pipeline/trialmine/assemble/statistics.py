"""The statistics block: one row per reported result value, with its P, interval, endpoint and arms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import cast

import regex

from trialmine.assemble import statistics_model
from trialmine.assemble.citation import Citation
from trialmine.assemble.statistics_arms import arms_of
from trialmine.assemble.statistics_candidates import Candidate, build_candidates
from trialmine.assemble.statistics_direction import decreases, directed
from trialmine.assemble.statistics_features import candidate_features, endpoint_features, p_features
from trialmine.assemble.statistics_result import Result
from trialmine.assemble.statistics_rules import (
    is_compared,
    is_no_result,
    is_result,
    settled_measure,
    stated_measure,
    states_change,
)
from trialmine.assemble.statistics_timepoint import timepoint_of
from trialmine.records.article import Article, Block, Mention, Mentions
from trialmine.records.trial import ConfidenceInterval, Dispersion, Statistic, Warning  # noqa: A004
from trialmine.records.vocabulary import Measure

_SURE = 0.40
COMPARISONS = frozenset(
    {"hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "ratio", "p_value"}
)
_SIGNED = frozenset({"change_from_baseline", "percent_change", "mean_difference", "risk_difference"})


def build_statistics(
    article: Article, mentions: Mentions, endpoints: Block, arms: Block, cite: Citation
) -> tuple[tuple[Statistic, ...], tuple[Warning, ...]]:
    """Rows in text order. They need neither endpoints nor arms to exist; those only add the links."""
    # "edoxaban 60 mg": a number in the name of an arm is no result
    atoms = [
        a
        for a in build_candidates(article, mentions)
        if not any(r.start < a.at and a.number_end <= r.end + 1 for r in arms.references)
    ]
    results = select_results(article, atoms, mentions["p_value"])
    results += place_p_values(article, results, mentions["p_value"])
    results.sort(key=lambda r: r.at)
    linked = [row for result in results for row in _with_endpoints(article, result, endpoints)]
    rows = [_row(article, i, result, linked, arms, cite) for i, result in enumerate(linked, 1)]
    return tuple(rows), ()


def select_results(article: Article, atoms: Sequence[Candidate], p_values: Sequence[Mention]) -> list[Result]:
    """The candidates that the models take for results, each with its measure."""
    models = statistics_model.models()
    features = [statistics_model.advised(candidate_features(article, atoms, i, p_values)) for i in range(len(atoms))]
    sure = [models["result"].probabilities(f)["result"] for f in features]
    measures = [cache(partial(models["measure"].probabilities, f)) for f in features]
    results = []
    pooled = [_pooled(sure, [k for k, b in enumerate(atoms) if b.group == a.group], i) for i, a in enumerate(atoms)]
    for i, a in enumerate(atoms):
        members = [k for k, b in enumerate(atoms) if b.group == a.group]
        sure_enough = pooled[i] >= _SURE or any(
            pooled[k] >= _SURE and is_compared(article, a, b) for k, b in enumerate(atoms)
        )
        if (not sure_enough and not is_result(article, a)) or is_no_result(article, atoms, i):
            continue
        measure = stated_measure(article, a) or settled_measure(article, a, _measure(measures[k]() for k in members))
        results.append(Result(measure, a.at, a, spans=[(a.start, a.end), *a.apart]))
    return _without_repeats(results)


def _pooled(sure: Sequence[float], members: Sequence[int], i: int) -> float:
    return 0.5 * sure[i] + 0.5 * sum(sure[k] for k in members) / len(members)


def _measure(chances: Iterable[Mapping[str, float]]) -> Measure:
    total: dict[str, float] = {}
    for of_one in chances:
        for measure, p in of_one.items():
            total[measure] = total.get(measure, 0.0) + p
    return cast("Measure", max(total, key=lambda m: total[m]))


def _without_repeats(results: list[Result]) -> list[Result]:
    """A value that the conclusions or the title say again is one row, the one in the results."""
    kept: list[Result] = []
    for r in results:
        a = r.number
        assert a is not None
        again = a.sentence.section in ("conclusions", "title", "background", "objective")
        if again and any(
            _same_value(a, o.number)
            for o in results
            if o is not r and o.number and o.number.sentence.section == "results"
        ):
            continue
        kept.append(r)
    return kept


def _same_value(a: Candidate, b: Candidate) -> bool:
    return a.value is not None and b.value is not None and abs(a.value) == abs(b.value) and a.unit == b.unit


def place_p_values(article: Article, results: Sequence[Result], p_values: Sequence[Mention]) -> list[Result]:
    """Give each P to the row that it stands with; the ones left over become rows of their own."""
    model = statistics_model.models()["p"]
    alone = []
    for p in p_values:
        before = results_before(article, results, p)
        chances = model.probabilities(p_features(article, p, [r.number for r in before if r.number], p_values))
        verdict = max(chances, key=lambda c: chances[c])
        if verdict == "attach" and before:
            for target in _targets(article, before, p, p_values):
                target.p = target.p or p.value
                target.spans.append((p.start, p.end))
        elif verdict == "row" or (verdict == "attach" and chances["row"] > chances["drop"]):
            alone.append(Result("p_value", p.start, p=p.value, spans=[_p_span(article, p)]))
    return alone


def results_before(article: Article, results: Sequence[Result], p: Mention) -> list[Result]:
    """Results between the sentence's start and the P."""
    sentence = article.sentence_at(p.start)
    start = sentence.start if sentence else 0
    return [r for r in results if r.number and start <= r.at < p.start]


_FOR_ALL = regex.compile(r"\s*(?:for|in)\s(?:both|all|each)\b(?!\scomparisons)|.{0,8}\bboth\b", regex.IGNORECASE)
_ALL_BEFORE = regex.compile(r"\b(?:both|all|each)\s?$", regex.IGNORECASE)


def _targets(article: Article, before: Sequence[Result], p: Mention, p_values: Sequence[Mention]) -> list[Result]:
    """The estimate that the P stands with, else the first member of the list before it."""
    last = before[-1]
    assert last.number is not None
    if last.measure in COMPARISONS or last.measure == "correlation":
        return [last]
    since = max((q.end for q in p_values if q.end <= last.at), default=0)
    listed = [r for r in before if r.number and r.number.group == last.number.group]
    # two values that stand apart ("A (54 ± 12) … B (68 ± 10)") are compared by the P behind the second
    group = listed if len(listed) > 1 else [r for r in before if r.at >= since and _parallel(r, last)] or [last]
    text = article.text
    if _FOR_ALL.match(text, p.end) or _ALL_BEFORE.search(text, max(0, p.start - 6), p.start):
        return group
    return [group[0]]


def _parallel(a: Result, b: Result) -> bool:
    """Whether two values are of one comparison: the same measure and unit, with or without a spread alike."""
    x, y = a.number, b.number
    return bool(
        x and y and a.measure == b.measure and x.unit == y.unit and (x.dispersion is None) == (y.dispersion is None)
    )


def _p_span(article: Article, p: Mention) -> tuple[int, int]:
    """A lone P is quoted with the words that say what it is of."""
    sentence = article.sentence_at(p.start)
    start = max(sentence.start, p.start - 120) if sentence else p.start
    while (
        start > 0 and start < p.start and not article.text[start - 1].isspace() and sentence and start > sentence.start
    ):
        start += 1
    return start, p.end


def _with_endpoints(article: Article, result: Result, endpoints: Block) -> list[Result]:
    """The result with its endpoint; a P of several endpoints is one row for each."""
    ranked = rank_endpoints(article, result, endpoints)
    chosen = [e for chance, e in ranked if chance >= 0.5] if result.measure == "p_value" else []
    if not chosen and ranked and ranked[0][0] >= 0.08:
        chosen = [ranked[0][1]]
    if not chosen:
        return [result]
    return [Result(result.measure, result.at, result.number, result.p, list(result.spans), e) for e in chosen]


def rank_endpoints(article: Article, result: Result, endpoints: Block) -> list[tuple[float, str]]:
    """(chance, id) of every endpoint, best first."""
    model = statistics_model.models()["endpoint"]
    ranked = [
        (model.probabilities(endpoint_features(article, result.at, result.measure, endpoints, k))["yes"], e.id)
        for k, e in enumerate(endpoints.rows)
    ]
    return sorted(ranked, key=lambda pair: -pair[0])


def _row(article: Article, i: int, result: Result, results: Sequence[Result], arms: Block, cite: Citation) -> Statistic:
    spans = _merged(result.spans)
    a = result.number
    text = article.text[spans[0][0] : spans[0][1]]
    chosen = arms_of(article, result, results, arms)
    at = timepoint_of(article, result.at)
    if a is None:
        return Statistic(
            id=f"s{i}",
            measure="p_value",
            p=result.p,
            endpoint=result.endpoint,
            arms=chosen,
            timepoint=at,
            text=text,
            evidence=cite.all(*spans),
        )
    signed = result.measure in _SIGNED or (result.measure == "other" and a.unit == "%" and states_change(article, a))
    down = signed and decreases(article, a, result.measure)
    spread = a.dispersion
    value, low, high = directed((a.value, a.low, a.high), down=down)
    if value is None and low is not None and high is not None:
        spread = Dispersion(kind="range", low=min(low, high), high=max(low, high))
    return Statistic(
        id=f"s{i}", measure=result.measure, value=value,
        comparator=a.comparator, unit=a.unit, numerator=a.numerator, denominator=a.denominator,
        ci=_interval(a, down=down), p=result.p,
        dispersion=spread, endpoint=result.endpoint, arms=chosen, timepoint=at, text=text, evidence=cite.all(*spans),
    )  # fmt: skip


def _interval(a: Candidate, *, down: bool) -> ConfidenceInterval | None:
    """The interval with the sign of its value, which it holds."""
    if a.ci is None or not down or a.value is None:
        return a.ci
    return ConfidenceInterval(level=a.ci.level, low=-a.ci.high, high=-a.ci.low)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """One span where the parts stand close together, else each by itself."""
    out = [spans[0]]
    for start, end in spans[1:]:
        if 0 <= start - out[-1][1] <= 60:
            out[-1] = (out[-1][0], end)
        elif not any(s <= start and end <= e for s, e in out):
            out.append((start, end))
    return out
