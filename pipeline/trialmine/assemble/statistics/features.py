"""What the statistics models see of a number, a P and an endpoint: the one place where features are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain

import regex

from trialmine.assemble.statistics.candidates import Candidate, members_of
from trialmine.lexicon.search import Search
from trialmine.lexicon.tables import alternation, rows
from trialmine.records.article import Article, Mention

_TOKEN = regex.compile(r"[A-Za-z]+|\d[\d.,·]*|\+/-|[^\w\s]")
_SAME = {"+/-": "±"}
_WORD = regex.compile(r"[A-Za-z]{2,}")
_DIGIT = regex.compile(r"[0-9]")
_DOWN = regex.compile(
    r"\b(?:decreas|reduc|declin|fell|fall|drop|lower|loss|lost|shorten|suppress|diminish|less)\w*", regex.IGNORECASE
)
_UP = regex.compile(r"\b(?:increas|ris|rose|gain|improv|elevat|higher|greater|enhanc|prolong)\w*", regex.IGNORECASE)
_CHANGE = regex.compile(
    r"\b(?:change|decreas|reduc|declin|increas|improv|drop|fell|rose|rise|fall|gain|loss|difference)\w*",
    regex.IGNORECASE,
)


# the sentences of a document and the names of its endpoints come again for each of its numbers
_KEPT = 512


@lru_cache(maxsize=_KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words with a plural s taken off."""
    words = [w.lower() for w in _WORD.findall(text)]
    return tuple([w[:-1] if len(w) > 3 and w[-1] == "s" else w for w in words])


def _tokens(text: str) -> list[str]:
    return ["#" if t[0].isdigit() else _SAME.get(t, t.lower()) for t in _TOKEN.findall(text)]


def candidate_features(article: Article, atoms: Sequence[Candidate], i: int, p_values: Sequence[Mention]) -> list[str]:
    """Features of candidate i among all candidates of the article."""
    a, text = atoms[i], article.text
    unit = unit_class(a.unit)
    parts = (
        _own(a, unit), _shape(a), _list_features(atoms, i, p_values), _context(text, a, unit),
        _sentence(text[a.sentence.start : a.sentence.end]), _cues(text, a, unit), _harms(text, a),
        _place(article, a),
    )  # fmt: skip
    return list(dict.fromkeys(chain.from_iterable(parts)))


def _own(a: Candidate, unit: str) -> tuple[str, ...]:
    section = str(a.sentence.section)
    return (
        f"section={section}", f"unit={unit}", f"section={section}&unit={unit}", f"label={a.label}", f"ucum={a.unit}",
        f"label={a.label}&unit={unit}", f"hyphen={a.hyphen}", f"comparator={a.comparator}",
    )  # fmt: skip


def unit_class(unit: str | None) -> str:
    """none, percent, time or other."""
    if unit is None:
        return "none"
    return "percent" if unit == "%" else "time" if unit in ("mo", "wk", "d", "a", "h", "min", "s") else "other"


def _shape(a: Candidate) -> Iterator[str]:
    yield f"dispersion={a.dispersion.kind if a.dispersion else None}"
    yield f"ci={a.ci is not None}"
    yield f"fraction={a.numerator is not None},{a.denominator is not None}"
    if a.value is None:
        yield "range" if a.low is not None else "novalue"
        return
    whole = a.value == int(a.value)
    yield f"whole={whole}&unit={unit_class(a.unit)}"
    yield "size=" + (
        "neg"
        if a.value < 0
        else "0"
        if a.value == 0
        else "1"
        if a.value < 2
        else "2"
        if a.value < 20
        else "3"
        if a.value < 1000
        else "4"
    )
    if whole and 1950 <= a.value <= 2035 and a.unit is None:
        yield "year"


