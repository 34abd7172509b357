"""The published slot-filling protocol of CT-Corpus (Witte, Schmidt & Cimiano 2024, J Biomed Semantics 15:3).

Templates of a document and type are paired one to one so that the sum of their F1 is greatest; a slot of a pair is a
set of strings; a template without a partner counts in full. Slots that hold templates, and slots filled in fewer than
ten training templates of a disease, are not scored. Citation slots are left out: a record does not keep them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import regex

from trialmine.evaluate.corpora.ct_templates import Template, Templates
from trialmine.evaluate.tally import Tally

LINKS = {
    "describes", "hasArm", "hasPopulation", "hasDiffBetweenGroups", "hasOutcome1", "hasOutcome2", "hasOutcome",
    "hasAdverseEffect", "hasIntervention", "hasMedication", "hasEndpoint",
}  # fmt: skip
CITATION = {"hasAuthor", "hasTitle", "hasPMID", "hasPublicationYear", "hasJournal"}
NOT_IN_A_RECORD = {
    "hasObjectiveDescription", "hasConclusionComment", "hasCountry", "hasEthnicity", "hasObservedResult",
    "hasBaselineValue", "hasSdDevBL", "hasMeasurementDevice", "hasDoseDescription", "hasSubGroupDescription",
    "hasFinalNumPatientsArm",
}  # fmt: skip
_FEWEST = 10


def gold_templates(document: Mapping[str, Any]) -> Templates:
    """The templates of a document of the corpus, white space removed from their strings."""
    words = {e["id"]: e["text"] for e in document["entities"]}
    out: Templates = {}
    for template in document["templates"]:
        slots: Template = {}
        for slot, fillers in template["slots"].items():
            values = {regex.sub(r"\s+", "", words[i]) for i in fillers if i in words}
            if values and slot not in LINKS:
                slots[slot] = values
        out.setdefault(template["type"], []).append(slots)
    return out


def scored_slots(training: Iterable[Mapping[str, Any]], disease: str) -> set[str]:
    """The slots that the protocol scores for a disease."""
    counts = Counter(
        slot
        for document in training
        if document["disease"] == disease
        for template in document["templates"]
        for slot, fillers in template["slots"].items()
        if fillers
    )
    return {slot for slot, n in counts.items() if n >= _FEWEST} - LINKS


def score_templates(gold: Templates, predicted: Templates, slots: set[str]) -> dict[tuple[str, str], Tally]:
    """Tallies by (template type, slot) of one document."""
    out: dict[tuple[str, str], Tally] = {}
    for kind in sorted({*gold, *predicted}):
        for g, p in _paired(gold.get(kind, []), predicted.get(kind, []), slots):
            for slot, tally in _compare(g, p, slots).items():
                out[kind, slot] = out.get((kind, slot), Tally()) + tally
    return out


def _paired(
    gold: Sequence[Template], predicted: Sequence[Template], slots: set[str]
) -> list[tuple[Template, Template]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - half a second that only this protocol needs

    n = max(len(gold), len(predicted))
    if not n:
        return []
    left = [*gold, *({} for _ in range(n - len(gold)))]
    right = [*predicted, *({} for _ in range(n - len(predicted)))]
    cost = np.array([[-sum(_compare(g, p, slots).values(), Tally()).f1 for p in right] for g in left])
    return [(left[i], right[j]) for i, j in zip(*linear_sum_assignment(cost), strict=True)]


def _compare(gold: Template, predicted: Template, slots: set[str]) -> dict[str, Tally]:
    out = {}
    for slot in sorted({*gold, *predicted} & slots):
        g, p = gold.get(slot, set()), predicted.get(slot, set())
        out[slot] = Tally(len(g & p), len(p - g), len(g - p))
    return out
