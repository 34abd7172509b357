"""`trialmine train pico-recogniser`: PICO-Corpus's own labels, beside published figures.

The labels are not ours, so the recogniser is not shipped. It is a conditional random field (python-crfsuite) that
learns from PICO-Corpus train and is scored on its dev part.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from trialmine.evaluate.annotated import Annotated, Span, read_spans
from trialmine.evaluate.spans import score
from trialmine.train.figures import Figures, figure, write_pico
from trialmine.train.pico_features import Offsets, document_features

FIGURES = "pico.json"
UNSEEN = "pico-corpus/dev"
EPOCHS = 14
_SETTINGS = {"feature.minfreq": 2}
_OUTSIDE = "O"
_ARMS = {"iv-": "iv", "intervention-participants": "iv", "cv-": "cv", "control-participants": "cv"}


def train_recogniser(docs: Iterable[Annotated], model: Path, *, epochs: int = EPOCHS) -> None:
    """Write the weights that an averaged perceptron gives after so many passes.

    The order of the sentences is drawn by the C library, alike in every process that trains once.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    trainer.set_params({**_SETTINGS, "max_iterations": epochs})
    for doc in docs:
        for offsets, features in document_features(doc.text):
            trainer.append(features, tags(offsets, doc.spans))
    trainer.train(str(model))


def recognise(texts: Iterable[str], model: Path) -> list[list[Span]]:
    """The spans of each text."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    return [
        [span for offsets, features in document_features(text) for span in spans(offsets, tagger.tag(features))]
        for text in texts
    ]


def tags(offsets: Offsets, marked: Sequence[Span]) -> list[str]:
    """The tag of every token of a sentence; one outside keeps in mind which arm's number came last.

    A first-order field knows no other way that the intervention's number has been told already.
    """
    out: list[str] = []
    outside, last = _OUTSIDE, None
    for start, end in offsets:
        span = next((s for s in marked if s[0] < end and start < s[1]), None)
        if span is None:
            out.append(outside)
        else:
            out.append(f"{'I' if span == last else 'B'}-{span[2]}")
            arm = next((arm for begin, arm in _ARMS.items() if span[2].startswith(begin)), None)
            outside = f"{_OUTSIDE}:{arm}" if arm else outside
        last = span
    return out


def spans(offsets: Offsets, found: Sequence[str]) -> list[Span]:
    """The spans of a tagged sentence; one that begins with an inner tag counts."""
    out: list[Span] = []
    is_open = False
    for (start, end), tag in zip(offsets, found, strict=True):
        place, _, label = tag.partition("-")
        if place == "I" and is_open:
            out[-1] = (out[-1][0], end, out[-1][2])
        elif label:
            out.append((start, end, label))
        is_open = bool(label)
    return out


def without_arms(found: Sequence[Sequence[Span]]) -> list[list[Span]]:
    """The same spans, whichever arm they tell of."""
    return [[(start, end, _without_arm(label)) for start, end, label in row] for row in found]


def _without_arm(label: str) -> str:
    for begin in ("iv-", "cv-", "intervention-", "control-"):
        label = label.removeprefix(begin)
    return label


def measure(found: Sequence[Sequence[Span]], docs: Sequence[Annotated]) -> Figures:
    """Figures per label, and over all labels when the arms are not told apart."""
    gold = [doc.spans for doc in docs]
    merged = score(without_arms(found), without_arms(gold))
    own: dict[str, dict[str, Any]] = {label: figure(row) for label, row in score(found, gold).items()}
    return {UNSEEN: own, f"{UNSEEN}, the arms' labels merged": {"*": figure(merged["*"])}}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, score, and write the figures into METRICS.md and where a new page takes them from."""
    parser = argparse.ArgumentParser(prog="trialmine train pico-recogniser", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="folder for the figures")
    parser.add_argument("--page", type=Path, default=Path("models/METRICS.md"), help="page to write them into")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="passes over the corpus (%(default)s)")
    args = parser.parse_args(arguments)
    docs, unseen = (read_spans(args.shared / f"data/pico-corpus/{part}.jsonl", str) for part in ("train", "dev"))
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        train_recogniser(docs, model, epochs=args.epochs)
        found = recognise((doc.text for doc in unseen), model)
    figures = measure(found, unseen)
    args.work.mkdir(parents=True, exist_ok=True)
    (args.work / FIGURES).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    write_pico(args.page, figures)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
