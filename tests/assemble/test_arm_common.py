from __future__ import annotations

import pytest

from support.blocks import blocks

_PARTED = "METHODS: Women were randomly assigned to dexamethasone (n = 30) or ondansetron (n = 31). "
# sentence behind the assignment -> what every arm got besides
COMMON = [
    ("All women received propofol 2 mg/kg.", {"propofol"}),
    ("Anesthesia was maintained with sevoflurane 2%.", {"sevoflurane"}),
    ("Chemotherapy consisted of doxorubicin 60 mg/m2 every 3 weeks.", {"doxorubicin"}),
    ("Morphine 5 mg was given if needed.", set()),
    ("The control group received propofol 2 mg/kg.", set()),
]


@pytest.mark.parametrize(("sentence", "expected"), COMMON, ids=[s for s, _ in COMMON])
def test_what_all_were_given_belongs_to_every_arm(sentence: str, expected: set[str]) -> None:
    found = blocks(_PARTED + sentence)
    names = {r.id: str(r.name) for r in found.interventions.rows}
    members = [{names[m] for m in a.interventions} for a in found.arms.rows]
    assert [m & {"propofol", "sevoflurane", "doxorubicin", "morphine"} for m in members] == [expected, expected]


# text -> the interventions of each arm
BESIDES = [
    (
        "METHODS: Adults were randomly assigned to receive metformin or placebo in addition to insulin.",
        [{"metformin", "insulin"}, {"placebo", "insulin"}],
    ),
    (
        "METHODS: Children were randomly assigned to ketorolac or placebo after sevoflurane anesthesia.",
        [{"ketorolac", "sevoflurane"}, {"placebo", "sevoflurane"}],
    ),
    # some had it, or some had it alone
    (
        "METHODS: Adults were randomly assigned to metformin or placebo, alone or with background insulin.",
        [{"metformin"}, {"placebo"}],
    ),
    (
        "METHODS: Adults were randomly assigned to metformin, placebo in addition to insulin, or insulin alone.",
        [{"metformin"}, {"placebo", "insulin"}, {"insulin"}],
    ),
    # one arm: what its people were given too
    (
        "Metformin in gout: a single-arm trial\nMETHODS: Adults on insulin got metformin 1 g.",
        [{"metformin", "insulin"}],
    ),
    (
        "Metformin in gout: a single-arm trial\nMETHODS: Adults received metformin 1 g daily. Dexamethasone 4 mg was "
        "given before each cycle.",
        [{"metformin", "dexamethasone"}],
    ),
    (
        "Metformin in gout: a single-arm trial\nMETHODS: Adults received metformin 1 g daily. Dexamethasone was "
        "permitted as needed.",
        [{"metformin"}],
    ),
]


def test_what_an_aim_tells_of_is_given_to_nobody() -> None:
    found = blocks("OBJECTIVE: Surgery with propofol is often performed. " + _PARTED)
    names = {r.id: str(r.name) for r in found.interventions.rows}
    assert [{names[m] for m in a.interventions} for a in found.arms.rows] == [{"dexamethasone"}, {"ondansetron"}]


@pytest.mark.parametrize(("text", "expected"), BESIDES, ids=[c[0][:60] for c in BESIDES])
def test_what_the_people_had_besides_belongs_to_every_arm(text: str, expected: list[set[str]]) -> None:
    found = blocks(text)
    names = {r.id: str(r.name) for r in found.interventions.rows}
    assert [{names[m] for m in a.interventions} for a in found.arms.rows] == expected
