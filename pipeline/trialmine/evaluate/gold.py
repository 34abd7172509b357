"""Reads gold records, texts and a run's records, paired by doc_id; says which of the training records are kept back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from trialmine.errors import InputError
from trialmine.evaluate.record_view import BLOCKS
from trialmine.report.run_folder import RECORDS

Part = Literal["all", "open", "held-out"]
PARTS: tuple[Part, ...] = ("all", "open", "held-out")


def held_out(doc_id: str) -> bool:
    """Whether a training record belongs to the fifth that teaches nothing and whose errors nobody reads."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 5 == 0


def in_part(doc_id: str, part: Part) -> bool:
    """Whether the document belongs to the part."""
    return part == "all" or held_out(doc_id) == (part == "held-out")


def read_objects(path: Path, *, remedy: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file with their line numbers.

    Raises:
        InputError: the file can't be read, or a line is no JSON object.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                where = f"{path}, line {number}"
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise InputError(f"the line is no JSON ({error})", where=where, remedy=remedy) from error
                if not isinstance(row, dict):
                    raise InputError("the line is no JSON object", where=where, remedy=remedy)
                yield number, row
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", where=str(path), remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 text ({error.reason})", where=str(path), remedy=remedy) from error


def read_gold(path: Path, part: Part = "all") -> dict[str, dict[str, Any]]:
    """Gold records by document.

    Raises:
        InputError: there are none, or a line is no record.
    """
    gold = _by_document(path, "Give trial records as JSON lines, one a line, each with its doc_id.")
    if not any(block in record for record in gold.values() for block in BLOCKS):
        remedy = f"Each line needs blocks of the trial record ({', '.join(BLOCKS)})."
        raise InputError("there are no gold records here", where=str(path), remedy=remedy)
    return {doc_id: record for doc_id, record in gold.items() if in_part(doc_id, part)}


def read_predicted(path: Path) -> dict[str, dict[str, Any]]:
    """A run's records by document, from its folder or from a file of records.

    Raises:
        InputError: there are none, or a line is no record.
    """
    source = path / RECORDS if path.is_dir() else path
    return _by_document(source, "Name the folder of a run (trialmine run INPUT… -o FOLDER) or a file of records.")


def read_texts(path: Path) -> dict[str, dict[str, Any]]:
    """Rows with `text` (and `title`, if there is one) by document.

    Raises:
        InputError: there are none, or a line has no text.
    """
    remedy = 'Give one object a line: {"doc_id": …, "text": …}.'
    rows = _by_document(path, remedy)
    for doc_id, row in rows.items():
        if not isinstance(row.get("text"), str):
            raise InputError(f"document {doc_id} has no text", where=str(path), remedy=remedy)
    return rows


def texts_beside(gold: Path) -> Path | None:
    """NAME.texts.jsonl beside NAME.jsonl, if it is there."""
    path = gold.with_suffix("").with_suffix(".texts.jsonl")
    return path if path.is_file() else None


def _by_document(path: Path, remedy: str) -> dict[str, dict[str, Any]]:
    out = {}
    for number, row in read_objects(path, remedy=remedy):
        doc_id = row.get("doc_id") or row.get("record_id")
        if not doc_id:
            raise InputError("the line has no doc_id", where=f"{path}, line {number}", remedy=remedy)
        out[str(doc_id)] = row
    return out
