"""Our own annotation of what was given: excerpts of articles, abstracts of cancer trials and others, with their doses.

`corpus/annotations/regimens.jsonl` holds interventions, arms and dosing rows without the texts, which are not ours:
each record says where its text stands in the shared corpora, and strings of the text are kept as places in it. To
measure on it, `python -m trialmine.evaluate.regimens --out FOLDER` writes it in the form of the gold.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from trialmine.evaluate.annotated import read_jsonl
from trialmine.evaluate.gold import PARTS, Part
from trialmine.evaluate.trial_records import annotated_text, restored, write_as_gold

Kind = Literal["methods", "cancer", "abstract"]
KINDS: tuple[Kind, ...] = ("methods", "cancer", "abstract")

REGIMENS = Path(__file__).resolve().parents[3] / "corpus" / "annotations" / "regimens.jsonl"
# how a corpus names its texts, and where it keeps them
_KEYS: Mapping[str, tuple[str, str]] = {
    "pico-corpus/train.jsonl": ("pmid", "text"),
    "drug-combo/train.jsonl": ("id", "paragraph"),
    "pmc-rct/abstracts.jsonl": ("doc_id", "text"),
}
_HEADING = re.compile(r"^(?:[A-Z][^.\n]*\.)*([A-Z0-9][^.\n]{2,}):$", re.MULTILINE)


def read_regimens(shared: Path, kind: Kind | None = None, part: Part = "all") -> Iterator[tuple[dict[str, Any], str]]:
    """The records with their texts; none outside of a checkout or where the corpora are not there.

    Raises:
        InputError: a text is missing or is another than the one that was annotated.
    """
    data = shared / "data"
    if not REGIMENS.is_file() or not data.is_dir():
        return
    rows = [
        row
        for row in read_jsonl(REGIMENS)
        if (kind in (None, row["source"]["kind"])) and part in ("all", "held-out" if row["held_out"] else "open")
    ]
    texts = {file: _texts(data / file) for file in {row["source"]["file"] for row in rows}}
    for row in rows:
        source, wanted = row.pop("source"), row.pop("text_sha256")
        row.pop("held_out")
        found = _text(texts[source["file"]], source)
        text = annotated_text(found, wanted, f"the text of {row['doc_id']}", data / source["file"])
        yield restored(row, text), text


def _texts(path: Path) -> Mapping[str, str] | Sequence[str]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as file:
            return file.read().split("\n")
    key, text = _KEYS["/".join(path.parts[-2:])]
    return {str(row[key]): row.get(text) or "" for row in read_jsonl(path)}


def _text(texts: Mapping[str, str] | Sequence[str], source: Mapping[str, Any]) -> str | None:
    if isinstance(texts, Mapping):
        return texts.get(source["id"])
    first, last = source["lines"]
    # "BODY.METHODS.STUDY DRUG:" is the way of the file to write a heading
    text = _HEADING.sub(lambda m: m[1].capitalize(), "\n".join(texts[first:last]))
    return text[: source.get("length")]


def write_regimens(shared: Path, out: Path, kind: Kind | None = None, part: Part = "all") -> None:
    """Write the records into a folder, in the form of the gold: regimens.jsonl and regimens.texts.jsonl."""
    chosen = list(read_regimens(shared, kind, part))
    rows = [{"doc_id": record["doc_id"], "text": text} for record, text in chosen]
    write_as_gold(out, "regimens", [r for r, _ in chosen], rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write our annotation of regimens in the form of the gold."""
    parser = argparse.ArgumentParser(prog="python -m trialmine.evaluate.regimens", description=main.__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kind", choices=KINDS, default=None, help="both, if none is told")
    parser.add_argument("--part", choices=PARTS, default="all", help="held-out teaches nothing")
    args = parser.parse_args(arguments)
    write_regimens(args.shared, args.out, args.kind, args.part)


if __name__ == "__main__":
    main()
