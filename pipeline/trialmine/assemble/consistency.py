"""Contradictions inside a record, said with the places that contradict each other and never corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, Arm, Design, Population, PValue, Statistic, Warning  # noqa: A004
from trialmine.records.vocabulary import RATIOS

_DIFFERENCES = frozenset({"mean_difference", "risk_difference"})
_ALPHA = 0.05


def check_consistency(
    *,
    statistics: Sequence[Statistic],
    arms: Sequence[Arm] = (),
    population: Population | None = None,
    adverse_events: Sequence[AdverseEvent] = (),
    design: Design | None = None,
) -> tuple[Warning, ...]:
    """A warning for every contradiction between the parts of a record."""
    found = [warning for row in statistics for warning in _row(row)]
    found += [
        Warning(
            code="percent_over_100",
            message=f"{event.term}: {event.percent:g} % is more than everybody",
            evidence=event.evidence,
        )
        for event in adverse_events
        if event.percent is not None and event.percent > 100
    ]
    # in a crossover trial everybody is in every arm
    if design is None or design.assignment != "crossover":
        found += _sizes(arms, population)
    return tuple(dict.fromkeys(found))


def _row(row: Statistic) -> Iterator[Warning]:
    if row.p is not None and row.p.value > 1:
        yield _warn("p_over_1", f"a P of {row.p.value:g} is no probability", row)
    if row.measure == "proportion" and row.unit == "%" and row.value is not None and row.value > 100:
        yield _warn("percent_over_100", f"a proportion of {row.value:g} % is more than everybody", row)
    if (
        row.ci is not None
        and row.value is not None
        and not any(row.ci.low <= v <= row.ci.high for v in (row.value, -row.value))
    ):
        yield _warn(
            "estimate_outside_ci", f"{row.value:g} lies outside its interval {row.ci.low:g} to {row.ci.high:g}", row
        )
    if _fraction_differs(row):
        share = 100 * (row.numerator or 0) / (row.denominator or 1)
        yield _warn(
            "fraction_contradicts_percent",
            f"{row.numerator} of {row.denominator} is {share:.1f} %, not {row.value:g} %",
            row,
        )
    if _interval_contradicts_p(row):
        assert row.ci is not None and row.p is not None  # noqa: PT018
        yield _warn(
            "ci_contradicts_p",
            f"the interval {row.ci.low:g} to {row.ci.high:g} and P {row.p.comparator} {row.p.value:g} disagree",
            row,
        )


def _warn(code: str, message: str, row: Statistic) -> Warning:
    return Warning(code=code, message=f"{row.id}: {message}", evidence=row.evidence)


def _fraction_differs(row: Statistic) -> bool:
    if row.unit != "%" or row.value is None or row.comparator != "=" or row.numerator is None or not row.denominator:
        return False
    decimals = len(f"{row.value:g}".partition(".")[2])
    # one unit of the last digit: some papers cut off instead of rounding
    return abs(100 * row.numerator / row.denominator - row.value) > 1.05 * 10.0**-decimals


def _interval_contradicts_p(row: Statistic) -> bool:
    null = 1.0 if row.measure in RATIOS else 0.0 if row.measure in _DIFFERENCES else None
    if null is None or row.ci is None or row.p is None or row.ci.level not in (None, 0.95):
        return False
    significant = _significant(row.p)
    if significant is None or null in (row.ci.low, row.ci.high):
        return False
    excludes = not row.ci.low < null < row.ci.high
    return excludes != significant


def _significant(p: PValue) -> bool | None:
    """Whether the P is below 0.05, None when its modifier leaves it open."""
    if p.value == _ALPHA and p.comparator == "=":
        return None
    if p.comparator in ("<", "<=") and p.value <= _ALPHA:
        return True
    if p.comparator in (">", ">=") and p.value >= _ALPHA:
        return False
    return p.value < _ALPHA if p.comparator == "=" else None


def _sizes(arms: Sequence[Arm], population: Population | None) -> Iterator[Warning]:
    if population is None:
        return
    stated = [n for n in (population.enrolled, population.randomized) if n is not None]
    sizes = [arm.n for arm in arms if arm.n is not None]
    if not stated or not sizes or sum(sizes) <= max(stated):
        return
    places: list[Evidence] = [e for arm in arms if arm.n is not None for e in arm.evidence]
    yield Warning(
        code="arm_sizes_exceed_enrolled",
        message=f"the arms hold {sum(sizes)} participants, the trial {max(stated)}",
        evidence=tuple(dict.fromkeys([*population.evidence, *places])),
    )
