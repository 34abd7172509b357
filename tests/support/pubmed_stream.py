"""Measures reading of a large PubMed XML.gz: memory and speed, beside plain lxml.iterparse.

    python tests/support/pubmed_stream.py 500            # megabytes of the .gz, which is made and deleted
    python tests/support/pubmed_stream.py 5 --through 200   # also the first 200 articles through the whole pipeline

Each measurement runs in a process of its own; "growth" is its peak memory above what it held before the first article.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_VARIANTS = 2_000  # articles that differ; gzip looks back 32 kB, so copies further apart cost as much as new ones
_SECTIONS = ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
_ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2009</Year></PubDate></JournalIssue><Title>Made Up J</Title></Journal>
<ArticleTitle>{title}.</ArticleTitle><Abstract>{abstract}</Abstract><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016449">Randomized Controlled Trial</PublicationType></PublicationTypeList>
</Article><MeshHeadingList>{mesh}</MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
<ArticleId IdType="doi">10.1000/made.{pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
"""


def write(path: Path, megabytes: float) -> int:
    """Write a PubMed XML.gz of about this size; the number of its articles."""
    chance = random.Random(7)
    letters = "etaoinshrdlucmfw"
    words = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(20_000)]
    variants = [_variant(chance, words) for _ in range(_VARIANTS)]
    count = 0
    with path.open("wb") as raw, gzip.open(raw, "wt", compresslevel=1, encoding="ascii") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
        while count % 1_000 or raw.tell() < megabytes * 1_000_000:
            count += 1
            file.write(chance.choice(variants).replace("{pmid}", str(count)))
        file.write("</PubmedArticleSet>\n")
    return count


def _variant(chance: random.Random, words: list[str]) -> str:
    def prose(n: int) -> str:
        return " ".join(chance.choices(words, k=n))

    abstract = "".join(
        f'<AbstractText Label="{name}">{prose(40)}, {chance.randint(2, 90)} mg; {prose(20)}.</AbstractText>\n'
        for name in _SECTIONS
    )
    mesh = "".join(f"<MeshHeading><DescriptorName>{prose(2)}</DescriptorName></MeshHeading>\n" for _ in range(10))
    return _ARTICLE.format(pmid="{pmid}", title=prose(12), abstract=abstract, mesh=mesh)


def _read(path: Path) -> Iterator[object]:
    from trialmine import ingest  # noqa: PLC0415 - only in the process that is measured

    return ingest.read([path])


def _iterparse(path: Path) -> Iterator[object]:
    from lxml import etree  # noqa: PLC0415 - the same

    with gzip.open(path) as file:
        for _, element in etree.iterparse(file, tag="PubmedArticle"):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _through(path: Path, count: int) -> Iterator[object]:
    from trialmine import ingest  # noqa: PLC0415 - the same
    from trialmine.flow import load  # noqa: PLC0415

    pipeline = load()
    pipeline.extract("Patients took velotinib 40 mg twice daily.")
    yield None
    yield from pipeline.outcomes(islice(ingest.read([path]), count))  # type: ignore[arg-type]


def measure(way: str, path: Path, through: int) -> dict[str, float]:
    """Articles, seconds of computing, and growth of memory in MB of one way to read."""
    items = {"trialmine": _read, "iterparse": _iterparse}.get(way, lambda p: _through(p, through))(path)
    next(items)
    before, start = _peak(), time.process_time()
    count = 1 + sum(1 for _ in items)
    return {"articles": count, "seconds": round(time.process_time() - start, 2), "growth": round(_peak() - before, 1)}


def measured(way: str, path: Path, through: int = 0) -> dict[str, float]:
    """`measure` in a process of its own."""
    command = [sys.executable, __file__, "0", "--through", str(through), "--way", way, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def main() -> None:
    """Make the file, measure each way in a process of its own, print a line of JSON each, delete the file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("megabytes", type=float)
    parser.add_argument("--through", type=int, default=0)
    parser.add_argument("--way", nargs=2)
    given = parser.parse_args()
    if given.way:
        print(json.dumps(measure(given.way[0], Path(given.way[1]), given.through)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.xml.gz")
        count = write(path, given.megabytes)
        print(json.dumps({"articles": count, "megabytes": round(path.stat().st_size / 1e6, 1)}), flush=True)
        for way in ("trialmine", "iterparse", *(["pipeline"] if given.through else [])):
            print(way, json.dumps(measured(way, path, given.through)), flush=True)


if __name__ == "__main__":
    main()
