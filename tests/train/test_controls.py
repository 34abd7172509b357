from __future__ import annotations

from typing import Any

from trialmine.nlp.reader import Reader
from trialmine.train.controls import train_controls


def _pair(i: int, drug: str, control: str) -> tuple[dict[str, Any], str]:
    against = "placebo" if control == "placebo" else "gliclazide"
    text = f"METHODS: Men were randomly assigned to {drug} 10 mg daily or {against}."
    return {"doc_id": f"t{i}", "design": {"control": [control]}}, text


def test_learns_a_scorer_for_each_control() -> None:
    pairs = [
        _pair(i, drug, control)
        for i, (drug, control) in enumerate(
            (drug, control)
            for drug in ("metformin", "sorafenib", "aspirin")
            for control in ("placebo", "active", "dose_comparison", "no_treatment", "sham", "standard_of_care")
        )
    ]
    weights = train_controls(pairs, Reader(ner_model="none"), own=("t0", "t6", "t12"))
    placebo = weights["labels"]["placebo"]["weights"]
    assert placebo["cue=placebo"] > 0
    assert "corpus" not in placebo
