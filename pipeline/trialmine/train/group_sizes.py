"""Trains the judges of group sizes, which numbers are a group's and which group's: `trialmine train group-sizes`.

Numbers learn from the arms of the gold records and from the marked groups of PICO-Corpus. Whose they are is learned
where our arms can be told apart by the gold's: by their members, else by their labels; in PICO-Corpus by the words
that mark what was tested and what it was compared with.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.group_size import GroupSize, likely_sizes, size_features, whole_numbers
from trialmine.assemble.arms.places import named_places
from trialmine.assemble.arms.sets import choose_arms
from trialmine.assemble.arms.size_owner import pair_features
from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.regimens import with_regimens
from trialmine.assemble.interventions.block import build_interventions
from trialmine.evaluate.trial_records import open_records
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.normalise.linear import LinearModel
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.document import CleanText
from trialmine.train.arms import aligned, gold_members
from trialmine.train.linear import fit_linear, save_weights
from trialmine.train.unread import WORK, UnreadReader

Features = dict[str, float]
Owners = Mapping[int, int | str]
"""What tells whose a number is, by arm: the gold's size, or the corpus's label."""

_SIDES = ("intervention", "control")
_LEAST = 3  # documents that a feature must stand in
_NUMBERS_C, _OWNERS_C = 0.15, 0.1
# numbers that equal a group's size but stand elsewhere may do so by chance, small ones above all
_ELSEWHERE, _ELSEWHERE_SMALL, _SMALL = 0.5, 0.2, 20
_CLEAR = 0.15  # by how much one arm must be more like the tested than the other
_CONTROL = regex.compile(r"control|placebo|usual|standard|observation|\bno\b", regex.I)


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the judges see it, and what is known of it."""

    gold: dict[str, Any]
    article: Article
    mentions: Mentions
    interventions: Block
    drafts: tuple[ArmDraft, ...]
    numbers: tuple[GroupSize, ...]
    features: tuple[Features, ...]

    @property
    def marked(self) -> dict[str, list[tuple[int, int]]]:
        """Where PICO-Corpus marks groups' sizes, by side; empty for a gold record."""
        spans: dict[str, list[tuple[int, int]]] = {side: [] for side in _SIDES}
        for e in self.gold.get("entities") or ():
            side, _, kind = e["label"].partition("-")
            if kind == "participants" and side in spans:
                spans[side].append((e["start"], e["end"]))
        return spans


def read_texts(rows: Sequence[tuple[dict[str, Any], str]], reader: Reader) -> Iterator[Text]:
    """The documents of (gold record or marked text, text) pairs."""
    for gold, text in rows:
        clean = CleanText(text, text)
        article = reader.read(clean)
        mentions = extract_mentions(article)
        given = with_regimens(article, build_interventions(article, mentions, Citation(article, clean)))
        numbers = tuple(whole_numbers(text))
        features = tuple(size_features(article, mentions, given, numbers))
        yield Text(gold, article, mentions, given, choose_arms(article, mentions, given), numbers, features)


def fit_numbers(texts: Sequence[Text]) -> dict[str, Any]:
    """Weights of the judge that says which numbers are sizes of groups."""
    rows: list[Features] = []
    labels: list[bool] = []
    weights: list[float] = []
    for t in texts:
        rows += t.features
        told = [_is_size(t, m) for m in t.numbers]
        labels += [label for label, _ in told]
        weights += [weight for _, weight in told]
    kept = _common([t.features for t in texts])
    return fit_linear([_only(f, kept) for f in rows], labels, c=_NUMBERS_C, weights=weights)


def _is_size(t: Text, m: GroupSize) -> tuple[bool, float]:
    """Whether a number is marked as a group's, and how much that is worth."""
    if "entities" in t.gold:
        return any(a < m.end and m.start < b for spans in t.marked.values() for a, b in spans), 1.0
    arms = [a for a in t.gold.get("arms") or () if a.get("n") == m.n]
    places = [t.article.text.find(a["quote"]) for a in arms if a.get("quote")]
    if not arms or any(0 <= at <= m.start < at + 150 for at in places):
        return bool(arms), 1.0
    return True, _ELSEWHERE if m.n >= _SMALL else _ELSEWHERE_SMALL


