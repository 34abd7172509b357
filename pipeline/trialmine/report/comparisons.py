"""Comparisons of arms: what a meta-analysis pools, as the record states it, with the effect computed from it.

A row is one comparison of one endpoint in one record. `escalc` columns hold what the text states (events and group
sizes; means, SDs and sizes). `yi` and `sei` are computed, never stated, and `computation` says how:
ratios as ln(estimate), sei = (ln(high) - ln(low)) / (2 z); differences as they are, sei = (high - low) / (2 z), where z
belongs to the stated level of the interval. Without a stated level there is no sei.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from statistics import NormalDist
from typing import Any

from trialmine.records.trial import Arm, Endpoint, Statistic, TrialRecord
from trialmine.records.vocabulary import Measure

Row = dict[str, Any]
RATIOS: dict[Measure, str] = {"hazard_ratio": "HR", "odds_ratio": "OR", "risk_ratio": "RR", "rate_ratio": "IRR"}
DIFFERENCES: dict[Measure, str] = {"mean_difference": "MD", "risk_difference": "RD"}
PAIRED: tuple[Measure, ...] = ("proportion", "count", "mean")
_ESCALC = ("ai", "bi", "ci", "di", "n1i", "n2i", "m1i", "sd1i", "m2i", "sd2i")
COLUMNS = (
    "record_id", "doc_id", "slab", "year", "endpoint_id", "endpoint", "endpoint_code", "timepoint", "measure", "unit",
    "arm1", "arm2", *_ESCALC, "estimate", "ci_level", "ci_low", "ci_high", "yi", "sei", "computation",
    "statistic_ids", "start", "end", "quote", "start2", "end2", "quote2",
)  # fmt: skip


def is_endpoint(row: Row, asked: str | None) -> bool:
    """Whether the row's endpoint has this code, or these words in its name; always, when nothing was asked."""
    wanted, name = (asked or "").casefold(), str(row["endpoint"] or "").casefold()
    return not wanted or wanted == str(row["endpoint_code"] or "").casefold() or wanted in name


def comparisons(record: TrialRecord) -> Iterator[Row]:
    """Each stated estimate of a comparison, and each pair of arms with the same measure of the same endpoint."""
    for s in record.statistics:
        if s.value is not None and s.measure in (*RATIOS, *DIFFERENCES):
            yield _estimate(record, s)
    grouped: dict[tuple[object, ...], list[Statistic]] = {}
    for s in record.statistics:
        if s.endpoint and len(s.arms) == 1 and s.measure in PAIRED:
            time = s.timepoint.text if s.timepoint else None
            grouped.setdefault((s.endpoint, s.measure, s.unit, time), []).append(s)
    for rows in grouped.values():
        # two values of one arm can't be told apart by what the record says, so neither is paired
        single = [s for s in rows if sum(o.arms == s.arms for o in rows) == 1]
        for first, second in combinations(single, 2):
            if (row := _pair(record, *_treated_first(record, first, second))) is not None:
                yield row


_LIKE: tuple[Measure, ...] = ("mean", "median", "change_from_baseline", "percent_change", "proportion", "rate")
_ROUNDED = 0.15  # share of a difference by which that of two rounded or unadjusted values may be off


def _arms_in_order(record: TrialRecord, s: Statistic) -> tuple[str, ...]:
    """The arms of a difference, the one first from whose value the other's is taken; () where the values gainsay it.

    Texts print "A 28, B 44 (difference 16)": 16 is B less A.
    """
    if s.measure not in DIFFERENCES or len(s.arms) != 2 or not s.value:
        return tuple(s.arms)
    own = [_values(record, s, arm) for arm in s.arms]
    shared = [m for m in own[0] if m in own[1]]
    if len(shared) != 1:
        return tuple(s.arms)
    gap = own[0][shared[0]] - own[1][shared[0]]
    if gap * s.value >= 0:
        return tuple(s.arms)
    fits = abs(abs(gap) - abs(s.value)) <= max(_ROUNDED * abs(s.value), _ROUNDED)
    return tuple(reversed(s.arms)) if fits else ()


def _values(record: TrialRecord, s: Statistic, arm: str) -> dict[tuple[Measure, str | None], float]:
    """What the record states of the endpoint of a difference for one arm, where it is one value of its kind."""
    time = s.timepoint.text if s.timepoint else None
    found: dict[tuple[Measure, str | None], list[float]] = {}
    for o in record.statistics:
        same = o.endpoint == s.endpoint and (o.timepoint.text if o.timepoint else None) == time
        if same and o.arms == (arm,) and o.measure in _LIKE and o.value is not None:
            found.setdefault((o.measure, o.unit), []).append(o.value)
    return {key: values[0] for key, values in found.items() if len(values) == 1}


