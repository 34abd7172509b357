"""Drugs that are interventions by the words around them, and names that are one or several."""

from __future__ import annotations

import pytest

from support.blocks import blocks
from support.marked import read
from trialmine.assemble.interventions.candidates import find_candidates
from trialmine.assemble.interventions.features import given_or_placebo, given_so_often, given_with_amount
from trialmine.extract.registry import extract_mentions

GIVEN = [
    (
        "METHODS: Iron-deficient women took 60 mg elemental iron as ferrous sulfate on alternate days.",
        {"ferrous sulfate"},
    ),
    (
        "METHODS: Women received daily oral iron (60 mg elemental iron) with folic acid (400 ug).",
        {"iron", "folic acid"},
    ),
    (
        "METHODS: Patients were assigned to tenofovir disoproxil fumarate 300 mg or tenofovir alafenamide 25 mg.",
        {"tenofovir disoproxil", "tenofovir alafenamide"},
    ),
    ("METHODS: Patients received intravenous iron sucrose 100 mg.", {"iron sucrose"}),
    ("METHODS: Patients received artemether-lumefantrine 80/480 mg twice daily.", {"artemether", "lumefantrine"}),
    ("METHODS: Patients applied fluorouracil 5% cream or imiquimod 5% cream.", {"fluorouracil", "imiquimod"}),
    (
        "METHODS: Children took a powder containing 12.5 mg iron, 5 mg zinc and 300 ug vitamin A.",
        {"iron", "zinc", "vitamin A"},
    ),
    ("METHODS: Adults took two curcumin capsules (500 mg each) or celecoxib 200 mg daily.", {"curcumin", "celecoxib"}),
    # capitals beside an amount
    ("METHODS: Patients received ZRB (40 mg) or placebo.", {"ZRB", "placebo"}),
    ("METHODS: Patients received 400 mg of the NAIPX ibuprofen.", {"ibuprofen"}),
    ("METHODS: RT was delivered at 64 Gy. Patients received cisplatin 40 mg/m2 weekly.", {"RT", "cisplatin"}),
    ("METHODS: Oral vorbatrol (a daily dose of 200 mg) or placebo was given.", {"vorbatrol", "placebo"}),
]


@pytest.mark.parametrize(("text", "expected"), GIVEN)
def test_what_was_given(text: str, expected: set[str]) -> None:
    assert {row.name for row in blocks(text).interventions.rows} == expected


def test_a_name_shortened_later_is_the_same_drug() -> None:
    text = (
        "METHODS: Patients received benzathine benzylpenicillin 2.4 MU or cefixime 400 mg. "
        "RESULTS: Of those given benzylpenicillin 40 were cured."
    )
    assert {row.name for row in blocks(text).interventions.rows} == {"penicillin g benzathine", "cefixime"}


def test_names_that_stand_side_by_side_are_two() -> None:
    text = (
        "METHODS: Patients received benzathine benzylpenicillin 2.4 MU or benzylpenicillin 1 MU. "
        "RESULTS: Of those given benzylpenicillin 40 were cured."
    )
    assert len(blocks(text).interventions.rows) == 2


OFTEN = [
    ("Patients were randomized to insulin glargine once daily or NPH insulin twice daily.", True),
    ("Patients received insulin detemir or NPH insulin (Brand) every 12 hours.", True),
    ("Patients taking NPH insulin twice daily were randomized to exercise.", False),
    ("Patients who had received NPH insulin twice daily were seen.", False),
    ("Patients were randomized to a stable dose of NPH insulin daily doses unchanged.", False),
]


@pytest.mark.parametrize(("text", "told"), OFTEN)
def test_how_often_a_drug_was_given_says_that_it_was(text: str, told: bool) -> None:
    article = read(text, entities=True)
    found = {c.name: c for c in find_candidates(article, extract_mentions(article))}
    assert given_so_often(article, found["NPH insulin"]) is told


BESIDE = [
    ("Group 1 received ginger, 20 drops every 6 h.", "ginger", True),
    ("In group S, 2 mL of ginger was given once a day.", "ginger", True),
    ("Patients with low ginger, 2 mL of blood was drawn.", "ginger", False),
    ("Patients who were excluded took ginger, 20 drops daily.", "ginger", False),
]


@pytest.mark.parametrize(("text", "name", "told"), BESIDE)
def test_a_count_beside_a_name_says_that_it_was_given(text: str, name: str, told: bool) -> None:
    article = read(text, entities=True)
    found = {c.name: c for c in find_candidates(article, extract_mentions(article))}
    assert given_with_amount(article, found[name]) is told


PLACEBO = [
    ("Ginger or matching placebo was used twice a day.", True),
    ("Patients received ginger or placebo for 6 weeks.", True),
    ("Ginger capsules or a placebo were taken daily.", True),
    ("Ginger and placebo differed little.", False),
    ("Patients who previously received ginger or placebo were seen.", False),
]


@pytest.mark.parametrize(("text", "told"), PLACEBO)
def test_a_placebo_beside_a_name_says_that_it_was_given(text: str, told: bool) -> None:
    article = read(text, entities=True)
    found = {c.name.lower(): c for c in find_candidates(article, extract_mentions(article))}
    assert given_or_placebo(article, found["ginger"]) is told


CARRIED = [
    ("Women had nab-paclitaxel 260 mg/m2 or paclitaxel 175 mg/m2.", {"nab-paclitaxel", "paclitaxel"}),
    (
        "Adults received liposomal amphotericin B 10 mg/kg or amphotericin B deoxycholate 1 mg/kg.",
        {"liposomal amphotericin B", "amphotericin b deoxycholate"},
    ),
    ("Women had nab-paclitaxel 125 mg/m2 daily. RESULTS: Paclitaxel was reduced.", {"paclitaxel"}),
]


@pytest.mark.parametrize(("text", "expected"), CARRIED)
def test_what_carries_a_drug_makes_two_of_one_that_is_set_beside_it(text: str, expected: set[str]) -> None:
    rows = blocks(f"METHODS: {text}").interventions.rows
    assert {row.name for row in rows} == expected
