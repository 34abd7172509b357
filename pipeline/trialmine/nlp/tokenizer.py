"""The one tokenizer of training and reading: scispaCy's, which also splits at hyphens, slashes and brackets."""

from __future__ import annotations

import re
import warnings

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

_DASH = "-‐‑‒–—"
# "warfarin-associated", "paclitaxel/carboplatin", "(PAN)-induced": scispaCy keeps these whole, and a tenth of the
# BC5CDR entities then do not end where a token ends. A sign ("-0.7", "+/-3") has no word character before it.
_INFIXES = (rf"(?<=[^\W_])[{_DASH}/](?=[^\W_(\[])", rf"[()\[\]]+[{_DASH}/]*", r"(?<=[^\W\d_])\+[/\-]?")
_PREFIXES = (r"^[(\[]",)
_SUFFIXES = (rf"(?<=[^\W\d_])[{_DASH}/+]$", rf"(?<=[)\]])[{_DASH}/+]$", r"[)\]]$", r"(?<=[a-z][A-Z])\.$")


def create_tokenizer(nlp: Language) -> Tokenizer:
    """scispaCy's tokenizer with further splits, on the vocabulary of `nlp`."""
    with warnings.catch_warnings():
        # spaCy's currency signs look like a set operation of a future `re`
        warnings.simplefilter("ignore", FutureWarning)
        tokenizer = combined_rule_tokenizer(nlp)
        tokenizer.prefix_search = _extended(tokenizer.prefix_search, _PREFIXES).search
        tokenizer.suffix_search = _extended(tokenizer.suffix_search, _SUFFIXES).search
        tokenizer.infix_finditer = _extended(tokenizer.infix_finditer, _INFIXES).finditer
    return tokenizer


def _extended(method: object, more: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that `method` is bound to, with `more` alternatives in front."""
    pattern: re.Pattern[str] = method.__self__  # type: ignore[attr-defined]
    return re.compile("|".join((*more, pattern.pattern)))


def blank(vocab: Vocab | None = None) -> Language:
    """An English pipeline that only tokenizes, with a vocabulary of its own if none is given."""
    nlp = spacy.blank("en") if vocab is None else spacy.blank("en", vocab=vocab)
    nlp.tokenizer = create_tokenizer(nlp)
    return nlp
