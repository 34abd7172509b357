"""Phrases that stand where a trial names what it gives: "randomized to …", "effect of … on", "the … group".

Mention kind "intervention": the value is the frame that the phrase stands in. Drugs come from the entities of the
article; this grammar finds what no lexicon lists: programmes, procedures, devices, diets.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.lexicon.tables import mapping
from trialmine.normalise.noun_phrase import ends_at
from trialmine.records.article import Article, Mention

_LEAD = (
    r"(?:(?:the|an?|either|both|their|standardi[sz]ed|one|similar|same|single|additional|monthly|(?:effects?|efficacy)\s+of"
    r"|\d+[-\s]?(?:day|week|month)s?(?:\s+of)?)\s+)*"
)
FRAMES = (
    Pattern(
        "intervention.effect_of",
        r"\b(?:effects?|efficacy|effectiveness|safety|benefits?|impact|influence|tolerability|feasibility"
        r"|comparison|trial|study|use|value|addition|introduction)\s+of\s+(?=\p{L})",
        hits=("the effect of yoga on sleep",),
        misses=("effective yoga",),
    ),
    Pattern(
        "intervention.assigned_to",
        r"\b(?:randomi[sz]ed|randomly|assigned|allocated|divided)\b[^.;:]{0,40}?\bto\s+(?:receive|undergo|have|get"
        r"|take|the)?\s*(?=\p{L})",
        hits=("were randomly assigned to yoga or walking", "randomized to receive counselling"),
        misses=("assigned by a nurse",),
    ),
    Pattern(
        "intervention.received",
        r"\b(?:received|receiving|receive|underwent|undergo|undergoing|given|treated\s+with|treatment\s+with|using"
        r"|performed|consumed|completed|attended|offered|provided\s+with|supplemented\s+with"
        r"|exposed\s+to)\s+(?=\p{L})",
        hits=("patients underwent surgery", "were treated with acupuncture"),
        misses=("the gift was given.",),
    ),
    Pattern(
        "intervention.compared",
        r"\b(?:comparing|compared?|comparison\s+(?:of|between)|versus|vs\.?|compared\s+(?:with|to)|than|or"
        r"|between)\s+(?:with\s+|to\s+)?(?=\p{L})",
        hits=("comparing yoga with walking", "versus usual care"),
        misses=("incomparable",),
    ),
    Pattern(
        "intervention.under",
        r"\bunder\s+(?=(?:[\p{L}-]+\s+){0,4}?(?:an(?:a)?esthesia|sedation)\b)",
        hits=("under spinal anaesthesia", "under conscious sedation"),
        misses=("under anaesthetists",),
    ),
)
GROUPED = Pattern(
    "intervention.group",
    r"(?<=\b(?:the|an?|in|and|or|than|vs|versus|with)\s)(?P<words>(?!(?:the|an?|in|of|each|both|other|two|three"
    r"|four|this|these|all|same|study|treatment|intervention|control|experimental"
    r"|age)\b)(?:[\p{L}\d+/-]+\s+){0,3}?[\p{L}\d+/-]+)\s+(?:groups?|arms?|programme?s?|intervention|training"
    r"|therapy)\b",
    hits=("in the usual care group", "the yoga programme"),
    misses=("groups of people",),
)
PATTERNS = (*FRAMES, GROUPED)

# words at which a noun phrase of this kind ends; "of" and "and" may stand inside one
_STOP = regex.compile(
    r"""[,.;:()\[\]]|\b(?:on|in|for|with|without|versus|vs|compared|to|at|during|after|before|twice|once|thrice
    |daily|weekly|every|by|from|was|were|is|are|be|been
    |will|among|between|as(?!\s+usual)|than|who|whom|which|that|when|while|per|within|plus|or|and|either|who|had|has|have|did
        |does|do|can|may|could|would|should|over|until|upon
    |except|approximately|about|significantly|improved|reduced|increased|induced|showed|demonstrated?|implemented|resulted
    |because|where|whereas|into|through|via|under|followed|following|given|including|based|using|n|alone|only
        |groups?|arms?|patients?|participants?|subjects?|women|children|adults)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_HEAD = Search(r"\b(?:group|arm|program|intervention|training|therapy)")
