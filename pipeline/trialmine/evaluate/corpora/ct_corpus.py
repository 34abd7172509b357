"""CT-Corpus: abstracts on type 2 diabetes and glaucoma with linked templates (Sanchez-Graillet et al. 2022).

Two measures: the doses and frequencies of the Medication and Intervention templates, and the published slot-filling
protocol (ct_protocol.py) on the slots that an abstract fills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import regex

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example, Miss, add, figures
from trialmine.evaluate.corpora.ct_protocol import (
    CITATION,
    NOT_IN_A_RECORD,
    gold_templates,
    score_templates,
    scored_slots,
)
from trialmine.evaluate.corpora.ct_templates import templates_of
from trialmine.evaluate.evidence_audit import numbers_in
from trialmine.evaluate.gold import read_objects
from trialmine.evaluate.record_view import Record, names_of
from trialmine.evaluate.tally import Figure, Tally
from trialmine.extract.frequency import extract_frequencies
from trialmine.normalise.unit import ucum
from trialmine.records.article import Article, Sentence

DISEASES = {"t2dm": "type 2 diabetes", "glaucoma": "glaucoma"}
_DOSES = "doses and frequencies"
_DOSE, _FREQUENCY = "(drug, dose, unit)", "frequency"
_KEPT = "micro, slots that a record keeps"
_RANGE = regex.compile(r"(?<=\d)\s?[-–]\s?(?=\d)")

Dose = tuple[frozenset[str], frozenset[float], str | None]


def score(examples: Sequence[Example], records: Mapping[str, Record], folder: Path) -> CorpusScores:
    """Doses and frequencies of all texts, and the published protocol disease by disease."""
    tables, misses = _score_doses(examples, records)
    for disease, name in DISEASES.items():
        own = [e for e in examples if e.gold.get("disease") == disease]
        if own:
            slots = scored_slots(_training(folder), disease) - CITATION
            tables |= _score_protocol(own, records, slots, f"published protocol, {name}")
    return CorpusScores(tables, misses)


def _training(folder: Path) -> Iterable[Mapping[str, Any]]:
    remedy = "The protocol scores the slots that train.jsonl fills often enough; put it beside the file."
    return (row for _, row in read_objects(folder / "train.jsonl", remedy=remedy))


def _score_protocol(
    examples: Sequence[Example], records: Mapping[str, Record], slots: set[str], title: str
) -> dict[str, dict[str, Figure]]:
    by_document, kept = [], []
    for e in examples:
        ours = templates_of(records[e.doc_id], e.text) if e.doc_id in records else {}
        by_type: dict[str, Tally] = {}
        in_record: dict[str, Tally] = {}
        for (kind, slot), tally in score_templates(gold_templates(e.gold), ours, slots).items():
            add(by_type, kind, tally)
            if slot not in NOT_IN_A_RECORD:
                add(in_record, _KEPT, tally)
        by_document.append(by_type)
        kept.append(in_record)
    return {title: figures(by_document, total="micro") | figures(kept, total=None)}


def _score_doses(
    examples: Sequence[Example], records: Mapping[str, Record]
) -> tuple[dict[str, Mapping[str, Figure]], list[Miss]]:
    per_document, misses = [], []
    for e in examples:
        record = records.get(e.doc_id, {})
        doses, ours = gold_doses(e.gold), stated_doses(record)
        times, our_times = gold_frequencies(e.gold), stated_frequencies(record)
        missed = [d for d in doses if not any(_same_dose(d, o) for o in ours)]
        extra = [o for o in ours if not any(_same_dose(d, o) for d in doses)]
        tallies = {_DOSE: Tally(len(doses) - len(missed), len(extra), len(missed))}
        tallies[_FREQUENCY] = Tally(len(times & our_times), len(our_times - times), len(times - our_times))
        per_document.append(tallies)
        for names, values, unit in missed:
            drug_known = any(_same_drug(names, o[0]) for o in ours)
            kind = "the drug has another dose" if drug_known else "the drug has no dose"
            said = f"{'/'.join(sorted(names))} {'-'.join(f'{v:g}' for v in sorted(values))} {unit or ''}"
            misses.append(Miss(_DOSES, _DOSE, kind, e.doc_id, said))
        missed_times = sorted(times - our_times, key=str)
        misses += [Miss(_DOSES, _FREQUENCY, "no row has it", e.doc_id, str(t)) for t in missed_times]
    return {_DOSES: figures(per_document, total=None)}, misses


def gold_doses(document: Mapping[str, Any]) -> list[Dose]:
    """The different (drug, amounts, unit) of the Medication templates; the unit is None where none is linked."""
    words = {e["id"]: e["text"] for e in document["entities"]}
    out: list[Dose] = []
    for template in document["templates"]:
        slots = {s: [words[i] for i in v if i in words] for s, v in template["slots"].items()}
        if template["type"] != "Medication" or not slots.get("hasDoseValue") or not slots.get("hasDrug"):
            continue
        names = names_of({"aliases": slots["hasDrug"]})
        units = [ucum(u) or u for u in slots.get("hasDoseUnit", [])]
        for value in slots["hasDoseValue"]:
            amounts = frozenset(numbers_in(_RANGE.sub(" ", value)))
            dose = (names, amounts, units[0] if units else None)
            if amounts and dose not in out:
                out.append(dose)
    return out


def stated_doses(record: Record) -> list[Dose]:
    """The different doses of the dosing table, a list of levels one by one."""
    interventions = {i["id"]: i for i in record.get("interventions") or []}
    out: list[Dose] = []
    for row in record.get("dosing") or []:
        dose = row.get("dose") or {}
        single = [dose["value"]] if dose.get("value") is not None else dose.get("levels") or []
        amounts = [{v} for v in single] or ([{dose["low"], dose["high"]}] if dose.get("low") is not None else [])
        for values in amounts:
            found = (names_of(interventions[row["intervention"]]), frozenset(map(float, values)), dose.get("unit"))
            if found not in out:
                out.append(found)
    return out


def gold_frequencies(document: Mapping[str, Any]) -> set[Any]:
    """The different frequencies of the Intervention templates, as count and period in days, else in their words."""
    words = {e["id"]: e["text"] for e in document["entities"]}
    fillers = [
        words[i]
        for template in document["templates"]
        if template["type"] == "Intervention"
        for i in template["slots"].get("hasFrequency", [])
        if i in words
    ]
    return {_frequency(text) for text in fillers}


def stated_frequencies(record: Record) -> set[Any]:
    """The different frequencies of the dosing table."""
    return {_rate(row["frequency"]) for row in record.get("dosing") or [] if row.get("frequency")}


def _frequency(text: str) -> Any:
    article = Article(text=text, sentences=(Sentence(0, len(text), None),))
    for mention in extract_frequencies(article):
        return _rate(mention.value.model_dump())
    return " ".join(text.lower().split())


_DAYS = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25}


def _rate(row: Record) -> tuple[float | None, float | None]:
    period = row.get("period")
    days = None if period is None else round(period * _DAYS.get(row.get("period_unit") or "d", 1.0), 2)
    return row.get("count"), days


def _same_dose(gold: Dose, ours: Dose) -> bool:
    return gold[2] in (None, ours[2]) and gold[1] == ours[1] and _same_drug(gold[0], ours[0])


def _same_drug(gold: frozenset[str], ours: frozenset[str]) -> bool:
    """Whether the drugs share a name, or one's name holds the other's ("timolol maleate", "timolol")."""
    return any(g in o or o in g for g in gold for o in ours)


CT_CORPUS = Corpus(
    name="ct-corpus",
    description="doses, frequencies and the published slot protocol, abstracts on diabetes and glaucoma",
    file="val.jsonl",
    score=score,
)