def _list_features(atoms: Sequence[Candidate], i: int, p_values: Sequence[Mention]) -> Iterator[str]:
    a = atoms[i]
    members = members_of(atoms, i)
    yield f"list={min(len(members), 4)}"
    yield f"rank={min(a.rank, 3)}"
    yield f"list_spread={any(b.dispersion for b in members)}"
    yield f"list_ci={any(b.ci for b in members)}"
    last = members[-1].end
    p = first_from(p_values, last)
    follows = p is not None and p.start < a.sentence.end
    gap = p.start - last if p is not None and follows else None
    behind = bisect_left(atoms, last, key=lambda b: b.at)
    other = behind < len(atoms) and p is not None and atoms[behind].at < p.start
    yield "p=" + (
        "none" if gap is None else "near" if gap <= 25 and not other else "far" if not other else "behind_other"
    )
    of_sentence = first_from(p_values, a.sentence.start)
    yield f"p_in_sentence={of_sentence is not None and of_sentence.start < a.sentence.end}"


def first_from(mentions: Sequence[Mention], start: int) -> Mention | None:
    """The first of some mentions in text order that begins at `start` or behind it."""
    place = bisect_left(mentions, start, key=lambda m: m.start)
    return mentions[place] if place < len(mentions) else None


def _context(text: str, a: Candidate, unit: str) -> list[str]:
    left = _tokens(text[max(a.sentence.start, a.at - 90) : a.at])
    left = left[:-1] if left and left[-1] in ("=", ":") else left
    right = _tokens(text[a.number_end : min(a.sentence.end, a.number_end + 70)])
    before, behind = ["^"] * 4 + left, right + ["$"] * 4
    out = [name for k in range(1, 5) for name in (f"l{k}={before[-k]}", f"r{k}={behind[k - 1]}")]
    out += (
        f"l21={' '.join(left[-2:])}", f"r12={' '.join(right[:2])}",
        f"l1&unit={before[-1]},{unit}", f"r1&unit={behind[0]},{unit}",
    )  # fmt: skip
    out += _word_endings(right, left)
    out += [f"near_left={w}" for w in words_of(text[max(a.sentence.start, a.at - 60) : a.at])]
    out += [f"near_right={w}" for w in words_of(text[a.number_end : min(a.sentence.end, a.number_end + 40)])]
    return out


@lru_cache(maxsize=_KEPT)
def _sentence(sentence: str) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for word in words_of(sentence):
        out[f"sentence={word}"] = None
        if len(word) > 5:
            out[f"suffix={word[-4:]}"] = None
    return tuple(out)


@cache
def _harm_words() -> Search:
    listed: dict[str, list[str]] = {}
    for row in rows("adverse_events"):
        listed.setdefault(row["strength"], []).append(row["term"])
    parts = [f"(?P<{strength}>{alternation(terms)})" for strength, terms in listed.items()]
    return Search(rf"\b(?:{'|'.join(parts)})\b")


def _harms(text: str, a: Candidate) -> Iterator[str]:
    """Whether the number stands with words for unwanted events: those rates are another block's."""
    scopes = (
        ("left", max(a.sentence.start, a.at - 80), a.at),
        ("right", a.number_end, min(a.sentence.end, a.number_end + 50)),
        ("sentence", a.sentence.start, a.sentence.end), ("before", max(0, a.sentence.start - 200), a.sentence.start),
    )  # fmt: skip
    for scope, start, end in scopes:
        yield from (f"harm_{scope}={strength}" for strength in _strengths(text, start, end))


@lru_cache(maxsize=_KEPT)
def _strengths(text: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(m.lastgroup) for m in _harm_words().find(text, start, end)))


def _word_endings(right: Sequence[str], left: Sequence[str]) -> Iterator[str]:
    # "0.5% bupivacaine", "thrombocytopenia in 5%": the ending tells drugs and harms apart from outcomes
    yield f"r1_ending={right[0][-4:] if right and len(right[0]) > 6 else None}"
    yield from (f"left_ending={w[-4:]}" for w in left[-8:] if len(w) > 6)
    yield from (f"right_ending={w[-4:]}" for w in right[:6] if len(w) > 6)


