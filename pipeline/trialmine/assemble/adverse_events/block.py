"""The adverse_events block: which events the trial reports, how bad, how often and in whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.assemble.adverse_events.counting import counts_of_list, grade_of, lists
from trialmine.assemble.adverse_events.features import Features, event_features, is_denied
from trialmine.assemble.adverse_events.telling import Telling, key_of, tellings
from trialmine.assemble.citation import Citation
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence
from trialmine.records.trial import AdverseEvent, Grade, Warning  # noqa: A004 (the contract's own word)

_RELATED = regex.compile(
    r"\b(?:treatment|drug|study[\s-]drug|vaccine|medication)[\s-]related\b|\b(?:related|attribut\w+|due)\s+to\s+(?:the\s+)?(?:study\s+)?(?:treatment|drug|medication)",
    regex.IGNORECASE,
)
_SERIOUS = regex.compile(
    r"\bserious\b(?!\s*(?:adverse\s+events?)?\s*(?:were|was)?\s*not)|\b(?-i:SAEs?)\b", regex.IGNORECASE
)
_LIMITING = regex.compile(r"(?<!\b(?:no|not|without|nor)\s)(?:\bdose[\s-]limiting\b|\b(?-i:DLTs?)\b)", regex.IGNORECASE)
_BREAK = regex.compile(r";|:\s|\bbut\b|\bwhile\b|\bwhereas\b|\bother\b", regex.IGNORECASE)
_THRESHOLD = 0.4
_LISTED_THRESHOLD = 0.2
_AMONG_KNOWN = {"listed with=strong", "listed with=weak"}
_DRUGS = {"entity=CHEMICAL", "entity=INTERVENTION"}
_PAIR = 2
_NEAR_LABEL = 40


@dataclass(frozen=True, slots=True)
class _Finding:
    """An event of a sentence with one of its counts."""

    term: Mention
    count: Mention | None
    arms: tuple[str, ...]
    grade: Mention | None
    none: bool = False


def build_adverse_events(
    article: Article, mentions: Mentions, arms: Block, cite: Citation
) -> tuple[tuple[AdverseEvent, ...], tuple[Warning, ...]]:
    """Rows of the adverse_events block, one per event and count, and what the reader should look at."""
    rows: list[AdverseEvent] = []
    named: set[str] = set()
    for telling, events in judged(article, mentions):
        for finding in _findings(article, mentions, telling.sentence, events, arms):
            if finding.count is None and key_of(finding.term) in named:
                continue
            rows.append(_row(finding, article, telling.sentence, cite))
        named |= {key_of(e) for e in events}
    return _without_repeats(rows), ()


def judged(article: Article, mentions: Mentions) -> Iterator[tuple[Telling, list[Mention]]]:
    """The sentences that report events, each with its events."""
    model = linear_model("adverse_event")
    told = list(tellings(article, mentions))
    for telling, rows in zip(told, event_features(article, mentions, told), strict=True):
        events = [e for e, row in zip(telling.events, rows, strict=True) if model.score(row) >= least_score(e, row)]
        if events:
            yield telling, events


def least_score(event: Mention, row: Features) -> float:
    """What the judge must give; less for a phrase in a list of events, among such as are known or counted."""
    in_list = "introduced in list" in row and ("count in brackets" in row or bool(_AMONG_KNOWN & row.keys()))
    if event.value.strength == "phrase" and in_list and not _DRUGS & row.keys():
        return _LISTED_THRESHOLD
    return _THRESHOLD


def _findings(
    article: Article, mentions: Mentions, sentence: Sentence, events: Sequence[Mention], arms: Block
) -> Iterator[_Finding]:
    text = article.text
    used: set[Mention] = set()
    for group, stop in lists(text, events, sentence):
        begin = max([t.end for t in events if t.end <= group[0].start] + [sentence.start])
        for term, own in zip(group, counts_of_list(text, mentions, group, begin, stop, used), strict=True):
            none = is_denied(text, sentence.start, term)
            grade = grade_of(mentions, sentence, term, own)
            if none and term.value.strength == "general":
                continue
            if not own:
                yield _Finding(term, None, _sole_arm(arms, sentence), grade, none)
            for count, arm in zip(own, _arms(text, arms, sentence, own), strict=True):
                yield _Finding(term, count, arm, grade)


def _sole_arm(arms: Block, sentence: Sentence) -> tuple[str, ...]:
    ids = {r.id for r in arms.within(sentence.start, sentence.end)}
    return tuple(ids) if len(ids) == 1 else ()


def _arms(text: str, arms: Block, sentence: Sentence, counts: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The arm of each count: by order if the sentence names as many arms, else by the label that stands beside it."""
    references = arms.within(sentence.start, sentence.end)
    order = list(dict.fromkeys(r.id for r in references))
    if len(counts) == len(order) and len(counts) >= _PAIR:
        beside = [_beside(text, references, c) for c in counts]
        if all(beside) and len(set(beside)) == len(counts):
            return [(b,) for b in beside if b]
        return [(i,) for i in order]
    if len(counts) == 1 and len(order) == 1:
        return [(order[0],)]
    return [(b,) if (b := _beside(text, references, c)) else () for c in counts]


def _beside(text: str, references: Sequence[Reference], count: Mention) -> str | None:
    after = [
        r
        for r in references
        if 0 <= r.start - count.end <= _NEAR_LABEL and not regex.search(r"\d|[;)]\s*\w", text[count.end : r.start])
    ]
    before = [
        r
        for r in references
        if 0 <= count.start - r.end <= _NEAR_LABEL // 2 and not regex.search(r"\d|;", text[r.end : count.start])
    ]
    near = (
        before[-1:]
        if before and regex.fullmatch(r"\s*(?:[:,=(]|group|arm|\s)*\s*", text[before[-1].end : count.start])
        else after[:1]
    )
    return near[0].id if near else None


def _clause(text: str, sentence: Sentence, term: Mention) -> str:
    """The part of the sentence that the event stands in."""
    breaks = [m.end() for m in _BREAK.finditer(text, sentence.start, term.start)]
    behind = _BREAK.search(text, term.end, sentence.end)
    return text[breaks[-1] if breaks else sentence.start : behind.start() if behind else sentence.end]


def _row(f: _Finding, article: Article, sentence: Sentence, cite: Citation) -> AdverseEvent:
    count = f.count.value if f.count else None
    spans = [(m.start, m.end) for m in (f.grade, f.term, f.count) if m]
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    text = article.text
    around = text[max(sentence.start, f.term.start - 60) : f.term.end]
    grade: Grade | None = f.grade.value if f.grade else None
    return AdverseEvent(
        term=f.term.value.term,
        grade=grade,
        n=0 if f.none else count.n if count else None,
        percent=count.percent if count else None,
        arms=f.arms,
        dose_limiting=True if _LIMITING.search(_clause(text, sentence, f.term)) else None,
        serious=True if _SERIOUS.search(around) else None,
        related=True if _RELATED.search(around) else None,
        text=text[start:end],
        evidence=cite.all((start, end)),
    )


def _without_repeats(rows: Iterable[AdverseEvent]) -> tuple[AdverseEvent, ...]:
    """Rows that say no more than another one of the same event are left out."""
    kept: dict[tuple[object, ...], AdverseEvent] = {}
    for row in rows:
        key = (row.term.lower().removesuffix("s"), row.n, row.percent, row.arms)
        kept.setdefault(key, row)
    return tuple(kept.values())
