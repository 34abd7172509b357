"""Silver: raw biomedical text with the entities that the teachers find, from which the shipped model learns."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from trialmine.evaluate.annotated import Annotated, read_jsonl, read_spans
from trialmine.train.recipe import ENTITIES, Preparation
from trialmine.train.tagging import spans
from trialmine.train.teacher import LABELS, Course, lessons, tag_chances, train_teacher
from trialmine.train.vectors import vectors_pipeline
from trialmine.train.words import Words

OUTSIDE = 0.5
"""Without it the teachers find more than is there: what they learn from other corpora makes them bold."""
SEEDS = (0, 1)

_SENTENCES = ("phee/train", "ade-drug-dose/drug_effect_sentences", "drug-combo/train")
_DOCUMENTS = ("ncbi-disease/train", "biored/train", "maccrobat/train", "ct-corpus/train", "evidence-outcomes/train")


def write_silver(shared: Path, work: Path, out: Path, preparation: Preparation, *, measure: bool) -> None:
    """Train the teachers and write what they find, as JSONL rows {id, text, entities}.

    With `measure` neither teachers nor texts know BC5CDR dev.
    """
    words = Words(vectors_pipeline(work / "vectors.floret"))
    corpora = lessons(shared / "data", measure=measure)
    teachers = [train_teacher(corpora, words, Course(preparation.teacher_steps, seed=seed)) for seed in SEEDS]
    unseen = {d.id for d in read_spans(shared / "data/bc5cdr/dev.jsonl", ENTITIES)}
    texts, docs, count = [], [], 0
    for text in silver_texts(shared, unseen):
        doc = words.encode(text)
        if len(doc.ids) >= 20:
            texts.append(text)
            docs.append(doc)
            count += len(doc.ids)
        if count > preparation.silver_tokens:
            break
    found = {i: spans(p, docs[i].offsets, LABELS, outside=OUTSIDE) for i, p in tag_chances(teachers, docs, words)}
    with out.open("w", encoding="utf-8") as file:
        for i, text in enumerate(texts):
            entities = [{"start": a, "end": b, "label": label} for a, b, label in found[i]]
            file.write(json.dumps({"id": f"silver-{i}", "text": text, "entities": entities}) + "\n")


def silver_texts(shared: Path, unseen: set[str]) -> Iterator[str]:
    """Texts in the order of their use: case reports and abstracts on drugs and diseases, trials, then anything."""
    data, rng = shared / "data", random.Random(5)
    for name in _SENTENCES:
        yield from _together(_read(data / f"{name}.jsonl", unseen))
    for name in _DOCUMENTS:
        for doc in _read(data / f"{name}.jsonl", unseen):
            yield from (doc.text[i : i + 3000] for i in range(0, len(doc.text), 3000))
    yield from (doc.text[:3000] for doc in _read(data / "pico-corpus/train.jsonl", unseen)[:250])
    yield from (row["text"][:4000] for row in read_jsonl(shared / "gold/train.texts.jsonl"))
    rows = read_jsonl(data / "pmc-rct/abstracts.jsonl")
    trials = [" ".join(str(row[k]) for k in ("title", "text", "abstract") if row.get(k)) for row in rows]
    yield from rng.sample(trials, min(900, len(trials)))
    with lzma.open(data / "raw-text/biomed.txt.xz", "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file if 600 < len(line) < 2500]
    rng.shuffle(lines)
    yield from lines


def _read(path: Path, unseen: set[str]) -> list[Annotated]:
    return [d for d in read_spans(path, lambda _: None) if d.id.split("_")[0] not in unseen]


def _together(docs: Sequence[Annotated], length: int = 1200) -> Iterator[str]:
    """Sentences of one document side by side, and documents until they are as long as an abstract."""
    documents: dict[str, dict[str, None]] = {}
    for doc in docs:
        documents.setdefault(doc.id.split("_")[0], {})[doc.text] = None
    text = ""
    for sentences in documents.values():
        text += " ".join(sentences) + " "
        if len(text) > length:
            yield text.strip()
            text = ""
