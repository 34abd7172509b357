"""`trialmine evaluate`: how good records and entities are, measured on annotated data."""

from __future__ import annotations

import json as json_module
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialmine.cli.labels import read_labels

if TYPE_CHECKING:
    from trialmine.evaluate.corpora.corpus import Corpus
    from trialmine.evaluate.corpora.measuring import CorpusReport
    from trialmine.evaluate.evidence_audit import Audit
    from trialmine.evaluate.records import RecordScores

_FAILED = 1
_KINDS = 10  # kinds of misses that are shown
_NER_MODEL = typer.Option(
    "--ner-model", metavar="NAME_OR_PATH", help="A spaCy model for the NER slot; none for rules alone."
)
_LABEL_MAP = typer.Option("--label-map", metavar="FILE", help="JSON object: the model's labels to ours.")
_JSON = typer.Option("--json", help="Write JSON.")

evaluate = typer.Typer(
    no_args_is_help=True, help="Measure entities, records and the reading of public corpora against annotated data."
)


@evaluate.command()
def ner(
    data: Annotated[Path, typer.Argument(metavar="DATA", help="IOB2 tags (.tsv) or character spans (.jsonl).")],
    ner_model: Annotated[str | None, _NER_MODEL] = None,
    label_map: Annotated[Path | None, _LABEL_MAP] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option("--rename", metavar="DATA=MODEL", help="A label of the data, as the model says it."),
    ] = None,
    sentences: Annotated[
        int, typer.Option(min=1, help="Tagged sentences that are read as one text where no documents are marked.")
    ] = 8,
    speed: Annotated[bool, typer.Option("--speed", help="Words a second, and the most memory that was held.")] = False,
    errors: Annotated[int, typer.Option(metavar="N", help="Show N spans missed or too many of each label.")] = 0,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Score an entity recogniser: exact and overlapping spans per label, with 95 % intervals over documents."""
    from trialmine.evaluate.ner import read_annotated, score_ner, span_errors
    from trialmine.nlp.ner import load_ner

    documents = read_annotated(data, _renaming(rename or []), sentences=sentences)
    scores = score_ner(load_ner(ner_model, read_labels(label_map)), documents, speed=speed)
    names = [name for name in scores.labels if name != "*"]
    shown = [(name, *e) for name in names for e in islice(span_errors(scores, documents, name), errors)]
    if json:
        keys = ("label", "kind", "doc_id", "text")
        _print_json(scores.as_json() | ({"errors": [dict(zip(keys, e, strict=True)) for e in shown]} if errors else {}))
        return
    from trialmine.cli.figures import spans_table

    notes = [f"{scores.documents} texts."]
    if scores.unknown:
        notes.append(f"Not scored, since the model has no such label: {', '.join(scores.unknown)}.")
    if scores.words_per_second is not None:
        memory = f"{scores.peak_memory / 1e6:.0f} MB at most" if scores.peak_memory else "memory not known here"
        notes.append(f"{scores.words_per_second:,.0f} words a second; {memory}.")
    _print([spans_table(data.name, scores.labels), *notes, *(" | ".join(e) for e in shown)])


@evaluate.command()
def records(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Gold records, one a line.")],
    texts: Annotated[
        Path | None,
        typer.Option(metavar="TEXTS.jsonl", help="Their texts (doc_id, text); else GOLD.texts.jsonl if it is there."),
    ] = None,
    predicted: Annotated[
        Path | None,
        typer.Option("--records", metavar="RECORDS", help="A run's folder or records; else the texts are read now."),
    ] = None,
    part: Annotated[
        str, typer.Option(metavar="PART", help="all, or of training records the open ones or the held-out fifth.")
    ] = "all",
    ner_model: Annotated[str | None, _NER_MODEL] = None,
    label_map: Annotated[Path | None, _LABEL_MAP] = None,
    errors: Annotated[int, typer.Option(metavar="N", help="Show N differences of each block.")] = 0,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Score records against gold records: precision, recall and F1 per block and slot, and evidence that shows nothing.

    Exit code 0: every document gave a record; 1: some did not; 2: the call makes no sense.
    """
    from trialmine.evaluate import gold as reading
    from trialmine.evaluate.records import score_records

    chosen = _part(part, errors)
    wanted = reading.read_gold(gold, chosen)
    beside = texts or reading.texts_beside(gold)
    rows = reading.read_texts(beside) if beside else {}
    failures: dict[str, str] = {}
    if predicted is not None:
        found = reading.read_predicted(predicted)
    else:
        found, failures = _read_now(wanted, rows, gold, ner_model, label_map)
    scores = score_records(wanted, found, {name: row["text"] for name, row in rows.items()} or None)
    _show_records(scores, errors, json=json)
    _end(failures, scores.missing)


