"""The adverse_events block: which events the trial reports, how bad, how often and in whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.assemble.citation import Citation
from trialmine.records.article import Article, Block, Mention, Mentions, Reference, Sentence
from trialmine.records.trial import AdverseEvent, Grade, Warning  # noqa: A004 (the contract's own word)

_SECTIONS = ("results", "other", None)
_REPORTED = regex.compile(
    r"\b(?:occurr\w+|reported|experienc\w+|develop\w+|observed|suffer\w+|caused?|includ\w+|incidences?|frequen\w+|common|rates?|more|fewer|less"
    r"|higher|lower|greater|increased|episodes?|cases?|noted|seen|had|were|was)\b", regex.IGNORECASE)  # fmt: skip
# an event that is a reason for treatment, a history or a target is none of the trial's
_NOT_AN_EVENT = regex.compile(
    r"\b(?:history\s+of|prevent(?:s|ed|ing|ion\s+of)?|treat(?:ing|ment\s+of|ed\s+for)|patients\s+with|women\s+with|children\s+with|risk\s+factors?\s+for"
    r"|prophylaxis\s+(?:of|against)|relief\s+of|absence\s+of|free\s+of|without|therapy\s+(?:of|for)|anti-?|scores?\s+for|improve\w*(?:\s+in)?)\s+"
    r"(?:\w+\s+)?$", regex.IGNORECASE)  # fmt: skip
_NONE = regex.compile(
    r"\b(?:no|nor|neither|none\s+of\s+the)\s+(?:[\w/-]+\s+){0,4}$|\bno\b[^.;:()]{0,60}(?:,|\bor|\band)\s+(?:no\s+)?$",
    regex.IGNORECASE,
)
_LIST_GAP = regex.compile(
    r"^\s*(?:\([^()%\d]{1,15}\)\s*)?(?:,|and|or|,\s*and|/|&|as\s+well\s+as|,\s*or)\s*(?:[\w-]+\s+)?$", regex.IGNORECASE
)
_CLAUSE = regex.compile(r";|\.\s|\bwhile\b|\bwhereas\b|\bbut\b", regex.IGNORECASE)
_RELATED = regex.compile(
    r"\b(?:treatment|drug|study[\s-]drug|vaccine|medication)[\s-]related\b|\b(?:related|attribut\w+|due)\s+to\s+(?:the\s+)?(?:study\s+)?(?:treatment|drug|medication)",
    regex.IGNORECASE,
)
_SERIOUS = regex.compile(
    r"\bserious\b(?!\s*(?:adverse\s+events?)?\s*(?:were|was)?\s*not)|\b(?-i:SAEs?)\b", regex.IGNORECASE
)
# a protocol's sentences tell what would be done
_PLANNED = regex.compile(
    r"\b(?:should|will|would|in\s+case\s+of|defined\s+as|excluded|(?:were|was)\s+(?:monitored|graded|collected))\b",
    regex.IGNORECASE,
)
_EMESIS = regex.compile(r"\b(?:nausea|vomit|retching|emesis|(?:anti)?emetic|ponv)", regex.IGNORECASE)
_LIMITING = regex.compile(r"\bdose[\s-]limiting\b|\b(?-i:DLTs?)\b", regex.IGNORECASE)
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
    cued = False
    for sentence in article.sentences:
        if sentence.section not in _SECTIONS:
            cued = False
            continue
        reporting = bool(mentions.within("adverse_event_cue", sentence.start, sentence.end))
        terms = _events(article, mentions, sentence, reporting or cued)
        for finding in _findings(article, mentions, sentence, terms, arms):
            term = _key(finding.term)
            if finding.count is None and term in named:
                continue
            rows.append(_row(finding, article, sentence, cite))
        named |= {_key(t) for t in terms}
        cued = reporting or (cued and bool(terms))
    return _without_repeats(rows), ()


def _key(m: Mention) -> str:
    return str(m.value.term).lower().removesuffix("s")


def _events(article: Article, mentions: Mentions, sentence: Sentence, reporting: bool) -> list[Mention]:
    """The events that the sentence reports."""
    text = article.text
    here = bool(mentions.within("adverse_event_cue", sentence.start, sentence.end))
    # beside "alopecia", "fatigue" is an unwanted event too
    reporting |= any(
        m.value.strength == "strong" and not _is_aim(article, m)
        for m in mentions.within("adverse_event", sentence.start, sentence.end)
    )
    planned = sentence.section != "results" and _PLANNED.search(text, sentence.start, sentence.end)
    if planned or not _REPORTED.search(text, sentence.start, sentence.end):
        return []
    found = []
    for m in mentions.within("adverse_event", sentence.start, sentence.end):
        if _is_aim(article, m) and not here:
            continue
        if (m.value.strength != "strong" and not reporting) or _NOT_AN_EVENT.search(text[sentence.start : m.start]):
            continue
        found.append(m)
    specific = [m for m in found if m.value.strength != "general"]
    return [m for m in found if m.value.strength != "general" or _counted(mentions, sentence, m, specific)]


def _is_aim(article: Article, m: Mention) -> bool:
    """Whether the title or the objective names the event: then the trial treats or prevents it."""
    aims = [article.text[s.start : s.end] for s in article.sections if s.label in ("title", "objective")]
    aim = " ".join([article.title or "", *aims]).lower()
    term = str(m.value.term).lower()
    return term in aim or (bool(_EMESIS.search(term)) and bool(_EMESIS.search(aim)))


def _counted(mentions: Mentions, sentence: Sentence, m: Mention, specific: Sequence[Mention]) -> bool:
    """Whether a general term has a number of its own; "adverse events were mild" says nothing that a row could hold."""
    stop = min([s.start for s in specific if s.start > m.end] + [sentence.end])
    begin = max([s.end for s in specific if s.end < m.start] + [sentence.start])
    before = _counts_before(mentions, begin, m, m)
    after = _counts(mentions, m.end, stop)
    return bool(after and after[0].start - m.end < 2 * _NEAR_LABEL) or bool(
        before and m.start - before[-1].end < 3 * _NEAR_LABEL
    )


def _counts_before(mentions: Mentions, begin: int, first: Mention, last: Mention) -> list[Mention]:
    """Counts before an event; "four serious adverse events" counts with the event's own words."""
    return [c for c in _counts(mentions, begin, last.end) if c.start < first.start]


