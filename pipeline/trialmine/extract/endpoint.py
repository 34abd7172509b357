"""Phrases that may name an outcome, and statements of what is primary, secondary or exploratory.

Mention kinds: "endpoint" (value: EndpointPhrase), "endpoint_role" (the part of a sentence that lists outcomes of one
role; value: the role), "endpoint_reference" ("the primary end point"; value: the role), "instrument" (value: its name).
The phrases are more than there are outcomes: which of them are rows is for the assembling stage to say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

import regex

from trialmine.extract.outcome_tagger import OutcomeTagger, TaggedRun, outcome_tagger, spans
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, rows
from trialmine.normalise.endpoint import endpoint_name, endpoint_words
from trialmine.records.article import Article, Mention
from trialmine.records.vocabulary import EndpointRole

# low: most phrases that have a chance; high: the same with tighter borders
_THRESHOLDS = (0.06, 0.2, 0.4)
# of an ENDPOINT entity that the tagger does not see itself: measured, the tagger is the better judge
_ENTITY_CHANCE = 0.2

_MEASURES = r"(?:measures?|variables?|parameters?|criteri(?:on|a)|aims?|objectives?|goals?)"
_NOUN = rf"(?:end[\s-]?points?|outcomes?(?:\s+{_MEASURES})?|{_MEASURES})"
ROLE = Pattern(
    "endpoint.role",
    rf"""
    \b(?P<role>(?:co-?)?primary|main|principal|secondary|exploratory|tertiary|safety)
    (?:\s*(?:and|or|/|,)\s*(?P<other>(?:key\s+)?secondary|exploratory|primary))?
    \s+(?:(?:efficacy|study|clinical|safety|trial|treatment|composite|key|other|pre-?specified|immunologic(?:al)?)\s+){{0,2}}
    (?P<noun>{_NOUN})
    """,
    hits=("The primary end point was survival.", "secondary outcomes included pain", "Main outcome measures: falls"),
    misses=("primary care", "the secondary school", "an outcome of primary interest"),
)
LISTS = Pattern(
    "endpoint.lists",
    r"""(?<!\s)\s{0,3}(?:\([^()]{1,40}\)\s{0,3})?
    (?:(?:of|in|for)\s{1,3}(?:the|this|both|all|our)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}?(?:trials?|study|studies|analysis)\s{0,3})?
    (?P<link>[,:;(=–—-]|\b(?:was|were|is|are|included?|including|comprised?|consist(?:ed|s)?\s+of|assessed|measured|evaluated)\b)""",
    hits=("primary outcome was pain", "primary outcome of this study was pain", "outcomes: pain"),
    misses=("primary outcome",),
)
AS_ROLE = Pattern(
    "endpoint.as_role",
    rf"""
    \b(?:as|was|were|is|are|being)\s+(?:chosen\s+as\s+|considered\s+(?:as\s+)?|defined\s+as\s+)?(?:the|a|our)?\s*
    (?P<role>(?:co-?)?primary|main|principal|secondary|exploratory)\s+(?:(?:efficacy|study|clinical|composite)\s+){{0,2}}{_NOUN}
    """,
    hits=("Survival was the primary endpoint.", "with pain as primary outcome"),
    misses=("The primary endpoint was survival.",),
)
_INSTRUMENT = alternation([r["name"] for r in rows("instruments")])
INSTRUMENT = Pattern(
    "endpoint.instrument",
    rf"""
    (?<![\w-])(?P<name>
        {_INSTRUMENT}
      | (?-i:[A-Z])[\w’'-]+(?:\s+(?-i:[A-Z][\w’'-]+|of|for|in|and|the)){{0,9}}?
        \s+(?-i:Scales?|Questionnaire|Index|Inventory|Score|Survey|Checklist|Test)\b
    )(?![\w])(?:\s*\((?P<short>[\p{{L}}\d-]{{2,12}})\))?
    """,
    hits=("by the visual analogue scale (VAS)", "the Beck Depression Inventory (BDI)", "on the SF-36"),
    misses=("a large scale", "the score rose"),
)
PATTERNS = (ROLE, LISTS, AS_ROLE, INSTRUMENT)

_APPOSITION = regex.compile(r"\(\s*(?:the\s+)?$", regex.IGNORECASE)  # "live birth (primary outcome)"
_ROLES: dict[str, EndpointRole] = {
    "primary": "primary", "main": "primary", "principal": "primary", "secondary": "secondary",
    "tertiary": "exploratory", "exploratory": "exploratory", "safety": "safety",
}  # fmt: skip
_SPLIT = regex.compile(
    r"\s*(?:,\s*(?:and|or)\b|;|,|\band\b|\bor\b|\bas\s+well\s+as\b|(?<=\p{L}{3})/(?=\p{L}{3}))\s*", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EndpointPhrase:
    """A phrase that may name an outcome: its tight name, and how likely it is one by its words and sentence alone."""

    name: str
    probability: float


def extract_endpoints(article: Article, *, tagger: OutcomeTagger | None = None) -> Iterator[Mention]:
    """Candidate names of outcomes, statements of their roles, and instruments."""
    runs = (tagger or outcome_tagger()).tag(article)
    chances: dict[tuple[int, int], float] = {}
    for threshold in _THRESHOLDS:
        for span in spans(runs, threshold):
            for start, end in _parts(article.text, span.start, _word_end(article.text, span.end)):
                chances.setdefault((start, end), _chance(runs, start, end))
    for e in article.entities:
        if e.label == "ENDPOINT":
            chances[e.start, e.end] = max(_ENTITY_CHANCE, chances.get((e.start, e.end), 0.0))
    for (start, end), chance in chances.items():
        name = endpoint_name(article.text[start:end])
        if endpoint_words(name) and len(name) > 1 and not _names_estimate(article, name, end):
            yield Mention("endpoint", start, end, "endpoint.tagger", EndpointPhrase(name, chance))
    yield from _roles(article)
    yield from _instruments(article)


# prefixes that are no word of their own: "re-admission", "follow-up"
_CUT_WORD = regex.compile(
    r"(?r)(?<![\p{L}-])(?:re|pre|post|non|co|self|intra|inter|follow|anti|un|multi)$", regex.IGNORECASE
)
_REST = regex.compile(r"[-‐‑]\p{L}+")


def _word_end(text: str, end: int) -> int:
    """The end of the hyphened word that a span breaks off in."""
    rest = _REST.match(text, end)
    return rest.end() if rest and _CUT_WORD.search(text, max(0, end - 7), end) else end


_ESTIMATE = regex.compile(
    r"(?:un)?(?:adjusted\s)?(?:(?:hazards?|odds|risks?|rate|incidence\srate|prevalence)\sratios?|relative\srisks?|confidence\sintervals?|"
    r"effect\ssizes?|mean\sdifferences?|p[\s-]values?|[ztF]-tests?|(?P<short>(?-i:a?HRs?|a?ORs?|RRs?|IRRs?)))",
    regex.IGNORECASE,
)
_VALUE = regex.compile(r"\s?[=:,]?\s?[(\[]?\d[.·]\d")


def _names_estimate(article: Article, name: str, end: int) -> bool:
    """ "hazard ratio", "HR 0.8": what a statistic is called is no outcome; "HR" may be a heart rate elsewhere."""
    match = _ESTIMATE.fullmatch(name)
    if match is None or match["short"] is None:
        return match is not None
    full = article.abbreviations.get(name)
    return _ESTIMATE.fullmatch(full) is not None if full else _VALUE.match(article.text, end) is not None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span, and the members of the list that it may be."""
    yield start, end
    at = start
    cuts = [
        m
        for m in _SPLIT.finditer(text, start, end)
        if text.count("(", start, m.start()) == text.count(")", start, m.start())
    ]
    for m in cuts:
        if at < m.start():
            yield at, m.start()
        at = m.end()
    if cuts and at < end:
        yield at, end


