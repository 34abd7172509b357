from __future__ import annotations

from pathlib import Path

import pytest

from support.marked import read
from trialmine.assemble.interventions.candidate import Candidate
from trialmine.train.marked_interventions import is_marked, read_marked

TEXT = "We gave a choir singing course with tablets of zorbadine sulfate to all."
MARKS = ["a choir singing course", "zorbadine sulfate"]
CASES = [
    ("choir singing course", "phrase", True),
    ("singing course", "phrase", None),  # a part of one
    ("zorbadine", "lexicon", True),  # a drug inside is one
    ("tablets", "phrase", False),
]


@pytest.mark.parametrize(("name", "source", "expected"), CASES)
def test_tells_a_marked_candidate(name: str, source: str, expected: bool | None) -> None:
    spans = [(TEXT.index(m), TEXT.index(m) + len(m)) for m in MARKS]
    start = TEXT.index(name)
    candidate = Candidate(name, name, [(start, start + len(name))], source=source)
    assert is_marked(read(TEXT), candidate, spans) is expected


def test_reads_title_and_spans_of_the_corpus(tmp_path: Path) -> None:
    words = ["Title", ":", "Singing", "in", "gout", ".", "METHODS", ":", *["Much", "was", "sung", "here", "."] * 9]
    rows = [f"{w}\t{'B-I' if w == 'Singing' else 'O'}" for w in words]
    for name in ("AD", "COVID-19", "EBM-NLPmod"):
        folder = tmp_path / "pico-bio" / name / "fold1"
        folder.mkdir(parents=True)
        for part in ("train", "dev"):
            (folder / f"{part}.tsv").write_text("\n".join(["-DOCSTART-\tO", "", *rows, ""]), encoding="utf-8")
    found = list(read_marked(tmp_path))
    assert len(found) == 6
    text, title, spans = found[0]
    assert title == "Singing in gout."
    assert [text[s:e] for s, e in spans] == ["Singing"]
