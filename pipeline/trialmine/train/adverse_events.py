"""Trains the judge of unwanted events: `trialmine train adverse-events`.

It learns from the gold records, and with half the weight from the adverse effects that CT-Corpus marks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import regex

from trialmine.assemble.adverse_events.features import Features, event_features
from trialmine.assemble.adverse_events.telling import Telling, tellings
from trialmine.evaluate.record_view import overlap, words_of
from trialmine.evaluate.trial_records import open_records
from trialmine.extract.registry import extract_mentions
from trialmine.nlp.reader import Reader
from trialmine.records.article import Article, Mention
from trialmine.records.document import CleanText
from trialmine.train.linear import fit_linear, save_weights
from trialmine.train.unread import WORK, UnreadReader

_ALIKE = 0.5
_CORPUS_WEIGHT = 0.5
_REGULARISATION = 0.3
# what CT-Corpus counts as safety and a record as a result: laboratory values, weight, doses
_MEASURED = regex.compile(
    r"weight|bmi|body mass|dose|insulin|iop|pressure|hba|glucose|pulse|flow|heart rate|visual field|acuity|sensitivity"
    r"|lipid|cholest",
    regex.IGNORECASE,
)
Example = tuple[Features, bool, float]
Span = tuple[int, int]


def examples_of_records(records: Sequence[tuple[dict[str, Any], str]], reader: Reader) -> Iterator[Example]:
    """Every possible event of a gold record's text, and whether the record has a row of it."""
    for record, text in records:
        article, told, rows = _read(text, reader)
        events = [(t, e) for t in told for e in t.events]
        right = _told_rows(article, events, record.get("adverse_events") or [])
        yield from ((row, i in right, 1.0) for i, row in enumerate(rows))


def _told_rows(article: Article, events: Sequence[tuple[Telling, Mention]], gold: Sequence[dict[str, Any]]) -> set[int]:
    """For each gold row the event that is likest, best in the row's quote, then in its sentence."""
    right = set()
    for row in gold:
        quote = row.get("quote") or row.get("text") or ""
        at = article.text.find(quote) if quote else -1
        ranked = []
        for i, (telling, event) in enumerate(events):
            likeness = overlap(words_of(article.text[event.start : event.end]), words_of(row["term"]))
            inside = at >= 0 and at <= event.start and event.end <= at + len(quote)
            near = at >= 0 and telling.sentence.start <= at < telling.sentence.end
            if likeness >= _ALIKE:
                ranked.append((2 * inside + near + likeness, -i))
        if ranked:
            right.add(-max(ranked)[1])
    return right


def examples_of_corpus(path: Path, reader: Reader) -> Iterator[Example]:
    """Every possible event of CT-Corpus, and whether it is marked as an adverse effect of an arm."""
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        marks = list(marked_effects(document))
        article, told, rows = _read(document["text"], reader)
        for event, row in zip((e for t in told for e in t.events), rows, strict=True):
            if not _MEASURED.search(article.text[event.start : event.end]):
                yield row, any(a < event.end and event.start < b for a, b in marks), _CORPUS_WEIGHT


def marked_effects(document: dict[str, Any]) -> Iterator[Span]:
    """Where the endpoints stand that the arms of a CT-Corpus document have as adverse effects."""
    templates = {t["id"]: t["slots"] for t in document["templates"]}
    spans = {e["id"]: (e["start"], e["end"]) for e in document["entities"]}
    for arm in (t["slots"] for t in document["templates"] if t["type"] == "Arm"):
        for outcome in arm.get("hasAdverseEffect", []):
            for endpoint in templates[outcome].get("hasEndpoint", []):
                yield from (spans[name] for name in templates[endpoint].get("hasEndoPointDescription", []))


def _read(text: str, reader: Reader) -> tuple[Article, list[Telling], list[Features]]:
    article = reader.read(CleanText(text, text))
    mentions = extract_mentions(article)
    told = list(tellings(article, mentions))
    return article, told, [row for rows in event_features(article, mentions, told) for row in rows]


def train_adverse_events(examples: Sequence[Example]) -> dict[str, Any]:
    """Weights of the judge."""
    rows, labels, weights = zip(*examples, strict=True)
    return fit_linear(rows, labels, c=_REGULARISATION, weights=weights)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the judge and write its weights into the package."""
    parser = argparse.ArgumentParser(prog="trialmine train adverse-events", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the models that left a half out")
    args = parser.parse_args(arguments)
    reader = UnreadReader(args.shared, args.work)
    examples = list(examples_of_records(open_records(args.shared), reader))
    examples += examples_of_corpus(args.shared / "data" / "ct-corpus" / "train.jsonl", reader)
    save_weights("adverse_event", train_adverse_events(examples))


if __name__ == "__main__":
    main()
