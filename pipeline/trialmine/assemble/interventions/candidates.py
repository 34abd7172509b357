"""Everything in a text that might be an intervention: drugs by name, phrases of its frames, spans of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import regex

from trialmine.normalise.drug import canonical
from trialmine.normalise.intervention import kind_of
from trialmine.normalise.route import route
from trialmine.records.article import Article, Entity, Mentions
from trialmine.records.vocabulary import InterventionKind

# words for any treatment name none
_GENERIC = frozenset(
    (
        *("treatment", "treatments", "intervention", "interventions", "control", "controls", "therapy"),
        *("therapies", "procedure", "procedures", "drug", "drugs", "medication", "medications", "study", "trial"),
        *("arm", "group", "groups", "programme", "program", "care", "dose", "doses", "agent", "agents"),
        *("regimen", "standard", "follow", "both", "each", "other", "active", "experimental", "combination"),
        *("monotherapy", "comparator", "test", "product", "supplement", "supplementation"),
    )
)
_SYSTEMIC = ("intravenous", "subcutaneous", "intramuscular", "oral", "sublingual", "vaginal", "rectal")
_SLASH = regex.compile(r"\s*[/+]\s*")
_HYPHEN = regex.compile(r"[-–]")
_AMOUNT = regex.compile(r"\s+\d[\d.,]*\s*(?:mg|g|mcg|[µμ]g|IU|ml|%)(?:/\w+)?\s*$", regex.I)
_TWO_SHORT = regex.compile(
    r"[(\[](?P<first>\p{Lu}[\p{Lu}\d]{1,5})\s?[/+&-]\s?(?P<second>\p{Lu}[\p{Lu}\d]{1,5}(?:\s\p{Lu}{2})?)[)\]]"
)
_WITH = regex.compile(r"\s*(?:and|plus|with|/|\+|-|–|combined\s+with|in\s+combination\s+with)\s*", regex.I)
_BEHIND = 90  # characters in which both drugs stand before the bracket


@dataclass(slots=True)
class Candidate:
    """One possible intervention with every place that names it."""

    key: str
    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    wider: list[tuple[int, int]] = field(default_factory=list)  # what the span model takes for its whole name
    kind: InterventionKind | None = None
    source: str = "lexicon"
    frames: set[str] = field(default_factory=set)
    score: float = 0.0
    certainty: float = 1.0
    seen: float = 0.0  # share of its places that the span model takes for interventions


def find_candidates(article: Article, mentions: Mentions) -> list[Candidate]:
    """Everything that might be an intervention: drugs by name, phrases of the intervention frames by their words."""
    groups: dict[str, Candidate] = {}
    named = [e for e in article.entities if e.label == "CHEMICAL"]
    modelled = [e for e in article.entities if e.label == "INTERVENTION"]
    for e in (*named, *(m for m in modelled if not any(n.start < m.end and m.start < n.end for n in named))):
        name = e.name or e.text
        drug = canonical(name)
        key = _key(drug.base if drug else name)
        c = groups.setdefault(key, Candidate(key, name, source=e.source, certainty=e.score))
        c.certainty = max(c.certainty, e.score)
        c.spans.append((e.start, e.end))
    _add_wider(groups, modelled)
    _add_abbreviations(article, groups)
    taken = [span for c in groups.values() for span in c.spans]
    phrases: dict[str, Candidate] = {}
    for m in mentions["intervention"]:
        text = article.text[m.start : m.end]
        elsewhere = any(s < m.end and m.start < e for s, e in taken)
        torn = text.count("(") != text.count(")")
        # "effects of intravenous A": a route is none
        if elsewhere or torn or set(_key(text).split()) <= _GENERIC or route(text) in _SYSTEMIC:
            continue
        c = phrases.setdefault(_key(text), Candidate(_key(text), text, source="phrase"))
        c.frames.add(m.value)
        if (m.start, m.end) not in c.spans:
            c.spans.append((m.start, m.end))
    lowered = _lowered(article.text)
    for c in phrases.values():
        c.spans += _whole_words(lowered, _lowered(c.name))
    _add_abbreviations(article, phrases)
    found = [*groups.values(), *phrases.values()]
    for c in found:
        c.spans = sorted(set(c.spans))
        drug = canonical(c.name)
        c.kind = drug.kind if drug else kind_of(c.name)
        c.seen = sum(any(m.start < e and s < m.end for m in modelled) for s, e in c.spans) / len(c.spans)
    return found


def _add_wider(groups: Mapping[str, Candidate], modelled: Sequence[Entity]) -> None:
    """A drug's name may be a part of what was given: "amorphous rifaximin", "green coffee extract"."""
    owners = [(start, end, c) for c in groups.values() for start, end in c.spans]
    for m in modelled:
        inside = [(start, end, c) for start, end, c in owners if m.start <= start and end <= m.end]
        if len(inside) == 1 and (m.start, m.end) != inside[0][:2] and not _SEVERAL.search(m.text.strip()):
            inside[0][2].wider.append((m.start, m.end))


