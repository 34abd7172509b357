from __future__ import annotations

from typing import Any

import pytest

from support.records import TEXT, evidence, whole_record
from trialmine.records.trial import TrialRecord
from trialmine.report.diff import diff


def changed(**blocks: Any) -> TrialRecord:
    return TrialRecord.model_validate({**whole_record().model_dump(mode="json"), **blocks})


def dosing(index: int, **fields: Any) -> list[dict[str, Any]]:
    rows = [d.model_dump(mode="json") for d in whole_record().dosing]
    rows[index] |= fields
    return rows


def test_a_run_does_not_differ_from_itself() -> None:
    assert list(diff([whole_record()], [whole_record()])) == []


def test_ids_alone_are_no_change() -> None:
    rows = whole_record().model_dump(mode="json")["dosing"]
    renumbered = [{**row, "id": f"d{9 - n}"} for n, row in enumerate(rows)]
    assert list(diff([whole_record()], [changed(dosing=renumbered)])) == []


def test_a_cell_that_changed_is_named_with_both_values() -> None:
    (change,) = diff([whole_record()], [changed(dosing=dosing(0, route="sublingual"))])
    assert change[1:] == (
        "dosing",
        "changed",
        "velo tinib 40 mg by mouth twice daily for 12 weeks",
        "route",
        "oral",
        "sublingual",
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_rows_come_and_go(backwards: bool) -> None:
    runs = [whole_record()], [changed(adverse_events=[])]
    (change,) = diff(*(reversed(runs) if backwards else runs))
    assert (change.table, change.kind) == ("adverse_events", "added" if backwards else "removed")
    assert "Nausea" in change.before + change.after


def test_records_come_and_go() -> None:
    other = whole_record("other").model_copy(update={"record_id": "pmid:1"})
    kinds = [(c.record_id, c.kind) for c in diff([whole_record()], [other])]
    assert kinds == [(whole_record().record_id, "removed"), ("pmid:1", "added")]


def test_rows_at_one_place_are_paired_by_their_likeness() -> None:
    place = [evidence(TEXT, "Methotrexate 15 mg weekly")]
    base: dict[str, Any] = {"intervention": "i3", "text": "x", "evidence": place}
    doses = [{**base, "id": f"d{n}", "dose": {"value": n, "unit": "mg", "text": "x"}} for n in (1, 2, 3)]
    (change,) = diff([changed(dosing=doses)], [changed(dosing=[doses[2], doses[0]])])
    assert change.kind == "removed"
