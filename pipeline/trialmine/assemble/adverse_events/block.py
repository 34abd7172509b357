"""The adverse_events block: which events the trial reports, how bad, how often and in whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.assemble.adverse_events.counting import counts_in, counts_of_list, end_of_own, grade_of, lists
from trialmine.assemble.adverse_events.counts_arms import ArmsOfCounts
from trialmine.assemble.adverse_events.features import Features, event_features, is_denied
from trialmine.assemble.adverse_events.telling import Telling, key_of, tellings
from trialmine.assemble.citation import Citation
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mention, Mentions, Sentence
from trialmine.records.trial import AdverseEvent, Grade, Warning  # noqa: A004 (the contract's own word)

_RELATED = regex.compile(
    r"\b(?:treatment|drug|study[\s-]drug|vaccine|medication)[\s-]related\b|\b(?:related|attribut\w+|due)\s+to\s+(?:the\s+)?(?:study\s+)?(?:treatment|drug|medication)",
    regex.IGNORECASE,
)
_SERIOUS = regex.compile(
    r"\bserious\b(?!\s*(?:adverse\s+events?)?\s*(?:were|was)?\s*not)|\b(?-i:SAEs?)\b", regex.IGNORECASE
)
_LIMITING = regex.compile(r"(?<!\b(?:no|not|without|nor)\s)(?:\bdose[\s-]limiting\b|\b(?-i:DLTs?)\b)", regex.IGNORECASE)
# "no difference in rates of rash or fever": they happened
_NO_DIFFERENCE = regex.compile(
    r"\b(?:no|neither|nor)\s(?:[\w-]+\s){0,3}?(?:differ\w*|increases?|excess|effects?|worsening|change|trend|association|evidence)\b[^.;]{0,120}$",
    regex.IGNORECASE,
)
# "fewer days with cough, fever": how long what is treated lasted
_DAYS_WITH = regex.compile(
    r"\b(?:fewer|less|more|numbers?\sof|percentages?\sof|proportions?\sof|mean|median)\s(?:\w+\s)?(?:days|nights|hours)\s(?:with|of)\b",
    regex.IGNORECASE,
)
_BREAK = regex.compile(r";|:\s|\bbut\b|\bwhile\b|\bwhereas\b|\bother\b", regex.IGNORECASE)
_THRESHOLD = 0.4
_LISTED_THRESHOLD = 0.2
# "pain was the most common reaction (52% and 28%)": the counts are of the pain
_ANY_EVENT = regex.compile(
    r"(?:\p{L}+\s)?(?:reactions?|events?|effects?|symptoms?|complications?|complaints?)", regex.IGNORECASE
)
_COUNTED_THRESHOLD = 0.29  # where each group's count stands behind it
_CAUSED_THRESHOLD = 0.12
_COUNTED_PHRASE = 0.17
_AIMED = {"outcome", "aim", "no event", "denied"}
_AMONG_KNOWN = {"listed with=strong", "listed with=weak"}
_DRUGS = {"entity=CHEMICAL", "entity=INTERVENTION"}


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
    owners = ArmsOfCounts(article, arms)
    for telling, events in judged(article, mentions):
        for finding in _findings(article, mentions, telling.sentence, events, owners):
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
        lasting = _DAYS_WITH.search(article.text, telling.sentence.start, telling.sentence.end)
        events = [e for e in events if lasting is None or e.start < lasting.start()]
        if events:
            yield telling, events


def least_score(event: Mention, row: Features) -> float:
    """What the judge must give; less for a phrase in a list of events, among such as are known or counted."""
    in_list = "introduced in list" in row and ("count in brackets" in row or bool(_AMONG_KNOWN & row.keys()))
    if event.value.strength == "phrase" and in_list and not _DRUGS & row.keys():
        return _LISTED_THRESHOLD
    if "caused and counted" in row and not _DRUGS & row.keys():
        return _CAUSED_THRESHOLD
    if event.value.strength == "phrase" and _ANY_EVENT.fullmatch(event.value.term):
        return _THRESHOLD
    if "counted by group" in row and not _DRUGS & row.keys() and not _AIMED & row.keys():
        return _COUNTED_PHRASE if event.value.strength == "phrase" else _COUNTED_THRESHOLD
    return _THRESHOLD


def _findings(
    article: Article, mentions: Mentions, sentence: Sentence, events: Sequence[Mention], owners: ArmsOfCounts
) -> Iterator[_Finding]:
    text = article.text
    used: set[Mention] = set()
    for group, following in lists(text, events, sentence):
        begin = max([t.end for t in events if t.end <= group[0].start] + [sentence.start])
        stop = end_of_own(text, owners.arms, counts_in(mentions, group[-1].end, following), following)
        for term, own in zip(group, counts_of_list(text, mentions, group, begin, stop, used), strict=True):
            none = is_denied(text, sentence.start, term) and not _NO_DIFFERENCE.search(text, sentence.start, term.start)
            grade = grade_of(mentions, sentence, term, own)
            if none and term.value.strength == "general":
                continue
            if not own:
                yield _Finding(term, None, _sole_arm(owners.arms, sentence), grade, none)
            for count, arm in zip(own, owners.of(sentence, own), strict=True):
                yield _Finding(term, count, arm, grade)


def _sole_arm(arms: Block, sentence: Sentence) -> tuple[str, ...]:
    ids = {r.id for r in arms.within(sentence.start, sentence.end)}
    return tuple(ids) if len(ids) == 1 else ()


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
