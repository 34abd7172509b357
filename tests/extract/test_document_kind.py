from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.document_kind import extract_document_kind

CASES = [
    ("a [[study protocol]]", "trial_protocol"),
    ("patients [[will be randomized]]", "trial_protocol"),
    ("eight [[beagles]] and [[mice]]", "preclinical"),
    ("a [[systematic review]] and [[meta-analysis]]", "review"),
    ("a [[retrospective]] look at [[medical records]]", "observational"),
    ("[[We report a rare case]] of gout", "case_report"),
    ("a [[randomised]] [[phase II]] [[trial]]", "trial"),
    ("two [[volunteers]] and ten [[patients]]", "people"),
]


@pytest.mark.parametrize(("sentence", "kind"), CASES)
def test_reads_signs(sentence: str, kind: str) -> None:
    text, expected = marked(sentence)
    article = read(text)
    found = [m for m in extract_document_kind(article) if m.value == kind]
    assert quotes(article, found, "document_kind") == expected


NEVER = [
    ("a protocol violation", "trial_protocol"),
    ("rheumatism and catatonia", "preclinical"),
    ("reviewed by the board", "review"),
    ("the dose cohort", "observational"),
    ("in this case", "case_report"),
    ("an industrial process", "trial"),
    ("an impatient clerk", "people"),
]


@pytest.mark.parametrize(("text", "kind"), NEVER)
def test_leaves_look_alikes(text: str, kind: str) -> None:
    article = read(text)
    assert [m for m in extract_document_kind(article) if m.value == kind] == []
