from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from support.records import TEXT, record, whole_record
from trialmine.report.columns import TABLES, dictionary
from trialmine.report.formats import rendered
from trialmine.report.regimen import regimen
from trialmine.report.tables import to_frames


def test_columns_and_dtypes_are_the_same_with_and_without_rows() -> None:
    empty, full = to_frames([]), to_frames([whole_record()])
    assert list(empty) == list(full) == list(TABLES)
    for name, columns in TABLES.items():
        assert list(empty[name].columns) == list(full[name].columns) == [c.name for c in columns]
        assert dict(empty[name].dtypes) == dict(full[name].dtypes)
        assert len(full[name]) > 0


def test_every_table_has_the_shared_keys_and_every_column_a_meaning() -> None:
    for name, columns in TABLES.items():
        assert [c.name for c in columns[:2]] == ["record_id", "doc_id"]
        assert name == "trials" or {"start", "end", "quote"} <= {c.name for c in columns}
        assert all(c.meaning for c in columns)


def test_places_are_raw_offsets() -> None:
    for name, frame in to_frames([whole_record()]).items():
        for row in frame.itertuples() if name != "trials" else ():
            assert TEXT[row.start : row.end] == row.quote


def test_ids_are_resolved_beside_the_ids() -> None:
    frames = to_frames([whole_record()])
    dosing, statistics = frames["dosing"], frames["statistics"]
    assert list(dosing["intervention_id"]) == ["i1", "i1", "i3"]
    assert list(dosing["intervention"]) == ["velotinib", "velotinib", "methotrexate"]
    assert statistics.loc[1, "arm_ids"] == "a1;a2"
    assert statistics.loc[1, "arms"] == "velotinib; placebo"
    assert statistics.loc[1, "p_comparator"] == "<"
    assert statistics.loc[1, "p_value"] == 0.001
    assert statistics.loc[2, "endpoint"] == "DLQI"
    assert dosing.loc[2, "warnings"] == "ambiguous_frequency"
    assert pd.isna(dosing.loc[0, "warnings"])


def test_csv_reads_back() -> None:
    for frame in to_frames([whole_record("a"), whole_record("b")]).values():
        back = pd.read_csv(io.StringIO(rendered(frame, "csv")), dtype=dict(frame.dtypes))
        pd.testing.assert_frame_equal(back, frame)


def test_json_keeps_nulls_and_numbers() -> None:
    rows = pd.read_json(io.StringIO(rendered(to_frames([whole_record()])["dosing"], "json")), orient="records")
    assert rows.loc[0, "dose_value"] == 40
    assert rows.loc[0, "route_codes"].startswith("http://snomed.info/sct|26643006; ")
    assert rows.loc[0, "frequency_fhir_code"].endswith("v3-GTSAbbreviation|BID")
    assert pd.isna(rows.loc[0, "dose_low"])


@pytest.mark.parametrize("value", ["a|b", "a\nb", "<b>", "back\\slash"])
def test_markdown_cells_cannot_break_the_table(value: str) -> None:
    lines = rendered(pd.DataFrame({"x": [value], "y": ["end"]}), "markdown").splitlines()
    assert len(lines) == 3
    assert lines[2].endswith(" | end |")
    assert "<b>" not in lines[2]


def test_regimen_sets_arms_apart() -> None:
    assert regimen(whole_record()) == (
        "velotinib: velotinib 40 mg PO BID for 12 wk, <= 80 mg (maximum) | methotrexate 15 mg QW"
    )
    assert regimen(record("nothing of a trial")) == ""


def test_regimen_of_cycle_days_leaves_the_daily_frequency_out() -> None:
    text = "interleukin given daily on days 1 to 5 of a 7-week course"
    evidence = [{"start": 0, "end": 11, "quote": "interleukin"}]
    row = {
        "id": "d1", "intervention": "i1", "text": "x", "evidence": evidence, "route": "intravenous",
        "dose": {"low": 10, "high": 50, "unit": "ug/kg", "text": "x"},
        "frequency": {"count": 1, "period": 1, "period_unit": "d", "code": "QD", "text": "daily"},
        "schedule": {"days": [1, 2, 3, 4, 5], "cycle_length": {"value": 7, "unit": "wk"}, "text": "x"},
    }  # fmt: skip
    drug = {"id": "i1", "name": "interleukin", "text": "x", "kind": "biological", "evidence": evidence}
    assert regimen(record(text, interventions=[drug], dosing=[row])) == "interleukin 10-50 ug/kg IV d1-5 q7w"


def test_the_printed_dictionary_is_the_one_of_today() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "TABLES.md"
    assert page.read_text(encoding="utf-8") == dictionary(), "run: trialmine schema --tables > docs/TABLES.md"
