"""The recipe of `models/trial_ner`: which corpora teach which head, how often, and what is kept back to measure on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
from trialmine.nlp.recurrent_recognizer import ENTITIES
from trialmine.train.lesson import Lesson
from trialmine.train.projection import GROUPS, fold_of, group, project_strings, read_gold, read_regimen_spans

ENTITY_LABELS = {"Chemical": "CHEMICAL", "Disease": "DISEASE"}
PARTICIPANTS = "population"
SHIPPED_HEADS: Mapping[str, tuple[str, ...]] = {
    **GROUPS,
    PARTICIPANTS: ("PARTICIPANTS",),
    ENTITIES: tuple(ENTITY_LABELS.values()),
}
"""The heads of the model, with their labels in the order of their tags."""
OUTSIDE = {"clinical": -0.3, "comparison": -0.3, "harm": -0.5, ENTITIES: 0.5}
"""How far a head favours "no span": what the entities learn from other corpora makes them bold."""

_REGIMENS = {"clinical": 0.10, "comparison": 0.03}
"""Texts of which we annotated only what was given, and to whom; what else a head knows is not told there."""
_REGIMEN_LABELS = ("INTERVENTION", "ARM")

_SHARES = {"clinical": 0.22, "comparison": 0.18, "harm": 0.12, PARTICIPANTS: 0.02, ENTITIES: 0.14}
_OTHERS = {"biored": 0.03, "ncbi": 0.02, "phee": 0.02, "combo": 0.01}
_NOISE = 0.25
_ONCE = ("intervention", "control")
"""PICO-Corpus marks these where the abstract first says them; the head learns every place."""
_CT_SLOTS = {
    "hasDrug": "INT",
    "hasEndoPointDescription": "OUT",
    "analysesHealthCondition": "COND",
}
_PICO_BIO = ("AD", "COVID-19", "EBM-NLPmod")


@dataclass(frozen=True)
class Preparation:
    """How much goes into the vectors: lines of raw text (None: all) and how often they are read."""

    raw_lines: int | None = None
    epochs: int = 4


def lessons(shared: Path, *, measure: bool = False, fold: int | None = None) -> dict[str, Lesson]:
    """What each head learns from.

    Args:
        shared: the folder of gold/ and data/.
        measure: leave out BC5CDR dev and what shares its abstracts. The fifth of the trial texts of `held_out` never
            teaches.
        fold: leave out that half of the trial texts as well.
    """
    data = shared / "data"
    trials = [d for d in read_gold(shared, "train") if not held_out(d.id) and fold_of(d.id) != fold]
    train, dev = (read_spans(data / f"bc5cdr/{part}.jsonl", ENTITY_LABELS) for part in ("train", "dev"))
    unseen = {d.id for d in dev} if measure else set()
    out = {
        name: Lesson([group(d, names) for d in trials], names, _SHARES[name], _NOISE) for name, names in GROUPS.items()
    }
    entities = train if measure else train + dev
    out[ENTITIES] = Lesson(entities, SHIPPED_HEADS[ENTITIES], _SHARES[ENTITIES], _NOISE / 2)
    out[PARTICIPANTS] = Lesson(
        read_populations(data, "train", "dev"), SHIPPED_HEADS[PARTICIPANTS], _SHARES[PARTICIPANTS]
    )
    regimens = [d for d in read_regimen_spans(shared, "open") if fold_of(d.id) != fold]
    for name, share in _REGIMENS.items():
        labels = GROUPS[name]
        silent = tuple(label for label in labels if label not in _REGIMEN_LABELS)
        docs = [group(d, labels) for d in regimens]
        if docs:
            out[f"regimens_{name}"] = Lesson(docs, labels, share, _NOISE, head=name, silent=silent)
    for name, (docs, labels) in _entities_of_others(data).items():
        out[name] = Lesson([d for d in docs if d.id.split("_")[0] not in unseen], labels, _OTHERS[name])
    left = 1 - sum(lesson.share for lesson in out.values())
    extra = trial_corpora(data)
    weight = sum(len(docs) ** 0.5 for docs, _ in extra.values())
    return out | {
        name: Lesson(docs, labels, left * len(docs) ** 0.5 / weight) for name, (docs, labels) in extra.items() if docs
    }


def read_populations(data: Path, *parts: str) -> list[Annotated]:
    """Who takes part, as these parts of pico-bio's first fold mark it."""
    files = (data / f"pico-bio/{name}/fold1/{part}.tsv" for name in _PICO_BIO for part in parts)
    return [doc for file in files for doc in read_tags(file, {"P": "PARTICIPANTS"})]


def _entities_of_others(data: Path) -> dict[str, tuple[list[Annotated], tuple[str, ...]]]:
    """Corpora of chemicals, diseases and drugs with guidelines of their own."""
    biored = {"DiseaseOrPhenotypicFeature": "DISEASE", "ChemicalEntity": "CHEMICAL"}
    biored |= {"GeneOrGeneProduct": "GENE", "OrganismTaxon": "TAXON"}
    phee = {"Treatment.Drug": "DRUG", "Effect": "EFFECT", "Treatment.Disorder": "DISORDER"}
    return {
        "biored": (read_spans(data / "biored/train.jsonl", biored), tuple(sorted(biored.values()))),
        "ncbi": (read_spans(data / "ncbi-disease/train.jsonl", lambda _: "DISEASE"), ("DISEASE",)),
        "phee": (joined(read_spans(data / "phee/train.jsonl", phee)), tuple(sorted(phee.values()))),
        "combo": (joined(read_spans(data / "drug-combo/train.jsonl", lambda _: "DRUG")), ("DRUG",)),
    }


def joined(docs: Sequence[Annotated], count: int = 6) -> list[Annotated]:
    """Corpora of single sentences: so many of them as one text."""
    out = []
    for i in range(0, len(docs), count):
        text, spans = "", []
        for doc in docs[i : i + count]:
            spans += [(a + len(text), b + len(text), label) for a, b, label in doc.spans]
            text += doc.text + " "
        out.append(Annotated(f"{docs[i].id}+", text, tuple(spans)))
    return out


def trial_corpora(data: Path) -> Mapping[str, tuple[list[Annotated], tuple[str, ...]]]:
    """Corpora of trial abstracts that teach through heads of their own, which are not shipped."""

    def with_labels(docs: Sequence[Annotated]) -> tuple[list[Annotated], tuple[str, ...]]:
        kept = [d for d in docs if d.spans]
        return kept, tuple(sorted({s[2] for d in kept for s in d.spans}))

    pico_bio = [
        doc
        for corpus in _PICO_BIO
        for part in ("train", "dev")
        for doc in read_tags(data / f"pico-bio/{corpus}/fold1/{part}.tsv", {k: k for k in "PICO"})
    ]
    ebm = read_tags(data / "ebm-nlp/dev.tsv", {k: k for k in ("PAR", "INT", "OUT")}, sequences=20)
    pico = [project_strings(d, _ONCE) for d in read_spans(data / "pico-corpus/train.jsonl", str)]
    return {
        "x_pico": with_labels(pico),
        "x_ct": with_labels(read_ct(data / "ct-corpus/train.jsonl")),
        "x_picobio": with_labels(pico_bio),
        "x_ebm": with_labels(ebm),
        "x_outcomes": with_labels(read_outcomes(data / "evidence-outcomes/train.jsonl")),
    }


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
