"""A cheap look at a text: which kinds of heavy damage does it show? Steps that only garbled text needs ask this."""

from __future__ import annotations

import re
from functools import lru_cache

from trialmine.clean import advert, brackets, synonyms, words
from trialmine.clean.view import view

# points: decimal points are lost. ones: OCR put a blank behind each 1, and nothing was dropped.
# tokenized: blanks around signs. spun: rewritten by synonym software. split: words with blanks in them or lost
# ligatures, as OCR leaves them. decimals: numbers cut at the point. garbled: any of spun, split, decimals.
SIGNS = frozenset({"tokenized", "spun", "split", "decimals", "garbled", "points", "ones"})
HEAVY = frozenset({"tokenized", "spun", "split", "decimals"})

_SPACED = re.compile(r" [.,)]")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "fifteen", "twenty")
_MIXED = re.compile(r"\.(?<=\d\.)(?:" + "|".join(_NUMBERS) + r")\b")
_SPELLED = frozenset(["five", "ten", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred"])
_SPELLED_DOSE = re.compile(r"\b(?:" + "|".join(sorted(_SPELLED)) + r") (?:mg|mcg|μg|g|ml|IU)\b")
_PAIRS = (b" kg", b" m2", b" dl", b"g day", b"u day")
_DOSED = frozenset(("mg", "mcg", "ug", "g", "iu", "u"))
_PER = frozenset(("kg", "m", "dl", "day"))
_NO_SLASH = re.compile(r"\d (?:mg|mcg|μg|ug|g|IU|U) (?:kg|m2|dl|dL|day)\b(?! ?[-−–⁻/(^\d])")
_PLAIN_WORDS = frozenset(("sufferers", "sufferer", "utmost", "ailment", "ailments", "usefulness", "everyday"))
_TEAM = re.compile(r"\b(?i:placebo|control) teams?\b|\b[Tt]eams? (?:I{1,3}|[1-4A-D])\b")
_CONTRAST = re.compile(r"\bin contrast (?:with|the|in)\b")
_EXAMINE = re.compile(
    r"\b(?:this|the|an?|our|present|current|pilot|clinical|controlled|blind|label|cohort|crossover) examine\b"
    r"|\bexamine (?:was|is|were|has|had|showed)\b"
)
_CUT_ZERO = re.compile(r"(?<![\d.])0\. \d")
_CUT = re.compile(r"\d\. \d+(?: ?%|\)|,|;)|\b0\. \d|\d\. \d+ ?(?:±|-|–)|± ?\d+\. \d|[=<>] ?0 \d\d")
_LOST_POINT = re.compile(r"[=<>≤≥] ?0 \d{2}|\b0\. \d|\d\. \d+ ?%|\d\. \d+\)|\b(?:[HOR]R|ratio|risk|CI,?|[Pp]) 0 \d{2}")
_ONES = re.compile(r"(?<![\d.,])1 \d(?!\d)|(?<=\d\.)1 \d\)")
_BARE = (b"p 0.", b"95 ci")
_P_BARE = re.compile(r"\b[Pp] 0\.\d|\b95 CI\b")


@lru_cache(maxsize=4)
def signs(text: str) -> frozenset[str]:
    """The kinds of damage that `text` shows."""
    found = set()
    if _tokenized(text):
        found.add("tokenized")
    if spun_score(text) >= 2:
        found.add("spun")
    if len(words.sure_splits(text)) + len(words.lost_ligatures(text)) >= 2:
        found.add("split")
    if "0. " in text and _CUT_ZERO.search(text) and len(_CUT.findall(text)) >= 2:
        found.add("decimals")
    if found & {"spun", "split", "decimals"}:
        found.add("garbled")
    if "garbled" in found and len(_LOST_POINT.findall(text)) >= 2:
        found.add("points")
    if "split" in found and "spun" not in found and len(_ONES.findall(text)) >= 2:
        found.add("ones")
    return frozenset(found)


def _tokenized(text: str) -> bool:
    if _SPACED.search(view(text).marks) is None:
        return False
    spaced = sum(map(view(text).small.count, (b" .", b" ,", b" )", b"( ")))
    return spaced >= 3 and 2 * spaced >= sum(map(text.count, ".,()"))


def spun_score(text: str) -> int:
    """Marks of synonym software, adverts and dropped signs; two make a spun text."""
    words_here, small = view(text).vocabulary, view(text).small
    score = 2 * advert.sure_count(text) + synonyms.sure_count(text) + len(_PLAIN_WORDS & words_here)
    if view(text).shows("point_number"):
        score += 2 * len(_MIXED.findall(text))
    if not _SPELLED.isdisjoint(words_here):
        score += len(_SPELLED_DOSE.findall(text))
    if not _PER.isdisjoint(words_here) and not _DOSED.isdisjoint(words_here) and any(p in small for p in _PAIRS):
        score += len(_NO_SLASH.findall(text))
    if "examine" in words_here:
        score += 2 * len(_EXAMINE.findall(text))
    if "team" in words_here or "teams" in words_here:
        score += len(_TEAM.findall(text))
    if "contrast" in words_here:
        score += len(_CONTRAST.findall(text))
    if any(b in small for b in _BARE):
        score += len(_P_BARE.findall(text)) // 2
    if text.count("(") != text.count(")"):
        lost = sum(1 for _ in brackets.halves(text))
        score += 2 if lost >= 3 else lost // 2
    return score
