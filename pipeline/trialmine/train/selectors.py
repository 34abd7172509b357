"""Trains the small scorers that choose interventions, conditions and numbers of people: `trialmine train selectors`.

The scorers that see the span model's judgement learn from models that did not read the same document
(`train/unread.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from trialmine.evaluate.trial_records import open_records, read_own
from trialmine.nlp.reader import Reader
from trialmine.train.conditions import train_conditions
from trialmine.train.interventions import marked_examples, train_interventions
from trialmine.train.linear import save_weights
from trialmine.train.participants import marked_totals, train_participants
from trialmine.train.unread import WORK, UnreadReader


def main(arguments: Sequence[str] | None = None) -> None:
    """Train all scorers and write their weights into the package."""
    parser = argparse.ArgumentParser(prog="trialmine train selectors", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the models that left a half out")
    args = parser.parse_args(arguments)
    records, data = open_records(args.shared), args.shared / "data"
    own = {record["doc_id"] for record, _ in read_own(args.shared)}
    bare, unread = Reader(ner_model="none"), UnreadReader(args.shared, args.work)
    weights, roles = train_interventions(records, bare, marked_examples(data, bare), own)
    save_weights("intervention", weights)
    save_weights("intervention_role", roles)
    weights, _ = train_interventions(records, unread, marked_examples(data, unread), own)
    save_weights("intervention_seen", weights)
    save_weights("condition", train_conditions(records, unread))
    marked = marked_totals(data / "pico-corpus" / "train.jsonl")
    save_weights("participants", train_participants(records, marked))


if __name__ == "__main__":
    main()
