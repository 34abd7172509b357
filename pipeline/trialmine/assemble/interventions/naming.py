"""One treatment under several names: its whole phrase, its short form with a head, "X programme" beside "X"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.normalise.drug import canonical
from trialmine.normalise.noun_phrase import whole_phrase
from trialmine.records.article import Article

_WORD = regex.compile(r"[\p{L}\p{N}]+")
# a name says the same with or without them
_HEADS = frozenset(
    (
        *("treatment", "therapy", "training", "program", "programme", "intervention", "regimen", "protocol"),
        *("procedure", "technique", "method", "approach", "supplement", "supplementation", "tablet", "capsule"),
        *("session", "class", "course", "group", "arm", "condition", "administration", "system", "strategy", "use"),
    )
)
_SHAM = regex.compile(r"sham\b|placebo\b|simulated\b|mock\b", regex.I)
_LONG = 9  # letters; "interviewing" is "interview", "coaching" is what it is
_ARTICLES = frozenset(("the", "a", "an"))
_SPELLINGS = (("behaviour", "behavior"), ("programme", "program"), ("aesth", "esth"), ("haem", "hem"), ("paed", "ped"))
_DRUGS = frozenset(("drug", "biological", "vaccine", "dietary_supplement", "cell_therapy"))


def with_whole_phrases(article: Article, candidates: Iterable[Candidate]) -> None:
    """Adds to each treatment that is no drug of a list the phrases that its name is the core of."""
    for c in candidates:
        drug = canonical(c.name)
        if drug is not None and (drug.kind is None or drug.kind in _DRUGS):
            continue
        for start, end in c.spans:
            sentence = article.sentence_at(start)
            whole = whole_phrase(article.text, start, end, low=sentence.start if sentence else 0)
            if whole != (start, end) and whole not in c.wider:
                c.wider.append(whole)


def joined(article: Article, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with those made one that differ by spelling, a plain head, or a short form for its words."""
    hosts: dict[str, Candidate] = {}
    kept: list[Candidate] = []
    for c in sorted(candidates, key=_rank):
        form = plain_form(c.name, article.abbreviations)
        host = hosts.get(form) if form else None
        if host is None:
            hosts.setdefault(form, c)
            kept.append(c)
        else:
            _take_in(host, c)
    return sorted(kept, key=candidates.index)


def one_phrase_one_row(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that share a phrase with another: "home-based exercise" in "… exercise program"."""
    kept: list[Candidate] = []
    for c in sorted(chosen, key=lambda c: (-len(c.spans), c.source == "phrase", c.spans[0])):
        host = next((k for k in kept if _share_a_phrase(k, c)), None) if canonical(c.name) is None else None
        if host is None:
            kept.append(c)
        else:
            host.wider += [span for span in c.spans if span not in host.spans]
            _take_in(host, c)
    return [c for c in chosen if c in kept]


def _share_a_phrase(a: Candidate, b: Candidate) -> bool:
    if canonical(a.name) is not None or is_sham(a) != is_sham(b):
        return False
    return any(
        s <= start and end <= e for one, other in ((a, b), (b, a)) for s, e in one.wider for start, end in other.spans
    )


def is_sham(c: Candidate) -> bool:
    """Whether it only looks like what is tested: "sham laser" is no laser."""
    return _SHAM.match(c.name) is not None


def plain_form(name: str, abbreviations: Mapping[str, str]) -> str:
    """The name without what makes no difference; "" where nothing else is left.

    >>> plain_form("the Yoga Programmes", {}), plain_form("CBT intervention", {"CBT": "cognitive behaviour therapy"})
    ('yoga', 'cognitivebehavior')
    """
    spelled = [abbreviations.get(w, w) for w in name.split()]
    words = [w for w in _WORD.findall(" ".join(spelled).lower()) if w not in _ARTICLES]
    words = [w[:-1] if len(w) > 4 and w.endswith("s") and not w.endswith("ss") else w for w in words]
    while len(words) > 1 and words[-1] in _HEADS:
        words.pop()
    if words and len(words[-1]) > _LONG and words[-1].endswith("ing"):
        words[-1] = words[-1].removesuffix("ing")
    form = "".join(words)
    for ours, theirs in _SPELLINGS:
        form = form.replace(ours, theirs)
    return "" if form in _HEADS else form


def _rank(c: Candidate) -> tuple[bool, bool, int, str]:
    """What others are joined to comes first: a name of a list, what the model saw, what is named most."""
    return (canonical(c.name) is None, c.source == "phrase", -len(c.spans), c.key)


def _take_in(host: Candidate, other: Candidate) -> None:
    host.spans = sorted({*host.spans, *other.spans})
    host.wider += other.wider
    host.frames |= other.frames
    host.certainty = max(host.certainty, other.certainty)
