"""The columns of every table: name, pandas dtype and what the column holds."""

from __future__ import annotations

from typing import Literal, NamedTuple

Dtype = Literal["string", "Int64", "Float64", "boolean"]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    dtype: Dtype
    meaning: str


def _text(name: str, meaning: str) -> Column:
    return Column(name, "string", meaning)


def _real(name: str, meaning: str) -> Column:
    return Column(name, "Float64", meaning)


def _whole(name: str, meaning: str) -> Column:
    return Column(name, "Int64", meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, "boolean", meaning)


_KEYS = (
    _text("record_id", "pmid:…, pmcid:…, doi:…, nct:… or sha256:… of the raw text"),
    _text("doc_id", "the id that the input gave, else the record_id"),
)
_PLACE = (
    _whole("start", "first evidence: start in the raw text, in code points"),
    _whole("end", "first evidence: end in the raw text (half-open)"),
    _text("quote", "first evidence: the raw text from start to end"),
    _text("section", "section that the evidence stands in"),
    _text("warnings", "codes of the warnings that touch the evidence, joined by ;"),
)
_SPAN = (
    _whole("start", "start in the raw text, in code points"),
    _whole("end", "end in the raw text (half-open)"),
    _text("quote", "the raw text from start to end"),
)
_ARMS = (
    _text("arm_ids", "arms by id, joined by ;"),
    _text("arms", "labels of these arms, joined by '; '"),
)
_TIMEPOINT = (
    _real("timepoint_value", "time of measurement"),
    _text("timepoint_unit", "its unit (UCUM)"),
    _text("timepoint_text", "as the text words it"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "trials": (
        *_KEYS,
        _text("title", "title of the document"),
        _text("pmid", "PubMed id"),
        _text("pmcid", "PubMed Central id"),
        _text("doi", "DOI"),
        _text("registry_ids", "NCT and other registry numbers, joined by ;"),
        _text("journal", "journal"),
        _whole("year", "year of publication"),
        _text("language", "language of the document, where its source gives it"),
        _text("uri", "where the document was read from"),
        _text("format", "format that it was read as"),
        _text("text_sha256", "hash of the raw text that the offsets point into"),
        _text("document_kind", "trial_report, trial_protocol, review, …"),
        _text("noise_level", "none, low or high"),
        _text("phase", "phases, joined by ;"),
        _text("allocation", "randomized or non_randomized"),
        _text("masking", "open_label, single, double, …"),
        _text("control", "kinds of control, joined by ;"),
        _text("assignment", "parallel, crossover, single_group, …"),
        _text("escalation", "way of dose escalation"),
        _flag("multicenter", "several centres"),
        _text("allocation_ratio", "as in 2:1"),
        _text("purpose", "purpose of the trial"),
        _text("conditions", "conditions of the participants, joined by '; '"),
        _whole("enrolled", "participants enrolled"),
        _whole("evaluable", "participants evaluable"),
        _whole("randomized", "participants randomized"),
        _real("age_minimum", "lower age limit"),
        _real("age_maximum", "upper age limit"),
        _real("age_mean", "mean age"),
        _real("age_median", "median age"),
        _text("age_unit", "unit of the ages (UCUM)"),
        _text("sex", "all, female or male"),
    ),
    "conditions": (
        *_KEYS,
        _whole("row", "number of the row within the record, from 1"),
        _text("name", "canonical name"),
        _text("text", "as the text words it"),
        _text("identifiers", "system|code, joined by '; '"),
        *_PLACE,
    ),
    "eligibility": (
        *_KEYS,
        _whole("row", "number of the row within the record, from 1"),
        _text("kind", "inclusion or exclusion"),
        _text("text", "the criterion as the text words it"),
        *_PLACE,
    ),
    "dosing": (
        *_KEYS,
        _text("dosing_id", "row id within the record"),
        _text("intervention_id", "id in the interventions table"),
        _text("intervention", "canonical name"),
        _text("intervention_kind", "drug, biological, vaccine, …"),
        _text("intervention_role", "investigational, comparator, background, …"),
        _text("intervention_identifiers", "of the intervention: system|code, joined by '; '"),
        *_ARMS,
        _text("role", "dose role: starting, maintenance, maximum, …; empty for the plain dose"),
        _text("dose_comparator", "<, <=, =, >=, > or ~"),
        _real("dose_value", "single dose"),
        _real("dose_low", "lower end of a dose range"),
        _real("dose_high", "upper end of a dose range"),
        _text("dose_levels", "list of dose levels, joined by ;"),
        _text("dose_unit", "UCUM unit per administration"),
        _text("dose_text", "the dose as the text words it"),
        _text("route", "route of administration"),
        _text("route_codes", "the route in SNOMED CT and HL7 table 0162: system|code, joined by '; '"),
        _text("form", "dose form"),
        _text("frequency_code", "BID, Q3W, ONCE, …"),
        _text("frequency_fhir_code", "the code that FHIR's Timing.code has for it: system|code"),
        _real("frequency_count", "administrations per period"),
        _real("frequency_count_max", "upper end, where the text gives a range"),
        _real("frequency_period", "length of the period"),
        _real("frequency_period_max", "upper end, where the text gives a range"),
        _text("frequency_period_unit", "unit of the period (UCUM)"),
        _flag("frequency_as_needed", "given as needed"),
        _text("frequency_text", "the frequency as the text words it"),
        _real("derived_daily_dose", "derived here, not stated: dose times the administrations of a day"),
        _real("derived_daily_dose_high", "derived here: its upper end, where dose or frequency is a range"),
        _text("derived_daily_dose_unit", "derived here: unit of the daily dose (UCUM)"),
        _text("cycle_days", "days of the cycle, joined by ;"),
        _real("cycle_length", "length of the cycle"),
        _text("cycle_length_unit", "its unit (UCUM)"),
        _whole("cycles", "number of cycles"),
        _whole("cycles_max", "upper end, where the text gives a range"),
        _real("on", "time on the drug in a cycle"),
        _text("on_unit", "its unit (UCUM)"),
        _real("off", "time off the drug in a cycle"),
        _text("off_unit", "its unit (UCUM)"),
        _text("schedule_text", "the schedule as the text words it"),
        _real("duration_value", "how long the drug was given"),
        _real("duration_value_max", "upper end, where the text gives a range"),
        _text("duration_unit", "unit of the duration (UCUM)"),
        _text("duration_text", "the duration as the text words it"),
        _whole("administrations", "number of administrations"),
        _real("infusion_time", "length of one infusion"),
        _text("infusion_time_unit", "its unit (UCUM)"),
        _text("condition", "with food, at bedtime, before surgery, …"),
        _text("text", "the row as the text words it"),
        *_PLACE,
    ),
    "statistics": (
        *_KEYS,
        _text("statistic_id", "row id within the record"),
        _text("endpoint_id", "id in the endpoints table"),
        _text("endpoint", "name of the endpoint"),
        _text("endpoint_code", "OS, PFS, ORR, …"),
        *_ARMS,
        _text("measure", "hazard_ratio, proportion, mean, p_value, …"),
        _text("comparator", "<, <=, =, >=, > or ~ before the value"),
        _real("value", "the reported value"),
        _text("unit", "UCUM unit of the value"),
        _whole("numerator", "n of n/N"),
        _whole("denominator", "N of n/N"),
        _real("ci_level", "0.95 for a 95 % interval"),
        _real("ci_low", "lower confidence limit"),
        _real("ci_high", "upper confidence limit"),
        _text("p_comparator", "modifier of the P value"),
        _real("p_value", "P value"),
        _text("p_text", "the P as the text words it"),
        _text("dispersion_kind", "sd, se, iqr or range"),
        _real("dispersion_value", "sd, se, or the width of an iqr"),
        _real("dispersion_low", "lower end of an iqr or range"),
        _real("dispersion_high", "upper end of an iqr or range"),
        *_TIMEPOINT,
        _text("text", "the row as the text words it"),
        *_PLACE,
    ),
    "endpoints": (
        *_KEYS,
        _text("endpoint_id", "row id within the record"),
        _text("name", "what was measured"),
        _text("code", "OS, PFS, ORR, …"),
        _text("role", "primary, secondary, exploratory, safety"),
        _text("kind", "efficacy, safety, pharmacokinetic, …"),
        _text("instrument", "scale or instrument"),
        *_TIMEPOINT,
        *_PLACE,
    ),
    "arms": (
        *_KEYS,
        _text("arm_id", "row id within the record"),
        _text("label", "what the text calls the arm"),
        _text("role", "experimental, active_comparator, placebo_comparator, …"),
        _whole("n", "participants assigned"),
        _text("intervention_ids", "interventions by id, joined by ;"),
        _text("interventions", "names of these interventions, joined by '; '"),
        *_PLACE,
    ),
    "interventions": (
        *_KEYS,
        _text("intervention_id", "row id within the record"),
        _text("name", "canonical name"),
        _text("text", "as the text words it"),
        _text("aliases", "other names in the text, joined by '; '"),
        _text("kind", "drug, biological, vaccine, device, procedure, …"),
        _text("role", "investigational, comparator, background, …"),
        _text("identifiers", "system|code, joined by '; '"),
        *_PLACE,
    ),
    "adverse_events": (
        *_KEYS,
        _whole("row", "number of the row within the record, from 1"),
        _text("term", "the unwanted event"),
        _whole("grade_low", "lowest grade"),
        _whole("grade_high", "highest grade"),
        _whole("n", "participants with the event"),
        _real("percent", "share of participants with the event"),
        *_ARMS,
        _flag("dose_limiting", "a dose-limiting toxicity"),
        _flag("serious", "a serious adverse event"),
        _flag("related", "said to be related to the treatment"),
        _text("text", "the row as the text words it"),
        *_PLACE,
    ),
    "warnings": (
        *_KEYS,
        _whole("row", "number of the warning within the record, from 1"),
        _text("code", "kind of warning"),
        _text("message", "what the reader should look at"),
        *_SPAN,
    ),
    "edits": (
        *_KEYS,
        _whole("row", "number of the repair within the record, from 1"),
        _text("rule", "the repair's name"),
        _text("after", "what was read in place of the quote"),
        _real("confidence", "how sure the repair is, 0 to 1"),
        *_SPAN,
    ),
    "evidence": (
        *_KEYS,
        _text("block", "table that the row stands in; design and population for those of trials"),
        _text("row_id", "id, or number, of the row in its table; empty for design and population"),
        _whole("piece", "number of the piece among the row's evidence, from 1"),
        *_SPAN,
        _text("section", "section that the evidence stands in"),
    ),
}


def dictionary() -> str:
    """Every table with its columns, types and what these hold, as Markdown."""
    parts = ["# Tables\n\nWritten by `trialmine schema --tables`. Types are pandas'; an empty cell is NA.\n"]
    for name, columns in TABLES.items():
        rows = "".join(f"| {c.name} | {c.dtype} | {c.meaning.replace('|', chr(92) + '|')} |\n" for c in columns)
        parts.append(f"\n## {name}\n\n| column | type | holds |\n| --- | --- | --- |\n{rows}")
    return "".join(parts)
