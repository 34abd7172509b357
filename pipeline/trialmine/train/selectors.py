"""Trains the small scorers that choose interventions, conditions and numbers of people: `trialmine train selectors`.

The scorer that sees the span model's judgement must learn from judgements of models that did not read the same
document. Train two of them first, and name them:

    trialmine train model --fold 0 --steps 1800 --out models/.work/fold0
    trialmine train model --fold 1 --steps 1800 --out models/.work/fold1
    trialmine train selectors --folds models/.work/fold0 models/.work/fold1
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from trialmine.nlp.reader import Reader
from trialmine.train.conditions import train_conditions
from trialmine.train.endpoint_rows import read_gold
from trialmine.train.interventions import marked_examples, train_interventions
from trialmine.train.linear import save_weights
from trialmine.train.participants import marked_totals, train_participants
from trialmine.train.projection import fold_of


def main(arguments: Sequence[str] | None = None) -> None:
    """Train all scorers and write their weights into the package."""
    parser = argparse.ArgumentParser(
        prog="trialmine train selectors", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--folds", nargs=2, metavar="MODEL", help="models that did not read half 0, and half 1")
    args = parser.parse_args(arguments)
    records = read_gold(args.shared / "gold", "train")
    bare = Reader(ner_model="none")
    data = args.shared / "data"
    weights, roles = train_interventions(records, lambda _: bare, marked_examples(data, lambda _: bare))
    save_weights("intervention", weights)
    save_weights("intervention_role", roles)
    save_weights("condition", train_conditions(records))
    marked = marked_totals(data / "pico-corpus" / "train.jsonl")
    save_weights("participants", train_participants(records, marked))
    if args.folds:
        readers = [Reader(ner_model=name) for name in args.folds]
        reader_of: Callable[[str], Reader] = lambda id_: readers[fold_of(id_)]  # noqa: E731
        weights, _ = train_interventions(records, reader_of, marked_examples(data, reader_of))
        save_weights("intervention_seen", weights)


if __name__ == "__main__":
    main()
