"""What a public corpus needs to be, for the records of its texts to be measured on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialmine.errors import InputError
from trialmine.evaluate.bootstrap import Bootstrap
from trialmine.evaluate.gold import read_objects
from trialmine.evaluate.record_view import Record
from trialmine.evaluate.tally import Figure, Tally, figure_of, recall_of


@dataclass(frozen=True, slots=True)
class Example:
    """A text of the corpus with what it marks."""

    doc_id: str
    text: str
    gold: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that the corpus marks and the record does not hold; `kind` says why, as far as that can be told."""

    table: str
    label: str
    kind: str
    doc_id: str
    text: str


@dataclass(frozen=True, slots=True)
class CorpusScores:
    """Figures by table and label, and what was missed."""

    tables: Mapping[str, Mapping[str, Figure]]
    misses: Sequence[Miss] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus: what is measured on it, its file in its folder, and the functions that read and score it.

    `score` gets the examples, the records by doc_id and the folder of the corpus. `publication_type` is told to the
    pipeline, as a bibliographic record would tell it, where single sentences can't show what they are part of.
    """

    name: str
    description: str
    file: str
    score: Callable[[Sequence[Example], Mapping[str, Record], Path], CorpusScores]
    id_key: str = "id"
    publication_type: str | None = None

    def read(self, path: Path) -> list[Example]:
        """The texts of the corpus' file, or of the file's place in its folder.

        Raises:
            InputError: the file can't be read or is another corpus.
        """
        source = path / self.file if path.is_dir() else path
        remedy = (
            f"Name the folder of {self.name}, or its {self.file}: JSON lines with {self.id_key}, text and entities."
        )
        out = []
        for number, row in read_objects(source, remedy=remedy):
            if not (self.id_key in row and isinstance(row.get("text"), str) and isinstance(row.get("entities"), list)):
                raise InputError(f"the line is none of {self.name}", where=f"{source}, line {number}", remedy=remedy)
            out.append(Example(str(row[self.id_key]), row["text"], row))
        if not out:
            raise InputError("there are no texts here", where=str(source), remedy=remedy)
        return out


Tallies = Sequence[Mapping[str, Tally]]
"""Tallies by label, a mapping for each document."""


def recalls(per_document: Tallies, *, total: str | None = "ALL") -> dict[str, Figure]:
    """Recall by label, and over all of them."""
    return _by_label(per_document, recall_of, total)


def figures(per_document: Tallies, *, total: str | None = "ALL") -> dict[str, Figure]:
    """Precision, recall and F1 by label, and over all of them."""
    return _by_label(per_document, figure_of, total)


def _by_label(
    per_document: Tallies, figure: Callable[[Sequence[Tally], Bootstrap], Figure], total: str | None
) -> dict[str, Figure]:
    bootstrap = Bootstrap(len(per_document))
    labels = sorted({label for document in per_document for label in document})
    out = {label: figure([d.get(label, Tally()) for d in per_document], bootstrap) for label in labels}
    if total:
        out[total] = figure([sum(d.values(), Tally()) for d in per_document], bootstrap)
    return out


def add(tallies: dict[str, Tally], label: str, more: Tally) -> None:
    """Count `more` under the label."""
    tallies[label] = tallies.get(label, Tally()) + more


def documents(corpus: Corpus, examples: Sequence[Example]) -> list[dict[str, Any]]:
    """The texts as the pipeline takes them."""
    kinds = (corpus.publication_type,) if corpus.publication_type else ()
    return [{"doc_id": e.doc_id, "text": e.text, "publication_types": kinds} for e in examples]


def lies_over(row: Record, start: int, end: int) -> bool:
    """Whether some evidence of the row lies over start:end of the raw text."""
    return any(e["start"] < end and start < e["end"] for e in row.get("evidence") or [])