def _counts(mentions: Mentions, start: int, end: int) -> list[Mention]:
    """Counts in start:end; the "3/4" of a grade is none."""
    grades = mentions.within("grade", start, end)
    return [
        c
        for c in mentions.within("event_count", start, end)
        if not any(g.start < c.end and c.start < g.end for g in grades)
    ]


def _findings(
    article: Article, mentions: Mentions, sentence: Sentence, terms: Sequence[Mention], arms: Block
) -> Iterator[_Finding]:
    text = article.text
    used: set[Mention] = set()
    for group, stop in _lists(text, terms, sentence):
        begin = max([t.end for t in terms if t.end <= group[0].start] + [sentence.start])
        counts = _counts(mentions, group[-1].end, stop)
        counts = [c for c in counts if not (_CLAUSE.search(text[group[-1].end : c.start]) and c is counts[0])]
        if not counts:
            counts = [c for c in _counts_before(mentions, begin, group[0], group[-1]) if c not in used]
            counts = [c for c in counts if not _CLAUSE.search(text[c.end : group[0].start])]
        used |= set(counts)
        for term, own in zip(group, _shared_out(group, counts), strict=True):
            none = bool(_NONE.search(text[sentence.start : term.start]))
            grade = _grade(mentions, sentence, term, own)
            if none and term.value.strength == "general":
                continue
            if not own:
                yield _Finding(term, None, _sole_arm(arms, sentence), grade, none)
            for count, arm in zip(own, _arms(text, arms, sentence, own), strict=True):
                yield _Finding(term, count, arm, grade)


def _lists(text: str, terms: Sequence[Mention], sentence: Sentence) -> Iterator[tuple[list[Mention], int]]:
    """Events named one after the other with nothing but commas between; each list with the start of the next."""
    group: list[Mention] = []
    for m in terms:
        if group and not _LIST_GAP.match(text[group[-1].end : m.start]):
            yield group, m.start
            group = []
        group.append(m)
    if group:
        yield group, sentence.end


def _shared_out(group: Sequence[Mention], counts: Sequence[Mention]) -> list[list[Mention]]:
    """Counts behind a list of events: as many for each, in order; else all for the last, which stands beside them."""
    if counts and len(counts) % len(group) == 0:
        each = len(counts) // len(group)
        return [list(counts[i * each : (i + 1) * each]) for i in range(len(group))]
    return [[] for _ in group[:-1]] + [list(counts)]


def _grade(mentions: Mentions, sentence: Sentence, term: Mention, counts: Sequence[Mention]) -> Mention | None:
    """The grade before the event, or the one between the event and its last count."""
    stop = counts[-1].end if counts and counts[-1].end > term.end else term.end + 30
    before = mentions.within("grade", sentence.start, term.start)
    after = mentions.within("grade", term.end, min(stop, sentence.end))
    return after[0] if after else before[-1] if before else None


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
        dose_limiting=True if _LIMITING.search(text, sentence.start, sentence.end) else None,
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
