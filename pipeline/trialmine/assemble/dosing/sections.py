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
    r"|\bincidences?\s(?:of|was|were)\b|\d\s?%\swith\b|\breductions?\sin\b|\bincreases?\sin\b|\d\s?%\s(?:of|in|vs|versus|v|for)\b|\(\d[\d.]*\s?%[);]|\boccurred\b|\breported\b",
    regex.IGNORECASE,
)
_GIVING = regex.compile(
    r"\b(?:randomi[sz]|assign|allocat|receiv|administ|given|treated\swith|took|taking|dos(?:e|age)\sof|was\srepeated|were\srepeated|consist|titrat|escalat|initiat|start)",
    regex.IGNORECASE,
)


def with_results_told(article: Article) -> tuple[Sentence, ...]:
    """The article's sentences; those of unlabelled texts that tell results, and no giving, are labelled so."""
    sentences = article.sentences
    if any(s.section == "methods" for s in sentences):
        return sentences
    return tuple(_labelled(article.text, sentences))


def _labelled(text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
    out = []
    for s in sentences:
        said = text[s.start : s.end]
        told = s.section in _UNLABELLED and _RESULT.search(said) and not _GIVING.search(said)
        out.append(replace(s, section="results") if told else s)
    return out
