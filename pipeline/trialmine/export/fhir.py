"""FHIR R5: a Bundle of ResearchStudy, Group, EvidenceVariable, ActivityDefinition (with Dosage) and Evidence.

Every resource is validated by `fhir.resources` before it is written. Places in the raw text, and what R5 has no element
for (days of a cycle, weeks on and off, the role of a dose), are extensions under `EXTENSIONS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from trialmine.export import fhir_dosage, fhir_statistic
from trialmine.export.fhir_parts import Json, concept, evidence, extension, filled, reference
from trialmine.export.writer import Notes, Options, Run, Writer, library
from trialmine.records.trial import Arm, Dosing, TrialRecord
from trialmine.report import wording
from trialmine.report.files import written_whole

_PHASE_SYSTEM = "http://terminology.hl7.org/CodeSystem/research-study-phase"
_PHASES = {("1",): "phase-1", ("1", "2"): "phase-1-phase-2", ("2",): "phase-2", ("2", "3"): "phase-2-phase-3",
           ("3",): "phase-3", ("4",): "phase-4"}  # fmt: skip
_ID_SYSTEMS = {"pmid": "https://pubmed.ncbi.nlm.nih.gov", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc",
               "doi": "https://doi.org"}  # fmt: skip


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    models = {name: getattr(library(f"fhir.resources.{name.lower()}"), name) for name in _RESOURCES}
    with written_whole(target) as file:
        file.write('{"resourceType": "Bundle", "type": "collection", "entry": [')
        first = True
        for record in run.records():
            for resource in resources(record, notes):
                entry = {"fullUrl": f"urn:uuid:{resource['id']}"}
                checked = models[resource["resourceType"]].model_validate(resource)
                file.write("\n" if first else ",\n")
                file.write(f'{{"fullUrl": "{entry["fullUrl"]}", "resource": {checked.model_dump_json()}}}')
                first = False
            notes.written += 1
        file.write("\n]}\n")


_RESOURCES = ("ResearchStudy", "Group", "EvidenceVariable", "ActivityDefinition", "Evidence")


def resources(record: TrialRecord, notes: Notes) -> Iterator[Json]:
    """The resources of one record; ids are made of the record's and the row's ids, so they are the same every time."""
    yield _study(record, notes)
    yield from (_group(record, a) for a in record.arms if a.n is not None)
    if record.population.eligibility:
        yield _eligibility(record)
    yield from (_activity(record, d, notes) for d in record.dosing)
    yield from (fhir_statistic.resource(record, s, key(record, s.id), notes) for s in record.statistics)
    notes.lost(record, "adverse events", len(record.adverse_events))


def key(record: TrialRecord, part: str) -> str:
    """A stable id for a part of a record."""
    return str(uuid5(NAMESPACE_URL, f"https://github.com/trialmine/trialmine/{record.record_id}/{part}"))


def _study(record: TrialRecord, notes: Notes) -> Json:
    source, design, people = record.source, record.design, record.population
    identifiers = [{"value": record.record_id}]
    identifiers += [{"system": s, "value": v} for name, s in _ID_SYSTEMS.items() if (v := getattr(source, name))]
    identifiers += [{"value": value} for value in source.registry_ids]
    recruitment = filled(
        actualNumber=people.enrolled,
        eligibility=reference("EvidenceVariable", key(record, "eligibility")) if people.eligibility else None,
    )
    notes.lost(record, "number evaluable or randomized", people.evaluable is not None or people.randomized is not None)
    notes.lost(record, "age or sex", people.age is not None or people.sex is not None)
    places = [*(design.evidence if design else ()), *people.evidence]
    return filled(
        resourceType="ResearchStudy",
        id=key(record, "study"),
        extension=evidence(places),
        status="unknown",
        identifier=identifiers,
        title=source.title,
        phase=_phase(design.phase) if design else None,
        studyDesign=_design(record),
        condition=[concept(c.name, c.identifiers) for c in people.conditions],
        focus=[{"concept": concept(i.name, i.identifiers)} for i in record.interventions],
        recruitment=recruitment,
        comparisonGroup=[_comparison_group(record, a) for a in record.arms],
        outcomeMeasure=[
            filled(name=e.name, type=[concept(e.role)] if e.role else None,
                   description=e.timepoint.text if e.timepoint else None, extension=evidence(e.evidence))
            for e in record.endpoints
        ],
    )  # fmt: skip


def _phase(phase: tuple[str, ...]) -> Json | None:
    if not phase:
        return None
    numbers = tuple(dict.fromkeys(p[0] for p in phase))
    told = {"text": "phase " + "/".join(phase)}
    code = _PHASES.get(numbers)
    return told | {"coding": [{"system": _PHASE_SYSTEM, "code": code}]} if code else told


def _design(record: TrialRecord) -> list[Json]:
    design = record.design
    if design is None:
        return []
    terms = (design.allocation, design.masking, *design.control, design.assignment, design.purpose)
    words = [wording.label(t) for t in terms if t]
    words += ["multicenter"] if design.multicenter else ["single center"] if design.multicenter is False else []
    words += [f"allocation {design.allocation_ratio}"] if design.allocation_ratio else []
    words += [f"dose escalation: {design.escalation}"] if design.escalation else []
    return [{"text": w} for w in words]


def _comparison_group(record: TrialRecord, arm: Arm) -> Json:
    drugs = {i.id: i.name for i in record.interventions}
    return filled(
        linkId=arm.id,
        name=arm.label,
        type=concept(arm.role) if arm.role else None,
        description=" + ".join(drugs[i] for i in arm.interventions),
        observedGroup=reference("Group", key(record, arm.id)) if arm.n is not None else None,
        extension=evidence(arm.evidence),
    )


def _group(record: TrialRecord, arm: Arm) -> Json:
    return filled(
        resourceType="Group", id=key(record, arm.id), type="person", membership="definitional", name=arm.label,
        quantity=arm.n, extension=evidence(arm.evidence),
    )  # fmt: skip


def _eligibility(record: TrialRecord) -> Json:
    return filled(
        resourceType="EvidenceVariable",
        id=key(record, "eligibility"),
        status="unknown",
        title="Eligibility criteria",
        characteristic=[
            {"description": c.text, "exclude": c.kind == "exclusion", "extension": evidence(c.evidence)}
            for c in record.population.eligibility
        ],
    )


def _activity(record: TrialRecord, row: Dosing, notes: Notes) -> Json:
    drug = next(i for i in record.interventions if i.id == row.intervention)
    arms = [extension("arm", valueString=a) for a in row.arms]
    return filled(
        resourceType="ActivityDefinition",
        id=key(record, row.id),
        extension=[*evidence(row.evidence), *arms],
        status="unknown",
        kind="MedicationRequest",
        productCodeableConcept=concept(drug.name, drug.identifiers),
        dosage=[fhir_dosage.dosage(row, lambda what: notes.lost(record, what))],
    )


FHIR = Writer(
    "fhir",
    "FHIR R5 Bundle: ResearchStudy, Evidence and Dosage, validated",
    _write,
    suffix=".json",
    never=("warnings", "repairs of the text"),
)
