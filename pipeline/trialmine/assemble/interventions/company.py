"""What a possible intervention stands beside: the other side of a comparison, chance, drugs with their amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.records.article import Article, Mentions

_GAP = 40  # characters between two that are told together
_JOINTS = {
    "against": regex.compile(
        r"[\s,;]*(?:\([^()]*\))?[\s,;]*(?:versus|vs\.?|or|compared\s+(?:with|to)|than|against|instead\s+of)\s+(?:an?\s+|the\s+)?",
        regex.I,
    ),
    "beside": regex.compile(r"[\s,;]*(?:\([^()]*\))?[\s,;]*(?:and|&|,)\s*(?:an?\s+|the\s+)?", regex.I),
    "added": regex.compile(r"\s*(?:\([^()]*\)\s*)?(?:plus|\+|/|with|combined\s+with|followed\s+by)\s*", regex.I),
}
_CHANCE = regex.compile(r"\brandom(?:ly|i[sz]ed)\b|\bassigned\b|\ballocated\b|\bdivided\b", regex.I)
_SHORT = regex.compile(r"\s*\(\s*(?-i:\p{Lu}[\p{L}\d/+-]{1,9})\s*[,;)]")
_GROUP = regex.compile(r"[\s-]*(?:treatment\s+|therapy\s+)?(?:groups?|arms?)\b", regex.I)

Partners = Mapping[str, Sequence[tuple[str, Candidate]]]


@dataclass(frozen=True, slots=True)
class Company:
    """What the candidates of one text say of each other."""

    partners: Partners
    dosed: frozenset[str]
    """Keys of those that an amount stands beside."""


def find_company(article: Article, mentions: Mentions, candidates: Sequence[Candidate]) -> Company:
    """The pairs that the text tells together, and which drugs have amounts."""
    places = sorted((s, e, i) for i, c in enumerate(candidates) for s, e in c.spans)
    partners: dict[str, list[tuple[str, Candidate]]] = {c.key: [] for c in candidates}
    for k, (_, end, i) in enumerate(places):
        for start, _, j in places[k + 1 :]:
            if start - end > _GAP:
                break
            if start < end or i == j:
                continue
            joint = next((n for n, p in _JOINTS.items() if p.fullmatch(article.text, end, start)), None)
            if joint:
                partners[candidates[i].key].append((joint, candidates[j]))
                partners[candidates[j].key].append((joint, candidates[i]))
    doses = [(m.start, m.end) for m in mentions["dose"]]
    dosed = {
        c.key
        for c in candidates
        if any(0 <= s - end < 30 or 0 <= start - e < 30 for s, e in c.spans for start, end in doses)
    }
    return Company(partners, frozenset(dosed))


def company_features(article: Article, company: Company, c: Candidate) -> dict[str, float]:
    """Named features of one candidate by what it stands beside."""
    f: dict[str, float] = {}
    for joint, other in company.partners[c.key]:
        kind = "list" if other.source in ("lexicon", "stem", "code") else other.source
        f[f"{joint}={kind}"] = 1.0
        f[f"{joint}_seen"] = max(f.get(f"{joint}_seen", 0.0), other.seen)
        f[f"{joint}_dosed"] = max(f.get(f"{joint}_dosed", 0.0), float(other.key in company.dosed))
    source = "phrase" if c.source == "phrase" else "named"
    f[f"{source}_beside_dosed"] = float(bool(company.dosed - {c.key}))
    f[f"{source}_seen"] = c.seen
    chance = grouped = short = 0
    for start, end in c.spans:
        sentence = article.sentence_at(start)
        chance += bool(sentence and _CHANCE.search(article.text, sentence.start, start))
        grouped += bool(_GROUP.match(article.text, end))
        short += bool(_SHORT.match(article.text, end))
    f[f"{source}_chance"] = float(bool(chance))
    f[f"{source}_grouped"] = min(grouped, 3) / 3
    f[f"{source}_short"] = float(bool(short))
    if any(article.section_at(s) == "title" for s, _ in c.spans):
        f[f"{source}_title"] = 1.0
        f[f"{source}_title_seen"] = c.seen
        f[f"{source}_title_kind={c.kind}"] = 1.0
    if c.source == "phrase":
        f[f"phrase_frames={min(len(c.frames), 4)}"] = 1.0
        f["phrase_count"] = min(len(c.spans), 6) / 3
    return f
