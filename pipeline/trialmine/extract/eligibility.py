"""Eligibility criteria, split one by one: "inclusion criteria were A, B and C", "patients with D were excluded".

Mention kind "criterion"; the value is "inclusion" or "exclusion".
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Mention

LIST = Pattern(
    "eligibility.list",
    r"""
    \b(?P<kind>inclusion|exclusion|eligibility|entry|selection)\s+(?:criteria|criterion|requirements?)
    (?:\s+for\s+[^:.;]{1,40}?)?
    \s*(?:(?:were|was|are|included?|includes|comprised|consisted\s+of|required)(?:\s+(?:as\s+follows
      |the\s+following))?\s*:?|:)\s+
    """,
    hits=(
        "Inclusion criteria were age over 18 and asthma",
        "Exclusion criteria: pregnancy",
        "Eligibility requirements included nephrectomy",
    ),
    misses=("the exclusion criteria of that paper", "inclusion bodies were seen"),
)
ELIGIBLE = Pattern(
    "eligibility.eligible",
    r"""
    \b(?:patients?|subjects|participants|women|men|children|adults|volunteers|individuals)\s+(?:were
      |are)\s+eligible\s+(?:for\s+[^.;]{1,40}?\s+)?if\s+(?:they\s+)?(?:had|have|were|are)?\s*
    """,
    hits=("Patients were eligible if they had asthma",),
    misses=("eligible patients were treated",),
)
EXCLUDED = Pattern(
    "eligibility.excluded",
    r"""
    \b(?:(?P<verb>exclud(?:ed|ing)|exclusions?\s+were)\s*:?\s+)(?:were\s+)?(?:patients|subjects|those|women
      |participants|individuals|children)\s+(?:who\s+had|with|who\s+were|who)\s+
    | \b(?:patients|subjects|those|women|participants|individuals|children)\s+(?:with|who\s+had|having|receiving
        |taking)\s+(?P<what>[^.;]{3,160}?)\s+(?:were|was)\s+(?:excluded|not\s+(?:eligible|permitted|allowed))\b
    | (?<=[.;]\s|^)(?P<past>prior\s+[^.;]{3,100}?)\s+(?:administration|use|therapy|treatment|exposure)?\s*(?:was
        |were)\s+(?:excluded|not\s+(?:allowed|permitted))\b
    """,
    hits=(
        "Patients with renal failure were excluded.",
        "We enrolled adults, excluding patients with epilepsy.",
        "It is known. prior drug use was not allowed.",
    ),
    misses=("Two patients were excluded from the analysis.",),
)
PATTERNS = (LIST, ELIGIBLE, EXCLUDED)

_EXCLUSION = Search(r"exclu|\bnot\s+(?:eligible|permitted|allowed)")
_SPLIT = regex.compile(
    r"\s*;\s*(?:and\s+|or\s+)?|,\s+(?:and\s+|or\s+)?(?![^()]*\))|\s+and\s+(?=(?:no|age|an?|at\s+least|prior"
    r"|adequate|normal|written|ability)\b)|\s*\(\d\)\s*"
)
_SENTENCE_LIST_STOP = regex.compile(
    r"^(?:(?:prior|previous)\s.*\b(?:was|were)\s+(?:required|demanded|excluded|not)|exclusion|inclusion|patients?"
    r"|subjects?|we|after|this|the|all|treatment|institutional|participants?)\b",
    regex.I,
)


def extract_criteria(article: Article) -> Iterator[Mention]:
    """One mention per criterion, in text order."""
    for m in LIST.find(article.text):
        kind = "exclusion" if m["kind"].lower() == "exclusion" else "inclusion"
        yield from _listed(article, m.end(), kind)
    for m in ELIGIBLE.find(article.text):
        yield from _split(article.text, m.end(), _stop(article, m.end()), "inclusion", ELIGIBLE.name)
    for m in find_near(EXCLUDED, _EXCLUSION, article.text, before=220, behind=120):
        for group in ("what", "past"):
            if m[group]:
                yield from _split(article.text, m.start(group), m.end(group), "exclusion", EXCLUDED.name)
        if m["verb"]:
            yield from _split(article.text, m.end(), _stop(article, m.end()), "exclusion", EXCLUDED.name)


def _listed(article: Article, start: int, kind: str) -> Iterator[Mention]:
    """The criteria behind the heading words; short verbless sentences that follow go on with the list."""
    stop = _stop(article, start)
    yield from _split(article.text, start, stop, kind, LIST.name)
    for sentence in article.sentences:
        if sentence.start < stop:
            continue
        body = article.text[sentence.start : sentence.end]
        if article.text[stop : sentence.start].strip() or not body[0].islower() or _SENTENCE_LIST_STOP.search(body):
            return
        yield from _split(article.text, sentence.start, sentence.end, kind, LIST.name)
        stop = sentence.end


def _stop(article: Article, start: int) -> int:
    sentence = article.sentence_at(start)
    return sentence.end if sentence else len(article.text)


def _split(text: str, start: int, stop: int, kind: str, rule: str) -> Iterator[Mention]:
    at = start
    cuts = [(m.start(), m.end()) for m in _SPLIT.finditer(text, start, stop)]
    for cut_start, cut_end in [*cuts, (stop, stop)]:
        piece = text[at:cut_start]
        left = at + len(piece) - len(piece.lstrip())
        right = at + len(piece.rstrip(" .;,\n"))
        if right - left > 2:
            yield Mention("criterion", left, right, rule, kind)
        at = cut_end
