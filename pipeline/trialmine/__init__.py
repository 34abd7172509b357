"""trialmine: noisy clinical-trial text in, validated and evidence-linked trial records out.

>>> import trialmine
>>> record = trialmine.extract("Patients took velotinib 40 mg twice daily.")  # doctest: +SKIP
>>> pipe = trialmine.load()  # doctest: +SKIP
>>> frames = trialmine.to_frames(pipe.stream(documents))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialmine.api import extract as extract
    from trialmine.export.collection import Records
    from trialmine.flow import Outcome, Pipeline, load
    from trialmine.nlp.ner import load_ner
    from trialmine.records.document import Document
    from trialmine.records.trial import TrialRecord
    from trialmine.report.tables import to_frames

__version__ = "0.1.0"
__all__ = ["Document", "Outcome", "Pipeline", "Records", "TrialRecord", "extract", "load", "load_ner", "to_frames"]

# loaded when first asked for, so that `import trialmine` and `trialmine --help` cost nothing
_HOMES = {
    "Document": "trialmine.records.document",
    "Outcome": "trialmine.flow",
    "Pipeline": "trialmine.flow",
    "Records": "trialmine.export.collection",
    "TrialRecord": "trialmine.records.trial",
    "load": "trialmine.flow",
    "load_ner": "trialmine.nlp.ner",
    "to_frames": "trialmine.report.tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _CallableStage(ModuleType):
    """`trialmine.extract` is the package of extractors and, called, the public function.

    Importing a submodule binds its name on the parent package, so a plain function of that name would be lost as soon
    as the stage is imported.
    """

    def __call__(self, texts: Any) -> Any:
        return import_module("trialmine.api").extract(texts)


import_module("trialmine.extract").__class__ = _CallableStage