_LEAD_WORDS = regex.compile(rf"\s*{_LEAD}", regex.IGNORECASE)
_CHAIN = regex.compile(
    r"(?:\s*\([^()]{1,60}\))?\s*(?:,\s*(?:and|or|versus|vs\.?)?|\b(?:and|or|versus|vs\.?|plus)\b|\bcompared\s+(?:with|to)\b|\bwith\b"
    r"|\bto\b)\s*",
    regex.IGNORECASE,
)
# a short form in the middle of a name, as in "lateral nerve (LN) block"
_SHORT_INSIDE = regex.compile(
    r"\((?-i:\p{Lu}[\p{Lu}\d-]{1,7})\)\s+(?!\p{Ll}+ed\b)(?-i:\p{Ll}{3})(?![\p{Ll}\s]*\bgroup)"
)
_LONGEST = 8  # words
_BEFORE_HEAD = 4  # words before the head of a phrase
_WORD = regex.compile(r"[\p{L}\d]+(?:['’.]\p{L}+)*")
_NO_PART = regex.compile(
    r"on|in|of|for|with|without|versus|vs|compared|to|at|during|after|before|daily|weekly|every|by|from|was|were|is|are"
    r"|be|been|will|among|between|as|than|who|whom|which|that|when|while|per|within|plus|or|and|either|had|has|have|did"
    r"|the|an?|their|this|these|all|each|both|other|no|more|most|patients?|women|men|children|groups?|received?"
    r"|receiving|under(?:went|go|going)|using|used|following|effects?|control|our|we|its|it|not|any|only|also|then|\d+",
    regex.IGNORECASE,
)
_CHAINED = 5  # alternatives behind one frame


def extract_interventions(article: Article) -> Iterator[Mention]:
    """Phrases in the frames above, once per place."""
    seen: set[tuple[int, int]] = set()
    for pattern in FRAMES:
        for m in pattern.find(article.text):
            sentence = article.sentence_at(m.start())
            stop = sentence.end if sentence else len(article.text)
            for start, end in _phrases(article.text, m.end(), stop):
                if (start, end) not in seen:
                    seen.add((start, end))
                    yield Mention("intervention", start, end, pattern.name, pattern.name.split(".")[1])
    for m in find_near(GROUPED, _HEAD, article.text, before=120, behind=20):
        span = m.span("words")
        if span not in seen:
            seen.add(span)
            yield Mention("intervention", *span, GROUPED.name, "group")
    yield from _headed(article, seen)
    for long_form in article.abbreviations.values():
        start = article.text.find(long_form)
        if start >= 0 and (start, start + len(long_form)) not in seen and len(long_form.split()) <= _LONGEST:
            seen.add((start, start + len(long_form)))
            yield Mention("intervention", start, start + len(long_form), "intervention.abbreviated", "abbreviated")
    title = next((s for s in article.sections if s.label == "title"), None)
    if title:
        for start, end in _phrases(article.text, title.start, title.end):
            if (start, end) not in seen:
                yield Mention("intervention", start, end, "intervention.title", "title")


def _headed(article: Article, seen: set[tuple[int, int]]) -> Iterator[Mention]:
    """Phrases that end with a head of treatments, "laparoscopic gastric surgery", in any frame."""
    heads = mapping("intervention_kinds", "head", "kind")
    words = list(_WORD.finditer(article.text))
    for i, m in enumerate(words):
        if heads.get(m[0].lower(), "drug") in ("drug", "placebo"):
            continue
        first = i
        while (
            first
            and i - first < _BEFORE_HEAD
            and article.text[words[first - 1].end() : words[first].start()] in (" ", "-")
            and not _NO_PART.fullmatch(words[first - 1][0])
        ):
            first -= 1
        span = (words[first].start(), m.end())
        if first < i and span not in seen and ends_at(article.text, m.end()):
            seen.add(span)
            yield Mention("intervention", *span, "intervention.headed", "headed")


def _end_of_phrase(text: str, at: int, stop: int) -> int:
    """Where the noun phrase ends; a short form in brackets may stand inside it."""
    cut = _STOP.search(text, at, stop)
    if cut and (inside := _SHORT_INSIDE.match(text, cut.start(), stop)):
        cut = _STOP.search(text, inside.end(), stop)
    return cut.start() if cut else stop


def _phrases(text: str, at: int, stop: int) -> Iterator[tuple[int, int]]:
    """The noun phrase at `at` and those chained to it."""
    for _ in range(_CHAINED):
        at = _LEAD_WORDS.match(text, at, stop).end()  # type: ignore[union-attr] # matches the empty string too
        end = _end_of_phrase(text, at, stop)
        phrase = text[at:end].rstrip()
        if len(phrase) > 2 and len(phrase.split()) <= _LONGEST:
            yield at, at + len(phrase)
        chain = _CHAIN.match(text, at + len(phrase), stop)
        if chain is None or not phrase:
            return
        at = chain.end()
