from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from support.gold import SHARED
from support.records import TEXT, evidence, whole_record
from trialmine.errors import ConfigError, InputError
from trialmine.evaluate.corpora import pico_corpus, rct_art
from trialmine.evaluate.corpora.corpus import Corpus, Example, documents
from trialmine.evaluate.corpora.ct_corpus import gold_doses, gold_frequencies, stated_doses, stated_frequencies
from trialmine.evaluate.corpora.ct_protocol import gold_templates, score_templates, scored_slots
from trialmine.evaluate.corpora.ct_templates import templates_of
from trialmine.evaluate.corpora.maccrobat import MACCROBAT
from trialmine.evaluate.corpora.measuring import measure
from trialmine.evaluate.corpora.phee import PHEE
from trialmine.evaluate.corpora.pico_corpus import PICO_CORPUS
from trialmine.evaluate.corpora.registry import CORPORA, corpus_named
from trialmine.evaluate.tally import Tally
from trialmine.flow import Pipeline, load

SLOTS = {"hasDrug", "hasDoseValue", "hasDoseUnit"}


@pytest.fixture
def record() -> dict[str, Any]:
    return whole_record("a").model_dump(mode="json")


def mark(label: str, quote: str, *, nth: int = 0, **more: Any) -> dict[str, Any]:
    place = evidence(TEXT, quote, nth=nth)
    return {
        "id": f"{label} {quote}",
        "label": label,
        "start": place["start"],
        "end": place["end"],
        "text": quote,
        **more,
    }


def example(*marks: dict[str, Any], **more: Any) -> Example:
    return Example("a", TEXT, {"id": "a", "text": TEXT, "entities": list(marks), **more})


def figures_of(corpus: Corpus, found: Example, record: dict[str, Any] | None) -> dict[str, Any]:
    report = measure(corpus, [found], {"a": record} if record else {}, Path())
    assert report.missing == (record is None)
    assert report.audit.unsupported == []
    return report.as_json()


def test_marked_numbers_are_found_in_the_right_slot_only(record: dict[str, Any]) -> None:
    found = example(
        mark("iv-bin-percent", "60%"),
        mark("cv-bin-percent", "25%"),
        mark("iv-bin-abs", "48"),
        mark("total-participants", "120"),
        mark("intervention-participants", "80", nth=1),
        mark("age", "120"),
    )
    out = figures_of(PICO_CORPUS, found, record)["figures"]
    assert {label: row["r"] for label, row in out["marked numbers"].items()} == {
        "iv-bin-percent": 1.0,
        "cv-bin-percent": 0.0,
        "iv-bin-abs": 1.0,
        "total-participants": 1.0,
        "intervention-participants": 1.0,
        "ALL": 0.8,
    }


@pytest.mark.parametrize(
    ("text", "values"), [("1,024", [1024]), ("12 of 40", [12, 40]), ("0·5%", [0.5]), ("nine", [9]), ("some", [])]
)
def test_numbers_of_a_mark(text: str, values: list[float]) -> None:
    assert pico_corpus.numbers(text) == values


def test_parts_of_a_treatment_are_found_where_their_slot_says_so(record: dict[str, Any]) -> None:
    names = {"Dosage": "40 mg", "Frequency": "twice daily", "Administration": "by mouth", "Duration": "12 weeks"}
    found = example(*(mark(label, quote) for label, quote in names.items()), mark("Dosage", "80 patients"))
    out = figures_of(MACCROBAT, found, record)
    rows = out["figures"]["spans in the dosing table"]
    assert {label: row["r"] for label, row in rows.items()} == {
        "Dosage": 0.5, "Duration": 1.0, "Frequency": 1.0, "Route": 1.0, "ALL": 0.8
    }  # fmt: skip
    assert out["misses"] == {"Dosage: not read, and its drug has no row": 1}


@pytest.mark.parametrize(
    ("label", "words", "kind"),
    [
        ("Treatment.Dosage", "high dose", "Dosage: an amount in words only"),
        ("Treatment.Dosage", "three doses", "Dosage: a number of doses, courses or cycles"),
        ("Treatment.Route", "tablets", "Route: a dosage form"),
        ("Treatment.Route", "infusion", "Route: a way of giving that names no site"),
        ("Treatment.Route", "oral", "Route: read, but its drug has no row"),
        ("Treatment.Duration", "second week", "Duration: a course or period by its place in order"),
        ("Treatment.Freq", "frequently", "Frequency: no number in the words"),
    ],
)
def test_misses_are_told_apart(label: str, words: str, kind: str) -> None:
    marks = [{"label": label, "start": 0, "end": len(words), "text": words}]
    report = measure(PHEE, [Example("a", words, {"entities": marks})], {}, Path())
    assert list(report.kinds_of_misses()) == [kind]


