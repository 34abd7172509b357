"""A dosing row as a FHIR R5 Dosage."""

from __future__ import annotations

from collections.abc import Callable

from trialmine.export.fhir_parts import Json, concept, extension, filled, quantity
from trialmine.normalise.frequency import fhir_timing
from trialmine.normalise.route import route_codes
from trialmine.records.trial import Dose, Dosing, Schedule, Span

Lost = Callable[[str], None]


def dosage(row: Dosing, lost: Lost) -> Json:
    """The Dosage of a row; `lost` is told of what R5 has no place for."""
    plan = row.schedule
    told = filled(
        text=row.text,
        timing=_timing(row),
        asNeeded=True if row.frequency and row.frequency.as_needed else None,
        route=concept(row.route, route_codes(row.route)) if row.route else None,
        additionalInstruction=[{"text": row.condition}] if row.condition else None,
        doseAndRate=_amounts(row.dose) if row.dose else None,
        extension=[*_role(row), *(_plan(plan) if plan else [])],
    )
    if row.dose and row.dose.comparator == "~":
        lost('dose: the modifier "about"')
    if row.form:
        lost("dose form")
    return told


def _role(row: Dosing) -> list[Json]:
    return [extension("dose-role", valueString=row.role)] if row.role else []


def _plan(plan: Schedule) -> list[Json]:
    """R5's Timing.repeat has no days of a cycle, and no time on and off."""
    parts = [{"url": "day", "valueInteger": d} for d in plan.days]
    for name in ("cycle_length", "on", "off"):
        length: Span | None = getattr(plan, name)
        if length:
            parts.append({"url": name.replace("_", "-"), "valueQuantity": quantity(length.value, length.unit)})
    for name in ("cycles", "cycles_max"):
        count: int | None = getattr(plan, name)
        if count is not None:
            parts.append({"url": name.replace("_", "-"), "valueInteger": count})
    return [extension("cycle", extension=parts)] if parts else []


def _timing(row: Dosing) -> Json:
    often, long, infusion = row.frequency, row.duration, row.infusion_time
    repeat: Json = {}
    if often:
        whole = often.count is not None and often.count == int(often.count)
        repeat |= filled(
            frequency=int(often.count) if whole and often.count and often.period else None,
            frequencyMax=int(often.count_max) if often.count_max else None,
            period=often.period,
            periodMax=often.period_max,
            periodUnit=often.period_unit if often.period else None,
            count=int(often.count) if whole and often.count and not often.period else None,
        )
    if row.administrations:
        repeat["count"] = row.administrations
    if infusion:
        repeat |= {"duration": infusion.value, "durationUnit": infusion.unit}
    if long and long.value is not None:
        low, high = quantity(long.value, long.unit), long.value_max
        bounds = {"boundsRange": {"low": low, "high": quantity(high, long.unit)}} if high else {"boundsDuration": low}
        repeat |= bounds
    timed = fhir_timing(often)
    coding = [{"system": timed.system, "code": timed.code}] if timed else []
    return filled(repeat=repeat, code=filled(text=often.code or often.text, coding=coding) if often else None)


def _amounts(dose: Dose) -> list[Json]:
    if dose.value is not None:
        return [{"doseQuantity": quantity(dose.value, dose.unit, dose.comparator)}]
    if dose.low is not None and dose.high is not None:
        return [{"doseRange": {"low": quantity(dose.low, dose.unit), "high": quantity(dose.high, dose.unit)}}]
    return [{"type": {"text": "dose level"}, "doseQuantity": quantity(v, dose.unit)} for v in dose.levels]
