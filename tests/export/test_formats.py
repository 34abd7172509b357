"""Every format is read back by its own library."""

from __future__ import annotations

import csv
import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import rispy
import spacy
from bioc import biocjson
from fhir.resources import get_fhir_model_class
from spacy.tokens import DocBin

from export.conftest import WriteRun
from support.records import TEXT, evidence, record, whole_record
from trialmine.errors import ConfigError, InputError, OutputError
from trialmine.export.export import NOTES, export
from trialmine.export.registry import WRITERS
from trialmine.export.writer import Options
from trialmine.records.trial import TrialRecord
from trialmine.report.columns import TABLES
from trialmine.report.run_folder import read_records
from trialmine.report.tables import to_frames


def frames(run: Path) -> dict[str, pd.DataFrame]:
    return to_frames(read_records(run))


def test_csv_reads_back(run: Path, tmp_path: Path) -> None:
    export(run, "csv", tmp_path / "csv")
    for name, frame in frames(run).items():
        back = pd.read_csv(tmp_path / "csv" / f"{name}.csv", dtype=dict(frame.dtypes))
        pd.testing.assert_frame_equal(back, frame)


def test_parquet_reads_back_with_its_types(run: Path, tmp_path: Path) -> None:
    export(run, "parquet", tmp_path / "pq")
    for name, frame in frames(run).items():
        back = pd.read_parquet(tmp_path / "pq" / f"{name}.parquet", dtype_backend="numpy_nullable")
        pd.testing.assert_frame_equal(back, frame)


def test_duckdb_is_typed_keyed_and_joins(run: Path, tmp_path: Path) -> None:
    export(run, "duckdb", tmp_path / "t.duckdb")
    with duckdb.connect(str(tmp_path / "t.duckdb"), read_only=True) as db:
        counts = {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchall() for name in TABLES}
        assert counts == {name: [(len(frame),)] for name, frame in frames(run).items()}
        joined = db.execute(
            "SELECT t.phase, i.name, d.dose_value "
            "FROM dosing d JOIN interventions i USING (record_id, intervention_id) "
            "JOIN trials t USING (record_id) WHERE d.dose_value > 30 ORDER BY t.record_id, d.dosing_id"
        ).fetchall()
        assert joined == [("2", "velotinib", 40.0), ("2", "velotinib", 80.0)] * 2
        keys = db.execute("SELECT * FROM duckdb_constraints() WHERE constraint_type LIKE '%KEY'").fetchall()
        assert len(keys) >= 10


def test_duckdb_holds_one_record_of_an_id_and_says_so(write_run: WriteRun, tmp_path: Path) -> None:
    notes = export(write_run(whole_record(), whole_record()), "duckdb", tmp_path / "t.duckdb")
    assert notes.written == 1
    assert "second record" in next(iter(notes.summary()))


def test_ctgov_has_the_api_s_shape(run: Path, tmp_path: Path) -> None:
    export(run, "ctgov", tmp_path / "c.json")
    studies = json.loads((tmp_path / "c.json").read_text())["studies"]
    assert len(studies) == 2
    protocol, results = studies[0]["protocolSection"], studies[0]["resultsSection"]
    assert protocol["designModule"] == {
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE2"],
        "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "DOUBLE"}},
    }
    group = protocol["armsInterventionsModule"]["armGroups"][0]
    assert (group["label"], group["type"], group["interventionNames"]) == (
        "velotinib",
        "EXPERIMENTAL",
        ["DRUG: velotinib"],
    )
    outcomes = results["outcomeMeasuresModule"]["outcomeMeasures"]
    measured = outcomes[0]["classes"][0]["categories"][0]["measurements"]
    assert measured == [{"groupId": "OG000", "value": "60"}]
    analysis = outcomes[0]["analyses"][0]
    assert analysis == {
        "groupIds": ["OG000", "OG001"], "paramType": "Odds Ratio (OR)", "paramValue": "4.5", "pValue": "<0.001",
        "ciPctValue": "95", "ciNumSides": "TWO_SIDED", "ciLowerLimit": "1.9", "ciUpperLimit": "10.6",
    }  # fmt: skip
    event = results["adverseEventsModule"]["otherEvents"][0]
    assert event == {"term": "nausea", "stats": [{"groupId": "EG000", "numAffected": 9}]}


@pytest.mark.parametrize("phase", [["1", "2"], ["2a"], [], ["3b"]])
def test_ctgov_says_what_phases_it_blurs(phase: list[str], write_run: WriteRun, tmp_path: Path) -> None:
    design = {"phase": phase, "evidence": [evidence(TEXT, "phase II")]}
    notes = export(write_run(record(design=design)), "ctgov", tmp_path / "c.json")
    assert any("letters of phases" in what for what in notes.summary()) == any(len(p) > 1 for p in phase)