def test_result_tuples_need_value_arm_and_outcome(record: dict[str, Any]) -> None:
    marks = [
        mark("MEAS", "60%"),
        mark("MEAS", "25%"),
        mark("INTV", "velotinib"),
        mark("INTV", "placebo"),
        mark("OC", "PASI 75"),
    ]
    ids = {m["text"]: m["id"] for m in marks}
    links = [("A1_RES", "velotinib", "60%"), ("A2_RES", "placebo", "25%"), ("OC_RES", "PASI 75", "60%")]
    relations = [{"label": x, "head": ids[a], "tail": ids[b]} for x, a, b in links]
    # the measure of the second arm has no outcome, so it makes no tuple
    found = example(*marks, relations=relations)
    rows = figures_of(rct_art.RCT_ART, found, record)["figures"]["result tuples (intervention, outcome, value)"]
    assert rows["value alone"]["n"] == 1
    assert rows["value alone"]["r"] == 1.0
    assert rows["relaxed"]["r"] == 1.0


def ct_document(*templates: tuple[str, dict[str, list[str]]]) -> dict[str, Any]:
    words = sorted({w for _, slots in templates for fillers in slots.values() for w in fillers})
    ids = {w: f"T{n}" for n, w in enumerate(words)}
    return {
        "disease": "glaucoma",
        "entities": [{"id": ids[w], "text": w} for w in words],
        "templates": [
            {"type": kind, "slots": {s: [ids[w] for w in fillers] for s, fillers in slots.items()}}
            for kind, slots in templates
        ],
    }


def test_doses_and_frequencies_of_templates_are_comparable_with_the_table(record: dict[str, Any]) -> None:
    gold = ct_document(
        ("Medication", {"hasDrug": ["velotinib maleate"], "hasDoseValue": ["40"], "hasDoseUnit": ["mg"]}),
        ("Medication", {"hasDrug": ["velotinib maleate"], "hasDoseValue": ["40"], "hasDoseUnit": ["mg"]}),
        ("Medication", {"hasDrug": ["dorexal"], "hasDoseValue": ["500-750"]}),
        ("Intervention", {"hasFrequency": ["twice a day"]}),
    )
    first, second = gold_doses(gold)
    assert first[1:] == (frozenset([40.0]), "mg")
    assert second[1:] == (frozenset([500.0, 750.0]), None)
    assert gold_frequencies(gold) == {(2.0, 1.0)}
    assert (frozenset([40.0]), "mg") in [d[1:] for d in stated_doses(record)]
    assert (2.0, 1.0) in stated_frequencies(record)


def test_a_record_speaks_in_templates(record: dict[str, Any]) -> None:
    out = templates_of(record, TEXT)
    assert {"hasDrug": {"velotinib"}, "hasDoseValue": {"40", "80"}, "hasDoseUnit": {"mg"}} in out["Medication"]
    assert out["ClinicalTrial"][0]["hasCTDesign"] == {"randomised", "double-blind"}
    assert out["ClinicalTrial"][0]["hasNumberPatientsCT"] == {"120"}
    assert {"hasNumberPatientsArm": {"80"}} in out["Arm"]
    assert any(t.get("hasPercentageAffected") == {"60"} for t in out["Outcome"])


def test_templates_pair_off_whatever_their_order() -> None:
    a, b = {"hasDrug": {"x"}, "hasDoseValue": {"1"}}, {"hasDrug": {"y"}, "hasDoseValue": {"2"}}
    gold = {"Medication": [a, b, {"hasDrug": {"z"}}]}
    assert sum(score_templates(gold, {"Medication": [b, a]}, SLOTS).values(), Tally()) == Tally(tp=4, fn=1)
    assert score_templates({"Medication": []}, {}, SLOTS) == {}


