"""Gold records: what people have checked, in the form that `trialmine evaluate` and the training read."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

from trialmine.errors import InputError
from trialmine.export.writer import Notes, Options, Run, Writer
from trialmine.report.files import written_whole
from trialmine.review.gold import gold_record


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    with ExitStack() as files:
        gold = files.enter_context(written_whole(target))
        texts = files.enter_context(written_whole(target.with_suffix("").with_suffix(".texts.jsonl")))
        for record, text in run.documents():
            if not run.checked(record):
                notes.lost(record, "a record that nobody has checked")
                continue
            notes.written += 1
            gold.write(json.dumps(gold_record(record), ensure_ascii=False) + "\n")
            row = {"doc_id": record.doc_id, "text": text, "title": record.source.title}
            texts.write(json.dumps({k: v for k, v in row.items() if v is not None}) + "\n")
        if notes.losses and not notes.written:
            remedy = "Check records on the review page first: trialmine serve RUN."
            raise InputError("no record was checked by a person yet", where=str(target), remedy=remedy)


GOLD = Writer(
    "gold",
    "gold records of what people have checked, for trialmine evaluate and for training; texts beside them",
    _write,
    suffix=".jsonl",
    never=("cleaning, warnings and source",),
)
