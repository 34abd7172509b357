"""Which sentences tell results, in texts that have no headings to say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from trialmine.records.article import Article, Sentence

_UNLABELLED = (None, "other")
_RESULT = regex.compile(
    r"\b[Pp]\s?[<=>≤]\s?0?[.·]|\b95\s?%|\bCIs?\b|\bhazard\sratio|\bodds\sratio|\bmedian\b|\bsignifican|\bsuperior\sto\b|\beffective\b|\bwell[\s-]tolerated\b"
    r"|\bwe\sconclude|\bconclusions?\b|\bresponse\srates?\b|\bimproved\b|\bwas\s(?:similar|higher|lower|greater|better|comparable)|\bwere\s(?:similar|higher|lower|greater|better|comparable)"
    r"|\bincidences?\s(?:of|was|were)\b|\d\s?%\swith\b|\breductions?\sin\b|\bincreases?\sin\b|\d\s?%\s(?:of|in|vs|versus|v|for)\b|(?<!\d\s?(?:mg|mcg|[µμ]g|m[lL])\s)\(\d[\d.]*\s?%[);]|\boccurred\b|\breported\b",
    regex.IGNORECASE,
)
_GIVING = regex.compile(
    r"\b(?:randomi[sz]|assign|allocat|receiv|administ|given|treated\swith|took|taking|dos(?:e|age)\sof|was\srepeated|were\srepeated|consist|titrat|escalat|initiat|start"
    r"|(?:maintained|induced|premedicated|sedated|supplemented|vaccinated|immuni[sz]ed|irradiated)\swith|injected|infused|instilled|inhaled|ingested|(?:injections?|infusions?|bolus(?:es)?)\sof\s\d)",
    regex.IGNORECASE,
)


def with_results_told(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences; those of unlabelled texts that tell results, and no giving, are labelled so."""
    sentences = article.sentences
    sections = {s.section for s in sentences}
    if {"methods", "results"} <= sections:
        return sentences
    # under a heading "Methods and results" both are told
    open_ = (*_UNLABELLED, "methods") if "results" not in sections else _UNLABELLED
    return tuple(_labelled(article.text, sentences, open_))


def _labelled(text: str, sentences: Sequence[Sentence], open_: Sequence[str | None]) -> list[Sentence]:
    out = []
    for s in sentences:
        said = text[s.start : s.end]
        told = s.section in open_ and _RESULT.search(said) and not _GIVING.search(said)
        out.append(replace(s, section="results") if told else s)
    return out
