"""What cleaning changed and why, as rows for people and tools."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from trialmine.clean.registry import STAGES
from trialmine.clean.repair import Repair
from trialmine.records.document import CleanText

CONTEXT = 30
# why steps that are no `Repair` change what they change, by rule
_WHY = {
    "encoding.mojibake": "UTF-8 that was read in a one-byte encoding",
    "furniture.line": "page furniture around the article",
    "unicode.plain_form": "plain form of the character",
    "advert.phrase": "advert put into the sentence",
    "advert.word": "advert put into the sentence",
    "synonym.sure": "spun synonym of the standard term",
    "synonym.spun": "spun synonym of the standard term",
    "splitword.join": "together a word, apart none",
    "ligature.lost": "a word only with the lost ligature",
    "hyphenwrap.join": "word hyphenated at a line end",
    "hyphen.lost": "compound without its hyphen",
    "slash.phase": "slash lost; the text names both phases elsewhere",
    "range.days": "range: given daily, or its length in days is named",
    "range.grades": "grades side by side: the range and the list are the same",
    "range.interval": "the interval holds its estimate",
    "percent.level": "level of a confidence interval",
    "percent.share": "the count makes the percentage",
    "bracket.close": "half of the brackets is lost",
    "bracket.open": "half of the brackets is lost",
    "bracket.count": "the count makes the percentage, so it stood in brackets",
    "bracket.abbreviation": "abbreviation behind its words, without its brackets",
    "space.lost": "blank lost behind a comma or colon, as nearly everywhere in the text",
    "case.lost": "capitals lost in the whole text",
    "decimal.comma_text": "decimal comma in a text that writes them so",
    "decimal.lost": "the number stands whole elsewhere, or its like lost their points too",
    "digits.twin": "the whole number stands elsewhere in this text",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One edit in its surroundings; `context` is the raw text with the edit as [before -> after]."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: float
    reason: str
    context: str


@cache
def _reasons() -> dict[str, str]:
    steps = (step for stage in STAGES for step in stage.steps if isinstance(step, Repair))
    return {step.pattern.name: step.reason for step in steps} | _WHY


def why(rule: str) -> str:
    """The reasons behind the rule of an edit; several rules are joined by "+".

    >>> why("decimal.comma+percent.share")
    'decimal comma; the count makes the percentage'
    """
    return "; ".join(dict.fromkeys(_reasons()[name] for name in rule.split("+") if name in _reasons()))


def explain(cleaned: CleanText) -> list[Explanation]:
    """The edits of a cleaned text, in order, each with a stretch of the raw text around it."""
    rows = []
    for e in cleaned.edits:
        left = cleaned.raw[max(0, e.start - CONTEXT) : e.start]
        right = cleaned.raw[e.end : e.end + CONTEXT]
        context = f"{left}[{e.before} -> {e.after}]{right}".replace("\n", " ")
        rows.append(Explanation(e.rule, e.start, e.end, e.before, e.after, e.confidence, e.reason, context))
    return rows
