"""Judges every whole number of a text: is it how many people one group had? The wording around it and the sums say."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from trialmine.lexicon.measured import MEASURED
from trialmine.lexicon.search import Search
from trialmine.normalise.linear import linear_model
from trialmine.normalise.number import NUMBER_WORD, is_rest_of_number, number
from trialmine.records.article import Article, Block, Mentions, Sentence

Features = dict[str, float]

_WHOLE = Search(
    rf"(?<![\p{{L}}\d.,·^_+~<>≥≤±$€£#-])(?<!\d\s?[-–]\s?)(?<!±\s)(?<!(?<![\d.,])0\s)(?<!\bper\s)(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|\b{NUMBER_WORD}\b)"
    r"(?![\p{L}\d%‰°²^]|[.·,]\d|\s?%|\s?[-–—]\s?\d|\s?±|[-‐‑–]\p{L})"
    rf"(?!\s(?:{MEASURED}|(?:fe)?males?|boys|girls|(?:patient|person|child|subject|wom[ae]n|catheter|life)[-‐–\s](?:years?|months?|days?))\b)"
)
WORD = regex.compile(r"\p{L}+|\d[\d.,]*|[^\s\p{L}\d]")
_CUES = {
    "random": r"\brandom",
    "assigned": r"\bassign|\ballocat|\bdivided|\bsplit",
    "received": r"\breceiv|\btreated|\bgiven|\btook|\bunderw",
    "enrolled": r"\benrol|\brecruit|\binclu|\bconsist|\bcompris|\bparticipat",
    "analysed": r"\bcomplet|\bevaluable|\banaly[sz]|\bassess",
    "befell": r"\bdied\b|\bdeath|\bdevelop|\bexperienc|\bwithdr|\bdiscontinu|\boccur|\brespon|\badverse|\bdropp"
    r"|\blost\b|\brelaps|\bachiev|\bimprov|\bhad\b|\bshow|\bevents?\b|\bcases?\b|\bfail",
    "measured": r"\bmeans?\b|\bmedian|\baverage|\bscores?\b|\blevels?\b|\bconcentrat|\bvalues?\b|\bpoints?\b|\bincreas"
    r"|\breduc|\bdecreas|\bduration|\bscale\b|\bindex\b",
    "respectively": r"\brespectively\b",
    "p": r"\bp\s?[<=>]",
    "percent": r"%",
    "people": r"\b(?:patients?|subjects?|participants?|volunteers?|women|men|children|infants|individuals|people"
    r"|persons|cases|adults|animals|rats|mice|dogs|eyes)\b|\bn\s?=",
    "each": r"\beach\b|\bper\b",
    "total": r"\btotal\b|\boverall\b|\ball\b",
}
_COMPILED = {name: regex.compile(pattern, regex.I) for name, pattern in _CUES.items()}
_TOOK_PART = ("random", "assigned", "received", "enrolled", "analysed", "people")
_OUT_OF = regex.compile(r"\d\s?/\s?$|\b(?:\d+|\p{L}+)\s+of\s+(?:the\s+|these\s+)?$", regex.I)
_GROUP = regex.compile(r"\b(?:groups?|arms?|cohorts?)\b", regex.I)
_NEAR = 40  # characters on either side that are looked at for groups
_ALIKE = 0.15  # groups of one trial that differ by less are about equal
SURE = 0.5
FAIR = 0.35


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A number, where it stands, and the chance that it is how many one group had."""

    start: int
    end: int
    n: int
    chance: float = 0.0


def whole_numbers(text: str) -> Iterator[GroupSize]:
    """All whole numbers above one that are no part of a percentage, a range or a word."""
    for m in _WHOLE.find(text):
        n = number(m["n"])
        if n and n == int(n) and n > 1 and not is_rest_of_number(text, m.start("n")):
            yield GroupSize(m.start("n"), m.end("n"), int(n))


def group_sizes(article: Article, mentions: Mentions, interventions: Block) -> list[GroupSize]:
    """The numbers that are likely how many people a group had, in text order."""
    model = linear_model("group_size")
    limits = [(m.start, m.end) for m in mentions["ci"]]
    found = [m for m in whole_numbers(article.text) if not any(s <= m.start < e for s, e in limits)]
    scored = zip(found, size_features(article, mentions, interventions, found), strict=True)
    return likely_sizes(article, [replace(m, chance=model.score(f)) for m, f in scored])


def likely_sizes(article: Article, judged: Sequence[GroupSize]) -> list[GroupSize]:
    """The numbers whose chance is good, or fair beside a good one in the same sentence: groups are told together."""
    sentences = [article.sentence_at(m.start) for m in judged]
    told = {s for s, m in zip(sentences, judged, strict=True) if m.chance >= SURE}
    return [m for s, m in zip(sentences, judged, strict=True) if m.chance >= (FAIR if s in told else SURE)]


