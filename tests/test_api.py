from __future__ import annotations

import subprocess
import sys

import pytest

import trialmine
import trialmine.api
from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.extract import registry
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord
from trialmine.report.columns import TABLES


@pytest.fixture(autouse=True)
def _handmade(monkeypatch: pytest.MonkeyPatch) -> None:
    class Streaming(HandmadePipeline):
        def stream(self, documents: list[str]) -> list[TrialRecord]:
            return [self.extract(d) for d in documents]

    monkeypatch.setattr(trialmine.api, "_default", Streaming)


def test_one_text_gives_one_record() -> None:
    assert trialmine.extract(TEXT).dosing[0].id == "d1"
    assert trialmine.extract(Document(TEXT, "text", doc_id="mine")).doc_id == "mine"


def test_several_texts_give_a_list() -> None:
    assert [len(r.dosing) for r in trialmine.extract([TEXT, "a letter"])] == [3, 0]


def test_extract_is_callable_and_still_the_stage() -> None:
    assert callable(trialmine.extract)
    assert registry.EXTRACTORS is trialmine.extract.registry.EXTRACTORS  # type: ignore[attr-defined]


def test_public_names_resolve() -> None:
    for name in trialmine.__all__:
        assert getattr(trialmine, name) is not None
    assert set(trialmine.__all__) <= set(dir(trialmine))
    with pytest.raises(AttributeError, match="nonsense"):
        _ = trialmine.nonsense  # type: ignore[attr-defined]


def test_frames_of_records() -> None:
    frames = trialmine.to_frames([trialmine.extract(TEXT)])
    assert set(frames) == set(TABLES)


def test_import_loads_nothing_heavy() -> None:
    code = "import sys, trialmine; print([m for m in ('spacy', 'pandas', 'pydantic', 'lxml') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
