"""Trains the judges of numbers: which are results, of what measure, whose P, and of which endpoint.

Two advisers learn from corpora whose numbers carry roles; the judges learn from gold records, with the advice among
their features. Documents that are gold here too teach no adviser. The judges see the outcomes and arms that the package
finds, not those of the gold, and the outcomes come from taggers that have not read the record: those that
`trialmine train endpoints` leaves in its work folder.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialmine.assemble.arms.block import build_arms
from trialmine.assemble.citation import Citation
from trialmine.assemble.endpoints.block import build_endpoints
from trialmine.assemble.interventions.block import build_interventions
from trialmine.assemble.statistics import model as statistics_model
from trialmine.clean import clean as clean_text
from trialmine.evaluate.annotated import read_jsonl
from trialmine.evaluate.trial_records import open_records
from trialmine.extract.endpoint import extract_endpoints
from trialmine.extract.outcome_tagger import OutcomeTagger
from trialmine.extract.registry import EXTRACTORS
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.nlp.drugs import find_drugs
from trialmine.nlp.reader import Reader
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.normalise.linear import ChoiceModel
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.document import CleanText
from trialmine.train import statistics as training
from trialmine.train import statistics_corpora as corpora
from trialmine.train.outcome_tagger import fold_of, read_fold_taggers
from trialmine.train.unread import UnreadReader

_ADVISERS = {"pico": ("pico-corpus", corpora.PICO), "ct": ("ct-corpus", corpora.CT)}


def read_numbers(text: str) -> tuple[Article, Mentions]:
    """Article and statistics mentions of a text that needs no cleaning."""
    # the drug lexicon alone names entities here: no model need be loaded
    sections = find_sections(text, title=None)
    article = Article(text, sections, find_sentences(text, sections), entities=tuple(find_drugs(text)))
    return article, Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))


def examples_of(
    record: Mapping[str, Any], text: str, reader: Reader, tagger: OutcomeTagger | None = None
) -> dict[str, training.Examples]:
    """What one gold record teaches the judges, in the company that the package would find its numbers in."""
    found = read_company(text, reader, tagger)
    return training.examples(dict(record), found.clean, found.article, found.mentions, found.blocks)


@dataclass(frozen=True)
class Company:
    """A text with all that the package finds in it before it judges the numbers."""

    clean: CleanText
    article: Article
    mentions: Mentions
    blocks: Mapping[str, Block]


def read_company(text: str, reader: Reader, tagger: OutcomeTagger | None = None) -> Company:
    """The company of a text's numbers, its outcomes as `tagger` finds them; None is the packaged tagger."""
    clean = clean_text(text)
    article = reader.read(clean)
    rest = (m for extract in EXTRACTORS if extract is not extract_endpoints for m in extract(article))
    outcomes = extract_endpoints(article) if tagger is None else extract_endpoints(article, tagger=tagger)
    mentions = Mentions.of((*rest, *outcomes))
    cite = Citation(article, clean)
    interventions = build_interventions(article, mentions, cite)
    blocks = {
        "interventions": interventions,
        "arms": build_arms(article, mentions, interventions, cite),
        "endpoints": build_endpoints(article, mentions, interventions, cite),
    }
    return Company(clean, article, mentions, blocks)


def train_advisers(shared: Path) -> dict[str, ChoiceModel]:
    """The models trained on the other corpora."""
    gold = (row for name in ("dev", "train") for row in read_jsonl(shared / "gold" / f"{name}.jsonl"))
    seen = frozenset(row["doc_id"].removeprefix("PMID") for row in gold)
    out = {}
    for name, (folder, roles) in _ADVISERS.items():
        data = training.Examples()
        for text, marks in corpora.marked_numbers(shared / "data" / folder / "train.jsonl", roles, leave_out=seen):
            article, mentions = read_numbers(text)
            data.extend(training.advice_examples(article, mentions, marks))
        out[name] = training.fit(data, c=0.1, least=3)
    return out


def train_judges(
    advisers: dict[str, ChoiceModel],
    records: Iterable[tuple[Mapping[str, Any], str]],
    taggers: Sequence[OutcomeTagger],
    reader: Reader,
) -> dict[str, ChoiceModel]:
    """Advisers and judges together; while they learn, the advisers take the place of the packaged ones."""
    packaged = statistics_model.models
    statistics_model.models = lambda: advisers
    try:
        return advisers | training.train(
            examples_of(record, text, reader, taggers[fold_of(record["doc_id"])]) for record, text in records
        )
    finally:
        statistics_model.models = packaged


def train_links(records: Iterable[tuple[Mapping[str, Any], str]], reader: Reader) -> dict[str, ChoiceModel]:
    """The judges of whose outcome a result is of, among the outcomes that the packaged tagger finds."""
    return training.train((examples_of(record, text, reader) for record, text in records), names=training.LINKS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all records but the held-out fifth, and write the packaged weights."""
    parser = argparse.ArgumentParser(prog="trialmine train statistics", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="folder with the taggers of the folds")
    parser.add_argument(
        "--links", action="store_true", help="only whose outcome a result is of; needs no work folder, keeps the rest"
    )
    options = parser.parse_args(arguments)
    records = open_records(options.shared)
    if options.links:
        models = statistics_model.models() | train_links(records, Reader())
    else:
        models = train_judges(
            train_advisers(options.shared),
            records,
            read_fold_taggers(options.work),
            UnreadReader(options.shared, options.work),
        )
    print(training.write(models))


if __name__ == "__main__":
    main()
