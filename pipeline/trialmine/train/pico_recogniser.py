"""`trialmine train pico-recogniser`: PICO-Corpus's labels on our encoder, beside published figures.

The labels are not ours, so the recogniser is not shipped. It and a copy of the encoder learn from PICO-Corpus train
and are scored on its dev part.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thinc.api import fix_random_seed

from trialmine.evaluate.annotated import read_spans
from trialmine.evaluate.ner import predicted_spans
from trialmine.evaluate.spans import score
from trialmine.nlp.ner import load_ner
from trialmine.train.build import prepare_vectors
from trialmine.train.figures import figure
from trialmine.train.multitask import ENCODER, REPEATS, Schedule, Task, build, train
from trialmine.train.recipe import Preparation
from trialmine.train.vectors import vectors_pipeline

FIGURES = "pico.json"


def train_recogniser(shared: Path, work: Path, encoder: Path, schedule: Schedule) -> dict[str, dict[str, Any]]:
    """Figures per label on PICO-Corpus dev of a recogniser that starts from the encoder of a model."""
    fix_random_seed(schedule.seed)
    docs, unseen = (read_spans(shared / f"data/pico-corpus/{part}.jsonl", str) for part in ("train", "dev"))
    nlp = vectors_pipeline(prepare_vectors(shared, work, Preparation()))
    task = Task("pico", docs, {"ner": tuple(sorted({s[2] for d in docs for s in d.spans}))}, 1.0)
    optimizer = build(nlp, [task])
    nlp.remove_pipe(REPEATS)  # most labels are marked once
    start: Any = load_ner(encoder).get_pipe(ENCODER)
    own: Any = nlp.get_pipe(ENCODER)
    own.model.from_bytes(start.model.to_bytes())
    train(nlp, optimizer, [task], schedule, lambda *_: None, every=schedule.steps)
    with nlp.use_params(optimizer.averages):
        found = predicted_spans(nlp, unseen)
    return {label: figure(row) for label, row in score(found, [d.spans for d in unseen]).items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, score, and write the figures where METRICS.md takes them from."""
    parser = argparse.ArgumentParser(prog="trialmine train pico-recogniser", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="vectors and other intermediate files")
    parser.add_argument(
        "--encoder", type=Path, default=Path("models/trial_ner"), help="model whose encoder to start from"
    )
    parser.add_argument("--steps", type=int, default=2500)
    args = parser.parse_args(arguments)
    figures = train_recogniser(args.shared, args.work, args.encoder, Schedule(steps=args.steps))
    (args.work / FIGURES).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