def fit_owners(texts: Sequence[Text], numbers: LinearModel) -> dict[str, Any]:
    """Weights of the judge that says whose a size is, among the numbers that the first judge takes for sizes."""
    found = [list(_pairs(t, numbers)) for t in texts]
    kept = _common([[f for f, _ in pairs] for pairs in found])
    rows = [(_only(f, kept), label) for pairs in found for f, label in pairs]
    return fit_linear([f for f, _ in rows], [label for _, label in rows], c=_OWNERS_C)


def _pairs(t: Text, numbers: LinearModel) -> Iterator[tuple[Features, bool]]:
    owners = _owners(t)
    if not owners:
        return
    judged = [replace(m, chance=numbers.score(f)) for m, f in zip(t.numbers, t.features, strict=True)]
    sizes = likely_sizes(t.article, judged)
    places = named_places(t.article, t.interventions, t.drafts)
    for sentence in t.article.sentences:
        inside = [m for m in sizes if sentence.start <= m.start < sentence.end]
        for i, arm, f in pair_features(t.article, sentence, inside, places) if inside else ():
            m, whose = inside[i], owners.get(arm)
            if isinstance(whose, str):
                yield f, any(a < m.end and m.start < b for a, b in t.marked[whose])
            elif whose is not None and list(owners.values()).count(m.n) <= 1:
                yield f, whose == m.n


def _owners(t: Text) -> Owners:
    if "entities" in t.gold:
        return _sides(t)
    gold = gold_members(t.gold, t.interventions)
    ours = [frozenset(d.members) for d in t.drafts]
    arms = t.gold.get("arms") or ()
    if len(set(gold)) == len(gold) and len(set(ours)) == len(ours):
        pairs = aligned(gold, ours)
    elif len(gold) == len(ours):
        pairs = _by_label([a.get("label") or "" for a in arms], [d.label for d in t.drafts])
    else:
        pairs = []
    return {ours_at: n for gold_at, ours_at in pairs if (n := arms[gold_at].get("n")) is not None}


def _by_label(gold: Sequence[str], ours: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of arms whose labels share most words, each arm once."""
    ranked = sorted(
        (-len(_words(g) & _words(o)), abs(i - j), i, j) for i, g in enumerate(gold) for j, o in enumerate(ours)
    )
    out: list[tuple[int, int]] = []
    for _, _, i, j in ranked:
        if not any(i == a or j == b for a, b in out):
            out.append((i, j))
    return out


def _sides(t: Text) -> Owners:
    """Which of two arms is the tested one: the one more like what is marked as intervention than as control."""
    if len(t.drafts) != 2:
        return {}
    said = {s: [_words(e["text"]) for e in t.gold["entities"] if e["label"] == s] for s in _SIDES}
    names = {r.id: str(r.name) for r in t.interventions.rows}
    lean = []
    for d in t.drafts:
        own = _words(" ".join([d.label, *(names[m] for m in d.members)]))
        like = {s: max((len(own & w) / max(1, len(own | w)) for w in said[s]), default=0.0) for s in _SIDES}
        lean.append(like["intervention"] - like["control"] - bool(_CONTROL.search(d.label)))
    if any(abs(a - b) < _CLEAR for a, b in pairwise(lean)):
        return {}
    return {i: _SIDES[side != max(lean)] for i, side in enumerate(lean)}


def _words(text: str) -> set[str]:
    return set(regex.findall(r"\p{L}{3,}|\d[\d.]*", text.lower())) - {"group", "arm"}


def _common(documents: Sequence[Sequence[Features]]) -> set[str]:
    """Features that hold in several documents."""
    counts = Counter(name for rows in documents for name in {k for f in rows for k, v in f.items() if v})
    return {name for name, n in counts.items() if n >= _LEAST}


def _only(f: Features, kept: set[str]) -> Features:
    return {k: v for k, v in f.items() if v and k in kept}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train both judges and write their weights into the package."""
    parser = argparse.ArgumentParser(prog="trialmine train group-sizes", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the models that left a half out")
    args = parser.parse_args(arguments)
    corpus = (args.shared / "data/pico-corpus/train.jsonl").read_text(encoding="utf-8").split("\n")
    marked = [(row, row["text"]) for row in map(json.loads, filter(None, corpus))]
    texts = list(read_texts([*marked, *open_records(args.shared)], UnreadReader(args.shared, args.work)))
    numbers = fit_numbers(texts)
    save_weights("group_size", numbers)
    save_weights("size_owner", fit_owners(texts, LinearModel(numbers["bias"], numbers["weights"])))


if __name__ == "__main__":
    main()
