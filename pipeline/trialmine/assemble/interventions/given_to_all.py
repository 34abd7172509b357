"""What everybody of a trial got, in so many words: it parts no groups."""

from __future__ import annotations

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.records.article import Article

_WHO = r"(?:patients|participants|subjects|women|men|children|infants|adults|outpatients|groups|arms|those|volunteers)"
_ALL = regex.compile(
    rf"(?:^|[.;:]\s)(?:all(?:\s(?:enrolled|study|other|eligible))?(?:\s{_WHO})?|both\s(?:groups|arms)|every(?:one|body|\s(?:patient|participant)))"
    r"\s(?:also\s|additionally\s|then\s|were\s)?(?:received|used|took|given|got|applied|rinsed\swith|treated\swith|had)\s"
    r"(?:(?!\b(?:or|either|then|followed|randomi[sz]\w+|before|after|and\swere|for|rescue|allowed|prior|previous\w*)\b)[^.;]){0,60}$",
    regex.IGNORECASE,
)
# "outpatients with asthma who were taking tea 300 mg": before they came
_ALREADY = regex.compile(
    rf"\b{_WHO}\b[^.;()]{{0,80}}(?:\([^()]{{1,40}}\)\s)?\bwho\s(?:were|are|had\sbeen)\s(?:already\s|currently\s|stably\s)?"
    r"(?:taking|on\sstable(?:\sdoses\sof)?|on\sbackground)\s(?:(?!\b(?:or|either)\b)[^.;,]){0,25}$",
    regex.IGNORECASE,
)
_BY_CHANCE = regex.compile(r"\brandom(?:ly|i[sz]ed)\s(?:\w+\s){0,3}to\b|\b(?:assigned|allocated)\b", regex.IGNORECASE)
_OWN = ("title", "methods", "other", "objective", None)


def is_given_to_all(article: Article, c: Candidate) -> bool:
    """Whether the text says that all got it, or took it when they came, and nowhere that chance gave it."""
    told = False
    for start, _ in c.spans:
        sentence = article.sentence_at(start)
        if sentence is None or sentence.section not in _OWN:
            continue
        before = article.text[sentence.start : start]
        if _ALL.search(before) or _ALREADY.search(before):
            told = True
        elif _BY_CHANCE.search(before):
            return False
    return told and c.name.lower() != "placebo"
