"""ClinicalTrials.gov JSON (API version 2): a registration, or a list of them, as the protocol that it registers.

The text is the registration's own words, field by field, behind the headings that its page has. Results that the
registry holds are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from trialmine.ingest import identifiers
from trialmine.ingest.facts import at, objects, string, strings
from trialmine.ingest.json_values import values
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.records.document import Document, Unreadable

_KINDS = {"INTERVENTIONAL": "Clinical Trial Protocol", "OBSERVATIONAL": "Observational Study"}
_WORDS = {
    "NA": "not applicable",
    "EARLY_PHASE1": "early phase 1",
    "NON_RANDOMIZED": "non-randomized",
    "SINGLE_GROUP": "single group",
    "NONE": "open label",
    "ESTIMATED": "planned",
}
_OUTCOMES = (("primaryOutcomes", "Primary outcome"), ("secondaryOutcomes", "Secondary outcome"),
             ("otherOutcomes", "Other outcome"))  # fmt: skip


def _sniff(head: Head) -> int:
    return 95 if head.text.startswith(("{", "[")) and '"protocolSection"' in head.text else 0


def _read(source: Source) -> Items:
    for item in values(source):
        if isinstance(item, Unreadable):
            yield item
            continue
        line, value = item
        for study in list(objects(value, "studies")) or [value]:
            # behind a broken record, bits of it come as values of their own
            if isinstance(study, Mapping) and isinstance(study.get("protocolSection"), Mapping):
                yield _document(study["protocolSection"], source.uri, line)


def _document(protocol: Mapping[str, Any], uri: str, line: int) -> Document | Unreadable:
    naming = at(protocol, "identificationModule")
    nct = string(naming, "nctId")
    title = string(naming, "officialTitle") or string(naming, "briefTitle")
    lines = [text for part in (title or "", *_lines(protocol)) if (text := _blank_free(part))]
    if not lines:
        return unreadable(uri, "the registration has no text", "Fetch it whole.", line=line, doc_id=nct)
    others = [string(row, "id") or "" for row in objects(naming, "secondaryIdInfos")]
    numbers = (number for value in (nct or "", *others) for number in identifiers.registry_ids(value))
    return Document(
        text="\n".join(lines),
        format=READER.name,
        doc_id=nct,
        uri=uri,
        title=title,
        year=identifiers.year(
            string(protocol, "statusModule", "studyFirstPostDateStruct", "date")
            or string(protocol, "statusModule", "studyFirstSubmitDate")
        ),
        registry_ids=tuple(dict.fromkeys(numbers)),
        language="en",
        publication_types=tuple(
            kind for kind in (_KINDS.get(string(protocol, "designModule", "studyType") or ""),) if kind
        ),
        mesh_terms=tuple(strings(protocol, "conditionsModule", "conditions")),
    )


def _lines(protocol: Mapping[str, Any]) -> Iterator[str]:
    yield _behind("Background: ", string(protocol, "descriptionModule", "briefSummary"))
    yield _behind("Methods: ", _design(protocol))
    yield _behind("", string(protocol, "descriptionModule", "detailedDescription"))
    yield _behind("Conditions: ", "; ".join(strings(protocol, "conditionsModule", "conditions")))
    for arm in objects(protocol, "armsInterventionsModule", "armGroups"):
        kind = (string(arm, "type") or "").replace("_", " ").capitalize()
        yield _behind(f"{kind or 'Arm'}: ", _joined(string(arm, "label"), string(arm, "description")))
    for given in objects(protocol, "armsInterventionsModule", "interventions"):
        kind = (string(given, "type") or "Intervention").replace("_", " ").capitalize()
        names = strings(given, "otherNames")
        name = (string(given, "name") or "") + (f" (also called {', '.join(names)})" if names else "")
        yield _behind(f"{kind}: ", _joined(name, string(given, "description")))
    for key, name in _OUTCOMES:
        for outcome in objects(protocol, "outcomesModule", key):
            frame = string(outcome, "timeFrame")
            measure = (string(outcome, "measure") or "") + (f" [time frame: {frame}]" if frame else "")
            yield _behind(f"{name}: ", _joined(measure, string(outcome, "description")))
    yield from _eligibility(protocol)


def _design(protocol: Mapping[str, Any]) -> str:
    design = at(protocol, "designModule")
    info = at(design, "designInfo")
    phases = [p.replace("PHASE", "phase ") if p.startswith("PHASE") else _word(p) for p in strings(design, "phases")]
    count = string(design, "enrollmentInfo", "count")
    kind = _word(string(design, "enrollmentInfo", "type"))
    stated = (
        ("Study type", _word(string(design, "studyType"))),
        ("Phase", "/".join(phases)),
        ("Allocation", _word(string(info, "allocation"))),
        ("Intervention model", _word(string(info, "interventionModel"))),
        ("Primary purpose", _word(string(info, "primaryPurpose"))),
        ("Masking", _masking(info)),
        ("Enrollment", f"{count} participants" + (f" ({kind})" if kind else "") if count else ""),
    )
    return " ".join(f"{name}: {value}." for name, value in stated if value)


def _masking(info: Any) -> str:
    masking = _word(string(info, "maskingInfo", "masking"))
    if masking in ("single", "double", "triple", "quadruple"):
        masking += "-blind"
    who = ", ".join(_word(w) for w in strings(info, "maskingInfo", "whoMasked"))
    return f"{masking} ({who})" if masking and who else masking


def _eligibility(protocol: Mapping[str, Any]) -> Iterator[str]:
    module = at(protocol, "eligibilityModule")
    yield _behind("Eligibility criteria\n", string(module, "eligibilityCriteria"))
    low, high, sex = string(module, "minimumAge"), string(module, "maximumAge"), _word(string(module, "sex"))
    ages = f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}" if high else ""
    yield _behind("Ages: ", ages.lower() and f"{ages.lower()}.")
    yield _behind("Sex: ", sex and f"{sex}.")


def _word(code: str | None) -> str:
    return _WORDS.get(code or "", (code or "").replace("_", " ").lower())


def _behind(heading: str, text: str | None) -> str:
    return heading + text if text else ""


def _joined(*parts: str | None) -> str:
    return ". ".join(part.rstrip(" .") for part in parts if part) + "." if any(parts) else ""


def _blank_free(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\\<", "<").replace("\\>", ">").splitlines())
    return "\n".join(line for line in lines if line)


READER = Reader(
    name="ctgov",
    description="ClinicalTrials.gov JSON (API version 2), each study as its protocol",
    suffixes=(".json",),
    sniff=_sniff,
    read=_read,
)
