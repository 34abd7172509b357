"""How many people there was something to tell of in the end: "38 completed the protocol", "181 were evaluable".

Mention kind: "evaluable" (value: int). The number is its clause's subject: of "98 enrolled, 86 completed" it is 86.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.extract.population import PERSON
from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.normalise.number import NUMBER, is_rest_of_number, number
from trialmine.records.article import Article, Mention

_WHAT = (
    r"(?:treatment|therapy|protocol|study|trial|intervention|follow-?up|program(?:me)?|sessions|visits|course|cycles"
    r"|phases?|months|weeks)"
)
_CAME_THROUGH = rf"""
(?: (?:(?:were|was|remained)\s+)?(?:\w+ly\s+)?(?:evaluable|assessable|evaluated|analy[sz]ed)\b(?!\s+by\b)
  | (?:were|was)\s+(?:(?:eligible|available|suitable|assessed|included)\s+(?:for|in)\s+(?:the\s+|an?\s+|this\s+|our\s+)?
      (?:[\w-]+\s+){{0,3}}?(?:analys[ei]s|evaluation|assessment|response|efficacy|safety|follow-?up)\b)
  | (?:\w+ly\s+)?completed\s+(?:all\s+|the\s+|this\s+|both\s+|their\s+|\d+\s+|[\w-]+\s+){{0,4}}?{_WHAT}\b )
"""
EVALUABLE = Pattern(
    "population.evaluable",
    rf"""
    (?<![\d.,:/–-])(?P<n>\b{NUMBER})(?![\d%.])
      (?:\s+\(\s*\d[\d.]*\s?%\s*\))?
      (?:\s+(?:of\s+(?:the|these|them|whom|those)\s+)?(?:[\p{{L}}-]+\s+){{0,3}}?{PERSON}|\s+of\s+(?:them|these|those))?
      (?:\s+\([^()]{{1,80}}\))?(?:,?\s+(?:who|all\s+of\s+whom|for\s+whom\s+[\p{{L}}\s]{{1,30}}?))?\s+
      {_CAME_THROUGH}
    | (?<![\d.,:/–-])(?P<n>\b{NUMBER})\s+(?:evaluable|assessable)\s+{PERSON}\b
    | \b(?:data|results|information|outcomes)\s+(?:(?:were|was)\s+)?(?:available|obtained|analy[sz]ed|evaluable)\s+
        (?:on|for|from|in)\s+(?:all\s+|the\s+)?(?P<n>\b{NUMBER})(?![\d%.])
    | \bdata\s+(?:from|of|on|for)\s+(?P<n>\b{NUMBER})\s+(?:[\p{{L}}-]+\s+){{0,2}}?{PERSON}\s+(?:were|was)
        \s+(?:analy[sz]ed|evaluated)\b
    """,
    hits=(
        "Of 98 enrolled women, 86 completed the trial",
        "100 were enrolled and 91 were analyzed",
        "181 patients were evaluated",
        "158 evaluable patients",
        "Data were available on 309 women",
        "106 women (96%) were eligible for response",
        "Data from 45 patients were analyzed",
        "135 for whom data were available were analyzed",
    ),
    misses=(
        "98 enrolled women began",
        "12 completed questionnaires",
        "The data were analyzed",
        "20 ml were evaluated by us",
    ),
)
PATTERNS = (EVALUABLE,)

_CUE = Search(
    r"evaluable|assessable|evaluated|analy[sz]ed|completed|eligible|available|suitable|assessed|included|data"
)
# "the tea arm had 52 evaluable women", "… 30 were analysed in the tea group": a part of all
_OF_GROUP = regex.compile(r"\b(?:groups?|arms?|cohorts?)\b[^.;\d]{0,40}$|\beach\b[^.;]{0,30}$", regex.I)
_LISTED = regex.compile(r"\d\s+(?:[\w-]+\s+){0,3}(?:and|vs\.?|versus|or)\s+$", regex.I)
# "58 (72%) and 61 (75%) completed": one number of each group
_PAIRED = regex.compile(rf"\b(?:{NUMBER})\s?(?:\([^()]{{1,20}}\)\s?)?(?:,?\sand|,|vs?\.?|versus)\s$", regex.I)
_TOLD = regex.compile(r"\b(?:\w+ed|were|was|took|underwent)\b[^.;:]*$", regex.I)
_IN_GROUP = regex.compile(
    r"[^.;:\d]{0,40}?\b(?:in|per|from|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?(?:groups?|arms?|each)\b", regex.I
)
_REACH = 60


def extract_evaluable(article: Article) -> Iterator[Mention]:
    """Numbers of people who could be told of, but for those of one group."""
    text = article.text
    for m in find_near(EVALUABLE, _CUE, text, before=220, behind=100):
        n, start = number(m["n"]), m.start("n")
        if n is None or n != int(n) or n < 2 or is_rest_of_number(text, start):
            continue
        low = max(0, start - _REACH)
        listed = _PAIRED.search(text, low, start) or (
            _LISTED.search(text, low, start) and not _TOLD.search(text, low, start)
        )
        if not listed and not _OF_GROUP.search(text, low, start) and not _IN_GROUP.match(text, m.end()):
            yield Mention("evaluable", start, m.end("n"), EVALUABLE.name, int(n))
