"""Scores the endpoints and adverse_events blocks, the other blocks taken from the gold.

Run `PYTHONPATH=tests python tests/support/endpoints_bench.py`.
Prints dev, the open part of train, and the aggregate of the held-out fifth. `--errors N` shows errors of dev only.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections import defaultdict
from typing import Any

from support.gold import SHARED, block, held_out, load
from trialmine.assemble.adverse_events.block import build_adverse_events
from trialmine.assemble.citation import Citation
from trialmine.assemble.endpoints.block import build_endpoints
from trialmine.extract.adverse_event import extract_adverse_events
from trialmine.extract.endpoint import extract_endpoints
from trialmine.extract.event_count import extract_event_counts
from trialmine.extract.timepoint import extract_timepoints
from trialmine.nlp.reader import Reader
from trialmine.records.article import Mentions
from trialmine.records.document import CleanText

BLOCKS = ("endpoints", "adverse_events")


def scorer() -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_records", SHARED / "bench" / "score_records.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(reader: Reader, record: dict[str, Any], text: str) -> dict[str, Any]:
    """Our two blocks for a gold record's text, beside the gold's interventions and arms."""
    clean = CleanText(text, text)
    article = reader.read(clean)
    extractors = (extract_endpoints, extract_timepoints, extract_adverse_events, extract_event_counts)
    mentions = Mentions.of(m for extract in extractors for m in extract(article))
    cite = Citation(article, clean)
    endpoints = build_endpoints(article, mentions, block(record, "interventions", text), cite)
    events, _ = build_adverse_events(article, mentions, block(record, "arms", text), cite)
    return {
        "endpoints": [row.model_dump() for row in endpoints.rows],
        "adverse_events": [row.model_dump() for row in events],
    }


def figures(documents: list[tuple[dict[str, Any], str]]) -> tuple[dict[str, tuple[float, float, float]], list[Any]]:
    """Precision, recall and F1 per slot, and the errors."""
    score, reader = scorer(), Reader()
    tally: dict[Any, dict[str, int]] = defaultdict(lambda: {"tp": 0, "fp": 0, "fn": 0})
    errors: list[Any] = []
    for record, text in documents:
        gold, ours = score.view(record), score.view(predict(reader, record, text))
        for name in BLOCKS:
            score.count(name, gold[name], ours[name], tally, errors, record["doc_id"])
    return {".".join(k): tuple(round(x, 3) for x in score.prf(t)) for k, t in sorted(tally.items())}, errors


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--dev", action="store_true", help="dev only")
    options = parser.parse_args()
    train = load("train")
    sets = {"dev": load("dev")}
    if not options.dev:
        sets["train, open"] = [d for d in train if not held_out(d[0]["doc_id"])]
        sets["train, held out"] = [d for d in train if held_out(d[0]["doc_id"])]
    for name, documents in sets.items():
        table, errors = figures(documents)
        print(name)
        for slot, values in table.items():
            print(f"  {slot:28} p {values[0]:.3f}  r {values[1]:.3f}  f {values[2]:.3f}")
        for error in errors[: options.errors] if name == "dev" else ():
            print("  ", *[str(x)[:160] for x in error], sep=" | ")


if __name__ == "__main__":
    main()
