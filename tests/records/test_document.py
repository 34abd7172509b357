"""Documents and cleaned texts: identity, and the way from clean offsets to raw ones and back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.records.document import CleanText, Document, Edit


def cleaned(marked: str) -> CleanText:
    """A cleaned text from a raw one with its edits marked as {before|after}."""
    raw, edits, at = "", [], 0
    for m in re.finditer(r"\{([^|}]*)\|([^}]*)\}", marked):
        raw += marked[at : m.start()]
        edits.append(Edit(len(raw), len(raw) + len(m[1]), m[1], m[2], "test.edit"))
        raw += m[1]
        at = m.end()
    return CleanText.from_edits(raw + marked[at:], edits)


@pytest.mark.parametrize(
    ("marked", "clean", "quote"),
    [
        ("given sorafe{ |}nib daily", "sorafenib", "sorafe nib"),
        ("on the ten mcg{ |/}kg level", "ten mcg/kg", "ten mcg kg"),
        ("{ten|10} mcg kg", "10", "ten"),
        ("with IL {advert here |}21 and", "IL 21", "IL advert here 21"),
        ("{menu\n|}Trial of X", "Trial", "Trial"),
        ("Trial of X{\nmenu|}", "of X", "of X"),
        ("plain text", "text", "text"),
        ("a {one five|1-5} and", "1-5 and", "one five and"),
        ("a {b|c}{d|e} f", "c", "b"),
        ("a {b|c}{d|e} f", "e f", "d f"),
    ],
)
def test_clean_span_leads_to_its_raw_quote(marked: str, clean: str, quote: str) -> None:
    c = cleaned(marked)
    at = c.text.index(clean)
    start, end = c.to_raw(at, at + len(clean))
    assert c.raw[start:end] == quote


def test_part_of_an_edit_leads_to_the_whole_of_it() -> None:
    c = cleaned("for {Sufferers|patients} with")
    at = c.text.index("tie")
    start, end = c.to_raw(at, at + 3)
    assert c.raw[start:end] == "Sufferers"


def test_raw_offset_inside_an_edit_is_the_start_of_its_replacement() -> None:
    c = cleaned("for {Sufferers|patients} with")
    assert c.to_clean(c.raw.index("fere")) == c.text.index("patients")
    assert c.to_clean(c.raw.index("with")) == c.text.index("with")


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 3, "abc", "x", "r"), Edit(2, 4, "cd", "y", "r")],
        [Edit(0, 3, "abd", "x", "r")],
        [Edit(3, 9, "defghi", "x", "r")],
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        CleanText.from_edits("abcdef", edits)


@given(
    st.lists(
        st.tuples(st.text("ab ", max_size=5), st.text("xy", min_size=1, max_size=4), st.text("uv", max_size=4)),
        max_size=6,
    )
)
def test_offsets_keep_their_order(parts: list[tuple[str, str, str]]) -> None:
    c = cleaned("".join(f"{plain}{{{before}|{after}}}" for plain, before, after in parts) + "end")
    spans = [c.to_raw(i, i + 1) for i in range(len(c.text))]
    assert spans == sorted(spans)
    assert all(0 <= s < e <= len(c.raw) for s, e in spans)
    back = [c.to_clean(i) for i in range(len(c.raw) + 1)]
    assert back == sorted(back)
    assert back[-1] == len(c.text)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"pmid": "1", "doi": "10.1/x"}, "pmid:1"),
        ({"pmcid": "PMC2", "doi": "10.1/x"}, "pmcid:PMC2"),
        ({"doi": "10.1/x", "registry_ids": ("NCT00000001",)}, "doi:10.1/x"),
        ({"registry_ids": ("ISRCTN1", "NCT00000001")}, "nct:NCT00000001"),
    ],
)
def test_record_id_takes_the_first_known_id(ids: dict[str, str], expected: str) -> None:
    assert Document("text", "text", **ids).record_id == expected  # type: ignore[arg-type]


def test_record_id_without_ids_is_the_hash_of_the_text() -> None:
    document = Document("lone \ud800 surrogate", "text")
    assert document.record_id == f"sha256:{document.text_sha256[:16]}"
    assert Document("other", "text").record_id != document.record_id
