"""Invented trials in the layout of the corpora that models/README.md names, for builds that take seconds."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_TRIALS = tuple(
    {"drug": drug, "disease": disease, "outcome": outcome}
    for drug, disease, outcome in (
        ("velorastatin", "oakwood fever", "morning temperature"),
        ("pendocillin", "tinker's palsy", "grip strength"),
        ("amberidone", "harbour cough", "nights without cough"),
        ("quillimab", "miller's itch", "itch score"),
        ("sorrelin", "ferry sickness", "hours of nausea"),
        ("cloverine", "weaver's ague", "days with ague"),
    )
)
_TEXT = (
    "{drug} against {disease}. We gave 40 patients with {disease} {drug} or placebo for eight weeks. "
    "The primary outcome was {outcome}.\n\nRESULTS: {outcome} fell with {drug}; nobody stopped because of {disease}."
)
_TEXTS = tuple(_TEXT.format(**trial) for trial in _TRIALS)

_SPANS: Mapping[str, Mapping[str, str]] = {
    "bc5cdr/train": {"drug": "Chemical", "disease": "Disease"},
    "bc5cdr/dev": {"drug": "Chemical", "disease": "Disease"},
    "ncbi-disease/train": {"disease": "SpecificDisease"},
    "biored/train": {"drug": "ChemicalEntity", "disease": "DiseaseOrPhenotypicFeature"},
    "phee/train": {"drug": "Treatment.Drug", "disease": "Treatment.Disorder"},
    "drug-combo/train": {"drug": "DRUG"},
    "ade-drug-dose/drug_effect_sentences": {"drug": "Drug"},
    "maccrobat/train": {"drug": "Medication"},
    "pico-corpus/train": {"drug": "intervention", "outcome": "outcome"},
    "ct-corpus/train": {"drug": "Drug", "disease": "Disease"},
    "evidence-outcomes/train": {"outcome": "Outcome"},
}
_PICO = {"patients": "P", "drug": "I", "outcome": "O"}
_TAGS: Mapping[str, Mapping[str, str]] = {
    "ebm-nlp/dev": {"drug": "INT", "outcome": "OUT"},
    **{f"pico-bio/{x}/fold1/{y}": _PICO for x in ("AD", "COVID-19", "EBM-NLPmod") for y in ("train", "dev", "test")},
}


def write_corpora(shared: Path) -> None:
    """Every file that a build of the model reads, below `shared`."""
    for name, labels in _SPANS.items():
        _write_rows(shared / f"data/{name}.jsonl", (_spans(name, i, labels) for i in range(len(_TRIALS))))
    for name, labels in _TAGS.items():
        tagged = "\n".join(_tags(i, labels) for i in range(len(_TRIALS)))
        _parent(shared / f"data/{name}.tsv").write_text(tagged, encoding="utf-8")
    texts = [{"doc_id": f"trial-{i}", "text": text} for i, text in enumerate(_TEXTS)]
    _write_rows(shared / "data/pmc-rct/abstracts.jsonl", texts)
    for part in ("train", "dev"):
        _write_rows(shared / f"gold/{part}.texts.jsonl", texts)
        _write_rows(shared / f"gold/{part}.jsonl", (_record(i) for i in range(len(_TRIALS))))
    raw = "".join(text.replace("\n", " ") * 3 + "\n" for text in _TEXTS)
    _parent(shared / "data/raw-text/biomed.txt.xz").write_bytes(lzma.compress(raw.encode()))


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    _parent(path).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _spans(name: str, i: int, labels: Mapping[str, str]) -> dict[str, Any]:
    entities = [
        {"id": f"{role}-{found.start()}", "label": label, "start": found.start(), "end": found.end()}
        for role, label in labels.items()
        for found in re.finditer(re.escape(_TRIALS[i][role]), _TEXTS[i])
    ]
    slots = {"hasDrug": [e["id"] for e in entities if e["label"] == "Drug"]}
    return {"id": f"{name}-{i}", "text": _TEXTS[i], "entities": entities, "templates": [{"slots": slots}]}


def _tags(i: int, labels: Mapping[str, str]) -> str:
    named = {word: labels[role] for role in labels for word in _TRIALS[i].get(role, role).split()}
    words = _TEXTS[i].replace(".", " .").split()
    rows = "\n".join(f"{word}\t{f'B-{named[word]}' if word in named else 'O'}" for word in words)
    return f"-DOCSTART-\t{i}\n\n{rows}\n"


def _record(i: int) -> dict[str, Any]:
    trial = _TRIALS[i]
    return {
        "doc_id": f"trial-{i}",
        "interventions": [{"name": trial["drug"]}, {"name": "placebo"}],
        "population": {"conditions": [{"name": trial["disease"]}]},
        "endpoints": [{"name": trial["outcome"]}],
        "arms": [{"label": trial["drug"]}, {"label": "placebo"}],
    }
