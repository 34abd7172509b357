"""Subword (floret) vectors from the raw biomedical text: every token gets a vector, a garbled or new drug name too."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from spacy.language import Language
from spacy.vectors import Mode, Vectors

from trialmine.nlp.tokenizer import blank

DIMENSIONS = 160
BUCKETS = 50_000
HASHES = 2
MIN_N, MAX_N = 4, 5

_JSONL = (
    "gold/train.texts.jsonl",
    "data/pmc-rct/abstracts.jsonl",
    "data/bc5cdr/train.jsonl",
    "data/bc5cdr/dev.jsonl",
    "data/ncbi-disease/train.jsonl",
    "data/biored/train.jsonl",
    "data/pico-corpus/train.jsonl",
    "data/ct-corpus/train.jsonl",
    "data/evidence-outcomes/train.jsonl",
    "data/phee/train.jsonl",
    "data/drug-combo/train.jsonl",
)


def raw_texts(shared: Path, lines: int | None = None) -> Iterator[str]:
    """Every text that may be read without its annotation: so many lines of the raw text, then the corpora's own."""
    with lzma.open(shared / "data/raw-text/biomed.txt.xz", "rt", encoding="utf-8") as file:
        yield from (line.strip() for line in islice(file, lines))
    for name in _JSONL:
        with (shared / name).open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield " ".join(str(row[key]) for key in ("title", "text", "abstract") if row.get(key))


def write_tokens(shared: Path, out: Path, lines: int | None = None) -> int:
    """Write the raw texts as lower-case tokens, a text a line, and return the number of tokens."""
    nlp, count = blank(), 0
    with out.open("w", encoding="utf-8") as file:
        for text in raw_texts(shared, lines):
            words = [t.lower_ for t in nlp.make_doc(text) if not t.is_space]
            count += len(words)
            file.write(" ".join(words) + "\n")
    return count


def train_vectors(tokens: Path, out: Path, *, epochs: int, threads: int = 1) -> None:
    """Train floret CBOW vectors and write floret's table; one thread gives the same table again."""
    import floret

    model = floret.train_unsupervised(
        str(tokens),
        model="cbow",
        mode="floret",
        hashCount=HASHES,
        bucket=BUCKETS,
        dim=DIMENSIONS,
        minn=MIN_N,
        maxn=MAX_N,
        minCount=5,
        epoch=epochs,
        neg=5,
        thread=threads,
    )
    model.save_floret_vectors(str(out))


def vectors_pipeline(table: Path) -> Language:
    """A blank pipeline that holds the vectors of a floret table, looked up by lower-case form."""
    from spacy.training.initialize import convert_vectors

    nlp = blank()
    convert_vectors(nlp, table, truncate=-1, prune=-1, mode=Mode.floret, attr="LOWER")
    if not isinstance(nlp.vocab.vectors, Vectors) or nlp.vocab.vectors.mode != Mode.floret:
        raise TypeError(f"{table} did not give floret vectors")
    return nlp