@evaluate.command()
def corpus(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="The corpus; without it, all are listed.")] = None,
    path: Annotated[Path | None, typer.Argument(metavar="PATH", help="Its folder, or the file of one part.")] = None,
    predicted: Annotated[
        Path | None,
        typer.Option("--records", metavar="RECORDS", help="A run's folder or records; else the texts are read now."),
    ] = None,
    ner_model: Annotated[str | None, _NER_MODEL] = None,
    label_map: Annotated[Path | None, _LABEL_MAP] = None,
    errors: Annotated[int, typer.Option(metavar="N", help="Show N misses of each label.")] = 0,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Score the records of a public corpus' texts against what the corpus marks, and count the kinds of misses.

    Exit code 0: every text gave a record; 1: some did not; 2: the call makes no sense.
    """
    from trialmine.evaluate.corpora.registry import CORPORA, corpus_named

    if name is None:
        _print([f"{c.name}: {c.description} (reads {c.file})" for c in CORPORA])
        return
    chosen = corpus_named(name)
    if path is None:
        from trialmine.errors import ConfigError

        raise ConfigError(f"where {name} lies is not said", remedy=f"Give its folder: evaluate corpus {name} PATH.")
    report, failures = _measured(chosen, path, predicted, ner_model, label_map)
    _show_corpus(report, errors, json=json)
    _end(failures, report.missing)


@evaluate.command()
def kinds(
    shared: Annotated[Path, typer.Argument(metavar="SHARED", help="The folder that holds gold/ and data/.")],
    ner_model: Annotated[str | None, _NER_MODEL] = None,
    label_map: Annotated[Path | None, _LABEL_MAP] = None,
    json: Annotated[bool, _JSON] = False,
) -> None:
    """Score the kind of document that texts of known kind are taken for: recall, precision and confusions per source.

    Exit code 0: every text gave a record; 1: some did not; 2: the call makes no sense.
    """
    from trialmine.errors import ConfigError
    from trialmine.evaluate import kinds as measuring
    from trialmine.evaluate.records import extracted
    from trialmine.flow import load

    texts = measuring.labelled_texts(shared)
    if not texts:
        raise ConfigError("no text of known kind is there", where=str(shared), remedy="Name the folder with gold/.")
    pipeline = load(ner_model=ner_model, label_map=read_labels(label_map))
    found, failures = extracted(pipeline, measuring.documents(texts))
    scores = measuring.score_kinds(texts, found)
    if json:
        _print_json(scores.as_json())
    else:
        from trialmine.cli.figures import figures_table

        tables = [figures_table(source, figures) for source, figures in scores.figures.items()]
        _print([*tables, *measuring.told_lines(scores)])
    _end(failures)


def _measured(
    chosen: Corpus, path: Path, predicted: Path | None, ner_model: str | None, label_map: Path | None
) -> tuple[CorpusReport, dict[str, str]]:
    from trialmine.evaluate.corpora.corpus import documents
    from trialmine.evaluate.corpora.measuring import measure
    from trialmine.evaluate.gold import read_predicted
    from trialmine.evaluate.records import extracted
    from trialmine.flow import load

    examples = chosen.read(path)
    failures: dict[str, str] = {}
    if predicted is not None:
        found = read_predicted(predicted)
    else:
        pipeline = load(ner_model=ner_model, label_map=read_labels(label_map))
        found, failures = extracted(pipeline, documents(chosen, examples))
    return measure(chosen, examples, found, path), failures


def _show_corpus(report: CorpusReport, errors: int, *, json: bool) -> None:
    labels = sorted({m.label for m in report.scores.misses})
    shown = [m for label in labels for m in [m for m in report.scores.misses if m.label == label][:errors]]
    if json:
        listed = [{"label": m.label, "kind": m.kind, "doc_id": m.doc_id, "text": m.text} for m in shown]
        _print_json(report.as_json() | ({"errors": listed} if errors else {}))
        return
    from trialmine.cli.figures import figures_table

    tables = [figures_table(title, rows) for title, rows in report.scores.tables.items()]
    kinds = [f"{n:5}  {kind}" for kind, n in list(report.kinds_of_misses().items())[:_KINDS]]
    note = f"{report.documents} texts, {report.missing} without a record."
    misses = [f"{m.label} | {m.kind} | {m.doc_id} | {m.text}" for m in shown]
    _print(
        [
            *tables,
            note,
            *_evidence(report.audit, errors),
            *(["The commonest misses:"] if kinds else []),
            *kinds,
            *misses,
        ]
    )


def _read_now(
    wanted: Iterable[str], rows: Mapping[str, Any], gold: Path, ner_model: str | None, label_map: Path | None
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    from trialmine.errors import ConfigError
    from trialmine.evaluate.records import extracted
    from trialmine.flow import load

    if not rows:
        remedy = "Give the texts with --texts TEXTS.jsonl, or a run's records with --records."
        raise ConfigError("there are no texts to read", where=str(gold), remedy=remedy)
    pipeline = load(ner_model=ner_model, label_map=read_labels(label_map))
    return extracted(pipeline, [rows[name] for name in wanted if name in rows])


def _show_records(scores: RecordScores, errors: int, *, json: bool) -> None:
    from trialmine.evaluate.record_view import BLOCKS

    of_block = {b: [d for d in scores.differences if d.block == b][:errors] for b in BLOCKS}
    if json:
        listed = [
            {"block": d.block, "doc_id": d.doc_id, "slot": d.slot, "gold": str(d.gold), "predicted": str(d.predicted)}
            for block in BLOCKS
            for d in of_block[block]
        ]
        _print_json(scores.as_json() | ({"errors": listed} if errors else {}))
        return
    from trialmine.cli.figures import difference_line, figures_table

    note = f"{scores.documents} gold records, {scores.missing} without a record of ours."
    differences = [difference_line(d) for block in BLOCKS for d in of_block[block]]
    links = {f"{block}: arms of shared rows": figure for block, figure in scores.links.items()}
    _print([figures_table("", {**scores.figures, **links}), note, *_evidence(scores.audit, errors), *differences])


def _evidence(audit: Audit | None, errors: int) -> list[str]:
    if audit is None:
        return ["The evidence was not audited, since there are no texts (--texts)."]
    lines = [f"{audit.entries} pieces of evidence, {len(audit.unsupported)} unsupported."]
    return [*lines, *(f"{u.block} {u.doc_id} {u.row or ''}  {u.reason}" for u in audit.unsupported[:errors])]


def _part(part: str, errors: int) -> Any:
    from trialmine.errors import ConfigError
    from trialmine.evaluate.gold import PARTS

    if part not in PARTS:
        raise ConfigError(f"there is no part {part!r}", where="--part", remedy=f"Say one of {', '.join(PARTS)}.")
    if part == "held-out" and errors:
        remedy = "Read the errors of --part open; the held-out fifth gives figures only."
        raise ConfigError("the errors of the held-out fifth are nobody's to read", where="--errors", remedy=remedy)
    return part


def _renaming(pairs: Sequence[str]) -> dict[str, str]:
    from trialmine.errors import ConfigError

    out = {}
    for pair in pairs:
        old, sign, new = pair.partition("=")
        if not (old and sign):
            raise ConfigError(
                f"{pair!r} renames nothing", where="--rename", remedy="Write DATA=MODEL, as Drug=CHEMICAL."
            )
        out[old] = new
    return out


def _end(failures: Mapping[str, str], missing: int = 0) -> None:
    """Name the documents that gave no record; say so with the exit code too."""
    for doc_id, reason in failures.items():
        typer.echo(f"trialmine: {doc_id}: {reason}", err=True)
    if failures or missing:
        raise typer.Exit(_FAILED)


def _print_json(value: Mapping[str, Any]) -> None:
    sys.stdout.write(json_module.dumps(value, indent=1, ensure_ascii=False) + "\n")


def _print(parts: Iterable[Any]) -> None:
    from rich.text import Text

    from trialmine.cli.console import for_results

    console = for_results()
    for part in parts:
        console.print(Text(part) if isinstance(part, str) else part)
