"""The four sources: how each is asked for many ids at once, and what of its answer belongs to which id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from trialmine.fetch.answer import Answer, Came, Element, Leads, Missing, json_object, xml_root, xml_text
from trialmine.fetch.asked import Asked
from trialmine.fetch.client import Client, RefusedError, Service
from trialmine.ingest import identifiers

EUTILS_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
EUROPE_PMC_URL = "https://www.ebi.ac.uk/europepmc/webservices/rest"
CLINICAL_TRIALS_URL = "https://clinicaltrials.gov/api/v2"


class Source(Protocol):
    """What is fetched from: asked for at most `batch` ids at a time."""

    @property
    def service(self) -> Service:
        """The service that is asked."""

    @property
    def batch(self) -> int:
        """How many ids at a time."""

    def get(self, client: Client, ids: Sequence[str]) -> Iterable[Answer]:
        """An answer for each id.

        Raises:
            RefusedError, UnansweredError: as Client.ask does.
        """


def eutils(url: str, api_key: str | None) -> Service:
    """NCBI's E-utilities: three requests a second, ten with a key."""
    return Service("NCBI", url, 10.0 if api_key else 3.0)


def europe_pmc(url: str) -> Service:
    """Europe PMC, which names no limit and asks for reason."""
    return Service("Europe PMC", url, 5.0)


def clinical_trials(url: str) -> Service:
    """ClinicalTrials.gov: some fifty requests a minute."""
    return Service("ClinicalTrials.gov", url, 50 / 60)


@dataclass(frozen=True)
class PubMed:
    """PubMed records as PubMed XML, a file for each."""

    service: Service
    identity: Mapping[str, str]
    batch: int = 200

    def get(self, client: Client, ids: Sequence[str]) -> Iterable[Answer]:
        """The records of PMIDs."""
        form = {"db": "pubmed", "id": ",".join(ids), "retmode": "xml", **self.identity}
        try:
            articles = client.ask(self.service, "/efetch.fcgi", self._read, kind="xml", form=form)
        except RefusedError as error:
            if "id list is empty" not in error.body.lower():
                raise
            articles = {}  # its way to say that it knows none of them
        for pmid in ids:
            yield articles.get(pmid) or Missing(
                pmid, "PubMed has no record with this PMID", "Check the number; a record may have been withdrawn."
            )

    @staticmethod
    def _read(body: bytes) -> dict[str, Came]:
        root = xml_root(body, "PubmedArticleSet", "eFetchResult")
        found: dict[str, Came] = {}
        for article in root.iterfind("*"):
            pmid = identifiers.pmid(article.findtext("MedlineCitation/PMID") or article.findtext("BookDocument/PMID"))
            if pmid:
                pmcid = identifiers.pmcid(article.findtext("PubmedData/ArticleIdList/ArticleId[@IdType='pmc']"))
                content = xml_text(article, within="PubmedArticleSet")
                found[pmid] = Came(pmid, f"pubmed/{pmid}.xml", content, pmcid)
        return found


@dataclass(frozen=True)
class PubMedCentral:
    """Whole articles as JATS, from NCBI; what it does not give out is asked of Europe PMC."""

    service: Service
    identity: Mapping[str, str]
    second: Service
    batch: int = 20

    def get(self, client: Client, ids: Sequence[str]) -> Iterable[Answer]:
        """The articles of PMCIDs."""
        form = {"db": "pmc", "id": ",".join(i.removeprefix("PMC") for i in ids), "retmode": "xml", **self.identity}
        articles = client.ask(self.service, "/efetch.fcgi", self._read, kind="xml", form=form)
        for pmcid in ids:
            yield articles.get(pmcid) or self._elsewhere(client, pmcid)

    @staticmethod
    def _read(body: bytes) -> dict[str, Came]:
        root = xml_root(body, "pmc-articleset", "eFetchResult")
        found: dict[str, Came] = {}
        for article in root.iterfind("article"):
            ids = article.iterfind("front/article-meta/article-id")
            numbers = (e.text for e in ids if e.get("pub-id-type") in ("pmc", "pmcid", "pmcaid", "pmc-aid"))
            pmcid = next((n for n in map(identifiers.pmcid, numbers) if n), None)
            if pmcid:
                found[pmcid] = Came(pmcid, f"pmc/{pmcid}.nxml", xml_text(article), pmcid)
        return found

    def _elsewhere(self, client: Client, pmcid: str) -> Answer:
        def read(body: bytes) -> Element:
            return xml_root(body, "article")

        try:
            article = client.ask(self.second, f"/{pmcid}/fullTextXML", read, kind="xml")
        except RefusedError:
            reason = "neither PubMed Central nor Europe PMC gives this article out"
            return Missing(pmcid, reason, "Check the number; save the page of a closed article, or fetch its PMID.")
        return Came(pmcid, f"pmc/{pmcid}.nxml", xml_text(article), pmcid)


