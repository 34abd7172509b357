"""Every real file beside the checkout is read, and what it says of itself is found."""

from __future__ import annotations

import json

import pytest

from ingest.reading import documents, messages
from support.gold import SHARED
from trialmine import ingest

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are not beside the checkout"),
]


def test_seeds_are_read_as_they_are() -> None:
    docs = documents(ingest.read([SHARED / "seeds"]))
    assert [d.format for d in docs] == ["text", "pubmed_page"]
    texts = [
        json.loads(line)["text"]
        for line in (SHARED / "gold/seeds.texts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert sorted(d.text for d in docs) == sorted(texts)
    page = docs[1]
    assert (page.doi, page.journal, page.year) == ("10.1158/1078-0432.CCR-09-0068", "Clin Cancer Res", 2009)
    assert (page.title or "").startswith("A phase I pharmacokinetic")


def test_articles_have_title_ids_year_and_abstract() -> None:
    items = list(ingest.read([SHARED / "data/jats"]))
    docs = documents(items)
    assert len(docs) == 100
    assert not messages(items)
    assert all(d.title and d.pmcid and d.journal and d.year and d.language == "en" for d in docs)
    assert all("\n" in d.text for d in docs)


def test_the_medline_record() -> None:
    (doc,) = documents(ingest.read([SHARED / "data/medline"]))
    assert (doc.pmid, doc.registry_ids) == ("29768149", ("NCT02149199",))
    assert doc.text.count("\n") >= 3


def test_noisy_pages_give_their_titles() -> None:
    rows = map(json.loads, (SHARED / "gold/dev.texts.jsonl").read_text(encoding="utf-8").splitlines())
    titles = {r["doc_id"]: r["title"] for r in rows}
    docs = documents(ingest.read([SHARED / "noise/page.jsonl"]))
    assert [d.title for d in docs] == [titles[d.doc_id] for d in docs]


def test_every_row_of_the_abstracts_is_read() -> None:
    items = list(ingest.read([SHARED / "data/pmc-rct/abstracts.jsonl"]))
    assert len(documents(items)) == 3419
    assert not messages(items)
