"""Counts the words of biomedical texts into the compact list that word repair is measured against.

    trialmine train word-list OUT.txt.xz TEXT.txt.xz abstracts.jsonl ...

The list holds single words and their counts, and pairs of neighbours that would make a word if they were joined
("there fore", "on set"): how often such a pair stands in print tells a split word from two words.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

MIN_COUNT = 3
_WORD = re.compile(r"[^\W\d_]+")
# words that stand side by side, with nothing but one blank between them
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")


def lines(path: Path) -> Iterator[str]:
    """The texts of one file: a line each, or the strings of each JSON line."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as rows:
            for row in rows:
                yield from _strings(json.loads(row))
        return
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as stream:
        yield from stream


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def count(paths: list[Path]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Counts of words, and of neighbours whose joined form is a word."""
    words: Counter[str] = Counter()
    for path in paths:
        for line in lines(path):
            words.update(_WORD.findall(line.lower()))
    kept = Counter({w: n for w, n in words.items() if n >= MIN_COUNT and len(w) > 1})
    pairs: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for line in lines(path):
            for run in _RUN.findall(line.lower()):
                pairs.update(p for p in pairwise(run.split(" ")) if p[0] + p[1] in kept)
    return kept, pairs


def write(path: Path, words: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    """Write the list: words in order with their counts, a blank line, pairs with theirs."""
    rows = [f"{w} {n}" for w, n in sorted(words.items())]
    rows += ["", *(f"{a} {b} {n}" for (a, b), n in sorted(pairs.items()))]
    path.write_bytes(lzma.compress("\n".join(rows).encode(), preset=9 | lzma.PRESET_EXTREME))


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the list from the command line."""
    parser = argparse.ArgumentParser(prog="trialmine train word-list", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path, help="the list, an .xz file")
    parser.add_argument("texts", type=Path, nargs="+", help="texts, a paragraph a line (.txt, .xz), or JSON lines")
    options = parser.parse_args(arguments)
    out: Path = options.out
    words, pairs = count(options.texts)
    write(out, words, pairs)
    print(f"{len(words)} words, {len(pairs)} pairs, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
