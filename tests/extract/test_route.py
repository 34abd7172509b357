"""Routes, conditions and role cues."""

from __future__ import annotations

import pytest

from support.marked import marked, read
from trialmine.extract.condition import extract_conditions
from trialmine.extract.dosing_role import extract_dosing_roles
from trialmine.extract.route import extract_routes

ROUTES = [
    ("5 mg [[orally]]", "oral"),
    ("5 mg [[p.o.]] daily", "oral"),
    ("5 mg [[i.v.]] once", "intravenous"),
    ("a [[subcutaneous]] injection", "subcutaneous"),
    ("an [[intra-articular]] injection", "intra-articular"),
    ("[[inhaled]] steroid", "inhaled"),
    ("[[intravesical]] therapy", "other"),
    ("an [[oral]] attenuated typhoid vaccine", "oral"),
    ("[[sub lingual]] spray", "sublingual"),
    ("they [[swallowed]] 2 tablets", "oral"),
    ("oxygen [[by face mask]]", "inhaled"),
    ("5 mg [[via a nasogastric tube]]", "other"),
    ("given by [[gavage]]", "oral"),
    ("two sprays [[per nostril]]", "intranasal"),
    ("one drop [[in each eye]]", "ophthalmic"),
    ("zinc was [[applied]] twice a day to the affected skin", "topical"),
    ("20 mL was [[infiltrated]] into the wound", "other"),
    ("5 mg [[i/m]]", "intramuscular"),
    ("an [[erector spinae plane block]] with 20 mL", "perineural"),
    ("an [[intralesional]] injection into the keloid", "other"),
    ("an [[intralesional]] injection in melanoma", "intratumoral"),
]


@pytest.mark.parametrize(("sentence", "route"), ROUTES)
def test_route(sentence: str, route: str) -> None:
    text, (quote,) = marked(sentence)
    (found,) = extract_routes(read(text))
    assert (text[found.start : found.end], found.value) == (quote, route)


@pytest.mark.parametrize(
    "text",
    [
        "an oral glucose tolerance test",
        "temporal lobe",
        "floral scent",
        "oral cavity",
        "oral dryness improved",
        "vaginal atrophy was mild",
        "nasal irritation, 3 patients",
        "surgery under spinal anesthesia",
        "minor oral surgical procedures",
        "under a peribulbar block",
        "buccal infiltrations",
        "drinking water",
        "a laryngeal mask was placed",
        "tumor-infiltrating cells",
        "the eye was patched",
        "a mouthwash",
        "fluid before a spinal anaesthesia",
        "(i) zinc, (ii) talc, (iii) chalk and (iv) no paste",
    ],
)
def test_no_route(text: str) -> None:
    assert list(extract_routes(read(text))) == []


@pytest.mark.parametrize(
    "sentence", ["5 mg [[with food]]", "5 mg [[30 min before surgery]]", "5 mg [[in the morning]]"]
)
def test_condition(sentence: str) -> None:
    text, (quote,) = marked(sentence)
    (found,) = extract_conditions(read(text))
    assert found.value == quote


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("a loading dose of 5 mg", "loading"),
        ("the starting dose was 5 mg", "starting"),
        ("the MTD was 5 mg", "maximum_tolerated"),
        ("the recommended phase II dose", "recommended"),
        ("then reduced to 5 mg", "reduced"),
    ],
)
def test_role(text: str, role: str) -> None:
    assert [m.value for m in extract_dosing_roles(read(text))] == [role]
