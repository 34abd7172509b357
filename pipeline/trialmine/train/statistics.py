"""Trains the judgements of the statistics block from gold records.

scikit-learn (there through scispaCy) fits; what is written is JSON with plain weights, which the package
scores without it.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trialmine.assemble.statistics.arm_features import arm_features, setting_of
from trialmine.assemble.statistics.arm_mentions import arm_mentions
from trialmine.assemble.statistics.block import LEAST
from trialmine.assemble.statistics.candidates import Candidate, build_candidates
from trialmine.assemble.statistics.endpoint import endpoint_features, p_endpoint_features
from trialmine.assemble.statistics.endpoint_place import Outlook
from trialmine.assemble.statistics.features import candidate_features, p_features
from trialmine.assemble.statistics.p_targets import results_before
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.assemble.statistics.surroundings import Surroundings
from trialmine.assemble.statistics.verdict import judged_features
from trialmine.evaluate.arm_links import paired_arms
from trialmine.evaluate.record_view import Phrase, named, overlap, same, words_of
from trialmine.normalise.linear import ChoiceModel, log_odds
from trialmine.records.article import Article, Block, Mention, Mentions
from trialmine.records.document import CleanText

Row = dict[str, Any]
# words are many and each is seen seldom: their weights may be held tighter than those of what stands for a class
Recipe = tuple[float, float]  # inverse regularisation, scale of the features that are words
RECIPES: dict[str, Recipe] = {
    "result": (0.4, 0.35), "measure": (1.0, 1.0), "p": (1.0, 1.0), "endpoint": (0.1, 1.0), "p_endpoint": (0.3, 1.0),
    "arm": (0.1, 1.0),
}  # fmt: skip
LINKS = ("endpoint",)
_LEAST = 2  # how often a feature must be seen
_OF_WORDS = frozenset(
    "sentence suffix near_left near_right left_ending right_ending r1_ending l1 l2 l3 l4 r1 r2 r3 r4 l21 r12 "  # noqa: SIM905
    "l1&unit r1&unit".split()
)


@dataclass
class Examples:
    """Feature lists and labels for one model."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """Where those begin of which one at most is right, if they are rivals."""

    def add(self, features: list[str], label: str) -> None:
        """One more example."""
        self.features.append(features)
        self.labels.append(label)

    def begin_rivals(self) -> None:
        """What is added from here on are rivals."""
        self.firsts.append(len(self.labels))

    def extend(self, other: Examples) -> None:
        """All examples of another set."""
        self.firsts += [len(self.labels) + first for first in other.firsts]
        self.features += other.features
        self.labels += other.labels


def align(rows: Iterable[Row], clean: CleanText, atoms: Sequence[Candidate]) -> dict[int, list[Row]]:
    """Candidate index -> the gold rows that state it."""
    out: dict[int, list[Row]] = {}
    for row in rows:
        if row["measure"] == "p_value":
            continue
        start, end = quoted(row, clean)
        hits = [k for k, a in enumerate(atoms) if _states(a, row)]
        inside = [k for k in hits if start - 3 <= atoms[k].at < end]
        fresh = [k for k in inside if k not in out] or inside or [k for k in hits if k not in out]
        if fresh:
            out.setdefault(fresh[0], []).append(row)
    return out


def quoted(row: Row, clean: CleanText) -> tuple[int, int]:
    """Where the clean text has the row's quote, (-1, -1) where it has not."""
    quote = row.get("quote") or row.get("text") or ""
    at = clean.raw.find(quote)
    return (clean.to_clean(at), clean.to_clean(at + len(quote))) if at >= 0 else (-1, -1)


def _states(a: Candidate, row: Row) -> bool:
    value, spread = row.get("value"), row.get("dispersion") or {}
    if value is not None:
        return a.value is not None and abs(abs(a.value) - abs(value)) < 1e-6
    if row.get("numerator") is not None:
        return (a.numerator, a.denominator) == (row["numerator"], row.get("denominator"))
    if row.get("ci"):
        return a.ci is not None and a.value is None and a.ci.low == row["ci"]["low"]
    if spread.get("low") is not None and a.low is not None and a.high is not None:
        return {abs(a.low), abs(a.high)} == {abs(spread["low"]), abs(spread["high"])}
    return False


def advice_examples(article: Article, mentions: Mentions, marks: Sequence[tuple[int, int, str]]) -> Examples:
    """What one document with marked numbers teaches an adviser."""
    out = Examples()
    atoms = build_candidates(article, mentions)
    for i, a in enumerate(atoms):
        # the number's own digits decide: a candidate also spans comparators and units
        role = next((r for s, e, r in marks if s < a.number_end and a.at < e), "none")
        out.add(candidate_features(article, atoms, i, mentions["p_value"]), role)
    return out


