"""Trains the judges of numbers: which are results, of what measure, whose P, and of which endpoint.

Two advisers learn from corpora whose numbers carry roles; the judges learn from gold records, with the advice among
their features. Documents that are gold here too teach no adviser.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialmine.assemble import statistics_model
from trialmine.assemble.citation import Citation
from trialmine.evaluate.annotated import read_jsonl
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.nlp.drugs import find_drugs
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.normalise.linear import ChoiceModel
from trialmine.records.article import Article, Mentions
from trialmine.records.document import CleanText
from trialmine.train import statistics as training
from trialmine.train import statistics_corpora as corpora
from trialmine.train.endpoint_rows import read_gold
from trialmine.train.gold_blocks import gold_block

_ADVISERS = {"pico": ("pico-corpus", corpora.PICO), "ct": ("ct-corpus", corpora.CT)}


def read_numbers(text: str) -> tuple[Article, Mentions, Citation]:
    """Article, statistics mentions and citation of a text that needs no cleaning."""
    clean = CleanText(text, text)
    # the drug lexicon alone names entities here: no model need be loaded
    sections = find_sections(text, title=None)
    article = Article(text, sections, find_sentences(text, sections), entities=tuple(find_drugs(text)))
    mentions = Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article))
    return article, mentions, Citation(article, clean)


def examples_of(record: Mapping[str, Any], text: str) -> dict[str, training.Examples]:
    """What one gold record teaches the judges."""
    article, mentions, _ = read_numbers(text)
    return training.examples(dict(record), article, mentions, gold_block(record, "endpoints", text))


def train_advisers(shared: Path) -> dict[str, ChoiceModel]:
    """The models trained on the other corpora."""
    gold = (row for name in ("dev", "train") for row in read_jsonl(shared / "gold" / f"{name}.jsonl"))
    seen = frozenset(row["doc_id"].removeprefix("PMID") for row in gold)
    out = {}
    for name, (folder, roles) in _ADVISERS.items():
        data = training.Examples()
        for text, marks in corpora.marked_numbers(shared / "data" / folder / "train.jsonl", roles, leave_out=seen):
            article, mentions, _ = read_numbers(text)
            data.extend(training.advice_examples(article, mentions, marks))
        out[name] = training.fit(data, c=0.1, least=3)
    return out


def train_judges(advisers: dict[str, ChoiceModel], records: Iterable[tuple[Mapping[str, Any], str]]) -> Any:
    """Advisers and judges together; while they learn, the advisers take the place of the packaged ones."""
    packaged = statistics_model.models
    statistics_model.models = lambda: advisers
    try:
        return advisers | training.train(examples_of(record, text) for record, text in records)
    finally:
        statistics_model.models = packaged


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all records but the held-out fifth, and write the packaged weights."""
    parser = argparse.ArgumentParser(prog="trialmine train statistics", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    shared = parser.parse_args(arguments).shared
    models = train_judges(train_advisers(shared), read_gold(shared / "gold", "train"))
    print(training.write(models))


if __name__ == "__main__":
    main()
