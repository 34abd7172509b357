"""Short forms of outcomes that a text defines beside the outcome itself: "Index of Erectile Function (IIEF-5)".

The abbreviations of the article hold those whose letters spell the long form; here the outcome vouches for the others.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from trialmine.records.article import Article, Mentions

_DEFINED = regex.compile(r"[(\[]\s?%?(?P<short>[\p{L}\d][\p{L}\d/+-]{1,9})\s?[)\]]")
_CAPITALS = 2
_BESIDE = 2  # characters between the phrase and the bracket


def short_forms(article: Article, mentions: Mentions) -> Mapping[str, str]:
    """The article's abbreviations and those that stand in brackets behind or inside the phrase of an outcome."""
    out: dict[str, str] = {}
    for m in mentions["endpoint"]:
        match = _DEFINED.search(article.text, m.start, m.end + 1) or _DEFINED.match(article.text, m.end + 1)
        if match is None or m.end - match.end() > _BESIDE:
            continue
        short, name = match["short"], m.value.name
        if _abbreviates(short, name) and len(name) > len(out.get(short, "")):
            out[short] = name
    return out | dict(article.abbreviations)


def _abbreviates(short: str, name: str) -> bool:
    """Whether a form with capitals begins as a word of the name does, and is no part of the name itself."""
    if sum(c.isupper() for c in short) < _CAPITALS or short in name.split():
        return False
    return any(word[0].lower() == short[0].lower() for word in name.split())
