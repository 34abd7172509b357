from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.errors import InputError
from trialmine.evaluate import trial_records
from trialmine.evaluate.gold import held_out
from trialmine.evaluate.trial_records import main, open_records, read_own, read_records, restored, stand_off

SHARED = Path(__file__).resolve().parents[3] / "shared"
TEXT = "Oats for cows. Sixty cows had oats 2 kg daily or hay; oats won (P < 0.01)."
RECORD: dict[str, Any] = {
    "doc_id": "barn-1",
    "document_kind": "trial_report",
    "interventions": [{"id": "i1", "name": "oats", "aliases": ["Oats"], "kind": "other", "quote": "oats 2 kg daily"}],
    "arms": [{"id": "a1", "label": "oats", "interventions": ["i1"], "n": None}],
    "statistics": [{"measure": "p_value", "p": {"comparator": "<", "value": 0.01, "text": "P < 0.01"}}],
}
VALUES = st.recursive(
    st.none() | st.integers() | st.sampled_from(["oats 2 kg daily", "cows", "hay", "a b", "@", "none of it"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "quote", "kind"]), inner),
    max_leaves=8,
)


@pytest.fixture
def barn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Corpora of one abstract, and its annotation as the checkout keeps it."""
    for name, rows in (
        ("data/pmc-rct/abstracts.jsonl", [{"doc_id": "barn-1", "text": TEXT}]),
        ("gold/train.jsonl", [{"doc_id": "stable-1"}]),
        ("gold/train.texts.jsonl", [{"doc_id": "stable-1", "text": "Hay for horses."}]),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr(trial_records, "OWN", tmp_path / "own.jsonl")
    (tmp_path / "own.jsonl").write_text(json.dumps(stand_off(RECORD, TEXT)) + "\n")
    return tmp_path


def test_no_words_of_the_text_are_kept_and_all_come_back() -> None:
    kept = stand_off(RECORD, TEXT)
    assert kept["interventions"][0] == {
        **{"id": "i1", "name": "@30:34", "aliases": ["@0:4"], "kind": "other"},
        "quote": "@30:45",
    }
    assert "oats" not in json.dumps(kept)
    assert restored({k: v for k, v in kept.items() if k != "text_sha256"}, TEXT) == RECORD


@given(st.dictionaries(st.sampled_from(["name", "quote", "dose"]), VALUES))
def test_standing_off_and_back_changes_nothing(record: dict[str, Any]) -> None:
    kept = stand_off(record, TEXT)
    kept.pop("text_sha256")
    assert restored(kept, TEXT) == record


def test_own_records_come_with_those_to_train_on(barn: Path) -> None:
    assert list(read_own(barn)) == [(RECORD, TEXT)]
    assert [r["doc_id"] for r, _ in read_records(barn, "train")] == ["stable-1", "barn-1"]
    assert {r["doc_id"] for r, _ in open_records(barn)} == {n for n in ("stable-1", "barn-1") if not held_out(n)}


@pytest.mark.parametrize(("text", "said"), [("Oats for sheep.", "is not what was annotated"), (None, "is missing")])
def test_another_text_is_refused(barn: Path, text: str | None, said: str) -> None:
    rows = [{"doc_id": "barn-1", "text": text}] if text else [{"doc_id": "other", "text": TEXT}]
    (barn / "data/pmc-rct/abstracts.jsonl").write_text(json.dumps(rows[0]) + "\n")
    with pytest.raises(InputError, match=said):
        list(read_own(barn))


def test_the_annotation_is_written_as_gold(barn: Path, tmp_path: Path) -> None:
    main(["--shared", str(barn), "--out", str(tmp_path / "gold")])
    assert json.loads((tmp_path / "gold/own.jsonl").read_text()) == RECORD
    assert json.loads((tmp_path / "gold/own.texts.jsonl").read_text())["text"] == TEXT


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data/pmc-rct").is_dir(), reason="the shared abstracts are not beside the checkout")
def test_every_quote_of_our_annotation_stands_in_its_abstract() -> None:
    own = list(read_own(SHARED))
    assert len(own) > 500
    blocks = ("interventions", "arms", "dosing", "endpoints", "statistics", "adverse_events")
    for record, text in own:
        assert all(row["quote"] in text for block in blocks for row in record.get(block, ())), record["doc_id"]
