from __future__ import annotations

import pytest

from trialmine.flow import load
from trialmine.records.document import Document

KEPT = [
    ("Patients took warfarin 5 mg daily and received enoxaparin 40 mg subcutaneously.", "warfarin", "route", None),
    ("Patients took warfarin 5 mg daily and received enoxaparin 40 mg subcutaneously.", "enoxaparin", "route",
     "subcutaneous"),
    ("Women received folic acid 5 mg and iron at least 60 mg/day.", "folic acid", "unit", "mg"),
    ("Patients took 5 mg of ramipril and 15 mg of pioglitazone per day.", "ramipril", "unit", "mg/d"),
    ("Patients were randomized to light three times weekly, or to botulinum toxin A 100 U.", "botulinum toxin",
     "frequency", None),
    ("Patients received cytarabine 100 mg/m2 on days 1-7; midostaurin 50 mg was given orally on day 8.",
     "cytarabine",
     "route", None),
    ("Patients received cytarabine 100 mg/m2 on days 1-7; midostaurin 50 mg was given orally on day 8.",
     "midostaurin",
     "route", "oral"),
    ("Patients received tramadol 50 mg; paracetamol 500 mg was added, and both drugs were given orally.", "tramadol",
     "route", "oral"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "drug", "field", "expected"), KEPT)
def test_what_is_told_of_one_drug_is_not_lent_to_another(
    text: str, drug: str, field: str, expected: str | None
) -> None:
    record = next(iter(load(ner_model="none").outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    names = {i.id: i.name for i in record.interventions}
    row = next(r for r in record.dosing if names[r.intervention].startswith(drug))
    found = (row.dose.unit if row.dose else None) if field == "unit" else getattr(row, field)
    assert found == expected
