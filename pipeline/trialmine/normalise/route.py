"""Wordings of routes to the record's route codes."""

from __future__ import annotations

from typing import cast, get_args

import regex

from trialmine.lexicon import tables
from trialmine.records.evidence import Identifier
from trialmine.records.vocabulary import Route

# "sub-lingual", "intra muscular"
_PARTED = regex.compile(r"(?<=^(?:sub|intra|trans))[\s-]")
_SNOMED = "http://snomed.info/sct"
_HL7 = "http://terminology.hl7.org/CodeSystem/v2-0162"


def route(text: str) -> Route | None:
    """The route that a wording names.

    >>> route("orally"), route("I.V."), route("sub lingual"), route("loudly")
    ('oral', 'intravenous', 'sublingual', None)
    """
    forms = tables.mapping("routes", "form", "route")
    form = " ".join(text.lower().replace("‐", "-").replace("‑", "-").split())
    code = forms.get(form) or forms.get(_PARTED.sub("", form))
    return cast("Route", code) if code in get_args(Route) else None


def route_codes(code: str | None) -> tuple[Identifier, ...]:
    """The route in SNOMED CT and in HL7 table 0162, the systems that FHIR names; () where neither has just this.

    >>> [f"{c.system.rsplit('/')[-1]} {c.code}" for c in route_codes("oral")], route_codes("other")
    (['sct 26643006', 'v2-0162 PO'], ())
    """
    row = next((r for r in tables.rows("route_codes") if r["route"] == code), None)
    if row is None:
        return ()
    found = [Identifier(system=_SNOMED, code=row["snomed"], display=row["display"])]
    return (*found, Identifier(system=_HL7, code=row["hl7"])) if row["hl7"] else tuple(found)
