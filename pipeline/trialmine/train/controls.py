"""Trains the judge of what a trial's treatments are set against: `trialmine train controls`.

It sees arms, interventions and doses as the pipeline finds them: run it behind the training of these. The shipped span
model has read the same texts; what its arms are called weighs little beside their number and their roles.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from trialmine.assemble.animals import without_animals
from trialmine.assemble.arms.block import build_arms
from trialmine.assemble.citation import Citation
from trialmine.assemble.controls.choice import control_case
from trialmine.assemble.controls.features import Features
from trialmine.assemble.document_kind import decide_document_kind
from trialmine.assemble.dosing.block import build_dosing
from trialmine.assemble.interventions.block import build_interventions
from trialmine.clean.cleaner import clean
from trialmine.evaluate.trial_records import open_records, read_own
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.train.linear import fit_linear, save_weights

_JUDGED = ("placebo", "active", "dose_comparison", "no_treatment", "sham", "standard_of_care")
_OUR_OWN = 0.5  # weight of a record of our own annotation, of which there is four times as much
_LEAST = 3  # documents that a feature must hold in


def train_controls(
    records: Iterable[tuple[dict[str, Any], str]], reader: Reader, own: Collection[str] = ()
) -> dict[str, Any]:
    """Weights for each control from (gold record, text) pairs; `own` are the ids of records that count less."""
    rows: list[Features] = []
    gold: list[set[str]] = []
    weights: list[float] = []
    for record, text in records:
        ours = record["doc_id"] in own
        # what is common to our own annotation is learned by a weight of its own, which no text at run time has
        rows.append(_features(text, reader) | ({"corpus": 1.0} if ours else {}))
        gold.append(set((record.get("design") or {}).get("control") or ()))
        weights.append(_OUR_OWN if ours else 1.0)
    rows = _common(rows)
    labels = {c: fit_linear(rows, [c in g for g in gold], c=0.2, weights=weights) for c in _JUDGED}
    for model in labels.values():
        model["weights"].pop("corpus", None)
    return {"labels": labels}


def _features(text: str, reader: Reader) -> Features:
    cleaned = clean(text)
    article = reader.read(cleaned)
    mentions = extract_mentions(article)
    cite = Citation(article, cleaned)
    interventions = build_interventions(article, mentions, cite)
    arms = build_arms(article, mentions, interventions, cite)
    given = without_animals(article, mentions, decide_document_kind(article, mentions))
    dosing, _ = build_dosing(article, given, interventions, arms, cite)
    return control_case(article, mentions, arms, interventions, dosing).features


def _common(rows: Sequence[Features]) -> list[Features]:
    """The features that hold in several documents."""
    counts = Counter(name for row in rows for name, value in row.items() if value)
    return [{name: value for name, value in row.items() if counts[name] >= _LEAST} for row in rows]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the judge and write its weights into the package."""
    parser = argparse.ArgumentParser(prog="trialmine train controls", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    args = parser.parse_args(arguments)
    own = {record["doc_id"] for record, _ in read_own(args.shared)}
    save_weights("control", train_controls(open_records(args.shared), Reader(), own))


if __name__ == "__main__":
    main()