def size_features(
    article: Article, mentions: Mentions, interventions: Block, found: Sequence[GroupSize]
) -> Iterator[Features]:
    """Named features of every number, in their order."""
    rules = {m.start: m.rule for m in (*mentions["arm_size"], *mentions["arm_size_each"])}
    people = {m.start: m.rule for m in mentions["participants"]}
    totals = {m.value.n for m in mentions["participants"]}
    cues: dict[int, Features] = {}
    starts, met = [m.start for m in found], Counter(m.n for m in found)
    for m in found:
        sentence = article.sentence_at(m.start)
        if sentence is None:
            yield {}
            continue
        if sentence.start not in cues:
            cues[sentence.start] = _sentence_features(article, sentence)
        inside = found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        beside = [o for o in inside if o is not m]
        f = {**cues[sentence.start], **_word_features(article.text, sentence, m)}
        f[f"rule={rules.get(m.start)}"] = f[f"people={people.get(m.start)}"] = 1.0
        f |= _value_features(m, beside, met, totals)
        f |= _place_features(article, interventions, mentions, m)
        yield f


def _sentence_features(article: Article, sentence: Sentence) -> Features:
    text = article.text[sentence.start : sentence.end]
    said = {name for name, cue in _COMPILED.items() if cue.search(text)}
    f = {f"sentence={name}": 1.0 for name in said}
    f["of_nobody"] = float(said.isdisjoint(_TOOK_PART))
    f["of_nobody_measured"] = f["of_nobody"] * ("measured" in said)
    return f | {f"section={sentence.section}": 1.0}


def _word_features(text: str, sentence: Sentence, m: GroupSize) -> Features:
    before = [_shape(w) for w in WORD.findall(text, max(sentence.start, m.start - 60), m.start)][-4:]
    after = [_shape(w) for w in WORD.findall(text, m.end, min(sentence.end, m.end + 60))][:4]
    before = ["^", *before][-4:]
    after = [*after, "$"][:4]
    f = {f"-{i}={w}": 1.0 for i, w in enumerate(reversed(before), 1)}
    f |= {f"+{i}={w}": 1.0 for i, w in enumerate(after, 1)}
    f |= {f"b={w}": 1.0 for w in before} | {f"a={w}": 1.0 for w in after}
    f["-21=" + " ".join(before[-2:])] = f["+12=" + " ".join(after[:2])] = 1.0
    f[f"-1+1={before[-1]} {after[0]}"] = 1.0
    f["out_of"] = float(bool(_OUT_OF.search(text, max(sentence.start, m.start - 30), m.start)))
    opened = text.rfind("(", sentence.start, m.start) > text.rfind(")", sentence.start, m.start)
    f["in_bracket"] = float(opened)
    return f


def _shape(word: str) -> str:
    if word[0].isdigit():
        return "0.0" if "." in word.strip(".,") else "0"
    return word.lower()


def _value_features(m: GroupSize, beside: Sequence[GroupSize], met: Mapping[int, int], totals: set[int]) -> Features:
    """`met`: how often each number stands in the text."""

    def elsewhere(n: int) -> bool:
        return met.get(n, 0) > (n == m.n)

    most = max((n for n in totals), default=0)
    f = {
        "sums_beside": float(any(elsewhere(m.n + o.n) for o in beside)),
        "sums_people": float(any(m.n + o.n in totals for o in beside)),
        "sums_anywhere": float(any(elsewhere(total - m.n) for total in totals)),
        "half": float(2 * m.n in totals),
        "alike_beside": float(any(abs(o.n - m.n) <= _ALIKE * max(o.n, m.n) for o in beside)),
        "again": float(elsewhere(m.n)),
        "is_sum": float(any(o.n < m.n and elsewhere(m.n - o.n) for o in beside)),
        "above_all": float(m.n > most > 0),
        "most": float(m.n == most),
        "year": float(1900 <= m.n <= 2030),
        "beside": min(len(beside), 6) / 6,
    }
    for low, high in ((2, 5), (5, 10), (10, 20), (20, 60), (60, 150), (150, 500), (500, 99999)):
        f[f"from={low}"] = float(low <= m.n < high)
    if most:
        f["share=" + ("0", "1", "2", "3", "4", "5")[min(5, int(4 * m.n / most))]] = 1.0
    return f


def _place_features(article: Article, interventions: Block, mentions: Mentions, m: GroupSize) -> Features:
    text = article.text
    behind, ahead = text[max(0, m.start - _NEAR) : m.start], text[m.end : m.end + _NEAR]
    last = max((r.end for r in interventions.beginning(m.start - 2 * _NEAR, m.start) if r.end <= m.start), default=None)
    following = next((r.start for r in interventions.beginning(m.end, m.end + _NEAR)), None)
    return {
        "group_behind": float(bool(_GROUP.search(behind))),
        "group_ahead": float(bool(_GROUP.search(ahead))),
        f"given_behind={_distance(m.start - last if last is not None else None)}": 1.0,
        f"given_ahead={_distance(following - m.end if following is not None else None)}": 1.0,
        "dose": float(any(d.start <= m.start < d.end for d in mentions["dose"])),
        "frequency": float(any(d.start <= m.start < d.end for d in mentions["frequency"])),
    }


def _distance(n: int | None) -> str:
    if n is None:
        return "none"
    return next((name for limit, name in ((3, "0"), (8, "1"), (20, "2"), (40, "3")) if n <= limit), "4")
