"""Writes the figures of docs/EVALUATION.md anew: `python -m trialmine.evaluate.page --shared ../shared`.

What stands between the two marks of the page is replaced, the rest is left as it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trialmine.errors import InputError
from trialmine.evaluate import kinds
from trialmine.evaluate.corpora.corpus import documents
from trialmine.evaluate.corpora.measuring import CorpusReport, measure
from trialmine.evaluate.corpora.registry import CORPORA, corpus_named
from trialmine.evaluate.gold import Part, read_gold, read_texts, texts_beside
from trialmine.evaluate.record_view import BLOCKS
from trialmine.evaluate.records import RecordScores, extracted, score_records
from trialmine.evaluate.tally import Figure
from trialmine.flow import Extracts, load

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
_GOLD: Mapping[str, tuple[str, Part]] = {"dev": ("dev.jsonl", "all"), "held-out fifth": ("train.jsonl", "held-out")}
_SHOWN_MISSES = ("phee", "maccrobat")
_MOST = 10
# what others report, on the test parts: (corpus, table or its beginning, label) -> words
_PUBLISHED = {
    ("ct-corpus", "published protocol, type 2 diabetes", "micro"): "F1 .41 to .55; human .91",
    ("ct-corpus", "published protocol, glaucoma", "micro"): "F1 .47 to .64; human .87",
    ("rct-art", "result tuples (intervention, outcome, value)", "strict"): "F1 .67",
    ("rct-art", "result tuples (intervention, outcome, value)", "relaxed"): "F1 .81",
}


def records_table(pipeline: Extracts, gold: Path) -> Iterator[str]:
    """Rows and slots of each block on the gold records, F1 with its interval."""
    scores = {name: _score_gold(pipeline, gold / file, part) for name, (file, part) in _GOLD.items()}
    heads = [f"{name} ({s.documents} texts)" for name, s in scores.items()]
    yield f"| F1 (95 %) | {' | '.join(heads)} |"
    yield f"|---|{'--:|' * len(heads)}"
    for block in BLOCKS:
        for slot in ("row", "ALL"):
            cells = [s.figures.get(f"{block}.{slot}") for s in scores.values()]
            if any(cells):
                yield f"| {block}.{slot} | {' | '.join(_f1(c) for c in cells)} |"
    unsupported = [str(len(s.audit.unsupported)) if s.audit else "" for s in scores.values()]
    yield f"| unsupported evidence | {' | '.join(unsupported)} |"


def _score_gold(pipeline: Extracts, path: Path, part: Part) -> RecordScores:
    gold = read_gold(path, part)
    texts = read_texts(texts_beside(path) or path)
    found, _ = extracted(pipeline, [texts[doc_id] for doc_id in gold if doc_id in texts])
    return score_records(gold, found, {doc_id: row["text"] for doc_id, row in texts.items()})


def _f1(figure: Figure | None) -> str:
    return "" if figure is None or figure.f1 is None else f"{figure.f1:.3f} ({_interval(figure)})"


def _interval(figure: Figure) -> str:
    return "–".join(f"{x:.2f}" for x in figure.interval)


def kinds_table(pipeline: Extracts, shared: Path) -> Iterator[str]:
    """A line for each source and kind, and what was taken for what."""
    texts = kinds.labelled_texts(shared)
    found, _ = extracted(pipeline, kinds.documents(texts))
    scores = kinds.score_kinds(texts, found)
    yield "| | precision | recall | F1 | 95 % | texts |"
    yield "|---|--:|--:|--:|--:|--:|"
    for source, rows in scores.figures.items():
        for kind, f in rows.items():
            values = ("" if v is None else f"{v:.3f}" for v in (f.precision, f.recall, f.f1))
            yield f"| {source}: {kind} | {' | '.join(values)} | {_interval(f)} | {f.gold} |"
    yield ""
    yield from (f"- {line}" for line in kinds.told_lines(scores))
    yield ""


def corpora_tables(reports: Sequence[CorpusReport]) -> Iterator[str]:
    """A table for each corpus, and the kinds of misses of those with doses."""
    for report in reports:
        unsupported = len(report.audit.unsupported)
        yield f"### {report.corpus.name}, {report.corpus.file}"
        yield ""
        yield f"{report.documents} texts, {report.missing} without a record; of {report.audit.entries:,} pieces"
        yield f"of evidence {unsupported} are unsupported. `trialmine evaluate corpus {report.corpus.name} PATH`"
        yield ""
        yield "| | precision | recall | F1 | 95 % | gold | published |"
        yield "|---|--:|--:|--:|--:|--:|---|"
        for title, rows in report.scores.tables.items():
            for label, f in rows.items():
                yield _line(report.corpus.name, title, label, f)
        yield ""
        if report.corpus.name in _SHOWN_MISSES:
            yield f"The {_MOST} commonest kinds of misses:"
            yield ""
            kinds = list(report.kinds_of_misses().items())[:_MOST]
            yield from (f"{n}. {kind} ({count})" for n, (kind, count) in enumerate(kinds, 1))
            yield ""


def _line(corpus: str, title: str, label: str, f: Figure) -> str:
    values = ("" if v is None else f"{v:.3f}" for v in (f.precision, f.recall, f.f1))
    name = title if label == title else f"{title}: {label}"
    published = _PUBLISHED.get((corpus, title, label), "")
    return f"| {name} | {' | '.join(values)} | {_interval(f)} | {f.gold} | {published} |"


def measured(pipeline: Extracts, data: Path, names: Sequence[str]) -> Iterator[CorpusReport]:
    """The reports of the corpora that lie in the folder of data."""
    for name in names:
        corpus, folder = corpus_named(name), data / name
        examples = corpus.read(folder)
        found, _ = extracted(pipeline, documents(corpus, examples))
        print(f"{name}: {len(found)} records", flush=True)
        yield measure(corpus, examples, found, folder)


def with_figures(page: str, lines: Sequence[str], where: str = "the page") -> str:
    """The page with its figures replaced.

    Raises:
        InputError: the page does not have the two marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise InputError("the page has no place for figures", where=where, remedy=f"Put {BEGIN} and {END} into it.")
    body = "\n".join(lines).strip()
    return f"{before}{BEGIN}\n{body}\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(prog="python -m trialmine.evaluate.page", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with gold/ and data/")
    parser.add_argument("--page", type=Path, default=Path("docs/EVALUATION.md"))
    options = parser.parse_args(arguments)
    pipeline = load()
    reports = list(measured(pipeline, options.shared / "data", [c.name for c in CORPORA]))
    lines = ["## Records", "", *records_table(pipeline, options.shared / "gold"), ""]
    lines += ["## Kinds of documents", "", *kinds_table(pipeline, options.shared), "## Public corpora", ""]
    page = options.page.read_text(encoding="utf-8")
    written = with_figures(page, [*lines, *corpora_tables(reports)], str(options.page))
    options.page.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
