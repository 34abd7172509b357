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
