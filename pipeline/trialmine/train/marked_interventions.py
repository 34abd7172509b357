"""Interventions and comparators that pico-bio marks in titles and methods: what programmes and procedures look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.evaluate.annotated import read_tags
from trialmine.records.article import Article

Span = tuple[int, int]

_SETS = ("AD", "COVID-19", "EBM-NLPmod")
_PARTS = ("train", "dev")
_LABEL = "Title: "
_TITLE = regex.compile(rf"{_LABEL}(?:(?P<title>.*?[.?!])(?=\s\p{{Lu}}+:|$)|(?P<title>.*?)(?=\s\p{{Lu}}{{4,}}:|$))")
_SHORTEST = 150  # characters; less tells of no trial
_ARTICLE = regex.compile(r"^(?:the|an?|either)\s+", regex.I)


def read_marked(data: Path) -> Iterator[tuple[str, str | None, list[Span]]]:
    """Text, title and marked spans of each document."""
    for name in _SETS:
        for part in _PARTS:
            labels = {"I": "I", "C": "C"}
            for doc in read_tags(data / f"pico-bio/{name}/fold1/{part}.tsv", labels, sequences=60):
                cut = len(_LABEL) if doc.text.startswith(_LABEL) else 0
                title = _TITLE.match(doc.text)
                spans = [(a - cut, b - cut) for a, b, _ in doc.spans if a >= cut]
                text = doc.text[cut:]
                if spans and len(text) >= _SHORTEST:
                    yield text, title["title"] if title else None, spans


def is_marked(article: Article, c: Candidate, spans: Sequence[Span]) -> bool | None:
    """Whether a candidate is one of the marked interventions; None where it shares no more than words with one."""
    text = article.text
    if {_plain(text[s:e]) for s, e in c.spans} & {_plain(text[s:e]) for s, e in spans}:
        return True
    if c.source != "phrase" and any(s <= a and b <= e for a, b in c.spans for s, e in spans):
        return True
    return None if any(s < b and a < e for a, b in c.spans for s, e in spans) else False


def _plain(name: str) -> str:
    return regex.sub(r"[^a-z0-9]+", "", _ARTICLE.sub("", name.lower()))
