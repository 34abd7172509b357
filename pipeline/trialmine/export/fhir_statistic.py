"""A statistic as a FHIR R5 Evidence resource."""

from __future__ import annotations

from trialmine.export.fhir_parts import Json, concept, evidence, filled, quantity
from trialmine.export.writer import Notes
from trialmine.records.trial import Statistic, TrialRecord

_ESTIMATE_TYPES = "http://terminology.hl7.org/CodeSystem/attribute-estimate-type"
_SPREADS = {"sd": "C53322", "se": "0000037", "iqr": "C53245", "range": "C38013"}
_CI, _P = "C53324", "C44185"


def resource(record: TrialRecord, row: Statistic, key: str, notes: Notes) -> Json:
    """The Evidence of one statistic: what was measured, in whom, and the number with its interval and P."""
    notes.lost(record, 'statistic: the modifier "about"', row.comparator == "~")
    return filled(
        resourceType="Evidence",
        id=key,
        extension=evidence(row.evidence),
        status="unknown",
        description=row.text,
        variableDefinition=_variables(record, row),
        statistic=[_statistic(row)],
    )


def _variables(record: TrialRecord, row: Statistic) -> list[Json]:
    endpoint = next((e for e in record.endpoints if e.id == row.endpoint), None)
    time = row.timepoint or (endpoint.timepoint if endpoint else None)
    measured = filled(
        description=endpoint.name if endpoint else "outcome not stated",
        note=[{"text": time.text}] if time else None,
        variableRole={"text": "measuredVariable"},
    )
    groups = [a for key in row.arms for a in record.arms if a.id == key]
    return [measured, *({"description": a.label, "variableRole": {"text": "exposure"}} for a in groups)]


def _statistic(row: Statistic) -> Json:
    size = filled(numberOfParticipants=row.denominator)
    return filled(
        description=row.text,
        statisticType=concept(row.measure),
        quantity=None if row.value is None else quantity(row.value, row.unit, row.comparator),
        numberOfEvents=row.numerator,
        sampleSize=size,
        attributeEstimate=_estimates(row),
    )


def _estimates(row: Statistic) -> list[Json]:
    told = []
    if row.ci:
        limits = {"low": quantity(row.ci.low, row.unit), "high": quantity(row.ci.high, row.unit)}
        told.append(filled(type=_type(_CI, "confidence interval"), level=row.ci.level, range=limits))
    if row.p:
        told.append({"type": _type(_P, "P"), "quantity": quantity(row.p.value, None, row.p.comparator)})
    if spread := row.dispersion:
        amount: Json = {}
        if spread.value is not None:
            amount = {"quantity": quantity(spread.value, row.unit)}
        elif spread.low is not None and spread.high is not None:
            amount = {"range": {"low": quantity(spread.low, row.unit), "high": quantity(spread.high, row.unit)}}
        told.append({"type": _type(_SPREADS[spread.kind], spread.kind), **amount})
    return told


def _type(code: str, words: str) -> Json:
    return {"coding": [{"system": _ESTIMATE_TYPES, "code": code}], "text": words}
