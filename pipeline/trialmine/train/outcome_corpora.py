"""Texts with marked outcomes, from the corpora that mark them and from the gold records' endpoints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import regex

from trialmine.extract.outcome_features import TOKEN, token_runs
from trialmine.nlp.reader import Reader
from trialmine.normalise.endpoint import endpoint_words, overlap
from trialmine.records.article import Article, Sentence
from trialmine.records.document import CleanText

Spans = Sequence[tuple[int, int]]
Sequences = Iterator[tuple[tuple[tuple[str, ...], ...], list[str]]]
_BRACKET = regex.compile(r"\s*\(([^)]*)\)\s*$")
_LONGEST = 12  # tokens of an outcome's name
_PICO_SETS = ("AD", "COVID-19", "EBM-NLPmod")


def read(reader: Reader, text: str) -> Article:
    """The article of a text that needs no cleaning."""
    return reader.read(CleanText(text, text))


def external(data: Path) -> Sequences:
    """Tagged sentences of the public corpora (train and dev parts)."""
    reader = Reader()
    for part in ("train", "dev"):
        for folder, labels, sections in (
            ("pico-corpus", ("outcome", "outcome-Measure"), None),
            # only these two sections are annotated
            ("evidence-outcomes", ("Outcome",), ("results", "conclusions")),
            ("rct-art", ("OC",), None),
        ):
            for row in _json_lines(data / folder / f"{part}.jsonl"):
                marked = [(e["start"], e["end"]) for e in row["entities"] if e["label"] in labels]
                yield from tagged(read(reader, row["text"]), marked, sections=sections)
    for article, marked in _columns((data / "ebm-nlp/dev.tsv").read_text(encoding="utf-8"), "OUT"):
        yield from tagged(article, marked)
    for name in _PICO_SETS:
        parts = [data / f"pico-bio/{name}/fold1/{part}.tsv" for part in ("train", "dev", "test")]
        for article, marked in _columns("".join(p.read_text(encoding="utf-8") for p in parts), "O"):
            yield from tagged(article, marked)


def gold(records: Iterable[tuple[dict[str, Any], str]]) -> Sequences:
    """Tagged sentences of gold records; sentences in which an outcome is only hinted at are left out."""
    reader = Reader()
    for record, text in records:
        marked, unclear = gold_spans(record, text)
        yield from tagged(read(reader, text), marked, unclear=unclear)


def tagged(article: Article, marked: Spans, *, unclear: Spans = (), sections: Sequence[str] | None = None) -> Sequences:
    """Features and labels of every sentence. Of overlapping spans the longest counts."""
    kept: list[tuple[int, int]] = []
    for span in sorted(set(marked), key=lambda s: (s[0] - s[1], s[0])):
        if not any(a < span[1] and span[0] < b for a, b in kept):
            kept.append(span)
    doubtful = [u for u in unclear if not any(a <= u[0] < b for a, b in kept)]
    for run in token_runs(article):
        start, end = run.offsets[0][0], run.offsets[-1][1]
        left_out = sections is not None and run.sentence.section not in sections
        if left_out or any(a < end and start < b for a, b in doubtful):
            continue
        yield run.features, _labels(run.offsets, kept)


def _labels(offsets: Spans, kept: Spans) -> list[str]:
    labels: list[str] = []
    for start, end in offsets:
        inside = next((s for s in kept if s[0] <= start and end <= s[1]), None)
        opens = inside is not None and (inside[0] == start or not labels or labels[-1] == "O")
        labels.append("O" if inside is None else "B" if opens else "I")
    return labels


def gold_spans(record: dict[str, Any], text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Places that name the record's endpoints, and places that may do so."""
    marked: list[tuple[int, int]] = []
    unclear: list[tuple[int, int]] = []
    for row in record.get("endpoints") or []:
        quote = row.get("quote") or ""
        at = text.find(quote) if quote else -1
        quoted = (at, at + len(quote)) if at >= 0 else (0, 0)
        for start, end, sure in _named(row["name"], text, quoted):
            (marked if sure else unclear).append((start, end))
        if at >= 0 and not any(quoted[0] - 1 <= a and b <= quoted[1] + 1 for a, b in marked):
            best = _closest(row["name"], text, quoted)
            (marked if best else unclear).append(best or quoted)
    return marked, unclear


def _named(name: str, text: str, quoted: tuple[int, int]) -> Iterator[tuple[int, int, bool]]:
    bracket = _BRACKET.search(name)
    short = bracket[1] if bracket else None
    for form in {name, _BRACKET.sub("", name), *([short] if short else [])}:
        for m in regex.finditer(rf"(?<!\w){regex.escape(form)}(?!\w)", text, regex.IGNORECASE):
            # "pain" stands in many places that name no outcome; two words or a defined short form seldom do
            telling = len(regex.findall(r"[a-z0-9]+", form.lower())) >= 2 or (form == short and len(form) <= 6)
            yield m.start(), m.end(), telling or quoted[0] <= m.start() <= quoted[1]


def _closest(name: str, text: str, quoted: tuple[int, int]) -> tuple[int, int] | None:
    """The part of the quote that has most words in common with the name."""
    words = endpoint_words(name)
    tokens = [m.span() for m in TOKEN.finditer(text, *quoted)]
    best: tuple[float, int, int] | None = None
    for i, (start, first_end) in enumerate(tokens):
        if not endpoint_words(text[start:first_end]) and text[start:first_end].isalpha():
            continue
        for _, end in tokens[i : i + _LONGEST]:
            shared = overlap(endpoint_words(text[start:end]), words)
            if shared >= 0.5 and (best is None or shared > best[0] + 1e-9):
                best = (shared, start, end)
    return best[1:] if best else None


def _json_lines(path: Path) -> list[dict[str, Any]]:
    # not splitlines: texts hold other line ends
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _columns(source: str, label: str) -> Iterator[tuple[Article, list[tuple[int, int]]]]:
    """Documents of a token-per-line file as articles without sections."""
    for document in source.split("-DOCSTART-")[1:]:
        text, spans, sentences = "", list[list[int]](), list[Sentence]()
        for block in document.split("\n\n")[1:]:
            start = len(text)
            for line in block.split("\n"):
                token, _, tag = line.partition("\t")
                if not tag:
                    continue
                if tag == f"B-{label}":
                    spans.append([len(text), len(text) + len(token)])
                elif tag == f"I-{label}" and spans:
                    spans[-1][1] = len(text) + len(token)
                text += f"{token} "
            if len(text) > start:
                sentences.append(Sentence(start, len(text), None))
        yield Article(text=text, sentences=tuple(sentences)), [(a, b) for a, b in spans]
