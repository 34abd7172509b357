"""Exports of databases and reference managers: Europe PMC, BioC, MEDLINE, RIS, ClinicalTrials.gov."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingest.reading import ReadFile, documents, messages
from trialmine.flow import load
from trialmine.ingest.options import ReadOptions
from trialmine.records.document import Document

EUROPEPMC: dict[str, Any] = {
    "id": "41",
    "source": "MED",
    "pmid": "41",
    "pmcid": "PMC51",
    "doi": "10.1000/e.1",
    "title": "Zorbamab in <i>gout</i>.",
    "authorString": "Nobody A.",
    "journalInfo": {"yearOfPublication": 2019, "journal": {"title": "J Made Up"}},
    "pubYear": "2019",
    "abstractText": "<h4>Methods</h4>We gave 10<sup>6</sup> cells, P<0.05 &amp; more.<h4>Results</h4>Good.",
    "language": "eng",
    "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
    "meshHeadingList": {"meshHeading": [{"majorTopic_YN": "Y", "descriptorName": "Gout"}]},
}


def europepmc(*results: object) -> str:
    return json.dumps({"version": "6.9", "hitCount": 2, "request": {"query": "x"}, "resultList": {"result": results}})


def test_europepmc(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(europepmc(EUROPEPMC)))
    assert doc.text == "Zorbamab in gout.\nMethods: We gave 10^6 cells, P<0.05 & more.\nResults: Good."
    assert (doc.pmid, doc.pmcid, doc.doi, doc.journal, doc.year) == ("41", "PMC51", "10.1000/e.1", "J Made Up", 2019)
    assert (doc.format, doc.mesh_terms, doc.language) == ("europepmc", ("Gout",), "en")
    assert doc.publication_types[0] == "Randomized Controlled Trial"


BIOC_DOC: dict[str, Any] = {
    "id": "41",
    "infons": {},
    "passages": [
        {"offset": 0, "infons": {"section_type": "TITLE", "type": "front", "article-id_pmc": "51", "year": "2019",
                                 "article-id_pmid": "41", "article-id_doi": "10.1000/b.1"}, "text": "Zorbamab in gout"},
        {"offset": 17, "infons": {"section_type": "ABSTRACT", "type": "abstract_title_1"}, "text": "Methods"},
        {"offset": 25, "infons": {"section_type": "ABSTRACT", "type": "abstract"}, "text": "We gave 5 mg."},
        {"offset": 39, "infons": {"section_type": "INTRO", "type": "paragraph"}, "text": "Not read."},
        {"offset": 49, "infons": {"section_type": "METHODS", "type": "title_1"}, "text": "Methods"},
        {"offset": 57, "infons": {"section_type": "METHODS", "type": "paragraph"}, "text": "Twice daily."},
        {"offset": 70, "infons": {"section_type": "TABLE", "type": "table"}, "text": "Arm\tn\t\nA\t12\t\n"},
        {"offset": 90, "infons": {"section_type": "REF", "type": "ref"}, "text": "Not read."},
    ],
}  # fmt: skip
BIOC_XML = """<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>PubTator</source>
<document><id>{}</id><passage><infon key="type">title</infon><offset>0</offset><text>Zorbamab &lt; gout</text></passage>
<passage><infon key="type">abstract</infon><infon key="journal">J Made Up; 2019</infon><offset>17</offset>
<text>We gave 5 mg.</text><annotation id="1"><text>mg</text></annotation></passage></document></collection>"""


@pytest.mark.parametrize("wrap", [lambda d: {"source": "PMC", "documents": [d]}, lambda d: [{"documents": [d]}]])
def test_bioc_json(read_file: ReadFile, wrap: Any) -> None:
    (doc,) = documents(read_file(json.dumps(wrap(BIOC_DOC))))
    assert doc.text == "Zorbamab in gout\nMethods: We gave 5 mg."
    assert (doc.doc_id, doc.pmid, doc.pmcid, doc.doi, doc.year) == ("41", "41", "PMC51", "10.1000/b.1", 2019)
    (full,) = documents(read_file(json.dumps(wrap(BIOC_DOC)), options=ReadOptions(full_text=True)))
    assert full.text.split("\n")[2:] == ["Methods", "Twice daily.", "Arm | n |", "A | 12"]


def test_bioc_xml(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(BIOC_XML.format(41)))
    assert (doc.text, doc.pmid, doc.journal) == ("Zorbamab < gout\nWe gave 5 mg.", "41", "J Made Up")
    assert doc.format == "bioc_xml"


NBIB = """PMID- {pmid}
OWN - NLM
DP  - 2009 Oct 1
TI  - Zorbamab in gout: a trial
      in two parts.
