"""Sentences that tell what others did or found: authors are their subject, or what is found has a source behind it."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from functools import lru_cache

import regex

from trialmine.records.article import Sentence

_SURNAME = r"(?-i:(?:\b(?:De|Di|Du|Van|Von|Al|El|Le|La|van|von|de)[\s-])?\b\p{Lu}[\p{L}'’-]*\p{Ll}(?:\s\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)?)"
_NUMBERS = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9}"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_SOURCE = rf"(?:[\[(]\s?(?:{_NUMBERS}|{_YEAR})\s?[\])])"
_SEVERAL_AUTHORS = rf"{_SURNAME}(?:\set\sal\b\.?|\s(?:and|&)\s(?:{_SURNAME}|colleagues|co-?workers|associates))"
_TOLD = r"(?:found|showed|shown|demonstrated|reported|observed|noted|measured|documented|revealed|obtained|achieved|enrolled|us(?:ed|ing)|evaluated|studied|compared|gave|treated|administered|investigated|assessed|concluded|suggested|examined|tested|recommend(?:s|ed)?|divided|randomi[sz]ed)"
_ADVERBS = r"(?:,?\s(?:however|also|recently|previously|have|has|had|who|which|in\s(?:19|20)\d\d|\w+ly)\b,?){0,2}"
# "Smith et al. [3] found", "Miller and Sato showed", "De Vries reported that"; "as Smith et al. described" is a method of one's own
_AUTHORS = regex.compile(
    rf"\b(?:et\sal\b\.?|and\s(?:co-?workers|colleagues))['’]?s?(?:\s?[(\[][^()\[\]]{{1,30}}[)\]]|{_NUMBERS})?{_ADVERBS},?\s{_TOLD}\b"
    rf"|{_SEVERAL_AUTHORS}(?:\s?{_SOURCE})?{_ADVERBS}\s{_TOLD}\b|{_SURNAME}\s?{_SOURCE}{_ADVERBS}\s{_TOLD}\b"
    # what follows "reported that" was found by whoever has a name and is no result of one's own
    r"|(?<=^|[.;,]\s)(?-i:(?!(?:Patients|Participants|Subjects|Authors|Investigators|Results|Data|Findings|Analys[ei]s|Evidence|They|We|He|She|It|This|These|That|Those|Who|None|One|Most|Some|All|Both|Women|Men|Children|Parents|Research)\b)(?:(?:De|Di|Van|Von|Al|El|Le|La)[\s-])?\p{Lu}\p{Ll}{2,14}(?<!s|tion|ing|ment|logy|metry|graphy|study|trial))"
    rf"{_ADVERBS}\s(?:(?:showed|reported|found|concluded|suggested|demonstrated)\sthat|(?:conducted|performed|published|did)\san?\s(?:[\w-]+\s){{0,3}}(?:study|trial))\b",
    regex.IGNORECASE,
)
# a trial by authors who are named: "in a trial by Sato [4]"
_BY_AUTHORS = regex.compile(
    rf"\b(?:stud(?:y|ies)|trials?|reports?|works?|investigations?|experiments?|series)\s(?:(?:done|conducted|performed|published|reported|carried\sout|undertaken)\s)?(?:by|of|from)\s(?:{_SEVERAL_AUTHORS}|{_SURNAME}\s?{_SOURCE})",
    regex.IGNORECASE,
)
# "several studies have shown that 5 mg", "phase 1 studies found"; what "these studies" found may be one's own
_STUDIES = regex.compile(
    r"\b(?:two|three|four|several|some|many|most|few|various|numerous|different|other|previous|prior|earlier|recent|published|past|phase\s[\w/]+|preclinical|animal|observational)"
    r"\s(?:(?!of\b|in\b|nurses?\b|the\s(?:authors|investigators|researchers)\b)[\w-]+[\s,]{1,2}){0,5}?(?:trials|studies|reports|authors|investigators|researchers)\s(?:\([^()]{1,40}\)\s?(?:\d{1,2}\s)?)?(?:(?:have|had|that|which|also|has|previously|recently)\s){0,3}"
    r"(?:report(?:ed|ing)|show(?:ed|n)|demonstrated|found|suggest(?:ed|ing)|indicated|established|us(?:ed|ing)|evaluat(?:ed|ing)|stud(?:ied|ying)|compar(?:ed|ing)|test(?:ed|ing)|investigat(?:ed|ing))\b"
    # another study than one's own, whatever it did
    rf"|\b(?:an?|one|the)\s(?:previous|prior|earlier|recent|similar|published|preceding)\s(?:[\w-]+\s){{0,4}}(?:trial|study|report|meta-analysis|review)\s(?:(?:also|has|had|that|which)\s){{0,2}}{_TOLD}\b"
    rf"|\banother\s(?:[\w-]+\s){{0,3}}(?:study|trial)\s(?:(?:also|recently|previously)\s)?(?:(?:by|from|of|that|which|using|with|in)\b|{_TOLD}\b)"
    rf"|\b(?:in\saddition|furthermore|moreover|recently|similarly|likewise|previously|in\scontrast|however|besides),?\san?\s(?:[\w-]+[\s,]{{1,2}}){{0,8}}?(?:study|trial)\s(?:of\s[^.;]{{1,40}}?\s)?{_TOLD}\b",
    regex.IGNORECASE,
)
_OURS = regex.compile(
    r"\b(?:we|our)\b(?![^.;]{0,60}\b(?:based|because|since|as)\b)|\b(?:pooled|combined|sub-?analys[ie]s|analys[ie]s|data|patients|participants)\s(?:\w+\s){0,3}(?:of|from|in)\s$",
    regex.IGNORECASE,
)
# the source of a statement: (Sato et al. 2004; Vries 1999), [12, 14]; numbers alone in round brackets close a clause
_CITATION = regex.compile(
    rf"\((?:[^()]{{0,80}}[\s;,(])?(?-i:\p{{Lu}}[\p{{L}}'’-]*\p{{Ll}})(?:\set\sal\.?|\s(?:and|&)\s(?-i:\p{{Lu}})[\p{{L}}'’-]+)?,?\s{_YEAR}\b|\[{_NUMBERS}\]"
    rf"|(?<=\p{{L}}\s)\({_NUMBERS}\)(?=[.,;]|\s?$)|(?<=\p{{Ll}}{{3}}[.,]){_NUMBERS}(?=\s|$)|\bdata\son\sfile\b|\bunpublished\b",
    regex.IGNORECASE,
)
# what was found, as against what was done
_FOUND = regex.compile(
    r"\b(?:showed|shown|demonstrated|reported|revealed|found\s(?:that|to|no|an?)|resulted\sin|led\sto|complain\w*|incidences?\sof|efficacy|effective(?:ly|ness)?|significant(?:ly)?|superior|comparable|well[\s-]tolerated|associated\swith|concluded|differences?)\b"
    r"|(?<!\b(?:was|were|is|are|be|been|being|then)\s(?:\w+\s)?)\b(?:reduced|improved|increased|decreased|prevented|relieved|enhanced|attenuated|inhibited|induced|produced|lowered|controlled)\s(?!(?:to|by|from)\b)"
    r"|\d\s?%\sof\s(?:the\s)?(?:patients|subjects|cases|women|men|children|participants|volunteers)\b|\b(?:higher|lower|better|greater|less|more|fewer)\b[^.;]{0,60}\bthan\b",
    regex.IGNORECASE,
)
_HERE = regex.compile(
    r"\b(?:we|our|us)\b|\b(?:this|the\s(?:present|current))\s(?:[\w-]+\s){0,2}(?:study|trial|investigation|work|analysis|report|experiment)\b|\b(?:present|current)\sstudy\b",
    regex.IGNORECASE,
)
_GIVEN = regex.compile(
    r"(?<!\b(?:who|that|which)\s)\b(?:received?|took\b(?!\sp(?:art|lace)\b)|(?:was|were|will\sbe)\s(?:\w+\s)?(?:given|administered|injected|infused|instilled|applied|treated|randomi[sz]ed|assigned|allocated|chosen|selected))\b",
    regex.IGNORECASE,
)
# what goes on with the authors of the sentence before
_THEY = regex.compile(
    rf"\s?(?:(?:in\s(?:this|that|their)\s(?:study|trial),?\s)?(?:they|he|she|the(?:se|ir)?\s(?:authors|group|investigators|researchers|study|trial|results))){_ADVERBS}\s{_TOLD}\b",
    regex.IGNORECASE,
)
_BEFORE = 400  # characters in which the sentence before that names the authors stands
_BEHIND = 8  # of a source that stands behind the full stop


def is_cited(text: str, sentence: Sentence, at: int) -> bool:
    """Whether others are named before `at`; "we conducted two trials using", "a subanalysis of two trials" are one's own."""
    if _names_others(text, sentence):
        told = next((m for p in (_AUTHORS, _STUDIES) if (m := p.search(text, sentence.start, at))), None)
        if told is not None:
            return _OURS.search(text, sentence.start, told.start()) is None
    return _is_all_of_others(text, sentence)