def _chance(runs: list[TaggedRun], start: int, end: int) -> float:
    for run in runs:
        if run.offsets[0][0] <= start and end <= run.offsets[-1][1]:
            first = bisect_left(run.offsets, start, key=itemgetter(0))
            inside = run.inside[first : bisect_right(run.offsets, end, key=itemgetter(1))]
            return sum(inside) / len(inside) if inside else 0.0
    return 0.0


def _roles(article: Article) -> Iterator[Mention]:
    text = article.text
    for s in article.sections:
        heading = next(ROLE.find(s.heading), None) if s.heading else None
        if heading:
            yield Mention("endpoint_role", s.start, s.end, "endpoint.role_heading", _ROLES[heading["role"].lower()])
    for sentence in article.sentences:
        marks = list(ROLE.find(text, sentence.start, sentence.end))
        backward = {m.end() for m in AS_ROLE.find(text, sentence.start, sentence.end)}
        for i, m in enumerate(marks):
            role = _ROLES[m["role"].lower().replace("co-", "").replace("coprimary", "primary")]
            yield Mention("endpoint_reference", m.start(), m.end(), ROLE.name, role)
            before = marks[i - 1].end() if i else sentence.start
            if m.end() in backward:
                yield Mention("endpoint_role", before, m.start(), AS_ROLE.name, role)
            elif _APPOSITION.search(text, before, m.start()):
                yield Mention("endpoint_role", before, m.start(), "endpoint.apposition", role)
            elif LISTS.compiled.match(text, m.end(), sentence.end):
                stop = marks[i + 1].start() if i + 1 < len(marks) else sentence.end
                yield Mention("endpoint_role", m.end(), stop, ROLE.name, role)


def _instruments(article: Article) -> Iterator[Mention]:
    for m in INSTRUMENT.find(article.text):
        yield Mention("instrument", m.start(), m.end(), INSTRUMENT.name, " ".join(m[0].split()))
