"""Amounts of other trials, of guidelines and labels, of shops: known before this trial, and not given in it."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

import regex

from trialmine.assemble.dosing.amounts import PIECES
from trialmine.assemble.dosing.cited import is_cited
from trialmine.records.article import Mention, Sentence

_OTHER_TRIAL = regex.compile(
    r"\breported\sin\s(?:the\s)?literatures?\b|\bin\stheir\s(?:trial|study|series|report|paper)\b|\bin\sthat\s(?:trial|study)\b|\bin\sthe\s(?:\w+\s)?(?:trial|study|series|report)\s(?:by|of)\s(?-i:\p{Lu}\p{Ll}+)\s(?:et\sal\b|and\s(?:co-?workers|colleagues)|[(\[]\d)|\bin\s(?:the\s)?(?:previous|prior|earlier|other|initial|early|original|pivotal|past)\s(?:\w+\s){0,2}(?:trials|studies)\b|\b(?:from|in)\s(?:the|a|an|our)\s(?:previous|prior|earlier|first-in-human|phase\s\w+\smonotherapy|monotherapy)\s(?:\w+\s){0,2}"
    r"(?:trial|study|studies)\b"
    # "in another study, children were given", "in several recent reports"
    r"|\bin\s(?:one|another|several|some|many|most|(?:an?|the)\s(?:recent|similar|published|previously\spublished))\s(?:[\w-]+\s){0,2}(?:trials?|stud(?:y|ies)|reports?|case\sseries|meta-analys[ie]s)\b(?!\s(?:arms?|groups?|cent(?:er|re)s?|sites?|periods?|parts?|visits?|drugs?|phases?))",
    regex.IGNORECASE,
)
_GIVES = regex.compile(
    r"\b(?:received?|took|(?:was|were)\s(?:\w+\s)?(?:given|administered|treated|randomi[sz]ed|assigned|allocated)|we\s(?:gave|used|administered))\b",
    regex.IGNORECASE,
)
_CLAUSE = regex.compile(r"[,;(]|\b(?:as|which|since|because|like)\b")
_KNOWN = regex.compile(
    r"\b(?:guidelines?\b|prescribing\sinformation|licen[sc]ed\b|(?:is|are|has\sbeen)\s(?:currently\s|already\s)?(?:approved|recommended)|recommends\b)",
    regex.IGNORECASE,
)
# what an authority or a maker asks for, in whatever section
_ASKED_FOR = regex.compile(
    r"\brecommends\s(?:an?|the)\b|\bit\sis\s(?:generally\s|currently\s)?recommended\s(?:that|to)\b|\brecommended\s(?:daily|dietary)\s(?:[\w-]+\s){0,3}(?:intakes?|allowances?)\b|\b(?:maximum|maximal)\srecommended\b|\brecommended\sby\s(?:the\s)?(?:manufacturers?|producers?|guidelines?)\b",
    regex.IGNORECASE,
)
# "has been reported to be safe at 5 mg", "the recommended dose of A is 5 mg", "off-label": known when the trial was planned
_ESTABLISHED = regex.compile(
    r"\b(?:has|have)\s(?:(?:also|not|never|long|\w+ly)\s){0,2}been\s(?:\w+ly\s)?(?:reported|shown|demonstrated|studied|pro(?:ven|ved)|found|approved|licen[sc]ed|documented)\b"
    r"|\b(?:recommended|approved|licen[sc]ed|label(?:l?ed)?|usual|typical|customary|common|commonest|therapeutic)\s(?:(?!daily\sallow)[\w-]+\s){0,2}(?:dos(?:e|es|age|ages|ing)|regimens?)\s(?:(?:of|for|in|used|prescribed|given|recommended)\s[^.;]{1,70}?\s)?(?:is|are)\s"
    r"|\b(?:dos(?:e|age)s?|regimens?)\s?(?:\([^()]{1,30}\)\s|(?:of|for)\s[^.;()]{1,50}?\s|(?<=\s))(?:is|are)\s(?:\w+ly\s)?recommended\b|\brecommendations?\sthat\b|\bdocumented\s(?:\w+\s){0,2}(?:range|dos(?:e|age))\b"
    r"|\b(?:is|are)\s(?:usually|commonly|generally|routinely|widely|typically|traditionally|frequently|often)\s(?:used|given|prescribed|recommended|administered)\b"
    r"|\boff-label\b",
    regex.IGNORECASE,
)
# what dose-finding trials recommend is theirs
_OWN_ADVICE = regex.compile(
    r"\bphase\b|\b(?:further|future|subsequent)\b|\btrials?\b|\bMTD\b|\btolerated\b|\bpatients\s(?:were|are|will)\b|\b(?:conclude|determine|establishe?|identifie|recommend)d?\sthat\b|\bwe\srecommend\b",
    regex.IGNORECASE,
)
# "in a recent trial A 5 mg was safe. This regimen was given to": what was known is what was done
_TAKEN_OVER = regex.compile(
    r"[^.;]{0,80}\b(?:this|the\ssame)\s(?:regimen|combination|schedule|dos(?:e|age)|protocol)\b", regex.IGNORECASE
)
# "a pack of 30 x 150 mg", "the price per 5 mg tablet"
_SOLD = regex.compile(r"\b(?:costs?|prices?)\s(?:of|per|for)\b(?:[^.;]|\.\d){0,80}$|\bpacks?\sof\s$", regex.IGNORECASE)
# "each bottle held 30 tablets"
_PACKED = regex.compile(
    r"\b(?:containers?|bottles?|packs?|packages?|blisters?|boxes|box|kits?)\s(?:will\s|each\s|that\s|which\s){0,2}(?:contain(?:ed|s|ing)?|holds?|held|of|with)\s(?:\w+\s)?$",
    regex.IGNORECASE,
)
_OUTCOME_SECTIONS = ("results", "conclusions")


def is_known_elsewhere(text: str, dose: Mention, sentence: Sentence) -> bool:
    """Whether an amount is what other trials gave, what is approved, asked for or established, or what is sold."""
    return (
        _tells_of_others(text, sentence, dose.start)
        # what is known, approved or recommended is not what was given
        or _ASKED_FOR.search(text, sentence.start, sentence.end) is not None
        or _SOLD.search(text, max(sentence.start, dose.start - 100), dose.start) is not None
        or (dose.value.dose.unit in PIECES and _PACKED.search(text, sentence.start, dose.start) is not None)
    )


def tells_of_others(text: str, sentence: Sentence) -> bool:
    """Whether a sentence tells what was given elsewhere, or what is known of a drug."""
    return _tells_of_others(text, sentence, sentence.end)


def _tells_of_others(text: str, sentence: Sentence, at: int) -> bool:
    """The same for what stands at `at`: "they received 5 mg, as in previous trials" is one's own."""
    around = (sentence.start, sentence.end)
    if _is_of_others(_OTHER_TRIAL, text, sentence, at) or is_cited(text, sentence, at):
        return _TAKEN_OVER.match(text, sentence.end) is None
    if sentence.section in _OUTCOME_SECTIONS:
        return False
    if sentence.section == "background" and _KNOWN.search(text, *around):
        return True
    return _is_of_others(_ESTABLISHED, text, sentence, at) and _OWN_ADVICE.search(text, *around) is None


def _is_of_others(pattern: regex.Pattern[str], text: str, sentence: Sentence, at: int) -> bool:
    """Whether such words stand in the sentence, and not in a clause behind what was given in this trial."""
    told = pattern.search(text, sentence.start, sentence.end)
    if told is None:
        return False
    given = told.start() > at and _GIVES.search(text, sentence.start, at) is not None
    return not (given and _CLAUSE.search(text, at, told.start()))
