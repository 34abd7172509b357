"""The statistics block: one row per reported result value, with its P, interval, endpoint and arms."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import cast

from trialmine.assemble.citation import Citation
from trialmine.assemble.statistics import model as statistics_model
from trialmine.assemble.statistics.arms import ArmLinks
from trialmine.assemble.statistics.candidates import Candidate, build_candidates
from trialmine.assemble.statistics.compared import of_one_outcome
from trialmine.assemble.statistics.counts import counts_cases, paired_counts
from trialmine.assemble.statistics.direction import decreases, directed
from trialmine.assemble.statistics.endpoint import endpoint_features, may_be_of_several, p_endpoint_features
from trialmine.assemble.statistics.endpoint_place import Outlook
from trialmine.assemble.statistics.features import end_before
from trialmine.assemble.statistics.harmony import harmonise
from trialmine.assemble.statistics.measure import settled_measure, stated_measure, states_change
from trialmine.assemble.statistics.number_lists import DOSE_UNITS
from trialmine.assemble.statistics.outcomes_in_turn import of_the_same_order, outcomes_in_turn
from trialmine.assemble.statistics.p import lists_of_p, place_p_values
from trialmine.assemble.statistics.parallel import of_others
from trialmine.assemble.statistics.points import differences_of_shares, levels_before_a_difference
from trialmine.assemble.statistics.result import Result
from trialmine.assemble.statistics.rules import compared_shares, counts_deaths, is_compared, is_no_result, is_result
from trialmine.assemble.statistics.surroundings import Surroundings
from trialmine.assemble.statistics.tested import tested_lists
from trialmine.assemble.statistics.timepoint import timepoint_of
from trialmine.assemble.statistics.verdict import Verdict, judge_numbers
from trialmine.normalise.linear import log_odds, logistic
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence
from trialmine.records.trial import ConfidenceInterval, Dispersion, Statistic, Warning  # noqa: A004
from trialmine.records.vocabulary import Measure

Chances = dict[str, float]

_SURE = 0.35
_STRONGEST = 20  # percent; more is hardly ever solved in a preparation
_OF_P = 0.33
LEAST = 0.16
"""The chance below which an outcome is not that of a result."""
_SIGNED = frozenset({"change_from_baseline", "percent_change", "mean_difference", "risk_difference"})


def build_statistics(
    article: Article, mentions: Mentions, endpoints: Block, arms: Block, cite: Citation
) -> tuple[tuple[Statistic, ...], tuple[Warning, ...]]:
    """Rows in text order. They need neither endpoints nor arms to exist; those only add the links."""
    atoms = [a for a in build_candidates(article, mentions) if not any(_names(r, a) for r in arms.references)]
    surroundings = Surroundings(article, mentions, endpoints, arms)
    results = select_results(article, atoms, mentions["p_value"], surroundings)
    links = ArmLinks(article, results, arms)
    results += place_p_values(article, results, mentions["p_value"], _control_of(links, arms), links.of_named)
    results.sort(key=lambda r: r.at)
    chances = _endpoint_chances(article, results, mentions["p_value"], endpoints, arms)
    linked = [row for result in results for row in _with_endpoints(result, chances[result.at])]
    in_order = of_the_same_order(article.text, linked)
    for row in linked:
        row.endpoint = in_order.get(row.at, row.endpoint)
    others = of_others(article.text, linked, endpoints, arms)
    for row in linked:
        row.endpoint = None if row.number and row.at in others else row.endpoint
    # "-26 versus 12": where one of a list is printed with its sign, the others are too
    signed = {r.number.group for r in linked if r.number and (r.number.value or 0) < 0}
    rows = [_row(article, i, result, signed, links, cite) for i, result in enumerate(linked, 1)]
    return tuple(rows), ()


def _names(arm: Reference, a: Candidate) -> bool:
    """ "edoxaban 60 mg", or "60 mg" where an arm is told by it: a number in the name of an arm is no result."""
    if arm.start < a.at:
        # "the tea (43%) group": no drug is that strong
        share = a.unit == "%" and ((a.value or 0) > _STRONGEST or a.numerator is not None)
        return a.number_end <= arm.end + 1 and not share
    return arm.start == a.at and arm.end <= a.end and a.unit in DOSE_UNITS and a.dispersion is None


def select_results(
    article: Article, atoms: Sequence[Candidate], p_values: Sequence[Mention], surroundings: Surroundings
) -> list[Result]:
    """The candidates that the judges take for results, each with its measure."""
    out = [is_no_result(article, atoms, i) for i in range(len(atoms))]
    lists: dict[int, list[int]] = {}
    for i, a in enumerate(atoms):
        lists.setdefault(a.group, []).append(i)
    # a list that the rules settle whole needs no judge
    open_ones = [i for members in lists.values() if not all(out[k] for k in members) for i in members]
    verdicts = judge_numbers(article, atoms, open_ones, p_values, surroundings)
    sure = _sure_lists(verdicts, lists) | tested_lists(article, atoms, p_values, out)
    likely: dict[Sentence, list[Candidate]] = {}
    for k in open_ones:
        if atoms[k].group in sure:
            likely.setdefault(atoms[k].sentence, []).append(atoms[k])
    told = compared_shares(article, atoms) | paired_counts(article, atoms)
    results = []
    for i, a in enumerate(atoms):
        if out[i]:
            continue
        compared = a.group not in sure and any(is_compared(article, a, b) for b in likely.get(a.sentence, ()))
        if a.group not in sure and not compared and a.at not in told and not is_result(article, a):
            continue
        counted = a.at in told and a.numerator is None
        counted = counted or counts_deaths(article, a) or counts_cases(article.text, a)
        measure = stated_measure(article, a) or ("count" if counted else None)
        measure = measure or settled_measure(article, a, _measure(verdicts[k].measures for k in lists[a.group]))
        results.append(Result(measure, a.at, a, spans=[(a.start, a.end), *a.apart]))
    harmonise(results, article.text)
    differences_of_shares(results)
    levels_before_a_difference(results, article.text)
    return _without_repeats(results)


def _sure_lists(verdicts: Mapping[int, Verdict], lists: Mapping[int, Sequence[int]]) -> set[int]:
    """The lists that are results: all of their members are, or none is."""
    judged = {group: members for group, members in lists.items() if members[0] in verdicts}
    return {group for group, members in judged.items() if fmean(verdicts[k].chance for k in members) >= _SURE}


def _measure(chances: Iterable[Mapping[str, float]]) -> Measure:
    total: dict[str, float] = {}
    for of_one in chances:
        for measure, p in of_one.items():
            total[measure] = total.get(measure, 0.0) + p
    return cast("Measure", max(total, key=lambda m: total[m]))


def _without_repeats(results: list[Result]) -> list[Result]:
    """A value that the conclusions or the title say again is one row, the one in the results."""
    told = {_value(r) for r in results if r.number and r.number.sentence.section == "results"} - {None}
    return [r for r in results if not (_says_again(r) and _value(r) in told)]


def _says_again(r: Result) -> bool:
    return r.number is not None and r.number.sentence.section in ("conclusions", "title", "background", "objective")


def _value(r: Result) -> tuple[float, str | None] | None:
    a = r.number
    return None if a is None or a.value is None else (abs(a.value), a.unit)


_UNTREATED = frozenset({"placebo_comparator", "sham_comparator", "no_intervention"})
_CONTROLS = _UNTREATED | {"active_comparator"}


def _is_called_placebo(label: str) -> bool:
    return label.lower().split(" ")[0] in ("placebo", "sham", "vehicle")


def _control_of(links: ArmLinks, arms: Block) -> Callable[[Result], bool | None]:
    """Tells whether a result is a control group's, by the role of its arm."""
    controls = {a.id: a.role in _CONTROLS or _is_called_placebo(a.label) for a in arms.rows if a.role}
    if all(controls.values()) or any(_is_called_placebo(a.label) for a in arms.rows):
        # beside a placebo every treatment is tested
        controls = {a.id: a.role in _UNTREATED or _is_called_placebo(a.label) for a in arms.rows if a.role}

    def is_control(result: Result) -> bool | None:
        own = links.of(result)
        return controls.get(own[0]) if len(own) == 1 else None

    return is_control