_BY = regex.compile(r"by\s(?:an?\s)?(?:mean\s|median\s|average\s)?(?:of\s)?$", regex.IGNORECASE)
_FROM = regex.compile(r"from\s(?:a\s)?(?:mean\s)?(?:of\s)?$", regex.IGNORECASE)
_TO = regex.compile(r"to\s$", regex.IGNORECASE)
_FROM_NEAR = regex.compile(r"\bfrom\b", regex.IGNORECASE)
_TO_AHEAD = regex.compile(r"[^.;]{0,30}\bto\s\d", regex.IGNORECASE)
_PAIR = regex.compile(
    r"[)\s]{0,2}(?:at\s(?:baseline|week\s0|entry)\s|before\s\w+\s)?to\s(?:an?\s)?\d", regex.IGNORECASE
)
_PEOPLE = regex.compile(
    r"\b(?:patient|subject|participant|women|men|children|infant|individual|people|case|eyes|adults)", regex.IGNORECASE
)
_RATE = regex.compile(
    r"\b(?:rates?|proportions?|percentages?|incidence|prevalence|frequency|probability)\b", regex.IGNORECASE
)
_MEAN = regex.compile(r"\b(?:mean|average|averaged)\b", regex.IGNORECASE)
_MEDIAN = regex.compile(r"\bmedian\b", regex.IGNORECASE)
_FROM_BASELINE = regex.compile(
    r"(?:from|versus|vs\.?|to|with)\s(?:the\s)?(?:baseline|pre-?\w+)|after treatment", regex.IGNORECASE
)
_BASELINE = regex.compile(r"baseline|before", regex.IGNORECASE)


def _cues(text: str, a: Candidate, unit: str) -> Iterator[str]:
    before, behind = text[a.sentence.start : a.at], text[a.end : a.end + 50]
    near, last_words = before[-70:], before[-24:]  # the longest phrase that must end here is shorter
    yield f"change_near={bool(_CHANGE.search(near))}&unit={unit}"
    yield f"change_by={bool(_BY.search(last_words))}&unit={unit}"
    yield f"from={bool(_FROM.search(last_words))}&ahead={bool(_TO_AHEAD.match(behind))}"
    yield f"to={bool(_TO.search(last_words))}&from={bool(_FROM_NEAR.search(near))}"
    yield f"pair={bool(_PAIR.match(behind))}&spread={a.dispersion is not None}"
    yield f"change_behind={_behind(behind)}&unit={unit}"
    last = [m.group().lower()[:6] for m in _CHANGE.finditer(before[-120:])]
    yield f"last_change={last[-1] if last else None}&unit={unit}"
    yield f"people={bool(_PEOPLE.search(behind[:30]))},{bool(_PEOPLE.search(near[-40:]))}&unit={unit}"
    yield f"rate={bool(_RATE.search(near))}&unit={unit}"
    yield f"mean={bool(_MEAN.search(before))},median={bool(_MEDIAN.search(before))}&unit={unit}"
    yield f"mean={has(_MEAN, text)},median={has(_MEDIAN, text)}&unit={unit}&document"
    yield f"from_baseline={has(_FROM_BASELINE, text[a.sentence.start : a.sentence.end])}&unit={unit}"
    yield f"signed={before[-2:].strip()[-1:] in '+-−–' or (a.value or 0) < 0}&unit={unit}"
    yield f"baseline={bool(_BASELINE.search(near[-40:]))},{bool(_BASELINE.search(behind[:30]))}"
    yield f"down={bool(_DOWN.search(near))},up={bool(_UP.search(near))}"
    opened = _open_bracket(before)
    yield f"bracket={opened is not None}"
    if opened is not None:
        yield f"bracket_first={not before[opened + 1 :].strip()}&unit={unit}"
        yield from (f"bracket_before={w}" for w in words_of(before[max(0, opened - 25) : opened])[-2:])


