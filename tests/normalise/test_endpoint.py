from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.normalise.endpoint import endpoint_code, endpoint_kind, endpoint_name, endpoint_words, overlap

NAMES = [
    ("the mean change in Systolic blood pressure (SBP) and", "systolic blood pressure"),
    ("Overall survival (OS)", "overall survival"),
    ("Mean arterial pressure", "mean arterial pressure"),
    ("HbA1c", "HbA1c"),
    ("all-cause mortality", "all-cause mortality"),
    ("improvement in sleep quality,", "sleep quality"),
    ("knee swelling (in", "knee swelling"),
]


@pytest.mark.parametrize(("phrase", "name"), NAMES)
def test_tightens_names(phrase: str, name: str) -> None:
    assert endpoint_name(phrase) == name


CODES = [
    ("median overall survival", "OS"), ("survival", "OS"), ("graft survival", None), ("LDL cholesterol", "LDL"),
    ("HbA(1c)", "HBA1C"), ("serious adverse events", "SAE"), ("pain at rest", "PAIN"), ("time to progression", "TTP"),
    ("weight", "WEIGHT"), ("weight of the calf", None), ("death", "MORTALITY"), ("overall survival and PFS", None),
    ("duration of clinical benefit", None), ("duration of response", "DOR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), CODES)
def test_knows_codes(name: str, code: str | None) -> None:
    assert endpoint_code(name) == code


KINDS = [
    ("overall survival", "efficacy"), ("adverse events", "safety"), ("neutropenia", "safety"),
    ("Cmax", "pharmacokinetic"),
    ("antibody titre", "immunogenicity"), ("serum cortisol", "pharmacodynamic"), ("cost-effectiveness", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_knows_kinds(name: str, kind: str) -> None:
    assert endpoint_kind(name) == kind


@given(st.text(max_size=200))
def test_any_text_has_a_name_that_is_no_longer(text: str) -> None:
    assert len(endpoint_name(text)) <= len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_overlap_is_even_handed(one: str, other: str) -> None:
    a, b = endpoint_words(one), endpoint_words(other)
    assert overlap(a, b) == overlap(b, a)
    assert 0.0 <= overlap(a, b) <= 1.0
