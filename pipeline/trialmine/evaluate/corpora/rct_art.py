"""RCT-ART: result sentences with their interventions, outcomes and measures (Whitton & Hunter 2023).

A gold tuple is a measure with the intervention and the outcome that it is linked to; a tuple of ours is a result row,
or an adverse event, with its arm and endpoint. Strict: the same number, and both names the same but for case, blanks
and signs. Relaxed: the same number, and both names share half of their words or one holds the other. Sentences stand
alone here, so what the rest of the abstract says of the arms is not to be had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example, Miss, figures
from trialmine.evaluate.evidence_audit import numbers_in
from trialmine.evaluate.record_view import Record, overlap, words_of
from trialmine.evaluate.tally import Tally

_TABLE = "result tuples (intervention, outcome, value)"
_SIDES = ("A1_RES", "A2_RES")
_EVENT_VALUES = ("percent", "n")


@dataclass(frozen=True, slots=True)
class Result:
    """A number with the names that its arm and its outcome go by."""

    numbers: frozenset[float]
    arms: frozenset[str]
    outcomes: frozenset[str]


def score(examples: Sequence[Example], records: Mapping[str, Record], folder: Path) -> CorpusScores:  # noqa: ARG001
    """Tuples found strictly and relaxed, and the parts of them that were found."""
    per_document, misses = [], []
    for e in examples:
        gold, ours = list(gold_results(e.gold)), list(stated_results(records.get(e.doc_id, {})))
        tallies = {name: _matched(gold, ours, rule)[0] for name, rule in _RULES.items()}
        per_document.append(tallies)
        for result in _matched(gold, ours, _relaxed)[1]:
            kind = next((kind for kind, rule in _KINDS.items() if not any(rule(result, o) for o in ours)), "taken")
            said = f"{'/'.join(sorted(result.arms))} | {'/'.join(sorted(result.outcomes))}"
            misses.append(Miss(_TABLE, "relaxed", kind, e.doc_id, said))
    return CorpusScores({_TABLE: figures(per_document, total=None)}, misses)


def gold_results(document: Mapping[str, Any]) -> Iterator[Result]:
    """The measures that are linked to both an intervention and an outcome."""
    words = {e["id"]: e["text"] for e in document["entities"]}
    for mark in document["entities"]:
        if mark["label"] != "MEAS":
            continue
        links = [r for r in document.get("relations") or [] if r["tail"] == mark["id"]]
        arms = frozenset(words[r["head"]] for r in links if r["label"] in _SIDES)
        outcomes = frozenset(words[r["head"]] for r in links if r["label"] == "OC_RES")
        numbers = _numbers(mark["text"])
        if arms and outcomes and numbers:
            yield Result(numbers, arms, outcomes)


def stated_results(record: Record) -> Iterator[Result]:
    """Result rows and adverse events that have a number, an arm and an outcome."""
    names = {i["id"]: {i["name"], i["text"], *(i.get("aliases") or [])} for i in record.get("interventions") or []}
    arms = {
        a["id"]: {a["label"], *(n for i in a.get("interventions") or [] for n in names.get(i, ()))}
        for a in record.get("arms") or []
    }
    outcomes = {e["id"]: e["name"] for e in record.get("endpoints") or []}
    for s in record.get("statistics") or []:
        if s.get("value") is not None or s.get("numerator") is not None:
            values = frozenset(abs(float(s[k])) for k in ("value", "numerator") if s.get(k) is not None)
            yield Result(values, _arms(s, arms), frozenset(n for n in [outcomes.get(s.get("endpoint"))] if n))
    for e in record.get("adverse_events") or []:
        values = frozenset(float(e[k]) for k in _EVENT_VALUES if e.get(k) is not None)
        if values:
            yield Result(values, _arms(e, arms), frozenset([e["term"]]))


def _arms(row: Record, arms: Mapping[str, set[str]]) -> frozenset[str]:
    return frozenset(name for a in row.get("arms") or [] for name in arms.get(a, ()))


def _numbers(text: str) -> frozenset[float]:
    """The numbers of a measure whose decimals may stand apart ("5 .6")."""
    return frozenset(numbers_in(regex.sub(r"(?<=\d) ?([.·]) ?(?=\d)", r"\1", text)))


def _matched(gold: Sequence[Result], ours: Sequence[Result], rule: Any) -> tuple[Tally, list[Result]]:
    """A tally with each tuple used once, and the gold tuples without a partner."""
    left = list(ours)
    missed = []
    for result in gold:
        partner = next((o for o in left if rule(result, o)), None)
        if partner is None:
            missed.append(result)
        else:
            left.remove(partner)
    return Tally(len(gold) - len(missed), len(left), len(missed)), missed


def _plain(names: frozenset[str]) -> set[str]:
    return {regex.sub(r"[^a-z0-9]+", "", n.lower()) for n in names}


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    if any(x in y or y in x for x in _plain(a) for y in _plain(b) if min(len(x), len(y)) > 1):
        return True
    return any(overlap(words_of(x), words_of(y)) >= 0.5 for x in a for y in b)


def _value(gold: Result, ours: Result) -> bool:
    return bool(gold.numbers & ours.numbers)


def _arm(gold: Result, ours: Result) -> bool:
    return _value(gold, ours) and _alike(gold.arms, ours.arms)


def _outcome(gold: Result, ours: Result) -> bool:
    return _value(gold, ours) and _alike(gold.outcomes, ours.outcomes)


def _relaxed(gold: Result, ours: Result) -> bool:
    return _arm(gold, ours) and _outcome(gold, ours)


def _strict(gold: Result, ours: Result) -> bool:
    same_arm, same_outcome = _plain(gold.arms) & _plain(ours.arms), _plain(gold.outcomes) & _plain(ours.outcomes)
    return _value(gold, ours) and bool(same_arm and same_outcome)


_RULES = {
    "strict": _strict,
    "relaxed": _relaxed,
    "value alone": _value,
    "value and intervention": _arm,
    "value and outcome": _outcome,
}
_KINDS = {"the value is in no row": _value, "another arm, or none": _arm, "another outcome, or none": _outcome}

RCT_ART = Corpus(
    name="rct-art",
    description="result tuples of single sentences: intervention, outcome, value",
    file="dev.jsonl",
    score=score,
    publication_type="Randomized Controlled Trial",
)