def _with_endpoints(result: Result, chances: Chances) -> list[Result]:
    """The result with its endpoint; a P of several endpoints is one row for each."""
    ranked = sorted(chances.items(), key=lambda pair: -pair[1])
    chosen = [e for e, chance in ranked if chance >= _OF_P] if result.number is None else []
    if not chosen and ranked and ranked[0][1] >= LEAST:
        chosen = [ranked[0][0]]
    if not chosen:
        return [result]
    return [Result(result.measure, result.at, result.number, result.p, list(result.spans), e) for e in chosen]


def _endpoint_chances(
    article: Article, results: Sequence[Result], p_values: Sequence[Mention], endpoints: Block, arms: Block
) -> dict[int, Chances]:
    """By the place of each result: how likely it is of each endpoint."""
    stated = {m.start: m for m in p_values}
    out: dict[int, Chances] = {}
    for run in of_one_outcome(article.text, results, endpoints):
        if run[0].number is None:
            p = stated[run[0].at]
            chances = p_endpoint_chances(article, p, p_values, endpoints)
            several = not run[0].of_one and may_be_of_several(article, p, endpoints)
            out[p.start] = chances if several else _best_alone(chances)
            continue
        each = [endpoint_chances(article, r, endpoints, results, p_values) for r in run]
        shared = {e: logistic(fmean(log_odds(own[e]) for own in each)) for e in each[0]}
        out |= dict.fromkeys((r.at for r in run), shared)
    told = (*_in_turn(article, p_values, endpoints), *outcomes_in_turn(article, results, endpoints, arms))
    return out | {at: {e: 1.0} for at, e in told if at in out}