@pytest.mark.slow
def test_fhir_validates_and_keeps_doses_numbers_and_places(run: Path, tmp_path: Path) -> None:
    notes = export(run, "fhir", tmp_path / "f.json")
    text = (tmp_path / "f.json").read_text()
    get_fhir_model_class("Bundle").model_validate_json(text)
    resources = [e["resource"] for e in json.loads(text)["entry"]]
    assert len({r["id"] for r in resources}) == len(resources)
    kinds = [r["resourceType"] for r in resources]
    assert {k: kinds.count(k) for k in set(kinds)} == {
        "ResearchStudy": 2, "Group": 4, "EvidenceVariable": 2, "ActivityDefinition": 6, "Evidence": 6,
    }  # fmt: skip
    dosage = next(r for r in resources if r["resourceType"] == "ActivityDefinition")["dosage"][0]
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 40
    assert dosage["timing"]["repeat"]["frequency"] == 2
    assert dosage["timing"]["repeat"]["boundsDuration"]["code"] == "wk"
    assert [c["code"] for c in dosage["timing"]["code"]["coding"]] == ["BID"]
    assert [c["code"] for c in dosage["route"]["coding"]] == ["26643006", "PO"]
    odds = [r for r in resources if r["resourceType"] == "Evidence"][1]
    estimates = odds["statistic"][0]["attributeEstimate"]
    assert [e["type"]["text"] for e in estimates] == ["confidence interval", "P"]
    assert (estimates[0]["range"]["low"]["value"], estimates[0]["range"]["high"]["value"]) == (1.9, 10.6)
    for resource in resources:
        for start, end, quote in _places(resource):
            assert TEXT[start:end] == quote
    assert notes.summary()["adverse events"] == 2


def _places(resource: dict[str, Any]) -> list[tuple[int, int, str]]:
    found = []
    for extension in resource.get("extension", []):
        if extension["url"].endswith("/evidence"):
            part = {e["url"]: e for e in extension["extension"]}
            found.append((part["start"]["valueInteger"], part["end"]["valueInteger"], part["quote"]["valueString"]))
    return found


def test_bioc_reads_back(run: Path, tmp_path: Path) -> None:
    export(run, "bioc", tmp_path / "b.json")
    with (tmp_path / "b.json").open() as file:
        collection = biocjson.load(file)
    assert [d.id for d in collection.documents] == ["a", "b"]
    passage = collection.documents[0].passages[0]
    assert passage.text == TEXT
    for annotation in passage.annotations:
        first = annotation.locations[0]
        assert TEXT[first.offset : first.end] == annotation.text
    known = {a.id for a in passage.annotations}
    relations = collection.documents[0].relations
    assert {n.refid for r in relations for n in r.nodes} <= known
    assert "statistic_endpoint" in {r.infons["type"] for r in relations}


def test_brat_spans_stand_in_the_text(run: Path, tmp_path: Path) -> None:
    export(run, "brat", tmp_path / "brat")
    assert {p.name for p in (tmp_path / "brat").iterdir()} == {"a.txt", "a.ann", "b.txt", "b.ann"}
    raw = (tmp_path / "brat" / "a.txt").read_bytes().decode()
    assert raw == TEXT
    lines = (tmp_path / "brat" / "a.ann").read_text().splitlines()
    marks = {}
    for line in lines:
        if line.startswith("T"):
            mark, place, words = line.split("\t")
            spans = [tuple(map(int, s.split())) for s in place.split(" ", 1)[1].split(";")]
            assert " ".join(raw[a:b] for a, b in spans) == words
            marks[mark] = words
    relations = [line.split("\t")[1] for line in lines if line.startswith("R")]
    assert relations
    assert all(part.split(":")[1] in marks for r in relations for part in r.split()[1:])


def test_brat_names_files_safely(write_run: WriteRun, tmp_path: Path) -> None:
    names = ["../../evil", "A/b", "a_b", "..", "x" * 300]
    export(write_run(*map(whole_record, names)), "brat", tmp_path / "brat")
    written = sorted(p.name for p in (tmp_path / "brat").glob("*.txt"))
    assert len({w.casefold() for w in written}) == len(names)
    assert all(len(w) < 120 for w in written)
    assert not list(tmp_path.parent.glob("evil*"))


