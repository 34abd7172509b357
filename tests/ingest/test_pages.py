"""Saved pages: PubMed as text and as HTML, and pages of any other kind."""

from __future__ import annotations

import pytest

from ingest.reading import ReadFile, documents
from trialmine.ingest.options import ReadOptions
from trialmine.records.document import Document

COPIED = """Skip to main page content

An official website of the United States government

Access keys NCBI Homepage MyNCBI Homepage Main Content Main Navigation
Clinical Trial
. 2009 Oct 1;15(19):6225-31.
doi: 10.1000/0000-0000.XYZ-09-0001. Epub 2009 Sep 15.

A phase I study of zorbamab in gout

Affiliations
Clinical Trial

A phase I study of zorbamab in gout

Ann Nobody et al. Made Up Res. .

Abstract

Purpose: To ask.\x20\x20
"""
SAVED = """Display options
Randomized Controlled Trial

J Made Up. 2019 Jan;7(1):11-20. doi: 10.1000/jmu.7.1.

Zorbamab twice a day: the ZORB-2 trial

Ann Nobody 1, Bob Noone 2

Affiliations

PMID: 12345678 PMCID: PMC1234567 DOI: 10.1000/jmu.7.1

Abstract

Given.

PubMed Disclaimer
"""
PAGES = [
    (
        COPIED,
        {
            "title": "A phase I study of zorbamab in gout",
            "doi": "10.1000/0000-0000.XYZ-09-0001",
            "journal": "Made Up Res",
            "year": 2009,
        },
    ),
    (
        SAVED,
        {
            "title": "Zorbamab twice a day: the ZORB-2 trial",
            "journal": "J Made Up",
            "year": 2019,
            "pmid": "12345678",
            "pmcid": "PMC1234567",
        },
    ),
    (COPIED.replace("\n", "\r\n"), {"title": "A phase I study of zorbamab in gout", "year": 2009}),
]


@pytest.mark.parametrize(("page", "facts"), PAGES)
def test_pubmed_pages_as_text(read_file: ReadFile, page: str, facts: dict[str, object]) -> None:
    (doc,) = documents(read_file(page))
    assert doc.text == page  # to the last blank: the furniture is cleaning's job
    assert doc.format == "pubmed_page"
    assert {k: getattr(doc, k) for k in facts} == facts


@pytest.mark.parametrize(
    "prose", ["Similar articles were found in 2009.\nWe gave it.", "Published 2009 Oct 1;15(19):6-9.\nA trial."]
)
def test_prose_is_no_page(read_file: ReadFile, prose: str) -> None:
    (doc,) = documents(read_file(prose))
    assert doc.format == "text"


PUBMED = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Zorbamab - PubMed</title>
<meta name="citation_title" content="Zorbamab in gout: a phase II trial"><meta name="citation_pmid" content="12345678">
<meta name="citation_doi" content="10.1000/z.1"><meta name="citation_journal_title" content="J Made Up">
<meta name="citation_date" content="2020 Mar"><script>var x = "<p>no</p>";</script></head>
<body><nav><ul><li>Home</li></ul></nav><main><h1>Zorbamab in gout</h1>
<div class="abstract" id="abstract"><h2>Abstract</h2>
<div class="abstract-content selected" id="eng-abstract"><p><strong class="sub-title">
      Purpose:
    </strong>
   To test &lt;10&nbsp;mg/m<sup>2</sup> and 5&times;10<sup>6</sup> cells.</p>