def examples(
    record: Row, clean: CleanText, article: Article, mentions: Mentions, blocks: Mapping[str, Block]
) -> dict[str, Examples]:
    """What one gold record teaches each model; the advisers must be trained before.

    `blocks` (interventions, arms, endpoints) are those that are found in the text, as they will be when the models
    are asked.
    """
    endpoints, arms = blocks["endpoints"], blocks["arms"]
    out = {name: Examples() for name in RECIPES}
    atoms = build_candidates(article, mentions)
    surroundings = Surroundings(article, mentions, endpoints, arms)
    agreeing = Agreeing(record, endpoints)
    rows = record.get("statistics") or []
    aligned = align(rows, clean, atoms)
    results = []
    for i, a in enumerate(atoms):
        features = judged_features(article, atoms, i, mentions["p_value"], surroundings)
        out["result"].add(features, "result" if i in aligned else "none")
        if i in aligned:
            measure = aligned[i][0]["measure"]
            out["measure"].add(features, measure)
            results.append(Result(measure, a.at, a))
    _endpoint_examples(
        out["endpoint"], article, results, [aligned[i] for i in sorted(aligned)], mentions, endpoints, agreeing
    )
    _arm_examples(out["arm"], record, article, {i: aligned[i][0] for i in sorted(aligned)}, atoms, blocks)
    _p_examples(out, rows, clean, article, mentions["p_value"], results, endpoints, agreeing)
    return out


def _endpoint_examples(
    out: Examples,
    article: Article,
    results: Sequence[Result],
    rows: Sequence[list[Row]],
    mentions: Mentions,
    endpoints: Block,
    agreeing: Agreeing,
) -> None:
    """Each outcome is that of a result or not; a result that is of none teaches too."""
    for result, own in zip(results, rows, strict=True):
        right = agreeing.of(own)
        outlook = Outlook(article, result.span, results, mentions["p_value"], endpoints)
        out.begin_rivals()
        seen = endpoint_features(article, result, endpoints, outlook)
        for e, features in zip(endpoints.rows, seen, strict=True):
            out.add(features, "yes" if e.id in right else "no")


def _arm_examples(
    out: Examples,
    record: Row,
    article: Article,
    aligned: Mapping[int, Row],
    atoms: Sequence[Candidate],
    blocks: Mapping[str, Block],
) -> None:
    """Each arm is that of a result or not; the estimates that compare arms teach nothing."""
    arms = arm_mentions(article, blocks["arms"])
    found = {name: [row.model_dump() for row in blocks[name].rows] for name in ("arms", "interventions")}
    pairs = paired_arms(record, found)
    numbers = [atoms[i] for i in aligned]
    for i, row in aligned.items():
        if row["measure"] in COMPARISONS or len(arms.rows) < _FEWEST_ARMS:
            continue
        setting = setting_of(atoms[i], numbers, arms)
        right = row.get("arms") or []
        for k, arm in enumerate(arms.rows):
            hit = len(right) == 1 and pairs.get(arm.id) == right[0]
            out.add(arm_features(article, setting, arms, k), "yes" if hit else "no")


_FEWEST_ARMS = 2


class Agreeing:
    """Which of the endpoints that were found are those of the gold record, by their names and codes."""

    def __init__(self, record: Row, endpoints: Block) -> None:
        self._gold = {row["id"]: named(row) for row in record.get("endpoints") or []}
        self._own = {row.id: Phrase(words_of(row.name), row.code) for row in endpoints.rows}

    def of(self, rows: Iterable[Row]) -> set[str]:
        """Ids of all found endpoints that the gold rows may be of."""
        wanted = [g for row in rows if (g := self._gold.get(row.get("endpoint"))) is not None]
        return {own_id for own_id, own in self._own.items() if any(same(own, g) for g in wanted)}

    def best_of(self, rows: Iterable[Row]) -> set[str]:
        """Ids of the found endpoints that the gold rows are of, the one most alike for each row."""
        out = set()
        for row in rows:
            gold = self._gold.get(row.get("endpoint"))
            fitting = [i for i, own in self._own.items() if gold is not None and same(own, gold)]
            if gold is not None and fitting:
                out.add(max(fitting, key=lambda i: overlap(self._own[i].words, gold.words)))
        return out


def _p_examples(
    out: dict[str, Examples],
    rows: Sequence[Row],
    clean: CleanText,
    article: Article,
    p_values: Sequence[Mention],
    results: Sequence[Result],
    endpoints: Block,
    agreeing: Agreeing,
) -> None:
    taken: Counter[int] = Counter()
    for p in p_values:
        fitting = [
            r
            for r in rows
            if r.get("p") and (r["p"]["comparator"], r["p"]["value"]) == (p.value.comparator, p.value.value)
        ]
        near = [r for r in fitting if _near(clean, r, p)]
        alone = [r for r in near if r["measure"] == "p_value" and taken[id(r)] == 0]
        attached = [r for r in near if r["measure"] != "p_value" and taken[id(r)] == 0]
        # the quote of a row ends with its P: the row whose quote ends nearest is the one
        label = "row" if alone and not attached else "attach" if attached else "drop"
        for r in alone if label == "row" else attached[:1]:
            taken[id(r)] += 1
        before = [r.number for r in results_before(article, results, p) if r.number]
        out["p"].add(p_features(article, p, before, p_values), label)
        if label == "row":
            right = agreeing.best_of(alone)
            seen = p_endpoint_features(article, p, p_values, endpoints)
            for e, features in zip(endpoints.rows, seen, strict=True):
                out["p_endpoint"].add(features, "yes" if e.id in right else "no")


