"""Trains the scorer that says which set of arms a text tells of: `trialmine train arms`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import regex

from trialmine.assemble.arms.arm_set import ArmSet
from trialmine.assemble.arms.features import set_features
from trialmine.assemble.arms.sets import find_sets
from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.regimens import with_regimens
from trialmine.assemble.interventions.block import build_interventions
from trialmine.evaluate.trial_records import open_records
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.document import CleanText
from trialmine.train.linear import fit_linear, save_weights
from trialmine.train.unread import WORK, UnreadReader

Members = frozenset[str]
_CLEAR = 0.02  # sets whose likeness to the gold differs by less teach nothing


def gold_members(record: dict[str, Any], interventions: Block) -> list[Members]:
    """The members of every gold arm by our ids; a gold intervention that we did not find keeps its own."""
    ours = {g["id"]: i for g in record.get("interventions") or () if (i := _same(g, interventions))}
    return [
        frozenset(ours.get(g, f"gold-{g}") for g in arm.get("interventions") or ()) for arm in record.get("arms") or ()
    ]


def _same(gold: dict[str, Any], interventions: Block) -> str | None:
    names = {_plain(x) for x in (gold.get("name"), gold.get("text"), *(gold.get("aliases") or [])) if x}
    for row in interventions.rows:
        if names & {_plain(x) for x in (row.name, row.text, *row.aliases) if x}:
            return str(row.id)
    return None


def _plain(name: str) -> str:
    return regex.sub(r"[^a-z0-9]+", "", name.lower())


def likeness(gold: Sequence[Members], found: Sequence[Members]) -> float:
    """F1 of arms, the mean of the strict one and of the overlap of what tells an arm from the others."""
    if not gold or not found:
        return float(not gold and not found)
    pairs = [(gold[i], found[j]) for i, j in aligned(gold, found, least=0.0)]
    shared = _shared(gold)
    alike = [_jaccard(g - shared, f - shared) for g, f in pairs]
    # an arm that is right in full is worth more than two that are right by half
    return sum(a + (a == 1.0) for a in alike) / (len(gold) + len(found))


def _shared(gold: Sequence[Members]) -> Members:
    return frozenset.intersection(*gold) if len(gold) > 1 else frozenset()


def _jaccard(a: Members, b: Members) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def set_examples(
    record: dict[str, Any], article: Article, mentions: Mentions, interventions: Block
) -> tuple[list[dict[str, float]], list[float], list[ArmSet]]:
    """Features and likeness to the gold of every set of one document."""
    sets = find_sets(article, mentions, interventions)
    gold = gold_members(record, interventions)
    worth = [likeness(gold, [frozenset(d.members) for d in s.drafts]) for s in sets]
    return set_features(article, mentions, interventions, sets), worth, sets


def fit_sets(examples: Iterable[tuple[list[dict[str, float]], list[float]]], *, c: float = 1.0) -> dict[str, Any]:
    """Weights under which the better of two sets of one document scores higher."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    weights: list[float] = []
    for features, worth in examples:
        pairs = [(i, j) for i in range(len(worth)) for j in range(len(worth)) if worth[i] > worth[j] + _CLEAR]
        for i, j in pairs:
            difference = {
                k: d for k in features[i] | features[j] if (d := features[i].get(k, 0.0) - features[j].get(k, 0.0))
            }
            # each pair in both orders, so that no bias is learned
            rows += [difference, {k: -v for k, v in difference.items()}]
            labels += [True, False]
            weights += [(worth[i] - worth[j]) / len(pairs)] * 2
    top = max(weights, default=1.0)
    return fit_linear(rows, labels, c=c, weights=[w / top for w in weights])


def aligned(gold: Sequence[Members], found: Sequence[Members], *, least: float = 0.3) -> list[tuple[int, int]]:
    """Places of arms that belong together, likest first; what all have tells none apart."""
    shared = _shared(gold)
    pairs = sorted(
        (-_jaccard(g - shared, f - shared), -_jaccard(g, f), abs(i - j), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
    )
    out: list[tuple[int, int]] = []
    for unlike, _, _, i, j in pairs:
        if -unlike >= least and not any(i == a or j == b for a, b in out):
            out.append((i, j))
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the scorer and write its weights into the package."""
    parser = argparse.ArgumentParser(prog="trialmine train arms", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the models that left a half out")
    args = parser.parse_args(arguments)
    records = open_records(args.shared)
    examples = []
    # what the span model misses, lists and rules alone find, and the reverse
    for reader in (UnreadReader(args.shared, args.work), Reader(ner_model="none")):
        for record, text in records:
            clean = CleanText(text, text)
            article = reader.read(clean)
            mentions = extract_mentions(article)
            found = build_interventions(article, mentions, Citation(article, clean))
            features, worth, _ = set_examples(record, article, mentions, with_regimens(article, found))
            examples.append((features, worth))
    save_weights("arm_set", fit_sets(examples))


if __name__ == "__main__":
    main()
