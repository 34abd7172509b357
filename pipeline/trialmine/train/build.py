"""Builds `models/trial_ner`: vectors, training, figures, package folder."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from spacy import load
from spacy.language import Language

from trialmine.evaluate.annotated import Annotated, read_spans
from trialmine.evaluate.gold import held_out
from trialmine.evaluate.ner import predicted_spans
from trialmine.evaluate.spans import score
from trialmine.evaluate.trial_records import read_own
from trialmine.nlp import repeated_entities  # noqa: F401 - registers a component
from trialmine.nlp.recurrent_recognizer import RecurrentRecognizer
from trialmine.train.figures import Figures, figure
from trialmine.train.folder import write_folder
from trialmine.train.lesson import Course, Weights
from trialmine.train.projection import GROUPS, group, read_gold, read_regimen_spans
from trialmine.train.recipe import (
    ENTITY_LABELS,
    OUTSIDE,
    SHIPPED_HEADS,
    Preparation,
    lessons,
    read_populations,
)
from trialmine.train.vectors import train_vectors, vectors_pipeline, write_tokens

RECOGNISER, REPEATS = "recogniser", "trialmine_repeats"
SOURCES = (
    "trial records (own annotation)",
    "BC5CDR (CC BY 4.0)",
    *("PICO-Corpus", "CT-Corpus", "pico-bio", "EBM-NLP", "EvidenceOutcomes"),
    *("BioRED", "NCBI-disease", "PHEE", "drug-combination extraction corpus"),
)


def prepare_vectors(shared: Path, work: Path, preparation: Preparation) -> Path:
    """The floret table in the work folder; made when it is not there."""
    work.mkdir(parents=True, exist_ok=True)
    table = work / "vectors.floret"
    if not table.exists():
        tokens = work / "tokens.txt"
        write_tokens(shared, tokens, preparation.raw_lines)
        train_vectors(tokens, table, epochs=preparation.epochs)
    return table


def vectors_of(model: Path) -> Language:
    """A pipeline without components that holds the vectors of a model."""
    nlp = load(model)
    for name in nlp.pipe_names:
        nlp.remove_pipe(name)
    return nlp


def train_model(
    shared: Path,
    work: Path,
    out: Path,
    *,
    measure: bool = False,
    course: Course = Course(),  # noqa: B008 (frozen)
    preparation: Preparation = Preparation(),  # noqa: B008 (frozen)
    fold: int | None = None,
    start: Path | None = None,
    vectors: Path | None = None,
) -> Figures:
    """Train the model of the recipe, write it to `out` and return its figures; `measure` keeps texts back for them.

    `start` is the weights.npz of another build to begin with, `vectors` a model whose vectors are taken as they are.
    """
    from trialmine.train.recurrent import train_tagger
    from trialmine.train.words import Words

    out.parent.mkdir(parents=True, exist_ok=True)
    started = time.time()
    nlp = vectors_of(vectors) if vectors else vectors_pipeline(prepare_vectors(shared, work, preparation))
    recognizer = nlp.add_pipe("trialmine_recogniser", name=RECOGNISER)
    nlp.add_pipe(REPEATS)
    taught = lessons(shared, measure=measure, fold=fold)
    sets = measuring_sets(shared, measure=measure)
    log: list[str] = []

    def report(step: int, weights: Weights) -> None:
        give(recognizer, weights)
        figures = score_sets(nlp, sets)
        brief = {name: {label: row["f1"] for label, row in rows.items()} for name, rows in figures.items()}
        log.append(f"{step} {time.time() - started:.0f}s {json.dumps(brief)}")
        print(log[-1], flush=True)

    begin = _weights(start) if start else None
    every = max(1, course.steps // 4)
    give(recognizer, train_tagger(taught, Words(nlp), course, start=begin, report=report, every=every))
    settings = {"measure": measure, **asdict(preparation), **asdict(course)}
    figures = finish(nlp, out, sets, settings)
    (out.parent / f"{out.name}.log").write_text("\n".join(log) + "\n", encoding="utf-8")
    return figures


def give(recognizer: Any, weights: Weights) -> None:
    """Let the component have the encoder and the shipped heads of a training."""
    if not isinstance(recognizer, RecurrentRecognizer):
        raise TypeError(f"{recognizer!r} takes no weights of a recurrent tagger")
    kept = {k: v for k, v in weights.items() if not k.startswith("heads.") or k.split(".")[1] in SHIPPED_HEADS}
    recognizer.take(kept, SHIPPED_HEADS, OUTSIDE)


def _weights(path: Path) -> dict[str, Any]:
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def measuring_sets(shared: Path, *, measure: bool) -> dict[str, list[Annotated]]:
    """What a run has not read."""
    kept = [d for d in read_gold(shared, "train") if held_out(d.id)]
    own = {record["doc_id"] for record, _ in read_own(shared)}
    sets = {
        "gold/dev": read_gold(shared, "dev"),
        "gold/held-out": [d for d in kept if d.id not in own],
        "own/held-out": [d for d in kept if d.id in own],
        "regimens/held-out": read_regimen_spans(shared, "held-out"),
        "pico-bio/test": read_populations(shared / "data", "test"),
    }
    if measure:
        sets["bc5cdr/dev"] = read_spans(shared / "data/bc5cdr/dev.jsonl", ENTITY_LABELS)
    return sets


def score_sets(nlp: Language, sets: Mapping[str, Sequence[Annotated]]) -> Figures:
    """Per-label figures on every set; a label that a set does not annotate is not scored there."""
    out: Figures = {}
    for name, docs in sets.items():
        groups: Sequence[tuple[str, ...]] = (
            tuple(GROUPS.values()) if name.startswith(("gold", "own", "regimens")) else [_all_labels(docs)]
        )
        gold = [[s for labels in groups for s in group(d, labels).spans] for d in docs]
        wanted = {s[2] for spans in gold for s in spans}
        if not docs:
            continue
        predicted = [[s for s in spans if s[2] in wanted] for spans in predicted_spans(nlp, docs)]
        out[name] = {label: figure(row) for label, row in score(predicted, gold).items()}
    return out


def _all_labels(docs: Sequence[Annotated]) -> tuple[str, ...]:
    return tuple(sorted({s[2] for d in docs for s in d.spans}))


def finish(nlp: Language, out: Path, sets: Mapping[str, Sequence[Annotated]], settings: Mapping[str, Any]) -> Figures:
    """Score, and write the folder with its meta.json."""
    figures = score_sets(nlp, sets)
    nlp.config["nlp"]["batch_size"] = 32  # larger batches are no faster and take more memory
    nlp.meta.update(
        name="trial_ner",
        version="0.3.1",
        description="Entities and trial spans of clinical-trial abstracts",
        license="Apache-2.0 (code); trained on corpora with the licences named in models/README.md",
        sources=list(SOURCES),
    )
    facts = {"settings": dict(settings), "scores": figures, "python": platform.python_version()}
    write_folder(nlp, out, facts)
    return figures
