"""Scores the dosing block alone: gold interventions and arms in, dosing rows out, measured with the shared scorer.

    python tests/support/dosing_bench.py dev [--errors N] [--json]
    python tests/support/dosing_bench.py train        # the open part; `heldout` gives figures only

Needs ../shared.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.gold import SHARED, block, held_out, load
from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.block import build_dosing
from trialmine.extract.registry import DOSING_EXTRACTORS
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Mentions
from trialmine.records.document import CleanText

EXTRACTORS = DOSING_EXTRACTORS


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_records", SHARED / "bench" / "score_records.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(record: dict[str, Any], text: str) -> dict[str, Any]:
    """The gold record with our dosing rows in place of its own."""
    bare = {
        **record,
        **{
            k: [{x: y for x, y in row.items() if x != "quote"} for row in record.get(k) or []]
            for k in ("interventions", "arms")
        },
    }
    clean = CleanText(text, text)
    sections = find_sections(text, title=None)
    # the block needs no entities: interventions come from the gold
    article = Article(text=text, sections=sections, sentences=find_sentences(text, sections))
    mentions = Mentions.of(m for extract in EXTRACTORS for m in extract(article))
    interventions, arms = block(bare, "interventions", text), block(bare, "arms", text)
    rows, _ = build_dosing(article, mentions, interventions, arms, Citation(article, clean))
    return {
        "doc_id": record["doc_id"],
        "interventions": bare["interventions"],
        "dosing": [r.model_dump() for r in rows],
    }


def score(
    records: list[tuple[dict[str, Any], str]], module: ModuleType
) -> tuple[dict[Any, dict[str, int]], list[Any], list[Any]]:
    """Tally, errors and unsupported evidence of the dosing block."""
    tally: dict[Any, dict[str, int]] = defaultdict(lambda: {"tp": 0, "fp": 0, "fn": 0})
    errors: list[Any] = []
    bad: list[Any] = []
    for record, text in records:
        predicted = predict(record, text)
        gold_view, our_view = module.view(record), module.view(predicted)
        module.count("dosing", gold_view["dosing"], our_view["dosing"], tally, errors, record["doc_id"])
        module.audit({"dosing": predicted["dosing"]}, text, bad, record["doc_id"])
    return tally, errors, bad


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["dev", "seeds", "train", "heldout"])
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0)
    args = parser.parse_args()
    records = load("train" if args.part == "heldout" else args.part)
    if args.part in ("train", "heldout"):
        records = [(r, t) for r, t in records if held_out(r["doc_id"]) == (args.part == "heldout")]
    module = scorer()
    tally, errors, bad = score(records, module)
    total = {k: sum(t[k] for (_, slot), t in tally.items() if slot != "row") for k in ("tp", "fp", "fn")}
    for (_, slot), t in sorted(tally.items()):
        p, r, f = module.prf(t)
        print(f"{slot:16} p {p:.3f} r {r:.3f} f {f:.3f} n {t['tp'] + t['fn']}")
    p, r, f = module.prf(total)
    print(f"{'ALL':16} p {p:.3f} r {r:.3f} f {f:.3f}   unsupported {len(bad)}")
    if args.part != "heldout":
        for e in errors[args.skip : args.skip + args.errors]:
            print("ERR", *[str(x)[:260] for x in e[1:]], sep=" | ")
        for b in bad[: args.errors]:
            print("BAD", *b, sep=" | ")


if __name__ == "__main__":
    main()
