"""Numbers with marked roles in public corpora, as examples for the models of the statistics block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# PICO-Corpus: what kind of outcome a number states in either arm; sizes and ages are marked too
PICO = {
    "iv-bin-percent": "percent", "cv-bin-percent": "percent", "iv-bin-abs": "count", "cv-bin-abs": "count",
    "iv-cont-mean": "mean", "cv-cont-mean": "mean", "iv-cont-median": "median", "cv-cont-median": "median",
    "total-participants": "people", "intervention-participants": "people", "control-participants": "people",
    "age": "age",
}  # fmt: skip
# CT-Corpus: before, after and change told apart
CT = {
    "BaseLineValue": "baseline", "ResultMeasuredValue": "end", "Reduction": "change", "Increment": "change",
    "NoChange": "change",
    "ChangeValue": "change", "PercentageAffected": "percent", "NumberAffected": "count",
    "RelativeReduction": "relative",
    "RelativeIncrement": "relative", "RelativeChangeValue": "relative", "DiffGroupAbsValue": "difference",
    "DiffGroupRelValue": "difference", "NumberPatientsCT": "people", "NumberPatientsArm": "people", "AvgAge": "age",
}  # fmt: skip

# RCT-ART: measured results, in sentences that stand alone
RCT_ART = {"MEAS": "result"}


def marked_numbers(
    path: Path, roles: dict[str, str], *, leave_out: frozenset[str]
) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """(text, marks) of every document; a mark is start, end and role."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        if str(record.get("pmid") or record.get("id")) in leave_out:
            continue
        marks = [(e["start"], e["end"], roles[e["label"]]) for e in record["entities"] if e["label"] in roles]
        yield record["text"], marks
