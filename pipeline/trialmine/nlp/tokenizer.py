"""The one tokenizer of training and reading: scispaCy's, which also splits at hyphens and slashes inside words."""

from __future__ import annotations

import re

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, registry

# "warfarin-associated", "paclitaxel/carboplatin": without these splits a tenth of the BC5CDR entities do not end
# where a token ends. Both sides must be word characters, so that "+/-" and a minus sign stay whole.
_INFIXES = (r"(?<=[^\W_])[-‐‑–—/](?=[^\W_])", r"(?<=[^\W_][)\]])[-‐‑–—/](?=[^\W_])")


def create_tokenizer(nlp: Language) -> Tokenizer:
    """scispaCy's tokenizer with hyphen and slash infixes, on the vocabulary of `nlp`."""
    tokenizer = combined_rule_tokenizer(nlp)
    scispacy_infixes = re.compile(tokenizer.infix_finditer.__self__.pattern)  # type: ignore[union-attr]
    tokenizer.infix_finditer = compile_infix_regex((scispacy_infixes.pattern, *_INFIXES)).finditer
    return tokenizer


@registry.tokenizers("trialmine.tokenizer.v1")
def _registered() -> object:
    return create_tokenizer


def blank() -> Language:
    """An English pipeline that only tokenizes."""
    nlp = spacy.blank("en")
    nlp.tokenizer = create_tokenizer(nlp)
    return nlp
