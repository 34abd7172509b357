"""The whole flow as a spaCy component: `nlp.add_pipe("trialmine")` puts the record at `doc._.trial_record`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("trialmine", default_config={"ner_model": None, "label_map": None})
def create_component(nlp: Language, name: str, ner_model: str | None, label_map: dict[str, str] | None) -> TrialComponent:  # noqa: ARG001
    """The component; the flow's model is loaded when the first document comes."""
    return TrialComponent(ner_model, label_map)


class TrialComponent:
    """Reads `doc.text` as the raw text of one document."""

    def __init__(self, ner_model: str | None, label_map: dict[str, str] | None) -> None:
        from trialmine.flow import load

        if not Doc.has_extension("trial_record"):
            Doc.set_extension("trial_record", default=None)
        self._pipeline = load(ner_model=ner_model, label_map=label_map)

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.trial_record`."""
        doc._.trial_record = self._pipeline.extract(doc.text)
        return doc
