"""PubMed / MEDLINE XML as E-utilities and the baseline files have it: any number of articles, read one by one."""

from __future__ import annotations

from trialmine.ingest import identifiers
from trialmine.ingest.data_banks import trial_numbers
from trialmine.ingest.markup import inline_text, labelled, texts
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.xml_records import Element, records
from trialmine.records.document import Document, Note, Unreadable

_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "DeleteCitation")
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
        if isinstance(record, Unreadable):
            yield record
        elif record.tag == "DeleteCitation":
            yield _deleted(record, source.uri)
        else:
            yield _document(record, source.uri)


def _deleted(record: Element, uri: str) -> Unreadable:
    pmids = texts(record.findall("PMID"))
    shown = ", ".join(pmids[:20]) + (" …" if len(pmids) > 20 else "")
    what = f"PubMed has deleted {len(pmids):,} of its citations: PMID {shown}"
    return unreadable(uri, what, "Drop the records that were made from them.", place="DeleteCitation")


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
        notes=_retractions(record),
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
        others = record.findall(".//OtherAbstract")
        abstract = next((o for o in others if o.get("Language") == "eng"), others[0] if others else None)
    parts = [] if abstract is None else abstract.findall("AbstractText")
    return [labelled(None if p.get("Label") in _NO_LABEL else p.get("Label"), inline_text(p)) for p in parts]


def _retractions(record: Element) -> tuple[Note, ...]:
    notices = record.findall(".//CommentsCorrections[@RefType='RetractionIn']")
    named = "; ".join(texts([e for n in notices if (e := n.find("RefSource")) is not None]))
    message = f"the article was retracted ({named or 'no notice is named'}): do not rely on it"
    return (Note("retracted", message),) if notices else ()


def _article_id(record: Element, kind: str) -> str | None:
    # not ".//": the reference list holds the ids of other articles
    for data in ("PubmedData", "PubmedBookData", "BookDocument"):
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
    numbers = [
        trial_numbers(bank.findtext("DataBankName") or "", number)
        for bank in record.findall(".//DataBank")
        for number in texts(bank.findall(".//AccessionNumber"))
    ]
    return tuple(dict.fromkeys(number for several in numbers for number in several))


READER = Reader(
    name="pubmed_xml",
    description="PubMed / MEDLINE XML, any number of articles (E-utilities, baseline files)",
    suffixes=(".xml",),
    sniff=_sniff,
    read=_read,
)
