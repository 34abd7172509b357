"""Trains the outcome tagger and the scorer of endpoint rows: `trialmine train endpoints`.

A conditional random field (python-crfsuite, used here only) learns from corpora that mark outcomes and from the gold
records. Each feature of a gold sentence counts twice, once for all corpora and once for the gold alone, so that the
gold's habits win where the corpora differ (H. Daume III. Frustratingly easy domain adaptation. ACL 2007). The scorer of
rows learns from phrases that a tagger found in records it had not seen.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trialmine.evaluate.trial_records import Records, open_records
from trialmine.extract.outcome_tagger import LABELS, OutcomeTagger
from trialmine.nlp.reader import Reader
from trialmine.train import outcome_corpora
from trialmine.train.endpoint_rows import train_endpoint_rows
from trialmine.train.linear import save_weights
from trialmine.train.unread import UnreadReader

FOLDS = 2
_OWN = "gold|"
_GOLD_COPIES = 2
_SMALLEST = 0.04  # weights below this change no decision
_SETTINGS = {"c1": 0.6, "c2": 0.02, "max_iterations": 50, "feature.minfreq": 3, "feature.possible_transitions": True}
Tagged = tuple[tuple[tuple[str, ...], ...], list[str]]


def train_tagger(records: Records, external: Iterable[Tagged]) -> dict[str, Any]:
    """Transitions and merged weights, ready to be written."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(_SETTINGS)
    for features, labels in external:
        trainer.append([list(f) for f in features], labels)
    for features, labels in outcome_corpora.gold(records):
        for _ in range(_GOLD_COPIES):
            trainer.append([[*f, *(_OWN + x for x in f)] for f in features], labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return merged(info.state_features, info.transitions)


def merged(states: dict[tuple[str, str], float], transitions: dict[tuple[str, str], float]) -> dict[str, Any]:
    """Shared and own weights of a feature added up; rows without a telling weight dropped."""
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(LABELS))
    for (feature, label), weight in states.items():
        weights[feature.removeprefix(_OWN)][LABELS.index(label)] += weight
    kept = {f: [round(w, 2) for w in row] for f, row in sorted(weights.items()) if max(map(abs, row)) >= _SMALLEST}
    moves = [[round(transitions.get((a, b), -12.0), 4) for b in LABELS] for a in LABELS]
    return {"transitions": moves, "weights": kept}


def save_tagger(data: dict[str, Any]) -> Path:
    """Write the tagger where the package reads it; the same weights give the same bytes."""
    path = Path(__file__).resolve().parents[1] / "lexicon" / "weights" / "outcome_tagger.json.gz"
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    return path


def as_tagger(data: dict[str, Any]) -> OutcomeTagger:
    """The tagger of weights that were not written yet."""
    first, second, third = (tuple(row) for row in data["transitions"])
    return OutcomeTagger(data["weights"], (first, second, third))


def fold_of(doc_id: str) -> int:
    """Which fold a record is in; an abstract and its Methods section are in the same."""
    return int(hashlib.md5(doc_id.split(".")[0].encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def fold_taggers(records: Records, external: Sequence[Tagged], work: Path) -> None:
    """Train a tagger for each fold on the records of the others, and keep its weights in the work folder."""
    for fold in range(FOLDS):
        seen = [r for r in records if fold_of(r[0]["doc_id"]) != fold]
        _fold_file(work, fold).write_text(json.dumps(train_tagger(seen, external)), encoding="utf-8")
        print(f"fold {fold} done", flush=True)


def read_fold_taggers(work: Path) -> list[OutcomeTagger]:
    """The taggers of the folds; the one at place k has not seen the records of fold k."""
    return [as_tagger(json.loads(_fold_file(work, fold).read_text(encoding="utf-8"))) for fold in range(FOLDS)]


def train_rows(records: Records, work: Path, reader: Reader) -> Path:
    """Train the scorer of rows on what the folds' taggers find in the records that they have not seen."""
    parts = []
    for fold, tagger in enumerate(read_fold_taggers(work)):
        parts.append((tagger, [r for r in records if fold_of(r[0]["doc_id"]) == fold]))
    return save_weights("endpoint_rows", train_endpoint_rows(parts, reader))


def _fold_file(work: Path, fold: int) -> Path:
    return work / f"outcome_tagger_fold{fold}.json"


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the tagger on all records but the held-out fifth, and the scorer of rows on out-of-fold phrases."""
    parser = argparse.ArgumentParser(prog="trialmine train endpoints", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="folder for the taggers of the folds")
    parser.add_argument(
        "--rows-only", action="store_true", help="train the scorer of rows with the folds' taggers of last time"
    )
    options = parser.parse_args(arguments)
    records = open_records(options.shared)
    if not options.rows_only:
        options.work.mkdir(parents=True, exist_ok=True)
        external = list(outcome_corpora.external(options.shared / "data"))
        fold_taggers(records, external, options.work)
        save_tagger(train_tagger(records, external))
    train_rows(records, options.work, UnreadReader(options.shared, options.work))


if __name__ == "__main__":
    main()
