"""Ids in fields and text."""

from __future__ import annotations

import doctest

import pytest

from trialmine.ingest import identifiers, language, markup

REGISTERED = [
    ("Registered as NCT01234567.", ("NCT01234567",)),
    ("ClinicalTrials.gov: NCT 01234567 and NCT01234567", ("NCT01234567",)),
    ("ISRCTN 12345678; ACTRN12605000123456", ("ISRCTN12345678", "ACTRN12605000123456")),
    ("EudraCT 2004-123456-12", ("2004-123456-12",)),
    ("UMIN000012345, DRKS00012345, ChiCTR-TRC-12002345", ("UMIN000012345", "DRKS00012345", "ChiCTR-TRC-12002345")),
]
NEVER = ["NCT0123456", "NCT012345678", "PROTNCT01234567", "phone 2004-123456-123", "in 2004-2006 12345678", "NTR1"]


@pytest.mark.parametrize(("text", "ids"), REGISTERED)
def test_registry_ids(text: str, ids: tuple[str, ...]) -> None:
    assert identifiers.registry_ids(text) == ids


@pytest.mark.parametrize("text", NEVER)
def test_look_alikes(text: str) -> None:
    assert identifiers.registry_ids(text) == ()


@pytest.mark.parametrize("module", [identifiers, language, markup])
def test_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
