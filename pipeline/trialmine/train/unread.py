"""Reads every annotated text with a span model that did not learn from it, so that scorers learn what they will meet.

Build the two models first; each leaves one half of the trial records out:

    trialmine train model --measure --fold 0 --out models/.work/fold0
    trialmine train model --measure --fold 1 --out models/.work/fold1
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trialmine.errors import ConfigError
from trialmine.evaluate.regimens import read_regimens
from trialmine.evaluate.trial_records import read_records
from trialmine.nlp.reader import Reader
from trialmine.records.article import Article
from trialmine.records.document import CleanText
from trialmine.train.projection import fold_of

WORK = Path("models/.work")


class UnreadReader(Reader):
    """A reader with a model for each half of the trial records; other texts are read with the first.

    Raises:
        ConfigError: a model of the two is not there.
    """

    def __init__(self, shared: Path, work: Path = WORK) -> None:
        super().__init__(ner_model="none")
        models = [work / f"fold{fold}" for fold in (0, 1)]
        if missing := [str(m) for m in models if not (m / "meta.json").is_file()]:
            remedy = "Build it: trialmine train model --measure --fold 0 (or 1) --out models/.work/fold0 (or fold1)"
            raise ConfigError(f"no span model that left a half out: {', '.join(missing)}", remedy=remedy)
        self._readers = [Reader(ner_model=str(model)) for model in models]
        annotated = [*read_records(shared, "train"), *read_regimens(shared)]
        self._fold = {text: fold_of(record["doc_id"]) for record, text in annotated}

    def read(self, clean: CleanText, **options: Any) -> Article:
        """The article of one cleaned text, by the model that does not know its raw text."""
        return self._readers[self._fold.get(clean.raw, 0)].read(clean, **options)
