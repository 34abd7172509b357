"""Which words are ids, and of what kind."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.fetch import asked
from trialmine.fetch.asked import asked_for, words_of

IDS = [
    ("12345678", "pmid:12345678"),
    ("PMID:12345678", "pmid:12345678"),
    ("pmid:0012", "pmid:12"),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid:12345678"),
    ("PMC123", "pmcid:PMC123"),
    ("pmc123.1", "pmcid:PMC123"),
    ("pmcid:PMC123", "pmcid:PMC123"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", "pmcid:PMC123"),
    ("10.1000/ABC.(1)2", "doi:10.1000/abc.(1)2"),
    ("doi:10.1000/x", "doi:10.1000/x"),
    ("https://doi.org/10.1000/x", "doi:10.1000/x"),
    ("NCT01234567", "nct:NCT01234567"),
    ("nct:NCT01234567", "nct:NCT01234567"),
    ("https://clinicaltrials.gov/study/NCT01234567", "nct:NCT01234567"),
]
NEVER = ["", "hello", "NCT0123456", "123456789", "PMC", "10.1000", "12a", "ISRCTN12345678", "../../etc/passwd", "0"]


@pytest.mark.parametrize(("word", "key"), IDS)
def test_ids(word: str, key: str) -> None:
    found = asked_for(word)
    assert found is not None
    assert found.key == key
    assert asked_for(key) == found


@pytest.mark.parametrize("word", NEVER)
def test_other_words(word: str) -> None:
    assert asked_for(word) is None


@given(st.text(max_size=40))
def test_no_word_is_a_fault_or_a_path(word: str) -> None:
    found = asked_for(word)
    if found is not None and found.kind != "doi":
        assert found.id.isalnum()


def test_words() -> None:
    assert list(words_of(["PMID: 12; 13", "\ufeff# a remark", "", "'PMC1',10.1000/a#b"])) == [
        "PMID:12",
        "13",
        "PMC1",
        "10.1000/a#b",
    ]


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(asked).failed == 0
