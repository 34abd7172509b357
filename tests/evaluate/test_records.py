from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from support.gold import SHARED
from support.records import TEXT, whole_record
from trialmine.errors import InputError
from trialmine.evaluate.arm_links import arm_link_tallies, paired_arms
from trialmine.evaluate.evidence_audit import Audit, numbers_in
from trialmine.evaluate.gold import held_out, read_gold, read_predicted, read_texts, texts_beside
from trialmine.evaluate.record_view import Members, Names, Phrase, same, view, words_of
from trialmine.evaluate.records import score_records
from trialmine.evaluate.row_scores import pair_rows, score_block
from trialmine.evaluate.tally import Tally

SCORER = SHARED / "bench" / "score_records.py"


@pytest.fixture
def record() -> dict[str, Any]:
    return whole_record("a").model_dump(mode="json")


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        (Names(frozenset(["il21", "denenicokin"])), Names(frozenset(["il21"])), True),
        (Names(frozenset(["il2"])), Names(frozenset(["il21"])), False),
        (Phrase(words_of("rates of response")), Phrase(words_of("response")), True),
        (Phrase(words_of("death"), "OS"), Phrase(words_of("overall survival"), "OS"), True),
        (Phrase(words_of("death")), Phrase(words_of("overall survival"), "OS"), False),
        (Members((frozenset("a"),)), Members((frozenset("ab"),)), True),
        (Members((frozenset("a"),)), Members((frozenset("a"), frozenset("b"))), False),
        (5.0, 5.0, True),
        (None, Names(frozenset()), False),
    ],
)
def test_slots_agree_when_they_mean_the_same(a: Any, b: Any, agree: bool) -> None:
    assert same(a, b) == agree


def test_times_are_compared_by_their_length() -> None:
    def duration(value: float, unit: str) -> Any:
        return view({"dosing": [{"duration": {"value": value, "unit": unit}}]})["dosing"][0]["duration"]

    assert duration(12, "wk") == duration(84, "d") == 84


def test_a_record_agrees_with_itself(record: dict[str, Any]) -> None:
    scores = score_records({"a": record}, {"a": record}, {"a": TEXT})
    assert {f.f1 for f in scores.figures.values()} == {1.0}
    assert {f.interval for f in scores.figures.values()} == {(1.0, 1.0)}
    assert scores.differences == []
    assert scores.audit is not None
    assert scores.audit.entries > 10
    assert scores.audit.unsupported == []


def test_arms_are_paired_before_links_are_compared() -> None:
    def record(first: str, second: str, **links: list[str]) -> dict[str, Any]:
        arms = [{"id": first, "label": "green tea", "n": 20}, {"id": second, "label": "plain water", "n": 20}]
        rows = [{"value": float(v[1:]), "measure": "mean", "arms": arms_of} for v, arms_of in links.items()]
        return {"arms": arms, "statistics": rows}

    gold = record("a1", "a2", v1=["a1"], v2=["a2"], v3=["a1", "a2"], v4=[])
    ours = record("x", "y", v1=["x"], v2=["x"], v3=[], v4=["y"])
    assert paired_arms(gold, ours) == {"x": "a1", "y": "a2"}
    assert arm_link_tallies(gold, ours)["statistics"] == Tally(tp=1, fp=2, fn=2)


def test_a_missing_record_misses_every_row(record: dict[str, Any]) -> None:
    scores = score_records({"a": record, "b": record}, {"a": record})
    assert scores.missing == 1
    assert scores.figures["dosing.row"].recall == 0.5
    assert scores.figures["dosing.row"].precision == 1.0
    assert scores.audit is None


def test_rows_pair_off_by_what_they_share() -> None:
    gold = [{"value": 1.0, "measure": "mean", "unit": "%"}, {"value": 2.0, "measure": "mean", "unit": "%"}]
    assert pair_rows("statistics", gold, gold[::-1]) == [(1, 0), (0, 1)]


