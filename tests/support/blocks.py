"""Runs extractors and block builders on a clean text, without a model and without cleaning."""

from __future__ import annotations

from dataclasses import dataclass

from support.marked import read
from trialmine.assemble.arms.block import build_arms
from trialmine.assemble.citation import Citation
from trialmine.assemble.design import build_design
from trialmine.assemble.document_kind import decide_document_kind
from trialmine.assemble.interventions.block import build_interventions
from trialmine.assemble.population import build_population
from trialmine.extract.registry import extract_mentions
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.document import CleanText
from trialmine.records.trial import Design, Population
from trialmine.records.vocabulary import DocumentKind


@dataclass(frozen=True)
class Blocks:
    """The blocks of one text that need no statistics."""

    article: Article
    mentions: Mentions
    kind: DocumentKind
    design: Design | None
    population: Population
    interventions: Block
    arms: Block


def blocks(text: str, *, title: str | None = None, abbreviations: dict[str, str] | None = None) -> Blocks:
    """The blocks of a clean text."""
    article = read(text, title=title, entities=True, abbreviations=abbreviations)
    mentions = extract_mentions(article)
    cite = Citation(article, CleanText(text, text))
    interventions = build_interventions(article, mentions, cite)
    arms = build_arms(article, mentions, interventions, cite)
    return Blocks(
        article=article,
        mentions=mentions,
        kind=decide_document_kind(article, mentions),
        design=build_design(article, mentions, arms, cite, interventions=interventions),
        population=build_population(article, mentions, cite),
        interventions=interventions,
        arms=arms,
    )
