"""References that part nobody: the drugs of the anaesthesia that all had, and what a drug was diluted in."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Reference

# as in: women under spinal anaesthesia (bupivacaine 10 mg with fentanyl) were randomised to tea
_ANAESTHESIA = Search(
    r"\b(?:under|during|after|following|having|receiving|received|with)\s+(?:[\w-]+\s+){0,4}(?:ana?esthesia|sedation|analgesia)\s*"
    r"(?:[(\[](?P<drugs>[^()\[\]]{3,200})[)\]]|\s(?:with|using)\s(?P<drugs>[^.;()\[\]]{3,60}?)),?\s+(?:(?:who|were|was|and|then|randomly)\s+){0,3}(?:random\w*|assigned|allocated|to)\b",
)
# as in: 40 IU in 500 mL saline; dissolved in 100 ml of 5% dextrose; "10 mL bupivacaine with 2 mL saline" adds a placebo
_DILUTED_IN = regex.compile(
    r"\b(?:[\d.,]+\s?(?:IU|U|units?|mg|g|mcg|[µμ]g|mmol|mEq)(?:/kg)?\s+in|(?:diluted|dissolved|reconstituted)\s+(?:up\s+to|to|with|in|within))"
    r"\s+[\d.,]+\s?(?:m[lL]|cc|L)\s+(?:of\s+)?(?:(?:[\d.,]+\s?%|normal|isotonic|sterile|physiologic\w*)\s+){0,3}$",
    regex.I,
)
_SOLVENTS = regex.compile(
    r"saline|normal\s+saline|sodium\s+chloride|water|dextrose|glucose|ringer'?s?(?:\s+lactate)?|(?:isotonic|physiologic\w*)\s+saline",
    regex.I,
)
_NEEDED = regex.compile(
    r"\b(?:requir(?:e|ed|es|ing)|need(?:ed|s|ing)?|requirements?\s(?:of|for)|need\sfor|consumption\sof|less|fewer|rescue)\s"
    r"(?:(?:additional|supplement(?:al|ary)|further|more|less|rescue|total|the|any|intravenous|oral|postoperative)\s){0,2}$",
    regex.I,
)
_CONSUMED = regex.compile(
    r"(?:\s\(?PCA\)?)?[\s-](?:consumption|requirements?|usage|needs?|sparing|(?:was|were)\s(?:needed|required|consumed))\b",
    regex.I,
)
_REPORTED = ("results", "conclusions")
_REACH = 70  # characters before a solvent that may say so


def without_besides(article: Article, interventions: Block) -> Block:
    """The block without such references, and without the rows that have no other."""
    besides = (
        *anaesthetics(article, interventions),
        *_diluents(article, interventions),
        *_outcomes(article, interventions),
    )
    apart = {(r.start, r.end) for r in besides}
    if not apart:
        return interventions
    kept = tuple(r for r in interventions.references if (r.start, r.end) not in apart)
    ids = {r.id for r in kept}
    return Block(tuple(row for row in interventions.rows if row.id in ids), kept)


def anaesthetics(article: Article, interventions: Block) -> Iterator[Reference]:
    """The drugs of a bracket that explains the anaesthesia under which people were parted."""
    for m in _ANAESTHESIA.find(article.text):
        yield from interventions.within(*m.span("drugs"))


def _outcomes(article: Article, interventions: Block) -> Iterator[Reference]:
    """Names of what was counted as a result: "less tea was needed", "no longer required milk"."""
    text = article.text
    for r in interventions.references:
        needed = _NEEDED.search(text, max(0, r.start - _REACH), r.start)
        if needed or (article.section_at(r.start) in _REPORTED and _CONSUMED.match(text, r.end)):
            yield r


def _diluents(article: Article, interventions: Block) -> Iterator[Reference]:
    for r in interventions.references:
        if _SOLVENTS.fullmatch(article.text, r.start, r.end) and _DILUTED_IN.search(
            article.text, max(0, r.start - _REACH), r.start
        ):
            yield r
