"""PubMed / MEDLINE XML as E-utilities and the baseline files have it: any number of articles, read one by one."""

from __future__ import annotations

from trialmine.ingest import identifiers
from trialmine.ingest.markup import inline_text, labelled, texts
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.xml_records import Element, records
from trialmine.records.document import Document, Unreadable

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
# data banks of MEDLINE that are trial registries; the others hold sequences, structures and data sets
_REGISTRIES = frozenset({
    "clinicaltrials.gov", "isrctn", "eudract", "anzctr", "chictr", "cris", "ctri", "drks", "irct", "japiccti",
    "jmacct", "jprn", "jrct", "ntr", "pactr", "rebec", "repec", "rpcec", "slctr", "tctr", "umin-ctr",
})  # fmt: skip
_NO_LABEL = ("UNLABELLED", "UNASSIGNED")


def _sniff(head: Head) -> int:
    text = head.text
    if text.startswith("<") and any(
        f"<{name}" in text for name in ("PubmedArticle", "MedlineCitation", "PubmedBookArticle")
    ):
        return 95
    return 0


def _read(source: Source) -> Items:
    for record in records(source, *_RECORDS):
        yield record if isinstance(record, Unreadable) else _document(record, source.uri)


def _document(record: Element, uri: str) -> Document | Unreadable:
    title = _title(record)
    lines = [line for line in (title, *_abstract(record)) if line]
    pmid = identifiers.pmid(record.findtext(".//PMID"))
    if not lines:
        return unreadable(
            uri, "the record has neither title nor abstract", "Drop it.", place=f"PMID {pmid}", doc_id=pmid
        )
    return Document(
        text="\n".join(lines),
        format=READER.name,
        uri=uri,
        title=title,
        pmid=pmid,
        pmcid=identifiers.pmcid(_article_id(record, "pmc")),
        doi=identifiers.doi(_article_id(record, "doi") or record.findtext(".//ELocationID[@EIdType='doi']") or ""),
        journal=record.findtext(".//Journal/Title")
        or record.findtext(".//MedlineTA")
        or record.findtext(".//BookTitle"),
        year=_year(record),
        registry_ids=_registry_ids(record),
        language=record.findtext(".//Language"),
        publication_types=texts(record.findall(".//PublicationType")),
        mesh_terms=texts(record.findall(".//MeshHeading/DescriptorName")),
    )


def _title(record: Element) -> str | None:
    for name in ("ArticleTitle", "VernacularTitle", "BookTitle"):
        element = record.find(f".//{name}")
        if element is not None and (text := inline_text(element)):
            return text
    return None


def _abstract(record: Element) -> list[str]:
    abstract = record.find(".//Abstract")
    if abstract is None:
        abstract = record.find(".//OtherAbstract")
    parts = [] if abstract is None else abstract.findall("AbstractText")
    return [labelled(None if p.get("Label") in _NO_LABEL else p.get("Label"), inline_text(p)) for p in parts]


def _article_id(record: Element, kind: str) -> str | None:
    # not ".//": the reference list holds the ids of other articles
    for data in ("PubmedData", "PubmedBookData"):
        found = record.findtext(f"{data}/ArticleIdList/ArticleId[@IdType='{kind}']")
        if found:
            return found
    return None


def _year(record: Element) -> int | None:
    for path in (
        ".//JournalIssue/PubDate/Year",
        ".//JournalIssue/PubDate/MedlineDate",
        ".//ArticleDate/Year",
        ".//PubDate/Year",
    ):
        found = identifiers.year(record.findtext(path))
        if found:
            return found
    return None


def _registry_ids(record: Element) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for bank in record.findall(".//DataBank"):
        known = (bank.findtext("DataBankName") or "").strip().lower() in _REGISTRIES
        for number in texts(bank.findall(".//AccessionNumber")):
            found |= dict.fromkeys(identifiers.registry_ids(number) or ((number,) if known else ()))
    return tuple(found)


READER = Reader(
    name="pubmed_xml",
    description="PubMed / MEDLINE XML, any number of articles (E-utilities, baseline files)",
    suffixes=(".xml",),
    sniff=_sniff,
    read=_read,
)
