"""Regimens of our own, rendered in many wordings, come back as they were said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.regimens import FORMS, Regimen, misread, pairs, regimens

_AT_LEAST = 0.98


@pytest.mark.parametrize("regimen", FORMS, ids=lambda r: r.text)
def test_forms(regimen: Regimen) -> None:
    assert misread(regimen) == []


def test_nearly_all_are_read_back() -> None:
    made = [*regimens(400), *pairs(200)]
    missed = {r.text: wrong for r in made if (wrong := misread(r))}
    assert 1 - len(missed) / len(made) >= _AT_LEAST, missed


@given(st.integers(1, 10_000))
def test_any_regimen_gives_rows_of_its_own_drugs_only(seed: int) -> None:
    (regimen,) = pairs(1, seed)
    assert not any(w.startswith("drug") for w in misread(regimen)), regimen.text
