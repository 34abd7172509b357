"""Builds `models/trial_ner`: vectors, training, figures, package folder."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spacy.language import Language
from thinc.api import Optimizer, fix_random_seed

from trialmine.evaluate.annotated import Annotated, read_spans
from trialmine.evaluate.gold import held_out
from trialmine.evaluate.ner import predicted_spans
from trialmine.evaluate.spans import score
from trialmine.train.figures import Figures, figure
from trialmine.train.folder import write_folder
from trialmine.train.multitask import ENCODER, REPEATS, Schedule, build, train
from trialmine.train.population_spans import STEPS, train_population
from trialmine.train.projection import GROUPS, group, read_gold
from trialmine.train.recipe import ENTITIES, SHIPPED_HEADS, Preparation, Shares, tasks
from trialmine.train.vectors import train_vectors, vectors_pipeline, write_tokens

SOURCES = (
    "gold trial records (own annotation)",
    "BC5CDR (CC BY 4.0)",
    *("PICO-Corpus", "CT-Corpus", "pico-bio", "EBM-NLP", "EvidenceOutcomes"),
    "teachers: BC5CDR, BioRED, NCBI-disease, PHEE, drug-combination extraction corpus",
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


def prepare_silver(shared: Path, work: Path, preparation: Preparation, *, measure: bool) -> Path:
    """Raw text with the teachers' entities in the work folder; made when it is not there."""
    silver = work / ("silver-measure.jsonl" if measure else "silver.jsonl")
    if not silver.exists():
        from trialmine.train.silver import write_silver

        write_silver(shared, work, silver, preparation, measure=measure)
    return silver


def train_model(
    shared: Path,
    work: Path,
    out: Path,
    *,
    measure: bool = False,
    schedule: Schedule = Schedule(),  # noqa: B008 (frozen)
    shares: Shares = Shares(),  # noqa: B008 (frozen)
    preparation: Preparation = Preparation(),  # noqa: B008 (frozen)
    fold: int | None = None,
) -> Figures:
    """Train the model of the recipe, write it to `out` and return its figures; `measure` keeps texts back for them."""
    out.parent.mkdir(parents=True, exist_ok=True)
    fix_random_seed(schedule.seed)
    started = time.time()
    nlp = vectors_pipeline(prepare_vectors(shared, work, preparation))
    silver = prepare_silver(shared, work, preparation, measure=measure)
    optimizer = build(nlp, recipe := tasks(shared, silver, shares=shares, measure=measure, fold=fold))
    sets = measuring_sets(shared) if measure else {"gold/dev": read_gold(shared / "gold", "dev")}
    log: list[str] = []

    def report(step: int, losses: Mapping[str, float]) -> None:
        with nlp.use_params(optimizer.averages):
            figures = score_sets(nlp, sets)
        brief = {name: {label: row["f1"] for label, row in rows.items()} for name, rows in figures.items()}
        log.append(f"{step} {time.time() - started:.0f}s {json.dumps(brief)} loss {sum(losses.values()):.0f}")
        print(log[-1], flush=True)

    train(nlp, optimizer, recipe, schedule, report, every=max(1, schedule.steps // 4))
    settings = {"measure": measure, **asdict(shares), **asdict(preparation), **asdict(schedule)}
    figures = finish(nlp, optimizer, out, sets, settings)
    figures |= train_population(out, shared, Schedule(steps=min(STEPS, schedule.steps), seed=schedule.seed))
    (out.parent / f"{out.name}.log").write_text("\n".join(log) + "\n", encoding="utf-8")
    return figures


def measuring_sets(shared: Path) -> dict[str, list[Annotated]]:
    """What a run with `measure` has not read."""
    return {
        "gold/dev": read_gold(shared / "gold", "dev"),
        "gold/held-out": [d for d in read_gold(shared / "gold", "train") if held_out(d.id)],
        "bc5cdr/dev": read_spans(shared / "data/bc5cdr/dev.jsonl", ENTITIES),
    }


def score_sets(nlp: Language, sets: Mapping[str, Sequence[Annotated]]) -> Figures:
    """Per-label figures on every set; a label that a set does not annotate is not scored there."""
    out: Figures = {}
    auxiliary = [name for name in nlp.pipe_names if name.startswith("x_")]
    for name, docs in sets.items():
        groups = GROUPS.values() if name.startswith("gold") else [("CHEMICAL", "DISEASE")]
        gold = [[s for labels in groups for s in group(d, labels).spans] for d in docs]
        wanted = {s[2] for spans in gold for s in spans}
        with nlp.select_pipes(disable=auxiliary):
            predicted = [[s for s in spans if s[2] in wanted] for spans in predicted_spans(nlp, docs)]
        out[name] = {label: figure(row) for label, row in score(predicted, gold).items()}
    return out


def finish(
    nlp: Language,
    optimizer: Optimizer,
    out: Path,
    sets: Mapping[str, Sequence[Annotated]],
    settings: Mapping[str, Any],
) -> Figures:
    """Keep the averaged weights and the shipped heads, score, and write the folder with its meta.json."""
    with nlp.use_params(optimizer.averages):
        figures = score_sets(nlp, sets)
        for name in nlp.pipe_names:
            if name not in (ENCODER, *SHIPPED_HEADS, REPEATS):
                nlp.remove_pipe(name)
        nlp.config["nlp"]["batch_size"] = 32  # larger batches are slower and take four times the memory
        nlp.meta.update(
            name="trial_ner",
            version="0.2.0",
            description="Entities and trial spans of clinical-trial abstracts",
            license="Apache-2.0 (code); trained on corpora with the licences named in models/README.md",
            sources=list(SOURCES),
        )
        facts = {"settings": dict(settings), "scores": figures, "python": platform.python_version()}
        write_folder(nlp, out, facts)
    return figures
