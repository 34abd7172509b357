"""A pipeline that needs no model: it hands out records built by hand, and fails where it is told to."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from typing import Any

from support.records import TEXT, record, whole_record
from trialmine.clean import clean
from trialmine.errors import ModelError
from trialmine.flow import Outcome, Watch
from trialmine.records.article import Mention, Mentions
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord


class HandmadePipeline:
    """Known text gives the whole record, "boom" fails, "lie" cites what is not there, "stop" is Ctrl-C."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    @property
    def description(self) -> dict[str, Any]:
        return {"version": "test", "model": {"name": "handmade"}}

    def extract(self, document: Document | str) -> TrialRecord:
        text = document if isinstance(document, str) else document.text
        doc_id = None if isinstance(document, str) else document.doc_id
        return whole_record(doc_id or "whole") if text == TEXT else record(text, doc_id=doc_id)

    def outcomes(self, documents: Iterable[Document], *, watch: Watch | None = None) -> Iterator[Outcome]:
        for document in documents:
            if watch is not None:
                watch("clean", clean(document.text))
                watch("extract", Mentions.of([Mention("dose", 0, 4, "dose.test")]))
            if "stop" in document.text:
                raise KeyboardInterrupt
            if "boom" in document.text:
                yield Outcome(document, None, "internal error: boom", {"clean": 0.1}, "failed")
            elif "lie" in document.text:
                yield Outcome(document, whole_record("lie"), None, {}, "ok")
            else:
                yield Outcome(document, self.extract(document), None, {"clean": 0.1, "nlp": 0.2}, "ok")


class TroubledPipeline(HandmadePipeline):
    """As the handmade one, but some texts bring down the process that reads them."""

    def outcomes(self, documents: Iterable[Document], *, watch: Watch | None = None) -> Iterator[Outcome]:
        for document in documents:
            if document.text.startswith("crash"):
                os.kill(os.getpid(), signal.SIGKILL)
            if document.text.startswith("exit"):
                os._exit(3)
            if document.text.startswith("hang"):
                time.sleep(600)
            if document.text.startswith("slow"):
                time.sleep(0.05)
            if document.text.startswith("eat"):
                try:
                    bytearray(2**40)
                except MemoryError:
                    yield Outcome(document, None, "internal error: MemoryError", {}, "failed")
                    continue
            yield from super().outcomes([document], watch=watch)


class ModellessPipeline(HandmadePipeline):
    """Can't be loaded."""

    def __init__(self, **options: Any) -> None:
        raise ModelError("the model is missing", where="models/", remedy="Name another.")
