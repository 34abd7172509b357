"""trialmine as a spaCy component: `nlp.add_pipe("trialmine")`, then `doc._.trial_record`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from trialmine.records.trial import TrialRecord

if TYPE_CHECKING:
    from trialmine.flow import Pipeline

# the record is kept as JSON: objects in user_data would break doc.to_bytes() and nlp.pipe(n_process=2)
_KEY = "trialmine.record"


class TrialRecordComponent:
    """Reads each doc's text into a trial record.

    Evidence points into `doc.text`, which spaCy never changes.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        """Add the record of the doc's text."""
        doc.user_data[_KEY] = self._pipeline.extract(doc.text).model_dump_json()
        return doc


def _record(doc: Doc) -> TrialRecord | None:
    line = doc.user_data.get(_KEY)
    return None if line is None else TrialRecord.model_validate_json(line)


@Language.factory("trialmine", default_config={"ner_model": None, "label_map": None})
def create_component(
    nlp: Language,  # noqa: ARG001 (spaCy hands every factory its pipeline and name)
    name: str,  # noqa: ARG001
    ner_model: str | None,
    label_map: Mapping[str, str] | None,
) -> TrialRecordComponent:
    """The component, with the options of `trialmine.load`."""
    if not Doc.has_extension("trial_record"):
        Doc.set_extension("trial_record", getter=_record)
    # spaCy loads every registered factory for any pipeline; only the one asked for shall cost the imports
    from trialmine.flow import load  # noqa: PLC0415

    return TrialRecordComponent(load(ner_model=ner_model, label_map=label_map))
