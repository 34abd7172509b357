"""A server on this machine that speaks as E-utilities, Europe PMC and ClinicalTrials.gov do, and misbehaves as told."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

PUBMED = """<PubmedArticle><MedlineCitation><PMID Version="1">{n}</PMID><Article><Journal><Title>J</Title></Journal>
<ArticleTitle>Velotinib in gout, part {n} &#8211; a trial.</ArticleTitle><Abstract>
<AbstractText Label="METHODS">Ten men took velotinib {n} mg &lt; 5 days.</AbstractText></Abstract></Article>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{n}</ArticleId>{pmc}</ArticleIdList>
</PubmedData></PubmedArticle>"""
JATS = """<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="pmcid">PMC{n}</article-id>
<title-group><article-title>Velotinib {n}</article-title></title-group>
<abstract><p>Nine women took velotinib {n} mg daily.</p></abstract></article-meta></front></article>"""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong: a status, a broken body, other content, seconds of silence, a dropped line."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kind: str | None = None
    cut: int = 0  # bytes that are promised and never come
    silence: float = 0.0
    reset: bool = False


@dataclass
class Services:
    """What the server has, how it misbehaves next, and what it was asked."""

    url: str = ""
    pmids: dict[str, str | None] = field(default_factory=dict)  # PMID -> PMCID
    pmcids: set[str] = field(default_factory=set)
    europe_only: set[str] = field(default_factory=set)
    dois: dict[str, dict[str, Any]] = field(default_factory=dict)
    trials: dict[str, list[str]] = field(default_factory=dict)  # NCT number -> its older numbers
    faults: list[Fault] = field(default_factory=list)
    always: Fault | None = None
    spoilt_by: str = ""  # an id that spoils every batch it is in
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, str, bytes]:
        """Status, content type and body of a request."""
        if path == "/eutils/efetch.fcgi":
            return self._efetch(query)
        if path == "/europepmc/search":
            found = [record for doi, record in self.dois.items() if f'"{doi}"' in query["query"].lower()]
            return 200, "application/json", json.dumps({"resultList": {"result": found}}).encode()
        if path == "/ctgov/studies":
            wanted = query["filter.ids"].split(",")
            studies = [_study(n, old) for n, old in self.trials.items() if {n, *old} & {*wanted}]
            return 200, "application/json", json.dumps({"studies": studies}).encode()
        number = path.removeprefix("/europepmc/PMC").removesuffix("/fullTextXML")
        if number in self.europe_only:
            return 200, "application/xml", JATS.format(n=number).encode()
        return 404, "application/json", b"{}"

    def _efetch(self, query: dict[str, str]) -> tuple[int, str, bytes]:
        ids = query["id"].split(",")
        if self.spoilt_by in ids:
            return 400, "text/plain", b"cannot process this list"
        if query["db"] == "pmc":
            found = "".join(JATS.format(n=n) for n in ids if n in self.pmcids)
            missing = "".join(f'<Reply Id="{n}" error="not found"/>' for n in ids if n not in self.pmcids)
            return 200, "text/xml", f"<pmc-articleset>{found}{missing}</pmc-articleset>".encode()
        known = [n for n in ids if n in self.pmids]
        if not known:
            return 400, "application/json", b'{"error":"ID list is empty! Possibly it has no correct IDs."}'
        articles = "".join(
            PUBMED.format(n=n, pmc=f'<ArticleId IdType="pmc">{p}</ArticleId>' if (p := self.pmids[n]) else "")
            for n in known
        )
        text = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "http://127.0.0.1:9/x.dtd">\n'
        return 200, "text/xml; charset=UTF-8", f"{text}<PubmedArticleSet>{articles}</PubmedArticleSet>".encode()


def _study(number: str, older: list[str]) -> dict[str, Any]:
    identification = {"nctId": number, "nctIdAliases": older, "briefTitle": "Velotinib"}
    return {"protocolSection": {"identificationModule": identification}}


@contextmanager
def served() -> Iterator[Services]:
    """The server, running."""
    services = Services()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, query: str) -> None:
            path, asked = urlsplit(self.path).path, {k: v[0] for k, v in parse_qs(query).items()}
            services.asked.append((path, {**asked, "User-Agent": self.headers["User-Agent"]}))
            fault = services.faults.pop(0) if services.faults else services.always or Fault()
            status, kind, body = services.answer(path, asked)
            if fault.silence:
                time.sleep(fault.silence)
            if fault.reset:
                linger = struct.pack("ii", 1, 0)  # closing drops the connection without a word
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            body = fault.body if fault.body is not None else body
            self.send_response(fault.status if fault.status != 200 else status)
            self.send_header("Content-Type", fault.kind or kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in fault.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) - fault.cut])
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            """A client that went away is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    services.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
