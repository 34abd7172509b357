"""Trains the scorer that says which candidate phrases are rows of the endpoints block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from trialmine.assemble.endpoints.candidates import Candidate, candidates, features
from trialmine.evaluate.trial_records import Records
from trialmine.extract.endpoint import extract_endpoints
from trialmine.extract.outcome_tagger import OutcomeTagger
from trialmine.nlp.reader import Reader
from trialmine.normalise.endpoint import endpoint_words, overlap
from trialmine.records.article import Article, Block, Mentions, Reference
from trialmine.records.document import CleanText
from trialmine.records.evidence import Evidence
from trialmine.records.trial import Intervention
from trialmine.train.linear import fit_linear


def train_endpoint_rows(
    parts: Iterable[tuple[OutcomeTagger, Records]], reader: Reader, *, c: float = 0.1
) -> dict[str, Any]:
    """Weights from records and a tagger that has not seen them."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for tagger, records in parts:
        for article, mentions, record in _read(tagger, records, reader):
            found = candidates(article, mentions)
            rows += features(article, mentions, found, interventions(record, article.text))
            labels += _hits(found, record)
    return fit_linear(rows, labels, c=c)


def _read(
    tagger: OutcomeTagger, records: Records, reader: Reader
) -> Iterator[tuple[Article, Mentions, dict[str, Any]]]:
    for record, text in records:
        article = reader.read(CleanText(text, text))
        yield article, Mentions.of(extract_endpoints(article, tagger=tagger)), record


def interventions(record: dict[str, Any], text: str) -> Block:
    """The record's interventions and the places that name them."""
    rows: list[Intervention] = []
    references: list[Reference] = []
    for row in record.get("interventions") or []:
        for form in {row["name"], row.get("text") or row["name"], *(row.get("aliases") or [])}:
            for m in regex.finditer(rf"(?<!\w){regex.escape(form)}(?!\w)", text, regex.IGNORECASE):
                references.append(Reference(m.start(), m.end(), row["id"]))
        rows.append(_intervention(row))
    return Block(tuple(rows), tuple(sorted(references, key=lambda r: r.start)))


def _intervention(row: dict[str, Any]) -> Intervention:
    evidence = (Evidence(start=0, end=1, quote="?"),)  # the features read the name alone
    return Intervention(id=row["id"], name=row["name"], text=row["name"], kind="other", evidence=evidence)


def _hits(found: Sequence[Candidate], record: dict[str, Any]) -> list[bool]:
    """Which candidates get a gold row when both are paired off, the most alike first."""
    wanted = [(endpoint_words(e["name"]), e.get("code")) for e in record.get("endpoints") or []]
    pairs = []
    for i, c in enumerate(found):
        for j, (words, code) in enumerate(wanted):
            shared = max(overlap(c.words, words), overlap(endpoint_words(c.phrase.name), words))
            if shared >= 0.5 or (code and code == c.code):
                pairs.append((-shared, -c.chance, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j in sorted(pairs):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
    return [i in used[0] for i in range(len(found))]
