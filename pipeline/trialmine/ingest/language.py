"""The language of a text, told from its commonest words or its script; None where neither settles it.

A profile of function words and no model: trial texts are English but for a few, and what matters is to say so when
one is not. Nothing is said of texts with fewer than a dozen words.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from trialmine.lexicon.tables import rows

_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7af]"),
    ("zh", r"[\u4e00-\u9fff]"),
    ("ar", r"[\u0600-\u06ff]"),
)
_NOT_LATIN = re.compile(r"[^\x00-\u024f]")
_FOREIGN = 0.2
_SAMPLE_CHARS = 5_000
_MIN_WORDS = 12
_ENOUGH = 0.12  # share of function words; clean English has 0.25 and more, garbled English still half of that
_AHEAD = 1.3  # the best profile must have this many times the words of the next

# ISO 639-2 as MEDLINE writes it
_CODES = {
    "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
    "nld": "nl", "pol": "pl", "rus": "ru", "ukr": "uk", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "tur": "tr",
    "chi": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "ara": "ar", "per": "fa", "heb": "he", "gre": "el", "cze": "cs",
    "hun": "hu", "rum": "ro", "bul": "bg", "hrv": "hr", "srp": "sr", "slo": "sk", "slv": "sl",
}  # fmt: skip


@cache
def _profiles() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(row["words"].split()) for row in rows("function_words")}


def code(stated: str | None) -> str | None:
    """A stated language as its two-letter code: "eng" and "en-US" are "en"; what is no code is None.

    >>> code("eng"), code("en-US"), code("EN"), code("xyz"), code(None)
    ('en', 'en', 'en', 'xyz', None)
    """
    plain = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    if not re.fullmatch(r"[a-z]{2,3}", plain) or plain in ("und", "mul"):
        return None
    return _CODES.get(plain, plain)


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language of `text`: what its words show, else what its source states.

    The words come first because a source states the article's language, and its abstract is often a translation.
    """
    return _detected(text[:_SAMPLE_CHARS]) or code(stated)


def _detected(text: str) -> str | None:
    foreign = len(_NOT_LATIN.findall(text))
    if foreign > _FOREIGN * len(text):
        for language, script in _SCRIPTS:
            if len(re.findall(script, text)) > _FOREIGN * foreign:
                return language
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < _MIN_WORDS:
        return None
    counts = Counter(words)
    scores = sorted(((sum(counts[w] for w in known), name) for name, known in _profiles().items()), reverse=True)
    (best, name), (second, _) = scores[0], scores[1]
    clear = best >= _ENOUGH * len(words) and best >= _AHEAD * second
    return name if clear else None