@lru_cache(maxsize=_KEPT)
def has(pattern: regex.Pattern[str], text: str) -> bool:
    """Whether a text that is asked about again and again has what the pattern finds."""
    return pattern.search(text) is not None


_OUTCOME_BEHIND = regex.compile(
    r"\W{0,3}(?:\w+\s){0,2}?(?P<word>reduction|decrease|increase|improvement|decline|"
    r"higher|lower|greater|rise|gain|loss|less|more)\b",
    regex.IGNORECASE,
)


def _behind(text: str) -> str | None:
    match = _OUTCOME_BEHIND.match(text)
    return match["word"].lower() if match else None


def _open_bracket(before: str) -> int | None:
    """Where the bracket that is still open at the end of `before` begins."""
    depth = 0
    for k in range(len(before) - 1, -1, -1):
        if before[k] in ")]":
            depth += 1
        elif before[k] in "([":
            if depth == 0:
                return k
            depth -= 1
    return None


def _place(article: Article, a: Candidate) -> Iterator[str]:
    yield f"place={int(4 * a.at / max(1, len(article.text)))}"
    if a.repeated:
        yield f"repeated&section={a.sentence.section}"


def _begun(mentions: Sequence[Mention], start: int, end: int) -> int:
    """How many of some mentions in text order begin within start:end."""
    first, behind = (bisect_left(mentions, at, key=lambda m: m.start) for at in (start, end))
    return max(0, behind - first)


def end_before(p_values: Sequence[Mention], at: int) -> int:
    """Where the last P before `at` ends, 0 if there is none."""
    behind = bisect_right(p_values, at, key=lambda q: q.end)
    return p_values[behind - 1].end if behind else 0


def p_features(article: Article, p: Mention, before: Sequence[Candidate], all_p: Sequence[Mention]) -> list[str]:
    """Features of a P, given the result numbers that stand before it in its sentence."""
    return list(dict.fromkeys(_p(article, p, before, all_p)))


def _p(article: Article, p: Mention, before: Sequence[Candidate], all_p: Sequence[Mention]) -> Iterator[str]:
    text = article.text
    sentence = article.sentence_at(p.start)
    start = sentence.start if sentence else max(0, p.start - 200)
    end = sentence.end if sentence else p.end + 100
    yield f"section={sentence.section if sentence else None}"
    yield f"value={p.value.comparator}{p.value.value}"
    opened = _open_bracket(text[start : p.start])
    since = text[start + opened + 1 : p.start] if opened is not None else ""
    yield f"bracket={opened is not None}"
    yield f"bracket_own={opened is not None and not _DIGIT.search(since)}"
    yield f"earlier_p={_begun(all_p, start, p.start)}"
    left, right = _tokens(text[max(start, p.start - 80) : p.start]), _tokens(text[p.end : min(end, p.end + 60)])
    for k in range(1, 4):
        yield f"l{k}={left[-k] if len(left) >= k else '^'}"
        yield f"r{k}={right[k - 1] if len(right) >= k else '$'}"
    yield from (f"sentence={w}" for w in words_of(text[start:end]))
    if not before:
        yield "nothing_before"
        return
    last = before[-1]
    gap = text[last.end : p.start]
    passed = _begun(all_p, last.end, p.start)
    yield f"passed={min(passed, 2)}"
    yield f"gap={min(len(gap) // 8, 12)}"
    yield f"gap={min(len(gap) // 8, 12)}&passed={min(passed, 2)}&bracket={opened is not None}"
    yield f"gap_words={min(len(words_of(gap)), 8)}&passed={min(passed, 2)}"
    yield f"gap_closed={')' in gap}&bracket={opened is not None}"
    yield f"same_bracket={opened is not None and last.at >= start + opened}"
    yield from (f"gap={w}" for w in words_of(gap))
    yield from (f"gap={mark}" for mark in ";,.:(" if mark in gap)
    yield f"unit={unit_class(last.unit)}"