def _base(record: TrialRecord, first: Statistic, second: Statistic | None = None) -> Row:
    endpoint = next((e for e in record.endpoints if e.id == first.endpoint), None)
    arms = [_arm(record, a).label for a in (first.arms if second is None else (*first.arms, *second.arms))]
    places = [s.evidence[0] for s in (first, second) if s is not None]
    row: Row = dict.fromkeys(COLUMNS)
    row |= {
        "record_id": record.record_id,
        "doc_id": record.doc_id,
        "slab": record.source.title or record.doc_id,
        "year": record.source.year,
        **_endpoint_cells(endpoint, first),
        "measure": first.measure,
        "unit": first.unit,
        "arm1": arms[0] if arms else None,
        "arm2": arms[1] if len(arms) > 1 else None,
        "statistic_ids": ";".join(s.id for s in (first, second) if s is not None),
    }
    for suffix, place in zip(("", "2"), places, strict=False):
        row |= {f"start{suffix}": place.start, f"end{suffix}": place.end, f"quote{suffix}": place.quote}
    return row


def _endpoint_cells(endpoint: Endpoint | None, s: Statistic) -> Row:
    time = s.timepoint or (endpoint.timepoint if endpoint else None)
    return {
        "endpoint_id": endpoint.id if endpoint else None,
        "endpoint": endpoint.name if endpoint else None,
        "endpoint_code": endpoint.code if endpoint else None,
        "timepoint": time.text if time else None,
    }


def _arm(record: TrialRecord, key: str) -> Arm:
    return next(a for a in record.arms if a.id == key)


def _estimate(record: TrialRecord, s: Statistic) -> Row:
    row = _base(record, s.model_copy(update={"arms": _arms_in_order(record, s)}))
    row["estimate"] = s.value
    if s.ci:
        row |= {"ci_level": s.ci.level, "ci_low": s.ci.low, "ci_high": s.ci.high}
    effect = _effect(s)
    if effect:
        row["yi"], row["sei"], row["computation"] = effect
    return row


def _effect(s: Statistic) -> tuple[float, float | None, str] | None:
    if s.value is None:
        return None
    ratio = s.measure in RATIOS
    if ratio and s.value <= 0:
        return None
    yi, how = (math.log(s.value), "yi = ln(estimate)") if ratio else (s.value, "yi = estimate")
    if (
        s.ci is None
        or s.ci.level is None
        or not 0 < s.ci.level < 1
        or (ratio and s.ci.low <= 0)
        or s.ci.high <= s.ci.low
    ):
        return yi, None, f"{how}; no sei: no interval with a stated level"
    z = NormalDist().inv_cdf(0.5 + s.ci.level / 2)
    low, high = (math.log(s.ci.low), math.log(s.ci.high)) if ratio else (s.ci.low, s.ci.high)
    limits = "ln(ci_high) - ln(ci_low)" if ratio else "ci_high - ci_low"
    return yi, (high - low) / (2 * z), f"{how}; sei = ({limits}) / (2 * {z:.6f})"


def _treated_first(record: TrialRecord, one: Statistic, other: Statistic) -> tuple[Statistic, Statistic]:
    control = ("placebo_comparator", "active_comparator", "sham_comparator", "no_intervention")
    roles = [_arm(record, s.arms[0]).role in control for s in (one, other)]
    return (other, one) if roles == [True, False] else (one, other)


def _pair(record: TrialRecord, one: Statistic, other: Statistic) -> Row | None:
    row = _base(record, one, other)
    cells = _means(record, one, other) if one.measure == "mean" else _events(one, other)
    return None if cells is None else row | cells


def _events(one: Statistic, other: Statistic) -> Row | None:
    a, n1, c, n2 = one.numerator, one.denominator, other.numerator, other.denominator
    if a is None or c is None or n1 is None or n2 is None or a > n1 or c > n2:
        return None
    how = "ai, ci, n1i, n2i as stated; bi = n1i - ai; di = n2i - ci"
    return {"ai": a, "bi": n1 - a, "ci": c, "di": n2 - c, "n1i": n1, "n2i": n2, "computation": how}


def _means(record: TrialRecord, one: Statistic, other: Statistic) -> Row | None:
    cells: Row = {}
    said = []
    for number, s in ((1, one), (2, other)):
        n = s.denominator if s.denominator is not None else _arm(record, s.arms[0]).n
        d = s.dispersion
        if s.value is None or n is None or d is None or d.value is None or d.kind not in ("sd", "se"):
            return None
        sd = d.value if d.kind == "sd" else d.value * math.sqrt(n)
        said.append(f"sd{number}i {'as stated' if d.kind == 'sd' else f'= se * sqrt(n{number}i)'}")
        size = "of the statistic" if s.denominator is not None else "of the arm"
        said.append(f"n{number}i {size}")
        cells |= {f"m{number}i": s.value, f"sd{number}i": sd, f"n{number}i": n}
    return {**cells, "computation": "; ".join(said)}