def _near(clean: CleanText, row: Row, p: Mention) -> bool:
    start, end = quoted(row, clean)
    return start >= 0 and start - 5 <= p.start <= end + 150


def fit(data: Examples, *, c: float, words: float = 1.0, least: int = _LEAST) -> ChoiceModel:
    """One-against-rest logistic regression over the features seen at least `least` times; small weights are dropped."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = Counter(f for features in data.features for f in features)
    names = sorted(f for f, n in seen.items() if n >= least)
    place = {f: k for k, f in enumerate(names)}
    columns_of = [sorted({place[f] for f in features if f in place}) for features in data.features]
    indices = np.array([k for row in columns_of for k in row], dtype=np.int32)
    ends = np.cumsum([0, *(len(row) for row in columns_of)]).astype(np.int32)
    scales = np.array([words if f.partition("=")[0] in _OF_WORDS else 1.0 for f in names])
    matrix = csr_matrix((scales[indices], indices, ends), shape=(len(columns_of), len(names)))
    labels = np.array(data.labels)
    classes = sorted(set(data.labels))
    columns, bias = [], []
    for name in classes if len(classes) > 2 else classes[1:]:
        model = LogisticRegression(C=c, solver="liblinear", random_state=0).fit(matrix, labels == name)
        columns.append(model.coef_[0] * scales)
        bias.append(round(float(model.intercept_[0]), 3))
    if len(classes) == 2:
        columns, bias = [np.zeros_like(columns[0]), columns[0]], [0.0, *bias]
    table = np.round(np.stack(columns, axis=1), 2)
    keep = np.abs(table).max(axis=1) >= _FAINT
    weights = {f: [float(w) for w in table[k]] for k, f in enumerate(names) if keep[k]}
    return ChoiceModel(classes, bias, weights)


def fit_rivals(data: Examples, *, c: float, chance: float, least: int = _LEAST) -> ChoiceModel:
    """A softmax over the rivals of each set and "none"; what beats "none" has at least this chance of "yes"."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    seen = Counter(f for features in data.features for f in features)
    names = sorted(f for f, n in seen.items() if n >= least)
    place = {f: k for k, f in enumerate(names)}
    columns = [[place[f] for f in features if f in place] for features in data.features]
    ends = np.cumsum([0, *map(len, columns)]).astype(np.int32)
    indices = np.array([k for own in columns for k in own], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(columns), len(names)))
    sizes = np.diff([*data.firsts, len(columns)])
    sets = np.repeat(np.arange(len(sizes)), sizes)
    yes = np.array(data.labels) == "yes"
    unsettled = np.bincount(sets, yes, len(sizes)) == 0

    def loss(weights: Any) -> tuple[float, Any]:
        raised = np.exp(np.clip(matrix @ weights[1:], -30, 30))
        none = np.exp(weights[0])
        whole = np.bincount(sets, raised, len(sizes)) + none
        right = np.bincount(sets, raised * yes, len(sizes)) + none * unsettled
        missed = raised / whole[sets] - raised * yes / right[sets]
        slope = np.concatenate([[(none / whole - none * unsettled / right).sum()], matrix.T @ missed])
        return float((np.log(whole) - np.log(right)).sum() + weights @ weights / (2 * c)), slope + weights / c

    weights = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    table = np.round(weights[1:], 2)
    bias = round(float(log_odds(chance) - weights[0]), 3)
    kept = {f: [0.0, float(table[k])] for k, f in enumerate(names) if abs(table[k]) >= _FAINT}
    return ChoiceModel(["no", "yes"], [0.0, bias], kept)


_FAINT = 0.03  # a weight below this tells nothing


def train(parts: Iterable[dict[str, Examples]], names: Iterable[str] = RECIPES) -> dict[str, ChoiceModel]:
    """The models with these names from the examples of many records."""
    pooled = {name: Examples() for name in RECIPES}
    for part in parts:
        for name, data in part.items():
            pooled[name].extend(data)
    return {name: _fitted(name, pooled[name]) for name in names}


def _fitted(name: str, data: Examples) -> ChoiceModel:
    c, words = RECIPES[name]
    return fit_rivals(data, c=c, chance=LEAST) if name == "endpoint" else fit(data, c=c, words=words)


def write(models: dict[str, ChoiceModel]) -> Path:
    """Write the weights where the package reads them, packed: they are many."""
    path = Path(__file__).resolve().parents[1] / "lexicon" / "weights" / "statistics.json.gz"
    data = {k: {"classes": m.labels, "bias": m.bias, "weights": m.weights} for k, m in models.items()}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    return path
