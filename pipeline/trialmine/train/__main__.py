"""Rebuilds the shipped model from the shared corpora (`trialmine train model`, `python -m trialmine.train`)."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from trialmine.train.build import train_model
from trialmine.train.figures import write_metrics
from trialmine.train.multitask import Schedule
from trialmine.train.pico_recogniser import FIGURES


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the options, train, and print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="trialmine train model", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="vectors and other intermediate files")
    parser.add_argument("--out", type=Path, default=Path("models/trial_ner"))
    parser.add_argument("--measure", action="store_true", help="keep BC5CDR dev and a fifth of the gold out to the end")
    parser.add_argument("--steps", type=int, default=Schedule.steps)
    parser.add_argument("--seed", type=int, default=Schedule.seed)
    parser.add_argument("--fold", type=int, choices=(0, 1), help="leave this half of the gold out, to the end")
    args = parser.parse_args(arguments)
    schedule = Schedule(steps=args.steps, seed=args.seed)
    figures = train_model(args.shared, args.work, args.out, measure=args.measure, schedule=schedule, fold=args.fold)
    write_metrics(args.out, args.out.parent / "METRICS.md", measured=args.work / "measured", pico=args.work / FIGURES)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
