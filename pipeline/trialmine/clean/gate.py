"""A cheap look at a text: which kinds of heavy damage does it show? Steps that only garbled text needs ask this."""

from __future__ import annotations

import re
from functools import lru_cache

from trialmine.clean import advert, synonyms, words

# tokenized: blanks around signs. spun: rewritten by synonym software. split: words with blanks in them or lost
# ligatures, as OCR leaves them. decimals: numbers cut at the point. garbled: any of spun, split, decimals.
SIGNS = frozenset({"tokenized", "spun", "split", "decimals", "garbled", "unspun"})
HEAVY = frozenset({"tokenized", "spun", "split", "decimals"})

_MIXED = re.compile(r"\d\.(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty)\b")
_SPELLED_DOSE = re.compile(r"\b(?:five|ten|fifteen|twenty|thirty|forty|fifty|sixty|hundred) (?:mg|mcg|μg|g|ml|IU)\b")
_NO_SLASH = re.compile(r"\d (?:mg|mcg|μg|ug|g|IU|U) (?:kg|m2|dl|dL|day)\b(?! ?[-/\d])")
_PLAIN_WORDS = re.compile(r"\b(?:[Ss]ufferers|utmost|ailments?|everyday|usefulness|in contrast (?:with|the|in)\b)")
_EXAMINE = re.compile(r"\b(?:this|the|present|current) examine\b")
_CUT_ZERO = re.compile(r"(?<![\d.])0\. \d")
_CUT = re.compile(r"\d\. \d+(?: ?%|\)|,|;)|\b0\. \d|\d\. \d+ ?(?:±|-|–)|± ?\d+\. \d|[=<>] ?0 \d\d")
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
    if len(_CUT_ZERO.findall(text)) >= 1 and len(_CUT.findall(text)) >= 2:
        found.add("decimals")
    if found & {"spun", "split", "decimals"}:
        found.add("garbled")
    if "spun" not in found:
        found.add("unspun")
    return frozenset(found)


def _tokenized(text: str) -> bool:
    spaced = text.count(" .") + text.count(" ,") + text.count(" )") + text.count("( ")
    return spaced >= 3 and 2 * spaced >= sum(map(text.count, ".,()"))


def spun_score(text: str) -> int:
    """Marks of synonym software, adverts and dropped signs; two make a spun text."""
    score = 2 * advert.sure_count(text) + synonyms.sure_count(text)
    score += 2 * len(_MIXED.findall(text)) + len(_SPELLED_DOSE.findall(text)) + len(_NO_SLASH.findall(text))
    score += len(set(_PLAIN_WORDS.findall(text))) + 2 * len(_EXAMINE.findall(text)) + len(_P_BARE.findall(text)) // 2
    return score + (abs(text.count("(") - text.count(")")) >= 3) + (abs(text.count("(") - text.count(")")) >= 1) * (score > 0)
