"""The small shapes that FHIR resources are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialmine.records.evidence import Evidence, Identifier
from trialmine.report import wording

Json = dict[str, Any]
EXTENSIONS = "https://github.com/trialmine/trialmine/fhir"
_UCUM = "http://unitsofmeasure.org"


def filled(**fields: Any) -> Json:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value not in (None, [], {}, "")}


def extension(name: str, **value: Any) -> Json:
    """An extension of ours."""
    return {"url": f"{EXTENSIONS}/{name}", **value}


def evidence(places: Iterable[Evidence]) -> list[Json]:
    """Places in the raw text: start and end in code points, half-open, and the quote."""
    return [
        extension(
            "evidence",
            extension=[
                {"url": "start", "valueInteger": e.start},
                {"url": "end", "valueInteger": e.end},
                {"url": "quote", "valueString": e.quote},
            ],
        )
        for e in places
        if e.quote.strip()  # a FHIR string may not be blank
    ]


def concept(term: str, codes: Iterable[Identifier] = ()) -> Json:
    """A CodeableConcept: the words, and codes where the record has them."""
    coding = [{"system": c.system, "code": c.code} for c in codes]
    return filled(text=wording.label(term), coding=coding)


def quantity(value: float, unit: str | None, comparator: str = "=") -> Json:
    """A Quantity in UCUM; FHIR knows no "about", so "~" is left to the caller."""
    told: Json = {"value": value}
    if unit:
        told |= {"unit": wording.unit(unit), "system": _UCUM, "code": unit}
    return told | ({"comparator": comparator} if comparator not in ("=", "~") else {})


def reference(kind: str, key: str) -> Json:
    """A Reference within the bundle."""
    return {"reference": f"urn:uuid:{key}", "type": kind}
