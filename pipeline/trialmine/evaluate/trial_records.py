"""Annotated trial records and their texts: the shared gold, and our own annotation of abstracts that lie beside it.

Our own lies in `corpus/annotations/trials.jsonl` without the texts, which are not ours: strings that stand in an
abstract are kept as places ("@12:34"), and what the abstract says is looked up in the shared corpus. To measure on it,
`python -m trialmine.evaluate.trial_records --out FOLDER` writes it in the form of the gold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialmine.errors import InputError
from trialmine.evaluate.annotated import read_jsonl
from trialmine.evaluate.gold import PARTS, Part, held_out, in_part

Records = Sequence[tuple[dict[str, Any], str]]

OWN = Path(__file__).resolve().parents[3] / "corpus" / "annotations" / "trials.jsonl"
_ABSTRACTS = "data/pmc-rct/abstracts.jsonl"
_PLACE = re.compile(r"@(\d+):(\d+)")
_SHORTEST = 4
_KEPT = frozenset(
    (
        *(
            "doc_id",
            "document_kind",
            "id",
            "kind",
            "role",
            "measure",
            "unit",
            "code",
            "route",
            "period_unit",
            "control",
        ),
        *("phase", "allocation", "masking", "assignment", "escalation", "purpose", "sex", "comparator"),
    )
)
"""Keys whose values are words of the contract, not of the text."""


def read_records(shared: Path, name: str) -> Records:
    """The records of gold/NAME.jsonl with their texts; with those of "train" come our own."""
    folder = shared / "gold"
    texts = {row["doc_id"]: row["text"] for row in read_jsonl(folder / f"{name}.texts.jsonl")}
    gold = [(row, texts[row["doc_id"]]) for row in read_jsonl(folder / f"{name}.jsonl")]
    return gold + list(read_own(shared)) if name == "train" else gold


def open_records(shared: Path) -> Records:
    """The records to learn from: without the fifth that is kept for measuring."""
    return [(record, text) for record, text in read_records(shared, "train") if not held_out(record["doc_id"])]


def read_own(shared: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Our own annotation with its texts; none outside of a checkout or where the abstracts are not there.

    Raises:
        InputError: an abstract is missing or is another than the one that was annotated.
    """
    abstracts = shared / _ABSTRACTS
    if not OWN.is_file() or not abstracts.is_file():
        return
    texts = {str(row.get("doc_id")): row["text"] for row in read_jsonl(abstracts)}
    for row in read_jsonl(OWN):
        text = annotated_text(
            texts.get(row["doc_id"]), row.pop("text_sha256"), f"the abstract {row['doc_id']}", abstracts
        )
        yield restored(row, text), text


def annotated_text(text: str | None, wanted: str, called: str, where: Path) -> str:
    """The text, if it is there and its hash the one that was annotated.

    Raises:
        InputError: it is missing or another.
    """
    if text is None or text_hash(text) != wanted:
        what = "is missing" if text is None else "is not what was annotated"
        raise InputError(f"{called} {what}", where=str(where), remedy="Restore the corpus.")
    return text


def text_hash(text: str) -> str:
    """What tells an abstract from a changed one."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stand_off(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The record with places of `text` in the stead of the strings that stand there."""

    def placed(value: str) -> str:
        start = text.find(value) if len(value) >= _SHORTEST else -1
        return value if start < 0 else f"@{start}:{start + len(value)}"

    return {"text_sha256": text_hash(text), **_mapped(record, placed)}


def restored(record: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The record with the strings of `text` in the stead of their places."""

    def read(value: str) -> str:
        place = _PLACE.fullmatch(value)
        return text[int(place[1]) : int(place[2])] if place else value

    return _mapped(record, read)


def _mapped(record: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    def mapped(value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {k: mapped(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [mapped(v, key) for v in value]
        return change(value) if isinstance(value, str) and key not in _KEPT else value

    out: dict[str, Any] = mapped(record)
    return out


def main(arguments: Sequence[str] | None = None) -> None:
    """Write our own annotation in the form of the gold: own.jsonl and own.texts.jsonl."""
    parser = argparse.ArgumentParser(prog="python -m trialmine.evaluate.trial_records", description=main.__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", choices=PARTS, default="all", help="held-out is the fifth that teaches nothing")
    args = parser.parse_args(arguments)
    write_own(args.shared, args.out, args.part)


def write_own(shared: Path, out: Path, part: Part = "all") -> None:
    """Write our own annotation of that part into a folder, in the form of the gold."""
    chosen = [(record, text) for record, text in read_own(shared) if in_part(record["doc_id"], part)]
    rows = [{"doc_id": r["doc_id"], "title": text.split("\n", 1)[0], "text": text} for r, text in chosen]
    write_as_gold(out, "own", [r for r, _ in chosen], rows)


def write_as_gold(
    out: Path, name: str, records: Sequence[Mapping[str, Any]], texts: Sequence[Mapping[str, Any]]
) -> None:
    """Write NAME.jsonl and NAME.texts.jsonl into a folder, which is made if it is not there."""
    out.mkdir(parents=True, exist_ok=True)
    for file, lines in ((f"{name}.jsonl", records), (f"{name}.texts.jsonl", texts)):
        written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (out / file).write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
