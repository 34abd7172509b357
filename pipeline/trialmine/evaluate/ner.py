"""Scores an entity recogniser on annotated texts: exact and overlapping spans per label, words a second, memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from spacy.language import Language

from trialmine.errors import ConfigError, InputError
from trialmine.evaluate.annotated import Annotated, Span, read_spans, read_tags
from trialmine.evaluate.spans import Score, score
from trialmine.nlp.recurrent_recognizer import SPANS_KEY

_TAGGED = {".tsv", ".iob", ".iob2", ".bio", ".conll"}
_BATCH = 32
_REMEDY = (
    "Give IOB2 as token<TAB>tag with a blank line after each sentence (.tsv), or JSON lines (.jsonl) with text and "
    "entities, each with label, start and end in characters."
)


@dataclass(frozen=True, slots=True)
class NerScores:
    """Scores by label, "*" for all together.

    `unknown` are labels of the data that the model never gives and that were not scored. `words_per_second` counts
    words between blanks, `peak_memory` is the most that the whole process held, in bytes; None unless asked for.
    """

    labels: Mapping[str, Score]
    documents: int
    unknown: tuple[str, ...]
    gold: Sequence[Sequence[Span]]
    predicted: Sequence[Sequence[Span]]
    words_per_second: float | None = None
    peak_memory: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        out: dict[str, Any] = {"labels": {name: _as_json(row) for name, row in self.labels.items()}}
        out |= {"documents": self.documents, "labels_not_scored": list(self.unknown)}
        if self.words_per_second is not None:
            out |= {"words_per_second": round(self.words_per_second), "peak_memory_bytes": self.peak_memory}
        return out


def _as_json(row: Score) -> dict[str, Any]:
    sides = (("exact", row.exact), ("overlap", row.overlap))
    out: dict[str, Any] = {
        side: {"p": round(c.precision, 3), "r": round(c.recall, 3), "f": round(c.f1, 3)} for side, c in sides
    }
    return out | {"ci": [round(x, 3) for x in row.interval], "n": row.exact.gold}


def read_annotated(path: Path, rename: Mapping[str, str], *, sentences: int = 8) -> list[Annotated]:
    """Annotated texts from IOB2 tags or character spans; labels in capitals, renamed first.

    Args:
        path: a .tsv of tags, or a .jsonl of spans. Of overlapping spans the longest counts.
        rename: labels of the data to labels of the model.
        sentences: how many tagged sentences are read as one text where the file does not mark documents.

    Raises:
        InputError: the file can't be read as either, or marks nothing.
    """

    def label(name: str) -> str | None:
        return rename.get(name, name.upper()) or None

    try:
        if path.suffix.lower() in _TAGGED:
            documents = read_tags(path, label, sequences=sentences)
        else:
            documents = read_spans(path, label)
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", where=str(path), remedy=_REMEDY) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"has no {error} in a line" if isinstance(error, KeyError) else f"is not annotated text ({error})"
        raise InputError(what, where=str(path), remedy=_REMEDY) from error
    for document in documents:
        _check(document, path)
    if not any(d.spans for d in documents):
        raise InputError("there are no annotated spans here", where=str(path), remedy=_REMEDY)
    return documents


def _check(document: Annotated, path: Path) -> None:
    for start, end, name in document.spans:
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(document.text)):
            what = f"document {document.id} has a span {name} {start}:{end} outside its text"
            raise InputError(what, where=str(path), remedy=_REMEDY)


def score_ner(nlp: Language, documents: Sequence[Annotated], *, speed: bool = False) -> NerScores:
    """Score the entities (and trial spans) of a spaCy pipeline; labels that the data lacks are not counted against it.

    Raises:
        ConfigError: the data and the model have no label in common.
    """
    found = predicted_spans(nlp, documents)
    in_data = {name for d in documents for _, _, name in d.spans}
    in_model = {name for spans in found for _, _, name in spans} | _labels_of(nlp)
    wanted = in_data & in_model
    if not wanted:
        names = f"the data has {', '.join(sorted(in_data))}; the model has {', '.join(sorted(in_model)) or 'none'}"
        raise ConfigError(f"no label in common ({names})", remedy="Say which is which with --rename DATA=MODEL.")
    gold = [[s for s in d.spans if s[2] in wanted] for d in documents]
    predicted = [[s for s in spans if s[2] in wanted] for spans in found]
    rate, memory = (words_per_second(nlp, documents), peak_memory()) if speed else (None, None)
    unknown = tuple(sorted(in_data - wanted))
    return NerScores(score(predicted, gold), len(documents), unknown, gold, predicted, rate, memory)


def _labels_of(nlp: Language) -> set[str]:
    return {str(name).upper() for names in nlp.pipe_labels.values() for name in names}


def predicted_spans(nlp: Language, documents: Sequence[Annotated], batch: int = _BATCH) -> list[list[Span]]:
    """Spans and entities that the pipeline finds in the texts."""
    found = []
    for doc in nlp.pipe((d.text for d in documents), batch_size=batch):
        spans = [*doc.spans.get(SPANS_KEY, ()), *doc.ents]
        found.append([(s.start_char, s.end_char, s.label_) for s in spans])
    return found


def words_per_second(nlp: Language, documents: Sequence[Annotated]) -> float:
    """Words between blanks that are read in a second; everything must have been read once before."""
    words = sum(len(d.text.split()) for d in documents)
    started = perf_counter()
    for _ in nlp.pipe((d.text for d in documents), batch_size=_BATCH):
        pass
    return words / (perf_counter() - started)


def peak_memory() -> int | None:
    """The most memory that this process has held, in bytes; None where the system does not tell."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def span_errors(scores: NerScores, documents: Sequence[Annotated], label: str) -> Iterator[tuple[str, str, str]]:
    """(kind, doc_id, words) of each span of the label that was missed or is too many."""
    sides: tuple[tuple[str, Callable[[set[Span], set[Span]], set[Span]]], ...] = (
        ("missed", lambda gold, ours: gold - ours),
        ("extra", lambda gold, ours: ours - gold),
    )
    for document, gold, ours in zip(documents, scores.gold, scores.predicted, strict=True):
        for kind, pick in sides:
            for start, end, _ in sorted(s for s in pick(set(gold), set(ours)) if s[2] == label):
                yield kind, document.id, document.text[start:end]
