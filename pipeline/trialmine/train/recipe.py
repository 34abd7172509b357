"""The recipe of `models/trial_ner`: which corpora teach which head, and what is kept back to measure on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
_ONCE = ("intervention", "control")
"""PICO-Corpus marks these where the abstract first says them; the head learns every place."""
_CT_SLOTS = {
    "hasDrug": "INT",
    "hasEndoPointDescription": "OUT",
    "analysesHealthCondition": "COND",
}


@dataclass(frozen=True)
class Shares:
    """How the steps of a run are divided, and how often a text of ours is garbled."""

    gold: float = 0.30
    entities: float = 0.28
    silver: float = 0.28
    noise: float = 0.25


@dataclass(frozen=True)
class Preparation:
    """How much goes into the vectors and the silver: lines of raw text (None: all) and how often they are read, steps
    of each teacher, tokens that the teachers label. Small numbers try every stage out in minutes.
    """

    raw_lines: int | None = None
    epochs: int = 4
    teacher_steps: int = 1700
    silver_tokens: int = 1_300_000


def tasks(
    shared: Path,
    silver: Path,
    *,
    shares: Shares = Shares(),  # noqa: B008 (frozen)
    measure: bool = False,
    fold: int | None = None,
) -> list[Task]:
    """The corpora with their heads and shares of the steps; what `shares` leaves is for the encoder's own corpora.

    With `measure`, BC5CDR dev and the fifth of the gold that `held_out` names are left out; with `fold`, that half of
    the gold. `silver` holds raw text with the teachers' entities.
    """
    data = shared / "data"
    gold = [d for d in read_gold(shared / "gold", "train") if not (measure and held_out(d.id))]
    bc5cdr = read_spans(data / "bc5cdr/train.jsonl", ENTITIES)
    if not measure:
        bc5cdr += read_spans(data / "bc5cdr/dev.jsonl", ENTITIES)
    entities = {"ner": tuple(ENTITIES.values())}
    main = [
        Task("gold", [d for d in gold if fold_of(d.id) != fold], GROUPS, shares.gold, shares.noise),
        Task("bc5cdr", bc5cdr, entities, shares.entities, shares.noise * 0.6),
        Task("silver", read_spans(silver, str), entities, shares.silver, shares.noise * 0.6),
    ]
    extra = auxiliary(data)
    left = (1 - sum(t.weight for t in main)) / sum(len(t.docs) ** 0.5 for t in extra)
    return main + [replace(t, weight=left * len(t.docs) ** 0.5) for t in extra]


def auxiliary(data: Path) -> list[Task]:
    """Corpora that teach the encoder through heads of their own, which are not shipped."""

    def task(head: str, docs: Sequence[Annotated]) -> Task:
        kept = [d for d in docs if d.spans]
        return Task(head, kept, {head: tuple(sorted({s[2] for d in kept for s in d.spans}))}, 1.0)

    pico_bio = [
        doc
        for corpus in ("AD", "COVID-19", "EBM-NLPmod")
        for part in ("train", "dev")
        for doc in read_tags(data / f"pico-bio/{corpus}/fold1/{part}.tsv", {k: k for k in "PICO"})
    ]
    ebm = read_tags(data / "ebm-nlp/dev.tsv", {k: k for k in ("PAR", "INT", "OUT")}, sequences=20)
    return [
        task("x_pico", [project_strings(d, _ONCE) for d in read_spans(data / "pico-corpus/train.jsonl", str)]),
        task("x_ct", read_ct(data / "ct-corpus/train.jsonl")),
        task("x_picobio", pico_bio),
        task("x_ebm", ebm),
        task("x_outcomes", read_outcomes(data / "evidence-outcomes/train.jsonl")),
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
