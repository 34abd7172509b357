from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, read
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Sentence

CASES = [
    "[[It worked.]] [[We stopped.]]",
    "[[It worked!]] [[Then five people left.]] [[Why?]] [[Nobody knows.]]",
    "[[Tea vs. Water was tested.]] [[It helped (P = 0.05).]]",
    "[[The gap was clear, p = 0. 05 in all.]] [[We stopped.]]",
    "[[Given i.v. Monday and i.m. Tuesday.]] [[Then no more.]]",
    "[[As J. Smith et al. Wrote, tea helps.]] [[So we agree.]]",
    "[[A dose of 2.5 mg was given.]] [[0.5 mg was not.]]",
    "[[It is known [3, 4].]] [[We asked.]]",
    '[[He said "stop."]] [[We did.]]',
    "[[Levels rose.]] [[α-tocopherol fell.]]",
    "[[First line wraps\nhere.]]\n\n[[A new paragraph]]",
    "[[kidney cancer.]] [[measurable disease.]] [[no brain lesions]]",
    "[[Lot No. 4 was used.]] [[It helped.]]",
    "[[Colds came to 12 and 7.]] [[70 (88%) and 75 (94%) stayed.]]",
    "[[They came to 12.]] [[70 of 80 stayed.]]",
    "[[It was set at P = 0. 05 (5%) for all.]]",
    "[[It was set at P < 0. 05 of 12 tests.]]",
]


@pytest.mark.parametrize("sentence", CASES)
def test_splits_where_sentences_end(sentence: str) -> None:
    text, expected = marked(sentence)
    assert [text[s.start : s.end] for s in find_sentences(text)] == expected


def test_sentences_know_their_section_and_headings_are_none() -> None:
    text = "Tea for gout\nMETHODS: We gave tea. Ten men came. RESULTS: It helped."
    article = read(text)
    assert [(text[s.start : s.end], s.section) for s in article.sentences] == [
        ("Tea for gout", "title"),
        ("We gave tea.", "methods"),
        ("Ten men came.", "methods"),
        ("It helped.", "results"),
    ]


def test_article_finds_the_sentence_and_section_of_an_offset() -> None:
    text = "METHODS: We gave tea. Ten men came. RESULTS: It helped."
    article = read(text)
    for words, section in (("Ten men", "methods"), ("helped", "results")):
        sentence = article.sentence_at(text.index(words))
        assert isinstance(sentence, Sentence)
        assert words in text[sentence.start : sentence.end]
        assert article.section_at(text.index(words)) == section
    assert article.sentence_at(0) is None
    assert article.section_at(0) is None
    assert article.section_at(len(text)) is None


PIECES = [
    "It worked",
    ". ",
    "? ",
    "\n\n",
    "\n",
    "p = 0. 05",
    " i.v. ",
    "Methods: ",
    "RESULTS ",
    "tumour.",
    "  ",
    "[1, 2]",
    "(",
    ")",
    "α",
    "\r\n",
    "\x85",
    "\u2029",
]


@given(st.text(max_size=150) | st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_sentences_are_ordered_disjoint_trimmed_and_not_blank(text: str) -> None:
    sections = find_sections(text)
    found = find_sentences(text, sections)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_what_no_sentence_holds_is_blank_or_a_heading(text: str) -> None:
    sections = find_sections(text)
    held = [False] * len(text)
    for s in find_sentences(text, sections):
        held[s.start : s.end] = [True] * (s.end - s.start)
    for section in sections:
        assert all(held[i] or text[i].isspace() for i in range(section.start, section.end))


@pytest.mark.parametrize(
    "text", ["It worked. " * 9_000, ". " * 40_000, "a.b" * 30_000, "\n" * 90_000, ".[1" * 30_000, "Methods: " * 3_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    sections = find_sections(text)
    begin = time.process_time()
    find_sentences(text, sections)
    assert time.process_time() - begin < 3


def test_a_sentence_without_end_is_cut_at_blanks() -> None:
    text = "Mean 12.5 and " * 1000 + "9" * 7000
    found = find_sentences(text)
    assert max(s.end - s.start for s in found) <= 3000
    assert " ".join(text[s.start : s.end] for s in found[:-3]) == text[: found[-3].start].rstrip()
    assert all(a.end <= b.start for a, b in pairwise(found))
