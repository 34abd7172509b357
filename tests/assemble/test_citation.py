from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.records.article import Article
from trialmine.records.document import CleanText, Edit


def cited(raw: str, *edits: Edit) -> Citation:
    clean = CleanText.from_edits(raw, edits)
    return Citation(read(clean.text), clean)


def test_cites_the_raw_text_behind_a_repair() -> None:
    raw = "METHODS: They took sora fenib daily."
    start = raw.index("sora fenib")
    cite = cited(raw, Edit(start, start + 10, "sora fenib", "sorafenib", "splitword.join"))
    at = cite.article.text.index("sorafenib")
    evidence = cite(at, at + 9)
    assert (evidence.quote, evidence.section) == ("sora fenib", "methods")
    assert raw[evidence.start : evidence.end] == evidence.quote


def test_leaves_blanks_at_the_ends_out() -> None:
    assert cited("a tea  b")(1, 7).quote == "tea"


def test_spans_are_cited_once_and_in_order() -> None:
    assert [e.quote for e in cited("tea and milk").all((8, 12), (0, 3), (8, 12))] == ["milk", "tea"]


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_quote_stands_at_its_place(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    cite = Citation(replace(Article(raw)), CleanText(raw, raw))
    if raw[start:end].strip():
        evidence = cite(start, end)
        assert raw[evidence.start : evidence.end] == evidence.quote == raw[start:end].strip()
