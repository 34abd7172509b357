"""What everybody of a trial got, in so many words: it parts no groups."""

from __future__ import annotations

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.records.article import Article

_WHO = r"(?:patients|participants|subjects|women|men|children|infants|adults|outpatients|groups|arms|those|volunteers)"
_ALL = regex.compile(
    rf"(?:^|[.;:]\s)(?:all(?:\s(?:enrolled|study|other|eligible))?(?:\s{_WHO})?|both\s(?:groups|arms)|every(?:one|body|\s(?:patient|participant)))"
    r",?\s(?:also\s|additionally\s|then\s|were\s)?(?:received|used|took|given|got|applied|rinsed\swith|treated\swith|had)\s"
    r"(?:(?!\b(?:or|either|then|followed|randomi[sz]\w+|before|after|and\swere|for|rescue|allowed|prior|previous\w*)\b)[^.;]){0,60}$",
    regex.IGNORECASE,
)
# "outpatients with asthma who were taking tea 300 mg": before they came
_ALREADY = regex.compile(
    rf"\b{_WHO}\b[^.;()]{{0,80}}(?:\([^()]{{1,40}}\)\s)?\bwho\s(?:were|are|had\sbeen)\s(?:already\s|currently\s|stably\s)?"
    r"(?:taking|on\sstable(?:\sdoses\sof)?|on\sbackground)\s(?:(?!\b(?:or|either)\b)[^.;,]){0,25}$",
    regex.IGNORECASE,
)
# "patients inadequately controlled on tea" went on with it
_CONTROLLED = regex.compile(
    r"\b(?:(?:in|not\s)adequately|insufficiently|poorly|sub-?optimally)\scontrolled\s(?:on|with|by|despite)\s(?:(?:stable|maximal\w*|tolerated|doses?|of|their|existing|current|oral"
    r"|background|basal)\s){0,4}$|\b(?:uncontrolled|inadequate\sglyc\p{L}+\scontrol)\s(?:on|with|despite)\s(?:(?:stable|maximal\w*|doses?|of|their)\s){0,4}$",
    regex.IGNORECASE,
)
_SWITCHED = regex.compile(r"\bswitch\w*|\bdiscontinu\w+|\bwash-?out\b|\breplac\w+", regex.IGNORECASE)
_BY_CHANCE = regex.compile(r"\brandom(?:ly|i[sz]ed)\s(?:\w+\s){0,3}to\b|\b(?:assigned|allocated)\b", regex.IGNORECASE)
_RANDOM = regex.compile(r"\brandomi[sz]ed\b|\brandomly\b|\bplacebo\b", regex.IGNORECASE)
# others had another, or nobody unless there was a need
_PARTS = regex.compile(
    r"\bgroups?\b|\barms?\b|\bor\b|\brespectively\b|\bversus\b|\bvs\b|\brescue\b|\b(?:as|if|when)\s(?:needed|required)|\bfor\srelief\b",
    regex.IGNORECASE,
)
_OWN = ("title", "methods", "other", "objective", None)


def is_given_to_all(article: Article, c: Candidate) -> bool:
    """Whether the text says that all got it, or took it when they came, and nowhere that chance gave it."""
    told = False
    for start, _ in c.spans:
        sentence = article.sentence_at(start)
        if sentence is None or sentence.section not in _OWN:
            continue
        before = article.text[sentence.start : start]
        if _ALL.search(before) or _ALREADY.search(before) or _CONTROLLED.search(before):
            told = True
        elif _BY_CHANCE.search(before):
            return False
    return told and c.name.lower() != "placebo"


def is_kept_on(article: Article, c: Candidate) -> bool:
    """Whether the people of a trial by chance had not done well enough on it, and nothing says that it was stopped."""
    if not _RANDOM.search(article.text) or _SWITCHED.search(article.text):
        return False
    for start, _ in c.spans:
        sentence = article.sentence_at(start)
        if sentence and sentence.section in _OWN and _CONTROLLED.search(article.text, sentence.start, start):
            return True
    return False


def is_told_of_all(article: Article, start: int) -> bool:
    """Whether the clause before a name says that all people, or all groups, were given it."""
    sentence = article.sentence_at(start)
    if sentence is None or sentence.section not in _OWN:
        return False
    if _PARTS.search(article.text, start, sentence.end):
        return False
    return _ALL.search(article.text[sentence.start : start]) is not None