# a sentence is asked about for each of its amounts
_KEPT = 64


@lru_cache(maxsize=_KEPT)
def _names_others(text: str, sentence: Sentence) -> bool:
    return any(p.search(text, sentence.start, sentence.end) for p in (_AUTHORS, _STUDIES))


@lru_cache(maxsize=_KEPT)
def _is_all_of_others(text: str, sentence: Sentence) -> bool:
    """Whether all of the sentence tells what others found."""
    return _is_found_by_others(text, sentence) or _goes_on(text, sentence)


def _is_found_by_others(text: str, sentence: Sentence) -> bool:
    """ "5 mg reduced pain in 40% of patients [12]": a finding with a source, and nothing of this trial."""
    sourced = _CITATION.search(text, sentence.start, min(len(text), sentence.end + _BEHIND)) is not None
    found = sourced and _FOUND.search(text, sentence.start, sentence.end) is not None
    return (
        (found or _BY_AUTHORS.search(text, sentence.start, sentence.end) is not None)
        and _HERE.search(text, sentence.start, sentence.end) is None
        and _GIVEN.search(text, sentence.start, sentence.end) is None
    )


def _goes_on(text: str, sentence: Sentence) -> bool:
    """Whether the authors of the sentence before are meant by its subject."""
    if _THEY.match(text, sentence.start, sentence.end) is None:
        return False
    low = max(0, sentence.start - _BEFORE)
    return any(p.search(text, low, sentence.start) for p in (_AUTHORS, _STUDIES, _CITATION))
