"""The public corpora that can be measured on."""

from __future__ import annotations

from trialmine.errors import ConfigError
from trialmine.evaluate.corpora.corpus import Corpus
from trialmine.evaluate.corpora.ct_corpus import CT_CORPUS
from trialmine.evaluate.corpora.maccrobat import MACCROBAT
from trialmine.evaluate.corpora.phee import PHEE
from trialmine.evaluate.corpora.pico_corpus import PICO_CORPUS
from trialmine.evaluate.corpora.rct_art import RCT_ART

CORPORA: tuple[Corpus, ...] = (CT_CORPUS, PICO_CORPUS, PHEE, MACCROBAT, RCT_ART)


def corpus_named(name: str) -> Corpus:
    """The corpus of that name.

    Raises:
        ConfigError: there is none.
    """
    for corpus in CORPORA:
        if corpus.name == name:
            return corpus
    known = "; ".join(f"{c.name} ({c.description})" for c in CORPORA)
    raise ConfigError(f"there is no reader for a corpus {name!r}", remedy=f"There are: {known}.")
