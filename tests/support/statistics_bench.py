"""Measures the statistics block alone: endpoints and arms come from the gold, or stay empty.

python tests/support/statistics_bench.py dev cv held --errors 60 [--empty]
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.gold import SHARED, block, held_out, load
from trialmine.assemble.statistics import model as statistics_model
from trialmine.assemble.statistics.block import build_statistics
from trialmine.records.article import Block
from trialmine.train import statistics as training
from trialmine.train.statistics_judges import examples_of, read_numbers

FOLDS = 4


def documents(part: str) -> list[tuple[dict[str, Any], str]]:
    """dev, train (the open records) or held (the fifth whose errors nobody reads)."""
    if part == "dev":
        return load("dev")
    return [(r, t) for r, t in load("train") if held_out(r["doc_id"]) == (part == "held")]


def predict(record: dict[str, Any], text: str, *, empty: bool) -> dict[str, Any]:
    """The record with its statistics block replaced by ours."""
    article, mentions, cite = read_numbers(text)
    endpoints = Block() if empty else block(record, "endpoints", text)
    arms = Block() if empty else block(record, "arms", text)
    rows, _ = build_statistics(article, mentions, endpoints, arms, cite)
    own = [row.model_dump(mode="json") for row in rows]
    return {"doc_id": record["doc_id"], "statistics": own, "endpoints": record.get("endpoints")}


def use(models: dict[str, Any]) -> None:
    """Score with these models instead of the packaged ones."""
    statistics_model.models = lambda: models


def fold(doc_id: str) -> int:
    """The fold of an open training record, 0 to 3."""
    return int(hashlib.sha256(f"fold {doc_id}".encode()).hexdigest(), 16) % FOLDS


def scorer() -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_records", SHARED / "bench" / "score_records.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(
    part: str, *, empty: bool = False, only: Callable[[str], bool] = lambda _: True, into: Any = None
) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Tally by slot, errors, and unsupported evidence."""
    score = scorer()
    tally, errors, bad = into or (defaultdict(lambda: {"tp": 0, "fp": 0, "fn": 0}), [], [])
    tally.pop(("statistics", "ALL"), None)
    for record, text in documents(part):
        if not only(record["doc_id"]):
            continue
        ours = predict(record, text, empty=empty)
        score.audit({**ours, "endpoints": []}, text, bad, record["doc_id"])
        gold, pred = score.view(record), score.view(ours)
        score.count("statistics", gold["statistics"], pred["statistics"], tally, errors, record["doc_id"])
    total = {k: sum(t[k] for (_, slot), t in tally.items() if slot != "row") for k in ("tp", "fp", "fn")}
    tally["statistics", "ALL"] = total
    return (
        {slot: (*(round(x, 3) for x in score.prf(t)), t["tp"] + t["fn"]) for (_, slot), t in tally.items()},
        errors,
        bad,
    )


def cross_validate(*, empty: bool) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """The open training records, each scored by models that have not seen it."""
    own = {name: statistics_model.models()[name] for name in statistics_model.ADVISERS}
    use(own)
    taught = [(r["doc_id"], examples_of(r, t)) for r, t in documents("train")]
    into: Any = (defaultdict(lambda: {"tp": 0, "fp": 0, "fn": 0}), [], [])
    out: Any = None
    for k in range(FOLDS):
        use(own | training.train(e for doc_id, e in taught if fold(doc_id) != k))
        out = measure("train", empty=empty, only=lambda d, k=k: fold(d) == k, into=into)  # type: ignore[misc]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="+")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--empty", action="store_true")
    args = parser.parse_args()
    for part in args.parts:
        figures, errors, bad = cross_validate(empty=args.empty) if part == "cv" else measure(part, empty=args.empty)
        print(part, "unsupported", len(bad))
        for slot in ("row", "ALL", "value", "measure", "unit", "fraction", "ci", "p", "dispersion", "endpoint"):
            print(f"  {slot:12}", *figures.get(slot, ()))
        if part != "held":
            print(Counter(e[2] for e in errors).most_common())
            for e in errors[: args.errors]:
                print("ERR", *[str(x)[:230] for x in e[1:]], sep=" | ")
            for b in bad[: args.errors]:
                print("BAD", *b)


if __name__ == "__main__":
    main()