def test_a_pair_counts_slot_by_slot_and_strictly() -> None:
    gold, ours = {"value": 5.0, "measure": "mean", "unit": "%"}, {"value": 5.0, "measure": "median", "p": ("<", 0.1)}
    slots, differences = score_block("statistics", [gold], [ours], "d")
    assert slots["statistics", "value"] == Tally(tp=1)
    assert slots["statistics", "measure"] == Tally(fp=1, fn=1)
    assert slots["statistics", "unit"] == Tally(fn=1)
    assert slots["statistics", "p"] == Tally(fp=1)
    assert slots["statistics", "row"] == Tally(fp=1, fn=1)
    assert [(d.slot, d.gold, d.predicted) for d in differences if d.slot == "unit"] == [("unit", "%", None)]


@pytest.mark.parametrize(
    ("block", "change", "reason"),
    [
        ("dosing", {"dose": {"value": 41.0, "unit": "mg", "text": "41 mg"}}, "41.0 is not readable"),
        ("arms", {"evidence": []}, "no evidence"),
        ("statistics", {"value": 77.5}, "77.5 is not readable"),
        ("arms", {"evidence": [{"start": 0, "end": 4, "quote": "velo"}]}, "quote is not at 0:4"),
    ],
)
def test_what_the_evidence_does_not_show_is_unsupported(
    record: dict[str, Any], block: str, change: dict[str, Any], reason: str
) -> None:
    audit = Audit()
    record[block][0] |= change
    audit.add(record, TEXT, "a")
    assert [u.reason[: len(reason)] for u in audit.unsupported if u.block == block] == [reason]


def test_numbers_are_read_as_a_reader_reads_them() -> None:
    assert numbers_in("twice 1,200 mg, 0·5 or .25") == {2, 1200, 0.5, 0.25}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: the line is no JSON"),
        ("[1]", "no JSON object"),
        ('{"dosing": []}', "no doc_id"),
        ('{"doc_id": "a", "text": "only a text"}', "no gold records"),
        ("", "no gold records"),
    ],
)
def test_a_gold_file_that_is_none_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_gold(path)


def test_texts_lie_beside_their_gold(tmp_path: Path) -> None:
    assert texts_beside(tmp_path / "dev.jsonl") is None
    (tmp_path / "dev.texts.jsonl").write_text('{"doc_id": "a"}\n')
    path = texts_beside(tmp_path / "dev.jsonl")
    assert path is not None
    with pytest.raises(InputError, match="document a has no text"):
        read_texts(path)


def test_the_parts_share_out_the_records(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps({"doc_id": str(n), "dosing": []}) + "\n" for n in range(200)))
    kept, taught = read_gold(path, "held-out"), read_gold(path, "open")
    assert all(held_out(name) for name in kept)
    assert sorted([*kept, *taught]) == sorted(read_gold(path))
    assert 20 < len(kept) < 60


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not SCORER.exists(), reason="the shared corpora are not beside the checkout")
def test_the_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    """Gold records with a part of their rows and slots taken away or exchanged stand in for a run's records."""
    gold, texts = SHARED / "gold/dev.jsonl", SHARED / "gold/dev.texts.jsonl"
    damaged = tmp_path / "records.jsonl"
    damaged.write_text("".join(json.dumps(_damaged(r, n)) + "\n" for n, r in enumerate(read_gold(gold).values())))
    raw = {doc_id: row["text"] for doc_id, row in read_texts(texts).items()}
    ours = score_records(read_gold(gold), read_predicted(damaged), raw).as_json()
    command = [sys.executable, SCORER, gold, damaged, "--texts", texts, "--json"]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    shared = {name: row for name, row in ours.items() if not name.endswith("arm_links")}  # which that scorer leaves out
    assert {n: {k: v for k, v in row.items() if k != "ci"} for n, row in shared.items()} == json.loads(done.stdout)


def _damaged(record: dict[str, Any], n: int) -> dict[str, Any]:
    out = dict(record)
    for k, (block, rows) in enumerate(record.items()):
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            kept = [{**row, "kind": "other"} for i, row in enumerate(rows) if (i + n + k) % 4]
            # each row gets one slot of its neighbour
            slots = [s for s in rows[0] if s not in ("id", "interventions", "intervention", "endpoint", "arms")]
            for row, other in pairwise(kept):
                slot = slots[n % len(slots)]
                row[slot] = other.get(slot)
            out[block] = [*kept, *rows[:1]] if n % 3 else kept
    return out
