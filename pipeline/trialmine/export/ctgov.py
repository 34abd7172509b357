"""ClinicalTrials.gov v2 JSON: `{"studies": [...]}`, as its API gives them (protocolSection, resultsSection).

Numbers of results are strings there. A field that the record leaves empty is left out; nothing is filled in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trialmine.export.writer import Notes, Options, Run, Writer
from trialmine.records.trial import AdverseEvent, Design, Endpoint, Statistic, TrialRecord
from trialmine.report import wording
from trialmine.report.files import written_whole

Json = dict[str, Any]
_PHASES = {"1": "PHASE1", "1a": "PHASE1", "1b": "PHASE1", "2": "PHASE2", "2a": "PHASE2", "2b": "PHASE2",
           "3": "PHASE3", "3a": "PHASE3", "3b": "PHASE3", "4": "PHASE4"}  # fmt: skip
_MASKING = {"open_label": "NONE"} | {m: m.upper() for m in ("single", "double", "triple", "quadruple")}
_MODELS = {"parallel": "PARALLEL", "crossover": "CROSSOVER", "single_group": "SINGLE_GROUP", "factorial": "FACTORIAL",
           "sequential": "SEQUENTIAL"}  # fmt: skip
_ARMS = {
    "experimental": "EXPERIMENTAL", "active_comparator": "ACTIVE_COMPARATOR",
    "placebo_comparator": "PLACEBO_COMPARATOR",
    "sham_comparator": "SHAM_COMPARATOR", "no_intervention": "NO_INTERVENTION",
}  # fmt: skip
_KINDS = {
    "drug": "DRUG", "biological": "BIOLOGICAL", "vaccine": "BIOLOGICAL", "cell_therapy": "BIOLOGICAL",
    "device": "DEVICE", "procedure": "PROCEDURE", "radiation": "RADIATION", "behavioral": "BEHAVIORAL",
    "dietary_supplement": "DIETARY_SUPPLEMENT", "other": "OTHER",
}  # fmt: skip
_PARAMS = {
    "mean": "MEAN", "median": "MEDIAN", "geometric_mean": "GEOMETRIC_MEAN", "count": "COUNT_OF_PARTICIPANTS",
    "proportion": "NUMBER", "rate": "NUMBER", "change_from_baseline": "NUMBER", "percent_change": "NUMBER",
    "ratio": "NUMBER", "range": "NUMBER", "other": "NUMBER", "correlation": "NUMBER",
}  # fmt: skip
_ANALYSES = {
    "hazard_ratio": "Hazard Ratio (HR)", "odds_ratio": "Odds Ratio (OR)", "risk_ratio": "Risk Ratio (RR)",
    "rate_ratio": "Rate Ratio", "mean_difference": "Mean Difference (Final Values)",
    "risk_difference": "Risk Difference (RD)", "p_value": None,
}  # fmt: skip
_DISPERSIONS = {
    "sd": "STANDARD_DEVIATION", "se": "STANDARD_ERROR", "iqr": "INTER_QUARTILE_RANGE", "range": "FULL_RANGE",
}  # fmt: skip


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    with written_whole(target) as file:
        file.write('{"studies": [')
        for record in run.records():
            file.write(",\n" if notes.written else "\n")
            json.dump(study(record, notes), file, ensure_ascii=False)
            notes.written += 1
        file.write("\n]}\n")


def study(record: TrialRecord, notes: Notes) -> Json:
    """One study as the API gives it."""
    protocol = {
        "identificationModule": _identification(record, notes),
        "conditionsModule": _filled(conditions=[c.name for c in record.population.conditions]),
        "designModule": _design(record, notes),
        "armsInterventionsModule": _arms(record),
        "outcomesModule": _outcomes(record, notes),
        "eligibilityModule": _eligibility(record, notes),
        "referencesModule": _filled(references=[{"pmid": record.source.pmid}] if record.source.pmid else []),
    }
    results = {"outcomeMeasuresModule": _measures(record, notes), "adverseEventsModule": _events(record, notes)}
    held = {"protocolSection": _filled(**protocol), "resultsSection": _filled(**results)}
    return _filled(**held, hasResults=bool(held["resultsSection"]))


def _filled(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value not in (None, [], {}, "")}


def _identification(record: TrialRecord, notes: Notes) -> Json:
    source = record.source
    nct = next((i for i in source.registry_ids if i.startswith("NCT")), None)
    others = [{"id": i} for i in source.registry_ids if i != nct]
    others += [{"id": i, "type": kind} for i, kind in ((source.doi, "DOI"), (source.pmcid, "PMCID")) if i]
    notes.lost(record, "journal, year, language and format of the source", any((source.journal, source.year)))
    return _filled(nctId=nct, orgStudyIdInfo={"id": record.record_id}, secondaryIdInfos=others, briefTitle=source.title)


def _design(record: TrialRecord, notes: Notes) -> Json:
    design, people = record.design, record.population
    kind = "ESTIMATED" if record.document_kind == "trial_protocol" else "ACTUAL"
    info = {"count": people.enrolled, "type": kind} if people.enrolled is not None else {}
    notes.lost(record, "number evaluable", people.evaluable is not None)
    notes.lost(record, "number randomized", people.randomized is not None)
    if design is None:
        return _filled(enrollmentInfo=info)
    _design_losses(record, design, notes)
    told = _filled(
        allocation=design.allocation.upper() if design.allocation else None,
        interventionModel=_MODELS.get(design.assignment or ""),
        maskingInfo=_filled(masking=_MASKING.get(design.masking or "")),
        primaryPurpose=design.purpose.upper() if design.purpose else None,
    )
    phases = list(dict.fromkeys(_PHASES[p] for p in design.phase))
    return _filled(studyType="INTERVENTIONAL", phases=phases, designInfo=told, enrollmentInfo=info)


def _design_losses(record: TrialRecord, design: Design, notes: Notes) -> None:
    for name in ("escalation", "multicenter", "allocation_ratio"):
        notes.lost(record, f"design: {name.replace('_', ' ')}", getattr(design, name) is not None)
    notes.lost(record, "design: control", len(design.control))
    notes.lost(record, "design: letters of phases (2a)", any(len(p) > 1 for p in design.phase))
    notes.lost(record, "design: cluster assignment", design.assignment == "cluster")


def _arms(record: TrialRecord) -> Json:
    names = {i.id: f"{_KINDS[i.kind]}: {i.name}" for i in record.interventions}
    groups = [
        _filled(
            label=a.label,
            type=_ARMS.get(a.role or ""),
            description="; ".join(_dose_words(record, a.id)),
            interventionNames=[names[i] for i in a.interventions],
        )
        for a in record.arms
    ]
    interventions = [
        _filled(
            type=_KINDS[i.kind],
            name=i.name,
            description="; ".join(d.text for d in record.dosing if d.intervention == i.id and not d.arms),
            otherNames=list(i.aliases),
            armGroupLabels=[a.label for a in record.arms if i.id in a.interventions],
        )
        for i in record.interventions
    ]
    return _filled(armGroups=groups, interventions=interventions)


def _dose_words(record: TrialRecord, arm: str) -> Iterable[str]:
    drugs = {i.id: i.name for i in record.interventions}
    return [f"{drugs[d.intervention]}: {d.text}" for d in record.dosing if arm in d.arms]


def _outcomes(record: TrialRecord, notes: Notes) -> Json:
    listed: dict[str, list[Json]] = {"primary": [], "secondary": [], "other": []}
    for e in record.endpoints:
        role = e.role if e.role in ("primary", "secondary") else "other"
        listed[role].append(_filled(measure=e.name, timeFrame=_frame(e)))
        notes.lost(record, "endpoint: role safety or exploratory", e.role in ("safety", "exploratory"))
        notes.lost(record, "endpoint: kind, code or instrument", any((e.kind, e.code, e.instrument)))
    return _filled(
        primaryOutcomes=listed["primary"], secondaryOutcomes=listed["secondary"], otherOutcomes=listed["other"]
    )


def _frame(part: Endpoint | Statistic) -> str:
    return part.timepoint.text if part.timepoint else ""


def _eligibility(record: TrialRecord, notes: Notes) -> Json:
    people, lines = record.population, []
    for kind in ("inclusion", "exclusion"):
        criteria = [f"* {c.text}" for c in people.eligibility if c.kind == kind]
        lines += [f"{kind.capitalize()} Criteria:", *criteria] if criteria else []
    age = people.age
    unit = {"a": "Years", "mo": "Months", "wk": "Weeks", "d": "Days"}.get(age.unit or "", "") if age else ""
    limits = {
        key: f"{value:g} {unit}" if age and unit and (value := getattr(age, name)) is not None else None
        for key, name in (("minimumAge", "minimum"), ("maximumAge", "maximum"))
    }
    notes.lost(record, "mean or median age", age is not None and (age.mean is not None or age.median is not None))
    return _filled(eligibilityCriteria="\n".join(lines), sex=people.sex.upper() if people.sex else None, **limits)


def _measures(record: TrialRecord, notes: Notes) -> Json:
    """An outcome measure for each endpoint, measure, unit and time; comparisons are its analyses."""
    names = {e.id: e for e in record.endpoints}
    measures: dict[tuple[object, ...], Json] = {}
    for s in record.statistics:
        endpoint = names.get(s.endpoint or "")
        if endpoint is None:
            notes.lost(record, "statistic without an endpoint")
            continue
        when = _frame(s) or _frame(endpoint)
        compared = s.measure in _ANALYSES
        same = [k for k in measures if k[0] == endpoint.id and (compared or k[1:] == (s.measure, s.unit, when))]
        key = same[0] if same else (endpoint.id, s.measure, s.unit, when)
        if key not in measures:
            role = {"primary": "PRIMARY", "secondary": "SECONDARY"}.get(endpoint.role or "", "OTHER_PRE_SPECIFIED")
            measures[key] = _filled(type=role, title=endpoint.name, timeFrame=when)
        _add(measures[key], record, s, notes)
    return _filled(outcomeMeasures=list(measures.values()))


def _add(measure: Json, record: TrialRecord, s: Statistic, notes: Notes) -> None:
    groups = [_group(measure, record, a) for a in s.arms]
    if s.measure in _ANALYSES:
        measure.setdefault("analyses", []).append(_analysis(s, groups))
        return
    measure.setdefault("paramType", _PARAMS.get(s.measure, "NUMBER"))
    if s.unit:
        measure.setdefault("unitOfMeasure", wording.unit(s.unit))
    if s.dispersion:
        measure.setdefault("dispersionType", _DISPERSIONS[s.dispersion.kind])
    values = measure.setdefault("classes", [{"categories": [{"measurements": []}]}])[0]["categories"][0]["measurements"]
    if len(groups) > 1:
        notes.lost(record, "that a value holds for several arms together", len(groups) - 1)
    values.append(_measurement(s, groups[0] if groups else None))
    if s.denominator is not None and groups:
        denoms = measure.setdefault("denoms", [{"units": "Participants", "counts": []}])[0]["counts"]
        denoms.append({"groupId": groups[0], "value": str(s.denominator)})
    notes.lost(record, "P of a value of one arm", s.p is not None)


def _group(measure: Json, record: TrialRecord, arm: str) -> str:
    groups = measure.setdefault("groups", [])
    label = next(a.label for a in record.arms if a.id == arm)
    for group in groups:
        if group["title"] == label:
            return str(group["id"])
    groups.append({"id": f"OG{len(groups):03d}", "title": label})
    return str(groups[-1]["id"])


def _measurement(s: Statistic, group: str | None) -> Json:
    number = s.numerator if s.value is None else s.value
    modifier = "" if s.comparator in ("=", "~") else s.comparator
    low, high = (s.ci.low, s.ci.high) if s.ci else (None, None)
    spread = s.dispersion
    if spread and spread.low is not None and spread.high is not None:
        low, high = spread.low, spread.high
    return _filled(
        groupId=group,
        value=None if number is None else f"{modifier}{number:g}",
        spread=f"{spread.value:g}" if spread and spread.value is not None else None,
        lowerLimit=None if low is None else f"{low:g}",
        upperLimit=None if high is None else f"{high:g}",
    )


def _analysis(s: Statistic, groups: list[str]) -> Json:
    ci = s.ci
    return _filled(
        groupIds=groups,
        paramType=_ANALYSES[s.measure],
        paramValue=None if s.value is None else f"{s.value:g}",
        pValue=None if s.p is None else f"{'' if s.p.comparator == '=' else s.p.comparator}{s.p.value:g}",
        ciPctValue=None if ci is None or ci.level is None else f"{ci.level * 100:g}",
        ciNumSides="TWO_SIDED" if ci else None,
        ciLowerLimit=None if ci is None else f"{ci.low:g}",
        ciUpperLimit=None if ci is None else f"{ci.high:g}",
    )


def _events(record: TrialRecord, notes: Notes) -> Json:
    groups: dict[tuple[str, ...], str] = {}
    serious: list[Json] = []
    other: list[Json] = []
    for event in record.adverse_events:
        group = groups.setdefault(event.arms, f"EG{len(groups):03d}")
        (serious if event.serious else other).append(_event(event, group))
        notes.lost(record, "adverse event: percent", event.percent is not None)
        notes.lost(record, "adverse event: grade", event.grade is not None)
        marks = (event.dose_limiting, event.related)
        notes.lost(record, "adverse event: dose-limiting or related", any(m is not None for m in marks))
    labels = {a.id: a.label for a in record.arms}
    titled = [
        _filled(id=key, title=" + ".join(labels[a] for a in arms) or "Arm not stated") for arms, key in groups.items()
    ]
    return _filled(eventGroups=titled, seriousEvents=serious, otherEvents=other)


def _event(event: AdverseEvent, group: str) -> Json:
    return {"term": event.term, "stats": [_filled(groupId=group, numAffected=event.n)]}


CTGOV = Writer(
    "ctgov",
    "ClinicalTrials.gov v2 JSON: one file of studies",
    _write,
    suffix=".json",
    never=("evidence", "warnings", "repairs of the text", "doses as numbers (they are words of the arms)"),
)
