"""What the span model takes the places of a possible intervention for: the thing given, an arm, what was measured."""

from __future__ import annotations

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.normalise.drug import canonical
from trialmine.normalise.noun_phrase import ends_at
from trialmine.records.article import Article

_OTHER = ("ARM", "ENDPOINT", "CONDITION", "ADVERSE_EVENT")


def span_features(article: Article, c: Candidate) -> dict[str, float]:
    """Shares of the candidate's places: in spans of each kind, seen as they are, at the end of their noun phrase."""
    source = "phrase" if c.source == "phrase" else "model" if c.source == "model" else "named"
    exact = ended = 0
    inside = dict.fromkeys(_OTHER, 0)
    for start, end in c.spans:
        around = [
            e for e in article.entities_in(max(0, start - _AROUND), end + _AROUND) if e.start < end and start < e.end
        ]
        exact += any(e.label == "INTERVENTION" and (e.start, e.end) == (start, end) for e in around)
        for label in {e.label for e in around if e.start <= start and end <= e.end} & inside.keys():
            inside[label] += 1
        ended += ends_at(article.text, end)
    n = len(c.spans)
    f = {f"{source}_exact": exact / n, f"{source}_ended": ended / n, f"{source}_never_ended": float(not ended)}
    f |= {f"{source}_in_{label}": count / n for label, count in inside.items()}
    f |= {f"{source}_any_{label}": float(bool(count)) for label, count in inside.items()}
    f[f"{source}_kind_unknown"] = float(c.kind is None)
    f[f"{source}_plain_word"] = float(" " not in c.key and c.kind is None and canonical(c.name) is None)
    return f


_AROUND = 120  # characters that a span of another kind may reach beyond a name
