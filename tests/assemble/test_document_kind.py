from __future__ import annotations

from dataclasses import replace

import pytest

from support.blocks import blocks
from support.marked import read
from trialmine.assemble.document_kind import decide_document_kind
from trialmine.records.article import Mentions

CASES = [
    ("A randomised trial of tea\nMETHODS: 40 patients were randomized. RESULTS: It helped (P < 0.01).", "trial_report"),
    ("Tea in gout: study protocol\nMETHODS: Patients will be randomized and will receive tea.", "trial_protocol"),
    ("Tea in gout: a randomized trial. Adults will receive tea. The main outcome is pain at a year.", "trial_protocol"),
    ("Tea in gout: a randomized trial. Adults received tea. Pain decreased. We will include more.", "trial_report"),
    ("Tea among welders. A cohort study, not a randomized trial, of 90 men in pain.", "observational"),
    ("Tea in gout: a systematic review\nMETHODS: We searched MEDLINE and EMBASE.", "review"),
    ("Gout in a cook: a case report\nWe report a rare case of gout.", "case_report"),
    ("Tea in Wistar rats\nMETHODS: Rats were fed tea. RESULTS: The rats grew.", "preclinical"),
    ("A 63-year-old woman was admitted with gout. Her symptoms resolved on velotinib 50 mg daily.", "case_report"),
    ("Tea in gout: study protocol\nMETHODS: Patients are randomized. A P of 0.05 is significant.", "trial_protocol"),
    ("Tea: pooled analysis of 12 trials\nMETHODS: Data of 900 patients.", "review"),
    ("A randomised trial of tea\nMETHODS: 40 women were randomized. One 63-year-old woman was ill. RESULTS: P < 0.01.",
     "trial_report"),
    ("A retrospective study of gout\nMETHODS: Medical records of 40 patients were read.", "observational"),
    ("Tea for gout: clinical trial design\nMETHODS: Patients are randomized to tea or water.", "trial_protocol"),
    ("Files for roots\nMETHODS: In this ex vivo study, 60 extracted human upper premolars were cut.", "preclinical"),
    ("Tea for welders\nMETHODS: Fifteen men were divided into two groups.", "trial_report"),
    ("The ship left at noon.", "other"),
    ("", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), CASES, ids=[f"{c[1]}-{i}" for i, c in enumerate(CASES)])
def test_decides_from_signs(text: str, kind: str) -> None:
    assert blocks(text).kind == kind


TYPES = [
    (("Randomized Controlled Trial", "Journal Article"), "trial_report"),
    (("Clinical Trial Protocol",), "trial_protocol"),
    (("Review", "Randomized Controlled Trial"), "trial_report"),
    (("Journal Article", "Case Reports"), "case_report"),
    (("Journal Article",), "other"),
]


@pytest.mark.parametrize(("types", "kind"), TYPES)
def test_what_the_source_says_comes_first(types: tuple[str, ...], kind: str) -> None:
    article = replace(read("The ship left at noon."), publication_types=types)
    assert decide_document_kind(article, Mentions.of([])) == kind