def test_rare_slots_and_links_are_not_scored() -> None:
    often = [ct_document(("Medication", {"hasDrug": ["x"], "hasArm": ["y"]}))] * 10
    rare = [ct_document(("Medication", {"hasDoseUnit": ["mg"]}))] * 9
    assert scored_slots([*often, *rare], "glaucoma") == {"hasDrug"}


def test_a_corpus_is_read_from_its_folder_or_file(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_text(json.dumps({"id": 7, "text": "x", "entities": []}) + "\n")
    for path in (tmp_path, tmp_path / "dev.jsonl"):
        (found,) = PHEE.read(path)
        assert documents(PHEE, [found]) == [{"doc_id": "7", "text": "x", "publication_types": ("Case Reports",)}]


@pytest.mark.parametrize(("content", "message"), [('{"id": 7}', "none of phee"), ("", "no texts"), ("{", "no JSON")])
def test_another_file_is_no_corpus(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "dev.jsonl").write_text(content)
    with pytest.raises(InputError, match=message):
        PHEE.read(tmp_path)


def test_an_unknown_corpus_lists_the_known() -> None:
    with pytest.raises(ConfigError, match="rct-art"):
        corpus_named("nonsense")
    assert len({c.name for c in CORPORA}) == len(CORPORA)


def beside_the_corpora(test: Any) -> Any:
    reason = "the shared corpora are not beside the checkout"
    for one in (
        pytest.mark.slow,
        pytest.mark.shared,
        pytest.mark.skipif(not (SHARED / "bench").exists(), reason=reason),
    ):
        test = one(test)
    return test


@cache
def bare() -> Pipeline:
    """Rules alone, which need no model."""
    return load(ner_model="none")


def _module(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, SHARED / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@beside_the_corpora
def test_templates_score_as_in_the_shared_scorer() -> None:
    bench = _module("ct_score")
    folder = SHARED / "data" / "ct-corpus"
    examples = corpus_named("ct-corpus").read(folder)[:6]
    slots = bench.used_slots([json.loads(line) for line in (folder / "train.jsonl").read_text().splitlines()], "t2dm")
    ours: dict[tuple[str, str], Tally] = {}
    spoken = []
    for e in examples:
        templates = templates_of(bare().extract(e.text).model_dump(mode="json"), e.text)
        spoken.append(_in_corpus_form(e.doc_id, templates))
        for key, tally in score_templates(gold_templates(e.gold), templates, slots).items():
            ours[key] = ours.get(key, Tally()) + tally
    _, by_type = bench.score([e.gold for e in examples], spoken, slots)
    theirs = {(kind, slot): (tp, fp, n) for kind, rows in by_type.items() for slot, (tp, fp, n) in rows.items()}
    assert {key: (t.tp, t.fp, t.gold) for key, t in ours.items()} == theirs


@beside_the_corpora
def test_marked_numbers_score_as_in_the_shared_scorer(tmp_path: Path) -> None:
    folder = SHARED / "data" / "pico-corpus"
    examples = PICO_CORPUS.read(folder)[:10]
    records = {e.doc_id: bare().extract(e.text).model_dump(mode="json") | {"doc_id": e.doc_id} for e in examples}
    scores = PICO_CORPUS.score(examples, records, folder)
    part, predicted = tmp_path / "part.jsonl", tmp_path / "records.jsonl"
    part.write_text("".join(json.dumps(e.gold) + "\n" for e in examples))
    predicted.write_text("".join(json.dumps(r) + "\n" for r in records.values()))
    command = [sys.executable, str(SHARED / "bench/score_pico.py"), str(part), str(predicted)]
    done = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = {**scores.tables["marked numbers"], **scores.tables["arms apart"]}
    printed = {line[:28].strip(): (line[28:].split()[-3], line.split()[-1]) for line in done.splitlines()}
    assert {name: (f"{f.recall:.3f}", str(f.gold)) for name, f in rows.items()} == printed


def _in_corpus_form(doc_id: str, templates: dict[str, list[dict[str, set[str]]]]) -> dict[str, Any]:
    words = sorted({w for rows in templates.values() for t in rows for values in t.values() for w in values})
    ids = {w: f"T{n}" for n, w in enumerate(words)}
    return {
        "id": doc_id,
        "entities": [{"id": ids[w], "text": w} for w in words],
        "templates": [
            {"type": kind, "slots": {slot: [ids[w] for w in values] for slot, values in t.items()}}
            for kind, rows in templates.items()
            for t in rows
        ],
    }
