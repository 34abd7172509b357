"""The kind of an intervention by its name: a known drug, else by the head of the phrase."""

from __future__ import annotations

from functools import cache

import regex

from trialmine.lexicon.tables import mapping
from trialmine.normalise.drug import canonical
from trialmine.records.vocabulary import InterventionKind

_WORDS = regex.compile(r"[^\W_]+(?:['’]s)?")
# a phrase ends where its qualification begins: "surgery with drains", "education by telephone"
_TAIL = regex.compile(
    r"\b(?:with|without|by|via|for|from|in|on|at|of|after|before|during|using|plus|versus|to|through|under|among)\b.*|[(\[].*",
    regex.IGNORECASE | regex.DOTALL,
)
_ENDINGS: dict[str, InterventionKind] = {
    **dict.fromkeys(
        ("ectomy", "otomy", "ostomy", "oplasty", "oscopy", "opexy", "desis", "pheresis", "centesis", "puncture"),
        "procedure",
    ),
    "psychotherapy": "behavioral",
    "radiotherapy": "radiation",
    "brachytherapy": "radiation",
    "vaccine": "vaccine",
}
# what is done outweighs what it is done with: "CBT program" and "diet" stay, "exercise device" is a device
_LONGEST_HEAD = 5
_LONGEST_NAME = 40  # words


@cache
def kind_of(name: str) -> InterventionKind | None:
    """The kind of the intervention that `name` denotes, or None if neither lexicon nor head tells.

    >>> kind_of("total knee arthroplasty"), kind_of("aerobic exercise training"), kind_of("sorafenib")
    ('procedure', 'behavioral', 'drug')
    >>> kind_of("something else") is None
    True
    """
    drug = canonical(name)
    if drug is not None:
        return drug.kind
    core = _TAIL.sub("", name).strip() or name
    return _by_head(core) or _by_drug_inside(core) or _by_head(name)


def _by_head(name: str) -> InterventionKind | None:
    heads = mapping("intervention_kinds", "head", "kind")
    words = [w.lower() for w in _WORDS.findall(name)]
    for end in range(len(words), 0, -1):
        for size in range(min(_LONGEST_HEAD, end), 0, -1):
            kind = heads.get(" ".join(words[end - size : end]))
            if kind is not None:
                return kind  # type: ignore[return-value]
        ending = next((k for e, k in _ENDINGS.items() if words[end - 1].endswith(e)), None)
        if ending is not None:
            return ending
    return None


def _by_drug_inside(name: str) -> InterventionKind | None:
    words = [m.group() for m in _WORDS.finditer(name)][-_LONGEST_NAME:]
    for start in range(len(words)):
        drug = canonical(" ".join(words[start:]))
        if drug is not None:
            return drug.kind
    return None
