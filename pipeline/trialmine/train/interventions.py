"""Trains the scorers that tell a trial's interventions from other drugs, and their roles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.candidates import find_candidates
from trialmine.assemble.interventions.features import find_setting, intervention_features, role_features
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.normalise.drug import canonical
from trialmine.records.article import Article
from trialmine.records.document import CleanText
from trialmine.train.linear import fit_choice, fit_linear
from trialmine.train.marked_interventions import is_marked, read_marked

_OTHER_CORPUS = 0.5  # weight of a candidate that pico-bio marks, beside one of the gold records
_OUR_OWN = 0.25  # that of one of our own annotation, of which there is four times as much
Labelled = tuple[list[dict[str, float]], list[bool]]


def marked_examples(data: Path, reader: Reader) -> Labelled:
    """Features of what no list names in pico-bio, and whether it is marked: gold has few such interventions."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for text, title, spans in read_marked(data):
        article = reader.read(CleanText(text, text), title=title)
        mentions = extract_mentions(article)
        candidates = find_candidates(article, mentions)
        setting = find_setting(article, mentions, candidates)
        for c in candidates:
            label = is_marked(article, c, spans)
            if c.source in ("phrase", "model") and label is not None:
                # what is common to the corpus is learned by a weight of its own, which no text at run time has
                rows.append(intervention_features(article, mentions, c, setting) | {"corpus": 1.0})
                labels.append(label)
    return rows, labels


def train_interventions(
    records: Iterable[tuple[dict[str, Any], str]],
    reader: Reader,
    marked: Labelled = ([], []),
    own: Collection[str] = (),
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Weights of the choice and of the role from (gold record, text) pairs and the `marked` examples.

    Args:
        records: record and text.
        reader: must not have learned from the documents.
        marked: features of candidates of another corpus, and whether they are interventions.
        own: ids of the records of our own annotation; they count less.
    """
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    weights: list[float] = []
    role_rows: list[dict[str, float]] = []
    role_labels: list[str] = []
    for record, text in records:
        article = reader.read(CleanText(text, text))
        mentions = extract_mentions(article)
        candidates = find_candidates(article, mentions)
        setting = find_setting(article, mentions, candidates)
        matched = [(c, matching_row(article, c, record)) for c in candidates]
        kept = [c for c, gold in matched if gold is not None]
        for c, gold in matched:
            features = intervention_features(article, mentions, c, setting)
            rows.append(features)
            labels.append(gold is not None)
            weights.append(_OUR_OWN if record["doc_id"] in own else 1.0)
            if gold is not None:
                role_rows.append(features | role_features(article, c, kept))
                role_labels.append(gold.get("role") or "none")
    weights += [_OTHER_CORPUS] * len(marked[0])
    choice = fit_linear(rows + marked[0], labels + marked[1], c=0.2, weights=weights)
    choice["weights"].pop("corpus", None)
    return choice, fit_choice(role_rows, role_labels, c=0.2)


def matching_row(article: Article, c: Candidate, record: dict[str, Any]) -> dict[str, Any] | None:
    """The gold intervention that one of the candidate's names denotes."""
    drug = canonical(c.name)
    names = {_plain(c.name), *(_plain(article.text[s:e]) for s, e in [*c.spans, *c.wider])} | (
        {_plain(drug.name)} if drug else set()
    )
    for row in record.get("interventions") or []:
        gold = {_plain(x) for x in (row.get("name"), row.get("text"), *(row.get("aliases") or [])) if x}
        if names & gold:
            return row  # type: ignore[no-any-return]
    return None


def _plain(name: str) -> str:
    return regex.sub(r"[^a-z0-9]+", "", name.lower())
