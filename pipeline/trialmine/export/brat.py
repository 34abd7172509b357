"""brat standoff: a folder with a .txt and an .ann for each record, to be opened in brat or read by its many tools.

A row is a text-bound annotation, its values a note; links are relations. Pieces of evidence are fragments of one
annotation, overlapping ones drawn together; brat knows no line break inside a fragment, so each line is one.
"""

from __future__ import annotations

import re
from pathlib import Path

import orjson

from trialmine.export.annotations import links, rows
from trialmine.export.writer import Notes, Options, Run, Writer
from trialmine.records.evidence import Evidence
from trialmine.records.trial import TrialRecord
from trialmine.report.files import writable_folder, written_whole

_UNSAFE = re.compile(r"[^\w.-]+")
_LINE = re.compile(r"[^\r\n]+")


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    writable_folder(target)
    taken: set[str] = set()
    for record, text in run.documents():
        name = _file_name(record, taken)
        with written_whole(target / f"{name}.txt") as file:
            file.write(text.encode("utf-8", "replace").decode("utf-8"))
        with written_whole(target / f"{name}.ann") as file:
            file.write(_standoff(record, text))
        notes.written += 1


def _file_name(record: TrialRecord, taken: set[str]) -> str:
    stem = name = _UNSAFE.sub("_", record.doc_id).strip("._")[:100] or "document"
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}_{number}"
    taken.add(name.casefold())
    return name


def _standoff(record: TrialRecord, raw: str) -> str:
    names: dict[str, str] = {}
    lines = []
    for number, row in enumerate(rows(record), 1):
        mark = names[row.key] = f"T{number}"
        spans, text = _fragments(row.places, raw)
        lines.append(f"{mark}\t{row.kind} {spans}\t{text}")
        lines.append(f"#{number}\tAnnotatorNotes {mark}\t{orjson.dumps({'id': row.key, **row.values}).decode()}")
    lines += [
        f"R{number}\t{link.kind} Arg1:{names[link.source]} Arg2:{names[link.target]}"
        for number, link in enumerate(links(record), 1)
    ]
    return "".join(f"{line}\n" for line in lines)


def _fragments(places: tuple[Evidence, ...], raw: str) -> tuple[str, str]:
    merged: list[tuple[int, int]] = []
    for place in sorted(places, key=lambda p: (p.start, p.end)):
        if merged and place.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], place.end))
        else:
            merged.append((place.start, place.end))
    parts = [line for start, end in merged for line in _LINE.finditer(raw, start, end)]
    spans = ";".join(f"{p.start()} {p.end()}" for p in parts)
    return spans, " ".join(p.group() for p in parts)


BRAT = Writer(
    "brat",
    "a folder of brat standoff: .txt and .ann for each record",
    _write,
    never=("source", "repairs of the text", "warnings"),
)
