"""PubMed XML and JATS: labelled sections, ids, inline marks, broken and hostile records."""

from __future__ import annotations

import pytest

from ingest.reading import ReadFile, documents, messages
from trialmine.ingest.options import ReadOptions

PUBMED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.invalid/pubmed.dtd">
<PubmedArticleSet>{records}</PubmedArticleSet>"""
RECORD = """
<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article>
 <Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>
 <Title>Made Up J</Title></Journal>
 <ArticleTitle>Zorbamab in <i>gout</i>.</ArticleTitle>
 <Abstract>
 <AbstractText Label="METHODS">We gave 10<sup>6</sup> cells/m<sup>2</sup> of {drug}.</AbstractText>
 <AbstractText Label="UNLABELLED">It worked (P &lt; 0.05).</AbstractText>
 <CopyrightInformation>Mine.</CopyrightInformation></Abstract>
 <Language>eng</Language>
 <DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>
  <AccessionNumber>NCT00000009</AccessionNumber></AccessionNumberList></DataBank>
  <DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>
  <AccessionNumber>AB123</AccessionNumber></AccessionNumberList></DataBank>
 </DataBankList>
 <PublicationTypeList><PublicationType UI="D1">Randomized Controlled Trial</PublicationType></PublicationTypeList>
 </Article>
 <MeshHeadingList><MeshHeading><DescriptorName>Gout</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation>
 <PubmedData><ReferenceList><Reference>
  <ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId></ArticleIdList></Reference></ReferenceList>
 <ArticleIdList><ArticleId IdType="doi">10.1000/own</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>
 </ArticleIdList></PubmedData></PubmedArticle>
