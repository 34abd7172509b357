from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from matplotlib.image import imread

from support.records import TEXT, evidence, record, whole_record
from trialmine.errors import ConfigError
from trialmine.plot.doses import doses
from trialmine.plot.forest import forest
from trialmine.plot.schedule import schedule
from trialmine.records.trial import TrialRecord

SVG = "{http://www.w3.org/2000/svg}"


def svg(path: Path) -> Any:
    return etree.fromstring(path.read_bytes())


def with_title(title: str) -> TrialRecord:
    whole = whole_record()
    return whole.model_copy(update={"source": whole.source.model_copy(update={"title": title, "year": 2020})})


def test_a_chart_says_itself_in_words(tmp_path: Path) -> None:
    words = forest([with_title("Of <b> & co")], tmp_path / "f.svg", measure="odds_ratio", endpoint="PASI")
    root = svg(tmp_path / "f.svg")
    assert root.get("role") == "img"
    assert words in root.get("aria-label")
    assert root.findtext(f"{SVG}desc") == words
    assert "Of <b> & co (2020)" in words
    assert "4.5 (1.9-10.6, 95% CI)" in words


def test_png_has_a_size_worth_looking_at(tmp_path: Path) -> None:
    schedule(whole_record(), tmp_path / "s.png")
    height, width = imread(tmp_path / "s.png").shape[:2]
    assert width > 800
    assert height > 200
    assert b"Description" in (tmp_path / "s.png").read_bytes()


def test_the_same_run_draws_the_same_file(tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        doses([whole_record()], tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_doses_in_different_units_are_told_apart(tmp_path: Path) -> None:
    row = {"id": "d1", "intervention": "i1", "text": "80 mg", "evidence": [evidence(TEXT, "80 mg")]}
    levels = [{"unit": "mg/kg", "levels": [1, 3, 10], "text": "x"}, {"unit": "mg", "low": 10, "high": 600, "text": "x"}]
    rows = [{**row, "id": f"d{n}", "dose": dose} for n, dose in enumerate(levels)]
    rec = TrialRecord.model_validate({**whole_record().model_dump(mode="json"), "dosing": rows})
    words = doses([rec], tmp_path / "d.svg")
    assert "velotinib 10-600 mg, 1 record" in words
    assert "velotinib 1-10 mg/kg, 1 record" in words
    assert doses([rec], tmp_path / "d.svg", drug="velotinib") == words


def test_estimates_beyond_the_page_are_counted(tmp_path: Path) -> None:
    words = forest([whole_record()] * 70, tmp_path / "f.svg", measure="odds_ratio")
    assert "70 estimates, none pooled" in words
    assert "10 more are left out" in words


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda p: forest([whole_record()], p / "f.svg", measure="mean"), "no forest plot of 'mean'"),
        (lambda p: forest([whole_record()], p / "f.svg", measure="hazard_ratio"), "no record states a hazard ratio"),
        (lambda p: forest([whole_record()], p / "f.svg", measure="odds_ratio", endpoint="OS"), "of OS"),
        (lambda p: schedule(record(), p / "s.svg"), "no days and no frequency"),
        (lambda p: doses([record()], p / "d.svg"), "no record states a dose"),
        (lambda p: doses([whole_record()], p / "d.pdf"), ".svg or .png"),
    ],
)
def test_what_can_t_be_drawn_is_said(draw: Any, says: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=says):
        draw(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_estimates_of_one_endpoint_stand_together(tmp_path: Path) -> None:
    one, other = whole_record(), whole_record()
    endpoints = [e.model_copy(update={"name": "Remission", "code": None}) for e in other.endpoints]
    other = other.model_copy(update={"endpoints": endpoints})
    words = forest([one, other, one], tmp_path / "f.svg", measure="odds_ratio")
    assert words.startswith("3 estimates of 2 endpoints")
    assert words.count("Remission") == 1
    assert "Remission" in words.split("; ")[-1]