_SEVERAL = regex.compile(
    r"\b(?:and|or|plus|with|versus|vs|followed)\b|[,;()/+]|\d\s*(?:mg|g|mcg|ug|ml|iu|cfu|pfu|mmol|kcal)\b|\d{5}|\s(?:beside|for|in|of|to|by|on|at|as|the|an?|per)$",
    regex.I,
)
_OTHER_SIGNS = regex.compile(r"[^\p{L}\p{N}]+")


def _key(name: str) -> str:
    return _OTHER_SIGNS.sub(" ", name.lower()).strip()


def _lowered(text: str) -> str:
    # "İ" would become two characters and shift all that follows
    return "".join(low if len(low := ch.lower()) == 1 else ch for ch in text) if "İ" in text else text.lower()


def _whole_words(text: str, words: str, *, joined: str = "_") -> Iterator[tuple[int, int]]:
    """Where `words` stand in `text` without a letter or digit (or a sign of `joined`) beside them."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        whole = not (before.isalnum() or (before and before in joined) or after.isalnum() or after == "_")
        if whole:
            yield start, end
        start = text.find(words, end if whole else start + 1)


def _add_abbreviations(article: Article, groups: dict[str, Candidate]) -> None:
    """A short form belongs to the candidate that its long form names."""
    for short, stated in (*_parted(article.abbreviations), *_paired(article.text, groups)):
        long_form = _AMOUNT.sub("", stated)
        key = _key(long_form)
        known = canonical(long_form)
        owner = groups.get(key) or (groups.get(_key(known.base)) if known else None)
        if owner is None:
            tails = [c for c in groups.values() if c.key and key.endswith(" " + c.key) and len(c.key) > 5]
            owner = tails[0] if len(tails) == 1 else None
        if owner is None:
            continue
        other = groups.pop(_key(short), None)
        if other is not None and other is not owner:
            owner.spans += other.spans
        owner.spans += _whole_words(article.text, short, joined="_-")


def _parted(abbreviations: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Abbreviations; one of a combination ("SAL/FP", "MF-VG") gives one for each of its parts."""
    for short, long_form in abbreviations.items():
        for joint in (_SLASH, _HYPHEN):
            parts, names = joint.split(short), joint.split(long_form)
            if len(parts) == len(names) > 1 and (joint is _SLASH or all(len(p) > 1 for p in parts)):
                yield from zip(parts, names, strict=True)
                break
        else:
            yield short, long_form


def _paired(text: str, groups: Mapping[str, Candidate]) -> Iterator[tuple[str, str]]:
    """Short forms of two drugs in one bracket behind both: "phentermine and topiramate (PHEN/TPM)"."""
    for m in _TWO_SHORT.finditer(text):
        before = [
            (s, e, c.name) for c in groups.values() for s, e in c.spans if m.start() - _BEHIND < s and e <= m.start()
        ]
        if len(before) < 2:
            continue
        first, second = sorted(before)[-2:]
        if m.start() - second[1] < 20 and _WITH.fullmatch(text[first[1] : second[0]]):
            for short, drug in ((m["first"], first), (m["second"], second)):
                if drug[2][:1].lower() == short[:1].lower():
                    yield short, drug[2]
