"""The closed vocabularies of the trial record, in the words of CONSORT, FHIR, UCUM and ClinicalTrials.gov."""

from __future__ import annotations

from typing import Literal

SectionLabel = Literal["title", "background", "objective", "methods", "results", "conclusions", "registration", "other"]
DocumentKind = Literal[
    "trial_report", "trial_protocol", "review", "preclinical", "case_report", "observational", "other"
]
# the contract names the phases to 4; texts and gold also have 3a and 3b, which "3" would blur
Phase = Literal["1", "1a", "1b", "2", "2a", "2b", "3", "3a", "3b", "4"]
Allocation = Literal["randomized", "non_randomized"]
Masking = Literal["open_label", "single", "double", "triple", "quadruple"]
Control = Literal["placebo", "active", "dose_comparison", "no_treatment", "historical", "sham", "standard_of_care"]
Assignment = Literal["parallel", "crossover", "single_group", "factorial", "sequential", "cluster"]
Sex = Literal["all", "female", "male"]
InterventionKind = Literal[
    "drug", "biological", "vaccine", "device", "procedure", "radiation", "behavioral", "dietary_supplement",
    "cell_therapy", "other",
]  # fmt: skip
InterventionRole = Literal["investigational", "comparator", "background", "premedication", "rescue", "challenge"]
ArmRole = Literal["experimental", "active_comparator", "placebo_comparator", "sham_comparator", "no_intervention"]
DosingRole = Literal[
    "starting", "maintenance", "loading", "maximum", "escalation_level", "maximum_tolerated", "recommended", "reduced"
]
Route = Literal[
    "oral", "intravenous", "subcutaneous", "intramuscular", "intradermal", "intranasal", "inhaled", "topical",
    "ophthalmic", "intravitreal", "rectal", "vaginal", "sublingual", "transdermal", "intrathecal", "intraperitoneal",
    "intratumoral", "intra-articular", "epidural", "buccal", "otic", "perineural", "other",
]  # fmt: skip
TimeUnit = Literal["s", "min", "h", "d", "wk", "mo", "a"]
Comparator = Literal["<", "<=", "=", ">=", ">", "~"]
EndpointRole = Literal["primary", "secondary", "exploratory", "safety"]
EndpointKind = Literal["efficacy", "safety", "pharmacokinetic", "pharmacodynamic", "immunogenicity", "other"]
Measure = Literal[
    "hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "mean", "median",
    "geometric_mean", "ratio", "proportion", "count", "rate", "change_from_baseline", "percent_change", "correlation",
    "p_value", "range", "other",
]  # fmt: skip
RATIOS: frozenset[Measure] = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio"})
"""Ratios of what happened in two groups: 1 says that it was the same."""
NoiseLevel = Literal["none", "low", "high"]