"""


def pubmed(*records: str) -> str:
    return PUBMED.format(records="".join(records))


def record(pmid: int = 1, drug: str = "zorbamab") -> str:
    return RECORD.format(pmid=pmid, drug=drug)


def test_pubmed_record(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(pubmed(record(42))))
    assert doc.text == "Zorbamab in gout.\nMETHODS: We gave 10^6 cells/m2 of zorbamab.\nIt worked (P < 0.05)."
    assert (doc.pmid, doc.pmcid, doc.doi, doc.journal, doc.year) == ("42", "PMC77", "10.1000/own", "Made Up J", 1998)
    assert (doc.registry_ids, doc.mesh_terms, doc.language) == (("NCT00000009",), ("Gout",), "en")
    assert doc.publication_types == ("Randomized Controlled Trial",)
    assert doc.format == "pubmed_xml"


def test_many_records_come_one_by_one(read_file: ReadFile) -> None:
    docs = documents(read_file(pubmed(*(record(i) for i in range(1, 2001)))))
    assert [d.pmid for d in docs] == [str(i) for i in range(1, 2001)]


BROKEN = [
    ("tag", record(2).replace("</ArticleTitle>", "</Artic")),
    ("cut", record(2)[:400]),
    ("unknown entity", record(2, "&nonsense;")),
    ("billion laughs", record(2, "&lol9;")),
    ("control character", record(2, "a\x01b")),
    ("neither title nor abstract", "<PubmedArticle><PMID>2</PMID></PubmedArticle>"),
]


@pytest.mark.parametrize(("label", "broken"), BROKEN, ids=[c[0] for c in BROKEN])
def test_a_broken_record_costs_itself_alone(read_file: ReadFile, label: str, broken: str) -> None:
    items = read_file(pubmed(record(1), broken, record(3)))
    assert [d.pmid for d in documents(items)] == ["1", "3"]
    (message,) = messages(items)
    assert "input" in message


def test_the_line_of_a_broken_record_is_named(read_file: ReadFile) -> None:
    content = pubmed(record(1), record(2).replace("</ArticleTitle>", "</Wrong>"))
    line = content[: content.index("</Wrong>")].count("\n") + 1
    (message,) = messages(read_file(content))
    assert f"line {line}:" in message


def test_external_entities_are_never_read(read_file: ReadFile, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("secret") / "s.txt"
    secret.write_text("secret words")
    content = pubmed(record(1, "&leak;")).replace(
        '"https://example.invalid/pubmed.dtd">', f'"x.dtd" [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    )
    items = read_file(content)
    assert "secret words" not in str(items)


def test_names_of_the_dtds_characters_are_known(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(pubmed(record(1, "5 &mu;g &alpha;&nbsp;X &amp; Y"))))
    assert "5 μg α X & Y" in doc.text


def test_pretty_printed_markup_gives_no_blanks(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(pubmed(record(1, "a &#946;\n\t\t<sub>2</sub>-agonist"))))
    assert "a β2-agonist" in doc.text


def test_a_set_without_records_says_so(read_file: ReadFile) -> None:
    (message,) = messages(read_file("<PubmedArticleSet></PubmedArticleSet>"))
    assert "<PubmedArticle>" in message


JATS = """<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "JATS-archivearticle1.dtd">
<article article-type="research-article" xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"{ns}><front>
<journal-meta><journal-title-group><journal-title>J Made Up</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmid">55</article-id><article-id pub-id-type="pmc">66</article-id>
<article-id pub-id-type="doi">10.1000/j.1</article-id>
<title-group>
<article-title>Zorbamab <italic>in vivo</italic><xref ref-type="fn" rid="f1">*</xref></article-title></title-group>
<pub-date pub-type="epub"><year>2011</year></pub-date><pub-date pub-type="ppub"><year>2012</year></pub-date>
{abstract}</article-meta></front><body><sec><title>Methods</title><p>Not read.</p></sec></body></article>"""

ABSTRACTS = [
    ("<abstract><p>We gave it.</p></abstract>", ["We gave it."]),
    (
        "<abstract><title>Abstract</title><sec><title>Aims:</title><p>To ask.</p></sec>"
        "<sec><title>Methods</title><p>One.</p><p>Two.</p></sec></abstract>",
        ["Aims: To ask.", "Methods: One.", "Two."],
    ),
    (
        "<abstract><sec><title>Methods</title><sec><title>Design</title><p>A trial.</p></sec></sec></abstract>",
        ["Methods", "Design: A trial."],
    ),
    (
        "<abstract><title>Aim</title><p>To ask.</p><title>Result</title><p>Yes.</p></abstract>",
        ["Aim: To ask.", "Result: Yes."],
    ),
    ("<abstract><p><bold>Methods</bold>We gave it.</p></abstract>", ["Methods: We gave it."]),
    ("<abstract><p><bold>Methods:</bold> We gave it.</p></abstract>", ["Methods: We gave it."]),
    (
        "<abstract><p>Known<sup><xref ref-type='bibr' rid='r1'>3</xref></sup> since 2005.</p></abstract>",
        ["Known since 2005."],
    ),
    ("<abstract><p>Some 3 × 10<sup>−4</sup> and CO<sub>2</sub>.</p></abstract>", ["Some 3 × 10^−4 and CO2."]),
    (
        "<abstract><p>Points:<list><list-item><p>A</p></list-item><list-item><p>B</p></list-item></list></p></abstract>",
        ["Points: A B"],
    ),
    (
        "<abstract abstract-type='toc'><p>Teaser.</p></abstract><abstract><p>We gave it.</p></abstract>"
        "<trans-abstract xml:lang='es'><p>Lo dimos.</p></trans-abstract>",
        ["We gave it."],
    ),
    ("<abstract abstract-type='executive-summary'><p>We gave it.</p></abstract>", ["We gave it."]),
    ("", []),
]


@pytest.mark.parametrize(("abstract", "lines"), ABSTRACTS)
def test_jats_abstracts(read_file: ReadFile, abstract: str, lines: list[str]) -> None:
    (doc,) = documents(read_file(JATS.format(ns="", abstract=abstract)))
    assert doc.text.split("\n") == ["Zorbamab in vivo", *lines]


@pytest.mark.parametrize("ns", ["", ' xmlns="http://jats.nlm.nih.gov"'])
def test_jats_facts(read_file: ReadFile, ns: str) -> None:
    (doc,) = documents(read_file(JATS.format(ns=ns, abstract="<abstract><p>We gave it.</p></abstract>")))
    assert (doc.pmid, doc.pmcid, doc.doi, doc.journal, doc.year) == ("55", "PMC66", "10.1000/j.1", "J Made Up", 2012)
    assert (doc.title, doc.format, doc.publication_types) == ("Zorbamab in vivo", "jats", ("research-article",))


def test_a_set_of_articles_declares_its_prefixes_outside(read_file: ReadFile) -> None:
    article = (
        "<article><front><article-meta><title-group><article-title>{}</article-title></title-group>"
        "<self-uri xlink:href='x'/></article-meta></front></article>"
    )
    content = (
        "<pmc-articleset xmlns:xlink='http://www.w3.org/1999/xlink'>"
        + article.format("A")
        + article.format("B")
        + "</pmc-articleset>"
    )
    assert [d.text for d in documents(read_file(content))] == ["A", "B"]


def test_other_xml_is_refused_with_what_is_known(read_file: ReadFile) -> None:
    (message,) = messages(read_file('<?xml version="1.0"?><recipe><step>Stir.</step></recipe>', "r.xml"))
    assert "no reader knows" in message
    assert "JATS" in message


def test_declared_encodings_are_believed(read_file: ReadFile) -> None:
    content = pubmed(record(1, "Препарат")).replace("UTF-8", "windows-1251").encode("cp1251")
    (doc,) = documents(read_file(content))
    assert "of Препарат." in doc.text


def test_deleted_citations_and_retractions_are_said(read_file: ReadFile) -> None:
    notice = (
        '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Made Up. 2001</RefSource>'
        "</CommentsCorrections></CommentsCorrectionsList></MedlineCitation>"
    )
    retracted = record(7).replace("</MedlineCitation>", notice)
    items = read_file(pubmed(retracted, "<DeleteCitation><PMID>8</PMID><PMID>9</PMID></DeleteCitation>"))
    (doc,) = documents(items)
    assert [n.code for n in doc.notes] == ["retracted"]
    assert "J Made Up. 2001" in doc.notes[0].message
    assert "PMID 8, 9" in messages(items)[0]


BOOK = """<PubmedBookArticle><BookDocument><PMID>20301</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId>
<ArticleId IdType="doi">10.1000/book</ArticleId></ArticleIdList><Book><BookTitle>Made Up Reviews</BookTitle>
<PubDate><Year>1993</Year></PubDate></Book><ArticleTitle>Gout</ArticleTitle><Language>eng</Language>
<Abstract><AbstractText Label="CLINICAL CHARACTERISTICS">Pain.</AbstractText></Abstract>
<PublicationType>Review</PublicationType></BookDocument></PubmedBookArticle>"""


def test_book_chapters(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(pubmed(BOOK)))
    assert doc.text == "Gout\nCLINICAL CHARACTERISTICS: Pain."
    assert (doc.pmid, doc.doi, doc.year, doc.journal) == ("20301", "10.1000/book", 1993, "Made Up Reviews")


def test_an_english_abstract_goes_before_one_in_another_language(read_file: ReadFile) -> None:
    start, end = RECORD.index("<Abstract>"), RECORD.index("</Abstract>") + len("</Abstract>")
    others = (
        '<OtherAbstract Language="spa"><AbstractText>Se dio.</AbstractText></OtherAbstract>'
        '<OtherAbstract Language="eng"><AbstractText>Given.</AbstractText></OtherAbstract>'
    )
    (doc,) = documents(read_file(pubmed((RECORD[:start] + others + RECORD[end:]).format(pmid=1))))
    assert doc.text.split("\n")[1:] == ["Given."]


BODY = """<body><sec sec-type="intro"><title>Introduction</title><p>Not read.</p></sec>
<sec><title>2. Patients and methods</title><sec><title>Treatment</title>
<p>We gave 5 mg<xref ref-type="bibr">3</xref>.</p>
<list><list-item><p>Twice</p></list-item></list></sec>
<table-wrap><label>Table 1</label><caption><p>Doses</p></caption>
<table><thead><tr><th>Arm</th><th colspan="2">Dose, mg</th>
<th>n</th></tr></thead><tbody><tr><td>A</td><td>5</td><td>10</td><td>12</td></tr></tbody></table>
<table-wrap-foot><fn><p>n, people</p></fn></table-wrap-foot></table-wrap></sec>
<sec><title>Results and discussion</title><p>It worked.</p></sec>
<sec><title>Conclusions</title><p>Not read.</p></sec></body>
<floats-group><table-wrap>
<label>Table 2.</label><table><tr><td>x | y</td><td>1</td></tr></table></table-wrap></floats-group>"""
FULL = [
    "2. Patients and methods",
    "Treatment",
    "We gave 5 mg.",
    "Twice",
    "Table 1. Doses.",
    "Arm | Dose, mg |  | n",
    "A | 5 | 10 | 12",
    "n, people",
    "Results and discussion",
    "It worked.",
    "Table 2.",
    "x / y | 1",
]


def test_jats_full_text(read_file: ReadFile) -> None:
    start = JATS.index("<body>")
    content = JATS[:start].format(ns="", abstract="<abstract><p>Given.</p></abstract>") + BODY + "</article>"
    (doc,) = documents(read_file(content, options=ReadOptions(full_text=True)))
    assert doc.text.split("\n") == ["Zorbamab in vivo", "Given.", *FULL]
    (doc,) = documents(read_file(content))
    assert doc.text.split("\n") == ["Zorbamab in vivo", "Given."]


def test_a_body_without_known_headings_is_read_whole(read_file: ReadFile) -> None:
    start = JATS.index("<body>")
    content = JATS[:start].format(ns="", abstract="") + "<body><p>A letter.</p></body></article>"
    (doc,) = documents(read_file(content, options=ReadOptions(full_text=True)))
    assert doc.text == "Zorbamab in vivo\nA letter."