def test_spacy_reads_back(run: Path, tmp_path: Path) -> None:
    export(run, "spacy", tmp_path / "s.spacy")
    docs = list(DocBin().from_disk(tmp_path / "s.spacy").get_docs(spacy.blank("en").vocab))
    assert [d.text for d in docs] == [TEXT, TEXT]
    assert [s.text for s in docs[0].spans["arm"]] == ["velo tinib 40 mg", "matching placebo"]
    assert TrialRecord.model_validate(docs[0].user_data["trial_record"]) == next(read_records(run))


def test_ris_reads_back(write_run: WriteRun, tmp_path: Path) -> None:
    told = {"title": "A trial", "pmid": "31", "doi": "10.1/x", "year": 2020, "journal": "J Trials"}
    known = whole_record().model_copy(update={"source": whole_record().source.model_copy(update=told)})
    export(write_run(known, whole_record("b")), "ris", tmp_path / "r.ris")
    first, second = rispy.loads((tmp_path / "r.ris").read_text())
    assert (first["title"], first["doi"], first["year"], first["secondary_title"]) == (
        "A trial",
        "10.1/x",
        "2020",
        "J Trials",
    )
    assert "title" not in second


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def test_metafor_states_what_it_computes(run: Path, tmp_path: Path) -> None:
    notes = export(run, "metafor", tmp_path / "m.csv")
    rows = rows_of(tmp_path / "m.csv")
    odds = rows[0]
    assert (odds["measure"], odds["arm1"], odds["arm2"]) == ("odds_ratio", "velotinib", "placebo")
    assert float(odds["yi"]) == pytest.approx(math.log(4.5))
    assert float(odds["sei"]) == pytest.approx((math.log(10.6) - math.log(1.9)) / (2 * 1.959964), abs=1e-6)
    assert "ln(ci_high)" in odds["computation"]
    assert TEXT[int(odds["start"]) : int(odds["end"])] == odds["quote"]
    assert sum(notes.summary().values()) == 4  # the lone proportion and the lone change of each record


def _arm_value(key: str, arm: str, quote: str, **fields: object) -> dict[str, object]:
    return {"id": key, "endpoint": "e1", "arms": [arm], "text": quote, "evidence": [evidence(TEXT, quote)], **fields}


def _with_statistics(*rows: dict[str, object]) -> TrialRecord:
    whole = whole_record().model_dump(mode="json")
    return TrialRecord.model_validate({**whole, "statistics": rows})


def test_metafor_pairs_events_and_means_of_two_arms(write_run: WriteRun, tmp_path: Path) -> None:
    told = {"measure": "proportion", "unit": "%"}
    events = [
        _arm_value("s1", "a2", "10 of 40 (25%)", **told, numerator=10, denominator=40, value=25),
        _arm_value("s2", "a1", "48 of 80 patients (60%)", **told, numerator=48, denominator=80, value=60),
    ]
    spread = [{"kind": "sd", "value": 3.0}, {"kind": "se", "value": 0.5}]
    means = [
        _arm_value("s3", "a1", "60%", measure="mean", value=6.0, dispersion=spread[0]),
        _arm_value("s4", "a2", "25%", measure="mean", value=4.0, dispersion=spread[1]),
    ]
    export(write_run(_with_statistics(*events, *means)), "metafor", tmp_path / "m.csv")
    two, cont = rows_of(tmp_path / "m.csv")
    assert [two[c] for c in ("arm1", "ai", "bi", "ci", "di", "n1i", "n2i")] == [
        "velotinib",
        "48",
        "32",
        "10",
        "30",
        "80",
        "40",
    ]
    assert [float(cont[c]) for c in ("m1i", "sd1i", "n1i", "m2i", "n2i")] == [6, 3, 80, 4, 40]
    assert float(cont["sd2i"]) == pytest.approx(0.5 * math.sqrt(40))
    assert "se * sqrt(n2i)" in cont["computation"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"measure": "hazard_ratio", "value": 0.5, "ci": {"low": 0.3, "high": 0.8}}, "no sei"),
        ({"measure": "hazard_ratio", "value": 0.5}, "no sei"),
        ({"measure": "hazard_ratio", "value": 0.5, "ci": {"level": 0.95, "low": 0, "high": 0.8}}, "no sei"),
        ({"measure": "hazard_ratio", "value": 0.0}, ""),
        (
            {"measure": "mean_difference", "value": -2.0, "ci": {"level": 0.9, "low": -3, "high": -1}},
            "ci_high - ci_low",
        ),
    ],
)
def test_metafor_guesses_no_standard_error(
    fields: dict[str, object], says: str, write_run: WriteRun, tmp_path: Path
) -> None:
    row = {"id": "s1", "arms": ["a1", "a2"], "text": "60%", "evidence": [evidence(TEXT, "60%")], **fields}
    export(write_run(_with_statistics(row)), "metafor", tmp_path / "m.csv")
    (got,) = rows_of(tmp_path / "m.csv")
    assert says in got["computation"]
    assert bool(got["sei"]) == says.startswith("ci_")


