"""Trial records built by hand: a whole one, hostile ones, and gold records as TrialRecords to look at."""

from __future__ import annotations

from typing import Any

from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord

TEXT = """A randomised, double-blind phase II trial of velotinib in psoriasis
METHODS: 120 adults were assigned 2:1 to velo tinib 40 mg by mouth twice daily for 12 weeks or to matching placebo. \
Those on velotinib could go up to 80 mg. Methotrexate 15 mg weekly was kept.
RESULTS: PASI 75 at week 12 was reached by 48 of 80 patients (60%) against 10 of 40 (25%) (OR 4.5, 95% CI 1.9-10.6; \
P < .001). Mean change in DLQI was -6.5 (SD 3.1). Nausea of grade 2 or 3 occurred in 9 patients (11%).
"""


def evidence(text: str, quote: str, *, section: str | None = None, nth: int = 0) -> dict[str, Any]:
    """Evidence for the nth place where `quote` stands in `text`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return {"start": start, "end": start + len(quote), "quote": quote, "section": section}


def record(text: str = TEXT, **fields: Any) -> TrialRecord:
    """A record of `text` with nothing in it but what `fields` give."""
    document = Document(text, "text", doc_id=fields.pop("doc_id", None))
    base: dict[str, Any] = {
        "record_id": document.record_id,
        "doc_id": document.doc_id or document.record_id,
        "source": {"format": "text", "text_sha256": document.text_sha256},
        "document_kind": "trial_report",
    }
    return TrialRecord.model_validate({**base, **fields})


def whole_record(doc_id: str = "velotinib") -> TrialRecord:
    """A record of TEXT with a row of every kind, overlapping evidence, an edit and a warning."""
    return record(TEXT, doc_id=doc_id, **_WHOLE)


def _ev(quote: str, section: str | None = "methods", nth: int = 0) -> list[dict[str, Any]]:
    return [evidence(TEXT, quote, section=section, nth=nth)]


def _results(quote: str) -> list[dict[str, Any]]:
    return _ev(quote, "results")


_SPLIT = evidence(TEXT, "velo tinib")
_WHOLE: dict[str, Any] = {
    "cleaning": {
        "noise_level": "low",
        "edits": [
            {
                "rule": "splitword.join",
                "start": _SPLIT["start"],
                "end": _SPLIT["end"],
                "before": "velo tinib",
                "after": "velotinib",
                "confidence": 0.98,
            }
        ],
    },
    "design": {
        "phase": ["2"],
        "allocation": "randomized",
        "masking": "double",
        "control": ["placebo"],
        "allocation_ratio": "2:1",
        "evidence": [*_ev("randomised, double-blind phase II", "title"), *_ev("2:1")],
    },
    "population": {
        "conditions": [{"name": "psoriasis", "text": "psoriasis", "evidence": _ev("psoriasis", "title")}],
        "randomized": 120,
        "age": {"minimum": 18, "unit": "a"},
        "sex": "all",
        "eligibility": [{"kind": "inclusion", "text": "adults", "evidence": _ev("adults")}],
        "evidence": _ev("120 adults"),
    },
    "interventions": [
        {
            "id": "i1", "name": "velotinib", "text": "velotinib", "kind": "drug", "role": "investigational",
            "aliases": ["VLT-1"], "identifiers": [{"system": "urn:x-unii", "code": "ABC"}],
            "evidence": [*_ev("velotinib", "title"), *_ev("velo tinib")],
        },
        {"id": "i2", "name": "placebo", "text": "placebo", "kind": "drug", "role": "comparator",
         "evidence": _ev("placebo")},
        {"id": "i3", "name": "methotrexate", "text": "Methotrexate", "kind": "drug", "role": "background",
         "evidence": _ev("Methotrexate")},
    ],
    "arms": [
        {"id": "a1", "label": "velotinib", "role": "experimental", "n": 80, "interventions": ["i1"],
         "evidence": _ev("velo tinib 40 mg")},
        {"id": "a2", "label": "placebo", "role": "placebo_comparator", "n": 40, "interventions": ["i2"],
         "evidence": _ev("matching placebo")},
    ],
    "dosing": [
        {
            "id": "d1", "intervention": "i1", "arms": ["a1"],
            "dose": {"value": 40, "unit": "mg", "text": "40 mg"}, "route": "oral",
            "frequency": {"count": 2, "period": 1, "period_unit": "d", "code": "BID", "text": "twice daily"},
            "duration": {"value": 12, "unit": "wk", "text": "for 12 weeks"},
            "text": "velotinib 40 mg by mouth twice daily for 12 weeks",
            "evidence": _ev("velo tinib 40 mg by mouth twice daily for 12 weeks"),
        },
        {
            "id": "d2", "intervention": "i1", "arms": ["a1"], "role": "maximum",
            "dose": {"value": 80, "unit": "mg", "comparator": "<=", "text": "up to 80 mg"},
            "text": "up to 80 mg", "evidence": _ev("up to 80 mg"),
        },
        {
            "id": "d3", "intervention": "i3", "dose": {"value": 15, "unit": "mg", "text": "15 mg"},
            "frequency": {"count": 1, "period": 1, "period_unit": "wk", "code": "QW", "text": "weekly"},
            "text": "Methotrexate 15 mg weekly", "evidence": _ev("Methotrexate 15 mg weekly"),
        },
    ],
    "endpoints": [
        {"id": "e1", "name": "PASI 75", "role": "primary", "kind": "efficacy", "instrument": "PASI",
         "timepoint": {"value": 12, "unit": "wk", "text": "at week 12"}, "evidence": _results("PASI 75")},
        {"id": "e2", "name": "DLQI", "kind": "efficacy", "evidence": _results("DLQI")},
    ],
    "statistics": [
        {"id": "s1", "measure": "proportion", "value": 60, "unit": "%", "numerator": 48, "denominator": 80,
         "endpoint": "e1", "arms": ["a1"], "text": "48 of 80 patients (60%)",
         "evidence": _results("48 of 80 patients (60%)")},
        {"id": "s2", "measure": "odds_ratio", "value": 4.5, "ci": {"level": 0.95, "low": 1.9, "high": 10.6},
         "p": {"comparator": "<", "value": 0.001, "text": "P < .001"}, "endpoint": "e1", "arms": ["a1", "a2"],
         "text": "OR 4.5, 95% CI 1.9-10.6; P < .001", "evidence": _results("OR 4.5, 95% CI 1.9-10.6; P < .001")},
        {"id": "s3", "measure": "change_from_baseline", "value": -6.5, "dispersion": {"kind": "sd", "value": 3.1},
         "endpoint": "e2", "text": "-6.5 (SD 3.1)", "evidence": _results("-6.5 (SD 3.1)")},
    ],
    "adverse_events": [
        {"term": "nausea", "grade": {"low": 2, "high": 3}, "n": 9, "percent": 11,
         "text": "Nausea of grade 2 or 3 occurred in 9 patients (11%)",
         "evidence": _results("Nausea of grade 2 or 3 occurred in 9 patients (11%)")},
    ],
    "warnings": [
        {"code": "ambiguous_frequency", "message": "the weekly dose may be split", "evidence": _ev("15 mg weekly")},
    ],
}  # fmt: skip
