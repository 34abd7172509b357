"""Trains the scorers that say which route and which duration of a text holds for which dosing row.

They learn from gold records with the gold interventions and arms given, so that no other block's errors teach them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialmine.assemble.dosing.block import draft_rows
from trialmine.assemble.dosing.choice import KINDS, Scene, candidates, features
from trialmine.assemble.dosing.draft import Draft
from trialmine.evaluate.regimens import read_regimens
from trialmine.evaluate.trial_records import open_records
from trialmine.extract.registry import DOSING_EXTRACTORS
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Mention, Mentions
from trialmine.train.gold_blocks import gold_block
from trialmine.train.linear import fit_linear, save_weights

_DAYS = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25}
Examples = dict[str, list[tuple[dict[str, float], bool]]]


def examples_of(record: Mapping[str, Any], text: str) -> Examples:
    """What one gold record teaches: the features of each row with each mention, and whether it is the row's."""
    sections = find_sections(text, title=None)
    article = Article(text=text, sections=sections, sentences=find_sentences(text, sections))
    mentions = Mentions.of(m for extract in DOSING_EXTRACTORS for m in extract(article))
    interventions, arms = gold_block(record, "interventions", text), gold_block(record, "arms", text)
    article, drafts, _ = draft_rows(article, mentions, interventions, arms)
    scene = Scene(article, mentions, interventions, drafts)
    out: Examples = {kind: [] for kind in KINDS}
    for draft, gold in paired(drafts, record.get("dosing") or []):
        for kind in KINDS:
            stated = _stated(gold, kind)
            out[kind] += [(features(scene, draft, m), _said(m) == stated) for m in candidates(scene, kind)]
    return out


def paired(drafts: Sequence[Draft], rows: Sequence[Mapping[str, Any]]) -> list[tuple[Draft, Mapping[str, Any]]]:
    """Drafts with their gold rows, the most alike first; a row is used once."""
    scored = sorted(
        (-_alike(d, r), abs(i - j), i, j)
        for i, d in enumerate(drafts)
        for j, r in enumerate(rows)
        if r.get("intervention") == d.intervention
    )
    used: tuple[set[int], set[int]] = (set(), set())
    out = []
    for _, _, i, j in scored:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((i, j))
    return [(drafts[i], rows[j]) for i, j in sorted(out)]


def _alike(draft: Draft, row: Mapping[str, Any]) -> int:
    dose, often, f = row.get("dose") or {}, row.get("frequency") or {}, draft.frequency
    stated = [dose.get(k) for k in ("value", "low", "high")] + list(dose.get("levels") or ())
    d = draft.dose
    own = [d.value, d.low, d.high, *d.levels] if d else []
    same_dose = sorted(v for v in stated if v is not None) == sorted(v for v in own if v is not None)
    same_often = (f.count, f.period) == (often.get("count"), often.get("period")) if f else not often
    return 3 * same_dose + same_often + (draft.role == row.get("role"))


def _stated(row: Mapping[str, Any], kind: str) -> Any:
    value = row.get(kind)
    if kind == "route" or not value or value.get("value") is None:
        return value if kind == "route" else None
    return round(float(value["value"]) * _DAYS.get(value.get("unit"), 1.0), 2)


def _said(mention: Mention) -> Any:
    if mention.kind == "route":
        return mention.value
    return round(mention.value.value * _DAYS[mention.value.unit], 2)


def train_dosing(
    records: Iterable[tuple[Mapping[str, Any], str]], regimens: Iterable[tuple[Mapping[str, Any], str]] = ()
) -> dict[str, Any]:
    """Weights by kind. Lengths learn from `regimens` too; routes do not, whose annotators read them otherwise."""
    data: Examples = {kind: [] for kind in KINDS}
    for record, text in records:
        for kind, found in examples_of(record, text).items():
            data[kind] += found
    for record, text in regimens:
        data["duration"] += examples_of(record, text)["duration"]
    return {kind: fit_linear([f for f, _ in rows], [ok for _, ok in rows], c=0.2) for kind, rows in data.items()}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all records but those kept back, and write the packaged weights."""
    parser = argparse.ArgumentParser(prog="trialmine train dosing", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/")
    shared = parser.parse_args(arguments).shared
    for kind, weights in train_dosing(open_records(shared), read_regimens(shared, part="open")).items():
        print(save_weights(f"dosing_{kind}", weights))


if __name__ == "__main__":
    main()
