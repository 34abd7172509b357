"""How well the kind of a document is told, against kinds that people gave or that a corpus is made of.

Two sorts of labels, never added up: gold records have the kind that their annotator read in the text; a corpus of
case reports or of randomised trials has one kind by how it was collected, and BioRED's species say which of its
abstracts are of animals or cell lines alone. Nothing but the text is told to the pipeline: no publication type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialmine.evaluate.bootstrap import Bootstrap
from trialmine.evaluate.gold import Part, read_gold, read_objects, read_texts, texts_beside
from trialmine.evaluate.record_view import Record
from trialmine.evaluate.tally import Figure, Tally, figure_of, recall_of

_HUMAN = "9606"
_REMEDY = "Name the folder that holds gold/ and data/."


@dataclass(frozen=True, slots=True)
class KindSource:
    """Texts whose kind is known: their file below the folder of data, and the kind of a row or None."""

    name: str
    file: str
    kind: Callable[[Mapping[str, Any]], str | None]
    id_key: str = "id"


def _always(kind: str) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda _: kind


def species_kind(row: Mapping[str, Any]) -> str | None:
    """preclinical where BioRED marks animals or cell lines and no people; it says nothing of the other abstracts."""
    species = [str(e.get("concept")) for e in row["entities"] if e["label"] == "OrganismTaxon"]
    lines = sum(e["label"] == "CellLine" for e in row["entities"])
    animals = sum(s != _HUMAN for s in species)
    return "preclinical" if _HUMAN not in species and (animals >= 2 or (lines and not animals)) else None


SOURCES = (
    KindSource("maccrobat", "maccrobat/dev.jsonl", _always("case_report")),
    KindSource("biored", "biored/dev.jsonl", species_kind),
    KindSource("ct-corpus", "ct-corpus/val.jsonl", _always("trial_report")),
    KindSource("pico-corpus", "pico-corpus/dev.jsonl", _always("trial_report"), "pmid"),
)
_GOLD: Mapping[str, tuple[str, Part]] = {"dev": ("dev.jsonl", "all"), "held-out fifth": ("train.jsonl", "held-out")}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of known kind, and where that is known from."""

    source: str
    doc_id: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class KindScores:
    """What each source's texts were taken for.

    confusion: by source, (known kind, ours) -> texts. figures: by source and kind; precision only where a source has
    several kinds. dosing: texts that are preclinical, those of them taken for anything else, and their dosing rows.
    """

    confusion: Mapping[str, Mapping[tuple[str, str], int]]
    figures: Mapping[str, Mapping[str, Figure]]
    dosing: tuple[int, int, int]

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        named = {
            source: {f"{known} as {ours}": n for (known, ours), n in sorted(counts.items())}
            for source, counts in self.confusion.items()
        }
        figures = {s: {k: f.as_json() for k, f in rows.items()} for s, rows in self.figures.items()}
        keys = ("texts", "taken_for_others", "dosing_rows_of_these")
        return {"confusion": named, "figures": figures, "preclinical": dict(zip(keys, self.dosing, strict=True))}


def labelled_texts(shared: Path) -> list[Labelled]:
    """The texts of known kind below the folder that holds gold/ and data/; a source that is not there is left out.

    Raises:
        InputError: a file can't be read.
    """
    out = []
    for name, (file, part) in _GOLD.items():
        path = shared / "gold" / file
        if path.exists():
            texts = read_texts(texts_beside(path) or path)
            out += [
                Labelled(name, doc_id, texts[doc_id]["text"], record["document_kind"])
                for doc_id, record in read_gold(path, part).items()
                if record.get("document_kind") and doc_id in texts
            ]
    for source in SOURCES:
        path = shared / "data" / source.file
        rows = read_objects(path, remedy=_REMEDY) if path.exists() else ()
        out += [
            Labelled(source.name, str(row[source.id_key]), row["text"], kind)
            for _, row in rows
            if (kind := source.kind(row))
        ]
    return out


def documents(texts: Iterable[Labelled]) -> list[dict[str, Any]]:
    """The texts as the pipeline takes them."""
    return [{"doc_id": _key(t), "text": t.text} for t in texts]


def _key(text: Labelled) -> str:
    return f"{text.source}:{text.doc_id}"


def score_kinds(texts: Sequence[Labelled], records: Mapping[str, Record]) -> KindScores:
    """Score the records of the texts; a text without a record was taken for nothing."""
    confusion: dict[str, Counter[tuple[str, str]]] = {}
    figures: dict[str, dict[str, Figure]] = {}
    for source in dict.fromkeys(t.source for t in texts):
        told = [(t.kind, str(records.get(_key(t), {}).get("document_kind"))) for t in texts if t.source == source]
        confusion[source] = Counter(told)
        figures[source] = _figures(told)
    animals = [t for t in texts if t.kind == "preclinical"]
    astray = [r for t in animals if (r := records.get(_key(t))) and r["document_kind"] != "preclinical"]
    rows = sum(len(r.get("dosing") or []) for r in astray)
    return KindScores(confusion, figures, (len(animals), len(astray), rows))


def told_lines(scores: KindScores) -> Iterator[str]:
    """Which kinds were taken for which, and what that means for the doses of animals and cells."""
    for source, counts in scores.confusion.items():
        wrong = {pair: n for pair, n in counts.items() if pair[0] != pair[1]}
        shown = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
        listed = "; ".join(f"{known} taken for {ours}: {n}" for (known, ours), n in shown)
        yield f"{source}: {listed or 'none taken for another kind'}"
    texts, astray, rows = scores.dosing
    yield f"Of {texts} preclinical texts {astray} were taken for something else, with {rows} dosing rows."


def _figures(told: Sequence[tuple[str, str]]) -> dict[str, Figure]:
    bootstrap = Bootstrap(len(told))
    kinds = sorted({known for known, _ in told})
    figure = figure_of if len(kinds) > 1 else recall_of
    out = {}
    for kind in kinds:
        tallies = [Tally(known == ours == kind, known != kind == ours, known == kind != ours) for known, ours in told]
        out[kind] = figure(tallies, bootstrap)
    return out
