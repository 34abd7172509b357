"""Which documents are one, which are two, and what is said of it."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.ingest import duplicates
from trialmine.ingest.duplicates import folded, joined
from trialmine.records.document import Document, Duplicate, Unreadable

TEXT = "Thirty adults took velotinib 1.5 mg twice daily (placebo-controlled)."
OTHER = "Forty adults took velotinib 15 mg twice daily (placebo-controlled)."


def doc(text: str = TEXT, **fields: Any) -> Document:
    return Document(text, "text", **fields)


def registered(text: str) -> Document:
    return Document(text, "ctgov", registry_ids=("NCT01234567",))


SAME = [
    ("one PMID", doc(pmid="1"), doc(OTHER, pmid="1"), "pmid"),
    ("one PMCID", doc(pmcid="PMC1"), doc(OTHER, pmcid="PMC1", pmid="3"), "pmcid"),
    ("one DOI, in other letters", doc(doi="10.1/A"), doc(OTHER, doi="10.1/a"), "doi"),
    ("one trial, by its registry", registered("Once."), registered("Later, updated."), "nct"),
    ("one text", doc(), doc(), "text"),
    ("one text, wrapped and hyphenated", doc(), doc(TEXT.replace("daily", "dai-\nly").replace(" ", "\n")), "text"),
    ("one text, other dashes and blanks", doc(), doc(TEXT.replace("-", "\u2010").replace(" ", "\u00a0")), "text"),
    ("one text, one id known", doc(), doc(pmid="1"), "text"),
    ("one text under two names", doc(doc_id="a"), doc(doc_id="b"), "text"),
    ("mojibake", doc(TEXT + " \u2265 5 \u00b5g"), doc((TEXT + " \u2265 5 \u00b5g").encode().decode("cp1252")), "text"),
    ("the strongest reason", doc(pmid="1", doi="10.1/a"), doc(pmid="1", doi="10.1/a"), "pmid"),
]
APART = [
    ("two texts", doc(), doc(OTHER)),
    ("a decimal point", doc("given 1.5 mg"), doc("given 15 mg")),
    ("one text, two PMIDs", doc(pmid="1"), doc(pmid="2")),
    ("one DOI, two PMIDs", doc(pmid="1", doi="10.1/a"), doc(OTHER, pmid="2", doi="10.1/a")),
    ("one trial number", doc(registry_ids=("NCT01234567",)), doc(OTHER, registry_ids=("NCT01234567",))),
    ("a trial and an article of it", registered("Once."), doc(registry_ids=("NCT01234567",))),
    ("two parts of an article, named apart", doc(doc_id="1", pmid="9"), doc(OTHER, doc_id="1.methods", pmid="9")),
]


@pytest.mark.parametrize(("first", "second", "because"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_one_document(first: Document, second: Document, because: str) -> None:
    kept, duplicate = joined([first, second])
    assert kept is first
    assert isinstance(duplicate, Duplicate)
    assert duplicate.because == because
    assert duplicate.kept_record_id == first.record_id


@pytest.mark.parametrize(("first", "second"), [row[1:] for row in APART], ids=[row[0] for row in APART])
def test_two_documents(first: Document, second: Document) -> None:
    assert list(joined([first, second])) == [first, second]


def test_ids_of_a_duplicate_lead_to_the_document_that_was_kept() -> None:
    items = [doc(pmid="1", uri="a.xml"), doc(OTHER, pmid="1", pmcid="PMC2"), doc("A third.", pmcid="PMC2", uri="c.xml")]
    *_, last = joined(items)
    assert isinstance(last, Duplicate)
    assert (last.kept_doc_id, last.kept_uri, last.same_text) == ("pmid:1", "a.xml", False)
    assert last.message == "pmcid:PMC2 (c.xml): has the PMCID of pmid:1 (a.xml), which is kept; its text differs"


def test_what_cannot_be_read_passes_by() -> None:
    broken = Unreadable("a.txt", "a.txt: broken.")
    assert list(joined([broken, broken, doc()])) == [broken, broken, doc()]


def test_half_a_surrogate_pair_is_no_fault() -> None:
    assert len([d for d in joined([doc("\ud83d"), doc("\ud83d")]) if isinstance(d, Duplicate)]) == 1


@given(st.text(alphabet="ab1.-\u2010 \n\u00ad", max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(duplicates).failed == 0
