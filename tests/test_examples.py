"""The example corpus: the records that it gave before (golden), and the facts that a reader marked in it by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from support import examples
from support.examples import EXPECTED, Record

FLOORS: dict[str, float] = json.loads((EXPECTED / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest) -> dict[str, Record]:
    found = examples.records()
    if request.config.getoption("--regold"):
        examples.write_golden(found)
    return found


@pytest.fixture(scope="module")
def by_id(made: dict[str, Record]) -> dict[str, Record]:
    return {r["doc_id"]: r for r in made.values()}


def test_every_example_has_a_golden_record(made: dict[str, Record]) -> None:
    assert sorted(made) == sorted(examples.golden()), "pytest tests/test_examples.py --regold writes them anew"


@pytest.mark.parametrize("name", sorted(examples.golden()))
def test_record_is_the_golden_one(made: dict[str, Record], name: str) -> None:
    found = list(examples.differences(examples.golden()[name], made[name]))
    assert found == [], "right as it is now? pytest tests/test_examples.py --regold, and read the diff"


def test_a_text_that_is_no_trial_gives_nothing(made: dict[str, Record]) -> None:
    record = made["hospital_garden"]
    assert record["document_kind"] == "other"
    assert record["design"] is None
    assert record["population"]["enrolled"] is None
    assert [block for block in examples.SAME if record[block]] == []


def quotes(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "quote" in part:
            yield part["quote"]
        for value in part.values():
            yield from quotes(value)
    elif isinstance(part, list):
        for value in part:
            yield from quotes(value)


def test_marked_facts_stand_in_their_texts() -> None:
    texts = {(d.doc_id or d.record_id): d.text for d in examples.documents()}
    facts = examples.marked_facts()
    assert [f["doc_id"] for f in facts if f["doc_id"] not in texts] == []
    assert [(f["doc_id"], q) for f in facts for q in quotes(f) if q not in texts[f["doc_id"]]] == []


@pytest.mark.parametrize("block", examples.SAME)
def test_marked_facts_are_found(by_id: dict[str, Record], block: str) -> None:
    right = missed = extra = 0
    lines = []
    for gold in examples.marked_facts():
        record = by_id[gold["doc_id"]]
        facts = examples.rows(gold, block)
        lost, left = examples.unmatched(facts, examples.rows(record, block), block)
        right, missed, extra = right + len(facts) - len(lost), missed + len(lost), extra + len(left)
        lines += [f"missed {gold['doc_id']}: {fact['quote']}" for fact in lost]
        lines += [f"extra  {gold['doc_id']}: {row['evidence'][0]['quote']}" for row in left]
    f1 = 2 * right / (2 * right + missed + extra)
    print(f"{block}: F1 {f1:.3f} ({right} right, {missed} missed, {extra} extra)", *lines, sep="\n")
    assert f1 >= FLOORS[block]
