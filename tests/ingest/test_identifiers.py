"""Ids in fields and text."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading import ReadFile, documents
from trialmine.ingest import identifiers, language, markup, trial_registries
from trialmine.ingest.trial_registries import REGISTRIES, registry_numbers

REGISTERED = [
    ("Registered as NCT01234567.", ("NCT01234567",)),
    ("ClinicalTrials.gov: NCT 01234567 and nct01234567", ("NCT01234567",)),
    ("ISRCTN 12345678; ACTRN12605000123456", ("ISRCTN12345678", "ACTRN12605000123456")),
    ("ACTRN012605000123456, ACTRN12605000123456p", ("ACTRN012605000123456", "ACTRN12605000123456p")),
    ("EudraCT 2004-123456-12", ("2004-123456-12",)),
    ("EudraCT number: 2004-123456-12-GB, EUCTR2005-123456-12-DE", ("2004-123456-12", "2005-123456-12")),
    ("EU CT 2023-512345-12-00", ("2023-512345-12-00",)),
    ("UMIN000012345, JPRN-UMIN000012346", ("UMIN000012345", "UMIN000012346")),
    (
        "DRKS00012345, ChiCTR-TRC-12002345, ChiCTR2000012345",
        ("DRKS00012345", "ChiCTR-TRC-12002345", "ChiCTR2000012345"),
    ),
    ("ChiCTR-1900012345", ("ChiCTR1900012345",)),
    ("jRCTs012345678, jRCT0123456789, JapicCTI-123456", ("jRCTs012345678", "jRCT0123456789", "JapicCTI-123456")),
    ("CTRI/2015/12/001234; CTRI/2010/091/001234", ("CTRI/2015/12/001234", "CTRI/2010/091/001234")),
    ("IRCT201101012345N1 (KCT0001234)", ("IRCT201101012345N1", "KCT0001234")),
    ("NTR 1234, NTR5678, NL-OMON12345", ("NTR1234", "NTR5678", "NL-OMON12345")),
    ("PACTR201604001234567; TCTR20160429001", ("PACTR201604001234567", "TCTR20160429001")),
    ("RBR-8ab2cd, RPCEC00000123, SLCTR/2011/003", ("RBR-8ab2cd", "RPCEC00000123", "SLCTR/2011/003")),
    ("LBCTR2019012345, ITMCTR2023001234, PER-012-15", ("LBCTR2019012345", "ITMCTR2023001234", "PER-012-15")),
]
NEVER = [
    "PROTNCT01234567", "phone 2004-123456-123", "in 2004-2006 12345678", "NTR1", "NCT 2010", "RBR-52", "UMIN-CTR",
    "lot 1999-123456-12", "NCT and NTR receptors", "a 2004-1234-5678 code",
]  # fmt: skip
BROKEN = [
    ("NCT0123456", "eight digits"),
    ("NCT012345678", "eight digits"),
    ("ISRCTN 1234567", "eight digits"),
    ("EudraCT: 2008-01234-14", "six digits"),
    ("EudraCT 1998-123456-12", "2004 to 2023"),
    ("UMIN00012345", "nine digits"),
    ("ACTRN99905000123456", "126"),
    ("CTRI/2015/2/001234", "month"),
    ("PACTR201613001234567", "13 is no month"),
    ("TCTR20160231001", "20160231 is no date"),
    ("ChiCTR-TRC-1234567", "ChiCTR"),
]


@pytest.mark.parametrize(("text", "ids"), REGISTERED)
def test_registry_ids(text: str, ids: tuple[str, ...]) -> None:
    assert identifiers.registry_ids(text) == ids


@pytest.mark.parametrize("text", NEVER)
def test_look_alikes(text: str) -> None:
    assert identifiers.registry_ids(text) == ()


@pytest.mark.parametrize("module", [identifiers, language, markup, trial_registries])
def test_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "why"), BROKEN)
def test_a_broken_number_is_said_and_not_used(text: str, why: str) -> None:
    (note,) = identifiers.broken_in_text(f"Registered as {text}.")
    assert identifiers.registry_ids(text) == ()
    assert f"Registered as {text}."[note.start : note.end] == text
    assert why in note.message


@pytest.mark.parametrize("text", [text for text, _ in REGISTERED] + NEVER)
def test_what_is_no_broken_number_is_not_called_one(text: str) -> None:
    assert list(identifiers.broken_in_text(text)) == []


def test_every_registry_has_an_example() -> None:
    found = {i for i, r in enumerate(REGISTRIES) for text, _ in REGISTERED if r.prefix and r.prefix in text}
    assert found == {i for i, r in enumerate(REGISTRIES) if r.prefix}


@given(st.text(alphabet="NCTISRACEudract0123456789-/ :#", max_size=60))
def test_numbers_lie_in_order_in_any_text(text: str) -> None:
    ends = 0
    for number in registry_numbers(text):
        assert ends <= number.start < number.end <= len(text)
        ends = number.end


@pytest.mark.parametrize(
    ("row", "ids", "said"),
    [
        ('{"text": "Given.", "nct_id": "NCT0123; NCT01234567"}', ("NCT0123", "NCT01234567"), 0),
        ('{"text": "Given.", "nct_id": "NCT0123456"}', (), 1),
        ('{"text": "Given.", "pmid": "12x", "doi": "ten", "pmcid": "PMC1"}', (), 2),
        ('{"text": "Given.", "pmid": "n/a", "doi": "", "pmcid": null}', (), 0),
        ('{"text": "Given (NCT0123456).", "nct_id": "NCT01234567"}', ("NCT01234567",), 1),
    ],
)
def test_broken_ids_of_fields_are_said(read_file: ReadFile, row: str, ids: tuple[str, ...], said: int) -> None:
    (document,) = documents(read_file(row, "rows.jsonl"))
    assert document.registry_ids == ids
    assert [note.code for note in document.notes] == ["broken_id"] * said
