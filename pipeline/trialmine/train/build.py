"""Builds `models/trial_ner`: vectors, training, figures, package folder."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, Ops, Optimizer, fix_random_seed

from trialmine.nlp.span_recognizer import SPANS_KEY
from trialmine.train.corpora import Annotated, Span, read_spans
from trialmine.train.measure import Score, score
from trialmine.train.multitask import Schedule, build, train
from trialmine.train.projection import GROUPS, group, held_out, read_gold
from trialmine.train.recipe import ENTITIES, SHIPPED_HEADS, tasks
from trialmine.train.vectors import train_vectors, vectors_pipeline, write_tokens

Figures = dict[str, dict[str, dict[str, Any]]]


def use_fast_gemm() -> None:
    """Let thinc multiply with numpy: its BLIS falls back to a generic kernel on many processors."""
    NumpyOps.gemm = Ops.gemm


def prepare_vectors(shared: Path, work: Path, epochs: int = 4) -> Path:
    """The floret table in the work folder; made when it is not there."""
    work.mkdir(parents=True, exist_ok=True)
    table = work / "vectors.floret"
    if not table.exists():
        tokens = work / "tokens.txt"
        write_tokens(shared, tokens)
        train_vectors(tokens, table, epochs=epochs)
    return table


def train_model(
    shared: Path,
    work: Path,
    out: Path,
    *,
    final: bool = True,
    schedule: Schedule = Schedule(),  # noqa: B008 (frozen)
    aux: float = 0.3,
    noise: float = 0.25,
) -> Figures:
    """Train the model of the recipe, write it to `out` and return its figures."""
    use_fast_gemm()
    fix_random_seed(schedule.seed)
    started = time.time()
    nlp = vectors_pipeline(prepare_vectors(shared, work))
    recipe = tasks(shared, final=final, aux=aux, noise=noise)
    optimizer = build(nlp, recipe)
    sets = measuring_sets(shared, final=final)
    log: list[str] = []

    def report(step: int, losses: Mapping[str, float]) -> None:
        with nlp.use_params(optimizer.averages):
            figures = measure(nlp, sets)
        brief = {name: {label: row["f1"] for label, row in rows.items()} for name, rows in figures.items()}
        log.append(f"{step} {time.time() - started:.0f}s {json.dumps(brief)} loss {sum(losses.values()):.0f}")
        print(log[-1], flush=True)

    train(nlp, optimizer, recipe, schedule, report, every=max(500, schedule.steps // 4))
    figures = finish(nlp, optimizer, out, sets, {"final": final, "aux": aux, "noise": noise, **asdict(schedule)})
    (out.parent / f"{out.name}.log").write_text("\n".join(log) + "\n", encoding="utf-8")
    return figures


def measuring_sets(shared: Path, *, final: bool) -> dict[str, list[Annotated]]:
    """What to score on: gold/dev always; what the final model learns from only before it does."""
    sets = {"gold/dev": read_gold(shared / "gold", "dev")}
    if not final:
        sets["gold/held-out"] = [d for d in read_gold(shared / "gold", "train") if held_out(d.id)]
        sets["bc5cdr/dev"] = read_spans(shared / "data/bc5cdr/dev.jsonl", ENTITIES)
    return sets


def predict(nlp: Language, docs: Sequence[Annotated], batch: int = 32) -> list[list[Span]]:
    """Spans and entities that the pipeline finds in the texts."""
    found = []
    for doc in nlp.pipe((d.text for d in docs), batch_size=batch):
        spans = [*doc.spans.get(SPANS_KEY, ()), *doc.ents]
        found.append([(s.start_char, s.end_char, s.label_) for s in spans])
    return found


def measure(nlp: Language, sets: Mapping[str, Sequence[Annotated]]) -> Figures:
    """Per-label figures on every set; a label that a set does not annotate is not scored there."""
    out: Figures = {}
    extra = [name for name in nlp.pipe_names if name.startswith("x_")]
    with nlp.select_pipes(disable=extra):
        for name, docs in sets.items():
            groups = GROUPS.values() if name.startswith("gold") else [("CHEMICAL", "DISEASE")]
            gold = [[s for labels in groups for s in group(d, labels).spans] for d in docs]
            wanted = {s[2] for spans in gold for s in spans}
            predicted = [[s for s in spans if s[2] in wanted] for spans in predict(nlp, docs)]
            out[name] = {label: figure(row) for label, row in score(predicted, gold).items()}
    return out


def figure(row: Score) -> dict[str, Any]:
    """A score as plain numbers in percent."""
    return {
        "p": round(100 * row.exact.precision, 1),
        "r": round(100 * row.exact.recall, 1),
        "f1": round(100 * row.exact.f1, 1),
        "ci": [round(100 * x, 1) for x in row.interval],
        "overlap_f1": round(100 * row.overlap.f1, 1),
        "n": row.exact.gold,
    }


def finish(
    nlp: Language,
    optimizer: Optimizer,
    out: Path,
    sets: Mapping[str, Sequence[Annotated]],
    settings: Mapping[str, Any],
) -> Figures:
    """Keep the averaged weights and the shipped heads, score, and write the folder with its meta.json."""
    with nlp.use_params(optimizer.averages):
        for name in nlp.pipe_names:
            if name not in (*SHIPPED_HEADS, "tok2vec"):
                nlp.remove_pipe(name)
        figures = measure(nlp, sets)
        nlp.batch_size = 32  # larger batches are slower and take four times the memory
        nlp.meta.update(
            name="trial_ner",
            version="0.1.0",
            description="Entities and trial spans of clinical-trial abstracts",
            license="Apache-2.0 (code); trained on corpora with the licences named in models/METRICS.md",
            sources=[
                "gold trial records (own annotation)",
                "BC5CDR (CC BY 4.0)",
                *("PICO-Corpus", "CT-Corpus", "pico-bio", "EBM-NLP", "EvidenceOutcomes", "BioRED", "NCBI-disease"),
                "drug-combination extraction corpus",
            ],
        )
        nlp.meta["trialmine"] = {"settings": dict(settings), "scores": figures, "python": platform.python_version()}
        nlp.to_disk(out)
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    meta["trialmine"] = nlp.meta["trialmine"]
    (out / "meta.json").write_text(json.dumps(meta, indent=1), encoding="utf-8")
    return figures


def load(path: Path) -> Language:
    """A trained folder, as spaCy loads it."""
    return spacy.load(path)
