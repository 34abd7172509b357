"""The recipe of `models/trial_ner`: which corpora teach which head, and what is kept back to measure on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from trialmine.evaluate.annotated import (
    Annotated,
    disjoint,
    read_jsonl,
    read_outcomes,
    read_spans,
    read_tags,
)
from trialmine.evaluate.gold import held_out
from trialmine.train.multitask import Task
from trialmine.train.projection import GROUPS, fold_of, project_strings, read_gold

ENTITIES = {"Chemical": "CHEMICAL", "Disease": "DISEASE"}
SHIPPED_HEADS = (*GROUPS, "ner")
_CT_SLOTS = {
    "hasDrug": "INT",
    "hasEndoPointDescription": "OUT",
    "analysesHealthCondition": "COND",
}


def tasks(shared: Path, *, aux: float = 0.2, noise: float = 0.25, fold: int | None = None) -> list[Task]:
    """The corpora with their heads and shares; what is kept back to measure on stands in `Task.later`. With `fold`,
    that half of the gold is left out."""
    data = shared / "data"
    gold = read_gold(shared / "gold", "train")
    bc5cdr = read_spans(data / "bc5cdr/train.jsonl", ENTITIES)
    kept_back = read_spans(data / "bc5cdr/dev.jsonl", ENTITIES)
    main = [
        Task(
            "gold",
            [d for d in gold if not held_out(d.id) and fold_of(d.id) != fold],
            GROUPS,
            (1 - aux) * 0.5,
            noise,
            [d for d in gold if held_out(d.id)],
        ),
        Task("bc5cdr", bc5cdr, {"ner": ("CHEMICAL", "DISEASE")}, (1 - aux) * 0.5, noise * 0.6, kept_back),
    ]
    extra = auxiliary(data, kept_back)
    total = sum(len(t.docs) ** 0.5 for t in extra)
    return main + [replace(t, weight=aux * len(t.docs) ** 0.5 / total) for t in extra]


def auxiliary(data: Path, unseen: Sequence[Annotated]) -> list[Task]:
    """Corpora that teach the encoder through heads of their own, which are not shipped."""
    ids = {d.id for d in unseen}

    def task(head: str, docs: Sequence[Annotated], noise: float = 0.0) -> Task:
        kept = [d for d in docs if d.id not in ids and d.spans]
        return Task(head, kept, {head: tuple(sorted({s[2] for d in kept for s in d.spans}))}, 1.0, noise)

    pico = read_spans(
        data / "pico-corpus/train.jsonl",
        {"intervention": "INT", "control": "CTRL", "outcome": "OUT", "outcome-Measure": "OUT", "condition": "COND"},
    )
    pico_bio = [
        doc
        for corpus in ("AD", "COVID-19", "EBM-NLPmod")
        for part in ("train", "dev", "test")
        for doc in read_tags(data / f"pico-bio/{corpus}/fold1/{part}.tsv", {k: k for k in "PICO"})
    ]
    ebm = read_tags(data / "ebm-nlp/dev.tsv", {k: k for k in ("PAR", "INT", "OUT")}, sequences=20)
    return [
        task("x_pico", [project_strings(d, ("INT", "CTRL")) for d in pico]),
        task("x_ct", read_ct(data / "ct-corpus/train.jsonl")),
        task("x_picobio", pico_bio),
        task("x_ebm", ebm),
        task("x_outcomes", read_outcomes(data / "evidence-outcomes/train.jsonl")),
        task("x_biored", read_spans(data / "biored/train.jsonl", str)),
        task("x_ncbi", read_spans(data / "ncbi-disease/train.jsonl", lambda _: "DISEASE")),
        task("x_combo", read_spans(data / "drug-combo/train.jsonl", lambda _: "DRUG")),
    ]


def read_ct(path: Path) -> list[Annotated]:
    """CT-Corpus: an entity label counts as what the template slots mostly use it for."""
    uses: dict[str, Counter[str]] = {}
    for row in read_jsonl(path):
        labels = {e["id"]: e["label"] for e in row["entities"]}
        for template in row["templates"]:
            for slot, fillers in template["slots"].items():
                for filler in fillers:
                    if filler in labels:
                        uses.setdefault(labels[filler], Counter())[slot] += 1
    best: dict[str, str] = {label: count.most_common(1)[0][0] for label, count in uses.items()}
    rename: Callable[[str], str | None] = lambda label: _CT_SLOTS.get(best.get(label, ""))  # noqa: E731
    return [replace(d, spans=disjoint(d.spans)) for d in read_spans(path, rename)]
