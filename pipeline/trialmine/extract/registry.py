"""The extractors, in one plain tuple. To add one: a file with its PATTERNS and one function, a line here, a case table in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trialmine.records.article import Article, Mention, Mentions

Extractor = Callable[[Article], Iterable[Mention]]

EXTRACTORS: tuple[Extractor, ...] = ()


def extract_mentions(article: Article) -> Mentions:
    """Run every extractor over the article."""
    return Mentions.of(mention for extractor in EXTRACTORS for mention in extractor(article))
