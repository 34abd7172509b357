from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trialmine.batch.bench import Bench, Pace, bench, copies, exponent
from trialmine.batch.bench_tables import as_json, markdown
from trialmine.cli.app import app
from trialmine.ingest.duplicates import joined
from trialmine.records.document import Document

TEXTS = [Document(f"Group {n} took velotinib 5 mg.", "text", doc_id=f"d{n}", pmid=f"{n}") for n in range(3)]


def test_copies_are_documents_of_their_own() -> None:
    made = list(copies(TEXTS, 10))
    assert len({d.doc_id for d in made}) == len({d.text for d in made}) == 10
    assert list(joined(made)) == made
    assert [d.text for d in made[:3]] == [d.text for d in TEXTS]


@pytest.mark.parametrize(("power", "expected"), [(1, 1.0), (2, 2.0)])
def test_the_exponent_of_growth(power: int, expected: float) -> None:
    assert exponent([(n, 0.01 * n**power) for n in (10, 20, 80)]) == expected


def test_one_size_has_no_growth() -> None:
    assert exponent([(10, 1.0)]) is None


PACE = Pace(1, 100, 20_000, 4.0, 3.6, {"clean": 1.0, "nlp": 3.0}, 512.0)
FIGURES = Bench(
    [PACE, Pace(2, 100, 20_000, 2.0)], [Pace(1, 100, 20_000, 2.0, 1.8), Pace(2, 100, 20_000, 1.5)],
    [Pace(2, 50, 10_000, 1.0), Pace(2, 100, 20_000, 2.0)], "a machine", "shipped",
)  # fmt: skip


def test_the_page_and_the_json_say_the_same() -> None:
    page, rows = markdown(FIGURES), as_json(FIGURES)
    assert "| 1 | 25.0 | 5,000 | 50.0 | 0.50 | 1.00 | 36.0 | 18.0 | 0.50 | 512 |" in page
    assert "| 2 | 50.0 | 10,000 | 66.7 | 0.75 | 2.00 |  |  |  |  |" in page
    assert "| nlp | 30.0 | 75 % |" in page
    assert "to the power of 1.00" in page
    assert rows["ratios"] == [0.5, 0.75]
    assert rows["growth_exponent"] == 1.0


@pytest.mark.slow
def test_it_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialmine.batch.bench._apart", lambda measure, *arguments: measure(*arguments))
    figures = bench(TEXTS, processes=[1], growth=[3, 6], ner_model="none")
    assert [r.documents for r in figures.runs] == [3, 6]
    assert set(figures.pipeline[0].stages) == {"clean", "nlp", "extract", "assemble"}
    assert figures.pipeline[0].rate > 0
    assert 0 < (figures.pipeline[0].computing or 0) < 10
    assert figures.recogniser == []


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialmine.batch.bench.bench", lambda texts, **_: FIGURES)
    result = CliRunner().invoke(app, ["bench", "--documents", "5", "--json", "-o", str(tmp_path / "page.md")])
    assert json.loads(result.stdout)["machine"] == "a machine"
    assert (tmp_path / "page.md").read_text() == markdown(FIGURES)
    assert "ratio" in CliRunner().invoke(app, ["bench", "--documents", "5"]).stdout
    assert CliRunner().invoke(app, ["bench", "--processes", "one"]).exception is not None
