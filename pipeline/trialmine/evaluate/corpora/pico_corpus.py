"""PICO-Corpus: numbers of people and results in abstracts of breast-cancer trials (Mutinda et al. 2022).

Recall of the marked numbers, since the corpus marks no P, interval or ratio. A number is found where a row of the right
block holds its value and has evidence over it. "arms apart": of neighbouring numbers of the two arms that were both
found, those whose rows name different arms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import regex

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example, Miss, add, lies_over, recalls
from trialmine.evaluate.record_view import Record
from trialmine.evaluate.tally import Tally

_NUMBERS = regex.compile(r"bin-|cont-(mean|median|sd)|participants")
_DIGITS = regex.compile(r"\d+(?:\.\d+)?|(?<!\d)\.\d+")
_THOUSANDS = regex.compile(r"(?<=\d)[, ](?=\d{3}\b)")
_WORDS = {
    word: float(n)
    for n, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        )
    )
}  # fmt: skip
_MEANS = {"mean", "change_from_baseline", "percent_change", "geometric_mean", "mean_difference"}
_PEOPLE = ("enrolled", "randomized", "evaluable")
_NEAR = 120  # characters between the numbers of two arms that belong together
_MARKED, _ARMS = "marked numbers", "arms apart"


def score(examples: Sequence[Example], records: Mapping[str, Record], folder: Path) -> CorpusScores:  # noqa: ARG001
    """Recall per label, and how often the arms of paired numbers are told apart."""
    misses: list[Miss] = []
    found, apart = [], []
    for example in examples:
        hits: dict[str, Tally] = {}
        sides: dict[str, list[tuple[str, int, tuple[str, ...]]]] = {}
        for mark in example.gold["entities"]:
            label, start, end = mark["label"], mark["start"], mark["end"]
            values = numbers(mark["text"]) if _NUMBERS.search(label) else []
            if not values:
                continue
            rows = rows_with(records.get(example.doc_id, {}), label, start, end, values[0])
            add(hits, label, Tally(tp=1) if rows else Tally(fn=1))
            if not rows:
                misses.append(Miss(_MARKED, label, "no row holds it", example.doc_id, mark["text"]))
            elif label[:3] in ("iv-", "cv-") and rows[0].get("arms"):
                sides.setdefault(label[3:], []).append((label[:2], start, tuple(rows[0]["arms"])))
        found.append(hits)
        apart.append({_ARMS: _told_apart(sides)})
    return CorpusScores({_MARKED: recalls(found), _ARMS: recalls(apart, total=None)}, misses)


def numbers(text: str) -> list[float]:
    """The numbers of a marked phrase, in digits or else in words."""
    plain = _THOUSANDS.sub("", text.replace("·", ".").lower())
    digits = [float(x) for x in _DIGITS.findall(plain)]
    return digits or [_WORDS[w] for w in regex.findall(r"[a-z]+", plain) if w in _WORDS]


def rows_with(record: Record, label: str, start: int, end: int, value: float) -> list[Record]:
    """The rows that hold the value of a marked number, in the slot that its label asks for."""
    results = [s for s in record.get("statistics") or [] if lies_over(s, start, end)]
    events = [e for e in record.get("adverse_events") or [] if lies_over(e, start, end)]
    if label.endswith("bin-percent"):
        rows = [r for r in results if _close(r.get("value"), value)]
        return rows + [e for e in events if _close(e.get("percent"), value)]
    if label.endswith("bin-abs"):
        rows = [r for r in results if _close(r.get("numerator"), value) or _is_count(r, value)]
        return rows + [e for e in events if _close(e.get("n"), value)]
    if label.endswith("cont-sd"):
        return [r for r in results if _close((r.get("dispersion") or {}).get("value"), value)]
    if "cont-" in label:
        measures = {"median"} if label.endswith("median") else _MEANS
        return [r for r in results if r.get("measure") in measures and _close(r.get("value"), value)]
    if label == "total-participants":
        population = record.get("population") or {}
        return [population] if any(_close(population.get(k), value) for k in _PEOPLE) else []
    return [a for a in record.get("arms") or [] if _close(a.get("n"), value)]


def _is_count(row: Record, value: float) -> bool:
    return row.get("measure") == "count" and _close(row.get("value"), value)


def _close(stated: float | None, value: float) -> bool:
    return stated is not None and abs(abs(float(stated)) - abs(value)) < 1e-6


def _told_apart(sides: Mapping[str, list[tuple[str, int, tuple[str, ...]]]]) -> Tally:
    out = Tally()
    for marks in sides.values():
        for first, second in pairwise(sorted(marks, key=lambda m: m[1])):
            if first[0] != second[0] and second[1] - first[1] < _NEAR:
                out += Tally(tp=1) if first[2] != second[2] else Tally(fn=1)
    return out


PICO_CORPUS = Corpus(
    name="pico-corpus",
    description="numbers of people and results found, arms told apart (recall)",
    file="dev.jsonl",
    score=score,
    id_key="pmid",
)
