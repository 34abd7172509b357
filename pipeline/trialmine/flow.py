"""The only place that chains the stages: raw document -> clean text -> article -> mentions -> record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from time import perf_counter
from typing import Any, Literal, Protocol

from trialmine import __version__
from trialmine.assemble.record import build_record
from trialmine.clean import clean
from trialmine.errors import TrialmineError
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.records.article import Article, Entity, Mentions
from trialmine.records.document import CleanText, Document
from trialmine.records.trial import TrialRecord

BATCH = 16
"""Texts that the model reads together: a quarter less work for each than one by one."""

Status = Literal["ok", "partial", "failed"]
StageName = Literal["clean", "nlp", "extract", "assemble"]
# told of each stage as it is done, with what it gave: CleanText, Article, Mentions, TrialRecord
Watch = Callable[[StageName, CleanText | Article | Mentions | TrialRecord], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its record, or why there is none, and the seconds that each stage took.

    It is partial where a part of the work was given up; `error` says which.
    """

    document: Document
    record: TrialRecord | None
    error: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    status: Status = "ok"


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What is known of a document that was begun together with others, and the seconds that were its share."""

    cleaned: CleanText
    clean: float
    nlp: float = 0.0
    entities: Sequence[Entity] | None = None


class Extracts(Protocol):
    """What those who have documents read need of a pipeline."""

    @property
    def description(self) -> dict[str, Any]:
        """Version and model."""

    def outcomes(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """One outcome per document, in order; never raises for a document."""


class Pipeline:
    """Reads documents into trial records. Loading is lazy: the model is read when the first text comes."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def description(self) -> dict[str, Any]:
        """Version and model, for the run's manifest."""
        return {"version": __version__, "model": self._reader.description}

    def extract(self, document: Document | str) -> TrialRecord:
        """The record of one document or text.

        Raises:
            TrialmineError: the document can't be processed.
        """
        return self._process(_document(document), {})

    def stream(self, documents: Iterable[Document | str]) -> Iterator[TrialRecord]:
        """Records in the order of the documents; the first failure is raised."""
        for document in documents:
            yield self.extract(document)

    def outcomes(self, documents: Iterable[Document | str], *, watch: Watch | None = None) -> Iterator[Outcome]:
        """One outcome per document, in order; a document that fails does not stop the rest.

        `watch` is told what each stage gives, so that it can be shown before the record is there.
        """
        source = map(_document, documents)
        while batch := list(islice(source, BATCH if watch is None else 1)):
            ahead = self._read_ahead(batch) if len(batch) > 1 else {}
            for i, document in enumerate(batch):
                yield self._outcome(document, watch, ahead.pop(i, None))

    def _read_ahead(self, documents: Sequence[Document]) -> dict[int, _Ahead]:
        """What the model says of several documents at once, by their places; without those that are read alone.

        A failure is no one's yet: the document that it is due to meets it again when it is read alone.
        """
        try:
            ahead = {}
            for i, document in enumerate(documents):
                mark = perf_counter()
                ahead[i] = _Ahead(clean(document.text), perf_counter() - mark)
            mark = perf_counter()
            found = self._reader.recognise([a.cleaned.text for a in ahead.values()])
            share = (perf_counter() - mark) / len(found)
        except Exception:  # noqa: BLE001
            return {}
        return {i: replace(a, nlp=share, entities=of_one) for (i, a), of_one in zip(ahead.items(), found, strict=True)}

    def _outcome(self, document: Document, watch: Watch | None, ahead: _Ahead | None) -> Outcome:
        seconds: dict[str, float] = {}
        try:
            record = self._process(document, seconds, watch, ahead)
        except TrialmineError as error:
            return Outcome(document, None, str(error), seconds, "failed")
        except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not lose the others
            return Outcome(document, None, f"internal error: {type(error).__name__}: {error}", seconds, "failed")
        given_up = next((w.message for w in record.warnings if w.code == "too_slow"), None)
        return Outcome(document, record, given_up, seconds, "partial" if given_up else "ok")

    def _process(
        self,
        document: Document,
        seconds: dict[str, float],
        watch: Watch | None = None,
        ahead: _Ahead | None = None,
    ) -> TrialRecord:
        seconds |= {"clean": ahead.clean, "nlp": ahead.nlp} if ahead else {}
        mark = perf_counter()

        def lap(stage: StageName, result: CleanText | Article | Mentions | TrialRecord) -> None:
            nonlocal mark
            seconds[stage] = seconds.get(stage, 0.0) + perf_counter() - mark
            if watch is not None:
                watch(stage, result)
            mark = perf_counter()

        cleaned: CleanText = ahead.cleaned if ahead else clean(document.text)
        lap("clean", cleaned)
        article = self._reader.read(
            cleaned,
            title=document.title,
            publication_types=document.publication_types,
            language=document.language,
            recognised=ahead.entities if ahead else None,
        )
        lap("nlp", article)
        mentions = extract_mentions(article)
        lap("extract", mentions)
        record = build_record(article, mentions, clean=cleaned, document=document)
        lap("assemble", record)
        return record


def load(*, ner_model: str | None = None, label_map: Mapping[str, str] | None = None) -> Pipeline:
    """A pipeline with the shipped model, or with any installed spaCy model or model folder in the NER slot.

    Args:
        ner_model: name of an installed package, path of a model folder, or "none" for lexicon and rules alone.
        label_map: the model's labels to ours, e.g. {"CHEMICAL": "CHEMICAL", "DISORDER": "DISEASE"}.

    Raises:
        ModelError: on first use, when the model can't be loaded.
    """
    return Pipeline(Reader(ner_model=ner_model, label_map=label_map))


def _document(item: Document | str) -> Document:
    return item if isinstance(item, Document) else Document(text=item, format="text")
