"""Trains the network that reads the words around numbers (assemble/statistics/network.py).

It learns several tasks on the same layers: results and their measures from gold records, the roles of numbers from
PICO-Corpus and CT-Corpus, and what RCT-ART marks as measured. Words are the vectors of the shipped model, made small.
As with the linear judges (statistics_judges.py), the outcomes around a number come from taggers that have not read its
record, and documents that are gold here teach no other task.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from trialmine.assemble.statistics.candidates import Candidate, build_candidates
from trialmine.assemble.statistics.features import candidate_features
from trialmine.assemble.statistics.network import (
    NUMBER,
    UNKNOWN,
    ending_of,
    key_of,
    tokens_of,
)
from trialmine.assemble.statistics.surroundings import Surroundings
from trialmine.evaluate.annotated import read_jsonl
from trialmine.evaluate.trial_records import open_records
from trialmine.nlp.ner import load_ner
from trialmine.nlp.reader import Reader
from trialmine.train.outcome_tagger import fold_of, read_fold_taggers
from trialmine.train.statistics import align
from trialmine.train.statistics_corpora import CT, PICO, RCT_ART, marked_numbers
from trialmine.train.statistics_judges import Company, read_company
from trialmine.train.unread import UnreadReader

NONE, GOLD = "none", "gold"
OTHERS = {"pico": ("pico-corpus", PICO), "ct": ("ct-corpus", CT), "art": ("rct-art", RCT_ART)}
DIMENSIONS = 64
_WORD_LEAST, _ENDING_LEAST, _FEATURE_LEAST = 5, 5, 15
# the features that tell of form and company; words are the network's own business
_FORMS = frozenset(
    "section unit section&unit label dispersion ci fraction whole size list rank list_spread list_ci p p_in_sentence "  # noqa: SIM905
    "change_near change_by from to pair change_behind last_change people rate mean from_baseline signed baseline down "
    "bracket bracket_first place hyphen comparator harm_left harm_right harm_sentence harm_before over left_thing "
    "right_thing left_outcome left_endpoint left_harm left_arm right_outcome right_endpoint right_harm right_arm arms "
    "safety since_last until_next repeated&section year range novalue ucum".split()
)


@dataclass(frozen=True)
class Numbers:
    """The candidates of one document with what is seen of each and what it is, in one task's labels."""

    task: str
    company: Company
    atoms: Sequence[Candidate]
    features: Sequence[Sequence[str]]
    labels: Sequence[str]


@dataclass(frozen=True)
class Words:
    """The vocabulary, and its vectors in 8 bits with the scale that makes numbers of them."""

    places: Mapping[str, int]
    vectors: Any
    scale: float


def gold_numbers(shared: Path, work: Path) -> Iterator[Numbers]:
    """The numbers of the training records but the held-out fifth; the label is the measure of a result, or NONE."""
    reader, taggers = UnreadReader(shared, work), read_fold_taggers(work)
    for record, text in open_records(shared):
        company = read_company(text, reader, taggers[fold_of(record["doc_id"])])

        def labels(atoms: Sequence[Candidate], record: Mapping[str, Any] = record, own: Company = company) -> list[str]:
            aligned = align(record.get("statistics") or [], own.clean, atoms)
            return [aligned[i][0]["measure"] if i in aligned else NONE for i in range(len(atoms))]

        yield from numbers_of(GOLD, company, labels)


def other_numbers(shared: Path) -> Iterator[Numbers]:
    """The numbers of the other corpora with their roles; documents that are gold here are left out."""
    gold = (row for name in ("dev", "train") for row in read_jsonl(shared / "gold" / f"{name}.jsonl"))
    seen = frozenset(row["doc_id"].removeprefix("PMID") for row in gold)
    reader = Reader()
    for task, (folder, roles) in OTHERS.items():
        for text, marks in marked_numbers(shared / "data" / folder / "train.jsonl", roles, leave_out=seen):
            company = read_company(text, reader)
            placed = [(company.clean.to_clean(s), company.clean.to_clean(e), role) for s, e, role in marks]

            def labels(atoms: Sequence[Candidate], placed: list[tuple[int, int, str]] = placed) -> list[str]:
                return [next((r for s, e, r in placed if s < a.number_end and a.at < e), NONE) for a in atoms]

            yield from numbers_of(task, company, labels)