@pytest.mark.parametrize(
    ("first", "second", "difference", "arms"),
    [
        (28.0, 44.0, 16.0, ("placebo", "velotinib")),  # "A 28, B 44 (difference 16)" takes A from B
        (44.0, 28.0, 16.0, ("velotinib", "placebo")),
        (28.0, 44.0, -16.0, ("velotinib", "placebo")),
        (28.0, 44.0, 7.0, ("", "")),  # the values gainsay both the sign and the amount
        (None, 44.0, 16.0, ("velotinib", "placebo")),
    ],
)
def test_metafor_orders_arms_as_their_values_say(
    first: float | None, second: float, difference: float, arms: tuple[str, str], write_run: WriteRun, tmp_path: Path
) -> None:
    rows = [
        _arm_value("s1", "a2", "25%", measure="mean", value=second),
        _arm_value("s2", "a1", "60%", measure="mean_difference", value=difference) | {"arms": ["a1", "a2"]},
    ]
    if first is not None:
        rows.append(_arm_value("s3", "a1", "60%", measure="mean", value=first))
    export(write_run(_with_statistics(*rows)), "metafor", tmp_path / "m.csv")
    (got,) = [r for r in rows_of(tmp_path / "m.csv") if r["measure"] == "mean_difference"]
    assert (got["arm1"], got["arm2"], float(got["estimate"])) == (*arms, difference)


def test_metafor_narrows_to_an_endpoint_and_a_measure(run: Path, tmp_path: Path) -> None:
    for options, count in [
        (Options("pasi"), 2), (Options("DLQI"), 0), (Options(None, "odds_ratio"), 2), (Options("PASI 75", "mean"), 0),
    ]:  # fmt: skip
        export(run, "metafor", tmp_path / "m.csv", options)
        assert len(rows_of(tmp_path / "m.csv")) == count


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_metafor_itself_reads_it(run: Path, tmp_path: Path) -> None:
    export(run, "metafor", tmp_path / "m.csv")
    script = (
        "if (!requireNamespace('metafor', quietly=TRUE)) quit(status=77);"
        f"d <- read.csv('{tmp_path / 'm.csv'}'); m <- metafor::rma(yi=yi, sei=sei, data=d, slab=slab, method='EE');"
        "cat(round(coef(m), 6))"
    )
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode == 77:
        pytest.skip("the R package metafor is not installed")
    assert float(done.stdout) == pytest.approx(math.log(4.5), abs=1e-6)


def test_notes_are_kept_with_the_run(run: Path, tmp_path: Path) -> None:
    export(run, "metafor", tmp_path / "m.csv")
    export(run, "ris", tmp_path / "r.ris")
    lines = [json.loads(line) for line in (run / NOTES).read_text().splitlines()]
    assert [line["export"] for line in lines if "records" in line] == ["metafor", "ris"]
    assert {line["record_id"] for line in lines if "not_held" in line} == {"doi:10.1/a", "doi:10.1/b"}


def test_every_format_writes_an_empty_run(write_run: WriteRun, tmp_path: Path) -> None:
    run = write_run()
    for form in WRITERS:
        assert export(run, form.name, tmp_path / f"out_{form.name}").written == 0


@pytest.mark.parametrize(
    ("form", "options", "error", "says"),
    [
        ("xls", Options(), ConfigError, "Choose one of csv"),
        ("csv", Options("OS"), ConfigError, "takes no endpoint"),
        ("metafor", Options(None, "p_value"), ConfigError, "can be pooled"),
    ],
)
def test_what_makes_no_sense_is_said(
    form: str, options: Options, error: type[Exception], says: str, run: Path, tmp_path: Path
) -> None:
    with pytest.raises(error, match=says):
        export(run, form, tmp_path / "x", options)
    assert not (run / NOTES).exists()


def test_a_format_of_texts_refuses_records_alone(run: Path, tmp_path: Path) -> None:
    for form in ("bioc", "brat", "spacy"):
        with pytest.raises(InputError, match="needs the raw texts"):
            export(run / "records.jsonl", form, tmp_path / form)


def test_texts_of_another_run_are_refused(write_run: WriteRun, tmp_path: Path) -> None:
    run = write_run(whole_record(), texts=["quite another text\n"])
    with pytest.raises(InputError, match="disagree"):
        export(run, "bioc", tmp_path / "b.json")
    assert not (tmp_path / "b.json").exists()


def test_a_file_format_is_not_written_over_a_folder(run: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(OutputError, match="one file"):
        export(run, "ctgov", tmp_path / "there")
