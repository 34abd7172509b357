"""Groups the phrases that may name an outcome into candidates; says what is known of each, for the scorer to weigh."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import regex

from trialmine.assemble.endpoints.short_forms import short_forms
from trialmine.lexicon.tables import rows
from trialmine.normalise.endpoint import endpoint_code, endpoint_kind, endpoint_words, overlap
from trialmine.records.article import Article, Block, Mention, Mentions
from trialmine.records.vocabulary import EndpointRole

# outcomes that a trial has once, however they are worded
_SINGLE = frozenset(
    "OS PFS DFS EFS RFS TTP TTF ORR PCR DOR DCR CBR HBA1C FPG SBP DBP BMI IOP BCVA TC "  # noqa: SIM905
    "AE SAE DLT MTD QOL MORTALITY".split()
)
_WORD = regex.compile(r"[\p{L}\d()+/-]+")
_KEPT = 5_000  # names of outcomes, each of which is looked at for several things
_NUMBER = regex.compile(r"\d")
_RESULT = regex.compile(
    r"\d|\b[Pp]\s*[<=>]|significan|differ|increas|decreas|reduc|improv|higher|lower|greater|similar", regex.IGNORECASE
)
# what a result is told by, not what was measured
_ESTIMATE = regex.compile(
    r"(?:(?:least|squares?|(?:un)?adjusted|estimated|mean|median|between-?|group|treatment|absolute|relative|incidence|standardi[sz]ed|weighted|point"
    r"|placebo-?|subtracted|corrected|geometric|pooled|crude|total)[\s-]*)*"
    r"(?:differences?|ratios?|hazard\sratios?|odds\sratios?|risk\s(?:ratios?|differences?|reductions?)|rate\sratios?|percentage\spoints?"
    r"|means?|medians?|averages?|percent(?:ages?)?|proportions?|percent(?:age)?\s(?:changes?|reductions?|increases?|decreases?)"
    r"|(?:(?:regression|correlation|beta)\s)?coefficients?|correlations?|standard\s(?:errors?|deviations?)|(?:interquartile|confidence)\s(?:ranges?|intervals?))",
    regex.IGNORECASE,
)
# when it was measured, not what
_TIME = regex.compile(
    r"(?:(?:at|after|within|by|in|for|over|during|of|to|the|first|last)\s)*(?:(?:day|week|month|year)s?[\s-]?\d+"
    r"|(?:\d+|one|two|three|four|six|twelve)(?:[-–]\d+)?[\s-](?:days?|weeks?|months?|years?|hours?|h|min(?:utes)?)(?:\s(?:after|of\sfollow-?up|follow-?up))?)",
    regex.IGNORECASE,
)
_GENERIC = frozenset(r["word"] for r in rows("outcome_words") if r["group"] == "generic")


@dataclass(slots=True)
class Candidate:
    """Phrases of one text that name the same thing; the first mention is the one with the best chance."""

    words: frozenset[str]
    code: str | None
    mentions: list[Mention] = field(default_factory=list)

    @property
    def phrase(self) -> Any:
        """The phrase with the best chance; of equals the first."""
        return self.best.value

    @property
    def best(self) -> Mention:
        """The mention with the best chance; of equals the first."""
        return max(self.mentions, key=lambda m: (m.value.probability, -m.start))

    @property
    def chance(self) -> float:
        """The best chance of its mentions."""
        return float(self.phrase.probability)


def candidates(article: Article, mentions: Mentions) -> list[Candidate]:
    """Candidates by falling chance."""
    groups: dict[frozenset[str] | str, Candidate] = {}
    forms = short_forms(article, mentions)
    for m in mentions["endpoint"]:
        words = expanded_words(m.value.name, forms)
        written_out = " ".join(_long_form(m.value.name, forms))
        if words <= _GENERIC or not words or _TIME.fullmatch(m.value.name):
            continue
        if _is_estimate(m.value.name) or _is_estimate(written_out):
            continue
        code = endpoint_code(m.value.name) or endpoint_code(written_out)
        key = code if code in _SINGLE and len(words) <= 5 else words
        groups.setdefault(key, Candidate(words, code)).mentions.append(m)
    for c in groups.values():
        c.words = expanded_words(c.phrase.name, forms)
    return sorted(groups.values(), key=lambda c: (-c.chance, c.best.start))


@lru_cache(maxsize=_KEPT)
def _is_estimate(name: str) -> bool:
    return _ESTIMATE.fullmatch(name) is not None


@lru_cache(maxsize=_KEPT)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name))


def _long_form(name: str, abbreviations: Mapping[str, str]) -> list[str]:
    return [abbreviations.get(w, w) for w in _words(name)]


def expanded_words(name: str, abbreviations: Mapping[str, str]) -> frozenset[str]:
    """The telling words of a name, its abbreviations written out."""
    return endpoint_words(" ".join(_long_form(name, abbreviations)))


def role_at(mentions: Mentions, start: int, end: int) -> EndpointRole | None:
    """The role whose list covers start:end; the shortest list wins."""
    covering = [m for m in mentions["endpoint_role"] if m.start <= start and end <= m.end]
    return min(covering, key=lambda m: m.end - m.start).value if covering else None


def features(
    article: Article, mentions: Mentions, found: Sequence[Candidate], interventions: Block
) -> Iterator[dict[str, float]]:
    """What is known of each candidate, in the order of `found`."""
    treatments = [(r.start, r.end) for r in interventions.references]
    names = {endpoint_words(str(row.name)) for row in interventions.rows}
    sum_of_chances = sum(c.chance for c in found)
    for rank, c in enumerate(found):
        out = _own_features(article, c)
        out |= _place_features(article, mentions, c)
        out |= _rival_features(c, found[:rank])
        out[f"rank={min(rank // 3, 6)}"] = 1.0
        out["crowd"] = math.log1p(sum_of_chances)
        out["share"] = c.chance / max(found[0].chance, 0.01)
        if c.words in names or all(any(a < m.end and m.start < b for a, b in treatments) for m in c.mentions):
            out["treatment"] = 1.0
        yield out


def _logit(chance: float) -> float:
    p = min(max(chance, 0.01), 0.99)
    return math.log(p / (1 - p))


def _own_features(article: Article, c: Candidate) -> dict[str, float]:
    miss = math.prod(1 - min(m.value.probability, 0.99) for m in c.mentions)
    name = c.phrase.name
    out = {
        "chance": _logit(c.chance),
        "any": _logit(1 - miss),
        f"mentions={min(len(c.mentions), 5)}": 1.0,
        f"words={min(len(c.words), 7)}": 1.0,
        f"kind={endpoint_kind(name)}": 1.0,
        "code" if c.code else "no_code": 1.0,
    }
    if c.code:
        out[f"code={c.code}"] = 1.0
    out["number"] = float(bool(_NUMBER.search(name)))
    out["generic"] = len(c.words & _GENERIC) / len(c.words)
    out["short_form"] = float(name in article.abbreviations)
    return out


def _place_features(article: Article, mentions: Mentions, c: Candidate) -> dict[str, float]:
    out: dict[str, float] = {}
    for m in c.mentions:
        sentence = article.sentence_at(m.start)
        section = (sentence.section if sentence else None) or "none"
        key = f"in={section}"
        out[key] = max(out.get(key, 0.0), float(m.value.probability))
        role = role_at(mentions, m.start, m.end)
        if role:
            out[f"role={role}"] = 1.0
        if sentence and section in ("results", "none", "other"):
            rest = article.text[m.end : min(sentence.end, m.end + 60)]
            out["result"] = max(out.get("result", 0.0), float(bool(_RESULT.search(rest))))
    sections = Counter(k.startswith("in=") for k in out)[True]
    out[f"sections={min(sections, 4)}"] = 1.0
    return out


def _rival_features(c: Candidate, stronger: Sequence[Candidate]) -> dict[str, float]:
    out: dict[str, float] = {}
    for r in stronger:
        shared = overlap(c.words, r.words)
        out["same_as"] = max(out.get("same_as", 0.0), shared)
        out["inside"] = max(out.get("inside", 0.0), float(c.words < r.words))
        out["around"] = max(out.get("around", 0.0), float(c.words > r.words))
        if c.code and c.code == r.code:
            out["same_code"] = 1.0
        if any(a.start < b.end and b.start < a.end for a in c.mentions for b in r.mentions):
            out["touches"] = 1.0
    covered = all(any(m.start < b.end and b.start < m.end for r in stronger for b in r.mentions) for m in c.mentions)
    out["covered"] = float(covered and bool(stronger))
    out["alike"] = float(out.get("same_as", 0.0) >= 0.5)
    return out
