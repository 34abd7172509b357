"""What was so before anything was given: values at the start, and who the participants were."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Mention, Sentence

_BASELINE_FIRST = regex.compile(
    r"\s*(?:(?:results|findings)\W{1,3})?(?:at|mean|median|the)?\s?(?:baseline|before|pre-?treatment|at entry)\b",
    regex.IGNORECASE,
)
# "at baseline (1.5 ± 1.0": the first of several values over time
_AT_START = regex.compile(
    r"(?r)\b(?:an?|the|mean|median|average)\sbaseline\s(?:(?:mean|median|value|level|score)\s)?of\s$|(?<!\b(?:than|from|to|with|versus|vs\.?|over)\s(?:the\s)?)\b(?:baseline|pre-?treatment|before\s(?:the\s)?(?:\w+\s)?(?:treatment|intervention|therapy|surgery|study|trial|randomi[sz]ation))"
    r"\s?[(\[:=]\s?(?:mean\s|median\s)?$|\bat\s(?:baseline|the\s(?:start|beginning|outset))\s(?:was|were)\s(?:(?:about|approximately)\s)?$",
    regex.IGNORECASE,
)
# in brackets: "-0.2 kg, baseline 83 kg", "baseline HbA1c, 7.9%"
_BASELINE_IN_BRACKET = regex.compile(
    r"(?r)[(\[,;]\s?(?:mean\s|median\s)?baseline(?:\s(?!(?:to|chang\w*|differ\w*|adjust\w*|correct\w*|minus|through|and|until|values?)\b)[\w-]+,?){0,3}\s(?:of\s|was\s|=\s)?$",
    regex.IGNORECASE,
)
# "5 ± 1 mg before treatment and 3 ± 1 after", "4.8 at the start"
_START_BEHIND = regex.compile(
    r"[)\]]?\s?(?:[\w/·%]{1,10}\s)?(?:of\s(?:the\s)?(?:patients|participants|subjects|women|men|children)\s)?[(\[]?\s?(?:at\s(?:the\s(?:start|beginning|outset)|baseline|entry|inclusion|admission)\b(?!\s(?:to|and\sat))|(?:just\s)?before\s(?:the\s)?(?:treatment|therapy|intervention|training|surgery|operation|study)\b"
    r"|before\sand\s(?=\S*\d)"
    r"|pre-?treatment\b|baseline[)\]])",
    regex.IGNORECASE,
)
_LATER = regex.compile(r"\b(?:after|end|post|follow|later|at\s\d|\d\s?(?:days?|weeks?|months?))", regex.IGNORECASE)
# each value with its time: "pre 26% vs post 33%"
_PRE = regex.compile(
    r"\b(?:pre(?:-?(?:train|treat|intervent|operat|test)\w*)?|before)\s?[:=,]?\s?(?:mean\s)?$", regex.IGNORECASE
)
_THEN_POST = regex.compile(
    r"(?:[^.;:]|\.(?=\d)|\.\s(?=vs)){0,40}?(?:\bto|\bvs\.?|\bversus|\band|,|;)\s(?:post(?:-?\w+)?|after)\s?[:=,]?\s?(?:mean\s)?[-−–]?\d",
    regex.IGNORECASE,
)
# who they were: age, sex; such a sentence compares nothing
_AGE = Search(r"\b(?:mean|median|average)\s(?:\([^()]{1,12}\)\s)?age\b|\bwere\saged\b|\bof\smean\sage\b")
_SEX_BEFORE = regex.compile(
    r"(?r)\b(?:were|was|are)\s(?:\w+\s)?(?:fe)?(?:males?|men|women|man|woman)\s?[(\[]\s?$", regex.IGNORECASE
)
_SEX_BEHIND = regex.compile(
    r"[)\]]?\s?(?:(?:of\s(?:whom|them|(?:the\s)?(?:patients|participants|subjects)))\s)?(?:(?:were|was)\s)?(?:fe)?males?\b(?!\s(?:patients|participants|subjects|infants|rats|mice|animals))"
    r"|[)\]]?\sof\swhom\swere\s(?:fe)?(?:male|men|women)\b|[)\]]?\swere\s(?:men|women|boys|girls)\b",
    regex.IGNORECASE,
)
_BEFORE_ANY = regex.compile(
    r"\b(?:(?:demographic|baseline)\s(?:characteristics|variables|data|parameters)|mean\sages?|at\sbaseline|at\sT0"
    r"|(?<!\b(?:than|with|to|from|those|that|values|levels|scores)\s)before\s(?!and\b)(?:the\s)?(?:\w+\s){0,2}?(?:administration|treatment|intervention|surgery|therapy|procedure|training|randomi[sz]ation))\b[^.;,]{0,50}$",
    regex.IGNORECASE,
)


def tells_of_baseline(article: Article, sentence: Sentence) -> bool:
    """ "At baseline, …": what was so before anything was given."""
    return _BASELINE_FIRST.match(article.text[sentence.start : sentence.end]) is not None


def is_of_baseline(article: Article, a: Candidate) -> bool:
    """Whether the words beside a number say that it was so at the start, or tells age or sex."""
    text, sentence = article.text, a.sentence
    if _AT_START.search(text, sentence.start, a.at) or _BASELINE_IN_BRACKET.search(text, sentence.start, a.at):
        return True
    if _START_BEHIND.match(text, a.end, sentence.end) and _LATER.search(text, a.end, min(len(text), a.end + 160)):
        return True
    if _PRE.search(text, max(sentence.start, a.at - 24), a.at) and _THEN_POST.match(text, a.number_end, sentence.end):
        return True
    if a.unit == "%" and (_SEX_BEFORE.search(text, sentence.start, a.at) or _SEX_BEHIND.match(text, a.number_end)):
        return True
    return _AGE.is_in(text, sentence.start, sentence.end)


# "Baseline weight predicted": what comes later hangs on it
_FORETELLS = regex.compile(
    r"\b(?:predict\w*|prognos\w*|(?:was|were)\s(?:\w+ly\s){0,2}(?:associated|correlated|related)|correlate[ds]?\swith|determinants?\sof)\b",
    regex.IGNORECASE,
)


def _other_subject(text: str, start: int, end: int) -> bool:
    """Whether the bracket that tells the ages closes, and words with another number come behind it."""
    shut = text.find(")", start, end)
    opened = text.find("(", start, end)
    own_bracket = shut >= 0 and (opened < 0 or shut < opened)
    return own_bracket and _NUMBER.search(text, shut, end) is not None


_NUMBER = regex.compile(r"\d")


def is_p_of_baseline(article: Article, p: Mention) -> bool:
    """Whether a P compares the groups as they were at the start."""
    text, sentence = article.text, article.sentence_at(p.start)
    if sentence is None or _FORETELLS.search(text, sentence.start, p.start):
        return False
    age = _AGE.first(text, sentence.start, p.start)
    if age and not _other_subject(text, age.end(), p.start):
        return True
    if tells_of_baseline(article, sentence):
        return True
    return _BEFORE_ANY.search(text, sentence.start, p.start) is not None