LID - 10.1000/m.1 [doi]
AB  - BACKGROUND: Known. METHODS: We
      gave 5 mg. RESULTS: Good.
LA  - eng
SI  - ClinicalTrials.gov/NCT00000102
SI  - GENBANK/AB123456
PT  - Clinical Trial, Phase II
PMC - PMC51
MH  - *Gout/drug therapy
MH  - Humans
JT  - Journal made up
RIN - J Made Up. 2011
"""


def test_medline(read_file: ReadFile) -> None:
    one, two = documents(read_file("\n" + NBIB.format(pmid=41) + "\n" + NBIB.format(pmid=42)))
    assert one.text == (
        "Zorbamab in gout: a trial in two parts.\nBACKGROUND: Known. METHODS: We gave 5 mg. RESULTS: Good."
    )
    assert (one.pmid, one.pmcid, one.doi, one.year) == ("41", "PMC51", "10.1000/m.1", 2009)
    assert (one.journal, one.mesh_terms) == ("Journal made up", ("Gout", "Humans"))
    assert (one.registry_ids, one.publication_types) == (("NCT00000102",), ("Clinical Trial, Phase II",))
    assert [n.code for n in one.notes] == ["retracted"]
    assert (two.pmid, two.format) == ("42", "medline")


RIS = """TY  - JOUR
ID  - z{}
T1  - Zorbamab in gout
AB  - We gave 5 mg.
It worked.
JF  - J Made Up
PY  - 2009/10/01/
DO  - https://doi.org/10.1000/r.1
AN  - 41
DB  - PubMed
KW  - Gout
LA  - eng
ER  -\x20
"""


def test_ris(read_file: ReadFile) -> None:
    one, _ = documents(read_file("\ufeff" + RIS.format(1) + "\n" + RIS.format(2).replace("\n", "\r\n")))
    assert one.text == "Zorbamab in gout\nWe gave 5 mg. It worked."
    assert (one.doc_id, one.pmid, one.doi, one.year, one.journal) == ("z1", "41", "10.1000/r.1", 2009, "J Made Up")
    assert one.format == "ris"


STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT00000102",
            "briefTitle": "Zorbamab in Gout",
            "officialTitle": "A Phase 2 Trial of Zorbamab in Gout",
            "secondaryIdInfos": [{"id": "2004-000012-13", "type": "EUDRACT_NUMBER"}],
        },
        "statusModule": {"studyFirstPostDateStruct": {"date": "2012-03-04"}},
        "descriptionModule": {"briefSummary": "Whether zorbamab\nlowers pain."},
        "conditionsModule": {"conditions": ["Gout"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "designInfo": {
                "allocation": "RANDOMIZED",
                "interventionModel": "PARALLEL",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT"]},
            },
            "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {
                    "label": "Zorbamab",
                    "type": "EXPERIMENTAL",
                    "description": "Zorbamab 40 mg orally twice daily for 12 weeks",
                },
                {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "description": "Placebo twice daily"},
            ],
            "interventions": [{"type": "DRUG", "name": "Zorbamab", "otherNames": ["ZB-1"]}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": "Pain score", "timeFrame": "12 weeks"}]},
        "eligibilityModule": {
            "eligibilityCriteria": "Inclusion Criteria:\n\n* Gout\n* eGFR \\> 60",
            "minimumAge": "18 Years",
            "sex": "ALL",
        },
    },
    "hasResults": False,
}


@pytest.mark.parametrize("wrap", [lambda s: s, lambda s: {"studies": [s], "nextPageToken": "x"}, lambda s: [s]])
def test_clinicaltrials_gov(read_file: ReadFile, wrap: Any) -> None:
    (doc,) = documents(read_file(json.dumps(wrap(STUDY), indent=1)))
    lines = doc.text.split("\n")
    assert lines[0] == doc.title == "A Phase 2 Trial of Zorbamab in Gout"
    assert "Background: Whether zorbamab" in lines
    assert (
        "Methods: Study type: interventional. Phase: phase 2. Allocation: randomized. "
        "Intervention model: parallel. Masking: double-blind (participant). Enrollment: 120 participants (planned)."
    ) in lines
    assert "Experimental: Zorbamab. Zorbamab 40 mg orally twice daily for 12 weeks." in lines
    assert "Drug: Zorbamab (also called ZB-1)." in lines
    assert "Primary outcome: Pain score [time frame: 12 weeks]." in lines
    assert "* eGFR > 60" in lines
    assert (doc.doc_id, doc.record_id, doc.year) == ("NCT00000102", "nct:NCT00000102", 2012)
    assert doc.registry_ids == ("NCT00000102", "2004-000012-13")
    assert doc.publication_types == ("Clinical Trial Protocol",)


@pytest.mark.slow
def test_a_registration_gives_a_protocol_record(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(json.dumps(STUDY)))
    record = load().extract(doc)
    assert record.document_kind == "trial_protocol"
    assert record.design is not None
    design = record.design
    assert (design.phase, design.allocation, design.masking) == (("2",), "randomized", "double")
    doses = {(row.dose.value, row.frequency.code) for row in record.dosing if row.dose and row.frequency}
    assert doses == {(40, "BID")}


BROKEN = [
    ("europepmc", europepmc(EUROPEPMC, EUROPEPMC, EUROPEPMC).replace('"id": "41"', '"id" oops "41"', 2).replace(
        '"id" oops', '"id":', 1)),
    ("europepmc without text", europepmc(EUROPEPMC, {"id": "9", "source": "MED"}, EUROPEPMC)),
    ("bioc json", json.dumps({"documents": [BIOC_DOC, {**BIOC_DOC, "id": "bro\x00ken"}, BIOC_DOC]}).replace(
        '"id": "bro\\u0000ken"', '"id" oops')),
    ("bioc xml", BIOC_XML.format(1).replace("</collection>", "")
     + "<document><id>2</id><passage></document>" + BIOC_XML.format(3)[BIOC_XML.index("<document>"):]),
    ("medline", NBIB.format(pmid=1) + "\nPMID- 2\nOWN - NLM\n\n" + NBIB.format(pmid=3)),
    ("ris without end", RIS.format(1) + "TY  - JOUR\nID  - 2\n" + RIS.format(3)),
    ("ris without text", RIS.format(1) + "TY  - JOUR\nID  - 2\nER  - \n" + RIS.format(3)),
    ("ctgov", json.dumps({"studies": [STUDY, {"protocolSection": {}, "broken": 1}, STUDY]}, indent=1).replace(
        '"broken": 1', '"broken" oops')),
    ("ctgov without text", json.dumps([STUDY, {"protocolSection": {}}, STUDY])),
]  # fmt: skip


@pytest.mark.parametrize(("label", "content"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_broken_record_costs_itself_alone(read_file: ReadFile, label: str, content: str) -> None:
    items = read_file(content)
    assert [type(item) is Document for item in items] == [True, False, True]
    (message,) = messages(items)
    assert "input" in message
    assert message.count(". ") >= 1


def test_thousands_of_citations_are_read_lazily(read_file: ReadFile) -> None:
    docs = documents(read_file("\n".join(NBIB.format(pmid=i) for i in range(1, 2001))))
    assert [d.pmid for d in docs] == [str(i) for i in range(1, 2001)]
