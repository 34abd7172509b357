"""The extractors, in one plain tuple. To add one: a file with its PATTERNS and one function, a line here, a case table in tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trialmine.extract.arm import extract_arms
from trialmine.extract.design import extract_design
from trialmine.extract.document_kind import extract_document_kind
from trialmine.extract.eligibility import extract_criteria
from trialmine.extract.intervention import extract_interventions
from trialmine.extract.population import extract_population
from trialmine.records.article import Article, Mention, Mentions

Extractor = Callable[[Article], Iterable[Mention]]

EXTRACTORS: tuple[Extractor, ...] = (
    extract_design,
    extract_population,
    extract_criteria,
    extract_interventions,
    extract_arms,
    extract_document_kind,
)


def extract_mentions(article: Article) -> Mentions:
    """Run every extractor over the article."""
    return Mentions.of(mention for extractor in EXTRACTORS for mention in extractor(article))
