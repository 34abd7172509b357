"""A pipeline that needs no model: it hands out records built by hand, and fails where it is told to."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """As the handmade one, but texts that begin with the name of a trouble have it."""

    def outcomes(self, documents: Iterable[Document], *, watch: Watch | None = None) -> Iterator[Outcome]:
        for document in documents:
            trouble = TROUBLES.get(document.text.partition(" ")[0].rstrip(":"))
            try:
                if trouble is not None:
                    trouble()
            except MemoryError:
                yield Outcome(document, None, "internal error: MemoryError", {}, "failed")
            else:
                yield from super().outcomes([document], watch=watch)


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytes(2**24))


TROUBLES: Mapping[str, Callable[[], object]] = {
    "crash": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "regicide": lambda: os.kill(os.getppid(), signal.SIGKILL),
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(3),
    "hang": lambda: time.sleep(600),
    "poison": lambda: re.match(r"(a+)+$", "a" * 60 + "b"),  # in C, where no signal is looked at
    "slow": lambda: time.sleep(0.05),
    "eat": _eat,
}


class ModellessPipeline(HandmadePipeline):
    """Can't be loaded."""

    def __init__(self, **options: Any) -> None:
        raise ModelError("the model is missing", where="models/", remedy="Name another.")


class DyingPipeline(HandmadePipeline):
    """Ends the process that loads it."""

    def __init__(self, **options: Any) -> None:
        os._exit(3)