def numbers_of(task: str, company: Company, labels: Callable[[Sequence[Candidate]], list[str]]) -> Iterator[Numbers]:
    """The candidates of one document, if it has any; `labels` tells what they are."""
    article, mentions, blocks = company.article, company.mentions, company.blocks
    atoms = build_candidates(article, mentions)
    if not atoms:
        return
    around = Surroundings(article, mentions, blocks["endpoints"], blocks["arms"])
    p_values = mentions["p_value"]
    features = [
        [*candidate_features(article, atoms, i, p_values), *around.features(atoms, i)] for i in range(len(atoms))
    ]
    yield Numbers(task, company, atoms, features, labels(atoms))


def vocabulary(texts: Iterable[str], vector_of: Callable[[str], Any]) -> Words:
    """The words that are met often and the endings of all, with vectors brought down to a few dimensions."""
    counts = Counter(key_of(token) for text in texts for token in tokens_of(text))
    counts.pop(NUMBER, None)
    common = sorted(word for word, n in counts.items() if n >= _WORD_LEAST)
    raw = {word: np.asarray(vector_of(word), dtype=np.float64) for word in counts}
    raw = {word: v / max(float(np.linalg.norm(v)), 1e-6) for word, v in raw.items()}
    endings: dict[str, list[str]] = {}
    for word in sorted(counts):
        if word.isalpha():
            endings.setdefault(ending_of(word), []).append(word)
    endings = {ending: words for ending, words in sorted(endings.items()) if len(words) >= _ENDING_LEAST}
    names = [UNKNOWN, NUMBER, *(w for w in common if w not in (UNKNOWN, NUMBER)), *endings]
    rows = {w: raw[w] for w in common} | {e: np.mean([raw[w] for w in words], axis=0) for e, words in endings.items()}
    blank = np.zeros_like(next(iter(raw.values())))
    matrix = np.stack([rows.get(name, blank) if name not in (UNKNOWN, NUMBER) else blank for name in names])
    weights = np.sqrt([float(counts.get(name, 0)) for name in names])[:, None]
    matrix = matrix - (matrix * weights).sum(axis=0) / weights.sum()
    _, _, axes = np.linalg.svd(matrix * np.sqrt(weights), full_matrices=False)
    small = matrix @ axes[:DIMENSIONS].T
    small /= small.std()
    scale = float(np.abs(small).max() / 127)
    return Words({name: i for i, name in enumerate(names)}, np.round(small / scale).astype(np.int8), scale)


def form_names(documents: Iterable[Numbers]) -> dict[str, int]:
    """The features of form that gold documents have often enough."""
    seen = Counter(f for d in documents if d.task == GOLD for own in d.features for f in own)
    names = sorted(f for f, n in seen.items() if n >= _FEATURE_LEAST and f.partition("=")[0] in _FORMS)
    return {name: i for i, name in enumerate(names)}


def label_names(documents: Iterable[Numbers]) -> dict[str, list[str]]:
    """The labels of every task."""
    found: dict[str, set[str]] = {}
    for d in documents:
        found.setdefault(d.task, set()).update(d.labels)
    return {task: sorted(labels | {NONE}) for task, labels in found.items()}


def texts_of(shared: Path) -> Iterator[str]:
    """The texts that tell which words are common: bare ones, and those of the corpora that are learned from."""
    for row in read_jsonl(shared / "data" / "pmc-rct" / "abstracts.jsonl"):
        yield str(row.get("text") or row.get("abstract") or "")
    for folder, _ in OTHERS.values():
        for row in read_jsonl(shared / "data" / folder / "train.jsonl"):
            yield str(row["text"])


def write(arrays: Mapping[str, Any]) -> Path:
    """Write the weights where the package reads them."""
    path = Path(__file__).resolve().parents[1] / "lexicon" / "weights" / "statistics_network.npz"
    np.savez_compressed(path, **arrays)
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all records but the held-out fifth, and write the packaged weights."""
    parser = argparse.ArgumentParser(prog="trialmine train statistics-network", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=Path("models/.work"), help="folder with the taggers of the folds")
    options = parser.parse_args(arguments)
    from trialmine.train.number_net import arrays_of, fit, lesson_of

    vectors = load_ner().vocab
    words = vocabulary(texts_of(options.shared), vectors.get_vector)
    documents = [*gold_numbers(options.shared, options.work), *other_numbers(options.shared)]
    forms, labels = form_names(documents), label_names(documents)
    net = fit([lesson_of(d, words, forms, labels) for d in documents], words, len(forms), labels)
    print(write(arrays_of(net, words, forms, labels[GOLD])))


if __name__ == "__main__":
    main()
