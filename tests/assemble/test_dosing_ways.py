"""Ways that the form, the food, the vein or the drug before tell."""

from __future__ import annotations

import pytest

from trialmine.flow import load
from trialmine.records.document import Document

FLOW = load(ner_model="none")


def ways_of(text: str) -> list[tuple[str, str | None]]:
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    names = {i.id: i.name for i in record.interventions}
    return [(names[d.intervention], d.route) for d in record.dosing]


WAYS = [
    # one dose of a drug comes as the other does
    (
        "Patients received azithromycin, one 500-mg tablet daily for 3 days, followed by 500 mg weekly for 5 weeks.",
        [("azithromycin", "oral"), ("azithromycin", "oral")],
    ),
    (
        "Patients received enalapril 5 mg tablets daily; enalapril 1.25 mg was given intravenously in crises, and later"
        " enalapril 10 mg.",
        [("enalapril", "oral"), ("enalapril", "intravenous"), ("enalapril", None)],
    ),
    (
        "Patients had losartan 50 mg or amlodipine 5 mg daily. Losartan and amlodipine tablets were alike.",
        [("losartan", "oral"), ("amlodipine", "oral")],
    ),
    ("Group A received 400 ml placebo juice per day.", [("placebo", "oral")]),
    # through which vein one drug went is told of that one
    (
        "A test was done by injecting 5 ml 0.9% saline through the central venous catheter. After induction they had"
        " remifentanil (0.3 ug/kg/min) and propofol (10 mg/kg/h).",
        [("normal saline", "intravenous"), ("remifentanil", None), ("propofol", None)],
    ),
    # the way that leads a pair
    (
        "All patients received oral aspirin (a loading dose of 300 mg) and clopidogrel (a loading dose of 600 mg).",
        [("aspirin", "oral"), ("clopidogrel", "oral")],
    ),
    (
        "They were premedicated with intravenous ranitidine 50 mg and atropine 0.5 mg an hour earlier.",
        [("ranitidine", "intravenous"), ("atropine", "intravenous")],
    ),
    (
        "Patients received oral dexamethasone 8 mg and bortezomib 1.3 mg/m2.",
        [("dexamethasone", "oral"), ("bortezomib", None)],
    ),
]


@pytest.mark.parametrize(("text", "told"), WAYS, ids=[t[:60] for t, _ in WAYS])
def test_ways(text: str, told: list[tuple[str, str | None]]) -> None:
    assert ways_of(text) == told