<p><strong>Results:</strong> Good.</p></div></div>
<div id="publication-types"><ul><li><div><button>Clinical Trial, Phase II</button><a>Search</a></div></li></ul></div>
<div id="mesh-terms"><ul><li><div><button>Gout* / drug therapy</button></div></li></ul></div></main></body></html>"""


def test_pubmed_page_as_html(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(PUBMED))
    assert doc.text == (
        "Zorbamab in gout: a phase II trial\nPurpose: To test <10\xa0mg/m2 and 5×10^6 cells.\nResults: Good."
    )
    assert (doc.format, doc.pmid, doc.doi, doc.journal, doc.year) == (
        "html",
        "12345678",
        "10.1000/z.1",
        "J Made Up",
        2020,
    )
    assert (doc.publication_types, doc.mesh_terms) == (("Clinical Trial, Phase II",), ("Gout",))


BODIES = [
    ("blocks and breaks", "<p>One <b>bold</b><br>two</p><p>Three</p>", "One bold\ntwo\nThree"),
    ("run-on inline", "<div>sora<span>fenib</span> given</div>", "sorafenib given"),
    ("table", "<table><tr><th>Arm</th><th>n</th></tr><tr><td>A</td><td>12</td></tr></table>", "Arm | n\nA | 12"),
    ("scripts", "<p>One</p><script>alert(1)</script><style>p{}</style><noscript>No</noscript>", "One"),
    ("menu", "<ul><li><a>Home</a><li><a>News</a><li><a>Shop</a><li><a>Help</a></ul><p>One</p>", "One"),
    ("hidden", '<p>One</p><p style="display: none">Two</p><p hidden>Three</p><p aria-hidden="true">Four</p>', "One"),
    ("main", "<div>Advert</div><main><h1>Title</h1><p>The text of it.</p></main>", "Title\nThe text of it."),
    ("teaser is not main", "<article>See</article><p>The whole long text of the page stands outside of it.</p>",
     "See\nThe whole long text of the page stands outside of it."),
    ("unclosed", "<p>One<p>Two<li>Three", "One\nTwo\nThree"),
    ("entities once", "<p>P &lt; 0.05, &amp;lt; stays</p>", "P < 0.05, &lt; stays"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "body", "text"), BODIES, ids=[c[0] for c in BODIES])
def test_any_page(read_file: ReadFile, label: str, body: str, text: str) -> None:
    (doc,) = documents(read_file(f"<html><head><title>T</title></head><body>{body}</body></html>"))
    assert doc.text == text


def test_declared_charset_of_a_page(read_file: ReadFile) -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Препарат</p></body></html>'
    (doc,) = documents(read_file(page.encode("cp1251")))
    assert doc.text == "Препарат"


@pytest.mark.parametrize(("depth", "said"), [(240, "One"), (20_000, "can't be parsed")])
def test_deep_pages_are_read_whole_or_refused(read_file: ReadFile, depth: int, said: str) -> None:
    (item,) = read_file("<html><body>" + "<div>" * depth + "x" + "</div>" * depth + "<p>One</p></body></html>")
    assert said in (item.text if isinstance(item, Document) else item.message)


ARTICLE = """<!DOCTYPE html><html lang="en"><head><meta name="citation_title" content="Zorbamab in gout"></head><body>
<header><nav><ul><li><a href="/">Home</a></li></ul></nav></header><div role="dialog">Cookies. <button>OK</button></div>
<main><article><h1>Zorbamab in gout</h1><p>Ann Nobody<sup>1</sup></p><button>Share</button>
<section><h2>Abstract</h2><h3>Background</h3>
<p>Known<sup><a href="#r1">1,2</a></sup> since 2005<a href="#r3"><sup>3</sup></a>.</p>
<h3>Methods</h3><p>We gave 5&times;10<sup>6</sup> cells/m<sup>2</sup>.</p></section>
<section><h2>1. Introduction</h2><p>Not read.</p></section>
<section><h2>2. Methods</h2><p>Twice daily.</p>
<figure><table><tr><th>Arm</th><th>n</th></tr><tr><td>A</td><td>12</td></tr>
</table></figure><figure><img src="x"><figcaption>Not read.</figcaption></figure></section>
<section><h2>3. Results</h2><p>It worked.</p></section><section><h2>4. Discussion</h2><p>Not read.</p></section>
<section><h2>References</h2><ol><li>Not read.</li></ol></section></article></main>
<aside><h3>Similar articles</h3><p>Not read.</p></aside><footer>Not read.</footer></body></html>"""
ABSTRACT = [
    "Zorbamab in gout",
    "Abstract",
    "Background",
    "Known since 2005.",
    "Methods",
    "We gave 5×10^6 cells/m2.",
]
BODY = ["2. Methods", "Twice daily.", "Arm | n", "A | 12", "3. Results", "It worked."]


@pytest.mark.parametrize(("full_text", "lines"), [(False, ABSTRACT), (True, ABSTRACT + BODY)])
def test_a_journals_page(read_file: ReadFile, full_text: bool, lines: list[str]) -> None:
    (doc,) = documents(read_file(ARTICLE, options=ReadOptions(full_text=full_text)))
    assert doc.text.split("\n") == lines


def test_an_article_without_references_is_read_whole(read_file: ReadFile) -> None:
    page = "<html><body><h2>Methods</h2><p>Given.</p><h2>Results</h2><p>Good.</p></body></html>"
    (doc,) = documents(read_file(page))
    assert doc.text.split("\n") == ["Methods", "Given.", "Results", "Good."]
