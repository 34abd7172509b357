"""Groups words by the company they keep, for the outcome tagger: `trialmine train word-clusters`.

Counts of neighbours at four places, positive pointwise mutual information, 64 dimensions, k-means.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import regex

from trialmine.extract.outcome_features import TOKEN

WORDS, KEPT, CONTEXTS, DIMENSIONS = 25_000, 20_000, 1_500, 64
COARSE, FINE = 64, 400
_PARAGRAPHS = 85_000
_HEAD = (
    "# Words of open-access trial reports and reviews by the company they keep: 64 coarse and 400 fine groups."
    " Written by trialmine.train.word_clusters. Digits are 0."
)


def paragraphs(path: Path) -> list[list[str]]:
    """The first paragraphs of the raw text as lower-case tokens with their digits folded."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [
            [regex.sub(r"\d", "0", t) for t in TOKEN.findall(line.lower())]
            for _, line in zip(range(_PARAGRAPHS), lines, strict=False)
        ]


def vectors(texts: list[list[str]], vocabulary: list[str]) -> Any:
    """One unit vector per word."""
    from scipy.sparse import coo_matrix, hstack
    from sklearn.utils.extmath import randomized_svd

    index = {w: i for i, w in enumerate(vocabulary)}
    ids = np.array([i for text in texts for i in (*(index.get(w, -1) for w in text), -1, -1)], dtype=np.int32)
    blocks = []
    for offset in (-2, -1, 1, 2):
        word = ids[max(0, -offset) : len(ids) - max(0, offset)]
        near = ids[max(0, offset) : len(ids) - max(0, -offset)]
        seen = (word >= 0) & (near >= 0) & (near < CONTEXTS)
        ones = np.ones(seen.sum(), dtype=np.float32)
        blocks.append(coo_matrix((ones, (word[seen], near[seen])), shape=(len(vocabulary), CONTEXTS)).tocsr())
    counts = hstack(blocks).tocoo()
    rows, columns = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel() ** 0.75
    information = np.log(counts.data * columns.sum() / (rows[counts.row] * columns[counts.col]))
    kept = information > 0
    matrix = coo_matrix((information[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape).tocsr()
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, n_iter=3, random_state=0)
    found = left * np.sqrt(strength)
    return found / (np.linalg.norm(found, axis=1, keepdims=True) + 1e-9)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `lexicon/word_clusters.tsv`."""
    from sklearn.cluster import MiniBatchKMeans

    parser = argparse.ArgumentParser(prog="trialmine train word-clusters", description=__doc__)
    parser.add_argument("--text", type=Path, default=Path("../shared/data/raw-text/biomed.txt.xz"))
    texts = paragraphs(parser.parse_args(arguments).text)
    vocabulary = [w for w, _ in Counter(w for text in texts for w in text).most_common(WORDS)]
    points = vectors(texts, vocabulary)
    groups = [MiniBatchKMeans(k, random_state=0, n_init=3, batch_size=4096).fit(points).labels_ for k in (COARSE, FINE)]
    rows = zip(vocabulary[:KEPT], *groups, strict=False)
    lines = [_HEAD, "word\tcoarse\tfine", *(f"{w}\t{a}\t{b}" for w, a, b in rows if w[0] not in '"#')]
    path = Path(__file__).resolve().parents[1] / "lexicon" / "word_clusters.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
