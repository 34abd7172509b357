"""Trains the judgements of the statistics block from gold records.

scikit-learn (there through scispaCy) fits; what is written is JSON with plain weights, which the package
scores without it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trialmine.assemble import statistics_model
from trialmine.assemble.statistics_candidates import Candidate, build_candidates
from trialmine.assemble.statistics_endpoint import endpoint_features, p_endpoint_features
from trialmine.assemble.statistics_features import candidate_features, p_features
from trialmine.assemble.statistics_p import results_before
from trialmine.assemble.statistics_result import Result
from trialmine.normalise.linear import ChoiceModel
from trialmine.records.article import Article, Block, Mention, Mentions

Row = dict[str, Any]
# model name -> (inverse regularisation, how often a feature must be seen)
RECIPES = {"result": (0.15, 2), "measure": (1.0, 2), "p": (0.3, 2), "endpoint": (0.3, 2), "p_endpoint": (0.3, 2)}


@dataclass
class Examples:
    """Feature lists and labels for one model."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, features: list[str], label: str) -> None:
        """One more example."""
        self.features.append(features)
        self.labels.append(label)

    def extend(self, other: Examples) -> None:
        """All examples of another set."""
        self.features += other.features
        self.labels += other.labels


def align(rows: Iterable[Row], text: str, atoms: Sequence[Candidate]) -> dict[int, list[Row]]:
    """Candidate index -> the gold rows that state it."""
    out: dict[int, list[Row]] = {}
    for row in rows:
        if row["measure"] == "p_value":
            continue
        quote = row.get("quote") or row.get("text") or ""
        at = text.find(quote)
        hits = [k for k, a in enumerate(atoms) if _states(a, row)]
        inside = [k for k in hits if at - 3 <= a_at(atoms[k]) < at + len(quote)]
        fresh = [k for k in inside if k not in out] or inside or [k for k in hits if k not in out]
        if fresh:
            out.setdefault(fresh[0], []).append(row)
    return out


def a_at(atom: Candidate) -> int:
    """Where the candidate's number stands."""
    return atom.at


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


def examples(record: Row, article: Article, mentions: Mentions, endpoints: Block) -> dict[str, Examples]:
    """What one gold record teaches each model; the advisers must be trained before."""
    out = {name: Examples() for name in RECIPES}
    atoms = build_candidates(article, mentions)
    rows = record.get("statistics") or []
    aligned = align(rows, article.text, atoms)
    results = []
    for i, a in enumerate(atoms):
        features = statistics_model.advised(candidate_features(article, atoms, i, mentions["p_value"]))
        out["result"].add(features, "result" if i in aligned else "none")
        if i in aligned:
            measure = aligned[i][0]["measure"]
            out["measure"].add(features, measure)
            results.append(Result(measure, a.at, a))
            _endpoint_examples(
                out["endpoint"], article, a.at, measure, {r.get("endpoint") for r in aligned[i]}, endpoints
            )
    _p_examples(out, rows, article, mentions["p_value"], results, endpoints)
    return out


def _endpoint_examples(
    out: Examples, article: Article, at: int, measure: str, right: set[Any], endpoints: Block
) -> None:
    for k, e in enumerate(endpoints.rows):
        label = "yes" if e.id in right else "no"
        out.add(endpoint_features(article, at, measure, endpoints, k), label)


def _p_examples(
    out: dict[str, Examples],
    rows: Sequence[Row],
    article: Article,
    p_values: Sequence[Mention],
    results: Sequence[Result],
    endpoints: Block,
) -> None:
    taken: Counter[int] = Counter()
    for p in p_values:
        fitting = [
            r
            for r in rows
            if r.get("p") and (r["p"]["comparator"], r["p"]["value"]) == (p.value.comparator, p.value.value)
        ]
        near = [r for r in fitting if _near(article.text, r, p)]
        alone = [r for r in near if r["measure"] == "p_value" and taken[id(r)] == 0]
        attached = [r for r in near if r["measure"] != "p_value" and taken[id(r)] == 0]
        # the quote of a row ends with its P: the row whose quote ends nearest is the one
        label = "row" if alone and not attached else "attach" if attached else "drop"
        for r in alone if label == "row" else attached[:1]:
            taken[id(r)] += 1
        before = [r.number for r in results_before(article, results, p) if r.number]
        out["p"].add(p_features(article, p, before, p_values), label)
        if label == "row":
            right = {r.get("endpoint") for r in alone}
            for k, e in enumerate(endpoints.rows):
                features = p_endpoint_features(article, p, p_values, endpoints, k)
                out["p_endpoint"].add(features, "yes" if e.id in right else "no")


def _near(text: str, row: Row, p: Mention) -> bool:
    quote = row.get("quote") or row.get("text") or ""
    at = text.find(quote)
    return at >= 0 and at - 5 <= p.start <= at + len(quote) + 150


def fit(data: Examples, *, c: float, least: int) -> ChoiceModel:
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
    matrix = csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(columns_of), len(names)))
    labels = np.array(data.labels)
    classes = sorted(set(data.labels))
    columns, bias = [], []
    for name in classes if len(classes) > 2 else classes[1:]:
        model = LogisticRegression(C=c, solver="liblinear", random_state=0).fit(matrix, labels == name)
        columns.append(model.coef_[0])
        bias.append(round(float(model.intercept_[0]), 3))
    if len(classes) == 2:
        columns, bias = [np.zeros_like(columns[0]), columns[0]], [0.0, *bias]
    table = np.round(np.stack(columns, axis=1), 2)
    keep = np.abs(table).max(axis=1) >= 0.03
    weights = {f: [float(w) for w in table[k]] for k, f in enumerate(names) if keep[k]}
    return ChoiceModel(classes, bias, weights)


def train(parts: Iterable[dict[str, Examples]]) -> dict[str, ChoiceModel]:
    """All models from the examples of many records."""
    pooled = {name: Examples() for name in RECIPES}
    for part in parts:
        for name, data in part.items():
            pooled[name].extend(data)
    return {name: fit(pooled[name], c=c, least=least) for name, (c, least) in RECIPES.items()}


def write(models: dict[str, ChoiceModel]) -> Path:
    """Write the weights where the package reads them, one feature a line so that a change can be read."""
    path = Path(__file__).resolve().parents[1] / "lexicon" / "weights" / "statistics.json"
    lines = []
    for name, model in models.items():
        rows = ",\n".join(f"{json.dumps(f)}:{json.dumps(w, separators=(',', ':'))}" for f, w in model.weights.items())
        head = f'"classes":{json.dumps(model.labels)},"bias":{json.dumps(model.bias)}'
        lines.append(f'{json.dumps(name)}:{{{head},"weights":{{\n{rows}\n}}}}')
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    return path
