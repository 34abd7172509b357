"""`trialmine train population-spans`: the head that marks who takes part, on the encoder of a trained model.

It learns from the populations of pico-bio. The encoder and all other heads stay as they are.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import fix_random_seed

from trialmine.evaluate.annotated import Annotated, read_tags
from trialmine.evaluate.ner import predicted_spans
from trialmine.evaluate.spans import score
from trialmine.train.figures import Figures, figure
from trialmine.train.folder import read_meta, write_folder
from trialmine.train.multitask import ENCODER, Schedule, Task, add_head, new_optimizer, train

HEAD = "population"
LABEL = "PARTICIPANTS"
UNSEEN = "pico-bio/test"
STEPS = 600
_SETS = ("AD", "COVID-19", "EBM-NLPmod")
_NOISE = 0.15


def read_populations(data: Path, *parts: str) -> list[Annotated]:
    """The populations of these parts of pico-bio's first fold."""
    files = (data / f"pico-bio/{name}/fold1/{part}.tsv" for name in _SETS for part in parts)
    return [doc for file in files for doc in read_tags(file, {"P": LABEL})]


def train_population(model: Path, shared: Path, schedule: Schedule, *, seen: bool = False) -> Figures:
    """Give the model in a folder the head, or a new one in the place of its own.

    Figures are those on pico-bio's test part, none when the encoder has `seen` it.
    """
    fix_random_seed(schedule.seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of scispaCy's currency signs
        nlp = spacy.load(model)
    if HEAD in nlp.pipe_names:
        nlp.remove_pipe(HEAD)
    docs = read_populations(shared / "data", "train", "dev")
    task = Task("pico-bio", docs, {HEAD: (LABEL,)}, 1.0, _NOISE)
    add_head(nlp, task)
    optimizer = new_optimizer()
    train(nlp, optimizer, [task], schedule, lambda *_: None, every=schedule.steps, frozen=True)
    facts = read_meta(model)["trialmine"]
    with nlp.use_params(optimizer.averages):
        figures = {} if seen else _score(nlp, read_populations(shared / "data", "test"))
        write_folder(nlp, model, {**facts, "scores": facts["scores"] | figures})
    return figures


def _score(nlp: Language, unseen: Sequence[Annotated]) -> Figures:
    with nlp.select_pipes(enable=[ENCODER, HEAD]):
        found = predicted_spans(nlp, unseen)
    rows = score(found, [doc.spans for doc in unseen])
    return {UNSEEN: {LABEL: figure(rows[LABEL])}}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the head, write it into the model's folder and print its figures."""
    parser = argparse.ArgumentParser(prog="trialmine train population-spans", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--model", type=Path, default=Path("models/trial_ner"), help="folder that gets the head")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seen", action="store_true", help="the encoder has read pico-bio's test part: no figures")
    args = parser.parse_args(arguments)
    figures = train_population(args.model, args.shared, Schedule(steps=args.steps), seen=args.seen)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