def _in_turn(article: Article, p_values: Sequence[Mention], endpoints: Block) -> Iterator[tuple[int, str]]:
    """ "Sleep and thirst differed (P = .03 and .2)": as many P in a list as outcomes before it, each with its own."""
    for run in lists_of_p(article.text, p_values):
        sentence = article.sentence_at(run[0].start)
        since = max(sentence.start if sentence else 0, end_before(p_values, run[0].start))
        named = list(dict.fromkeys(r.id for r in endpoints.within(since, run[0].start)))
        if len(named) == len(run):
            yield from zip((p.start for p in run), named, strict=True)


def _best_alone(chances: Chances) -> Chances:
    return dict(sorted(chances.items(), key=lambda pair: -pair[1])[:1])


def endpoint_chances(
    article: Article, result: Result, endpoints: Block, results: Sequence[Result], p_values: Sequence[Mention]
) -> Chances:
    """By its id, how likely an estimate is of each endpoint."""
    outlook = Outlook(article, result.span, results, p_values, endpoints)
    return _chances("endpoint", endpoint_features(article, result, endpoints, outlook), endpoints)


def p_endpoint_chances(article: Article, p: Mention, p_values: Sequence[Mention], endpoints: Block) -> Chances:
    """By its id, how likely a P without an estimate is of each endpoint."""
    return _chances("p_endpoint", p_endpoint_features(article, p, p_values, endpoints), endpoints)


def _chances(name: str, features: Iterable[list[str]], endpoints: Block) -> Chances:
    model = statistics_model.models()[name]
    return {e.id: model.probabilities(f)["yes"] for f, e in zip(features, endpoints.rows, strict=True)}


def _row(
    article: Article, i: int, result: Result, signed_lists: Container[int], links: ArmLinks, cite: Citation
) -> Statistic:
    spans = _merged(result.spans)
    a = result.number
    text = article.text[spans[0][0] : spans[0][1]]
    chosen = links.of(result)
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
    down = signed and (_is_mirrored(a) or (a.group not in signed_lists and decreases(article, a, result.measure)))
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


def _is_mirrored(a: Candidate) -> bool:
    """ "8.9 lower (95% CI -16.7 to -1.0)": the limits have the sign that the words give the value."""
    return a.value is not None and a.value > 0 and a.ci is not None and a.ci.low <= -a.value <= a.ci.high < a.value


def _interval(a: Candidate, *, down: bool) -> ConfidenceInterval | None:
    """The interval with the sign of its value, which it holds."""
    if a.ci is None or not down or a.value is None or _is_mirrored(a):
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