@dataclass(frozen=True)
class EuropePmc:
    """What Europe PMC knows of DOIs: the PMID, or the record itself where PubMed has none (preprints)."""

    service: Service
    batch: int = 20

    def get(self, client: Client, ids: Sequence[str]) -> Iterable[Answer]:
        """The PMIDs of DOIs, or the records as Europe PMC's JSON."""
        for doi, record in self._records(client, ids).items():
            yield self._answer(doi, record)

    def _records(self, client: Client, dois: Sequence[str]) -> dict[str, dict[str, Any] | None]:
        """Europe PMC's record of each DOI; the one with a PMID where it has several."""
        asked = " OR ".join('DOI:"{}"'.format(doi.replace('"', "")) for doi in dois)
        query = {"query": asked, "format": "json", "resultType": "core", "pageSize": str(10 * len(dois))}
        answer = client.ask(self.service, "/search", json_object, kind="json", query=query)
        found: dict[str, dict[str, Any] | None] = dict.fromkeys(dois)
        for record in _results(answer):
            doi = str(record.get("doi") or "").lower()
            if doi in found and (found[doi] is None or (record.get("pmid") and not (found[doi] or {}).get("pmid"))):
                found[doi] = record
        return found

    @staticmethod
    def _answer(doi: str, record: dict[str, Any] | None) -> Answer:
        if pmid := identifiers.pmid((record or {}).get("pmid")):
            return Leads(doi, Asked("pmid", pmid))  # PubMed's record says more
        name = re.sub(r"[^A-Za-z0-9]", "", str((record or {}).get("id") or ""))
        if record is None or not name:
            remedy = f"Check it at https://doi.org/{doi}; if it leads to an article, save its page."
            return Missing(doi, "Europe PMC knows no article with this DOI", remedy)
        content = json.dumps({"resultList": {"result": [record]}}, ensure_ascii=True, indent=1) + "\n"
        return Came(doi, f"europepmc/{name}.json", content, identifiers.pmcid(record.get("pmcid")))


def _results(answer: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    listed = answer.get("resultList")
    results = listed.get("result") if isinstance(listed, dict) else None
    yield from (record for record in results or () if isinstance(record, dict))


@dataclass(frozen=True)
class ClinicalTrials:
    """Trials as ClinicalTrials.gov's JSON, a file for each."""

    service: Service
    batch: int = 50

    def get(self, client: Client, ids: Sequence[str]) -> Iterable[Answer]:
        """The trials of NCT numbers; a number that was replaced leads to the trial that has it now."""
        query = {"filter.ids": ",".join(ids), "pageSize": str(2 * len(ids)), "format": "json"}
        answer = client.ask(self.service, "/studies", json_object, kind="json", query=query)
        found: dict[str, Any] = {}
        for study in answer.get("studies") or ():
            module = (study.get("protocolSection") or {}).get("identificationModule") or {}
            numbers = [*(module.get("nctIdAliases") or ()), module.get("nctId")]
            found |= {str(number): study for number in numbers}
        for nct in ids:
            if nct in found:
                content = json.dumps(found[nct], ensure_ascii=True, indent=1) + "\n"
                yield Came(nct, f"clinicaltrials/{nct}.json", content)
            else:
                yield Missing(nct, "ClinicalTrials.gov has no trial with this number", "Check the number.")
