"""Outcomes that the text says it set out to find: "to estimate the maximum tolerated dose", "evaluated safety".

Mention kind "endpoint", beside the tagger's; the frame makes a known name of an outcome sure.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.extract.endpoint import EndpointPhrase
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, rows
from trialmine.normalise.endpoint import endpoint_name
from trialmine.records.article import Article, Mention

# what trials set out to find that has no code of its own
_PLAIN = (
    "safety", "tolerability", "feasibility", "immunogenicity", "pharmacokinetics", "pharmacodynamics", "bioequivalence",
    "antitumor activity", "antitumour activity", "anti-tumor activity", "clinical activity", "biological activity",
    "recommended phase 2 dose", "recommended phase II dose", "recommended dose", "maximum tolerated dose",
)  # fmt: skip
_NAME = alternation([*(r["name"] for r in rows("endpoints") if len(r["name"]) > 4), *_PLAIN])
_REACH = 140  # characters behind the verb in which its list lies

PURPOSE = Pattern(
    "endpoint.purpose",
    r"""
    \b(?:to|was|were|we|study|trial|portion|part|further|more|primarily|and)\s+(?:\w+ly\s+)?
    (?:estimat|determin|establish|defin|identif|evaluat|assess|characteri[sz]|investigat|explor|examin)(?:e|ed|es
      |ing|y|ied)?\s+
    (?=the\b|its\b|their\b|\p{L})
    """,
    hits=("used to estimate the maximum tolerated dose", "The trial evaluated the safety of"),
    misses=("an estimate of the dose",),
)
NAME = Pattern(
    "endpoint.stated",
    rf"(?<![\p{{L}}-])(?P<name>{_NAME})(?![\p{{L}}])",
    hits=("the maximum tolerated dose", "antitumor activity"),
    misses=("unsafety",),
)
PATTERNS = (PURPOSE, NAME)

_STATED = 0.85  # as likely as the tagger's surest


def extract_stated_endpoints(article: Article) -> Iterator[Mention]:
    """Known names of outcomes in the list behind a verb of purpose, outside the background."""
    for m in PURPOSE.find(article.text):
        sentence = article.sentence_at(m.start())
        if sentence is None or sentence.section in ("background", "conclusions"):
            continue
        for name in NAME.find(article.text, m.end(), min(sentence.end, m.end() + _REACH)):
            yield Mention(
                "endpoint", name.start(), name.end(), NAME.name, EndpointPhrase(endpoint_name(name["name"]), _STATED)
            )
