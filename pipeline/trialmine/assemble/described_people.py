"""Whom a trial took in, as its methods describe them: "women with early breast cancer", "adults aged 18 to 65 years".

An abstract seldom lists criteria; what its participants are said to be is what they had to be.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Sentence

_PERSON = (
    r"(?:patients?|subjects?|participants?|volunteers?|women|men|females?|males?|children|infants?|newborns?|neonates"
    r"|adults?|adolescents?|people|individuals?|students?|girls?|boys?|mothers?|parturients?|outpatients?|inpatients?"
    r"|survivors|smokers|veterans|residents)"
)
_MORE = (
    r"(?:with|undergoing|scheduled\s+(?:for|to)|aged|suffering\s+from|presenting\s+(?:with|for)|having|diagnosed\s+with"
    r"|at\s+(?:high\s+)?risk|requiring|hospitali[sz]ed|admitted|between\s+the\s+ages"
    r"|who\s+(?:had|have|underwent|were\s+(?:scheduled|undergoing|aged|diagnosed)))\b"
)
# the point of "H. pylori", "vs. milk" and "2.5" ends nothing
_POINT = r"(?-i:(?<=\b\p{Lu})\.(?=\s?\p{Ll})|(?<=\bvs)\.|(?<=\d)\.(?=\d))"
_END = (
    rf"(?=\s*(?:(?!{_POINT})[.;:\n]|$|,\s+(?:were|was|and)\b|[(\[]\s*[nN]\s*=|\b(?:were|was|will|received?|receiving|participated|completed"
    r"|entered|to\s+receive|into|underwent|randomly|randomi[sz]ed|assigned|allocated|comparing|at\s+\d+\s+cent"
    r"|who\s+(?:received|were\s+random\w+)|in\s+(?:an?|an|this|the)\s+(?:random|doubl|prospect|study|trial|open|single|multi))))"
)
DESCRIBED = Pattern(
    "eligibility.described",
    rf"(?<![\w-]){_PERSON}(?!['’-])(?P<more>\s+{_MORE}(?:[^.;:\n]|{_POINT}){{2,140}}?)?{_END}",
    hits=(
        "Forty women with severe asthma were randomized",
        "healthy volunteers received it",
        "patients with gastric H. pylori disease were enrolled",
        "adults with a ratio of 2.5 and tea vs. milk intolerance.",
    ),
    misses=("in an impatient clerk",),
)
PATTERNS = (DESCRIBED,)
_NOT_SO = (
    r"(?:and|or|to|of|in|the|an?|were|was|for|with|from|by|total|all|these|those|our|we|that|which|both|other|more|most"
    r"|than|per|each|into|as|on|at|number|enrol\w+|randomi[sz]\w+|includ\w+|recruit\w+|eligible|consecutive|assigned"
    r"|selected|analy[sz]ed|treated|stud\w+|hundred|thousand|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|investigat\w+|evaluat\w+|among|between"
    r"|some|only|only|remaining|such|this|methods?|design|results?|half|control|placebo|group)"
)
_LEAD = regex.compile(
    rf"(?:(?<![\w-])(?!{_NOT_SO}\s)[\p{{L}}≥≤<>][\p{{L}}\p{{N}}≥≤.+/'’–-]*\s+(?:\([^()]{{1,25}}\)\s+)?){{1,5}}$",
    regex.IGNORECASE,
)
_TAKEN_IN = regex.compile(
    r"enrol|recruit|includ|eligib|random|assign|participat|studied|allocat|divided|under(?:go|went)|\d\s+\w+|volunteers",
    regex.IGNORECASE,
)
# "adults aged 18 to 65 years" are two criteria: adults, and of that age
_AGED = regex.compile(r",?\s+(?=(?:aged|between\s+the\s+ages)\b)", regex.IGNORECASE)
# "in 52% of patients with tea": a result, no criterion
_SHARE = regex.compile(r"\d\s?%")
# "the proportion of patients with tea": an outcome
_COUNTED = regex.compile(
    r"\b(?:proportions?|percentages?|numbers?|rates?|shares?|fractions?|incidence|prevalence)\s+of\s+(?:the\s+|all\s+)?$",
    regex.IGNORECASE,
)
_SHARE_REACH, _COUNTED_REACH = 12, 30
_LOOSE = regex.compile(r"(?:\s+(?:that|who|which|and|or))?$", regex.IGNORECASE)
_SECTIONS = {"methods": 0, None: 0, "other": 1, "objective": 2}
_REACH = 70
_LEAST = 10  # characters of a description that says something


def described_people(article: Article, at: int | None) -> list[tuple[int, int]]:
    """The pieces of the first description of those who took part; the sentence around `at` is asked first."""
    sentences = [s for s in article.sentences if s.section in _SECTIONS]
    sentences.sort(key=lambda s: (_SECTIONS[s.section], at is None or not s.start <= at < s.end, s.start))
    return next((found for s in sentences if (found := list(_pieces(article.text, s)))), [])


def _pieces(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    if not _TAKEN_IN.search(text, sentence.start, sentence.end):
        return
    for m in DESCRIBED.find(text, sentence.start, sentence.end):
        lead = _LEAD.search(text, max(sentence.start, m.start() - _REACH), m.start())
        start = lead.start() if lead else m.start()
        end = _LOOSE.search(text, start, m.end()).start()  # type: ignore[union-attr] # it may be empty
        counted = _SHARE.search(text, max(sentence.start, start - _SHARE_REACH), end)
        counted = counted or _COUNTED.search(text, max(sentence.start, start - _COUNTED_REACH), start)
        if (lead or m["more"]) and end - start > _LEAST and not counted:
            cut = _AGED.search(text, start + _LEAST, end)
            yield start, cut.start() if cut else end
            if cut:
                yield cut.end(), end
            return
