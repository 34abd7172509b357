"""Doses of one drug that one person got, and which tell no groups apart: steps, and parts of a combination."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Mention, Mentions

_THEN = regex.compile(
    r"\b(?:followed\s+by|then|thereafter|subsequent(?:ly)?|afterwards?|maintenance|maintained|increas\w+\s+to|titrat\w+\s+to"
    r"|rais\w+\s+to|reduc\w+\s+to|escalat\w+\s+to|taper\w+\s+to)\b",
    regex.I,
)
_PARTED = regex.compile(
    r"\b(?:or|versus|vs\.?|compared|than|either|while|whereas|groups?|arms?|others?)\b|;|\.\s", regex.I
)
_BY_TURNS = Search(r"\bcross-?over\b|\bin\s+random\s+order\b|\bwash-?out\b")
# "10 mg on day 1, 5 mg on days 2-5"
_DAYS = regex.compile(
    r"\s(?:(?:once|twice|daily|orally|IV|PO)\s){0,2}(?:on|for|at)\s(?:the\s)?(?:first\s|next\s)?(?:days?|weeks?)\s\d",
    regex.I,
)
# "1 or 2 tablets every 8 hours as needed": whoever needed them chose
_NEEDED = regex.compile(
    r"[^.;,()]{0,40}\b(?:as\s(?:needed|required|necessary)|p\.?r\.?n\b|on\sdemand|if\s(?:needed|required|necessary))",
    regex.I,
)
_LONGEST = 100  # characters between two steps
_RESPECTIVELY = regex.compile(r"[^.;]{0,40}?\brespectively\b", regex.I)
_JOINT = regex.compile(r"\s*(?:[/+,&–-]|,?\s*\band\b|\bplus\b|\bwith\b)\s*", regex.I)
_STROKE = regex.compile(r"\s?[®™]?\s?[/+–-]\s?")
_OPENS = regex.compile(r"[\s®™]*(?:\(|at\s|doses?\s|of\s){0,3}", regex.I)


def next_steps(article: Article, doses: Sequence[Mention]) -> list[Mention]:
    """Those of one drug's doses, in text order, that follow another in the same person: "20 mg/kg, then 5 mg/kg"."""
    if _BY_TURNS.is_in(article.text):
        return []
    found = []
    for i, m in enumerate(doses):
        before = [d for d in doses[:i] if d.end <= m.start][-1:]
        joint = article.text[before[0].end : m.start] if before else ""
        dated = _DAYS.match(joint) and _DAYS.match(article.text, m.end)
        if joint and len(joint) <= _LONGEST and (dated or _THEN.search(joint)) and not _PARTED.search(joint):
            found.append(m)
    return found


def parts_nobody(article: Article, interventions: Block, dose: Mention) -> bool:
    """Whether the amounts of a list are taken as they are needed, or are those of as many drugs in turn."""
    return _NEEDED.match(article.text, dose.end) is not None or _is_shared_out(article, interventions, dose)


def _is_shared_out(article: Article, interventions: Block, dose: Mention) -> bool:
    """ "A-B (4 mg and 8 mg, respectively)"."""
    count = len(dose.value.alternatives)
    if count < 2 or not _RESPECTIVELY.match(article.text, dose.end):
        return False
    sentence = article.sentence_at(dose.start)
    before = interventions.within(sentence.start, dose.start)[-count:] if sentence else []
    if len({r.id for r in before}) < count:
        return False
    gaps = [article.text[a.end : b.start] for a, b in pairwise(before)]
    return all(_JOINT.fullmatch(gap) for gap in gaps)


def fixed_combinations(article: Article, mentions: Mentions, interventions: Block) -> list[frozenset[str]]:
    """The drugs that one combined dose is told of, each list of them: "A/B/C 10/5/2 mg"."""
    found = []
    for m in mentions["dose"]:
        count = len(m.value.amounts)
        sentence = article.sentence_at(m.start)
        if m.value.form != "combination" or sentence is None:
            continue
        run = interventions.within(sentence.start, m.start)[-count:]
        drugs = frozenset(r.id for r in run)
        if len(drugs) == count and all(_STROKE.fullmatch(article.text[a.end : b.start]) for a, b in pairwise(run)):
            behind = article.text[run[-1].end : m.start]
            if _OPENS.fullmatch(behind) and drugs not in found:
                found.append(drugs)
    return found
