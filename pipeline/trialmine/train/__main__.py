"""Rebuilds the shipped model from the shared corpora (`trialmine train model`, `python -m trialmine.train`)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from trialmine.train.build import train_model
from trialmine.train.figures import write_metrics
from trialmine.train.lesson import Course
from trialmine.train.pico_recogniser import FIGURES
from trialmine.train.recipe import Preparation


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, train, and print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="trialmine train model", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="vectors and other intermediate files")
    parser.add_argument("--out", type=Path, default=Path("models/trial_ner"))
    parser.add_argument("--measure", action="store_true", help="keep BC5CDR dev out to the end, too")
    parser.add_argument("--steps", type=int, default=Course.steps, help="of the model (%(default)s)")
    parser.add_argument("--seed", type=int, default=Course.seed)
    parser.add_argument("--fold", type=int, choices=(0, 1), help="leave this half of the gold out, to the end")
    parser.add_argument("--learn-rate", type=float, default=Course.learn_rate, help="at its height (%(default)s)")
    parser.add_argument("--start", type=Path, help="weights.npz of another build to begin with")
    parser.add_argument("--vectors", type=Path, help="a model whose vectors are used instead of new ones")
    _ask_for_preparation(parser)
    args = parser.parse_args(arguments)
    figures = train_model(
        args.shared,
        args.work,
        args.out,
        measure=args.measure,
        course=Course(steps=args.steps, learn_rate=args.learn_rate, seed=args.seed),
        preparation=Preparation(args.raw_lines, args.epochs),
        fold=args.fold,
        start=args.start,
        vectors=args.vectors,
    )
    measured = sorted(folder.parent for folder in args.work.glob("measured*/meta.json"))
    write_metrics(args.out, args.out.parent / "METRICS.md", measured=measured, pico=args.work / FIGURES)
    print(json.dumps(figures, indent=1))


def _ask_for_preparation(parser: argparse.ArgumentParser) -> None:
    amounts = parser.add_argument_group(
        "preparation",
        "what --work holds already is used again, whatever these say; try small numbers in another folder",
    )
    amounts.add_argument("--raw-lines", type=int, help="lines of raw text for the vectors (default: all)")
    amounts.add_argument("--epochs", type=int, default=Preparation.epochs, help="of the vectors (%(default)s)")


if __name__ == "__main__":
    main()
